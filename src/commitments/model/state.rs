//! The states of an assignment as a state machine, and the status of a commitment, derived from its assignments.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::{CompletionRule, Quantity};
use crate::clock::Instant;
use crate::db::UpdateId;
use crate::error::Code;

crate::text_enum! {
    /// The status of a commitment or of an assignment.
    Status {
        Planned = "planned",
        InProgress = "in_progress",
        Completed = "completed",
        NotAchieved = "not_achieved",
        Cancelled = "cancelled",
    }
}

crate::text_enum! {
    /// The status of a commitment as it is shown: that of its assignments, or a draft.
    CommitmentStatus {
        Draft = "draft",
        Planned = "planned",
        InProgress = "in_progress",
        Completed = "completed",
        NotAchieved = "not_achieved",
        Cancelled = "cancelled",
    }
}

crate::text_enum! {
    /// The status with which a commitment can be entered.
    EnteredStatus { Draft = "draft" }
}

crate::text_enum! {
    /// The status that an institution may report.
    ReportedStatus {
        Planned = "planned",
        InProgress = "in_progress",
        Completed = "completed",
        NotAchieved = "not_achieved",
    }
}

crate::text_enum! {
    /// The state of the review of a reported completion.
    Verification { None = "none", Pending = "pending", Accepted = "accepted", Returned = "returned" }
}

crate::text_enum! {
    /// The result of a review.
    ReviewOutcome { Accepted = "accepted", Returned = "returned" }
}

impl Status {
    /// Returns true if something with this status is overdue on a day: it is open, and its last day is before that day.
    /// On the last day itself it is not overdue.
    pub fn overdue_on(self, due_to: Option<NaiveDate>, day: NaiveDate) -> bool {
        self.is_open() && due_to.is_some_and(|last| is_past_due(last, day))
    }

    /// Returns true if something is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::InProgress)
    }
}

/// Returns true if a term has passed on a day; its last day still counts.
pub(crate) fn is_past_due(due_to: NaiveDate, day: NaiveDate) -> bool {
    due_to < day
}

impl From<Status> for CommitmentStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Planned => Self::Planned,
            Status::InProgress => Self::InProgress,
            Status::Completed => Self::Completed,
            Status::NotAchieved => Self::NotAchieved,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

impl From<ReportedStatus> for Status {
    fn from(reported: ReportedStatus) -> Self {
        match reported {
            ReportedStatus::Planned => Self::Planned,
            ReportedStatus::InProgress => Self::InProgress,
            ReportedStatus::Completed => Self::Completed,
            ReportedStatus::NotAchieved => Self::NotAchieved,
        }
    }
}

/// The progress of an assignment. Reports count in the order in which they are received.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// The status of the assignment.
    #[schema(examples("in_progress"))]
    pub status: Status,
    /// The state of the review of its completion; only an accepted one counts.
    #[schema(examples("none"))]
    pub verification: Verification,
    /// The last reported percentage, 0 to 100.
    #[schema(examples(50))]
    pub percent: Option<i32>,
    /// The last reported quantity, in the unit of the target.
    #[schema(examples(4))]
    pub quantity: Option<Quantity>,
    /// The day for which the completion was reported.
    #[schema(examples("2023-06-28"))]
    pub completed_on: Option<NaiveDate>,
    /// The moment at which the last report was received.
    pub last_update_at: Option<Instant>,
    /// The reported completion that waits for its review.
    pub pending_update_id: Option<UpdateId>,
}

/// The part of a report that changes the progress of an assignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Report {
    pub update: UpdateId,
    pub reported_on: NaiveDate,
    pub status: ReportedStatus,
    pub percent: Option<i32>,
    pub quantity: Option<Quantity>,
    pub received_at: Instant,
}

impl Progress {
    /// Returns the progress before the first report.
    pub const fn unstarted() -> Self {
        Self {
            status: Status::Planned,
            verification: Verification::None,
            percent: None,
            quantity: None,
            completed_on: None,
            last_update_at: None,
            pending_update_id: None,
        }
    }

    /// Returns true if its completion is accepted, and so counts.
    pub fn is_accepted(&self) -> bool {
        self.verification == Verification::Accepted
    }

