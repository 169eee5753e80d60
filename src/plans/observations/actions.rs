//! Entering, changing and removing observations.

use super::model::{Observation, ObservationInput};
use super::store;
use crate::access::{Visibility, require_coordinator, same_country, target_commissions, target_country};
use crate::audit;
use crate::clock::new_id;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, ObservationId, Tx};
use crate::error::Result;
use crate::identity::Actor;
use crate::plans::items::known_plan_items;

pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: ObservationInput) -> Result<Observation> {
    check_references(tx, actor, &[], &input)?;
    let observation = Observation::new(new_id(tx.now), input, tx.now, tx.now);
    store::insert(tx.conn, &observation)?;
    audit::created(tx, "observation", observation.id, Some(&observation.fields.country_code), &observation)?;
    Ok(observation)
}

pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: ObservationId, input: ObservationInput) -> Result<Observation> {
    lock_row(tx.conn, "observations", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &before.fields.country_code)?;
    check_references(tx, actor, &before.fields.commission_ids, &input)?;
    let after = Observation::new(id, input, before.created_at, tx.now);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "observation", id, Some(&after.fields.country_code), &before, &after)?;
    Ok(after)
}

pub fn delete(tx: &mut Tx<'_>, actor: &Actor, observation: Observation) -> Result<()> {
    require_coordinator(actor, &observation.fields.country_code)?;
    store::delete(tx.conn, observation.id)?;
    audit::deleted(tx, "observation", observation.id, Some(&observation.fields.country_code), &observation)
}

fn check_references(tx: &mut Tx<'_>, actor: &Actor, held: &[CommissionId], input: &ObservationInput) -> Result<()> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    let named = ("/commission_ids", input.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, named, held, &mut faults)?;
    same_country(&input.country_code, &input.commission_ids, &targets, &mut faults);
    let items: Vec<_> =
        input.plan_item_ids.iter().enumerate().map(|(n, id)| (format!("/plan_item_ids/{n}"), *id)).collect();
    known_plan_items(tx.conn, &Visibility::of(actor), &input.country_code, &items, &mut faults)?;
    faults.into_result()
}
