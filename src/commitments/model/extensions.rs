//! Requests for more time, and the decisions on them.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{AssignmentId, CommitmentId, ExtensionId};
use crate::error::{Code, Faults};
use crate::http::Input;
use crate::identity::Person;

crate::text_enum! {
    /// The decision on a request for more time.
    DecisionOutcome { Granted = "granted", Refused = "refused" }
}

crate::text_enum! {
    /// The state of a request for more time.
    ExtensionStatus { Pending = "pending", Granted = "granted", Refused = "refused", Withdrawn = "withdrawn" }
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

/// A request for more time with its decision or withdrawal. Never changed after either.
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
    /// The state of the request. It waits until it is decided or withdrawn; a request that waits is withdrawn when its
    /// assignment is cancelled, or its completion accepted.
    #[schema(examples("granted"))]
    pub status: ExtensionStatus,
    /// The term that was granted; null unless the request was granted.
    pub granted_due: Option<PartialDate>,
    /// The first day that `granted_due` can mean.
    #[schema(example = json!("2024-06-01"))]
    pub granted_due_from: Option<NaiveDate>,
    /// The last day that `granted_due` can mean.
    #[schema(example = json!("2024-06-30"))]
    pub granted_due_to: Option<NaiveDate>,
    /// The person who withdrew the request; null when the program did, or when it was not withdrawn.
    pub withdrawn_by: Option<Person>,
    /// The moment of the withdrawal; null when the request was not withdrawn.
    pub withdrawn_at: Option<Instant>,
    /// The decision; null before it is taken.
    pub decision: Option<Decision>,
}

impl Extension {
    /// Returns a request that waits for its decision.
    pub(crate) fn new(
        id: ExtensionId,
        (commitment_id, assignment_id): (CommitmentId, AssignmentId),
        fields: ExtensionInput,
        requested_by: Option<Person>,
        requested_at: Instant,
    ) -> Self {
        Self {
            id,
            commitment_id,
            assignment_id,
            requested_due_from: fields.requested_due.from(),
            requested_due_to: fields.requested_due.to(),
            fields,
            requested_by,
            requested_at,
            status: ExtensionStatus::Pending,
            granted_due: None,
            granted_due_from: None,
            granted_due_to: None,
            withdrawn_by: None,
            withdrawn_at: None,
            decision: None,
        }
    }

    /// Refuses what was decided (`already_decided`) or withdrawn (`extension_withdrawn`) already.
    pub(crate) fn require_pending(&self) -> Result<(), Code> {
        match self.status {
            ExtensionStatus::Pending => Ok(()),
            ExtensionStatus::Withdrawn => Err(Code::ExtensionWithdrawn),
            ExtensionStatus::Granted | ExtensionStatus::Refused => Err(Code::AlreadyDecided),
        }
    }

    /// Returns the request as it was decided; `due` is the term that is granted instead of the requested one.
    pub(crate) fn decided(self, decision: Decision, due: Option<PartialDate>) -> Self {
        let granted = match decision.outcome {
            DecisionOutcome::Granted => Some(due.unwrap_or_else(|| self.fields.requested_due.clone())),
            DecisionOutcome::Refused => None,
        };
        Self {
            status: decision.outcome.into(),
            granted_due_from: granted.as_ref().map(PartialDate::from),
            granted_due_to: granted.as_ref().map(PartialDate::to),
            granted_due: granted,
            decision: Some(decision),
            ..self
        }
    }

    /// Returns the request as it was withdrawn.
    pub(crate) fn withdrawn(self, by: Option<Person>, at: Instant) -> Self {
        Self { status: ExtensionStatus::Withdrawn, withdrawn_by: by, withdrawn_at: Some(at), ..self }
    }
}

impl From<DecisionOutcome> for ExtensionStatus {
    fn from(outcome: DecisionOutcome) -> Self {
        match outcome {
            DecisionOutcome::Granted => Self::Granted,
            DecisionOutcome::Refused => Self::Refused,
        }
    }
}

/// The decision on a request for more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Decision {
    /// `granted`: `granted_due` replaces the assignment's term.
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
    /// `granted`: the requested term, or `due`, replaces the assignment's.
    #[schema(examples("granted"))]
    pub outcome: DecisionOutcome,
    /// The term that is granted, later than the present one; the requested one when it is left out. Only with `granted`.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// The reason; required for refusing.
    #[deserr(default)]
    #[schema(examples("Es la última prórroga"), max_length = 2000)]
    pub comment: Option<String>,
}

impl Input for DecisionInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/comment", self.comment.as_ref(), 2000);
        if self.outcome == DecisionOutcome::Refused && self.due.is_some() {
            faults.add_with("/due", "not_together", vec![("field", "outcome: refused".to_owned())]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::new_id;

    fn request() -> Extension {
        let now = Instant::parse("2023-09-01T12:00:00Z").unwrap();
        let fields =
            ExtensionInput { requested_due: PartialDate::parse("2023-12").unwrap(), reason: "Licitación".into() };
        Extension::new(new_id(now), (new_id(now), new_id(now)), fields, None, now)
    }

    fn decision(outcome: DecisionOutcome) -> Decision {
        Decision { outcome, comment: None, decided_by: None, decided_at: request().requested_at }
    }

    #[test]
    fn a_request_is_decided_or_withdrawn_once() {
        assert_eq!(request().require_pending(), Ok(()));
        for outcome in [DecisionOutcome::Granted, DecisionOutcome::Refused] {
            let decided = request().decided(decision(outcome), None);
            assert_eq!(decided.require_pending(), Err(Code::AlreadyDecided));
        }
        let at = request().requested_at;
        assert_eq!(request().withdrawn(None, at).require_pending(), Err(Code::ExtensionWithdrawn));
    }

    #[test]
    fn the_requested_term_is_granted_unless_the_decision_states_another() {
        let granted = request().decided(decision(DecisionOutcome::Granted), None);
        assert_eq!(granted.granted_due, PartialDate::parse("2023-12"));
        assert_eq!(granted.granted_due_to, crate::dates::parse_day("2023-12-31"));
        let other = request().decided(decision(DecisionOutcome::Granted), PartialDate::parse("2023-10-15"));
        assert_eq!((other.granted_due_from, other.granted_due_to), {
            let day = crate::dates::parse_day("2023-10-15");
            (day, day)
        });
        let refused = request().decided(decision(DecisionOutcome::Refused), None);
        assert_eq!((refused.status, refused.granted_due), (ExtensionStatus::Refused, None));
    }
}
