//! The result of the dry run of an import, as its page shows it.

use maud::{Markup, html};

use super::columns::columns;
use super::questions::questions;
use crate::commitments::AssignmentRole;
use crate::datasets::ImportReport;
use crate::error::Fault;
use crate::http::{ProblemFault, describe};
use crate::matrix::model::{MatrixReport, RowOutcome, RowReport};
use crate::matrix::places::place_in;
use crate::matrix::understood::{LeftOutPlace, UnderstoodRow, UnderstoodSheet};
use crate::text::shortened;
use crate::ui::{self, FormView, Frame, Tone, notice, short_day, table, tag};

/// The maximum number of rows, faults and places that the page shows.
const MOST_SHOWN: usize = 200;
/// The maximum number of rows that the place of a fault lists.
const MOST_ROWS: usize = 12;
/// The maximum length of a text or a note in the table of rows.
const MOST_LETTERS: usize = 160;

/// The part of the form that shows the result of a dry run.
pub(super) struct Tried {
    pub markup: Markup,
    /// A dry run was done.
    pub has_result: bool,
    /// It shows changes and no faults.
    pub may_import: bool,
}

impl Tried {
    /// Returns the part of a form without a dry run.
    pub(super) fn refused(markup: Markup) -> Self {
        Self { markup, has_result: false, may_import: false }
    }

    /// Adds that nothing was imported, because the form had changed since it was tried.
    pub(super) fn instead_of_import(self, frame: &Frame) -> Self {
        let sentence = html! { p { strong { (frame.t("imports-untried")) } } };
        Self { markup: html! { (notice(Tone::Soon, sentence)) (self.markup) }, ..self }
    }
}

/// Draws the dry run of a matrix: faults and questions first, then the meaning of the file and the changes.
pub(super) fn matrix_view(frame: &Frame, form: &FormView, report: &MatrixReport) -> Tried {
    let totals = report.totals;
    let is_ready = report.errors.is_empty();
    let has_changes = totals.created + totals.changed > 0;
    let (displaced, notes): (Vec<_>, Vec<_>) = report.notes.iter().partition(|note| note.code == "displaced_column");
    let may_import = is_ready && has_changes;
    let markup = html! {
        section id="result" class="stack" {
            h2 { (frame.t("imports-result")) }
            (displaced_columns(&displaced))
            (summary(frame, report, !displaced.is_empty()))
            @for note in notes { (notice(Tone::Soon, html! { p { (note.detail) } })) }
            (questions(frame, form, report))
            (faults(frame, &report.errors, &report.faults))
            @if !is_ready {
                p { button type="submit" name="action" value="copy" { (frame.t("imports-copy")) } }
            }
            (columns(frame, form, &report.sheets, &report.errors))
            (left_out(frame, report))
            (rows(frame, &report.rows))
            @if may_import { (displaced_columns(&displaced)) }
        }
    };
    Tried { markup, has_result: true, may_import }
}

/// Draws the columns that are not read because a person named another one for their content.
fn displaced_columns(displaced: &[&ProblemFault]) -> Markup {
    html! {
        @if !displaced.is_empty() {
            (notice(Tone::Soon, html! { @for one in displaced { p { strong { (one.detail) } } } }))
        }
    }
}

/// Draws the number of rows by outcome.
fn summary(frame: &Frame, report: &MatrixReport, needs_attention: bool) -> Markup {
    let totals = report.totals;
    let args = [
        ("created", totals.created.to_string().into()),
        ("changed", totals.changed.to_string().into()),
        ("unchanged", totals.unchanged.to_string().into()),
        ("rejected", totals.rejected.to_string().into()),
    ];
    let counts = frame.t_with("imports-would", &args);
    if !report.errors.is_empty() {
        let content = html! { p { strong { (frame.t("imports-refused")) } } p { (counts) } };
        return notice(Tone::Overdue, content);
    }
    if totals.created + totals.changed == 0 {
        return notice(Tone::Neutral, html! { p { (frame.t("imports-no-changes")) } });
    }
    let tone = if needs_attention { Tone::Soon } else { Tone::Done };
    notice(tone, html! { p { strong { (counts) } } p { (frame.t("imports-mails")) } })
}

/// Draws the columns of a file that was refused, so that they can be named by hand.
pub(super) fn refused_view(frame: &Frame, form: &FormView, sheets: &[UnderstoodSheet]) -> Markup {
    html! {
        @if !sheets.is_empty() {
            section id="result" class="stack" {
                h2 { (frame.t("imports-columns")) }
                p class="prose" { (frame.t("imports-columns-refused")) }
                (columns(frame, form, sheets, &[]))
            }
        }
    }
}

