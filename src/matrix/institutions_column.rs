//! The column of the institutions: asked about when rows state progress and no heading names the institutions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::choices::INSTITUTIONS_QUESTION;
use super::columns::Column;
use super::questions::{Label, Question};
use super::sheets::MatrixSheet;
use super::understood::UnderstoodColumn;
use crate::error::Args;
use crate::spreadsheets::LeftOutReason;

/// The maximum number of columns that the sentence of the fault lists.
const MOST_LISTED: usize = 20;

/// Returns the columns that may have the institutions: those without a known content, unless a person left them out.
fn open_columns(sheet: &MatrixSheet) -> Vec<&UnderstoodColumn> {
    let understood = &sheet.understood;
    let by_choice = understood.left_out.iter().filter(|one| one.why == LeftOutReason::ByChoice);
    let unwanted: HashSet<&str> = by_choice.map(|one| one.place.as_str()).collect();
    let place = |column: &UnderstoodColumn| format!("{}!{}", understood.name, column.column);
    let is_open = |column: &&UnderstoodColumn| column.named.is_none() && !unwanted.contains(place(column).as_str());
    understood.columns.iter().filter(is_open).collect()
}

/// The sheets whose rows state progress of nobody, by name. A sheet may have 20,000 such rows: what is asked about it is
/// put together once.
#[derive(Default)]
pub(super) struct InstitutionsColumns(HashMap<Arc<str>, InstitutionsColumn>);

/// The arguments of the fault of a row that states progress and names no institution, and the question about its sheet.
pub(super) struct InstitutionsColumn {
    pub fault_args: Args,
    /// The question which column has the institutions, without rows; `None` if the sheet has one, or no other column.
    pub question: Option<Question>,
}

impl InstitutionsColumns {
    pub(super) fn of(&mut self, sheet: &MatrixSheet) -> &InstitutionsColumn {
        self.0.entry(Arc::clone(&sheet.name)).or_insert_with(|| InstitutionsColumn::of(sheet))
    }
}

impl InstitutionsColumn {
    fn of(sheet: &MatrixSheet) -> Self {
        if [Column::Responsible, Column::CoResponsible].into_iter().any(|column| sheet.heading(column).is_some()) {
            return Self { fault_args: vec![("reason", "empty_cell".to_owned())], question: None };
        }
        let open = open_columns(sheet);
        let headings: Vec<String> = open.iter().take(MOST_LISTED).map(|one| format!("«{}»", one.heading)).collect();
        let reason = if open.is_empty() { "no_column" } else { "which_column" };
        Self {
            fault_args: vec![("reason", reason.to_owned()), ("columns", headings.join(", "))],
            question: (!open.is_empty()).then(|| question(sheet, &open)),
        }
    }
}

fn question(sheet: &MatrixSheet, open: &[&UnderstoodColumn]) -> Question {
    let option = |one: &&UnderstoodColumn| {
        let same = sheet.understood.columns.iter().filter(|other| other.heading == one.heading).count();
        let place = if same > 1 { &one.column } else { &one.heading };
        let label = match one.examples.is_empty() {
            true => one.heading.clone(),
            false => format!("{} ({})", one.heading, one.examples.join(" · ")),
        };
        (format!("{}!{place}", sheet.name), Label::Plain(label))
    };
    Question {
        id: format!("{INSTITUTIONS_QUESTION}{}", sheet.name),
        sheet: sheet.name.to_string(),
        column: None,
        rows: Vec::new(),
        text_key: "question-institutions-column",
        args: vec![("sheet", sheet.name.to_string())],
        options: open.iter().map(option).collect(),
        given: None,
    }
}
