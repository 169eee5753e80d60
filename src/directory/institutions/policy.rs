//! Who may write an institution. Everyone signed in may read all of them.

use crate::identity::Actor;

/// Returns whether the actor may enter an institution of this country: admins, its coordinators and the secretariats of
/// its commissions (`kept_countries`) may. Any of them may also enter an institution without a country.
pub fn may_enter(actor: &Actor, country: Option<&str>, kept_countries: &[String]) -> bool {
    match country {
        Some(code) => actor.coordinates(code) || kept_countries.iter().any(|own| own == code),
        None => actor.is_admin() || actor.countries().next().is_some() || !kept_countries.is_empty(),
    }
}

/// Returns whether the actor may change or remove an institution of this country. All countries share an institution
/// without a country, so only admins change it.
pub fn may_change(actor: &Actor, country: Option<&str>, kept_countries: &[String]) -> bool {
    actor.is_admin() || (country.is_some() && may_enter(actor, country, kept_countries))
}
