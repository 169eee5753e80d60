//! The numbers of the counted fields of a duty, by institution and period, with their sums.

use std::collections::HashMap;

use super::{DocumentedDuty, cell_of, span};
use crate::duties::model::{
    CountSum, DutyField, DutyReport, DutyState, FieldKind, FieldValue, MatrixPeriod, MatrixRow, Place,
};
use crate::i18n::text_with;
use crate::rendering::{Block, Column, Table};
use crate::text::capitalized;

/// The newest reports by institution and period.
type Reports<'d> = HashMap<Place, &'d DutyReport>;

/// Writes a table for each counted field, with at most `beside` periods beside each other.
pub(super) fn blocks(found: &DocumentedDuty, beside: usize) -> Vec<Block> {
    let reports: Reports<'_> =
        found.reports.iter().map(|report| ((report.institution_id, report.period_from), report)).collect();
    let fields = found.duty.fields.fields.iter().enumerate();
    let counted: Vec<_> = fields.filter(|(_, field)| field.kind == FieldKind::Count).collect();
    if counted.is_empty() || reports.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(1, found.words().say("duties-numbers", &[]))];
    for (n, field) in counted {
        for periods in found.matrix.periods.chunks(beside) {
            let label = found.label(n, field);
            let label = if found.matrix.periods.len() > beside {
                format!("{label}: {}", span(found.words(), periods))
            } else {
                label
            };
            blocks.push(Block::heading(2, label));
            blocks.push(Block::Table(table(found, field, periods, &reports)));
        }
    }
    blocks.push(Block::note(found.words().say("duties-numbers-explained", &[])));
    blocks
}

fn table(found: &DocumentedDuty, field: &DutyField, periods: &[MatrixPeriod], reports: &Reports<'_>) -> Table {
    let words = found.words();
    let mut columns = vec![Column::text(words.say("duties-institution", &[]), 5)];
    columns.extend(periods.iter().map(|one| Column::figures(capitalized(&words.date(&one.period)), 3)));
    let row = |row: &MatrixRow| {
        let cells = periods.iter().map(|period| cell(found, field, (row, period), reports));
        std::iter::once(found.name(row.institution_id)).chain(cells).collect()
    };
    let sums = periods.iter().map(|period| sum(found, field, period, reports));
    let total = std::iter::once(words.say("duties-sum", &[])).chain(sums).collect();
    Table::new(columns, found.matrix.rows.iter().map(row).collect()).with_total(total)
}

/// Returns the number of a report; a word for one that has none, because an unknown number is not zero; nothing for an
/// institution that is not asked.
fn cell(
    found: &DocumentedDuty,
    field: &DutyField,
    (row, period): (&MatrixRow, &MatrixPeriod),
    reports: &Reports<'_>,
) -> String {
    let Some(state) = cell_of(row, period).map(|one| one.state) else { return String::new() };
    let words = found.words();
    match (number(field, reports.get(&(row.institution_id, period.period_from))), state) {
        (Some(number), _) => words.decimal(&number.to_string()),
        (None, DutyState::Nothing) => words.say("duties-state-nothing", &[]),
        (None, DutyState::Waived) => words.say("duties-state-waived", &[]),
        (None, _) => words.say("duties-unknown", &[]),
    }
}

/// Returns the sum of the known numbers of a period, and below it the number of institutions that reported one, of those
/// that were asked and not exempted.
fn sum(found: &DocumentedDuty, field: &DutyField, period: &MatrixPeriod, reports: &Reports<'_>) -> String {
    let words = found.words();
    let rows = found.matrix.rows.iter();
    let asked = rows.filter(|row| cell_of(row, period).is_some_and(|cell| cell.state != DutyState::Waived));
    let asked: Vec<_> = asked.map(|row| (row.institution_id, period.period_from)).collect();
    if asked.is_empty() {
        return String::new();
    }
    let sum = CountSum::of(field, asked.iter().filter_map(|place| reports.get(place).copied()));
    let known = sum.map_or(0, |sum| sum.institutions);
    let of = text_with(words.lang, "duties-sum-known", &[("n", known.into()), ("of", asked.len().into())]);
    let unaccepted = sum.filter(|sum| sum.unaccepted > 0);
    let unaccepted =
        unaccepted.map(|sum| text_with(words.lang, "duties-sum-unaccepted", &[("n", sum.unaccepted.into())]));
    let notes: Vec<String> = std::iter::once(of).chain(unaccepted).collect();
    let sum = sum.map_or_else(|| words.say("duties-unknown", &[]), |sum| words.decimal(&sum.sum.to_string()));
    format!("{sum}\n({})", notes.join("; "))
}

/// Returns the known number of a field.
fn number(field: &DutyField, report: Option<&&DutyReport>) -> Option<i64> {
    match report?.fields.values.get(&field.key)? {
        FieldValue::Integer(whole) => Some(*whole),
        FieldValue::Number(_) | FieldValue::Text(_) => None,
    }
}
