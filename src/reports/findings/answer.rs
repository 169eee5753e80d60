//! Checks one answer by itself.

use super::{Code, Findings, wording};
use crate::http::personal_data_sentence;
use crate::personal_data::personal_data;
use crate::reports::answer::{Answer, AnswerState};
use crate::reports::model::QuestionAsked;
use crate::reports::questionnaire::{Question, QuestionType, Repeat};

/// Checks the rules of the form: mandatory and repeated questions are answered; a single choice has one mark; "others"
/// has a text; a conditional question follows its condition (the bare words "not applicable" count as empty); an
/// exclusive option is marked alone. Then checks the words of people.
pub(super) fn check(findings: &mut Findings<'_>, question: &Question, asked: &QuestionAsked, all: &[QuestionAsked]) {
    let answer = &asked.answer;
    let empty = is_empty(question, answer);
    presence(findings, question, asked, empty);
    marks(findings, question, answer);
    condition(findings, question, asked, all, empty);
    if question.key == "stakeholder_involvement" {
        levels(findings, answer);
    }
    residue(findings, answer);
    if answer.state == AnswerState::Drafted {
        remarks(findings, answer);
    }
    let text = answer.text.as_deref().unwrap_or_default();
    if answer.state == AnswerState::Edited && !text.trim().is_empty() {
        own_words(findings, question, text);
    }
    if matches!(question.key, "next_period_priorities" | "highlights") && !empty {
        themes(findings, text);
    }
    people(findings, answer);
}

fn presence(findings: &mut Findings<'_>, question: &Question, asked: &QuestionAsked, empty: bool) {
    if asked.mandatory && empty && question.depends_on.is_none() {
        let place = if question.is_choice() { "/choices" } else { "/text" };
        findings.add(Code::MandatoryEmpty, place);
    } else if question.repeat != Repeat::Once && asked.answer.state == AnswerState::Empty {
        findings.add(Code::ItemMissing, "/text");
    }
}

fn marks(findings: &mut Findings<'_>, question: &Question, answer: &Answer) {
    let marked = answer.choices.len();
    if question.kind == QuestionType::SingleChoice && marked > 1 {
        findings.add(Code::ChoiceNotSingle, "/choices");
    }
    if question.kind == QuestionType::SingleChoice && marked == 0 {
        findings.add(Code::ChoiceUnmarked, "/choices");
    }
    if question.exclusive.is_some_and(|only| holds(&answer.choices, only)) && marked > 1 {
        findings.add(Code::ExclusiveChoiceMixed, "/choices");
    }
    let named = answer.other_text.as_deref().is_some_and(|text| !wording::is_blank(text));
    if holds(&answer.choices, "other") && !named {
        findings.add(Code::OtherWithoutText, "/other_text");
    }
}

fn condition(
    findings: &mut Findings<'_>,
    question: &Question,
    asked: &QuestionAsked,
    all: &[QuestionAsked],
    empty: bool,
) {
    let Some((key, choice)) = question.depends_on else { return };
    let chosen = all.iter().find(|other| other.key == key).map(|other| other.answer.choices.as_slice());
    let Some(chosen) = chosen.filter(|list| !list.is_empty()) else { return };
    let holds = holds(chosen, choice);
    let says_so = asked.answer.text.as_deref().is_some_and(wording::is_not_applicable);
    if holds && empty {
        match asked.mandatory {
            true => findings.add(Code::MandatoryEmpty, "/text"),
            false => findings.add_with(Code::ConditionUnmet, "/text", "condition-unanswered", &[]),
        }
    } else if !holds && !empty && !says_so {
        findings.add(Code::ConditionUnmet, "/text");
    }
}

fn levels(findings: &mut Findings<'_>, answer: &Answer) {
    let only_in_words = answer.rows.is_empty() && answer.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if only_in_words {
        findings.add(Code::LevelMissing, "/rows");
    }
    for (n, row) in answer.rows.iter().enumerate().filter(|(_, row)| row.participation_level.is_empty()) {
        let name = row.stakeholder.clone().unwrap_or_default();
        let pointer = format!("/rows/{n}/participation_level");
        findings.add_with(Code::LevelMissing, &pointer, "level_missing_of", &[("name", name)]);
    }
}

/// Checks that no text of the answer contains words of the form.
fn residue(findings: &mut Findings<'_>, answer: &Answer) {
    for (pointer, _) in texts(answer).into_iter().filter(|(_, text)| wording::holds_residue(text)) {
        findings.add(Code::TemplateResidue, &pointer);
    }
}

/// Checks that no text of a draft repeats a remark of the person who entered the records.
fn remarks(findings: &mut Findings<'_>, answer: &Answer) {
    for (pointer, _) in texts(answer).into_iter().filter(|(_, text)| wording::is_remark(text)) {
        findings.add_with(Code::RecordGap, &pointer, "remark_in_record", &[]);
    }
}

/// Checks words that only a person can get wrong: a draft repeats the records.
fn own_words(findings: &mut Findings<'_>, question: &Question, text: &str) {
    let is_about_progress = matches!(question.key, "priority_progress" | "highlights");
    if is_about_progress && wording::describes_a_process(text) {
        findings.add(Code::ProcessWithoutResult, "/text");
    }
    if is_about_progress && wording::has_unclear_date(text) {
        findings.add(Code::DateUnclear, "/text");
    }
    if question.key == "support_needed" && !wording::names_an_addressee(text) {
        findings.add(Code::AddresseeMissing, "/text");
    }
}

