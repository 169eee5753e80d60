//! Who may manage whom. Admins all; a coordinator within the country and a secretariat within its commissions,
//! representatives and observers alone, with grants no wider than their own.

use super::actor::Actor;
use super::model::{GrantInput, Role};
use super::store::{Facts, InstitutionFacts};
use crate::db::CommissionId;
use crate::error::{Code, Result};

/// Whether the actor manages anybody at all.
pub fn manages(actor: &Actor) -> bool {
    actor.is_admin() || actor.countries().next().is_some() || actor.keeps().next().is_some()
}

fn holds(actor: &Actor, commission: CommissionId, country: &str) -> bool {
    actor.coordinates(country) || actor.is_secretariat_of(commission)
}

/// 403 for a grant that the actor may neither give nor take away, 404 for one of a commission that the actor may
/// not know.
pub fn permit_grant(actor: &Actor, grant: &GrantInput, facts: &Facts) -> Result<()> {
    if actor.is_admin() {
        return Ok(());
    }
    let allowed = match grant.role {
        Role::Observer => {
            let known = grant.commission_id.and_then(|id| facts.commissions.get(&id).map(|country| (id, country)));
            let Some((id, country)) = known else { return Err(Code::NotFound.into()) };
            let knows = actor.observes().chain(actor.seats.iter().map(|seat| seat.commission_id)).any(|own| own == id);
            if !holds(actor, id, country) && !knows {
                return Err(Code::NotFound.into());
            }
            holds(actor, id, country)
        }
        Role::Representative => {
            grant.institution_id.and_then(|id| facts.institutions.get(&id)).is_some_and(|one| represents(actor, one))
        }
        Role::Admin | Role::Coordinator | Role::Secretariat => false,
    };
    if allowed { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// A representative reads every commission where the institution sits: the actor must hold all of them.
fn represents(actor: &Actor, institution: &InstitutionFacts) -> bool {
    let of_country = institution.country_code.as_deref().is_some_and(|code| actor.coordinates(code));
    (of_country || !institution.seats.is_empty())
        && institution.seats.iter().all(|(commission, country)| holds(actor, *commission, country))
}
