//! Builds the calendar of a person: the sessions, due dates and periodic reports that the person may see today.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};

use super::store;
use super::store::institution_names;
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::{Assignment, Commitment, Status, changes_of, commitments_since};
use crate::db::{CommissionId, Db, InstitutionId, unique};
use crate::duties::{DueFilter, DueReports, due_reports, duty_counts_in_words};
use crate::error::Result;
use crate::i18n::{self, Lang, text};
use crate::ics::{self, Calendar, Event, State, When};
use crate::identity::{Actor, Role};
use crate::meetings::{Meeting, meetings_since};

/// The number of past months in the calendar.
const MONTHS_BACK: Months = Months::new(12);
/// The number of coming months whose periodic reports are in the calendar.
const MONTHS_AHEAD: Months = Months::new(12);
/// The maximum number of sessions, and of due dates, the earliest first: calendar programs accept as many.
const MAX_EVENTS: i64 = 10_000;
/// The maximum number of institutions named in the summary of an event.
const MAX_NAMES: usize = 3;
/// The maximum length of a commitment's text in the summary of an event, in characters.
const MAX_SUMMARY: usize = 120;

/// The extent of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Everything that the owner may see.
    All,
    /// The terms of the institutions that the owner represents, and the sessions of the commissions of which these are
    /// members or the owner is the secretariat.
    Mine,
}

/// Everything that a calendar is read from.
pub(super) struct Feed<'a> {
    owner: &'a Actor,
    extent: Extent,
    /// The name of the installation.
    brand: &'a str,
    /// The sessions and the commitments of the calendar.
    meetings: Visibility,
    commitments: Visibility,
    /// The first day of the calendar.
    first: NaiveDate,
    now: Instant,
}

impl<'a> Feed<'a> {
    pub(super) fn new(owner: &'a Actor, extent: Extent, brand: &'a str, now: Instant) -> Self {
        let today = now.utc().date_naive();
        let first = today.checked_sub_months(MONTHS_BACK).unwrap_or(today);
        let (meetings, commitments) = match extent {
            Extent::All => (Visibility::of(owner), Visibility::of(owner)),
            Extent::Mine => own(owner),
        };
        Self { owner, extent, brand, meetings, commitments, first, now }
    }

    /// Returns the periodic reports of the calendar.
    fn reports(&self, conn: &mut Db) -> Result<Vec<DueReports>> {
        let today = self.now.utc().date_naive();
        let last = today.checked_add_months(MONTHS_AHEAD).unwrap_or(today);
        let filter = DueFilter { first: self.first, last, commission: None, mine: self.extent == Extent::Mine };
        due_reports(conn, self.owner, &filter, self.now)
    }

    /// Returns a text that changes with everything that the calendar shows. Of sessions and commitments nothing but counts
    /// and moments is loaded.
    pub(super) fn fingerprint(&self, conn: &mut Db) -> Result<String> {
        let state = store::state(conn, &self.meetings, &self.commitments, self.first)?;
        let reports = self.reports(conn)?;
        let reports: Vec<_> = reports
            .iter()
            .map(|one| (one.duty.updated_at, one.path(), &one.period, one.counts, one.returned))
            .collect();
        let Self { owner, extent, brand, meetings, commitments, first, .. } = self;
        let version = env!("CARGO_PKG_VERSION");
        Ok(format!(
            "{version} {extent:?} {brand:?} {} {:?} {first} {meetings:?} {commitments:?} {state:?} {reports:?}",
            owner.id, owner.language
        ))
    }
}

/// Returns the own sessions and the own commitments of a person.
pub(super) fn own(owner: &Actor) -> (Visibility, Visibility) {
    let seats = || owner.seats.iter().map(|seat| (seat.commission_id, seat.institution_id));
    let of = |roles: &[Role]| {
        let grants: Vec<_> = owner.grants.iter().filter(|grant| roles.contains(&grant.role)).cloned().collect();
        Visibility::of_grants(&grants, seats())
    };
    let terms = Visibility { unrestricted_commissions: Vec::new(), ..of(&[Role::Representative]) };
    (of(&[Role::Secretariat, Role::Representative]), terms)
}

/// Returns the calendar of a person, and the restricted records in it. The number of queries is constant, whatever the
/// size of the calendar.
pub(super) fn calendar(conn: &mut Db, feed: &Feed<'_>) -> Result<(Calendar, RestrictedRecords)> {
    let Feed { owner, first, now, .. } = *feed;
    let lang = owner.language;
    let meetings = meetings_since(conn, &feed.meetings, first, MAX_EVENTS)?;
    let mut commitments = commitments_since(conn, &feed.commitments, first, MAX_EVENTS, now)?;
    if feed.extent == Extent::Mine {
        for commitment in &mut commitments {
            let commissions = &commitment.fields.commission_ids;
            let is_own = |part: &Assignment| owner.is_representative_of(part.fields.institution_id, commissions);
            commitment.assignments.retain(is_own);
        }
        commitments.retain(|commitment| !commitment.assignments.is_empty());
    }
    let named = unique(commitments.iter().flat_map(|one| &one.assignments).map(|part| part.fields.institution_id));
    let institutions = institution_names(conn, &named)?;
    let ids: Vec<_> = commitments.iter().map(|commitment| commitment.id).collect();
    let changes = changes_of(conn, &ids)?;
    let reports = feed.reports(conn)?;
    let ids_of_commissions = unique(meetings.iter().flat_map(|meeting| meeting.fields.commission_ids.clone()));
    let names = commission_refs(conn, &ids_of_commissions)?;
    let mut events: Vec<Event> = meetings.iter().map(|meeting| session(meeting, &names, lang)).collect();
    for commitment in &commitments {
        let sequence = changes.get(&commitment.id).copied().unwrap_or(0);
        let due_date = DueDate { commitment, institutions: &institutions, sequence, lang };
        events.extend(due_dates(&due_date, first, feed.extent));
    }
    events.extend(reports.iter().map(|one| due_report(one, lang)));
    let mut restricted = RestrictedRecords::of(&meetings);
    commitments.restricted(&mut restricted);
    reports.restricted(&mut restricted);
    Ok((
        Calendar { method: None, name: Some(text(lang, "feed-name", &[("brand", feed.brand.to_owned())])), events },
        restricted,
    ))
}

