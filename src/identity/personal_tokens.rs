//! Tokens for programs that act as a person, such as a nightly export.
//!
//! A token is a session of the API with a name, a last day and scopes: `read` alone, or `read` and `write`. It is shown once
//! and stored as a hash. It ends with every other session: with a new password, when the person is disabled, when an admin
//! signs the person out. A token never writes under `/me` and `/users` and approves nothing; whoever has it must not be able
//! to keep the account or to sign. Making one needs a sign-in within the last 15 minutes.

use chrono::{NaiveDate, TimeDelta};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::account_notices::{self, AccountNotice};
use super::actor::Actor;
use super::model::SessionKind;
use super::store::login_sessions::{self as sessions, NewSession};
use super::tokens;
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::db::dispatch::lock_row;
use crate::db::{SessionId, Tx};
use crate::error::{Code, Error, Faults, Result};
use crate::http::Input;

pub(super) use store::{find, of_person};

/// The beginning of every token, by which programs that look for secrets recognise it.
pub(super) const PREFIX: &str = "articula_";
/// The maximum number of days for which a token is valid.
const LONGEST: i64 = 366;
/// The maximum number of tokens of a person.
const MOST: usize = 20;
/// The time after a sign-in in which tokens are made.
const RECENT: TimeDelta = TimeDelta::minutes(15);

crate::text_enum! {
    /// The permission of a token.
    TokenScope {
        /// Reads what its owner may read.
        Read = "read",
        /// Writes what its owner may write, except the account, people and approvals.
        Write = "write",
    }
}

/// A new token.
#[derive(Debug, Clone, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct TokenInput {
    /// The purpose of the token.
    #[schema(examples("Exportación nocturna"), max_length = 100)]
    pub name: String,
    /// `read`, or `read` and `write`.
    #[schema(examples(json!(["read"])), min_items = 1)]
    pub scopes: Vec<TokenScope>,
    /// The last day on which it is valid (UTC), at most 366 days from today.
    #[schema(examples("2027-06-30"))]
    pub expires_on: NaiveDate,
}

impl Input for TokenInput {
    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 100);
        faults.distinct("/scopes", &self.scopes, 2);
        if !self.scopes.contains(&TokenScope::Read) {
            faults.add("/scopes", "needs_read");
        }
    }
}

/// A token of the caller. Its secret is not shown again.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonalToken {
    /// The token's id.
    pub id: SessionId,
    /// The purpose of the token.
    #[schema(examples("Exportación nocturna"))]
    pub name: String,
    /// The scopes.
    #[schema(examples(json!(["read"])))]
    pub scopes: Vec<TokenScope>,
    /// The last day on which it is valid (UTC).
    #[schema(examples("2027-06-30"))]
    pub expires_on: NaiveDate,
    /// The moment when it was made.
    pub created_at: Instant,
    /// The last use, accurate to about five minutes; null before the first.
    pub last_used_at: Option<Instant>,
}

crate::nothing_restricted!(PersonalToken);

impl PersonalToken {
    fn new(input: &TokenInput, id: SessionId, now: Instant) -> Self {
        Self {
            id,
            name: input.name.clone(),
            scopes: scopes(input.scopes.contains(&TokenScope::Write)),
            expires_on: input.expires_on,
            created_at: now,
            last_used_at: None,
        }
    }
}

fn scopes(may_write: bool) -> Vec<TokenScope> {
    if may_write { vec![TokenScope::Read, TokenScope::Write] } else { vec![TokenScope::Read] }
}

/// Makes a token of the person of a session. 403 `sign_in_again` when the session is older than 15 minutes.
pub(super) fn make(
    tx: &mut Tx<'_>,
    actor: &Actor,
    session: SessionId,
    input: &TokenInput,
) -> Result<(PersonalToken, String)> {
    let began = sessions::began_at(tx.conn, session)?.ok_or(Code::InvalidToken)?;
    if began.plus(RECENT) < tx.now {
        return Err(Code::SignInAgain.into());
    }
    lock_row(tx.conn, "users", actor.id)?;
    check(tx, actor, input)?;
    let (random, _) = tokens::random_token()?;
    let secret = format!("{PREFIX}{random}");
    let token = PersonalToken::new(input, new_id(tx.now), tx.now);
    let expires_at =
        input.expires_on.succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0)).map(|end| end.and_utc().into());
    let new = NewSession {
        id: token.id,
        user: actor.id,
        kind: SessionKind::Api,
        client: Some(token.name.clone()),
        created_at: tx.now,
        expires_at: expires_at.ok_or_else(|| Error::internal("the last day of the calendar"))?,
        cookie_hash: None,
    };
    sessions::insert(tx.conn, &new)?;
    store::insert(tx.conn, &token, &tokens::hash_of(&secret))?;
    record(tx, "created", &token)?;
    account_notices::send(tx, actor.id, &AccountNotice::TokenMade(token.name.clone()))?;
    Ok((token, secret))
}

