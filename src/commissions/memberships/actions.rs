//! Entering, changing and removing memberships.

use super::model::{Membership, MembershipInput};
use super::store;
use crate::access::check_institutions;
use crate::audit;
use crate::clock::new_id;
use crate::commissions::scope;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, MembershipId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// 409 `overlapping_membership` where the institution is in the commission already on one of the days.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, commission: CommissionId, input: MembershipInput) -> Result<Membership> {
    let target = scope::kept(tx.conn, actor, commission)?;
    lock_row(tx.conn, "commissions", commission)?;
    let made = Membership {
        id: new_id(tx.now),
        commission_id: commission,
        fields: input,
        created_at: tx.now,
        updated_at: tx.now,
    };
    check(tx, &made)?;
    let made = made.shown();
    store::insert(tx.conn, &made)?;
    audit::created(tx, "membership", made.id, Some(&target.country_code), &made)?;
    Ok(made)
}

pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: MembershipId,
    input: MembershipInput,
) -> Result<Membership> {
    let target = scope::kept(tx.conn, actor, commission)?;
    lock_row(tx.conn, "commissions", commission)?;
    let before = store::find(tx.conn, commission, id)?;
    let after = Membership { fields: input, updated_at: tx.now, ..before.clone() };
    check(tx, &after)?;
    let after = after.shown();
    store::update(tx.conn, &after)?;
    audit::updated(tx, "membership", id, Some(&target.country_code), &before, &after)?;
    Ok(after)
}

/// Removes what was entered by mistake; a membership that ended gets its last day instead.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, membership: Membership) -> Result<()> {
    let target = scope::kept(tx.conn, actor, membership.commission_id)?;
    store::delete(tx.conn, membership.id)?;
    audit::deleted(tx, "membership", membership.id, Some(&target.country_code), &membership)
}

fn check(tx: &mut Tx<'_>, membership: &Membership) -> Result<()> {
    let mut faults = tx.faults();
    let institution = ("/institution_id".to_owned(), membership.fields.institution_id);
    check_institutions(tx.conn, &[institution], &mut faults)?;
    faults.into_result()?;
    if store::overlaps(tx.conn, membership)? { Err(Code::OverlappingMembership.into()) } else { Ok(()) }
}
