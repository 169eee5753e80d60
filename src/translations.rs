//! Translations of the free texts of a record, and the note that only those who may change the record read.

use std::collections::BTreeMap;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::error::{ByKey, Faults, escaped};
use crate::i18n::Lang;

/// The maximum length of a note.
pub const MAX_NOTE: usize = 4000;

/// The maximum length of one translated text.
const MAX_TEXT: usize = 10_000;

/// The maximum number of translated texts of one language.
const MAX_TEXTS: usize = 500;

/// The texts of a record in other languages than that of its country: language, field, text.
///
/// A field inside a list or an object is written as a path: `participants/audience`, `evidence/0/title`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Translations(BTreeMap<String, BTreeMap<String, String>>);

impl Translations {
    /// Returns the translation of a field into a language.
    pub fn translated(&self, field: &str, lang: Lang) -> Option<&str> {
        self.0.get(lang.as_str())?.get(field).map(String::as_str)
    }

    /// Returns the translation of a field into a language, else the text itself.
    pub fn or_original<'t>(&'t self, field: &str, lang: Lang, original: &'t str) -> &'t str {
        self.translated(field, lang).unwrap_or(original)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the translations without those of the entries of a list that changed: a translation names the place of its
    /// entry (`agenda/0/title`), and would be shown for another one.
    #[must_use]
    pub fn without_changed<T: PartialEq>(mut self, list: &str, before: &[T], after: &[T]) -> Self {
        let is_same = |place: usize| place >= before.len() || before.get(place) == after.get(place);
        let place_of = |field: &str| field.strip_prefix(list)?.strip_prefix('/')?.split('/').next()?.parse().ok();
        for texts in self.0.values_mut() {
            texts.retain(|field, _| place_of(field).is_none_or(is_same));
        }
        self.0.retain(|_, texts| !texts.is_empty());
        self
    }

    /// Returns the value of the column: JSON, or None without any translation.
    pub fn stored(&self) -> Option<String> {
        if self.is_empty() { None } else { serde_json::to_string(&self.0).ok() }
    }

    /// Reads the value of the column.
    pub fn of_stored(column: Option<String>) -> Self {
        Self(column.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Checks languages, fields and texts. `fields` are the free texts of the record; `*` is a place in a list.
    pub fn check(&self, fields: &[&str], faults: &mut Faults) {
        for (language, texts) in &self.0 {
            let at = format!("/translations/{}", escaped(language));
            if language.parse::<Lang>().is_err() {
                faults.add(&at, "unknown_field");
                continue;
            }
            faults.items(&at, texts.len(), MAX_TEXTS);
            for (field, text) in texts {
                let at = format!("{at}/{}", escaped(field));
                if fields.iter().any(|known| is_at(field, known)) {
                    faults.text(&at, text, MAX_TEXT);
                } else {
                    faults.add(at, "unknown_field");
                }
            }
        }
    }
}

/// Texts of several records with their translations, by the text itself: language, text, translation. A document that is made
/// from it alone names everything in its language.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct TranslatedTexts(BTreeMap<String, BTreeMap<String, String>>);

impl TranslatedTexts {
    /// Adds the translations of a field of a record; `own` is its text.
    pub fn add(&mut self, translations: &Translations, field: &str, own: &str) {
        for (language, texts) in &translations.0 {
            if let Some(text) = texts.get(field).filter(|text| *text != own) {
                let known = self.0.entry(language.clone()).or_default();
                // Of two translations of one text, the smaller counts, in whatever order they come.
                let kept = known.get(own).filter(|other| *other < text).unwrap_or(text).clone();
                known.insert(own.to_owned(), kept);
            }
        }
    }

    /// Adds the translations of other texts. Those that are there stay.
    pub fn extend(&mut self, other: Self) {
        for (language, texts) in other.0 {
            let own = self.0.entry(language).or_default();
            texts.into_iter().for_each(|(text, translation)| {
                own.entry(text).or_insert(translation);
            });
        }
    }

    /// Returns the translation of a text into a language, else the text itself.
    pub fn of<'t>(&'t self, lang: Lang, own: &'t str) -> &'t str {
        self.0.get(lang.as_str()).and_then(|texts| texts.get(own)).map_or(own, String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Checks the note and the translations of a record.
pub fn check_remarks(note: Option<&String>, translations: &Translations, fields: &[&str], faults: &mut Faults) {
    faults.opt_text("/note", note, MAX_NOTE);
    translations.check(fields, faults);
}

/// Returns true if a path has the form of a known one, in which `*` is a number.
fn is_at(path: &str, known: &str) -> bool {
    let (mut path, mut known) = (path.split('/'), known.split('/'));
    loop {
        match (path.next(), known.next()) {
            (None, None) => return true,
            (Some(part), Some("*")) if is_number(part) => {}
            (Some(part), Some(expected)) if part == expected => {}
            _ => return false,
        }
    }
}

fn is_number(text: &str) -> bool {
    let is_short = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_short && (text == "0" || !text.starts_with('0'))
}

impl Deserr<Faults> for Translations {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        let languages = ByKey::<ByKey<String>>::deserialize_from_value(value, at)?;
        let used = languages.0.into_iter().filter(|(_, texts)| !texts.is_empty());
        Ok(Self(used.map(|(language, texts)| (language, texts.0)).collect()))
    }
}

impl utoipa::PartialSchema for Translations {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(MAX_TEXT));
        let texts = ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(text))
            .description(Some("The translated texts, by field."))
            .build();
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("en", texts.clone())
            .property("es", texts)
            .description(Some(
                "Texts of the record in other languages, by language and field. A field in a list or an object is a \
                 path: `participants/audience`, `evidence/0/title`. A `PATCH` replaces a language as a whole; `null` \
                 removes it. Left out when there are none.",
            ))
            .examples([serde_json::json!({"en": {"title": "Training on forced labour"}})])
            .into()
    }
}

impl utoipa::ToSchema for Translations {}

#[cfg(test)]
mod tests {
    use super::*;

    fn translations(value: serde_json::Value) -> Translations {
        deserr::deserialize::<Translations, _, Faults>(value).unwrap()
    }

    #[test]
    fn a_field_without_translation_keeps_its_own_text() {
        let found = translations(serde_json::json!({"en": {"title": "Seminar"}}));
        assert_eq!(found.or_original("title", Lang::En, "Seminario"), "Seminar");
        assert_eq!(found.or_original("title", Lang::Es, "Seminario"), "Seminario");
        assert_eq!(found.translated("result", Lang::En), None);
    }

    #[test]
    fn texts_of_several_records_are_found_by_the_text() {
        let mut texts = TranslatedTexts::default();
        texts.add(&translations(serde_json::json!({"en": {"name": "Ministry"}})), "name", "Ministerio");
        texts.add(&translations(serde_json::json!({"en": {"title": "x"}})), "name", "Mesa");
        assert_eq!((texts.of(Lang::En, "Ministerio"), texts.of(Lang::Es, "Ministerio")), ("Ministry", "Ministerio"));
        assert_eq!(texts.of(Lang::En, "Mesa"), "Mesa");
    }

    #[test]
    fn only_known_fields_and_languages_are_translated() {
        let found = translations(serde_json::json!({
            "en": {"title": "Seminar", "evidence/0/title": "Minutes", "evidence/01/title": "x", "code": "x"},
            "fr": {"title": "Séminaire"},
        }));
        let mut faults = Faults::default();
        found.check(&["title", "evidence/*/title"], &mut faults);
        let places: Vec<_> = faults.list.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(places, ["/translations/en/code", "/translations/en/evidence~101~1title", "/translations/fr"]);
    }

    #[test]
    fn the_column_holds_them_as_json() {
        let found = translations(serde_json::json!({"en": {"title": "Seminar"}}));
        assert_eq!(Translations::of_stored(found.stored()), found);
        assert_eq!(Translations::default().stored(), None);
    }

    #[test]
    fn a_language_without_texts_is_left_out() {
        assert!(translations(serde_json::json!({"en": {}})).is_empty());
    }
}
