//! Login sessions: started by a sign-in, continued by refresh tokens that work once, and always ended as a whole. The
//! sessions of commissions are meetings.

use chrono::TimeDelta;
use serde_json::json;

use super::actor::{Actor, require};
use super::model::{SessionKind, session_end};
use super::store::login_sessions as store;
use super::{calendar_token, tokens};
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::db::dispatch::lock_row;
use crate::db::{RawId, SessionId, Tx, UserId};
use crate::error::{Code, Permitted, Result};

/// A session and the token to continue it.
pub(super) struct SignedIn {
    pub user: UserId,
    pub session: SessionId,
    /// The moment when the session ends unless it is refreshed before (never later than 90 days after the sign-in).
    pub ends_at: Instant,
    pub refresh_token: String,
}

/// Starts a session of a person who has proven their identity with a `password` or a `link` (`proof`).
pub(super) fn sign_in(tx: &mut Tx<'_>, user: UserId, client: Option<String>, proof: &str) -> Result<SignedIn> {
    let (session, ends_at) = start_session(tx, user, client)?;
    record(tx, user, "signed_in", session, Some(proof))?;
    issue_refresh_token(tx, user, session, ends_at)
}

/// Writes a new session of a person; returns its id and its end.
pub fn start_session(tx: &mut Tx<'_>, user: UserId, client: Option<String>) -> Result<(SessionId, Instant)> {
    let expires_at = session_end(tx.now, tx.now);
    let new = store::NewSession {
        id: new_id(tx.now),
        user,
        kind: SessionKind::Api,
        client,
        created_at: tx.now,
        expires_at,
        cookie_hash: None,
    };
    store::insert(tx.conn, &new)?;
    Ok((new.id, expires_at))
}

/// Starts a session of a browser; returns the token for its cookie. For tests.
pub fn start_browser_session(tx: &mut Tx<'_>, user: UserId, longest: TimeDelta) -> Result<String> {
    sign_in_browser(tx, user, None, longest, "password")
}

/// Starts a session of a browser for a person who has proven their identity; returns the token for its cookie. The
/// session ends after `longest`, and earlier when it is not used.
pub(super) fn sign_in_browser(
    tx: &mut Tx<'_>,
    user: UserId,
    client: Option<String>,
    longest: TimeDelta,
    proof: &str,
) -> Result<String> {
    let began = tx.now;
    open_browser_session(tx, (user, began), client, longest, proof)
}

/// Replaces the session of a browser after a new password. The new one counts as old as the earlier one: the person has
/// not signed in again.
pub(super) fn replace_in_browser(
    tx: &mut Tx<'_>,
    (user, began): (UserId, Instant),
    client: Option<String>,
    longest: TimeDelta,
) -> Result<String> {
    open_browser_session(tx, (user, began), client, longest, "password")
}

fn open_browser_session(
    tx: &mut Tx<'_>,
    (user, began): (UserId, Instant),
    client: Option<String>,
    longest: TimeDelta,
    proof: &str,
) -> Result<String> {
    let (token, hash) = tokens::random_token()?;
    let new = store::NewSession {
        id: new_id(tx.now),
        user,
        kind: SessionKind::Web,
        client,
        created_at: began,
        expires_at: tx.now.plus(longest),
        cookie_hash: Some(hash),
    };
    store::insert(tx.conn, &new)?;
    record(tx, user, "signed_in", new.id, Some(proof))?;
    Ok(token)
}

/// Issues the next refresh token of a session.
fn issue_refresh_token(tx: &mut Tx<'_>, user: UserId, session: SessionId, ends_at: Instant) -> Result<SignedIn> {
    let (refresh_token, hash) = tokens::random_token()?;
    store::insert_refresh_token(tx.conn, (RawId(new_id(tx.now)), session), &hash, (tx.now, ends_at))?;
    Ok(SignedIn { user, session, ends_at, refresh_token })
}

/// Exchanges a refresh token for a new one. A token that was used before ends its session: two parties have it, and one
/// of them may have stolen it. For such a token, and for an unknown one, the result is None and not an error, so that
/// the end of the session is saved.
pub(super) fn refresh(tx: &mut Tx<'_>, token: &str) -> Result<Option<SignedIn>> {
    let hash = tokens::hash_of(token);
    let Some(owner) = store::refresh_token(tx.conn, &hash, tx.now)?.map(|known| known.user) else { return Ok(None) };
    lock_row(tx.conn, "users", owner)?;
    let Some(known) = store::refresh_token(tx.conn, &hash, tx.now)? else { return Ok(None) };
    if known.used_at.is_some() || !store::use_refresh_token(tx.conn, known.id, tx.now)? {
        store::end(tx.conn, owner, known.session, tx.now)?;
        record(tx, owner, "token_reused", known.session, None)?;
        return Ok(None);
    }
    let ends_at = session_end(known.created_at, tx.now);
    store::prolong(tx.conn, known.session, tx.now, ends_at)?;
    issue_refresh_token(tx, owner, known.session, ends_at).map(Some)
}

