//! The state of a commitment on a past day, computed from its history, and the follow-up sheet of a session.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;
use utoipa::ToSchema;

use super::history::{Event, RecordedAssignment, RecordedTerm, TermCause};
use super::input::{AssignmentRole, Target};
use super::state::{
    Fulfilled, Progress, Report, ReportedStatus, ReviewOutcome, Status, Verification, derive, fulfilled,
};
use super::values::{CompletionRule, Quantity};
use crate::audit::RestrictedRecords;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, InstitutionId, MeetingId, UpdateId};
use crate::evidence::Evidence;
use crate::translations::TranslatedTexts;

/// The state, on the session's day, of every commitment of its commissions that was open after their previous session.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct FollowUp {
    /// The session.
    pub meeting_id: MeetingId,
    /// Its commissions.
    pub commission_ids: Vec<CommissionId>,
    /// The day that the sheet describes: the last day of the session, or today before it.
    #[schema(examples("2023-09-14"))]
    pub on: NaiveDate,
    /// The previous session of each commission; a commission that meets for the first time has none.
    pub previous: Vec<PreviousSession>,
    /// The commitments, the overdue ones first, then by term.
    pub items: Vec<FollowUpItem>,
    /// The restricted records that the sheet shows.
    #[serde(skip)]
    pub restricted: RestrictedRecords,
    /// The names and texts in other languages.
    #[serde(skip)]
    pub translated: TranslatedTexts,
}

crate::restricted_by!(FollowUp: restricted);

/// The previous session of a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PreviousSession {
    /// The commission.
    pub commission_id: CommissionId,
    /// The previous session's id.
    pub meeting_id: MeetingId,
    /// The previous session's title.
    #[schema(examples("Tercera sesión ordinaria"))]
    pub title: String,
    /// The last day of the previous session.
    #[schema(examples("2023-06-15"))]
    pub on: NaiveDate,
    /// Its date, as precise as it is known.
    #[serde(skip)]
    pub held: PartialDate,
    #[serde(skip)]
    pub restricted: bool,
}

/// The state of a commitment on the day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct FollowUpItem {
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// The commitment's code.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: String,
    /// The text of the commitment.
    #[schema(example = json!("Capacitar a los inspectores de trabajo"))]
    pub text: String,
    /// The session that decided it, if the reader may see that session.
    pub session: Option<FollowUpSession>,
    /// Its agreement, if the reader may see it.
    pub agreement: Option<FollowUpAgreement>,
    /// The commissions that follow it up.
    pub commission_ids: Vec<CommissionId>,
    /// Its status on the day.
    pub status: Status,
    /// The term on that day, as it was written.
    #[schema(example = json!("2023-Q2"))]
    pub due: Option<String>,
    /// The first day of the term on that day.
    #[schema(example = json!("2023-04-01"))]
    pub due_from: Option<NaiveDate>,
    /// The last day of the term on that day.
    #[schema(example = json!("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// The words of the source for the term.
    #[schema(example = json!("para el segundo trimestre de 2023"))]
    pub due_text: Option<String>,
    /// The extensions of the whole commitment by the day, in their order.
    pub extensions: Vec<FollowUpExtension>,
    /// True when its term had passed on the day.
    pub overdue: bool,
    /// The accepted completions by the day, and the number of assignments.
    pub fulfilled: Fulfilled,
    /// The assignments on the day.
    pub assignments: Vec<FollowUpPart>,
}

/// The session that decided a commitment, or its agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FollowUpSession {
    /// The session.
    pub meeting_id: MeetingId,
    /// Its title.
    #[schema(examples("Tercera sesión ordinaria"))]
    pub title: String,
    /// Its date, as precise as it is known.
    #[schema(value_type = String, examples("2023-06-15"))]
    pub held: PartialDate,
}

/// The agreement of a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FollowUpAgreement {
    /// The agreement.
    pub agreement_id: AgreementId,
    /// Its number.
    #[schema(example = json!("6"))]
    pub number: Option<String>,
    /// Its title.
    #[schema(examples("Elaborar un protocolo"))]
    pub title: String,
}

/// A term that an extension gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FollowUpExtension {
    /// The day on which it was given.
    #[schema(examples("2023-06-20"))]
    pub on: NaiveDate,
    /// The last day of the term before.
    #[schema(example = json!("2023-06-30"))]
    pub before: Option<NaiveDate>,
    /// The last day of the term since.
    #[schema(example = json!("2023-09-30"))]
    pub after: Option<NaiveDate>,
}

/// The last report of an assignment by the day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct FollowUpReport {
    /// The report.
    pub update_id: UpdateId,
    /// The day that it describes.
    #[schema(examples("2023-09-01"))]
    pub reported_on: NaiveDate,
    /// The status that it reported.
    pub status: ReportedStatus,
    /// Its text.
    #[schema(examples("Se capacitó a 40 inspectores."))]
    pub narrative: String,
    /// Its evidence.
    pub evidence: Vec<Evidence>,
    /// The result of its review by the day.
    pub review: Option<ReviewOutcome>,
    /// The day of the review.
    #[schema(example = json!("2023-09-05"))]
    pub reviewed_on: Option<NaiveDate>,
    /// The reason of the review.
    #[schema(example = json!("Falta el acta."))]
    pub review_comment: Option<String>,
}

