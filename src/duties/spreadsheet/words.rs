//! The words of the sheet, which are read in every language.

use std::collections::HashSet;

use crate::duties::model::DutyField;
use crate::i18n::{Lang, text};
use crate::text::fold_words;

/// The word for a report that states nothing.
pub(super) const NOTHING: &str = "duties-state-nothing";

/// The headings and words of the sheet.
pub(super) struct SheetWords {
    institution: HashSet<String>,
    field: HashSet<String>,
    narrative: HashSet<String>,
    nothing: HashSet<String>,
}

impl SheetWords {
    pub(super) fn new() -> Self {
        let of = |key: &str| Lang::ALL.iter().map(|lang| fold_words(&text(*lang, key, &[]))).collect();
        Self {
            institution: of("duties-institution"),
            field: of("duties-sheet-field"),
            narrative: of("duties-field-narrative"),
            nothing: of(NOTHING),
        }
    }

    pub(super) fn is_institution(&self, text: &str) -> bool {
        self.institution.contains(&fold_words(text))
    }

    pub(super) fn is_field(&self, text: &str) -> bool {
        self.field.contains(&fold_words(text))
    }

    pub(super) fn is_narrative(&self, text: &str) -> bool {
        self.narrative.contains(&fold_words(text))
    }

    pub(super) fn is_nothing(&self, text: &str) -> bool {
        self.nothing.contains(&fold_words(text))
    }
}

/// Returns the names of fields as the rows of the sheet show them: the label with the unit, or the key where two fields
/// share it.
pub(super) fn field_names(fields: &[DutyField]) -> Vec<String> {
    let labels: Vec<String> = fields.iter().map(DutyField::labelled).collect();
    let folded: Vec<String> = labels.iter().map(|label| fold_words(label)).collect();
    let is_shared = |label: &String| folded.iter().filter(|other| *other == label).count() > 1;
    let name = |((field, label), folded): ((&DutyField, String), &String)| {
        if is_shared(folded) { field.key.clone() } else { label }
    };
    fields.iter().zip(labels).zip(&folded).map(name).collect()
}
