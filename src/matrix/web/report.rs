//! The result of the dry run of an import, as its page shows it.

use maud::{Markup, html};

use crate::datasets::ImportReport;
use crate::http::ProblemFault;
use crate::matrix::columns::{Column, usual_heading};
use crate::matrix::model::{MatrixReport, RowOutcome, RowReport};
use crate::matrix::places::place_in;
use crate::matrix::questions::MatrixQuestion;
use crate::matrix::understood::{LeftOutPlace, UnderstoodRow, UnderstoodSheet};
use crate::text::shortened;
use crate::ui::{self, Choice, Field, FormView, Frame, Tone, notice, short_day, table, tag};

/// The maximum number of rows, faults and places that the page shows.
const MOST_SHOWN: usize = 200;
/// The maximum length of a text or a note in the table of rows.
const MOST_LETTERS: usize = 160;

/// Draws the dry run of a matrix: faults and questions first, then the meaning of the file and the changes.
pub(super) fn matrix_view(frame: &Frame, form: &FormView, report: &MatrixReport) -> Markup {
    let totals = report.totals;
    let args = [
        ("created", totals.created.to_string().into()),
        ("changed", totals.changed.to_string().into()),
        ("unchanged", totals.unchanged.to_string().into()),
        ("rejected", totals.rejected.to_string().into()),
    ];
    let is_ready = report.errors.is_empty();
    let changes = totals.created + totals.changed > 0;
    html! {
        section id="result" class="stack" {
            h2 { (frame.t("imports-result")) }
            @if !is_ready {
                (notice(Tone::Overdue, html! { p { strong { (frame.t("imports-refused")) } } p { (frame.t_with("imports-would", &args)) } }))
            } @else if changes {
                (notice(Tone::Done, html! { p { strong { (frame.t_with("imports-would", &args)) } } p { (frame.t("imports-mails")) } }))
            } @else {
                (notice(Tone::Neutral, html! { p { (frame.t("imports-no-changes")) } }))
            }
            @for note in &report.notes { (notice(Tone::Soon, html! { p { (note.detail) } })) }
            (questions(frame, form, &report.questions))
            (faults(frame, &report.errors))
            @if !is_ready {
                p { button type="submit" name="action" value="copy" { (frame.t("imports-copy")) } }
            }
            (columns(frame, form, &report.sheets))
            (left_out(frame, report))
            (rows(frame, &report.rows))
            @if is_ready && changes {
                p { button class="main" type="submit" name="action" value="import" { (frame.t("imports-import")) } }
            }
        }
    }
}

/// Draws the columns of a file that was refused, so that they can be named by hand.
pub(super) fn refused_view(frame: &Frame, form: &FormView, sheets: &[UnderstoodSheet]) -> Markup {
    html! {
        @if !sheets.is_empty() {
            section id="result" class="stack" {
                h2 { (frame.t("imports-columns")) }
                p class="prose" { (frame.t("imports-columns-refused")) }
                (columns(frame, form, sheets))
            }
        }
    }
}

/// Draws the dry run of a dataset.
pub(super) fn dataset_view(frame: &Frame, report: &ImportReport) -> Markup {
    let found: Vec<ProblemFault> = report.faults.iter().map(|fault| crate::http::describe(fault, frame.lang)).collect();
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
    html! {
        section id="result" class="stack" {
            h2 { (frame.t("imports-result")) }
            @if !found.is_empty() { (notice(Tone::Overdue, html! { p { strong { (frame.t("imports-refused")) } } })) }
            (table(&frame.t("imports-result"), &columns, &shown))
            @for note in &report.notes { p { span class="code" { (note.pointer) } " " (note.detail) } }
            (faults(frame, &found))
            @if found.is_empty() {
                p { button class="main" type="submit" name="action" value="import" { (frame.t("imports-import")) } }
            }
        }
    }
}

fn questions(frame: &Frame, form: &FormView, questions: &[MatrixQuestion]) -> Markup {
    let none = frame.t("imports-choose");
    html! {
        @if !questions.is_empty() {
            h3 { (frame.t("imports-questions")) }
            p class="prose" { (frame.t("imports-questions-what")) }
            @for (n, question) in questions.iter().take(MOST_SHOWN).enumerate() {
                @let choices: Vec<Choice> =
                    question.options.iter().map(|one| Choice::new(&one.key, one.label.clone())).collect();
                @let fresh = FormView { fields: form.fields.clone(), ..FormView::default() };
                input type="hidden" name={ "answers/" (n) "/id" } value=(question.id);
                div class="fields" {
                    (Field::new(frame, &unanswered(&fresh, n), format!("answers/{n}/key"), question.text.clone())
                        .hint(place_of_question(frame, question)).select(Some(&none), &choices))
                    @if takes_other(&question.id) {
                        (Field::new(frame, &unanswered(&fresh, n), format!("answers/{n}/other"), frame.t("imports-other"))
                            .hint(frame.t("imports-other-hint")).text())
                    }
                }
            }
            (kept_answers(form, questions))
        }
        @if questions.is_empty() { (kept_answers(form, questions)) }
    }
}

/// Returns the form without an answer at this place, which belonged to another question.
fn unanswered(form: &FormView, n: usize) -> FormView {
    let mut form = form.clone();
    form.fields.retain(|name| !name.starts_with(&format!("answers/{n}/")));
    form
}

