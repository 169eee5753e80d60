//! The questions of a dry run, and those that were answered, whose answers can be changed.

use maud::{Markup, html};

use super::choices::choices_of;
use crate::http::{Fields, ProblemFault};
use crate::matrix::model::MatrixReport;
use crate::matrix::questions::MatrixQuestion;
use crate::ui::{Choice, Field, FormView, Frame};

/// The maximum number of questions that the page shows.
const MOST_SHOWN: usize = 200;

/// The prefixes of the ids of questions that take another date, or another name.
const DATES: [&str; 4] = ["due", "due_text", "meeting_date", "completed_on"];
const INSTITUTIONS: [&str; 2] = ["institutions", "co_institutions"];
const COMMISSION: &str = "commission";

/// Draws the open questions, then the answered ones. Answers to questions that are not shown are kept.
pub(super) fn questions(frame: &Frame, form: &FormView, report: &MatrixReport) -> Markup {
    let open: Vec<&MatrixQuestion> = report.questions.iter().take(MOST_SHOWN).collect();
    let answered: Vec<&MatrixQuestion> = report.answered.iter().take(MOST_SHOWN).collect();
    let names_institutions = open.iter().any(|one| INSTITUTIONS.contains(&kind_of(one)));
    html! {
        @if !open.is_empty() {
            h3 { (frame.t("imports-questions")) }
            p class="prose" { (frame.t("imports-questions-what")) }
            @for (n, question) in open.iter().enumerate() { (row(frame, question, n, true)) }
            @if names_institutions {
                p { (frame.t("imports-missing-institution")) " " a href="/institutions/new" { (frame.t("admin-institution-new")) } }
            }
        }
        @if !answered.is_empty() {
            details class="more" id="answered" {
                summary { (frame.t_n("imports-answered", report.answered.len())) }
                div class="stack" {
                    @for (n, question) in answered.iter().enumerate() { (row(frame, question, open.len() + n, false)) }
                }
            }
        }
        (kept_answers(form, &open, &answered))
    }
}

/// Returns the kind of a question: the first part of its id.
fn kind_of(question: &MatrixQuestion) -> &str {
    question.id.split('/').next().unwrap_or_default()
}

/// Draws a question with its choices. A question that takes another answer keeps one that is not understood.
fn row(frame: &Frame, question: &MatrixQuestion, n: usize, is_open: bool) -> Markup {
    let choices: Vec<Choice> = question.options.iter().map(|one| Choice::new(&one.key, one.label.clone())).collect();
    let given = question.given.as_deref().unwrap_or_default();
    let is_choice = question.options.iter().any(|one| one.key == given);
    let [key, other] = ["key", "other"].map(|name| format!("answers/{n}/{name}"));
    let fields = Fields::default().with(if is_choice { &key } else { &other }, given);
    let mut own = FormView { fields, ..FormView::default() };
    if is_open && !given.is_empty() {
        let detail = frame.t_with("imports-answer-unknown", &[("answer", given.into())]);
        own.faults.push(ProblemFault::new(&format!("/{other}"), "unknown_name", detail));
    }
    html! {
        input type="hidden" name={ "answers/" (n) "/id" } value=(question.id);
        div class="fields" {
            (Field::new(frame, &own, key, question.text.clone()).hint(place_of(frame, question)).required()
                .select(Some(&frame.t("imports-choose")), &choices))
            @if let Some(hint) = hint_of_other(question) {
                (Field::new(frame, &own, other, frame.t("imports-other")).hint(frame.t(hint)).unmarked(true).text())
            }
        }
    }
}

/// Returns the hint of the field for another answer; `None` if the question takes only its choices.
fn hint_of_other(question: &MatrixQuestion) -> Option<&'static str> {
    match kind_of(question) {
        kind if DATES.contains(&kind) => Some("imports-other-date"),
        kind if INSTITUTIONS.contains(&kind) || kind == COMMISSION => Some("imports-other-name"),
        _ => None,
    }
}

/// Keeps the answers that were given before as hidden fields, after the questions that are shown.
fn kept_answers(form: &FormView, open: &[&MatrixQuestion], answered: &[&MatrixQuestion]) -> Markup {
    let is_shown = |id: &str| open.iter().chain(answered).any(|one| one.id == id);
    let given = choices_of(&form.fields).answers;
    let kept = given.iter().filter(|(id, _)| !is_shown(id));
    html! {
        @for (n, (id, key)) in (open.len() + answered.len()..).zip(kept) {
            input type="hidden" name={ "answers/" (n) "/id" } value=(id);
            input type="hidden" name={ "answers/" (n) "/key" } value=(key);
        }
    }
}

fn place_of(frame: &Frame, question: &MatrixQuestion) -> String {
    let rows: Vec<String> = question.rows.iter().take(12).map(ToString::to_string).collect();
    let key = if question.column.is_some() { "imports-question-place" } else { "imports-question-rows" };
    let args = [
        ("sheet", question.sheet.clone().into()),
        ("column", question.column.clone().unwrap_or_default().into()),
        ("rows", rows.join(", ").into()),
        ("many", if rows.len() > 1 { "some" } else { "none" }.into()),
    ];
    frame.t_with(key, &args)
}
