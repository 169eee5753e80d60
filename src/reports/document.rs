//! The annual progress report as a document: every question with its answer; in the working copy also the findings and
//! the records behind the answer.

use super::answer::{AnswerRow, AnswerState, SourceKind, source_key};
use super::content::{Issue, ReportContent, report_title};
use super::model::{ChoiceOption, QuestionAsked};
use super::questionnaire::{QuestionType, option_label};
use super::words::{Words, sentence};
use crate::i18n::{self, Lang};
use crate::rendering::{
    Block, Choice, Column, Cover, Document, Fact, Frame, Run, Table, is_visible, one_line, read_markdown,
    renumber_headings, text_of,
};
use crate::text::capitalized;

crate::text_enum! {
    /// The two copies of a report.
    ReportForm {
        /// Questions and answers alone.
        Clean = "clean",
        /// Questions, answers, findings and sources, for those who prepare the report.
        Working = "working",
    }
}

/// Builds the document of a report.
pub(crate) fn document(content: &ReportContent, lang: Lang, form: ReportForm) -> Document {
    let fields = &content.fields;
    let words = Words { lang, country: &fields.country_code };
    let mut blocks = Vec::new();
    blocks.extend(draft_banner(words, content));
    if form == ReportForm::Working {
        blocks.push(Block::paragraph(words.say("document-mandatory", &[])));
    }
    blocks.extend(answers(words, content, form));
    let title = report_title(fields, &content.country_name, lang);
    Document {
        frame: frame(words, content, &title),
        title,
        lang,
        region: Some(fields.country_code.clone()),
        contents: Some(words.say("paper-contents", &[])),
        landscape: false,
        blocks,
    }
}

fn draft_banner(words: Words<'_>, content: &ReportContent) -> Option<Block> {
    is_draft(content).then(|| Block::Banner { text: words.say("document-draft", &[]) })
}

pub(super) fn is_draft(content: &ReportContent) -> bool {
    content.issue.as_ref().is_none_or(|issue| issue.approved_on.is_none())
}

/// Builds the document with questions and answers alone, to copy them into the form.
pub(super) fn answers_document(content: &ReportContent, lang: Lang) -> Document {
    let words = Words { lang, country: &content.fields.country_code };
    let title = report_title(&content.fields, &content.country_name, lang);
    let whole = frame(words, content, &title);
    let mut blocks: Vec<Block> = draft_banner(words, content).into_iter().collect();
    blocks.extend(answers(words, content, ReportForm::Clean));
    Document {
        title,
        lang,
        region: Some(content.fields.country_code.clone()),
        contents: None,
        landscape: false,
        frame: Frame { head: whole.head, foot: whole.foot, ..Frame::default() },
        blocks,
    }
}

/// Returns the title page and the lines around the pages.
fn frame(words: Words<'_>, content: &ReportContent, title: &str) -> Frame {
    let fields = &content.fields;
    let fact = |name: &str, value: String| Fact::new(words.say(&format!("document-label-{name}"), &[]), value);
    let wording = if content.form_texts.is_some() { "document-wording-form" } else { "document-wording-own" };
    let mut facts = vec![
        fact("country", content.country_name.clone()),
        fact("period", capitalized(&words.period(fields.period_from, fields.period_to))),
    ];
    if !content.commissions.is_empty() {
        facts.push(fact("commissions", content.commissions.join("; ")));
    }
    facts.push(fact("roadmap", content.roadmap_title.clone()));
    facts.push(fact("questions", words.say(wording, &[])));
    let mut foot = title.to_owned();
    if let Some(issue) = &content.issue {
        let version = ("version", issue.version.to_string());
        facts.push(fact("version", version_of(words, issue)));
        facts.extend(issue.reason.as_ref().map(|reason| fact("reason", one_line(reason))));
        if let Some(snapshot) = &issue.snapshot {
            let sha256 = ("sha256", snapshot.chars().take(16).collect());
            foot = words.say("document-foot", &[("title", title.to_owned()), version, sha256]);
        }
    }
    facts.push(fact("status", status_of(words, content)));
    let draft = is_draft(content).then(|| words.say("document-draft-mark", &[]));
    let head = draft.as_ref().map_or_else(|| title.to_owned(), |draft| format!("{title} · {draft}"));
    Frame {
        above: Some(words.say("document-alliance", &[])),
        cover: Some(Cover { brand: None, banner: draft, facts }),
        head: Some(head),
        foot: Some(foot),
    }
}

