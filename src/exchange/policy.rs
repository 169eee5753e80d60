//! Who may move a country's data in and out.

use crate::identity::Actor;

/// An admin, or the coordinator of the country.
pub fn may_exchange(actor: &Actor, country: &str) -> bool {
    actor.coordinates(country)
}
