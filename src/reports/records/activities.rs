//! Activities as drafting reads them.

use chrono::NaiveDate;

use crate::dates::PartialDate;
use crate::db::{ActivityId, CommissionId, InstitutionId, PlanItemId};
use crate::themes::Theme;

#[derive(Debug, Clone)]
pub struct Activity {
    pub id: ActivityId,
    pub kind: String,
    pub title: String,
    pub description: Option<String>,
    pub result: Option<String>,
    pub expected_result: Option<String>,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
    pub when_text: Option<String>,
    pub period: Option<(NaiveDate, NaiveDate)>,
    pub participants: Participants,
    /// None: how often is not stated.
    pub occurrences: Option<i32>,
    pub scope: Option<String>,
    pub highlight: bool,
    pub restricted: bool,
    pub status: String,
    pub commission_ids: Vec<CommissionId>,
    pub themes: Vec<Theme>,
    pub territories: Vec<String>,
    pub organizer_ids: Vec<InstitutionId>,
    pub partner_ids: Vec<InstitutionId>,
    pub plan_item_ids: Vec<PlanItemId>,
    /// Title and address of each means of verification.
    pub evidence: Vec<(String, Option<String>)>,
}

#[derive(Debug, Clone, Default)]
pub struct Participants {
    pub total: Option<i32>,
    pub women: Option<i32>,
    pub men: Option<i32>,
    pub audience: Option<String>,
}

impl Activity {
    /// The days that it can have taken: its dates, else the period that it was reported for.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        match (&self.starts, &self.ends) {
            (Some(starts), ends) => Some((starts.from(), ends.as_ref().unwrap_or(starts).to())),
            (None, Some(ends)) => Some((ends.from(), ends.to())),
            (None, None) => self.period,
        }
    }

    pub fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.span().is_some_and(|(start, end)| start <= to && end >= from)
    }

    /// Validated by a secretariat, and not kept to a circle.
    pub fn counts(&self) -> bool {
        self.status == "validated" && !self.restricted
    }

    /// Kinds for which the form asks for dates and participants.
    pub fn is_training(&self) -> bool {
        matches!(self.kind.as_str(), "training" | "workshop" | "seminar" | "course" | "talk")
    }

    pub fn parties(&self) -> impl Iterator<Item = InstitutionId> {
        self.organizer_ids.iter().chain(&self.partner_ids).copied()
    }
}
