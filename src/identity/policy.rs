//! Rules about managing people. Admins manage everyone. A coordinator within the country and a secretariat within its
//! commissions give grants, but only to representatives and observers. Everything else about a person (name,
//! language, address, institution, password, being disabled) is changed only by the person and by admins. A person
//! who invites may not learn if the invited person has grants elsewhere, so the right to change these fields cannot
//! depend on that.

use super::actor::{Actor, require};
use super::model::{GrantInput, Role, User, UserInput};
use super::store::GrantContext;
use crate::db::{CommissionId, InstitutionId};
use crate::error::{Code, Permitted, Result};

/// Refuses with 403 those who may not give any grant.
pub(super) fn require_may_manage_people(actor: &Actor) -> Result<()> {
    let manages = actor.is_admin()
        || actor.coordinated_countries().next().is_some()
        || actor.secretariat_commissions().next().is_some();
    require(manages, Permitted::Inviters)
}

/// Refuses a grant that the actor may not give with 403, and one of a commission that the actor may not know with 404.
pub(super) fn require_may_give(actor: &Actor, grant: &GrantInput, context: &GrantContext) -> Result<()> {
    if actor.is_admin() {
        return Ok(());
    }
    let is_allowed = match (grant.role, grant.commission_id, grant.institution_id) {
        (Role::Observer, Some(commission), _) => may_write_commission(actor, commission, context)?,
        (Role::Representative, Some(commission), Some(institution)) => {
            may_write_commission(actor, commission, context)?
                && may_give_bounded(actor, commission, institution, context)
        }
        (Role::Representative, None, Some(institution)) => may_give_unbounded(actor, institution, context),
        _ => false,
    };
    let may_invite = actor.secretariat_commissions().next().is_some() || actor.coordinated_countries().next().is_some();
    let permitted = match grant.role {
        Role::Admin | Role::Coordinator | Role::Secretariat => Permitted::Admins,
        _ if may_invite => Permitted::InvitersElsewhere,
        _ => Permitted::Inviters,
    };
    require(is_allowed, permitted)
}

/// Refuses a grant that the actor may not take away with 403, and one of a commission that the actor may not know with
/// 404. A bounded grant is taken away by those who may write the commission, also after the institution has left it.
pub(super) fn require_may_take(actor: &Actor, grant: &GrantInput, context: &GrantContext) -> Result<()> {
    match (grant.role, grant.commission_id) {
        (Role::Representative, Some(commission)) if !actor.is_admin() => {
            require(may_write_commission(actor, commission, context)?, Permitted::Inviters)
        }
        _ => require_may_give(actor, grant, context),
    }
}

/// Returns true if the actor is the coordinator or the secretariat of the commission; 404 when the actor may not know it.
fn may_write_commission(actor: &Actor, id: CommissionId, context: &GrantContext) -> Result<bool> {
    let commission = context.commissions.get(&id).ok_or(Code::NotFound)?;
    if actor.is_coordinator_of(&commission.country_code) || actor.is_secretariat_of(id) {
        return Ok(true);
    }
    let is_known =
        actor.observed_commissions().chain(actor.seats.iter().map(|seat| seat.commission_id)).any(|own| own == id);
    if is_known { Ok(false) } else { Err(Code::NotFound.into()) }
}

/// Returns true if the actor may give a bounded grant, which gives access only within its commission. The coordinator
/// gives one for any institution. A secretariat, which enters seats itself, gives one only for members of today that
/// belong to the commission's country or to none.
fn may_give_bounded(
    actor: &Actor,
    commission: CommissionId,
    institution: InstitutionId,
    context: &GrantContext,
) -> bool {
    let (Some(place), Some(body)) = (context.commissions.get(&commission), context.institutions.get(&institution))
    else {
        return false;
    };
    let native = body.country_code.as_ref().is_none_or(|code| *code == place.country_code);
    actor.is_coordinator_of(&place.country_code) || (native && body.member_of.contains(&commission))
}

/// Returns true if the actor may give an unbounded grant, which opens every record that names the institution, in every
/// country. Coordinators give one only for the institutions of their country.
fn may_give_unbounded(actor: &Actor, institution: InstitutionId, context: &GrantContext) -> bool {
    let country = context.institutions.get(&institution).and_then(|one| one.country_code.as_deref());
    country.is_some_and(|code| actor.is_coordinator_of(code))
}

/// Returns the grant as the actor gives it. When the body names no commission and the actor is the secretariat of only
/// one, the grant is for that one.
pub(super) fn with_implied_commission(actor: &Actor, grant: &GrantInput, context: &GrantContext) -> GrantInput {
    let mut kept = actor.secretariat_commissions();
    match (kept.next(), kept.next()) {
        (only @ Some(_), None) if lacks_commission(actor, grant, context) => {
            GrantInput { commission_id: only, ..grant.content() }
        }
        _ => grant.content(),
    }
}

