//! Who is calling, with everything that decides what they may know and do.

use crate::db::{CommissionId, InstitutionId, UserId};
use crate::i18n::Lang;

use super::model::{Grant, Role};

/// A commission that the actor may read because an institution that the actor represents there sits in it today.
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
    /// The program itself (the command line, the worker): may do everything; the audit log shows no user.
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
        self.has(Role::Admin)
    }

    fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    fn of(&self, role: Role) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| grant.role == role)
    }

    /// Whether the actor steers this country; admins steer all.
    pub fn is_coordinator_of(&self, country: &str) -> bool {
        self.is_admin() || self.countries().any(|own| own == country)
    }

    /// The countries that the actor steers by grant.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        self.of(Role::Coordinator).filter_map(|grant| grant.country_code.as_deref())
    }

    /// The commissions whose record the actor keeps.
    pub fn keeps(&self) -> impl Iterator<Item = CommissionId> {
        self.of(Role::Secretariat).filter_map(|grant| grant.commission_id)
    }

    /// Returns the institutions that the actor speaks for in every commission.
    pub fn represents(&self) -> impl Iterator<Item = InstitutionId> {
        let unbounded = |grant: &&Grant| grant.commission_id.is_none();
        self.of(Role::Representative).filter(unbounded).filter_map(|grant| grant.institution_id)
    }

    /// Returns the institutions that the actor speaks for in one commission only, each with that commission.
    pub fn represents_in(&self) -> impl Iterator<Item = (CommissionId, InstitutionId)> {
        self.of(Role::Representative).filter_map(|grant| Some((grant.commission_id?, grant.institution_id?)))
    }

    /// The commissions that the actor looks on in.
    pub fn observes(&self) -> impl Iterator<Item = CommissionId> {
        self.of(Role::Observer).filter_map(|grant| grant.commission_id)
    }

    /// Returns whether the actor speaks for the institution in a record of these commissions.
    pub fn speaks_for(&self, institution: InstitutionId, commissions: &[CommissionId]) -> bool {
        self.represents().any(|own| own == institution)
            || self.represents_in().any(|(commission, own)| own == institution && commissions.contains(&commission))
    }

    pub fn is_secretariat_of(&self, commission: CommissionId) -> bool {
        self.keeps().any(|own| own == commission)
    }
}
