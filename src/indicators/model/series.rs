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
    /// The total: as it was recorded, or calculated from the values of territories by the `aggregation` of the indicator.
    /// Null if only territories have values and the aggregation is `none`, or if it is `sum` and the value of a territory is
    /// not known.
    pub value: Option<Decimal>,
    /// True if the value may still change.
    #[schema(examples(false))]
    pub preliminary: bool,
    /// The number of territories that have a value.
    #[schema(examples(0), minimum = 0)]
    pub territories: usize,
    /// The territories without a known value that had one recorded for this period or an earlier one of the same length.
    #[schema(examples(json!(["Cusco"])))]
    pub missing_territories: Vec<String>,
}

/// Returns the value of each period that has any, in the order of the periods. Only the newest revisions count.
pub(crate) fn series(values: &[IndicatorValue], aggregation: Aggregation) -> Vec<SeriesPoint> {
    let mut periods: BTreeMap<(NaiveDate, NaiveDate), Vec<&IndicatorValue>> = BTreeMap::new();
    for value in values.iter().filter(|value| value.newest && value.fields.value.is_some()) {
        periods.entry((value.period_to, value.period_from)).or_default().push(value);
    }
    let expected = expected_territories(values);
    periods.into_values().filter_map(|values| point(&values, &expected, aggregation)).collect()
}

/// The territories of an indicator, each with the length and the first day of the first period recorded for it.
type ExpectedTerritories<'v> = BTreeMap<(&'v str, Precision), NaiveDate>;

/// Returns from when on a value of each territory is expected. One that was taken back is still expected.
fn expected_territories(values: &[IndicatorValue]) -> ExpectedTerritories<'_> {
    let mut expected = ExpectedTerritories::new();
    for value in values {
        if let Some(territory) = &value.fields.territory {
            let key = (territory.as_str(), value.fields.period.precision());
            let first = expected.entry(key).or_insert(value.period_from);
            *first = (*first).min(value.period_from);
        }
    }
    expected
}

/// Returns the territories whose value for the period of a point is expected and not known.
fn missing_territories(
    point: &IndicatorValue,
    known: &[&IndicatorValue],
    expected: &ExpectedTerritories<'_>,
) -> Vec<String> {
    let is_known = |territory: &str| known.iter().any(|one| one.fields.territory.as_deref() == Some(territory));
    let precision = point.fields.period.precision();
    let of_period = expected.iter().filter(|((_, own), first)| *own == precision && **first <= point.period_from);
    of_period.map(|((territory, _), _)| *territory).filter(|one| !is_known(one)).map(str::to_owned).collect()
}

/// Makes the point of a period from its values. A total that was recorded counts alone; a sum needs the value of every
/// territory.
fn point(
    values: &[&IndicatorValue],
    expected: &ExpectedTerritories<'_>,
    aggregation: Aggregation,
) -> Option<SeriesPoint> {
    let first = values.first()?;
    let (totals, of_territories): (Vec<_>, Vec<_>) =
        values.iter().copied().partition(|one| one.fields.territory.is_none());
    let missing_territories = missing_territories(first, &of_territories, expected);
    let used = match (totals.is_empty(), aggregation) {
        (false, _) => totals,
        (true, Aggregation::None) => Vec::new(),
        (true, Aggregation::Sum) if !missing_territories.is_empty() => Vec::new(),
        (true, Aggregation::Sum) => of_territories.clone(),
        (true, Aggregation::Last) => {
            of_territories.iter().copied().max_by_key(|one| (one.recorded_at, one.id)).into_iter().collect()
        }
    };
    let numbers = used.iter().filter_map(|one| one.fields.value);
    Some(SeriesPoint {
        period: first.fields.period.clone(),
        period_from: first.period_from,
        period_to: first.period_to,
        value: if used.is_empty() { None } else { Decimal::sum(numbers) },
        preliminary: used.iter().any(|one| one.fields.preliminary),
        territories: of_territories.len(),
        missing_territories,
    })
}

