//! `/meetings`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Meeting, MeetingInput, MeetingStatus};
use super::{actions, store};
use crate::access::Visibility;
use crate::db::{CommissionId, MeetingId, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{Body, Input, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

/// Every route of sessions themselves.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove).service(cancel);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only those in which this commission sits.
    commission_id: Option<CommissionId>,
    /// Only those in this state.
    #[param(example = "held")]
    status: Option<MeetingStatus>,
    /// Only those that can have taken place on or after this day.
    #[param(example = "2023-01-01")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    from: Option<NaiveDate>,
    /// Only those that can have taken place on or before this day.
    #[param(example = "2023-12-31")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    to: Option<NaiveDate>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Why a session is called off.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MeetingCancellation {
    /// The reason; it stands in the audit log, and in the mail to those who were convened.
    #[schema(examples("No se alcanzó a convocar a los gobiernos regionales."), max_length = 10_000)]
    reason: String,
}

impl Input for MeetingCancellation {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 10_000);
    }
}

/// List sessions
///
/// The latest day first; sessions of one day, the last entered first.
///
/// Permissions: anyone signed in; each sees the sessions of the commissions that concern them, and those that the
/// institution attended. Restricted ones: secretariats of their commissions, coordinator, admins, attending institutions.
#[utoipa::path(tag = "meetings", params(ListQuery), responses((status = 200, description = "One page", body = Page<Meeting>)))]
#[get("/api/v1/meetings")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging: Paging<store::Key> = Paging::read(query.limit, query.cursor.as_deref())?;
    if paging.after.is_some_and(|(day, _)| !crate::dates::in_range(day)) {
        return Err(Error::bad_value("cursor", query.cursor.unwrap_or_default()));
    }
    let filter = store::Filter {
        country_code: query.country_code,
        commission_id: query.commission_id,
        status: query.status,
        from: query.from,
        to: query.to,
    };
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging)).await
}

/// Enter a session
///
/// Past ones too. `starts_at` or `held` is required; a joint session names several commissions of one country.
///
/// Permissions: secretariat of every commission named; coordinator of their country; admin.
#[utoipa::path(tag = "meetings", request_body = MeetingInput, responses((status = 201, description = "Entered", body = Meeting)))]
#[post("/api/v1/meetings")]
pub async fn create(caller: Caller, body: Body<MeetingInput>) -> Result<HttpResponse> {
    caller.create(body, location, actions::create).await
}

/// Show a session
///
/// Permissions: as for the list.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "The session", body = Meeting)))]
#[get("/api/v1/meetings/{id}")]
pub async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| store::find(conn, &Visibility::of(actor), id)).await
}

/// Change a session
///
/// Once its minutes are approved, what they state stays: title, commissions, kind, number, day and hours, place,
/// modality, and that it took place. 409 `minutes_approved` for a change of it.
/// Who was convened gets a mail with what has changed, unless it is over.
///
/// Permissions: secretariat of any of its commissions, and of those named anew; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = MeetingInput, responses((status = 200, description = "Changed", body = Meeting), (status = 409, description = "Its minutes are approved", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[patch("/api/v1/meetings/{id}")]
pub async fn update(caller: Caller, id: Path<MeetingId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| actions::hold(tx, actor, id);
    caller.patch(patch, load, Meeting::input, move |tx, actor, input| actions::update(tx, actor, id, input)).await
}

/// Remove a session
///
/// Only while no agreement or commitment depends on it, its minutes are not approved and nobody is convened to it;
/// otherwise 409 `in_use`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 204, description = "Removed"), (status = 409, description = "In use", body = crate::http::Problem)))]
#[delete("/api/v1/meetings/{id}")]
pub async fn remove(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.delete(move |tx, actor| actions::hold(tx, actor, id), actions::delete).await
}

/// Call a session off
///
/// Sets `status` to cancelled and withdraws the convocation: who was convened gets a mail with the reason and a calendar
/// object (`METHOD:CANCEL`). The reason stands in the audit log. A second time: 409 `meeting_cancelled`.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = MeetingCancellation, responses((status = 200, description = "Called off", body = Meeting)))]
#[post("/api/v1/meetings/{id}/cancellation")]
pub async fn cancel(caller: Caller, id: Path<MeetingId>, body: Body<MeetingCancellation>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let reason = body.input().reason;
    let cancel = move |tx: &mut Tx<'_>, actor: &Actor| actions::cancel(tx, actor, id, &reason);
    caller.act(move |tx, actor| actions::hold(tx, actor, id), cancel).await
}

fn location(meeting: &Meeting) -> String {
    format!("/api/v1/meetings/{}", meeting.id)
}
