//! Days and hours where a commission is.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::clock::Instant;

/// For when reminders are planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanningTime {
    /// This moment: each commission's own day.
    Now(Instant),
    /// That day, after the sending hour, wherever the commission is; the moment is the last of that day.
    Day(NaiveDate, Instant),
}

impl PlanningTime {
    /// The whole of a day, until it ends in the westernmost of these zones.
    pub fn whole_day(day: NaiveDate, zones: &[Tz]) -> Self {
        let end = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let ends = zones.iter().chain([&Tz::UTC]).map(|zone| local(end, 0, *zone).plus(-TimeDelta::seconds(1)));
        Self::Day(day, ends.max().unwrap_or_else(|| local(end, 0, Tz::UTC)))
    }

    pub fn moment(self) -> Instant {
        match self {
            Self::Now(now) | Self::Day(_, now) => now,
        }
    }

    pub fn today(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Now(now) => now.day_in(zone),
            Self::Day(day, _) => day,
        }
    }
}

/// The moment that a clock in `zone` shows this hour; where it is skipped, the next hour that is not, be it the day
/// after's.
pub fn local(day: NaiveDate, hour: u32, zone: Tz) -> Instant {
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
        // The last hour of a day is skipped, and once a whole day was.
        assert_eq!(local(day("2024-03-30"), 23, Tz::America__Nuuk).to_string(), "2024-03-31T01:00:00Z");
        assert_eq!(local(day("2011-12-30"), 8, Tz::Pacific__Apia).to_string(), "2011-12-30T10:00:00Z");
    }

    #[test]
    fn a_day_ends_in_the_west() {
        let when = PlanningTime::whole_day(day("2023-09-15"), &[Tz::America__Santiago, Tz::America__Lima]);
        assert_eq!(when.moment().to_string(), "2023-09-16T04:59:59Z");
    }
}
