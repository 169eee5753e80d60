//! Entering, changing and removing dated operational states.

use super::model::{DatedState, OperationalState, OperationalStateInput};
use super::store;
use crate::audit;
use crate::clock::new_id;
use crate::commissions::scope;
use crate::dates::PartialDate;
use crate::db::{CommissionId, OperationalStateId, Tx};
use crate::error::Result;
use crate::identity::Actor;

pub fn create(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    input: OperationalStateInput,
) -> Result<DatedState> {
    let target = scope::steered(tx.conn, actor, commission)?;
    let entry = DatedState {
        id: new_id(tx.now),
        commission_id: commission,
        since_from: input.since.from(),
        since_to: input.since.to(),
        fields: input,
        created_at: tx.now,
        updated_at: tx.now,
    };
    store::insert(tx.conn, &entry)?;
    audit::created(tx, "operational_state", entry.id, Some(&target.country_code), &entry)?;
    Ok(entry)
}

pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: OperationalStateId,
    input: OperationalStateInput,
) -> Result<DatedState> {
    let target = scope::steered(tx.conn, actor, commission)?;
    let before = store::find(tx.conn, commission, id)?;
    let after = DatedState {
        since_from: input.since.from(),
        since_to: input.since.to(),
        fields: input,
        updated_at: tx.now,
        ..before.clone()
    };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "operational_state", id, Some(&target.country_code), &before, &after)?;
    Ok(after)
}

pub fn delete(tx: &mut Tx<'_>, actor: &Actor, entry: DatedState) -> Result<()> {
    let target = scope::steered(tx.conn, actor, entry.commission_id)?;
    store::delete(tx.conn, entry.id)?;
    audit::deleted(tx, "operational_state", entry.id, Some(&target.country_code), &entry)
}

/// An entry that makes this the commission's state from its today on.
pub fn set_state_today(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    state: OperationalState,
) -> Result<DatedState> {
    let today = scope::steered(tx.conn, actor, commission)?.today(tx.now);
    let input = OperationalStateInput { state, since: PartialDate::day(today), source: None };
    create(tx, actor, commission, input)
}
