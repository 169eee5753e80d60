//! The reports that institutions owe, as far as reminders need them.

use chrono::{Days, NaiveDate};

use super::model::{Duty, DutyState};
use super::records::DutyRecord;
use crate::dates::PartialDate;
use crate::db::InstitutionId;

/// The number of days before its due day from which a report is due soon.
pub(super) const SOON: u64 = 15;

/// A report that an institution has not sent, and that is expected or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwedTerm {
    pub institution: InstitutionId,
    pub period: PartialDate,
    pub due_to: NaiveDate,
    /// The first day on which a reminder of it makes sense.
    pub first_reminder: NaiveDate,
}

impl DutyRecord {
    /// Returns the reports on periods that have begun which institutions have not sent; neither those that were waived nor
    /// those that were returned.
    pub(crate) fn owed_terms(&self, today: NaiveDate) -> Vec<OwedTerm> {
        let mut owed = Vec::new();
        for period in self.duty.periods_until(today) {
            let due_to = self.duty.due_day(&period);
            let first_reminder = first_reminder(&self.duty, &period, due_to);
            for institution in self.asked.institutions() {
                let cell = self.history.cell((&self.duty, &self.asked), institution, &period, today);
                if cell.is_some_and(|cell| matches!(cell.state, DutyState::Expected | DutyState::Missing)) {
                    owed.push(OwedTerm { institution, period: period.clone(), due_to, first_reminder });
                }
            }
        }
        owed
    }
}

/// Returns the day after the period, or the day from which its report is due soon, if that comes first; never a day on
/// which the duty was not yet there, so that a duty for past periods does not begin with everything that was not sent.
fn first_reminder(duty: &Duty, period: &PartialDate, due_to: NaiveDate) -> NaiveDate {
    let after = |day: NaiveDate| day.succ_opt().unwrap_or(day);
    let soon = due_to.checked_sub_days(Days::new(SOON)).unwrap_or(due_to);
    after(period.to()).min(soon).max(after(duty.today(duty.created_at)))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::clock::Instant;
    use crate::duties::model::{DutyInput, Every};

    #[test]
    fn the_first_reminder_comes_when_the_period_is_over_or_the_report_is_due_soon() {
        let day = |text: &str| crate::dates::parse_day(text).unwrap();
        let duty = |due_days, created: &str| {
            let fields = DutyInput {
                commission_ids: Vec::new(),
                title: "Informe".into(),
                every: Every::Quarter,
                from: PartialDate::parse("2023-Q1").unwrap(),
                to: None,
                institution_ids: Vec::new(),
                sector: None,
                fields: Vec::new(),
                due_days,
                plan_item_id: None,
                restricted: false,
                note: None,
                translations: Default::default(),
            };
            let created = Instant::parse(&format!("{created}T12:00:00Z")).unwrap();
            Duty::new(uuid::Uuid::from_u128(1).into(), ("PE".into(), Tz::UTC), fields, created)
        };
        let period = PartialDate::parse("2023-Q2").unwrap();
        for (due_days, created, first) in [
            (15, "2023-01-02", "2023-06-30"),
            (0, "2023-01-02", "2023-06-15"),
            (60, "2023-01-02", "2023-07-01"),
            (15, "2023-07-10", "2023-07-11"),
        ] {
            let duty = duty(due_days, created);
            assert_eq!(first_reminder(&duty, &period, duty.due_day(&period)), day(first), "{due_days} {created}");
        }
    }
}
