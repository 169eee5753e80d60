//! Dates, times and terms in the words of the reader: short in tables, in words in prose.

use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;

use super::layout::Frame;
use crate::clock::Instant;
use crate::dates::{PartialDate, Precision};
use crate::i18n::{self, Lang};

/// Returns a day for a table: `30/06/2025`.
pub(crate) fn short_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// Returns a partial date for a table: a day as `30/06/2025`, any other precision in words.
pub(crate) fn short_date(frame: &Frame, country: &str, date: &PartialDate) -> String {
    match date.precision() {
        Precision::Day => short_day(date.from()),
        _ => date_in_words(frame, country, date),
    }
}

/// Returns the two ends of a period as tables show them; one date when both are equal or only one is known.
pub(crate) fn short_period(frame: &Frame, country: &str, ends: [Option<&PartialDate>; 2]) -> String {
    let mut ends: Vec<String> = ends.into_iter().flatten().map(|date| short_date(frame, country, date)).collect();
    ends.dedup();
    ends.join(" –\u{a0}")
}

/// Returns a partial date in figures, for a list of choices: `30/06/2025`, `06/2025`, else the year.
pub(crate) fn date_in_figures(date: &PartialDate) -> String {
    match date.precision() {
        Precision::Day => short_day(date.from()),
        Precision::Month => date.from().format("%m/%Y").to_string(),
        _ => date.from().format("%Y").to_string(),
    }
}

/// Returns a day in words with the name of the month that the country uses: `30 de setiembre de 2025` in Peru.
pub(crate) fn day_in_words(frame: &Frame, country: &str, day: NaiveDate) -> String {
    with_months_of(frame.lang, country, i18n::day(frame.lang, day))
}

/// Returns a partial date in words, with its own precision: `segundo trimestre de 2023`.
pub(crate) fn date_in_words(frame: &Frame, country: &str, date: &PartialDate) -> String {
    with_months_of(frame.lang, country, i18n::date(frame.lang, date))
}

/// Returns a day in words with its day of the week: `jueves 26 de noviembre de 2026`.
pub(crate) fn weekday_in_words(frame: &Frame, country: &str, day: NaiveDate) -> String {
    with_months_of(frame.lang, country, i18n::weekday(frame.lang, day))
}

/// Returns a month in words: `setiembre de 2025` in Peru.
pub(crate) fn month_in_words(frame: &Frame, country: &str, first: NaiveDate) -> String {
    let month = PartialDate::parse(&first.format("%Y-%m").to_string());
    month.map_or_else(String::new, |month| date_in_words(frame, country, &month))
}

/// Returns the beginning of a session for a list: `10/12/2026, 10:00 horas`; else its date, as precise as it is known.
pub(crate) fn beginning(
    frame: &Frame,
    country: &str,
    (starts_at, held): (Option<Instant>, Option<&PartialDate>),
    zone: Tz,
) -> String {
    match (starts_at, held) {
        (Some(at), _) => format!("{}, {}", short_day(at.day_in(zone)), time_of_day(frame, at, zone)),
        (None, Some(held)) => short_date(frame, country, held),
        (None, None) => String::new(),
    }
}

/// Returns a text with the names of the months that a country uses: Peru writes "setiembre".
pub(crate) fn with_months_of(lang: Lang, country: &str, text: String) -> String {
    if lang == Lang::Es && country == "PE" { text.replace("septiembre", "setiembre") } else { text }
}

/// Returns a moment for a table, in a time zone: `30/06/2025, 10:42`.
pub(crate) fn moment(at: Instant, zone: Tz) -> String {
    format!("{}, {}", short_day(at.day_in(zone)), clock_time(at, zone))
}

/// Returns the time of a moment: `10:42 horas`.
fn time_of_day(frame: &Frame, at: Instant, zone: Tz) -> String {
    frame.t_with("web-time", &[("time", clock_time(at, zone).into())])
}

fn clock_time(at: Instant, zone: Tz) -> String {
    let local = at.utc().with_timezone(&zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// Returns the distance of a term from today: "vencido hace 3 días", "vence hoy", "en 5 días".
pub(crate) fn due_in_words(frame: &Frame, due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => frame.t("web-due-today"),
        days if days < 0 => frame.t_n("web-overdue-days", -days),
        days => frame.t_n("web-due-days", days),
    }
}

/// Returns how long ago a day was: "hoy", "hace 2 días".
pub(crate) fn ago(frame: &Frame, day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        days if days <= 0 => frame.t("web-today"),
        days => frame.t_n("web-days-ago", days),
    }
}

/// Returns how long ago a moment was: "hace 5 minutos", "hace 3 horas", "hace 2 días".
pub(crate) fn elapsed(frame: &Frame, since: Instant, now: Instant) -> String {
    let minutes = (now.unix_seconds() - since.unix_seconds()).max(0) / 60;
    match minutes {
        0 => frame.t("web-just-now"),
        1..60 => frame.t_n("web-minutes-ago", minutes),
        60..1440 => frame.t_n("web-hours-ago", minutes / 60),
        _ => frame.t_n("web-days-ago", minutes / 1440),
    }
}