/// Keeps the answers that were given before as hidden fields, after the questions that are open.
fn kept_answers(form: &FormView, open: &[MatrixQuestion]) -> Markup {
    let given = super::choices::choices_of(&form.fields).answers;
    let given: Vec<_> = given.into_iter().filter(|(id, _)| !open.iter().any(|one| one.id == *id)).collect();
    html! {
        @for (n, (id, key)) in given.iter().enumerate() {
            @let n = n + open.len().min(MOST_SHOWN);
            input type="hidden" name={ "answers/" (n) "/id" } value=(id);
            input type="hidden" name={ "answers/" (n) "/key" } value=(key);
        }
    }
}

/// Checks whether a question may be answered with another date or name than its choices.
fn takes_other(id: &str) -> bool {
    let column = id.split('/').next().unwrap_or_default();
    ["due", "due_text", "meeting_date", "completed_on", "institutions", "co_institutions", "commission"]
        .contains(&column)
}

fn place_of_question(frame: &Frame, question: &MatrixQuestion) -> String {
    let rows: Vec<String> = question.rows.iter().take(12).map(ToString::to_string).collect();
    let key = if question.column.is_some() { "imports-question-place" } else { "imports-question-rows" };
    let args = [
        ("sheet", question.sheet.clone().into()),
        ("column", question.column.clone().unwrap_or_default().into()),
        ("rows", rows.join(", ").into()),
    ];
    frame.t_with(key, &args)
}

/// Returns the place of a fault in words: a cell of a sheet; nothing for one of the whole file.
fn place_of_fault(frame: &Frame, fault: &ProblemFault) -> String {
    let place = fault.pointer.trim_start_matches('/');
    match place.rsplit_once('/') {
        Some((sheet, cell)) => place_in(frame.lang, &sheet.replace("~1", "/").replace("~0", "~"), cell),
        None => place.to_owned(),
    }
}

fn faults(frame: &Frame, faults: &[ProblemFault]) -> Markup {
    let columns = ["place", "value", "fault"].map(|name| ui::Column::new(frame.t(&format!("imports-fault-{name}"))));
    let row = |fault: &ProblemFault| {
        vec![
            html! { (place_of_fault(frame, fault)) },
            html! { (fault.value.as_deref().unwrap_or_default()) },
            html! { (fault.detail) },
        ]
    };
    let shown: Vec<Vec<Markup>> = faults.iter().take(MOST_SHOWN).map(row).collect();
    html! {
        @if !faults.is_empty() {
            h3 { (frame.t("imports-faults")) }
            (table(&frame.t("imports-faults"), &columns, &shown))
            @if faults.len() > MOST_SHOWN { p { (frame.t_n("imports-more-faults", faults.len() - MOST_SHOWN)) } }
        }
    }
}

/// Draws the columns of the sheets with their meaning, which can be changed.
fn columns(frame: &Frame, form: &FormView, sheets: &[UnderstoodSheet]) -> Markup {
    let chosen = super::choices::choices_of(&form.fields).mapping;
    let mut choices: Vec<Choice> =
        Column::ALL.iter().map(|one| Choice::new(one.as_str(), usual_heading(*one, frame.lang))).collect();
    choices.push(Choice::new("none", frame.t("imports-column-none")));
    html! {
        @if !sheets.is_empty() {
            details class="more" open[sheets.iter().all(|sheet| sheet.heading_rows.is_empty())] {
                summary { (frame.t("imports-columns")) }
                p class="prose" { (frame.t("imports-columns-what")) }
                @for (s, sheet) in sheets.iter().enumerate() {
                    @let base: usize = sheets.iter().take(s).map(|one| one.columns.len()).sum();
                    fieldset class="group" {
                        legend { (frame.t_with("imports-sheet", &[("sheet", sheet.name.clone().into())])) }
                        div class="fields" {
                            @for (at, column) in sheet.columns.iter().enumerate() {
                                @let n = base + at;
                                @let twice = sheet.columns.iter().filter(|one| one.heading == column.heading).count() > 1;
                                @let name = if twice { &column.column } else { &column.heading };
                                @let place = format!("{}!{name}", sheet.name);
                                @let named = column.named.map(Column::as_str).unwrap_or_default();
                                @let is_chosen = chosen.contains_key(&place);
                                @let value = if is_chosen && column.named.is_none() { "none" } else { named };
                                @let own = FormView {
                                    fields: crate::http::Fields::default().with(&format!("mapping/{n}/column"), value),
                                    ..FormView::default()
                                };
                                @let label = format!("{} · {}", column.column, column.heading);
                                input type="hidden" name={ "mapping/" (n) "/place" } value=(place);
                                input type="hidden" name={ "mapping/" (n) "/was" } value=(if is_chosen { "" } else { named });
                                @let field = Field::new(frame, &own, format!("mapping/{n}/column"), label);
                                @let values = [("values", column.examples.join(" · ").into())];
                                @let field = match column.examples.is_empty() {
                                    true => field,
                                    false => field.hint(frame.t_with("imports-examples", &values)),
                                };
                                (field.select(Some(&frame.t("imports-column-unknown")), &choices))
                            }
                        }
                    }
                }
            }
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
            html! { (one.understood.institutions.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("; ")) },
            due(frame, &one.understood),
            state(frame, &one.understood),
            html! { (shortened(one.understood.notes.as_deref().unwrap_or_default(), MOST_LETTERS)) },
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
        }
    }
}
