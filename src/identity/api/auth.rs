//! `/auth`: sign-in, refresh, sign-out.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::blocking;
use crate::error::{Code, Faults, Result};
use crate::http::{Body, Input, State};
use crate::identity::actions::{self, Session};
use crate::identity::{passwords, store, tokens};

/// An address and a password.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SignIn {
    /// The address that the person signs in with.
    #[schema(examples("ana.rojas@example.org"), max_length = 254)]
    email: String,
    /// The password.
    #[schema(examples("una frase larga y propia"), max_length = 1000)]
    password: String,
}

impl Input for SignIn {
    fn check(&self, faults: &mut Faults) {
        faults.text("/email", &self.email, 254);
        faults.text("/password", &self.password, 1000);
    }
}

/// A refresh token, which works once.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RefreshBody {
    /// The token that the last sign-in or refresh gave.
    #[schema(examples("q3Zr0o8m0yQ0WmR3u2mM3pX9d6f1t5l7k2s8c4v6b1A"), max_length = 200)]
    refresh_token: String,
}

impl Input for RefreshBody {
    fn check(&self, faults: &mut Faults) {
        faults.text("/refresh_token", &self.refresh_token, 200);
    }
}

/// A pair of tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tokens {
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

fn answer(state: &State, session: Session) -> Result<HttpResponse> {
    let access_token = tokens::access_token(&state.config.jwt_secret, session.user, state.now())?;
    Ok(HttpResponse::Ok().json(Tokens {
        access_token,
        refresh_token: session.refresh_token,
        token_type: "Bearer",
        expires_in: tokens::ACCESS_SECONDS,
    }))
}

/// Sign in
///
/// An unknown address and a wrong password are answered alike, in words and in time. Failures are throttled
/// by account and address (429 with `Retry-After`).
///
/// Permissions: anyone.
#[utoipa::path(tag = "auth", security(()), request_body = SignIn, responses((status = 200, description = "Signed in", body = Tokens)))]
#[post("/api/v1/auth/login")]
pub async fn login(request: HttpRequest, state: Data<State>, body: Body<SignIn>) -> Result<HttpResponse> {
    let address = request.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
    let inner = State::clone(&state);
    let session = blocking(move || sign_in(&inner, &address, &body.input())).await?;
    answer(&state, session)
}

fn sign_in(state: &State, address: &str, input: &SignIn) -> Result<Session> {
    let (email, now) = (actions::folded(&input.email), state.now());
    let known = state.db.read(|conn| {
        actions::sign_in_allowed(conn, &email, address, now)?;
        store::credentials(conn, &email)
    })?;
    let hash = known.as_ref().and_then(|known| known.password_hash.as_deref());
    let right = passwords::verify(&input.password, hash);
    let proven = known.filter(|known| right && !known.disabled);
    let user = proven.as_ref().map(|known| known.id);
    let session = state.db.write(user, now, |tx| actions::settle_sign_in(tx, &email, address, proven))?;
    session.ok_or_else(|| Code::InvalidCredentials.into())
}

/// Trade a refresh token for a new pair
///
/// A refresh token works once; its reuse is a 401 and revokes the whole family.
///
/// Permissions: whoever holds the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshBody, responses((status = 200, description = "A new pair", body = Tokens)))]
#[post("/api/v1/auth/refresh")]
pub async fn refresh(state: Data<State>, body: Body<RefreshBody>) -> Result<HttpResponse> {
    let inner = State::clone(&state);
    let session =
        blocking(move || inner.db.write(None, inner.now(), |tx| actions::refresh(tx, &body.input().refresh_token)))
            .await?;
    answer(&state, session.ok_or(Code::InvalidToken)?)
}

/// Sign out
///
/// Revokes the session's refresh tokens; an unknown token is already signed out.
///
/// Permissions: whoever holds the token.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshBody, responses((status = 204, description = "Signed out")))]
#[post("/api/v1/auth/logout")]
pub async fn logout(state: Data<State>, body: Body<RefreshBody>) -> Result<HttpResponse> {
    let inner = State::clone(&state);
    blocking(move || inner.db.write(None, inner.now(), |tx| actions::sign_out(tx, &body.input().refresh_token)))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
