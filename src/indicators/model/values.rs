//! Values of indicators.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::decimal::Decimal;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{IndicatorId, IndicatorValueId};
use crate::error::Faults;
use crate::evidence::Evidence;
use crate::http::Input;
use crate::identity::{Importer, Person};

/// A value of an indicator for a period.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct IndicatorValueInput {
    /// The period that it describes; it has begun.
    pub period: PartialDate,
    /// The territory that it describes; null for the total.
    #[deserr(default)]
    #[schema(examples("Puno"), max_length = 300)]
    pub territory: Option<String>,
    /// The measured number. Null takes back the value of the period and territory, which is then unknown again.
    #[deserr(default)]
    pub value: Option<Decimal>,
    /// True for a number that may still change.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub preliminary: bool,
    /// The source of this value.
    #[deserr(default)]
    #[schema(examples("ENAHO 2023"), max_length = 2000)]
    pub source: Option<String>,
    /// The means of verification.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub evidence: Vec<Evidence>,
}

impl Input for IndicatorValueInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.opt_line("/territory", self.territory.as_ref(), 300);
        faults.opt_text("/source", self.source.as_ref(), 2000);
        Evidence::check(&self.evidence, "/evidence", faults);
    }
}

/// A value as it was recorded. Never changed: a correction is another value with the next revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct IndicatorValue {
    /// The value's id.
    pub id: IndicatorValueId,
    /// The indicator.
    pub indicator_id: IndicatorId,
    #[serde(flatten)]
    pub fields: IndicatorValueInput,
    /// The first day of the period.
    #[schema(examples("2023-01-01"))]
    pub period_from: NaiveDate,
    /// The last day of the period.
    #[schema(examples("2023-12-31"))]
    pub period_to: NaiveDate,
    /// 1 for the first value of its period and territory, then 2, 3, … The greatest counts.
    #[schema(examples(1), minimum = 1)]
    pub revision: i32,
    /// True if no later one corrects it.
    #[schema(examples(true))]
    pub newest: bool,
    /// The person who recorded it; null when a file brought it in.
    pub author: Option<Person>,
    /// The person who imported it with a file; null when it was recorded directly.
    pub imported_by: Option<Importer>,
    /// The moment of recording.
    pub recorded_at: Instant,
}

impl IndicatorValue {
    /// Returns the value as it is sent.
    pub(crate) fn input(&self) -> IndicatorValueInput {
        let evidence = self.fields.evidence.iter().cloned().map(Evidence::plain).collect();
        IndicatorValueInput { evidence, ..self.fields.clone() }
    }
}