/// Returns the state of a report: a draft, or approved on a day by an office.
fn status_of(words: Words<'_>, content: &ReportContent) -> String {
    let issue = content.issue.as_ref();
    let Some(day) = issue.and_then(|issue| issue.approved_on) else { return words.say("document-draft", &[]) };
    let day = ("day", i18n::day(words.lang, day));
    match issue.and_then(|issue| issue.office) {
        Some(office) => {
            let office = words.say(&format!("document-office-{office}"), &[("country", content.country_name.clone())]);
            words.say("document-approved-by", &[day, ("office", office)])
        }
        None => words.say("document-approved", &[day]),
    }
}

/// Returns the number of a version, with the one that it replaces.
fn version_of(words: Words<'_>, issue: &Issue) -> String {
    let n = issue.version.to_string();
    let args = [("n", n.clone()), ("before", (issue.version - 1).to_string())];
    if issue.version > 1 { words.say("document-version-replaces", &args) } else { n }
}

fn answers(words: Words<'_>, content: &ReportContent, form: ReportForm) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in &content.form.sections {
        blocks.push(Block::heading(1, &section.title));
        let texts = content.form_texts.as_ref();
        blocks.extend(texts.and_then(|texts| texts.introduction(section.key)).map(Block::paragraph));
        for asked in &section.questions {
            let note = texts.and_then(|texts| texts.note(&asked.key));
            question(words, (asked, note), (form, AnswerContext::of(content, asked)), &mut blocks);
        }
    }
    blocks
}

/// The state of the report around an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AnswerContext {
    pub is_draft: bool,
    /// False if the answer to another question leaves nothing to answer: that of the partners of a country without any.
    pub is_asked_for: bool,
}

impl AnswerContext {
    pub(super) fn of(content: &ReportContent, asked: &QuestionAsked) -> Self {
        Self { is_draft: is_draft(content), is_asked_for: content.form.asks_for(asked) }
    }
}

/// Returns true if a question has no answer at all.
fn is_without_answer(asked: &QuestionAsked) -> bool {
    let answer = &asked.answer;
    answer.choices.is_empty() && answer.text.is_none() && answer.other_text.is_none() && answer.rows.is_empty()
}

/// Adds a question with the form's note about it, and its answer.
fn question(
    words: Words<'_>,
    (asked, form_note): (&QuestionAsked, Option<&str>),
    (form, context): (ReportForm, AnswerContext),
    blocks: &mut Vec<Block>,
) {
    let is_working = form == ReportForm::Working;
    let mark = if asked.mandatory && is_working { "\u{a0}*" } else { "" };
    blocks.push(Block::heading(2, format!("{}. {}{mark}", asked.number, asked.title)));
    blocks.extend(form_note.map(Block::note));
    blocks.extend(answer(words, asked, context));
    let answer = &asked.answer;
    if !is_working {
        return;
    }
    blocks.extend(state(words, asked).map(Block::note));
    let findings: Vec<_> = answer.findings.iter().map(|finding| finding.message.clone()).collect();
    blocks.extend(note(words.say("document-findings", &[]), findings));
    blocks.extend(note(words.say("document-sources", &[]), sources(words, asked)));
}

