//! `/meetings/{id}/follow-up`: about commitments, so it lives here.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};

use crate::commitments::actions;
use crate::commitments::model::FollowUp;
use crate::db::MeetingId;
use crate::error::Result;
use crate::identity::Caller;

pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show);
}

/// Show a session's follow-up sheet
///
/// The state, on the session's day, of every commitment of its commissions that was open after their previous
/// session. What happened later does not change it.
///
/// Permissions: who may know the session, of the commitments that they may know.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The sheet", body = FollowUp)))]
#[get("/api/v1/meetings/{id}/follow-up")]
pub async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.on_snapshot().calculate(move |conn, actor| actions::follow_up(conn, actor, id, now)).await
}
