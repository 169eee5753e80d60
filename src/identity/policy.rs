//! Who may manage whom. Admins all; a coordinator within the country and a secretariat within its commissions,
//! representatives and observers alone, with grants no wider than their own. Passwords, and addresses in use, are set
//! by the person and by admins alone.

use super::actor::Actor;
use super::model::{GrantInput, Role, User, UserInput};
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

/// A representative reads, past and restricted records included, whatever names the institution: the actor must steer
/// its country, or hold every commission where it has a seat and every record that names it.
fn represents(actor: &Actor, institution: &InstitutionFacts) -> bool {
    let of_country = institution.country_code.as_deref().is_some_and(|code| actor.coordinates(code));
    let seated_here = !institution.seats.is_empty()
        && institution.seats.iter().all(|(commission, country)| holds(actor, *commission, country));
    of_country || (seated_here && !institution.named_elsewhere)
}

/// An address in use is changed by admins alone, and so is everything of a person without grants: nobody else holds it.
pub fn permit_change(actor: &Actor, before: &User, email: &str) -> Result<()> {
    let same = before.email.to_lowercase() == email;
    if actor.is_admin() || (same && !before.grants.is_empty()) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Who invites never knows another's password: the person chooses it with the mail.
pub fn permit_password(actor: &Actor, input: &UserInput) -> Result<()> {
    if actor.is_admin() || input.password.is_none() { Ok(()) } else { Err(Code::PasswordByInvitation.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::InstitutionId;
    use crate::i18n::Lang;
    use crate::identity::Grant;

    fn id<T: From<uuid::Uuid>>(n: u128) -> T {
        uuid::Uuid::from_u128(n).into()
    }

    fn actor(role: Role, country: Option<&str>, commission: Option<CommissionId>) -> Actor {
        let country_code = country.map(str::to_owned);
        let grant = Grant { id: id(1), role, country_code, commission_id: commission, institution_id: None };
        Actor {
            id: id(2),
            email: String::new(),
            name: String::new(),
            language: Lang::Es,
            institution_id: None,
            grants: vec![grant],
            seats: Vec::new(),
        }
    }

    fn institution(country: Option<&str>, seats: &[(u128, &str)], named_elsewhere: bool) -> InstitutionFacts {
        let seats = seats.iter().map(|(n, code)| (id(*n), (*code).to_owned())).collect();
        InstitutionFacts { country_code: country.map(str::to_owned), seats, named_elsewhere }
    }

    /// Whether the actor may make somebody a representative of the institution.
    fn may(actor: &Actor, institution: InstitutionFacts) -> bool {
        let own: InstitutionId = id(9);
        let facts = Facts { institutions: [(own, institution)].into(), ..Facts::default() };
        let grant = GrantInput {
            role: Role::Representative,
            country_code: None,
            commission_id: None,
            institution_id: Some(own),
        };
        permit_grant(actor, &grant, &facts).is_ok()
    }

    #[test]
    fn a_secretariat_invites_for_institutions_that_nothing_else_names() {
        let secretariat = actor(Role::Secretariat, None, Some(id(5)));
        assert!(may(&secretariat, institution(Some("CL"), &[(5, "CL")], false)));
        assert!(!may(&secretariat, institution(Some("CL"), &[], false)));
        assert!(!may(&secretariat, institution(Some("CL"), &[(5, "CL"), (6, "CL")], false)));
        assert!(!may(&secretariat, institution(Some("CL"), &[(5, "CL")], true)));
    }

    #[test]
    fn a_coordinator_invites_for_the_institutions_of_the_country_and_for_those_of_its_record_alone() {
        let coordinator = actor(Role::Coordinator, Some("CL"), None);
        assert!(may(&coordinator, institution(Some("CL"), &[(6, "PE")], true)));
        assert!(may(&coordinator, institution(None, &[(5, "CL")], false)));
        assert!(!may(&coordinator, institution(None, &[], false)));
        assert!(!may(&coordinator, institution(None, &[(5, "CL"), (6, "PE")], false)));
        assert!(!may(&coordinator, institution(Some("PE"), &[(5, "CL")], true)));
    }
}
