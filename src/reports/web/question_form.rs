//! The form of one answer, with the buttons that save and confirm it.

use maud::{Markup, html};

use super::question::{Answering, earlier_page};
use crate::http::Fields;
use crate::reports::answer::{Answer, AnswerInput, AnswerState, takes_parties};
use crate::reports::model::QuestionAsked;
use crate::reports::questionnaire::QuestionType;
use crate::ui::{Choice, Field, FormView, Frame, short_day};

fn input_of(asked: &QuestionAsked) -> AnswerInput {
    let Answer { text, choices, other_text, rows, .. } = asked.answer.clone();
    AnswerInput { text, choices, other_text, rows }
}

/// Returns the fields of an answer.
pub(super) fn fields_of(asked: &QuestionAsked) -> Fields {
    Fields::of(&input_of(asked))
}

/// Returns true if a form has other words or choices than the answer.
pub(super) fn is_edited(typed: &Fields, asked: &QuestionAsked) -> bool {
    let filled = |fields: &Fields| -> Vec<(String, String)> {
        let mut filled = fields.0.clone();
        filled.retain(|(_, value)| !value.trim().is_empty());
        filled.sort();
        filled
    };
    filled(typed) != filled(&fields_of(asked))
}

/// Draws the form of an answer.
pub(super) fn editor(frame: &Frame, form: &FormView, shown: &Answering) -> Markup {
    let asked = &shown.asked;
    html! {
        form class="stack" method="post" action=(shown.path()) {
            (form.begin(frame))
            (choices(frame, form, asked))
            (suggestion(frame, form, shown))
            @let is_narrative = asked.kind == QuestionType::Narrative;
            @let has_rows = asked.kind == QuestionType::Rows;
            @let text = Field::new(frame, form, "text", frame.t(if is_narrative { "reports-field-text" } else { "reports-field-comment" }))
                .unmarked(is_narrative && (asked.mandatory || asked.needs_confirmation)).hint(frame.t("reports-text-hint")).max(50_000).kept_area(if is_narrative { 18 } else { 6 });
            // Rows without a row follow the words that answer the question.
            @let is_in_words = has_rows && asked.answer.rows.is_empty() && asked.answer.text.is_some();
            @if is_in_words { (text) }
            @if has_rows { (rows(frame, form, asked, if is_in_words { 0 } else { 1 })) }
            @if !is_in_words { (text) }
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("reports-save-answer")) }
                button type="submit" name="next" value="following" { (frame.t("reports-save-answer-and-go-on")) }
                p class="small" { (frame.t("reports-save-about")) }
            }
            @let confirmation = Confirmation::of(form, shown);
            @if confirmation == Confirmation::Unsaved {
                p class="notice soon" {
                    (frame.t("reports-confirm-unsaved"))
                    // The notice on a text that was kept has the same button.
                    @if form.kept_since.is_none() { " " (form.discard(frame)) }
                }
            }
            @if confirmation == Confirmation::Asked { (confirm(frame, form, shown)) }
            (other_actions(frame, form, shown, confirmation))
            @let earlier = earlier_page(&shown.path());
            @if shown.has_earlier && form.page != earlier {
                p class="small" { a href=(earlier) { (frame.t("reports-show-earlier")) } }
            }
        }
    }
}

/// Draws the status that the records suggest for a next step, with the button that marks it.
fn suggestion(frame: &Frame, form: &FormView, shown: &Answering) -> Markup {
    let Some((status, day)) = shown.suggested.filter(|(status, _)| !form.has("choices", status.as_str())) else {
        return html! {};
    };
    let args = [("day", short_day(day).into()), ("status", frame.word("plans-status", status.as_str()).into())];
    html! {
        p class="suggestion" {
            (frame.t_with("reports-suggested", &args)) " "
            button type="submit" name="suggestion" value=(status.as_str()) formnovalidate { (frame.t("reports-use-suggestion")) }
        }
    }
}

/// Draws the actions that are seldom needed, folded away.
fn other_actions(frame: &Frame, form: &FormView, shown: &Answering, confirmation: Confirmation) -> Markup {
    let redraft = if is_of_a_person(shown) { "reports-back-to-draft" } else { "reports-redraft-answer" };
    html! {
        details class="more" {
            summary { (frame.t("reports-more-actions")) }
            div class="form-actions" {
                button type="submit" name="next" value="later" { (frame.t("reports-save-answer-open")) }
                button type="submit" name="preview" value="true" formnovalidate { (frame.t("ui-preview")) }
                a href={ (shown.path()) "/draft" } { (frame.t(redraft)) }
            }
            @if confirmation == Confirmation::Possible { (confirm(frame, form, shown)) }
        }
    }
}

