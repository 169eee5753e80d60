//! Read models of sessions, for the follow-up sheet.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::filter::visible;
use super::read::from_query;
use crate::access::Reach;
use crate::clock::Instant;
use crate::commitments::model::{Commitment, PreviousSession};
use crate::db::schema::{commitment_commissions, commitments, meeting_commissions, meetings};
use crate::db::{CommissionId, Db, MeetingId};
use crate::error::Result;

/// The latest session before `day` of any of these commissions that was not cancelled.
pub fn previous(conn: &mut Db, own: &[CommissionId], day: NaiveDate) -> Result<Option<PreviousSession>> {
    let sat = meeting_commissions::table
        .filter(meeting_commissions::commission_id.eq_any(own))
        .select(meeting_commissions::meeting_id);
    let found: Option<(MeetingId, String, NaiveDate)> = meetings::table
        .filter(meetings::id.eq_any(sat))
        .filter(meetings::held_to.lt(day))
        .filter(meetings::status.ne("cancelled"))
        .order((meetings::held_to.desc(), meetings::id.desc()))
        .select((meetings::id, meetings::title, meetings::held_to))
        .first(conn)
        .optional()?;
    Ok(found.map(|(meeting_id, title, on)| PreviousSession { meeting_id, title, on }))
}

/// Every commitment of these commissions that may be known, soonest term first.
pub fn of_commissions(conn: &mut Db, reach: &Reach, own: &[CommissionId], now: Instant) -> Result<Vec<Commitment>> {
    let followed = commitment_commissions::table
        .filter(commitment_commissions::commission_id.eq_any(own.to_vec()))
        .select(commitment_commissions::commitment_id);
    let mut query = commitments::table
        .filter(commitments::id.eq_any(followed))
        .order((commitments::due_sort, commitments::id))
        .into_boxed();
    if let Some(condition) = visible(reach) {
        query = query.filter(condition);
    }
    from_query(conn, query, now)
}
