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
        answer: Answer {
            text: text.map(str::to_owned),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            state,
            ..Answer::default()
        },
    }
}

fn judged(asked: &QuestionAsked, all: &[QuestionAsked]) -> Vec<&'static str> {
    let question = QUESTIONS.iter().find(|question| question.key == asked.key).unwrap();
    let words = Words { lang: Lang::Es, country: "CL" };
    let mut found = Found { words, list: Vec::new() };
    judge(&mut found, question, asked, all);
    assert!(found.list.iter().all(|finding| !finding.message.starts_with("report-finding")), "{:?}", found.list);
    found.list.iter().map(|finding| finding.code.as_str()).collect()
}

fn codes(key: &str, choices: &[&str], text: Option<&str>, chosen: Option<&str>) -> Vec<&'static str> {
    let asked = question(key, true, choices, text, AnswerState::Edited);
    let condition = QUESTIONS.iter().find(|question| question.key == key).unwrap().depends_on;
    let all: Vec<_> = condition
        .zip(chosen)
        .map(|((on, _), chosen)| question(on, false, &[chosen], None, AnswerState::Edited))
        .into_iter()
        .collect();
    judged(&asked, &all)
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
    assert_eq!(judged(&untouched, &[]), ["item_missing", "choice_unmarked"]);
    let left_open = question("next_step_status", false, &[], None, AnswerState::Edited);
    assert_eq!(judged(&left_open, &[]), ["choice_unmarked"], "a person may leave the boxes open");
    let mandatory = question("priority_progress", true, &[], None, AnswerState::Empty);
    assert_eq!(judged(&mandatory, &[]), ["mandatory_empty"], "one thing to do is told once");
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
    assert_eq!(judged(&scope, &[review]), ["condition_unmet"]);
}
