//! What is read of reports beside the report itself: one question, the cover, the suggestions of a plan.

use serde_json::Value;

use super::actions::Sketch;
use super::comparison::{Comparison, compare};
use super::frozen::Snapshot;
use super::model::{QuestionAsked, Report};
use super::records::{Item, Roadmap};
use super::suggestions::{Evidence, Suggestions, suggest};
use super::words::Words;
use super::{actions, store};
use crate::access::{Visibility, country_zone};
use crate::clock::Instant;
use crate::db::{Db, PlanId, ReportId};
use crate::error::{Code, Error, Result};
use crate::i18n::Lang;
use crate::plans::PlanItemKind;

/// One question of a report with its answer.
pub fn question(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId, key: &str) -> Result<QuestionAsked> {
    let report = actions::find(conn, visibility, lang, id)?;
    report.form.question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

/// The report with what stands on its cover: the names of today, or those under which it was approved.
pub fn with_cover(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Sketch> {
    let Report { fields, form, cover, .. } = actions::find(conn, visibility, lang, id)?;
    let (country_name, roadmap_title) = match cover {
        Some(cover) => (cover.country, cover.roadmap),
        None => store::cover(conn, &fields.country_code, fields.roadmap_id)?,
    };
    Ok(Sketch { fields, form, country_name, roadmap_title })
}

/// This report beside the country's last one before it.
pub fn comparison(conn: &mut Db, visibility: &Visibility, lang: Lang, id: ReportId) -> Result<Comparison> {
    let report = actions::find(conn, visibility, lang, id)?;
    let last = store::last_before(conn, &report.fields.country_code, report.fields.period_from)?;
    let previous = last.map(|head| actions::find(conn, visibility, lang, head.id)).transpose()?;
    Ok(compare(previous.as_ref(), &report))
}

/// The frozen copy of an approved report; a draft has none.
pub fn snapshot(conn: &mut Db, visibility: &Visibility, id: ReportId) -> Result<Snapshot> {
    let sha256 = store::find(conn, visibility, id)?.snapshot.ok_or(Code::NotFound)?;
    let report: Value = serde_json::from_str(&store::snapshot(conn, &sha256)?).map_err(Error::internal)?;
    let records = report.get("records").and_then(Value::as_str).unwrap_or_default();
    let records = serde_json::from_str(&store::snapshot(conn, records)?).map_err(Error::internal)?;
    Ok(Snapshot { sha256, report, records })
}

/// What the record suggests today for each next step of a plan, as far as the reader may know the record.
pub fn suggestions(
    conn: &mut Db,
    visibility: &Visibility,
    lang: Lang,
    id: PlanId,
    now: Instant,
) -> Result<Suggestions> {
    let plan = crate::plans::find_plan(conn, visibility, id)?;
    let country = plan.fields.country_code;
    let today = country_zone(conn, &country)?.map_or_else(|| now.utc().date_naive(), |zone| now.day_in(zone));
    let roadmap = Roadmap { title: plan.fields.title, items: store::items(conn, id)? };
    let mut activities = store::activities_of(conn, &country)?;
    let mut commitments = store::commitments_of(conn, &country)?;
    activities.retain(|one| {
        let parties: Vec<_> = one.parties().collect();
        visibility.knows_record(&country, &one.commission_ids, one.restricted, &parties)
    });
    commitments.retain(|one| {
        let responsible: Vec<_> = one.assignments.iter().map(|assignment| assignment.institution_id).collect();
        visibility.knows_record(&country, &one.commission_ids, one.restricted, &responsible)
    });
    let words = Words { lang, country: &country };
    let each = |item: &Item| {
        let branch = roadmap.branch(item.step.id);
        let until = item.step.period_to.map_or(today, |end| end.min(today));
        let evidence = Evidence::gather(&activities, &commitments, &branch, (item.step.period_from, until));
        suggest(item, &evidence, today, words)
    };
    let steps = roadmap.items.iter().filter(|item| item.kind == PlanItemKind::NextStep);
    Ok(Suggestions { items: steps.map(each).collect() })
}
