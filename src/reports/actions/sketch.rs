//! Drafting: what the record answers to every question, kept with a report or shown as it is.

use chrono::NaiveDate;

use super::{check_roadmap, form_of, with_questions};
use crate::db::{Db, PlanId};
use crate::error::{Code, Error, Faults, Result};
use crate::i18n::Lang;
use crate::reports::drafting::draft;
use crate::reports::findings::notes;
use crate::reports::form::Kept;
use crate::reports::model::{Form, ReportInput, Template};
use crate::reports::records::{Contents, Records};
use crate::reports::store;

/// The record that a report is drafted from.
pub fn record_of(conn: &mut Db, fields: &ReportInput) -> Result<Records> {
    let mut records = store::records(conn, &fields.country_code, fields.roadmap_id)?;
    records.previous = store::previous(conn, &fields.country_code, fields.period_from)?;
    Ok(records)
}

/// What the record answers to each of a report's questions, in every language, and what the records behind it lack.
pub fn drafts(conn: &mut Db, fields: &ReportInput) -> Result<(Records, Vec<(String, Kept)>)> {
    let records = record_of(conn, fields)?;
    let period = (fields.period_from, fields.period_to);
    let mut drafts = with_questions(fields, &records.roadmap, |asked| {
        let mut versions: Vec<_> =
            Lang::ALL.iter().map(|lang| (*lang, draft(&records, *lang, period, asked).into_iter())).collect();
        let mut drafts = Vec::new();
        for one in asked {
            let each = versions.iter_mut().filter_map(|(lang, list)| list.next().map(|drafted| (*lang, drafted)));
            let each: Vec<_> = each.collect();
            let lacking = each.first().map(|(_, drafted)| notes(&records, period, one.question.key, drafted));
            let mut kept = Kept::drafted(each);
            kept.reading.notes = lacking.unwrap_or_default();
            drafts.push((one.key.clone(), kept));
        }
        drafts
    });
    let contents = Contents::of(&records, drafts.iter().flat_map(|(_, kept)| &kept.sources));
    for (_, kept) in &mut drafts {
        let printed = kept.sources.iter().map(|source| (source.clone(), contents.print(source)));
        kept.reading.sources = printed.collect();
    }
    Ok((records, drafts))
}

/// A report that is drafted and not stored: what the command line prints.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sketch {
    #[serde(flatten)]
    pub fields: ReportInput,
    #[serde(flatten)]
    pub form: Form,
    #[serde(skip)]
    pub country_name: String,
    #[serde(skip)]
    pub roadmap_title: String,
}

/// Drafts the annual report of a period without storing it, on the roadmap named or else on the one in force.
///
/// When none or several are in force, the error says so and names them.
pub fn sketch(
    conn: &mut Db,
    country: &str,
    (from, to): (NaiveDate, NaiveDate),
    roadmap: Option<PlanId>,
    lang: Lang,
) -> Result<Sketch> {
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
    let (records, drafts) = drafts(conn, &fields)?;
    let form = form_of(&fields, &records.roadmap, &drafts.into_iter().collect(), lang);
    Ok(Sketch { fields, form, country_name: records.country_name, roadmap_title: records.roadmap.title })
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

crate::nothing_restricted!(Sketch);
