//! `/meetings/{id}/convocation`: convening a meeting, and the convocations as they were sent.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::document;
use crate::access::may_write;
use crate::audit::{PartOf, RestrictedRecords};
use crate::clock::Instant;
use crate::db::MeetingId;
use crate::directory::country_language;
use crate::error::{Code, Result};
use crate::http::{Query, State};
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::issued::{IssuedKey, IssuedKind, IssuedPart, IssuedVersion, is_issued, issued_file, newest, versions};
use crate::meetings::{Meeting, scope};
use crate::rendering::{Document, DocumentFormat, FileBytes, send_bytes, send_document};

pub(in crate::meetings) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(convene).service(show_convocation).service(show_convocation_document);
}

/// The convocations of a meeting as they were sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SentConvocations {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The moment at which it was last convened; null before.
    pub convened_at: Option<Instant>,
    /// Each convocation that was sent, oldest first. The follow-up sheet that was sent with it has the same number.
    pub versions: Vec<IssuedVersion>,
}

/// The query of a convocation.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::meetings) struct ConvocationQuery {
    /// `md` (the default), `docx` or `pdf`.
    #[param(inline, example = "pdf")]
    format: Option<DocumentFormat>,
    /// The language: `es` or `en`; by default that of the country.
    #[param(inline, example = "es")]
    lang: Option<Lang>,
    /// A convocation that was sent; by default the newest.
    #[param(example = 1)]
    version: Option<i32>,
}

/// Convene a meeting
///
/// Mails an invitation (with a calendar object, `METHOD:REQUEST`) to the people of every institution that is a
/// member today or on the attendance list; for a restricted meeting, only to those on the attendance list. No other
/// call sends an invitation. A repeated call mails all of them again. Afterwards every change of day, place or
/// title is mailed, and a cancellation withdraws the invitation. 409 `meeting_cancelled`, `meeting_over`;
/// `meeting_undated` if its day is not known. One person may cause at most 2,000 mails about meetings in a day (429
/// `daily_limit`).
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "Convened", body = Meeting), (status = 409, description = "Cancelled, over, or without a day", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/meetings/{id}/convocation")]
pub(crate) async fn convene(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.act(move |tx, actor| scope::lock(tx, actor, id), move |tx, actor| super::convene(tx, actor, id)).await
}

/// Show the convocations of a meeting
///
/// Each one that was sent, with the SHA-256 of its content. What was sent never changes.
///
/// Permissions: those who may see the meeting.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "The convocations", body = SentConvocations)))]
#[get("/api/v1/meetings/{id}/convocation")]
pub(crate) async fn show_convocation(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller
        .calculate(move |conn, actor| {
            let meeting = scope::visible(conn, actor, id)?;
            let versions = versions(conn, id, IssuedKind::Convocation)?;
            let sent = SentConvocations { meeting_id: id, convened_at: meeting.convened_at, versions };
            Ok(PartOf::new(&meeting, sent))
        })
        .await
}

/// The convocation as a document
///
/// Day and hours, place, agenda with presenters, convened institutions, documents and places to sign; as Markdown, DOCX or
/// PDF (PDF/UA). Every reader gets the same bytes. Those of a convocation that was sent never change, whatever changes
/// later. Before the first one, those who may write the meeting get a draft.
///
/// Permissions: those who may see the meeting; a draft: secretariat of any of its commissions, coordinator, admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ConvocationQuery), responses((status = 200, description = "The convocation", content(
    (String = "text/markdown"), (FileBytes = "application/pdf"),
    (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/meetings/{id}/convocation/document")]
pub(crate) async fn show_convocation_document(
    caller: Caller,
    id: Path<MeetingId>,
    query: Query<ConvocationQuery>,
) -> Result<HttpResponse> {
    send_convocation(caller, id.into_inner(), query.0).await
}

/// A convocation: a draft that is made now, or one that was sent.
enum Printable {
    Draft(Box<Document>),
    Sent(IssuedKey),
}

/// Sends the convocation to a caller.
pub(in crate::meetings) async fn send_convocation(
    caller: Caller,
    id: MeetingId,
    query: ConvocationQuery,
) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let format = query.format.unwrap_or(DocumentFormat::Markdown);
    let now = caller.state.now();
    let read = caller.read(move |conn, actor| {
        let meeting = scope::visible(conn, actor, id)?;
        let lang = query.lang.map_or_else(|| country_language(conn, &meeting.country_code), Ok)?;
        let number = match query.version {
            Some(number) => Some(number),
            None => newest(conn, id, IssuedKind::Convocation)?,
        };
        let printable = match number {
            Some(version) => {
                let key = IssuedKey { meeting: id, kind: IssuedKind::Convocation, part: IssuedPart::All, version };
                if !is_issued(conn, key)? {
                    return Err(Code::NotFound.into());
                }
                Printable::Sent(key)
            }
            None if may_write(actor, &meeting.country_code, &meeting.fields.commission_ids) => {
                Printable::Draft(Box::new(document::draft(conn, &meeting, lang, now)?))
            }
            None => return Err(Code::NotFound.into()),
        };
        let stem = document::stem(&meeting, lang);
        Ok(((printable, lang, stem), RestrictedRecords::of(&meeting)))
    });
    let ((printable, lang, stem), _) = read.await?;
    match printable {
        Printable::Draft(document) => send_document(*document, format, &stem).await,
        Printable::Sent(key) => {
            let state = State::clone(&caller.state);
            send_bytes(format, &stem, move || issued_file(&state.db, state.now(), key, (format, lang))).await
        }
    }
}
