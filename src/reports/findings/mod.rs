//! What is wrong with a report. Nothing blocks saving; errors block approval.
//!
//! Rules look at one answer (`answer`), at two that must agree (`between`), and at the records that a draft rests on
//! (`record`; found when the record is read and kept with the answer). The rules are those of the form and its
//! editorial notes.

mod answer;
mod between;
mod code;
mod record;
mod wording;

use super::form::Kept;
use super::model::{AnswerState, QuestionAsked};
use super::questionnaire::{QUESTIONS, Question};
use super::words::Words;
pub use code::{Finding, FindingCounts, ReportFindingCode, Severity};
pub use record::{Note, notes};

/// The findings of one answer in the making.
struct Found<'a> {
    words: Words<'a>,
    list: Vec<Finding>,
}

impl Found<'_> {
    /// A finding whose sentence needs nothing.
    fn add(&mut self, code: ReportFindingCode, pointer: &str) {
        self.add_with(code, pointer, code.as_str(), &[]);
    }

    /// A finding whose sentence is that of `name`, with these values.
    fn add_with(&mut self, code: ReportFindingCode, pointer: &str, name: &str, args: &[(&'static str, String)]) {
        let message = self.words.say(&format!("report-finding-{}", name.replace('_', "-")), args);
        self.push(code, pointer, message, Vec::new());
    }

    fn push(&mut self, code: ReportFindingCode, pointer: &str, message: String, records: Vec<super::model::Source>) {
        let (severity, pointer) = (code.severity(), pointer.to_owned());
        self.list.push(Finding { code, severity, message, pointer, records });
    }
}

/// The template's question behind a key: `priority_progress:{id}` is one of `priority_progress`.
pub fn question_of(key: &str) -> Option<&'static Question> {
    let base = key.split(':').next().unwrap_or_default();
    QUESTIONS.iter().find(|question| question.key == base)
}

/// Fills in the findings of all answers, once every choice is known. `kept` finds what is kept of an answer.
pub fn fill_in<'k>(questions: &mut [&mut QuestionAsked], kept: impl Fn(&str) -> Option<&'k Kept>, words: Words<'_>) {
    let all: Vec<QuestionAsked> = questions.iter().map(|asked| (**asked).clone()).collect();
    for asked in questions {
        let Some(question) = question_of(&asked.key) else { continue };
        let mut found = Found { words, list: Vec::new() };
        answer::judge(&mut found, question, asked, &all);
        between::judge(&mut found, asked, &all);
        if let Some(kept) = kept(&asked.key) {
            record::tell(&mut found, &kept.reading.notes, asked.answer.state == AnswerState::Drafted);
        }
        found.list.sort_by_key(|finding| finding.code);
        asked.answer.findings = found.list;
    }
}

/// How many findings these questions have.
pub fn count<'a>(questions: impl Iterator<Item = &'a QuestionAsked>) -> FindingCounts {
    let mut counts = FindingCounts::default();
    for finding in questions.flat_map(|asked| &asked.answer.findings) {
        match finding.severity {
            Severity::Error => counts.error += 1,
            Severity::Warning => counts.warning += 1,
        }
    }
    counts
}
