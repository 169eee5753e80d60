//! `/meetings/{id}/minutes`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::files::{self, Printable, Wanted};
use super::model::{
    ApprovalInput, ApprovedMinutes, CirculationInput, Minutes, MinutesInput, MinutesVersion, MinutesView,
    RectificationInput,
};
use super::store::{self, Part};
use super::{actions, comments, reading, scope, template};
use crate::audit::{PartOf, RestrictedRecords};
use crate::db::{MeetingId, Tx};
use crate::error::Result;
use crate::http::{Body, OptionalBody, Page, PageQuery, Paging, Query, Sent, State};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::rendering::{DocumentFormat, FileBytes, render, send_bytes, send_document};

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show).service(write).service(circulate).service(approve).service(rectify);
    cfg.service(show_document).service(show_template).service(list_versions);
    cfg.service(comments::list_route).service(comments::create_route).service(comments::show_route);
}

/// The query of the acta.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ActaQuery {
    /// `md` (the default), `docx` or `pdf`.
    #[param(inline, example = "pdf")]
    format: Option<DocumentFormat>,
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
    /// A frozen version; by default the newest.
    #[param(example = 1)]
    version: Option<i32>,
    /// `restricted` for the second document, with the restricted agreements and commitments of the session.
    #[param(inline, example = "main")]
    part: Option<Part>,
}

/// The query of the template.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TemplateQuery {
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
}

/// Show the minutes
///
/// 404 if there are none, or only a draft that the caller may not see. Those who may write the session see the newest
/// text, the others the circulated one.
///
/// Permissions: for a draft, secretariat of any of its commissions, coordinator, admin; later, those who may see
/// the meeting.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "The minutes", body = MinutesView)))]
#[get("/api/v1/meetings/{id}/minutes")]
pub(crate) async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller
        .show(move |conn, actor| {
            let (meeting, minutes) = scope::visible_minutes(conn, actor, id)?;
            Ok(PartOf::new(&meeting, actions::view(conn, actor, &meeting, minutes)?))
        })
        .await
}

/// Write the minutes
///
/// The first text is a draft. A text that is written after the circulation is seen only by those who may write the
/// session (`has_new_text`), until it is circulated or approved; the others go on seeing the circulated text. 409
/// `minutes_approved` after approval.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = MinutesInput, responses((status = 200, description = "Written", body = MinutesView)))]
#[put("/api/v1/meetings/{id}/minutes")]
pub(crate) async fn write(caller: Caller, id: Path<MeetingId>, body: Body<MinutesInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let write = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        let minutes = actions::put(tx, actor, id, input)?;
        view(tx, actor, id, minutes).map(Some)
    };
    caller.put(body, lock_minutes(id), write).await
}

/// Circulate the minutes
///
/// From now on all who may see the meeting see its minutes. They get their code; members of the session's day that are
/// members still, and institutions on the attendance list, are notified and may comment until `comments_until` (by
/// default ten days later; the body may be left out). A new text can be circulated again and starts the term anew; the same text changes
/// nothing. 409 `minutes_approved` after approval, `minutes_empty` without a text, `session_not_started` before the
/// session, `minutes_unfinished` while a blank (`…`) of the template is left in the text: the detail says where.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = CirculationInput, responses((status = 200, description = "Circulated", body = MinutesView), (status = 409, description = "Approved already, without a text, with a blank left, or before the session", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/meetings/{id}/minutes/circulation")]
pub(crate) async fn circulate(
    caller: Caller,
    id: Path<MeetingId>,
    body: OptionalBody<CirculationInput>,
) -> Result<HttpResponse> {
    let (id, Sent { input, faults }) = (id.into_inner(), body.0);
    let circulate = move |tx: &mut Tx<'_>, actor: &Actor| {
        let minutes = tx.with_faults(faults.clone(), |tx| actions::circulate(tx, actor, id, &input))?;
        view(tx, actor, id, minutes)
    };
    caller.act(lock_minutes(id), circulate).await
}

