//! Open assignments with terms, and the places that they belong to. Costs what the assignments asked for cost.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::dates::WorkingCalendar;
use crate::db::schema::{
    assignments, calendar_days, commissions, commitment_commissions, commitments, countries, institutions,
    reminder_ledger,
};
use crate::db::{AssignmentId, CommissionId, CommitmentId, Db, InstitutionId};
use crate::error::Result;
use crate::notifications;
use crate::reminders::model::{CommissionSettings, OpenAssignment, PlanningData, Rhythm, StepKey};

/// The time zones of all countries and commissions.
pub fn zones(conn: &mut Db) -> Result<Vec<Tz>> {
    let mut zones: Vec<String> = countries::table.select(countries::time_zone).distinct().load(conn)?;
    let own: Vec<Option<String>> = commissions::table.select(commissions::time_zone).distinct().load(conn)?;
    zones.extend(own.into_iter().flatten());
    Ok(zones.iter().filter_map(|zone| zone.parse().ok()).collect())
}

/// These assignments, as far as they are open and have a term, with all that telling of them needs around `moment`.
pub fn scene(conn: &mut Db, ids: &[AssignmentId], moment: Instant) -> Result<PlanningData> {
    let mut open = open(conn, ids)?;
    let of_commitment = commissions_of(conn, &open)?;
    for one in &mut open {
        one.commissions = of_commitment.get(&one.commitment_id).cloned().unwrap_or_default();
    }
    let mut commissions: Vec<CommissionId> = open.iter().flat_map(|one| one.commissions.clone()).collect();
    commissions.sort_unstable();
    commissions.dedup();
    let places = places(conn, &commissions, moment)?;
    let mut named: Vec<InstitutionId> = open.iter().map(|one| one.institution_id).collect();
    named.sort_unstable();
    named.dedup();
    let contacts = notifications::contacts(conn, &commissions, &named)?;
    Ok(PlanningData { open, places, contacts, ..PlanningData::default() })
}

/// The same, and what has been told of them.
pub fn scene_with_ledger(conn: &mut Db, ids: &[AssignmentId], moment: Instant) -> Result<PlanningData> {
    let ledger = ledger(conn, ids)?;
    Ok(PlanningData { ledger, ..scene(conn, ids, moment)? })
}

type OpenRow = (
    (AssignmentId, Option<NaiveDate>),
    (InstitutionId, String),
    (CommitmentId, String, String, bool, String, Option<NaiveDate>),
);

fn open(conn: &mut Db, ids: &[AssignmentId]) -> Result<Vec<OpenAssignment>> {
    let rows: Vec<OpenRow> = assignments::table
        .inner_join(commitments::table)
        .inner_join(institutions::table)
        .filter(assignments::id.eq_any(ids))
        .filter(assignments::open.eq(true))
        .filter(commitments::status.ne_all(["completed", "cancelled"]))
        .order(assignments::id)
        .select((
            (assignments::id, assignments::due_to),
            (institutions::id, institutions::name),
            (
                commitments::id,
                commitments::code,
                commitments::text,
                commitments::restricted,
                commitments::country_code,
                commitments::due_to,
            ),
        ))
        .load(conn)?;
    let open = |((assignment_id, own), (institution_id, institution), commitment): OpenRow| {
        let (commitment_id, code, text, restricted, country, shared) = commitment;
        Some(OpenAssignment {
            assignment_id,
            commitment_id,
            code,
            text,
            restricted,
            institution_id,
            institution,
            commissions: Vec::new(),
            country,
            due: own.or(shared)?,
        })
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

fn commissions_of(conn: &mut Db, open: &[OpenAssignment]) -> Result<HashMap<CommitmentId, Vec<CommissionId>>> {
    let ids: HashSet<CommitmentId> = open.iter().map(|one| one.commitment_id).collect();
    let rows: Vec<(CommitmentId, CommissionId)> = commitment_commissions::table
        .filter(commitment_commissions::commitment_id.eq_any(ids))
        .order((commitment_commissions::commitment_id, commitment_commissions::position))
        .select((commitment_commissions::commitment_id, commitment_commissions::commission_id))
        .load(conn)?;
    let mut lists: HashMap<CommitmentId, Vec<CommissionId>> = HashMap::new();
    for (commitment, commission) in rows {
        lists.entry(commitment).or_default().push(commission);
    }
    Ok(lists)
}

fn rhythms(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, Rhythm>> {
    let policies = crate::commissions::reminder_policies(conn, ids)?;
    Ok(policies.into_iter().map(|(id, policy)| (id, policy.into())).collect())
}

/// Calendars reach a few days around the moment, which is all that planning asks them for.
fn places(conn: &mut Db, ids: &[CommissionId], moment: Instant) -> Result<HashMap<CommissionId, CommissionSettings>> {
    type Row = (CommissionId, String, Option<String>, Option<String>, String);
    let mut rhythms = rhythms(conn, ids)?;
    let rows: Vec<Row> = commissions::table
        .inner_join(countries::table)
        .filter(commissions::id.eq_any(ids))
        .select((
            commissions::id,
            commissions::country_code,
            commissions::territory,
            commissions::time_zone,
            countries::time_zone,
        ))
        .load(conn)?;
    let day = moment.utc().date_naive();
    let (from, to) = (day.checked_sub_days(Days::new(3)), day.checked_add_days(Days::new(3)));
    let codes: HashSet<&String> = rows.iter().map(|row| &row.1).collect();
    let days: Vec<(String, NaiveDate, Option<String>)> = calendar_days::table
        .filter(calendar_days::country_code.eq_any(codes))
        .filter(calendar_days::date.between(from.unwrap_or(day), to.unwrap_or(day)))
        .select((calendar_days::country_code, calendar_days::date, calendar_days::territory))
        .load(conn)?;
    let place = |(id, country, territory, own, zone): Row| {
        let counts =
            |of: &str, place: Option<&String>| of == country && place.is_none_or(|at| Some(at) == territory.as_ref());
        let off = days.iter().filter(|(of, _, at)| counts(of, at.as_ref())).map(|(_, day, _)| *day);
        let zone = own.as_deref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
        let rhythm = rhythms.remove(&id).unwrap_or_default();
        (id, CommissionSettings { zone, rhythm, calendar: WorkingCalendar::new(off) })
    };
    Ok(rows.into_iter().map(place).collect())
}

fn ledger(conn: &mut Db, ids: &[AssignmentId]) -> Result<HashSet<StepKey>> {
    let rows: Vec<StepKey> = reminder_ledger::table
        .filter(reminder_ledger::assignment_id.eq_any(ids))
        .select((
            reminder_ledger::assignment_id,
            reminder_ledger::due,
            reminder_ledger::step,
            reminder_ledger::recipient,
        ))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
