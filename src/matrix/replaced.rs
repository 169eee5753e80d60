//! Cells with a term that a later term of the same row replaces.

use std::collections::BTreeMap;

use super::columns::{Column, HeadingPriority, term_order};
use super::terms::states_term;
use crate::spreadsheets::{LeftOut, LeftOutReason, Line, Table, Value};

/// Columns by their content, each with its place and its priority.
type Places = BTreeMap<Column, (u32, HeadingPriority)>;

/// Removes the cells that do not count because their row has a later term, and returns them. A cell of a later term
/// that states none ("-", "No aplica", "pendiente") is removed itself if the other one states a term.
pub(super) fn leave_out_replaced(
    table: &mut Table,
    chosen: &Places,
    fallbacks: &Places,
    heading: impl Fn(u32) -> String,
) -> Vec<LeftOut> {
    let places = |column| [chosen, fallbacks].map(|all| all.get(&column).map(|(at, _)| *at));
    let mut left_out = Vec::new();
    let Table { sheet, rows, .. } = table;
    let mut leave_out = |line: &mut Line, at: u32, why: LeftOutReason| {
        let shown = line.value(at).map(|value| LeftOut::cell(sheet, line.number, at, why, &value.shown()));
        left_out.extend(shown);
        line.cells.retain(|cell| cell.column != at);
    };
    for column in fallbacks.keys() {
        let [Some(own), Some(fallback)] = places(*column) else { continue };
        for line in rows.iter_mut().filter(|line| line.value(own).is_some()) {
            match is_void_beside(line, own, fallback) {
                true => leave_out(line, own, LeftOutReason::NoTerm),
                false => leave_out(line, fallback, LeftOutReason::Replaced),
            }
        }
    }
    // Words of a term are kept beside a later date; a date beside a later term in words has no place.
    let terms = [Column::Term, Column::DueDate].map(places);
    for line in rows.iter_mut() {
        let [term, date] = terms.map(|places| places.into_iter().flatten().find(|at| line.value(*at).is_some()));
        let (Some(term), Some(date)) = (term, date) else { continue };
        let [of_term, of_date] = [term, date].map(|at| term_order(&heading(at)));
        match () {
            () if of_term > of_date && is_void_beside(line, term, date) => {
                leave_out(line, term, LeftOutReason::NoTerm);
            }
            () if of_term > of_date => leave_out(line, date, LeftOutReason::Replaced),
            () if of_date > of_term && is_void_beside(line, date, term) => {
                leave_out(line, date, LeftOutReason::NoTerm);
            }
            () => {}
        }
    }
    left_out
}

/// Checks whether the cell of a later term states none, and that of the earlier term states one.
fn is_void_beside(line: &Line, later: u32, earlier: u32) -> bool {
    let states = |at| line.value(at).is_some_and(states_any);
    !states(later) && states(earlier)
}

fn states_any(value: &Value) -> bool {
    match value {
        Value::Text(text) => states_term(text),
        Value::Number(number) => *number != 0.0,
        Value::Flag(_) => false,
        // A value that is no term is a fault of its cell.
        Value::Percent(_) | Value::Day(_) | Value::Month(_) | Value::Broken(_) | Value::NoResult => true,
    }
}
