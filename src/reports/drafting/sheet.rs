//! An answer in the making: its text grows line by line, and every record that it uses is cited.

use crate::reports::model::{AnswerRow, Source, SourceKind};

/// What the record answers to one question, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafted {
    pub text: Option<String>,
    pub choices: Vec<String>,
    pub other_text: Option<String>,
    pub rows: Vec<AnswerRow>,
    pub sources: Vec<Source>,
}

impl Drafted {
    /// Whether the record answers nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_none() && self.choices.is_empty() && self.rows.is_empty()
    }
}

/// Builds a [`Drafted`].
#[derive(Debug, Default)]
pub struct Sheet {
    text: String,
    after_bullet: bool,
    drafted: Drafted,
}

impl Sheet {
    /// A paragraph of its own.
    pub fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
        self.after_bullet = false;
    }

    /// An entry of a list; `depth` 0 is the outermost.
    pub fn bullet(&mut self, depth: usize, text: &str) {
        if !self.text.is_empty() {
            self.text.push_str(if self.after_bullet { "\n" } else { "\n\n" });
        }
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str("- ");
        self.text.push_str(text);
        self.after_bullet = true;
    }

    pub fn choose(&mut self, choice: &str) {
        if !self.drafted.choices.iter().any(|chosen| chosen == choice) {
            self.drafted.choices.push(choice.to_owned());
        }
    }

    pub fn other(&mut self, text: String) {
        self.drafted.other_text = Some(text);
    }

    pub fn row(&mut self, row: AnswerRow) {
        self.drafted.rows.push(row);
    }

    /// Names a record that the answer rests on; once is enough.
    pub fn cite(&mut self, kind: SourceKind, id: impl ToString, label: &str) {
        let id = id.to_string();
        if !self.drafted.sources.iter().any(|source| source.kind == kind && source.id == id) {
            self.drafted.sources.push(Source { kind, id, label: label.to_owned() });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.drafted.is_empty()
    }

    pub fn done(self) -> Drafted {
        let text = (!self.text.is_empty()).then_some(self.text);
        Drafted { text, ..self.drafted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hang_together_and_paragraphs_stand_apart() {
        let mut sheet = Sheet::default();
        sheet.paragraph("Uno.");
        sheet.bullet(0, "a");
        sheet.bullet(1, "b");
        sheet.paragraph("Dos.");
        assert_eq!(sheet.done().text.as_deref(), Some("Uno.\n\n- a\n  - b\n\nDos."));
    }

    #[test]
    fn a_record_is_cited_once() {
        let mut sheet = Sheet::default();
        sheet.cite(SourceKind::Activity, 1, "uno");
        sheet.cite(SourceKind::Activity, 1, "uno");
        sheet.cite(SourceKind::Meeting, 1, "uno");
        assert_eq!(sheet.done().sources.len(), 2);
    }
}
