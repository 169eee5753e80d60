//! Read models of the records that a commitment refers to: sessions, agreements, commissions, other commitments.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;

use crate::access::Visibility;
use crate::commitments::model::{CommitmentInput, PreviousSession};
use crate::dates::PartialDate;
use crate::db::dispatch::dependents_of;
use crate::db::schema::{agreement_commissions, agreements, commissions, meeting_commissions, meetings};
use crate::db::{AgreementId, CommissionId, CommitmentId, Db, MeetingId};
use crate::error::Result;

/// The part of a session or an agreement that a commitment needs.
#[derive(Debug, Clone)]
pub(crate) struct SourceRecord {
    pub country_code: String,
    /// The first day of the session or of the adoption; None for an agreement without a date.
    pub on: Option<NaiveDate>,
    pub meeting_id: Option<MeetingId>,
    /// True when the actor may see it.
    pub known: bool,
}

impl SourceRecord {
    pub(crate) fn year(&self) -> Option<i32> {
        self.on.map(|day| day.year())
    }
}

pub(crate) fn meeting(conn: &mut Db, visibility: &Visibility, id: MeetingId) -> Result<Option<SourceRecord>> {
    let found: Option<(String, NaiveDate, bool)> = meetings::table
        .find(id)
        .select((meetings::country_code, meetings::held_from, meetings::restricted))
        .first(conn)
        .optional()?;
    let Some((country_code, on, restricted)) = found else { return Ok(None) };
    let own: Vec<CommissionId> = meeting_commissions::table
        .filter(meeting_commissions::meeting_id.eq(id))
        .select(meeting_commissions::commission_id)
        .load(conn)?;
    let known = visibility.knows_record(&country_code, &own, restricted, &[]);
    Ok(Some(SourceRecord { country_code, on: Some(on), meeting_id: Some(id), known }))
}

pub(crate) fn agreement(conn: &mut Db, visibility: &Visibility, id: AgreementId) -> Result<Option<SourceRecord>> {
    let found: Option<(String, Option<NaiveDate>, Option<MeetingId>, bool)> = agreements::table
        .filter(agreements::id.eq(id))
        .select((agreements::country_code, agreements::adopted_from, agreements::meeting_id, agreements::restricted))
        .first(conn)
        .optional()?;
    let Some((country_code, on, meeting_id, restricted)) = found else { return Ok(None) };
    let own: Vec<CommissionId> = agreement_commissions::table
        .filter(agreement_commissions::agreement_id.eq(id))
        .select(agreement_commissions::commission_id)
        .load(conn)?;
    let known = visibility.knows_record(&country_code, &own, restricted, &[]);
    Ok(Some(SourceRecord { country_code, on, meeting_id, known }))
}

/// Returns the territory of a commission, whose days off count in its terms.
pub(crate) fn territory(conn: &mut Db, id: CommissionId) -> Result<Option<String>> {
    Ok(commissions::table.filter(commissions::id.eq(id)).select(commissions::territory).first(conn)?)
}

/// Returns the commitments of `from` that depend on the commitment `to`, directly or through others, with one
/// statement.
pub(crate) fn depending_on(conn: &mut Db, from: &[CommitmentId], to: CommitmentId) -> Result<Vec<CommitmentId>> {
    if from.is_empty() {
        return Ok(Vec::new());
    }
    let dependents = dependents_of(conn, to)?;
    Ok(from.iter().copied().filter(|start| *start == to || dependents.contains(start)).collect())
}

/// The days on which sessions were held and agreements adopted.
pub(crate) struct DecisionDays {
    held: HashMap<MeetingId, NaiveDate>,
    adopted: HashMap<AgreementId, NaiveDate>,
}

impl DecisionDays {
    /// Returns the day on which a commitment was decided: its session's, else its agreement's; None without either.
    pub(crate) fn of(&self, fields: &CommitmentInput) -> Option<NaiveDate> {
        let session = fields.meeting_id.and_then(|id| self.held.get(&id));
        session.or_else(|| self.adopted.get(&fields.agreement_id?)).copied()
    }
}

/// Loads the days of the sessions and agreements of these commitments. An undated agreement has the day of its session.
pub(crate) fn decided_days(conn: &mut Db, fields: &[&CommitmentInput]) -> Result<DecisionDays> {
    let meeting_ids: Vec<_> = fields.iter().filter_map(|fields| fields.meeting_id).collect();
    let agreement_ids: Vec<_> = fields.iter().filter_map(|fields| fields.agreement_id).collect();
    let mut decided = DecisionDays { held: HashMap::new(), adopted: HashMap::new() };
    for ids in meeting_ids.chunks(5_000) {
        let rows: Vec<(MeetingId, NaiveDate)> =
            meetings::table.filter(meetings::id.eq_any(ids)).select((meetings::id, meetings::held_to)).load(conn)?;
        decided.held.extend(rows);
    }
    for ids in agreement_ids.chunks(5_000) {
        let rows: Vec<(AgreementId, Option<NaiveDate>, Option<NaiveDate>)> = agreements::table
            .left_join(meetings::table)
            .filter(agreements::id.eq_any(ids))
            .select((agreements::id, agreements::adopted_to, meetings::held_to.nullable()))
            .load(conn)?;
        let days = rows.into_iter().filter_map(|(id, adopted, held)| Some((id, adopted.or(held)?)));
        decided.adopted.extend(days);
    }
    Ok(decided)
}

/// Returns for each of these commissions its latest session before `day` that was not cancelled, in their order; an event
/// is no session. For a session with only a month, the last day counts.
pub(crate) fn previous_sessions(conn: &mut Db, own: &[CommissionId], day: NaiveDate) -> Result<Vec<PreviousSession>> {
    type Row = (CommissionId, MeetingId, String, NaiveDate, Option<PartialDate>, bool);
    let rows: Vec<Row> = meetings::table
        .inner_join(meeting_commissions::table)
        .filter(meeting_commissions::commission_id.eq_any(own))
        .filter(meetings::held_to.lt(day))
        .filter(meetings::status.ne("cancelled"))
        .filter(meetings::kind.ne("event"))
        .order((meetings::held_to, meetings::id))
        .select((
            meeting_commissions::commission_id,
            meetings::id,
            meetings::title,
            meetings::held_to,
            meetings::held,
            meetings::restricted,
        ))
        .load(conn)?;
    let mut latest: HashMap<CommissionId, PreviousSession> = rows
        .into_iter()
        .map(|(commission_id, meeting_id, title, on, held, restricted)| {
            let held = held.unwrap_or_else(|| PartialDate::day(on));
            (commission_id, PreviousSession { commission_id, meeting_id, title, on, held, restricted })
        })
        .collect();
    Ok(own.iter().filter_map(|id| latest.remove(id)).collect())
}
