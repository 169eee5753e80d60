//! Rules about managing people. Admins manage everyone. A coordinator within the country and a secretariat within its
//! commissions give grants, but only to representatives and observers. Everything else about a person (name, language,
//! address, institution, password, being disabled) is changed only by the person and by admins. Whoever invites may not
//! learn whether the person has grants elsewhere, so the right to change these fields cannot depend on that.

use super::actor::Actor;
use super::model::{GrantInput, Role, User, UserInput};
use super::store::Facts;
use crate::db::{CommissionId, InstitutionId};
use crate::error::{Code, Result};

/// Refuses with 403 those who manage nobody at all.
pub fn permit_managing(actor: &Actor) -> Result<()> {
    let manages = actor.is_admin() || actor.countries().next().is_some() || actor.keeps().next().is_some();
    if manages { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Refuses a grant that the actor may not give with 403, and one of a commission that the actor may not know with 404.
pub fn permit_giving(actor: &Actor, grant: &GrantInput, facts: &Facts) -> Result<()> {
    if actor.is_admin() {
        return Ok(());
    }
    let allowed = match (grant.role, grant.commission_id, grant.institution_id) {
        (Role::Observer, Some(commission), _) => holds(actor, commission, facts)?,
        (Role::Representative, Some(commission), Some(institution)) => {
            holds(actor, commission, facts)? && may_seat(actor, commission, institution, facts)
        }
        (Role::Representative, None, Some(institution)) => steers(actor, institution, facts),
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Refuses a grant that the actor may not take away with 403, and one of a commission that the actor may not know with
/// 404. A grant that opens a commission is taken away by those who hold the commission, also after the institution has
/// left it.
pub fn permit_taking(actor: &Actor, grant: &GrantInput, facts: &Facts) -> Result<()> {
    match (grant.role, grant.commission_id) {
        (Role::Representative, Some(commission)) if !actor.is_admin() => {
            if holds(actor, commission, facts)? {
                Ok(())
            } else {
                Err(Code::Forbidden.into())
            }
        }
        _ => permit_giving(actor, grant, facts),
    }
}

/// Returns whether the actor coordinates or keeps the commission; 404 where the actor may not know it.
fn holds(actor: &Actor, id: CommissionId, facts: &Facts) -> Result<bool> {
    let commission = facts.commissions.get(&id).ok_or(Code::NotFound)?;
    if actor.is_coordinator_of(&commission.country_code) || actor.is_secretariat_of(id) {
        return Ok(true);
    }
    let knows = actor.observes().chain(actor.seats.iter().map(|seat| seat.commission_id)).any(|own| own == id);
    if knows { Ok(false) } else { Err(Code::NotFound.into()) }
}

/// Returns whether the actor may give a bounded grant, which opens nothing outside its commission. The coordinator
/// gives one for any institution. A secretariat, which enters seats itself, gives one only for members of today that
/// belong to the commission's country or to none.
fn may_seat(actor: &Actor, commission: CommissionId, institution: InstitutionId, facts: &Facts) -> bool {
    let (Some(place), Some(body)) = (facts.commissions.get(&commission), facts.institutions.get(&institution)) else {
        return false;
    };
    let native = body.country_code.as_ref().is_none_or(|code| *code == place.country_code);
    actor.is_coordinator_of(&place.country_code) || (native && body.sits_in.contains(&commission))
}

/// Returns whether the actor may give an unbounded grant, which opens every record that names the institution, in every
/// country. Coordinators give one only for the institutions of their country.
fn steers(actor: &Actor, institution: InstitutionId, facts: &Facts) -> bool {
    let country = facts.institutions.get(&institution).and_then(|one| one.country_code.as_deref());
    country.is_some_and(|code| actor.is_coordinator_of(code))
}

/// Returns the grant as the actor gives it. When the body names no commission and the actor is the secretariat of only
/// one, the grant is for that one.
pub fn implied(actor: &Actor, grant: &GrantInput, facts: &Facts) -> GrantInput {
    let mut kept = actor.keeps();
    match (kept.next(), kept.next()) {
        (only @ Some(_), None) if lacks_commission(actor, grant, facts) => {
            GrantInput { commission_id: only, ..grant.content() }
        }
        _ => grant.content(),
    }
}

/// Returns whether the grant names no commission although the actor may give it only with one.
pub fn lacks_commission(actor: &Actor, grant: &GrantInput, facts: &Facts) -> bool {
    let unbounded = grant.role == Role::Representative && grant.commission_id.is_none();
    unbounded && actor.keeps().next().is_some() && permit_giving(actor, grant, facts).is_err()
}

/// Lets only admins give passwords and add people who are disabled from the start.
pub fn permit_adding(actor: &Actor, input: &UserInput) -> Result<()> {
    permit_password(actor, input)?;
    if actor.is_admin() || !input.disabled { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Lets only admins change more than grants.
pub fn permit_change(actor: &Actor, shown: &User, input: &UserInput) -> Result<()> {
    permit_password(actor, input)?;
    let before = shown.input();
    let profile = UserInput { grants: Vec::new(), password: None, ..input.clone() };
    let same = profile == UserInput { grants: Vec::new(), ..before };
    if actor.is_admin() || same { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Lets only admins set a password: everybody else chooses it through a mail.
fn permit_password(actor: &Actor, input: &UserInput) -> Result<()> {
    if actor.is_admin() || input.password.is_none() { Ok(()) } else { Err(Code::PasswordByInvitation.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::identity::Grant;
    use crate::identity::store::{CommissionFacts, InstitutionFacts};

    fn id<T: From<uuid::Uuid>>(n: u128) -> T {
        uuid::Uuid::from_u128(n).into()
    }

    fn actor(role: Role, country: Option<&str>, commissions: &[u128]) -> Actor {
        let grant = |commission_id| Grant {
            id: id(1),
            role,
            country_code: country.map(str::to_owned),
            commission_id,
            institution_id: None,
        };
        let grants = match commissions {
            [] => vec![grant(None)],
            some => some.iter().map(|n| grant(Some(id(*n)))).collect(),
        };
        Actor {
            id: id(2),
            email: String::new(),
            name: String::new(),
            language: Lang::Es,
            institution_id: None,
            grants,
            seats: Vec::new(),
        }
    }

    /// Returns the facts about commissions 5 and 6 of Chile and 7 of Peru, and institution 9.
    fn facts(country: Option<&str>, sits_in: &[u128]) -> Facts {
        let place = |country_code: &str| CommissionFacts { country_code: country_code.into(), name: String::new() };
        let institution = InstitutionFacts {
            country_code: country.map(str::to_owned),
            name: String::new(),
            sits_in: sits_in.iter().map(|n| id(*n)).collect(),
        };
        Facts {
            commissions: [(id(5), place("CL")), (id(6), place("CL")), (id(7), place("PE"))].into(),
            institutions: [(id(9), institution)].into(),
            ..Facts::default()
        }
    }

    fn representing(commission: Option<u128>) -> GrantInput {
        let commission_id = commission.map(id);
        GrantInput {
            id: None,
            role: Role::Representative,
            country_code: None,
            commission_id,
            institution_id: Some(id(9)),
        }
    }

    #[test]
    fn a_secretariat_invites_for_members_of_today_of_its_country_or_of_none_and_within_its_commission() {
        let secretariat = actor(Role::Secretariat, None, &[5]);
        let may = |commission, facts: Facts| permit_giving(&secretariat, &representing(commission), &facts).is_ok();
        assert!(may(Some(5), facts(Some("CL"), &[5, 6, 7])));
        assert!(may(Some(5), facts(None, &[5])));
        assert!(!may(Some(5), facts(Some("PE"), &[5])), "a foreign institution");
        assert!(!may(Some(5), facts(Some("CL"), &[6])), "it does not sit here");
        assert!(!may(Some(6), facts(Some("CL"), &[5, 6])), "another commission");
        assert!(!may(None, facts(Some("CL"), &[5])), "unbounded");
        assert!(permit_taking(&secretariat, &representing(Some(5)), &facts(Some("CL"), &[])).is_ok());
        assert!(permit_taking(&secretariat, &representing(None), &facts(Some("CL"), &[5])).is_err());
    }

    #[test]
    fn a_coordinator_invites_for_the_institutions_of_the_country_and_for_any_within_its_commissions() {
        let coordinator = actor(Role::Coordinator, Some("CL"), &[]);
        let may = |commission, facts: Facts| permit_giving(&coordinator, &representing(commission), &facts).is_ok();
        assert!(may(None, facts(Some("CL"), &[7])));
        assert!(!may(None, facts(None, &[5])));
        assert!(!may(None, facts(Some("PE"), &[5])));
        assert!(may(Some(5), facts(Some("PE"), &[5])));
        assert!(may(Some(6), facts(None, &[])));
        assert!(!may(Some(7), facts(Some("CL"), &[7])));
    }

    #[test]
    fn the_commission_is_implied_where_the_secretariat_keeps_one() {
        let one = actor(Role::Secretariat, None, &[5]);
        assert_eq!(implied(&one, &representing(None), &facts(Some("CL"), &[5])), representing(Some(5)));
        let two = actor(Role::Secretariat, None, &[5, 6]);
        assert!(lacks_commission(&two, &implied(&two, &representing(None), &facts(None, &[5])), &facts(None, &[5])));
        let coordinator = actor(Role::Coordinator, Some("CL"), &[]);
        assert_eq!(implied(&coordinator, &representing(None), &facts(Some("CL"), &[5])), representing(None));
    }
}
