//! Creating, changing and deleting commissions.

use super::model::{Commission, CommissionInput};
use super::store;
use crate::access::{Visibility, commission_refs, makes_a_cycle, require_coordinator, target_country};
use crate::audit;
use crate::clock::new_id;
use crate::commissions::states::set_state_today;
use crate::db::dispatch::{lock_name, lock_row};
use crate::db::{CommissionId, Db, Tx};
use crate::error::{Faults, Result};
use crate::identity::Actor;

pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: CommissionInput) -> Result<Commission> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    check_parent(tx.conn, actor, None, &input, &mut faults)?;
    faults.into_result()?;
    let id = new_id(tx.now);
    store::insert(tx.conn, id, &input, tx.now)?;
    let commission = store::find(tx.conn, &Visibility::everything(), id, tx.now)?;
    audit::created(tx, "commission", id, Some(&commission.fields.country_code), &commission)?;
    Ok(commission)
}

/// Changes the given values. If there is a dated operational state, it still determines the state.
pub(crate) fn update(tx: &mut Tx<'_>, actor: &Actor, id: CommissionId, input: CommissionInput) -> Result<Commission> {
    if input.parent_id.is_some() {
        lock_name(tx.conn, "the parents of commissions")?;
    }
    lock_row(tx.conn, "commissions", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id, tx.now)?;
    require_coordinator(actor, &before.fields.country_code)?;
    let mut faults = tx.faults();
    if input.country_code != before.fields.country_code {
        faults.add("/country_code", "fixed");
    } else {
        check_parent(tx.conn, actor, Some(id), &input, &mut faults)?;
    }
    faults.into_result()?;
    store::update(tx.conn, id, &input, tx.now)?;
    let after = store::find(tx.conn, &Visibility::everything(), id, tx.now)?;
    audit::updated(tx, "commission", id, Some(&after.fields.country_code), &before, &after)?;
    Ok(after)
}

/// Changes a commission for a request that gives an operational state: if it differs from today's, a dated entry from
/// today on is added. The state given at creation and the history are not changed.
pub(super) fn update_with_state(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommissionId,
    mut input: CommissionInput,
) -> Result<Commission> {
    let wanted = input.operational_state;
    input.operational_state = store::find(tx.conn, &Visibility::of(actor), id, tx.now)?.input().operational_state;
    let after = update(tx, actor, id, input)?;
    if after.fields.operational_state == wanted {
        return Ok(after);
    }
    set_state_today(tx, actor, id, wanted)?;
    store::find(tx.conn, &Visibility::everything(), id, tx.now)
}

/// Deletes a commission; 409 `in_use` if anything depends on it, including its members and its history.
pub(super) fn delete(tx: &mut Tx<'_>, actor: &Actor, commission: Commission) -> Result<()> {
    require_coordinator(actor, &commission.fields.country_code)?;
    store::delete(tx.conn, commission.id)?;
    audit::deleted(tx, "commission", commission.id, Some(&commission.fields.country_code), &commission)
}

/// Checks that the parent is visible to the actor, of the same country, and not a part of the commission itself.
fn check_parent(
    conn: &mut Db,
    actor: &Actor,
    id: Option<CommissionId>,
    input: &CommissionInput,
    faults: &mut Faults,
) -> Result<()> {
    let Some(parent) = input.parent_id else { return Ok(()) };
    match commission_refs(conn, &[parent])?.get(&parent) {
        Some(found) if found.country_code == input.country_code => {
            let parents = store::parents(conn, &input.country_code)?;
            if id.is_some_and(|id| makes_a_cycle(id, parent, &parents)) {
                faults.add("/parent_id", "cycle");
            }
        }
        Some(found) if Visibility::of(actor).knows_commission(parent, &found.country_code) => {
            faults.add_comparison("/parent_id", "other_country", Vec::new());
        }
        _ => faults.add("/parent_id", "unknown_reference"),
    }
    Ok(())
}
