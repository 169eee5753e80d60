//! The secret address of a person's calendar.

use super::actor::Actor;
use super::store::load_actor;
use super::{second_factor, tokens};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Db, Tx, UserId};
use crate::error::{Code, Result};

pub(crate) use store::delete as end;

/// Makes a token; an earlier one ends. Only its hash is stored.
pub(super) fn create(tx: &mut Tx<'_>, actor: &Actor) -> Result<String> {
    lock_row(tx.conn, "users", actor.id)?;
    let (token, hash) = tokens::random_token()?;
    store::replace(tx.conn, actor.id, &hash, tx.now)?;
    record(tx, actor, "created")?;
    Ok(token)
}

/// Returns the moment when the person's token was made; None without a token.
pub(super) fn made_at(conn: &mut Db, person: UserId) -> Result<Option<Instant>> {
    store::made_at(conn, person)
}

/// Ends the token; without one there is nothing to do.
pub(super) fn revoke(tx: &mut Tx<'_>, actor: &Actor) -> Result<()> {
    if end(tx.conn, actor.id)? { record(tx, actor, "deleted") } else { Ok(()) }
}

fn record(tx: &mut Tx<'_>, actor: &Actor, action: &'static str) -> Result<()> {
    let change = Change { action, kind: "calendar_token", id: &actor.id.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)
}

/// Returns the path of a calendar.
pub(super) fn path(token: &str) -> String {
    format!("/api/v1/calendar/{token}.ics")
}

/// Returns the person behind a calendar token, with the grants and seats of today; 404 for a token that does not work,
/// and while the person lacks the second factor that one of these roles needs.
pub(crate) fn calendar_owner(conn: &mut Db, token: &str, roles: &[String], now: Instant) -> Result<Actor> {
    let owner = store::owner(conn, &tokens::hash_of(token))?.ok_or(Code::NotFound)?;
    let actor = load_actor(conn, owner, now).map_err(|error| match error.code {
        Code::InvalidToken => Code::NotFound.into(),
        _ => error,
    })?;
    if second_factor::is_required(&actor, roles) && !second_factor::is_active(conn, owner)? {
        return Err(Code::NotFound.into());
    }
    Ok(actor)
}

mod store {
    use diesel::prelude::*;

    use crate::clock::Instant;
    use crate::db::schema::{calendar_tokens, users};
    use crate::db::{Db, UserId};
    use crate::error::Result;

    /// Writes a new token of a person in place of the earlier one.
    pub(super) fn replace(conn: &mut Db, user: UserId, hash: &str, now: Instant) -> Result<()> {
        delete(conn, user)?;
        diesel::insert_into(calendar_tokens::table)
            .values((
                calendar_tokens::user_id.eq(user),
                calendar_tokens::token_hash.eq(hash),
                calendar_tokens::created_at.eq(now),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Returns the moment when the token of a person was made.
    pub(super) fn made_at(conn: &mut Db, user: UserId) -> Result<Option<Instant>> {
        let own = calendar_tokens::table.filter(calendar_tokens::user_id.eq(user));
        Ok(own.select(calendar_tokens::created_at).first(conn).optional()?)
    }

    /// Deletes the token of a person; returns false when there was none.
    pub(crate) fn delete(conn: &mut Db, user: UserId) -> Result<bool> {
        Ok(diesel::delete(calendar_tokens::table.filter(calendar_tokens::user_id.eq(user))).execute(conn)? > 0)
    }

    /// Returns the owner of a token; None when it was revoked or never existed, and when the person is disabled.
    pub(super) fn owner(conn: &mut Db, hash: &str) -> Result<Option<UserId>> {
        Ok(calendar_tokens::table
            .inner_join(users::table)
            .filter(calendar_tokens::token_hash.eq(hash))
            .filter(users::disabled.eq(false))
            .select(users::id)
            .first(conn)
            .optional()?)
    }
}

pub(super) mod api {
    //! `/me/calendar-token`.

    use actix_web::http::header;
    use actix_web::{HttpResponse, delete, post};
    use serde::Serialize;
    use utoipa::ToSchema;

    use crate::clock::Instant;
    use crate::error::Result;
    use crate::identity::Caller;

    /// The address that a calendar program subscribes to. It is shown only once.
    #[derive(Debug, Serialize, ToSchema)]
    pub(crate) struct CalendarToken {
        /// The part of the address between `/calendar/` and `.ics`; everybody who has it can read the calendar.
        #[schema(examples("3q2-7w8JrD0V1kZb4nYxHc5mLs9tQeUfAoGiPjRvWzE"))]
        token: String,
        /// The whole address.
        #[schema(examples(
            "https://articula.example/api/v1/calendar/3q2-7w8JrD0V1kZb4nYxHc5mLs9tQeUfAoGiPjRvWzE.ics"
        ))]
        url: String,
        /// When it was made.
        created_at: Instant,
    }

    /// Make the secret address of one's calendar
    ///
    /// A calendar program subscribes to it without signing in, and shows the sessions and terms that the caller may know
    /// at that moment. A new address ends the earlier one.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "auth", responses((status = 201, description = "Made; shown only once", body = CalendarToken, headers(("Location" = String, description = "The path of the calendar")))))]
    #[post("/api/v1/me/calendar-token")]
    pub(crate) async fn make(caller: Caller) -> Result<HttpResponse> {
        let (token, created_at) = caller.write(|tx, actor| Ok((super::create(tx, actor)?, tx.now))).await?;
        let path = super::path(&token);
        let url = format!("{}{path}", caller.state.config.public_url);
        Ok(HttpResponse::Created().insert_header((header::LOCATION, path)).json(CalendarToken {
            token,
            url,
            created_at,
        }))
    }

    /// Revoke the secret address of one's calendar
    ///
    /// The address is a 404 from now on. Without an address, nothing happens.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "auth", responses((status = 204, description = "Revoked")))]
    #[delete("/api/v1/me/calendar-token")]
    pub(crate) async fn revoke(caller: Caller) -> Result<HttpResponse> {
        caller.write(super::revoke).await?;
        Ok(HttpResponse::NoContent().finish())
    }
}
