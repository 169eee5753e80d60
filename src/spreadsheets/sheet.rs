//! A sheet as its file has it, and the table that a person sees of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::words::CellContent;
use super::{
    Cell, LeftOut, LeftOutReason, Line, MOST_COLUMNS, MOST_ROWS_IN_ALL, Merge, ReadOptions, Table, Value, refused,
};
use crate::error::Faults;

/// The maximum number of merged regions of a sheet, and of the values that they repeat.
const MOST_MERGES: usize = 50_000;
const MOST_REPEATED: usize = 500_000;
/// The minimum number of columns of a title between the rows.
const TITLE_WIDTH: u32 = 3;
/// The maximum number of cells of a file, and of those that are struck out.
const MOST_CELLS: usize = 2_000_000;
const MOST_STRUCK: usize = 50_000;

/// The rows and cells that may still be read from a file.
#[derive(Debug)]
pub(super) struct ReadLimits {
    rows: usize,
    cells: usize,
    struck: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { rows: MOST_ROWS_IN_ALL, cells: MOST_CELLS, struck: MOST_STRUCK }
    }
}

impl ReadLimits {
    /// Subtracts a row from the limits; a fault if a limit is exceeded.
    pub(super) fn take(&mut self, row: &SheetRow) -> Result<(), Faults> {
        self.take_cells(row.cells.len() + row.unseen.len())?;
        self.struck = self.struck.checked_sub(row.struck.len()).ok_or_else(|| refused("too_large"))?;
        Ok(())
    }

    /// Subtracts a row with this number of cells.
    pub(super) fn take_cells(&mut self, cells: usize) -> Result<(), Faults> {
        self.rows = self.rows.checked_sub(1).ok_or_else(|| refused("rows_in_all"))?;
        self.cells = self.cells.checked_sub(cells).ok_or_else(|| refused("too_large"))?;
        Ok(())
    }
}

/// A row with its hidden cells, and without what is struck out.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetRow {
    pub cells: Vec<Cell>,
    pub is_hidden: bool,
    /// The text that is struck out, by column.
    pub struck: Vec<(u32, String)>,
    /// The cells whose number format hides their value.
    pub unseen: Vec<Cell>,
}

impl SheetRow {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.struck.is_empty() && self.unseen.is_empty()
    }

    /// Adds the value of a cell and its struck-out text. A value beyond the last column is a fault.
    pub(super) fn add(&mut self, column: u32, content: CellContent) -> Result<(), Faults> {
        let CellContent { visible, struck_out, hidden } = content;
        if column >= MOST_COLUMNS && (visible.is_some() || struck_out.is_some() || hidden.is_some()) {
            return Err(refused("columns"));
        }
        self.unseen.extend(hidden.map(|value| Cell::new(column, value)));
        let is_cut = struck_out.is_some();
        self.struck.extend(struck_out.map(|text| (column, text)));
        self.cells.extend(visible.map(|value| Cell { is_cut, ..Cell::new(column, value) }));
        Ok(())
    }
}

/// A sheet with what is hidden in it.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub name: String,
    /// The rows that are not empty, by number.
    pub rows: BTreeMap<u32, SheetRow>,
    /// The first and last of hidden columns.
    pub hidden_columns: Vec<(u32, u32)>,
    pub merges: Vec<Merge>,
    pub since_1904: bool,
}

impl Sheet {
    /// Adds a row, unless it is empty.
    pub(super) fn add_row(&mut self, number: u32, row: SheetRow, room: &mut ReadLimits) -> Result<(), Faults> {
        if row.is_empty() {
            return Ok(());
        }
        room.take(&row)?;
        let known = self.rows.entry(number).or_default();
        known.cells.extend(row.cells);
        known.struck.extend(row.struck);
        known.unseen.extend(row.unseen);
        known.is_hidden |= row.is_hidden;
        Ok(())
    }