/// Draws the dry run of a dataset.
pub(super) fn dataset_view(frame: &Frame, report: &ImportReport) -> Tried {
    let found: Vec<ProblemFault> = report.faults.iter().map(|fault| describe(fault, frame.lang)).collect();
    let columns = ["kind", "created", "updated", "unchanged", "rejected"]
        .map(|name| ui::Column::new(frame.t(&format!("imports-dataset-{name}"))));
    let shown: Vec<Vec<Markup>> = report
        .counts
        .iter()
        .map(|(kind, counts)| {
            let cells = [counts.created, counts.updated, counts.unchanged, counts.rejected];
            let cells = cells.map(|count| html! { (count) });
            std::iter::once(html! { (frame.word("imports-kind", kind.as_str())) }).chain(cells).collect()
        })
        .collect();
    let markup = html! {
        section id="result" class="stack" {
            h2 { (frame.t("imports-result")) }
            @if !found.is_empty() { (notice(Tone::Overdue, html! { p { strong { (frame.t("imports-refused")) } } })) }
            (table(&frame.t("imports-result"), &columns, &shown))
            @for note in &report.notes { p { span class="code" { (note.pointer) } " " (note.detail) } }
            (faults(frame, &found, &report.faults))
        }
    };
    Tried { markup, has_result: true, may_import: found.is_empty() }
}

/// Returns the place of a fault in words: a cell of a sheet; nothing for one of the whole file.
fn place_of_fault(frame: &Frame, fault: &ProblemFault) -> String {
    let place = fault.pointer.trim_start_matches('/');
    let plain = |sheet: &str| sheet.replace("~1", "/").replace("~0", "~");
    match place.rsplit_once('/') {
        Some((sheet, cell)) if fault.rows.len() > 1 => rows_of_fault(frame, fault, &plain(sheet), cell),
        Some((sheet, cell)) => place_in(frame.lang, &plain(sheet), cell),
        None if fault.code == "no_commitment_column" => {
            frame.t_with("imports-sheet", &[("sheet", plain(place).into())])
        }
        None => place.to_owned(),
    }
}

/// Returns the column and the rows of a fault that several rows have.
fn rows_of_fault(frame: &Frame, fault: &ProblemFault, sheet: &str, cell: &str) -> String {
    let mut rows: Vec<String> = fault.rows.iter().take(MOST_ROWS).map(ToString::to_string).collect();
    if fault.rows.len() > MOST_ROWS {
        rows.push("…".to_owned());
    }
    let column = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    let args = [("sheet", sheet.into()), ("column", column.into()), ("rows", rows.join(", ").into())];
    frame.t_with("imports-place-rows", &args)
}

/// Returns the explanation of a fault without its place, which has a column of its own.
fn explanation(frame: &Frame, fault: &Fault) -> String {
    let args = fault.args.iter().filter(|(name, _)| *name != "column").cloned().collect();
    describe(&Fault::new(fault.pointer.clone(), fault.code, args), frame.lang).detail
}

fn faults(frame: &Frame, described: &[ProblemFault], faults: &[Fault]) -> Markup {
    let columns = ["place", "value", "fault"].map(|name| ui::Column::new(frame.t(&format!("imports-fault-{name}"))));
    let row = |(described, fault): (&ProblemFault, &Fault)| {
        vec![
            html! { (place_of_fault(frame, described)) },
            html! { (described.value.as_deref().unwrap_or_default()) },
            html! { (explanation(frame, fault)) },
        ]
    };
    let shown: Vec<Vec<Markup>> = described.iter().zip(faults).take(MOST_SHOWN).map(row).collect();
    html! {
        @if !faults.is_empty() {
            h3 { (frame.t("imports-faults")) }
            (table(&frame.t("imports-faults"), &columns, &shown))
            @if faults.len() > MOST_SHOWN { p { (frame.t_n("imports-more-faults", faults.len() - MOST_SHOWN)) } }
        }
    }
}

/// Draws the first values of a column.
fn examples(frame: &Frame, values: &[String]) -> Markup {
    html! {
        @if !values.is_empty() {
            p class="small" { (frame.t_with("imports-examples", &[("values", values.join(" · ").into())])) }
        }
    }
}

