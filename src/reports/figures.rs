//! The figures of a report. Each is counted here alone, so that approval and comparison state the same number.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::records::Records;

crate::text_enum! {
    /// A figure of a report.
    FigureKey {
        /// The seats of institutions in commissions on the last day of the period, without guests and observers.
        Members = "members",
        /// The institutions that hold these seats; one in several commissions counts once.
        Institutions = "institutions",
        /// The sessions held in the period; a joint session counts once.
        Sessions = "sessions",
        /// The validated activities of the period.
        Activities = "activities",
    }
}

/// The figures of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub members: usize,
    pub institutions: usize,
    pub sessions: usize,
    pub activities: usize,
}

impl Figures {
    /// Counts the figures of a period.
    pub(super) fn of(records: &Records, (from, to): (NaiveDate, NaiveDate)) -> Self {
        let listed = records.memberships.iter().filter(|one| one.role.is_listed() && one.holds_on(to));
        let institutions: HashSet<_> = listed.clone().map(|one| one.institution_id).collect();
        let in_time =
            |span: Option<(NaiveDate, NaiveDate)>| span.is_some_and(|(start, end)| start <= to && end >= from);
        Self {
            members: listed.count(),
            institutions: institutions.len(),
            sessions: records.meetings.iter().filter(|one| one.was_held_in(from, to)).count(),
            activities: records.activities.iter().filter(|one| one.counts() && in_time(one.span())).count(),
        }
    }

    pub(super) fn get(&self, key: FigureKey) -> usize {
        match key {
            FigureKey::Members => self.members,
            FigureKey::Institutions => self.institutions,
            FigureKey::Sessions => self.sessions,
            FigureKey::Activities => self.activities,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commissions::MemberRole;
    use crate::reports::records::Membership;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn seats_are_counted_on_the_last_day_and_institutions_once() {
        let seat = |commission: u128, institution: u128, role: MemberRole, to: Option<&str>| Membership {
            commission_id: uuid::Uuid::from_u128(commission).into(),
            institution_id: uuid::Uuid::from_u128(institution).into(),
            role,
            from: None,
            to: to.map(day),
        };
        let memberships = vec![
            seat(1, 1, MemberRole::Lead, None),
            seat(1, 2, MemberRole::Member, None),
            seat(2, 2, MemberRole::Secretariat, None),
            seat(2, 3, MemberRole::Guest, None),
            seat(2, 4, MemberRole::Member, Some("2023-12-30")),
        ];
        let records = Records { memberships, ..Records::default() };
        let figures = Figures::of(&records, (day("2023-05-01"), day("2023-12-31")));
        assert_eq!(figures, Figures { members: 3, institutions: 2, sessions: 0, activities: 0 });
        assert_eq!(figures.get(FigureKey::Institutions), 2);
    }
}
