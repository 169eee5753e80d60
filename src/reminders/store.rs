//! Loads the input of planning, and reads and writes the next checks. Reads commitments, commissions, calendars,
//! delegates and grants (read models).

mod deliveries;
mod duties;
mod people;
mod recorded_steps;
mod sessions;

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use diesel::prelude::*;

pub(crate) use self::deliveries::{Delivery, Filter, country_of, find, list, requeue};
pub(super) use self::duties::{
    RecordedDutyStep, delete_duty_steps, delete_superseded_duties, duty_steps_of, record_duty_steps,
    recorded_duty_steps,
};
pub(super) use self::people::{
    country_settings, due_people, planned_day, record_waiting, recorded_waiting, set_planned_day, waiting_of,
    with_secretariat,
};
pub(crate) use self::recorded_steps::{
    RecordedStep, WaitingEmail, delete_steps, delete_superseded, extend, recent_emails, record_steps,
    release_held_emails, steps_of, waiting_emails,
};
pub(super) use self::sessions::{record_session, sessions_to_remind};
use super::model::{CommissionSettings, LatestReport, OpenAssignment, PlanningData, StepKey};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commissions::reminder_policies;
use crate::dates::WorkingCalendar;
use crate::db::schema::{
    assignments, calendar_days, commissions, commitment_commissions, commitments, countries, institutions,
    reminder_agenda, reminder_ledger, updates,
};
use crate::db::{AssignmentId, CommissionId, CommitmentId, Db, InstitutionId, UpdateId, grouped, unique};
use crate::error::Result;
use crate::notifications;

/// The next check of an assignment; the last of a batch is where the next batch begins.
pub(super) type NextCheck = (Instant, AssignmentId);

/// Returns the next checks that have come by `moment` of the assignments that somebody with this visibility may write, in
/// the order of their time, after a position.
pub(super) fn due_checks(
    conn: &mut Db,
    moment: Instant,
    after: Option<NextCheck>,
    limit: i64,
    visibility: &Visibility,
) -> Result<Vec<NextCheck>> {
    let mut query = reminder_agenda::table
        .filter(reminder_agenda::look_at.le(moment))
        .order((reminder_agenda::look_at, reminder_agenda::assignment_id))
        .limit(limit)
        .select((reminder_agenda::look_at, reminder_agenda::assignment_id))
        .into_boxed();
    if let Some((at, id)) = after {
        let later = reminder_agenda::look_at.gt(at);
        let same = reminder_agenda::look_at.eq(at).and(reminder_agenda::assignment_id.gt(id));
        query = query.filter(reminder_agenda::look_at.ge(at)).filter(later.or(same));
    }
    if !visibility.all {
        let ours = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq_any(&visibility.full_commissions))
            .select(commitment_commissions::commitment_id);
        let kept = assignments::table
            .inner_join(commitments::table)
            .filter(commitments::country_code.eq_any(&visibility.countries).or(commitments::id.eq_any(ours)))
            .select(assignments::id);
        query = query.filter(reminder_agenda::assignment_id.eq_any(kept));
    }
    Ok(query.load(conn)?)
}

