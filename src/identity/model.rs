//! Users, roles, grants and login sessions.

use chrono::TimeDelta;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::passwords::check_password;
use crate::clock::Instant;
use crate::db::{CommissionId, GrantId, InstitutionId, SessionId, UserId};
use crate::error::Faults;
use crate::http::Input;
use crate::i18n::Lang;
use crate::mail::Recipient;

crate::text_enum! {
    /// The role of a person.
    Role {
        /// Reads and writes everything.
        Admin = "admin",
        /// Coordinates one country.
        Coordinator = "coordinator",
        /// Writes the records of one commission.
        Secretariat = "secretariat",
        /// Represents one institution.
        Representative = "representative",
        /// Reads the records of one commission.
        Observer = "observer",
    }
}

/// The maximum number of grants of a person.
pub(super) const GRANTS: usize = 50;

/// A role within a country, a commission or an institution (an admin's has none of the three).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Grant {
    /// The grant's id.
    pub id: GrantId,
    /// The role that the grant gives.
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
    /// The role that the grant gives.
    #[schema(examples("observer"))]
    pub role: Role,
    /// A coordinator's country.
    #[deserr(default)]
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: Option<String>,
    /// The commission of a secretariat or observer. For a representative, the only commission that the grant opens;
    /// without it, the grant opens all. A secretariat gives grants only for its own commissions; when it has only one,
    /// this one is implied.
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
pub(crate) struct Introduction {
    pub email: String,
    pub name: String,
    pub language: Lang,
    pub institution_id: Option<InstitutionId>,
}

/// The fields of a person.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct UserInput {
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
    /// The roles of the person.
    #[deserr(default)]
    #[schema(max_items = 50, required = false)]
    pub grants: Vec<GrantInput>,
    /// A password of 12 to 128 characters, which admins alone may give; without one an invitation goes out by mail.
    /// Never shown.
    #[deserr(default)]
    #[schema(examples("una frase larga y propia"), min_length = 12, max_length = 128, write_only)]
    pub password: Option<String>,
    /// A disabled person cannot sign in, and is signed out at once.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub disabled: bool,
}

impl UserInput {
    /// Returns the profile of the person, without grants.
    pub(crate) fn introduction(&self) -> Introduction {
        Introduction {
            email: self.email.trim().to_owned(),
            name: self.name.clone(),
            language: self.language,
            institution_id: self.institution_id,
        }
    }
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
pub(crate) struct User {
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
    /// The roles of the person.
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
    /// Returns a new user who is not disabled.
    pub(crate) fn new(id: UserId, profile: Introduction, grants: Vec<Grant>, now: Instant) -> Self {
        let Introduction { email, name, language, institution_id } = profile;
        Self { id, email, name, language, institution_id, grants, disabled: false, created_at: now, updated_at: now }
    }

    /// Returns the profile of the person, without grants.
    pub(crate) fn introduction(&self) -> Introduction {
        Introduction {
            email: self.email.clone(),
            name: self.name.clone(),
            language: self.language,
            institution_id: self.institution_id,
        }
    }

    /// Returns the person as the recipient of a mail.
    pub(crate) fn recipient(&self) -> Recipient {
        Recipient {
            address: self.email.clone(),
            name: Some(self.name.clone()),
            user_id: Some(self.id),
            language: self.language,
        }
    }

    /// Returns true if the person represents this institution in this commission.
    pub(crate) fn represents(&self, institution: InstitutionId, commission: CommissionId) -> bool {
        let here = |grant: &Grant| grant.commission_id.is_none_or(|own| own == commission);
        let of = |grant: &Grant| grant.role == Role::Representative && grant.institution_id == Some(institution);
        self.grants.iter().any(|grant| of(grant) && here(grant))
    }

    /// Returns the fields of the person. A password is never shown; a body without one does not change it.
    pub(crate) fn input(&self) -> UserInput {
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

/// The fields of the own profile that a person may change.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct MeInput {
    /// One's name.
    #[schema(examples("Ana Rojas"), max_length = 200)]
    pub name: String,
    /// The language of mail and texts.
    #[schema(examples("en"))]
    pub language: Lang,
    /// A new password of 12 to 128 characters; signs out everywhere.
    #[deserr(default)]
    #[schema(examples("otra frase larga y propia"), min_length = 12, max_length = 128, write_only)]
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
        if let Some(current) = &self.current_password {
            faults.secret("/current_password", current, 1000);
        }
    }
}

crate::text_enum! {
    /// The kind of client that uses a session.
    SessionKind {
        /// A program that sends access tokens.
        Api = "api",
        /// A browser that shows the pages.
        Web = "web",
    }
}

/// The maximum time from the sign-in to the end of a session.
const LONGEST_SESSION: TimeDelta = TimeDelta::days(90);
/// The time after which a session that is not refreshed ends.
const LONGEST_IDLE: TimeDelta = TimeDelta::days(30);

/// Returns the end of a session that is used at `now`.
pub(super) fn session_end(created_at: Instant, now: Instant) -> Instant {
    created_at.plus(LONGEST_SESSION).min(now.plus(LONGEST_IDLE))
}

/// A session of the caller that has not ended.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Session)]
pub(super) struct LoginSession {
    /// The session's id.
    pub id: SessionId,
    /// The kind of client: `api` for programs, `web` for a browser.
    #[schema(examples("api"))]
    pub kind: SessionKind,
    /// The moment of the sign-in.
    pub created_at: Instant,
    /// The last use, accurate to about five minutes.
    pub last_seen_at: Instant,
    /// The program that signed in, as it named itself (`User-Agent`).
    #[schema(examples("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"))]
    pub client: Option<String>,
    /// True for the session that this request belongs to.
    #[schema(examples(true))]
    pub current: bool,
}

crate::nothing_restricted!(User, Grant, LoginSession);

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
    fn a_new_password_has_12_to_128_characters() {
        let with = |length: usize| {
            faults(serde_json::json!({"email": "a@example.org", "name": "Ana", "password": "ñ".repeat(length)}))
        };
        assert_eq!(with(11), ["/password too_short"]);
        for length in [12, 128] {
            assert!(!with(length).iter().any(|fault| fault.contains("too_")), "{length}");
        }
        assert_eq!(with(129), ["/password too_long"]);
    }

    #[test]
    fn a_session_ends_after_thirty_days_without_use_and_after_ninety_days_in_any_case() {
        let created = Instant::parse("2023-09-01T12:00:00Z").unwrap();
        let end = |used: &str| session_end(created, Instant::parse(used).unwrap()).to_string();
        assert_eq!(end("2023-09-01T12:00:00Z"), "2023-10-01T12:00:00Z");
        assert_eq!(end("2023-11-20T12:00:00Z"), "2023-11-30T12:00:00Z");
    }
}
