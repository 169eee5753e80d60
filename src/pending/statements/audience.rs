//! The conditions on the person for whom something waits, and those of the filter.

use std::collections::BTreeMap;

use super::Statements;
use crate::db::{CommissionId, InstitutionId, unique};

impl Statements<'_> {
    /// Returns every institution that the person represents, in every commission or in one.
    pub(super) fn own_institutions(&self) -> Vec<InstitutionId> {
        let bounded = self.actor.represented_in().map(|(_, institution)| institution);
        unique(self.actor.represented_everywhere().chain(bounded))
    }

    fn bounded(&self) -> BTreeMap<CommissionId, Vec<InstitutionId>> {
        let mut bounded: BTreeMap<CommissionId, Vec<InstitutionId>> = BTreeMap::new();
        for (commission, institution) in self.actor.represented_in() {
            bounded.entry(commission).or_default().push(institution);
        }
        bounded
    }

    /// Writes the condition that the person represents the institution of a column, for a grant that is bounded to one
    /// commission only where `within` (a condition on a commission) holds.
    fn represents(&self, column: &str, within: impl Fn(&str) -> String) -> String {
        let own = self.sql.ids(self.own_institutions());
        let everywhere = self.sql.ids(self.actor.represented_everywhere());
        let mut sum = format!("{column} IN {everywhere}");
        for (commission, institutions) in self.bounded() {
            let (inside, institutions) = (within(&self.sql.id(commission)), self.sql.ids(institutions));
            sum = format!("{sum} OR ({column} IN {institutions} AND {inside})");
        }
        format!("({column} IN {own} AND ({sum}))")
    }

    /// Writes the condition that an assignment `a` of a commitment `c` is a part of an own institution.
    pub(super) fn own_part(&self) -> String {
        self.represents("a.institution_id", |commission| commitment_of("c", &format!("= {commission}")))
    }

    /// Writes the condition that a membership `s` is one of an own institution.
    pub(super) fn own_seat(&self) -> String {
        self.represents("s.institution_id", |commission| format!("s.commission_id = {commission}"))
    }

    /// Writes the condition that a session `m` concerns the person as a member: it is not restricted and one of its
    /// commissions has an own institution as a member today, or an own institution is on its attendance list.
    pub(super) fn member_of_session(&self) -> String {
        let seats = self.own_seats();
        let attends = self.represents("t.institution_id", |commission| session_of(&format!("= {commission}")));
        format!(
            "((m.restricted = FALSE AND {}) OR EXISTS (SELECT 1 FROM attendances t WHERE t.meeting_id = m.id AND {attends}))",
            session_of(&format!("IN {}", self.sql.ids(seats)))
        )
    }

    /// Returns the commissions of which an institution that the person represents there is a member today.
    fn own_seats(&self) -> Vec<CommissionId> {
        let everywhere: Vec<_> = self.actor.represented_everywhere().collect();
        let bounded: Vec<_> = self.actor.represented_in().collect();
        let seats = self.actor.seats.iter().filter(|seat| {
            everywhere.contains(&seat.institution_id) || bounded.contains(&(seat.commission_id, seat.institution_id))
        });
        seats.map(|seat| seat.commission_id).collect()
    }

    /// Writes the condition that the person is the secretariat of a commission of a session `m`.
    pub(super) fn secretariat_of_session(&self) -> String {
        session_of(&format!("IN {}", self.own_commissions()))
    }

    /// Writes the list of the commissions of which the person is the secretariat.
    pub(super) fn own_commissions(&self) -> String {
        self.sql.ids(self.actor.secretariat_commissions())
    }

    /// Writes the list of the countries that the person coordinates.
    pub(super) fn coordinated(&self) -> String {
        self.sql.texts(self.actor.coordinated_countries())
    }

    /// Writes the condition that the person writes a commitment `c`, as secretariat, coordinator or admin.
    pub(super) fn writes_commitment(&self) -> String {
        if self.actor.is_admin() {
            return "TRUE".to_owned();
        }
        let own = commitment_of("c", &format!("IN {}", self.own_commissions()));
        format!("(c.country_code IN {} OR {own})", self.coordinated())
    }

    /// Writes the condition that the person writes an activity `v`, as secretariat, coordinator or admin.
    pub(super) fn writes_activity(&self) -> String {
        if self.actor.is_admin() {
            return "TRUE".to_owned();
        }
        let own = activity_of(&format!("IN {}", self.own_commissions()));
        format!("(v.country_code IN {} OR {own})", self.coordinated())
    }

    /// Writes the condition of the filter on a commitment `c`.
    pub(super) fn filter_commitment(&self) -> String {
        self.filter_by("c.country_code", |one| commitment_of("c", one))
    }

    /// Writes the condition of the filter on a session `m`.
    pub(super) fn filter_session(&self) -> String {
        self.filter_by("m.country_code", session_of)
    }

    /// Writes the condition of the filter on an activity `v`.
    pub(super) fn filter_activity(&self) -> String {
        self.filter_by("v.country_code", activity_of)
    }

    /// Writes the condition of the filter: on the column with the country, and on the commissions.
    pub(super) fn filter_by(&self, country: &str, of_commission: impl Fn(&str) -> String) -> String {
        let mut conditions = vec!["TRUE".to_owned()];
        if let Some(code) = &self.filter.country_code {
            conditions.push(format!("{country} = {}", self.sql.text(code)));
        }
        if let Some(id) = self.filter.commission_id {
            conditions.push(of_commission(&format!("= {}", self.sql.id(id))));
        }
        conditions.join(" AND ")
    }
}

/// Writes the condition that a commitment has a commission; `one` is a comparison.
pub(super) fn commitment_of(commitment: &str, one: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM commitment_commissions o WHERE o.commitment_id = {commitment}.id AND o.commission_id {one})"
    )
}

fn session_of(one: &str) -> String {
    format!("EXISTS (SELECT 1 FROM meeting_commissions o WHERE o.meeting_id = m.id AND o.commission_id {one})")
}

fn activity_of(one: &str) -> String {
    format!("EXISTS (SELECT 1 FROM activity_commissions o WHERE o.activity_id = v.id AND o.commission_id {one})")
}
