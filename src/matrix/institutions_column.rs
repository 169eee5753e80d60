//! The column of the institutions: asked about when rows state progress and no heading names the institutions.

use super::choices::INSTITUTIONS_QUESTION;
use super::columns::Column;
use super::questions::{Label, Question};
use super::reading::LeftOutReason;
use super::sheets::MatrixSheet;
use super::understood::UnderstoodColumn;
use crate::error::Args;

/// The maximum number of columns that the sentence of the fault lists.
const MOST_LISTED: usize = 20;

/// Returns the columns that may have the institutions: those without a known content, unless a person left them out.
fn open_columns(sheet: &MatrixSheet) -> Vec<&UnderstoodColumn> {
    let understood = &sheet.understood;
    let is_unwanted = |column: &UnderstoodColumn| {
        let place = format!("{}!{}", understood.name, column.column);
        understood.left_out.iter().any(|one| one.why == LeftOutReason::ByChoice && one.place == place)
    };
    understood.columns.iter().filter(|column| column.named.is_none() && !is_unwanted(column)).collect()
}

fn has_institutions(sheet: &MatrixSheet) -> bool {
    [Column::Responsible, Column::CoResponsible].into_iter().any(|column| sheet.heading(column).is_some())
}

/// Returns the arguments of the fault of a row that states progress and names no institution.
pub(super) fn fault_args(sheet: &MatrixSheet) -> Args {
    if has_institutions(sheet) {
        return vec![("reason", "empty_cell".to_owned())];
    }
    let open = open_columns(sheet);
    let headings: Vec<String> = open.iter().take(MOST_LISTED).map(|one| format!("«{}»", one.heading)).collect();
    let reason = if open.is_empty() { "no_column" } else { "which_column" };
    vec![("reason", reason.to_owned()), ("columns", headings.join(", "))]
}

/// Returns the question which column has the institutions; `None` if the sheet has one, or no other column.
pub(super) fn question(sheet: &MatrixSheet, row: u32) -> Option<Question> {
    let open = open_columns(sheet);
    if has_institutions(sheet) || open.is_empty() {
        return None;
    }
    let option = |one: &UnderstoodColumn| {
        let same = sheet.understood.columns.iter().filter(|other| other.heading == one.heading).count();
        let place = if same > 1 { &one.column } else { &one.heading };
        let label = match one.examples.is_empty() {
            true => one.heading.clone(),
            false => format!("{} ({})", one.heading, one.examples.join(" · ")),
        };
        (format!("{}!{place}", sheet.name), Label::Plain(label))
    };
    Some(Question {
        id: format!("{INSTITUTIONS_QUESTION}{}", sheet.name),
        sheet: sheet.name.to_string(),
        column: None,
        rows: vec![row],
        text_key: "question-institutions-column",
        args: vec![("sheet", sheet.name.to_string())],
        options: open.into_iter().map(option).collect(),
    })
}
