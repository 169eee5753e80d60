//! `/commissions/{id}/delegates`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};

use super::model::{Delegate, DelegateInput};
use super::{actions, reading, store};
use crate::commissions::periods::ListQuery;
use crate::commissions::scope;
use crate::db::{CommissionId, DelegateId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Patch, Query};
use crate::identity::{Actor, Caller};

/// Every route of delegates.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// List a commission's delegates
///
/// In the order in which they were entered.
///
/// Permissions: those who may know the commission; `email` and `user_id` are shown to those who keep its record and to
/// the institution's own representatives, others get the name alone.
#[utoipa::path(tag = "commissions", params(ListQuery), responses((status = 200, description = "One page", body = Page<Delegate>)))]
#[get("/api/v1/commissions/{id}/delegates")]
pub async fn list(caller: Caller, id: Path<CommissionId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let (filter, paging) = query.0.read()?;
    caller.list(move |conn, actor| reading::list(conn, actor, id, filter, &paging)).await
}

/// Enter a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = DelegateInput, responses((status = 201, description = "Entered", body = Delegate)))]
#[post("/api/v1/commissions/{id}/delegates")]
pub async fn create(caller: Caller, id: Path<CommissionId>, body: Body<DelegateInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.create(body, location, move |tx, actor, input| actions::create(tx, actor, id, input)).await
}

/// Show a delegate
///
/// Permissions: as for the list.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The delegate", body = Delegate)))]
#[get("/api/v1/commissions/{id}/delegates/{delegate_id}")]
pub async fn show(caller: Caller, path: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    let (id, delegate) = path.into_inner();
    caller.show(move |conn, actor| reading::find(conn, actor, id, delegate)).await
}

/// Change a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = DelegateInput, responses((status = 200, description = "Changed", body = Delegate)))]
#[patch("/api/v1/commissions/{id}/delegates/{delegate_id}")]
pub async fn update(caller: Caller, path: Path<(CommissionId, DelegateId)>, patch: Patch) -> Result<HttpResponse> {
    let (id, delegate) = path.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, delegate, input);
    caller.patch(patch, scope::to_change(scope::kept, (id, delegate), store::find), Delegate::input, save).await
}

/// Remove a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commissions/{id}/delegates/{delegate_id}")]
pub async fn remove(caller: Caller, path: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    caller.delete(scope::to_change(scope::kept, path.into_inner(), store::find), actions::delete).await
}

fn location(delegate: &Delegate) -> String {
    format!("/api/v1/commissions/{}/delegates/{}", delegate.commission_id, delegate.id)
}
