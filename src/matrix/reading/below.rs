//! Leaves out the rows of a table that are not commitments: totals, notes below the table, rows with only a number.

use super::{Cell, LeftOut, LeftOutReason, Line, Table, Value};
use crate::text::fold_words;

/// The columns by which rows are judged.
#[derive(Debug, Clone, Default)]
pub(in crate::matrix) struct KnownColumns {
    /// The number of the row.
    pub number: Option<u32>,
    /// The columns that identify a commitment: its text, code and agreement.
    pub identifying: Vec<u32>,
}

/// Leaves out the rows that are not commitments, and lists them in `table.left_out`. The rows of headings are removed
/// before.
pub(in crate::matrix) fn leave_out_rows(table: &mut Table, columns: &KnownColumns) {
    let mut reasons: Vec<Option<LeftOutReason>> = table.rows.iter().map(|line| single_reason(line, columns)).collect();
    mark_below(&table.rows, &mut reasons, columns);
    let mut reasons = reasons.into_iter();
    let Table { sheet, rows, left_out, .. } = table;
    rows.retain(|line| match reasons.next().flatten() {
        Some(why) => {
            left_out.push(LeftOut::row(sheet, line, why));
            false
        }
        None => true,
    });
}

fn own(line: &Line) -> impl Iterator<Item = &Cell> {
    line.cells.iter().filter(|cell| !cell.is_repeated)
}

/// Returns the reason for which a row is not a commitment, at any place in the table.
fn single_reason(line: &Line, columns: &KnownColumns) -> Option<LeftOutReason> {
    let mut cells = own(line);
    let (first, second) = (cells.next(), cells.next());
    match (first, second) {
        (Some(only), None) if Some(only.column) == columns.number && is_row_number(&only.value) => {
            Some(LeftOutReason::OnlyNumber)
        }
        _ if line.is_title => Some(LeftOutReason::Title),
        _ if is_total(line, columns) => Some(LeftOutReason::Total),
        _ => None,
    }
}

/// Checks whether a value is a number as rows are numbered: `7`, `7.`, `7)`.
fn is_row_number(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Text(text) => {
            let digits = text.trim_end_matches(['.', ')', '°', 'º', '-']);
            !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        }
        _ => false,
    }
}

/// The words of a total, folded, alone in their cell or before a colon.
const TOTALS: [&str; 12] = [
    "total",
    "totales",
    "total general",
    "gran total",
    "subtotal",
    "sub total",
    "total de compromisos",
    "total compromisos",
    "suma",
    "promedio",
    "porcentaje de cumplimiento",
    "grand total",
];

/// Checks whether the first text of a row says that it is a total, and no other cell has words.
fn is_total(line: &Line, columns: &KnownColumns) -> bool {
    let mut texts = own(line).filter(|cell| matches!(cell.value, Value::Text(_)) && !is_row_number(&cell.value));
    let Some(first) = texts.next() else { return false };
    let Value::Text(text) = &first.value else { return false };
    let folded = fold_words(text.trim_end_matches([':', '.', ' ']));
    let has_figures = own(line).any(|cell| matches!(cell.value, Value::Number(_) | Value::Percent(_)));
    let beginning = folded.starts_with("total ") && has_figures && !columns.identifying.contains(&first.column);
    (TOTALS.contains(&folded.as_str()) || beginning) && texts.next().is_none()
}

/// Marks the rows below the last row of the table. Below an empty row, a row is a note if it identifies no commitment, or
/// if it has a single cell and the rows of the table have more.
fn mark_below(rows: &[Line], reasons: &mut [Option<LeftOutReason>], columns: &KnownColumns) {
    let identifies = |line: &Line| own(line).any(|cell| columns.identifying.contains(&cell.column));
    let full =
        |line: &Line| identifies(line) && own(line).filter(|cell| Some(cell.column) != columns.number).count() > 1;
    let kept = rows.iter().zip(reasons.iter()).rposition(|(line, reason)| reason.is_none() && full(line));
    let Some(last) = kept else { return };
    let mut previous = rows.get(last).map_or(0, |line| line.number);
    let mut is_below = false;
    for (line, reason) in rows.iter().zip(reasons.iter_mut()).skip(last + 1) {
        if reason.is_some() {
            // A total or an empty numbered row ends the table.
            is_below |= *reason == Some(LeftOutReason::Total);
            continue;
        }
        is_below |= line.number > previous + 1;
        if is_below || is_note(line) {
            *reason = Some(LeftOutReason::BelowTable);
            is_below = true;
        } else {
            previous = line.number;
        }
    }
}

