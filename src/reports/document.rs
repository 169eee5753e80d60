//! The annual progress report as a document: every question with its answer and the records behind the answer.

use super::answer::{AnswerRow, AnswerState, SourceKind, source_key};
use super::model::QuestionAsked;
use super::questionnaire::{QuestionType, option_label};
use super::reading::ReportContent;
use super::words::{Words, sentence};
use crate::i18n::Lang;
use crate::rendering::{
    Block, Choice, Column, Document, Run, Table, is_visible, one_line, read_markdown, renumber_headings, text_of,
};

/// Builds the document of a report.
pub(crate) fn document(content: &ReportContent, lang: Lang) -> Document {
    let fields = &content.fields;
    let words = Words { lang, country: &fields.country_code };
    let period = words.period(fields.period_from, fields.period_to);
    let args = [("country", content.country_name.clone()), ("period", period)];
    let mut blocks = vec![Block::paragraph(words.say("document-roadmap", &[("title", content.roadmap_title.clone())]))];
    for section in &content.form.sections {
        blocks.push(Block::heading(1, &section.title));
        for asked in &section.questions {
            question(words, asked, &mut blocks);
        }
    }
    Document {
        title: one_line(&words.say("document-title", &args)),
        lang,
        region: Some(fields.country_code.clone()),
        contents: Some(words.say("paper-contents", &[])),
        landscape: false,
        blocks,
    }
}

fn question(words: Words<'_>, asked: &QuestionAsked, blocks: &mut Vec<Block>) {
    let mark = if asked.mandatory { " *" } else { "" };
    blocks.push(Block::heading(2, format!("{}. {}{mark}", asked.number, asked.title)));
    let answer = &asked.answer;
    if matches!(asked.kind, QuestionType::SingleChoice | QuestionType::MultipleChoice) {
        blocks.push(choices(asked));
    }
    if let Some(other) = &answer.other_text {
        blocks.push(Block::paragraph(words.say("document-other", &[("value", other.clone())])));
    }
    if let Some(text) = &answer.text {
        let mut parts: Vec<_> = read_markdown(text, 2).into_iter().map(heading).collect();
        renumber_headings(&mut parts, 2);
        blocks.extend(parts);
    }
    if !answer.rows.is_empty() {
        blocks.push(Block::Table(rows(words, asked)));
    }
    match answer.state {
        AnswerState::Empty => blocks.push(Block::note(words.say("document-empty", &[]))),
        AnswerState::Drafted => blocks.push(Block::note(words.say("document-drafted", &[]))),
        AnswerState::Edited | AnswerState::Approved => {}
    }
    let findings: Vec<_> = answer.findings.iter().map(|finding| finding.message.clone()).collect();
    blocks.extend(note(words.say("document-findings", &[]), findings));
    blocks.extend(note(words.say("document-sources", &[]), sources(words, asked)));
}

/// Turns a paragraph in bold into a heading: drafts write the headings of their groups so.
fn heading(block: Block) -> Block {
    match block {
        Block::Paragraph { runs } if runs.iter().all(|run| run.strong) && is_visible(&text_of(&runs)) => {
            Block::heading(3, text_of(&runs))
        }
        block => block,
    }
}

fn choices(asked: &QuestionAsked) -> Block {
    let chosen = &asked.answer.choices;
    let items = asked.options.iter();
    let items = items.map(|option| Choice { marked: chosen.contains(&option.key), label: option.label.clone() });
    Block::Choices { items: items.collect() }
}

/// Makes a note with a title and one line each; none when there are no lines.
fn note(title: String, lines: Vec<String>) -> Option<Block> {
    let text = format!("\n{}", lines.join("\n"));
    (!lines.is_empty()).then(|| Block::Note { runs: vec![Run::strong(title), Run::plain(text)] })
}

/// Makes the table of partners with their kinds, or of stakeholders with their level of participation.
fn rows(words: Words<'_>, asked: &QuestionAsked) -> Table {
    let rows = &asked.answer.rows;
    let parties = rows.iter().any(|row| row.stakeholder.is_some());
    let columns = if parties {
        ["stakeholder", "participation-level", "involvement"]
    } else {
        ["partner", "partner-type", "description"]
    };
    let columns = columns.iter().zip([3, 3, 6]);
    let row = |row: &AnswerRow| {
        let name = row.partner.as_ref().or(row.stakeholder.as_ref());
        let kinds = row.partner_type.iter().chain(&row.participation_level);
        let kinds: Vec<_> = kinds.map(|kind| option_label(&asked.key, kind, words.lang)).collect();
        let text = row.description.as_ref().or(row.involvement.as_ref());
        vec![name.cloned().unwrap_or_default(), kinds.join("; "), text.cloned().unwrap_or_default()]
    };
    Table {
        columns: columns
            .map(|(name, share)| Column::text(words.say(&format!("paper-column-{name}"), &[]), share))
            .collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// Returns the records behind the answer, one line for each kind.
fn sources(words: Words<'_>, asked: &QuestionAsked) -> Vec<String> {
    let sources = &asked.answer.sources;
    let of = |kind: &SourceKind| {
        let labels: Vec<_> =
            sources.iter().filter(|source| source.kind == *kind).map(|source| one_line(&source.label)).collect();
        let name = words.say(&source_key(*kind), &[]);
        (!labels.is_empty()).then(|| format!("{name}: {}", sentence(&labels.join("; "))))
    };
    SourceKind::ALL.iter().filter_map(of).collect()
}
