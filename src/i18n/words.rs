//! Writes dates, periods, numbers and lists in the reader's language, with the country's format of numbers.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::dates::{PartialDate, Precision};
use crate::i18n::{self, Lang, text};

/// Returns the word for a code: `agenda` and `follow_up` give the text of `agenda-follow-up`.
pub fn word(lang: Lang, family: &str, code: &str) -> String {
    text(lang, &format!("{family}-{}", code.replace('_', "-")), &[])
}

/// The reader's language, and the country whose way of writing numbers is used.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub lang: Lang,
    pub country: &'a str,
}

/// Countries that write 2,163 in Spanish; others write 2.163.
const COMMA_COUNTRIES: &[&str] = &["PE", "MX", "GT", "HN", "NI", "SV", "PA", "DO", "PR", "CU", "US"];

/// Writes digits in groups of three.
fn grouped(digits: &str, separator: char) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

impl Words<'_> {
    /// Returns the text of a key.
    pub fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        text(self.lang, key, args)
    }

    /// Returns the sentence of `key` in its plural form for `n`, with the number as the country writes it.
    pub fn count(&self, key: &str, n: usize) -> String {
        i18n::text_with(self.lang, key, &[("count", n.into()), ("n", self.number(n as u64).into())])
    }

    /// Writes a whole number with the country's separator of thousands; in English a comma.
    pub fn number(&self, n: u64) -> String {
        grouped(&n.to_string(), self.separators().0)
    }

    /// Writes a decimal number such as `-1234.5` with the country's separators.
    pub fn decimal(&self, number: &str) -> String {
        let (thousands, mark) = self.separators();
        let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let fraction = fraction.map(|rest| format!("{mark}{rest}")).unwrap_or_default();
        format!("{sign}{}{fraction}", grouped(whole, thousands))
    }

    /// Returns the separator of thousands and the decimal mark.
    fn separators(&self) -> (char, char) {
        if self.lang == Lang::En || COMMA_COUNTRIES.contains(&self.country) { (',', '.') } else { ('.', ',') }
    }

    fn month(&self, day: NaiveDate) -> String {
        self.say(&format!("month-{}", day.month()), &[])
    }

    /// `22 de agosto de 2023`, `22 August 2023`.
    pub fn day(&self, day: NaiveDate) -> String {
        i18n::day(self.lang, day)
    }

    /// `agosto de 2023`, `August 2023`.
    pub fn month_of(&self, day: NaiveDate) -> String {
        self.say("date-month", &[("month", self.month(day)), ("year", day.year().to_string())])
    }

    /// Writes a partial date with its precision: `segundo trimestre de 2023`.
    pub fn date(&self, date: &PartialDate) -> String {
        i18n::date(self.lang, date)
    }

    /// Writes a range of partial dates: `mayo a diciembre de 2023`.
    pub fn dates(&self, from: &PartialDate, to: Option<&PartialDate>) -> String {
        let Some(to) = to.filter(|to| *to != from) else { return self.date(from) };
        if from.precision() == Precision::Month && to.precision() == Precision::Month {
            return self.months(from.from(), to.from());
        }
        if from.precision() == Precision::Day && to.precision() == Precision::Day {
            return self.days(from.from(), to.from());
        }
        self.between(&self.date(from), &self.date(to))
    }

    /// `14 al 16 de junio de 2023`.
    fn days(&self, from: NaiveDate, to: NaiveDate) -> String {
        let same_year = from.year() == to.year();
        let first = match (self.lang, same_year && from.month() == to.month(), same_year) {
            (_, true, _) => from.day().to_string(),
            (Lang::Es, _, true) => format!("{} de {}", from.day(), self.month(from)),
            (Lang::En, _, true) => format!("{} {}", from.day(), self.month(from)),
            _ => self.day(from),
        };
        match self.lang {
            Lang::Es => format!("{first} al {}", self.day(to)),
            Lang::En => format!("{first} to {}", self.day(to)),
        }
    }

    /// Writes `mayo de 2023` for the first day of a month, else the day itself.
    pub fn start(&self, day: NaiveDate) -> String {
        if day.day() == 1 { self.month_of(day) } else { self.day(day) }
    }

    /// Writes `diciembre de 2023` for the last day of a month, else the day itself.
    pub fn end(&self, day: NaiveDate) -> String {
        if ends_month(day) { self.month_of(day) } else { self.day(day) }
    }

    /// Writes a period of whole months by its months, a whole year by the year, any other by its days.
    pub fn period(&self, from: NaiveDate, to: NaiveDate) -> String {
        if from == to {
            return self.day(from);
        }
        if from.day() != 1 || !ends_month(to) {
            return self.days(from, to);
        }
        if from.year() == to.year() && from.month() == 1 && to.month() == 12 {
            return from.year().to_string();
        }
        self.months(from, to)
    }

    fn months(&self, from: NaiveDate, to: NaiveDate) -> String {
        if (from.year(), from.month()) == (to.year(), to.month()) {
            return self.month_of(from);
        }
        let first = if from.year() == to.year() { self.month(from) } else { self.month_of(from) };
        self.between(&first, &self.month_of(to))
    }

    fn between(&self, from: &str, to: &str) -> String {
        match self.lang {
            Lang::Es => format!("{from} a {to}"),
            Lang::En => format!("{from} to {to}"),
        }
    }

    /// Writes `a, b y c`; before the sound of i the Spanish conjunction is `e`.
    pub fn list<T: AsRef<str>>(&self, parts: &[T]) -> String {
        let Some((last, rest)) = parts.split_last() else { return String::new() };
        let last = last.as_ref();
        if rest.is_empty() {
            return last.to_owned();
        }
        let and = match self.lang {
            Lang::En => "and",
            Lang::Es if begins_with_i(last) => "e",
            Lang::Es => "y",
        };
        let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
        format!("{} {and} {last}", rest.join(", "))
    }
}