/// Returns the event of a session, with its commissions in the summary.
fn session(meeting: &Meeting, names: &HashMap<CommissionId, CommissionRef>, lang: Lang) -> Event {
    let commissions: Vec<&CommissionRef> =
        meeting.fields.commission_ids.iter().filter_map(|id| names.get(id)).collect();
    let labels: Vec<&str> = commissions.iter().map(|one| one.label()).collect();
    let full_names: Vec<&str> = commissions.iter().map(|one| one.name.as_str()).collect();
    let summary = format!("{}: {}", labels.join(", "), meeting.fields.title);
    Event { summary, description: Some(full_names.join("\n")), ..meeting.event(lang) }
}

/// Returns the event of the periodic reports of a period. Its state is in the summary, as that of a term is.
fn due_report(due: &DueReports, lang: Lang) -> Event {
    let duty = &due.duty;
    let title: String = duty.fields.title.chars().take(MAX_SUMMARY).collect();
    let key = match (due.is_open(), due.is_waived()) {
        (true, _) => "feed-report-due",
        (false, true) => "feed-report-waived",
        (false, false) => "feed-report-done",
    };
    let words = [("title", title), ("period", i18n::date(lang, &due.period))];
    Event {
        uid: ics::uid_of_part(duty.id, due.period.as_str()),
        sequence: 0,
        stamp: duty.updated_at,
        when: When::Days { first: due.due_to, last: due.due_to },
        state: State::Confirmed,
        takes_time: false,
        summary: text(lang, key, &words),
        description: due.institution.is_none().then(|| duty_counts_in_words(lang, &due.counts)),
        location: None,
        conference: None,
        url: Some(due.path()),
        organizer: None,
        attendees: Vec::new(),
    }
}

/// Returns the events of a commitment's due date, and of the due dates of its parts that differ from it. The own
/// calendar has the term of the commitment only where it is that of an own part.
fn due_dates(whole: &DueDate<'_>, first: NaiveDate, extent: Extent) -> Vec<Event> {
    let commitment = whole.commitment;
    let has_own = |part: &&Assignment| part.fields.due.is_some() && part.due_to != commitment.due_to;
    let (own, shared): (Vec<&Assignment>, Vec<&Assignment>) =
        commitment.assignments.iter().partition(|part| has_own(part));
    let live: Vec<&Assignment> =
        shared.iter().copied().filter(|part| part.progress.status != Status::Cancelled).collect();
    let shown = if live.is_empty() { &shared } else { &live };
    let is_shown = extent == Extent::All || !shared.is_empty();
    let mut events: Vec<Event> = commitment
        .due_to
        .filter(|due| is_shown && *due >= first)
        .map(|due| whole.event(ics::uid(commitment.id), due, commitment.derived_status(), shown))
        .into_iter()
        .collect();
    for part in own {
        if let Some(due) = part.due_to.filter(|due| *due >= first) {
            events.push(whole.event(ics::uid(part.id), due, part.progress.status, &[part]));
        }
    }
    events
}

struct DueDate<'a> {
    commitment: &'a Commitment,
    institutions: &'a HashMap<InstitutionId, (Option<String>, String)>,
    sequence: i32,
    lang: Lang,
}

impl DueDate<'_> {
    /// Returns the event of a term; `parts` are those whose term it is.
    fn event(&self, uid: String, due: NaiveDate, status: Status, parts: &[&Assignment]) -> Event {
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
            summary: text(self.lang, key, &[("code", self.title(parts)), ("text", short)]),
            description: Some(self.description(parts)),
            location: None,
            conference: None,
            url: Some(format!("/commitments/{}", commitment.id)),
            organizer: None,
            attendees: Vec::new(),
        }
    }

    fn names<'p>(&'p self, parts: &'p [&Assignment]) -> impl Iterator<Item = &'p (Option<String>, String)> {
        parts.iter().filter_map(move |part| self.institutions.get(&part.fields.institution_id))
    }

    /// Returns the code with the institutions whose term it is: at most three names, and the number of the others.
    fn title(&self, parts: &[&Assignment]) -> String {
        let names: Vec<&str> = self.names(parts).map(|(acronym, name)| acronym.as_deref().unwrap_or(name)).collect();
        let code = &self.commitment.code;
        let others = names.len().saturating_sub(MAX_NAMES);
        let shown = names.iter().take(MAX_NAMES).copied().collect::<Vec<_>>().join(", ");
        match (names.len(), others) {
            (0, _) => code.clone(),
            (_, 0) => format!("{code} ({shown})"),
            _ => format!("{code} ({shown} +{others})"),
        }
    }

    /// Returns the full names of the institutions whose term it is, one a line, and the text.
    fn description(&self, parts: &[&Assignment]) -> String {
        let names = self.names(parts).map(|(_, name)| name.as_str());
        names.chain([self.commitment.fields.text.as_str()]).collect::<Vec<_>>().join("\n")
    }
}
