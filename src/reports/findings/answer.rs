//! What one answer shows by itself.

use super::{Found, ReportFindingCode as Code, wording};
use crate::http::personal_data_sentence;
use crate::personal_data::personal_data;
use crate::reports::model::{Answer, AnswerState, QuestionAsked};
use crate::reports::questionnaire::{Question, QuestionType, Repeat};

/// The rules of the form, by their place in it: mandatory marks and repeated questions; a single choice has one mark;
/// "others" needs a text; a conditional question follows its condition (a bare "not applicable" is taken for empty); an
/// exclusive option stands alone. Then what people wrote.
pub fn judge(found: &mut Found<'_>, question: &Question, asked: &QuestionAsked, all: &[QuestionAsked]) {
    let answer = &asked.answer;
    let empty = is_empty(question, answer);
    presence(found, question, asked, empty);
    marks(found, question, answer);
    condition(found, question, asked, all, empty);
    if question.key == "stakeholder_involvement" {
        levels(found, answer);
    }
    residue(found, answer);
    let text = answer.text.as_deref().unwrap_or_default();
    if answer.state == AnswerState::Edited && !text.trim().is_empty() {
        own_words(found, question, text);
    }
    if matches!(question.key, "next_period_priorities" | "highlights") && !empty {
        themes(found, text);
    }
    people(found, answer);
}

fn presence(found: &mut Found<'_>, question: &Question, asked: &QuestionAsked, empty: bool) {
    if asked.mandatory && empty && question.depends_on.is_none() {
        let place = if question.is_choice() { "/choices" } else { "/text" };
        found.add(Code::MandatoryEmpty, place);
    } else if question.repeat != Repeat::Once && asked.answer.state == AnswerState::Empty {
        found.add(Code::ItemMissing, "/text");
    }
}

fn marks(found: &mut Found<'_>, question: &Question, answer: &Answer) {
    let marked = answer.choices.len();
    if question.kind == QuestionType::SingleChoice && marked > 1 {
        found.add(Code::ChoiceNotSingle, "/choices");
    }
    if question.kind == QuestionType::SingleChoice && marked == 0 {
        found.add(Code::ChoiceUnmarked, "/choices");
    }
    if question.exclusive.is_some_and(|only| holds(&answer.choices, only)) && marked > 1 {
        found.add(Code::ExclusiveChoiceMixed, "/choices");
    }
    let named = answer.other_text.as_deref().is_some_and(|text| !wording::is_blank(text));
    if holds(&answer.choices, "other") && !named {
        found.add(Code::OtherWithoutText, "/other_text");
    }
}

fn condition(found: &mut Found<'_>, question: &Question, asked: &QuestionAsked, all: &[QuestionAsked], empty: bool) {
    let Some((key, choice)) = question.depends_on else { return };
    let chosen = all.iter().find(|other| other.key == key).map(|other| other.answer.choices.as_slice());
    let Some(chosen) = chosen.filter(|list| !list.is_empty()) else { return };
    let holds = holds(chosen, choice);
    let says_so = asked.answer.text.as_deref().is_some_and(wording::is_not_applicable);
    if holds && empty {
        match asked.mandatory {
            true => found.add(Code::MandatoryEmpty, "/text"),
            false => found.add_with(Code::ConditionUnmet, "/text", "condition-unanswered", &[]),
        }
    } else if !holds && !empty && !says_so {
        found.add(Code::ConditionUnmet, "/text");
    }
}

fn levels(found: &mut Found<'_>, answer: &Answer) {
    let told_in_words = answer.rows.is_empty() && answer.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if told_in_words {
        found.add(Code::LevelMissing, "/rows");
    }
    for (n, row) in answer.rows.iter().enumerate().filter(|(_, row)| row.participation_level.is_empty()) {
        let name = row.stakeholder.clone().unwrap_or_default();
        let pointer = format!("/rows/{n}/participation_level");
        found.add_with(Code::LevelMissing, &pointer, "level_missing_of", &[("name", name)]);
    }
}

/// Words of the form in any text of the answer.
fn residue(found: &mut Found<'_>, answer: &Answer) {
    for (pointer, _) in texts(answer).into_iter().filter(|(_, text)| wording::holds_residue(text)) {
        found.add(Code::TemplateResidue, &pointer);
    }
}

/// What only a person's words can be wrong in: a draft says what the record says.
fn own_words(found: &mut Found<'_>, question: &Question, text: &str) {
    let tells_progress = matches!(question.key, "priority_progress" | "highlights");
    if tells_progress && wording::tells_a_process(text) {
        found.add(Code::ProcessWithoutResult, "/text");
    }
    if tells_progress && wording::has_unclear_date(text) {
        found.add(Code::DateUnclear, "/text");
    }
    if question.key == "support_needed" && !wording::names_an_addressee(text) {
        found.add(Code::AddresseeMissing, "/text");
    }
}

fn themes(found: &mut Found<'_>, text: &str) {
    let missing: Vec<String> = wording::themes_without_entry(text)
        .into_iter()
        .map(|theme| found.words.say(&crate::reports::drafting::theme_key(theme), &[]))
        .collect();
    if !missing.is_empty() {
        let themes = found.words.list(&missing);
        found.add_with(Code::ThemeWithoutEntry, "/text", "theme_without_entry", &[("themes", themes)]);
    }
}

/// Everything that is written freely, by its place.
fn texts(answer: &Answer) -> Vec<(String, &String)> {
    let mut texts: Vec<(String, &String)> = Vec::new();
    texts.extend(answer.text.iter().map(|text| ("/text".to_owned(), text)));
    texts.extend(answer.other_text.iter().map(|text| ("/other_text".to_owned(), text)));
    for (n, row) in answer.rows.iter().enumerate() {
        texts.extend(row.description.iter().map(|text| (format!("/rows/{n}/description"), text)));
        texts.extend(row.involvement.iter().map(|text| (format!("/rows/{n}/involvement"), text)));
    }
    texts
}

fn people(found: &mut Found<'_>, answer: &Answer) {
    for (pointer, text) in texts(answer) {
        for kind in personal_data(text) {
            found.push(Code::PersonalData, &pointer, personal_data_sentence(kind, found.words.lang), Vec::new());
        }
    }
}

fn holds(choices: &[String], choice: &str) -> bool {
    choices.iter().any(|chosen| chosen == choice)
}

/// Whether it answers nothing: a question with boxes is answered by marking one, and the words of the form are no
/// answer.
fn is_empty(question: &Question, answer: &Answer) -> bool {
    let written = answer.text.as_deref().is_some_and(|text| !wording::is_blank(text));
    match question.is_choice() {
        true => answer.choices.is_empty(),
        false => !written && answer.rows.is_empty(),
    }
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
