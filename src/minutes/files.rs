//! The files of the acta. The document of minutes that are not frozen is made anew at each request. Those of a frozen
//! version are made from its content once: by the worker, or by the first request for them. They are kept, so that later
//! requests get the same bytes, also from a later version of the program.

use super::document::{DocumentVersion, document, restricted_document};
use super::model::{Minutes, MinutesAuthor, MinutesFile, MinutesVersion, sha256};
use super::reading;
use super::scope;
use super::store::{self, FileKey, NewFile, Part, Version};
use crate::access::Visibility;
use crate::audit::RestrictedRecords;
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Database, Db, MeetingId};
pub(super) use crate::directory::country_language;
use crate::error::{Code, Result};
use crate::i18n::{Lang, text};
use crate::identity::{Actor, user_names};
use crate::mail::LARGEST_ATTACHMENT;
use crate::meetings::{Meeting, meeting};
use crate::rendering::{Document, DocumentFormat, file_stem, one_line};

/// The number of versions that one run of the worker renders.
const VERSIONS_AT_A_TIME: i64 = 50;

/// The document that somebody asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub format: DocumentFormat,
    /// None for the country's language.
    pub lang: Option<Lang>,
    /// None for the newest.
    pub version: Option<i32>,
    pub part: Part,
}

/// A document of minutes: one that is made now, or a file of a frozen version.
pub(super) enum Printable {
    Live(Box<Document>),
    Frozen(FileKey),
}

/// Returns the name of the file of an acta, without extension.
pub(super) fn stem(meeting: &Meeting, (part, lang): (Part, Lang)) -> String {
    let key = match part {
        Part::Main => "acta-title",
        Part::Restricted => "acta-restricted-title",
    };
    let title = text(lang, key, &[("title", one_line(meeting.title_in(lang)))]);
    file_stem(&[&title, &meeting.held_to.to_string()])
}

/// Returns the document of the minutes, and the restricted records that it shows; 404 if the actor may not see the
/// minutes, there is no such version, or no restricted part.
pub(super) fn printable(
    conn: &mut Db,
    actor: &Actor,
    id: MeetingId,
    wanted: Wanted,
) -> Result<(Printable, RestrictedRecords)> {
    let (meeting, minutes) = scope::visible_minutes(conn, actor, id)?;
    if wanted.part == Part::Restricted && !scope::may_write_meeting(actor, &meeting) {
        return Err(Code::NotFound.into());
    }
    let lang = match wanted.lang {
        Some(lang) => lang,
        None => country_language(conn, &meeting.country_code)?,
    };
    let mut found = RestrictedRecords::of(&meeting);
    let number = wanted.version.unwrap_or(minutes.version);
    if number == 0 && wanted.version.is_none() {
        return Ok((live(conn, &meeting, &minutes, lang, wanted.part, &mut found)?, found));
    }
    if number < 1 || number > minutes.version {
        return Err(Code::NotFound.into());
    }
    if wanted.part == Part::Restricted {
        let version = store::version(conn, id, number)?;
        let part = version.frozen.restricted_part()?;
        note(&part, &meeting, &mut found)?;
    }
    let key = FileKey { meeting: id, version: number, part: wanted.part, format: wanted.format, lang };
    Ok((Printable::Frozen(key), found))
}

/// Makes the document of minutes that are not frozen.
fn live(
    conn: &mut Db,
    meeting: &Meeting,
    minutes: &Minutes,
    lang: Lang,
    part: Part,
    found: &mut RestrictedRecords,
) -> Result<Printable> {
    let content = reading::read(conn, meeting, minutes)?;
    let frozen = content.frozen()?;
    let print = DocumentVersion { lang, version: None, sha256: &frozen.sha256 };
    let document = match part {
        Part::Main => document(&content.acta, print),
        Part::Restricted => {
            note(&content.restricted, meeting, found)?;
            let sha256 = frozen.restricted.as_ref().map(sha256).unwrap_or_default();
            restricted_document(&content.acta, &content.restricted, DocumentVersion { sha256: &sha256, ..print })
        }
    };
    Ok(Printable::Live(Box::new(document)))
}

/// Notes the restricted records of a part; 404 if there are none.
fn note(part: &super::content::RestrictedPart, meeting: &Meeting, found: &mut RestrictedRecords) -> Result<()> {
    if part.is_empty() {
        return Err(Code::NotFound.into());
    }
    part.agreements.iter().for_each(|one| found.add("agreement", one.id, &meeting.country_code));
    part.commitments.iter().for_each(|one| found.add("commitment", one.id, &meeting.country_code));
    Ok(())
}

/// Returns the bytes of a file of a frozen version, and keeps them if it is made for the first time.
pub(super) fn frozen_file(db: &Database, now: Instant, key: FileKey) -> Result<Vec<u8>> {
    if let Some(bytes) = db.read(|conn| store::file(conn, key))? {
        return Ok(bytes);
    }
    let version = db.read(|conn| store::version(conn, key.meeting, key.version))?;
    let made = render(&version, key)?;
    save(db, now, key.meeting, key.version, vec![made])?;
    db.read(|conn| store::file(conn, key))?.ok_or_else(|| Code::NotFound.into())
}

