//! Who may write an institution. Everyone signed in may read all of them.

use crate::identity::Actor;

/// `kept_countries` are the countries of the commissions whose secretariat the actor is.
pub fn may_write(actor: &Actor, country: Option<&str>, kept_countries: &[String]) -> bool {
    match country {
        Some(code) => actor.coordinates(code) || kept_countries.iter().any(|own| own == code),
        None => actor.is_admin() || actor.countries().next().is_some() || !kept_countries.is_empty(),
    }
}
