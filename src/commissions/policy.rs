//! Who may write a commission, and what hangs on it.

use crate::access::{CommissionRef, may_write};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// The commission itself and its operational states: admins and the coordinators of its country; 403 for others.
pub fn permit_steering(actor: &Actor, country: &str) -> Result<()> {
    if actor.coordinates(country) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Its memberships, delegates and reminder policy: its secretariat too; 403 for others.
pub fn permit_keeping(actor: &Actor, commission: &CommissionRef) -> Result<()> {
    let may = may_write(actor, &commission.country_code, &[commission.id]);
    if may { Ok(()) } else { Err(Code::Forbidden.into()) }
}
