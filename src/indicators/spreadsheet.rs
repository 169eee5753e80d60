//! An indicator as a workbook: the series, the targets, and all recorded values.

use std::fs::File;

use chrono::NaiveDate;

use super::model::{Decimal, IndicatorValue, MeasuredIndicator};
use super::wording::state_of;
use crate::error::Result;
use crate::i18n::{Lang, Words};
use crate::rendering::{Book, Cell, Heading, Rows};

/// Writes the workbook of an indicator.
pub(super) fn workbook(
    found: &MeasuredIndicator,
    values: &[IndicatorValue],
    lang: Lang,
    today: NaiveDate,
) -> Result<File> {
    let words = Words { lang, country: &found.indicator.country_code };
    let mut book = Book::new(&found.indicator.fields.name, lang, today);
    write_series(&mut book, found, words)?;
    write_targets(&mut book, found, words)?;
    write_values(&mut book, values, words)?;
    book.finish()
}

fn headings(words: Words<'_>, columns: &[(&str, u16)]) -> Vec<Heading> {
    let heading =
        |(name, width): &(&str, u16)| Heading { text: words.say(&format!("indicators-{name}"), &[]), width: *width };
    columns.iter().map(heading).collect()
}

/// Returns the cell of a number; an empty one for an unknown number, which is not zero.
fn number(value: Option<Decimal>) -> Cell {
    value.map_or(Cell::Nothing, |value| Cell::Number(value.approximate()))
}

fn mark(is_set: bool, words: Words<'_>, key: &str) -> Cell {
    if is_set { Cell::text(words.say(key, &[])) } else { Cell::Nothing }
}

fn write_series(book: &mut Book, found: &MeasuredIndicator, words: Words<'_>) -> Result<()> {
    let fields = &found.indicator.fields;
    let columns = [("indicator", 50), ("field-unit", 16), ("period", 14), ("first-day", 12), ("last-day", 12)];
    let more = [("value", 14), ("state", 16), ("territories", 14)];
    book.sheet(&words.say("indicators-series", &[]), &headings(words, &[&columns[..], &more].concat()))?;
    for point in &found.series {
        book.row(&[
            Cell::text(&fields.name),
            Cell::text(&fields.unit),
            Cell::text(point.period.as_str()),
            Cell::day(Some(point.period_from)),
            Cell::day(Some(point.period_to)),
            number(point.value),
            mark(point.preliminary, words, "indicators-preliminary-value"),
            Cell::count(i64::try_from(point.territories).ok()),
        ])?;
    }
    Ok(())
}

fn write_targets(book: &mut Book, found: &MeasuredIndicator, words: Words<'_>) -> Result<()> {
    let columns = [("year", 10), ("target", 14), ("value", 14), ("way", 18), ("state", 24)];
    book.sheet(&words.say("indicators-targets", &[]), &headings(words, &columns))?;
    if let Some(baseline) = found.indicator.fields.baseline {
        let state = Cell::text(words.say("indicators-baseline", &[]));
        let year = Cell::count(Some(baseline.year));
        book.row(&[year, Cell::Nothing, number(Some(baseline.value)), Cell::Nothing, state])?;
    }
    for one in &found.progress {
        let state = Cell::text(state_of(words, one));
        let way = Cell::count(one.percent);
        book.row(&[Cell::count(Some(one.year)), number(Some(one.target)), number(one.value), way, state])?;
    }
    Ok(())
}

fn write_values(book: &mut Book, values: &[IndicatorValue], words: Words<'_>) -> Result<()> {
    let columns = [("period", 14), ("territory", 24), ("value", 14), ("state", 16), ("source", 40), ("revision", 10)];
    let more = [("corrected", 14), ("recorded", 20)];
    book.sheet(&words.say("indicators-history", &[]), &headings(words, &[&columns[..], &more].concat()))?;
    for value in values {
        let fields = &value.fields;
        book.row(&[
            Cell::text(fields.period.as_str()),
            Cell::shown(fields.territory.as_ref()),
            number(fields.value),
            mark(fields.preliminary, words, "indicators-preliminary-value"),
            Cell::shown(fields.source.as_ref()),
            Cell::count(Some(value.revision)),
            mark(!value.newest, words, "indicators-corrected"),
            Cell::text(value.recorded_at.to_string()),
        ])?;
    }
    Ok(())
}
