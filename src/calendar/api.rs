//! `/calendar/{token}.ics`.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::feed::{self, Extent, Feed};
use crate::error::Result;
use crate::http::{Preconditions, Query, State, etag_of};
use crate::identity::{calendar_owner, note_read};

/// Every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(calendar);
}

/// The extent of the calendar.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FeedQuery {
    /// Only the own entries: the due dates of the institutions that the owner represents, and the sessions of the
    /// commissions of which these are members or the owner is the secretariat.
    #[param(example = true)]
    mine: Option<bool>,
}

/// Show a person's calendar
///
/// Returns the sessions, due dates and periodic reports that the owner of the token may see at this moment (RFC 5545):
/// sessions and due dates from a year ago on, periodic reports from a year ago to a year ahead; with `mine=true`, only the
/// own ones. The title of a due date names the institutions whose term it is.
/// The `UID` of an entry stays the same, the `SEQUENCE` of sessions and due dates grows with every change, a cancelled entry is `CANCELLED`, a session
/// is `TENTATIVE` until it is convened or held, `URL` is the address of the record's page, and due dates are whole days. The token alone gives access, because calendar programs cannot sign in. Poll with
/// `If-None-Match`.
///
/// Permissions: anyone who has the token; 404 when it was revoked or its owner is disabled.
#[utoipa::path(
    tag = "calendar",
    security(()),
    params(("token" = String, Path, description = "The secret of the address; `POST /me/calendar-token` creates it"), FeedQuery),
    responses(
        (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "The tag of the content"))),
        (status = 404, description = "The token does not exist or was revoked", body = crate::http::Problem),
    )
)]
#[get("/api/v1/calendar/{token}.ics")]
pub(crate) async fn calendar(
    state: Data<State>,
    request: HttpRequest,
    token: Path<String>,
    query: Query<FeedQuery>,
) -> Result<HttpResponse> {
    let ask = Preconditions::of_request(&request)?;
    let (token, now) = (token.into_inner(), state.now());
    let extent = if query.0.mine == Some(true) { Extent::Mine } else { Extent::All };
    let (address, brand) = (state.config.public_url.clone(), state.config.brand.name.clone());
    let roles = state.config.second_factor_roles.clone();
    let read = state.db.snapshot_async(move |conn| {
        let owner = calendar_owner(conn, &token, &roles, now)?;
        let feed = Feed::new(&owner, extent, &brand, now);
        let etag = etag_of(format!("{address} {}", feed.fingerprint(conn)?));
        let content = if ask.knows(&etag) { None } else { Some(feed::calendar(conn, &feed)?) };
        Ok((owner.id, etag, content))
    });
    let (owner, etag, content) = read.await?;
    let mut response = if content.is_some() { HttpResponse::Ok() } else { HttpResponse::NotModified() };
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    let Some((mut calendar, restricted)) = content else { return Ok(response.finish()) };
    calendar.link(&state.config.public_url);
    note_read(&request, &state, owner, &restricted);
    Ok(response.content_type("text/calendar; charset=utf-8").body(calendar.write()))
}
