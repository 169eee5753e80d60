//! An activity as it is kept and shown.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::duplicates::Duplicate;
use super::findings::{Finding, findings_of};
use super::input::{ActivityInput, Participants};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{ActivityId, UserId};
use crate::evidence::Evidence;
use crate::i18n::Lang;

/// An entry of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Activity {
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
    /// What is missing in the entry, or to be looked at; blocks nothing. `possible_duplicate` is told where one entry is
    /// shown, not in lists.
    pub findings: Vec<Finding>,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Entries that may tell the same.
    #[serde(skip)]
    pub duplicates: Vec<Duplicate>,
    /// Who entered it.
    #[serde(skip)]
    pub author_id: Option<UserId>,
}

impl Activity {
    pub fn new(
        id: ActivityId,
        mut fields: ActivityInput,
        author_id: Option<UserId>,
        (created_at, updated_at): (Instant, Instant),
    ) -> Self {
        let nothing = Participants { total: None, women: None, men: None, audience: None };
        fields.participants = fields.participants.filter(|participants| *participants != nothing);
        fields.themes.sort_unstable();
        fields.evidence = fields.evidence.into_iter().map(Evidence::bounded).collect();
        Self {
            id,
            starts_from: fields.starts.as_ref().map(PartialDate::from),
            starts_to: fields.starts.as_ref().map(PartialDate::to),
            ends_from: fields.ends.as_ref().map(PartialDate::from),
            ends_to: fields.ends.as_ref().map(PartialDate::to),
            fields,
            findings: Vec::new(),
            duplicates: Vec::new(),
            created_at,
            updated_at,
            author_id,
        }
    }

    pub fn input(&self) -> ActivityInput {
        let evidence = self.fields.evidence.iter().cloned().map(Evidence::plain).collect();
        ActivityInput { evidence, ..self.fields.clone() }
    }

    /// The same with its findings in the reader's language.
    pub fn with_findings(mut self, lang: Lang) -> Self {
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
