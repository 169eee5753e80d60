//! The way in to what hangs on a commission: who may know it, who keeps it.

use crate::access::{CommissionRef, Reach, commission_refs, may_write};
use crate::db::{CommissionId, Db};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// The commission, for whoever may know it; 404 otherwise.
pub fn known(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = commission_refs(conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    let knows = Reach::of(actor).knows_commission(id, &found.country_code);
    if knows { Ok(found) } else { Err(Code::NotFound.into()) }
}

/// The commission, for those who keep its record: its secretariat, the coordinator, admins; 403 otherwise.
pub fn kept(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = known(conn, actor, id)?;
    if may_write(actor, &found.country_code, &[id]) { Ok(found) } else { Err(Code::Forbidden.into()) }
}
