//! Due dates as secretariats write them: "II trimestre 2023", "30 de setiembre de 2023", "10 días hábiles", "permanente".

use chrono::{Datelike, Days, NaiveDate};

use super::words::{fold, is_listed};
use crate::commitments::DueRule;
use crate::dates::{PartialDate, TermUnit, in_range};

/// The meaning of a cell in the column of terms.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TermValue {
    /// Due with the last day of a date.
    Due(PartialDate),
    /// Counted from the session.
    Counted(DueRule),
    /// Without an end: "permanente", "por definir".
    Open,
}

/// The reason why a term is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermError {
    /// No such day, or unknown words.
    Unknown,
    /// Days without "hábiles" or "calendario".
    WhichDays,
    /// Counted from a session whose day is unknown.
    NoSession,
    /// A month, a quarter or a half-year without its year.
    NoYear,
}

/// A period shorter than a year.
#[derive(Clone, Copy)]
enum Part {
    Quarter,
    Half,
    TwoMonths,
}

/// Reads a term; `session` is the day from which days are counted.
pub(super) fn read_term(text: &str, session: Option<NaiveDate>) -> Result<TermValue, TermError> {
    let folded = fold(text);
    if folded.is_empty() || is_listed(OPEN, &folded) {
        return Ok(TermValue::Open);
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some(counted) = counted(&words, session) {
        return counted;
    }
    let before = folded.starts_with("antes de") && !words.iter().any(|word| ENDS.contains(word));
    date(text, &words).map(|date| if before { day_before(&date) } else { date }).map(TermValue::Due)
}

/// Reads a date alone.
pub(super) fn read_date(text: &str) -> Result<PartialDate, TermError> {
    let folded = fold(text);
    date(text, &folded.split(' ').collect::<Vec<_>>())
}

fn day_before(date: &PartialDate) -> PartialDate {
    PartialDate::day(date.from().checked_sub_days(Days::new(1)).unwrap_or(date.from()))
}

/// "10 (diez) días hábiles", "3 meses".
fn counted(words: &[&str], session: Option<NaiveDate>) -> Option<Result<TermValue, TermError>> {
    let words: Vec<&str> = words.iter().copied().filter(|word| !COUNT_FILLERS.contains(word)).collect();
    // "Un plazo de 30 días": the article is not a count.
    let words = match words.as_slice() {
        ["un" | "una", rest @ ..] if rest.first().is_some_and(|word| number_of(word).is_some()) => rest,
        all => all,
    };
    let (number, rest) = words.split_first()?;
    let count = number_of(number)?;
    let rest = match rest.split_first() {
        Some((again, rest)) if number_of(again) == Some(count) => rest,
        _ => rest,
    };
    let (factor, unit) = match rest {
        ["dia" | "dias", "habil" | "habiles" | "laborable" | "laborables"] => (1, TermUnit::BusinessDays),
        ["dia" | "dias", "calendario" | "calendarios" | "corrido" | "corridos" | "natural" | "naturales"] => {
            (1, TermUnit::CalendarDays)
        }
        ["dia" | "dias"] => return Some(Err(TermError::WhichDays)),
        ["semana" | "semanas"] => (7, TermUnit::CalendarDays),
        ["mes" | "meses"] => (1, TermUnit::Months),
        ["ano" | "anos"] => (12, TermUnit::Months),
        _ => return None,
    };
    Some(match session {
        Some(from) => Ok(TermValue::Counted(DueRule { count: count.saturating_mul(factor), unit, from })),
        None => Err(TermError::NoSession),
    })
}

/// Words around a count that do not change it.
const COUNT_FILLERS: &[&str] = &[
    "en", "de", "plazo", "dentro", "a", "partir", "desde", "la", "sesion", "maximo", "hasta", "contados", "el", "los",
];

fn number_of(word: &str) -> Option<i32> {
    let written = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    written.or_else(|| word.parse().ok().filter(|number| (1..=3650).contains(number)))
}

fn date(text: &str, words: &[&str]) -> Result<PartialDate, TermError> {
    if let Some(exact) = PartialDate::parse(text.trim()) {
        return Ok(exact);
    }
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
        (Some(_), [_]) => return Err(TermError::NoYear),
        (None, [one, two]) if month(one).is_none() => glued(one, two),
        (None, words) => plain(words),
        (Some(_), _) => None,
    };
    match found {
        Some(date) => Ok(date),
        None if kind.is_none() && matches!(words.as_slice(), [one] if month(one).is_some()) => Err(TermError::NoYear),
        None => Err(TermError::Unknown),
    }
}

