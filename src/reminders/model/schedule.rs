//! The steps of a due date according to a policy, and days and hours in a time zone. A step is a number of days after
//! the due date; before it, negative.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::clock::Instant;
use crate::commissions::ReminderPolicy;

fn days_after(due: NaiveDate, today: NaiveDate) -> i32 {
    i32::try_from((today - due).num_days()).unwrap_or(i32::MAX)
}

/// The time after the mail that announced an assignment, in which nothing else is sent about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct QuietPeriod {
    until: Instant,
    zone: Tz,
    hour: u32,
}

impl QuietPeriod {
    /// Returns the 48 hours after the announcement. `hour` is the hour from which reminders are sent.
    pub(super) fn after(announced_at: Instant, zone: Tz, hour: u32) -> Self {
        Self { until: announced_at.plus(TimeDelta::hours(48)), zone, hour }
    }

    /// Returns true for a day whose sending hour is within the 48 hours, or before them.
    fn covers(&self, day: NaiveDate) -> bool {
        local(day, self.hour, self.zone) < self.until
    }

    /// Returns the first day whose sending hour comes after the 48 hours.
    pub(super) fn first_day_after(&self) -> NaiveDate {
        let day = self.until.day_in(self.zone);
        if self.covers(day) { day.checked_add_days(Days::new(1)).unwrap_or(day) } else { day }
    }
}

/// Returns the latest step whose day has come; `None` before the first. Steps before the due date that fall within the
/// quiet time are skipped; the due date and overdue steps wait until it is over.
pub(super) fn latest_step(
    policy: &ReminderPolicy,
    due: NaiveDate,
    today: NaiveDate,
    quiet: Option<QuietPeriod>,
) -> Option<i32> {
    let passed = days_after(due, today);
    let every = policy.overdue_every_days.max(1);
    let is_quiet = |day| quiet.is_some_and(|quiet| quiet.covers(day));
    if passed >= 0 && is_quiet(today) {
        return None;
    }
    if passed >= every {
        return Some(passed / every * every);
    }
    let skipped = |step: i32| step < 0 && is_quiet(due + TimeDelta::days(step.into()));
    policy.lead_days.iter().map(|days| -days).filter(|step| *step <= passed && !skipped(*step)).max()
}

/// Returns the day of the first step after `today`. There always is one, because overdue steps do not end.
pub(super) fn next_step_day(policy: &ReminderPolicy, due: NaiveDate, today: NaiveDate) -> NaiveDate {
    let passed = days_after(due, today);
    let every = policy.overdue_every_days.max(1);
    let overdue = (passed.max(0) / every + 1) * every;
    let ahead = policy.lead_days.iter().map(|days| -days).filter(|step| *step > passed);
    due + TimeDelta::days(ahead.chain([overdue]).min().unwrap_or(overdue).into())
}

/// Returns true when the secretariat is reminded of a step too.
pub(super) fn escalates(policy: &ReminderPolicy, step: i32) -> bool {
    step > 0 && step >= policy.escalate_after_days
}

/// Returns true when the coordinator is reminded of a step too.
pub(super) fn escalates_to_coordinator(policy: &ReminderPolicy, step: i32) -> bool {
    step > 0 && step >= policy.escalate_to_coordinator_after_days
}

/// The time for which reminders are planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanningTime {
    /// A moment: the day in each commission's time zone.
    Now(Instant),
    /// A whole day, of which all sending hours have passed, in every time zone.
    Day {
        day: NaiveDate,
        /// The end of the day in the westernmost zone, by which everything of the day is due. In the zones east of it
        /// the next day has begun.
        end: Instant,
        /// A moment that is on this day in every zone. It counts as the present when records are read and mails are
        /// sent.
        within: Instant,
    },
}

impl PlanningTime {
    /// Returns a whole day in these zones, which differ by less than a day.
    pub fn whole_day(day: NaiveDate, zones: &[Tz]) -> Self {
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let end_in = |zone: Tz| local(next, 0, zone).plus(-TimeDelta::seconds(1));
        let ends = || zones.iter().map(|zone| end_in(*zone));
        let end = ends().max().unwrap_or_else(|| end_in(Tz::UTC));
        Self::Day { day, end, within: ends().min().unwrap_or(end) }
    }

    /// Returns the moment by which everything of this time is due.
    pub fn moment(self) -> Instant {
        match self {
            Self::Now(now) => now,
            Self::Day { end, .. } => end,
        }
    }

    /// Returns the moment that counts as the present: its day is [`Self::today`] in every zone.
    pub fn present(self) -> Instant {
        match self {
            Self::Now(now) => now,
            Self::Day { within, .. } => within,
        }
    }

