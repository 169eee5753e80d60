//! Who may see what is planned and sent.

use crate::access::{Visibility, may_write};
use crate::db::CommissionId;
use crate::identity::Actor;

/// Whether the actor keeps a record of this country and these commissions.
pub fn may_see(actor: &Actor, country: &str, commissions: &[CommissionId]) -> bool {
    may_write(actor, country, commissions)
}

/// Whose deliveries the actor may see: admins all, coordinators the country's, secretariats their commissions'.
pub fn visibility(actor: &Actor) -> Visibility {
    Visibility { followed: Vec::new(), institutions: Vec::new(), bounded: Vec::new(), ..Visibility::of(actor) }
}
