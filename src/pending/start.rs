//! The read models of the start page: what waits with the names of its institutions, commissions and sessions, the next
//! sessions, and the numbers of the year.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use super::actions;
use super::model::{Key, PendingFilter, PendingGroup, PendingItem, PendingKind, PendingPage, PendingReason};
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::clock::Instant;
use crate::commitments::{CommitmentFilter, Status, Verification, count_commitments};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId, unique};
use crate::directory::{Institution, country, institutions_by_id};
use crate::error::Result;
use crate::http::Paging;
use crate::identity::{Actor, Grant, Role};
use crate::meetings::{Meeting, MeetingStatus, is_to_convene, meetings_by_id, meetings_since};
use crate::reports::{AssignedQuestions, assigned_questions};

/// The number of items of each reason on the start page.
const MOST_ITEMS: i64 = 5;
/// The number of sessions beside them.
const MOST_SESSIONS: usize = 5;
/// The number of sessions that are read, of which the cancelled ones are left out.
const READ_SESSIONS: i64 = 20;
/// The number of countries, commissions or institutions that the line under the heading names.
const MOST_NAMES: usize = 3;

/// The names that items and grants refer to.
#[derive(Default)]
pub(super) struct Names {
    pub institutions: HashMap<InstitutionId, Institution>,
    pub commissions: HashMap<CommissionId, CommissionRef>,
    pub meetings: HashMap<MeetingId, Meeting>,
    /// The institution of a person who represents one and has no other role: items need not name it.
    pub own: Option<InstitutionId>,
}

/// The start page of a person.
pub(super) struct Start {
    pub groups: Vec<PendingGroup>,
    pub names: Names,
    pub reader: Reader,
    pub sessions: Vec<Meeting>,
    /// The sessions among them that the reader still has to convene.
    pub to_convene: HashSet<MeetingId>,
    /// The numbers of the year; None for a person without grants.
    pub numbers: Option<Numbers>,
    /// The draft reports of a coordinator with questions that commissions answer.
    pub assigned: Vec<AssignedQuestions>,
    pub now: Instant,
}

/// The person who reads, as the page names them.
pub(super) struct Reader {
    /// Each role with the countries, commissions or institutions of its grants: at most three, and the number of others.
    pub roles: Vec<(Role, Vec<String>, usize)>,
    pub today: NaiveDate,
    /// The country of the names of months.
    pub country: String,
}

/// The numbers of the commitments whose term ends in this year, and of those that are overdue.
pub(super) struct Numbers {
    pub year: i32,
    /// The only institution that the person represents, whose parts are counted.
    pub institution: Option<InstitutionId>,
    pub all: i64,
    pub fulfilled: i64,
    pub overdue: i64,
}

/// One page of what waits for one reason.
pub(super) struct OfReason {
    pub page: PendingPage,
    pub reason: PendingReason,
    pub names: Names,
    pub now: Instant,
}

/// Reads the start page. The number of statements is constant, whatever waits.
pub(super) fn start(conn: &mut Db, actor: &Actor, now: Instant, filter: &PendingFilter) -> Result<Start> {
    let mut groups = actions::groups(conn, actor, now, filter, MOST_ITEMS)?;
    groups.sort_by_key(|group| group.reason.is_news());
    let items: Vec<&PendingItem> = groups.iter().flat_map(|group| &group.items).collect();
    let names = Names::load(conn, actor, &items, &actor.grants)?;
    let reader = Reader::read(conn, actor, &names, now)?;
    let mut sessions = meetings_since(conn, &Visibility::of(actor), reader.today, READ_SESSIONS)?;
    sessions.retain(|meeting| meeting.fields.status == MeetingStatus::Scheduled);
    sessions.truncate(MOST_SESSIONS);
    let numbers =
        if actor.grants.is_empty() { None } else { Some(Numbers::read(conn, actor, reader.today.year(), now)?) };
    let to_convene = sessions.iter().filter(|one| is_to_convene(actor, one, now)).map(|one| one.id).collect();
    let coordinated: Vec<String> = actor.coordinated_countries().map(str::to_owned).collect();
    let assigned = match coordinated.is_empty() {
        true => Vec::new(),
        false => assigned_questions(conn, &coordinated, actor.language)?,
    };
    Ok(Start { groups, names, reader, sessions, to_convene, numbers, assigned, now })
}

/// Reads one page of what waits for one reason.
pub(super) fn of_reason(
    conn: &mut Db,
    actor: &Actor,
    now: Instant,
    (filter, reason): (&PendingFilter, PendingReason),
    paging: &Paging<Key>,
) -> Result<OfReason> {
    let page = actions::page(conn, actor, now, filter, paging)?;
    let names = Names::load(conn, actor, &page.items.iter().collect::<Vec<_>>(), &[])?;
    Ok(OfReason { page, reason, names, now })
}

impl Names {
    fn load(conn: &mut Db, actor: &Actor, items: &[&PendingItem], grants: &[Grant]) -> Result<Self> {
        let mut commissions: Vec<CommissionId> = items.iter().flat_map(|item| item.commission_ids.clone()).collect();
        commissions.extend(grants.iter().filter_map(|grant| grant.commission_id));
        let commissions = unique(commissions);
        let mut institutions: Vec<InstitutionId> = items.iter().filter_map(|item| item.institution_id).collect();
        institutions.extend(grants.iter().filter_map(|grant| grant.institution_id));
        let institutions = unique(institutions);
        let sessions = items.iter().filter(|item| item.kind == PendingKind::Meeting);
        let sessions: Vec<MeetingId> = sessions.map(|item| item.id.into()).collect();
        Ok(Self {
            institutions: institutions_by_id(conn, &institutions)?,
            commissions: commission_refs(conn, &commissions)?,
            meetings: meetings_by_id(conn, &Visibility::of(actor), &sessions)?,
            own: only_institution(actor),
        })
    }

