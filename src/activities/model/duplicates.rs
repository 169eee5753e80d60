//! Whether two entries may be one: the same month, a party in common, a like title (the same seminar told by two
//! commissions).

use chrono::{Datelike, NaiveDate};

use crate::db::{ActivityId, InstitutionId};
use crate::text::fold;

/// An entry that may tell the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    pub restricted: bool,
    pub id: ActivityId,
    pub title: String,
}

/// What two entries are compared by.
#[derive(Debug, Clone, Copy)]
pub struct Likeness<'a> {
    pub title: &'a str,
    pub starts_from: Option<NaiveDate>,
    pub parties: &'a [InstitutionId],
}

/// How much two titles must share, from 0 to 1: so much that a word more or less is no difference.
const ALIKE: f64 = 0.8;

impl Likeness<'_> {
    pub fn may_be(&self, other: &Self) -> bool {
        let month = |one: &Self| one.starts_from.map(|day| (day.year(), day.month()));
        month(self).is_some_and(|own| month(other) == Some(own))
            && self.parties.iter().any(|party| other.parties.contains(party))
            && strsim::sorensen_dice(&fold([self.title]), &fold([other.title])) >= ALIKE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness<'a>(title: &'a str, day: &str, parties: &'a [InstitutionId]) -> Likeness<'a> {
        Likeness { title, starts_from: crate::dates::parse_day(day), parties }
    }

    #[test]
    fn one_seminar_told_twice_is_noticed() {
        let parties: [InstitutionId; 2] = [1, 2].map(|n| uuid::Uuid::from_u128(n).into());
        let [one, other] = &parties;
        let (one, other) = (std::slice::from_ref(one), std::slice::from_ref(other));
        let told = likeness("Seminario Binacional Chile – Argentina: Junt@s por la niñez", "2023-08-01", &parties);
        let title = "Seminario binacional «Chile-Argentina, Junt@s por la niñez»";
        assert!(told.may_be(&likeness(title, "2023-08-17", one)));
        assert!(!told.may_be(&likeness(title, "2023-09-01", one)), "another month");
        assert!(!likeness(title, "2023-08-01", one).may_be(&likeness(title, "2023-08-01", other)), "nobody in common");
        assert!(!told.may_be(&likeness("Seminario sobre trata de personas", "2023-08-01", one)), "another title");
    }
}