fn left_out(frame: &Frame, report: &MatrixReport) -> Markup {
    let all: Vec<&LeftOutPlace> =
        report.left_out.iter().chain(report.sheets.iter().flat_map(|sheet| &sheet.left_out)).collect();
    let columns = ["place", "why", "text"].map(|name| ui::Column::new(frame.t(&format!("imports-left-{name}"))));
    let row = |one: &&LeftOutPlace| {
        vec![
            html! { (one.place_in_words(frame.lang)) },
            html! { (one.reason_in_words(frame.lang)) },
            html! { (one.text.as_deref().unwrap_or_default()) (examples(frame, &one.examples)) },
        ]
    };
    let shown: Vec<Vec<Markup>> = all.iter().take(MOST_SHOWN).map(row).collect();
    html! {
        @if !all.is_empty() {
            h3 { (frame.t("imports-left-out")) }
            (table(&frame.t("imports-left-out"), &columns, &shown))
            @if all.len() > MOST_SHOWN { p { (frame.t_n("imports-more-places", all.len() - MOST_SHOWN)) } }
        }
    }
}

fn rows(frame: &Frame, rows: &[RowReport]) -> Markup {
    let columns = ["row", "outcome", "text", "institutions", "due", "status", "notes", "changes"]
        .map(|name| ui::Column::new(frame.t(&format!("imports-row-{name}"))));
    let row = |one: &RowReport| {
        vec![
            html! { (one.place_in_words(frame.lang)) },
            outcome(frame, one.outcome),
            text(frame, one),
            institutions(frame, &one.understood),
            due(frame, &one.understood),
            state(frame, &one.understood),
            lines(one.understood.notes.as_deref().unwrap_or_default()),
            changes(one),
        ]
    };
    let shown: Vec<Vec<Markup>> = rows.iter().take(MOST_SHOWN).map(row).collect();
    html! {
        @if !rows.is_empty() {
            h3 { (frame.t("imports-rows")) }
            (table(&frame.t("imports-rows"), &columns, &shown))
            @if rows.len() > MOST_SHOWN { p { (frame.t_n("imports-more-rows", rows.len() - MOST_SHOWN)) } }
        }
    }
}

/// Draws the institutions of a row, one on each line, and marks the co-responsible ones.
fn institutions(frame: &Frame, row: &UnderstoodRow) -> Markup {
    html! {
        @for (n, one) in row.institutions.iter().enumerate() {
            @if n > 0 { br; }
            (one.name)
            @if one.role == AssignmentRole::CoResponsible { " (" (frame.t("imports-row-co-responsible")) ")" }
        }
    }
}

/// Draws the beginning of a text, line by line.
fn lines(text: &str) -> Markup {
    let text = shortened(text, MOST_LETTERS);
    html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } }
}

/// Draws the commitment of a row: its text, its code, and the number that the spreadsheet gives it.
fn text(frame: &Frame, row: &RowReport) -> Markup {
    let number = row.understood.number.as_ref().filter(|number| row.code.as_ref() != Some(*number));
    html! {
        (shortened(row.understood.text.as_deref().unwrap_or_default(), MOST_LETTERS))
        @if let Some(code) = &row.code { " " span class="code" { (code) } }
        @if let Some(number) = number {
            p class="small" { (frame.t_with("imports-number-in-file", &[("number", number.clone().into())])) }
        }
    }
}

fn outcome(frame: &Frame, outcome: RowOutcome) -> Markup {
    let tone = match outcome {
        RowOutcome::Created => Tone::Done,
        RowOutcome::Changed => Tone::Soon,
        RowOutcome::Unchanged => Tone::Neutral,
        RowOutcome::Rejected => Tone::Overdue,
    };
    tag(tone, &frame.word("imports-outcome", outcome.as_str()))
}

/// Draws the last day of the term, beside the words of the source.
fn due(frame: &Frame, row: &UnderstoodRow) -> Markup {
    html! {
        @if let Some(words) = &row.due_text { (words) br; }
        @match row.due_to {
            Some(day) => strong { (short_day(day)) },
            None => span class="small" { (frame.t("imports-no-due")) },
        }
    }
}

fn state(frame: &Frame, row: &UnderstoodRow) -> Markup {
    html! {
        @if let Some(status) = row.status { (frame.word("status", status.as_str())) }
        @if let Some(percent) = row.percent { " " (percent) " %" }
    }
}

fn changes(row: &RowReport) -> Markup {
    html! {
        @if row.outcome == RowOutcome::Changed {
            ul class="small" {
                @for cell in &row.cells {
                    li {
                        (cell.cell) " " (cell.heading) ": " (cell.before.as_deref().unwrap_or("—")) " → "
                        (cell.after.as_deref().unwrap_or("—"))
                    }
                }
            }
        } @else { "—" }
    }
}
