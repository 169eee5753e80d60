//! Login sessions and their refresh tokens; the person behind an access token.

use diesel::prelude::*;

use super::{GrantRow, UserRow, collect_users, with_seats};
use crate::clock::Instant;
use crate::db::schema::{grants, personal_tokens, refresh_tokens, second_factors, sessions, users};
use crate::db::{Db, RawId, SessionId, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::identity::actor::Actor;
use crate::identity::model::{LoginSession, SessionKind};

/// Selects the sessions that have not ended at a moment.
macro_rules! alive {
    ($now:expr) => {
        sessions::ended_at.is_null().and(sessions::expires_at.gt($now))
    };
}

/// A person who uses a session.
pub(crate) struct SignedIn {
    pub actor: Actor,
    /// The moment when the last use of the session was written.
    pub last_seen_at: Instant,
    pub has_second_factor: bool,
}

/// Loads the person who uses a session, with grants and seats. 401 when the session has ended or belongs to another person,
/// and when the person is disabled.
pub(crate) fn load_signed_in(conn: &mut Db, user: UserId, session: SessionId, now: Instant) -> Result<SignedIn> {
    let query = users::table
        .inner_join(sessions::table)
        .left_join(grants::table)
        .left_join(second_factors::table)
        .filter(users::id.eq(user))
        .filter(users::disabled.eq(false))
        .filter(alive!(now))
        .order(grants::id)
        .select((user_columns!(), grant_columns!(), (sessions::last_seen_at, second_factors::confirmed_at.nullable())));
    type Row = (UserRow, Option<GrantRow>, (Instant, Option<Instant>));
    let rows: Vec<Row> = crate::load_among!(conn, query, sessions::id, &[session])?;
    let (last_seen_at, confirmed_at) = rows.first().map(|row| row.2).ok_or(Code::InvalidToken)?;
    let user = collect_users(rows.into_iter().map(|(user, grant, _)| (user, grant))).pop().ok_or(Code::InvalidToken)?;
    Ok(SignedIn { actor: with_seats(conn, user, now)?, last_seen_at, has_second_factor: confirmed_at.is_some() })
}

/// A new session.
pub(crate) struct NewSession {
    pub id: SessionId,
    pub user: UserId,
    pub kind: SessionKind,
    pub client: Option<String>,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// The hash of the token in the cookie of a browser.
    pub cookie_hash: Option<String>,
}

pub(crate) fn insert(conn: &mut Db, new: &NewSession) -> Result<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(new.id),
            sessions::user_id.eq(new.user),
            sessions::kind.eq(new.kind),
            sessions::client.eq(&new.client),
            sessions::created_at.eq(new.created_at),
            sessions::last_seen_at.eq(new.created_at),
            sessions::expires_at.eq(new.expires_at),
            sessions::cookie_hash.eq(&new.cookie_hash),
        ))
        .execute(conn)?;
    Ok(())
}

/// Returns the moment of the sign-in of a session.
pub(crate) fn began_at(conn: &mut Db, id: SessionId) -> Result<Option<Instant>> {
    Ok(sessions::table.find(id).select(sessions::created_at).first(conn).optional()?)
}

/// Ends all sessions of a person except one.
pub(crate) fn end_others(conn: &mut Db, user: UserId, kept: SessionId, now: Instant) -> Result<()> {
    let others = sessions::table.filter(sessions::user_id.eq(user).and(sessions::id.ne(kept)));
    diesel::update(others.filter(sessions::ended_at.is_null())).set(sessions::ended_at.eq(now)).execute(conn)?;
    Ok(())
}

/// The session of a browser, also when it has ended.
#[derive(Debug, Clone)]
pub(crate) struct BrowserSession {
    pub user: UserId,
    pub session: SessionId,
    pub name: String,
    pub language: Lang,
    pub disabled: bool,
    pub last_seen_at: Instant,
    pub expires_at: Instant,
    pub ended_at: Option<Instant>,
}

/// Returns the session of a browser by the hash of the token in its cookie.
pub(crate) fn browser_session(conn: &mut Db, hash: &str) -> Result<Option<BrowserSession>> {
    type Row = (UserId, SessionId, (String, Lang), bool, Instant, Instant, Option<Instant>);
    let row: Option<Row> = sessions::table
        .inner_join(users::table)
        .filter(sessions::cookie_hash.eq(hash))
        .select((
            users::id,
            sessions::id,
            (users::name, users::language),
            users::disabled,
            sessions::last_seen_at,
            sessions::expires_at,
            sessions::ended_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(user, session, (name, language), disabled, last_seen_at, expires_at, ended_at)| BrowserSession {
        user,
        session,
        name,
        language,
        disabled,
        last_seen_at,
        expires_at,
        ended_at,
    }))
}

/// A refresh token with its session.
pub(crate) struct RefreshToken {
    pub id: RawId,
    pub used_at: Option<Instant>,
    pub session: SessionId,
    pub user: UserId,
    pub created_at: Instant,
}

