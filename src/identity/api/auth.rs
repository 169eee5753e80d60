//! `/auth`: sign-in, refresh, sign-out, forgotten passwords and invitations.

use std::time::Duration;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::users::hash_password;
use crate::clock::stopwatch;
use crate::db::{Tx, UserId};
use crate::error::{Code, Faults, Result};
use crate::http::{Body, ClientAddress, Input, State, note_sender};
use crate::identity::login_sessions::{self, SignedIn};
use crate::identity::one_time_tokens::{self, TokenPurpose};
use crate::identity::passwords::check_password;
use crate::identity::second_factor::Sealer;
use crate::identity::sign_in::{self, Client, CodeGuess, Proof, SignInRequest, client_name};
use crate::identity::{store, tokens};
use crate::text::normalize_email;

/// The minimum time of an answer that may have caused a mail. It is the same for every caller, so that the time does
/// not show who has an account.
pub(in crate::identity) const MIN_TIME: Duration = Duration::from_millis(250);

/// An address and a password.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct SignIn {
    /// The address that the person signs in with.
    #[schema(examples("ana.rojas@example.org"), max_length = 254)]
    email: String,
    /// The password.
    #[schema(examples("una frase larga y propia"), max_length = 1000)]
    password: String,
    /// The code of the app, or a recovery code, of a person with a second factor.
    #[deserr(default)]
    #[schema(examples("492039"), max_length = 40)]
    code: Option<String>,
}

impl Input for SignIn {
    fn check(&self, faults: &mut Faults) {
        faults.text("/email", &self.email, 254);
        faults.secret("/password", &self.password, 1000);
        check_code(self.code.as_ref(), faults);
    }
}

fn check_code(code: Option<&String>, faults: &mut Faults) {
    if let Some(code) = code {
        faults.secret("/code", code, 40);
    }
}

/// A refresh token, which works once.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct RefreshBody {
    /// The token that the last sign-in or refresh gave.
    #[schema(examples("q3Zr0o8m0yQ0WmR3u2mM3pX9d6f1t5l7k2s8c4v6b1A"), max_length = 200)]
    refresh_token: String,
}

impl Input for RefreshBody {
    fn check(&self, faults: &mut Faults) {
        faults.secret("/refresh_token", &self.refresh_token, 200);
    }
}

/// A pair of tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Tokens {
    /// Send it as `Authorization: Bearer …`; a JWT.
    #[schema(examples("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln"))]
    access_token: String,
    /// Trades once for a new pair.
    #[schema(examples("q3Zr0o8m0yQ0WmR3u2mM3pX9d6f1t5l7k2s8c4v6b1A"))]
    refresh_token: String,
    /// Always `Bearer`.
    #[schema(examples("Bearer"))]
    token_type: &'static str,
    /// Seconds until the access token expires.
    #[schema(examples(900))]
    expires_in: i64,
}

/// Reads the client of a request.
pub(in crate::identity) fn client_of(request: &HttpRequest) -> Client {
    let address = ClientAddress::of(request);
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Client { address: address.0, is_proxy: address.is_proxy(request), name: client_name(agent) }
}

fn answer(state: &State, session: SignedIn) -> Result<HttpResponse> {
    let ids = (session.user, session.session);
    let (access_token, expires_in) = tokens::access_token(&state.config.jwt_secret, ids, state.now(), session.ends_at)?;
    let refresh_token = session.refresh_token;
    Ok(HttpResponse::Ok().json(Tokens { access_token, refresh_token, token_type: "Bearer", expires_in }))
}

/// Sign in
///
/// An unknown address and a wrong password get the same answer in the same time. Only failures are throttled, by
/// account and by client address (429 with `Retry-After`, at most an hour). The owner of a throttled account gets a
/// sign-in link by mail, at most one an hour. A person with a second factor sends its `code` too: 401
/// `second_factor_required` without it, 401 `second_factor_invalid` for a wrong one, which counts as a failure.
///
/// Permissions: anyone.
#[utoipa::path(tag = "auth", security(()), request_body = SignIn, responses((status = 200, description = "Signed in", body = Tokens)))]
#[post("/api/v1/auth/login")]
pub(crate) async fn login(request: HttpRequest, state: Data<State>, body: Body<SignIn>) -> Result<HttpResponse> {
    let (started, client) = (stopwatch(), client_of(&request));
    let SignIn { email, password, code } = body.input();
    let sent = SignInRequest { email, proof: Proof::Password(password), code };
    let open = |tx: &mut Tx<'_>, user, client| login_sessions::sign_in(tx, user, client, "password");
    let session = state.call(move |state| sign_in::sign_in(state, &client, &sent, open)).await;
    if session.as_ref().is_err_and(|error| error.code == Code::TooManyAttempts) {
        tokio::time::sleep(MIN_TIME.saturating_sub(started.elapsed())).await;
    }
    let session = session?;
    note_sender(&request, session.user);
    answer(&state, session)
}

