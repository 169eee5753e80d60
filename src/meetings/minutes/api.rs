//! `/meetings/{id}/minutes`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post, put};

use super::document::document;
use super::model::{Minutes, MinutesInput};
use super::{actions, session_record};
use crate::audit::PartOf;
use crate::db::{MeetingId, Tx};
use crate::error::{Code, Result};
use crate::http::{Body, Query};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::meetings::sessions;
use crate::rendering::{DocumentQuery, FileBytes, send_document};

/// Every route of minutes.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show).service(write).service(circulate).service(approve).service(show_document);
}

/// Show the minutes
///
/// 404 while there are none, or only a draft that is not the caller's to know.
///
/// Permissions: drafts: secretariat of any of its commissions, coordinator, admin; later: whoever knows the session.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "The minutes", body = Minutes)))]
#[get("/api/v1/meetings/{id}/minutes")]
pub async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller
        .show(move |conn, actor| {
            let (meeting, minutes) = actions::readable(conn, actor, id)?;
            Ok(PartOf::new(&meeting, minutes.ok_or(Code::NotFound)?))
        })
        .await
}

/// Write the minutes
///
/// The first text is a draft. After approval: 409 `minutes_approved`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = MinutesInput, responses((status = 200, description = "Written", body = Minutes)))]
#[put("/api/v1/meetings/{id}/minutes")]
pub async fn write(caller: Caller, id: Path<MeetingId>, body: Body<MinutesInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.put(body, held(id), move |tx, actor, input| actions::put(tx, actor, id, input).map(Some)).await
}

/// Circulate the minutes
///
/// From now on whoever knows the session knows its minutes. A second time changes nothing; after approval: 409
/// `minutes_approved`; without a text: 409 `minutes_empty`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "Circulated", body = Minutes), (status = 409, description = "Approved already, or without a text", body = crate::http::Problem)))]
#[post("/api/v1/meetings/{id}/minutes/circulation")]
pub async fn circulate(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.act(held(id), move |tx, actor| actions::circulate(tx, actor, id)).await
}

/// Approve the minutes
///
/// They never change again: a later write, also a second approval, is a 409 `minutes_approved`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "Approved", body = Minutes), (status = 409, description = "Approved already, or without a text", body = crate::http::Problem)))]
#[post("/api/v1/meetings/{id}/minutes/approval")]
pub async fn approve(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.act(held(id), move |tx, actor| actions::approve(tx, actor, id)).await
}

/// The acta as a document
///
/// Title, day, place, commissions, attendance with the quorum, agenda, the session's agreements with the form of their
/// adoption, and the text of the minutes, in the language of `Accept-Language`; as Markdown, DOCX or PDF (PDF/UA).
///
/// Permissions: as for the minutes; agreements that the caller may not know are left out.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), DocumentQuery), responses((status = 200, description = "The acta", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/minutes/document")]
pub async fn show_document(
    caller: Caller,
    lang: Lang,
    id: Path<MeetingId>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (id, format) = (id.into_inner(), query.0.format());
    let record = caller.read(move |conn, actor| session_record(conn, actor, id)).await?;
    send_document(document(&record, lang), format, &format!("acta-{id}")).await
}

/// Reads the minutes, if there are any, and locks their session until the transaction ends.
fn held(id: MeetingId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Option<Minutes>> {
    move |tx, actor| {
        sessions::hold(tx, actor, id)?;
        Ok(actions::readable(tx.conn, actor, id)?.1)
    }
}
