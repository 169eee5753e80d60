//! The matrix in a file: which sheets are one, where its headings stand, and its rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reading::{Grid, MOST_ROWS, MOST_ROWS_ABOVE, Row, Value, letters, refused};
use super::words::headings::{Column, column};
use crate::error::{Args, Fault, Faults, escaped};

/// As many known headings make a row of headings.
const FEWEST_HEADINGS: usize = 3;

/// A cell, as a fault tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub sheet: Arc<str>,
    pub row: u32,
    pub column: u32,
    pub heading: Arc<str>,
}

impl Place {
    /// `G12`.
    pub fn cell(&self) -> String {
        format!("{}{}", letters(self.column), self.row)
    }

    /// A fault of this cell, with what stands there.
    pub fn fault(&self, code: &'static str, value: Option<String>, mut args: Args) -> Fault {
        args.push(("sheet", self.sheet.to_string()));
        args.push(("row", self.row.to_string()));
        args.push(("column", letters(self.column)));
        args.push(("heading", self.heading.to_string()));
        args.extend(value.map(|value| ("value", value.chars().take(200).collect())));
        Fault { pointer: format!("/{}/{}", escaped(&self.sheet), self.cell()), code, args }
    }
}

/// A sheet that is a matrix.
#[derive(Debug, Clone)]
pub struct Matrix {
    pub sheet: Arc<str>,
    headings: BTreeMap<Column, (u32, Arc<str>)>,
    pub rows: Vec<Row>,
    /// Its days are counted from 1904: a bare number is no day of the usual count.
    pub since_1904: bool,
}

impl Matrix {
    /// What stands in a row under a heading.
    pub fn value<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Value> {
        row.cells.get(&self.headings.get(&column)?.0)
    }

    /// Where it stands, or would.
    pub fn place(&self, row: u32, column: Column) -> Place {
        let stated = self.headings.get(&column).or_else(|| self.headings.get(&Column::Commitment));
        let (column, heading) = stated.or_else(|| self.headings.values().next()).cloned().unwrap_or_default();
        Place { sheet: Arc::clone(&self.sheet), row, column, heading }
    }

    /// The columns in their order.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<(u32, Column)> = self.headings.iter().map(|(column, (at, _))| (*at, *column)).collect();
        columns.sort_unstable();
        columns.into_iter().map(|(_, column)| column).collect()
    }
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Found {
    pub matrices: Vec<Matrix>,
    /// Sheets without the headings of a matrix.
    pub skipped_sheets: Vec<String>,
    /// Headings that a matrix does not have; what stands below is left alone.
    pub skipped_columns: Vec<String>,
}

/// Finds the matrices of a file. A file without a matrix, or with more rows than a matrix may have, is refused. The
/// faults are those of the headings themselves.
pub fn find(grids: Vec<Grid>, faults: &mut Faults) -> Result<Found, Faults> {
    let mut found = Found::default();
    for grid in grids {
        match heading_row(&grid) {
            Some(at) => found.add(grid, at, faults),
            None => found.skipped_sheets.push(grid.name),
        }
    }
    let rows: usize = found.matrices.iter().map(|matrix| matrix.rows.len()).sum();
    match () {
        () if found.matrices.is_empty() => Err(refused("no_matrix")),
        () if rows > MOST_ROWS => Err(refused("rows")),
        () => Ok(found),
    }
}

fn known_headings(row: &Row) -> usize {
    let mut columns: Vec<Column> = row.cells.values().filter_map(heading).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len()
}

fn heading(value: &Value) -> Option<Column> {
    match value {
        Value::Text(text) => column(text),
        _ => None,
    }
}

/// How many headings its best row holds.
pub fn best_heading(grid: &Grid) -> usize {
    grid.rows.iter().take(MOST_ROWS_ABOVE).map(known_headings).max().unwrap_or_default()
}

/// The first row with enough known headings, one of them what a commitment is known by.
fn heading_row(grid: &Grid) -> Option<usize> {
    let is_one = |row: &Row| {
        let named = |wanted| row.cells.values().filter_map(heading).any(|column| column == wanted);
        let telling = named(Column::Commitment) || named(Column::Code);
        known_headings(row) >= FEWEST_HEADINGS && (telling || named(Column::Agreement))
    };
    grid.rows.iter().take(MOST_ROWS_ABOVE).position(is_one)
}

impl Found {
    fn add(&mut self, grid: Grid, at: usize, faults: &mut Faults) {
        let sheet: Arc<str> = grid.name.into();
        let mut rows = grid.rows.into_iter().skip(at);
        let Some(top) = rows.next() else { return };
        let mut headings: BTreeMap<Column, (u32, Arc<str>)> = BTreeMap::new();
        for (at, value) in &top.cells {
            let shown: Arc<str> = value.shown().split_whitespace().collect::<Vec<_>>().join(" ").into();
            let place = Place { sheet: Arc::clone(&sheet), row: top.number, column: *at, heading: Arc::clone(&shown) };
            match heading(value) {
                None => self.skipped_columns.push(format!("{sheet}!{} {shown}", place.cell())),
                Some(column) if headings.contains_key(&column) => {
                    faults.list.push(place.fault("duplicate", Some(shown.to_string()), Vec::new()));
                }
                Some(column) => {
                    headings.insert(column, (*at, shown));
                }
            }
        }
        if !headings.contains_key(&Column::Commitment) && !headings.contains_key(&Column::Code) {
            let place = Place { sheet: Arc::clone(&sheet), row: top.number, column: 0, heading: "Compromiso".into() };
            faults.list.push(place.fault("required", None, Vec::new()));
        }
        // Headings are repeated at the top of printed pages.
        let repeated = |row: &Row| headings.values().filter(|(at, _)| row.cells.get(at) == top.cells.get(at)).count();
        let rows = rows.filter(|row| !row.is_title && repeated(row) < FEWEST_HEADINGS);
        let matrix = Matrix { sheet, rows: rows.collect(), headings, since_1904: grid.since_1904 };
        self.matrices.push(matrix);
    }
}
