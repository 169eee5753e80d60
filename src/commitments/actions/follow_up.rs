//! The follow-up sheet of a session: what was open after the previous one, as it stood on the day.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::access::Reach;
use crate::clock::Instant;
use crate::commitments::model::{Commitment, FollowUp, FollowUpItem, FollowUpPart, Past, PastEvent, replay};
use crate::commitments::store;
use crate::db::{Db, InstitutionId, MeetingId};
use crate::directory::{self, Institution};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings;

/// The sheet of a session; 404 when the actor may not know it.
///
/// On it stands what was decided before the session's day, not in the session itself, and was not yet completed,
/// cancelled or lost by the end of the previous session's day.
pub fn follow_up(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<FollowUp> {
    let reach = Reach::of(actor);
    let meeting = meetings::meeting(conn, &reach, id)?;
    let (commission_ids, on) = (meeting.input().commission_ids, meeting.held_to);
    let previous = store::previous(conn, &commission_ids, on)?;
    let mut candidates = store::of_commissions(conn, &reach, &commission_ids, now)?;
    candidates.retain(|commitment| commitment.fields.meeting_id != Some(id));
    let fields: Vec<_> = candidates.iter().map(|commitment| &commitment.fields).collect();
    let (held, adopted) = store::decided_days(conn, &fields)?;
    let decided = |commitment: &Commitment| {
        let session = commitment.fields.meeting_id.and_then(|id| held.get(&id));
        let agreement = commitment.fields.agreement_id.and_then(|id| adopted.get(&id));
        let entered = commitment.created_at.day_in(commitment.zone);
        session.or(agreement).map_or(entered, |day| entered.min(*day))
    };
    candidates.retain(|commitment| decided(commitment) < on);
    let ids: Vec<_> = candidates.iter().map(|commitment| commitment.id).collect();
    let events = store::past_events(conn, &ids)?;
    let own = |commitment: &Commitment| events.get(&commitment.id).map_or(&[][..], Vec::as_slice);
    candidates.retain(|commitment| was_open(own(commitment), commitment, previous.as_ref().map(|session| session.on)));
    let previous = previous.filter(|session| meetings::meeting(conn, &reach, session.meeting_id).is_ok());
    let mut named: Vec<_> =
        candidates.iter().flat_map(|one| &one.assignments).map(|a| a.fields.institution_id).collect();
    named.sort_unstable();
    named.dedup();
    let institutions = directory::institutions_by_id(conn, &named)?;
    let mut items: Vec<_> = candidates
        .iter()
        .filter_map(|commitment| {
            Some(item(commitment, &replay(own(commitment), on, commitment.zone)?, on, &institutions))
        })
        .collect();
    items.sort_by(|a, b| (a.due_to.is_none(), a.due_to, &a.code).cmp(&(b.due_to.is_none(), b.due_to, &b.code)));
    Ok(FollowUp { meeting_id: id, commission_ids, on, previous, items })
}

/// Whether something was still to be done at the end of that day; everything was at the beginning of time.
fn was_open(events: &[PastEvent], commitment: &Commitment, day: Option<NaiveDate>) -> bool {
    let Some(day) = day else { return true };
    replay(events, day, commitment.zone).is_some_and(|past| past.status().is_open())
}

fn item(
    commitment: &Commitment,
    past: &Past,
    on: NaiveDate,
    institutions: &HashMap<InstitutionId, Institution>,
) -> FollowUpItem {
    let parts = past.parts.iter().filter_map(|part| {
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
