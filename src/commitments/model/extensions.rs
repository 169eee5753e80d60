//! Requests for more time, and the decisions on them.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::values::Person;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{AssignmentId, CommitmentId, ExtensionId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// The decision on a request for more time.
    DecisionOutcome { Granted = "granted", Refused = "refused" }
}

/// A request for more time, as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ExtensionInput {
    /// The requested term; it must end after the present one.
    pub requested_due: PartialDate,
    /// The reason for the request.
    #[schema(examples("El consultor fue contratado en mayo"), max_length = 2000)]
    pub reason: String,
}

impl Input for ExtensionInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 2000);
    }
}

/// A request for more time with its decision. Never changed once it is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Extension {
    /// The request's id.
    pub id: ExtensionId,
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// The assignment.
    pub assignment_id: AssignmentId,
    #[serde(flatten)]
    pub fields: ExtensionInput,
    /// The first day that `requested_due` can mean.
    #[schema(example = json!("2024-06-01"))]
    pub requested_due_from: NaiveDate,
    /// The last day that `requested_due` can mean.
    #[schema(example = json!("2024-06-30"))]
    pub requested_due_to: NaiveDate,
    /// The person who made the request; null for the program itself.
    pub requested_by: Option<Person>,
    /// The moment of the request.
    pub requested_at: Instant,
    /// The decision; null before it is taken.
    pub decision: Option<Decision>,
}

/// The decision on a request for more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Decision {
    /// `granted`: the requested term replaces the assignment's.
    #[schema(examples("granted"))]
    pub outcome: DecisionOutcome,
    /// The reason.
    #[schema(example = json!("Se acoge por la demora presupuestaria."))]
    pub comment: Option<String>,
    /// The person who decided; null for the program itself.
    pub decided_by: Option<Person>,
    /// The moment of the decision.
    pub decided_at: Instant,
}

/// A decision as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DecisionInput {
    /// `granted`: the requested term replaces the assignment's.
    #[schema(examples("granted"))]
    pub outcome: DecisionOutcome,
    /// The reason.
    #[deserr(default)]
    #[schema(examples("Es la última prórroga"), max_length = 2000)]
    pub comment: Option<String>,
}

impl Input for DecisionInput {
    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/comment", self.comment.as_ref(), 2000);
    }
}
