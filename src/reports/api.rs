//! `/reports` and `/plans/{id}/suggestions`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::answer::AnswerInput;
use super::comparison::Comparison;
use super::document::document;
use super::model::{QuestionAsked, Report, ReportInput, VersionInput};
use super::snapshots::Snapshot;
use super::suggestions::Suggestions;
use super::{actions, reading};
use crate::access::Visibility;
use crate::db::{PlanId, ReportId, Tx};
use crate::error::{Error, Result};
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::rendering::{DocumentFormat, FileBytes, attached, send_document};

/// Every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
    cfg.service(show_answer).service(put_answer).service(drop_answer).service(redraft).service(suggestions);
    cfg.service(approve).service(snapshot).service(begin_version).service(comparison).service(show_document);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only reports of this country.
    #[param(example = "CL")]
    country_code: Option<String>,
    /// Number of reports, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

/// List reports
///
/// Lists reports in order of creation, with questions and answers.
///
/// Permissions: admin; coordinator of the country. Others get an empty list.
#[utoipa::path(tag = "reports", params(ListQuery), responses((status = 200, description = "One page", body = Page<Report>)))]
#[get("/api/v1/reports")]
pub(crate) async fn list(caller: Caller, lang: Lang, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let country = query.country_code;
    caller.list(move |conn, actor| reading::list(conn, &Visibility::of(actor), lang, country.as_deref(), &paging)).await
}

/// Create a report
///
/// Every question that the records can answer is drafted at once, each answer with its sources.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = ReportInput, responses((status = 201, description = "Created and drafted", body = Report)))]
#[post("/api/v1/reports")]
pub(crate) async fn create(caller: Caller, lang: Lang, body: Body<ReportInput>) -> Result<HttpResponse> {
    caller.on_snapshot().create(body, location, move |tx, actor, input| actions::create(tx, actor, lang, input)).await
}

/// Show a report
///
/// Titles, options and drafted answers are in the language of `Accept-Language`.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The report", body = Report)))]
#[get("/api/v1/reports/{id}")]
pub(crate) async fn show(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| reading::find(conn, &Visibility::of(actor), lang, id)).await
}

/// Change a report's period or roadmap
///
/// Answers that no person has edited are drafted again. The country cannot be changed.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = ReportInput, responses((status = 200, description = "Changed", body = Report)))]
#[patch("/api/v1/reports/{id}")]
pub(crate) async fn update(caller: Caller, lang: Lang, id: Path<ReportId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &_, input| actions::update(tx, actor, lang, id, input);
    caller.on_snapshot().patch(patch, load(lang, id), Report::input, save).await
}

/// Delete a report that is still a draft
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/reports/{id}")]
pub(crate) async fn remove(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.delete(load(lang, id), actions::delete).await
}

/// Show one question with its answer
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The question and its answer", body = QuestionAsked)))]
#[get("/api/v1/reports/{id}/answers/{key}")]
pub(crate) async fn show_answer(caller: Caller, lang: Lang, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    caller.show(move |conn, actor| reading::question(conn, &Visibility::of(actor), lang, id, &key)).await
}

/// Answer a question
///
/// Replaces the drafted answer as a whole; drafting will no longer overwrite it. The keys of repeated questions are
/// `priority_progress:{plan_item_id}` and `next_step_status:{plan_item_id}`.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = AnswerInput, responses((status = 200, description = "Answered", body = QuestionAsked)))]
#[put("/api/v1/reports/{id}/answers/{key}")]
pub(crate) async fn put_answer(
    caller: Caller,
    lang: Lang,
    path: Path<(ReportId, String)>,
    body: Body<AnswerInput>,
) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let saved = key.clone();
    let load = move |tx: &mut Tx<'_>, actor: &_| reading::question(tx.conn, &Visibility::of(actor), lang, id, &key);
    let save = move |tx: &mut Tx<'_>, actor: &_, input| actions::answer(tx, actor, lang, (id, &saved), input);
    caller.put(body, load, save).await
}

/// Go back to the draft of an answer
///
/// Drops the answer that a person wrote: the question is drafted anew from the records, and later drafting changes it
/// again. A question that no person has answered stays as it is.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 204, description = "The draft is back")))]
#[delete("/api/v1/reports/{id}/answers/{key}")]
pub(crate) async fn drop_answer(caller: Caller, lang: Lang, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let dropped = key.clone();
    let load = move |tx: &mut Tx<'_>, actor: &_| reading::question(tx.conn, &Visibility::of(actor), lang, id, &key);
    caller.delete(load, move |tx, actor, _| actions::drop_answer(tx, actor, lang, (id, &dropped))).await
}

/// Draft a report again
///
/// Drafts all answers that no person has edited.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "Drafted again", body = Report)))]
#[post("/api/v1/reports/{id}/drafting")]
pub(crate) async fn redraft(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.on_snapshot().act(load(lang, id), move |tx, actor| actions::redraft(tx, actor, lang, id)).await
}

