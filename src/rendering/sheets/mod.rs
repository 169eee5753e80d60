//! Tables for spreadsheets: cells with their types, written row by row to a file, so that memory does not grow with
//! the rows.

mod csv;
mod formulas;
mod xlsx;

use chrono::NaiveDate;

use crate::error::Result;

pub use csv::CsvTable;
pub use formulas::unguarded;
pub use xlsx::Book;

/// What a cell holds. Text is never read as a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Count(i64),
    Day(NaiveDate),
}

/// A column's heading, and how wide it is in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub text: String,
    pub width: u16,
}

/// Where rows go.
pub trait Rows {
    fn row(&mut self, cells: &[Cell]) -> Result<()>;
}

crate::text_enum! {
    /// What stands between the cells of a CSV: Excel in Spanish expects semicolons.
    Separator { Comma = "comma", Semicolon = "semicolon" }
}

impl Cell {
    /// Text, or nothing where there is none.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    pub fn shown<T: ToString>(value: Option<&T>) -> Self {
        value.map_or(Self::Nothing, |value| Self::text(value.to_string()))
    }

    pub fn count<T: Into<i64>>(count: Option<T>) -> Self {
        count.map_or(Self::Nothing, |count| Self::Count(count.into()))
    }

    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Nothing, Self::Day)
    }

    /// Several in one cell.
    pub fn joined(texts: impl IntoIterator<Item = String>) -> Self {
        Self::text(texts.into_iter().collect::<Vec<_>>().join("; "))
    }
}
