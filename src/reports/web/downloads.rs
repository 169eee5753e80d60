//! The documents of a report as downloads of the pages, and the links to them.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::parts::report_path;
use crate::db::ReportId;
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;
use crate::rendering::DocumentQuery;
use crate::reports::api::{AnswersQuery, ReportDocumentQuery, send_answers, send_report};
use crate::reports::comparison_document::send_comparison;
use crate::reports::model::{Report, ReportStatus};
use crate::ui::{Frame, panel};

/// The report as a document
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/document")]
pub(super) async fn report_document(
    visitor: Visitor,
    id: Path<ReportId>,
    query: Query<ReportDocumentQuery>,
) -> Result<HttpResponse> {
    send_report(visitor.into_caller(), id.into_inner(), query.0).await
}

/// The answers alone
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/answers/document")]
pub(super) async fn answers_document(
    visitor: Visitor,
    id: Path<ReportId>,
    query: Query<AnswersQuery>,
) -> Result<HttpResponse> {
    send_answers(visitor.into_caller(), id.into_inner(), query.0).await
}

/// The comparison as a document
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/comparison/document")]
pub(super) async fn comparison_document(
    visitor: Visitor,
    id: Path<ReportId>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse> {
    send_comparison(visitor.into_caller(), id.into_inner(), query.0).await
}

/// Draws the links to the documents of a report: the clean one, the working copy of a draft, the answers alone.
pub(super) fn downloads(frame: &Frame, report: &Report) -> Markup {
    let path = report_path(report.id);
    let list = |title: &str, links: &[(String, &str)]| {
        html! {
            li {
                (frame.t(title)) ": "
                @for (n, (address, name)) in links.iter().enumerate() {
                    @if n > 0 { " · " }
                    a href=(address) { (name) }
                }
            }
        }
    };
    let formats = |form: &str| -> Vec<(String, &str)> {
        let each = [("pdf", "PDF"), ("docx", "Word"), ("md", "Markdown")];
        each.map(|(format, name)| (format!("{path}/document?format={format}{form}"), name)).to_vec()
    };
    let answers: Vec<(String, &str)> = [("docx", "Word"), ("txt", "TXT")]
        .map(|(format, name)| (format!("{path}/answers/document?format={format}"), name))
        .to_vec();
    let is_draft = report.status == ReportStatus::Draft;
    let content = html! {
        ul {
            (list("reports-document-clean", &formats(if is_draft { "&form=clean" } else { "" })))
            @if is_draft { (list("reports-document-working", &formats("&form=working"))) }
            (list("reports-document-answers", &answers))
        }
        p class="small" { (frame.t(if is_draft { "reports-document-draft-about" } else { "reports-document-about" })) }
    };
    panel(&frame.t("reports-documents"), None, content)
}
