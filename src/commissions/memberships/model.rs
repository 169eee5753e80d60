//! What a membership is.

use chrono::NaiveDate;
use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::{CommissionId, InstitutionId, MembershipId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// What an institution is in a commission.
    MemberRole {
        /// Leads it.
        Lead = "lead",
        /// Is its secretariat.
        Secretariat = "secretariat",
        Member = "member",
        /// Invited: has a voice, and a vote only where it is given one.
        Guest = "guest",
        /// Looks on.
        Observer = "observer",
    }
}

impl MemberRole {
    /// Whether the role votes unless something else is said.
    pub fn votes(self) -> bool {
        self.is_listed()
    }

    /// Whether the role counts among the members of a commission.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Lead | Self::Secretariat | Self::Member)
    }
}

/// What a membership is made of. Its days are both included; an open end is left out.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = MembershipInput::settled -> Faults)]
pub struct MembershipInput {
    /// The institution.
    pub institution_id: InstitutionId,
    /// What it is in the commission.
    #[schema(examples("member"))]
    pub role: MemberRole,
    /// Whether it votes and counts for the quorum; by default as its role: lead, secretariat and member do.
    #[deserr(default)]
    #[schema(examples(true))]
    pub has_vote: Option<bool>,
    /// The first day.
    #[deserr(default)]
    #[schema(examples("2021-08-05"))]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub to: Option<NaiveDate>,
    /// The source's own words for the period.
    #[deserr(default)]
    #[schema(examples("desde agosto de 2021"), max_length = 300)]
    pub when_text: Option<String>,
    /// What the membership rests on.
    #[deserr(default)]
    #[schema(examples("Decreto exento 173 de 2021, artículo 2"), max_length = 1000)]
    pub basis: Option<String>,
}

impl MembershipInput {
    /// A vote that is the role's own is not kept apart, so that it goes with the role.
    fn settled(mut self, _: ValuePointerRef<'_>) -> Result<Self, Faults> {
        self.has_vote = self.has_vote.filter(|vote| *vote != self.role.votes());
        Ok(self)
    }

    /// Whether it votes: as stated, else as its role.
    pub fn votes(&self) -> bool {
        self.has_vote.unwrap_or(self.role.votes())
    }
}

impl Input for MembershipInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.ordered("/to", self.from, self.to);
        faults.opt_text("/when_text", self.when_text.as_ref(), 300);
        faults.opt_text("/basis", self.basis.as_ref(), 1000);
    }
}

/// One period of an institution in a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Membership {
    /// The membership's id.
    pub id: MembershipId,
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub fields: MembershipInput,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Membership {
    /// What was sent; a vote that is the role's own is left out.
    pub fn input(&self) -> MembershipInput {
        let mut input = self.fields.clone();
        input.has_vote = input.has_vote.filter(|vote| *vote != input.role.votes());
        input
    }

    /// As it is shown: whether it votes is always said.
    pub(super) fn shown(mut self) -> Self {
        self.fields.has_vote = Some(self.fields.votes());
        self
    }
}

crate::nothing_restricted!(Membership);
