//! The records in the language of a draft: texts with a translation are replaced by it.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Records;
use crate::i18n::Lang;
use crate::reports::answer::{Source, SourceKind};
use crate::translations::Translations;

/// Replaces a text by its translation, if there is one.
pub(super) fn put(text: &mut String, translations: &Translations, field: &str, lang: Lang) {
    if let Some(translated) = translations.translated(field, lang) {
        translated.clone_into(text);
    }
}

/// Replaces an optional text by its translation, if both are there.
pub(super) fn put_some(text: &mut Option<String>, translations: &Translations, field: &str, lang: Lang) {
    if let Some(text) = text {
        put(text, translations, field, lang);
    }
}

impl Records {
    /// Returns the records with their texts in a language, as far as they are translated.
    pub(in crate::reports) fn in_language(&self, lang: Lang) -> Self {
        let mut records = self.clone();
        records.activities.iter_mut().for_each(|one| one.translate(lang));
        records.agreements.iter_mut().for_each(|one| one.translate(lang));
        records.commitments.iter_mut().for_each(|one| one.translate(lang));
        records.commissions.iter_mut().for_each(|one| one.translate(lang));
        records.meetings.iter_mut().for_each(|one| one.translate(lang));
        records.institutions.values_mut().for_each(|one| one.translate(lang));
        records.observations.iter_mut().for_each(|one| one.translate(lang));
        records.plans.iter_mut().for_each(|one| one.translate(lang));
        records.roadmap.items.iter_mut().for_each(|one| one.translate(lang));
        records
    }
}

/// Returns true if one of these texts is there without its translation.
fn lacks(translations: &Translations, lang: Lang, texts: &[(&'static str, Option<&str>)]) -> bool {
    texts.iter().any(|(field, text)| text.is_some() && translations.translated(field, lang).is_none())
}

/// The kind and the id of a record.
type Key = (SourceKind, Uuid);

/// Returns the record that a source cites.
fn key_of(source: &Source) -> Option<Key> {
    source.id.parse().ok().map(|id| (source.kind, id))
}

/// The labels of the records that answers cite: their titles and names.
pub(in crate::reports) struct Labels(HashMap<Key, String>);

impl Labels {
    /// Returns the label of a cited record. None for a kind that is cited by its code.
    pub(in crate::reports) fn of(&self, source: &Source) -> Option<&str> {
        self.0.get(&key_of(source)?).map(String::as_str)
    }
}

impl Records {
    /// Returns the labels of all records that an answer can cite by title or name.
    pub(in crate::reports) fn labels(&self) -> Labels {
        let mut all: HashMap<Key, String> = HashMap::new();
        let mut add = |kind, id: Uuid, label: &str| drop(all.insert((kind, id), label.to_owned()));
        self.activities.iter().for_each(|one| add(SourceKind::Activity, one.id.into(), &one.title));
        self.agreements.iter().for_each(|one| add(SourceKind::Agreement, one.id.into(), &one.title));
        self.meetings.iter().for_each(|one| add(SourceKind::Meeting, one.id.into(), &one.title));
        self.plans.iter().for_each(|one| add(SourceKind::Plan, one.id.into(), &one.title));
        self.roadmap.items.iter().for_each(|one| add(SourceKind::PlanItem, one.step.id.into(), &one.step.title));
        self.observations.iter().for_each(|one| add(SourceKind::Observation, one.id.into(), &one.label()));
        self.institutions.iter().for_each(|(id, one)| add(SourceKind::Institution, (*id).into(), &one.name));
        self.commissions.iter().for_each(|one| add(SourceKind::Commission, one.id.into(), one.label()));
        Labels(all)
    }

    /// Returns those of these sources that have a text without a translation into a language. Names of bodies need none.
    pub(in crate::reports) fn without_translation(&self, sources: &[Source], lang: Lang) -> Vec<Source> {
        let cited: HashSet<Key> = sources.iter().filter_map(key_of).collect();
        if cited.is_empty() {
            return Vec::new();
        }
        let mut lacking: HashSet<Key> = HashSet::new();
        let mut check = |key: Key, translations: &Translations, texts: &[(&'static str, Option<&str>)]| {
            if cited.contains(&key) && lacks(translations, lang, texts) {
                lacking.insert(key);
            }
        };
        for one in &self.activities {
            let texts = [
                ("title", Some(one.title.as_str())),
                ("description", one.description.as_deref()),
                ("result", one.result.as_deref()),
                ("expected_result", one.expected_result.as_deref()),
            ];
            check((SourceKind::Activity, one.id.into()), &one.translations, &texts);
        }
        for one in &self.agreements {
            let texts = [("title", Some(one.title.as_str())), ("text", one.text.as_deref())];
            check((SourceKind::Agreement, one.id.into()), &one.translations, &texts);
        }
        for one in &self.commitments {
            check((SourceKind::Commitment, one.id.into()), &one.translations, &[("text", Some(&one.text))]);
        }
        for one in &self.observations {
            let texts = [
                ("text", Some(one.text.as_str())),
                ("response", one.response.as_deref()),
                ("modality", one.modality.as_deref()),
            ];
            check((SourceKind::Observation, one.id.into()), &one.translations, &texts);
        }
        for one in &self.roadmap.items {
            let texts = [("title", Some(one.step.title.as_str())), ("comment", one.comment.as_deref())];
            check((SourceKind::PlanItem, one.step.id.into()), &one.translations, &texts);
        }
        let is_lacking = |source: &&Source| key_of(source).is_some_and(|key| lacking.contains(&key));
        sources.iter().filter(is_lacking).cloned().collect()
    }
}
