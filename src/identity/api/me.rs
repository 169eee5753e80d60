//! `/me`: one's own profile.

use actix_web::{HttpResponse, get, patch};
use serde::Serialize;
use utoipa::ToSchema;

use super::Caller;
use super::users::hash_password;
use crate::db::{Db, InstitutionId, Tx, UserId};
use crate::error::{Faults, Result};
use crate::http::{Patch, State};
use crate::i18n::Lang;
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, MeInput};
use crate::identity::work::Work;
use crate::identity::{sign_in, store, users};

/// The caller's own profile.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    /// The caller's id.
    id: UserId,
    /// The address that the caller signs in with.
    #[schema(examples("ana.rojas@example.org"))]
    email: String,
    /// The caller's name.
    #[schema(examples("Ana Rojas"))]
    name: String,
    /// The language of mail and texts.
    #[schema(examples("es"))]
    language: Lang,
    /// The institution that the caller belongs to.
    institution_id: Option<InstitutionId>,
    /// The roles of the caller.
    grants: Vec<Grant>,
}

impl From<&Actor> for Me {
    fn from(actor: &Actor) -> Self {
        Self {
            id: actor.id,
            email: actor.email.clone(),
            name: actor.name.clone(),
            language: actor.language,
            institution_id: actor.institution_id,
            grants: actor.grants.clone(),
        }
    }
}

/// Show one's own profile
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", responses((status = 200, description = "The caller", body = Me)))]
#[get("/api/v1/me")]
pub(crate) async fn show(caller: Caller) -> Result<HttpResponse> {
    caller.show(|_, actor| Ok(Me::from(actor))).await
}

impl Me {
    fn input(&self) -> MeInput {
        MeInput { name: self.name.clone(), language: self.language, password: None, current_password: None }
    }
}

/// Change one's own name, language or password
///
/// A new password needs the present one and signs out everywhere.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "auth", request_body = MeInput, responses((status = 200, description = "Changed", body = Me), (status = 429, description = "Too many wrong passwords; see Retry-After", body = crate::http::Problem)))]
#[patch("/api/v1/me")]
pub(crate) async fn update(caller: Caller, patch: Patch) -> Result<HttpResponse> {
    let draft = patch.clone();
    let preconditions = caller.preconditions.clone();
    let read = move |_: &mut Db, actor: &Actor| {
        let me = Me::from(actor);
        preconditions.check(&me)?;
        Ok((draft.onto(&me.input())?.input, actor.email.clone()))
    };
    let (input, email) = caller.read_unshown(read).await?;
    if input.password.is_some() {
        let current = input.current_password.unwrap_or_default();
        caller.state.call(move |state| check_current_password(state, &email, &current)).await?;
    }
    let hash = hash_password(input.password).await?;
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        users::change_me(tx, actor, input, hash.as_deref())?;
        Ok(Me::from(&store::load_actor(tx.conn, actor.id, tx.now)?))
    };
    caller.patch(patch, |_, actor| Ok(Me::from(actor)), Me::input, save).await
}

/// Checks the password of the person of a request; a wrong one is a fault of `/password`, too many are a 429.
pub(in crate::identity) async fn check_own_password(work: &Work, password: String) -> Result<()> {
    let email = work.read_unshown(|_, actor| Ok(actor.email.clone())).await?;
    let is_right = work.state.call(move |state| sign_in::is_own_password(state, &email, &password)).await?;
    if is_right { Ok(()) } else { Err(Faults::one("/password", "wrong_password").into()) }
}

/// Checks the present password: a wrong one is a fault, and too many wrong ones are a 429.
pub(in crate::identity) fn check_current_password(state: &State, email: &str, password: &str) -> Result<()> {
    if sign_in::is_own_password(state, email, password)? {
        return Ok(());
    }
    Err(Faults::one("/current_password", "wrong_password").into())
}

crate::nothing_restricted!(Me);
