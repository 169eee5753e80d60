//! Users, roles, grants and sessions.

mod session;

pub use session::{Session, SessionKind, client_name, session_end};

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::{CommissionId, GrantId, InstitutionId, UserId};
use crate::error::Faults;
use crate::http::Input;
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

crate::text_enum! {
    /// What a one-time link is for.
    LinkPurpose {
        Invitation = "invitation",
        PasswordReset = "password_reset",
        /// Signs in the owner of a throttled account.
        SignInLink = "sign_in_link",
    }
}

impl LinkPurpose {
    /// The purposes for which a link lets its owner choose a password.
    pub const CHOOSE_PASSWORD: [Self; 2] = [Self::Invitation, Self::PasswordReset];
}

/// The maximum number of grants of a person.
pub const GRANTS: usize = 50;

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
    /// The commission of a secretariat or observer. For a representative, the only commission that the grant opens;
    /// null when it opens all.
    pub commission_id: Option<CommissionId>,
    /// A representative's institution.
    pub institution_id: Option<InstitutionId>,
}

impl Grant {
    pub fn input(&self) -> GrantInput {
        GrantInput {
            id: None,
            role: self.role,
            country_code: self.country_code.clone(),
            commission_id: self.commission_id,
            institution_id: self.institution_id,
        }
    }
}

/// A role and exactly the scope that it needs: `coordinator` a country, `secretariat` and `observer` a commission,
/// `representative` an institution (and, where the grant is bounded, a commission), `admin` none.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct GrantInput {
    /// The id of a grant that the person already has, as it was shown; may be left out.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<GrantId>,
    /// What the person may be.
    #[schema(examples("observer"))]
    pub role: Role,
    /// A coordinator's country.
    #[deserr(default)]
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: Option<String>,
    /// The commission of a secretariat or observer. For a representative, the only commission that the grant opens;
    /// without it, the grant opens all. A secretariat gives grants only for its own commissions; when it keeps one,
    /// that one is implied.
    #[deserr(default)]
    pub commission_id: Option<CommissionId>,
    /// A representative's institution.
    #[deserr(default)]
    pub institution_id: Option<InstitutionId>,
}

impl GrantInput {
    /// Returns the content of the grant without its id, to compare it.
    pub fn content(&self) -> Self {
        Self { id: None, ..self.clone() }
    }

    fn check(&self, at: &str, faults: &mut Faults) {
        let needed = match self.role {
            Role::Admin => "",
            Role::Coordinator => "country_code",
            Role::Secretariat | Role::Observer => "commission_id",
            Role::Representative => "institution_id",
        };
        let given = [
            ("country_code", self.country_code.is_some()),
            ("commission_id", self.commission_id.is_some()),
            ("institution_id", self.institution_id.is_some()),
        ];
        for (field, there) in given {
            let bound = self.role == Role::Representative && field == "commission_id";
            match (field == needed, there) {
                (true, false) => faults.add(format!("{at}/{field}"), "required"),
                (false, true) if !bound => {
                    faults.add_with(
                        format!("{at}/{field}"),
                        "not_together",
                        vec![("field", format!("role: {}", self.role))],
                    );
                }
                _ => {}
            }
        }
    }
}

impl Input for GrantInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        Self::check(self, "", faults);
    }
}

/// A person as introduced by somebody who did not know that the person had an account. Those who invite see this
/// instead of the person's own profile, until the person or an admin changes the profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Introduction {
    pub email: String,
    pub name: String,
    pub language: Lang,
    pub institution_id: Option<InstitutionId>,
}

/// The bounds of a password: 10 to 1,000 characters.
pub(super) fn check_password(faults: &mut Faults, at: &str, password: &str) {
    let length = password.chars().count();
    if length < 10 {
        faults.add_with(at, "too_short", vec![("min", "10".into())]);
    } else if length > 1000 {
        faults.add_with(at, "too_long", vec![("max", "1000".into())]);
    }
}

/// What a person is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct UserInput {
    /// The address that the person signs in with; case does not matter.
    #[schema(examples("ana.rojas@example.org"), max_length = 254)]
    pub email: String,
    /// The person's name.
    #[schema(examples("Ana Rojas"), max_length = 200)]
    pub name: String,
    /// The language of mail and texts.
    #[deserr(default = Lang::Es)]
    #[schema(examples("es"), required = false)]
    pub language: Lang,
    /// The institution that the person belongs to.
    #[deserr(default)]
    pub institution_id: Option<InstitutionId>,
    /// What the person is allowed to be.
    #[deserr(default)]
    #[schema(max_items = 50, required = false)]
    pub grants: Vec<GrantInput>,
    /// A password of 10 to 1,000 characters, which admins alone may give; without one an invitation goes out by mail.
    /// Never shown.
    #[deserr(default)]
    #[schema(examples("una frase larga y propia"), min_length = 10, max_length = 1000, write_only)]
    pub password: Option<String>,
    /// A disabled person cannot sign in, and is signed out at once.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub disabled: bool,
}

