//! The minutes (acta) of a meeting: draft, circulated, approved.

mod document;
mod record;
mod store;

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Meeting, scope};
use crate::access::may_write;
use crate::audit::{self, PartOf};
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::{Code, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(crate) use document::document as minutes_document;
pub(crate) use record::{MeetingRecord, meeting_record};
pub(super) use store::is_approved as minutes_approved;
pub(crate) use store::of_meetings as minutes_of_meetings;

crate::text_enum! {
    /// The state of the minutes.
    MinutesStatus {
        /// Visible only to those who may write the meeting.
        Draft = "draft",
        /// Circulated; visible to all who may see the meeting.
        Circulated = "circulated",
        /// Final; they cannot be changed.
        Approved = "approved",
    }
}

/// The content of minutes.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct MinutesInput {
    /// The text, in Markdown.
    #[schema(examples("## Desarrollo\n\nSe leyó y aprobó el acta anterior."), max_length = 200_000)]
    pub body: String,
}

impl Input for MinutesInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/body", &self.body, 200_000);
    }
}

/// The minutes of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Minutes {
    /// Their state.
    #[schema(examples("draft"))]
    pub status: MinutesStatus,
    #[serde(flatten)]
    pub fields: MinutesInput,
    /// The time of the first circulation.
    pub circulated_at: Option<Instant>,
    /// The time of approval.
    pub approved_at: Option<Instant>,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Minutes {
    fn draft(input: MinutesInput, now: Instant) -> Self {
        Self { status: MinutesStatus::Draft, fields: input, circulated_at: None, approved_at: None, updated_at: now }
    }

    /// Returns the minutes; 409 `minutes_approved` after approval.
    fn require_open(self) -> Result<Self, Code> {
        if self.status == MinutesStatus::Approved { Err(Code::MinutesApproved) } else { Ok(self) }
    }

    fn is_draft(&self) -> bool {
        self.status == MinutesStatus::Draft
    }

    /// Marks them as circulated; a second circulation changes nothing.
    fn circulated(mut self, now: Instant) -> Self {
        if self.is_draft() {
            self.status = MinutesStatus::Circulated;
            self.circulated_at = Some(now);
            self.updated_at = now;
        }
        self
    }

    /// Marks them as approved. A draft may be approved without circulation, if it is read and approved at the end of
    /// the meeting.
    fn approved(mut self, now: Instant) -> Self {
        self.status = MinutesStatus::Approved;
        self.approved_at = Some(now);
        self.updated_at = now;
        self
    }
}

/// Checks that the minutes of a meeting are not approved; 409 `minutes_approved`, because the agenda and the
/// attendance, which are part of them, can no longer change.
pub(crate) fn require_minutes_open(conn: &mut Db, id: MeetingId) -> Result<()> {
    match store::of_meeting(conn, id)? {
        Some(minutes) => Ok(minutes.require_open().map(|_| ())?),
        None => Ok(()),
    }
}

/// Writes the text: the first draft, or a new text; 409 `minutes_approved` after approval.
pub(crate) fn put_minutes(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: MinutesInput) -> Result<Minutes> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let country = Some(meeting.country_code.as_str());
    let Some(before) = store::of_meeting(tx.conn, id)? else {
        let draft = Minutes::draft(input, tx.now);
        store::insert(tx.conn, id, &draft)?;
        audit::created(tx, "minutes", id, country, &draft)?;
        return Ok(draft);
    };
    let after = Minutes { fields: input, updated_at: tx.now, ..before.clone().require_open()? };
    store::update(tx.conn, id, &after)?;
    audit::updated(tx, "minutes", id, country, &before, &after)?;
    Ok(after)
}

