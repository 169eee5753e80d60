//! Who may write an institution. Everyone signed in may read all of them.

use crate::identity::Actor;

/// `kept_countries` are the countries of the commissions whose secretariat the actor is. Any of them may enter an
/// international body; since all countries share it, only coordinators and admins change it.
pub fn may_write(actor: &Actor, country: Option<&str>, kept_countries: &[String]) -> bool {
    match country {
        Some(code) => actor.coordinates(code) || kept_countries.iter().any(|own| own == code),
        None => actor.is_admin() || actor.countries().next().is_some() || !kept_countries.is_empty(),
    }
}

/// Who may change a body that all countries share.
pub fn may_change_shared(actor: &Actor) -> bool {
    actor.is_admin() || actor.countries().next().is_some()
}
