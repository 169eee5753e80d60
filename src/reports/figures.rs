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
