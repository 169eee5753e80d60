//! `/calendar/{token}.ics`.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};

use super::feed;
use crate::error::Result;
use crate::http::{Preconditions, State, etag_of};
use crate::identity::{calendar_owner, note_read};

/// Every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(calendar);
}

/// Show a person's calendar
///
/// Returns the sessions and due dates that the owner of the token may see at this moment, from a year ago on (RFC 5545).
/// The `UID` of an entry stays the same, `SEQUENCE` grows with every change, a cancelled entry is `CANCELLED`, and due
/// dates are whole days. The token alone gives access, because calendar programs cannot sign in. Poll with
/// `If-None-Match`.
///
/// Permissions: anyone who has the token; 404 when it was revoked or its owner is disabled.
#[utoipa::path(
    tag = "calendar",
    security(()),
    params(("token" = String, Path, description = "The secret of the address; `POST /me/calendar-token` creates it")),
    responses(
        (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "The tag of the content"))),
        (status = 404, description = "The token does not exist or was revoked", body = crate::http::Problem),
    )
)]
#[get("/api/v1/calendar/{token}.ics")]
pub(crate) async fn calendar(state: Data<State>, request: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
    let ask = Preconditions::of_request(&request)?;
    let (token, now) = (token.into_inner(), state.now());
    let read = state.db.snapshot_async(move |conn| {
        let owner = calendar_owner(conn, &token, now)?;
        Ok((owner.id, feed::calendar(conn, &owner, now)?))
    });
    let (owner, (mut calendar, restricted)) = read.await?;
    calendar.link(&state.config.public_url);
    let body = calendar.write();
    let etag = etag_of(&body);
    let unchanged = ask.knows(&etag);
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if unchanged {
        return Ok(response.finish());
    }
    note_read(&request, &state, owner, &restricted);
    Ok(response.content_type("text/calendar; charset=utf-8").body(body))
}