/// Sets the next check of these assignments.
pub(super) fn set_next_check(conn: &mut Db, ids: &[AssignmentId], at: Instant) -> Result<()> {
    diesel::update(reminder_agenda::table.filter(reminder_agenda::assignment_id.eq_any(ids)))
        .set(reminder_agenda::look_at.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Deletes the next check of assignments that are closed, of a draft or have no due date. A change inserts it again.
pub(super) fn delete_next_check(conn: &mut Db, ids: &[AssignmentId]) -> Result<()> {
    diesel::delete(reminder_agenda::table.filter(reminder_agenda::assignment_id.eq_any(ids))).execute(conn)?;
    Ok(())
}

/// Returns the time zone of each country.
pub(super) fn country_zones(conn: &mut Db) -> Result<HashMap<String, Tz>> {
    let zones: Vec<(String, String)> = countries::table.select((countries::code, countries::time_zone)).load(conn)?;
    Ok(zones.into_iter().map(|(code, zone)| (code, zone.parse().unwrap_or(Tz::UTC))).collect())
}

/// Returns the time zones of all countries and commissions.
pub(super) fn zones(conn: &mut Db) -> Result<Vec<Tz>> {
    let mut zones: Vec<String> = countries::table.select(countries::time_zone).distinct().load(conn)?;
    let own: Vec<Option<String>> = commissions::table.select(commissions::time_zone).distinct().load(conn)?;
    zones.extend(own.into_iter().flatten());
    Ok(zones.iter().filter_map(|zone| zone.parse().ok()).collect())
}

/// Loads those of these assignments that are open, of no draft and have a due date, with everything that their reminders need around
/// `moment`, but without the recorded steps.
pub(super) fn planning_data(conn: &mut Db, ids: &[AssignmentId], moment: Instant) -> Result<PlanningData> {
    let mut assignments = open_assignments(conn, ids)?;
    let of_commitment = commissions_of(conn, &assignments)?;
    for one in &mut assignments {
        one.commissions = of_commitment.get(&one.commitment_id).cloned().unwrap_or_default();
    }
    let commissions = unique(assignments.iter().flat_map(|one| one.commissions.clone()));
    let settings = settings(conn, &commissions, moment)?;
    let named = unique(assignments.iter().map(|one| one.institution_id));
    let contacts = notifications::contacts(conn, &commissions, &named)?;
    Ok(PlanningData { assignments, settings, contacts, ..PlanningData::default() })
}

/// Loads the same with the recorded steps.
pub(super) fn planning_data_with_steps(conn: &mut Db, ids: &[AssignmentId], moment: Instant) -> Result<PlanningData> {
    let steps: Vec<StepKey> = reminder_ledger::table
        .filter(reminder_ledger::assignment_id.eq_any(ids))
        .select((
            reminder_ledger::assignment_id,
            reminder_ledger::due,
            reminder_ledger::step,
            reminder_ledger::recipient,
        ))
        .load(conn)?;
    Ok(PlanningData { recorded: steps.into_iter().collect(), ..planning_data(conn, ids, moment)? })
}

fn open_assignments(conn: &mut Db, ids: &[AssignmentId]) -> Result<Vec<OpenAssignment>> {
    type Row = (
        (AssignmentId, Option<NaiveDate>, Option<Instant>),
        (InstitutionId, String),
        (CommitmentId, String, String, bool, String, Option<NaiveDate>),
    );
    let rows: Vec<Row> = assignments::table
        .inner_join(commitments::table)
        .inner_join(institutions::table)
        .filter(assignments::id.eq_any(ids))
        .filter(assignments::open.eq(true))
        .filter(commitments::draft.eq(false))
        .filter(commitments::status.ne_all(["completed", "cancelled"]))
        .filter(commitments::draft.eq(false))
        .order(assignments::id)
        .select((
            (assignments::id, assignments::due_to, assignments::announced_at),
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
    let assignment = |((id, own, announced_at), (institution_id, institution), commitment): Row| {
        let (commitment_id, code, text, restricted, country, shared) = commitment;
        Some(OpenAssignment {
            id,
            commitment_id,
            code,
            text,
            restricted,
            institution_id,
            institution,
            commissions: Vec::new(),
            country,
            due: own.or(shared)?,
            announced_at,
        })
    };
    Ok(rows.into_iter().filter_map(assignment).collect())
}

fn commissions_of(conn: &mut Db, assignments: &[OpenAssignment]) -> Result<HashMap<CommitmentId, Vec<CommissionId>>> {
    let ids: HashSet<CommitmentId> = assignments.iter().map(|one| one.commitment_id).collect();
    let rows: Vec<(CommitmentId, CommissionId)> = commitment_commissions::table
        .filter(commitment_commissions::commitment_id.eq_any(ids))
        .order((commitment_commissions::commitment_id, commitment_commissions::position))
        .select((commitment_commissions::commitment_id, commitment_commissions::commission_id))
        .load(conn)?;
    Ok(grouped(rows))
}

/// The number of days before and after a moment that the calendars of planning contain: a week, for the summary.
const CALENDAR_DAYS: Days = Days::new(9);

/// Returns the latest report on each of these assignments.
pub(super) fn latest_reports(conn: &mut Db, ids: &[AssignmentId]) -> Result<HashMap<AssignmentId, LatestReport>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let all: Vec<(AssignmentId, UpdateId)> = updates::table
        .filter(updates::assignment_id.eq_any(ids))
        .order(updates::id)
        .select((updates::assignment_id, updates::id))
        .load(conn)?;
    let latest: HashMap<AssignmentId, UpdateId> = all.into_iter().collect();
    let rows: Vec<(AssignmentId, NaiveDate, String)> = updates::table
        .filter(updates::id.eq_any(latest.into_values()))
        .select((updates::assignment_id, updates::reported_on, updates::narrative))
        .load(conn)?;
    let report = |(id, reported_on, narrative)| (id, LatestReport { reported_on, narrative });
    Ok(rows.into_iter().map(report).collect())
}

/// Loads the settings of commissions. Calendars contain some days around the moment, all that planning needs.
pub(super) fn settings(
    conn: &mut Db,
    ids: &[CommissionId],
    moment: Instant,
) -> Result<HashMap<CommissionId, CommissionSettings>> {
    type Row = (CommissionId, String, Option<String>, Option<String>, String);
    let mut policies = reminder_policies(conn, ids)?;
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
    let (from, to) = (day.checked_sub_days(CALENDAR_DAYS), day.checked_add_days(CALENDAR_DAYS));
    let codes: HashSet<&String> = rows.iter().map(|row| &row.1).collect();
    let days: Vec<(String, NaiveDate, Option<String>)> = calendar_days::table
        .filter(calendar_days::country_code.eq_any(codes))
        .filter(calendar_days::date.between(from.unwrap_or(day), to.unwrap_or(day)))
        .select((calendar_days::country_code, calendar_days::date, calendar_days::territory))
        .load(conn)?;
    let settings = |(id, country, territory, own_zone, zone): Row| {
        let applies = |of: &str, place: Option<&String>| {
            of == country && place.is_none_or(|place| Some(place) == territory.as_ref())
        };
        let off = days.iter().filter(|(of, _, place)| applies(of, place.as_ref())).map(|(_, day, _)| *day);
        let zone = own_zone.as_deref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
        let policy = policies.remove(&id).unwrap_or_default();
        (id, CommissionSettings { zone, policy, calendar: WorkingCalendar::new(off) })
    };
    Ok(rows.into_iter().map(settings).collect())
}
