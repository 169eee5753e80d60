//! Adding, changing and removing papers of a session.

use super::model::{MeetingDocument, MeetingDocumentInput};
use super::store;
use crate::access::check_files;
use crate::audit;
use crate::clock::new_id;
use crate::db::{FileId, MeetingDocumentId, MeetingId, Tx};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings::sessions;

pub fn create(
    tx: &mut Tx<'_>,
    actor: &Actor,
    meeting_id: MeetingId,
    input: MeetingDocumentInput,
) -> Result<MeetingDocument> {
    let meeting = sessions::writable(tx, actor, meeting_id)?;
    check_file(tx, actor, input.file_id, None)?;
    let document = made(new_id(tx.now), meeting_id, input, tx.now, tx.now);
    store::insert(tx.conn, &document)?;
    audit::created(tx, "meeting_document", document.id, Some(&meeting.country_code), &document)?;
    Ok(document)
}

pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (meeting_id, id): (MeetingId, MeetingDocumentId),
    input: MeetingDocumentInput,
) -> Result<MeetingDocument> {
    let meeting = sessions::writable(tx, actor, meeting_id)?;
    let before = store::find(tx.conn, meeting_id, id)?;
    check_file(tx, actor, input.file_id, before.fields.file_id)?;
    let after = made(id, meeting_id, input, before.created_at, tx.now);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "meeting_document", id, Some(&meeting.country_code), &before, &after)?;
    Ok(after)
}

pub fn delete(tx: &mut Tx<'_>, actor: &Actor, document: MeetingDocument) -> Result<()> {
    let meeting = sessions::writable(tx, actor, document.meeting_id)?;
    store::delete(tx.conn, document.id)?;
    audit::deleted(tx, "meeting_document", document.id, Some(&meeting.country_code), &document)
}

fn made(
    id: MeetingDocumentId,
    meeting_id: MeetingId,
    fields: MeetingDocumentInput,
    created_at: crate::clock::Instant,
    updated_at: crate::clock::Instant,
) -> MeetingDocument {
    let dated_from = fields.dated.as_ref().map(crate::dates::PartialDate::from);
    let dated_to = fields.dated.as_ref().map(crate::dates::PartialDate::to);
    MeetingDocument { id, meeting_id, fields, dated_from, dated_to, created_at, updated_at }
}

fn check_file(tx: &mut Tx<'_>, actor: &Actor, file: Option<FileId>, held: Option<FileId>) -> Result<()> {
    let new: Vec<_> =
        file.filter(|file| Some(*file) != held).map(|file| ("/file_id".to_owned(), file)).into_iter().collect();
    let mut faults = tx.faults();
    check_files(tx.conn, (!actor.is_admin()).then_some(actor.id), &new, &mut faults)?;
    faults.into_result()
}
