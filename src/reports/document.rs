//! The report as Markdown, in the reader's language: every answer with its state, findings and sources.

use chrono::NaiveDate;

use super::answers::source_key;
use super::form::option_label;
use super::model::{AnswerRow, AnswerState, Form, QuestionAsked, SourceKind};
use super::questionnaire::QuestionType;
use super::words::{Words, plain, sentence};

/// What stands above the questions.
#[derive(Debug, Clone, Copy)]
pub struct Cover<'a> {
    pub country: &'a str,
    pub roadmap: &'a str,
    pub period: (NaiveDate, NaiveDate),
}

/// The whole document.
pub fn markdown(words: Words<'_>, cover: Cover<'_>, form: &Form) -> String {
    let (from, to) = cover.period;
    let args = [("country", plain(cover.country)), ("period", words.period(from, to))];
    let mut lines = vec![format!("# {}", words.say("document-title", &args)), String::new()];
    lines.push(words.say("document-roadmap", &[("title", plain(cover.roadmap))]));
    for section in &form.sections {
        lines.extend([String::new(), format!("## {}", section.title)]);
        for question in &section.questions {
            lines.push(String::new());
            write_question(words, question, &mut lines);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn write_question(words: Words<'_>, question: &QuestionAsked, lines: &mut Vec<String>) {
    let mark = if question.mandatory { " \\*" } else { "" };
    lines.push(format!("### {}. {}{mark}", question.number, plain(&question.title)));
    let answer = &question.answer;
    let mut block = |text: String| lines.extend([String::new(), text]);
    if matches!(question.kind, QuestionType::SingleChoice | QuestionType::MultipleChoice) {
        block(boxes(question));
    }
    if let Some(other) = &answer.other_text {
        block(words.say("document-other", &[("value", plain(other))]));
    }
    if let Some(text) = &answer.text {
        block(without_headings(text));
    }
    if !answer.rows.is_empty() {
        block(rows(words, question));
    }
    match answer.state {
        AnswerState::Empty => block(format!("_{}_", words.say("document-empty", &[]))),
        AnswerState::Drafted => block(format!("_{}_", words.say("document-drafted", &[]))),
        AnswerState::Edited | AnswerState::Approved => {}
    }
    if !answer.findings.is_empty() {
        let told: Vec<String> = answer.findings.iter().map(|one| format!("- {}", one.message)).collect();
        block(format!("{}\n\n{}", words.say("document-findings", &[]), told.join("\n")));
    }
    if !answer.sources.is_empty() {
        block(sources(words, question));
    }
}

/// `- ☒ En curso`
fn boxes(question: &QuestionAsked) -> String {
    let line = |option: &super::model::ChoiceOption| {
        let mark = if question.answer.choices.contains(&option.key) { '☒' } else { '☐' };
        format!("- {mark} {}", option.label)
    };
    question.options.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn rows(words: Words<'_>, question: &QuestionAsked) -> String {
    let line = |row: &AnswerRow| {
        let name = row.partner.as_ref().or(row.stakeholder.as_ref()).map(|name| plain(name)).unwrap_or_default();
        let kinds = row.partner_type.iter().chain(&row.participation_level);
        let kinds: Vec<String> = kinds.map(|kind| option_label(&question.key, kind, words.lang)).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join("; ")) };
        let told = row.description.as_ref().or(row.involvement.as_ref());
        let told = told.map(|text| format!(" {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
        format!("- **{name}**{kinds}.{}", told.unwrap_or_default())
    };
    question.answer.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The records behind the answer, by kind.
fn sources(words: Words<'_>, question: &QuestionAsked) -> String {
    let sources = &question.answer.sources;
    let of = |kind: SourceKind| {
        let labels: Vec<String> =
            sources.iter().filter(|source| source.kind == kind).map(|source| plain(&source.label)).collect();
        let name = words.say(&source_key(kind), &[]);
        (!labels.is_empty()).then(|| format!("- {name}: {}", sentence(&labels.join("; "))))
    };
    let list: Vec<String> = SourceKind::ALL.iter().filter_map(|kind| of(*kind)).collect();
    format!("{}\n\n{}", words.say("document-sources", &[]), list.join("\n"))
}

/// A person's text keeps its Markdown, less the headings: those are the document's.
fn without_headings(text: &str) -> String {
    let line = |line: &str| {
        if line.trim_start().starts_with('#') { format!("\\{}", line.trim_start()) } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
