//! Reports of progress, and what the secretariat finds of a reported completion.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::completion::Quantity;
use super::history::Person;
use super::state::{Report, ReportedStatus, ReviewOutcome};
use crate::clock::Instant;
use crate::db::{AssignmentId, CommitmentId, UpdateId};
use crate::error::Faults;
use crate::evidence::Evidence;
use crate::http::Input;

/// A report of progress on an assignment.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct UpdateInput {
    /// The day that it speaks of; not in the future.
    #[schema(examples("2023-06-28"))]
    pub reported_on: NaiveDate,
    /// Where the institution says that it stands.
    #[schema(examples("completed"))]
    pub status: ReportedStatus,
    /// What was done.
    #[schema(examples("Cuatro municipalidades crearon el modelo por ordenanza"), max_length = 10000)]
    pub narrative: String,
    /// How much of it is done, 0 to 100; the last one reported holds.
    #[deserr(default)]
    #[schema(examples(80), minimum = 0, maximum = 100)]
    pub percent: Option<i32>,
    /// How much was done, in the unit of the target; the last one reported holds.
    #[deserr(default)]
    pub quantity: Option<Quantity>,
    /// Means of verification; a completion needs at least one.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub evidence: Vec<Evidence>,
    /// Reported by the secretariat for the institution.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub on_behalf: bool,
}

impl Input for UpdateInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/narrative", &self.narrative, 10_000);
        if let Some(percent) = self.percent {
            faults.within("/percent", percent, 0, 100);
        }
        if let Some(quantity) = self.quantity {
            quantity.check("/quantity", faults);
        }
        Evidence::check(&self.evidence, "/evidence", faults);
        if self.status == ReportedStatus::Completed && self.evidence.is_empty() {
            faults.add("/evidence", "evidence_required");
        }
    }
}

/// A report of progress, as it was received. Never changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Update {
    /// The report's id.
    pub id: UpdateId,
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// The assignment that it is about.
    pub assignment_id: AssignmentId,
    #[serde(flatten)]
    pub fields: UpdateInput,
    /// Who wrote it; null when it was imported.
    pub author: Option<Person>,
    /// When it was received; reports count in this order.
    pub received_at: Instant,
    /// What the secretariat found of the completion.
    pub review: Option<Review>,
}

impl Update {
    /// What it says of the assignment.
    pub fn report(&self) -> Report {
        Report {
            update: self.id,
            reported_on: self.fields.reported_on,
            status: self.fields.status,
            percent: self.fields.percent,
            quantity: self.fields.quantity,
            received_at: self.received_at,
        }
    }
}

/// The review of a reported completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Review {
    /// What was found.
    #[schema(examples("accepted"))]
    pub outcome: ReviewOutcome,
    /// Why.
    #[schema(example = json!("Falta el acta de la segunda sesión."))]
    pub comment: Option<String>,
    /// Who reviewed it; null when it was imported.
    pub reviewed_by: Option<Person>,
    /// When.
    pub reviewed_at: Instant,
}

/// What a review finds.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReviewInput {
    /// Accepted: the completion counts. Returned: the institution goes on.
    #[schema(examples("returned"))]
    pub outcome: ReviewOutcome,
    /// Why; needed when it is returned.
    #[deserr(default)]
    #[schema(examples("Falta la lista de asistencia"), max_length = 2000)]
    pub comment: Option<String>,
}

impl Input for ReviewInput {
    fn check(&self, faults: &mut Faults) {
        match &self.comment {
            Some(comment) => faults.text("/comment", comment, 2000),
            None if self.outcome == ReviewOutcome::Returned => faults.add("/comment", "comment_required"),
            None => {}
        }
    }
}
