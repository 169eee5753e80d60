//! `/me`: one's own profile.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use crate::db::{InstitutionId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::actor::Actor;
use crate::identity::model::Grant;

/// The caller's own profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
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
    /// What the caller is allowed to be.
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
pub async fn show(caller: Caller) -> Result<HttpResponse> {
    caller.show(|_, actor| Ok(Me::from(actor))).await
}
