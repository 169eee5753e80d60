//! Due dates as secretariats write them: "II trimestre 2023", "30 de setiembre de 2023", "10 días hábiles", "permanente".

use chrono::{Days, NaiveDate};

use super::words::{fold, is_listed};
use crate::commitments::DueRule;
use crate::dates::{PartialDate, TermUnit, UnreadDate, date_of_words};

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
    /// A day, a month, a quarter or a half-year without its year.
    NoYear,
    /// A month with a number that may be a day or a year: "junio 30".
    DayOrYear,
    /// "Inmediato": the day of the session, or no day.
    Immediate,
}

impl TermError {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::WhichDays => "which_days",
            Self::NoSession => "no_session",
            Self::NoYear => "no_year",
            Self::DayOrYear => "day_or_year",
            Self::Immediate => "immediate",
        }
    }
}

/// Reads a term; `session` is the day from which days are counted.
pub(super) fn read_term(text: &str, session: Option<NaiveDate>) -> Result<TermValue, TermError> {
    let folded = fold(text);
    if folded.is_empty() || is_listed(OPEN, &folded) {
        return Ok(TermValue::Open);
    }
    if is_listed(IMMEDIATE, &folded) {
        return Err(TermError::Immediate);
    }
    if let Some(counted) = counted_from_day(&folded) {
        return counted;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some(counted) = counted(&words, session) {
        return counted;
    }
    let before = folded.starts_with("antes de") && !words.iter().any(|word| ENDS.contains(word));
    let date = date_of_words(text)?;
    Ok(TermValue::Due(if before { day_before(&date) } else { date }))
}

/// Reads a date alone.
pub(super) fn read_date(text: &str) -> Result<PartialDate, TermError> {
    Ok(date_of_words(text)?)
}

impl From<UnreadDate> for TermError {
    fn from(why: UnreadDate) -> Self {
        match why {
            UnreadDate::Unknown => Self::Unknown,
            UnreadDate::NoYear => Self::NoYear,
            UnreadDate::DayOrYear => Self::DayOrYear,
        }
    }
}

fn day_before(date: &PartialDate) -> PartialDate {
    PartialDate::day(date.from().checked_sub_days(Days::new(1)).unwrap_or(date.from()))
}

/// "15 días hábiles a partir del 20 de junio de 2027".
fn counted_from_day(folded: &str) -> Option<Result<TermValue, TermError>> {
    let (term, day) = FROM_DAY.iter().find_map(|mark| folded.split_once(mark))?;
    let words: Vec<&str> = term.split(' ').collect();
    match date_of_words(day) {
        Ok(date) if date.from() == date.to() => counted(&words, Some(date.from())),
        Err(UnreadDate::NoYear | UnreadDate::DayOrYear) => counted(&words, None).map(|_| Err(TermError::NoYear)),
        _ => None,
    }
}

/// The words before the day from which a term is counted.
const FROM_DAY: &[&str] = &[" a partir del ", " a partir de ", " contados desde el ", " desde el ", " desde "];

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

/// Terms without an end, or not known yet.
const OPEN: &str = "permanente|permanentemente|de forma permanente|continuo|continua|indefinido|por definir|a definir|\
    por determinar|por confirmar|pendiente de definir|s f|s p|sin fecha|sin plazo|no aplica|n a|na|\
    no definido|a la brevedad|a la brevedad posible|lo antes posible|\
    proxima sesion|siguiente sesion|para la proxima sesion|en la proxima sesion";

/// Terms that end with the session, or have no end.
const IMMEDIATE: &str =
    "inmediato|inmediata|de inmediato|de forma inmediata|de manera inmediata|inmediatamente|immediate";

/// Words for the end of a period: "antes de" the end includes its last day.
const ENDS: &[&str] = &["fin", "fines", "final", "finales", "cierre"];

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
            ("4 meses a partir de la aprobación del proyecto.", "Unknown"),
            ("15 DÍAS HÁBILES A PARTIR DEL 20 DE JUNIO", "NoYear"),
            ("15 días hábiles a partir del 20 de junio de 2027", "15 business_days"),
            ("3 meses desde el 01/03/2027", "3 months"),
            ("Inmediato", "Immediate"),
            ("De inmediato", "Immediate"),
            ("Junio 30", "DayOrYear"),
            ("junio 15", "DayOrYear"),
            ("marzo 27", "DayOrYear"),
            ("Dic 15", "DayOrYear"),
            ("15 de junio", "NoYear"),
            ("cuando se pueda", "Unknown"),
        ] {
            assert_eq!(meaning_of(text), meaning, "{text}");
        }
        assert_eq!(read_term("10 días hábiles", None), Err(TermError::NoSession));
    }

    proptest! {
        #[test]
        fn any_words_are_a_term_or_a_reason(text in "\\PC{0,60}") {
            let _ = read_term(&text, session());
        }
    }
}