impl Input for UserInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.email("/email", Some(&self.email));
        faults.line("/name", &self.name, 200);
        let contents: Vec<_> = self.grants.iter().map(GrantInput::content).collect();
        faults.distinct("/grants", &contents, GRANTS);
        for (n, grant) in self.grants.iter().enumerate() {
            grant.check(&format!("/grants/{n}"), faults);
        }
        if let Some(password) = &self.password {
            check_password(faults, "/password", password);
        }
    }
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
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
    /// When the person was added.
    pub created_at: Instant,
    /// When the person was last changed.
    pub updated_at: Instant,
}

impl User {
    /// The profile of the person, without grants.
    pub fn introduction(&self) -> Introduction {
        Introduction {
            email: self.email.clone(),
            name: self.name.clone(),
            language: self.language,
            institution_id: self.institution_id,
        }
    }

    /// Returns whether the person speaks for this institution in this commission.
    pub fn represents(&self, institution: InstitutionId, commission: CommissionId) -> bool {
        let here = |grant: &Grant| grant.commission_id.is_none_or(|own| own == commission);
        let of = |grant: &Grant| grant.role == Role::Representative && grant.institution_id == Some(institution);
        self.grants.iter().any(|grant| of(grant) && here(grant))
    }

    /// The password is never read back: leaving it out keeps it.
    pub fn input(&self) -> UserInput {
        UserInput {
            email: self.email.clone(),
            name: self.name.clone(),
            language: self.language,
            institution_id: self.institution_id,
            grants: self.grants.iter().map(Grant::input).collect(),
            password: None,
            disabled: self.disabled,
        }
    }
}

/// What a person may change about oneself.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MeInput {
    /// One's name.
    #[schema(examples("Ana Rojas"), max_length = 200)]
    pub name: String,
    /// The language of mail and texts.
    #[schema(examples("en"))]
    pub language: Lang,
    /// A new password of 10 to 1,000 characters; signs out everywhere.
    #[deserr(default)]
    #[schema(examples("otra frase larga y propia"), min_length = 10, max_length = 1000, write_only)]
    pub password: Option<String>,
    /// The present password; required to change it.
    #[deserr(default)]
    #[schema(examples("una frase larga y propia"), max_length = 1000, write_only)]
    pub current_password: Option<String>,
}

impl Input for MeInput {
    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 200);
        if let Some(password) = &self.password {
            check_password(faults, "/password", password);
            if self.current_password.is_none() {
                faults.add("/current_password", "required");
            }
        }
        faults.opt_text("/current_password", self.current_password.as_ref(), 1000);
    }
}

crate::nothing_restricted!(User, Grant);

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: serde_json::Value) -> Vec<String> {
        match crate::http::parse::<UserInput>(body) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect(),
        }
    }

    #[test]
    fn a_role_needs_exactly_its_scope() {
        let institution = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let with = |grant: serde_json::Value| {
            faults(serde_json::json!({"email": "a@example.org", "name": "Ana", "grants": [grant]}))
        };
        assert!(with(serde_json::json!({"role": "admin"})).is_empty());
        assert!(with(serde_json::json!({"role": "representative", "institution_id": institution})).is_empty());
        let bounded =
            serde_json::json!({"role": "representative", "institution_id": institution, "commission_id": institution});
        assert!(with(bounded).is_empty());
        assert_eq!(with(serde_json::json!({"role": "observer"})), ["/grants/0/commission_id required"]);
        assert_eq!(
            with(serde_json::json!({"role": "admin", "country_code": "CL"})),
            ["/grants/0/country_code not_together"]
        );
    }

    #[test]
    fn a_password_has_ten_to_a_thousand_characters() {
        let with = |length: usize| {
            faults(serde_json::json!({"email": "a@example.org", "name": "Ana", "password": "ñ".repeat(length)}))
        };
        assert_eq!(with(9), ["/password too_short"]);
        assert!(with(10).is_empty() && with(1000).is_empty());
        assert_eq!(with(1001), ["/password too_long"]);
    }
}