crate::text_enum! {
    /// The state of a target.
    TargetState {
        /// The value of the year reaches it.
        Met = "met",
        /// The value of the year does not reach it.
        NotMet = "not_met",
        /// The year has no value, or the indicator has neither a direction nor a baseline that shows it.
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
    /// The progress from the baseline (0) to the target (100), in per cent; null without baseline or value.
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
    let found = value_of_year(series, fields.aggregation, target.year);
    let value = found.map(|found| found.value);
    let baseline = fields.baseline.map(|baseline| baseline.value);
    let state = match (value, direction(fields.direction, baseline, target.value)) {
        (Some(value), Some(Direction::Up)) if value >= target.value => TargetState::Met,
        (Some(value), Some(Direction::Down)) if value <= target.value => TargetState::Met,
        (Some(_), Some(_)) => TargetState::NotMet,
        _ => TargetState::Unknown,
    };
    let percent = value.zip(baseline).and_then(|(value, baseline)| value.percent_between(baseline, target.value));
    let preliminary = found.is_some_and(|found| found.preliminary);
    TargetProgress { year: target.year, target: target.value, value, preliminary, state, percent }
}

/// Returns the better direction: the one that is stated, else the one from the baseline to the target.
fn direction(stated: Option<Direction>, baseline: Option<Decimal>, target: Decimal) -> Option<Direction> {
    let towards_target = |baseline: Decimal| match target.cmp(&baseline) {
        std::cmp::Ordering::Greater => Some(Direction::Up),
        std::cmp::Ordering::Less => Some(Direction::Down),
        std::cmp::Ordering::Equal => None,
    };
    stated.or_else(|| baseline.and_then(towards_target))
}

/// The value of a year.
#[derive(Debug, Clone, Copy)]
struct YearValue {
    value: Decimal,
    /// True if it may still change.
    preliminary: bool,
}

/// Returns the value that was recorded for a year, else the one that the aggregation gives from the periods of the year.
/// A sum needs both half-years, all quarters or all months.
fn value_of_year(series: &[SeriesPoint], aggregation: Aggregation, year: i32) -> Option<YearValue> {
    let known = |point: &SeriesPoint| Some(YearValue { value: point.value?, preliminary: point.preliminary });
    let inside = || series.iter().filter(|point| (point.period_from.year(), point.period_to.year()) == (year, year));
    let of_length = |precision: Precision| inside().filter(move |point| point.period.precision() == precision);
    let recorded = of_length(Precision::Year).find_map(known);
    let parts = [(Precision::HalfYear, 2), (Precision::Quarter, 4), (Precision::Month, 12)];
    recorded.or_else(|| match aggregation {
        Aggregation::None => None,
        Aggregation::Last => inside().filter_map(known).next_back(),
        Aggregation::Sum => parts.into_iter().find_map(|(precision, number)| {
            let found: Vec<YearValue> = of_length(precision).filter_map(known).collect();
            let value = Decimal::sum(found.iter().map(|one| one.value))?;
            (found.len() == number).then(|| YearValue { value, preliminary: found.iter().any(|one| one.preliminary) })
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
    fn the_total_of_territories_follows_the_aggregation() {
        let values = [value(1, "2022", Some("Puno"), "0.1"), value(2, "2022", Some("Cusco"), "0.2")];
        assert_eq!(numbers(&series(&values, Aggregation::None)), [None]);
        assert_eq!(numbers(&series(&values, Aggregation::Sum)), [Some("0.3".to_owned())]);
        assert_eq!(numbers(&series(&values, Aggregation::Last)), [Some("0.2".to_owned())]);
        let with_total = [values.to_vec(), vec![value(3, "2022", None, "7")]].concat();
        let series = series(&with_total, Aggregation::Sum);
        assert_eq!((numbers(&series), series[0].territories), (vec![Some("7".to_owned())], 2));
    }

    #[test]
    fn a_sum_without_the_value_of_a_territory_is_not_known() {
        let values = |cusco: &str| {
            vec![
                value(1, "2022", Some("Puno"), "5"),
                value(2, "2023", Some("Puno"), "5"),
                value(3, "2023", Some("Cusco"), cusco),
                value(4, "2024", Some("Puno"), "6"),
                value(5, "2024-Q1", Some("Puno"), "1"),
            ]
        };
        let found = series(&values("7"), Aggregation::Sum);
        let missing: Vec<Vec<String>> = found.iter().map(|point| point.missing_territories.clone()).collect();
        let numbers_of = |text: &str| numbers(&series(&values(text), Aggregation::Sum));
        let known = |text: &str| Some(text.to_owned());
        // In the order of the last day: 2022, 2023, the first quarter of 2024, 2024.
        assert_eq!(numbers_of("7"), [known("5"), known("12"), known("1"), None]);
        assert_eq!(missing, [vec![], vec![], vec![], vec!["Cusco".to_owned()]]);
        assert_eq!(numbers_of(""), [known("5"), None, known("1"), None], "a value that was taken back is not zero");
        let last: Vec<_> = numbers(&series(&values("7"), Aggregation::Last));
        assert_eq!(last.last().unwrap(), &known("6"));
    }

    #[test]
    fn values_that_were_corrected_or_taken_back_do_not_count() {
        let old = IndicatorValue { newest: false, ..value(1, "2022", None, "5") };
        let taken_back = value(2, "2023", None, "");
        assert_eq!(
            numbers(&series(&[old, value(3, "2022", None, "0"), taken_back], Aggregation::Sum)),
            [Some("0".to_owned())]
        );
    }

    fn in_2023(values: &[IndicatorValue], aggregation: Aggregation) -> Option<String> {
        value_of_year(&series(values, aggregation), aggregation, 2023).map(|found| found.value.to_string())
    }

    #[test]
    fn a_year_is_added_up_only_when_it_is_complete() {
        let quarters = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"];
        let values: Vec<_> = (1..).zip(quarters).map(|(n, period)| value(n, period, None, "2.5")).collect();
        assert_eq!(in_2023(&values, Aggregation::Sum).as_deref(), Some("10"));
        assert_eq!(in_2023(&values[..3], Aggregation::Sum), None);
        assert_eq!(in_2023(&values[..3], Aggregation::Last).as_deref(), Some("2.5"));
        assert_eq!(in_2023(&values, Aggregation::None), None);
        assert_eq!(in_2023(&[value(9, "2023", None, "11")], Aggregation::None).as_deref(), Some("11"));
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
