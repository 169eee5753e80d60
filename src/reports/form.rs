//! The questionnaire of one report, worded in the reader's language and filled with its answers.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::drafting::Drafted;
use super::findings::{self, Note};
use super::model::{
    Answer, AnswerRow, AnswerState, ChangedSource, ChoiceOption, Form, QuestionAsked, Section, Source, changed_sources,
};
use super::questionnaire::{Asked, Question, SectionKey};
use super::words::{Words, next_period};
use crate::i18n::{Lang, text};

/// What is stored of an answer; a draft is stored in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub state: AnswerState,
    pub choices: Vec<String>,
    pub sources: Vec<Source>,
    pub wording: Wording,
    pub reading: Reading,
    /// The sources of the draft that a person edited.
    pub edited_on: Option<Vec<(Source, String)>>,
}

/// What the record held for a question when it was last read.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Reading {
    /// What a draft cites, each source with the fingerprint of what it says.
    pub sources: Vec<(Source, String)>,
    /// What those records lack.
    pub notes: Vec<Note>,
}

/// The words of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// A person's own, in the language in which they were written.
    Own { text: Option<String>, other_text: Option<String>, rows: Vec<AnswerRow> },
    /// The program's, in each language.
    Drafted(HashMap<Lang, DraftedWords>),
}

/// The words of a draft in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DraftedWords {
    pub text: Option<String>,
    pub other_text: Option<String>,
    pub rows: Vec<AnswerRow>,
}

impl Kept {
    /// One draft in all languages; choices and sources are the same in each.
    pub fn drafted(versions: Vec<(Lang, Drafted)>) -> Self {
        let first = versions.first().map(|(_, drafted)| drafted.clone()).unwrap_or_default();
        let state = if first.is_empty() { AnswerState::Empty } else { AnswerState::Drafted };
        let words = versions
            .into_iter()
            .map(|(lang, one)| (lang, DraftedWords { text: one.text, other_text: one.other_text, rows: one.rows }));
        let wording = Wording::Drafted(words.collect());
        let (choices, sources) = (first.choices, first.sources);
        Self { state, choices, sources, wording, reading: Reading::default(), edited_on: None }
    }

    /// The answer as it reads in a language.
    pub fn in_language(&self, lang: Lang) -> Answer {
        let (text, other_text, rows) = match &self.wording {
            Wording::Own { text, other_text, rows } => (text.clone(), other_text.clone(), rows.clone()),
            Wording::Drafted(words) => {
                let words = words.get(&lang).cloned().unwrap_or_default();
                (words.text, words.other_text, words.rows)
            }
        };
        Answer {
            text,
            choices: self.choices.clone(),
            other_text,
            rows,
            state: self.state,
            sources: self.sources.clone(),
            findings: Vec::new(),
            changed_since_edit: self.edited_on.as_ref().map_or_else(Vec::new, |then| self.changes_since(then)),
        }
    }

    fn changes_since(&self, then: &[(Source, String)]) -> Vec<ChangedSource> {
        changed_sources(then, &self.reading.sources)
    }
}

/// Puts questions and answers together.
pub fn fill(
    words: Words<'_>,
    (from, to): (NaiveDate, NaiveDate),
    asked: &[Asked<'_>],
    answers: &HashMap<String, Kept>,
) -> Form {
    let args = period_args(words, from, to);
    let mut sections: Vec<Section> = Vec::new();
    for one in asked {
        let key = one.question.section;
        if sections.last().is_none_or(|section| section.key != key) {
            sections.push(Section { key, title: section_title(words.lang, key, &args), questions: Vec::new() });
        }
        let question = QuestionAsked {
            key: one.key.clone(),
            number: one.number,
            title: title(words, one, &args),
            kind: one.question.kind,
            options: options(one.question, words.lang),
            mandatory: one.mandatory,
            plan_item_id: one.step.map(|step| step.id),
            answer: answers.get(&one.key).map(|kept| kept.in_language(words.lang)).unwrap_or_default(),
        };
        if let Some(section) = sections.last_mut() {
            section.questions.push(question);
        }
    }
    let mut questions: Vec<&mut QuestionAsked> =
        sections.iter_mut().flat_map(|section| section.questions.iter_mut()).collect();
    findings::fill_in(&mut questions, |key| answers.get(key), words);
    Form { sections }
}

type Args = Vec<(&'static str, String)>;

fn period_args(words: Words<'_>, from: NaiveDate, to: NaiveDate) -> Args {
    let (next_from, next_to) = next_period(to);
    vec![
        ("period", words.period(from, to)),
        ("start", words.start(from)),
        ("end", words.end(to)),
        ("next_start", words.start(next_from)),
        ("next_end", words.end(next_to)),
    ]
}

fn section_title(lang: Lang, key: SectionKey, args: &Args) -> String {
    text(lang, &format!("section-{}", key.as_str().replace('_', "-")), args)
}

/// A priority or next step is called as the roadmap prints it, else by its place.
fn title(words: Words<'_>, asked: &Asked<'_>, args: &Args) -> String {
    let key = format!("question-{}", asked.question.key.replace('_', "-"));
    let Some(step) = asked.step else { return words.say(&key, args) };
    let by_place = || {
        let name = format!("{}-by-place", key);
        words.say(&name, &[("n", asked.position.to_string())])
    };
    let mut args = args.clone();
    args.push(("label", step.label.clone().unwrap_or_else(by_place)));
    args.push(("title", step.title.clone()));
    words.say(&key, &args)
}

fn options(question: &Question, lang: Lang) -> Vec<ChoiceOption> {
    question
        .options
        .iter()
        .map(|option| ChoiceOption { key: (*option).to_owned(), label: option_label(question.key, option, lang) })
        .collect()
}

/// The name of an option.
pub fn option_label(question: &str, option: &str, lang: Lang) -> String {
    text(lang, &format!("option-{}-{}", question.replace('_', "-"), option.replace('_', "-")), &[])
}
