//! `/overview`.

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::Overview;
use super::{actions, compliance};
use crate::db::CommissionId;
use crate::error::Result;
use crate::http::Query;
use crate::identity::Caller;

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
    let Query(OverviewQuery { country_code, commission_id }) = query;
    let now = caller.state.now();
    let read = caller.on_snapshot();
    read.calculate(move |conn, actor| actions::overview(conn, actor, (&country_code, commission_id), now)).await
}
