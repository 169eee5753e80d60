//! The person who calls, with everything that decides about reading and writing.

use super::model::{Grant, Role};
use crate::db::{CommissionId, InstitutionId, UserId, unique};
use crate::error::{Error, Permitted, Result};
use crate::i18n::Lang;

/// Refuses with 403 what is not permitted; the sentence names who may.
pub(crate) fn require(is_permitted: bool, to: Permitted) -> Result<()> {
    if is_permitted { Ok(()) } else { Err(Error::forbidden(to)) }
}

/// A commission that the actor may read because an institution that the actor represents there is a member today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub commission_id: CommissionId,
    pub institution_id: InstitutionId,
    pub country_code: String,
}

/// A signed-in person: identity, grants, and today's seats of the institutions represented.
#[derive(Debug, Clone)]
pub struct Actor {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub language: Lang,
    pub institution_id: Option<InstitutionId>,
    pub grants: Vec<Grant>,
    pub seats: Vec<Seat>,
}

impl Actor {
    /// Returns the program itself (the command line, the worker): it may do everything; the audit log shows no user.
    pub fn program() -> Self {
        let nil = uuid::Uuid::nil();
        let grant =
            Grant { id: nil.into(), role: Role::Admin, country_code: None, commission_id: None, institution_id: None };
        Self {
            id: nil.into(),
            email: String::new(),
            name: "Articula".to_owned(),
            language: Lang::Es,
            institution_id: None,
            grants: vec![grant],
            seats: Vec::new(),
        }
    }

    /// Returns the same rights without the person, for records of a dataset whose authors it does not name.
    pub fn unnamed(&self) -> Self {
        Self { id: uuid::Uuid::nil().into(), ..self.clone() }
    }

    pub fn is_admin(&self) -> bool {
        self.of(Role::Admin).next().is_some()
    }

    fn of(&self, role: Role) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.role == role)
    }

    /// Returns true if the actor is a coordinator of the country, as admins are of every country.
    pub fn is_coordinator_of(&self, country: &str) -> bool {
        self.is_admin() || self.coordinated_countries().any(|own| own == country)
    }

    /// Returns the countries of which the actor is a coordinator by grant.
    pub fn coordinated_countries(&self) -> impl Iterator<Item = &str> {
        self.of(Role::Coordinator).filter_map(|grant| grant.country_code.as_deref())
    }

    /// Returns the commissions of which the actor is the secretariat.
    pub fn secretariat_commissions(&self) -> impl Iterator<Item = CommissionId> {
        self.of(Role::Secretariat).filter_map(|grant| grant.commission_id)
    }

    /// Returns the institutions that the actor represents in every commission.
    pub fn represented_everywhere(&self) -> impl Iterator<Item = InstitutionId> {
        let unbounded = |grant: &&Grant| grant.commission_id.is_none();
        self.of(Role::Representative).filter(unbounded).filter_map(|grant| grant.institution_id)
    }

    /// Returns the institutions that the actor represents in one commission only, each with that commission.
    pub fn represented_in(&self) -> impl Iterator<Item = (CommissionId, InstitutionId)> {
        self.of(Role::Representative).filter_map(|grant| Some((grant.commission_id?, grant.institution_id?)))
    }

    /// Returns the institutions that the actor represents, each once; without any, the institution of the person.
    pub fn own_institutions(&self) -> Vec<InstitutionId> {
        let all =
            unique(self.represented_everywhere().chain(self.represented_in().map(|(_, institution)| institution)));
        if all.is_empty() { self.institution_id.into_iter().collect() } else { all }
    }

    /// Returns the commissions that the actor observes.
    pub fn observed_commissions(&self) -> impl Iterator<Item = CommissionId> {
        self.of(Role::Observer).filter_map(|grant| grant.commission_id)
    }

    /// Returns true if the actor represents the institution in a record of these commissions.
    pub fn is_representative_of(&self, institution: InstitutionId, commissions: &[CommissionId]) -> bool {
        self.represented_everywhere().any(|own| own == institution)
            || self.represented_in().any(|(commission, own)| own == institution && commissions.contains(&commission))
    }

    pub fn is_secretariat_of(&self, commission: CommissionId) -> bool {
        self.secretariat_commissions().any(|own| own == commission)
    }
}
