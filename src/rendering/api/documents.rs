//! `/reports/{id}/document`, `/meetings/{id}/minutes/document` and `/meetings/{id}/follow-up/document`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{FileBytes, attached, send};
use crate::access::Visibility;
use crate::db::{MeetingId, ReportId};
use crate::error::{Error, Result};
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::meetings::session_record;
use crate::rendering::{PaperFormat, acta, follow_up_sheet, report, sheet_record};
use crate::reports::{self, Report};

crate::text_enum! {
    /// What a report can be had as.
    ReportFormat { Markdown = "md", Json = "json", Docx = "docx", Pdf = "pdf" }
}

/// What the report is wanted as.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// `md` (the default), `json`, `docx` or `pdf`.
    #[param(inline, example = "docx")]
    format: Option<ReportFormat>,
}

/// The report as a document
///
/// In the language of `Accept-Language`: as Markdown, as DOCX to be edited on, as PDF for everybody (PDF/UA), or the
/// same JSON as `GET /reports/{id}`.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", params(ReportQuery), responses((status = 200, description = "The document", content(
    (String = "text/markdown"), (Report = "application/json"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/reports/{id}/document")]
pub async fn report_document(
    caller: Caller,
    lang: Lang,
    id: Path<ReportId>,
    query: Query<ReportQuery>,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let id = id.into_inner();
    let format = match query.0.format.unwrap_or(ReportFormat::Markdown) {
        ReportFormat::Json => {
            let report =
                caller.read(move |conn, actor| reports::report(conn, &Visibility::of(actor), lang, id)).await?;
            let body = serde_json::to_vec(&report).map_err(Error::internal)?;
            return Ok(attached("application/json", &format!("{}.json", report.fields.file_stem())).body(body));
        }
        ReportFormat::Markdown => PaperFormat::Markdown,
        ReportFormat::Docx => PaperFormat::Docx,
        ReportFormat::Pdf => PaperFormat::Pdf,
    };
    let content = caller.read(move |conn, actor| reports::content(conn, &Visibility::of(actor), lang, id)).await?;
    send(report(&content, lang), format, &content.fields.file_stem()).await
}

/// What a paper is wanted as.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaperQuery {
    /// `md` (the default), `docx` or `pdf`.
    #[param(inline, example = "pdf")]
    format: Option<PaperFormat>,
}

/// The acta as a document
///
/// Title, day, place, commissions, attendance with the quorum, agenda, the session's agreements with how each was
/// adopted, and the text of the minutes, in the language of `Accept-Language`; as Markdown, DOCX or PDF (PDF/UA).
///
/// Permissions: as for the minutes; agreements that the caller may not know are left out.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), PaperQuery), responses((status = 200, description = "The acta", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/minutes/document")]
pub async fn minutes_document(
    caller: Caller,
    lang: Lang,
    id: Path<MeetingId>,
    query: Query<PaperQuery>,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (id, format) = (id.into_inner(), query.0.format.unwrap_or(PaperFormat::Markdown));
    let record = caller.read(move |conn, actor| session_record(conn, actor, id)).await?;
    send(acta(&record, lang), format, &format!("acta-{id}")).await
}

/// The follow-up sheet as a document
///
/// How every open commitment stood on the session's day, with a chart by state and commission; as Markdown, DOCX or PDF
/// (PDF/UA), in the language of `Accept-Language`.
///
/// Permissions: who may know the session, of the commitments that they may know.
#[utoipa::path(tag = "commitments", params(("id" = MeetingId, Path, description = "The session"), PaperQuery), responses((status = 200, description = "The sheet", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/follow-up/document")]
pub async fn follow_up_document(
    caller: Caller,
    lang: Lang,
    id: Path<MeetingId>,
    query: Query<PaperQuery>,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (id, now) = (id.into_inner(), caller.state.now());
    let format = query.0.format.unwrap_or(PaperFormat::Markdown);
    let record = caller.on_snapshot().read(move |conn, actor| sheet_record(conn, actor, id, now)).await?;
    send(follow_up_sheet(&record, lang), format, &format!("follow-up-{id}")).await
}
