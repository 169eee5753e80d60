//! Dates as people write them in Spanish and English.

use chrono::{Datelike, Days, NaiveDate};

use super::{PartialDate, in_range};
use crate::text::fold_words;

/// The reason why a date is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadDate {
    /// No such day, or unknown words.
    Unknown,
    /// A day, a month, a quarter or a half-year without its year.
    NoYear,
    /// A month with a number that may be a day or a year: "junio 30".
    DayOrYear,
}

/// A period shorter than a year.
#[derive(Clone, Copy)]
enum Part {
    Quarter,
    Half,
    TwoMonths,
}

/// Reads a date as people write it: "II trimestre 2023", "30 de setiembre de 2023", "30/06/2023", "2023-Q2".
pub fn date_of_words(text: &str) -> Result<PartialDate, UnreadDate> {
    if let Some(exact) = PartialDate::parse(text.trim()) {
        return Ok(exact);
    }
    let folded = fold_words(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let kind = words.iter().find_map(|word| part_of_year(word));
    // "primer" and "segundo" number a half-year; elsewhere they are fillers.
    let skipped = |word: &&str| {
        let ordinal = kind.is_some() && ordinal(word).is_some();
        (FILLERS.contains(word) && !ordinal) || WEEKDAYS.contains(word) || part_of_year(word).is_some()
    };
    let words: Vec<&str> = words.iter().copied().filter(|word| !skipped(word)).collect();
    let found = match (kind, words.as_slice()) {
        (Some(part), [one, two]) => {
            year(two).and_then(|year| period(part, one, year)).or_else(|| year_first(part, one, two))
        }
        (Some(_), [_]) => return Err(UnreadDate::NoYear),
        (None, [name, number]) if month(name).is_some() && day_number(number).is_some() => {
            return Err(UnreadDate::DayOrYear);
        }
        (None, [day, name]) if day_number(day).is_some() && month(name).is_some() => return Err(UnreadDate::NoYear),
        (None, [one, two]) if month(one).is_none() => glued(one, two),
        (None, words) => plain(words),
        (Some(_), _) => None,
    };
    match found {
        Some(date) => Ok(date),
        None if kind.is_none() && matches!(words.as_slice(), [one] if month(one).is_some()) => Err(UnreadDate::NoYear),
        None => Err(UnreadDate::Unknown),
    }
}

/// Reads a day in figures with its whole year: `30/06/2023`, `30-6-2023`.
pub fn day_in_figures(text: &str) -> Option<NaiveDate> {
    let [day, month, year] = figures(text)?;
    let year = digits(year, 4..=4).and_then(|year| i32::try_from(year).ok())?;
    NaiveDate::from_ymd_opt(year, month_number(month)?, day_number(day)?).filter(|day| in_range(*day))
}

/// Returns true if a text is a day in figures whose year has two digits: `30/06/23`.
pub fn has_short_year(text: &str) -> bool {
    figures(text).is_some_and(|[day, month, year]| {
        day_number(day).is_some() && month_number(month).is_some() && digits(year, 2..=2).is_some()
    })
}

/// Returns the three parts of a text that strokes or hyphens separate.
fn figures(text: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = text.trim().split(['/', '-']).map(str::trim).collect();
    parts.try_into().ok()
}

fn part_of_year(word: &str) -> Option<Part> {
    match word {
        "trimestre" | "trim" | "quarter" => Some(Part::Quarter),
        "semestre" | "sem" | "half" => Some(Part::Half),
        "bimestre" | "bim" => Some(Part::TwoMonths),
        _ => None,
    }
}

fn year_first(part: Part, one: &str, two: &str) -> Option<PartialDate> {
    year(one).and_then(|year| period(part, two, year))
}

fn period(part: Part, which: &str, year: i32) -> Option<PartialDate> {
    let n = ordinal(which)?;
    match part {
        Part::Quarter if n <= 4 => PartialDate::parse(&format!("{year}-Q{n}")),
        Part::Half if n <= 2 => PartialDate::parse(&format!("{year}-H{n}")),
        Part::TwoMonths => PartialDate::parse(&format!("{year}-{:02}", n * 2)),
        _ => None,
    }
}

/// "T2 2023", "2023 Q2", "2S-2023".
fn glued(one: &str, two: &str) -> Option<PartialDate> {
    let (which, year) = year(two).map(|year| (one, year)).or_else(|| year(one).map(|year| (two, year)))?;
    let part = match () {
        () if which.contains(['t', 'q']) => Part::Quarter,
        () if which.contains(['s', 'h']) => Part::Half,
        () => return month_number(which).and_then(|month| month_of(month, year)),
    };
    (which.len() == 2).then(|| period(part, which, year)).flatten()
}

/// Reads days, months, years, and a range of months.
fn plain(words: &[&str]) -> Option<PartialDate> {
    match words {
        [only] => year(only).and_then(|year| PartialDate::parse(&year.to_string())),
        [name, last] => month_of(month(name)?, short_year(last)?),
        [first, second, third] => match (month(first), month(second)) {
            (Some(from), Some(to)) if from <= to => month_of(to, short_year(third)?),
            (None, Some(month)) => day_of(day_number(first)?, month, short_year(third)?),
            (None, None) => numeric(first, second, third),
            // "junio 8 de 2022"
            (Some(month), None) => day_of(day_number(second)?, month, year(third)?),
            _ => None,
        },
        _ => None,
    }
}

fn numeric(first: &str, second: &str, third: &str) -> Option<PartialDate> {
    let month = month_number(second)?;
    match year(first) {
        Some(year) => day_of(day_number(third)?, month, year),
        None => day_of(day_number(first)?, month, short_year(third)?),
    }
}

fn day_of(day: u32, month: u32, year: i32) -> Option<PartialDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|day| in_range(*day)).map(PartialDate::day)
}

