//! The wording of a form as data, and the texts of it that one document shows.

use std::collections::BTreeMap;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::questionnaire::{QUESTIONS, Question, Repeat, SectionKey};
use crate::error::{ByKey, Faults, escaped};
use crate::http::Input;

/// The maximum length of a text.
const MAX_TEXT: usize = 4000;

/// The placeholders that every text may have, and those of the two repeated questions.
pub(super) const PLACEHOLDERS: &[&str] = &["period_from", "period_to", "next_from", "next_to"];
const OF_REPEATED: &[&str] = &["n", "title"];

type Texts = ByKey<String>;

/// The wording of a form in one language; every part is optional. `{period_from}`, `{period_to}`, `{next_from}` and
/// `{next_to}` are the months of the period and of the next one; in the two repeated questions, `{n}` is the number
/// and `{title}` the title of the priority or next step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, Deserialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = FormWording)]
pub(crate) struct Wording {
    /// The titles of sections, by the key of the section.
    #[deserr(default)]
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>, example = json!({"s1_priorities": "1. Prioridades"}), required = false)]
    pub titles: Texts,
    /// Texts below the titles of sections, by the key of the section.
    #[deserr(default)]
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>, example = json!({"s1_priorities": "Del período {period_from} a {period_to}."}), required = false)]
    pub introductions: Texts,
    /// Texts below questions, by the key of the question.
    #[deserr(default)]
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>, example = json!({"highlights": "Hasta 300 palabras."}), required = false)]
    pub notes: Texts,
    /// Questions, by their key.
    #[deserr(default)]
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>, example = json!({"priority_progress": "Prioridad {n}: {title}"}), required = false)]
    pub questions: Texts,
    /// The names of options, by the key of the question and of the option.
    #[deserr(default)]
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, BTreeMap<String, String>>, example = json!({"overall_rating": {"great": "Gran avance"}}), required = false)]
    pub options: ByKey<Texts>,
}

impl Input for Wording {
    fn check(&self, faults: &mut Faults) {
        for (part, texts) in [("titles", &self.titles), ("introductions", &self.introductions)] {
            for (key, text) in texts.iter() {
                check_text(&format!("/{part}/{}", escaped(key)), key.parse::<SectionKey>().is_ok(), text, &[], faults);
            }
        }
        for (part, texts) in [("notes", &self.notes), ("questions", &self.questions)] {
            for (key, text) in texts.iter() {
                let question = template_question(key);
                let own = question.filter(|question| question.repeat != Repeat::Once).map_or(&[][..], |_| OF_REPEATED);
                check_text(&format!("/{part}/{}", escaped(key)), question.is_some(), text, own, faults);
            }
        }
        for (key, texts) in self.options.iter() {
            let question = template_question(key);
            for (option, text) in texts.iter() {
                let is_known = question.is_some_and(|question| question.offers(option));
                check_text(&format!("/options/{}/{}", escaped(key), escaped(option)), is_known, text, &[], faults);
            }
        }
    }
}

fn template_question(key: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.key == key)
}

/// Checks one text: its key, its length, and its placeholders.
fn check_text(at: &str, is_known: bool, text: &str, own: &[&str], faults: &mut Faults) {
    if !is_known {
        faults.add(at, "unknown_field");
        return;
    }
    faults.text(at, text, MAX_TEXT);
    for name in placeholders(text) {
        if !PLACEHOLDERS.contains(&name) && !own.contains(&name) {
            faults.add_with(at, "unknown_placeholder", vec![("name", name.to_owned())]);
        }
    }
}

/// Returns the names between braces; a brace without its other half is a name itself.
fn placeholders(text: &str) -> Vec<&str> {
    let after = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or("{", |(name, _)| name));
    let alone = text.split('{').enumerate().filter(|(n, part)| part.matches('}').count() > usize::from(*n > 0));
    after.chain(alone.map(|_| "}")).collect()
}

/// The texts of the form that are beside titles and questions in one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FormTexts {
    pub introductions: BTreeMap<SectionKey, String>,
    pub notes: BTreeMap<String, String>,
}

impl FormTexts {
    /// Returns the text below the title of a section.
    pub(super) fn introduction(&self, section: SectionKey) -> Option<&str> {
        self.introductions.get(&section).map(String::as_str)
    }

    /// Returns the text below a question.
    pub(super) fn note(&self, key: &str) -> Option<&str> {
        self.notes.get(key).map(String::as_str)
    }
}

crate::nothing_restricted!(Wording);

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(value: serde_json::Value) -> Vec<(String, &'static str)> {
        let wording = deserr::deserialize::<Wording, _, Faults>(value).unwrap();
        let mut faults = Faults::default();
        wording.check(&mut faults);
        faults.list.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn placeholders_are_known_and_the_number_is_of_repeated_questions_alone() {
        let good = serde_json::json!({
            "titles": {"s1_priorities": "De {period_from} a {period_to}"},
            "questions": {"priority_progress": "{n}. {title}", "highlights": "Hasta {next_to}"},
        });
        assert_eq!(faults(good), []);
        let bad = serde_json::json!({
            "questions": {"highlights": "{n}", "difficulties": "{periodo}", "other": "x"},
            "titles": {"s1_priorities": "{period_from", "s3_overall": "a} b"},
            "options": {"overall_rating": {"great": "Mucho", "huge": "Enorme"}},
        });
        assert_eq!(
            faults(bad),
            [
                ("/titles/s1_priorities".to_owned(), "unknown_placeholder"),
                ("/titles/s3_overall".to_owned(), "unknown_placeholder"),
                ("/questions/difficulties".to_owned(), "unknown_placeholder"),
                ("/questions/highlights".to_owned(), "unknown_placeholder"),
                ("/questions/other".to_owned(), "unknown_field"),
                ("/options/overall_rating/huge".to_owned(), "unknown_field"),
            ]
        );
    }
}
