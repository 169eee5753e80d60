//! `/plans`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Plan, PlanInput, PlanKind};
use super::{actions, store};
use crate::access::Visibility;
use crate::db::{PlanId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

/// Every route of plans.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those of this country.
    #[param(example = "CL")]
    country_code: Option<String>,
    /// Only those of this kind.
    #[param(example = "roadmap")]
    kind: Option<PlanKind>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List plans
///
/// Those that the caller may know, in the order in which they were entered.
///
/// Permissions: anyone signed in; coordinators see all of the country, others what their commissions follow, what
/// names their institution as responsible, and what belongs to no commission in a country where they take part.
#[utoipa::path(tag = "plans", params(ListQuery), responses((status = 200, description = "One page", body = Page<Plan>)))]
#[get("/api/v1/plans")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let filter = store::Filter { country_code: query.country_code, kind: query.kind };
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging)).await
}

/// Enter a plan
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "plans", request_body = PlanInput, responses((status = 201, description = "Entered", body = Plan)))]
#[post("/api/v1/plans")]
pub async fn create(caller: Caller, body: Body<PlanInput>) -> Result<HttpResponse> {
    caller.create(body, |plan: &Plan| format!("/api/v1/plans/{}", plan.id), actions::create).await
}

/// Show a plan
///
/// Permissions: as for the list.
#[utoipa::path(tag = "plans", responses((status = 200, description = "The plan", body = Plan)))]
#[get("/api/v1/plans/{id}")]
pub async fn show(caller: Caller, id: Path<PlanId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| store::find(conn, &Visibility::of(actor), *id)).await
}

/// Change a plan
///
/// Permissions: as for entering one. A plan that has items stays in its country (409 `in_use`).
#[utoipa::path(tag = "plans", request_body = PlanInput, responses((status = 200, description = "Changed", body = Plan)))]
#[patch("/api/v1/plans/{id}")]
pub async fn update(caller: Caller, id: Path<PlanId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, input);
    caller.patch(patch, move |tx, actor| store::find(tx.conn, &Visibility::of(actor), id), Plan::input, save).await
}

/// Remove a plan that nothing depends on
///
/// Permissions: as for entering one. 409 `in_use` while it has items or a report is written on it.
#[utoipa::path(tag = "plans", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/plans/{id}")]
pub async fn remove(caller: Caller, id: Path<PlanId>) -> Result<HttpResponse> {
    caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id), actions::delete).await
}
