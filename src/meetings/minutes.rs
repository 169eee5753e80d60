//! Reads of the minutes that meetings and agreements need: approval ends the changes of everything that they state.
//! The blanks of their text are found here too, because the next step of a session depends on them.

use uuid::Uuid;

use super::next_step::MinutesProgress;
use crate::db::{Db, MeetingId};
use crate::error::{Code, Result};
use crate::i18n::{Lang, text};

/// Returns true if the minutes of a meeting are approved.
pub(super) fn minutes_approved(conn: &mut Db, id: MeetingId) -> Result<bool> {
    Ok(store::approved_version(conn, id)?.is_some())
}

/// Checks that the minutes of a meeting are not approved; 409 `minutes_approved`, because the agenda and the
/// attendance, which are part of them, can no longer change.
pub(crate) fn require_minutes_open(conn: &mut Db, id: MeetingId) -> Result<()> {
    if minutes_approved(conn, id)? { Err(Code::MinutesApproved.into()) } else { Ok(()) }
}

/// Checks that a record can still be added to a meeting: minutes that are approved must be frozen, so that a later
/// record is no part of them. A rectification adds it; 409 `minutes_approved`.
pub(crate) fn require_minutes_extendable(conn: &mut Db, id: MeetingId) -> Result<()> {
    if store::approved_version(conn, id)? == Some(0) { Err(Code::MinutesApproved.into()) } else { Ok(()) }
}

/// Returns true if the minutes of a meeting are approved.
pub(crate) fn is_minutes_approved(conn: &mut Db, id: MeetingId) -> Result<bool> {
    Ok(store::approved_version(conn, id)?.is_some())
}

/// Checks that the approved minutes of a meeting do not state this record; 409 `minutes_approved`.
pub(crate) fn require_not_in_minutes(conn: &mut Db, id: MeetingId, record: impl Into<Uuid>) -> Result<()> {
    let stated = match store::approved_version(conn, id)? {
        None => false,
        Some(0) => true,
        Some(_) => store::states(conn, id, record.into())?,
    };
    if stated { Err(Code::MinutesApproved.into()) } else { Ok(()) }
}

/// A blank of the template that is left in a text: a line with an ellipsis alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Blank {
    /// The heading above it.
    pub heading: Option<String>,
    /// Its line, from 1.
    pub line: usize,
}

/// Returns the blanks of the template that are left in the text of minutes.
pub(crate) fn blanks_of(body: &str) -> Vec<Blank> {
    let marks: Vec<String> = Lang::ALL.iter().map(|lang| text(*lang, "acta-template-blank", &[])).collect();
    let (mut blanks, mut heading) = (Vec::new(), None);
    for (n, line) in body.lines().map(str::trim).enumerate() {
        if line.starts_with('#') {
            heading = Some(line.trim_start_matches('#').trim().replace('\\', ""));
        } else if marks.iter().any(|mark| mark == line) {
            blanks.push(Blank { heading: heading.clone(), line: n + 1 });
        }
    }
    blanks
}

/// Returns the minutes of a meeting as its next step needs them; None before the first text.
pub(super) fn minutes_progress(conn: &mut Db, id: MeetingId) -> Result<Option<MinutesProgress>> {
    let Some((status, body, new_body, comments_until)) = store::progress(conn, id)? else { return Ok(None) };
    let blanks = blanks_of(new_body.as_ref().unwrap_or(&body)).len();
    Ok(Some(MinutesProgress { status, comments_until, has_new_text: new_body.is_some(), blanks }))
}

mod store {
    use chrono::NaiveDate;
    use diesel::prelude::*;

    use super::*;
    use crate::db::RawId;
    use crate::db::schema::{minutes, minutes_records};

    /// Returns the newest version of approved minutes, 0 if they are not frozen yet; None if they are not approved.
    pub(super) fn approved_version(conn: &mut Db, id: MeetingId) -> Result<Option<i32>> {
        let approved = minutes::table.find(id).filter(minutes::status.eq("approved"));
        Ok(approved.select(minutes::version).first(conn).optional()?)
    }

    /// The state, the text, the text written since the circulation, the last day for comments.
    type Progress = (String, String, Option<String>, Option<NaiveDate>);

    /// Returns the state and the texts of minutes.
    pub(super) fn progress(conn: &mut Db, id: MeetingId) -> Result<Option<Progress>> {
        let columns = (minutes::status, minutes::body, minutes::new_body, minutes::comments_until);
        Ok(minutes::table.find(id).select(columns).first(conn).optional()?)
    }

    /// Returns true if a version of the minutes states a record.
    pub(super) fn states(conn: &mut Db, id: MeetingId, record: Uuid) -> Result<bool> {
        let versions = minutes_records::table
            .filter(minutes_records::meeting_id.eq(id))
            .filter(minutes_records::record_id.eq(RawId(record)));
        let found: Option<i32> = versions.select(minutes_records::version).first(conn).optional()?;
        Ok(found.is_some())
    }
}
