//! Entering, changing and removing items of plans.

use super::model::{LAST_POSITION, PlanItem, PlanItemInput};
use super::store;
use crate::access::{Visibility, check_countries, check_institutions, makes_a_cycle, require_coordinator};
use crate::audit;
use crate::clock::new_id;
use crate::db::dispatch::lock_row;
use crate::db::{Db, PlanId, PlanItemId, Tx};
use crate::error::{Code, Error, Faults, Result};
use crate::identity::Actor;
use crate::plans::plan::{Plan, find_plan};

pub fn create(tx: &mut Tx<'_>, actor: &Actor, plan: PlanId, input: PlanItemInput) -> Result<PlanItem> {
    let plan = open(tx, actor, plan)?;
    let id = new_id(tx.now);
    let fields = settle(tx, &plan, id, input)?;
    let item = PlanItem { id, plan_id: plan.id, fields, created_at: tx.now, updated_at: tx.now };
    store::insert(tx.conn, &item)?;
    audit::created(tx, "plan_item", id, Some(&plan.fields.country_code), &item)?;
    Ok(item)
}

pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: PlanItemId, input: PlanItemInput) -> Result<PlanItem> {
    let at = store::by_ids(tx.conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    let plan = open(tx, actor, at.plan_id)?;
    let before = store::find(tx.conn, plan.id, id)?;
    let fields = settle(tx, &plan, id, input)?;
    let after = PlanItem { fields, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "plan_item", id, Some(&plan.fields.country_code), &before, &after)?;
    Ok(after)
}

/// 409 `in_use` while anything refers to it: its parts, activities, commitments, observations.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, item: PlanItem) -> Result<()> {
    let plan = open(tx, actor, item.plan_id)?;
    store::delete(tx.conn, item.id)?;
    audit::deleted(tx, "plan_item", item.id, Some(&plan.fields.country_code), &item)
}

/// The plan, held until the transaction ends: two items never take one position.
fn open(tx: &mut Tx<'_>, actor: &Actor, id: PlanId) -> Result<Plan> {
    lock_row(tx.conn, "plans", id)?;
    let plan = find_plan(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &plan.fields.country_code)?;
    Ok(plan)
}

/// Checks the references and gives the item its place.
fn settle(tx: &mut Tx<'_>, plan: &Plan, id: PlanItemId, mut input: PlanItemInput) -> Result<PlanItemInput> {
    let mut faults = tx.faults();
    let responsibles: Vec<_> =
        input.responsible_ids.iter().enumerate().map(|(n, id)| (format!("/responsible_ids/{n}"), *id)).collect();
    check_institutions(tx.conn, &responsibles, &mut faults)?;
    if let Some(parent) = input.parent_id {
        let in_plan = store::by_ids(tx.conn, &[parent])?.get(&parent).is_some_and(|item| item.plan_id == plan.id);
        if parent != id && !in_plan {
            faults.add("/parent_id", "unknown_reference");
        } else if makes_a_cycle(id, parent, &store::parents(tx.conn, plan.id)?) {
            faults.add("/parent_id", "cycle");
        }
    }
    if input.position.is_none() {
        let next = store::last_position(tx.conn, plan.id, id)?.map_or(1, |last| last.saturating_add(1));
        faults.within("/position", next, 0, LAST_POSITION);
        input.position = Some(next);
    }
    faults.into_result()?;
    match input.position {
        Some(position) if store::is_taken(tx.conn, plan.id, position, id)? => Err(Error::new(Code::Duplicate)),
        _ => Ok(input),
    }
}

/// References to items of plans: a fault for each that does not exist, may not be known, or is of another country.
pub fn known_plan_items(
    conn: &mut Db,
    visibility: &Visibility,
    country: &str,
    references: &[(String, PlanItemId)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<_> = references.iter().map(|(_, id)| *id).collect();
    let countries = store::countries(conn, visibility, &ids)?;
    check_countries(country, &countries, references, faults);
    Ok(())
}