fn check(tx: &mut Tx<'_>, actor: &Actor, input: &TokenInput) -> Result<()> {
    let (today, mut faults) = (tx.now.utc().date_naive(), tx.faults());
    let latest = today.checked_add_signed(TimeDelta::days(LONGEST)).unwrap_or(today);
    if !(today..=latest).contains(&input.expires_on) {
        faults.add("/expires_on", "out_of_range");
    }
    faults.into_result()?;
    if store::of_person(tx.conn, actor.id, tx.now)?.len() >= MOST {
        return Err(Code::TooManyTokens.into());
    }
    Ok(())
}

/// Ends one of the person's own tokens; 404 for any other.
pub(super) fn end(tx: &mut Tx<'_>, actor: &Actor, id: SessionId) -> Result<()> {
    let own = store::of_person(tx.conn, actor.id, tx.now)?;
    let token = own.into_iter().find(|token| token.id == id).ok_or(Code::NotFound)?;
    sessions::end(tx.conn, actor.id, id, tx.now)?;
    record(tx, "deleted", &token)
}

fn record(tx: &mut Tx<'_>, action: &'static str, token: &PersonalToken) -> Result<()> {
    let change = Change { action, kind: "personal_token", id: &token.id.to_string(), country: None };
    audit::record(tx, change, None::<&()>, Some(token))
}

/// The first parts of routes to which no token writes: accounts, and imports of whole datasets, which may hold approvals.
const NEVER_WRITTEN: [&str; 4] = ["auth", "imports", "me", "users"];
/// The parts of routes at which a person approves, reviews or decides.
const OF_A_PERSON: [&str; 5] = ["approval", "decision", "rectifications", "review", "validation"];

/// Returns true if a token may send such a request. The route is that of the API: `/api/v1/meetings/{id}`.
pub(super) fn is_in_scope(may_write: bool, is_read: bool, route: &str) -> bool {
    let own = route.strip_prefix("/api/v1").unwrap_or(route);
    let mut parts = own.split('/').filter(|part| !part.is_empty());
    let is_kept = parts.clone().next().is_some_and(|first| NEVER_WRITTEN.contains(&first));
    is_read || may_write && !is_kept && !parts.any(|part| OF_A_PERSON.contains(&part))
}

mod store {
    use diesel::prelude::*;

    use super::{PersonalToken, TokenScope, scopes};
    use crate::clock::Instant;
    use crate::db::schema::{personal_tokens, sessions};
    use crate::db::{Db, SessionId, UserId};
    use crate::error::Result;