/// Makes one file from the frozen content.
fn render(version: &Version, key: FileKey) -> Result<NewFile> {
    let acta = version.frozen.acta()?;
    let print = DocumentVersion { lang: key.lang, version: Some(key.version), sha256: &version.frozen.sha256 };
    let document = match key.part {
        Part::Main => document(&acta, print),
        Part::Restricted => {
            let content = version.frozen.restricted.as_deref().ok_or(Code::NotFound)?;
            let sha256 = sha256(content);
            restricted_document(&acta, &version.frozen.restricted_part()?, DocumentVersion { sha256: &sha256, ..print })
        }
    };
    let bytes = document.write(key.format)?;
    Ok(NewFile { key, sha256: sha256(&bytes), bytes })
}

/// Returns the keys of all files of a version.
fn keys_of(version: &Version) -> Vec<FileKey> {
    let mut keys = Vec::new();
    let parts = [Some(Part::Main), version.frozen.restricted.as_ref().map(|_| Part::Restricted)];
    for part in parts.into_iter().flatten() {
        for format in DocumentFormat::ALL {
            for lang in Lang::ALL {
                let (meeting, version) = (version.meeting_id, version.version);
                keys.push(FileKey { meeting, version, part, format: *format, lang: *lang });
            }
        }
    }
    keys
}

/// Stores the files that another process has not stored meanwhile.
fn save(db: &Database, now: Instant, meeting: MeetingId, number: i32, made: Vec<NewFile>) -> Result<()> {
    db.write(None, now, |tx| {
        lock_row(tx.conn, "meetings", meeting)?;
        let kept = store::files_of(tx.conn, meeting, &[number])?;
        let new = made.into_iter().filter(|file| !kept.iter().any(|(key, _)| *key == file.key)).collect();
        store::insert_files(tx.conn, new)
    })
}

/// Makes and keeps the files of a version that are missing.
pub(super) fn render_version(db: &Database, now: Instant, meeting: MeetingId, number: i32) -> Result<()> {
    let (version, kept) =
        db.read(|conn| Ok((store::version(conn, meeting, number)?, store::files_of(conn, meeting, &[number])?)))?;
    let missing = keys_of(&version).into_iter().filter(|key| !kept.iter().any(|(known, _)| known == key));
    let made = missing.map(|key| render(&version, key)).collect::<Result<Vec<_>>>()?;
    save(db, now, meeting, number, made)?;
    db.write(None, now, |tx| store::mark_rendered(tx.conn, meeting, number))
}

/// Makes the files of versions that have none yet: the work of the background worker. A version whose files cannot be
/// made is logged and tried again at the next run.
pub(crate) fn render_waiting(db: &Database, now: Instant, should_continue: &dyn Fn() -> bool) -> Result<()> {
    for (meeting, version) in db.read(|conn| store::unrendered(conn, VERSIONS_AT_A_TIME))? {
        if !should_continue() {
            break;
        }
        if let Err(error) = render_version(db, now, meeting, version) {
            tracing::error!(%meeting, version, %error, "the documents of minutes were not made");
        }
    }
    Ok(())
}

/// Returns the acta of a session for the command line, in the country's language.
pub(crate) fn acta_file(db: &Database, now: Instant, id: MeetingId, format: DocumentFormat) -> Result<Vec<u8>> {
    let wanted = Wanted { format, lang: None, version: None, part: Part::Main };
    match db.snapshot(|conn| printable(conn, &Actor::program(), id, wanted))?.0 {
        Printable::Live(document) => document.write(format),
        Printable::Frozen(key) => frozen_file(db, now, key),
    }
}

/// Returns the acta of a session as a PDF, to attach it to a mail, with its file name. None for a restricted session and
/// for a file that is too large: the mail then has the link alone.
pub(crate) fn attached_acta(db: &Database, now: Instant, id: MeetingId) -> Result<Option<(String, Vec<u8>)>> {
    let meeting = db.read(|conn| meeting(conn, &Visibility::everything(), id))?;
    if meeting.fields.restricted {
        return Ok(None);
    }
    let lang = db.read(|conn| country_language(conn, &meeting.country_code))?;
    let bytes = acta_file(db, now, id, DocumentFormat::Pdf)?;
    let name = format!("{}.pdf", stem(&meeting, (Part::Main, lang)));
    Ok((bytes.len() <= LARGEST_ATTACHMENT).then_some((name, bytes)))
}

/// Returns the frozen versions of the minutes after a number, with the files of the acta that every reader gets.
pub(super) fn versions(conn: &mut Db, id: MeetingId, after: i32, limit: i64) -> Result<Vec<MinutesVersion>> {
    let rows = store::versions(conn, id, after, limit)?;
    let numbers: Vec<i32> = rows.iter().map(|row| row.version).collect();
    let files = store::files_of(conn, id, &numbers)?;
    let names = user_names(conn, rows.iter().filter_map(|row| row.user_id))?;
    let file =
        |(key, sha256): &(FileKey, String)| MinutesFile { format: key.format, lang: key.lang, sha256: sha256.clone() };
    let version = |row: store::VersionRow| MinutesVersion {
        version: row.version,
        at: row.at,
        by: row.user_id.and_then(|id| Some(MinutesAuthor { id, name: names.get(&id)?.clone() })),
        content_sha256: row.content_sha256,
        frozen_on_upgrade: row.frozen_on_upgrade,
        files: files.iter().filter(|(key, _)| key.version == row.version && key.part == Part::Main).map(file).collect(),
    };
    Ok(rows.into_iter().map(version).collect())
}

/// Returns the frozen versions of these minutes whose files are not all made.
pub(super) fn unrendered_versions(conn: &mut Db, id: MeetingId) -> Result<Vec<i32>> {
    let rows = store::versions(conn, id, 0, i64::from(i32::MAX))?;
    Ok(rows.iter().filter(|row| !row.rendered).map(|row| row.version).collect())
}
