//! `/observations`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Observation, ObservationInput, ObservationKind};
use super::{actions, store};
use crate::access::Visibility;
use crate::db::{CommissionId, ObservationId, PlanItemId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};
use crate::themes::Theme;

/// Every route of observations.
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
    #[param(example = "challenge")]
    kind: Option<ObservationKind>,
    /// Only those that touch this matter.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// Only those that come from this commission.
    commission_id: Option<CommissionId>,
    /// Only those about this item of a plan.
    plan_item_id: Option<PlanItemId>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List observations
///
/// Those that the caller may know, in the order in which they were entered.
///
/// Permissions: anyone signed in; coordinators see all of the country, others those of their commissions.
#[utoipa::path(tag = "plans", params(ListQuery), responses((status = 200, description = "One page", body = Page<Observation>)))]
#[get("/api/v1/observations")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let filter = store::Filter {
        country_code: query.country_code,
        kind: query.kind,
        theme: query.theme,
        commission_id: query.commission_id,
        plan_item_id: query.plan_item_id,
    };
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging)).await
}

/// Enter an observation
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "plans", request_body = ObservationInput, responses((status = 201, description = "Entered", body = Observation)))]
#[post("/api/v1/observations")]
pub async fn create(caller: Caller, body: Body<ObservationInput>) -> Result<HttpResponse> {
    let location = |observation: &Observation| format!("/api/v1/observations/{}", observation.id);
    caller.create(body, location, actions::create).await
}

/// Show an observation
///
/// Permissions: as for the list.
#[utoipa::path(tag = "plans", responses((status = 200, description = "The observation", body = Observation)))]
#[get("/api/v1/observations/{id}")]
pub async fn show(caller: Caller, id: Path<ObservationId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| store::find(conn, &Visibility::of(actor), *id)).await
}

/// Change an observation
///
/// Permissions: as for entering one.
#[utoipa::path(tag = "plans", request_body = ObservationInput, responses((status = 200, description = "Changed", body = Observation)))]
#[patch("/api/v1/observations/{id}")]
pub async fn update(caller: Caller, id: Path<ObservationId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, input);
    caller
        .patch(patch, move |tx, actor| store::find(tx.conn, &Visibility::of(actor), id), Observation::input, save)
        .await
}

/// Remove an observation
///
/// Permissions: as for entering one.
#[utoipa::path(tag = "plans", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/observations/{id}")]
pub async fn remove(caller: Caller, id: Path<ObservationId>) -> Result<HttpResponse> {
    caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id), actions::delete).await
}
