//! `/agreements`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Agreement, AgreementInput, AgreementKind};
use super::{actions, store};
use crate::access::Visibility;
use crate::db::{AgreementId, CommissionId, MeetingId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};
use crate::themes::Theme;

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only those of this commission.
    commission_id: Option<CommissionId>,
    /// Only those adopted in this session.
    meeting_id: Option<MeetingId>,
    /// Only those of this kind.
    #[param(example = "meeting_agreement")]
    kind: Option<AgreementKind>,
    /// Only those about this matter.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// Words of the number, title or text; accents and case ignored.
    #[param(example = "gestion regional")]
    q: Option<String>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List agreements
///
/// In the order in which they were entered.
///
/// Permissions: anyone signed in; each sees the agreements of the commissions that concern them, and those to which
/// the institution is a party. Restricted ones: secretariats of their commissions, coordinator, admins, parties.
#[utoipa::path(tag = "agreements", params(ListQuery), responses((status = 200, description = "One page", body = Page<Agreement>)))]
#[get("/api/v1/agreements")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let filter = store::Filter {
        country_code: query.country_code,
        commission_id: query.commission_id,
        meeting_id: query.meeting_id,
        kind: query.kind,
        theme: query.theme,
        q: query.q,
    };
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging)).await
}

/// Enter an agreement
///
/// Votes that exceed the members with a vote on the day of adoption are refused, where the members are on record.
///
/// Permissions: secretariat of every commission named; coordinator of their country; admin.
#[utoipa::path(tag = "agreements", request_body = AgreementInput, responses((status = 201, description = "Entered", body = Agreement)))]
#[post("/api/v1/agreements")]
pub async fn create(caller: Caller, body: Body<AgreementInput>) -> Result<HttpResponse> {
    caller.create(body, location, actions::create).await
}

/// Show an agreement
///
/// Permissions: as for the list.
#[utoipa::path(tag = "agreements", params(("id" = AgreementId, Path, description = "The agreement")), responses((status = 200, description = "The agreement", body = Agreement)))]
#[get("/api/v1/agreements/{id}")]
pub async fn show(caller: Caller, id: Path<AgreementId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| store::find(conn, &Visibility::of(actor), id)).await
}

/// Change an agreement
///
/// Once the minutes of its session are approved, what they state of it stays (number, title, text, how it was adopted):
/// 409 `minutes_approved`.
///
/// Permissions: secretariat of any of its commissions, and of those named anew; coordinator; admin.
#[utoipa::path(tag = "agreements", params(("id" = AgreementId, Path, description = "The agreement")), request_body = AgreementInput, responses((status = 200, description = "Changed", body = Agreement)))]
#[patch("/api/v1/agreements/{id}")]
pub async fn update(caller: Caller, id: Path<AgreementId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find(tx.conn, &Visibility::of(actor), id);
    caller.patch(patch, load, Agreement::input, move |tx, actor, input| actions::update(tx, actor, id, input)).await
}

/// Remove an agreement
///
/// Only while no commitment depends on it (409 `in_use`) and no approved minutes state it (409 `minutes_approved`).
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "agreements", params(("id" = AgreementId, Path, description = "The agreement")), responses((status = 204, description = "Removed"), (status = 409, description = "In use", body = crate::http::Problem)))]
#[delete("/api/v1/agreements/{id}")]
pub async fn remove(caller: Caller, id: Path<AgreementId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), id), actions::delete).await
}

fn location(agreement: &Agreement) -> String {
    format!("/api/v1/agreements/{}", agreement.id)
}
