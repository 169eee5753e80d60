//! The visible-to rule as data.

use crate::db::{CommissionId, InstitutionId};
use crate::identity::Actor;

/// What an actor may know: everything; or these countries whole, these commissions with and without what is
/// restricted, and whatever names these institutions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    pub all: bool,
    /// Countries known whole (coordinator).
    pub countries: Vec<String>,
    /// Commissions known whole (secretariat).
    pub kept: Vec<CommissionId>,
    /// Commissions known less what is restricted (members of today, observers).
    pub followed: Vec<CommissionId>,
    /// Institutions spoken for: what names them is known, restricted or not.
    pub institutions: Vec<InstitutionId>,
}

impl Reach {
    pub fn of(actor: &Actor) -> Self {
        let mut followed: Vec<_> = actor.observes().chain(actor.seats.iter().map(|seat| seat.commission_id)).collect();
        followed.sort_unstable();
        followed.dedup();
        Self {
            all: actor.is_admin(),
            countries: actor.countries().map(str::to_owned).collect(),
            kept: actor.keeps().collect(),
            followed,
            institutions: actor.represents().collect(),
        }
    }

    /// Everything: for the program itself.
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Kept and followed commissions together.
    pub fn commissions(&self) -> Vec<CommissionId> {
        self.kept.iter().chain(&self.followed).copied().collect()
    }

    /// Whether the commission itself may be known.
    pub fn knows_commission(&self, id: CommissionId, country: &str) -> bool {
        self.all || self.knows_country(country) || self.kept.contains(&id) || self.followed.contains(&id)
    }

    /// Whether everything of the country is known.
    pub fn knows_country(&self, country: &str) -> bool {
        self.all || self.countries.iter().any(|own| own == country)
    }

    /// Whether a record of these commissions that names these institutions may be known: the visible-to rule for
    /// what is loaded already.
    pub fn knows_record(
        &self,
        country: &str,
        commissions: &[CommissionId],
        restricted: bool,
        institutions: &[InstitutionId],
    ) -> bool {
        let any = |own: &[CommissionId]| commissions.iter().any(|id| own.contains(id));
        self.knows_country(country)
            || any(&self.kept)
            || (!restricted && any(&self.followed))
            || institutions.iter().any(|id| self.institutions.contains(id))
    }
}