    /// Returns the table that a person sees, and what is left out of it.
    pub(super) fn into_table(mut self, options: &ReadOptions) -> Result<Table, Faults> {
        for row in self.rows.values_mut() {
            if options.include_hidden {
                row.cells.append(&mut row.unseen);
            }
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by_key(|cell| cell.column);
        }
        let mut lines: BTreeMap<u32, Line> = BTreeMap::new();
        let mut rows: HashMap<u32, SheetRow> = HashMap::new();
        for (number, mut row) in self.rows {
            lines.insert(number, Line { number, cells: std::mem::take(&mut row.cells), is_title: false });
            if row.is_hidden || !row.is_empty() {
                rows.insert(number, row);
            }
        }
        let mut table = Table { sheet: self.name, since_1904: self.since_1904, ..Table::default() };
        table.left_out = uncover(&mut lines, &self.merges, &table.sheet)?;
        repeat_merged(&mut lines, &self.merges)?;
        table.merges = self.merges;
        let mut hidden: BTreeSet<u32> = BTreeSet::new();
        let mut headings: BTreeMap<u32, Value> = BTreeMap::new();
        if !options.include_hidden {
            hidden.extend(self.hidden_columns.iter().flat_map(|(first, last)| *first..=(*last).min(MOST_COLUMNS)));
        }
        for (number, mut line) in lines {
            let SheetRow { is_hidden, struck, unseen, .. } = rows.remove(&number).unwrap_or_default();
            if is_hidden && !options.include_hidden {
                line.cells.extend(unseen);
                table.left_out.push(LeftOut::row(&table.sheet, &line, LeftOutReason::HiddenRow));
                continue;
            }
            if !hidden.is_empty() {
                line.cells.retain(|cell| {
                    let is_hidden = hidden.contains(&cell.column);
                    if is_hidden && !cell.is_repeated {
                        headings.entry(cell.column).or_insert_with(|| cell.value.clone());
                    }
                    !is_hidden
                });
            }
            let (hidden_struck, struck): (Vec<_>, Vec<_>) =
                struck.into_iter().partition(|(column, _)| hidden.contains(column));
            for (column, text) in hidden_struck {
                headings.entry(column).or_insert_with(|| Value::Text(text.into()));
            }
            for Cell { column, value, .. } in unseen.iter().filter(|cell| !hidden.contains(&cell.column)) {
                let why = LeftOutReason::HiddenCell;
                table.left_out.push(LeftOut::cell(&table.sheet, number, *column, why, &value.shown()));
            }
            leave_out_struck(&mut table, line, struck);
        }
        for (column, heading) in headings {
            let left = LeftOut::column(&table.sheet, column, LeftOutReason::HiddenColumn, Some(&heading));
            table.left_out.push(left);
        }
        Ok(table)
    }
}

/// Adds a row to a table, unless all of it is struck out, and names what is.
fn leave_out_struck(table: &mut Table, line: Line, struck: Vec<(u32, String)>) {
    let stands = line.cells.iter().any(|cell| !cell.is_repeated);
    if !stands && !struck.is_empty() {
        let value = |(column, text): &(u32, String)| Some(Cell::new(*column, Value::text(text)?));
        let line = Line { cells: struck.iter().filter_map(value).collect(), ..line };
        table.left_out.push(LeftOut::row(&table.sheet, &line, LeftOutReason::StruckOut));
        return;
    }
    for (column, text) in struck {
        let left = LeftOut::cell(&table.sheet, line.number, column, LeftOutReason::StruckOut, &text);
        table.left_out.push(left);
    }
    if stands {
        table.rows.push(line);
    }
}

/// Removes the cells that a merged one covers: they are not visible.
fn uncover(lines: &mut BTreeMap<u32, Line>, merges: &[Merge], sheet: &str) -> Result<Vec<LeftOut>, Faults> {
    let mut left_out = Vec::new();
    let mut seen = 0;
    for merge in merges.iter().take(MOST_MERGES) {
        for (number, line) in lines.range_mut(merge.first_row..=merge.last_row.max(merge.first_row)) {
            seen += 1;
            let begin = line.cells.partition_point(|cell| cell.column < merge.first_column);
            let end = line.cells.partition_point(|cell| cell.column <= merge.last_column);
            let is_first = |cell: &Cell| *number == merge.first_row && cell.column == merge.first_column;
            let covered = line.cells.get(begin..end).unwrap_or_default().iter().filter(|cell| !is_first(cell));
            let before = left_out.len();
            left_out.extend(
                covered.map(|cell| {
                    LeftOut::cell(sheet, *number, cell.column, LeftOutReason::Covered, &cell.value.shown())
                }),
            );
            if left_out.len() > before {
                line.cells.retain(|cell| is_first(cell) || !merge.covers(*number, cell.column));
            }
        }
        if seen > MOST_CELLS || left_out.len() > MOST_STRUCK {
            return Err(refused("too_large"));
        }
    }
    Ok(left_out)
}