/// Ends the session of a refresh token. An unknown token is already signed out.
pub(super) fn sign_out(tx: &mut Tx<'_>, token: &str) -> Result<()> {
    match store::refresh_token(tx.conn, &tokens::hash_of(token), tx.now)? {
        Some(known) => end(tx, known.user, known.session).map(|_| ()),
        None => Ok(()),
    }
}

/// Ends one of the actor's own sessions; 404 for any other.
pub(super) fn end_own_session(tx: &mut Tx<'_>, actor: &Actor, session: SessionId) -> Result<()> {
    if end(tx, actor.id, session)? { Ok(()) } else { Err(Code::NotFound.into()) }
}

/// Ends the session of a browser that signs out. One that has ended is already signed out.
pub(super) fn end_browser(tx: &mut Tx<'_>, user: UserId, session: SessionId) -> Result<()> {
    end(tx, user, session).map(|_| ())
}

fn end(tx: &mut Tx<'_>, user: UserId, session: SessionId) -> Result<bool> {
    let ended = store::end(tx.conn, user, session, tx.now)?;
    if ended {
        record(tx, user, "signed_out", session, None)?;
    }
    Ok(ended)
}

/// Ends every session of a person and the secret address of the calendar. They cannot be restored.
pub(super) fn end_everything(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    store::end_all(tx.conn, user, tx.now)?;
    calendar_token::end(tx.conn, user).map(|_| ())
}

/// Ends every session of a person, for an admin: at once, in browsers and in programs.
pub(super) fn end_sessions_of(tx: &mut Tx<'_>, actor: &Actor, user: UserId) -> Result<()> {
    require(actor.is_admin(), Permitted::Admins)?;
    lock_row(tx.conn, "users", user)?;
    end_everything(tx, user)?;
    let change = Change { action: "signed_out", kind: "user", id: &user.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)
}

/// Writes an event of a session into the audit log, as done by its owner.
fn record(tx: &mut Tx<'_>, user: UserId, action: &'static str, session: SessionId, proof: Option<&str>) -> Result<()> {
    let change = Change { action, kind: "session", id: &session.to_string(), country: None };
    let after = proof.map(|proof| json!({ "by": proof }));
    let who = tx.who.replace(user);
    let written = audit::record(tx, change, None::<&()>, after.as_ref());
    tx.who = who;
    written
}

/// Writes the last use of some sessions.
pub(crate) fn set_last_seen(tx: &mut Tx<'_>, seen: &[(SessionId, Instant)]) -> Result<()> {
    store::set_last_seen(tx.conn, seen)
}

pub(super) mod api {
    //! `/me/sessions`: the caller's own sessions.

    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get};

    use super::{end_own_session, store};
    use crate::db::SessionId;
    use crate::error::Result;
    use crate::http::{Page, PageQuery, Query};
    use crate::identity::Caller;
    use crate::identity::model::LoginSession;

    /// List one's own sessions
    ///
    /// Every sign-in is a session. The list shows those that have not ended, the newest first.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "auth", params(PageQuery), responses((status = 200, description = "One page", body = Page<LoginSession>)))]
    #[get("/api/v1/me/sessions")]
    pub(crate) async fn list(caller: Caller, query: Query<PageQuery>) -> Result<HttpResponse> {
        let (paging, current, now) = (query.0.paging()?, caller.session(), caller.state.now());
        caller.list(move |conn, actor| store::list(conn, (actor.id, current), now, &paging)).await
    }

    /// End one of one's own sessions
    ///
    /// Its access and refresh tokens stop working at once. Ending the session of the request itself signs out.
    ///
    /// Permissions: anyone signed in, for their own sessions; any other is a 404.
    #[utoipa::path(tag = "auth", responses((status = 204, description = "Ended")))]
    #[delete("/api/v1/me/sessions/{id}")]
    pub(crate) async fn end(caller: Caller, id: Path<SessionId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.write(move |tx, actor| end_own_session(tx, actor, id)).await?;
        Ok(HttpResponse::NoContent().finish())
    }
}
