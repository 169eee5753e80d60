//! Requests for more time.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::history::Person;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{AssignmentId, CommitmentId, ExtensionId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// What is decided on a request for more time.
    DecisionOutcome { Granted = "granted", Refused = "refused" }
}

/// A request for more time.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ExtensionInput {
    /// The term that is asked for; it must end after the present one.
    pub requested_due: PartialDate,
    /// Why more time is needed.
    #[schema(examples("El consultor fue contratado en mayo"), max_length = 2000)]
    pub reason: String,
}

impl Input for ExtensionInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 2000);
    }
}

/// A request for more time and what was decided on it. Never changed once decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Extension {
    /// The request's id.
    pub id: ExtensionId,
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// The assignment that it is about.
    pub assignment_id: AssignmentId,
    #[serde(flatten)]
    pub fields: ExtensionInput,
    /// The first day that `requested_due` can mean.
    #[schema(example = json!("2024-06-01"))]
    pub requested_due_from: NaiveDate,
    /// The last day that `requested_due` can mean.
    #[schema(example = json!("2024-06-30"))]
    pub requested_due_to: NaiveDate,
    /// Who asked; null for the program itself.
    pub requested_by: Option<Person>,
    /// When.
    pub requested_at: Instant,
    /// What was decided; null until then.
    pub decision: Option<Decision>,
}

/// The decision on a request for more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Decision {
    /// Granted: the requested term replaces the assignment's.
    #[schema(examples("granted"))]
    pub outcome: DecisionOutcome,
    /// Why.
    #[schema(example = json!("Se acoge por la demora presupuestaria."))]
    pub comment: Option<String>,
    /// Who decided; null for the program itself.
    pub decided_by: Option<Person>,
    /// When.
    pub decided_at: Instant,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DecisionInput {
    /// Granted: the requested term replaces the assignment's.
    #[schema(examples("granted"))]
    pub outcome: DecisionOutcome,
    /// Why.
    #[deserr(default)]
    #[schema(examples("Es la última prórroga"), max_length = 2000)]
    pub comment: Option<String>,
}

impl Input for DecisionInput {
    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/comment", self.comment.as_ref(), 2000);
    }
}
