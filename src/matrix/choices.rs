//! Choices of the person who imports: the meaning of columns, and answers to questions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::columns::{Column, folded};
use super::understood::ColumnChoice;
use crate::error::{Error, Result};
use crate::spreadsheets::ReadOptions;

/// The maximum number of entries of a mapping, and of answers.
const MOST_CHOICES: usize = 1_000;
/// The prefix of the ids of questions about columns.
pub(super) const COLUMN_QUESTION: &str = "mapping/";
/// The prefix of the ids of questions which column has the institutions; the sheet follows.
pub(super) const INSTITUTIONS_QUESTION: &str = "institutions_column/";
/// The answer that leaves something out.
pub(super) const NONE: &str = "none";

/// The columns that a person names by hand, by heading or letters: `{"Matriz!Plazo final": "due", "F": null}`.
pub(super) type Mapping = BTreeMap<String, Option<Column>>;

/// The choices of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    pub(super) mapping: Mapping,
    pub(super) answers: BTreeMap<String, String>,
    /// The names of the mapping that are remembered from an earlier import.
    pub(super) remembered: BTreeSet<String>,
    /// The names that are remembered from an earlier import and no longer count.
    pub(super) forgotten: BTreeSet<String>,
    /// Hidden rows are read too.
    pub(super) include_hidden: bool,
    /// The tables are kept, for a copy of them with the faults.
    pub(super) keeps_tables: bool,
}

impl Choices {
    /// Reads the JSON objects `mapping` and `answers`; 400 if they are malformed.
    pub(crate) fn read(mapping: Option<&str>, answers: Option<&str>, include_hidden: bool) -> Result<Self> {
        let mut choices = Self { include_hidden, ..Self::default() };
        for (name, value) in entries("mapping", mapping)? {
            let column = match &value {
                Value::Null => None,
                Value::String(key) => Some(key.parse().map_err(|()| Error::bad_value("mapping", key))?),
                other => return Err(Error::bad_value("mapping", other)),
            };
            choices.mapping.insert(name, column);
        }
        for (id, value) in entries("answers", answers)? {
            let Value::String(key) = value else { return Err(Error::bad_value("answers", value)) };
            if !choices.answer_with(&id, &key) {
                return Err(Error::bad_value("answers", key));
            }
        }
        Ok(choices)
    }

    /// Answers a question; false for an answer about a column that names no column, or none of the sheet.
    pub(super) fn answer_with(&mut self, id: &str, key: &str) -> bool {
        if let Some(sheet) = id.strip_prefix(INSTITUTIONS_QUESTION) {
            let column = key.strip_prefix(sheet).and_then(|rest| rest.strip_prefix('!'));
            let is_of_sheet = column.is_some_and(|column| !column.trim().is_empty());
            if is_of_sheet {
                self.mapping.insert(key.to_owned(), Some(Column::Responsible));
            }
            return is_of_sheet;
        }
        let Some(heading) = id.strip_prefix(COLUMN_QUESTION) else {
            self.answers.insert(id.to_owned(), key.to_owned());
            return true;
        };
        let column = if key == NONE { Ok(None) } else { key.parse().map(Some) };
        column.map(|column| self.mapping.insert(heading.to_owned(), column)).is_ok()
    }

    /// Adds the remembered meaning of columns that these choices leave open.
    pub(super) fn or_remembered(mut self, remembered: Mapping) -> Self {
        for (name, column) in remembered {
            if !self.mapping.contains_key(&name) && !self.forgotten.contains(&name) {
                self.remembered.insert(name.clone());
                self.mapping.insert(name, column);
            }
        }
        self
    }

    /// Returns the choice for a column: `Some(None)` if it is to be left out, `None` if there is no choice.
    pub(super) fn column(&self, sheet: &str, headings: [&str; 2], letters: &str) -> Option<Option<Column>> {
        self.entry(sheet, headings, letters).map(|(_, column)| column)
    }

    /// Returns the choice for a column, with its name if it is remembered from an earlier import.
    pub(super) fn choice(&self, sheet: &str, headings: [&str; 2], letters: &str) -> Option<ColumnChoice> {
        let (name, column) = self.entry(sheet, headings, letters)?;
        Some(ColumnChoice { column, remembered: self.remembered.get(name).cloned() })
    }

