//! Reports of progress, and the reviews of reported completions.

use chrono::{NaiveDate, TimeDelta};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::input::Target;
use super::state::{Report, ReportedStatus, ReviewOutcome};
use super::values::Quantity;
use crate::clock::Instant;
use crate::db::{AssignmentId, CommitmentId, UpdateId, UserId};
use crate::error::{Code, Faults};
use crate::evidence::Evidence;
use crate::http::Input;
use crate::identity::{Importer, Person};

/// A report of progress on an assignment.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct UpdateInput {
    /// The day that the report describes; not in the future.
    #[schema(examples("2023-06-28"))]
    pub reported_on: NaiveDate,
    /// The status that the institution reports.
    #[schema(examples("completed"))]
    pub status: ReportedStatus,
    /// The description of the progress.
    #[schema(examples("Cuatro municipalidades crearon el modelo por ordenanza"), max_length = 10000)]
    pub narrative: String,
    /// The percentage that is done, 0 to 100. The last one reported counts.
    #[deserr(default)]
    #[schema(examples(80), minimum = 0, maximum = 100)]
    pub percent: Option<i32>,
    /// The quantity that is done, in the unit of the target. The last one reported counts.
    #[deserr(default)]
    pub quantity: Option<Quantity>,
    /// The means of verification; a completion needs at least one.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub evidence: Vec<Evidence>,
    /// True when the secretariat reports for the institution.
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

/// A report of progress, as it was received. Never changed, but for its review.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Update {
    /// The report's id.
    pub id: UpdateId,
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// The assignment.
    pub assignment_id: AssignmentId,
    #[serde(flatten)]
    pub fields: UpdateInput,
    /// The person who wrote it; null when a dataset or the command line brought it in.
    pub author: Option<Person>,
    /// The person who imported it with a file (a dataset or a matrix); null when it was written over the API.
    pub imported_by: Option<Importer>,
    /// The moment of receipt; reports count in this order.
    pub received_at: Instant,
    /// The review of the reported completion; null when there is none, or when its author withdrew it.
    pub review: Option<Review>,
}

impl Update {
    /// Returns true if this person wrote or imported the report; another person must then review it.
    pub(crate) fn is_of(&self, person: UserId) -> bool {
        let wrote = self.author.as_ref().is_some_and(|author| author.id == person);
        wrote || self.imported_by.as_ref().is_some_and(|importer| importer.id == Some(person))
    }

    /// Returns the part of the report that changes the progress of the assignment.
    pub(crate) fn report(&self) -> Report {
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
pub(crate) struct Review {
    /// The result of the review.
    #[schema(examples("accepted"))]
    pub outcome: ReviewOutcome,
    /// The reason.
    #[schema(example = json!("Falta el acta de la segunda sesión."))]
    pub comment: Option<String>,
    /// The person who reviewed it; null when the review was imported.
    pub reviewed_by: Option<Person>,
    /// The moment of the review.
    pub reviewed_at: Instant,
    /// True when a completion below the target, or without its quantity, was accepted all the same.
    #[schema(examples(false))]
    pub accepted_below_target: bool,
}

/// The time within which the author of a review may withdraw it.
const WITHDRAWAL_HOURS: i64 = 24;

impl Review {
    /// Returns true if this person gave the review.
    pub(crate) fn is_of(&self, person: UserId) -> bool {
        self.reviewed_by.as_ref().is_some_and(|author| author.id == person)
    }

    /// Returns true if the time for its withdrawal has passed; the last second still counts.
    pub(crate) fn is_final(&self, now: Instant) -> bool {
        now > self.reviewed_at.plus(TimeDelta::hours(WITHDRAWAL_HOURS))
    }
}

/// A review as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ReviewInput {
    /// `accepted`: the completion counts. `returned`: the institution continues.
    #[schema(examples("returned"))]
    pub outcome: ReviewOutcome,
    /// The reason; required when the completion is returned.
    #[deserr(default)]
    #[schema(examples("Falta la lista de asistencia"), max_length = 2000)]
    pub comment: Option<String>,
    /// True to accept a completion whose quantity is below the target of the assignment, or is missing; it then needs a
    /// comment.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub accept_below_target: bool,
}

impl ReviewInput {
    /// Refuses (`below_target`) to accept a quantity below the target, unless the review states it, with a reason.
    pub(crate) fn require_target(&self, target: Option<&Target>, done: Option<Quantity>) -> Result<(), Code> {
        let stated = self.accept_below_target && self.comment.is_some();
        match self.outcome {
            ReviewOutcome::Accepted if falls_short(target, done) && !stated => Err(Code::BelowTarget),
            _ => Ok(()),
        }
    }
}

/// Returns true if the quantity is below the target, or is missing where there is a target.
pub(crate) fn falls_short(target: Option<&Target>, done: Option<Quantity>) -> bool {
    target.is_some_and(|target| done.is_none_or(|done| done < target.quantity))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn review(outcome: ReviewOutcome, comment: Option<&str>, accept_below_target: bool) -> ReviewInput {
        ReviewInput { outcome, comment: comment.map(str::to_owned), accept_below_target }
    }

    #[test]
    fn a_quantity_below_the_target_is_accepted_only_with_a_statement_and_a_comment() {
        let target = Target { quantity: Quantity(26.0), unit: "talleres".into() };
        let accepted = |comment, stated| review(ReviewOutcome::Accepted, comment, stated);
        for done in [None, Some(Quantity(25.5))] {
            for (comment, stated, allowed) in
                [(None, false, false), (Some("x"), false, false), (None, true, false), (Some("x"), true, true)]
            {
                let result = accepted(comment, stated).require_target(Some(&target), done);
                assert_eq!(result.is_ok(), allowed, "{done:?} {comment:?} {stated}");
            }
        }
        assert_eq!(accepted(None, false).require_target(Some(&target), Some(Quantity(26.0))), Ok(()));
        assert_eq!(accepted(None, false).require_target(None, None), Ok(()));
        assert_eq!(review(ReviewOutcome::Returned, Some("x"), false).require_target(Some(&target), None), Ok(()));
    }

    #[test]
    fn a_review_is_final_after_a_day() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let given = Review {
            outcome: ReviewOutcome::Accepted,
            comment: None,
            reviewed_by: None,
            reviewed_at: at("2023-09-01T12:00:00Z"),
            accepted_below_target: false,
        };
        assert!(!given.is_final(at("2023-09-02T12:00:00Z")));
        assert!(given.is_final(at("2023-09-02T12:00:01Z")));
    }
}
