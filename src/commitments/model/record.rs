//! A commitment with its assignments, as it is stored and shown.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use super::input::{AssignmentChange, AssignmentInput, CommitmentChange, CommitmentInput};
use super::state::{CommitmentStatus, Fulfilled, Progress, Status, derive, fulfilled};
use super::values::Term;
use crate::clock::Instant;
use crate::db::{AssignmentId, CommitmentId, ExtensionId, InstitutionId};
use crate::error::{Code, Result};

/// A commitment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Commitment {
    /// The commitment's id.
    pub id: CommitmentId,
    /// The code for people: first commission, year of the session, agreement or creation, number. Never reused.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: String,
    /// The commitment's country.
    #[schema(examples("PE"))]
    pub country_code: String,
    /// The fields as they were sent.
    #[serde(flatten)]
    pub fields: CommitmentInput,
    /// The first day of the term.
    #[schema(examples("2023-04-01"))]
    pub due_from: Option<NaiveDate>,
    /// The last day of the term, which is still on time.
    #[schema(examples("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// True when a counted term crosses a year without calendar entries, which was computed with weekends alone.
    #[schema(examples(false))]
    pub due_unchecked: bool,
    /// `draft` until its publication; then the status that is derived from the assignments.
    #[schema(examples("in_progress"))]
    pub status: CommitmentStatus,
    /// True when its term has passed and it is planned or in progress. The day is that of the first commission.
    #[schema(examples(false))]
    pub overdue: bool,
    /// The accepted completions, and the number of assignments.
    pub fulfilled: Fulfilled,
    /// The assignments, in the order in which they were added.
    pub assignments: Vec<Assignment>,
    /// When it was entered.
    pub created_at: Instant,
    /// When it, or one of its assignments, was last changed.
    pub updated_at: Instant,
    /// The time zone of its first commission, which decides the current day.
    #[serde(skip)]
    pub zone: Tz,
}

/// The part of one institution in a commitment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Assignment {
    /// The assignment's id.
    pub id: AssignmentId,
    /// The commitment of the assignment.
    pub commitment_id: CommitmentId,
    #[serde(flatten)]
    pub fields: AssignmentInput,
    /// The first day of its term: its own, else the commitment's.
    #[schema(examples("2023-04-01"))]
    pub due_from: Option<NaiveDate>,
    /// The last day of its term: its own, else the commitment's.
    #[schema(examples("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    #[serde(flatten)]
    pub progress: Progress,
    /// True when its term has passed and it is planned or in progress.
    #[schema(examples(false))]
    pub overdue: bool,
    /// True when it was completed within its term; null before completion, or without a term.
    pub on_time: Option<bool>,
    /// The request for more time that waits for its decision.
    pub pending_extension_id: Option<ExtensionId>,
    /// When it was added.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Commitment {
    /// Returns its fields as they were sent.
    pub fn input(&self) -> CommitmentInput {
        self.fields.clone()
    }

    /// Returns the body of a change that changes nothing.
    pub(crate) fn change(&self) -> CommitmentChange {
        CommitmentChange { fields: self.fields.clone(), correction_reason: None }
    }

    /// Returns the calendar day of its first commission.
    pub fn today(&self, now: Instant) -> NaiveDate {
        now.day_in(self.zone)
    }

    /// Returns its current term.
    pub fn term(&self) -> Term {
        Term { from: self.due_from, to: self.due_to, unchecked: self.due_unchecked }
    }

    /// Sets the term, also of the assignments without a term of their own.
    pub fn set_term(&mut self, term: Term) {
        (self.due_from, self.due_to, self.due_unchecked) = (term.from, term.to, term.unchecked);
        for assignment in self.assignments.iter_mut().filter(|assignment| assignment.fields.due.is_none()) {
            (assignment.due_from, assignment.due_to) = (term.from, term.to);
        }
    }

    /// Recomputes all derived fields: `status`, `fulfilled`, `overdue`, `on_time`.
    pub fn recompute(&mut self, now: Instant) {
        let (today, derived) = (self.today(now), self.derived_status());
        if !self.is_draft() {
            self.status = derived.into();
        }
        self.fulfilled = fulfilled(self.assignments.iter().map(|assignment| &assignment.progress));
        self.overdue = !self.is_draft() && derived.overdue_on(self.due_to, today);
        for assignment in &mut self.assignments {
            let passed = assignment.progress.status.overdue_on(assignment.due_to, today);
            assignment.overdue = passed && self.status != CommitmentStatus::Draft;
            assignment.on_time = assignment.progress.completed_on.zip(assignment.due_to).map(|(done, due)| done <= due);
        }
    }

    /// Returns the status of its assignments together, also of a draft.
    pub fn derived_status(&self) -> Status {
        derive(self.fields.completion_rule, self.assignments.iter().map(|assignment| &assignment.progress))
    }

    /// Returns true if it is not published yet.
    pub fn is_draft(&self) -> bool {
        self.status == CommitmentStatus::Draft
    }

    /// Refuses reports and requests for more time on a draft (`draft`).
    pub fn require_published(&self) -> Result<(), Code> {
        if self.is_draft() { Err(Code::Draft) } else { Ok(()) }
    }

    /// Returns the assignment of an institution.
    pub fn part_of(&self, institution: InstitutionId) -> Option<&Assignment> {
        self.assignments.iter().find(|part| part.fields.institution_id == institution)
    }

    /// Returns one of its assignments, or 404.
    pub fn assignment(&self, id: AssignmentId) -> Result<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.id == id).ok_or_else(|| Code::NotFound.into())
    }

    /// Returns one of its assignments for a change, or 404.
    pub fn assignment_mut(&mut self, id: AssignmentId) -> Result<&mut Assignment> {
        self.assignments.iter_mut().find(|assignment| assignment.id == id).ok_or_else(|| Code::NotFound.into())
    }
}

impl Assignment {
    /// Creates an assignment without progress. Without a term of its own it has the commitment's.
    pub fn new(id: AssignmentId, commitment: &Commitment, fields: AssignmentInput, now: Instant) -> Self {
        let mut assignment = Self {
            id,
            commitment_id: commitment.id,
            fields,
            due_from: None,
            due_to: None,
            progress: Progress::unstarted(),
            overdue: false,
            on_time: None,
            pending_extension_id: None,
            created_at: now,
            updated_at: now,
        };
        assignment.set_term(commitment.term());
        assignment
    }

    /// Returns the fields that a `PATCH` can change.
    pub fn input(&self) -> AssignmentChange {
        let AssignmentInput { role, due, target, .. } = self.fields.clone();
        AssignmentChange { role, due, target, correction_reason: None }
    }

    /// Sets the term: its own, else the commitment's.
    pub fn set_term(&mut self, of_commitment: Term) {
        let term = match &self.fields.due {
            Some(due) => Term::of_date(Some(due)),
            None => of_commitment,
        };
        (self.due_from, self.due_to) = (term.from, term.to);
    }
}

crate::restricted_record!(Commitment, "commitment", country_code);
