//! `/auth/password-reset`: forgotten passwords and invitations.

use std::time::Duration;

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::blocking;
use super::users::hashed;
use crate::clock::stopwatch;
use crate::error::{Code, Faults, Result};
use crate::http::{Body, Input, State};
use crate::identity::model::check_password;
use crate::identity::{actions, store, tokens};

/// Every request for a link takes this long, whoever asks: time tells nothing about who has an account.
const PACE: Duration = Duration::from_millis(250);

/// Whose password is forgotten.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ResetRequest {
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
pub struct ResetConfirmation {
    /// The token of the mail; works once.
    #[schema(examples("q3Zr0o8m0yQ0WmR3u2mM3pX9d6f1t5l7k2s8c4v6b1A"), max_length = 200)]
    token: String,
    /// The new password, 10 to 1,000 characters.
    #[schema(examples("una frase larga y propia"), min_length = 10, max_length = 1000)]
    password: String,
}

impl Input for ResetConfirmation {
    fn check(&self, faults: &mut Faults) {
        faults.text("/token", &self.token, 200);
        check_password(faults, "/password", &self.password);
    }
}

/// Ask for a link to choose a new password
///
/// Always answered alike, in words and in time, whether or not somebody has the address. The link lasts an hour.
///
/// Permissions: anyone.
#[utoipa::path(tag = "auth", security(()), request_body = ResetRequest, responses((status = 202, description = "A mail goes out when somebody has the address")))]
#[post("/api/v1/auth/password-reset")]
pub async fn request(state: Data<State>, body: Body<ResetRequest>) -> Result<HttpResponse> {
    let (started, inner) = (stopwatch(), State::clone(&state));
    let work = move || inner.db.write(None, inner.now(), |tx| actions::request_reset(tx, &body.input().email));
    let done = blocking(work).await;
    tokio::time::sleep(PACE.saturating_sub(started.elapsed())).await;
    done.map(|()| HttpResponse::Accepted().finish())
}

/// Choose a password with the token of a mail
///
/// Takes the tokens of invitations too. Signs out everywhere; 401 for a token that was used or has expired.
///
/// Permissions: whoever holds the token.
#[utoipa::path(tag = "auth", security(()), request_body = ResetConfirmation, responses((status = 204, description = "The password is set")))]
#[post("/api/v1/auth/password-reset/confirm")]
pub async fn confirm(state: Data<State>, body: Body<ResetConfirmation>) -> Result<HttpResponse> {
    let (inner, ResetConfirmation { token, password }) = (State::clone(&state), body.input());
    let (known, asked) = (inner.clone(), tokens::hash_of(&token));
    blocking(move || known.db.read(|conn| store::link(conn, &asked, known.now()))).await?.ok_or(Code::InvalidToken)?;
    let hash = hashed(Some(password)).await?.unwrap_or_default();
    blocking(move || inner.db.write(None, inner.now(), |tx| actions::confirm(tx, &token, &hash))).await?;
    Ok(HttpResponse::NoContent().finish())
}
