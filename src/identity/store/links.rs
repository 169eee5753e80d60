//! One-time links, passwords, and unlocking.

use diesel::prelude::*;

use crate::clock::Instant;
use crate::db::schema::{one_time_tokens, users};
use crate::db::{Db, DeliveryId, RawId, UserId};
use crate::error::Result;
use crate::identity::model::LinkPurpose;

/// Writes the token of a one-time link. A mail that is composed again has a new token in the place of the earlier one.
pub fn insert_link(
    conn: &mut Db,
    id: DeliveryId,
    (user, purpose): (UserId, LinkPurpose),
    hash: &str,
    expires: Instant,
) -> Result<()> {
    let id = RawId(id.into());
    diesel::delete(one_time_tokens::table.find(id)).execute(conn)?;
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

/// Returns the owner of a link of one of these purposes. Returns None when the link was used, has expired or never
/// existed, and when the person is disabled.
pub fn link(conn: &mut Db, hash: &str, purposes: &[LinkPurpose], now: Instant) -> Result<Option<UserId>> {
    Ok(one_time_tokens::table
        .inner_join(users::table)
        .filter(one_time_tokens::token_hash.eq(hash))
        .filter(one_time_tokens::purpose.eq_any(purposes))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::expires_at.gt(now))
        .filter(users::disabled.eq(false))
        .select(users::id)
        .first(conn)
        .optional()?)
}

/// Ends the link of a mail.
pub fn end_link(conn: &mut Db, id: DeliveryId, now: Instant) -> Result<()> {
    let open = one_time_tokens::table.find(RawId(id.into())).filter(one_time_tokens::used_at.is_null());
    diesel::update(open).set(one_time_tokens::used_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Ends the open links of a person that serve one purpose.
pub fn end_links(conn: &mut Db, user: UserId, purpose: LinkPurpose, now: Instant) -> Result<()> {
    let open = one_time_tokens::table
        .filter(one_time_tokens::user_id.eq(user))
        .filter(one_time_tokens::purpose.eq(purpose))
        .filter(one_time_tokens::used_at.is_null());
    diesel::update(open).set(one_time_tokens::used_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Returns whether an invitation of the person can still be used.
pub fn is_invited(conn: &mut Db, user: UserId, now: Instant) -> Result<bool> {
    let open = one_time_tokens::table
        .filter(one_time_tokens::user_id.eq(user))
        .filter(one_time_tokens::purpose.eq(LinkPurpose::Invitation))
        .filter(one_time_tokens::used_at.is_null())
        .filter(one_time_tokens::expires_at.gt(now));
    Ok(diesel::select(diesel::dsl::exists(open)).get_result(conn)?)
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

/// Counts one more unlocking of an account.
pub fn unlock(conn: &mut Db, user: UserId) -> Result<()> {
    diesel::update(users::table.find(user)).set(users::sign_in_unlocks.eq(users::sign_in_unlocks + 1)).execute(conn)?;
    Ok(())
}

/// Deletes up to `limit` links that expired or were used before a moment; returns how many.
pub fn purge_links(conn: &mut Db, before: Instant, limit: i64) -> Result<usize> {
    let over = one_time_tokens::expires_at.lt(before).or(one_time_tokens::used_at.lt(before).assume_not_null());
    let ids: Vec<RawId> = one_time_tokens::table.filter(over).select(one_time_tokens::id).limit(limit).load(conn)?;
    Ok(diesel::delete(one_time_tokens::table.filter(one_time_tokens::id.eq_any(ids))).execute(conn)?)
}
