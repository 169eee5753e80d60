//! Due dates as secretariats write them: "II trimestre 2023", "30 de setiembre de 2023", "10 días hábiles", "permanente".

use chrono::{Datelike, Days, NaiveDate};

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
    /// "Fin de mes", "fin de año": of a month or a year that is not stated.
    WhichEnd,
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
            Self::WhichEnd => "no_year",
        }
    }
}

/// Reads a term; `session` is the day from which days are counted.
pub(super) fn read_term(text: &str, session: Option<NaiveDate>) -> Result<TermValue, TermError> {
    let written = fold(text);
    let folded = in_spanish(&written);
    if folded.is_empty() || is_listed(OPEN, &written) || is_listed(OPEN, &folded) {
        return Ok(TermValue::Open);
    }
    if is_listed(IMMEDIATE, &written) {
        return Err(TermError::Immediate);
    }
    if is_listed(END_OF_MONTH, &folded) || is_listed(END_OF_YEAR, &folded) {
        return Err(TermError::WhichEnd);
    }
    if let Some(counted) = counted_from_day(&folded) {
        return counted;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if let Some(counted) = counted(&words, session) {
        return counted;
    }
    let before = folded.starts_with("antes de") && !words.iter().any(|word| ENDS.contains(word));
    let date = read_date(text)?;
    Ok(TermValue::Due(if before { day_before(&date) } else { date }))
}

/// Checks whether a text states a term: a date, a count of days, or words that may be one and are asked about. "-",
/// "No aplica", "permanente" and "pendiente" state none.
pub(super) fn states_term(text: &str) -> bool {
    match read_term(text, None) {
        Ok(TermValue::Open) => false,
        Err(TermError::Unknown) => in_spanish(&fold(text)).split(' ').any(is_of_term),
        Ok(_) | Err(_) => true,
    }
}

/// Checks whether a word may belong to a term: "ver acta 5", "se amplió a octubre", "dos meses desde la firma".
fn is_of_term(word: &str) -> bool {
    let is_number = word != "0" && word.contains(|c: char| c.is_ascii_digit());
    is_number || crate::dates::month(word).is_some() || is_listed(PERIODS, word)
}

const PERIODS: &str = "dia|dias|semana|semanas|mes|meses|bimestre|trimestre|semestre|ano|anos";

/// Reads a date alone.
pub(super) fn read_date(text: &str) -> Result<PartialDate, TermError> {
    let read = date_of_words(text).or_else(|why| match why {
        UnreadDate::Unknown => date_of_words(&in_spanish(&fold(text))),
        why => Err(why),
    });
    match (read, two_numbers(text)) {
        (Ok(date), _) => Ok(date),
        (Err(UnreadDate::Unknown), Some((_, month))) if month <= 12 => Err(TermError::NoYear),
        (Err(UnreadDate::Unknown), Some(_)) => Err(TermError::DayOrYear),
        (Err(why), _) => Err(why.into()),
    }
}

/// Returns the numbers of "30/06", and of "06/27", which may be a month of a year.
pub(super) fn two_numbers(text: &str) -> Option<(u32, u32)> {
    let (first, second) = text.trim().split_once(['/', '-', '.'])?;
    let number = |text: &str| {
        let is_short = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_short.then(|| text.parse().ok()).flatten()
    };
    let (first, second) = (number(first.trim())?, number(second.trim())?);
    let is_day = (1..=31).contains(&first) && (1..=12).contains(&second);
    let is_month = (1..=12).contains(&first) && second > 12;
    (is_day || is_month).then_some((first, second))
}

/// Returns folded words of a term in Portuguese or English in Spanish, as far as terms are read; others as they are.
fn in_spanish(folded: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        // "Dez dias" are ten, "31 dez" is in December.
        let word = if word == "dez" && words.is_empty() { "diez" } else { word };
        let spanish = SAME_WORDS.iter().find(|(all, _)| is_listed(all, word)).map_or(word, |(_, spanish)| *spanish);
        // "15 working days" has the kind before the days.
        match words.last().copied() {
            Some(kind @ ("habiles" | "calendario" | "corridos")) if matches!(spanish, "dia" | "dias") => {
                words.pop();
                words.extend([spanish, kind]);
            }
            _ => words.push(spanish),
        }
    }
    words.join(" ")
}

