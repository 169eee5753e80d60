//! The steps of a term.

use chrono::{NaiveDate, TimeDelta};

use crate::commissions::ReminderPolicy;

/// How a commission reminds. A step is a number of days after the term; before it, negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    pub lead_days: Vec<i32>,
    pub overdue_every_days: i32,
    pub escalate_after_days: i32,
    pub send_hour: u32,
    pub send_on_non_working_days: bool,
}

impl From<ReminderPolicy> for Rhythm {
    fn from(policy: ReminderPolicy) -> Self {
        Self {
            lead_days: policy.lead_days,
            overdue_every_days: policy.overdue_every_days,
            escalate_after_days: policy.escalate_after_days,
            send_hour: policy.send_hour.unsigned_abs(),
            send_on_non_working_days: policy.send_on_non_working_days,
        }
    }
}

/// A commission that has set nothing.
impl Default for Rhythm {
    fn default() -> Self {
        ReminderPolicy::default().into()
    }
}

/// The day of a step.
fn day_of(due: NaiveDate, step: i32) -> NaiveDate {
    due + TimeDelta::days(step.into())
}

/// Days from the term to `today`; before it, negative.
fn days_after(due: NaiveDate, today: NaiveDate) -> i32 {
    i32::try_from((today - due).num_days()).unwrap_or(i32::MAX)
}

impl Rhythm {
    /// The latest step whose day has come; none yet: None.
    pub fn latest_step(&self, due: NaiveDate, today: NaiveDate) -> Option<i32> {
        let passed = days_after(due, today);
        let every = self.overdue_every_days.max(1);
        if passed >= every {
            return Some(passed / every * every);
        }
        self.lead_days.iter().map(|days| -days).filter(|step| *step <= passed).max()
    }

    /// The day of the first step after `today`; there always is one, because overdue steps do not end.
    pub fn next_day(&self, due: NaiveDate, today: NaiveDate) -> NaiveDate {
        let passed = days_after(due, today);
        let every = self.overdue_every_days.max(1);
        let overdue = (passed.max(0) / every + 1) * every;
        let ahead = self.lead_days.iter().map(|days| -days).filter(|step| *step > passed);
        day_of(due, ahead.chain([overdue]).min().unwrap_or(overdue))
    }

    /// Whether the secretariat is told too.
    pub fn escalates(&self, step: i32) -> bool {
        step > 0 && step >= self.escalate_after_days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn of_several_steps_the_latest_counts_and_the_next_is_known() {
        let rhythm = Rhythm::default();
        let due = day("2023-10-20");
        for (today, step, next) in [
            ("2023-09-19", None, "2023-09-20"),
            ("2023-09-20", Some(-30), "2023-10-13"),
            ("2023-10-12", Some(-30), "2023-10-13"),
            ("2023-10-13", Some(-7), "2023-10-19"),
            ("2023-10-19", Some(-1), "2023-10-20"),
            ("2023-10-20", Some(0), "2023-10-27"),
            ("2023-10-26", Some(0), "2023-10-27"),
            ("2023-10-27", Some(7), "2023-11-03"),
            ("2023-11-05", Some(14), "2023-11-10"),
        ] {
            assert_eq!(rhythm.latest_step(due, day(today)), step, "{today}");
            assert_eq!(rhythm.next_day(due, day(today)), day(next), "{today}");
        }
    }

    #[test]
    fn the_secretariat_hears_from_the_first_step_after_the_days_it_waits() {
        let rhythm = Rhythm { escalate_after_days: 10, ..Rhythm::default() };
        assert!(!rhythm.escalates(7) && rhythm.escalates(14) && rhythm.escalates(21));
        assert!(!Rhythm { escalate_after_days: 0, ..Rhythm::default() }.escalates(0));
    }
}
