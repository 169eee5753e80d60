//! Minutes in the database.

mod agreements;

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Minutes, MinutesInput, MinutesStatus};
use crate::clock::Instant;
use crate::db::schema::minutes;
use crate::db::{Db, MeetingId};
use crate::error::Result;

pub use agreements::{Adopted, Vote, agreements_of};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = minutes, treat_none_as_null = true)]
struct Row {
    meeting_id: MeetingId,
    status: MinutesStatus,
    body: String,
    circulated_at: Option<Instant>,
    approved_at: Option<Instant>,
    updated_at: Instant,
}

impl Row {
    fn of(meeting_id: MeetingId, minutes: &Minutes) -> Self {
        Self {
            meeting_id,
            status: minutes.status,
            body: minutes.fields.body.clone(),
            circulated_at: minutes.circulated_at,
            approved_at: minutes.approved_at,
            updated_at: minutes.updated_at,
        }
    }
}

/// The minutes of these sessions, drafts included: one query.
pub fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Minutes>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = minutes::table.filter(minutes::meeting_id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let minutes = Minutes {
                status: row.status,
                fields: MinutesInput { body: row.body },
                circulated_at: row.circulated_at,
                approved_at: row.approved_at,
                updated_at: row.updated_at,
            };
            (row.meeting_id, minutes)
        })
        .collect())
}

/// The minutes of one session, drafts included.
pub fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Option<Minutes>> {
    Ok(of_meetings(conn, &[id])?.remove(&id))
}

/// Whether the minutes of a session are final.
pub fn approved(conn: &mut Db, id: MeetingId) -> Result<bool> {
    let status: Option<MinutesStatus> = minutes::table.find(id).select(minutes::status).first(conn).optional()?;
    Ok(status == Some(MinutesStatus::Approved))
}

pub fn insert(conn: &mut Db, id: MeetingId, text: &Minutes) -> Result<()> {
    diesel::insert_into(minutes::table).values(Row::of(id, text)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Db, id: MeetingId, text: &Minutes) -> Result<()> {
    diesel::update(minutes::table.find(id)).set(Row::of(id, text)).execute(conn)?;
    Ok(())
}