fn themes(findings: &mut Findings<'_>, text: &str) {
    let missing: Vec<String> = wording::themes_without_entry(text)
        .into_iter()
        .map(|theme| findings.words.say(&crate::reports::drafting::theme_key(theme), &[]))
        .collect();
    if !missing.is_empty() {
        let themes = findings.words.list(&missing);
        findings.add_with(Code::ThemeWithoutEntry, "/text", "theme_without_entry", &[("themes", themes)]);
    }
}

/// Returns all free texts with their pointers.
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

fn people(findings: &mut Findings<'_>, answer: &Answer) {
    for (pointer, text) in texts(answer) {
        for kind in personal_data(text) {
            findings.push(Code::PersonalData, &pointer, personal_data_sentence(kind, findings.words.lang), Vec::new());
        }
    }
}

fn holds(choices: &[String], choice: &str) -> bool {
    choices.iter().any(|chosen| chosen == choice)
}

/// Returns true if it has no answer: a question with choices is answered by marking one, and words of the form are not
/// an answer.
fn is_empty(question: &Question, answer: &Answer) -> bool {
    let written = answer.text.as_deref().is_some_and(|text| !wording::is_blank(text));
    match question.is_choice() {
        true => answer.choices.is_empty(),
        false => !written && answer.rows.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::reports::questionnaire::QUESTIONS;
    use crate::reports::words::Words;

    fn question(key: &str, mandatory: bool, choices: &[&str], text: Option<&str>, state: AnswerState) -> QuestionAsked {
        let question = QUESTIONS.iter().find(|question| question.key == key).unwrap();
        QuestionAsked {
            key: key.to_owned(),
            number: 1,
            title: String::new(),
            kind: question.kind,
            options: Vec::new(),
            mandatory,
            plan_item_id: None,
            plan_item_title: None,
            assignee_commission_id: None,
            needs_confirmation: false,
            answer: Answer {
                text: text.map(str::to_owned),
                choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
                state,
                ..Answer::default()
            },
        }
    }

    fn checked(asked: &QuestionAsked, all: &[QuestionAsked]) -> Vec<&'static str> {
        let question = QUESTIONS.iter().find(|question| question.key == asked.key).unwrap();
        let words = Words { lang: Lang::Es, country: "CL" };
        let mut findings = Findings { words, list: Vec::new() };
        check(&mut findings, question, asked, all);
        assert!(
            findings.list.iter().all(|finding| !finding.message.starts_with("report-finding")),
            "{:?}",
            findings.list
        );
        findings.list.iter().map(|finding| finding.code.as_str()).collect()
    }

    fn codes(key: &str, choices: &[&str], text: Option<&str>, chosen: Option<&str>) -> Vec<&'static str> {
        let asked = question(key, true, choices, text, AnswerState::Edited);
        let condition = QUESTIONS.iter().find(|question| question.key == key).unwrap().depends_on;
        let all: Vec<_> = condition
            .zip(chosen)
            .map(|((on, _), chosen)| question(on, false, &[chosen], None, AnswerState::Edited))
            .into_iter()
            .collect();
        checked(&asked, &all)
    }

    #[test]
    fn a_mandatory_question_wants_an_answer() {
        assert_eq!(codes("support_needed", &[], None, None), ["mandatory_empty"]);
        assert_eq!(
            codes("support_needed", &[], Some("Ejemplo:"), None),
            ["mandatory_empty", "template_residue", "addressee_missing"]
        );
        assert_eq!(codes("support_needed", &[], Some("Asistencia técnica de la OIT."), None), [""; 0]);
        assert_eq!(codes("overall_rating", &[], Some("Algo."), None), ["mandatory_empty", "choice_unmarked"]);
    }

    #[test]
    fn a_priority_or_step_that_nobody_answered_is_missing() {
        let untouched = question("next_step_status", false, &[], None, AnswerState::Empty);
        assert_eq!(checked(&untouched, &[]), ["item_missing", "choice_unmarked"]);
        let left_open = question("next_step_status", false, &[], None, AnswerState::Edited);
        assert_eq!(checked(&left_open, &[]), ["choice_unmarked"], "a person may leave the boxes open");
        let mandatory = question("priority_progress", true, &[], None, AnswerState::Empty);
        assert_eq!(checked(&mandatory, &[]), ["mandatory_empty"], "one thing to do is told once");
    }

    #[test]
    fn one_mark_and_no_more_where_one_is_asked() {
        assert_eq!(codes("overall_rating", &["some", "great"], None, None), ["choice_not_single"]);
        assert_eq!(codes("evaluation_tools", &["surveys", "not_applicable"], None, None), ["exclusive_choice_mixed"]);
        assert_eq!(codes("evaluation_tools", &["other"], None, None), ["other_without_text"]);
    }

    #[test]
    fn a_conditional_question_depends_on_the_choice_before_it() {
        assert_eq!(codes("other_success_detail", &[], Some("Algo."), Some("no")), ["condition_unmet"]);
        assert_eq!(codes("other_success_detail", &[], Some("No aplica."), Some("no")), [""; 0], "as good as empty");
        assert_eq!(codes("other_success_detail", &[], None, Some("no")), [""; 0]);
        assert_eq!(codes("other_success_detail", &[], None, Some("yes")), ["mandatory_empty"]);
        let scope = question("roadmap_update_scope", false, &[], None, AnswerState::Empty);
        let review = question("roadmap_review_needed", false, &["yes"], None, AnswerState::Edited);
        assert_eq!(checked(&scope, &[review]), ["condition_unmet"]);
    }
}
