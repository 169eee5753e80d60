//! `/reports` and `/plans/{id}/suggestions`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::answer::AnswerInput;
use super::comparison::Comparison;
use super::document::ReportForm;
use super::files::{self, FileKey};
use super::model::{QuestionAsked, Report, ReportInput, ReportStatus, VersionInput};
use super::plain_text::plain_text;
use super::snapshots::{ReportFormat, ReportPart, Snapshot};
use super::store::{self, Head};
use super::suggestions::Suggestions;
use super::{actions, reading, scope};
use crate::access::Visibility;
use crate::db::{Db, PlanId, ReportId, Tx};
use crate::error::{Code, Error, Result};
use crate::http::{Body, Page, Paging, Patch, Query, State};
use crate::i18n::{Lang, text};
use crate::identity::{Actor, Caller};
use crate::rendering::{FileBytes, attached, render};

/// Every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove).service(answers_document);
    super::sharing::api::routes(cfg);
    super::wording::routes(cfg);
    super::comparison_document::routes(cfg);
    cfg.service(show_answer).service(put_answer).service(drop_answer).service(confirm_answer).service(redraft);
    cfg.service(suggestions);
    cfg.service(approve).service(snapshot).service(begin_version).service(comparison).service(show_document);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only reports of this country.
    #[param(example = "CL")]
    pub country_code: Option<String>,
    /// Number of reports, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

/// List reports
///
/// Lists reports in order of creation, with questions and answers.
///
/// Permissions: admin; coordinator of the country; secretariat of a commission to which a question is assigned. Others get
/// an empty list.
#[utoipa::path(tag = "reports", params(ListQuery), responses((status = 200, description = "One page", body = Page<Report>)))]
#[get("/api/v1/reports")]
pub(crate) async fn list(caller: Caller, lang: Lang, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?.counting(query.count);
    let country = query.country_code;
    caller.list(move |conn, actor| reading::list(conn, &Visibility::of(actor), lang, country.as_deref(), &paging)).await
}

/// Create a report
///
/// Every question that the records can answer is drafted at once, each answer with its sources. A country has one report
/// on a period: for a second one 409 `report_exists`, with the address of the first in `existing`. An approved report is
/// corrected by a new version: `POST /reports/{id}/versions`.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = ReportInput, responses((status = 201, description = "Created and drafted", body = Report), (status = 409, description = "The country has a report on this period", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/reports")]
pub(crate) async fn create(caller: Caller, lang: Lang, body: Body<ReportInput>) -> Result<HttpResponse> {
    caller.on_snapshot().create(body, location, move |tx, actor, input| actions::create(tx, actor, lang, input)).await
}

/// Show a report
///
/// Titles, options and drafted answers are in the language of `Accept-Language`. The secretariat of a commission to which
/// questions are assigned gets the title, the period and these questions alone.
///
/// Permissions: admin; coordinator of the country; secretariat of a commission to which a question is assigned.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The report", body = Report)))]
#[get("/api/v1/reports/{id}")]
pub(crate) async fn show(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| reading::find(conn, &Visibility::of(actor), lang, id)).await
}

/// Change a report's period or roadmap
///
/// Answers that no person has written or confirmed are drafted again. The country cannot be changed. 409 `report_exists`
/// for a period on which the country has another report, with its address in `existing`; 409 `report_approved` for a report
/// that is approved.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = ReportInput, responses((status = 200, description = "Changed", body = Report), (status = 409, description = "Approved, or the country has another report on this period", body = crate::http::Problem, content_type = "application/problem+json")))]
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
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The question and its answer", body = QuestionAsked)))]
#[get("/api/v1/reports/{id}/answers/{key}")]
pub(crate) async fn show_answer(caller: Caller, lang: Lang, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    caller.show(move |conn, actor| reading::question(conn, &Visibility::of(actor), lang, id, &key)).await
}

