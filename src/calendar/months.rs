//! The sessions, terms and periodic reports of two months, by day: the read model of the page.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;

use super::feed::own;
use super::store::{self, TermFilter, TermRow, institution_names};
use crate::access::{CommissionRef, Visibility, commission_refs, known_commissions, visible_commissions};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::Status;
use crate::db::{CommissionId, CommitmentId, Db, InstitutionId, MeetingId, unique};
use crate::directory::countries_of;
use crate::duties::{DueFilter, DueReports, due_reports};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings::{Meeting, is_to_convene, meetings_since};

/// The number of months on a page.
const MONTHS: u32 = 2;
/// The number of sessions from the first day on that are read.
const MOST_SESSIONS: i64 = 500;
/// The number of terms of institutions on a page.
const MOST_TERMS: i64 = 400;

/// The filters of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct CalendarFilter {
    /// The first day of the first month; the present month without one.
    pub month: Option<NaiveDate>,
    pub country: Option<String>,
    pub commission: Option<CommissionId>,
    /// Only the own sessions and terms, as in the calendar feed.
    pub mine: bool,
}

/// The calendar of two months.
pub(super) struct Calendar {
    /// The first day of the first month.
    pub first: NaiveDate,
    pub months: Vec<Month>,
    pub today: NaiveDate,
    /// The country of the names of months.
    pub country: String,
    /// The countries of the commissions that the reader may know, with their names.
    pub countries: Vec<(String, String)>,
    /// The commissions that the reader may know.
    pub known: Vec<CommissionRef>,
    pub commissions: HashMap<CommissionId, CommissionRef>,
    pub institutions: HashMap<InstitutionId, (Option<String>, String)>,
    /// The sessions that the reader still has to convene.
    pub to_convene: HashSet<MeetingId>,
    /// True when the months have more terms than are shown.
    pub is_cut: bool,
    pub now: Instant,
}

/// The entries of a month.
pub(super) struct Month {
    pub first: NaiveDate,
    pub entries: Vec<Entry>,
}

/// A session, a term, or the periodic reports that are due on a day.
pub(super) enum Entry {
    Session(Box<Meeting>),
    Term(Term),
    Reports(Box<DueReports>),
}

/// A term of a commitment, with the institutions whose term it is.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub id: CommitmentId,
    pub code: String,
    pub title: String,
    pub country_code: String,
    pub restricted: bool,
    pub commission: CommissionId,
    pub due: NaiveDate,
    pub institutions: Vec<InstitutionId>,
    /// True when a part of it is still to be done.
    pub is_open: bool,
    /// The status of its parts; None if they differ.
    pub status: Option<Status>,
    /// True when a part that was reported is to be verified.
    pub is_to_verify: bool,
}

impl Entry {
    /// Returns the day on which it is shown; None for a session whose day is not known.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Session(meeting) => (meeting.held_from == meeting.held_to).then_some(meeting.held_from),
            Self::Term(term) => Some(term.due),
            Self::Reports(reports) => Some(reports.due_to),
        }
    }

    /// Returns the day by which it is sorted, sessions before terms, and terms before periodic reports.
    fn place(&self) -> (NaiveDate, u8) {
        match self {
            Self::Session(meeting) => (meeting.held_to, 0),
            Self::Term(term) => (term.due, 1),
            Self::Reports(reports) => (reports.due_to, 2),
        }
    }
}

impl RestrictedContent for Calendar {
    fn restricted(&self, found: &mut RestrictedRecords) {
        for entry in self.months.iter().flat_map(|month| &month.entries) {
            match entry {
                Entry::Session(meeting) => meeting.restricted(found),
                Entry::Term(term) if term.restricted => found.add("commitment", term.id, &term.country_code),
                Entry::Term(_) => {}
                Entry::Reports(reports) => reports.restricted(found),
            }
        }
    }
}

