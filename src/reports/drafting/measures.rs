//! The indicators of a priority: the last value that was known by the end of the period, beside its baseline and its next
//! target. What nobody measured is not mentioned.

use chrono::Datelike;

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::db::PlanItemId;
use crate::indicators::{MeasuredIndicator, value_with_unit};
use crate::rendering::escape_line;
use crate::reports::words::sentence;

/// Lists the indicators of these items that have a value.
pub(super) fn measured(context: &Context<'_>, answer: &mut AnswerBuilder, branch: &[PlanItemId]) {
    let own = context.records.indicators.iter();
    for found in own.filter(|one| branch.contains(&one.indicator.fields.plan_item_id)) {
        if let Some(text) = last_value(context, found) {
            answer.bullet(0, &sentence(&text));
        }
    }
}

/// Writes the last value that was known by the end of the period: `«Distritos»: 21,4 % (2023), valor preliminar; …`.
fn last_value(context: &Context<'_>, found: &MeasuredIndicator) -> Option<String> {
    let fields = &found.indicator.fields;
    let point = found.series.iter().rfind(|point| point.value.is_some() && point.period_to <= context.to)?;
    let unit = fields.translations.or_original("unit", context.lang(), &fields.unit);
    let name = fields.translations.or_original("name", context.lang(), &fields.name);
    let number = |value| value_with_unit(context.words, value, &escape_line(unit));
    let of_year =
        |key: &str, year: i32, value| context.say(key, &[("year", year.to_string()), ("value", number(value))]);
    let key = if point.preliminary { "draft-measured-preliminary" } else { "draft-measured" };
    let value = number(point.value?);
    let args = [("name", escape_line(name)), ("value", value), ("period", context.words.date(&point.period))];
    let mut parts = vec![context.say(key, &args)];
    parts.extend(fields.baseline.map(|base| of_year("draft-measured-baseline", base.year, base.value)));
    let next = fields.targets.iter().find(|target| target.year >= point.period_to.year());
    parts.extend(next.map(|target| of_year("draft-measured-target", target.year, target.value)));
    Some(parts.join("; "))
}

/// Writes the number of indicators that have values of the period, as a tool of evaluation; None without any.
pub(super) fn tool(context: &Context<'_>) -> Option<String> {
    let in_period = |found: &MeasuredIndicator| {
        let points = found.series.iter();
        points.filter(|point| point.period_from <= context.to && point.period_to >= context.from).count()
    };
    let counts: Vec<usize> = context.records.indicators.iter().map(in_period).filter(|values| *values > 0).collect();
    let values = context.count_with("draft-measured-values", counts.iter().sum(), &[]);
    (!counts.is_empty()).then(|| context.count_with("draft-measured-tool", counts.len(), &[("values", values)]))
}
