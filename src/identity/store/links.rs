//! One-time links, passwords, and the end of sessions.

use diesel::prelude::*;

use crate::clock::Instant;
use crate::db::schema::{one_time_tokens, refresh_tokens, users};
use crate::db::{Db, RawId, UserId};
use crate::error::Result;
use crate::identity::model::LinkPurpose;

/// Writes a one-time link; its earlier ones of the same person end.
pub fn insert_link(
    conn: &mut Db,
    id: RawId,
    (user, purpose): (UserId, LinkPurpose),
    hash: &str,
    (now, expires): (Instant, Instant),
) -> Result<()> {
    use_links(conn, user, now)?;
    diesel::insert_into(one_time_tokens::table)
        .values((
            one_time_tokens::id.eq(id),
            one_time_tokens::user_id.eq(user),
            one_time_tokens::purpose.eq(purpose),
            one_time_tokens::token_hash.eq(hash),
            one_time_tokens::expires_at.eq(expires),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whose link it is; None when it was used, has expired or never was, and when the person is disabled.
pub fn link(conn: &mut Db, hash: &str, now: Instant) -> Result<Option<UserId>> {
    Ok(one_time_tokens::table
        .inner_join(users::table)
        .filter(one_time_tokens::token_hash.eq(hash))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::expires_at.gt(now))
        .filter(users::disabled.eq(false))
        .select(users::id)
        .first(conn)
        .optional()?)
}

/// Ends every open link of a person.
pub fn use_links(conn: &mut Db, user: UserId, now: Instant) -> Result<()> {
    let open =
        one_time_tokens::table.filter(one_time_tokens::user_id.eq(user)).filter(one_time_tokens::used_at.is_null());
    diesel::update(open).set(one_time_tokens::used_at.eq(now)).execute(conn)?;
    Ok(())
}

pub fn set_password(conn: &mut Db, user: UserId, hash: &str, now: Instant) -> Result<()> {
    diesel::update(users::table.filter(users::id.eq(user)))
        .set((users::password_hash.eq(hash), users::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Revokes every refresh token of a person.
pub fn revoke_sessions(conn: &mut Db, user: UserId, now: Instant) -> Result<()> {
    let live =
        refresh_tokens::table.filter(refresh_tokens::user_id.eq(user)).filter(refresh_tokens::revoked_at.is_null());
    diesel::update(live).set(refresh_tokens::revoked_at.eq(now)).execute(conn)?;
    Ok(())
}