/// Reads the calendar of two months. The number of statements is constant.
pub(super) fn read(conn: &mut Db, actor: &Actor, filter: &CalendarFilter, now: Instant) -> Result<Calendar> {
    let visibility = Visibility::of(actor);
    let known = visible_commissions(conn, &visibility)?;
    let home = known.iter().find(|one| actor.is_secretariat_of(one.id)).or(known.first());
    let today = home.map_or_else(|| now.day_in(Tz::UTC), |commission| commission.today(now));
    let country = home.map(|one| one.country_code.clone()).unwrap_or_default();
    let first = filter.month.or(today.with_day(1)).unwrap_or(today);
    let end = first.checked_add_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MAX);
    let last = end.pred_opt().unwrap_or(end);
    let (of_meetings, of_terms) = if filter.mine { own(actor) } else { (visibility.clone(), visibility) };
    let mut meetings = meetings_since(conn, &of_meetings, first, MOST_SESSIONS)?;
    let is_of_country = |code: &String| filter.country.as_ref().is_none_or(|asked| asked == code);
    let is_asked = |meeting: &Meeting| {
        is_of_country(&meeting.country_code)
            && filter.commission.is_none_or(|id| meeting.fields.commission_ids.contains(&id))
    };
    meetings.retain(|meeting| meeting.held_from <= last && is_asked(meeting));
    let of = filter.mine.then_some(actor);
    let country_code = filter.country.as_deref();
    let terms = TermFilter { visibility: &of_terms, first, last, country_code, commission: filter.commission, of };
    let mut rows = store::terms(conn, &terms, MOST_TERMS + 1)?;
    let due = DueFilter { first, last, commission: filter.commission, mine: filter.mine };
    let mut reports = due_reports(conn, actor, &due, now)?;
    reports.retain(|one| is_of_country(&one.duty.country_code));
    let is_cut = i64::try_from(rows.len()).is_ok_and(|number| number > MOST_TERMS);
    rows.truncate(usize::try_from(MOST_TERMS).unwrap_or(usize::MAX));
    let named = unique(rows.iter().filter_map(|row| row.institution_id));
    let institutions = institution_names(conn, &named)?;
    let mut bodies: Vec<CommissionId> = meetings.iter().flat_map(|one| one.fields.commission_ids.clone()).collect();
    bodies.extend(rows.iter().map(|row| row.commission_id));
    let mut commissions = commission_refs(conn, &unique(bodies))?;
    let asking = unique(reports.iter().flat_map(|one| one.duty.fields.commission_ids.clone()));
    let asking = known_commissions(conn, &Visibility::of(actor), &asking)?;
    commissions.extend(asking.into_iter().map(|one| (one.id, one)));
    let to_convene = meetings.iter().filter(|one| is_to_convene(actor, one, now)).map(|one| one.id).collect();
    let sessions = meetings.into_iter().map(|meeting| Entry::Session(Box::new(meeting)));
    let reports = reports.into_iter().map(|reports| Entry::Reports(Box::new(reports)));
    let entries = sessions.chain(grouped(rows).into_iter().map(Entry::Term)).chain(reports).collect();
    let months = by_month(first, entries);
    let countries = countries_of(conn, &known)?;
    Ok(Calendar { first, months, today, country, countries, known, commissions, institutions, to_convene, is_cut, now })
}

/// Joins the rows of one commitment and one day.
fn grouped(rows: Vec<TermRow>) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for row in rows {
        match terms.last_mut() {
            Some(last) if last.id == row.id && last.due == row.due_to => {
                last.is_open |= row.is_open;
                last.status = last.status.filter(|status| *status == row.status);
                last.is_to_verify |= row.is_to_verify;
                last.institutions.extend(row.institution_id);
            }
            _ => terms.push(Term {
                id: row.id,
                code: row.code,
                title: row.title,
                country_code: row.country_code,
                restricted: row.restricted,
                commission: row.commission_id,
                due: row.due_to,
                institutions: row.institution_id.into_iter().collect(),
                is_open: row.is_open,
                status: Some(row.status),
                is_to_verify: row.is_to_verify,
            }),
        }
    }
    terms
}

/// Distributes entries over the months that are shown. A session that is known only by a longer period is shown in
/// the first month of it.
fn by_month(first: NaiveDate, entries: Vec<Entry>) -> Vec<Month> {
    let mut months: BTreeMap<NaiveDate, Vec<Entry>> = BTreeMap::new();
    for n in 0..MONTHS {
        if let Some(month) = first.checked_add_months(Months::new(n)) {
            months.insert(month, Vec::new());
        }
    }
    for entry in entries {
        let day = match &entry {
            Entry::Session(meeting) => meeting.held_from.max(first),
            Entry::Term(term) => term.due,
            Entry::Reports(reports) => reports.due_to,
        };
        if let Some(month) = day.with_day(1).and_then(|month| months.get_mut(&month)) {
            month.push(entry);
        }
    }
    let sorted = |(first, mut entries): (NaiveDate, Vec<Entry>)| {
        entries.sort_by_key(Entry::place);
        Month { first, entries }
    };
    months.into_iter().map(sorted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: &str, id: u128, institution: u128, is_open: bool) -> TermRow {
        TermRow {
            id: uuid::Uuid::from_u128(id).into(),
            code: format!("C-{id}"),
            title: String::new(),
            country_code: "PE".to_owned(),
            restricted: false,
            commission_id: uuid::Uuid::nil().into(),
            institution_id: Some(uuid::Uuid::from_u128(institution).into()),
            due_to: crate::dates::parse_day(day).unwrap(),
            is_open,
            status: if is_open { Status::Planned } else { Status::Completed },
            is_to_verify: false,
        }
    }

    #[test]
    fn the_parts_of_a_commitment_with_the_same_term_are_one_entry() {
        let rows = [("2026-11-30", 1, 5, false), ("2026-11-30", 1, 6, true), ("2026-12-31", 1, 7, false)];
        let terms = grouped(rows.map(|(day, id, institution, open)| row(day, id, institution, open)).into());
        let shown: Vec<_> = terms.iter().map(|term| (term.institutions.len(), term.is_open, term.status)).collect();
        assert_eq!(shown, [(2, true, None), (1, false, Some(Status::Completed))]);
        let first = crate::dates::parse_day("2026-11-01").unwrap();
        let months = by_month(first, terms.into_iter().map(Entry::Term).collect());
        assert_eq!(months.iter().map(|month| month.entries.len()).collect::<Vec<_>>(), [1, 1]);
    }
}