/// The token of a sign-in link.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct SignInLink {
    /// The token of the mail; works once, for 10 minutes.
    #[schema(examples("q3Zr0o8m0yQ0WmR3u2mM3pX9d6f1t5l7k2s8c4v6b1A"), max_length = 200)]
    token: String,
    /// The code of the app, or a recovery code, of a person with a second factor.
    #[deserr(default)]
    #[schema(examples("492039"), max_length = 40)]
    code: Option<String>,
}

impl Input for SignInLink {
    fn check(&self, faults: &mut Faults) {
        faults.secret("/token", &self.token, 200);
        check_code(self.code.as_ref(), faults);
    }
}

/// Sign in with the link of a mail
///
/// The owner of an account that is throttled gets such a link by mail. It works once, for 10 minutes, and ends the
/// throttling. 401 for a token that was used or has expired. A person with a second factor sends its `code` too; the link
/// stays unused until then.
///
/// Permissions: anyone with the token.
#[utoipa::path(tag = "auth", security(()), request_body = SignInLink, responses((status = 200, description = "Signed in", body = Tokens)))]
#[post("/api/v1/auth/sign-in-link")]
pub(crate) async fn sign_in_by_link(
    request: HttpRequest,
    state: Data<State>,
    body: Body<SignInLink>,
) -> Result<HttpResponse> {
    let (client, SignInLink { token, code }) = (client_of(&request), body.input());
    let open = |tx: &mut Tx<'_>, user, client| login_sessions::sign_in(tx, user, client, "link");
    let session = state.call(move |state| by_link(state, client, (&token, code.as_deref()), open));
    let session = session.await?;
    note_sender(&request, session.user);
    answer(&state, session)
}

/// Signs in the owner of a link; wrong codes are counted.
pub(in crate::identity) fn by_link<S>(
    state: &State,
    client: Client,
    (token, code): (&str, Option<&str>),
    open: impl Fn(&mut Tx<'_>, UserId, Option<String>) -> Result<S>,
) -> Result<S> {
    let owner = token_owner(state, token, &[TokenPurpose::SignInLink])?;
    let sealer = Sealer::of(state)?;
    let guess = CodeGuess::begin(state, owner, client.address)?;
    let done = state.db.write(Some(owner), state.now(), |tx| {
        tx.client = Some(client.address);
        sign_in::sign_in_by_link(tx, (token, code), (&sealer, client.name.clone()), &open)
    });
    guess.end(state, done)
}

/// Trade a refresh token for a new pair
///
/// A refresh token works once; a second use is a 401 and ends the session. A session lasts at most 90 days from its
/// sign-in, and at most 30 days without a refresh.
///
/// Permissions: anyone with the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshBody, responses((status = 200, description = "A new pair", body = Tokens)))]
#[post("/api/v1/auth/refresh")]
pub(crate) async fn refresh(request: HttpRequest, state: Data<State>, body: Body<RefreshBody>) -> Result<HttpResponse> {
    let (token, client) = (body.input().refresh_token, ClientAddress::of(&request).0);
    let session = state.call(move |state| {
        if !is_known(state, &token)? {
            return Ok(None);
        }
        state.db.write(None, state.now(), |tx| {
            tx.client = Some(client);
            login_sessions::refresh(tx, &token)
        })
    });
    let session = session.await?.ok_or(Code::InvalidToken)?;
    note_sender(&request, session.user);
    answer(&state, session)
}

/// Sign out
///
/// Ends the session: its access and refresh tokens stop working at once. An unknown token is already signed out.
///
/// Permissions: anyone with the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshBody, responses((status = 204, description = "Signed out")))]
#[post("/api/v1/auth/logout")]
pub(crate) async fn logout(request: HttpRequest, state: Data<State>, body: Body<RefreshBody>) -> Result<HttpResponse> {
    let (token, client) = (body.input().refresh_token, ClientAddress::of(&request).0);
    let ended = state.call(move |state| {
        if !is_known(state, &token)? {
            return Ok(());
        }
        state.db.write(None, state.now(), |tx| {
            tx.client = Some(client);
            login_sessions::sign_out(tx, &token)
        })
    });
    ended.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Returns true if a refresh token belongs to a session, without waiting for the only writer of the database.
fn is_known(state: &State, token: &str) -> Result<bool> {
    let (hash, now) = (tokens::hash_of(token), state.now());
    Ok(state.db.read(|conn| store::login_sessions::refresh_token(conn, &hash, now))?.is_some())
}

/// Returns the owner of a one-time token, without waiting for the only writer of the database; 401 for an unknown token.
pub(in crate::identity) fn token_owner(state: &State, token: &str, purposes: &[TokenPurpose]) -> Result<UserId> {
    let (hash, now) = (tokens::hash_of(token), state.now());
    let owner = state.db.read(|conn| one_time_tokens::store::owner(conn, &hash, purposes, now))?;
    owner.ok_or_else(|| Code::InvalidToken.into())
}

/// A request for a link to choose a new password.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct ResetRequest {
    /// The address that the person signs in with.
    #[schema(examples("ana.rojas@example.org"), max_length = 254)]
    email: String,
}

impl Input for ResetRequest {
    fn check(&self, faults: &mut Faults) {
        faults.text("/email", &self.email, 254);
    }
}

/// A link's token and the password that it allows to choose.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct ResetConfirmation {
    /// The token of the mail; works once.
    #[schema(examples("q3Zr0o8m0yQ0WmR3u2mM3pX9d6f1t5l7k2s8c4v6b1A"), max_length = 200)]
    token: String,
    /// The new password, 12 to 128 characters.
    #[schema(examples("una frase larga y propia"), min_length = 12, max_length = 128)]
    password: String,
}

