//! The follow-up sheet of a session: the commitments that were open after the previous session, with their state on the
//! day of the session.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::access::Visibility;
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::model::{
    Commitment, FollowUp, FollowUpItem, FollowUpPart, PastCommitment, PastEvent, PreviousSession, replay,
};
use crate::commitments::store;
use crate::db::{CommissionId, CommitmentId, Db, InstitutionId, MeetingId};
use crate::directory::{self, Institution};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings;

/// Returns the sheet of a session; 404 when the actor may not see the session.
///
/// The sheet contains the commitments that were decided before the session's day, outside the session itself, and were
/// still open at the end of the day on which one of the session's commissions met before. In a joint session each
/// commission follows up the commitments that were open after its own previous session; a commission that meets for the
/// first time, all its commitments.
pub(crate) fn follow_up(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<FollowUp> {
    let visibility = Visibility::of(actor);
    let meeting = meetings::meeting(conn, &visibility, id)?;
    let (commission_ids, on) = (meeting.input().commission_ids, meeting.held_to);
    let mut previous = store::previous_sessions(conn, &commission_ids, on)?;
    let mut candidates = store::commitments_of_commissions(conn, &visibility, &commission_ids, now)?;
    candidates.retain(|commitment| commitment.fields.meeting_id != Some(id));
    let fields: Vec<_> = candidates.iter().map(|commitment| &commitment.fields).collect();
    let decided = store::decided_days(conn, &fields)?;
    let decided = |commitment: &Commitment| {
        let entered = commitment.created_at.day_in(commitment.zone);
        decided.of(&commitment.fields).map_or(entered, |day| entered.min(day))
    };
    candidates.retain(|commitment| decided(commitment) < on);
    let ids: Vec<_> = candidates.iter().map(|commitment| commitment.id).collect();
    let events = standing_events(conn, &ids)?;
    let events_of = |commitment: &Commitment| events.get(&commitment.id).map_or(&[][..], Vec::as_slice);
    let previous_of = |id: &CommissionId| previous.iter().find(|session| session.commission_id == *id);
    candidates.retain(|commitment| {
        let followers = commission_ids.iter().filter(|id| commitment.fields.commission_ids.contains(id));
        followers.map(previous_of).any(|session| was_open(events_of(commitment), commitment, session))
    });
    let sessions: Vec<_> = previous.iter().map(|session| session.meeting_id).collect();
    let known = meetings::known_meetings(conn, &visibility, &sessions)?;
    previous.retain(|session| known.contains(&session.meeting_id));
    let mut named: Vec<_> =
        candidates.iter().flat_map(|one| &one.assignments).map(|a| a.fields.institution_id).collect();
    named.sort_unstable();
    named.dedup();
    let institutions = directory::institutions_by_id(conn, &named)?;
    let mut items: Vec<_> = candidates
        .iter()
        .filter_map(|commitment| {
            Some(item(commitment, &replay(events_of(commitment), on, commitment.zone)?, on, &institutions))
        })
        .collect();
    items.sort_by(|a, b| (a.due_to.is_none(), a.due_to, &a.code).cmp(&(b.due_to.is_none(), b.due_to, &b.code)));
    let mut restricted = RestrictedRecords::of(&meeting);
    let shown: HashSet<CommitmentId> = items.iter().map(|item| item.commitment_id).collect();
    let shown = candidates.iter().filter(|commitment| shown.contains(&commitment.id));
    shown.for_each(|commitment| commitment.restricted(&mut restricted));
    for session in previous.iter().filter(|session| session.restricted) {
        restricted.add("meeting", session.meeting_id, &meeting.country_code);
    }
    Ok(FollowUp { meeting_id: id, commission_ids, on, previous, items, restricted })
}

/// Returns the history of these commitments without the reports of undone imports.
fn standing_events(conn: &mut Db, ids: &[CommitmentId]) -> Result<HashMap<CommitmentId, Vec<PastEvent>>> {
    let mut events = store::past_events(conn, ids)?;
    let standing = store::standing_updates(conn, ids)?;
    for list in events.values_mut() {
        list.retain(|past| past.event.update().is_none_or(|id| standing.contains(&id)));
    }
    Ok(events)
}

/// Returns whether the commitment was open at the end of the session's day; without a session it was.
fn was_open(events: &[PastEvent], commitment: &Commitment, session: Option<&PreviousSession>) -> bool {
    let Some(PreviousSession { on, .. }) = session else { return true };
    replay(events, *on, commitment.zone).is_some_and(|past| past.status().is_open())
}

fn item(
    commitment: &Commitment,
    past: &PastCommitment,
    on: NaiveDate,
    institutions: &HashMap<InstitutionId, Institution>,
) -> FollowUpItem {
    let parts = past.assignments.iter().filter_map(|part| {
        let assignment = commitment.assignment(part.id).ok()?;
        let institution = institutions.get(&part.institution_id);
        Some(FollowUpPart {
            id: part.id,
            institution_id: part.institution_id,
            institution: institution.map(|institution| institution.fields.name.clone()).unwrap_or_default(),
            role: assignment.fields.role,
            status: part.progress.status,
            verification: part.progress.verification,
            percent: part.progress.percent,
            quantity: part.progress.quantity,
            due_to: part.term.due_to,
            overdue: part.overdue(on),
        })
    });
    FollowUpItem {
        commitment_id: commitment.id,
        code: commitment.code.clone(),
        text: commitment.fields.text.clone(),
        commission_ids: commitment.fields.commission_ids.clone(),
        status: past.status(),
        due: past.term.due.clone(),
        due_from: past.term.due_from,
        due_to: past.term.due_to,
        due_text: commitment.fields.due_text.clone(),
        overdue: past.overdue(on),
        fulfilled: past.fulfilled(),
        assignments: parts.collect(),
    }
}
