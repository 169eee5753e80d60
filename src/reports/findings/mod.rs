//! Finds the problems of a report. They do not block saving; errors block approval.
//!
//! Rules check one answer (`answer`), two answers that must agree (here), and the records that a draft cites
//! (`cited_records`; checked when the answer is drafted and stored with it, and again when a page of the draft is read).
//! The rules are those of the form and its editorial notes.

mod answer;
mod cited_records;
mod for_decision;
mod wording;

use super::answer::{AnswerState, Finding, ReportFindingCode as Code, Source};
use super::model::QuestionAsked;
use super::questionnaire::{option_label, question_of};
use super::stored_answers::{Answers, DraftEvidence};
use super::words::Words;
pub(crate) use cited_records::notes;
pub(crate) use for_decision::suggested_step;

/// Collects the findings of one answer.
struct Findings<'a> {
    words: Words<'a>,
    list: Vec<Finding>,
}

impl Findings<'_> {
    /// Adds a finding with the sentence of its code.
    fn add(&mut self, code: Code, pointer: &str) {
        self.add_with(code, pointer, code.as_str(), &[]);
    }

    /// Adds a finding with the sentence of `name` and its values.
    fn add_with(&mut self, code: Code, pointer: &str, name: &str, args: &[(&'static str, String)]) {
        let message = self.words.say(&format!("report-finding-{}", name.replace('_', "-")), args);
        self.push(code, pointer, message, Vec::new());
    }

    fn push(&mut self, code: Code, pointer: &str, message: String, records: Vec<Source>) {
        let (severity, pointer) = (code.severity(), pointer.to_owned());
        self.list.push(Finding { code, severity, message, pointer, records, around: None, of_records: false });
    }
}

/// Fills in the findings of all answers of a report.
pub(super) fn fill_in(questions: &mut [&mut QuestionAsked], answers: &Answers, words: Words<'_>) {
    let all: Vec<QuestionAsked> = questions.iter().map(|asked| (**asked).clone()).collect();
    for asked in questions {
        let Some(question) = question_of(&asked.key) else { continue };
        let mut findings = Findings { words, list: Vec::new() };
        answer::check(&mut findings, question, asked, &all);
        check_agreement(&mut findings, asked, &all);
        if let Some(stored) = answers.get(&asked.key) {
            let is_draft = matches!(asked.answer.state, AnswerState::Drafted | AnswerState::Empty);
            cited_records::add_notes(&mut findings, &stored.evidence, is_draft);
        }
        findings.list.sort_by_key(|finding| finding.code);
        asked.answer.findings = findings.list;
    }
}

/// Replaces the findings about the records of an answer by those of other evidence.
pub(super) fn renew_notes(asked: &mut QuestionAsked, evidence: &DraftEvidence, is_draft: bool, words: Words<'_>) {
    let mut findings = Findings { words, list: std::mem::take(&mut asked.answer.findings) };
    findings.list.retain(|finding| !finding.of_records);
    cited_records::add_notes(&mut findings, evidence, is_draft);
    findings.list.sort_by_key(|finding| finding.code);
    asked.answer.findings = findings.list;
}

/// Pairs of questions: one marks the types of partners, the other names the partners.
const PARTNERS: &[(&str, &str)] =
    &[("intl_partner_types", "intl_partner_detail"), ("national_partner_types", "national_partner_detail")];

/// Checks answers that must agree with each other.
fn check_agreement(findings: &mut Findings<'_>, asked: &QuestionAsked, all: &[QuestionAsked]) {
    let answered = |key: &str| all.iter().find(|other| other.key == key);
    if let Some((_, detail)) = PARTNERS.iter().find(|(types, _)| *types == asked.key)
        && let Some(detail) = answered(detail)
    {
        check_partner_types(findings, asked, detail);
    }
    if asked.key == "evaluation_tools_detail"
        && let Some(tools) = answered("evaluation_tools")
    {
        check_tools(findings, asked, tools);
    }
}

/// Checks that every type marked has a partner, and that the type of every partner is marked. Partners that are only
/// described in the text cannot be compared.
fn check_partner_types(findings: &mut Findings<'_>, types: &QuestionAsked, detail: &QuestionAsked) {
    let marked = &types.answer.choices;
    let named: Vec<&String> = detail.answer.rows.iter().filter_map(|row| row.partner_type.as_ref()).collect();
    if detail.answer.rows.is_empty() {
        return;
    }
    let labels = |keys: Vec<&String>| {
        let labels: Vec<String> = keys.iter().map(|key| option_label(&types.key, key, findings.words.lang)).collect();
        findings.words.list(&labels)
    };
    let unnamed = labels(marked.iter().filter(|kind| !named.contains(kind)).collect());
    let mut missing: Vec<&String> = named.iter().copied().filter(|kind| !marked.contains(kind)).collect();
    missing.sort_unstable();
    missing.dedup();
    let unmarked = labels(missing);
    for (kinds, name) in [(unnamed, "partner_type_unnamed"), (unmarked, "partner_type_unmarked")] {
        if !kinds.is_empty() {
            findings.add_with(Code::PartnerTypeMismatch, "/choices", name, &[("kinds", kinds)]);
        }
    }
}

/// Checks that the tools marked are documented by a link, a document or a register.
fn check_tools(findings: &mut Findings<'_>, detail: &QuestionAsked, tools: &QuestionAsked) {
    let used = tools.answer.choices.iter().any(|tool| tool != "not_applicable");
    let text = detail.answer.text.as_deref().unwrap_or_default();
    if used && (wording::is_blank(text) || !wording::cites_a_document(text)) {
        findings.add(Code::EvidenceMissing, "/text");
    }
}
