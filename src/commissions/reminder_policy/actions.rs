//! Setting a reminder policy.

use super::model::ReminderPolicy;
use super::store;
use crate::audit;
use crate::commissions::scope;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, Tx};
use crate::error::Result;
use crate::identity::Actor;

/// Sets the whole policy of a commission.
pub fn set_reminder_policy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    policy: ReminderPolicy,
) -> Result<ReminderPolicy> {
    let target = scope::kept(tx.conn, actor, commission)?;
    lock_row(tx.conn, "commissions", commission)?;
    let before = store::find(tx.conn, commission)?;
    store::save(tx.conn, commission, &policy, tx.now)?;
    if before != policy {
        audit::updated(tx, "reminder_policy", commission, Some(&target.country_code), &before, &policy)?;
    }
    Ok(policy)
}
