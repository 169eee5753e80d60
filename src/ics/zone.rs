//! `VTIMEZONE`: the past and future changes of the offset of a zone, one by one.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{OffsetComponents, Tz};

use super::lines::Lines;
use crate::clock::Instant;

const WEEK: i64 = 7 * 24 * 3600;
const YEAR: i64 = 366 * 24 * 3600;

/// A change of the offset, in seconds.
#[derive(Debug, PartialEq, Eq)]
struct OffsetChange {
    /// Seconds since 1970, in UTC.
    at: i64,
    from: i32,
    to: i32,
}

/// Writes the zone with the changes between these moments and in the year after them, because people move events.
pub(super) fn write(out: &mut Lines, zone: Tz, first: Instant, last: Instant) {
    out.plain("BEGIN", "VTIMEZONE");
    out.plain("TZID", zone.name());
    for change in offset_changes(zone, first.unix_seconds(), last.unix_seconds() + YEAR) {
        let held = zone.offset_from_utc_datetime(&utc(change.at));
        let kind = if held.dst_offset() == TimeDelta::zero() { "STANDARD" } else { "DAYLIGHT" };
        let local = utc(change.at) + TimeDelta::seconds(change.from.into());
        out.plain("BEGIN", kind);
        out.plain("DTSTART", &local.format("%Y%m%dT%H%M%S").to_string());
        out.plain("TZOFFSETFROM", &offset_text(change.from));
        out.plain("TZOFFSETTO", &offset_text(change.to));
        out.plain("TZNAME", &held.to_string());
        out.plain("END", kind);
    }
    out.plain("END", "VTIMEZONE");
}

/// Writes the zone UTC, which never changes.
pub(super) fn write_utc(out: &mut Lines) {
    let epoch = utc(0).and_utc().into();
    write(out, Tz::Etc__UTC, epoch, epoch);
}

fn utc(seconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
}

fn offset(zone: Tz, at: i64) -> i32 {
    zone.offset_from_utc_datetime(&utc(at)).fix().local_minus_utc()
}

/// Returns the change that applies at `first`, and the later changes until `last`. No zone changes twice within a week.
fn offset_changes(zone: Tz, first: i64, last: i64) -> Vec<OffsetChange> {
    let held = offset(zone, first);
    let mut early = first;
    while early > 0 && offset(zone, early) == held {
        early -= WEEK;
    }
    let mut found = Vec::new();
    if offset(zone, early) == held {
        found.push(OffsetChange { at: early, from: held, to: held });
    }
    while early < last {
        let late = early + WEEK;
        let (from, to) = (offset(zone, early), offset(zone, late));
        if from != to {
            found.push(OffsetChange { at: change_between(zone, early, late), from, to });
        }
        early = late;
    }
    found
}

/// Returns the first second of the offset that applies at `late`.
fn change_between(zone: Tz, mut early: i64, mut late: i64) -> i64 {
    let to = offset(zone, late);
    while late - early > 1 {
        let middle = early + (late - early) / 2;
        if offset(zone, middle) == to { late = middle } else { early = middle }
    }
    late
}

/// Returns an offset such as `-0300`, with seconds if there are any.
fn offset_text(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        Instant::parse(text).unwrap().unix_seconds()
    }

    #[test]
    fn santiago_changes_on_the_days_of_the_decree() {
        let found =
            offset_changes(chrono_tz::America::Santiago, at("2023-08-22T14:00:00Z"), at("2024-10-01T00:00:00Z"));
        let expected = [
            OffsetChange { at: at("2023-04-02T03:00:00Z"), from: -10_800, to: -14_400 },
            OffsetChange { at: at("2023-09-03T04:00:00Z"), from: -14_400, to: -10_800 },
            OffsetChange { at: at("2024-04-07T03:00:00Z"), from: -10_800, to: -14_400 },
            OffsetChange { at: at("2024-09-08T04:00:00Z"), from: -14_400, to: -10_800 },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn lima_has_not_changed_since_1994_and_utc_never() {
        let found = offset_changes(chrono_tz::America::Lima, at("2023-08-22T14:00:00Z"), at("2024-10-01T00:00:00Z"));
        assert_eq!(found, [OffsetChange { at: at("1994-04-01T04:00:00Z"), from: -14_400, to: -18_000 }]);
        let found = offset_changes(Tz::UTC, at("2023-08-22T14:00:00Z"), at("2024-10-01T00:00:00Z"));
        assert_eq!(found.iter().map(|one| (one.from, one.to)).collect::<Vec<_>>(), [(0, 0)]);
    }

    #[test]
    fn a_zone_is_written_with_its_local_hours() {
        let mut out = Lines::default();
        let moment = Instant::parse("2023-08-22T14:00:00Z").unwrap();
        write(&mut out, chrono_tz::America::Santiago, moment, moment);
        let written = out.finish();
        let summer = "BEGIN:DAYLIGHT\r\nDTSTART:20230903T000000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0300\r\nTZNAME:-03\r\nEND:DAYLIGHT\r\n";
        assert!(written.contains(summer), "{written}");
        let winter = "BEGIN:STANDARD\r\nDTSTART:20230402T000000\r\nTZOFFSETFROM:-0300\r\nTZOFFSETTO:-0400\r\nTZNAME:-04\r\nEND:STANDARD\r\n";
        assert!(written.contains(winter), "{written}");
    }

    #[test]
    fn offsets_are_hours_and_minutes() {
        assert_eq!([-10_800, 20_700, -2670].map(offset_text), ["-0300", "+0545", "-004430"]);
    }
}