impl Input for ResetConfirmation {
    fn check(&self, faults: &mut Faults) {
        faults.secret("/token", &self.token, 200);
        check_password(faults, "/password", &self.password);
    }
}

/// Ask for a link to choose a new password
///
/// The answer is always the same, in content and in time, for addresses with and without an account. The link lasts an
/// hour. An account gets at most three such mails within an hour, and a client address that asks too often gets none.
///
/// Permissions: anyone.
#[utoipa::path(tag = "auth", security(()), request_body = ResetRequest, responses((status = 202, description = "A mail goes out when somebody has the address")))]
#[post("/api/v1/auth/password-reset")]
pub(crate) async fn request_reset(
    request: HttpRequest,
    state: Data<State>,
    body: Body<ResetRequest>,
) -> Result<HttpResponse> {
    let (started, client, email) = (stopwatch(), client_of(&request), body.input().email);
    let done = state.call(move |state| send_reset(state, &client, &email)).await;
    tokio::time::sleep(MIN_TIME.saturating_sub(started.elapsed())).await;
    done.map(|()| HttpResponse::Accepted().finish())
}

/// Queues a reset mail. Only a request for an existing account writes to the database; nothing is kept of the others.
pub(in crate::identity) fn send_reset(state: &State, client: &Client, email: &str) -> Result<()> {
    let (email, now) = (normalize_email(email), state.now());
    if !sign_in::count_reset_request(&state.throttle, client, now) {
        return Ok(());
    }
    let known = state.db.read(|conn| store::credentials(conn, &email))?;
    let Some(known) = known.filter(|known| !known.disabled) else { return Ok(()) };
    if let Err(error) = state.db.write(None, now, |tx| one_time_tokens::send_reset(tx, known.id)) {
        // The caller gets the same answer as for an unknown address.
        tracing::warn!(%error, "no reset mail could be queued");
    }
    Ok(())
}

/// Choose a password with the token of a mail
///
/// Accepts the tokens of invitations too. Signs out everywhere; 401 for a token that was used or has expired.
///
/// Permissions: anyone with the token.
#[utoipa::path(tag = "auth", security(()), request_body = ResetConfirmation, responses((status = 204, description = "The password is set")))]
#[post("/api/v1/auth/password-reset/confirm")]
pub(crate) async fn confirm_reset(
    http: HttpRequest,
    state: Data<State>,
    body: Body<ResetConfirmation>,
) -> Result<HttpResponse> {
    let ResetConfirmation { token, password } = body.input();
    let sent = token.clone();
    state.call(move |state| token_owner(state, &sent, &TokenPurpose::CHOOSE_PASSWORD)).await?;
    let hash = hash_password(Some(password)).await?.unwrap_or_default();
    let client = ClientAddress::of(&http).0;
    let act = move |tx: &mut Tx<'_>| {
        tx.client = Some(client);
        one_time_tokens::set_password_by_token(tx, &token, &hash)
    };
    let user = state.call(move |state| state.db.write(None, state.now(), act)).await?;
    note_sender(&http, user);
    Ok(HttpResponse::NoContent().finish())
}
