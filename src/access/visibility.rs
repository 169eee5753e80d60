//! The rule for reading, as data that is usable in SQL and in memory.

use std::collections::BTreeMap;

use crate::db::{CommissionId, InstitutionId};
use crate::identity::{Actor, Grant, Role};

/// The records that an actor may know: all of them; or whole countries, commissions with or without their restricted
/// records, every record that names certain institutions, and the records of one commission that name an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visibility {
    pub all: bool,
    /// Countries of which everything is known (coordinator).
    pub countries: Vec<String>,
    /// Commissions of which everything is known (secretariat).
    pub full_commissions: Vec<CommissionId>,
    /// Commissions of which everything but restricted records is known (members of today, observers).
    pub unrestricted_commissions: Vec<CommissionId>,
    /// Institutions that the actor represents everywhere: records that name them are known, restricted or not.
    pub institutions: Vec<InstitutionId>,
    /// Institutions that the actor represents in one commission only: the records of that commission that name the
    /// institution are known, restricted or not.
    pub bounded: Vec<(CommissionId, InstitutionId)>,
}

impl Visibility {
    /// Returns the records that the actor may know.
    pub fn of(actor: &Actor) -> Self {
        Self::of_grants(&actor.grants, actor.seats.iter().map(|seat| (seat.commission_id, seat.institution_id)))
    }

    /// Returns the records that the holder of these grants may know. `seats_today` are memberships of today, of any
    /// institution: those of institutions that the holder does not represent make no difference.
    pub fn of_grants(grants: &[Grant], seats_today: impl Iterator<Item = (CommissionId, InstitutionId)>) -> Self {
        let mut visibility = Self::default();
        for grant in grants {
            match grant.role {
                Role::Admin => visibility.all = true,
                Role::Coordinator => visibility.countries.extend(grant.country_code.clone()),
                Role::Secretariat => visibility.full_commissions.extend(grant.commission_id),
                Role::Observer => visibility.unrestricted_commissions.extend(grant.commission_id),
                Role::Representative => match grant.commission_id {
                    Some(only) => visibility.bounded.extend(grant.institution_id.map(|id| (only, id))),
                    None => visibility.institutions.extend(grant.institution_id),
                },
            }
        }
        let represented = |(commission, institution): &(CommissionId, InstitutionId)| {
            visibility.institutions.contains(institution) || visibility.bounded.contains(&(*commission, *institution))
        };
        let seats: Vec<_> = seats_today.filter(represented).map(|(commission, _)| commission).collect();
        visibility.unrestricted_commissions.extend(seats);
        visibility.unrestricted_commissions.sort_unstable();
        visibility.unrestricted_commissions.dedup();
        visibility
    }

    /// Returns the records that the actor may write as admin, coordinator or secretariat.
    pub fn writable_by(actor: &Actor) -> Self {
        Self { unrestricted_commissions: Vec::new(), institutions: Vec::new(), bounded: Vec::new(), ..Self::of(actor) }
    }

    /// Returns everything, for the program itself.
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

    /// Returns both kinds of commissions.
    pub fn commissions(&self) -> Vec<CommissionId> {
        self.full_commissions.iter().chain(&self.unrestricted_commissions).copied().collect()
    }

    /// Returns true if the commission itself may be known.
    pub fn knows_commission(&self, id: CommissionId, country: &str) -> bool {
        self.all
            || self.knows_country(country)
            || self.full_commissions.contains(&id)
            || self.unrestricted_commissions.contains(&id)
    }

    /// Returns true if everything of the country is known.
    pub fn knows_country(&self, country: &str) -> bool {
        self.all || self.countries.iter().any(|own| own == country)
    }

    /// Returns true if a record of these commissions that names these institutions may be known: the rule for loaded
    /// records.
    pub fn knows_record(
        &self,
        country: &str,
        commissions: &[CommissionId],
        restricted: bool,
        institutions: &[InstitutionId],
    ) -> bool {
        let any = |own: &[CommissionId]| commissions.iter().any(|id| own.contains(id));
        self.knows_country(country)
            || any(&self.full_commissions)
            || (!restricted && any(&self.unrestricted_commissions))
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
    fn a_representative_follows_the_commissions_of_which_the_institution_is_a_member_today() {
        let grant = |commission_id| Grant {
            id: id(1),
            role: Role::Representative,
            country_code: None,
            commission_id,
            institution_id: Some(id(9)),
        };
        let seats: Vec<(CommissionId, InstitutionId)> = vec![(id(1), id(9)), (id(2), id(8)), (id(3), id(9))];
        let followed = |grant: Grant| Visibility::of_grants(&[grant], seats.iter().copied()).unrestricted_commissions;
        assert_eq!(followed(grant(None)), vec![id::<CommissionId>(1), id(3)]);
        assert_eq!(followed(grant(Some(id(3)))), vec![id::<CommissionId>(3)]);
        assert_eq!(followed(grant(Some(id(2)))), Vec::<CommissionId>::new());
    }

    #[test]
    fn followers_do_not_know_restricted_records_but_named_institutions_do() {
        let knows = |visibility: Visibility, restricted| visibility.knows_record("CL", &[id(1)], restricted, &[id(2)]);
        let follower = || Visibility { unrestricted_commissions: vec![id(1)], ..Visibility::default() };
        assert!(!knows(follower(), true));
        assert!(knows(follower(), false));
        assert!(knows(Visibility { institutions: vec![id(2)], ..Visibility::default() }, true));
        assert!(knows(Visibility { full_commissions: vec![id(1)], ..Visibility::default() }, true));
        assert!(knows(Visibility { countries: vec!["CL".into()], ..Visibility::default() }, true));
        assert!(!knows(Visibility { countries: vec!["PE".into()], ..Visibility::default() }, true));
    }
}
