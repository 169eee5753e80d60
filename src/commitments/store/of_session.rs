//! The visible commitments of a session and of an agreement, with drafts for those who may write them.

use diesel::prelude::*;

use super::filter::{CommitmentQuery, Drafts, visible};
use super::read::from_query;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::Commitment;
use crate::db::schema::{agreements, commitments};
use crate::db::{AgreementId, Db, MeetingId};
use crate::error::Result;

/// Loads the visible commitments of a session or of its agreements, in the order of their codes.
pub(crate) fn of_meeting(
    conn: &mut Db,
    visibility: &Visibility,
    meeting: MeetingId,
    now: Instant,
) -> Result<Vec<Commitment>> {
    in_order_of_code(conn, visibility, of_session(meeting), now)
}

/// Loads those of them that are drafts.
pub(crate) fn drafts_of_meeting(
    conn: &mut Db,
    visibility: &Visibility,
    meeting: MeetingId,
    now: Instant,
) -> Result<Vec<Commitment>> {
    in_order_of_code(conn, visibility, of_session(meeting).filter(commitments::draft.eq(true)), now)
}

/// Loads the visible commitments of an agreement, in the order of their codes.
pub(crate) fn of_agreement(
    conn: &mut Db,
    visibility: &Visibility,
    agreement: AgreementId,
    now: Instant,
) -> Result<Vec<Commitment>> {
    let query = commitments::table.filter(commitments::agreement_id.eq(agreement)).into_boxed();
    in_order_of_code(conn, visibility, query, now)
}

/// Returns the query for the commitments of a session or of its agreements.
fn of_session(meeting: MeetingId) -> CommitmentQuery {
    let adopted = agreements::table.filter(agreements::meeting_id.eq(meeting)).select(agreements::id.nullable());
    let of_session = commitments::meeting_id.eq(meeting).or(commitments::agreement_id.eq_any(adopted));
    commitments::table.filter(of_session).into_boxed()
}

fn in_order_of_code(
    conn: &mut Db,
    visibility: &Visibility,
    mut query: CommitmentQuery,
    now: Instant,
) -> Result<Vec<Commitment>> {
    if let Some(condition) = visible(visibility, Drafts::OfWriters) {
        query = query.filter(condition);
    }
    from_query(conn, query.order((commitments::code, commitments::id)), now)
}
