//! Rights to write. `may_*` returns a boolean; `require_*` refuses with 403.

use crate::db::CommissionId;
use crate::error::{Permitted, Result};
use crate::identity::{Actor, Role, require};

/// Returns true if the actor may write the records of the whole country: admins and its coordinators may.
pub(crate) fn may_coordinate(actor: &Actor, country: &str) -> bool {
    actor.is_coordinator_of(country)
}

/// Refuses everybody with 403 but admins and the coordinators of the country.
pub(crate) fn require_coordinator(actor: &Actor, country: &str) -> Result<()> {
    require(may_coordinate(actor, country), Permitted::Coordinators)
}

/// Returns true if the actor is an admin or the coordinator of any country.
pub(crate) fn may_coordinate_anywhere(actor: &Actor) -> bool {
    actor.grants.iter().any(|grant| [Role::Admin, Role::Coordinator].contains(&grant.role))
}

/// Returns true if the actor may write a record of this country and these commissions: admins, the coordinators of the
/// country and the secretariats of any of the commissions may.
pub(crate) fn may_write(actor: &Actor, country: &str, commissions: &[CommissionId]) -> bool {
    may_coordinate(actor, country) || commissions.iter().any(|id| actor.is_secretariat_of(*id))
}

/// Refuses with 403 those who may not write a record of this country and these commissions.
pub(crate) fn require_writer(actor: &Actor, country: &str, commissions: &[CommissionId]) -> Result<()> {
    require(may_write(actor, country, commissions), Permitted::Writers)
}

/// Returns true if the actor is an admin, the coordinator of any country or the secretariat of any commission.
pub(crate) fn may_write_anywhere(actor: &Actor) -> bool {
    let roles = [Role::Admin, Role::Coordinator, Role::Secretariat];
    actor.grants.iter().any(|grant| roles.contains(&grant.role))
}
