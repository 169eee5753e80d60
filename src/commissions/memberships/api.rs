//! `/commissions/{id}/memberships`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};

use super::model::{Membership, MembershipInput};
use super::{actions, store};
use crate::commissions::periods::ListQuery;
use crate::commissions::scope;
use crate::db::{CommissionId, MembershipId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Patch, Query};
use crate::identity::{Actor, Caller};

/// Every route of memberships.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// List a commission's memberships
///
/// In the order in which they were entered.
///
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", params(ListQuery), responses((status = 200, description = "One page", body = Page<Membership>)))]
#[get("/api/v1/commissions/{id}/memberships")]
pub async fn list(caller: Caller, id: Path<CommissionId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let (filter, paging) = query.0.read()?;
    let load = move |conn: &mut crate::db::Db, actor: &Actor| {
        scope::known(conn, actor, id)?;
        store::list(conn, id, filter, &paging)
    };
    caller.list(load).await
}

/// Enter a membership
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = MembershipInput, responses((status = 201, description = "Entered", body = Membership)))]
#[post("/api/v1/commissions/{id}/memberships")]
pub async fn create(caller: Caller, id: Path<CommissionId>, body: Body<MembershipInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.create(body, location, move |tx, actor, input| actions::create(tx, actor, id, input)).await
}

/// Show a membership
///
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The membership", body = Membership)))]
#[get("/api/v1/commissions/{id}/memberships/{membership_id}")]
pub async fn show(caller: Caller, path: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
    caller.show(scope::to_show(path.into_inner(), store::find)).await
}

/// Change a membership
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = MembershipInput, responses((status = 200, description = "Changed", body = Membership)))]
#[patch("/api/v1/commissions/{id}/memberships/{membership_id}")]
pub async fn update(caller: Caller, path: Path<(CommissionId, MembershipId)>, patch: Patch) -> Result<HttpResponse> {
    let (id, membership) = path.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, membership, input);
    caller.patch(patch, scope::to_change(scope::kept, (id, membership), store::find), Membership::input, save).await
}

/// Remove a membership
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commissions/{id}/memberships/{membership_id}")]
pub async fn remove(caller: Caller, path: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
    caller.delete(scope::to_change(scope::kept, path.into_inner(), store::find), actions::delete).await
}

fn location(membership: &Membership) -> String {
    format!("/api/v1/commissions/{}/memberships/{}", membership.commission_id, membership.id)
}
