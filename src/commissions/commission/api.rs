//! `/commissions`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Commission, CommissionInput, CommissionKind};
use super::{actions, store};
use crate::access::Visibility;
use crate::commissions::OperationalState;
use crate::db::{CommissionId, InstitutionId};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::Caller;
use crate::themes::Theme;

/// Every route of commissions themselves.
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
    #[param(example = "roundtable")]
    kind: Option<CommissionKind>,
    /// Only those that are a part of this commission.
    parent_id: Option<CommissionId>,
    /// Only those that deal with this matter.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// Only those that are in this state today.
    #[param(example = "active")]
    operational_state: Option<OperationalState>,
    /// Only those that this institution belongs to today, in any role.
    institution_id: Option<InstitutionId>,
    /// Words of the name, acronym or aliases; accents and case ignored.
    #[param(example = "trata")]
    q: Option<String>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List commissions
///
/// Permissions: anyone signed in sees the commissions that they may know.
#[utoipa::path(tag = "commissions", params(ListQuery), responses((status = 200, description = "One page", body = Page<Commission>)))]
#[get("/api/v1/commissions")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let filter = store::Filter {
        country_code: query.country_code,
        kind: query.kind,
        parent_id: query.parent_id,
        theme: query.theme,
        operational_state: query.operational_state,
        institution_id: query.institution_id,
        q: query.q,
    };
    let now = caller.state.now();
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging, now)).await
}

/// Enter a commission
///
/// Permissions: coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = CommissionInput, responses((status = 201, description = "Entered", body = Commission)))]
#[post("/api/v1/commissions")]
pub async fn create(caller: Caller, body: Body<CommissionInput>) -> Result<HttpResponse> {
    caller.create(body, location, actions::create).await
}

/// Show a commission
///
/// Permissions: those who may know it: its coordinator, secretariat, observers, and the representatives of
/// institutions that are members today.
#[utoipa::path(tag = "commissions", responses((status = 200, description = "The commission", body = Commission)))]
#[get("/api/v1/commissions/{id}")]
pub async fn show(caller: Caller, id: Path<CommissionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.show(move |conn, actor| store::find(conn, &Visibility::of(actor), id, now)).await
}

/// Change a commission
///
/// Another `operational_state` than today's holds from the commission's today on: it is added to the dated history at
/// `/commissions/{id}/operational-states`, and nothing there is changed.
///
/// Permissions: coordinator of its country; admin.
#[utoipa::path(tag = "commissions", request_body = CommissionInput, responses((status = 200, description = "Changed", body = Commission)))]
#[patch("/api/v1/commissions/{id}")]
pub async fn update(caller: Caller, id: Path<CommissionId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = if patch.has("operational_state") { actions::update_with_state } else { actions::update };
    let load = move |tx: &mut crate::db::Tx<'_>, actor: &_| store::find(tx.conn, &Visibility::of(actor), id, tx.now);
    caller.patch(patch, load, Commission::input, move |tx, actor, input| save(tx, actor, id, input)).await
}

/// Remove a commission that nothing depends on
///
/// 409 `in_use` when it has members, a history or records.
///
/// Permissions: coordinator of its country; admin.
#[utoipa::path(tag = "commissions", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commissions/{id}")]
pub async fn remove(caller: Caller, id: Path<CommissionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut crate::db::Tx<'_>, actor: &_| store::find(tx.conn, &Visibility::of(actor), id, tx.now);
    caller.delete(load, actions::delete).await
}

fn location(commission: &Commission) -> String {
    format!("/api/v1/commissions/{}", commission.id)
}
