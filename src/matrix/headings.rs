//! The headings of a table, which may be in several rows: «Plazo» over «Inicio» and «Término».

use std::collections::BTreeMap;

use super::choices::Choices;
use super::columns::{Column, Named, column_of_heading};
use super::words::{fold, is_listed};
use crate::db::unique;
use crate::rendering::one_line;
use crate::spreadsheets::{Line, MOST_ROWS_ABOVE, Merge, Table, Value, letters};

/// The minimum number of known headings in the row of headings.
pub(super) const MIN_HEADINGS: usize = 3;
/// The maximum number of rows with headings above or below the row that has the most known ones.
const MOST_ROWS_AROUND: usize = 3;

/// Words of the lower row of a heading in two rows, folded.
const SUBHEADINGS: &str = "inicio|fin|termino|final|desde|hasta|comienzo|fecha inicio|fecha de inicio|fecha fin|\
    fecha termino|fecha de termino|fecha de fin|start|end|finish|from|to|fim|dias|fecha|numero|n|nombre|texto|descripcion|\
    original|inicial|reprogramado|reprogramada|nuevo|nueva|ampliado|principal|principales|apoyo|secundario|directo|lider|\
    rescheduled|lead|support|apoio|prorrogado";

/// The headings of a table.
pub(super) struct Head {
    /// The place of the first and of the last row of headings among the rows of the table.
    pub first: usize,
    pub last: usize,
    pub headings: BTreeMap<u32, Heading>,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// The texts of all its rows: `Plazo / Término`.
    pub shown: String,
    /// The text of its lowest row.
    pub own: String,
    /// The column that it names.
    pub named: Option<Named>,
}

