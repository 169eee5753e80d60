//! Reads a file to sheets within fixed memory and time. A file that is not a plain `.xlsx` or `.csv`, or is larger than a
//! matrix can be, is refused with the reason.

mod csv;
mod workbook;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::error::Faults;

/// The maximum number of rows of a matrix, headings not counted.
pub(super) const MOST_ROWS: usize = 20_000;
/// The maximum number of rows of a file that are not empty: those of the matrix, titles, headings, and ignored sheets.
const MOST_ROWS_IN_ALL: usize = 22_000;
/// The maximum number of rows above the headings: titles and logos.
pub(super) const MOST_ROWS_ABOVE: usize = 50;
/// The maximum number of columns of a sheet.
const MOST_COLUMNS: u32 = 200;

/// The first bytes of compound files: `.xls`, and workbooks with a password.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
/// The name of the encrypted workbook in such a file, in UTF-16.
const ENCRYPTED_PACKAGE: &str = "EncryptedPackage";

/// Reads a file by its content, whatever its name: the visible sheets of a workbook, or one text with the separator that
/// gives the most `headings`.
pub(super) fn read(bytes: &[u8], name: &str, headings: impl Fn(&Grid) -> usize) -> Result<Vec<Grid>, Faults> {
    if bytes.starts_with(b"PK") {
        return workbook::read(bytes);
    }
    if bytes.starts_with(&COMPOUND) {
        let package: Vec<u8> = ENCRYPTED_PACKAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(package.len()).any(|window| window == package);
        return Err(refused(if encrypted { "encrypted" } else { "xls" }));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(refused("empty"));
    }
    Ok(vec![csv::read(bytes, name, headings)?])
}

/// Returns the fault of a file that is refused, with the reason.
pub(super) fn refused(reason: &'static str) -> Faults {
    let mut faults = Faults::default();
    let max = match reason {
        "rows" => MOST_ROWS.to_string(),
        "rows_in_all" => MOST_ROWS_IN_ALL.to_string(),
        "columns" => MOST_COLUMNS.to_string(),
        _ => String::new(),
    };
    faults.add_with("", "unreadable_sheet", vec![("reason", reason.to_owned()), ("max", max)]);
    faults
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(Arc<str>),
    Number(f64),
    /// A number that is shown as a percentage: 0.5 is 50 %.
    Percent(f64),
    Day(NaiveDate),
    /// The error of a formula, as it is shown: `#REF!`.
    Broken(String),
}

impl Value {
    /// Returns a text without surrounding space and control characters; `None` if nothing is left. Every text of a file
    /// passes through here.
    pub(super) fn text(text: &str) -> Option<Self> {
        // Excel writes a line break as _x000D_ and a line feed.
        let printed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        let text: String = text.replace("_x000D_", "").chars().filter(printed).collect();
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        (!text.is_empty()).then(|| Self::Text(text.into()))
    }

    /// Returns the value as a person reads it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Percent(part) => format!("{} %", (part * 10_000.0).round() / 100.0),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Broken(error) => error.clone(),
        }
    }
}

/// A row: its number as spreadsheet programs show it, and its values by column (0 is A).
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    pub number: u32,
    pub cells: BTreeMap<u32, Value>,
    /// A single value across several columns: a title between the rows.
    pub is_title: bool,
}

/// A sheet without its empty rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Grid {
    pub name: String,
    pub rows: Vec<Row>,
    /// Its days are counted from 1904, not from 1900.
    pub since_1904: bool,
}

/// Returns the letters of a column: 0 is A, 26 is AA.
pub(super) fn letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        if rest < 26 {
            return letters.into_iter().rev().collect();
        }
        rest = rest / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_holds_what_cannot_be_printed() {
        let text = |text| Value::text(text).map(|value| value.shown());
        assert_eq!(text("2024\0"), Some("2024".to_owned()));
        assert_eq!(text(" a_x000D_\nb\r\u{7}\u{feff} "), Some("a\nb".to_owned()));
        assert_eq!(text("\0\u{1}"), None);
    }

    #[test]
    fn columns_have_letters() {
        let named: Vec<_> = [0, 6, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "G", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
