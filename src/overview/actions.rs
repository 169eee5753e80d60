//! Puts the numbers of an overview together.

use chrono::{Months, NaiveDate};

use super::model::{DutyNumbers, InstitutionState, Overview, ReportNumbers, all_months, days_of_year};
use super::store::Scope;
use crate::access::{Visibility, country_day, current_days, may_coordinate};
use crate::clock::Instant;
use crate::db::raw::Dialect;
use crate::db::{CommissionId, Db};
use crate::duties::DutyRecord;
use crate::error::Result;
use crate::identity::Actor;
use crate::reports::report_progress;

/// The extent of an overview.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent<'a> {
    pub country: &'a str,
    pub commission: Option<CommissionId>,
    pub year: Option<i32>,
}

/// Returns the overview of a country, or of one of its commissions, in a constant number of statements.
pub(super) fn overview(conn: &mut Db, actor: &Actor, extent: Extent<'_>, now: Instant) -> Result<Overview> {
    let Extent { country, commission, year } = extent;
    let visibility = Visibility::of(actor);
    let as_of = country_day(conn, country, now)?;
    let days = current_days(conn, now)?;
    let scope = Scope { sql: Dialect::of(conn), visibility: &visibility, country, commission, year, as_of, now, days };
    let report = if may_coordinate(actor, country) { report_progress(conn, country, actor.language)? } else { None };
    Ok(Overview {
        as_of,
        commissions: scope.commissions(conn)?,
        institutions: scope.institutions(conn)?,
        due_by_month: all_months(scope.first_month(), scope.months(conn)?),
        next_meetings: scope.next_meetings(conn)?,
        registry: scope.registry(conn)?,
        duties: duties(conn, &visibility, extent, as_of)?,
        report: report.map(|report| ReportNumbers {
            id: report.report,
            questions_by_state: report.questions_by_state,
            blocking_findings: report.blocking_findings,
        }),
    })
}

/// Counts the reports on the periods that ended in the last 12 months, or in the year until today, by duty; duties without
/// such a period are left out.
fn duties(
    conn: &mut Db,
    visibility: &Visibility,
    Extent { country, commission, year }: Extent<'_>,
    as_of: NaiveDate,
) -> Result<Vec<DutyNumbers>> {
    let year_ago = as_of.checked_sub_months(Months::new(12)).unwrap_or(as_of);
    let (since, until) = match year.and_then(days_of_year) {
        Some((first, last)) => (first, last.min(as_of)),
        None => (year_ago.succ_opt().unwrap_or(as_of), as_of),
    };
    if since > until {
        return Ok(Vec::new());
    }
    let numbers = |record: DutyRecord| {
        let figures = record.figures((since, until), as_of);
        let duty = record.duty;
        (figures.institutions > 0).then_some(DutyNumbers {
            duty_id: duty.id,
            title: duty.fields.title,
            counts: figures.counts,
            restricted: duty.fields.restricted,
            country_code: duty.country_code,
        })
    };
    Ok(DutyRecord::visible(conn, visibility, (country, commission))?.into_iter().filter_map(numbers).collect())
}

/// Returns the current day of the country and the state of the commitments of a commission by institution, of what a reader
/// may know. Institutions without an open and without a fulfilled part are left out.
pub(crate) fn institution_states(
    conn: &mut Db,
    visibility: &Visibility,
    (country, commission): (&str, CommissionId),
    now: Instant,
) -> Result<(NaiveDate, Vec<InstitutionState>)> {
    let as_of = country_day(conn, country, now)?;
    let days = current_days(conn, now)?;
    let commission = Some(commission);
    let scope = Scope { sql: Dialect::of(conn), visibility, country, commission, year: None, as_of, now, days };
    let mut states = Vec::new();
    for one in scope.institutions(conn)? {
        let (all, overdue, fulfilled) = (one.numbers.open, one.numbers.overdue, one.numbers.fulfilled);
        if all + fulfilled > 0 {
            states.push(InstitutionState {
                institution_id: one.institution_id,
                open: all - overdue,
                overdue,
                fulfilled,
            });
        }
    }
    Ok((as_of, states))
}
