//! `/meetings`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Meeting, MeetingFilter, MeetingInput};
use super::{actions, scope, store};
use crate::access::{Visibility, may_write};
use crate::db::{MeetingId, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{Body, Input, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove).service(cancel);
}

/// The reason for cancelling a meeting.
#[derive(Debug, Clone, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct MeetingCancellation {
    /// The reason; it is stored in the audit log and mailed to the people convened.
    #[schema(examples("No se alcanzó a convocar a los gobiernos regionales."), max_length = 10_000)]
    pub(super) reason: String,
}

impl Input for MeetingCancellation {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 10_000);
    }
}

/// List meetings
///
/// The latest day first; of meetings on the same day, the one created last first.
///
/// Permissions: all signed-in users; the list has the meetings of the commissions that the user may see, and those that
/// the user's institution attended. Restricted meetings: secretariats of their commissions, coordinator, admin,
/// attending institutions.
#[utoipa::path(tag = "meetings", params(MeetingFilter), responses((status = 200, description = "One page", body = Page<Meeting>)))]
#[get("/api/v1/meetings")]
pub(crate) async fn list(caller: Caller, query: Query<MeetingFilter>) -> Result<HttpResponse> {
    let filter = query.0;
    let paging: Paging<store::Key> = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count);
    if paging.after.is_some_and(|(day, _)| !crate::dates::in_range(day)) {
        return Err(Error::bad_value("cursor", filter.cursor.unwrap_or_default()));
    }
    caller
        .list(move |conn, actor| {
            let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
            Ok(page.map(|meeting| for_reader(meeting, actor)))
        })
        .await
}

/// Create a meeting
///
/// It may be in the past. `starts_at` or `held` is required. A joint meeting has several commissions of one country.
///
/// The secretariats of the other commissions are notified at once.
///
/// Permissions: secretariat of any of the commissions; coordinator of their country; admin.
#[utoipa::path(tag = "meetings", request_body = MeetingInput, responses((status = 201, description = "Created", body = Meeting)))]
#[post("/api/v1/meetings")]
pub(crate) async fn create(caller: Caller, body: Body<MeetingInput>) -> Result<HttpResponse> {
    caller.create(body, |meeting: &Meeting| format!("/api/v1/meetings/{}", meeting.id), actions::create).await
}

/// Show a meeting
///
/// Permissions: as for the list.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 200, description = "The meeting", body = Meeting)))]
#[get("/api/v1/meetings/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| Ok(for_reader(scope::visible(conn, actor, *id)?, actor))).await
}

/// Change a meeting
///
/// After approval of its minutes, their content cannot be changed (409 `minutes_approved`): title, commissions, kind,
/// number, day and hours, place, modality, and the fact that it took place. The people convened get a mail with the
/// changes, unless the meeting is over.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin. Who names a commission anew must be the
/// secretariat of one that stays.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = MeetingInput, responses((status = 200, description = "Changed", body = Meeting), (status = 409, description = "Its minutes are approved", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[patch("/api/v1/meetings/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<MeetingId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| scope::lock(tx, actor, id);
    caller.patch(patch, load, Meeting::input, move |tx, actor, input| actions::update(tx, actor, id, input)).await
}

/// Delete a meeting
///
/// Possible while no agreement or commitment depends on it, its minutes are not approved and it is not convened;
/// otherwise 409 `in_use`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), responses((status = 204, description = "Deleted"), (status = 409, description = "In use", body = crate::http::Problem)))]
#[delete("/api/v1/meetings/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    caller.delete(move |tx, actor| scope::lock(tx, actor, *id), actions::delete).await
}

/// Cancel a meeting
///
/// Sets `status` to cancelled and withdraws the convocation: the people convened get a mail with the reason and a
/// calendar object (`METHOD:CANCEL`). The reason is stored in the audit log. A second cancellation: 409
/// `meeting_cancelled`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = MeetingCancellation, responses((status = 200, description = "Cancelled", body = Meeting)))]
#[post("/api/v1/meetings/{id}/cancellation")]
pub(crate) async fn cancel(
    caller: Caller,
    id: Path<MeetingId>,
    body: Body<MeetingCancellation>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let reason = body.input().reason;
    let cancel = move |tx: &mut Tx<'_>, actor: &Actor| actions::cancel(tx, actor, id, &reason);
    caller.act(move |tx, actor| scope::lock(tx, actor, id), cancel).await
}

/// Returns a meeting as the actor may read it: those who may change it read its note.
fn for_reader(mut meeting: Meeting, actor: &Actor) -> Meeting {
    if !may_write(actor, &meeting.country_code, &meeting.fields.commission_ids) {
        meeting.fields.note = None;
    }
    meeting
}
