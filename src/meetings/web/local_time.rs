//! Days with a time in one text field, as people write them: `2027-05-12 10:00`, `12/05/2027 10:00`,
//! `12 de mayo de 2027, 10:00 horas`, or the value of a browser's own field, `2027-05-12T10:00`.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::only_fault;
use crate::clock::Instant;
use crate::dates::{PartialDate, Precision, date_of_words};
use crate::error::Faults;
use crate::http::Fields;

/// Reads a day with a time of a zone. A time that occurs twice, when summer time ends, is the first of both moments;
/// None for a time that the clocks of the zone skip, and for everything that is not a day with a time.
pub(super) fn local_instant(text: &str, zone: Tz) -> Option<Instant> {
    if let Some(exact) = Instant::parse(text.trim()) {
        return Some(exact);
    }
    let (day, time) = split(text)?;
    let date = PartialDate::parse(&day).or_else(|| date_of_words(&day).ok())?;
    if date.precision() != Precision::Day {
        return None;
    }
    let local = NaiveDateTime::new(date.from(), clock_time(&time)?);
    Instant::parse(&zone.from_local_datetime(&local).earliest()?.with_timezone(&Utc).to_rfc3339())
}

/// Separates the day from the time after it.
fn split(text: &str) -> Option<(String, String)> {
    let text = text.trim().to_lowercase();
    let text = text.trim_end_matches('.');
    let ends = ["horas", "hrs", "hora", "hs", "hrs.", "h"];
    let text = ends.iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text).trim();
    let (day, time) = match text.split_once('t').filter(|(day, _)| day.len() == 10 && day.is_ascii()) {
        Some(parts) => parts,
        None => text.rsplit_once(char::is_whitespace)?,
    };
    let day = day.trim().trim_end_matches(',').trim();
    let day = ["a las", "a la", "at"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    Some((day.trim().trim_end_matches(',').to_owned(), time.to_owned()))
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    let text = text.replace('.', ":");
    ["%H:%M", "%H:%M:%S"].iter().find_map(|format| NaiveTime::parse_from_str(&text, format).ok())
}

/// Reads an hour of a known day, such as `10:15`, or a day with a time.
pub(super) fn local_hour(text: &str, day: Option<NaiveDate>, zone: Tz) -> Option<Instant> {
    let on_day = |day: NaiveDate| local_instant(&format!("{day} {}", text.trim()), zone);
    local_instant(text, zone).or_else(|| day.and_then(on_day))
}

/// Writes a moment as an hour of a day, else with its own day.
pub(super) fn written_hour(at: Instant, day: Option<NaiveDate>, zone: Tz) -> String {
    let whole = written(at, zone);
    let of_day = day.and_then(|day| whole.strip_prefix(&format!("{day} ")).map(str::to_owned));
    of_day.unwrap_or(whole)
}

/// Writes a moment as a field shows it, in a zone.
pub(super) fn written(at: Instant, zone: Tz) -> String {
    let local = at.utc().with_timezone(&zone);
    let format = if at.unix_seconds() % 60 == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    local.format(format).to_string()
}

/// Replaces the local times of these fields by moments as the API reads them. A text that cannot be read is a fault of
/// its field, and the only one.
pub(super) fn read_local_times(fields: &mut Fields, names: &[&str], zone: Tz, faults: &mut Faults) {
    for name in names {
        let Some(typed) = fields.get(name).filter(|typed| !typed.trim().is_empty()) else { continue };
        match local_instant(typed, zone) {
            Some(at) => fields.set(name, at),
            None => {
                only_fault(faults, &format!("/{name}"), "unread_time");
                fields.remove(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SANTIAGO: Tz = chrono_tz::America::Santiago;

    fn read(text: &str) -> Option<String> {
        local_instant(text, SANTIAGO).map(|at| at.to_string())
    }

    #[test]
    fn a_day_with_a_time_is_read_in_the_zone() {
        for text in [
            "2027-05-12 10:00",
            "12/05/2027 10:00",
            " 12/05/2027 10.00 ",
            "2027-05-12T10:00",
            "2027-05-12T10:00:00",
            "12 de mayo de 2027, 10:00 horas",
            "12 de mayo de 2027 a las 10:00 hrs.",
            "2027-05-12T14:00:00Z",
        ] {
            assert_eq!(read(text).as_deref(), Some("2027-05-12T14:00:00Z"), "{text}");
        }
    }

    #[test]
    fn a_day_alone_and_a_skipped_hour_are_not_read() {
        for text in ["2027-05-12", "mayo de 2027 10:00", "2027-05-12 25:00", "31/02/2027 10:00", "mañana", "10:00"] {
            assert_eq!(read(text), None, "{text}");
        }
        // Summer time began in Santiago on 8 September 2024 at midnight.
        assert_eq!(read("2024-09-08 00:30"), None);
        assert_eq!(read("2024-09-08 01:30").as_deref(), Some("2024-09-08T04:30:00Z"));
    }

    #[test]
    fn an_hour_is_one_of_the_sessions_day() {
        let day = crate::dates::parse_day("2027-05-12");
        for text in ["10:15", " 10.15 ", "10:15 horas", "2027-05-12 10:15", "12/05/2027 10:15"] {
            let at = local_hour(text, day, SANTIAGO);
            assert_eq!(at.map(|at| at.to_string()).as_deref(), Some("2027-05-12T14:15:00Z"), "{text}");
        }
        assert_eq!(local_hour("10:15", None, SANTIAGO), None);
        assert_eq!(local_hour("25:15", day, SANTIAGO), None);
        let at = |text: &str| Instant::parse(text).unwrap();
        assert_eq!(written_hour(at("2027-05-12T14:15:00Z"), day, SANTIAGO), "10:15");
        assert_eq!(written_hour(at("2027-05-13T05:15:00Z"), day, SANTIAGO), "2027-05-13 01:15");
    }

    #[test]
    fn what_a_field_shows_is_read_as_the_same_moment() {
        for text in ["2027-05-12T14:00:00Z", "2027-01-12T14:00:30Z"] {
            let at = Instant::parse(text).unwrap();
            assert_eq!(local_instant(&written(at, SANTIAGO), SANTIAGO), Some(at));
        }
    }

    #[test]
    fn a_bad_time_is_the_only_fault_of_its_field() {
        let mut fields = Fields::parse(b"starts_at=ma%C3%B1ana&ends_at=");
        let mut faults = Faults::default();
        read_local_times(&mut fields, &["starts_at", "ends_at"], SANTIAGO, &mut faults);
        faults.add("/starts_at", "any_of");
        assert_eq!(faults.list.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["unread_time"]);
        assert_eq!(fields.get("starts_at"), None);
    }
}
