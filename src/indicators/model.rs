//! The types of indicators, and their rules as pure functions.

mod decimal;
mod series;
mod values;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::{Instant, YEARS};
use crate::db::{IndicatorId, InstitutionId, PlanId, PlanItemId};
use crate::error::Faults;
use crate::http::Input;
use crate::translations::{Translations, check_remarks};

pub(crate) use decimal::Decimal;
pub(crate) use series::{SeriesPoint, TargetProgress, TargetState, progress, series};
pub(crate) use values::{IndicatorValue, IndicatorValueInput};

crate::text_enum! {
    /// The direction in which the measured number should move.
    Direction {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
    }
}

crate::text_enum! {
    /// The way in which the total is calculated from the values of territories, and the value of a year from those of its
    /// months, quarters or half-years.
    #[derive(Default)]
    Aggregation {
        /// It is not calculated.
        #[default]
        None = "none",
        /// It is their sum.
        Sum = "sum",
        /// It is the last of them: of territories the last that was recorded, of a year its last period.
        Last = "last",
    }
}

/// The number from which an indicator starts, and its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct Baseline {
    /// The number.
    pub value: Decimal,
    /// The year that it describes.
    #[schema(examples(2019), minimum = 1900, maximum = 2200)]
    pub year: i32,
}

/// The number that an indicator should reach in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct YearTarget {
    /// The year.
    #[schema(examples(2025), minimum = 1900, maximum = 2200)]
    pub year: i32,
    /// The number that should be reached.
    pub value: Decimal,
}

/// The content of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct IndicatorInput {
    /// The item of a plan that it measures.
    pub plan_item_id: PlanItemId,
    /// Its name.
    #[schema(
        examples("Porcentaje de distritos con autorizaciones de trabajo adolescente registradas"),
        max_length = 500
    )]
    pub name: String,
    /// The unit of its values.
    #[schema(examples("%"), max_length = 100)]
    pub unit: String,
    /// The definition: what is counted, and how.
    #[deserr(default)]
    #[schema(
        examples("Distritos con al menos una autorización registrada, entre todos los distritos."),
        max_length = 10_000
    )]
    pub definition: Option<String>,
    /// The source of its values.
    #[deserr(default)]
    #[schema(examples("Registros administrativos"), max_length = 2000)]
    pub source: Option<String>,
    /// The direction in which it should move; null if it is not stated.
    #[deserr(default)]
    #[schema(examples("up"))]
    pub direction: Option<Direction>,
    /// The number from which it starts.
    #[deserr(default)]
    pub baseline: Option<Baseline>,
    /// The numbers that it should reach, one for each year.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub targets: Vec<YearTarget>,
    /// The institutions responsible for it; their representatives may record values.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub responsible_ids: Vec<InstitutionId>,
    /// The territory that it describes.
    #[deserr(default)]
    #[schema(examples("Lima Metropolitana"), max_length = 300)]
    pub territory: Option<String>,
    /// The way in which the total is calculated from the values of territories, and the value of a year from those of its
    /// months, quarters or half-years.
    #[deserr(default)]
    #[schema(examples("none"), required = false)]
    pub aggregation: Aggregation,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &["name", "unit", "definition", "source", "territory"];

impl Input for IndicatorInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/name", &self.name, 500);
        faults.line("/unit", &self.unit, 100);
        faults.opt_text("/definition", self.definition.as_ref(), 10_000);
        faults.opt_text("/source", self.source.as_ref(), 2000);
        faults.opt_line("/territory", self.territory.as_ref(), 300);
        if let Some(baseline) = self.baseline {
            faults.within("/baseline/year", baseline.year, *YEARS.start(), *YEARS.end());
        }
        check_targets(&self.targets, faults);
        faults.distinct("/responsible_ids", &self.responsible_ids, 100);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// Checks the targets: at most 100, one for each year.
fn check_targets(targets: &[YearTarget], faults: &mut Faults) {
    faults.items("/targets", targets.len(), 100);
    for (n, target) in targets.iter().enumerate().take(100) {
        let pointer = format!("/targets/{n}/year");
        faults.within(&pointer, target.year, *YEARS.start(), *YEARS.end());
        if targets.iter().take(n).any(|other| other.year == target.year) {
            faults.add(pointer, "duplicate");
        }
    }
}

/// Filters of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct IndicatorFilter {
    /// Only those of this item of a plan.
    pub plan_item_id: Option<PlanItemId>,
    /// Only those of this plan.
    pub plan_id: Option<PlanId>,
    /// Only those of this country.
    #[param(example = "PE")]
    pub country_code: Option<String>,
    /// Only those for which this institution is responsible.
    pub responsible_id: Option<InstitutionId>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

/// An indicator of an item of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Indicator {
    /// The indicator's id.
    pub id: IndicatorId,
    /// The plan of its item.
    pub plan_id: PlanId,
    /// The country of the plan.
    #[schema(examples("PE"), max_length = 2)]
    pub country_code: String,
    #[serde(flatten)]
    pub fields: IndicatorInput,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Indicator {
    pub(crate) fn input(&self) -> IndicatorInput {
        self.fields.clone()
    }
}

/// An indicator with the series of its values and the progress towards its targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MeasuredIndicator {
    #[serde(flatten)]
    pub indicator: Indicator,
    /// The value of each period that has one, in the order of the periods.
    pub series: Vec<SeriesPoint>,
    /// The last known point of the series; null if there is none.
    pub latest: Option<SeriesPoint>,
    /// The targets, each with the value of its year.
    pub progress: Vec<TargetProgress>,
}

impl MeasuredIndicator {
    /// Calculates the series and the progress of an indicator from its values.
    pub(crate) fn new(indicator: Indicator, values: &[IndicatorValue]) -> Self {
        let fields = &indicator.fields;
        let series = series(values, fields.aggregation);
        let latest = series.iter().rfind(|point| point.value.is_some()).cloned();
        let progress = progress(fields, &series);
        Self { indicator, series, latest, progress }
    }

    pub(crate) fn input(&self) -> IndicatorInput {
        self.indicator.input()
    }
}

crate::nothing_restricted!(Indicator, MeasuredIndicator, IndicatorValue);
