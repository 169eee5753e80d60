//! `/plans/{id}/items`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{PlanItem, PlanItemInput};
use super::{actions, store};
use crate::access::Visibility;
use crate::db::{Db, PlanId, PlanItemId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};
use crate::plans::plan::find_plan;

/// Every route of items of plans.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List the items of a plan
///
/// In order of position.
///
/// Permissions: whoever may know the plan.
#[utoipa::path(tag = "plans", params(ListQuery), responses((status = 200, description = "One page", body = Page<PlanItem>)))]
#[get("/api/v1/plans/{id}/items")]
pub async fn list(caller: Caller, id: Path<PlanId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let paging = Paging::read(query.0.limit, query.0.cursor.as_deref())?;
    let list = move |conn: &mut Db, actor: &Actor| {
        let plan = find_plan(conn, &Visibility::of(actor), *id)?;
        store::list(conn, plan.id, &paging)
    };
    caller.list(list).await
}

/// Enter an item of a plan
///
/// Permissions: admin; coordinator of the country. 409 `duplicate` when another item has that position.
#[utoipa::path(tag = "plans", request_body = PlanItemInput, responses((status = 201, description = "Entered", body = PlanItem)))]
#[post("/api/v1/plans/{id}/items")]
pub async fn create(caller: Caller, id: Path<PlanId>, body: Body<PlanItemInput>) -> Result<HttpResponse> {
    let location = |item: &PlanItem| format!("/api/v1/plans/{}/items/{}", item.plan_id, item.id);
    caller.create(body, location, move |tx, actor, input| actions::create(tx, actor, *id, input)).await
}

/// Show an item of a plan
///
/// Permissions: whoever may know the plan.
#[utoipa::path(tag = "plans", responses((status = 200, description = "The item", body = PlanItem)))]
#[get("/api/v1/plans/{id}/items/{item_id}")]
pub async fn show(caller: Caller, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
    let path = path.into_inner();
    caller.show(move |conn, actor| load(conn, actor, path)).await
}

/// Change an item of a plan
///
/// Permissions: as for entering one. 409 `duplicate` when another item has that position.
#[utoipa::path(tag = "plans", request_body = PlanItemInput, responses((status = 200, description = "Changed", body = PlanItem)))]
#[patch("/api/v1/plans/{id}/items/{item_id}")]
pub async fn update(caller: Caller, path: Path<(PlanId, PlanItemId)>, patch: Patch) -> Result<HttpResponse> {
    let path = path.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, path.1, input);
    caller.patch(patch, move |tx, actor| load(tx.conn, actor, path), PlanItem::input, save).await
}

/// Remove an item of a plan
///
/// Permissions: as for entering one. 409 `in_use` while anything refers to it.
#[utoipa::path(tag = "plans", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/plans/{id}/items/{item_id}")]
pub async fn remove(caller: Caller, path: Path<(PlanId, PlanItemId)>) -> Result<HttpResponse> {
    let path = path.into_inner();
    caller.delete(move |tx, actor| load(tx.conn, actor, path), actions::delete).await
}

fn load(conn: &mut Db, actor: &Actor, (plan, item): (PlanId, PlanItemId)) -> Result<PlanItem> {
    let plan = find_plan(conn, &Visibility::of(actor), plan)?;
    store::find(conn, plan.id, item)
}