    /// Returns the acronyms of the commissions of an item, else their names.
    pub(super) fn commissions_of(&self, ids: &[CommissionId]) -> Vec<&str> {
        ids.iter().filter_map(|id| self.commissions.get(id)).map(CommissionRef::label).collect()
    }

    /// Returns the name of an institution.
    pub(super) fn institution(&self, id: Option<InstitutionId>) -> Option<&str> {
        self.institutions.get(&id?).map(|one| one.fields.name.as_str())
    }
}

impl Reader {
    /// Returns true if the reader may open the annual reports: coordinators and admins.
    pub(super) fn may_open_reports(&self) -> bool {
        self.roles.iter().any(|(role, ..)| [Role::Admin, Role::Coordinator].contains(role))
    }

    fn read(conn: &mut Db, actor: &Actor, names: &Names, now: Instant) -> Result<Self> {
        let mut roles: Vec<(Role, Vec<String>, usize)> = Vec::new();
        for grant in &actor.grants {
            let at = roles.iter().position(|(role, ..)| *role == grant.role).unwrap_or(roles.len());
            if at == roles.len() {
                roles.push((grant.role, Vec::new(), 0));
            }
            let Some((_, places, others)) = roles.get_mut(at) else { continue };
            if places.len() == MOST_NAMES {
                *others += 1;
            } else if let Some(place) = place_of(conn, names, grant)?
                && !places.contains(&place)
            {
                places.push(place);
            }
        }
        let home = actor.grants.iter().find_map(|grant| names.commissions.get(&grant.commission_id?));
        let seat = actor.seats.first().map(|seat| seat.country_code.clone());
        let coordinated = actor.coordinated_countries().next().map(str::to_owned);
        let code = home.map(|one| one.country_code.clone()).or(coordinated).or(seat).unwrap_or_default();
        let zone = match home {
            Some(commission) => commission.zone,
            None => crate::access::country_zone(conn, &code)?.unwrap_or(Tz::UTC),
        };
        Ok(Self { roles, today: now.day_in(zone), country: code })
    }
}

/// Returns the name of the commission, institution or country of a grant.
fn place_of(conn: &mut Db, names: &Names, grant: &Grant) -> Result<Option<String>> {
    if let Some(institution) = names.institution(grant.institution_id) {
        return Ok(Some(institution.to_owned()));
    }
    if let Some(commission) = grant.commission_id.and_then(|id| names.commissions.get(&id)) {
        return Ok(Some(commission.label().to_owned()));
    }
    grant.country_code.as_deref().map(|code| Ok(country(conn, code)?.fields.name)).transpose()
}

impl Numbers {
    fn read(conn: &mut Db, actor: &Actor, year: i32, now: Instant) -> Result<Self> {
        let visibility = Visibility::of(actor);
        let institution = only_institution(actor);
        let mut count = |filter: CommitmentFilter| {
            count_commitments(conn, &visibility, &CommitmentFilter { institution_id: institution, ..filter }, now)
        };
        let all = count(of_year(year, institution.is_some(), false))?;
        let fulfilled = count(of_year(year, institution.is_some(), true))?;
        let overdue = count(CommitmentFilter { overdue: Some(true), ..CommitmentFilter::default() })?;
        Ok(Self { year, institution, all, fulfilled, overdue })
    }
}

/// Returns the filter for the commitments whose term ends in a year, without the cancelled ones: all or the fulfilled
/// ones; with an institution, by the state of its part.
fn of_year(year: i32, by_part: bool, fulfilled: bool) -> CommitmentFilter {
    let (after, before) = year_bounds(year);
    let mut filter = CommitmentFilter { due_after: after, due_before: before, ..CommitmentFilter::default() };
    match (by_part, fulfilled) {
        (true, true) => filter.part_verification = Some(Verification::Accepted),
        (true, false) => filter.part_status = COUNTED.to_vec(),
        (false, true) => filter.status = vec![Status::Completed.into()],
        (false, false) => filter.status = COUNTED.map(Into::into).to_vec(),
    }
    filter
}

/// The states that count in the numbers of a year.
pub(super) const COUNTED: [Status; 4] = [Status::Planned, Status::InProgress, Status::Completed, Status::NotAchieved];

/// Returns the last day before a year and the first day after it.
pub(super) fn year_bounds(year: i32) -> (Option<NaiveDate>, Option<NaiveDate>) {
    (NaiveDate::from_ymd_opt(year - 1, 12, 31), NaiveDate::from_ymd_opt(year + 1, 1, 1))
}

/// Returns the institution of a person who represents one and has no other role.
fn only_institution(actor: &Actor) -> Option<InstitutionId> {
    let first = actor.grants.first()?.institution_id?;
    let is_own = |grant: &Grant| grant.role == Role::Representative && grant.institution_id == Some(first);
    actor.grants.iter().all(is_own).then_some(first)
}

crate::restricted_by!(Names: meetings);

crate::restricted_by!(Start: groups, names, sessions);

crate::restricted_by!(OfReason: page, names);