    /// Applies a report. It replaces one that waits for its review; a reported completion waits for its own.
    /// `assignment_cancelled`, `already_accepted` when nothing more can be reported.
    pub fn report(self, report: Report) -> Result<Self, Code> {
        self.require_live()?;
        let completes = report.status == ReportedStatus::Completed;
        Ok(Self {
            status: report.status.into(),
            verification: if completes { Verification::Pending } else { Verification::None },
            percent: report.percent.or(self.percent),
            quantity: report.quantity.or(self.quantity),
            completed_on: completes.then_some(report.reported_on),
            last_update_at: Some(report.received_at),
            pending_update_id: completes.then_some(report.update),
        })
    }

    /// Applies a review. Only the completion that waits can be reviewed (`not_pending`); a returned assignment is in
    /// progress again.
    pub fn review(self, update: UpdateId, outcome: ReviewOutcome) -> Result<Self, Code> {
        if self.pending_update_id != Some(update) {
            return Err(Code::NotPending);
        }
        Ok(match outcome {
            ReviewOutcome::Accepted => Self { verification: Verification::Accepted, pending_update_id: None, ..self },
            ReviewOutcome::Returned => Self {
                status: Status::InProgress,
                verification: Verification::Returned,
                completed_on: None,
                pending_update_id: None,
                ..self
            },
        })
    }

    /// Returns to the state before the review of this completion: it waits for its review again.
    pub fn withdraw_review(self, update: UpdateId, completed_on: NaiveDate) -> Self {
        Self {
            status: Status::Completed,
            verification: Verification::Pending,
            completed_on: Some(completed_on),
            pending_update_id: Some(update),
            ..self
        }
    }

    /// Cancels the assignment, which then no longer counts; its reports stay in the history.
    pub fn cancel(self) -> Result<Self, Code> {
        if self.status == Status::Cancelled {
            return Err(Code::AssignmentCancelled);
        }
        Ok(self.reset_to(Status::Cancelled))
    }

    /// Reopens an accepted or cancelled assignment (`not_closed` otherwise).
    pub fn reopen(self) -> Result<Self, Code> {
        match self.status {
            Status::Cancelled if self.last_update_at.is_none() => Ok(self.reset_to(Status::Planned)),
            Status::Cancelled => Ok(self.reset_to(Status::InProgress)),
            _ if self.is_accepted() => Ok(self.reset_to(Status::InProgress)),
            _ => Err(Code::NotClosed),
        }
    }

    /// Refuses reports and requests for more time on a cancelled or accepted assignment.
    pub fn require_live(&self) -> Result<(), Code> {
        match self.status {
            Status::Cancelled => Err(Code::AssignmentCancelled),
            _ if self.is_accepted() => Err(Code::AlreadyAccepted),
            _ => Ok(()),
        }
    }

    fn reset_to(self, status: Status) -> Self {
        Self { status, verification: Verification::None, completed_on: None, pending_update_id: None, ..self }
    }
}

/// The number of institutions that have done their part, and of all that must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fulfilled {
    /// The number of accepted completions.
    #[schema(examples(1))]
    pub done: usize,
    /// The number of assignments that are not cancelled.
    #[schema(examples(2))]
    pub of: usize,
}

/// Counts the accepted completions among the assignments that are not cancelled.
pub(super) fn fulfilled<'a>(parts: impl Iterator<Item = &'a Progress>) -> Fulfilled {
    let live = parts.filter(|part| part.status != Status::Cancelled);
    live.fold(Fulfilled { done: 0, of: 0 }, |sum, part| Fulfilled {
        done: sum.done + usize::from(part.is_accepted()),
        of: sum.of + 1,
    })
}

/// Derives the status of a commitment from its assignments. No other function sets it.
pub(super) fn derive<'a>(rule: CompletionRule, parts: impl Iterator<Item = &'a Progress> + Clone) -> Status {
    let Some(_) = parts.clone().next() else { return Status::Planned };
    let live = parts.filter(|part| part.status != Status::Cancelled);
    let Fulfilled { done, of } = fulfilled(live.clone());
    let lost = live.clone().filter(|part| part.status == Status::NotAchieved).count();
    let needed = rule.needed(of);
    match () {
        () if of == 0 => Status::Cancelled,
        () if done >= needed => Status::Completed,
        () if of - lost < needed => Status::NotAchieved,
        () if live.clone().any(|part| part.status != Status::Planned) => Status::InProgress,
        () => Status::Planned,
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
