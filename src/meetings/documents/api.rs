//! `/meetings/{id}/documents`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};

use super::model::{MeetingDocument, MeetingDocumentInput};
use super::{actions, store};
use crate::access::Visibility;
use crate::audit::PartOf;
use crate::db::{Db, MeetingDocumentId, MeetingId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, PageQuery, Patch, Query};
use crate::identity::{Actor, Caller};
use crate::meetings::meeting;

/// Every route of papers of sessions.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// List the papers of a session
///
/// Permissions: whoever knows the session.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), PageQuery), responses((status = 200, description = "One page", body = Page<MeetingDocument>)))]
#[get("/api/v1/meetings/{id}/documents")]
pub async fn list(caller: Caller, id: Path<MeetingId>, query: Query<PageQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let paging = query.0.paging()?;
    caller
        .calculate(move |conn, actor| {
            let meeting = meeting(conn, &Visibility::of(actor), id)?;
            Ok(PartOf::new(&meeting, store::list(conn, id, &paging)?))
        })
        .await
}

/// Add a paper to a session
///
/// Either a file that the caller uploaded, or an address.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = MeetingDocumentInput, responses((status = 201, description = "Added", body = MeetingDocument)))]
#[post("/api/v1/meetings/{id}/documents")]
pub async fn create(caller: Caller, id: Path<MeetingId>, body: Body<MeetingDocumentInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.create(body, location, move |tx, actor, input| actions::create(tx, actor, id, input)).await
}

/// Show a paper of a session
///
/// Permissions: whoever knows the session.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), ("document_id" = MeetingDocumentId, Path, description = "The paper")), responses((status = 200, description = "The paper", body = MeetingDocument)))]
#[get("/api/v1/meetings/{id}/documents/{document_id}")]
pub async fn show(caller: Caller, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    caller
        .show(move |conn, actor| {
            let meeting = meeting(conn, &Visibility::of(actor), ids.0)?;
            Ok(PartOf::new(&meeting, store::find(conn, ids.0, ids.1)?))
        })
        .await
}

/// Change a paper of a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), ("document_id" = MeetingDocumentId, Path, description = "The paper")), request_body = MeetingDocumentInput, responses((status = 200, description = "Changed", body = MeetingDocument)))]
#[patch("/api/v1/meetings/{id}/documents/{document_id}")]
pub async fn update(caller: Caller, ids: Path<(MeetingId, MeetingDocumentId)>, patch: Patch) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| load(tx.conn, actor, ids);
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, ids, input);
    caller.patch(patch, load, MeetingDocument::input, save).await
}

/// Remove a paper of a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), ("document_id" = MeetingDocumentId, Path, description = "The paper")), responses((status = 204, description = "Removed")))]
#[delete("/api/v1/meetings/{id}/documents/{document_id}")]
pub async fn remove(caller: Caller, ids: Path<(MeetingId, MeetingDocumentId)>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    caller.delete(move |tx, actor| load(tx.conn, actor, ids), actions::delete).await
}

fn load(conn: &mut Db, actor: &Actor, (meeting_id, id): (MeetingId, MeetingDocumentId)) -> Result<MeetingDocument> {
    meeting(conn, &Visibility::of(actor), meeting_id)?;
    store::find(conn, meeting_id, id)
}

fn location(document: &MeetingDocument) -> String {
    format!("/api/v1/meetings/{}/documents/{}", document.meeting_id, document.id)
}
