//! Entering, changing and removing commissions.

use super::model::{Commission, CommissionInput};
use super::store;
use crate::access::{Visibility, commission_refs, makes_a_cycle, target_country};
use crate::audit;
use crate::clock::new_id;
use crate::commissions::policy;
use crate::commissions::states::set_state_today;
use crate::db::dispatch::{lock_name, lock_row};
use crate::db::{CommissionId, Db, Tx};
use crate::error::{Faults, Result};
use crate::identity::Actor;

pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: CommissionInput) -> Result<Commission> {
    let mut faults = tx.faults();
    target_country(tx.conn, actor, &input.country_code, &mut faults)?;
    check_parent(tx.conn, actor, None, &input, &mut faults)?;
    faults.into_result()?;
    let id = new_id(tx.now);
    store::insert(tx.conn, id, &input, tx.now)?;
    let made = store::find(tx.conn, &Visibility::everything(), id, tx.now)?;
    audit::created(tx, "commission", id, Some(&made.fields.country_code), &made)?;
    Ok(made)
}

/// Changes what is stated; a dated operational state goes on deciding.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: CommissionId, input: CommissionInput) -> Result<Commission> {
    if input.parent_id.is_some() {
        lock_name(tx.conn, "the parents of commissions")?;
    }
    lock_row(tx.conn, "commissions", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id, tx.now)?;
    policy::permit_steering(actor, &before.fields.country_code)?;
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

/// The same where a person names the operational state: another one than today's holds from today on, as a dated entry.
/// What was stated, and the history, stay.
pub fn update_with_state(
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

/// 409 `in_use` when anything depends on it, its members and its history included.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, commission: Commission) -> Result<()> {
    policy::permit_steering(actor, &commission.fields.country_code)?;
    store::delete(tx.conn, commission.id)?;
    audit::deleted(tx, "commission", commission.id, Some(&commission.fields.country_code), &commission)
}

/// The parent must be one that the actor may know, of the same country, and no part of the commission itself.
fn check_parent(
    conn: &mut Db,
    actor: &Actor,
    own: Option<CommissionId>,
    input: &CommissionInput,
    faults: &mut Faults,
) -> Result<()> {
    let Some(parent) = input.parent_id else { return Ok(()) };
    match commission_refs(conn, &[parent])?.get(&parent) {
        Some(above) if above.country_code == input.country_code => {
            let parents = store::parents(conn, &input.country_code)?;
            if own.is_some_and(|own| makes_a_cycle(own, parent, &parents)) {
                faults.add("/parent_id", "cycle");
            }
        }
        Some(above) if Visibility::of(actor).knows_commission(parent, &above.country_code) => {
            faults.add_comparison("/parent_id", "other_country", Vec::new());
        }
        _ => faults.add("/parent_id", "unknown_reference"),
    }
    Ok(())
}
