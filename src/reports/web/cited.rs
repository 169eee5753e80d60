//! The records that an answer cites, as its page offers them: a sentence to insert, and a link for those who may open it.

use std::collections::{HashMap, HashSet};

use crate::access::{Visibility, visible_commissions};
use crate::dates::PartialDate;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::plans::known_plans;
use crate::reports::answer::{Source, SourceKind};
use crate::reports::model::Report;
use crate::reports::records::{Agreement, Records};
use crate::reports::words::{Words, sentence};

/// The records that answers cite.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// The sentence about a record, by its id.
    sentences: HashMap<String, String>,
    /// The ids of the records that the reader may open; None for a reader who may open all.
    known: Option<HashSet<String>>,
    /// The ids of the records of the commissions that the reader may write for; None for a reader who may write all.
    writable: Option<HashSet<String>>,
}

impl Cited {
    pub(super) fn of(conn: &mut Db, actor: &Actor, report: &Report, records: &Records) -> Result<Self> {
        let visibility = Visibility::of(actor);
        let is_whole = visibility.knows_country(&report.fields.country_code);
        let (mut known, mut writable) = (None, None);
        if !is_whole {
            known = Some(known_records(conn, &visibility, report, records)?);
            writable = Some(known_records(conn, &Visibility::writable_by(actor), report, records)?);
        }
        let words = Words { lang: actor.language, country: &report.fields.country_code };
        let mut sentences = sentences(words, records);
        if let Some(known) = &known {
            sentences.retain(|id, _| known.contains(id));
        }
        Ok(Self { sentences, known, writable })
    }

    /// Returns true if the reader may open the page of a record.
    pub(super) fn may_open(&self, source: &Source) -> bool {
        self.known.as_ref().is_none_or(|known| known.contains(&source.id))
            || matches!(source.kind, SourceKind::Institution | SourceKind::Observation)
    }

    /// Returns true if the reader may correct a record. Plans and observations are corrected by the coordinator.
    pub(super) fn may_correct(&self, source: &Source) -> bool {
        let Some(writable) = &self.writable else { return true };
        match source.kind {
            SourceKind::Plan | SourceKind::PlanItem | SourceKind::Observation | SourceKind::Report => false,
            SourceKind::Institution => true,
            _ => writable.contains(&source.id),
        }
    }

    /// Returns the sentence about a record: its title, with its date and link if it has any.
    pub(super) fn sentence(&self, source: &Source) -> String {
        self.sentences.get(&source.id).cloned().unwrap_or_else(|| sentence(&source.label))
    }
}

fn known_records(
    conn: &mut Db,
    visibility: &Visibility,
    report: &Report,
    records: &Records,
) -> Result<HashSet<String>> {
    let country = report.fields.country_code.as_str();
    let mut known = HashSet::new();
    for one in &records.activities {
        let parties: Vec<_> = one.parties().collect();
        if visibility.knows_record(country, &one.commission_ids, one.restricted, &parties) {
            known.insert(one.id.to_string());
        }
    }
    for one in &records.commitments {
        let responsible: Vec<_> = one.assignments.iter().map(|assignment| assignment.institution_id).collect();
        if visibility.knows_record(country, &one.commission_ids, one.restricted, &responsible) {
            known.insert(one.id.to_string());
        }
    }
    for one in &records.meetings {
        if visibility.knows_record(country, &one.commission_ids, one.restricted, &[]) {
            known.insert(one.id.to_string());
        }
    }
    let of_known_meeting = |one: &&Agreement| one.meeting_id.is_some_and(|id| known.contains(&id.to_string()));
    let agreements: Vec<String> =
        records.agreements.iter().filter(of_known_meeting).map(|one| one.id.to_string()).collect();
    known.extend(agreements);
    known.extend(visible_commissions(conn, visibility)?.into_iter().map(|one| one.id.to_string()));
    let roadmap = report.fields.roadmap_id;
    let plans: Vec<_> = records.plans.iter().map(|one| one.id).chain([roadmap]).collect();
    let plans = known_plans(conn, visibility, &plans)?;
    known.extend(plans.iter().map(ToString::to_string));
    if plans.contains(&roadmap) {
        known.extend(records.roadmap.items.iter().map(|item| item.step.id.to_string()));
    }
    Ok(known)
}

fn sentences(words: Words<'_>, records: &Records) -> HashMap<String, String> {
    let mut sentences = HashMap::new();
    let mut add = |id: String, title: &str, date: Option<String>, link: Option<&String>| {
        let dated = date.map_or_else(|| title.to_owned(), |date| format!("{title} ({date})"));
        let linked = link.map_or_else(|| sentence(&dated), |link| format!("{} {link}", sentence(&dated)));
        sentences.insert(id, linked);
    };
    let title = |own: &String, translations: &crate::translations::Translations, lang: Lang| {
        translations.or_original("title", lang, own).to_owned()
    };
    for one in &records.activities {
        let date = one.starts.as_ref().map(|starts| words.dates(starts, one.ends.as_ref()));
        let link = one.evidence.iter().find_map(|proof| proof.url.as_ref());
        add(one.id.to_string(), &title(&one.title, &one.translations, words.lang), date, link);
    }
    for one in &records.agreements {
        let date = one.adopted.as_ref().map(|date| words.date(date));
        add(one.id.to_string(), &title(&one.title, &one.translations, words.lang), date, one.document_url.as_ref());
    }
    for one in &records.meetings {
        let date = words.dates(&PartialDate::day(one.held_from), Some(&PartialDate::day(one.held_to)));
        let link = one.documents.iter().find_map(|proof| proof.url.as_ref());
        add(one.id.to_string(), &title(&one.title, &one.translations, words.lang), Some(date), link);
    }
    sentences
}
