//! Users, roles and grants.

use serde::Serialize;
use utoipa::ToSchema;

use crate::db::{CommissionId, GrantId, InstitutionId, UserId};
use crate::i18n::Lang;

crate::text_enum! {
    /// What a person is allowed to be.
    Role {
        /// Reads and writes everything.
        Admin = "admin",
        /// Steers one country.
        Coordinator = "coordinator",
        /// Keeps the record of one commission.
        Secretariat = "secretariat",
        /// Speaks for one institution.
        Representative = "representative",
        /// Looks on in one commission.
        Observer = "observer",
    }
}

/// A role within a country, a commission or an institution (an admin's has none of the three).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Grant {
    /// The grant's id.
    pub id: GrantId,
    /// What the person may be.
    #[schema(examples("secretariat"))]
    pub role: Role,
    /// A coordinator's country.
    #[schema(examples("CL"))]
    pub country_code: Option<String>,
    /// A secretariat's or observer's commission.
    pub commission_id: Option<CommissionId>,
    /// A representative's institution.
    pub institution_id: Option<InstitutionId>,
}

/// A person who signs in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The address that the person signs in with.
    #[schema(examples("ana.rojas@example.org"))]
    pub email: String,
    /// The person's name.
    #[schema(examples("Ana Rojas"))]
    pub name: String,
    /// The language of mail and texts.
    #[schema(examples("es"))]
    pub language: Lang,
    /// The institution that the person belongs to.
    pub institution_id: Option<InstitutionId>,
    /// What the person is allowed to be.
    pub grants: Vec<Grant>,
    /// A disabled person cannot sign in.
    #[schema(examples(false))]
    pub disabled: bool,
}
