//! The state of a commitment on a past day, reckoned from its history by the rules of the present.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::completion::CompletionRule;
use super::history::{AssignedTo, Event, Span};
use super::state::{Fulfilled, Progress, Report, Status, derive, fulfilled};
use crate::clock::Instant;
use crate::db::{AssignmentId, InstitutionId};

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq)]
pub struct PastEvent {
    pub at: Instant,
    pub assignment_id: Option<AssignmentId>,
    pub event: Event,
}

impl PastEvent {
    /// The day from which it counts. What an import reports was received outside the program: the day that it
    /// speaks of is the best that is known.
    fn day(&self, zone: Tz, last_reported: Option<NaiveDate>) -> NaiveDate {
        match &self.event {
            Event::Reported { reported_on, imported: true, .. } => *reported_on,
            Event::Reviewed { imported: true, .. } => last_reported.unwrap_or_else(|| self.at.day_in(zone)),
            _ => self.at.day_in(zone),
        }
    }
}

/// A commitment as it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub rule: CompletionRule,
    pub term: Span,
    pub parts: Vec<PastPart>,
}

/// An assignment as it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct PastPart {
    pub id: AssignmentId,
    pub institution_id: InstitutionId,
    pub term: Span,
    pub progress: Progress,
}

impl Past {
    pub fn status(&self) -> Status {
        derive(self.rule, self.parts.iter().map(|part| &part.progress))
    }

    pub fn fulfilled(&self) -> Fulfilled {
        fulfilled(self.parts.iter().map(|part| &part.progress))
    }

    pub fn overdue(&self, today: NaiveDate) -> bool {
        self.status().overdue_on(self.term.due_to, today)
    }

    fn part(&mut self, id: Option<AssignmentId>) -> Option<&mut PastPart> {
        self.parts.iter_mut().find(|part| Some(part.id) == id)
    }

    fn set_term(&mut self, after: &Span) {
        self.term = after.clone();
        for part in self.parts.iter_mut().filter(|part| part.term.due.is_none()) {
            part.term = Span { due: None, ..after.clone() };
        }
    }

    fn apply(&mut self, past: &PastEvent) {
        let acted = match &past.event {
            Event::Changed { completion_rule, .. } => {
                self.rule = *completion_rule;
                return;
            }
            Event::TermChanged { after, .. } => {
                match self.part(past.assignment_id) {
                    Some(part) => part.term = after.clone(),
                    None => self.set_term(after),
                }
                return;
            }
            Event::AssignmentAdded(assigned) => {
                self.parts.push(PastPart::of(assigned));
                return;
            }
            Event::AssignmentRemoved {} => {
                self.parts.retain(|part| Some(part.id) != past.assignment_id);
                return;
            }
            event => event,
        };
        if let Some(part) = self.part(past.assignment_id) {
            part.progress = part.after(acted, past.at);
        }
    }
}

impl PastPart {
    fn of(assigned: &AssignedTo) -> Self {
        Self {
            id: assigned.id,
            institution_id: assigned.institution_id,
            term: assigned.term.clone(),
            progress: Progress::unstarted(),
        }
    }

    pub fn overdue(&self, today: NaiveDate) -> bool {
        self.progress.status.overdue_on(self.term.due_to, today)
    }

    /// The history holds what was allowed when it happened, so a refusal leaves things as they are.
    fn after(&self, event: &Event, at: Instant) -> Progress {
        let now = self.progress;
        let next = match event {
            Event::Reported { update_id, reported_on, status, percent, quantity, .. } => now.report(Report {
                update: *update_id,
                reported_on: *reported_on,
                status: *status,
                percent: *percent,
                quantity: *quantity,
                received_at: at,
            }),
            Event::Reviewed { update_id, outcome, .. } => now.review(*update_id, *outcome),
            Event::Cancelled { .. } => now.cancel(),
            Event::Reopened { .. } => now.reopen(),
            Event::Restored { progress, .. } => Ok(*progress),
            _ => Ok(now),
        };
        next.unwrap_or(now)
    }
}

/// A commitment as it stood at the end of `day`, from its events in their order. What it was made with counts
/// from the beginning, whatever the day; None when there is no beginning.
pub fn replay(events: &[PastEvent], day: NaiveDate, zone: Tz) -> Option<Past> {
    let (first, later) = events.split_first()?;
    let Event::Created { term, completion_rule, assignments, .. } = &first.event else { return None };
    let parts = assignments.iter().map(PastPart::of).collect();
    let mut past = Past { rule: *completion_rule, term: term.clone(), parts };
    let mut last_reported = None;
    for event in later {
        if let Event::Reported { reported_on, .. } = event.event {
            last_reported = Some(reported_on);
        }
        if event.day(zone, last_reported) <= day {
            past.apply(event);
        }
    }
    Some(past)
}
