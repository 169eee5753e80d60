//! `/overview`.

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions::{self, Extent};
use super::compliance;
use super::model::Overview;
use crate::db::{CommissionId, Db};
use crate::error::{Error, Result};
use crate::http::Query;
use crate::identity::{Actor, Caller};

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show);
    compliance::routes(cfg);
}

/// The extent of the overview.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OverviewQuery {
    /// The country.
    #[param(example = "PE")]
    country_code: String,
    /// Only this commission.
    commission_id: Option<CommissionId>,
    /// Only the terms, the activities and the periods of this year. Without it: all terms, the activities of the current
    /// year, and the periods of the last 12 months.
    #[param(example = 2023, minimum = 1900, maximum = 2200)]
    year: Option<i32>,
}

/// Show the state of the records, in numbers
///
/// Commitments by commission, parts by institution, terms by month, the next sessions, the registry of the year, and the
/// report in work. Counts only what the caller may see, with the conditions of the filters of the lists. Drafts of
/// commitments are left out.
///
/// Permissions: anyone signed in; the report to admins and the coordinators of the country.
#[utoipa::path(tag = "overview", params(OverviewQuery), responses((status = 200, description = "The numbers", body = Overview)))]
#[get("/api/v1/overview")]
pub(crate) async fn show(caller: Caller, query: Query<OverviewQuery>) -> Result<HttpResponse> {
    let Query(OverviewQuery { country_code, commission_id, year }) = query;
    let year = checked_year(year)?;
    let now = caller.state.now();
    let read = caller.on_snapshot();
    let numbers = move |conn: &mut Db, actor: &Actor| {
        let extent = Extent { country: &country_code, commission: commission_id, year };
        actions::overview(conn, actor, extent, now)
    };
    read.calculate(numbers).await
}

/// Returns the year of a query; 400 for one that no record has.
pub(super) fn checked_year(year: Option<i32>) -> Result<Option<i32>> {
    match year.filter(|year| !(1900..=2200).contains(year)) {
        Some(wrong) => Err(Error::bad_value("year", wrong)),
        None => Ok(year),
    }
}
