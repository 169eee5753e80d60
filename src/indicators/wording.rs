//! The numbers of an indicator in words and in a chart, the same on its page and in its documents.

use super::model::{Decimal, MeasuredIndicator, SeriesPoint, TargetProgress};
use crate::dates::PartialDate;
use crate::i18n::{Words, word};
use crate::rendering::{Chart, LineWords, Mark, MarkKind};

/// Writes a number as the country does, with the unit.
pub(crate) fn with_unit(words: Words<'_>, value: Decimal, unit: &str) -> String {
    let number = words.decimal(&value.to_string());
    if unit == "%" { format!("{number}\u{a0}%") } else { format!("{number} {unit}") }
}

/// Writes the value of a point; without a total, the number of territories that have a value.
pub(super) fn number_of(words: Words<'_>, point: &SeriesPoint) -> String {
    match point.value {
        Some(value) => words.decimal(&value.to_string()),
        None => words.count("indicators-only-territories", point.territories),
    }
}

/// Writes the state of a target: `se alcanzó`, `no se alcanzó`, `sin dato`.
pub(super) fn state_of(words: Words<'_>, target: &TargetProgress) -> String {
    word(words.lang, "indicators-target-state", target.state.as_str())
}

/// Draws the chart of the series with the baseline and the targets; None without any number.
pub(super) fn chart(found: &MeasuredIndicator, words: Words<'_>) -> Option<Chart> {
    let fields = &found.indicator.fields;
    let mark = |period: &PartialDate, value: Decimal, kind: MarkKind| Mark {
        kind,
        day: period.to(),
        period: period.to_string(),
        value: value.approximate(),
        text: words.decimal(&value.to_string()),
    };
    let year = |year: i32| PartialDate::parse(&year.to_string());
    let baseline = fields.baseline.and_then(|one| Some(mark(&year(one.year)?, one.value, MarkKind::Baseline)));
    let targets = fields.targets.iter();
    let targets = targets.filter_map(|one| Some(mark(&year(one.year)?, one.value, MarkKind::Target)));
    let values = found.series.iter().filter_map(|point| {
        let kind = if point.preliminary { MarkKind::Preliminary } else { MarkKind::Value };
        Some(mark(&point.period, point.value?, kind))
    });
    let marks: Vec<Mark> = baseline.into_iter().chain(targets).chain(values).collect();
    let name_of = |kind: MarkKind| words.say(mark_key(kind), &[]);
    let line = LineWords {
        title: format!("{} ({})", fields.name, fields.unit),
        period: words.say("indicators-period", &[]),
        number: words.say("indicators-value", &[]),
        kind: words.say("indicators-mark", &[]),
        name_of: &name_of,
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
