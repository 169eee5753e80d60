//! The columns of the sheets with their contents, which can be changed.

use maud::{Markup, html};

use crate::http::{Fields, ProblemFault};
use crate::matrix::choices::NONE;
use crate::matrix::columns::Column;
use crate::matrix::understood::{UnderstoodColumn, UnderstoodSheet};
use crate::spreadsheets::LeftOutReason;
use crate::ui::{Choice, Field, FormView, Frame};

/// The codes of faults whose cause is the content of a column.
const FAULTS_OF_COLUMNS: [&str; 4] = ["duplicate_column", "either_date", "no_commitment_column", "responsible_needed"];

/// Draws the columns of the sheets. They are folded away while all of them are read and no fault comes from them.
pub(super) fn columns(frame: &Frame, form: &FormView, sheets: &[UnderstoodSheet], faults: &[ProblemFault]) -> Markup {
    let bases = sheets.iter().scan(0, |next, sheet| {
        let base = *next;
        *next += sheet.columns.len();
        Some(base)
    });
    html! {
        @if !sheets.is_empty() {
            details class="more" id="columns" open[is_open(sheets, faults)] {
                summary { (frame.t("imports-columns")) }
                p class="prose" { (frame.t("imports-columns-what")) }
                @for (sheet, base) in sheets.iter().zip(bases) {
                    fieldset class="group" {
                        legend { (frame.t_with("imports-sheet", &[("sheet", sheet.name.clone().into())])) }
                        div class="fields" {
                            @for (at, column) in sheet.columns.iter().enumerate() { (row(frame, sheet, column, base + at)) }
                        }
                    }
                }
            }
        }
        @for name in super::choices::choices_of(&form.fields).forgotten { input type="hidden" name="forgotten" value=(name); }
    }
}

/// Checks whether a column is not read, was named by hand, or is the cause of a fault.
fn is_open(sheets: &[UnderstoodSheet], faults: &[ProblemFault]) -> bool {
    let needs_sight = |column: &UnderstoodColumn| match &column.choice {
        Some(choice) => choice.remembered.is_none(),
        None => column.named.is_none(),
    };
    let displaces = |sheet: &UnderstoodSheet| sheet.left_out.iter().any(|one| one.why == LeftOutReason::OtherChosen);
    faults.iter().any(|fault| FAULTS_OF_COLUMNS.contains(&fault.code))
        || sheets.iter().any(|sheet| displaces(sheet) || sheet.columns.iter().any(needs_sight))
}

/// Draws the field of a column. The hidden fields name the column, and state its content without a new choice.
fn row(frame: &Frame, sheet: &UnderstoodSheet, column: &UnderstoodColumn, n: usize) -> Markup {
    let is_named_twice = sheet.columns.iter().filter(|one| one.heading == column.heading).count() > 1;
    let place = format!("{}!{}", sheet.name, if is_named_twice { &column.column } else { &column.heading });
    let name = format!("mapping/{n}/column");
    let remembered = column.choice.as_ref().and_then(|choice| choice.remembered.as_deref());
    let value = match &column.choice {
        Some(choice) => choice.column.map_or(NONE, Column::as_str),
        None => column.named.map(Column::as_str).unwrap_or_default(),
    };
    let was = if column.choice.is_some() && remembered.is_none() { "" } else { value };
    let own = FormView { fields: Fields::default().with(&name, value), ..FormView::default() };
    let field = Field::new(frame, &own, &name, format!("{} · {}", column.column, column.heading)).unmarked(true);
    let field = match column.examples.is_empty() {
        true => field,
        false => field.hint(frame.t_with("imports-examples", &[("values", column.examples.join(" · ").into())])),
    };
    html! {
        input type="hidden" name={ "mapping/" (n) "/place" } value=(place);
        input type="hidden" name={ "mapping/" (n) "/was" } value=(was);
        @if let Some(remembered) = remembered { input type="hidden" name={ "mapping/" (n) "/remembered" } value=(remembered); }
        (field.select(empty(frame, column).as_deref(), &contents(frame)))
    }
}

/// Returns the words of the empty choice, which gives up a choice; a column that the program reads by itself has none.
fn empty(frame: &Frame, column: &UnderstoodColumn) -> Option<String> {
    match (&column.choice, column.named) {
        (Some(choice), _) if choice.remembered.is_some() => Some(frame.t("imports-column-forget")),
        (Some(_), _) => Some(frame.t("imports-column-automatic")),
        (None, None) => Some(frame.t("imports-column-unknown")),
        (None, Some(_)) => None,
    }
}

/// Returns the contents that a column may have.
fn contents(frame: &Frame) -> Vec<Choice> {
    let content = |column: &Column| Choice::new(column.as_str(), frame.word("imports-content", column.as_str()));
    let mut choices: Vec<Choice> = Column::ALL.iter().map(content).collect();
    choices.push(Choice::new(NONE, frame.t("imports-column-none")));
    choices
}
