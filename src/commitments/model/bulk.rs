//! The bodies and answers of actions on several records: all members of a commission, handing over, the drafts of a session.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::input::{AssignmentInput, AssignmentRole, Target};
use super::record::Assignment;
use crate::dates::PartialDate;
use crate::db::{CommissionId, CommitmentId, InstitutionId};
use crate::error::Faults;
use crate::http::Input;

/// The maximum number of assignments of a commitment.
pub(crate) const MOST_ASSIGNMENTS: usize = 500;

/// The part of one institution, or the same part for every member of a commission.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct NewAssignments {
    /// The institution, at most once in a commitment. Exactly one of this and `members_of`.
    #[deserr(default)]
    pub institution_id: Option<InstitutionId>,
    /// The commission whose lead, secretariat and members get a part each, except those that have one already. Exactly
    /// one of this and `institution_id`.
    #[deserr(default)]
    pub members_of: Option<CommissionId>,
    /// The day whose members count, with `members_of`; by default today.
    #[deserr(default)]
    #[schema(examples("2023-08-30"))]
    pub on: Option<NaiveDate>,
    /// The role of the institution.
    #[deserr(default = AssignmentRole::Responsible)]
    #[schema(examples("responsible"), required = false)]
    pub role: AssignmentRole,
    /// Its own term, when it differs from the commitment's.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// The amount that the institution must reach.
    #[deserr(default)]
    pub target: Option<Target>,
}

impl NewAssignments {
    /// Returns the part of the one institution.
    pub(crate) fn one(&self) -> Option<AssignmentInput> {
        self.institution_id.map(|institution| self.of_member(institution))
    }

    /// Returns the part of an institution.
    pub(crate) fn of_member(&self, institution_id: InstitutionId) -> AssignmentInput {
        AssignmentInput { institution_id, role: self.role, due: self.due.clone(), target: self.target.clone() }
    }
}

impl Input for NewAssignments {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.institution_id.is_some() == self.members_of.is_some() {
            let fields = vec![("fields", "institution_id, members_of".to_owned())];
            faults.add_with("/institution_id", "one_of", fields);
        }
        if self.on.is_some() && self.members_of.is_none() {
            faults.add_with("/on", "needs", vec![("field", "members_of".to_owned())]);
        }
        if let Some(target) = &self.target {
            target.check_at("", faults);
        }
    }
}

/// The assignments that were added: one, or those of the members of a commission.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum AddedAssignments {
    One(Assignment),
    Several(MembersAssigned),
}

/// The assignments that were added for the members of a commission.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct MembersAssigned {
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// The new assignments; members that had one already are left out.
    pub items: Vec<Assignment>,
}

/// The successor that takes over the open parts of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct HandoverInput {
    /// The institution that takes over.
    pub to_id: InstitutionId,
    /// Only the commitments of these commissions; by default all that the caller may write.
    #[deserr(default)]
    #[schema(max_items = 50, required = false)]
    pub commission_ids: Vec<CommissionId>,
    /// The reason, which is shown in the history.
    #[schema(examples("La dirección pasó a otro ministerio"), max_length = 2000)]
    pub reason: String,
}

impl Input for HandoverInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.distinct("/commission_ids", &self.commission_ids, 50);
        faults.text("/reason", &self.reason, 2000);
    }
}

/// The numbers of parts that were handed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Handover {
    /// The open parts that were cancelled.
    #[schema(examples(12), minimum = 0)]
    pub cancelled: i32,
    /// The parts that the successor got.
    #[schema(examples(10), minimum = 0)]
    pub added: i32,
    /// The cancelled parts of the successor that were reopened.
    #[schema(examples(1), minimum = 0)]
    pub reopened: i32,
    /// The commitments in which the successor had a part already, which stays as it is.
    #[schema(examples(1), minimum = 0)]
    pub already_assigned: i32,
}

/// The drafts of a session that were published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PublishedDrafts {
    /// The commitments, in the order of their codes; empty when the session had no drafts.
    pub commitment_ids: Vec<CommitmentId>,
}