/// Returns true if the grant names no commission although the actor may give it only with one.
pub(super) fn lacks_commission(actor: &Actor, grant: &GrantInput, context: &GrantContext) -> bool {
    let unbounded = grant.role == Role::Representative && grant.commission_id.is_none();
    unbounded && actor.secretariat_commissions().next().is_some() && require_may_give(actor, grant, context).is_err()
}

/// Lets only admins give passwords and add people who are disabled from the start.
pub(super) fn require_may_add(actor: &Actor, input: &UserInput) -> Result<()> {
    require_may_set_password(actor, input)?;
    require(actor.is_admin() || !input.disabled, Permitted::Admins)
}

/// Lets only admins change more than grants.
pub(super) fn require_may_change(actor: &Actor, shown: &User, input: &UserInput) -> Result<()> {
    require_may_set_password(actor, input)?;
    let before = shown.input();
    let profile = UserInput { grants: Vec::new(), password: None, ..input.clone() };
    let is_same = profile == UserInput { grants: Vec::new(), ..before };
    require(actor.is_admin() || is_same, Permitted::Oneself)
}

/// Lets only admins set a password: everybody else chooses it through a mail.
fn require_may_set_password(actor: &Actor, input: &UserInput) -> Result<()> {
    if actor.is_admin() || input.password.is_none() { Ok(()) } else { Err(Code::PasswordByInvitation.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::identity::Grant;
    use crate::identity::store::{CommissionInfo, InstitutionInfo};

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

    /// Returns the context about commissions 5 and 6 of Chile and 7 of Peru, and institution 9.
    fn context(country: Option<&str>, member_of: &[u128]) -> GrantContext {
        let place = |country_code: &str| CommissionInfo { country_code: country_code.into(), name: String::new() };
        let institution = InstitutionInfo {
            country_code: country.map(str::to_owned),
            name: String::new(),
            member_of: member_of.iter().map(|n| id(*n)).collect(),
        };
        GrantContext {
            commissions: [(id(5), place("CL")), (id(6), place("CL")), (id(7), place("PE"))].into(),
            institutions: [(id(9), institution)].into(),
            ..GrantContext::default()
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
        let may = |commission, context: GrantContext| {
            require_may_give(&secretariat, &representing(commission), &context).is_ok()
        };
        assert!(may(Some(5), context(Some("CL"), &[5, 6, 7])));
        assert!(may(Some(5), context(None, &[5])));
        assert!(!may(Some(5), context(Some("PE"), &[5])), "a foreign institution");
        assert!(!may(Some(5), context(Some("CL"), &[6])), "it does not sit here");
        assert!(!may(Some(6), context(Some("CL"), &[5, 6])), "another commission");
        assert!(!may(None, context(Some("CL"), &[5])), "unbounded");
        assert!(require_may_take(&secretariat, &representing(Some(5)), &context(Some("CL"), &[])).is_ok());
        assert!(require_may_take(&secretariat, &representing(None), &context(Some("CL"), &[5])).is_err());
    }

    #[test]
    fn a_coordinator_invites_for_the_institutions_of_the_country_and_for_any_within_its_commissions() {
        let coordinator = actor(Role::Coordinator, Some("CL"), &[]);
        let may = |commission, context: GrantContext| {
            require_may_give(&coordinator, &representing(commission), &context).is_ok()
        };
        assert!(may(None, context(Some("CL"), &[7])));
        assert!(!may(None, context(None, &[5])));
        assert!(!may(None, context(Some("PE"), &[5])));
        assert!(may(Some(5), context(Some("PE"), &[5])));
        assert!(may(Some(6), context(None, &[])));
        assert!(!may(Some(7), context(Some("CL"), &[7])));
    }

    #[test]
    fn the_commission_is_implied_where_the_secretariat_keeps_one() {
        let one = actor(Role::Secretariat, None, &[5]);
        assert_eq!(
            with_implied_commission(&one, &representing(None), &context(Some("CL"), &[5])),
            representing(Some(5))
        );
        let two = actor(Role::Secretariat, None, &[5, 6]);
        assert!(lacks_commission(
            &two,
            &with_implied_commission(&two, &representing(None), &context(None, &[5])),
            &context(None, &[5])
        ));
        let coordinator = actor(Role::Coordinator, Some("CL"), &[]);
        assert_eq!(
            with_implied_commission(&coordinator, &representing(None), &context(Some("CL"), &[5])),
            representing(None)
        );
    }
}
