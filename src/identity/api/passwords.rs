//! `/auth/password-reset`: forgotten passwords and invitations.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::auth::PACE;
use super::client::client_of;
use super::users::hashed;
use crate::clock::stopwatch;
use crate::db::Tx;
use crate::error::{Code, Faults, Result};
use crate::http::{Body, ClientAddress, Input, State, note_sender};
use crate::identity::actions::Client;
use crate::identity::model::{LinkPurpose, check_password};
use crate::identity::{actions, store, tokens};
use crate::text::normalize_email;

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
/// The answer is always the same, in words and in time, whether or not somebody has the address. The link lasts an
/// hour. An account gets at most three such mails within an hour, and a client address that asks too often gets none.
///
/// Permissions: anyone.
#[utoipa::path(tag = "auth", security(()), request_body = ResetRequest, responses((status = 202, description = "A mail goes out when somebody has the address")))]
#[post("/api/v1/auth/password-reset")]
pub async fn request(request: HttpRequest, state: Data<State>, body: Body<ResetRequest>) -> Result<HttpResponse> {
    let (started, client, email) = (stopwatch(), client_of(&request), body.input().email);
    let done = state.call(move |state| request_reset(state, &client, &email)).await;
    tokio::time::sleep(PACE.saturating_sub(started.elapsed())).await;
    done.map(|()| HttpResponse::Accepted().finish())
}

/// Queues a reset mail. Only a request for an existing account writes to the database; nothing is kept of the others.
fn request_reset(state: &State, client: &Client, email: &str) -> Result<()> {
    let (email, now) = (normalize_email(email), state.now());
    if !actions::count_reset_request(&state.throttle, client, now) {
        return Ok(());
    }
    let known = state.db.read(|conn| store::credentials(conn, &email))?;
    let Some(known) = known.filter(|known| !known.disabled) else { return Ok(()) };
    if let Err(error) = state.db.write(None, now, |tx| actions::request_reset(tx, known.id)) {
        // The caller gets the same answer as for an unknown address.
        tracing::warn!(%error, "no reset mail could be queued");
    }
    Ok(())
}

/// Choose a password with the token of a mail
///
/// Takes the tokens of invitations too. Signs out everywhere; 401 for a token that was used or has expired.
///
/// Permissions: whoever holds the token.
#[utoipa::path(tag = "auth", security(()), request_body = ResetConfirmation, responses((status = 204, description = "The password is set")))]
#[post("/api/v1/auth/password-reset/confirm")]
pub async fn confirm(http: HttpRequest, state: Data<State>, body: Body<ResetConfirmation>) -> Result<HttpResponse> {
    let ResetConfirmation { token, password } = body.input();
    let (asked, now) = (tokens::hash_of(&token), state.now());
    let known =
        move |state: &State| state.db.read(|conn| store::link(conn, &asked, &LinkPurpose::CHOOSE_PASSWORD, now));
    state.call(known).await?.ok_or(Code::InvalidToken)?;
    let hash = hashed(Some(password)).await?.unwrap_or_default();
    let client = ClientAddress::of(&http).0;
    let act = move |tx: &mut Tx<'_>| {
        tx.client = Some(client);
        actions::confirm(tx, &token, &hash)
    };
    let user = state.call(move |state| state.db.write(None, state.now(), act)).await?;
    note_sender(&http, user);
    Ok(HttpResponse::NoContent().finish())
}