/// Approve the minutes
///
/// Freezes their content as version 1. Before that, the session is marked as held, its draft agreements come into force and its
/// draft commitments are published; if `publish_drafts` is false they stay drafts, which the minutes do not state. The body may
/// be left out. Possible before the end of the term for comments, and without circulation. A later change,
/// or a second approval, is answered with 409 `minutes_approved`; 409 `minutes_empty` without a text,
/// `session_not_started` before the session, `minutes_unfinished` while a blank (`…`) of the template is left in the
/// text: the detail says where.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = ApprovalInput, responses((status = 200, description = "Approved", body = ApprovedMinutes), (status = 409, description = "Approved already, without a text, with a blank left, or before the session", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/meetings/{id}/minutes/approval")]
pub(crate) async fn approve(
    caller: Caller,
    id: Path<MeetingId>,
    body: OptionalBody<ApprovalInput>,
) -> Result<HttpResponse> {
    let (id, Sent { input, faults }) = (id.into_inner(), body.0);
    let approve = move |tx: &mut Tx<'_>, actor: &Actor| {
        let (minutes, published) = tx.with_faults(faults.clone(), |tx| actions::approve(tx, actor, id, &input))?;
        Ok(ApprovedMinutes { view: view(tx, actor, id, minutes)?, published })
    };
    caller.act(lock_minutes(id), approve).await
}

/// Rectify approved minutes
///
/// Makes a new version: the content of the newest one with this text, and with agreements and commitments of the session
/// that were entered since. Nothing else is read anew; earlier versions stay readable. 409 `minutes_not_approved` before
/// approval.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = RectificationInput, responses((status = 200, description = "Rectified", body = MinutesView), (status = 409, description = "Not approved", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/meetings/{id}/minutes/rectifications")]
pub(crate) async fn rectify(
    caller: Caller,
    id: Path<MeetingId>,
    body: Body<RectificationInput>,
) -> Result<HttpResponse> {
    let (id, Sent { input, faults }) = (id.into_inner(), body.sent);
    let rectify = move |tx: &mut Tx<'_>, actor: &Actor| {
        let minutes = tx.with_faults(faults.clone(), |tx| actions::rectify(tx, actor, id, &input))?;
        view(tx, actor, id, minutes)
    };
    caller.act(lock_minutes(id), rectify).await
}

/// Returns a function that loads the minutes, if there are any, and locks their meeting until the transaction ends.
fn lock_minutes(id: MeetingId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Option<MinutesView>> {
    move |tx, actor| {
        scope::lock(tx, actor, id)?;
        let (meeting, minutes) = scope::with_minutes(tx.conn, actor, id)?;
        minutes.map(|minutes| actions::view(tx.conn, actor, &meeting, minutes)).transpose()
    }
}

/// Returns the minutes as the answer shows them.
fn view(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, minutes: Minutes) -> Result<MinutesView> {
    let meeting = scope::visible(tx.conn, actor, id)?;
    actions::view(tx.conn, actor, &meeting, minutes)
}

/// The acta as a document
///
/// Title, code, day and hours, place, commissions, convocation, attendance, quorum, agenda, text, agreements with votes,
/// commitments, annexes, comments, approval and places to sign; as Markdown, DOCX or PDF (PDF/UA). Every reader gets the
/// same bytes. After approval they are those of the frozen version, whatever changes later. Restricted agreements and
/// commitments are in the second document alone (`part=restricted`).
///
/// Permissions: as for the minutes; `part=restricted`: secretariat of any of its commissions, coordinator, admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), ActaQuery), responses((status = 200, description = "The acta", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/minutes/document")]
pub(crate) async fn show_document(
    caller: Caller,
    id: Path<MeetingId>,
    query: Query<ActaQuery>,
) -> Result<HttpResponse> {
    send_acta(caller, id.into_inner(), query.0).await
}

/// Sends the acta to a caller.
pub(super) async fn send_acta(caller: Caller, id: MeetingId, query: ActaQuery) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let format = query.format.unwrap_or(DocumentFormat::Markdown);
    let part = query.part.unwrap_or(Part::Main);
    let wanted = Wanted { format, lang: query.lang, version: query.version, part };
    let read = caller.read(move |conn, actor| {
        let (printable, restricted) = files::printable(conn, actor, id, wanted)?;
        let meeting = scope::visible(conn, actor, id)?;
        let lang = wanted.lang.map_or_else(|| files::country_language(conn, &meeting.country_code), Ok)?;
        Ok(((printable, files::stem(&meeting, (part, lang))), restricted))
    });
    let ((printable, stem), _) = read.await?;
    match printable {
        Printable::Live(document) => send_document(*document, format, &stem).await,
        Printable::Frozen(key) => {
            let state = State::clone(&caller.state);
            send_bytes(format, &stem, move || files::frozen_file(&state.db, state.now(), key)).await
        }
    }
}

