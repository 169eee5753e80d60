//! `/me/sessions`: the caller's own sessions.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get};

use super::caller::Caller;
use crate::db::SessionId;
use crate::error::Result;
use crate::http::{Page, PageQuery, Query};
use crate::identity::model::Session;
use crate::identity::{actions, store};

/// List one's own sessions
///
/// Every sign-in is a session. The list shows those that have not ended, the newest first.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", params(PageQuery), responses((status = 200, description = "One page", body = Page<Session>)))]
#[get("/api/v1/me/sessions")]
pub async fn list(caller: Caller, query: Query<PageQuery>) -> Result<HttpResponse> {
    let (paging, current, now) = (query.0.paging()?, caller.session(), caller.state.now());
    caller.list(move |conn, actor| store::list_sessions(conn, (actor.id, current), now, &paging)).await
}

/// End one of one's own sessions
///
/// Its access and refresh tokens stop working at once. Ending the session of the request itself signs out.
///
/// Permissions: anyone signed in, for their own sessions; any other is a 404.
#[utoipa::path(tag = "auth", responses((status = 204, description = "Ended")))]
#[delete("/api/v1/me/sessions/{id}")]
pub async fn end(caller: Caller, id: Path<SessionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.write(move |tx, actor| actions::end_own_session(tx, actor, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
