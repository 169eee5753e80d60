//! A plan with what the records contain about each of its items, for its page.

use std::collections::HashMap;

use super::reading::records_for;
use super::suggestions::{Evidence, Suggestion};
use super::{reading, suggestions};
use crate::access::{CommissionRef, Visibility, commission_refs, may_coordinate};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, PlanId, PlanItemId, grouped};
use crate::directory::institution_names;
use crate::error::Result;
use crate::identity::Actor;
use crate::indicators::{MeasuredIndicator, indicators_of_plans};
use crate::plans::{Plan, PlanItem, find_plan, items_of_plans};

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
    pub indicators: Vec<MeasuredIndicator>,
}

crate::nothing_restricted!(PlanRecord);

/// Loads a plan with the records about its items that the reader may see, in a constant number of statements.
pub(super) fn plan_record(conn: &mut Db, actor: &Actor, id: PlanId, now: Instant) -> Result<PlanRecord> {
    let visibility = Visibility::of(actor);
    let plan = find_plan(conn, &visibility, id)?;
    let items = items_of_plans(conn, &[id])?;
    let (activities, commitments) = records_for(conn, &visibility, &plan.fields.country_code)?;
    let suggestions: suggestions::Suggestions = reading::suggestions(conn, &visibility, actor.language, id, now)?;
    let mut suggested: HashMap<PlanItemId, Suggestion> =
        suggestions.items.into_iter().map(|one| (one.plan_item_id, one)).collect();
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
