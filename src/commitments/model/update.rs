//! Reports of progress, and what the secretariat finds of a reported completion.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::completion::Quantity;
use super::history::Person;
use super::state::{Report, ReportedStatus, ReviewOutcome};
use crate::clock::Instant;
use crate::db::{AssignmentId, CommitmentId, UpdateId, UserId};
use crate::error::Faults;
use crate::evidence::Evidence;
use crate::http::Input;
use crate::identity::Actor;

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
    /// The person who wrote it; null when a dataset or the command line brought it in.
    pub author: Option<Person>,
    /// The person who imported it with a file (a dataset or a matrix); null when it was written over the API.
    pub imported_by: Option<Importer>,
    /// When it was received; reports count in this order.
    pub received_at: Instant,
    /// What the secretariat found of the completion.
    pub review: Option<Review>,
}

/// The person who imported a report with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Importer {
    /// The user's id; null when the command line imported the file.
    pub id: Option<UserId>,
    /// The user's name; `articula import` for the command line.
    #[schema(examples("Ana Soto"))]
    pub name: String,
}

impl Importer {
    /// Returns the actor, or the command line when the program itself acts.
    pub fn of(actor: &Actor) -> Self {
        Self::from(Person::of(actor))
    }
}

impl From<Option<Person>> for Importer {
    fn from(person: Option<Person>) -> Self {
        match person {
            Some(Person { id, name }) => Self { id: Some(id), name },
            None => Self { id: None, name: "articula import".to_owned() },
        }
    }
}

impl Update {
    /// Returns whether this person wrote or imported the report; another person must then review it.
    pub fn is_of(&self, person: UserId) -> bool {
        let wrote = self.author.as_ref().is_some_and(|author| author.id == person);
        wrote || self.imported_by.as_ref().is_some_and(|importer| importer.id == Some(person))
    }

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
    /// The person who reviewed it; null when the review was imported.
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
