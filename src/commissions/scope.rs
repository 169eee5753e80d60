//! The way in to what hangs on a commission: who may know it, who keeps it.

use crate::access::{CommissionRef, Visibility, commission_refs, require_coordinator, require_writer};
use crate::db::{CommissionId, Db, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// The commission, for whoever may know it; 404 otherwise.
pub fn known(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = commission_refs(conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    let knows = Visibility::of(actor).knows_commission(id, &found.country_code);
    if knows { Ok(found) } else { Err(Code::NotFound.into()) }
}

/// The commission, for those who keep its record: its secretariat, the coordinator, admins; 403 otherwise.
pub fn kept(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = known(conn, actor, id)?;
    require_writer(actor, &found.country_code, &[id]).map(|()| found)
}

/// The commission, for those who steer it: the coordinator, admins; 403 otherwise.
pub fn steered(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = known(conn, actor, id)?;
    require_coordinator(actor, &found.country_code).map(|()| found)
}

/// How what hangs on a commission is found: by the commission and its own id.
pub type Find<Id, T> = fn(&mut Db, CommissionId, Id) -> Result<T>;

/// Loads what hangs on a commission, for whoever may know it.
pub fn to_show<Id, T>((id, own): (CommissionId, Id), find: Find<Id, T>) -> impl FnOnce(&mut Db, &Actor) -> Result<T> {
    move |conn, actor| {
        known(conn, actor, id)?;
        find(conn, id, own)
    }
}

/// How a commission is found by those who may write: [`kept`] or [`steered`].
pub type Way = fn(&mut Db, &Actor, CommissionId) -> Result<CommissionRef>;

/// Loads what hangs on a commission, for those who may write it.
pub fn to_change<Id: Copy, T>(
    way: Way,
    (id, own): (CommissionId, Id),
    find: Find<Id, T>,
) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<T> {
    move |tx, actor| {
        way(tx.conn, actor, id)?;
        find(tx.conn, id, own)
    }
}