/// Answer a question
///
/// Replaces the drafted answer as a whole and confirms it; drafting will no longer overwrite it. The keys of repeated
/// questions are `priority_progress:{plan_item_id}` and `next_step_status:{plan_item_id}`.
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
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
    let load = move |tx: &mut Tx<'_>, actor: &Actor| locked_question(tx, actor, lang, (id, &key));
    let save = move |tx: &mut Tx<'_>, actor: &_, input| {
        actions::answer(tx, actor, lang, (id, &saved), (input, actions::Confirming::Always))
    };
    caller.put(body, load, save).await
}

/// Confirm an answer as it stands
///
/// States that a person has read the answer and stands by it: a draft of the records, words of an earlier version, or no answer at
/// all. Drafting leaves it alone from then on, and the approval no longer waits for it. Whoever confirms last is shown in
/// `confirmed_by`. With `If-Match`: the tag of the answer that was read.
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[utoipa::path(tag = "reports", responses((status = 200, description = "Confirmed", body = QuestionAsked), (status = 409, description = "The report is approved", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/reports/{id}/answers/{key}/confirmation")]
pub(crate) async fn confirm_answer(caller: Caller, lang: Lang, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let confirmed = key.clone();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| locked_question(tx, actor, lang, (id, &key));
    caller.act(load, move |tx, actor| actions::confirm(tx, actor, lang, (id, &confirmed))).await
}

/// Draft an answer again
///
/// Drafts the answer from the present records. The answer or the confirmation of a person is dropped, and later drafting
/// changes the question again. An equal draft changes nothing.
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[utoipa::path(tag = "reports", responses((status = 204, description = "Drafted")))]
#[delete("/api/v1/reports/{id}/answers/{key}")]
pub(crate) async fn drop_answer(caller: Caller, lang: Lang, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let (id, key) = path.into_inner();
    let dropped = key.clone();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| locked_question(tx, actor, lang, (id, &key));
    caller.delete(load, move |tx, actor, _| actions::drop_answer(tx, actor, lang, (id, &dropped))).await
}

/// Draft a report again
///
/// Drafts all answers that no person has written or confirmed.
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
/// `report_approved`. While an answer has an error: 409 `report_has_errors`, with the numbers of the questions. While an
/// answer waits for its confirmation (`needs_confirmation`): 409 `unconfirmed`, with the keys of the questions. Warnings
/// do not block approval.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses(
    (status = 200, description = "Approved", body = Report),
    (status = 409, description = "It has errors or unconfirmed answers, or is already approved", body = crate::http::Problem, content_type = "application/problem+json")
))]
#[post("/api/v1/reports/{id}/approval")]
pub(crate) async fn approve(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.on_snapshot().act(load(lang, id), move |tx, actor| actions::approve(tx, actor, lang, id)).await
}

/// Show the frozen copy of an approved report
///
/// Returns the approved report and the cited records as they were at the time of approval, and the SHA-256 of each
/// document that is kept. To check it, write `report`
/// as JSON without spaces, with names in order, and compare the SHA-256. A draft has no copy: 404.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The copy", body = Snapshot)))]
#[get("/api/v1/reports/{id}/snapshot")]
pub(crate) async fn snapshot(caller: Caller, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let waiting = caller.read_unshown(move |conn, actor| {
        store::find(conn, &Visibility::of(actor), id)?;
        files::is_waiting(conn, id)
    });
    if waiting.await? {
        let state = State::clone(&caller.state);
        render(move || files::render_report(&state.db, state.now(), id)).await?;
    }
    caller.calculate(move |conn, actor| reading::snapshot(conn, &Visibility::of(actor), id)).await
}

/// Create a new version of an approved report
///
/// Creates a draft with the answers of the approved report, which stays as it was approved; all of them are to be
/// confirmed again. `POST …/drafting` then drafts again all answers that no person has written or confirmed. 409 `report_not_approved` for a draft,
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
    ReportDocumentFormat { Markdown = "md", Json = "json", Docx = "docx", Pdf = "pdf" }
}

