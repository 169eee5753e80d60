//! The records in the language of a draft: texts with a translation are replaced by it.

use super::{Observation, Records};
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

/// Returns whether one of these texts is there without its translation.
fn lacks<'t>(
    translations: &Translations,
    lang: Lang,
    texts: impl IntoIterator<Item = (&'static str, &'t Option<String>)>,
) -> bool {
    let untranslated =
        |(field, text): (&str, &Option<String>)| text.is_some() && translations.translated(field, lang).is_none();
    texts.into_iter().any(untranslated)
}

impl Records {
    /// Returns the label of a cited record: its title or name. None for a kind that is cited by its code.
    pub(in crate::reports) fn label_of(&self, source: &Source) -> Option<String> {
        let is = |id: String| id == source.id;
        match source.kind {
            SourceKind::Activity => {
                self.activities.iter().find(|one| is(one.id.to_string())).map(|one| one.title.clone())
            }
            SourceKind::Agreement => {
                self.agreements.iter().find(|one| is(one.id.to_string())).map(|one| one.title.clone())
            }
            SourceKind::Meeting => self.meetings.iter().find(|one| is(one.id.to_string())).map(|one| one.title.clone()),
            SourceKind::Plan => self.plans.iter().find(|one| is(one.id.to_string())).map(|one| one.title.clone()),
            SourceKind::PlanItem => {
                let item = self.roadmap.items.iter().find(|one| is(one.step.id.to_string()));
                item.map(|one| one.step.title.clone())
            }
            SourceKind::Observation => {
                self.observations.iter().find(|one| is(one.id.to_string())).map(Observation::label)
            }
            SourceKind::Institution => {
                self.institutions.iter().find(|(id, _)| is(id.to_string())).map(|(_, one)| one.name.clone())
            }
            SourceKind::Commission => {
                self.commissions.iter().find(|one| is(one.id.to_string())).map(|one| one.label().to_owned())
            }
            SourceKind::Commitment | SourceKind::Report => None,
        }
    }

    /// Returns whether a cited record has a text without a translation into a language. Names of bodies need none.
    pub(in crate::reports) fn lacks_translation(&self, source: &Source, lang: Lang) -> bool {
        let is = |id: String| id == source.id;
        match source.kind {
            SourceKind::Activity => self.activities.iter().find(|one| is(one.id.to_string())).is_some_and(|one| {
                let title = Some(one.title.clone());
                let texts = [
                    ("title", &title),
                    ("description", &one.description),
                    ("result", &one.result),
                    ("expected_result", &one.expected_result),
                ];
                lacks(&one.translations, lang, texts)
            }),
            SourceKind::Agreement => self.agreements.iter().find(|one| is(one.id.to_string())).is_some_and(|one| {
                lacks(&one.translations, lang, [("title", &Some(one.title.clone())), ("text", &one.text)])
            }),
            SourceKind::Commitment => self
                .commitments
                .iter()
                .find(|one| is(one.id.to_string()))
                .is_some_and(|one| lacks(&one.translations, lang, [("text", &Some(one.text.clone()))])),
            SourceKind::Observation => self.observations.iter().find(|one| is(one.id.to_string())).is_some_and(|one| {
                let text = Some(one.text.clone());
                lacks(
                    &one.translations,
                    lang,
                    [("text", &text), ("response", &one.response), ("modality", &one.modality)],
                )
            }),
            SourceKind::PlanItem => {
                self.roadmap.items.iter().find(|one| is(one.step.id.to_string())).is_some_and(|one| {
                    lacks(
                        &one.translations,
                        lang,
                        [("title", &Some(one.step.title.clone())), ("comment", &one.comment)],
                    )
                })
            }
            _ => false,
        }
    }
}
