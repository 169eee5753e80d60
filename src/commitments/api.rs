//! `/commitments`, and two addresses of other slices that concern commitments: the follow-up sheet of a session, and
//! the calendar of a country, which moves counted terms.

mod assignments;
mod bulk;
mod lists;
mod progress;

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::document::{SheetGroup, follow_up_sheet, sent_sheet, sheet_record, sheet_stem};
use super::model::{Commitment, CommitmentChange, FollowUp, HistoryEvent, NewCommitment};
use super::{actions, policy, store};
use crate::access::Visibility;
use crate::audit::PartOf;
use crate::db::{CommissionId, CommitmentId, Db, MeetingId, Tx};
use crate::directory::{self, CalendarDay, CountryCode};
use crate::error::Result;
use crate::http::{Body, Page, PageQuery, Patch, Query, State};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::issued::issued_file;
use crate::meetings::meeting;
use crate::rendering::{DocumentFormat, FileBytes, send_bytes, send_document};

pub(crate) use lists::ListQuery;

/// Registers every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(lists::list).service(create).service(show).service(update).service(remove).service(history);
    cfg.service(publish);
    assignments::routes(cfg);
    bulk::routes(cfg);
    progress::routes(cfg);
    cfg.service(show_follow_up).service(show_follow_up_document).service(set_calendar);
}

/// The query of a follow-up sheet.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SheetQuery {
    /// `md` (the default), `docx` or `pdf`.
    #[param(inline, example = "pdf")]
    format: Option<DocumentFormat>,
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
    /// A table for each `agreement` (the default), or for each `institution`.
    #[param(inline, example = "institution")]
    group: Option<SheetGroup>,
    /// The sheet that was sent with this convocation, by agreement; by default the present one.
    #[param(example = 1)]
    version: Option<i32>,
    /// With `version`: the sheet of one commission of a joint session. By default that of all, for those who may know
    /// all, else that of the first one that the caller may know.
    commission_id: Option<CommissionId>,
}

/// Create a commitment
///
/// With the part of each institution. The program gives the code. With `status: draft`, only those who may write it
/// know it and nobody is notified, until it is published.
///
/// Permissions: secretariat of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = NewCommitment, responses((status = 201, description = "Created", body = Commitment)))]
#[post("/api/v1/commitments")]
pub(crate) async fn create(caller: Caller, body: Body<NewCommitment>) -> Result<HttpResponse> {
    caller.create(body, location, actions::create).await
}

/// Show a commitment
///
/// Permissions: those who may see it, through one of its commissions or because it names their institution.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The commitment", body = Commitment)))]
#[get("/api/v1/commitments/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<CommitmentId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.show(move |conn, actor| Ok(for_reader(store::find(conn, &Visibility::of(actor), id, now)?, actor))).await
}

/// Change a commitment
///
/// An existing term is changed only with a `correction_reason` in the body; more time is granted by an extension.
/// Assignments are changed through `/assignments`.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = CommitmentChange, responses((status = 200, description = "Changed", body = Commitment)))]
#[patch("/api/v1/commitments/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<CommitmentId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, change: CommitmentChange| {
        actions::update(tx, actor, id, change.fields, change.correction_reason)
    };
    caller.patch(patch, move |tx, actor| actions::lock(tx, actor, id), Commitment::change, save).await
}

/// Publish a draft
///
/// The commitment is in force with the status of its assignments, and each institution is notified once. 409
/// `not_draft` when it is published already.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "Published", body = Commitment)))]
#[post("/api/v1/commitments/{id}/publication")]
pub(crate) async fn publish(caller: Caller, id: Path<CommitmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.act(move |tx, actor| actions::lock(tx, actor, id), move |tx, actor| actions::publish(tx, actor, id)).await
}

/// Remove a commitment without reports
///
/// 409 `in_use` when it has reports, requests or decisions, or when another record refers to it.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commitments/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<CommitmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.delete(move |tx, actor| actions::lock(tx, actor, id), actions::delete).await
}

