//! Builds a drafted answer: its text line by line, and a citation of every record that it uses.

use std::collections::HashSet;

use crate::reports::answer::{AnswerRow, Source, SourceKind};
use crate::reports::records::{Activity, Agreement, Commission, Commitment, Item, Meeting};
use crate::reports::stored_answers::DraftedAnswer;

#[derive(Debug, Default)]
pub(super) struct AnswerBuilder {
    text: String,
    after_bullet: bool,
    cited: HashSet<(SourceKind, String)>,
    based_on: HashSet<(SourceKind, String)>,
    drafted: DraftedAnswer,
}

impl AnswerBuilder {
    pub(super) fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
        self.after_bullet = false;
    }

    /// Adds an entry of a list; `depth` 0 is the outermost.
    pub(super) fn bullet(&mut self, depth: usize, text: &str) {
        if !self.text.is_empty() {
            self.text.push_str(if self.after_bullet { "\n" } else { "\n\n" });
        }
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str("- ");
        self.text.push_str(text);
        self.after_bullet = true;
    }

    pub(super) fn choose(&mut self, choice: &str) {
        if !self.drafted.choices.iter().any(|chosen| chosen == choice) {
            self.drafted.choices.push(choice.to_owned());
        }
    }

    pub(super) fn other(&mut self, text: String) {
        self.drafted.words.other_text = Some(text);
    }

    pub(super) fn row(&mut self, row: AnswerRow) {
        self.drafted.words.rows.push(row);
    }

    /// Cites a record, once.
    pub(super) fn cite(&mut self, kind: SourceKind, id: impl ToString, label: &str) {
        let id = id.to_string();
        if self.cited.insert((kind, id.clone())) {
            self.drafted.sources.push(Source { kind, id, label: label.to_owned() });
        }
    }

    /// Notes a record that a choice was made from and that no word of the answer names, once.
    pub(super) fn base_on(&mut self, kind: SourceKind, id: impl ToString, label: &str) {
        let id = id.to_string();
        if self.based_on.insert((kind, id.clone())) {
            self.drafted.basis.push(Source { kind, id, label: label.to_owned() });
        }
    }

    pub(super) fn cite_activity(&mut self, activity: &Activity) {
        self.cite(SourceKind::Activity, activity.id, &activity.title);
    }

    pub(super) fn cite_agreement(&mut self, agreement: &Agreement) {
        self.cite(SourceKind::Agreement, agreement.id, &agreement.title);
    }

    pub(super) fn cite_commission(&mut self, commission: &Commission) {
        self.cite(SourceKind::Commission, commission.id, commission.label());
    }

    pub(super) fn cite_commitment(&mut self, commitment: &Commitment) {
        self.cite(SourceKind::Commitment, commitment.id, &commitment.code);
    }

    pub(super) fn cite_item(&mut self, item: &Item) {
        self.cite(SourceKind::PlanItem, item.step.id, &item.step.title);
    }

    pub(super) fn cite_meeting(&mut self, meeting: &Meeting) {
        self.cite(SourceKind::Meeting, meeting.id, &meeting.title);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.drafted.is_empty()
    }

    pub(super) fn finish(mut self) -> DraftedAnswer {
        // A list of one entry is a paragraph.
        let is_alone = !self.text.contains('\n');
        if let (true, Some(entry)) = (is_alone, self.text.strip_prefix("- ")) {
            self.text = entry.to_owned();
        }
        self.drafted.words.text = (!self.text.is_empty()).then_some(self.text);
        self.drafted
    }
}

/// Writes the entries of a list one after the other, as running text.
pub(super) fn running(list: &str) -> String {
    let entries = list.lines().map(|line| line.trim_start().trim_start_matches("- ")).filter(|line| !line.is_empty());
    entries.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hang_together_and_paragraphs_stand_apart() {
        let mut answer = AnswerBuilder::default();
        answer.paragraph("Uno.");
        answer.bullet(0, "a");
        answer.bullet(1, "b");
        answer.paragraph("Dos.");
        assert_eq!(answer.finish().words.text.as_deref(), Some("Uno.\n\n- a\n  - b\n\nDos."));
    }

    #[test]
    fn a_list_of_one_entry_is_a_paragraph() {
        let finished = |entries: &[&str]| {
            let mut answer = AnswerBuilder::default();
            entries.iter().for_each(|entry| answer.bullet(0, entry));
            answer.finish().words.text.unwrap()
        };
        assert_eq!(finished(&["Uno."]), "Uno.");
        assert_eq!(finished(&["Uno.", "Dos."]), "- Uno.\n- Dos.");
    }

    #[test]
    fn a_record_is_cited_once() {
        let mut answer = AnswerBuilder::default();
        answer.cite(SourceKind::Activity, 1, "uno");
        answer.cite(SourceKind::Activity, 1, "uno");
        answer.cite(SourceKind::Meeting, 1, "uno");
        answer.base_on(SourceKind::Activity, 1, "uno");
        answer.base_on(SourceKind::Activity, 1, "uno");
        let drafted = answer.finish();
        assert_eq!((drafted.sources.len(), drafted.basis.len()), (2, 1));
    }
}
