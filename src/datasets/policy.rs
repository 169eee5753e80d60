//! Who may move a country's data in and out.

use crate::identity::{Actor, Role};

/// Returns whether the actor may import anything at all; the right to each country and commission is checked with the
/// data.
pub fn may_import_anything(actor: &Actor) -> bool {
    let roles = [Role::Admin, Role::Coordinator, Role::Secretariat];
    actor.grants.iter().any(|grant| roles.contains(&grant.role))
}

/// Whoever may import the dataset of some country; the country is checked with the data.
pub fn may_import_datasets(actor: &Actor) -> bool {
    actor.grants.iter().any(|grant| [Role::Admin, Role::Coordinator].contains(&grant.role))
}

/// An admin, or the coordinator of the country.
pub fn may_exchange(actor: &Actor, country: &str) -> bool {
    actor.coordinates(country)
}
