//! Builds the calendar of a person: the sessions and due dates that the person may see today.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};

use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::{Assignment, Commitment, Status, changes_of, commitments_since};
use crate::db::{CommissionId, Db};
use crate::error::Result;
use crate::i18n::{Lang, text};
use crate::ics::{self, Calendar, Event, State, When};
use crate::identity::Actor;
use crate::meetings::{Meeting, meetings_since};

/// The number of past months in the calendar.
const MONTHS_BACK: Months = Months::new(12);
/// The maximum number of sessions, and of due dates, the earliest first: calendar programs accept as many.
const MAX_EVENTS: i64 = 10_000;
/// The maximum length of a commitment's text in the summary of an event, in characters.
const MAX_SUMMARY: usize = 120;

/// Returns the calendar of a person, and the restricted records in it. The number of queries is constant, whatever the
/// size of the calendar.
pub(super) fn calendar(conn: &mut Db, owner: &Actor, now: Instant) -> Result<(Calendar, RestrictedRecords)> {
    let (visibility, lang) = (Visibility::of(owner), owner.language);
    let today = now.utc().date_naive();
    let first = today.checked_sub_months(MONTHS_BACK).unwrap_or(today);
    let meetings = meetings_since(conn, &visibility, first, MAX_EVENTS)?;
    let commitments = commitments_since(conn, &visibility, first, MAX_EVENTS, now)?;
    let ids: Vec<_> = commitments.iter().map(|commitment| commitment.id).collect();
    let changes = changes_of(conn, &ids)?;
    let mut ids_of_commissions: Vec<_> =
        meetings.iter().flat_map(|meeting| meeting.fields.commission_ids.clone()).collect();
    ids_of_commissions.sort_unstable();
    ids_of_commissions.dedup();
    let names = commission_refs(conn, &ids_of_commissions)?;
    let mut events: Vec<Event> = meetings.iter().map(|meeting| session(meeting, &names)).collect();
    for commitment in &commitments {
        let sequence = changes.get(&commitment.id).copied().unwrap_or(0);
        events.extend(due_dates(commitment, sequence, first, lang));
    }
    let mut restricted = RestrictedRecords::of(&meetings);
    commitments.restricted(&mut restricted);
    Ok((Calendar { method: None, name: Some(text(lang, "feed-name", &[])), events }, restricted))
}

/// Returns the event of a session, with its commissions in the summary.
fn session(meeting: &Meeting, names: &HashMap<CommissionId, CommissionRef>) -> Event {
    let commissions: Vec<&CommissionRef> =
        meeting.fields.commission_ids.iter().filter_map(|id| names.get(id)).collect();
    let labels: Vec<&str> = commissions.iter().map(|one| one.label()).collect();
    let full_names: Vec<&str> = commissions.iter().map(|one| one.name.as_str()).collect();
    let summary = format!("{}: {}", labels.join(", "), meeting.fields.title);
    Event { summary, description: Some(full_names.join("\n")), ..meeting.event() }
}

/// Returns the events of a commitment's due date, and of the due dates of its parts that differ from it.
fn due_dates(commitment: &Commitment, sequence: i32, first: NaiveDate, lang: Lang) -> Vec<Event> {
    let whole = DueDate { commitment, sequence, lang };
    let mut events: Vec<Event> = commitment
        .due_to
        .filter(|due| *due >= first)
        .map(|due| whole.event(ics::uid(commitment.id), due, commitment.derived_status()))
        .into_iter()
        .collect();
    let own = |part: &&Assignment| part.fields.due.is_some() && part.due_to != commitment.due_to;
    for part in commitment.assignments.iter().filter(own) {
        if let Some(due) = part.due_to.filter(|due| *due >= first) {
            events.push(whole.event(ics::uid(part.id), due, part.progress.status));
        }
    }
    events
}

struct DueDate<'a> {
    commitment: &'a Commitment,
    sequence: i32,
    lang: Lang,
}

impl DueDate<'_> {
    fn event(&self, uid: String, due: NaiveDate, status: Status) -> Event {
        let commitment = self.commitment;
        let key = match status {
            Status::Planned | Status::InProgress => "feed-due",
            Status::Completed => "feed-done",
            Status::NotAchieved => "feed-missed",
            Status::Cancelled => "feed-cancelled",
        };
        let short: String = commitment.fields.text.chars().take(MAX_SUMMARY).collect();
        Event {
            uid,
            sequence: self.sequence,
            stamp: commitment.updated_at,
            when: When::Days { first: due, last: due },
            state: if status == Status::Cancelled { State::Cancelled } else { State::Confirmed },
            takes_time: false,
            summary: text(self.lang, key, &[("code", commitment.code.clone()), ("text", short)]),
            description: Some(commitment.fields.text.clone()),
            location: None,
            url: Some(format!("/commitments/{}", commitment.id)),
            organizer: None,
            attendees: Vec::new(),
        }
    }
}
