//! Writes the sheet with the values of the newest reports.

use std::collections::HashMap;

use super::words::{NOTHING, field_names};
use crate::directory::InstitutionNames;
use crate::duties::model::{Duty, DutyMatrix, DutyReport, FieldValue, Place};
use crate::error::Result;
use crate::i18n::{Lang, text};
use crate::rendering::{Book, Cell, Heading, Rows};

/// Writes the rows of the institutions of a matrix. A value that is not known is an empty cell.
pub(crate) fn write_values(
    book: &mut Book,
    (duty, matrix): (&Duty, &DutyMatrix),
    (reports, names): (&[DutyReport], &InstitutionNames),
    lang: Lang,
) -> Result<()> {
    let say = |key: &str| text(lang, key, &[]);
    let mut headings = vec![
        Heading { text: say("duties-institution"), width: 40 },
        Heading { text: say("duties-sheet-field"), width: 36 },
    ];
    headings.extend(matrix.periods.iter().map(|one| Heading { text: one.period.to_string(), width: 16 }));
    book.sheet_of_records(&say("duties-sheet-values"), &headings, 2)?;
    let reports: HashMap<Place, &DutyReport> =
        reports.iter().map(|report| ((report.institution_id, report.period_from), report)).collect();
    let (fields, labels, nothing) = (&duty.fields.fields, field_names(&duty.fields.fields), say(NOTHING));
    for row in &matrix.rows {
        let name = names.get(&row.institution_id).cloned().unwrap_or_default();
        let mut write = |label: &str, cell: &dyn Fn(&DutyReport) -> Cell| {
            let of_period = |period: &crate::duties::model::MatrixPeriod| {
                reports.get(&(row.institution_id, period.period_from)).map_or(Cell::Nothing, |report| cell(report))
            };
            let cells = matrix.periods.iter().map(of_period);
            book.row(&[Cell::text(&name), Cell::text(label)].into_iter().chain(cells).collect::<Vec<_>>())
        };
        for (field, label) in fields.iter().zip(&labels) {
            write(label, &|report| match report.fields.nothing_to_report {
                true => Cell::text(&nothing),
                false => value(report.fields.values.get(&field.key)),
            })?;
        }
        write(&say("duties-field-narrative"), &|report| match report.fields.nothing_to_report && fields.is_empty() {
            true => Cell::text(&nothing),
            false => Cell::shown(report.fields.narrative.as_ref()),
        })?;
    }
    Ok(())
}

/// Returns the cell of a value; nothing for one that is not known, which is not zero.
fn value(value: Option<&FieldValue>) -> Cell {
    match value {
        None => Cell::Nothing,
        Some(FieldValue::Text(text)) => Cell::text(text.clone()),
        Some(number) => number.number().map_or(Cell::Nothing, Cell::Number),
    }
}