/// Returns true if a person wrote or confirmed the answer, in this version or in the one before: drafting the report again
/// does not change it.
pub(super) fn is_of_a_person(shown: &Answering) -> bool {
    match shown.asked.answer.state {
        AnswerState::Confirmed | AnswerState::Edited => true,
        AnswerState::Drafted => shown.report.version > 1,
        AnswerState::Empty | AnswerState::Approved => false,
    }
}

/// The confirmation of the stored answer without a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Confirmation {
    /// The answer is confirmed, or has errors.
    Closed,
    /// The form was changed and not saved.
    Unsaved,
    /// Saving the form does the same.
    Possible,
    /// Nothing else settles the question: it stays without an answer, or its records changed since it was confirmed.
    Asked,
}

impl Confirmation {
    fn of(form: &FormView, shown: &Answering) -> Self {
        let state = shown.asked.answer.state;
        let is_open = state != AnswerState::Confirmed || !shown.changed.is_empty();
        let is_offered = is_open && shown.asked.may_be_confirmed();
        let is_changed = form.kept_since.is_some() || is_edited(&form.fields, &shown.asked);
        match state {
            _ if is_changed && (is_offered || !is_open) => Self::Unsaved,
            _ if is_changed || !is_offered => Self::Closed,
            AnswerState::Empty | AnswerState::Confirmed => Self::Asked,
            _ => Self::Possible,
        }
    }
}

/// Draws the button that confirms the stored answer.
fn confirm(frame: &Frame, form: &FormView, shown: &Answering) -> Markup {
    let (about, button) = match shown.asked.answer.state {
        AnswerState::Empty => ("reports-confirm-empty-about", "reports-confirm-empty"),
        AnswerState::Confirmed => ("reports-confirm-again-about", "reports-confirm-again"),
        _ => ("reports-confirm-about", "reports-confirm"),
    };
    html! {
        div class="form-actions" {
            button type="submit" formaction={ (shown.path()) "/confirmation" } formnovalidate data-stored="true" { (frame.t(button)) }
            p class="small" { (frame.t(about)) }
            p class="notice soon" role="status" data-unsaved hidden {
                (frame.t("reports-confirm-unsaved")) " " (form.discard(frame))
            }
        }
    }
}

fn choices(frame: &Frame, form: &FormView, asked: &QuestionAsked) -> Markup {
    let offered: Vec<Choice> = asked.options.iter().map(|one| Choice::new(&one.key, one.label.as_str())).collect();
    let field = || {
        Field::new(frame, form, "choices", frame.t("reports-field-choices"))
            .unmarked(asked.kind == QuestionType::SingleChoice || asked.mandatory || asked.needs_confirmation)
    };
    html! {
        @match asked.kind {
            QuestionType::SingleChoice => { (field().radios(&offered)) },
            QuestionType::MultipleChoice => {
                (field().checks(&offered))
                @if asked.options.iter().any(|one| one.key == "other") || asked.answer.other_text.is_some() {
                    (Field::new(frame, form, "other_text", frame.t("reports-field-other")).max(2000).area(2))
                }
            },
            QuestionType::Narrative | QuestionType::Rows => {},
        }
    }
}

/// Draws one row for each partner or party, at least so many.
fn rows(frame: &Frame, form: &FormView, asked: &QuestionAsked, least: usize) -> Markup {
    let offered: Vec<Choice> = asked.options.iter().map(|one| Choice::new(&one.key, one.label.as_str())).collect();
    let is_parties = takes_parties(&asked.key);
    let field = |n: usize, name: &str, key: &str| Field::new(frame, form, format!("rows/{n}/{name}"), frame.t(key));
    html! {
        @for n in 0..form.rows("rows", least) {
            @let number = n + 1;
            fieldset class="row" id={ "rows-" (n) } {
                @if is_parties {
                    legend { (frame.t_n("reports-party-n", number)) }
                    (field(n, "stakeholder", "reports-field-party").max(300).text())
                    (field(n, "participation_level", "reports-field-levels").checks(&offered))
                    (field(n, "involvement", "reports-field-involvement").max(10_000).area(3))
                } @else {
                    legend { (frame.t_n("reports-partner-n", number)) }
                    (field(n, "partner", "reports-field-partner").max(300).text())
                    (field(n, "partner_type", "reports-field-type").select(Some(&frame.t("reports-choose")), &offered))
                    (field(n, "description", "reports-field-description").max(10_000).area(3))
                }
                button type="submit" name="remove" value={ "rows/" (n) } formnovalidate {
                    (frame.t("reports-remove-row")) span class="unseen" { " " (number) }
                }
            }
        }
        p { button type="submit" name="add" value="rows" formnovalidate { (frame.t(if is_parties { "reports-add-party" } else { "reports-add-partner" })) } }
    }
}
