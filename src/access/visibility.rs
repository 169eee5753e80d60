//! The visible-to rule as data.

use std::collections::BTreeMap;

use crate::db::{CommissionId, InstitutionId};
use crate::identity::Actor;

/// The records that an actor may know: all of them; or whole countries, commissions with or without their restricted
/// records, every record that names certain institutions, and the records of one commission that name an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visibility {
    pub all: bool,
    /// Countries known whole (coordinator).
    pub countries: Vec<String>,
    /// Commissions known whole (secretariat).
    pub kept: Vec<CommissionId>,
    /// Commissions known less what is restricted (members of today, observers).
    pub followed: Vec<CommissionId>,
    /// Institutions that the actor speaks for everywhere: records that name them are known, restricted or not.
    pub institutions: Vec<InstitutionId>,
    /// Institutions that the actor speaks for in one commission only: the records of that commission that name the
    /// institution are known, restricted or not.
    pub bounded: Vec<(CommissionId, InstitutionId)>,
}

impl Visibility {
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
            bounded: actor.represents_in().collect(),
        }
    }

    /// Everything: for the program itself.
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Returns the bounded institutions, grouped by commission: each group becomes one condition in SQL.
    pub fn bounds(&self) -> BTreeMap<CommissionId, Vec<InstitutionId>> {
        let mut bounds: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (commission, institution) in &self.bounded {
            bounds.entry(*commission).or_default().push(*institution);
        }
        bounds
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
            || self.bounded.iter().any(|(commission, id)| commissions.contains(commission) && institutions.contains(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<T: From<uuid::Uuid>>(n: u128) -> T {
        uuid::Uuid::from_u128(n).into()
    }

    #[test]
    fn a_bounded_grant_opens_the_records_of_its_commission_that_name_the_institution() {
        let visibility = Visibility { bounded: vec![(id(1), id(9))], ..Visibility::default() };
        assert!(visibility.knows_record("CL", &[id(2), id(1)], true, &[id(9)]));
        assert!(!visibility.knows_record("CL", &[id(2)], true, &[id(9)]), "another commission");
        assert!(!visibility.knows_record("CL", &[id(1)], false, &[id(8)]), "another institution");
        assert!(!visibility.knows_record("CL", &[], false, &[id(9)]), "no commission");
        assert!(!visibility.knows_commission(id(1), "CL"), "the institution has left");
    }

    #[test]
    fn what_is_restricted_is_kept_from_followers_but_not_from_those_it_names() {
        let knows = |visibility: Visibility, restricted| visibility.knows_record("CL", &[id(1)], restricted, &[id(2)]);
        let follower = || Visibility { followed: vec![id(1)], ..Visibility::default() };
        assert!(!knows(follower(), true));
        assert!(knows(follower(), false));
        assert!(knows(Visibility { institutions: vec![id(2)], ..Visibility::default() }, true));
        assert!(knows(Visibility { kept: vec![id(1)], ..Visibility::default() }, true));
        assert!(knows(Visibility { countries: vec!["CL".into()], ..Visibility::default() }, true));
        assert!(!knows(Visibility { countries: vec!["PE".into()], ..Visibility::default() }, true));
    }
}
