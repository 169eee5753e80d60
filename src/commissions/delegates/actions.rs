//! Entering, changing and removing delegates.

use super::model::{Delegate, DelegateInput};
use super::store;
use crate::access::check_institutions;
use crate::audit;
use crate::clock::new_id;
use crate::commissions::scope;
use crate::db::{CommissionId, DelegateId, Tx};
use crate::error::Result;
use crate::identity::{Actor, users_by_id};

pub fn create(tx: &mut Tx<'_>, actor: &Actor, commission: CommissionId, input: DelegateInput) -> Result<Delegate> {
    let target = scope::kept(tx.conn, actor, commission)?;
    check_references(tx, commission, &input, None)?;
    let made = Delegate {
        id: new_id(tx.now),
        commission_id: commission,
        fields: input,
        created_at: tx.now,
        updated_at: tx.now,
    };
    store::insert(tx.conn, &made)?;
    audit::created(tx, "delegate", made.id, Some(&target.country_code), &made)?;
    Ok(made)
}

pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: DelegateId,
    input: DelegateInput,
) -> Result<Delegate> {
    let target = scope::kept(tx.conn, actor, commission)?;
    let before = store::find(tx.conn, commission, id)?;
    check_references(tx, commission, &input, Some(&before.fields))?;
    let after = Delegate { fields: input, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "delegate", id, Some(&target.country_code), &before, &after)?;
    Ok(after)
}

/// Removes what was entered by mistake; a delegate who has gone gets a last day instead.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, delegate: Delegate) -> Result<()> {
    let target = scope::kept(tx.conn, actor, delegate.commission_id)?;
    store::delete(tx.conn, delegate.id)?;
    audit::deleted(tx, "delegate", delegate.id, Some(&target.country_code), &delegate)
}

/// Checks the references: a user must represent the institution in the commission. A user who was entered earlier may
/// stay.
fn check_references(
    tx: &mut Tx<'_>,
    commission: CommissionId,
    input: &DelegateInput,
    before: Option<&DelegateInput>,
) -> Result<()> {
    let mut faults = tx.faults();
    let institution = ("/institution_id".to_owned(), input.institution_id);
    check_institutions(tx.conn, &[institution], &mut faults)?;
    let stays = before.is_some_and(|held| (held.user_id, held.institution_id) == (input.user_id, input.institution_id));
    if let Some(user) = input.user_id.filter(|_| !stays && !faults.is_unread("/institution_id")) {
        let found = users_by_id(tx.conn, &[user])?;
        if !found.iter().any(|user| user.represents(input.institution_id, commission)) {
            faults.add("/user_id", "unknown_reference");
        }
    }
    faults.into_result()
}
