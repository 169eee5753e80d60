//! The series of an indicator, and its progress towards the targets. What is unknown stays unknown.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::decimal::Decimal;
use super::values::IndicatorValue;
use super::{Aggregation, Direction, IndicatorInput, YearTarget};
use crate::dates::{PartialDate, Precision};

/// The value of an indicator for one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SeriesPoint {
    /// The period.
    pub period: PartialDate,
    /// The first day of the period.
    #[schema(examples("2023-01-01"))]
    pub period_from: NaiveDate,
    /// The last day of the period.
    #[schema(examples("2023-12-31"))]
    pub period_to: NaiveDate,
    /// The value of the whole: as it was recorded, or put together from its territories as the indicator says. Null if
    /// only territories have values and the indicator does not put them together.
    pub value: Option<Decimal>,
    /// True if a number that it consists of may still change.
    #[schema(examples(false))]
    pub preliminary: bool,
    /// The number of territories that have a value.
    #[schema(examples(0), minimum = 0)]
    pub territories: usize,
}

/// Returns the value of each period that has any, in the order of the periods. Only the newest revisions count.
pub(crate) fn series(values: &[IndicatorValue], aggregation: Aggregation) -> Vec<SeriesPoint> {
    let mut periods: BTreeMap<(NaiveDate, NaiveDate), Vec<&IndicatorValue>> = BTreeMap::new();
    for value in values.iter().filter(|value| value.newest && value.fields.value.is_some()) {
        periods.entry((value.period_to, value.period_from)).or_default().push(value);
    }
    periods.into_values().filter_map(|values| point(&values, aggregation)).collect()
}

/// Puts the values of one period together. A value of the whole counts alone.
fn point(values: &[&IndicatorValue], aggregation: Aggregation) -> Option<SeriesPoint> {
    let first = values.first()?;
    let (whole, parts): (Vec<_>, Vec<_>) = values.iter().copied().partition(|one| one.fields.territory.is_none());
    let used = match (whole.is_empty(), aggregation) {
        (false, _) => whole,
        (true, Aggregation::None) => Vec::new(),
        (true, Aggregation::Sum) => parts.clone(),
        (true, Aggregation::Last) => {
            parts.iter().copied().max_by_key(|one| (one.recorded_at, one.id)).into_iter().collect()
        }
    };
    let numbers = used.iter().filter_map(|one| one.fields.value);
    Some(SeriesPoint {
        period: first.fields.period.clone(),
        period_from: first.period_from,
        period_to: first.period_to,
        value: if used.is_empty() { None } else { Decimal::sum(numbers) },
        preliminary: used.iter().any(|one| one.fields.preliminary),
        territories: parts.len(),
    })
}

crate::text_enum! {
    /// The state of a target.
    TargetState {
        /// The value of the year reaches it.
        Met = "met",
        /// The value of the year does not reach it.
        NotMet = "not_met",
        /// The year has no value, or the indicator does not say which direction is better.
        Unknown = "unknown",
    }
}

/// A target with the value of its year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TargetProgress {
    /// The year.
    #[schema(examples(2025))]
    pub year: i32,
    /// The number that should be reached.
    pub target: Decimal,
    /// The value of the year; null if it is unknown.
    pub value: Option<Decimal>,
    /// True if the value may still change.
    #[schema(examples(false))]
    pub preliminary: bool,
    /// The state of the target.
    #[schema(examples("not_met"))]
    pub state: TargetState,
    /// The part of the way from the baseline to the target that is done, in per cent; null without baseline or value.
    #[schema(examples(80))]
    pub percent: Option<i64>,
}

/// Compares the targets of an indicator with its series, in the order of the years.
pub(crate) fn progress(fields: &IndicatorInput, series: &[SeriesPoint]) -> Vec<TargetProgress> {
    let mut targets = fields.targets.clone();
    targets.sort_unstable_by_key(|target| target.year);
    targets.into_iter().map(|target| progress_of(fields, series, target)).collect()
}

fn progress_of(fields: &IndicatorInput, series: &[SeriesPoint], target: YearTarget) -> TargetProgress {
    let found = of_year(series, fields.aggregation, target.year);
    let value = found.map(|(value, _)| value);
    let baseline = fields.baseline.map(|baseline| baseline.value);
    let state = match (value, direction(fields.direction, baseline, target.value)) {
        (Some(value), Some(Direction::Up)) if value >= target.value => TargetState::Met,
        (Some(value), Some(Direction::Down)) if value <= target.value => TargetState::Met,
        (Some(_), Some(_)) => TargetState::NotMet,
        _ => TargetState::Unknown,
    };
    let percent = value.zip(baseline).and_then(|(value, baseline)| value.percent_of_way(baseline, target.value));
    let preliminary = found.is_some_and(|(_, preliminary)| preliminary);
    TargetProgress { year: target.year, target: target.value, value, preliminary, state, percent }
}

/// Returns the direction that is better: the one that is stated, else the way from the baseline to the target.
fn direction(stated: Option<Direction>, baseline: Option<Decimal>, target: Decimal) -> Option<Direction> {
    let way = |baseline: Decimal| match target.cmp(&baseline) {
        std::cmp::Ordering::Greater => Some(Direction::Up),
        std::cmp::Ordering::Less => Some(Direction::Down),
        std::cmp::Ordering::Equal => None,
    };
    stated.or_else(|| baseline.and_then(way))
}

