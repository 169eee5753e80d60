//! Papers of sessions in the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{MeetingDocument, MeetingDocumentInput, MeetingDocumentKind};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::meeting_documents;
use crate::db::{Db, FileId, MeetingDocumentId, MeetingId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting_documents, treat_none_as_null = true)]
struct Row {
    id: MeetingDocumentId,
    meeting_id: MeetingId,
    title: String,
    kind: MeetingDocumentKind,
    file_id: Option<FileId>,
    url: Option<String>,
    dated: Option<PartialDate>,
    dated_from: Option<NaiveDate>,
    dated_to: Option<NaiveDate>,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn of(document: &MeetingDocument) -> Self {
        let fields = document.fields.clone();
        Self {
            id: document.id,
            meeting_id: document.meeting_id,
            title: fields.title,
            kind: fields.kind,
            file_id: fields.file_id,
            url: fields.url,
            dated: fields.dated,
            dated_from: document.dated_from,
            dated_to: document.dated_to,
            created_at: document.created_at,
            updated_at: document.updated_at,
        }
    }

    fn into_document(self) -> MeetingDocument {
        MeetingDocument {
            id: self.id,
            meeting_id: self.meeting_id,
            fields: MeetingDocumentInput {
                title: self.title,
                kind: self.kind,
                file_id: self.file_id,
                url: self.url,
                dated: self.dated,
            },
            dated_from: self.dated_from,
            dated_to: self.dated_to,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// One page, in the order in which they were entered.
pub fn list(conn: &mut Db, meeting: MeetingId, paging: &Paging<MeetingDocumentId>) -> Result<Page<MeetingDocument>> {
    let mut query = meeting_documents::table
        .filter(meeting_documents::meeting_id.eq(meeting))
        .select(Row::as_select())
        .order(meeting_documents::id)
        .limit(paging.fetch())
        .into_boxed();
    if let Some(after) = paging.after {
        query = query.filter(meeting_documents::id.gt(after));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.id).map(Row::into_document))
}

/// The papers of these sessions, in the order in which they were entered: one query.
pub fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<MeetingDocument>>> {
    let mut lists: HashMap<MeetingId, Vec<MeetingDocument>> = HashMap::new();
    if ids.is_empty() {
        return Ok(lists);
    }
    let rows: Vec<Row> = meeting_documents::table
        .filter(meeting_documents::meeting_id.eq_any(ids))
        .order((meeting_documents::meeting_id, meeting_documents::id))
        .select(Row::as_select())
        .load(conn)?;
    for row in rows {
        lists.entry(row.meeting_id).or_default().push(row.into_document());
    }
    Ok(lists)
}

/// One paper of this session.
pub fn find(conn: &mut Db, meeting: MeetingId, id: MeetingDocumentId) -> Result<MeetingDocument> {
    let row: Row = meeting_documents::table
        .find(id)
        .filter(meeting_documents::meeting_id.eq(meeting))
        .select(Row::as_select())
        .first(conn)
        .optional()?
        .ok_or(Code::NotFound)?;
    Ok(row.into_document())
}

pub fn insert(conn: &mut Db, document: &MeetingDocument) -> Result<()> {
    diesel::insert_into(meeting_documents::table).values(Row::of(document)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Db, document: &MeetingDocument) -> Result<()> {
    diesel::update(meeting_documents::table.find(document.id)).set(Row::of(document)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Db, id: MeetingDocumentId) -> Result<()> {
    diesel::delete(meeting_documents::table.find(id)).execute(conn)?;
    Ok(())
}
