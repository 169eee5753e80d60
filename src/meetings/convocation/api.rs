//! `/meetings/{id}/convocation`.

use actix_web::web::Path;
use actix_web::{HttpResponse, post};

use super::actions;
use crate::db::MeetingId;
use crate::error::Result;
use crate::identity::Caller;
use crate::meetings::{Meeting, sessions};

/// The route of convocations.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(convene);
}

/// Convene a session
///
/// Mails an invitation (with a calendar object, `METHOD:REQUEST`) to the people of every institution that is a member
/// today or on the attendance list; for a restricted session, only to those on the attendance list. No other call sends
/// an invitation. A repeated call mails all of them again. Afterwards every change of day, place or title is mailed,
/// and calling off withdraws the invitation. 409 `meeting_cancelled`, `meeting_over`; `meeting_undated` when its day is
/// not known. One person causes at most 2,000 mails about sessions in a day (429 `daily_limit`).
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "Convened", body = Meeting), (status = 409, description = "Cancelled, over, or without a day", body = crate::http::Problem), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/meetings/{id}/convocation")]
pub async fn convene(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.act(move |tx, actor| sessions::hold(tx, actor, id), move |tx, actor| actions::convene(tx, actor, id)).await
}
