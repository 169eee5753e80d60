//! `/me/second-factor`.

use actix_web::{HttpResponse, delete, get, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::db::{Db, Tx};
use crate::error::{Faults, Result};
use crate::http::{Body, Input};
use crate::identity::actor::Actor;
use crate::identity::api::Caller;
use crate::identity::api::check_own_password;
use crate::identity::second_factor::Sealer;
use crate::identity::sign_in::CodeGuess;

/// The second factor of the caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecondFactorState {
    /// True when sign-ins ask for a code.
    #[schema(examples(true))]
    active: bool,
    /// The number of recovery codes that were not used; null without a second factor.
    #[schema(examples(10))]
    recovery_codes_left: Option<i64>,
    /// True when a role of the caller needs a second factor.
    #[schema(examples(true))]
    required: bool,
}

crate::nothing_restricted!(SecondFactorState);

/// The password of the caller.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct OwnPassword {
    /// The present password.
    #[schema(examples("una frase larga y propia"), max_length = 1000)]
    password: String,
}

impl Input for OwnPassword {
    fn check(&self, faults: &mut Faults) {
        faults.secret("/password", &self.password, 1000);
    }
}

/// A code of the app.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct AppCode {
    /// The six digits that the app shows.
    #[schema(examples("492039"), max_length = 40)]
    code: String,
}

impl Input for AppCode {
    fn check(&self, faults: &mut Faults) {
        faults.secret("/code", &self.code, 40);
    }
}

/// The password of the caller, and a code.
#[derive(Debug, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct PasswordAndCode {
    /// The present password.
    #[schema(examples("una frase larga y propia"), max_length = 1000)]
    password: String,
    /// A code of the app, or a recovery code; not needed for a second factor that was not confirmed.
    #[deserr(default)]
    #[schema(examples("492039"), max_length = 40)]
    code: Option<String>,
}

impl Input for PasswordAndCode {
    fn check(&self, faults: &mut Faults) {
        faults.secret("/password", &self.password, 1000);
        if let Some(code) = &self.code {
            faults.secret("/code", code, 40);
        }
    }
}

/// A second factor that was begun. None of it is shown again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BegunFactor {
    /// The secret in base 32.
    #[schema(examples("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))]
    secret: String,
    /// The address that an app reads from a picture.
    #[schema(examples(
        "otpauth://totp/Articula:ana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Articula"
    ))]
    otpauth_url: String,
    /// Ten codes for a lost telephone; each works once.
    #[schema(examples(json!(["K7QM-2XWD-9HRT-5VBC-3NPZ-8GFY"])))]
    recovery_codes: Vec<String>,
}

/// Show one's own second factor
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", responses((status = 200, description = "The state", body = SecondFactorState, headers(("ETag" = String, description = "The tag of this state")))))]
#[get("/api/v1/me/second-factor")]
pub(crate) async fn show(caller: Caller) -> Result<HttpResponse> {
    let roles = caller.state.config.second_factor_roles.clone();
    let read = move |conn: &mut Db, actor: &Actor| {
        let active = store::find(conn, actor.id)?.is_some_and(|held| held.confirmed_at.is_some());
        let left = if active { Some(store::unused_codes(conn, actor.id)?) } else { None };
        let required = super::is_required(actor, &roles);
        Ok(SecondFactorState { active, recovery_codes_left: left, required })
    };
    caller.show(read).await
}

/// Begin a second factor
///
/// The secret and the recovery codes are shown once. Sign-ins ask for a code once one was confirmed. A second factor that
/// was begun before and not confirmed ends. 409 `second_factor_active` when there is one already.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", request_body = OwnPassword, responses((status = 201, description = "Begun; shown only once", body = BegunFactor), (status = 429, description = "Too many wrong passwords; see Retry-After", body = crate::http::Problem)))]
#[post("/api/v1/me/second-factor")]
pub(crate) async fn begin(caller: Caller, body: Body<OwnPassword>) -> Result<HttpResponse> {
    check_own_password(&caller, body.input().password).await?;
    let sealer = Sealer::of(&caller.state)?;
    let factor = caller.write(move |tx: &mut Tx<'_>, actor: &Actor| super::begin(tx, actor, &sealer)).await?;
    let super::NewFactor { secret, otpauth_url, recovery_codes } = factor;
    Ok(HttpResponse::Created().json(BegunFactor { secret, otpauth_url, recovery_codes }))
}

/// Confirm a second factor
///
/// Activates it with a code of the app, and ends every other session and token of the caller, which were opened without
/// a code. 404 when none was begun.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", request_body = AppCode, responses((status = 204, description = "Active"), (status = 429, description = "Too many wrong codes; see Retry-After", body = crate::http::Problem)))]
#[post("/api/v1/me/second-factor/confirmation")]
pub(crate) async fn confirm(caller: Caller, body: Body<AppCode>) -> Result<HttpResponse> {
    let (sealer, session, code) = (Sealer::of(&caller.state)?, caller.session(), body.input().code);
    let guess = CodeGuess::begin(&caller.state, caller.user(), caller.client())?;
    let confirm = move |tx: &mut Tx<'_>, actor: &Actor| super::confirm(tx, (actor, session), &sealer, &code);
    let done = caller.write(confirm).await;
    guess.end(&caller.state, done)?;
    Ok(HttpResponse::NoContent().finish())
}

/// End one's own second factor
///
/// Needs the password and a code; one that was not confirmed needs no code.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", request_body = PasswordAndCode, responses((status = 204, description = "Ended"), (status = 429, description = "Too many wrong passwords or codes; see Retry-After", body = crate::http::Problem)))]
#[delete("/api/v1/me/second-factor")]
pub(crate) async fn end(caller: Caller, body: Body<PasswordAndCode>) -> Result<HttpResponse> {
    let PasswordAndCode { password, code } = body.input();
    check_own_password(&caller, password).await?;
    let (sealer, guess) =
        (Sealer::of(&caller.state)?, CodeGuess::begin(&caller.state, caller.user(), caller.client())?);
    let end = move |tx: &mut Tx<'_>, actor: &Actor| super::end_own(tx, actor, &sealer, code.as_deref());
    guess.end(&caller.state, caller.write(end).await)?;
    Ok(HttpResponse::NoContent().finish())
}
