//! The state of a report on a period: one rule for the matrix, the reminders, the overview and the annual report.
//!
//! An institution that reported nothing, one that reported zero, and one that did not report are never the same.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::text_enum! {
    /// The state of the report of an institution on a period.
    DutyState {
        /// Not received, and not due yet.
        Expected = "expected",
        /// Received, and neither `zero` nor `nothing`.
        Reported = "reported",
        /// Received; every count is 0.
        Zero = "zero",
        /// Received; it states that there is nothing to report.
        Nothing = "nothing",
        /// Not received by its due day.
        Missing = "missing",
        /// Not received, and waived by the secretariat.
        Waived = "waived",
    }
}

crate::text_enum! {
    /// The review of the newest report on a period.
    DutyVerification {
        Pending = "pending",
        Accepted = "accepted",
        Returned = "returned",
    }
}

/// The newest report on a period, as far as it decides about the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NewestReport {
    /// `reported`, `zero` or `nothing`.
    pub state: DutyState,
    /// True when the first report on the period came after its due day.
    pub late: bool,
    pub verification: DutyVerification,
}

/// The state of the report of an institution on a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DutyCell {
    /// The state.
    #[schema(examples("reported"))]
    pub state: DutyState,
    /// True when the first report on the period came after its due day; a correction does not change it.
    #[schema(examples(false))]
    pub late: bool,
    /// The review of the newest report; null without a report.
    pub verification: Option<DutyVerification>,
}

/// Returns the state of the report on a period that is due on a day. A report counts in spite of a waiver.
pub(crate) fn cell(due: NaiveDate, today: NaiveDate, report: Option<NewestReport>, is_waived: bool) -> DutyCell {
    let without_report = |state| DutyCell { state, late: false, verification: None };
    match report {
        Some(NewestReport { state, late, verification }) => DutyCell { state, late, verification: Some(verification) },
        None if is_waived => without_report(DutyState::Waived),
        None if today > due => without_report(DutyState::Missing),
        None => without_report(DutyState::Expected),
    }
}

/// The number of institutions in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DutyCounts {
    /// Not received, and not due yet.
    #[schema(examples(0))]
    pub expected: u32,
    /// Reported, neither zero nor nothing.
    #[schema(examples(18))]
    pub reported: u32,
    /// Reported zero.
    #[schema(examples(3))]
    pub zero: u32,
    /// Reported that there is nothing to report.
    #[schema(examples(1))]
    pub nothing: u32,
    /// Did not report.
    #[schema(examples(3))]
    pub missing: u32,
    /// Did not have to report.
    #[schema(examples(1))]
    pub waived: u32,
    /// Reported late; among those that reported.
    #[schema(examples(4))]
    pub late: u32,
    /// Await review; among those that reported.
    #[schema(examples(2))]
    pub awaiting_review: u32,
}

impl DutyCounts {
    /// Counts one more institution.
    pub(crate) fn add(&mut self, cell: &DutyCell) {
        let count = match cell.state {
            DutyState::Expected => &mut self.expected,
            DutyState::Reported => &mut self.reported,
            DutyState::Zero => &mut self.zero,
            DutyState::Nothing => &mut self.nothing,
            DutyState::Missing => &mut self.missing,
            DutyState::Waived => &mut self.waived,
        };
        *count += 1;
        self.late += u32::from(cell.late);
        self.awaiting_review += u32::from(cell.verification == Some(DutyVerification::Pending));
    }

    /// Returns the number of those that reported anything: figures, zero or nothing.
    pub(crate) fn answered(&self) -> u32 {
        self.reported + self.zero + self.nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::parse_day;

    const ON_TIME: NewestReport =
        NewestReport { state: DutyState::Reported, late: false, verification: DutyVerification::Pending };

    fn state(today: &str, report: Option<NewestReport>, is_waived: bool) -> DutyState {
        cell(parse_day("2023-04-15").unwrap(), parse_day(today).unwrap(), report, is_waived).state
    }

    #[test]
    fn a_report_is_missing_from_the_day_after_it_was_due() {
        assert_eq!(state("2023-04-15", None, false), DutyState::Expected);
        assert_eq!(state("2023-04-16", None, false), DutyState::Missing);
    }

    #[test]
    fn a_waiver_ends_the_wait_and_a_report_counts_all_the_same() {
        assert_eq!(state("2023-04-16", None, true), DutyState::Waived);
        assert_eq!(state("2023-04-01", None, true), DutyState::Waived);
        assert_eq!(state("2023-04-16", Some(ON_TIME), true), DutyState::Reported);
    }

    #[test]
    fn zero_nothing_and_no_report_are_three_things() {
        let zero = NewestReport { state: DutyState::Zero, ..ON_TIME };
        let nothing = NewestReport { state: DutyState::Nothing, late: true, ..ON_TIME };
        let mut counts = DutyCounts::default();
        for report in [Some(zero), Some(nothing), None, Some(ON_TIME)] {
            let day = parse_day("2023-04-15").unwrap();
            counts.add(&cell(day, day.succ_opt().unwrap(), report, false));
        }
        assert_eq!((counts.reported, counts.zero, counts.nothing, counts.missing), (1, 1, 1, 1));
        assert_eq!((counts.late, counts.awaiting_review, counts.answered()), (1, 3, 3));
    }
}