/// Circulates the draft: from now on all who may see the meeting see its minutes.
pub(crate) fn circulate_minutes(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Minutes> {
    change_status(tx, actor, id, "circulated", Minutes::circulated)
}

/// Approves the minutes, which can no longer be changed.
pub(crate) fn approve_minutes(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Minutes> {
    change_status(tx, actor, id, "approved", Minutes::approved)
}

fn change_status(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    action: &'static str,
    step: fn(Minutes, Instant) -> Minutes,
) -> Result<Minutes> {
    let meeting = scope::lock_writable(tx, actor, id)?;
    let before = store::of_meeting(tx.conn, id)?.ok_or(Code::MinutesNotCirculated)?;
    let after = step(before.clone().require_open()?, tx.now);
    if after != before {
        store::update(tx.conn, id, &after)?;
        let record = id.to_string();
        let change = audit::Change { action, kind: "minutes", id: &record, country: Some(&meeting.country_code) };
        audit::record(tx, change, Some(&before), Some(&after))?;
    }
    Ok(after)
}

/// Returns the meeting and its minutes; a draft only to those who may write the meeting.
fn find_visible(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<(Meeting, Option<Minutes>)> {
    let meeting = scope::visible(conn, actor, id)?;
    let minutes = store::of_meeting(conn, id)?;
    let may_write = may_write(actor, &meeting.country_code, &meeting.fields.commission_ids);
    let minutes = minutes.filter(|minutes| !minutes.is_draft() || may_write);
    Ok((meeting, minutes))
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, post, put};

    use super::*;
    use crate::http::{Body, Query};
    use crate::i18n::Lang;
    use crate::identity::Caller;
    use crate::rendering::{DocumentQuery, FileBytes, send_document};

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(write).service(circulate).service(approve).service(show_document);
    }

    /// Show the minutes
    ///
    /// 404 if there are none, or only a draft that the caller may not see.
    ///
    /// Permissions: for a draft, secretariat of any of its commissions, coordinator, admin; later, those who may see
    /// the meeting.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "The minutes", body = Minutes)))]
    #[get("/api/v1/meetings/{id}/minutes")]
    pub(crate) async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller
            .show(move |conn, actor| {
                let (meeting, minutes) = find_visible(conn, actor, id)?;
                Ok(PartOf::new(&meeting, minutes.ok_or(Code::NotFound)?))
            })
            .await
    }

    /// Write the minutes
    ///
    /// The first text is a draft. 409 `minutes_approved` after approval.
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = MinutesInput, responses((status = 200, description = "Written", body = Minutes)))]
    #[put("/api/v1/meetings/{id}/minutes")]
    pub(crate) async fn write(caller: Caller, id: Path<MeetingId>, body: Body<MinutesInput>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.put(body, lock_minutes(id), move |tx, actor, input| put_minutes(tx, actor, id, input).map(Some)).await
    }

    /// Circulate the minutes
    ///
    /// From now on all who may see the meeting see its minutes. A second circulation changes nothing. 409
    /// `minutes_approved` after approval, `minutes_empty` without a text.
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "Circulated", body = Minutes), (status = 409, description = "Approved already, or without a text", body = crate::http::Problem)))]
    #[post("/api/v1/meetings/{id}/minutes/circulation")]
    pub(crate) async fn circulate(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.act(lock_minutes(id), move |tx, actor| circulate_minutes(tx, actor, id)).await
    }

    /// Approve the minutes
    ///
    /// They can no longer be changed: a later change, or a second approval, is answered with 409 `minutes_approved`.
    ///
    /// Permissions: secretariat of any of its commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "Approved", body = Minutes), (status = 409, description = "Approved already, or without a text", body = crate::http::Problem)))]
    #[post("/api/v1/meetings/{id}/minutes/approval")]
    pub(crate) async fn approve(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.act(lock_minutes(id), move |tx, actor| approve_minutes(tx, actor, id)).await
    }

    /// Returns a function that loads the minutes, if there are any, and locks their meeting until the transaction ends.
    fn lock_minutes(id: MeetingId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Option<Minutes>> {
        move |tx, actor| {
            scope::lock(tx, actor, id)?;
            Ok(find_visible(tx.conn, actor, id)?.1)
        }
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
    pub(crate) async fn show_document(
        caller: Caller,
        lang: Lang,
        id: Path<MeetingId>,
        query: Query<DocumentQuery>,
    ) -> Result<HttpResponse> {
        caller.count(&caller.state.limits.documents)?;
        let (id, format) = (id.into_inner(), query.0.format());
        let record = caller.read(move |conn, actor| meeting_record(conn, actor, id)).await?;
        send_document(minutes_document(&record, lang), format, &format!("acta-{id}")).await
    }
}
