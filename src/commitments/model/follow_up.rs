//! The follow-up sheet of a session.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::completion::Quantity;
use super::input::AssignmentRole;
use super::state::{Fulfilled, Status, Verification};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{AssignmentId, CommissionId, CommitmentId, InstitutionId, MeetingId};

/// The state, on the session's day, of every commitment of its commissions that was open after their previous session.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FollowUp {
    /// The session.
    pub meeting_id: MeetingId,
    /// Its commissions.
    pub commission_ids: Vec<CommissionId>,
    /// The day whose state is told: the session's last.
    #[schema(examples("2023-09-14"))]
    pub on: NaiveDate,
    /// The session before it of each of its commissions; a commission of which it is the first has none.
    pub previous: Vec<PreviousSession>,
    /// The commitments, soonest term first.
    pub items: Vec<FollowUpItem>,
    /// The restricted records among those that the sheet shows.
    #[serde(skip)]
    pub restricted: RestrictedRecords,
}

impl RestrictedContent for FollowUp {
    fn restricted(&self, found: &mut RestrictedRecords) {
        found.join(&self.restricted);
    }
}

/// A commission's session before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreviousSession {
    /// The commission.
    pub commission_id: CommissionId,
    /// Its id.
    pub meeting_id: MeetingId,
    /// Its title.
    #[schema(examples("Tercera sesión ordinaria"))]
    pub title: String,
    /// Its last day.
    #[schema(examples("2023-06-15"))]
    pub on: NaiveDate,
    #[serde(skip)]
    pub restricted: bool,
}

/// A commitment as it stood on the day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FollowUpItem {
    /// The commitment.
    pub commitment_id: CommitmentId,
    /// Its code.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: String,
    /// What is to be done.
    #[schema(example = json!("Capacitar a los inspectores de trabajo"))]
    pub text: String,
    /// The commissions that follow it.
    pub commission_ids: Vec<CommissionId>,
    /// Its status on the day.
    pub status: Status,
    /// Its term, as it was written then.
    #[schema(example = json!("2023-Q2"))]
    pub due: Option<String>,
    /// The first day of the term that held then.
    #[schema(example = json!("2023-04-01"))]
    pub due_from: Option<NaiveDate>,
    /// The last day of the term that held then.
    #[schema(example = json!("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// The source's own words for the term.
    #[schema(example = json!("para el segundo trimestre de 2023"))]
    pub due_text: Option<String>,
    /// Whether its term had passed on the day.
    pub overdue: bool,
    /// Accepted completions by the day, of how many.
    pub fulfilled: Fulfilled,
    /// Each institution's part on the day.
    pub assignments: Vec<FollowUpPart>,
}

/// An institution's part as it stood on the day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FollowUpPart {
    /// The assignment.
    pub id: AssignmentId,
    /// The institution.
    pub institution_id: InstitutionId,
    /// Its name.
    #[schema(examples("Ministerio de Salud"))]
    pub institution: String,
    /// How it answers for the commitment.
    pub role: AssignmentRole,
    /// Its status on the day.
    pub status: Status,
    /// Whether its completion had been accepted by the day.
    pub verification: Verification,
    /// The percentage last reported by the day.
    #[schema(example = json!(40))]
    pub percent: Option<i32>,
    /// The quantity last reported by the day.
    pub quantity: Option<Quantity>,
    /// The last day of the term that held then.
    #[schema(example = json!("2023-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// Whether its term had passed on the day.
    pub overdue: bool,
}