fn part_of_year(word: &str) -> Option<Part> {
    match word {
        "trimestre" | "trim" => Some(Part::Quarter),
        "semestre" | "sem" => Some(Part::Half),
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
pub(super) fn month(word: &str) -> Option<u32> {
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

/// Returns the day that a bare number in a column of dates stands for, as spreadsheets count days.
pub(super) fn serial_day(number: f64) -> Option<NaiveDate> {
    if number.fract() != 0.0 || !(20_000.0..80_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within bounds, as checked")]
    let days = number as u64;
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    first.checked_add_days(Days::new(days)).filter(|day| day.year() > 1900)
}

/// Terms without an end, or not known yet.
const OPEN: &str = "permanente|permanentemente|de forma permanente|continuo|continua|indefinido|por definir|a definir|\
    por determinar|por confirmar|pendiente de definir|s f|s p|sin fecha|sin plazo|no aplica|n a|na|\
    no definido|inmediato|de inmediato|inmediatamente|a la brevedad|a la brevedad posible|lo antes posible|\
    proxima sesion|siguiente sesion|para la proxima sesion|en la proxima sesion";

/// Words without meaning for a date.
const FILLERS: &[&str] = &[
    "a", "al", "ano", "antes", "como", "cierre", "de", "del", "dia", "durante", "el", "en", "fecha", "fin", "final",
    "finales", "fines", "hasta", "la", "las", "limite", "lo", "los", "mas", "maximo", "mes", "meses", "para", "plazo",
    "tardar", "vence",
];

/// Words for the end of a period: "antes de" the end includes its last day.
const ENDS: &[&str] = &["fin", "fines", "final", "finales", "cierre"];

const WEEKDAYS: &[&str] = &["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];

const MONTHS: [&[&str]; 12] = [
    &["enero", "ene"],
    &["febrero", "feb"],
    &["marzo", "mar"],
    &["abril", "abr"],
    &["mayo", "may"],
    &["junio", "jun"],
    &["julio", "jul"],
    &["agosto", "ago"],
    &["setiembre", "septiembre", "set", "sep", "sept"],
    &["octubre", "oct"],
    &["noviembre", "nov"],
    &["diciembre", "dic"],
];

const ORDINALS: [&[&str]; 6] = [
    &["i", "1", "1er", "1ero", "1ro", "1o", "primer", "primero", "primera", "t1", "1t", "q1", "1q", "s1", "1s", "h1"],
    &["ii", "2", "2do", "2o", "2da", "segundo", "segunda", "t2", "2t", "q2", "2q", "s2", "2s", "h2"],
    &["iii", "3", "3er", "3ero", "3ro", "3o", "tercer", "tercero", "tercera", "t3", "3t", "q3", "3q"],
    &["iv", "4", "4to", "4o", "cuarto", "cuarta", "t4", "4t", "q4", "4q"],
    &["v", "5", "5to", "5o", "quinto"],
    &["vi", "6", "6to", "6o", "sexto"],
];

const NUMBERS: &[(&str, i32)] = &[
    ("un", 1),
    ("uno", 1),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("doce", 12),
    ("quince", 15),
    ("veinte", 20),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cuarenticinco", 45),
    ("sesenta", 60),
    ("noventa", 90),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn session() -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2023, 8, 22)
    }

    /// A term in one line: `2023-Q2`, `10 business_days`, `open`, or the reason why not.
    fn meaning_of(text: &str) -> String {
        match read_term(text, session()) {
            Ok(TermValue::Due(date)) => date.to_string(),
            Ok(TermValue::Counted(rule)) => format!("{} {}", rule.count, rule.unit),
            Ok(TermValue::Open) => "open".to_owned(),
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn terms_are_read_as_secretariats_write_them() {
        for (text, meaning) in [
            ("II trimestre 2023", "2023-Q2"),
            ("Segundo trimestre del año 2023", "2023-Q2"),
            ("2° trim. 2023", "2023-Q2"),
            ("2º trimestre de 2023", "2023-Q2"),
            ("T4-2023", "2023-Q4"),
            ("2023 Q1", "2023-Q1"),
            ("2023-Q2", "2023-Q2"),
            ("segundo semestre de 2023", "2023-H2"),
            ("I SEMESTRE 2024", "2024-H1"),
            ("1S 2024", "2024-H1"),
            ("III bimestre 2023", "2023-06"),
            ("30 de setiembre de 2023", "2023-09-30"),
            ("Hasta el viernes 29 de septiembre del 2023", "2023-09-29"),
            ("1° de mayo de 2023", "2023-05-01"),
            ("30/09/2023", "2023-09-30"),
            ("30-9-23", "2023-09-30"),
            ("30.09.2023", "2023-09-30"),
            ("2023-09-30", "2023-09-30"),
            ("30-set-23", "2023-09-30"),
            ("setiembre 2023", "2023-09"),
            ("a más tardar en el mes de dic. de 2023", "2023-12"),
            ("09/2023", "2023-09"),
            ("enero - marzo 2024", "2024-03"),
            ("fin de año 2023", "2023"),
            ("2024", "2024"),
            ("Antes del 30 de junio de 2023", "2023-06-29"),
            ("Antes de julio de 2023", "2023-06-30"),
            ("Antes de fin de año 2023", "2023"),
            ("antes de fines de junio de 2023", "2023-06"),
            ("antes del cierre del II semestre 2023", "2023-H2"),
            ("Antes de finales del 2023", "2023"),
            ("al final del año 2023", "2023"),
            ("10 días hábiles", "10 business_days"),
            ("diez (10) días hábiles", "10 business_days"),
            ("En un plazo de 30 días calendario", "30 calendar_days"),
            ("15 días corridos a partir de la sesión", "15 calendar_days"),
            ("2 semanas", "14 calendar_days"),
            ("tres meses", "3 months"),
            ("Permanente", "open"),
            ("POR DEFINIR", "open"),
            ("S/F", "open"),
            ("Próxima sesión", "open"),
            ("—", "open"),
            ("30 días", "WhichDays"),
            ("setiembre", "NoYear"),
            ("II trimestre", "NoYear"),
            ("31/02/2023", "Unknown"),
            ("09/30/2023", "Unknown"),
            ("V trimestre 2023", "Unknown"),
            ("segundo 2023", "Unknown"),
            ("desde enero 2023", "Unknown"),
            ("10 días hábiles desde la notificación", "Unknown"),
            ("cuando se pueda", "Unknown"),
        ] {
            assert_eq!(meaning_of(text), meaning, "{text}");
        }
        assert_eq!(read_term("10 días hábiles", None), Err(TermError::NoSession));
    }

    #[test]
    fn a_number_in_a_column_of_dates_is_a_day() {
        assert_eq!(serial_day(45_199.0), NaiveDate::from_ymd_opt(2023, 9, 30));
        assert_eq!(serial_day(30.0), None);
        assert_eq!(serial_day(45_199.5), None);
    }

    proptest! {
        #[test]
        fn any_words_are_a_term_or_a_reason(text in "\\PC{0,60}") {
            let _ = read_term(&text, session());
        }

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
                prop_assert_eq!(read_term(&form, None), Ok(TermValue::Due(PartialDate::day(day))), "{}", form);
            }
        }
    }
}