/// The state of an assignment on the day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct FollowUpPart {
    /// The assignment.
    pub id: AssignmentId,
    /// The institution.
    pub institution_id: InstitutionId,
    /// The institution's name.
    #[schema(examples("Ministerio de Salud"))]
    pub institution: String,
    /// The role of the institution.
    pub role: AssignmentRole,
    /// Its status on the day.
    pub status: Status,
    /// The review of its completion by the day.
    pub verification: Verification,
    /// The percentage last reported by the day.
    #[schema(example = json!(40))]
    pub percent: Option<i32>,
    /// The quantity last reported by the day.
    pub quantity: Option<Quantity>,
    /// The quantity to reach.
    pub target: Option<Target>,
    /// The extensions of this assignment alone by the day, in their order.
    pub extensions: Vec<FollowUpExtension>,
    /// Its last report by the day.
    pub last_report: Option<FollowUpReport>,
    /// The last day of the term on that day.
    #[schema(example = json!("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// True when its term had passed on the day.
    pub overdue: bool,
}

/// An event of the history with its moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PastEvent {
    pub at: Instant,
    pub assignment_id: Option<AssignmentId>,
    pub event: Event,
}

impl PastEvent {
    /// Returns the extension that the event gave.
    pub(crate) fn extension(&self, zone: Tz) -> Option<FollowUpExtension> {
        match &self.event {
            Event::TermChanged { before, after, cause: TermCause::Extension, .. } => {
                Some(FollowUpExtension { on: self.at.day_in(zone), before: before.due_to, after: after.due_to })
            }
            _ => None,
        }
    }

    /// Returns the day from which the event counts. For an imported report, received outside the program, it is the day
    /// described by the report.
    pub(crate) fn day(&self, zone: Tz, last_reported: Option<NaiveDate>) -> NaiveDate {
        match &self.event {
            Event::Reported { reported_on, imported: true, .. } => *reported_on,
            Event::Reviewed { imported: true, .. } => last_reported.unwrap_or_else(|| self.at.day_in(zone)),
            _ => self.at.day_in(zone),
        }
    }
}

/// The state of a commitment on a past day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PastCommitment {
    pub rule: CompletionRule,
    pub term: RecordedTerm,
    pub assignments: Vec<PastAssignment>,
}

/// The state of an assignment on a past day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PastAssignment {
    pub id: AssignmentId,
    pub institution_id: InstitutionId,
    pub term: RecordedTerm,
    pub progress: Progress,
}

impl PastCommitment {
    pub(crate) fn status(&self) -> Status {
        derive(self.rule, self.assignments.iter().map(|assignment| &assignment.progress))
    }

    pub(crate) fn fulfilled(&self) -> Fulfilled {
        fulfilled(self.assignments.iter().map(|assignment| &assignment.progress))
    }

    pub(crate) fn overdue(&self, today: NaiveDate) -> bool {
        self.status().overdue_on(self.term.due_to, today)
    }

    fn assignment(&mut self, id: Option<AssignmentId>) -> Option<&mut PastAssignment> {
        self.assignments.iter_mut().find(|assignment| Some(assignment.id) == id)
    }

    fn set_term(&mut self, after: &RecordedTerm) {
        self.term = after.clone();
        for assignment in self.assignments.iter_mut().filter(|assignment| assignment.term.due.is_none()) {
            assignment.term = RecordedTerm { due: None, ..after.clone() };
        }
    }

    fn apply(&mut self, past: &PastEvent) {
        match &past.event {
            Event::Changed { completion_rule, .. } => self.rule = *completion_rule,
            Event::TermChanged { after, .. } => match self.assignment(past.assignment_id) {
                Some(assignment) => assignment.term = after.clone(),
                None => self.set_term(after),
            },
            Event::AssignmentAdded(added) => self.assignments.push(PastAssignment::of(added)),
            Event::AssignmentRemoved {} => {
                self.assignments.retain(|assignment| Some(assignment.id) != past.assignment_id);
            }
            event => {
                if let Some(assignment) = self.assignment(past.assignment_id) {
                    assignment.progress = assignment.after(event, past.at);
                }
            }
        }
    }
}

impl PastAssignment {
    fn of(assigned: &RecordedAssignment) -> Self {
        Self {
            id: assigned.id,
            institution_id: assigned.institution_id,
            term: assigned.term.clone(),
            progress: Progress::unstarted(),
        }
    }

    pub(crate) fn overdue(&self, today: NaiveDate) -> bool {
        self.progress.status.overdue_on(self.term.due_to, today)
    }

    /// Returns the progress after an event. Every event was allowed at its time, so one that is refused now changes
    /// nothing.
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
            Event::ReviewWithdrawn { update_id, reported_on, .. } => Ok(now.withdraw_review(*update_id, *reported_on)),
            Event::Cancelled { .. } => now.cancel(),
            Event::Reopened { .. } => now.reopen(),
            Event::Restored { progress, .. } => Ok(*progress),
            _ => Ok(now),
        };
        next.unwrap_or(now)
    }
}

/// Computes the state of a commitment at the end of `day` from its events in their order. The content of its first
/// event counts whatever the day; None when the first event is not the creation.
pub(crate) fn replay(events: &[PastEvent], day: NaiveDate, zone: Tz) -> Option<PastCommitment> {
    let (first, later) = events.split_first()?;
    let Event::Created { term, completion_rule, assignments, .. } = &first.event else { return None };
    let assignments = assignments.iter().map(PastAssignment::of).collect();
    let mut past = PastCommitment { rule: *completion_rule, term: term.clone(), assignments };
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
