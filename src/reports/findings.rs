//! What is wrong with an answer, as far as the answer itself shows it. Nothing blocks saving.

use super::model::{Answer, Finding, QuestionAsked, Severity};
use super::questionnaire::{QUESTIONS, Question, QuestionType};
use crate::i18n::{Lang, text};

/// The findings of one answer; `chosen` are the choices of the question that it depends on.
///
/// The rules of the form: mandatory marks; a single choice has one mark (ER-12); "others" needs a text (ER-13);
/// conditional questions (ER-14, an empty "not applicable" is accepted by people, so it warns); an exclusive option
/// stands alone (ER-15); a support need names its addressee (ER-23).
pub fn findings(
    question: &Question,
    mandatory: bool,
    answer: &Answer,
    chosen: Option<&[String]>,
    lang: Lang,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |code: &'static str, severity| {
        let message = text(lang, &format!("finding-{}", code.replace('_', "-")), &[]);
        found.push(Finding { code, severity, message });
    };
    let asked = question.depends_on.is_none_or(|(_, choice)| chosen.is_some_and(|list| holds(list, choice)));
    let empty = is_empty(question, answer);
    if mandatory && asked && empty {
        add("mandatory_empty", Severity::Error);
    }
    if question.kind == QuestionType::SingleChoice && answer.choices.len() > 1 {
        add("choice_not_single", Severity::Error);
    }
    if question.exclusive.is_some_and(|only| holds(&answer.choices, only)) && answer.choices.len() > 1 {
        add("exclusive_choice_mixed", Severity::Error);
    }
    if question.kind == QuestionType::SingleChoice && answer.choices.is_empty() {
        add("choice_unmarked", Severity::Warning);
    }
    if holds(&answer.choices, "other") && answer.other_text.as_deref().is_none_or(|text| text.trim().is_empty()) {
        add("other_without_text", Severity::Warning);
    }
    if !asked && !empty {
        add("condition_unmet", Severity::Warning);
    }
    if question.key == "support_needed" && names_nobody(answer) {
        add("addressee_missing", Severity::Warning);
    }
    found
}

/// Whether the text still says, as drafts do, that a need has no addressee.
fn names_nobody(answer: &Answer) -> bool {
    let says = |lang: &Lang| answer.text.as_deref().is_some_and(|own| own.contains(&text(*lang, UNADDRESSED, &[])));
    Lang::ALL.iter().any(says)
}

/// The sentence of a draft for a need without an addressee.
pub const UNADDRESSED: &str = "draft-addressee-missing";

fn holds(choices: &[String], choice: &str) -> bool {
    choices.iter().any(|chosen| chosen == choice)
}

/// Whether it answers nothing: a question with boxes is answered by marking one.
fn is_empty(question: &Question, answer: &Answer) -> bool {
    let written = answer.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    match question.is_choice() {
        true => answer.choices.is_empty(),
        false => !written && answer.rows.is_empty(),
    }
}

/// Fills in the findings of all answers, once every choice is known.
pub fn fill_in(questions: &mut [&mut QuestionAsked], lang: Lang) {
    let choices: Vec<(String, Vec<String>)> =
        questions.iter().map(|asked| (asked.key.clone(), asked.answer.choices.clone())).collect();
    for asked in questions {
        let base = asked.key.split(':').next().unwrap_or_default();
        let Some(question) = QUESTIONS.iter().find(|question| question.key == base) else { continue };
        let condition = question.depends_on.map(|(key, _)| key);
        let chosen = condition.and_then(|key| choices.iter().find(|(known, _)| known == key));
        let chosen = chosen.map(|(_, list)| list.as_slice());
        asked.answer.findings = findings(question, asked.mandatory, &asked.answer, chosen, lang);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::model::AnswerState;

    fn codes(key: &str, choices: &[&str], text: Option<&str>, chosen: Option<&str>) -> Vec<&'static str> {
        let question = QUESTIONS.iter().find(|question| question.key == key).unwrap();
        let answer = Answer {
            text: text.map(str::to_owned),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            other_text: None,
            rows: Vec::new(),
            state: AnswerState::Edited,
            sources: Vec::new(),
            findings: Vec::new(),
        };
        let chosen = chosen.map(|choice| vec![choice.to_owned()]);
        findings(question, true, &answer, chosen.as_deref(), Lang::Es).iter().map(|one| one.code).collect()
    }

    #[test]
    fn a_mandatory_question_wants_an_answer() {
        assert_eq!(codes("highlights", &[], None, None), ["mandatory_empty"]);
        assert!(codes("highlights", &[], Some("Algo."), None).is_empty());
        assert_eq!(codes("overall_rating", &[], Some("Algo."), None), ["mandatory_empty", "choice_unmarked"]);
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
        assert!(codes("other_success_detail", &[], None, Some("no")).is_empty());
        assert_eq!(codes("other_success_detail", &[], None, Some("yes")), ["mandatory_empty"]);
    }
}
