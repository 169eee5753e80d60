//! `/commissions/{id}/reminder-policy`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, put};

use super::model::ReminderPolicy;
use super::{actions, store};
use crate::commissions::scope;
use crate::db::{CommissionId, Db, Tx};
use crate::error::Result;
use crate::http::Body;
use crate::identity::{Actor, Caller};

/// Every route of reminder policies.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show).service(put_policy);
}

/// Show a commission's reminder policy
///
/// The defaults until one is set.
///
/// Permissions: those who may know the commission.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The policy", body = ReminderPolicy)))]
#[get("/api/v1/commissions/{id}/reminder-policy")]
pub async fn show(caller: Caller, id: Path<CommissionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |conn: &mut Db, actor: &Actor| {
        scope::known(conn, actor, id)?;
        store::find(conn, id)
    };
    caller.show(load).await
}

/// Set a commission's reminder policy
///
/// Replaces the whole; what is left out has its default.
///
/// Permissions: the commission's secretariat; coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = ReminderPolicy, responses((status = 200, description = "The policy as it now is", body = ReminderPolicy)))]
#[put("/api/v1/commissions/{id}/reminder-policy")]
pub async fn put_policy(caller: Caller, id: Path<CommissionId>, body: Body<ReminderPolicy>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| {
        scope::kept(tx.conn, actor, id)?;
        store::find(tx.conn, id)
    };
    caller.put(body, load, move |tx, actor, policy| actions::set_reminder_policy(tx, actor, id, policy)).await
}