    /// Returns the entry of the mapping that names a column.
    fn entry(&self, sheet: &str, headings: [&str; 2], letters: &str) -> Option<(&str, Option<Column>)> {
        let prefix = format!("{sheet}!");
        let own = |name: &str| -> Option<String> {
            let rest = name.strip_prefix(&prefix);
            rest.map(str::to_owned).or_else(|| (!name.contains('!')).then(|| name.to_owned()))
        };
        let names = || self.mapping.iter().filter_map(|(name, column)| Some((own(name)?, (name.as_str(), *column))));
        let by_heading = |wanted: &str| {
            let wanted = folded(wanted);
            names().find(|(name, _)| !wanted.is_empty() && folded(name) == wanted).map(|(_, entry)| entry)
        };
        let by_letters = || names().find(|(name, _)| name.trim() == letters).map(|(_, entry)| entry);
        if self.mapping.is_empty() {
            return None;
        }
        headings.into_iter().find_map(by_heading).or_else(by_letters)
    }

    /// Returns true if a column of the sheet is named by these letters.
    pub(super) fn names_letters(&self, sheet: &str, letters: &str) -> bool {
        self.column(sheet, ["", ""], letters).is_some()
    }

    /// Returns the choices that concern the reading of the file.
    pub(super) fn for_reading(&self) -> ReadOptions {
        let answer = |id| self.answers.get(id).cloned();
        ReadOptions {
            include_hidden: self.include_hidden,
            encoding: answer("encoding"),
            double_encoding: answer("double_encoding"),
        }
    }

    pub(super) fn answer(&self, id: &str) -> Option<&str> {
        self.answers.get(id).map(String::as_str)
    }
}

// Choices name columns of a file, not records.
crate::nothing_restricted!(Choices);

fn entries(name: &'static str, text: Option<&str>) -> Result<Vec<(String, Value)>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(Vec::new()) };
    let shown = || text.chars().take(100).collect::<String>();
    match serde_json::from_str(text) {
        Ok(Value::Object(all)) if all.len() <= MOST_CHOICES => Ok(all.into_iter().collect()),
        _ => Err(Error::bad_value(name, shown())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_named_by_its_heading_or_its_letters() {
        let text = r#"{"Matriz!F. Cumplimiento": "due", "C": "institutions", "Otra!D": "text", "Notas": null}"#;
        let choices = Choices::read(Some(text), None, false).unwrap();
        let of = |heading, letters| choices.column("Matriz", [heading, ""], letters);
        assert_eq!(of("f. cumplimiento", "E"), Some(Some(Column::DueDate)));
        assert_eq!(of("Organismo", "C"), Some(Some(Column::Responsible)));
        assert_eq!(of("Notas", "H"), Some(None));
        assert_eq!(of("Otra cosa", "D"), None);
    }

    #[test]
    fn an_answer_about_a_column_is_a_mapping() {
        let answers =
            r#"{"mapping/Matriz!Cumplimiento": "due", "mapping/G": "none", "status/suspendido": "cancelled"}"#;
        let choices = Choices::read(None, Some(answers), false).unwrap();
        assert_eq!(choices.mapping.len(), 2);
        let column = Choices::read(None, Some(r#"{"institutions_column/Matriz": "Matriz!area1"}"#), false).unwrap();
        assert_eq!(
            column.mapping.into_iter().collect::<Vec<_>>(),
            [("Matriz!area1".to_owned(), Some(Column::Responsible))]
        );
        assert_eq!(choices.answer("status/suspendido"), Some("cancelled"));
    }

    #[test]
    fn the_column_of_the_institutions_is_one_of_the_sheet() {
        for key in ["none", "area1", "Otra!area1", "Matriz", "Matriz!", "Matriz! ", "Matriz2!area1"] {
            let answers = serde_json::json!({"institutions_column/Matriz": key}).to_string();
            assert!(Choices::read(None, Some(&answers), false).is_err(), "{key}");
        }
    }

    #[test]
    fn malformed_choices_are_refused() {
        for text in ["[]", "{", r#"{"A": "plazo"}"#, r#"{"A": 1}"#] {
            assert!(Choices::read(Some(text), None, false).is_err(), "{text}");
        }
        assert!(Choices::read(Some(""), Some("{}"), false).is_ok());
    }
}
