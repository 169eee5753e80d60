//! Entering, changing and removing plans.

use super::model::{Plan, PlanInput};
use super::store;
use crate::access::{Visibility, require_coordinator, same_country, target_commissions, target_country};
use crate::audit;
use crate::clock::new_id;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, PlanId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: PlanInput) -> Result<Plan> {
    check_references(tx, actor, &[], &input)?;
    let plan = Plan::new(new_id(tx.now), input, tx.now, tx.now);
    store::insert(tx.conn, &plan)?;
    audit::created(tx, "plan", plan.id, Some(&plan.fields.country_code), &plan)?;
    Ok(plan)
}

/// 409 `in_use` when a plan that has items is to move to another country.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: PlanId, input: PlanInput) -> Result<Plan> {
    lock_row(tx.conn, "plans", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &before.fields.country_code)?;
    check_references(tx, actor, &before.fields.commission_ids, &input)?;
    if before.fields.country_code != input.country_code && store::has_items(tx.conn, id)? {
        return Err(Code::InUse.into());
    }
    let after = Plan::new(id, input, before.created_at, tx.now);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "plan", id, Some(&after.fields.country_code), &before, &after)?;
    Ok(after)
}

/// 409 `in_use` while it has items or a report is written on it.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, plan: Plan) -> Result<()> {
    require_coordinator(actor, &plan.fields.country_code)?;
    store::delete(tx.conn, plan.id)?;
    audit::deleted(tx, "plan", plan.id, Some(&plan.fields.country_code), &plan)
}

fn check_references(tx: &mut Tx<'_>, actor: &Actor, held: &[CommissionId], input: &PlanInput) -> Result<()> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    let named = ("/commission_ids", input.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, named, held, &mut faults)?;
    same_country(&input.country_code, &input.commission_ids, &targets, &mut faults);
    faults.into_result()
}
