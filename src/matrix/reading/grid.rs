//! A sheet as it was read: values at their places, before anything of it is understood.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(Arc<str>),
    Number(f64),
    /// A number that is shown as a percentage: 0.5 is 50 %.
    Percent(f64),
    Day(NaiveDate),
    /// A formula that failed, as it is shown: `#REF!`.
    Broken(String),
}

impl Value {
    /// A text without what surrounds it, and without what no person can have written; None when nothing is left. Every
    /// text of a file comes through here.
    pub fn text(text: &str) -> Option<Self> {
        // Excel writes a line break as _x000D_ and a line feed, and any other control character so too.
        let printed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        let text: String = text.replace("_x000D_", "").chars().filter(printed).collect();
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        (!text.is_empty()).then(|| Self::Text(text.into()))
    }

    /// As a person reads it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Percent(part) => format!("{} %", (part * 10_000.0).round() / 100.0),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Broken(error) => error.clone(),
        }
    }
}

/// One row: its number as the program that made it shows it, and its values by column (0 is A).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub number: u32,
    pub cells: BTreeMap<u32, Value>,
    /// One value that is written across several columns: a title between the rows.
    pub is_title: bool,
}

/// One sheet, less its empty rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    pub name: String,
    pub rows: Vec<Row>,
    /// Its days are counted from 1904, not from 1900.
    pub since_1904: bool,
}

/// A column's letters: 0 is A, 26 is AA.
pub fn letters(column: u32) -> String {
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
