//! Cells with a term that a later term of the same row replaces.

use std::collections::BTreeMap;

use super::columns::{Claim, Column, term_order};
use super::reading::{LeftOut, LeftOutReason, Line, Table};

/// Columns by their content, each with its place and its priority.
type Places = BTreeMap<Column, (u32, Claim)>;

/// Removes the cells that do not count because their row has a later term, and returns them.
pub(super) fn leave_out_replaced(
    table: &mut Table,
    chosen: &Places,
    fallbacks: &Places,
    heading: impl Fn(u32) -> String,
) -> Vec<LeftOut> {
    let places = |column| [chosen, fallbacks].map(|all| all.get(&column).map(|(at, _)| *at));
    let mut left_out = Vec::new();
    let Table { sheet, rows, .. } = table;
    let mut leave_out = |line: &mut Line, at: u32| {
        let shown =
            line.value(at).map(|value| LeftOut::cell(sheet, line.number, at, LeftOutReason::Replaced, &value.shown()));
        left_out.extend(shown);
        line.cells.retain(|cell| cell.column != at);
    };
    for column in fallbacks.keys() {
        let [Some(own), Some(fallback)] = places(*column) else { continue };
        for line in rows.iter_mut().filter(|line| line.value(own).is_some()) {
            leave_out(line, fallback);
        }
    }
    // Words of a term are kept beside a later date; a date beside a later term in words has no place.
    let terms = [Column::Term, Column::DueDate].map(places);
    for line in rows.iter_mut() {
        let [term, date] = terms.map(|places| places.into_iter().flatten().find(|at| line.value(*at).is_some()));
        if let (Some(term), Some(date)) = (term, date)
            && term_order(&heading(term)) > term_order(&heading(date))
        {
            leave_out(line, date);
        }
    }
    left_out
}
