//! Limits previews and deliveries to the records that an actor keeps.

use crate::access::{Visibility, may_write};
use crate::db::CommissionId;
use crate::identity::Actor;

/// Returns true when the actor keeps records of this country and these commissions.
pub fn may_see(actor: &Actor, country: &str, commissions: &[CommissionId]) -> bool {
    may_write(actor, country, commissions)
}

/// Returns the deliveries that the actor may see: admins all, coordinators the country's, secretariats their
/// commissions'.
pub fn visibility(actor: &Actor) -> Visibility {
    Visibility { followed: Vec::new(), institutions: Vec::new(), bounded: Vec::new(), ..Visibility::of(actor) }
}
