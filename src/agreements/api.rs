//! `/agreements`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};

use super::model::{Agreement, AgreementFilter, AgreementInput};
use super::{actions, store};
use crate::access::{Visibility, may_write};
use crate::db::{AgreementId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query, Warned};
use crate::identity::{Actor, Caller};

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// List agreements
///
/// In the order of creation.
///
/// Permissions: all signed-in users; the list has the agreements of the commissions that the user may see, and those
/// to which the user's institution is a party. Restricted agreements: secretariats of their commissions, coordinator,
/// admin, parties.
#[utoipa::path(tag = "agreements", params(AgreementFilter), responses((status = 200, description = "One page", body = Page<Agreement>)))]
#[get("/api/v1/agreements")]
pub(crate) async fn list(caller: Caller, query: Query<AgreementFilter>) -> Result<HttpResponse> {
    let filter = query.0;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count);
    caller
        .list(move |conn, actor| {
            let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
            Ok(page.map(|agreement| for_reader(agreement, actor)))
        })
        .await
}

/// Create an agreement
///
/// More votes than members with a vote on the day of adoption are refused, if the members are recorded. A number that
/// another agreement of the meeting has is not refused: `warnings` contains `duplicate_number`.
///
/// Permissions: secretariat of every one of the commissions; coordinator of their country; admin.
#[utoipa::path(tag = "agreements", request_body = AgreementInput, responses((status = 201, description = "Created", body = Warned<Agreement>)))]
#[post("/api/v1/agreements")]
pub(crate) async fn create(caller: Caller, body: Body<AgreementInput>) -> Result<HttpResponse> {
    let create = |tx: &mut Tx<'_>, actor: &Actor, input| {
        let agreement = actions::create(tx, actor, input)?;
        actions::with_warnings(tx, actor, agreement)
    };
    caller.create_warned(body, |agreement| format!("/api/v1/agreements/{}", agreement.id), create).await
}

/// Show an agreement
///
/// Permissions: as for the list.
#[utoipa::path(tag = "agreements", params(("id" = AgreementId, Path, description = "The agreement")), responses((status = 200, description = "The agreement", body = Agreement)))]
#[get("/api/v1/agreements/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<AgreementId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| Ok(for_reader(store::find(conn, &Visibility::of(actor), *id)?, actor))).await
}

/// Change an agreement
///
/// After approval of the minutes of its meeting, its content in the minutes (number, title, text, adoption) cannot be
/// changed: 409 `minutes_approved`. `warnings` as for `POST`.
///
/// Permissions: secretariat of any of its commissions, and of every commission added; coordinator; admin.
#[utoipa::path(tag = "agreements", params(("id" = AgreementId, Path, description = "The agreement")), request_body = AgreementInput, responses((status = 200, description = "Changed", body = Warned<Agreement>)))]
#[patch("/api/v1/agreements/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<AgreementId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| {
        Ok(store::find(tx.conn, &Visibility::of(actor), id)?.with_findings(actor.language))
    };
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        let agreement = actions::update(tx, actor, id, input)?;
        actions::with_warnings(tx, actor, agreement)
    };
    caller.patch_warned(patch, load, Agreement::input, save).await
}

/// Delete an agreement
///
/// Possible while no commitment depends on it (409 `in_use`) and it is not part of approved minutes (409
/// `minutes_approved`).
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "agreements", params(("id" = AgreementId, Path, description = "The agreement")), responses((status = 204, description = "Deleted"), (status = 409, description = "In use", body = crate::http::Problem)))]
#[delete("/api/v1/agreements/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<AgreementId>) -> Result<HttpResponse> {
    caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id), actions::delete).await
}

/// Returns an agreement as the actor may read it: those who may change it read its note.
fn for_reader(mut agreement: Agreement, actor: &Actor) -> Agreement {
    if !may_write(actor, &agreement.country_code, &agreement.fields.commission_ids) {
        agreement.fields.note = None;
    }
    agreement.with_findings(actor.language)
}