    pub(super) fn insert(conn: &mut Db, token: &PersonalToken, hash: &str) -> Result<()> {
        diesel::insert_into(personal_tokens::table)
            .values((
                personal_tokens::session_id.eq(token.id),
                personal_tokens::name.eq(&token.name),
                personal_tokens::token_hash.eq(hash),
                personal_tokens::may_write.eq(token.scopes.contains(&TokenScope::Write)),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Returns the tokens of a person that have not ended, the newest first.
    pub(in crate::identity) fn of_person(conn: &mut Db, user: UserId, now: Instant) -> Result<Vec<PersonalToken>> {
        type Row = (SessionId, String, bool, Instant, Instant, Instant);
        let rows: Vec<Row> = personal_tokens::table
            .inner_join(sessions::table)
            .filter(sessions::user_id.eq(user))
            .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
            .order(sessions::id.desc())
            .select((
                personal_tokens::session_id,
                personal_tokens::name,
                personal_tokens::may_write,
                sessions::created_at,
                sessions::last_seen_at,
                sessions::expires_at,
            ))
            .load(conn)?;
        let token = |(id, name, may_write, created_at, last_seen_at, expires_at): Row| PersonalToken {
            id,
            name,
            scopes: scopes(may_write),
            expires_on: expires_at.plus(-chrono::TimeDelta::seconds(1)).utc().date_naive(),
            created_at,
            last_used_at: (last_seen_at > created_at).then_some(last_seen_at),
        };
        Ok(rows.into_iter().map(token).collect())
    }

    /// Returns the person and the session of a token, and whether it may write; None for one that has ended.
    pub(in crate::identity) fn find(
        conn: &mut Db,
        hash: &str,
        now: Instant,
    ) -> Result<Option<(UserId, SessionId, bool)>> {
        Ok(personal_tokens::table
            .inner_join(sessions::table)
            .filter(personal_tokens::token_hash.eq(hash))
            .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
            .select((sessions::user_id, sessions::id, personal_tokens::may_write))
            .first(conn)
            .optional()?)
    }
}

pub(super) mod api {
    //! `/me/tokens`.

    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, post};
    use serde::Serialize;
    use utoipa::ToSchema;

    use super::{PersonalToken, TokenInput};
    use crate::db::{SessionId, Tx};
    use crate::error::Result;
    use crate::http::{Body, Page};
    use crate::identity::Caller;
    use crate::identity::actor::Actor;

    /// A token with its secret, which is shown once.
    #[derive(Debug, Serialize, ToSchema)]
    pub(crate) struct MadeToken {
        #[serde(flatten)]
        made: PersonalToken,
        /// Send it as `Authorization: Bearer …`.
        #[schema(examples("articula_3q2-7w8JrD0V1kZb4nYxHc5mLs9tQeUfAoGiPjRvWzE"))]
        token: String,
    }

    /// List one's own tokens
    ///
    /// The tokens for programs that have not ended, the newest first; at most 20, on one page.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "auth", responses((status = 200, description = "All tokens", body = Page<PersonalToken>)))]
    #[get("/api/v1/me/tokens")]
    pub(crate) async fn list(caller: Caller) -> Result<HttpResponse> {
        let now = caller.state.now();
        caller.list(move |conn, actor| Ok(Page::whole(super::of_person(conn, actor.id, now)?))).await
    }

    /// Make a token for a program
    ///
    /// The token acts as its owner within its scopes, until the end of its last day (UTC). It never writes under `/me`,
    /// `/users` and `/imports`, and approves, reviews and decides nothing: 403 `token_scope`. 403 `sign_in_again` when the last sign-in was more than 15 minutes ago, 409
    /// `too_many_tokens` for a person with 20 tokens.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "auth", request_body = TokenInput, responses((status = 201, description = "Made; shown only once", body = MadeToken)))]
    #[post("/api/v1/me/tokens")]
    pub(crate) async fn make(caller: Caller, body: Body<TokenInput>) -> Result<HttpResponse> {
        let (input, session) = (body.input(), caller.session());
        let make = move |tx: &mut Tx<'_>, actor: &Actor| super::make(tx, actor, session, &input);
        let (made, token) = caller.write(make).await?;
        Ok(HttpResponse::Created().json(MadeToken { made, token }))
    }

    /// End one of one's own tokens
    ///
    /// It stops working at once.
    ///
    /// Permissions: anyone signed in, for their own tokens; any other is a 404.
    #[utoipa::path(tag = "auth", responses((status = 204, description = "Ended")))]
    #[delete("/api/v1/me/tokens/{id}")]
    pub(crate) async fn end(caller: Caller, id: Path<SessionId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.write(move |tx: &mut Tx<'_>, actor: &Actor| super::end(tx, actor, id)).await?;
        Ok(HttpResponse::NoContent().finish())
    }
}

#[cfg(test)]
mod tests {
    use super::is_in_scope;

    #[test]
    fn a_token_keeps_off_accounts_people_and_approvals() {
        let writes = |route: &str| is_in_scope(true, false, route);
        assert!(writes("/api/v1/commitments") && writes("/api/v1/commitments/{id}/assignments/{aid}/updates"));
        let kept = [
            "/api/v1/me",
            "/api/v1/me/tokens",
            "/api/v1/users/{id}",
            "/api/v1/imports",
            "/api/v1/meetings/{id}/minutes/approval",
            "/api/v1/meetings/{id}/minutes/rectifications",
            "/api/v1/updates/{id}/review",
            "/api/v1/extensions/{id}/decision",
            "/api/v1/activities/validation",
        ];
        for route in kept {
            assert!(!writes(route), "{route}");
            assert!(is_in_scope(false, true, route), "{route} may be read");
        }
        assert!(!is_in_scope(false, false, "/api/v1/commitments"));
        assert!(writes("/api/v1/meetings/{id}"), "an id that begins like `me` is no account");
    }
}
