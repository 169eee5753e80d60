//! Puts the numbers of an overview together.

use super::model::{Overview, ReportNumbers, all_months};
use super::store::Scope;
use crate::access::{Visibility, country_zone, current_days, may_coordinate};
use crate::clock::Instant;
use crate::db::raw::Dialect;
use crate::db::{CommissionId, Db};
use crate::error::Result;
use crate::identity::Actor;
use crate::reports::report_progress;

/// Returns the overview of a country, or of one of its commissions, in a constant number of statements.
pub(super) fn overview(
    conn: &mut Db,
    actor: &Actor,
    (country, commission): (&str, Option<CommissionId>),
    now: Instant,
) -> Result<Overview> {
    let visibility = Visibility::of(actor);
    let as_of = country_zone(conn, country)?.map_or_else(|| now.utc().date_naive(), |zone| now.day_in(zone));
    let days = current_days(conn, now)?;
    let scope = Scope { sql: Dialect::of(conn), visibility: &visibility, country, commission, as_of, now, days };
    let report = if may_coordinate(actor, country) { report_progress(conn, country, actor.language)? } else { None };
    Ok(Overview {
        as_of,
        commissions: scope.commissions(conn)?,
        institutions: scope.institutions(conn)?,
        due_by_month: all_months(as_of, scope.months(conn)?),
        next_meetings: scope.next_meetings(conn)?,
        registry: scope.registry(conn)?,
        report: report.map(|report| ReportNumbers {
            id: report.report,
            questions_by_state: report.questions_by_state,
            blocking_findings: report.blocking_findings,
        }),
    })
}
