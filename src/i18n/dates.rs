//! Dates as people write them out: `22 de agosto de 2023`, `second quarter of 2023`.

use chrono::{Datelike, NaiveDate};

use super::{Lang, text};
use crate::dates::{PartialDate, Precision};

/// A calendar day in words.
pub fn day(lang: Lang, day: NaiveDate) -> String {
    words(lang, "date-day", day)
}

/// A partial date in words, as precise as it is.
pub fn date(lang: Lang, date: &PartialDate) -> String {
    let from = date.from();
    match date.precision() {
        Precision::Day => words(lang, "date-day", from),
        Precision::Month => words(lang, "date-month", from),
        Precision::Quarter => words(lang, &format!("date-quarter-{}", from.month0() / 3 + 1), from),
        Precision::HalfYear => words(lang, &format!("date-half-{}", from.month0() / 6 + 1), from),
        Precision::Year => from.year().to_string(),
    }
}

fn words(lang: Lang, key: &str, day: NaiveDate) -> String {
    let month = text(lang, &format!("month-{}", day.month()), &[]);
    let args = [("day", day.day().to_string()), ("month", month), ("year", day.year().to_string())];
    text(lang, key, &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        let said = |lang, text: &str| PartialDate::parse(text).map(|value| date(lang, &value)).unwrap_or_default();
        assert_eq!(said(Lang::Es, "2023-08-22"), "22 de agosto de 2023");
        assert_eq!(said(Lang::En, "2023-08-22"), "22 August 2023");
        assert_eq!(said(Lang::Es, "2023-03"), "marzo de 2023");
        assert_eq!(said(Lang::Es, "2023-Q2"), "segundo trimestre de 2023");
        assert_eq!(said(Lang::Es, "2023-H2"), "segundo semestre de 2023");
        assert_eq!(said(Lang::Es, "2023"), "2023");
    }
}
