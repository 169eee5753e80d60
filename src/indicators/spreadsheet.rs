//! An indicator as a workbook: the series, the targets, and all recorded values.

use std::fs::File;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::model::{Decimal, IndicatorValue, MeasuredIndicator};
use super::wording::state_of;
use crate::error::Result;
use crate::i18n::{Lang, Words};
use crate::rendering::{Book, Cell, Heading, Rows};

/// Writes the workbook of an indicator. `zone` is that of its country.
pub(super) fn workbook(
    found: &MeasuredIndicator,
    values: &[IndicatorValue],
    lang: Lang,
    (today, zone): (NaiveDate, Tz),
) -> Result<File> {
    let words = Words { lang, country: &found.indicator.country_code };
    let fields = &found.indicator.fields;
    let mut book = Book::new(fields.translations.or_original("name", lang, &fields.name), lang, today);
    write_series(&mut book, found, words)?;
    write_targets(&mut book, found, words)?;
    write_values(&mut book, values, (words, zone))?;
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

/// Returns the cell of a year, which has no separator of thousands.
fn year(year: i32) -> Cell {
    Cell::Number(f64::from(year))
}

fn mark(is_set: bool, words: Words<'_>, key: &str) -> Cell {
    if is_set { Cell::text(words.say(key, &[])) } else { Cell::Nothing }
}

fn write_series(book: &mut Book, found: &MeasuredIndicator, words: Words<'_>) -> Result<()> {
    let fields = &found.indicator.fields;
    let columns = [("indicator", 50), ("field-unit", 16), ("period", 26), ("first-day", 12), ("last-day", 12)];
    let more = [("value", 14), ("state", 18), ("territories", 14)];
    book.sheet(&words.say("indicators-series", &[]), &headings(words, &[&columns[..], &more].concat()))?;
    for point in &found.series {
        book.row(&[
            Cell::text(fields.translations.or_original("name", words.lang, &fields.name)),
            Cell::text(fields.translations.or_original("unit", words.lang, &fields.unit)),
            Cell::text(words.date(&point.period)),
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
        let year = year(baseline.year);
        book.row(&[year, Cell::Nothing, number(Some(baseline.value)), Cell::Nothing, state])?;
    }
    for one in &found.progress {
        let state = Cell::text(state_of(words, one));
        let way = Cell::count(one.percent);
        book.row(&[year(one.year), number(Some(one.target)), number(one.value), way, state])?;
    }
    Ok(())
}

fn write_values(book: &mut Book, values: &[IndicatorValue], (words, zone): (Words<'_>, Tz)) -> Result<()> {
    let columns = [("period", 26), ("territory", 24), ("value", 14), ("state", 18), ("source", 40), ("revision", 10)];
    let more = [("corrected", 18), ("recorded", 18)];
    book.sheet(&words.say("indicators-history", &[]), &headings(words, &[&columns[..], &more].concat()))?;
    for value in values {
        let fields = &value.fields;
        let territory = fields.territory.clone().unwrap_or_else(|| words.say("indicators-whole", &[]));
        book.row(&[
            Cell::text(words.date(&fields.period)),
            Cell::text(territory),
            number(fields.value),
            mark(fields.preliminary, words, "indicators-preliminary-value"),
            Cell::shown(fields.source.as_ref()),
            Cell::count(Some(value.revision)),
            mark(!value.newest, words, "indicators-corrected"),
            Cell::moment(value.recorded_at, zone),
        ])?;
    }
    Ok(())
}