/// Returns the refresh token with this hash. Returns None when it has expired, when its session has ended, and when its
/// owner is disabled.
pub(crate) fn refresh_token(conn: &mut Db, hash: &str, now: Instant) -> Result<Option<RefreshToken>> {
    let row = refresh_tokens::table
        .inner_join(sessions::table.inner_join(users::table))
        .filter(refresh_tokens::token_hash.eq(hash))
        .filter(refresh_tokens::expires_at.gt(now))
        .filter(alive!(now))
        .filter(users::disabled.eq(false))
        .select((refresh_tokens::id, refresh_tokens::used_at, sessions::id, users::id, sessions::created_at))
        .first::<(RawId, Option<Instant>, SessionId, UserId, Instant)>(conn)
        .optional()?;
    Ok(row.map(|(id, used_at, session, user, created_at)| RefreshToken { id, used_at, session, user, created_at }))
}

pub(crate) fn insert_refresh_token(
    conn: &mut Db,
    (id, session): (RawId, SessionId),
    hash: &str,
    (issued, expires): (Instant, Instant),
) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::id.eq(id),
            refresh_tokens::family_id.eq(session),
            refresh_tokens::token_hash.eq(hash),
            refresh_tokens::issued_at.eq(issued),
            refresh_tokens::expires_at.eq(expires),
        ))
        .execute(conn)?;
    Ok(())
}

/// Marks a token as used; returns false when another request was faster.
pub(crate) fn use_refresh_token(conn: &mut Db, id: RawId, now: Instant) -> Result<bool> {
    let unused = refresh_tokens::table.filter(refresh_tokens::id.eq(id)).filter(refresh_tokens::used_at.is_null());
    Ok(diesel::update(unused).set(refresh_tokens::used_at.eq(now)).execute(conn)? == 1)
}

/// Postpones the end of a session that was refreshed.
pub(crate) fn prolong(conn: &mut Db, id: SessionId, now: Instant, expires_at: Instant) -> Result<()> {
    diesel::update(sessions::table.find(id))
        .set((sessions::last_seen_at.eq(now), sessions::expires_at.eq(expires_at)))
        .execute(conn)?;
    Ok(())
}

/// Ends a session of a person; returns false when it has already ended or belongs to another person.
pub(crate) fn end(conn: &mut Db, user: UserId, id: SessionId, now: Instant) -> Result<bool> {
    let own = sessions::table.filter(sessions::id.eq(id)).filter(sessions::user_id.eq(user)).filter(alive!(now));
    Ok(diesel::update(own).set(sessions::ended_at.eq(now)).execute(conn)? == 1)
}

/// Ends every session of a person.
pub(crate) fn end_all(conn: &mut Db, user: UserId, now: Instant) -> Result<()> {
    let open = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::ended_at.is_null());
    diesel::update(open).set(sessions::ended_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Writes the last use of some sessions.
pub(crate) fn set_last_seen(conn: &mut Db, seen: &[(SessionId, Instant)]) -> Result<()> {
    for (id, at) in seen {
        diesel::update(sessions::table.find(*id)).set(sessions::last_seen_at.eq(*at)).execute(conn)?;
    }
    Ok(())
}

/// Returns one page of a person's sessions that have not ended, without the tokens for programs, the newest first.
pub(crate) fn list(
    conn: &mut Db,
    (user, current): (UserId, SessionId),
    now: Instant,
    paging: &Paging<SessionId>,
) -> Result<Page<LoginSession>> {
    type Row = (SessionId, SessionKind, Instant, Instant, Option<String>);
    let mut query = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(alive!(now))
        .filter(sessions::id.ne_all(personal_tokens::table.select(personal_tokens::session_id)))
        .order(sessions::id.desc())
        .select((sessions::id, sessions::kind, sessions::created_at, sessions::last_seen_at, sessions::client))
        .into_boxed();
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(sessions::id.lt(after));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let shown = |(id, kind, created_at, last_seen_at, client): Row| LoginSession {
        id,
        kind,
        created_at,
        last_seen_at,
        client,
        current: id == current,
    };
    Ok(Page::cut(rows, paging, |row| row.0).counted(total).map(shown))
}

/// Deletes up to `limit` sessions that ended before a moment, with their refresh tokens; returns how many.
pub(crate) fn purge(conn: &mut Db, before: Instant, limit: i64) -> Result<usize> {
    let over = sessions::expires_at.lt(before).or(sessions::ended_at.lt(before).assume_not_null());
    let ids: Vec<SessionId> = sessions::table.filter(over).select(sessions::id).limit(limit).load(conn)?;
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq_any(ids))).execute(conn)?)
}

/// Deletes up to `limit` refresh tokens that expired before a moment; returns how many.
pub(crate) fn purge_refresh_tokens(conn: &mut Db, before: Instant, limit: i64) -> Result<usize> {
    let ids: Vec<RawId> = refresh_tokens::table
        .filter(refresh_tokens::expires_at.lt(before))
        .select(refresh_tokens::id)
        .limit(limit)
        .load(conn)?;
    Ok(diesel::delete(refresh_tokens::table.filter(refresh_tokens::id.eq_any(ids))).execute(conn)?)
}
