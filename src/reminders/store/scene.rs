//! Open assignments with terms, and the places that they belong to.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::contacts;
use crate::dates::WorkingCalendar;
use crate::db::schema::{
    assignments, calendar_days, commissions, commitment_commissions, commitments, countries, institutions,
    reminder_ledger, reminder_policies,
};
use crate::db::{AssignmentId, CommissionId, CommitmentId, Db, InstitutionId};
use crate::error::Result;
use crate::reminders::model::{LedgerKey, Open, Place, Rhythm, Scene};

/// The time zones of all countries and commissions.
pub fn zones(conn: &mut Db) -> Result<Vec<Tz>> {
    let mut zones: Vec<String> = countries::table.select(countries::time_zone).distinct().load(conn)?;
    let own: Vec<Option<String>> = commissions::table.select(commissions::time_zone).distinct().load(conn)?;
    zones.extend(own.into_iter().flatten());
    Ok(zones.iter().filter_map(|zone| zone.parse().ok()).collect())
}

/// Everything that could be due by `day` (a day ahead, for zones where it is already tomorrow).
pub fn scene_until(conn: &mut Db, day: NaiveDate) -> Result<Scene> {
    scene(conn, Some(day), None)
}

/// These assignments, as far as they are still open.
pub fn scene_of(conn: &mut Db, ids: &[AssignmentId]) -> Result<Scene> {
    scene(conn, None, Some(ids))
}

type OpenRow =
    (AssignmentId, InstitutionId, String, Option<NaiveDate>, (CommitmentId, String, String, String, Option<NaiveDate>));

fn scene(conn: &mut Db, until: Option<NaiveDate>, only: Option<&[AssignmentId]>) -> Result<Scene> {
    let rhythms = rhythms(conn)?;
    let lead = rhythms.values().flat_map(|rhythm| &rhythm.lead_days).copied().chain([30]).max().unwrap_or(30);
    let mut query = assignments::table
        .inner_join(commitments::table)
        .inner_join(institutions::table)
        .filter(assignments::open.eq(true))
        .filter(commitments::status.ne_all(["completed", "cancelled"]))
        .filter(assignments::due_to.is_not_null().or(commitments::due_to.is_not_null()))
        .order(assignments::id)
        .select((
            assignments::id,
            institutions::id,
            institutions::name,
            assignments::due_to,
            (commitments::id, commitments::code, commitments::text, commitments::country_code, commitments::due_to),
        ))
        .into_boxed();
    if let Some(ids) = only {
        query = query.filter(assignments::id.eq_any(ids));
    }
    let rows: Vec<OpenRow> = query.load(conn)?;
    let horizon = until.and_then(|day| day.checked_add_days(Days::new(u64::try_from(lead + 1).unwrap_or(31))));
    let mut open: Vec<Open> = rows
        .into_iter()
        .filter_map(
            |(assignment_id, institution_id, institution, own, (commitment_id, code, text, country, shared))| {
                let due = own.or(shared)?;
                let commissions = Vec::new();
                Some(Open {
                    assignment_id,
                    commitment_id,
                    code,
                    text,
                    institution_id,
                    institution,
                    commissions,
                    country,
                    due,
                })
            },
        )
        .filter(|open| horizon.is_none_or(|horizon| open.due <= horizon))
        .collect();
    let mut of_commitment = commissions_of(conn, &open)?;
    for one in &mut open {
        one.commissions = of_commitment.entry(one.commitment_id).or_default().clone();
    }
    of_commitment.clear();
    let mut ids: Vec<CommissionId> = open.iter().flat_map(|one| one.commissions.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    let places = places(conn, &ids, rhythms)?;
    let contacts = contacts::load(conn, &open, &ids)?;
    let ledger = ledger(conn, &open)?;
    Ok(Scene { open, places, contacts, ledger })
}

fn commissions_of(conn: &mut Db, open: &[Open]) -> Result<HashMap<CommitmentId, Vec<CommissionId>>> {
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

fn rhythms(conn: &mut Db) -> Result<HashMap<CommissionId, Rhythm>> {
    type Row = (CommissionId, String, i32, i32, i32, bool);
    let rows: Vec<Row> = reminder_policies::table
        .select((
            reminder_policies::commission_id,
            reminder_policies::lead_days,
            reminder_policies::overdue_every_days,
            reminder_policies::escalate_after_days,
            reminder_policies::send_hour,
            reminder_policies::send_on_non_working_days,
        ))
        .load(conn)?;
    let rhythm = |(id, lead_days, overdue_every_days, escalate_after_days, hour, send_on_non_working_days): Row| {
        let lead_days = lead_days.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let send_hour = u32::try_from(hour).unwrap_or(8);
        (id, Rhythm { lead_days, overdue_every_days, escalate_after_days, send_hour, send_on_non_working_days })
    };
    Ok(rows.into_iter().map(rhythm).collect())
}

fn places(
    conn: &mut Db,
    ids: &[CommissionId],
    mut rhythms: HashMap<CommissionId, Rhythm>,
) -> Result<HashMap<CommissionId, Place>> {
    type Row = (CommissionId, String, Option<String>, Option<String>, String);
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
    let days: Vec<(String, NaiveDate, Option<String>)> = calendar_days::table
        .select((calendar_days::country_code, calendar_days::date, calendar_days::territory))
        .load(conn)?;
    let place = |(id, country, territory, own, zone): Row| {
        let counts =
            |of: &str, place: Option<&String>| of == country && place.is_none_or(|at| Some(at) == territory.as_ref());
        let off = days.iter().filter(|(of, _, at)| counts(of, at.as_ref())).map(|(_, day, _)| *day);
        let zone = own.as_deref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
        let rhythm = rhythms.remove(&id).unwrap_or_default();
        (id, Place { zone, rhythm, calendar: WorkingCalendar::new(off) })
    };
    Ok(rows.into_iter().map(place).collect())
}

fn ledger(conn: &mut Db, open: &[Open]) -> Result<HashSet<LedgerKey>> {
    let ids: Vec<AssignmentId> = open.iter().map(|one| one.assignment_id).collect();
    let rows: Vec<LedgerKey> = reminder_ledger::table
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
