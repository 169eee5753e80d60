//! The secret address of one's calendar: made, revoked, and whose it is.

use super::{dispatch, store};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::{Code, Result};
use crate::identity::actor::Actor;
use crate::identity::tokens;

/// Makes a token; an earlier one ends. It is told this once.
pub fn make_calendar_token(tx: &mut Tx<'_>, actor: &Actor) -> Result<String> {
    dispatch::lock_row(tx.conn, "users", actor.id)?;
    let (token, hash) = tokens::random_token()?;
    store::set_calendar_token(tx.conn, actor.id, &hash, tx.now)?;
    record(tx, actor, "created")?;
    Ok(token)
}

/// Ends the token; without one there is nothing to do.
pub fn revoke_calendar_token(tx: &mut Tx<'_>, actor: &Actor) -> Result<()> {
    if store::delete_calendar_token(tx.conn, actor.id)? { record(tx, actor, "deleted") } else { Ok(()) }
}

fn record(tx: &mut Tx<'_>, actor: &Actor, action: &'static str) -> Result<()> {
    let change = Change { action, kind: "calendar_token", id: &actor.id.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)
}

/// The person behind a calendar token, with what they may know today; 404 for a token that does not hold.
pub fn calendar_owner(conn: &mut Db, token: &str, now: Instant) -> Result<Actor> {
    let owner = store::owner_of_calendar(conn, &tokens::hash_of(token))?.ok_or(Code::NotFound)?;
    store::load_actor(conn, owner, now).map_err(|error| match error.code {
        Code::InvalidToken => Code::NotFound.into(),
        _ => error,
    })
}
