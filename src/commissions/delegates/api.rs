//! `/commissions/{id}/delegates`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Delegate, DelegateInput};
use super::{actions, store};
use crate::commissions::scope;
use crate::db::{CommissionId, DelegateId, InstitutionId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

/// Every route of delegates.
pub fn routes(cfg: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those of this institution.
    institution_id: Option<InstitutionId>,
    /// Only those of this day.
    #[param(example = "2023-08-22")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    on: Option<NaiveDate>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List a commission's delegates
///
/// In the order in which they were entered.
///
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", params(ListQuery), responses((status = 200, description = "One page", body = Page<Delegate>)))]
#[get("/api/v1/commissions/{id}/delegates")]
pub async fn list(caller: Caller, id: Path<CommissionId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let filter = store::Filter { institution_id: query.institution_id, on: query.on };
    let load = move |conn: &mut crate::db::Db, actor: &Actor| {
        scope::known(conn, actor, id)?;
        store::list(conn, id, filter, &paging)
    };
    caller.list(load).await
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
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The delegate", body = Delegate)))]
#[get("/api/v1/commissions/{id}/delegates/{delegate_id}")]
pub async fn show(caller: Caller, path: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    let (id, delegate) = path.into_inner();
    let load = move |conn: &mut crate::db::Db, actor: &Actor| {
        scope::known(conn, actor, id)?;
        store::find(conn, id, delegate)
    };
    caller.show(load).await
}

/// Change a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = DelegateInput, responses((status = 200, description = "Changed", body = Delegate)))]
#[patch("/api/v1/commissions/{id}/delegates/{delegate_id}")]
pub async fn update(caller: Caller, path: Path<(CommissionId, DelegateId)>, patch: Patch) -> Result<HttpResponse> {
    let (id, delegate) = path.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, delegate, input);
    caller.patch(patch, kept(id, delegate), Delegate::input, save).await
}

/// Remove a delegate
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commissions/{id}/delegates/{delegate_id}")]
pub async fn remove(caller: Caller, path: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
    let (id, delegate) = path.into_inner();
    caller.delete(kept(id, delegate), actions::delete).await
}

fn kept(id: CommissionId, delegate: DelegateId) -> impl FnOnce(&mut Tx<'_>, &Actor) -> Result<Delegate> {
    move |tx, actor| {
        scope::kept(tx.conn, actor, id)?;
        store::find(tx.conn, id, delegate)
    }
}

fn location(delegate: &Delegate) -> String {
    format!("/api/v1/commissions/{}/delegates/{}", delegate.commission_id, delegate.id)
}
