//! `/meetings/{id}/follow-up`: about commitments, so it lives here.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};

use crate::commitments::actions;
use crate::commitments::document::{follow_up_sheet, sheet_record};
use crate::commitments::model::FollowUp;
use crate::db::MeetingId;
use crate::error::Result;
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::rendering::{DocumentQuery, FileBytes, send_document};

pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show).service(show_document);
}

/// Show a session's follow-up sheet
///
/// The state, on the session's day, of every commitment of its commissions that was open after their previous
/// session. What happened later does not change it.
///
/// Permissions: who may know the session, of the commitments that they may know.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The sheet", body = FollowUp)))]
#[get("/api/v1/meetings/{id}/follow-up")]
pub async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.on_snapshot().calculate(move |conn, actor| actions::follow_up(conn, actor, id, now)).await
}

/// The follow-up sheet as a document
///
/// The state of every open commitment on the session's day, with a chart by state and commission; as Markdown, DOCX or
/// PDF (PDF/UA), in the language of `Accept-Language`.
///
/// Permissions: everybody who may know the session; the commitments that the caller may know.
#[utoipa::path(tag = "commitments", params(("id" = MeetingId, Path, description = "The session"), DocumentQuery), responses((status = 200, description = "The sheet", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/follow-up/document")]
pub async fn show_document(
    caller: Caller,
    lang: Lang,
    id: Path<MeetingId>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (id, now) = (id.into_inner(), caller.state.now());
    let format = query.0.format();
    let record = caller.on_snapshot().read(move |conn, actor| sheet_record(conn, actor, id, now)).await?;
    send_document(follow_up_sheet(&record, lang), format, &format!("follow-up-{id}")).await
}
