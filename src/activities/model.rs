//! The types of activities, and their rules as pure functions.

mod findings;
mod input;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{ActivityId, UserId};
use crate::evidence::Evidence;
use crate::i18n::Lang;
use findings::findings_of;

pub(crate) use findings::{Duplicate, Facts, Finding, FindingCode, Likeness, is_relative, tells_a_process};
pub(crate) use input::{ActivityInput, ActivityKind, ActivityStatus, Participants, Period, ResultState};

/// An entry of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Activity {
    /// The activity's id.
    pub id: ActivityId,
    #[serde(flatten)]
    pub fields: ActivityInput,
    /// The first day that `starts` can mean.
    #[schema(examples("2023-08-01"))]
    pub starts_from: Option<NaiveDate>,
    /// The last day that `starts` can mean.
    #[schema(examples("2023-08-31"))]
    pub starts_to: Option<NaiveDate>,
    /// The first day that `ends` can mean.
    #[schema(examples("2025-01-01"))]
    pub ends_from: Option<NaiveDate>,
    /// The last day that `ends` can mean.
    #[schema(examples("2025-12-31"))]
    pub ends_to: Option<NaiveDate>,
    /// The findings: missing or doubtful content. They block nothing. `possible_duplicate` is only among the findings of
    /// a single activity, not in lists.
    pub findings: Vec<Finding>,
    /// The moment at which it was last sent back to the person who entered it; null once it is submitted again.
    pub returned_at: Option<Instant>,
    /// The reason for which it was sent back.
    #[schema(examples("Falta el número de participantes."))]
    pub returned_reason: Option<String>,
    /// The moment at which it was created.
    pub created_at: Instant,
    /// The moment of the last change.
    pub updated_at: Instant,
    /// Other entries that may describe the same activity.
    #[serde(skip)]
    pub duplicates: Vec<Duplicate>,
    /// The user who created it.
    #[serde(skip)]
    pub author_id: Option<UserId>,
}

impl Activity {
    pub(crate) fn new(
        id: ActivityId,
        mut fields: ActivityInput,
        author_id: Option<UserId>,
        (created_at, updated_at): (Instant, Instant),
    ) -> Self {
        fields.participants = fields.participants.filter(|participants| *participants != Participants::default());
        fields.themes.sort_unstable();
        fields.evidence = fields.evidence.into_iter().map(Evidence::bounded).collect();
        let (starts_from, starts_to) = PartialDate::bounds(fields.starts.as_ref());
        let (ends_from, ends_to) = PartialDate::bounds(fields.ends.as_ref());
        Self {
            id,
            starts_from,
            starts_to,
            ends_from,
            ends_to,
            fields,
            findings: Vec::new(),
            returned_at: None,
            returned_reason: None,
            duplicates: Vec::new(),
            created_at,
            updated_at,
            author_id,
        }
    }

    pub(crate) fn input(&self) -> ActivityInput {
        let evidence = self.fields.evidence.iter().cloned().map(Evidence::plain).collect();
        ActivityInput { evidence, ..self.fields.clone() }
    }

    /// Returns the activity with the return of its former state, which is over once it is submitted again.
    pub(super) fn with_return_of(mut self, before: &Self) -> Self {
        if self.fields.status == ActivityStatus::Draft {
            self.returned_at = before.returned_at;
            self.returned_reason.clone_from(&before.returned_reason);
        }
        self
    }

    /// Adds the findings, in the reader's language.
    pub(crate) fn with_findings(mut self, lang: Lang) -> Self {
        self.findings = findings_of(&self.fields, &self.duplicates, lang);
        self
    }
}

impl RestrictedContent for Activity {
    fn restricted(&self, found: &mut RestrictedRecords) {
        let country = &self.fields.country_code;
        if self.fields.restricted {
            found.add("activity", self.id, country);
        }
        self.duplicates
            .iter()
            .filter(|duplicate| duplicate.restricted)
            .for_each(|duplicate| found.add("activity", duplicate.id, country));
    }
}
