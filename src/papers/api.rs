//! `/reports/{id}/document` and `/meetings/{id}/minutes/document`.

use actix_web::http::header;
use actix_web::web::{Path, block};
use actix_web::{HttpResponse, get};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::IntoParams;

use super::{Document, PaperFormat, acta, report};
use crate::access::Reach;
use crate::db::{MeetingId, ReportId};
use crate::error::{Code, Error, Result};
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::meetings::session_record;
use crate::reports::{self, Report};

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(report_document).service(minutes_document);
}

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
    (String = "text/markdown"), (Report = "application/json"), (Vec<u8> = "application/pdf"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
))))]
#[get("/api/v1/reports/{id}/document")]
pub async fn report_document(
    caller: Caller,
    lang: Lang,
    id: Path<ReportId>,
    query: Query<ReportQuery>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let format = match query.0.format.unwrap_or(ReportFormat::Markdown) {
        ReportFormat::Json => {
            let report = caller.read(move |conn, actor| reports::report(conn, &Reach::of(actor), lang, id)).await?;
            let body = serde_json::to_vec(&report).map_err(Error::internal)?;
            return Ok(attached("application/json", &format!("{}.json", report.fields.file_stem())).body(body));
        }
        ReportFormat::Markdown => PaperFormat::Markdown,
        ReportFormat::Docx => PaperFormat::Docx,
        ReportFormat::Pdf => PaperFormat::Pdf,
    };
    let sketch = caller.read(move |conn, actor| reports::with_cover(conn, &Reach::of(actor), lang, id)).await?;
    send(report(&sketch, lang), format, &sketch.fields.file_stem()).await
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
    (String = "text/markdown"), (Vec<u8> = "application/pdf"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
))))]
#[get("/api/v1/meetings/{id}/minutes/document")]
pub async fn minutes_document(
    caller: Caller,
    lang: Lang,
    id: Path<MeetingId>,
    query: Query<PaperQuery>,
) -> Result<HttpResponse> {
    let (id, format) = (id.into_inner(), query.0.format.unwrap_or(PaperFormat::Markdown));
    let record = caller.read(move |conn, actor| session_record(conn, actor, id)).await?;
    send(acta(&record, lang), format, &format!("acta-{id}")).await
}

/// How many papers are written at a time; the others wait without a thread.
static PRESSES: Semaphore = Semaphore::const_new(2);

async fn send(document: Document, format: PaperFormat, stem: &str) -> Result<HttpResponse> {
    let name = format!("{stem}.{format}");
    let _turn = PRESSES.acquire().await.map_err(Error::internal)?;
    let written = block(move || document.write(format)).await;
    let bytes = written.map_err(|e| Error::new(Code::Unavailable).because(e))??;
    Ok(attached(format.media_type(), &name).body(bytes))
}

fn attached(media_type: &str, name: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    response
}