fn words(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn known_columns(line: &Line) -> Vec<Column> {
    let named = line.cells.iter().filter_map(|cell| column_of_heading(words(&cell.value)?));
    unique(named.map(|named| named.column))
}

/// Returns the number of known headings in the row that has the most of them.
pub(super) fn most_headings(table: &Table) -> usize {
    table.rows.iter().take(MOST_ROWS_ABOVE).map(|row| known_columns(row).len()).max().unwrap_or_default()
}

fn identifies(columns: &[Column]) -> bool {
    columns.iter().any(|column| matches!(column, Column::Commitment | Column::Code | Column::Agreement))
}

/// Finds the headings of a table; `None` if it is not a matrix.
pub(super) fn find_head(table: &Table, choices: &Choices) -> Option<Head> {
    let usual = table.rows.iter().take(MOST_ROWS_ABOVE).position(|row| {
        let known = known_columns(row);
        known.len() >= MIN_HEADINGS && identifies(&known)
    });
    let at = if choices.mapping.is_empty() { usual } else { chosen_row(table, choices).or(usual) }?;
    Some(head_at(table, at))
}

/// Returns the row with the most headings that are known or chosen, among them one that identifies a commitment.
fn chosen_row(table: &Table, choices: &Choices) -> Option<usize> {
    let mut best = None;
    for (at, row) in table.rows.iter().enumerate().take(MOST_ROWS_ABOVE) {
        let texts = row.cells.iter().filter_map(|cell| Some((cell.column, words(&cell.value)?)));
        let column_of = |(column, text): (u32, &str)| match choices.column(&table.sheet, [text, ""], &letters(column)) {
            Some(chosen) => chosen,
            None => column_of_heading(text).map(|named| named.column),
        };
        let columns = unique(texts.clone().filter_map(column_of));
        let by_name = texts.clone().filter(|(column, text)| {
            let by_letters = choices.names_letters(&table.sheet, &letters(*column));
            column_of_heading(text).is_some() || (!by_letters && column_of((*column, text)).is_some())
        });
        let key = (by_name.count(), columns.len());
        if columns.len() >= 2 && identifies(&columns) && best.is_none_or(|(most, _)| key > most) {
            best = Some((key, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Joins the row of headings with the rows of headings around it.
fn head_at(table: &Table, at: usize) -> Head {
    let mut first = at;
    while at - first < MOST_ROWS_AROUND && is_group_row(table, first) {
        first -= 1;
    }
    let mut last = at;
    while last - at < MOST_ROWS_AROUND && is_row_of_subheadings(table, last) {
        last += 1;
    }
    let block: Vec<&Line> = table.rows.get(first..=last).unwrap_or_default().iter().collect();
    let merges = merges_of(table, &block);
    let mut headings = BTreeMap::new();
    for column in unique(block.iter().flat_map(|line| &line.cells).map(|cell| cell.column)) {
        headings.extend(heading(&block, &merges, column).map(|heading| (column, heading)));
    }
    Head { first, last, headings }
}

fn merges_of<'t>(table: &'t Table, block: &[&Line]) -> Vec<&'t Merge> {
    let ends = block.first().zip(block.last()).map(|(first, last)| (first.number, last.number));
    ends.into_iter().flat_map(|(first, last)| table.merges_in(first, last)).collect()
}

/// Checks whether the row above holds groups of headings: merged across some of the columns, not all.
fn is_group_row(table: &Table, at: usize) -> bool {
    let Some((above, row)) = at.checked_sub(1).and_then(|above| table.rows.get(above)).zip(table.rows.get(at)) else {
        return false;
    };
    let groups = table.merges_in(above.number, above.number).filter(|merge| merge.last_column > merge.first_column);
    above.number + 1 == row.number
        && above.cells.len() > 1
        && above.cells.iter().all(|cell| words(&cell.value).is_some())
        && groups.filter(|merge| row.cells.iter().any(|cell| merge.covers(above.number, cell.column))).count() > 0
        && !above.cells.iter().any(|cell| words(&cell.value).is_some_and(|text| text.contains(": ")))
}

/// Checks whether the next row continues the headings of the row at this place: it has texts below merged headings, or
/// words of headings; any other cell repeats the cell above.
fn is_row_of_subheadings(table: &Table, at: usize) -> bool {
    let Some((row, below)) = table.rows.get(at).zip(table.rows.get(at + 1)) else { return false };
    if row.number + 1 != below.number {
        return false;
    }
    let across = |column: u32| {
        table.merges_in(row.number, row.number).find(|merge| {
            merge.last_column > merge.first_column && merge.covers(row.number, column) && merge.last_row == row.number
        })
    };
    let mut subheadings = 0;
    for cell in &below.cells {
        let Some(text) = words(&cell.value) else { return false };
        let above = row.value(cell.column).and_then(words);
        if above == Some(text) && cell.is_repeated {
            continue;
        }
        let folded = fold(text);
        let listed = is_listed(SUBHEADINGS, &folded) || column_of_heading(text).is_some();
        if across(cell.column).is_none() && !(listed && (above.is_none() || is_listed(SUBHEADINGS, &folded))) {
            return false;
        }
        subheadings += 1;
    }
    subheadings > 0
}

/// Returns the heading of a column of these rows of headings.
fn heading(block: &[&Line], merges: &[&Merge], column: u32) -> Option<Heading> {
    let mut texts: Vec<String> = Vec::new();
    for (n, line) in block.iter().enumerate() {
        let merge = merges.iter().find(|merge| merge.covers(line.number, column));
        let own = line.value(column);
        let of_merge = || {
            let merge = merge?;
            let first = block.iter().find(|first| first.number == merge.first_row)?;
            first.value(merge.first_column)
        };
        // A text file has no merged cells: the text to the left of an empty cell also belongs to the cell below it.
        let to_the_left = || {
            let below = block.get(n + 1)?;
            let is_below = merges.is_empty() && below.value(column).is_some();
            let left = line.cells.iter().rev().find(|cell| cell.column < column)?;
            let unbroken = (left.column..column).all(|between| below.value(between).is_some());
            (is_below && unbroken).then_some(&left.value)
        };
        let shown = own.or_else(of_merge).or_else(to_the_left).map(|value| one_line(&value.shown()));
        if let Some(text) = shown.filter(|text| !text.is_empty() && texts.last() != Some(text)) {
            texts.push(text);
        }
    }
    let own = texts.last()?.clone();
    let named = column_of_heading(&own).or_else(|| joined(&texts)).or_else(|| alone(block, merges, column, &texts));
    Some(Heading { shown: texts.join(" / "), own, named })
}

/// Returns the column that a heading names with the heading above it: "Sesión" over "Fecha".
fn joined(texts: &[String]) -> Option<Named> {
    let [.., above, own] = texts else { return None };
    let forms = [
        format!("{above} {own}"),
        format!("{own} {above}"),
        format!("{own} del {above}"),
        format!("{own} de la {above}"),
        format!("{own} de {above}"),
    ];
    forms.iter().find_map(|form| column_of_heading(form))
}

/// Returns the column that the heading above names, if it is above this column alone.
fn alone(block: &[&Line], merges: &[&Merge], column: u32, texts: &[String]) -> Option<Named> {
    let [.., above, _] = texts else { return None };
    let shares = merges.iter().any(|merge| {
        merge.last_column > merge.first_column && block.iter().any(|line| merge.covers(line.number, column))
    });
    (!shares && !merges.is_empty()).then(|| column_of_heading(above)).flatten()
}