/// Approve a report
///
/// Approves all answers and freezes the report with the records that it cites; every later write is a 409
/// `report_approved`. While an answer has an error: 409 `report_has_errors`, with the numbers of the questions.
/// Warnings do not block approval.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses(
    (status = 200, description = "Approved", body = Report),
    (status = 409, description = "It has errors, or is already approved", body = crate::http::Problem, content_type = "application/problem+json")
))]
#[post("/api/v1/reports/{id}/approval")]
pub(crate) async fn approve(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.on_snapshot().act(load(lang, id), move |tx, actor| actions::approve(tx, actor, lang, id)).await
}

/// Show the frozen copy of an approved report
///
/// Returns the approved report and the cited records as they were at the time of approval. To check it, write `report`
/// as JSON without spaces, with names in order, and compare the SHA-256. A draft has no copy: 404.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The copy", body = Snapshot)))]
#[get("/api/v1/reports/{id}/snapshot")]
pub(crate) async fn snapshot(caller: Caller, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.calculate(move |conn, actor| reading::snapshot(conn, &Visibility::of(actor), id)).await
}

/// Create a new version of an approved report
///
/// Creates a draft with the answers of the approved report, which stays as it was approved. `POST …/drafting` then
/// drafts again all answers that no person has edited. 409 `report_not_approved` for a draft,
/// `report_has_newer_version` when there is a later version.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = VersionInput, responses((status = 201, description = "Created", body = Report)))]
#[post("/api/v1/reports/{id}/versions")]
pub(crate) async fn begin_version(
    caller: Caller,
    lang: Lang,
    id: Path<ReportId>,
    body: Body<VersionInput>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let begin = move |tx: &mut Tx<'_>, actor: &_, input| actions::create_version(tx, actor, lang, id, input);
    caller.create(body, location, begin).await
}

/// Compare a report with the country's last one
///
/// Returns the last report's announcements for this period, the status of each next step in both reports, and the
/// choices that differ. The last report is the one that ended last before this one begins; an approved version comes
/// before a draft.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "Both reports, side by side", body = Comparison)))]
#[get("/api/v1/reports/{id}/comparison")]
pub(crate) async fn comparison(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.on_snapshot().calculate(move |conn, actor| reading::comparison(conn, &Visibility::of(actor), lang, id)).await
}

/// Suggest a status for each next step of a plan
///
/// Returns for each next step the status that the records suggest today, with reasons. A person decides. Reasons and
/// sources use only records that the reader may see, and no restricted ones, so two readers may get different
/// suggestions.
///
/// Permissions: everybody who may see the plan.
#[utoipa::path(tag = "plans", responses((status = 200, description = "One suggestion per next step", body = Suggestions)))]
#[get("/api/v1/plans/{id}/suggestions")]
pub(crate) async fn suggestions(caller: Caller, lang: Lang, id: Path<PlanId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller
        .on_snapshot()
        .calculate(move |conn, actor| reading::suggestions(conn, &Visibility::of(actor), lang, id, now))
        .await
}

crate::text_enum! {
    /// A format of a report.
    ReportFormat { Markdown = "md", Json = "json", Docx = "docx", Pdf = "pdf" }
}

/// The query of a report's document.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DocumentQuery {
    /// `md` (the default), `json`, `docx` or `pdf`.
    #[param(inline, example = "docx")]
    format: Option<ReportFormat>,
}

/// The report as a document
///
/// In the language of `Accept-Language`: as Markdown, as DOCX for further editing, as PDF/UA, or as the same JSON as
/// `GET /reports/{id}`.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", params(DocumentQuery), responses((status = 200, description = "The document", content(
    (String = "text/markdown"), (Report = "application/json"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/reports/{id}/document")]
pub(crate) async fn show_document(
    caller: Caller,
    lang: Lang,
    id: Path<ReportId>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let id = id.into_inner();
    let format = match query.0.format.unwrap_or(ReportFormat::Markdown) {
        ReportFormat::Json => {
            let report = caller.read(move |conn, actor| reading::find(conn, &Visibility::of(actor), lang, id)).await?;
            let body = serde_json::to_vec(&report).map_err(Error::internal)?;
            return Ok(attached("application/json", &format!("{}.json", report.fields.file_stem())).body(body));
        }
        ReportFormat::Markdown => DocumentFormat::Markdown,
        ReportFormat::Docx => DocumentFormat::Docx,
        ReportFormat::Pdf => DocumentFormat::Pdf,
    };
    let content = caller.read(move |conn, actor| reading::content(conn, &Visibility::of(actor), lang, id)).await?;
    send_document(document(&content, lang), format, &content.fields.file_stem()).await
}

/// Loads the report as its reader sees it.
fn load(lang: Lang, id: ReportId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Report> {
    move |tx, actor| reading::find(tx.conn, &Visibility::of(actor), lang, id)
}

fn location(report: &Report) -> String {
    format!("/api/v1/reports/{}", report.id)
}
