//! Rights to enter and change the delegates of a commission.

use super::{Delegate, store, with_user_details};
use crate::access::{CommissionRef, may_write, require};
use crate::clock::Instant;
use crate::commissions::{memberships_on, scope};
use crate::db::{CommissionId, Db, DelegateId, InstitutionId, Tx};
use crate::error::{Code, Permitted, Result};
use crate::identity::Actor;

/// Refuses with 403 a person who may not enter or change the delegates of an institution. The secretariat of the
/// commission, the coordinator and admins may; the representatives of the institution may while it is a member.
pub(super) fn require_may_write(
    (conn, now): (&mut Db, Instant),
    actor: &Actor,
    commission: &CommissionRef,
    institution: InstitutionId,
) -> Result<()> {
    let own = own_institutions(conn, actor, commission, now)?;
    require(own.is_none_or(|own| own.contains(&institution)), Permitted::InstitutionOrWriters)
}

/// Returns the members of today that the actor represents; None if the actor may write for all members.
fn own_institutions(
    conn: &mut Db,
    actor: &Actor,
    commission: &CommissionRef,
    now: Instant,
) -> Result<Option<Vec<InstitutionId>>> {
    if may_write(actor, &commission.country_code, &[commission.id]) {
        return Ok(None);
    }
    let members = memberships_on(conn, &[commission.id], commission.today(now))?;
    let members = members.into_iter().map(|member| member.fields.institution_id);
    Ok(Some(members.filter(|own| actor.is_representative_of(*own, &[commission.id])).collect()))
}

/// Returns a commission with the institutions for which the actor may enter and change delegates (None: for all of
/// them); 404 or 403 if there are none.
pub(crate) fn delegating_institutions(
    conn: &mut Db,
    actor: &Actor,
    commission: CommissionId,
    now: Instant,
) -> Result<(CommissionRef, Option<Vec<InstitutionId>>)> {
    let target = scope::visible(conn, actor, commission)?;
    let own = own_institutions(conn, actor, &target, now)?;
    require(own.as_ref().is_none_or(|own| !own.is_empty()), Permitted::InstitutionOrWriters)?;
    Ok((target, own))
}

/// Returns a delegate before a change; 404 or 403 for those who may not change it.
pub(crate) fn delegate_to_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: DelegateId,
) -> Result<Delegate> {
    delegate_with_commission(tx.conn, actor, (commission, id), tx.now).map(|(_, found)| found)
}

/// Returns a delegate with the commission; 404 or 403 for a person who may not change the delegate. If the delegate is
/// a user, name and address are filled in.
pub(crate) fn delegate_with_commission(
    conn: &mut Db,
    actor: &Actor,
    (commission, id): (CommissionId, DelegateId),
    now: Instant,
) -> Result<(CommissionRef, Delegate)> {
    let target = scope::visible(conn, actor, commission)?;
    let found = store::find(conn, commission, id)?;
    require_may_write((conn, now), actor, &target, found.fields.institution_id)?;
    let found = with_user_details(conn, vec![found])?.pop().ok_or(Code::NotFound)?;
    Ok((target, found))
}