/// Returns an answer: the options, the text and the rows; a sentence for a question without any of them, because boxes
/// without a mark would read as an answer.
pub(super) fn answer(words: Words<'_>, asked: &QuestionAsked, context: AnswerContext) -> Vec<Block> {
    if is_without_answer(asked) {
        return vec![Block::paragraph(unanswered(words, asked, context))];
    }
    let (answer, mut blocks) = (&asked.answer, Vec::new());
    if matches!(asked.kind, QuestionType::SingleChoice | QuestionType::MultipleChoice) {
        // Boxes without a mark would read as an answer in a report that nobody fills in any more.
        blocks.push(match answer.choices.is_empty() && !context.is_draft {
            true => Block::paragraph(words.say("document-no-option", &[])),
            false => choices(words, asked),
        });
    }
    if let Some(other) = answer.other_text.as_ref().filter(|_| !is_other_beside(asked)) {
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
    blocks
}

/// States that nobody has answered, or that the answer to another question leaves nothing to answer; in a draft also the
/// options to choose from.
fn unanswered(words: Words<'_>, asked: &QuestionAsked, context: AnswerContext) -> String {
    if !context.is_asked_for {
        return words.say("document-not-asked-for", &[]);
    }
    if !context.is_draft {
        return words.say("document-not-answered", &[]);
    }
    let options: Vec<&str> = asked.options.iter().map(|option| option.label.as_str()).collect();
    if options.is_empty() || !matches!(asked.kind, QuestionType::SingleChoice | QuestionType::MultipleChoice) {
        return words.say("document-empty", &[]);
    }
    words.say("document-empty-options", &[("options", options.join("; "))])
}

/// Returns the sentence about the origin of an answer in the working copy.
fn state(words: Words<'_>, asked: &QuestionAsked) -> Option<String> {
    let answer = &asked.answer;
    match (answer.state, &answer.confirmed_by) {
        // The answer itself states it.
        (AnswerState::Empty, _) => None,
        (AnswerState::Drafted | AnswerState::Edited, _) => Some(words.say("document-drafted", &[])),
        (AnswerState::Confirmed, Some(person)) => {
            Some(words.say("document-confirmed", &[("name", person.name.clone())]))
        }
        (AnswerState::Confirmed | AnswerState::Approved, _) => None,
    }
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

/// The key of the option "Others", which takes a text.
pub(super) const OTHER_OPTION: &str = "other";

/// The maximum length of that text, in characters, to be written beside the option.
const MOST_BESIDE_OPTION: usize = 200;

/// Returns true if the text of the option "Others" is written beside it: the option is marked and the text is short.
fn is_other_beside(asked: &QuestionAsked) -> bool {
    let is_short = asked.answer.other_text.as_ref().is_some_and(|text| text.chars().count() <= MOST_BESIDE_OPTION);
    is_short
        && asked.answer.choices.iter().any(|key| key == OTHER_OPTION)
        && asked.options.iter().any(|option| option.key == OTHER_OPTION)
}

/// Returns the options with their marks. The text of the option "Others" is beside its name, as in the form.
fn choices(words: Words<'_>, asked: &QuestionAsked) -> Block {
    let answer = &asked.answer;
    let label = |option: &ChoiceOption| match &answer.other_text {
        Some(other) if option.key == OTHER_OPTION && is_other_beside(asked) => {
            words.say("document-other-named", &[("label", option.label.clone()), ("value", one_line(other))])
        }
        _ => option.label.clone(),
    };
    let item = |option: &ChoiceOption| Choice { marked: answer.choices.contains(&option.key), label: label(option) };
    Block::Choices { items: asked.options.iter().map(item).collect() }
}

/// Makes a note with a title and one line each; none when there are no lines.
fn note(title: String, lines: Vec<String>) -> Option<Block> {
    let text: String = lines.iter().map(|line| format!("\n– {line}")).collect();
    (!lines.is_empty()).then(|| Block::Note { runs: vec![Run::strong(title), Run::plain(text)] })
}

/// Makes the table of partners with their kinds, or of stakeholders with their level of participation.
fn rows(words: Words<'_>, asked: &QuestionAsked) -> Table {
    let rows = &asked.answer.rows;
    let parties = rows.iter().any(|row| row.stakeholder.is_some());
    let columns = if parties { ["party", "levels", "involvement"] } else { ["partner", "type", "description"] };
    let columns = columns.iter().zip(if parties { [4, 3, 7] } else { [4, 4, 10] });
    let row = |row: &AnswerRow| {
        let name = row.partner.as_ref().or(row.stakeholder.as_ref());
        let kinds = row.partner_type.iter().chain(&row.participation_level);
        let label = |kind: &String| {
            let option = asked.options.iter().find(|option| option.key == *kind);
            option.map_or_else(|| option_label(&asked.key, kind, words.lang), |option| option.label.clone())
        };
        let kinds: Vec<_> = kinds.map(label).collect();
        let text = row.description.as_ref().or(row.involvement.as_ref());
        vec![name.cloned().unwrap_or_default(), kinds.join("; "), text.cloned().unwrap_or_default()]
    };
    let column = |(name, share)| Column::text(words.say(&format!("reports-field-{name}"), &[]), share);
    Table::new(columns.map(column).collect(), rows.iter().map(row).collect()).without_empty_columns()
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
