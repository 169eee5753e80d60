//! An indicator as a document: its definition, the series as a chart and a table, the targets, and all recorded values.

use chrono::NaiveDate;

use super::model::{IndicatorValue, MeasuredIndicator};
use super::wording::{chart, number_of, state_of, with_unit};
use crate::i18n::{Lang, Words, word};
use crate::rendering::{Block, Chart, Column, Document, Fact, Frame, Table, one_line};

/// The names around an indicator, in the language of the document.
#[derive(Debug)]
pub(super) struct Named {
    pub country: String,
    /// The plan and the item that it measures, as far as the reader may know them.
    pub plan: Option<String>,
    pub item: Option<String>,
    /// The responsible institutions.
    pub responsible: Vec<String>,
    /// The day of the document in the country.
    pub today: NaiveDate,
}

/// Returns the title of the document.
pub(super) fn title(found: &MeasuredIndicator, lang: Lang) -> String {
    let fields = &found.indicator.fields;
    one_line(fields.translations.or_original("name", lang, &fields.name))
}

/// Builds the document of an indicator from all its values.
pub(super) fn document(found: &MeasuredIndicator, values: &[IndicatorValue], named: &Named, lang: Lang) -> Document {
    let indicator = &found.indicator;
    let words = Words { lang, country: &indicator.country_code };
    let title = title(found, lang);
    let foot = words.say("indicators-state-on", &[("day", words.day(named.today))]);
    let mut blocks = vec![facts(found, named, words), Block::heading(1, words.say("indicators-series", &[]))];
    match (chart(found, words), found.series.is_empty()) {
        // The table has the series alone: baseline and targets have their own places.
        (Some(chart), false) => {
            blocks.push(Block::Chart(Chart { table: series(found, words), has_table_below: true, ..chart }));
        }
        (Some(chart), true) => blocks.push(Block::Chart(chart)),
        (None, false) => blocks.push(Block::Table(series(found, words))),
        (None, true) => blocks.push(Block::paragraph(words.say("indicators-no-values", &[]))),
    }
    if !found.progress.is_empty() {
        blocks.push(Block::heading(1, words.say("indicators-targets", &[])));
        blocks.push(Block::Table(targets(found, words)));
    }
    if !values.is_empty() {
        blocks.push(Block::heading(1, words.say("indicators-history", &[])));
        blocks.push(Block::Table(history(values, words)));
    }
    Document {
        lang,
        region: Some(indicator.country_code.clone()),
        contents: None,
        landscape: false,
        frame: Frame { above: named.plan.clone(), head: Some(title.clone()), foot: Some(foot), ..Frame::default() },
        title,
        blocks,
    }
}

fn facts(found: &MeasuredIndicator, named: &Named, words: Words<'_>) -> Block {
    let fields = &found.indicator.fields;
    let lang = words.lang;
    let text = |field: &str, own: &str| fields.translations.or_original(field, lang, own).to_owned();
    let mut items = Vec::new();
    let mut add = |key: &str, value: String| items.push(Fact::new(words.say(key, &[]), value));
    add("indicators-country", named.country.clone());
    for (key, name) in [("indicators-plan", &named.plan), ("indicators-field-item", &named.item)] {
        name.iter().for_each(|name| add(key, name.clone()));
    }
    add("indicators-field-unit", text("unit", &fields.unit));
    let stated = [("definition", &fields.definition), ("source", &fields.source), ("territory", &fields.territory)];
    for (field, own) in stated {
        if let Some(own) = own {
            add(&format!("indicators-field-{field}"), text(field, own));
        }
    }
    if let Some(baseline) = fields.baseline {
        let value = with_unit(words, baseline.value, &text("unit", &fields.unit));
        add(
            "indicators-baseline",
            words.say("indicators-value-of-year", &[("value", value), ("year", baseline.year.to_string())]),
        );
    }
    if let Some(direction) = fields.direction {
        add("indicators-field-direction", word(lang, "indicators-direction", direction.as_str()));
    }
    add("indicators-field-aggregation", word(lang, "indicators-aggregation", fields.aggregation.as_str()));
    if !named.responsible.is_empty() {
        add("indicators-responsible", named.responsible.join("; "));
    }
    add("indicators-state-day", words.day(named.today));
    Block::Facts { items }
}

fn series(found: &MeasuredIndicator, words: Words<'_>) -> Table {
    let columns = vec![
        Column::text(words.say("indicators-period", &[]), 2),
        Column::figures(words.say("indicators-value", &[]), 2),
        Column::text(words.say("indicators-state", &[]), 2),
    ];
    let preliminary = words.say("indicators-preliminary-value", &[]);
    let rows = found.series.iter().map(|point| {
        let state = if point.preliminary { preliminary.clone() } else { String::new() };
        vec![words.date(&point.period), number_of(words, point), state]
    });
    Table::new(columns, rows.collect()).without_empty_columns()
}

fn targets(found: &MeasuredIndicator, words: Words<'_>) -> Table {
    let columns = vec![
        Column::text(words.say("indicators-year", &[]), 1),
        Column::figures(words.say("indicators-target", &[]), 1),
        Column::figures(words.say("indicators-value", &[]), 1),
        Column::figures(words.say("indicators-way", &[]), 1),
        Column::text(words.say("indicators-state", &[]), 2),
    ];
    let unknown = words.say("indicators-unknown", &[]);
    let rows = found.progress.iter().map(|one| {
        vec![
            one.year.to_string(),
            words.decimal(&one.target.to_string()),
            one.value.map_or_else(|| unknown.clone(), |value| words.decimal(&value.to_string())),
            one.percent.map_or_else(|| unknown.clone(), |percent| format!("{percent} %")),
            state_of(words, one),
        ]
    });
    Table::new(columns, rows.collect())
}

fn history(values: &[IndicatorValue], words: Words<'_>) -> Table {
    let columns = vec![
        Column::text(words.say("indicators-period", &[]), 2),
        Column::text(words.say("indicators-territory", &[]), 2),
        Column::figures(words.say("indicators-value", &[]), 2),
        Column::text(words.say("indicators-source", &[]), 3),
        Column::text(words.say("indicators-state", &[]), 2),
    ];
    let rows = values.iter().map(|value| {
        let fields = &value.fields;
        let number = fields.value.map(|number| words.decimal(&number.to_string()));
        vec![
            words.date(&fields.period),
            fields.territory.clone().unwrap_or_else(|| words.say("indicators-whole", &[])),
            number.unwrap_or_else(|| words.say("indicators-taken-back-word", &[])),
            fields.source.clone().unwrap_or_default(),
            match (value.newest, fields.preliminary) {
                (false, _) => words.say("indicators-corrected", &[]),
                (true, true) => words.say("indicators-preliminary-value", &[]),
                (true, false) => String::new(),
            },
        ]
    });
    Table::new(columns, rows.collect()).without_empty_columns()
}
