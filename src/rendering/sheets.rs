//! Tables for spreadsheets: cells with their types, written row by row to a file, so that memory does not grow with the
//! number of rows; and the writer of CSV (UTF-8 with a byte order mark, days as `2023-06-30`).

use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::clock::Instant;
use crate::error::{Error, Result};

/// The content of a cell. Text is never read as a formula.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Nothing,
    Text(String),
    Count(i64),
    Number(f64),
    Day(NaiveDate),
    /// A day with the time of a clock on the wall.
    Moment(NaiveDateTime),
}

/// The heading of a column, and the column's width in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub text: String,
    pub width: u16,
}

/// A writer of rows.
pub(crate) trait Rows {
    fn row(&mut self, cells: &[Cell]) -> Result<()>;
}

crate::text_enum! {
    /// The separator of the cells of a CSV: Excel in Spanish expects semicolons.
    Separator { Comma = "comma", Semicolon = "semicolon" }
}

impl Cell {
    /// Makes a cell with a text; an empty cell when the text is empty.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    pub(crate) fn shown<T: ToString>(value: Option<&T>) -> Self {
        value.map_or(Self::Nothing, |value| Self::text(value.to_string()))
    }

    pub(crate) fn count<T: Into<i64>>(count: Option<T>) -> Self {
        count.map_or(Self::Nothing, |count| Self::Count(count.into()))
    }

    pub(crate) fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Nothing, Self::Day)
    }

    /// Makes a cell with the day and the time of a moment in a time zone.
    pub(crate) fn moment(at: Instant, zone: Tz) -> Self {
        Self::Moment(at.utc().with_timezone(&zone).naive_local())
    }

    /// Makes a cell with several texts.
    pub(crate) fn joined(texts: impl IntoIterator<Item = String>) -> Self {
        Self::text(texts.into_iter().collect::<Vec<_>>().join("; "))
    }
}

/// A CSV that is being written to a temporary file without a name.
pub(crate) struct CsvTable(csv::Writer<BufWriter<File>>);

impl CsvTable {
    pub(crate) fn new(separator: Separator, headings: &[Heading]) -> Result<Self> {
        let mut file = BufWriter::new(tempfile::tempfile().map_err(Error::internal)?);
        file.write_all(b"\xEF\xBB\xBF").map_err(Error::internal)?;
        let delimiter = if separator == Separator::Semicolon { b';' } else { b',' };
        let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(file);
        table.write_record(headings.iter().map(|heading| &heading.text)).map_err(Error::internal)?;
        Ok(Self(table))
    }

    /// Returns the file, ready to be read from its beginning.
    pub(crate) fn finish(self) -> Result<File> {
        let mut file = self.0.into_inner().map_err(Error::internal)?.into_inner().map_err(Error::internal)?;
        file.rewind().map_err(Error::internal)?;
        Ok(file)
    }
}

impl Rows for CsvTable {
    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.0.write_record(cells.iter().map(csv_cell)).map_err(Error::internal)
    }
}

fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// Characters that begin a formula; some East Asian versions of Excel accept the full-width ones too.
const MARKS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Returns the text with an apostrophe before every part that a spreadsheet could read as a formula: at the beginning,
/// and after each character that separates cells for a program of another country or for one that ignores quotes.
fn guarded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(['\t', '\r']) {
        safe.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && MARKS.contains(&c) {
            safe.push('\'');
        }
        begins = still_begins(begins, c);
        safe.push(c);
    }
    safe
}

/// Removes the apostrophes that [`guarded`] put in.
pub(crate) fn unguarded(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut begins = true;
    let text = text.strip_prefix('\'').filter(|rest| rest.starts_with(['\t', '\r'])).unwrap_or(text);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if begins && c == '\'' && rest.peek().is_some_and(|next| MARKS.contains(next)) {
            continue;
        }
        begins = still_begins(begins, c);
        bare.push(c);
    }
    bare
}

/// Returns true if a cell could begin after this character.
fn still_begins(begins: bool, c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '\r' | '\n') || begins && matches!(c, ' ' | '"')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_figure_is_a_figure() {
        assert_eq!(csv_cell(&Cell::Count(-1)), "-1");
        assert_eq!(csv_cell(&Cell::Text("-1".into())), "'-1");
        let at = Instant::parse("2023-08-23T02:05:00Z").unwrap();
        assert_eq!(csv_cell(&Cell::moment(at, Tz::America__Lima)), "2023-08-22 21:05");
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("@a", "'@a"),
            ("\tx", "'\tx"),
            ("-1", "'-1"),
            (" =1", " '=1"),
            ("Taller;=cmd|'/C calc'!A0", "Taller;'=cmd|'/C calc'!A0"),
            ("a, +1;\"=2\"", "a, '+1;\"'=2\""),
            ("uno\n-dos\r\n@tres\t=4", "uno\n'-dos\r\n'@tres\t'=4"),
            ("Taller; 2+2=4, tele-trabajo", "Taller; 2+2=4, tele-trabajo"),
            ("＝1+1", "'＝1+1"),
            ("a;＠b, ＋1", "a;'＠b, '＋1"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), safe);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_is_read_as_it_was(text in "[ab ,;\"\t\r\n=+@＝＋－＠-]{0,20}") {
            prop_assert_eq!(unguarded(&guarded(&text)), text);
        }
    }
}
