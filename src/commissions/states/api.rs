//! `/commissions/{id}/operational-states`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{DatedState, OperationalStateInput};
use super::{actions, store};
use crate::commissions::scope;
use crate::db::{CommissionId, OperationalStateId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

/// Every route of operational states.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// What part of the list is wanted.
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

/// List a commission's operational states
///
/// In the order in which they were entered.
///
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", params(ListQuery), responses((status = 200, description = "One page", body = Page<DatedState>)))]
#[get("/api/v1/commissions/{id}/operational-states")]
pub async fn list(caller: Caller, id: Path<CommissionId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let paging = Paging::read(query.0.limit, query.0.cursor.as_deref())?;
    let load = move |conn: &mut crate::db::Db, actor: &Actor| {
        scope::known(conn, actor, id)?;
        store::list(conn, id, &paging)
    };
    caller.list(load).await
}

/// Enter an operational state
///
/// Permissions: coordinator of the commission's country; admin.
#[utoipa::path(tag = "commissions", request_body = OperationalStateInput, responses((status = 201, description = "Entered", body = DatedState)))]
#[post("/api/v1/commissions/{id}/operational-states")]
pub async fn create(caller: Caller, id: Path<CommissionId>, body: Body<OperationalStateInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.create(body, location, move |tx, actor, input| actions::create(tx, actor, id, input)).await
}

/// Show an operational state
///
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The entry", body = DatedState)))]
#[get("/api/v1/commissions/{id}/operational-states/{state_id}")]
pub async fn show(caller: Caller, path: Path<(CommissionId, OperationalStateId)>) -> Result<HttpResponse> {
    caller.show(scope::to_show(path.into_inner(), store::find)).await
}

/// Change an operational state
///
/// Permissions: coordinator of the commission's country; admin.
#[utoipa::path(tag = "commissions", request_body = OperationalStateInput, responses((status = 200, description = "Changed", body = DatedState)))]
#[patch("/api/v1/commissions/{id}/operational-states/{state_id}")]
pub async fn update(
    caller: Caller,
    path: Path<(CommissionId, OperationalStateId)>,
    patch: Patch,
) -> Result<HttpResponse> {
    let (id, entry) = path.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, entry, input);
    caller.patch(patch, scope::to_change(scope::steered, (id, entry), store::find), DatedState::input, save).await
}

/// Remove an operational state
///
/// Permissions: coordinator of the commission's country; admin.
#[utoipa::path(tag = "commissions", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commissions/{id}/operational-states/{state_id}")]
pub async fn remove(caller: Caller, path: Path<(CommissionId, OperationalStateId)>) -> Result<HttpResponse> {
    caller.delete(scope::to_change(scope::steered, path.into_inner(), store::find), actions::delete).await
}

fn location(entry: &DatedState) -> String {
    format!("/api/v1/commissions/{}/operational-states/{}", entry.commission_id, entry.id)
}
