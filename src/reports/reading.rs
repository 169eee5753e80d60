//! What is read of reports beside the report itself: one question, the document, the suggestions of a plan.

use serde::Deserialize;
use utoipa::ToSchema;

use super::document::{Cover, markdown};
use super::model::QuestionAsked;
use super::records::{Item, Roadmap};
use super::suggestions::{Evidence, Suggestions, suggest};
use super::words::Words;
use super::{actions, store};
use crate::access::{Reach, country_zone};
use crate::clock::Instant;
use crate::db::{Db, PlanId, ReportId};
use crate::error::{Code, Error, Result};
use crate::i18n::Lang;
use crate::plans::PlanItemKind;

/// One question of a report with its answer.
pub fn question(conn: &mut Db, reach: &Reach, lang: Lang, id: ReportId, key: &str) -> Result<QuestionAsked> {
    let report = actions::find(conn, reach, lang, id)?;
    report.form.question(key).cloned().ok_or_else(|| Code::NotFound.into())
}

/// What a report can be had as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum Format {
    #[serde(rename = "md")]
    Markdown,
    #[serde(rename = "json")]
    Json,
}

/// A document on its way out.
pub struct Document {
    pub media_type: &'static str,
    pub file_name: String,
    pub body: String,
}

pub fn document(conn: &mut Db, reach: &Reach, lang: Lang, id: ReportId, format: Format) -> Result<Document> {
    let report = actions::find(conn, reach, lang, id)?;
    let fields = &report.fields;
    let name = format!("{}-{}-{}", fields.country_code.to_lowercase(), fields.period_from, fields.period_to);
    let words = Words { lang, country: &fields.country_code };
    Ok(match format {
        Format::Json => Document {
            media_type: "application/json",
            file_name: format!("{name}.json"),
            body: serde_json::to_string(&report).map_err(Error::internal)?,
        },
        Format::Markdown => {
            let (country, roadmap) = store::cover(conn, &fields.country_code, fields.roadmap_id)?;
            let period = (fields.period_from, fields.period_to);
            let cover = Cover { country: &country, roadmap: &roadmap, period };
            Document {
                media_type: "text/markdown; charset=utf-8",
                file_name: format!("{name}.md"),
                body: markdown(words, cover, &report.form),
            }
        }
    })
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
