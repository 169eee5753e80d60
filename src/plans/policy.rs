//! Who may write plans, their items and observations.

use crate::access::CommissionRef;
use crate::db::CommissionId;
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

/// Admins and the coordinators of the country; 403 for everybody else.
pub fn permit(actor: &Actor, country: &str) -> Result<()> {
    if actor.coordinates(country) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// The commissions of a record are of its own country: a fault for each that is not.
pub fn same_country(country: &str, ids: &[CommissionId], targets: &[CommissionRef], faults: &mut Faults) {
    for (n, id) in ids.iter().enumerate() {
        let pointer = format!("/commission_ids/{n}");
        let other = targets.iter().any(|target| target.id == *id && target.country_code != country);
        if other && !faults.list.iter().any(|fault| fault.pointer == pointer) {
            faults.add_comparison(pointer, "other_country", Vec::new());
        }
    }
}
