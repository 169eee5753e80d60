//! Sessions, agreements and commitments as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::dates::PartialDate;
use crate::db::{AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanItemId};

#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    pub id: MeetingId,
    pub title: String,
    pub kind: String,
    pub held_from: NaiveDate,
    pub held_to: NaiveDate,
    pub status: String,
    pub restricted: bool,
    pub commission_ids: Vec<CommissionId>,
    /// Institution, and whether it came as a guest; only those present.
    pub present: Vec<(InstitutionId, bool)>,
    /// `draft`, `circulated` or `approved`.
    pub minutes: Option<String>,
}

impl Meeting {
    pub fn was_held_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.status == "held" && self.held_from <= to && self.held_to >= from
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Agreement {
    pub id: AgreementId,
    pub title: String,
    pub adopted: Option<PartialDate>,
    pub when_text: Option<String>,
    pub scope: Option<String>,
    pub restricted: bool,
    /// Parties that are institutions.
    pub party_ids: Vec<InstitutionId>,
}

impl Agreement {
    pub fn adopted_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.adopted.as_ref().is_some_and(|day| day.from() <= to && day.to() >= from)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Commitment {
    pub id: CommitmentId,
    pub code: String,
    pub text: String,
    pub agreement_id: Option<AgreementId>,
    pub due: Option<PartialDate>,
    pub due_to: Option<NaiveDate>,
    pub due_text: Option<String>,
    pub status: String,
    pub restricted: bool,
    pub commission_ids: Vec<CommissionId>,
    pub plan_item_ids: Vec<PlanItemId>,
    pub assignments: Vec<Assignment>,
}

impl Commitment {
    pub fn is_open(&self) -> bool {
        matches!(self.status.as_str(), "planned" | "in_progress")
    }

    pub fn is_completed(&self) -> bool {
        self.status == "completed"
    }

    pub fn live(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.status != "cancelled")
    }

    /// The day of the last completion.
    pub fn completed_on(&self) -> Option<NaiveDate> {
        if self.is_completed() { self.live().filter_map(|assignment| assignment.completed_on).max() } else { None }
    }

    pub fn has_evidence(&self) -> bool {
        self.assignments.iter().any(|assignment| !assignment.evidence.is_empty())
    }

    /// Whether anybody has begun or reported.
    pub fn has_moved(&self) -> bool {
        self.live().any(|assignment| assignment.status != "planned" || !assignment.reported_on.is_empty())
    }

    pub fn reported_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.assignments.iter().any(|assignment| assignment.reported_in(from, to))
    }

    pub fn was_overdue_on(&self, day: NaiveDate) -> bool {
        self.is_open() && self.due_to.is_some_and(|due| due <= day)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Assignment {
    pub institution_id: InstitutionId,
    pub status: String,
    pub verification: String,
    pub target: Option<(f64, Option<String>)>,
    pub quantity: Option<f64>,
    pub completed_on: Option<NaiveDate>,
    /// The days of its progress reports.
    pub reported_on: Vec<NaiveDate>,
    /// The first day that each means of verification can bear; None for one without a date.
    pub evidence: Vec<Option<NaiveDate>>,
}

impl Assignment {
    pub fn reported_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.reported_on.iter().any(|day| *day >= from && *day <= to)
    }
}
