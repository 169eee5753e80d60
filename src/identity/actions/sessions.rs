//! Sessions: throttled sign-in, refresh tokens that work once, families that are revoked whole.

use chrono::TimeDelta;

use super::{dispatch, store};
use crate::clock::new_id;
use crate::db::{Db, RawId, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::identity::store::Credentials;
use crate::identity::tokens;

/// How long a refresh token is good for.
const REFRESH: TimeDelta = TimeDelta::days(30);
/// Failures are forgotten after a quarter of an hour without a new one.
pub(super) const MEMORY: TimeDelta = TimeDelta::minutes(15);

/// What signing in gives: a refresh token beside the access token that the door makes.
pub struct Session {
    pub user: UserId,
    pub refresh_token: String,
}

/// Who is counted, and how many failures each may have.
fn subjects(email: &str, address: &str) -> [(String, i32); 3] {
    let account = tokens::hash_of(email);
    [(format!("both:{account}:{address}"), 5), (format!("account:{account}"), 50), (format!("address:{address}"), 100)]
}

/// 429 when too many failures came before; asked before the password is looked at.
pub fn sign_in_allowed(conn: &mut Db, email: &str, address: &str, now: crate::clock::Instant) -> Result<()> {
    for (subject, limit) in subjects(email, address) {
        if let Some((failures, last_at)) = store::failures(conn, &subject)? {
            let free_at = last_at.plus(MEMORY);
            if failures >= limit && now < free_at {
                let wait = (free_at.unix_seconds() - now.unix_seconds()).max(1);
                let mut error = Error::new(Code::TooManyAttempts);
                error.retry_after = u64::try_from(wait).ok();
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Starts a session for whoever has proven a password that still holds, or counts the failure (answered as None so
/// that the count is kept).
pub fn settle_sign_in(
    tx: &mut Tx<'_>,
    email: &str,
    address: &str,
    proven: Option<Credentials>,
) -> Result<Option<Session>> {
    let subjects = subjects(email, address);
    let Some(user) = still_holds(tx, email, proven)? else {
        for (subject, _) in subjects {
            let recent = store::failures(tx.conn, &subject)?.filter(|(_, last)| tx.now < last.plus(MEMORY));
            store::set_failures(tx.conn, &subject, recent.map_or(0, |(n, _)| n) + 1, tx.now)?;
        }
        return Ok(None);
    };
    let [(both, _), (account, _), _] = subjects;
    store::clear_failures(tx.conn, &both)?;
    store::clear_failures(tx.conn, &account)?;
    issue(tx, user, new_id::<uuid::Uuid>(tx.now)).map(Some)
}

/// The person, unless disabled or given another password while this one was looked at: that ended every session.
fn still_holds(tx: &mut Tx<'_>, email: &str, proven: Option<Credentials>) -> Result<Option<UserId>> {
    let Some(proven) = proven else { return Ok(None) };
    dispatch::lock_row(tx.conn, "users", proven.id)?;
    let now = store::credentials(tx.conn, email)?;
    Ok(now.filter(|now| !now.disabled && now.password_hash == proven.password_hash).map(|now| now.id))
}

fn issue(tx: &mut Tx<'_>, user: UserId, family: uuid::Uuid) -> Result<Session> {
    let (refresh_token, hash) = tokens::random_token()?;
    let ids = (RawId(new_id(tx.now)), RawId(family));
    store::insert_refresh_token(tx.conn, ids, user, &hash, (tx.now, tx.now.plus(REFRESH)))?;
    Ok(Session { user, refresh_token })
}

/// Trades a refresh token for a new one. A token used before revokes its family (answered as None, so that
/// the revocation is kept).
pub fn refresh(tx: &mut Tx<'_>, token: &str) -> Result<Option<Session>> {
    let Some(known) = store::refresh_token(tx.conn, &tokens::hash_of(token))? else { return Ok(None) };
    if known.revoked_at.is_some() || known.expires_at <= tx.now {
        return Ok(None);
    }
    dispatch::lock_row(tx.conn, "users", known.user_id)?;
    let enabled = store::user(tx.conn, known.user_id)?.is_some_and(|user| !user.disabled);
    if !enabled || known.used_at.is_some() || !store::use_refresh_token(tx.conn, known.id, tx.now)? {
        store::revoke_family(tx.conn, known.family_id, tx.now)?;
        return Ok(None);
    }
    issue(tx, known.user_id, known.family_id.0).map(Some)
}

/// Ends a session; an unknown token is already out.
pub fn sign_out(tx: &mut Tx<'_>, token: &str) -> Result<()> {
    match store::refresh_token(tx.conn, &tokens::hash_of(token))? {
        Some(known) => store::revoke_family(tx.conn, known.family_id, tx.now),
        None => Ok(()),
    }
}