/// The query of a report's document.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportDocumentQuery {
    /// `md` (the default), `json`, `docx` or `pdf`.
    #[param(inline, example = "docx")]
    format: Option<ReportDocumentFormat>,
    /// `working`, the default for a draft: with findings and sources; `clean`, the default and the only form of an
    /// approved report: questions and answers alone. Both are the same as JSON.
    #[param(inline, example = "clean")]
    form: Option<ReportForm>,
    /// `es` or `en`; the default is the country's language.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
}

/// The report as a document
///
/// As Markdown, as DOCX for further editing, as PDF/UA, or as the same JSON as `GET /reports/{id}`. The documents of an
/// approved report are made once: every later call gets the same bytes. 409 `no_working_copy` for the working copy of an
/// approved report.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", params(ReportDocumentQuery), responses((status = 200, description = "The document", content(
    (String = "text/markdown"), (Report = "application/json"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)),
    (status = 409, description = "The working copy of an approved report", body = crate::http::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/reports/{id}/document")]
pub(crate) async fn show_document(
    caller: Caller,
    id: Path<ReportId>,
    query: Query<ReportDocumentQuery>,
) -> Result<HttpResponse> {
    send_report(caller, id.into_inner(), query.0).await
}

/// Sends the document of a report to a caller.
pub(super) async fn send_report(caller: Caller, report: ReportId, query: ReportDocumentQuery) -> Result<HttpResponse> {
    let ReportDocumentQuery { format, form, lang } = query;
    let format = match format.unwrap_or(ReportDocumentFormat::Markdown) {
        ReportDocumentFormat::Markdown => ReportFormat::Markdown,
        ReportDocumentFormat::Json => ReportFormat::Json,
        ReportDocumentFormat::Docx => ReportFormat::Docx,
        ReportDocumentFormat::Pdf => ReportFormat::Pdf,
    };
    send_file(caller, Wanted { report, part: ReportPart::Report, format, form, lang }).await
}

/// The query of the answers of a report.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AnswersQuery {
    /// `docx` (the default) or `txt`.
    #[param(inline, example = "txt")]
    format: Option<AnswersFormat>,
    /// The key of one question, for its answer alone; as plain text.
    #[param(example = "highlights")]
    key: Option<String>,
    /// `es` or `en`; the default is the country's language.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
}

crate::text_enum! {
    /// A format of the answers of a report.
    AnswersFormat { Docx = "docx", Text = "txt" }
}

/// The answers alone
///
/// Questions and answers, numbered as in the form, to copy them into it: as DOCX, or as plain text with a line of dashes
/// between two questions. With `key` the plain text of one question. Those of an approved report are made once: every
/// later call gets the same bytes.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", params(AnswersQuery), responses((status = 200, description = "The answers", content(
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (String = "text/plain")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/reports/{id}/answers/document")]
pub(crate) async fn answers_document(
    caller: Caller,
    id: Path<ReportId>,
    query: Query<AnswersQuery>,
) -> Result<HttpResponse> {
    send_answers(caller, id.into_inner(), query.0).await
}

/// Sends the answers of a report, or one of them, to a caller.
pub(super) async fn send_answers(caller: Caller, report: ReportId, query: AnswersQuery) -> Result<HttpResponse> {
    let AnswersQuery { format, key, lang } = query;
    let Some(key) = key else {
        let format = match format {
            Some(AnswersFormat::Text) => ReportFormat::Text,
            Some(AnswersFormat::Docx) | None => ReportFormat::Docx,
        };
        return send_file(caller, Wanted { report, part: ReportPart::Answers, format, form: None, lang }).await;
    };
    if format == Some(AnswersFormat::Docx) {
        return Err(Error::bad_value("format", "docx"));
    }
    let text = caller.read(move |conn, actor| {
        let visibility = Visibility::of(actor);
        let lang = language(conn, &visibility, report, lang)?;
        let content = reading::content(conn, &visibility, lang, report)?;
        content.form.question(&key).ok_or(Code::NotFound)?;
        let text = plain_text(&content, lang, Some(&key));
        let version = content.issue.as_ref().map_or(1, |issue| issue.version);
        Ok(AnswerText { text, stem: content.fields.file_stem(version) })
    });
    let AnswerText { text, stem } = text.await?;
    Ok(attached(ReportFormat::Text.media_type(), &format!("{stem}-answer.txt")).body(text))
}

