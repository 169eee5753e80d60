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
    /// A text without what surrounds it; None when nothing is left.
    pub fn text(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        // A text that would be a formula is written with a mark before it.
        let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text);
        (!bare.is_empty()).then(|| Self::Text(bare.into()))
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
    fn columns_have_letters() {
        let named: Vec<_> = [0, 6, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "G", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