/// Returns the dates that the end of a month or of a year may be, from a day on: "fin de mes", "fin de año".
pub(super) fn ends_after(words: &str, day: NaiveDate) -> Vec<PartialDate> {
    let (this, year) = ((day.year(), day.month()), day.year());
    let next = if this.1 == 12 { (year + 1, 1) } else { (year, this.1 + 1) };
    let texts = match is_listed(END_OF_MONTH, &in_spanish(&fold(words))) {
        true => [this, next].map(|(year, month)| format!("{year}-{month:02}")),
        false => [year, year + 1].map(|year| year.to_string()),
    };
    texts.iter().filter_map(|text| PartialDate::parse(text)).collect()
}

/// Returns the words of a count of days with the kind of its days.
pub(super) fn with_kind_of_days(words: &str, kind: &str) -> String {
    let folded = in_spanish(&fold(words));
    let named = format!("dias {kind}");
    folded
        .split(' ')
        .map(|word| if matches!(word, "dia" | "dias") { named.as_str() } else { word })
        .collect::<Vec<_>>()
        .join(" ")
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
    match read_date(day) {
        Ok(date) if date.from() == date.to() => counted(&words, Some(date.from())),
        Err(TermError::NoYear | TermError::DayOrYear) => counted(&words, None).map(|_| Err(TermError::NoYear)),
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
    "the", "of", "em",
];

fn number_of(word: &str) -> Option<i32> {
    let written = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    written.or_else(|| word.parse().ok().filter(|number| (1..=3650).contains(number)))
}

/// Terms without an end, or not known yet.
const OPEN: &str = "permanente|permanentemente|de forma permanente|continuo|continua|indefinido|por definir|a definir|\
    por determinar|por confirmar|pendiente de definir|s f|s p|sin fecha|sin plazo|no aplica|n a|na|\
    no definido|a la brevedad|a la brevedad posible|lo antes posible|\
    proxima sesion|siguiente sesion|para la proxima sesion|en la proxima sesion|sin definir|sin determinar|\
    indeterminado|s d|n d|ongoing|permanent|permanently|continuous|continuously|open ended|tbd|tbc|to be defined|\
    to be determined|to be confirmed|to be agreed|not defined|not applicable|no date|no deadline|asap|\
    as soon as possible|next session|next meeting|em aberto|a ser definido|nao definido|nao se aplica|sem data|\
    sem prazo|a confirmar|a determinar|proxima sessao|proxima reuniao|o mais breve possivel|permanentemente|\
    de forma permanente|continuamente";

/// The ends of a month and of a year that are not stated.
const END_OF_MONTH: &str = "fin de mes|fines de mes|a fin de mes|a fines de mes|final de mes|finales de mes|fin of mes|\
    a finales de mes|fin de el mes|fin of the mes|fin de este mes";
const END_OF_YEAR: &str = "fin de ano|fines de ano|a fin de ano|a fines de ano|final de ano|finales de ano|fin of ano|\
    a finales de ano|fin of the ano|fin de este ano|ano fin";

/// Words of terms in Portuguese and English, folded, with the Spanish ones that mean the same.
const SAME_WORDS: &[(&str, &str)] = &[
    ("day", "dia"),
    ("days", "dias"),
    ("week|weeks", "semanas"),
    ("month", "mes"),
    ("months", "meses"),
    ("year", "ano"),
    ("years", "anos"),
    ("working|business|uteis|util", "habiles"),
    ("calendar|natural|naturais", "calendario"),
    ("consecutive|consecutivos|seguidos", "corridos"),
    ("within", "dentro"),
    ("from|since|apos", "desde"),
    ("session|meeting|sessao|reuniao|reunion", "sesion"),
    ("prazo|term", "plazo"),
    ("do|da|dos|das|no|na", "de"),
    ("ate|until|till|by", "hasta"),
    ("before", "antes de"),
    ("end|fim", "fin"),
    ("semester", "semestre"),
    ("first|primeiro|primeira", "primero"),
    ("second", "segundo"),
    ("third|terceiro|terceira", "tercero"),
    ("fourth|quarto|quarta", "cuarto"),
    ("one|um", "un"),
    ("uma", "una"),
    ("two|dois|duas", "dos"),
    ("three", "tres"),
    ("four|quatro", "cuatro"),
    ("five", "cinco"),
    ("six", "seis"),
    ("seven|sete", "siete"),
    ("eight|oito", "ocho"),
    ("nine|nove", "nueve"),
    ("ten", "diez"),
    ("twelve|doze", "doce"),
    ("fifteen|quinze", "quince"),
    ("twenty|vinte", "veinte"),
    ("thirty|trinta", "treinta"),
    ("fev", "febrero"),
    ("maio|mai", "mayo"),
    ("out", "octubre"),
    ("dez", "diciembre"),
];

/// Terms that end with the session, or have no end.
const IMMEDIATE: &str = "inmediato|inmediata|de inmediato|de forma inmediata|de manera inmediata|inmediatamente|immediate|immediately|\
    with immediate effect|at once|imediato|imediata|de imediato|imediatamente|de forma imediata";

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
            ("imediato", "Immediate"),
            ("Immediately", "Immediate"),
            ("15 working days", "15 business_days"),
            ("15 dias úteis", "15 business_days"),
            ("within ten business days", "10 business_days"),
            ("30 calendar days from the session", "30 calendar_days"),
            ("30 dias corridos", "30 calendar_days"),
            ("30 days", "WhichDays"),
            ("2 weeks", "14 calendar_days"),
            ("3 months", "3 months"),
            ("dois meses", "2 months"),
            ("1 year", "12 months"),
            ("15 working days from 20 June 2027", "15 business_days"),
            ("30/06", "NoYear"),
            ("30-6", "NoYear"),
            ("06/27", "DayOrYear"),
            ("31/13", "Unknown"),
            ("ongoing", "open"),
            ("TBD", "open"),
            ("Sem prazo", "open"),
            ("To be confirmed", "open"),
            ("primeiro semestre", "NoYear"),
            ("primeiro semestre de 2027", "2027-H1"),
            ("first half of 2027", "2027-H1"),
            ("terceiro trimestre 2027", "2027-Q3"),
            ("até 30 de junho de 2027", "2027-06-30"),
            ("end of June 2027", "2027-06"),
            ("before 30 June 2027", "2027-06-29"),
            ("Fin de año", "WhichEnd"),
            ("end of the year", "WhichEnd"),
            ("fim do mês", "WhichEnd"),
        ] {
            assert_eq!(meaning_of(text), meaning, "{text}");
        }
        assert_eq!(read_term("10 días hábiles", None), Err(TermError::NoSession));
    }

    #[test]
    fn words_without_a_term_are_distinguished_from_those_that_may_state_one() {
        for text in ["-", "—", "No aplica", "N/A", "Por definir", "Sin plazo", "Permanente", "No", "pendiente", "0"] {
            assert!(!states_term(text), "{text}");
        }
        for text in [
            "30/09/2027",
            "III trimestre 2027",
            "setiembre",
            "30/09",
            "Inmediato",
            "10 días hábiles",
            "30 días",
            "reprogramado en el acta 5",
            "se amplió a octubre",
            "quince días después de la firma",
        ] {
            assert!(states_term(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_words_are_a_term_or_a_reason(text in "\\PC{0,60}") {
            let _ = read_term(&text, session());
        }
    }
}
