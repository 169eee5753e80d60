//! What a delegate is.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::{CommissionId, DelegateId, InstitutionId, UserId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// How a delegate speaks for the institution.
    Capacity {
        /// First («titular»).
        Principal = "principal",
        /// In the principal's place («suplente», «alterno», «accesitario»).
        Alternate = "alternate",
    }
}

/// What a delegate is made of: a user, or a person by name. Its days are both included.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DelegateInput {
    /// The institution spoken for.
    pub institution_id: InstitutionId,
    /// How the delegate speaks for it.
    #[schema(examples("principal"))]
    pub capacity: Capacity,
    /// The person, when a user who represents the institution; else `name`.
    #[deserr(default)]
    pub user_id: Option<UserId>,
    /// The person's name, when no user; the user's to those who may not see `user_id`.
    #[deserr(default)]
    #[schema(examples("Ana Rojas"), max_length = 300)]
    pub name: Option<String>,
    /// Where reminders reach the person, when no user.
    #[deserr(default)]
    #[schema(examples("ana.rojas@example.org"), max_length = 254)]
    pub email: Option<String>,
    /// What the person is in the institution.
    #[deserr(default)]
    #[schema(examples("Jefa de gabinete"), max_length = 300)]
    pub position: Option<String>,
    /// The first day.
    #[deserr(default)]
    #[schema(examples("2023-05-01"))]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub to: Option<NaiveDate>,
}

impl Input for DelegateInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.user_id.is_none() && self.name.is_none() {
            faults.add_with("/user_id", "one_of", vec![("fields", "user_id, name".into())]);
        }
        if self.user_id.is_some() {
            for (at, there) in [("/name", self.name.is_some()), ("/email", self.email.is_some())] {
                if there {
                    faults.add_with(at, "not_together", vec![("field", "user_id".into())]);
                }
            }
        }
        faults.opt_line("/name", self.name.as_ref(), 300);
        faults.email("/email", self.email.as_ref());
        faults.opt_line("/position", self.position.as_ref(), 300);
        faults.ordered("/to", self.from, self.to);
    }
}

impl DelegateInput {
    /// As it is sent: of a user neither name nor address, which are the user's own.
    pub fn sent(self) -> Self {
        match self.user_id {
            Some(_) => Self { name: None, email: None, ..self },
            None => self,
        }
    }
}

/// A person who speaks for an institution in a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Delegate {
    /// The delegate's id.
    pub id: DelegateId,
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub fields: DelegateInput,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Delegate {
    pub fn input(&self) -> DelegateInput {
        self.fields.clone().sent()
    }
}

crate::nothing_restricted!(Delegate);
