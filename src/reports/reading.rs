//! What is read of reports beside the report itself: one question, the cover, the suggestions of a plan.

use super::actions::Sketch;
use super::model::{QuestionAsked, Report};
use super::records::{Item, Roadmap};
use super::suggestions::{Evidence, Suggestions, suggest};
use super::words::Words;
use super::{actions, store};
use crate::access::{Reach, country_zone};
use crate::clock::Instant;
use crate::db::{Db, PlanId, ReportId};
use crate::error::{Code, Result};
use crate::i18n::Lang;
use crate::plans::PlanItemKind;

/// One question of a report with its answer.
pub fn question(conn: &mut Db, reach: &Reach, lang: Lang, id: ReportId, key: &str) -> Result<QuestionAsked> {
    let report = actions::find(conn, reach, lang, id)?;
    report.form.question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

/// The report with what stands on its cover.
pub fn with_cover(conn: &mut Db, reach: &Reach, lang: Lang, id: ReportId) -> Result<Sketch> {
    let Report { fields, form, .. } = actions::find(conn, reach, lang, id)?;
    let (country_name, roadmap_title) = store::cover(conn, &fields.country_code, fields.roadmap_id)?;
    Ok(Sketch { fields, form, country_name, roadmap_title })
}

/// What the record suggests today for each next step of a plan, as far as the reader may know the record.
pub fn suggestions(conn: &mut Db, reach: &Reach, lang: Lang, id: PlanId, now: Instant) -> Result<Suggestions> {
    let plan = crate::plans::find_plan(conn, reach, id)?;
    let country = plan.fields.country_code;
    let today = country_zone(conn, &country)?.map_or_else(|| now.utc().date_naive(), |zone| now.day_in(zone));
    let roadmap = Roadmap { title: plan.fields.title, items: store::items(conn, id)? };
    let mut activities = store::activities_of(conn, &country)?;
    let mut commitments = store::commitments_of(conn, &country)?;
    activities.retain(|one| {
        let parties: Vec<_> = one.parties().collect();
        reach.knows_record(&country, &one.commission_ids, one.restricted, &parties)
    });
    commitments.retain(|one| {
        let responsible: Vec<_> = one.assignments.iter().map(|assignment| assignment.institution_id).collect();
        reach.knows_record(&country, &one.commission_ids, one.restricted, &responsible)
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
