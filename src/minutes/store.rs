//! Minutes and their frozen versions and files in the database, and the records that an acta states.

mod records;
mod versions;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

pub(super) use records::{
    AgreementRow, CommitmentRow, StatedAgreement, StatedCommitment, agenda_points, agreements_of, commitments_of,
    institutions_of, meeting_row,
};
pub(super) use versions::{
    FileKey, NewFile, Part, Version, VersionRow, file, files_of, insert_files, insert_version, mark_rendered,
    stated_records, unrendered, version, version_sha256, versions,
};

use super::model::{Minutes, MinutesInput, MinutesStatus};
use crate::clock::Instant;
use crate::db::schema::{meeting_commissions, meetings, minutes};
use crate::db::{CommissionId, Db, MeetingId, UserId};
use crate::error::Result;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = minutes, treat_none_as_null = true)]
struct Row {
    meeting_id: MeetingId,
    status: MinutesStatus,
    body: String,
    circulated_at: Option<Instant>,
    approved_at: Option<Instant>,
    updated_at: Instant,
    code: Option<String>,
    comments_until: Option<NaiveDate>,
    version: i32,
    approved_by: Option<UserId>,
    approved_in_meeting_id: Option<MeetingId>,
    circulated_sha256: Option<String>,
    new_body: Option<String>,
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
            code: minutes.code.clone(),
            comments_until: minutes.comments_until,
            version: minutes.version,
            approved_by: minutes.approved_by,
            approved_in_meeting_id: minutes.approved_in_meeting_id,
            circulated_sha256: minutes.circulated_sha256.clone(),
            new_body: minutes.new_body.clone(),
        }
    }

    fn into_minutes(self) -> Minutes {
        Minutes {
            status: self.status,
            fields: MinutesInput { body: self.body },
            code: self.code,
            version: self.version,
            circulated_at: self.circulated_at,
            comments_until: self.comments_until,
            approved_at: self.approved_at,
            approved_by: self.approved_by,
            approved_in_meeting_id: self.approved_in_meeting_id,
            updated_at: self.updated_at,
            circulated_sha256: self.circulated_sha256,
            new_body: self.new_body,
        }
    }
}

/// Returns the minutes of these meetings, drafts included. One query.
pub(crate) fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Minutes>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = minutes::table.filter(minutes::meeting_id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.meeting_id, row.into_minutes())).collect())
}

/// Returns the minutes of one meeting, drafts included.
pub(super) fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Option<Minutes>> {
    Ok(of_meetings(conn, &[id])?.remove(&id))
}

pub(super) fn insert(conn: &mut Db, id: MeetingId, content: &Minutes) -> Result<()> {
    diesel::insert_into(minutes::table).values(Row::of(id, content)).execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Db, id: MeetingId, content: &Minutes) -> Result<()> {
    diesel::update(minutes::table.find(id)).set(Row::of(id, content)).execute(conn)?;
    Ok(())
}

/// Returns true if minutes have this code.
pub(super) fn code_is_taken(conn: &mut Db, code: &str) -> Result<bool> {
    let found: Option<MeetingId> =
        minutes::table.filter(minutes::code.eq(code)).select(minutes::meeting_id).first(conn).optional()?;
    Ok(found.is_some())
}

/// Returns the meetings whose minutes are approved and not frozen, of one country or of all.
pub(super) fn approved_unfrozen(conn: &mut Db, country: Option<&str>) -> Result<Vec<MeetingId>> {
    let mut query = minutes::table
        .inner_join(meetings::table.on(meetings::id.eq(minutes::meeting_id)))
        .filter(minutes::status.eq(MinutesStatus::Approved))
        .filter(minutes::version.eq(0))
        .order(minutes::meeting_id)
        .select(minutes::meeting_id)
        .into_boxed();
    if let Some(code) = country {
        query = query.filter(meetings::country_code.eq(code.to_owned()));
    }
    Ok(query.load(conn)?)
}

/// The largest number of sessions that are offered for an approval.
const MOST_SESSIONS: i64 = 50;

/// Returns other meetings of any of these commissions that end on a day or later, the earliest first.
pub(super) fn later_sessions(
    conn: &mut Db,
    own: MeetingId,
    commissions: &[CommissionId],
    from: NaiveDate,
) -> Result<Vec<MeetingId>> {
    let joined = meeting_commissions::table
        .filter(meeting_commissions::commission_id.eq_any(commissions))
        .select(meeting_commissions::meeting_id);
    Ok(meetings::table
        .filter(meetings::id.eq_any(joined))
        .filter(meetings::id.ne(own))
        .filter(meetings::held_to.ge(from))
        .order((meetings::held_to, meetings::id))
        .limit(MOST_SESSIONS)
        .select(meetings::id)
        .load(conn)?)
}
