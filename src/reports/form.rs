//! The questionnaire of one report, in the reader's language, with its answers.

use std::collections::HashMap;

use super::answer::AnswerState;
use super::findings;
use super::model::{ChoiceOption, Form, QuestionAsked, ReportInput, Section};
use super::questionnaire::{Asked, option_label, question_of, questions, text_key};
use super::records::Roadmap;
use super::stored_answers::Answers;
use super::words::{Words, next_period};
use crate::i18n::Lang;

type Args = Vec<(&'static str, String)>;

/// Calls `f` with the questions of a report.
pub(super) fn with_questions<T>(fields: &ReportInput, roadmap: &Roadmap, f: impl FnOnce(&[Asked<'_>]) -> T) -> T {
    let priorities = roadmap.priorities();
    let steps = roadmap.next_steps(fields.period_from, fields.period_to);
    f(&questions(&fields.country_code, fields.first_report, &priorities, &steps))
}

/// Joins the questions of a report with its answers and their findings.
pub(super) fn form_of(fields: &ReportInput, roadmap: &Roadmap, answers: &Answers, lang: Lang) -> Form {
    let words = Words { lang, country: &fields.country_code };
    let roadmap = roadmap.in_language(lang);
    let mut sections = with_questions(fields, &roadmap, |asked| sections(words, fields, asked, answers));
    let mut questions: Vec<&mut QuestionAsked> =
        sections.iter_mut().flat_map(|section| section.questions.iter_mut()).collect();
    findings::fill_in(&mut questions, answers, words);
    confirm(&mut questions, answers);
    Form { sections }
}

/// Marks the answers that a person has confirmed, and those that the approval waits for.
fn confirm(questions: &mut [&mut QuestionAsked], answers: &Answers) {
    let chosen: HashMap<String, Vec<String>> =
        questions.iter().map(|asked| (asked.key.clone(), asked.answer.choices.clone())).collect();
    for asked in questions {
        let Some(question) = question_of(&asked.key) else { continue };
        let is_asked_for = question
            .depends_on
            .is_some_and(|(key, choice)| chosen.get(key).is_some_and(|chosen| chosen.iter().any(|one| one == choice)));
        if answers.get(&asked.key).is_some_and(|stored| stored.confirmed.is_some()) {
            asked.answer.state = AnswerState::Confirmed;
        } else {
            asked.needs_confirmation = asked.mandatory || is_asked_for || asked.answer.state != AnswerState::Empty;
        }
    }
}

fn sections(words: Words<'_>, fields: &ReportInput, asked: &[Asked<'_>], answers: &Answers) -> Vec<Section> {
    let args = period_args(words, fields);
    let mut sections: Vec<Section> = Vec::new();
    for one in asked {
        let key = one.question.section;
        if sections.last().is_none_or(|section| section.key != key) {
            let title = words.say(&text_key("section", key.as_str()), &args);
            sections.push(Section { key, title, questions: Vec::new() });
        }
        let options = one.question.options.iter().map(|option| ChoiceOption {
            key: (*option).to_owned(),
            label: option_label(one.question.key, option, words.lang),
        });
        let question = QuestionAsked {
            key: one.key.clone(),
            number: one.number,
            title: title(words, one, &args),
            kind: one.question.kind,
            options: options.collect(),
            mandatory: one.mandatory,
            plan_item_id: one.step.map(|step| step.id),
            plan_item_title: one.step.map(|step| step.title.clone()),
            assignee_commission_id: None,
            needs_confirmation: false,
            answer: answers.get(&one.key).map(|stored| stored.in_language(words.lang)).unwrap_or_default(),
        };
        if let Some(section) = sections.last_mut() {
            section.questions.push(question);
        }
    }
    sections
}

fn period_args(words: Words<'_>, fields: &ReportInput) -> Args {
    let (from, to) = (fields.period_from, fields.period_to);
    let (next_from, next_to) = next_period(to);
    vec![
        ("period", words.period(from, to)),
        ("start", words.start(from)),
        ("end", words.end(to)),
        ("next_start", words.start(next_from)),
        ("next_end", words.end(next_to)),
    ]
}

/// Returns the title of a question. A priority or next step is named as the roadmap prints it, else by its position.
fn title(words: Words<'_>, asked: &Asked<'_>, args: &Args) -> String {
    let key = text_key("question", asked.question.key);
    let Some(step) = asked.step else { return words.say(&key, args) };
    let by_position = || words.say(&format!("{key}-by-place"), &[("n", asked.position.to_string())]);
    let mut args = args.clone();
    args.push(("label", step.label.clone().unwrap_or_else(by_position)));
    args.push(("title", step.title.clone()));
    words.say(&key, &args)
}