    pub fn today(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Now(now) => now.day_in(zone),
            Self::Day { day, .. } => day,
        }
    }
}

/// Returns the moment at which clocks in `zone` show this hour. An hour that is skipped gives the next one that is not,
/// even if it is on the day after.
pub(super) fn local(day: NaiveDate, hour: u32, zone: Tz) -> Instant {
    let midnight = day.and_time(NaiveTime::MIN);
    let mut hours = (0..=24).filter_map(|later| midnight.checked_add_signed(TimeDelta::hours(i64::from(hour) + later)));
    let found = hours.find_map(|time| zone.from_local_datetime(&time).earliest());
    found.map_or_else(|| midnight.and_utc().into(), |at| at.to_utc().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn of_several_steps_the_latest_counts_and_the_next_is_known() {
        let policy = ReminderPolicy::default();
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
            assert_eq!(latest_step(&policy, due, day(today), None), step, "{today}");
            assert_eq!(next_step_day(&policy, due, day(today)), day(next), "{today}");
        }
    }

    #[test]
    fn the_secretariat_is_reminded_from_the_first_step_after_the_days_it_waits() {
        let policy = |days| ReminderPolicy { escalate_after_days: days, ..ReminderPolicy::default() };
        assert_eq!([7, 14, 21].map(|step| escalates(&policy(10), step)), [false, true, true]);
        assert!(!escalates(&policy(0), 0));
    }

    #[test]
    fn nothing_is_sent_in_the_48_hours_after_the_announcement() {
        let policy = ReminderPolicy::default();
        // Thursday, 16:00 in Lima.
        let announced = Instant::parse("2026-03-26T21:00:00Z").unwrap();
        let quiet = QuietPeriod::after(announced, Tz::America__Lima, 8);
        assert_eq!(quiet.first_day_after(), day("2026-03-29"));
        for (due, today, step) in [
            ("2026-04-10", "2026-03-26", None),
            ("2026-04-10", "2026-04-02", None),
            ("2026-04-10", "2026-04-03", Some(-7)),
            ("2026-03-28", "2026-03-27", None),
            ("2026-03-28", "2026-03-28", None),
            ("2026-03-28", "2026-03-29", Some(0)),
            ("2026-03-10", "2026-03-28", None),
            ("2026-03-10", "2026-03-29", Some(14)),
        ] {
            assert_eq!(latest_step(&policy, day(due), day(today), Some(quiet)), step, "{due} {today}");
        }
    }

    #[test]
    fn a_skipped_midnight_is_one_oclock() {
        for (date, hour, moment) in [
            ("2023-09-03", 0, "2023-09-03T04:00:00Z"),
            ("2026-09-05", 0, "2026-09-05T04:00:00Z"),
            ("2026-09-06", 0, "2026-09-06T04:00:00Z"),
            ("2026-09-06", 8, "2026-09-06T11:00:00Z"),
            ("2026-09-07", 0, "2026-09-07T03:00:00Z"),
            ("2026-04-04", 23, "2026-04-05T02:00:00Z"),
            ("2026-04-05", 0, "2026-04-05T04:00:00Z"),
        ] {
            assert_eq!(local(day(date), hour, Tz::America__Santiago).to_string(), moment, "{date} {hour}:00");
        }
        assert_eq!(local(day("2026-09-05"), 23, Tz::Pacific__Easter).to_string(), "2026-09-06T04:00:00Z");
        // Zones in which the last hour of a day, or a whole day, was skipped.
        assert_eq!(local(day("2024-03-30"), 23, Tz::America__Nuuk).to_string(), "2024-03-31T01:00:00Z");
        assert_eq!(local(day("2011-12-30"), 8, Tz::Pacific__Apia).to_string(), "2011-12-30T10:00:00Z");
    }

    #[test]
    fn a_day_ends_in_the_west_and_its_present_is_before_its_end_in_the_east() {
        let time = PlanningTime::whole_day(day("2023-09-15"), &[Tz::America__Santiago, Tz::America__Lima]);
        assert_eq!(time.moment().to_string(), "2023-09-16T04:59:59Z");
        assert_eq!(time.present().to_string(), "2023-09-16T02:59:59Z");
        let alone = PlanningTime::whole_day(day("2023-09-15"), &[Tz::America__Santiago]);
        assert_eq!((alone.moment(), alone.present()), (time.present(), time.present()));
        let nowhere = PlanningTime::whole_day(day("2023-09-15"), &[]);
        assert_eq!(nowhere.present().to_string(), "2023-09-15T23:59:59Z");
    }
}
