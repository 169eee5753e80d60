//! The numbers of an indicator in words and in a chart, the same on its page and in its documents.

use super::model::{Aggregation, Decimal, MeasuredIndicator, SeriesPoint, TargetProgress};
use crate::dates::{PartialDate, Precision};
use crate::i18n::{self, Words, word};
use crate::rendering::{Chart, LineWords, Mark, MarkKind};

/// Writes a number as the country does, with the unit.
pub(crate) fn with_unit(words: Words<'_>, value: Decimal, unit: &str) -> String {
    let number = words.decimal(&value.to_string());
    if unit == "%" { format!("{number}\u{a0}%") } else { format!("{number} {unit}") }
}

/// Writes the value of a point; without a total, the territories whose value is missing, else the number of those that
/// have one.
pub(super) fn number_of(words: Words<'_>, point: &SeriesPoint) -> String {
    match point.value {
        Some(value) => words.decimal(&value.to_string()),
        None if !point.missing_territories.is_empty() => {
            let names = words.list(&point.missing_territories);
            let count = point.missing_territories.len();
            i18n::text_with(
                words.lang,
                "indicators-missing-territories",
                &[("count", count.into()), ("names", names.into())],
            )
        }
        None => words.count("indicators-only-territories", point.territories),
    }
}

/// Writes the state of a target: `se alcanzó`, `no se alcanzó`, `sin dato`; with a remark if the value may still change.
pub(super) fn state_of(words: Words<'_>, target: &TargetProgress) -> String {
    let state = word(words.lang, "indicators-target-state", target.state.as_str());
    match target.preliminary && target.value.is_some() {
        true => words.say("indicators-preliminary-state", &[("state", state)]),
        false => state,
    }
}

/// Returns true if the numbers of years can be compared with the values: these are of years too, or the last one counts
/// for its year.
fn is_by_year(found: &MeasuredIndicator) -> bool {
    let mut values = found.series.iter().filter(|point| point.value.is_some());
    found.indicator.fields.aggregation == Aggregation::Last
        || values.all(|one| one.period.precision() == Precision::Year)
}

/// Draws the chart of the series with the baseline and the targets, if these can be compared; None without any number.
pub(super) fn chart(found: &MeasuredIndicator, words: Words<'_>) -> Option<Chart> {
    let fields = &found.indicator.fields;
    let mark = |period: &PartialDate, value: Decimal, kind: MarkKind| Mark {
        kind,
        day: period.to(),
        period: words.date(period),
        short_period: i18n::short_date(words.lang, period),
        value: value.approximate(),
        text: words.decimal(&value.to_string()),
    };
    let year = |year: i32| PartialDate::parse(&year.to_string());
    let baseline = fields.baseline.and_then(|one| Some(mark(&year(one.year)?, one.value, MarkKind::Baseline)));
    let (baseline, years) = if is_by_year(found) { (baseline, fields.targets.as_slice()) } else { (None, &[][..]) };
    let targets = years.iter();
    let targets = targets.filter_map(|one| Some(mark(&year(one.year)?, one.value, MarkKind::Target)));
    let values = found.series.iter().filter_map(|point| {
        let kind = if point.preliminary { MarkKind::Preliminary } else { MarkKind::Value };
        Some(mark(&point.period, point.value?, kind))
    });
    let marks: Vec<Mark> = baseline.into_iter().chain(targets).chain(values).collect();
    let text = |field: &str, own: &str| fields.translations.or_original(field, words.lang, own).to_owned();
    let name_of = |kind: MarkKind| words.say(mark_key(kind), &[]);
    let line = LineWords {
        title: format!("{} ({})", text("name", &fields.name), text("unit", &fields.unit)),
        period: words.say("indicators-period", &[]),
        number: words.say("indicators-value", &[]),
        kind: words.say("indicators-mark", &[]),
        name_of: &name_of,
        unit: text("unit", &fields.unit),
        written: &|number| words.decimal(number),
    };
    (!marks.is_empty()).then(|| Chart::line(&line, marks))
}

fn mark_key(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Value => "indicators-value",
        MarkKind::Preliminary => "indicators-preliminary-value",
        MarkKind::Baseline => "indicators-baseline",
        MarkKind::Target => "indicators-target",
    }
}
