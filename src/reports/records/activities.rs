//! Activities as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::activities::{ActivityKind, Facts, ResultState};
use crate::dates::PartialDate;
use crate::db::{ActivityId, CommissionId, InstitutionId, PlanItemId};
use crate::themes::Theme;

#[derive(Debug, Clone, Serialize)]
pub struct Activity {
    pub id: ActivityId,
    pub kind: String,
    pub title: String,
    pub description: Option<String>,
    pub result: Option<String>,
    pub expected_result: Option<String>,
    pub result_state: Option<ResultState>,
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
    pub evidence: Vec<Proof>,
}

/// A means of verification.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    pub title: String,
    pub url: Option<String>,
    pub dated: Option<PartialDate>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Participants {
    pub total: Option<i32>,
    pub women: Option<i32>,
    pub men: Option<i32>,
    pub audience: Option<String>,
}

impl Participants {
    /// How many took part: the total, else women and men together; None when nobody counted.
    pub fn headcount(&self) -> Option<usize> {
        let shares =
            || (self.women.is_some() || self.men.is_some()).then(|| self.women.unwrap_or(0) + self.men.unwrap_or(0));
        self.total.or_else(shares).map(|count| usize::try_from(count).unwrap_or(0))
    }
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
        self.kind.parse().is_ok_and(ActivityKind::is_training)
    }

    /// What the rules of the registry look at.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            is_training: self.is_training(),
            starts: self.starts.as_ref(),
            has_period: self.period.is_some(),
            when_text: self.when_text.as_deref(),
            has_headcount: self.participants.headcount().is_some(),
            result: self.result.as_deref(),
            has_expected_result: self.expected_result.is_some(),
            result_state: self.result_state,
            serves_a_plan: !self.plan_item_ids.is_empty(),
            has_evidence: !self.evidence.is_empty(),
        }
    }

    pub fn parties(&self) -> impl Iterator<Item = InstitutionId> {
        self.organizer_ids.iter().chain(&self.partner_ids).copied()
    }
}