/// Show a commitment's history
///
/// All changes, terms, reports, reviews and decisions, oldest first.
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", params(PageQuery), responses((status = 200, description = "One page", body = Page<HistoryEvent>)))]
#[get("/api/v1/commitments/{id}/history")]
pub(crate) async fn history(caller: Caller, id: Path<CommitmentId>, query: Query<PageQuery>) -> Result<HttpResponse> {
    let paging = query.0.paging()?;
    let (id, now) = (id.into_inner(), caller.state.now());
    let load = move |conn: &mut Db, actor: &Actor| {
        let commitment = store::find(conn, &Visibility::of(actor), id, now)?;
        Ok(PartOf::new(&commitment, store::history(conn, id, &paging)?))
    };
    caller.calculate(load).await
}

/// Returns a commitment as the actor may read it: those who may change it read its note.
fn for_reader(mut commitment: Commitment, actor: &Actor) -> Commitment {
    if !policy::may_write(actor, &commitment) {
        commitment.fields.note = None;
    }
    commitment
}

fn location(commitment: &Commitment) -> String {
    format!("/api/v1/commitments/{}", commitment.id)
}

/// Show a session's follow-up sheet
///
/// The state, on the session's day (before the session: today), of every commitment of its commissions that was open after their previous
/// session. Later events do not change it.
///
/// Permissions: those who may see the session; the sheet has the commitments that they may see.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The sheet", body = FollowUp)))]
#[get("/api/v1/meetings/{id}/follow-up")]
pub(crate) async fn show_follow_up(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.on_snapshot().calculate(move |conn, actor| actions::follow_up(conn, actor, id, now)).await
}

/// The follow-up sheet as a document
///
/// The state of every open commitment on the session's day (before the session: today), by agreement or by institution,
/// the overdue ones first: term with extensions, state, last report with evidence, review; as Markdown, DOCX or PDF
/// (PDF/UA). With `version`, the sheet that was sent with a convocation, which never changes.
///
/// Permissions: everybody who may know the session; the commitments that the caller may know.
#[utoipa::path(tag = "commitments", params(("id" = MeetingId, Path, description = "The session"), SheetQuery), responses((status = 200, description = "The sheet", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/follow-up/document")]
pub(crate) async fn show_follow_up_document(
    caller: Caller,
    id: Path<MeetingId>,
    query: Query<SheetQuery>,
) -> Result<HttpResponse> {
    send_follow_up(caller, id.into_inner(), query.0).await
}

/// Sends the follow-up sheet of a session to a caller.
pub(super) async fn send_follow_up(caller: Caller, id: MeetingId, query: SheetQuery) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let format = query.format.unwrap_or(DocumentFormat::Markdown);
    if let Some(version) = query.version {
        let (own, commission) = ((id, version), query.commission_id);
        let read = caller.read(move |conn, actor| {
            let (key, lang, restricted) = sent_sheet(conn, actor, own, commission)?;
            let lang = query.lang.unwrap_or(lang);
            Ok(((key, lang, sheet_stem(&meeting(conn, &Visibility::of(actor), id)?, lang)), restricted))
        });
        let ((key, lang, stem), _) = read.await?;
        let state = State::clone(&caller.state);
        return send_bytes(format, &stem, move || issued_file(&state.db, state.now(), key, (format, lang))).await;
    }
    let now = caller.state.now();
    let record = caller.on_snapshot().read(move |conn, actor| sheet_record(conn, actor, id, now)).await?;
    let (lang, group) = (query.lang.unwrap_or(record.lang), query.group.unwrap_or(SheetGroup::Agreement));
    send_document(follow_up_sheet(&record, lang, group), format, &sheet_stem(&record.meeting, lang)).await
}

/// Set a country's calendar
///
/// Replaces the whole list, at most 3,000 days, and recomputes the counted terms of open commitments. Their former
/// terms stay in the history.
///
/// Permissions: coordinator of the country; admin.
#[utoipa::path(tag = "directory", request_body = Vec<CalendarDay>, responses((status = 200, description = "The new calendar", body = Vec<CalendarDay>)))]
#[put("/api/v1/countries/{code}/calendar")]
pub(crate) async fn set_calendar(
    caller: Caller,
    code: Path<CountryCode>,
    body: Body<Vec<CalendarDay>>,
) -> Result<HttpResponse> {
    let CountryCode(code) = code.into_inner();
    let own = code.clone();
    let load = move |tx: &mut Tx<'_>, _: &Actor| {
        directory::country(tx.conn, &own)?;
        directory::calendar(tx.conn, &own)
    };
    caller.put(body, load, move |tx, actor, days| actions::put_calendar(tx, actor, &code, days)).await
}