/// A file that somebody asks for.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    report: ReportId,
    part: ReportPart,
    format: ReportFormat,
    form: Option<ReportForm>,
    lang: Option<Lang>,
}

/// A report of which a document is made.
struct Found {
    head: Head,
    lang: Lang,
    visibility: Visibility,
}

/// The answer to one question.
struct AnswerText {
    text: String,
    /// The name of the file, without ending.
    stem: String,
}

crate::nothing_restricted!(Found, AnswerText);

/// Sends a document: of an approved report, the bytes that are kept; of a draft, made now.
async fn send_file(caller: Caller, wanted: Wanted) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let Wanted { report, part, format, form, lang } = wanted;
    let found = caller.read(move |conn, actor| {
        let visibility = Visibility::of(actor);
        let head = store::find(conn, &visibility, report)?;
        let lang = language(conn, &visibility, report, lang)?;
        Ok(Found { head, lang, visibility })
    });
    let Found { head, lang, visibility } = found.await?;
    let is_approved = head.status == ReportStatus::Approved;
    if is_approved && form == Some(ReportForm::Working) {
        return Err(Code::NoWorkingCopy.into());
    }
    let key = FileKey { report, part, format, lang };
    let state = State::clone(&caller.state);
    let bytes = render(move || match is_approved {
        true => files::frozen_file(&state.db, state.now(), key),
        false => state.db.snapshot(|conn| files::write(conn, &visibility, key, form.unwrap_or(ReportForm::Working))),
    });
    let copy = if is_approved { None } else { Some(form.unwrap_or(ReportForm::Working)) };
    Ok(attached(format.media_type(), &file_name(&head, (part, format, lang), copy)).body(bytes.await?))
}

/// Returns the name of a file of a report: its version, the part, and of a draft, that it is one and which copy.
fn file_name(head: &Head, (part, format, lang): (ReportPart, ReportFormat, Lang), copy: Option<ReportForm>) -> String {
    let mut names = vec![head.fields().file_stem(head.version)];
    if part == ReportPart::Answers {
        names.push("answers".to_owned());
    }
    if copy.is_some() {
        names.push(text(lang, "document-file-draft", &[]));
    }
    if copy == Some(ReportForm::Working) && part == ReportPart::Report {
        names.push(text(lang, "document-file-working", &[]));
    }
    format!("{}.{format}", names.join("-"))
}

/// Returns the language of a document of a report: the one asked for, else the country's.
fn language(conn: &mut Db, visibility: &Visibility, report: ReportId, lang: Option<Lang>) -> Result<Lang> {
    if let Some(lang) = lang {
        return Ok(lang);
    }
    let head = store::find(conn, visibility, report)?;
    reading::language_of(conn, &head.country_code)
}

/// Loads the report as its reader sees it.
fn load(lang: Lang, id: ReportId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Report> {
    move |tx, actor| reading::find(tx.conn, &Visibility::of(actor), lang, id)
}

fn location(report: &Report) -> String {
    format!("/api/v1/reports/{}", report.id)
}

/// Locks a report before its question is compared with `If-Match`, so that it is not drafted again in between.
fn locked_question(tx: &mut Tx<'_>, actor: &Actor, lang: Lang, (id, key): (ReportId, &str)) -> Result<QuestionAsked> {
    scope::lock_question(tx, actor, id, key)?;
    reading::question(tx.conn, &Visibility::of(actor), lang, id, key)
}
