//! `/me/calendar-token`: the secret address of one's calendar.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use crate::clock::Instant;
use crate::error::Result;
use crate::identity::actions;

/// The address that a calendar program subscribes to. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarToken {
    /// What stands between `/calendar/` and `.ics`; whoever has it reads the calendar.
    #[schema(examples("3q2-7w8JrD0V1kZb4nYxHc5mLs9tQeUfAoGiPjRvWzE"))]
    token: String,
    /// The whole address.
    #[schema(examples("https://articula.example/api/v1/calendar/3q2-7w8JrD0V1kZb4nYxHc5mLs9tQeUfAoGiPjRvWzE.ics"))]
    url: String,
    /// When it was made.
    created_at: Instant,
}

/// Make the secret address of one's calendar
///
/// A calendar program subscribes to it without signing in, and sees the sessions and terms that the caller may know
/// at that moment. Making a new one ends the earlier one.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", responses((status = 201, description = "Made; shown this once", body = CalendarToken, headers(("Location" = String, description = "The path of the calendar")))))]
#[post("/api/v1/me/calendar-token")]
pub async fn make(caller: Caller) -> Result<HttpResponse> {
    let (token, created_at) = caller.write(|tx, actor| Ok((actions::make_calendar_token(tx, actor)?, tx.now))).await?;
    let path = format!("/api/v1/calendar/{token}.ics");
    let url = format!("{}{path}", caller.state.config.public_url);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, path)).json(CalendarToken { token, url, created_at }))
}

/// Revoke the secret address of one's calendar
///
/// It is a 404 from now on. Without one: nothing happens.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", responses((status = 204, description = "Revoked")))]
#[delete("/api/v1/me/calendar-token")]
pub async fn revoke(caller: Caller) -> Result<HttpResponse> {
    caller.write(actions::revoke_calendar_token).await?;
    Ok(HttpResponse::NoContent().finish())
}
