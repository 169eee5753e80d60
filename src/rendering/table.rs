//! A table of a document.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub columns: Vec<Column>,
    /// The texts of the cells; `\n` begins a new line in a cell.
    pub rows: Vec<Vec<String>>,
    /// The last row has the totals of the others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_total: bool,
}

/// A column: its heading, its share of the table's width, and `true` if its cells are numbers (aligned to the right).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub heading: String,
    pub share: u32,
    pub figures: bool,
}

impl Table {
    pub(crate) fn new(columns: Vec<Column>, rows: Vec<Vec<String>>) -> Self {
        Self { columns, rows, has_total: false }
    }

    /// Adds a last row with the totals of the others.
    pub(crate) fn with_total(mut self, total: Vec<String>) -> Self {
        self.rows.push(total);
        Self { has_total: true, ..self }
    }

    /// Returns true if a row is that of the totals.
    pub(super) fn is_total(&self, row: usize) -> bool {
        self.has_total && row + 1 == self.rows.len()
    }

    /// Leaves out the columns that have no text in any row. A table without rows stays as it is.
    pub(crate) fn without_empty_columns(self) -> Self {
        let Self { columns, rows, has_total } = self;
        let has_text =
            |n: usize| rows.is_empty() || rows.iter().any(|row| row.get(n).is_some_and(|cell| !cell.is_empty()));
        let used: Vec<bool> = (0..columns.len()).map(has_text).collect();
        let rows = rows.into_iter().map(|row| of_used(row, &used)).collect();
        Self { columns: of_used(columns, &used), rows, has_total }
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
        let columns = vec![Column::text("Título", 4), Column::figures("Mujeres", 1), Column::figures("Total", 1)];
        Table::new(columns, rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect())
    }

    #[test]
    fn a_column_without_any_text_is_left_out() {
        let left = table(&[["Taller", "", ""], ["Curso", "", "12"]]).without_empty_columns();
        assert_eq!(left.columns, [Column::text("Título", 4), Column::figures("Total", 1)]);
        assert_eq!(left.rows, [["Taller", ""], ["Curso", "12"]]);
        assert_eq!(table(&[]).without_empty_columns(), table(&[]));
    }

    #[test]
    fn only_the_last_row_of_a_table_with_totals_has_them() {
        let totals = table(&[["Taller", "", "4"]]).with_total(["Total", "", "4"].map(str::to_owned).to_vec());
        assert_eq!((totals.is_total(0), totals.is_total(1)), (false, true));
        assert!(totals.without_empty_columns().is_total(1));
        assert!(!table(&[["Taller", "", "4"]]).is_total(0));
    }
}
