//! Drafting: the answers that the records give to every question, stored with a report or returned without storing.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::answer::Source;
use super::content::ReportContent;
use super::cover::commissions_of;
use super::drafting::draft_answers;
use super::findings::notes;
use super::form::{form_of, with_questions};
use super::model::{ReportInput, Template};
use super::records::Records;
use super::snapshots::Contents;
use super::store;
use super::stored_answers::StoredAnswer;
use super::wording;
use crate::access::country_day;
use crate::clock::Instant;
use crate::db::{Db, PlanId};
use crate::error::{Code, Error, Faults, Result};
use crate::i18n::Lang;
use crate::plans::PlanKind;

/// Loads the records that a report is drafted from. Without a moment, the draft is made as of the period's end.
pub(super) fn load_records(conn: &mut Db, fields: &ReportInput, now: Option<Instant>) -> Result<Records> {
    let name = store::country_name(conn, &fields.country_code)?;
    let mut records = Records::load(conn, name, &fields.country_code, fields.roadmap_id)?;
    records.today = now.map(|now| country_day(conn, &fields.country_code, now)).transpose()?;
    records.previous = store::previous(conn, &fields.country_code, fields.period_from)?;
    Ok(records)
}

/// Drafts the answer to each of a report's questions in every language, with the problems of the cited records.
pub(super) fn drafts(records: &Records, fields: &ReportInput) -> Vec<(String, StoredAnswer)> {
    let period = (fields.period_from, fields.period_to);
    let mut drafts = with_questions(fields, &records.roadmap, |asked| {
        let mut versions: Vec<_> =
            Lang::ALL.iter().map(|lang| (*lang, draft_answers(records, *lang, period, asked).into_iter())).collect();
        let mut drafts = Vec::new();
        for one in asked {
            let each = versions.iter_mut().filter_map(|(lang, list)| list.next().map(|drafted| (*lang, drafted)));
            let each: Vec<_> = each.collect();
            let notes = each.first().map(|(_, drafted)| notes(records, period, one, drafted));
            let mut stored = StoredAnswer::drafted(each);
            stored.evidence.notes = notes.unwrap_or_default();
            drafts.push((one.key.clone(), stored));
        }
        drafts
    });
    let contents = Contents::of(records, drafts.iter().flat_map(|(_, stored)| &stored.sources));
    label(records, &mut drafts);
    for (_, stored) in &mut drafts {
        let sources = stored.sources.iter().map(|source| (source.clone(), contents.fingerprint(source)));
        stored.evidence.sources = sources.collect();
    }
    drafts
}

/// Adds the labels of the cited records in the languages into which they are translated.
fn label(records: &Records, drafts: &mut [(String, StoredAnswer)]) {
    for lang in Lang::ALL {
        let translated = records.in_language(*lang).labels();
        for (_, stored) in drafts.iter_mut() {
            let cited = stored.sources.iter().chain(stored.evidence.notes.iter().flat_map(|note| &note.records));
            let label = |source: &Source| {
                let label = translated.of(source).filter(|label| *label != source.label)?;
                Some((source.id.clone(), label.to_owned()))
            };
            let labels: HashMap<String, String> = cited.filter_map(label).collect();
            if !labels.is_empty() {
                stored.evidence.labels.insert(*lang, labels);
            }
        }
    }
}

/// Drafts the annual report of a period without storing it, on the roadmap named or else on the one in force.
///
/// When none or several are in force, the error states it and names them.
pub fn draft_report(
    conn: &mut Db,
    country: &str,
    (from, to): (NaiveDate, NaiveDate),
    roadmap: Option<PlanId>,
    lang: Lang,
) -> Result<ReportContent> {
    let roadmap_id = match roadmap {
        Some(id) => id,
        None => the_roadmap_in_force(conn, country, (from, to), lang)?,
    };
    let fields = ReportInput {
        country_code: country.to_owned(),
        template: Template::Alliance87Annual,
        period_from: from,
        period_to: to,
        roadmap_id,
        first_report: false,
    };
    let mut faults = Faults::default();
    check_roadmap(conn, &fields, &mut faults)?;
    if !faults.is_empty() {
        return Err(unavailable(lang, "report-no-such-roadmap", country, &[]));
    }
    let records = load_records(conn, &fields, None)?;
    let answers = drafts(&records, &fields).into_iter().collect();
    let form = form_of(&fields, &records.roadmap, &answers, lang);
    let commissions = commissions_of(&records.in_language(lang), &form);
    let (country_name, roadmap_title) = (records.country_name, records.roadmap.title);
    let mut content =
        ReportContent { fields, form, country_name, roadmap_title, commissions, issue: None, form_texts: None };
    wording::word(conn, &mut content, lang)?;
    Ok(content)
}

/// Checks that the roadmap is a plan of that kind, of the country.
pub(super) fn check_roadmap(conn: &mut Db, input: &ReportInput, faults: &mut Faults) -> Result<()> {
    match store::plan_of(conn, input.roadmap_id)? {
        Some((country, _)) if country != input.country_code => {
            faults.add_comparison("/roadmap_id", "other_country", Vec::new())
        }
        Some((_, PlanKind::Roadmap)) => {}
        _ => faults.add("/roadmap_id", "unknown_reference"),
    }
    Ok(())
}

fn the_roadmap_in_force(conn: &mut Db, country: &str, period: (NaiveDate, NaiveDate), lang: Lang) -> Result<PlanId> {
    let found = store::roadmaps_in_force(conn, country, period)?;
    match found.as_slice() {
        [(id, _)] => Ok(*id),
        [] => Err(unavailable(lang, "report-no-roadmap", country, &[])),
        several => Err(unavailable(lang, "report-several-roadmaps", country, several)),
    }
}

fn unavailable(lang: Lang, key: &str, country: &str, roadmaps: &[(PlanId, String)]) -> Error {
    let names: Vec<String> = roadmaps.iter().map(|(id, title)| format!("{id} ({title})")).collect();
    let args = [("country", country.to_owned()), ("roadmaps", names.join("; "))];
    let reason = crate::i18n::text(lang, key, &args);
    Error::new(Code::NotAvailable).arg("reason", &reason).because(reason)
}
