//! The numbers of an overview.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{CommissionId, DutyId, InstitutionId, MeetingId, ReportId};
use crate::duties::DutyCounts;
use crate::reports::AnswerState;

/// The number of months in which terms are shown.
pub(super) const MONTHS: u32 = 12;

/// The overview of a country, or of one of its commissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Overview {
    /// The current day of the country. Terms are compared with the current day of the lead commission, as in the lists.
    #[schema(examples("2023-09-01"))]
    pub as_of: NaiveDate,
    /// The commitments of each commission; one of two commissions counts in each.
    pub commissions: Vec<CommissionNumbers>,
    /// The parts of each institution.
    pub institutions: Vec<InstitutionNumbers>,
    /// The commitments whose term ends in each of the 12 months from the current one of the country, or of the year.
    pub due_by_month: Vec<MonthNumbers>,
    /// The next sessions, at most 5.
    pub next_meetings: Vec<NextMeeting>,
    /// The validated activities of the year that is asked for, else of the current calendar year.
    pub registry: RegistryNumbers,
    /// The reports that institutions owe on the periods that ended in the last 12 months, or in the year, by duty.
    pub duties: Vec<DutyNumbers>,
    /// The newest report of the country that is not approved; null without one, and for those who may not know it.
    pub report: Option<ReportNumbers>,
}

/// The commitments of a commission.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = StateNumbers)]
pub(super) struct Numbers {
    /// Planned or in progress.
    #[schema(examples(12))]
    pub open: i64,
    /// Open, with a term that ends within 30 days.
    #[schema(examples(3))]
    pub due_30_days: i64,
    /// Open, with a term that has passed.
    #[schema(examples(2))]
    pub overdue: i64,
    /// With a reported completion that awaits review.
    #[schema(examples(1))]
    pub awaiting_review: i64,
    /// Fulfilled; of parts, accepted.
    #[schema(examples(20))]
    pub fulfilled: i64,
}

/// The commitments of a commission, by state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct CommissionNumbers {
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub numbers: Numbers,
}

/// The parts of an institution, by state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct InstitutionNumbers {
    /// The institution.
    pub institution_id: InstitutionId,
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Parts accepted in the last 12 months, or with a term in the year, that were completed within their term.
    #[schema(examples(5))]
    pub on_time: i64,
    /// Parts accepted in the last 12 months, or with a term in the year, that were completed after their term.
    #[schema(examples(1))]
    pub late: i64,
    /// The moment at which its last report was received.
    pub last_report_at: Option<Instant>,
}

/// The parts of an institution in the commitments of a commission, for slices that show them outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InstitutionState {
    pub institution_id: InstitutionId,
    /// Planned or in progress, with a term that has not passed or without one.
    pub open: i64,
    /// Open, with a term that has passed.
    pub overdue: i64,
    /// Accepted as fulfilled.
    pub fulfilled: i64,
}

/// The commitments whose term ends in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MonthNumbers {
    /// The month.
    #[schema(examples("2023-09"))]
    pub month: String,
    /// Planned or in progress.
    #[schema(examples(4))]
    pub open: i64,
    /// Open, with a term that has passed.
    #[schema(examples(0))]
    pub overdue: i64,
}

/// A session that takes place soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct NextMeeting {
    /// The session.
    pub id: MeetingId,
    /// Its title.
    #[schema(examples("Tercera sesión ordinaria"))]
    pub title: String,
    /// Its beginning; null when only the day or month is known.
    pub starts_at: Option<Instant>,
    /// Its commissions.
    pub commission_ids: Vec<CommissionId>,
    #[serde(skip)]
    pub restricted: bool,
    #[serde(skip)]
    pub country_code: String,
}

/// The validated activities of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct RegistryNumbers {
    /// The number of activities of each theme; one of two themes counts in each.
    #[schema(examples(json!({"child_labour": 7})))]
    pub by_theme: BTreeMap<String, i64>,
    /// The number of activities by the month of their first day in the year.
    #[schema(examples(json!({"2023-03": 2})))]
    pub by_month: BTreeMap<String, i64>,
    /// Activities without a number of participants.
    #[schema(examples(1))]
    pub without_participants: i64,
    /// Validated activities without a date, which belong to no year.
    #[serde(skip)]
    pub undated: i64,
}

/// The reports of the last 12 months, or of the year, on a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct DutyNumbers {
    /// The duty.
    pub duty_id: DutyId,
    /// Its title.
    #[schema(examples("Informe trimestral de las direcciones regionales de trabajo"))]
    pub title: String,
    /// The number of reports in each state.
    pub counts: DutyCounts,
    #[serde(skip)]
    pub restricted: bool,
    #[serde(skip)]
    pub country_code: String,
}

/// A report in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ReportNumbers {
    /// The report.
    pub id: ReportId,
    /// The number of questions by the state of their answer.
    #[schema(value_type = BTreeMap<String, usize>, examples(json!({"drafted": 20, "empty": 5, "edited": 4})))]
    pub questions_by_state: BTreeMap<AnswerState, usize>,
    /// The number of findings that block the approval.
    #[schema(examples(5))]
    pub blocking_findings: usize,
}

/// Returns the first and the last day of a year.
pub(super) fn days_of_year(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

/// Returns the first day of the month of a day.
pub(super) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// Returns the first day of the month after the last that is shown.
pub(super) fn end_of_months(day: NaiveDate) -> NaiveDate {
    first_of_month(day).checked_add_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MAX)
}

/// Adds the months without terms.
pub(super) fn all_months(first: NaiveDate, mut found: BTreeMap<String, (i64, i64)>) -> Vec<MonthNumbers> {
    let months = (0..MONTHS).filter_map(|n| first.checked_add_months(Months::new(n)));
    let numbers = months.map(|month| {
        let month = month.format("%Y-%m").to_string();
        let (open, overdue) = found.remove(&month).unwrap_or_default();
        MonthNumbers { month, open, overdue }
    });
    numbers.collect()
}

impl RestrictedContent for Overview {
    fn restricted(&self, found: &mut RestrictedRecords) {
        for meeting in self.next_meetings.iter().filter(|meeting| meeting.restricted) {
            found.add("meeting", meeting.id, &meeting.country_code);
        }
        for duty in self.duties.iter().filter(|duty| duty.restricted) {
            found.add("duty", duty.duty_id, &duty.country_code);
        }
    }
}
