//! Read models of sessions, for the follow-up sheet.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::filter::visible;
use super::read::from_query;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::{Commitment, PreviousSession};
use crate::db::schema::{commitment_commissions, commitments, meeting_commissions, meetings};
use crate::db::{CommissionId, Db, MeetingId};
use crate::error::Result;

/// Of each of these commissions its own latest session before `day` that was not cancelled, in their order. Of a
/// session known only by its month the last day counts.
pub fn previous_sessions(conn: &mut Db, own: &[CommissionId], day: NaiveDate) -> Result<Vec<PreviousSession>> {
    let rows: Vec<(CommissionId, MeetingId, String, NaiveDate, bool)> = meetings::table
        .inner_join(meeting_commissions::table)
        .filter(meeting_commissions::commission_id.eq_any(own))
        .filter(meetings::held_to.lt(day))
        .filter(meetings::status.ne("cancelled"))
        .order((meetings::held_to, meetings::id))
        .select((
            meeting_commissions::commission_id,
            meetings::id,
            meetings::title,
            meetings::held_to,
            meetings::restricted,
        ))
        .load(conn)?;
    let mut latest: HashMap<CommissionId, PreviousSession> = rows
        .into_iter()
        .map(|(commission_id, meeting_id, title, on, restricted)| {
            (commission_id, PreviousSession { commission_id, meeting_id, title, on, restricted })
        })
        .collect();
    Ok(own.iter().filter_map(|id| latest.remove(id)).collect())
}

/// Every commitment of these commissions that may be known, soonest term first.
pub fn commitments_of_commissions(
    conn: &mut Db,
    visibility: &Visibility,
    own: &[CommissionId],
    now: Instant,
) -> Result<Vec<Commitment>> {
    let followed = commitment_commissions::table
        .filter(commitment_commissions::commission_id.eq_any(own.to_vec()))
        .select(commitment_commissions::commitment_id);
    let mut query = commitments::table
        .filter(commitments::id.eq_any(followed))
        .order((commitments::due_sort, commitments::id))
        .into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    from_query(conn, query, now)
}