/// Repeats the value of a merged region in all its rows that are not empty. One row across several columns is a title.
fn repeat_merged(lines: &mut BTreeMap<u32, Line>, merges: &[Merge]) -> Result<(), Faults> {
    if merges.len() > MOST_MERGES {
        return Err(refused("too_large"));
    }
    let mut repeated = 0;
    let mut titles: HashMap<u32, u32> = HashMap::new();
    for merge in merges {
        if merge.last_column.saturating_sub(merge.first_column) + 1 >= TITLE_WIDTH && merge.first_row == merge.last_row
        {
            titles.insert(merge.first_row, merge.first_column);
        }
        if merge.last_row <= merge.first_row {
            continue;
        }
        let value = lines.get(&merge.first_row).and_then(|line| line.value(merge.first_column)).cloned();
        let Some(value) = value else { continue };
        for (_, line) in lines.range_mut(merge.first_row + 1..=merge.last_row) {
            repeated += 1;
            line.repeat(merge.first_column, &value);
        }
        if repeated > MOST_REPEATED {
            return Err(refused("too_large"));
        }
    }
    for (number, column) in titles {
        if let Some(line) = lines.get_mut(&number) {
            line.is_title = line.cells.iter().map(|cell| cell.column).eq([column]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(u32, &str)]) -> SheetRow {
        let cell = |(column, text): &(u32, &str)| Cell::new(*column, Value::Text((*text).into()));
        SheetRow { cells: cells.iter().map(cell).collect(), ..SheetRow::default() }
    }

    fn left(table: &Table) -> Vec<String> {
        table.left_out.iter().map(|one| format!("{} {}", one.place, one.why)).collect()
    }

    #[test]
    fn hidden_rows_and_columns_are_named_and_read_only_when_asked() {
        let sheet = || {
            let mut hidden = row(&[(0, "c"), (2, "d")]);
            hidden.is_hidden = true;
            let rows = BTreeMap::from([(1, row(&[(0, "A"), (2, "C")])), (2, hidden), (4, row(&[(0, "e"), (1, "f")]))]);
            Sheet { name: "Hoja".to_owned(), rows, hidden_columns: vec![(2, 4)], ..Sheet::default() }
        };
        let table = sheet().into_table(&ReadOptions::default()).unwrap();
        assert_eq!(table.rows.iter().map(|line| (line.number, line.cells.len())).collect::<Vec<_>>(), [(1, 1), (4, 2)]);
        assert_eq!(left(&table), ["Hoja!2 hidden_row", "Hoja!C hidden_column"]);
        let all = sheet().into_table(&ReadOptions { include_hidden: true, ..ReadOptions::default() }).unwrap();
        assert_eq!((all.rows.len(), all.left_out.len()), (3, 0));
    }

    #[test]
    fn a_merged_value_is_seen_in_all_its_rows_also_when_its_first_row_is_hidden() {
        let mut first = row(&[(0, "MTPE"), (1, "uno")]);
        first.is_hidden = true;
        let rows = BTreeMap::from([(1, first), (2, row(&[(1, "dos")])), (5, row(&[(1, "tres")]))]);
        let merges = vec![Merge { first_row: 1, last_row: 3, first_column: 0, last_column: 0 }];
        let table = Sheet { rows, merges, ..Sheet::default() }.into_table(&ReadOptions::default()).unwrap();
        let seen: Vec<_> = table.rows.iter().map(|line| line.value(0).map(Value::shown)).collect();
        assert_eq!(seen, [Some("MTPE".to_owned()), None]);
        assert!(table.rows.iter().flat_map(|line| &line.cells).next().is_some_and(|cell| cell.is_repeated));
    }

    #[test]
    fn a_value_that_a_merged_cell_covers_is_named_and_not_read() {
        let rows = BTreeMap::from([(1, row(&[(0, "MTPE"), (1, "bajo")])), (2, row(&[(0, "MINSA"), (2, "dos")]))]);
        let merges = vec![Merge { first_row: 1, last_row: 2, first_column: 0, last_column: 1 }];
        let sheet = Sheet { name: "H".to_owned(), rows, merges, ..Sheet::default() };
        let table = sheet.into_table(&ReadOptions::default()).unwrap();
        assert_eq!(left(&table), ["H!B1 covered", "H!A2 covered"]);
        assert_eq!(table.rows[1].value(0).map(Value::shown).as_deref(), Some("MTPE"));
        assert_eq!(table.rows[0].cells.len(), 1);
    }

    #[test]
    fn a_row_that_is_struck_out_as_a_whole_is_named_once() {
        let mut whole = row(&[]);
        whole.struck = vec![(0, "1".to_owned()), (1, "Elaborar".to_owned())];
        let mut part = row(&[(0, "2")]);
        part.struck = vec![(1, "Ica".to_owned())];
        let rows = BTreeMap::from([(2, whole), (3, part)]);
        let table =
            Sheet { name: "H".to_owned(), rows, ..Sheet::default() }.into_table(&ReadOptions::default()).unwrap();
        assert_eq!(left(&table), ["H!2 struck_out", "H!B3 struck_out"]);
        assert_eq!(table.left_out[0].text.as_deref(), Some("1 | Elaborar"));
        assert_eq!(table.rows.len(), 1);
    }
}
