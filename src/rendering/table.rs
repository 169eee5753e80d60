//! A table of a document.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    /// The texts of the cells; `\n` begins a new line in a cell.
    pub rows: Vec<Vec<String>>,
}

/// A column: its heading, its share of the table's width, and `true` if its cells are numbers (aligned to the right).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub heading: String,
    pub share: u32,
    pub figures: bool,
}

impl Column {
    pub(crate) fn text(heading: impl Into<String>, share: u32) -> Self {
        Self { heading: heading.into(), share, figures: false }
    }

    pub(crate) fn figures(heading: impl Into<String>, share: u32) -> Self {
        Self { figures: true, ..Self::text(heading, share) }
    }
}
