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

impl Table {
    /// Leaves out the columns that have no text in any row. A table without rows stays as it is.
    pub(crate) fn without_empty_columns(self) -> Self {
        let Self { columns, rows } = self;
        let has_text =
            |n: usize| rows.is_empty() || rows.iter().any(|row| row.get(n).is_some_and(|cell| !cell.is_empty()));
        let used: Vec<bool> = (0..columns.len()).map(has_text).collect();
        Self { columns: of_used(columns, &used), rows: rows.into_iter().map(|row| of_used(row, &used)).collect() }
    }
}

fn of_used<T>(all: Vec<T>, used: &[bool]) -> Vec<T> {
    all.into_iter().zip(used).filter_map(|(one, used)| used.then_some(one)).collect()
}

impl Column {
    pub(crate) fn text(heading: impl Into<String>, share: u32) -> Self {
        Self { heading: heading.into(), share, figures: false }
    }

    pub(crate) fn figures(heading: impl Into<String>, share: u32) -> Self {
        Self { figures: true, ..Self::text(heading, share) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]]) -> Table {
        Table {
            columns: vec![Column::text("Título", 4), Column::figures("Mujeres", 1), Column::figures("Total", 1)],
            rows: rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
        }
    }

    #[test]
    fn a_column_without_any_text_is_left_out() {
        let left = table(&[["Taller", "", ""], ["Curso", "", "12"]]).without_empty_columns();
        assert_eq!(left.columns, [Column::text("Título", 4), Column::figures("Total", 1)]);
        assert_eq!(left.rows, [["Taller", ""], ["Curso", "12"]]);
        assert_eq!(table(&[]).without_empty_columns(), table(&[]));
    }
}
