//! The newest reports and the waivers in force of duties, as far as they decide about the states of a matrix.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::schema::{duty_reports, duty_waivers};
use crate::db::{Db, DutyId, InstitutionId};
use crate::duties::model::{DutyHistory, DutyState, DutyVerification, NewestReport};
use crate::error::Result;

/// Loads the history of one duty on the periods that begin between two days. Two statements.
pub(crate) fn history(conn: &mut Db, id: DutyId, (first, last): (NaiveDate, NaiveDate)) -> Result<DutyHistory> {
    type Report = (InstitutionId, NaiveDate, DutyState, bool, DutyVerification);
    let reports: Vec<Report> = duty_reports::table
        .filter(duty_reports::duty_id.eq(id))
        .filter(duty_reports::newest.eq(true))
        .filter(duty_reports::period_from.between(first, last))
        .select((
            duty_reports::institution_id,
            duty_reports::period_from,
            duty_reports::state,
            duty_reports::late,
            duty_reports::verification,
        ))
        .load(conn)?;
    let waived: Vec<(InstitutionId, NaiveDate)> = duty_waivers::table
        .filter(duty_waivers::duty_id.eq(id))
        .filter(duty_waivers::withdrawn_at.is_null())
        .filter(duty_waivers::period_from.between(first, last))
        .select((duty_waivers::institution_id, duty_waivers::period_from))
        .load(conn)?;
    let newest = |(institution, period, state, late, verification): Report| {
        ((institution, period), NewestReport { state, late, verification })
    };
    Ok(DutyHistory { reports: reports.into_iter().map(newest).collect(), waived: waived.into_iter().collect() })
}

/// The part of a history that is loaded.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HistoryFilter<'f> {
    /// Only these institutions.
    pub institutions: Option<&'f [InstitutionId]>,
    /// Only the periods that begin between two days.
    pub periods: Option<(NaiveDate, NaiveDate)>,
}

/// Loads the history of several duties. Two statements.
pub(crate) fn histories(
    conn: &mut Db,
    ids: &[DutyId],
    filter: HistoryFilter<'_>,
) -> Result<HashMap<DutyId, DutyHistory>> {
    let mut all: HashMap<DutyId, DutyHistory> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    type Report = (DutyId, InstitutionId, NaiveDate, DutyState, bool, DutyVerification);
    let mut reports = duty_reports::table
        .filter(duty_reports::duty_id.eq_any(ids))
        .filter(duty_reports::newest.eq(true))
        .select((
            duty_reports::duty_id,
            duty_reports::institution_id,
            duty_reports::period_from,
            duty_reports::state,
            duty_reports::late,
            duty_reports::verification,
        ))
        .into_boxed();
    let mut waivers = duty_waivers::table
        .filter(duty_waivers::duty_id.eq_any(ids))
        .filter(duty_waivers::withdrawn_at.is_null())
        .select((duty_waivers::duty_id, duty_waivers::institution_id, duty_waivers::period_from))
        .into_boxed();
    if let Some(own) = filter.institutions {
        reports = reports.filter(duty_reports::institution_id.eq_any(own));
        waivers = waivers.filter(duty_waivers::institution_id.eq_any(own));
    }
    if let Some((first, last)) = filter.periods {
        reports = reports.filter(duty_reports::period_from.between(first, last));
        waivers = waivers.filter(duty_waivers::period_from.between(first, last));
    }
    for (id, institution, period, state, late, verification) in reports.load::<Report>(conn)? {
        let newest = NewestReport { state, late, verification };
        all.entry(id).or_default().reports.insert((institution, period), newest);
    }
    for (id, institution, period) in waivers.load::<(DutyId, InstitutionId, NaiveDate)>(conn)? {
        all.entry(id).or_default().waived.insert((institution, period));
    }
    Ok(all)
}
