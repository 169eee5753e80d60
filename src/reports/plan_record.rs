//! A plan with what the records contain about each of its items, for its page.

use std::collections::HashMap;

use super::approved::approved_titles;
use super::reading::records_for;
use super::stored_answers::store::answers_of_all;
use super::suggestions::{Evidence, Suggestion};
use super::{reading, suggestions};
use crate::access::{CommissionRef, Visibility, commission_refs, may_coordinate};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, PlanId, PlanItemId, ReportId, grouped};
use crate::directory::institution_names;
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::indicators::{MeasuredIndicator, indicators_of_plans};
use crate::plans::{ItemStatus, Plan, PlanItem, find_plan, items_of_plans};

/// A plan with its items and the records about them.
pub(super) struct PlanRecord {
    pub plan: Plan,
    /// In the order of their positions.
    pub items: Vec<ItemRecord>,
    pub commissions: Vec<CommissionRef>,
    pub institutions: HashMap<InstitutionId, String>,
    /// The reader may change the plan.
    pub is_own: bool,
}

/// An item with the number of records that serve it, and the suggestion for a next step.
pub(super) struct ItemRecord {
    pub item: PlanItem,
    /// Validated activities that name the item.
    pub activities: usize,
    /// Commitments that name the item and are not cancelled.
    pub commitments: usize,
    pub suggestion: Option<Suggestion>,
    /// The status of a next step in the last approved report that asks about it, for those who know the country.
    pub reported: Option<ReportedStatus>,
    pub indicators: Vec<MeasuredIndicator>,
}

/// The status of a next step in an approved report.
pub(super) struct ReportedStatus {
    pub report: ReportId,
    pub title: String,
    pub status: ItemStatus,
}

crate::nothing_restricted!(PlanRecord);

/// Returns the status of each next step in the last approved report on the plan that asks about it.
fn reported_statuses(conn: &mut Db, lang: Lang, plan: &Plan) -> Result<HashMap<PlanItemId, ReportedStatus>> {
    let mut reports = approved_titles(conn, &[&plan.fields.country_code], lang)?;
    reports.retain(|report| report.roadmap_id == plan.id);
    let ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
    let answers = answers_of_all(conn, &ids)?;
    let mut found = HashMap::new();
    // The last report comes first.
    for report in reports.iter().rev() {
        for (key, answer) in answers.get(&report.id).into_iter().flatten() {
            let step = key.strip_prefix("next_step_status:").and_then(|id| id.parse().ok());
            let status = answer.choices.first().and_then(|choice| choice.parse().ok());
            if let (Some(step), Some(status)) = (step, status) {
                found.insert(step, ReportedStatus { report: report.id, title: report.title.clone(), status });
            }
        }
    }
    Ok(found)
}

/// Loads a plan with the records about its items that the reader may see, in a constant number of statements.
pub(super) fn plan_record(conn: &mut Db, actor: &Actor, id: PlanId, now: Instant) -> Result<PlanRecord> {
    let visibility = Visibility::of(actor);
    let plan = find_plan(conn, &visibility, id)?;
    let items = items_of_plans(conn, &[id])?;
    let (activities, commitments) = records_for(conn, &visibility, &plan.fields.country_code)?;
    let suggestions: suggestions::Suggestions = reading::suggestions(conn, &visibility, actor.language, id, now)?;
    let mut suggested: HashMap<PlanItemId, Suggestion> =
        suggestions.items.into_iter().map(|one| (one.plan_item_id, one)).collect();
    let mut reported = match visibility.knows_country(&plan.fields.country_code) {
        true => reported_statuses(conn, actor.language, &plan)?,
        false => HashMap::new(),
    };
    let today = now.utc().date_naive();
    let mut measured =
        grouped(indicators_of_plans(conn, &[id])?.into_iter().map(|one| (one.indicator.fields.plan_item_id, one)));
    let responsible: Vec<InstitutionId> =
        items.iter().flat_map(|item| item.fields.responsible_ids.iter().copied()).collect();
    let records = items.into_iter().map(|item| {
        let evidence = Evidence::gather(&activities, &commitments, &[item.id], (None, today));
        ItemRecord {
            activities: evidence.activities.len(),
            commitments: evidence.commitments.len(),
            suggestion: suggested.remove(&item.id),
            reported: reported.remove(&item.id),
            indicators: measured.remove(&item.id).unwrap_or_default(),
            item,
        }
    });
    let items = records.collect();
    let institutions = institution_names(conn, responsible)?;
    let mut refs = commission_refs(conn, &plan.fields.commission_ids)?;
    let commissions = plan.fields.commission_ids.iter().filter_map(|id| refs.remove(id)).collect();
    Ok(PlanRecord { is_own: may_coordinate(actor, &plan.fields.country_code), institutions, commissions, items, plan })
}
