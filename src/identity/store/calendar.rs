//! The secret address of a person's calendar feed.

use diesel::prelude::*;

use crate::clock::Instant;
use crate::db::schema::{calendar_tokens, users};
use crate::db::{Db, UserId};
use crate::error::Result;

/// Gives a person a new token; the earlier one ends.
pub fn set_calendar_token(conn: &mut Db, user: UserId, hash: &str, now: Instant) -> Result<()> {
    delete_calendar_token(conn, user)?;
    diesel::insert_into(calendar_tokens::table)
        .values((
            calendar_tokens::user_id.eq(user),
            calendar_tokens::token_hash.eq(hash),
            calendar_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a person's token; false when there was none.
pub fn delete_calendar_token(conn: &mut Db, user: UserId) -> Result<bool> {
    Ok(diesel::delete(calendar_tokens::table.filter(calendar_tokens::user_id.eq(user))).execute(conn)? > 0)
}

/// Whose token it is; None when it was revoked or never was, and when the person is disabled.
pub fn owner_of_calendar(conn: &mut Db, hash: &str) -> Result<Option<UserId>> {
    Ok(calendar_tokens::table
        .inner_join(users::table)
        .filter(calendar_tokens::token_hash.eq(hash))
        .filter(users::disabled.eq(false))
        .select(users::id)
        .first(conn)
        .optional()?)
}