fn begins_with_i(word: &str) -> bool {
    let folded = crate::text::fold([word]);
    let sound = folded.strip_prefix('h').unwrap_or(&folded);
    sound.starts_with('i') && !sound.starts_with("ia") && !sound.starts_with("ie")
}

fn ends_month(day: NaiveDate) -> bool {
    day.checked_add_days(Days::new(1)).is_some_and(|next| next.day() == 1)
}

/// Returns the twelve months after a report's period: the period of the next report.
pub fn next_period(to: NaiveDate) -> (NaiveDate, NaiveDate) {
    let from = to.succ_opt().unwrap_or(to);
    let end = from.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt()).unwrap_or(from);
    (from, end)
}

/// Returns the text with a full stop at its end.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::{date_of_words, parse_day};

    const CHILE: Words<'static> = Words { lang: Lang::Es, country: "CL" };
    const PERU: Words<'static> = Words { lang: Lang::Es, country: "PE" };
    const ENGLISH: Words<'static> = Words { lang: Lang::En, country: "CL" };

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    #[test]
    fn figures_are_grouped_as_the_country_does() {
        assert_eq!([CHILE.number(2163), PERU.number(2163), ENGLISH.number(2163)], ["2.163", "2,163", "2,163"]);
        assert_eq!([CHILE.number(0), CHILE.number(999), CHILE.number(1_000_000)], ["0", "999", "1.000.000"]);
    }

    #[test]
    fn partial_dates_read_as_precisely_as_they_are() {
        for (date, spanish, english) in [
            ("2023-08-22", "22 de agosto de 2023", "22 August 2023"),
            ("2023-08", "agosto de 2023", "August 2023"),
            ("2023-Q2", "segundo trimestre de 2023", "second quarter of 2023"),
            ("2023-H1", "primer semestre de 2023", "first half of 2023"),
            ("2023-H2", "segundo semestre de 2023", "second half of 2023"),
            ("2023", "2023", "2023"),
        ] {
            let date = PartialDate::parse(date).unwrap();
            assert_eq!((CHILE.date(&date).as_str(), ENGLISH.date(&date).as_str()), (spanish, english));
        }
    }

    #[test]
    fn dates_in_words_are_read_back() {
        let year = |year: i32| {
            let months =
                (1..=12).flat_map(move |month| [format!("{year}-{month:02}"), format!("{year}-{month:02}-09")]);
            let parts = ["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4"].map(|part| format!("{year}{part}"));
            months.chain(parts)
        };
        for text in [1999, 2024].into_iter().flat_map(year) {
            let date = PartialDate::parse(&text).unwrap();
            for words in [CHILE, PERU, ENGLISH] {
                let written = words.date(&date);
                assert_eq!(date_of_words(&written).as_ref(), Ok(&date), "{written}");
            }
        }
    }

    #[test]
    fn periods_read_by_months_where_they_are_whole() {
        for (from, to, words) in [
            ("2023-05-01", "2023-12-31", "mayo a diciembre de 2023"),
            ("2022-11-01", "2023-02-28", "noviembre de 2022 a febrero de 2023"),
            ("2023-01-01", "2023-12-31", "2023"),
            ("2023-06-01", "2023-06-30", "junio de 2023"),
            ("2023-06-14", "2023-06-16", "14 al 16 de junio de 2023"),
        ] {
            assert_eq!(CHILE.period(day(from), day(to)), words);
        }
        let (from, to) = (PartialDate::parse("2023-05").unwrap(), PartialDate::parse("2023-12").unwrap());
        assert_eq!(CHILE.dates(&from, Some(&to)), "mayo a diciembre de 2023");
    }

    #[test]
    fn the_next_period_is_the_year_that_follows() {
        assert_eq!(next_period(day("2023-12-31")), (day("2024-01-01"), day("2024-12-31")));
    }

    #[test]
    fn lists_end_with_the_conjunction_of_the_language() {
        assert_eq!(CHILE.list(&["CETI", "CAMTRAFOR", "MITP"]), "CETI, CAMTRAFOR y MITP");
        assert_eq!(CHILE.list(&["Chile", "Italia"]), "Chile e Italia");
        assert_eq!(CHILE.list(&["agua", "hielo"]), "agua y hielo");
        assert_eq!(ENGLISH.list(&["one", "two"]), "one and two");
        assert_eq!(CHILE.list::<&str>(&[]), "");
    }
}