fn month_of(month: u32, year: i32) -> Option<PartialDate> {
    PartialDate::parse(&format!("{year}-{month:02}"))
}

fn ordinal(word: &str) -> Option<usize> {
    ORDINALS.iter().position(|names| names.contains(&word)).map(|at| at + 1)
}

/// Returns the month that a folded word names.
pub fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

fn digits(word: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let whole = lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| word.parse().ok()).flatten()
}

fn month_number(word: &str) -> Option<u32> {
    digits(word, 1..=2).filter(|month| (1..=12).contains(month))
}

fn day_number(word: &str) -> Option<u32> {
    let word = if word == "1o" || word == "1ro" || word == "primero" { "1" } else { word };
    digits(word, 1..=2).filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i32> {
    digits(word, 4..=4).and_then(|year| i32::try_from(year).ok()).filter(|year| (1900..=2200).contains(year))
}

/// Reads a year of two or four digits: "23" is 2023.
fn short_year(word: &str) -> Option<i32> {
    year(word).or_else(|| digits(word, 2..=2).and_then(|year| i32::try_from(year).ok()).map(|year| 2000 + year))
}

/// Returns the day that a bare number in a column of dates means, as spreadsheets count days.
pub fn serial_day(number: f64) -> Option<NaiveDate> {
    if number.fract() != 0.0 || !(20_000.0..80_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within bounds, as checked")]
    let days = number as u64;
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    first.checked_add_days(Days::new(days)).filter(|day| day.year() > 1900)
}

/// Words without meaning for a date.
const FILLERS: &[&str] = &[
    "a", "al", "the", "of", "by", "ano", "antes", "como", "cierre", "de", "del", "dia", "durante", "el", "en", "fecha",
    "fin", "final", "finales", "fines", "hasta", "la", "las", "limite", "lo", "los", "mas", "maximo", "mes", "meses",
    "para", "plazo", "tardar", "vence",
];

const WEEKDAYS: &[&str] = &["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];

/// The full names of the months in Spanish, folded, in the spellings of both countries.
pub const SPANISH_MONTHS: [&str; 13] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

const MONTHS: [&[&str]; 12] = [
    &["enero", "ene", "january", "jan", "janeiro"],
    &["febrero", "feb", "february", "fevereiro"],
    &["marzo", "mar", "march", "marco"],
    &["abril", "abr", "april", "apr"],
    &["mayo", "may", "maio"],
    &["junio", "jun", "june", "junho"],
    &["julio", "jul", "july", "julho"],
    &["agosto", "ago", "august", "aug"],
    &["setiembre", "septiembre", "set", "sep", "sept", "september", "setembro"],
    &["octubre", "oct", "october", "outubro"],
    &["noviembre", "nov", "november", "novembro"],
    &["diciembre", "dic", "december", "dec", "dezembro"],
];

const ORDINALS: [&[&str]; 6] = [
    &[
        "i", "1", "1er", "1ero", "1ro", "1o", "primer", "primero", "primera", "first", "t1", "1t", "q1", "1q", "s1",
        "1s", "h1",
    ],
    &["ii", "2", "2do", "2o", "2da", "segundo", "segunda", "second", "t2", "2t", "q2", "2q", "s2", "2s", "h2"],
    &["iii", "3", "3er", "3ero", "3ro", "3o", "tercer", "tercero", "tercera", "third", "t3", "3t", "q3", "3q"],
    &["iv", "4", "4to", "4o", "cuarto", "cuarta", "fourth", "t4", "4t", "q4", "4q"],
    &["v", "5", "5to", "5o", "quinto"],
    &["vi", "6", "6to", "6o", "sexto"],
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, meaning) in [
            ("30/06/2023", "2023-06-30"),
            ("30 de junio de 2023", "2023-06-30"),
            ("30 June 2023", "2023-06-30"),
            ("II trimestre 2023", "2023-Q2"),
            ("second quarter of 2023", "2023-Q2"),
            ("2023-Q2", "2023-Q2"),
            ("setiembre 2023", "2023-09"),
            ("September 2023", "2023-09"),
            ("segundo semestre de 2023", "2023-H2"),
        ] {
            assert_eq!(date_of_words(text).map(|date| date.to_string()), Ok(meaning.to_owned()), "{text}");
        }
        assert_eq!(date_of_words("31/02/2023"), Err(UnreadDate::Unknown));
        assert_eq!(date_of_words("marzo"), Err(UnreadDate::NoYear));
        for text in ["15 de junio", "lunes 15 de junio", "1° de mayo"] {
            assert_eq!(date_of_words(text), Err(UnreadDate::NoYear), "{text}");
        }
        for text in ["Junio 30", "junio 15", "marzo 27", "Dic 15", "dic-15", "mayo 1", "June 30"] {
            assert_eq!(date_of_words(text), Err(UnreadDate::DayOrYear), "{text}");
        }
        for (text, meaning) in
            [("Junio 8 de 2022", "2022-06-08"), ("June 30, 2027", "2027-06-30"), ("junio 45", "2045-06")]
        {
            assert_eq!(date_of_words(text).map(|date| date.to_string()), Ok(meaning.to_owned()), "{text}");
        }
        assert_eq!(date_of_words(""), Err(UnreadDate::Unknown));
    }

    #[test]
    fn a_day_in_figures_has_its_whole_year() {
        for text in ["30/06/2023", "30-06-2023", " 30/6/2023 "] {
            assert_eq!(day_in_figures(text), NaiveDate::from_ymd_opt(2023, 6, 30), "{text}");
        }
        for text in ["31/02/2023", "06/30/2023", "30/06/23", "2023-06-30", "30/06", "30 de junio de 2023"] {
            assert_eq!(day_in_figures(text), None, "{text}");
        }
        assert!(has_short_year("30/06/23") && has_short_year("1-6-23"));
        assert!(!has_short_year("30/06/2023") && !has_short_year("2023-06-30") && !has_short_year("junio 23"));
    }

    #[test]
    fn a_number_in_a_column_of_dates_is_a_day() {
        assert_eq!(serial_day(45_199.0), NaiveDate::from_ymd_opt(2023, 9, 30));
        assert_eq!(serial_day(30.0), None);
        assert_eq!(serial_day(45_199.5), None);
    }

    proptest! {
        #[test]
        fn a_day_is_the_same_in_every_form(days in 0u64..40_000) {
            let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + Days::new(days);
            let name = MONTHS[day.month0() as usize][0];
            let forms = [
                day.format("%d/%m/%Y").to_string(),
                day.format("%-d-%-m-%Y").to_string(),
                day.format("%Y-%m-%d").to_string(),
                format!("{} de {name} de {}", day.day(), day.year()),
                format!("{} {} {}", day.day(), name.to_uppercase(), day.year()),
            ];
            for form in forms {
                prop_assert_eq!(date_of_words(&form), Ok(PartialDate::day(day)), "{}", form);
            }
        }
    }
}