/// Checks whether a single text begins as notes below a table do.
fn is_note(line: &Line) -> bool {
    let mut cells = own(line);
    let (Some(only), None) = (cells.next(), cells.next()) else { return false };
    let Value::Text(text) = &only.value else { return false };
    let folded = fold_words(text);
    let first = folded.split(' ').next().unwrap_or_default();
    text.starts_with('*') || matches!(first, "nota" | "notas" | "fuente" | "leyenda" | "elaborado" | "note" | "source")
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: KnownColumns = KnownColumns { number: Some(0), identifying: Vec::new() };

    fn line(number: u32, cells: &[(u32, &str)]) -> Line {
        let value = |text: &str| text.parse().map_or_else(|_| Value::Text(text.into()), Value::Number);
        let cells = cells.iter().map(|(column, text)| Cell::new(*column, value(text))).collect();
        Line { number, cells, is_title: false }
    }

    /// The numbers of the rows that are kept, and the others with their reasons.
    fn judged(rows: Vec<Line>) -> (Vec<u32>, Vec<String>) {
        let mut table = Table { sheet: "Hoja".to_owned(), rows, ..Table::default() };
        leave_out_rows(&mut table, &KnownColumns { identifying: vec![1], ..COLUMNS });
        let left = table.left_out.iter().map(|one| format!("{} {}", one.place, one.why)).collect();
        (table.rows.iter().map(|line| line.number).collect(), left)
    }

    #[test]
    fn numbers_prepared_for_empty_rows_and_totals_are_left_out_and_named() {
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE"), (3, "2027")]);
        let (kept, left) =
            judged(vec![full(2), line(3, &[(0, "2")]), line(4, &[(0, "3.")]), line(5, &[(0, "TOTAL"), (4, "1")])]);
        assert_eq!(kept, [2]);
        assert_eq!(left, ["Hoja!3 only_number", "Hoja!4 only_number", "Hoja!5 total"]);
        let (kept, _) = judged(vec![full(2), line(3, &[(0, "2"), (1, "Total de capacitaciones hechas"), (2, "MTPE")])]);
        assert_eq!(kept, [2, 3], "a commitment may begin with that word");
    }

    #[test]
    fn notes_below_the_table_are_left_out_and_named() {
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE"), (3, "2027")]);
        let (kept, left) = judged(vec![full(2), full(4), line(6, &[(1, "Los plazos son referenciales")])]);
        assert_eq!((kept, left), (vec![2, 4], vec!["Hoja!6 below_table".to_owned()]));
        let (kept, left) = judged(vec![full(2), line(3, &[(1, "Nota: referenciales")]), line(4, &[(1, "y otra")])]);
        assert_eq!((kept.len(), left.len()), (1, 2));
        let (kept, left) =
            judged(vec![full(2), line(5, &[(1, "Elaborado por"), (2, "Ana")]), line(6, &[(1, "Cargo"), (2, "Jefa")])]);
        assert_eq!((kept, left.len()), (vec![2, 5, 6], 0), "rows with text and more are judged by their cells");
        let (kept, left) = judged(vec![full(2), line(5, &[(0, "Elaborado por"), (2, "Ana")])]);
        assert_eq!((kept, left.len()), (vec![2], 1));
    }

    #[test]
    fn a_table_of_single_cells_and_a_last_row_without_more_are_kept() {
        assert_eq!(judged(vec![line(2, &[(1, "Uno")]), line(4, &[(1, "Dos")])]).0, [2, 4]);
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE")]);
        assert_eq!(judged(vec![full(2), line(3, &[(0, "2"), (1, "Solo el texto")])]).0, [2, 3]);
    }
}