/// Returns the value of a year, and whether it may still change: as it was recorded for the year, else put together from
/// the periods of the year as the indicator says. A sum needs every half-year, quarter or month of the year.
fn of_year(series: &[SeriesPoint], aggregation: Aggregation, year: i32) -> Option<(Decimal, bool)> {
    let known = |point: &SeriesPoint| point.value.map(|value| (value, point.preliminary));
    let inside = || series.iter().filter(|point| (point.period_from.year(), point.period_to.year()) == (year, year));
    let stated = inside().find(|point| point.period.precision() == Precision::Year).and_then(known);
    let parts = [(Precision::HalfYear, 2), (Precision::Quarter, 4), (Precision::Month, 12)];
    stated.or_else(|| match aggregation {
        Aggregation::None => None,
        Aggregation::Last => inside().filter_map(known).next_back(),
        Aggregation::Sum => parts.into_iter().find_map(|(precision, needed)| {
            let found: Vec<_> =
                inside().filter(|point| point.period.precision() == precision).filter_map(known).collect();
            let sum = Decimal::sum(found.iter().map(|(value, _)| *value))?;
            (found.len() == needed).then(|| (sum, found.iter().any(|(_, preliminary)| *preliminary)))
        }),
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::clock::Instant;
    use crate::indicators::model::{Baseline, IndicatorValueInput};

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn value(n: u128, period: &str, territory: Option<&str>, number: &str) -> IndicatorValue {
        let period = PartialDate::parse(period).unwrap();
        let (period_from, period_to) = (period.from(), period.to());
        let fields = IndicatorValueInput {
            period,
            territory: territory.map(str::to_owned),
            value: Decimal::parse(number),
            preliminary: false,
            source: None,
            evidence: Vec::new(),
        };
        IndicatorValue {
            id: Uuid::from_u128(n).into(),
            indicator_id: Uuid::from_u128(1).into(),
            fields,
            period_from,
            period_to,
            revision: 1,
            newest: true,
            author: None,
            imported_by: None,
            recorded_at: Instant::parse("2023-08-22T14:00:00Z").unwrap(),
        }
    }

    fn indicator(direction: Option<Direction>, baseline: Option<&str>, target: &str) -> IndicatorInput {
        IndicatorInput {
            plan_item_id: Uuid::from_u128(2).into(),
            name: "Distritos".to_owned(),
            unit: "%".to_owned(),
            definition: None,
            source: None,
            direction,
            baseline: baseline.map(|value| Baseline { value: decimal(value), year: 2019 }),
            targets: vec![YearTarget { year: 2023, value: decimal(target) }],
            responsible_ids: Vec::new(),
            territory: None,
            aggregation: Aggregation::None,
            note: None,
            translations: crate::translations::Translations::default(),
        }
    }

    fn numbers(series: &[SeriesPoint]) -> Vec<Option<String>> {
        series.iter().map(|point| point.value.map(|value| value.to_string())).collect()
    }

    #[test]
    fn territories_are_put_together_only_as_the_indicator_says() {
        let values = [value(1, "2022", Some("Puno"), "0.1"), value(2, "2022", Some("Cusco"), "0.2")];
        assert_eq!(numbers(&series(&values, Aggregation::None)), [None]);
        assert_eq!(numbers(&series(&values, Aggregation::Sum)), [Some("0.3".to_owned())]);
        assert_eq!(numbers(&series(&values, Aggregation::Last)), [Some("0.2".to_owned())]);
        let whole = [values.to_vec(), vec![value(3, "2022", None, "7")]].concat();
        let series = series(&whole, Aggregation::Sum);
        assert_eq!((numbers(&series), series[0].territories), (vec![Some("7".to_owned())], 2));
    }

    #[test]
    fn corrected_and_withdrawn_values_do_not_count() {
        let old = IndicatorValue { newest: false, ..value(1, "2022", None, "5") };
        let withdrawn = value(2, "2023", None, "");
        assert_eq!(
            numbers(&series(&[old, value(3, "2022", None, "0"), withdrawn], Aggregation::Sum)),
            [Some("0".to_owned())]
        );
    }

    fn year_of(values: &[IndicatorValue], aggregation: Aggregation) -> Option<String> {
        of_year(&series(values, aggregation), aggregation, 2023).map(|(value, _)| value.to_string())
    }

    #[test]
    fn a_year_is_added_up_only_when_it_is_complete() {
        let quarters = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"];
        let values: Vec<_> = (1..).zip(quarters).map(|(n, period)| value(n, period, None, "2.5")).collect();
        assert_eq!(year_of(&values, Aggregation::Sum).as_deref(), Some("10"));
        assert_eq!(year_of(&values[..3], Aggregation::Sum), None);
        assert_eq!(year_of(&values[..3], Aggregation::Last).as_deref(), Some("2.5"));
        assert_eq!(year_of(&values, Aggregation::None), None);
        assert_eq!(year_of(&[value(9, "2023", None, "11")], Aggregation::None).as_deref(), Some("11"));
    }

    #[test]
    fn a_target_is_met_in_its_direction_and_unknown_without_a_value() {
        let state = |fields: &IndicatorInput, number: &str| {
            let series = series(&[value(1, "2023", None, number)], fields.aggregation);
            let found = progress(fields, &series)[0].clone();
            (found.state, found.percent)
        };
        let up = indicator(Some(Direction::Up), None, "50");
        assert_eq!(state(&up, "50"), (TargetState::Met, None));
        assert_eq!(state(&up, "49.9"), (TargetState::NotMet, None));
        let down = indicator(None, Some("10"), "6");
        assert_eq!(state(&down, "8"), (TargetState::NotMet, Some(50)));
        assert_eq!(state(&down, "6"), (TargetState::Met, Some(100)));
        assert_eq!(state(&indicator(None, None, "6"), "8"), (TargetState::Unknown, None));
        assert_eq!(progress(&up, &[])[0].state, TargetState::Unknown);
    }
}