/// The text to start from
///
/// Markdown: a heading for each item of the agenda, with a blank (`…`) for its discussion. The acta states attendance,
/// agreements and commitments itself.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), TemplateQuery), responses((status = 200, description = "The template", content((String = "text/markdown")))))]
#[get("/api/v1/meetings/{id}/minutes/template")]
pub(crate) async fn show_template(
    caller: Caller,
    id: Path<MeetingId>,
    query: Query<TemplateQuery>,
) -> Result<HttpResponse> {
    send_template(caller, id.into_inner(), query.0).await
}

/// Sends the text to start from to a caller.
pub(super) async fn send_template(caller: Caller, id: MeetingId, query: TemplateQuery) -> Result<HttpResponse> {
    let lang = query.lang;
    let read = caller.read(move |conn, actor| {
        let meeting = scope::writable(conn, actor, id)?;
        let lang = lang.map_or_else(|| files::country_language(conn, &meeting.country_code), Ok)?;
        let none = || Minutes::draft(MinutesInput { body: String::new() }, meeting.updated_at);
        let minutes = store::of_meeting(conn, id)?.unwrap_or_else(none);
        let content = reading::read(conn, &meeting, &minutes)?;
        Ok((template::template(&content.acta, lang), RestrictedRecords::of(&meeting)))
    });
    let (text, _) = read.await?;
    Ok(HttpResponse::Ok().content_type(DocumentFormat::Markdown.media_type()).body(text))
}

/// List the frozen versions
///
/// The approved text and its rectifications, in their order, each with the SHA-256 of its content and of its files.
///
/// Permissions: as for the minutes.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session"), PageQuery), responses((status = 200, description = "One page", body = Page<MinutesVersion>)))]
#[get("/api/v1/meetings/{id}/minutes/versions")]
pub(crate) async fn list_versions(
    caller: Caller,
    id: Path<MeetingId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse> {
    let (id, paging): (_, Paging<i32>) = (id.into_inner(), query.0.paging()?);
    let waiting = caller.read_unshown(move |conn, actor| {
        scope::visible_minutes(conn, actor, id)?;
        files::unrendered_versions(conn, id)
    });
    let (waiting, state) = (waiting.await?, State::clone(&caller.state));
    if !waiting.is_empty() {
        let make = move |version| files::render_version(&state.db, state.now(), id, version);
        render(move || waiting.into_iter().try_for_each(make)).await?;
    }
    caller
        .calculate(move |conn, actor| {
            let (meeting, _) = scope::visible_minutes(conn, actor, id)?;
            let rows = files::versions(conn, id, paging.after.unwrap_or_default(), paging.fetch())?;
            Ok(PartOf::new(&meeting, Page::cut(rows, &paging, |row| row.version)))
        })
        .await
}
