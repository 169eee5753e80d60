//! `/commissions`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};

use super::joinable::ListedCommission;
use super::model::{Commission, CommissionFilter, CommissionInput};
use super::{actions, joinable, store};
use crate::access::{Visibility, may_coordinate};
use crate::db::{CommissionId, Db, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// List commissions
///
/// With `joinable`, secretariats get the id, the name, the acronym and the secretariat of the other commissions of their
/// country, which they may name in a joint session; the records themselves stay unknown to them.
///
/// Permissions: all signed-in users; the list has the commissions that the user may see. With `joinable`: secretariats,
/// coordinators and admins; others get an empty list.
#[utoipa::path(tag = "commissions", params(CommissionFilter), responses((status = 200, description = "One page", body = Page<ListedCommission>)))]
#[get("/api/v1/commissions")]
pub(crate) async fn list(caller: Caller, query: Query<CommissionFilter>) -> Result<HttpResponse> {
    let filter = query.0;
    let (paging, now) =
        (Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count), caller.state.now());
    if filter.joinable == Some(true) {
        return caller.list(move |conn, actor| joinable::list(conn, actor, &filter, &paging, now)).await;
    }
    let list = move |conn: &mut Db, actor: &Actor| {
        let page = store::list(conn, &Visibility::of(actor), &filter, &paging, now)?;
        Ok(page.map(|commission| ListedCommission::Known(Box::new(for_reader(commission, actor)))))
    };
    caller.list(list).await
}

/// Create a commission
///
/// Permissions: coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = CommissionInput, responses((status = 201, description = "Created", body = Commission)))]
#[post("/api/v1/commissions")]
pub(crate) async fn create(caller: Caller, body: Body<CommissionInput>) -> Result<HttpResponse> {
    caller
        .create(body, |commission: &Commission| format!("/api/v1/commissions/{}", commission.id), actions::create)
        .await
}

/// Show a commission
///
/// Permissions: the coordinator of its country, its secretariat, its observers, and the representatives of
/// institutions that are members today; admin.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The commission", body = Commission)))]
#[get("/api/v1/commissions/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<CommissionId>) -> Result<HttpResponse> {
    let now = caller.state.now();
    caller.show(move |conn, actor| Ok(for_reader(store::find(conn, &Visibility::of(actor), *id, now)?, actor))).await
}

/// Change a commission
///
/// An `operational_state` that differs from today's holds from the current day in the commission's time zone on: it is
/// added to the dated history at `/commissions/{id}/operational-states`, whose entries are not changed.
///
/// Permissions: coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = CommissionInput, responses((status = 200, description = "Changed", body = Commission)))]
#[patch("/api/v1/commissions/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<CommissionId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = if patch.has("operational_state") { actions::update_with_state } else { actions::update };
    let load = move |tx: &mut Tx<'_>, actor: &_| store::find(tx.conn, &Visibility::of(actor), id, tx.now);
    caller.patch(patch, load, Commission::input, move |tx, actor, input| save(tx, actor, id, input)).await
}

/// Delete a commission
///
/// 409 `in_use` if it has members, a history or records.
///
/// Permissions: coordinator of its country; admin.
#[utoipa::path(tag = "commissions", responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/commissions/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<CommissionId>) -> Result<HttpResponse> {
    caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id, tx.now), actions::delete).await
}

/// Returns a commission as the actor may read it: those who may change it read its note.
fn for_reader(mut commission: Commission, actor: &Actor) -> Commission {
    if !may_coordinate(actor, &commission.fields.country_code) {
        commission.fields.note = None;
    }
    commission
}
