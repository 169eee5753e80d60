//! Partial dates, and terms of working days.

mod words;

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, Output, ToSql};
use diesel::{backend::Backend, sql_types::Text};

use crate::clock::YEARS;
pub use words::{SPANISH_MONTHS, UnreadDate, date_of_words, day_in_figures, has_short_year, month, serial_day};

/// Returns true when the year of a day is within 1900 to 2200.
pub fn in_range(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// Reads `2023-06-30`, in the years 1900 to 2200.
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == 10 && in_range(day)).then_some(day)
}

/// Reads an optional day of a query string.
pub fn query_day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(from)?;
    let day = parse_day(&text).ok_or_else(|| serde::de::Error::custom("YYYY-MM-DD"))?;
    Ok(Some(day))
}

/// Reads an optional partial date of a query string.
pub fn query_partial_date<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<PartialDate>, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(from)?;
    let date = PartialDate::parse(&text).ok_or_else(|| serde::de::Error::custom("a partial date"))?;
    Ok(Some(date))
}

/// A date as precise as its source: `2023-06-30`, `2023-06`, `2023-Q2`, `2023-H1` or `2023`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct PartialDate {
    text: String,
    from: NaiveDate,
    to: NaiveDate,
}

/// The precision of a partial date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    Day,
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl PartialDate {
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        let (from, months) = match rest {
            "" => (NaiveDate::from_ymd_opt(year, 1, 1)?, 12),
            "-Q1" | "-Q2" | "-Q3" | "-Q4" => {
                let quarter: u32 = rest.get(2..)?.parse().ok()?;
                (NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1)?, 3)
            }
            "-H1" => (NaiveDate::from_ymd_opt(year, 1, 1)?, 6),
            "-H2" => (NaiveDate::from_ymd_opt(year, 7, 1)?, 6),
            _ if rest.len() == 3 => (parse_day(&format!("{text}-01"))?, 1),
            _ => return parse_day(text).map(Self::day),
        };
        let to = from.checked_add_months(Months::new(months))?.pred_opt()?;
        in_range(from).then(|| Self { text: text.to_owned(), from, to })
    }

    /// Makes a partial date of one day.
    pub fn day(day: NaiveDate) -> Self {
        Self { text: day.to_string(), from: day, to: day }
    }

    /// Returns the first day that it can mean.
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// Returns the last day that it can mean; a term ends on this day.
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// Returns the first and the last day that an optional date can mean.
    pub fn bounds(date: Option<&Self>) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (date.map(Self::from), date.map(Self::to))
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn precision(&self) -> Precision {
        match self.text.as_bytes() {
            [_, _, _, _] => Precision::Year,
            [_, _, _, _, _, b'Q', _] => Precision::Quarter,
            [_, _, _, _, _, b'H', _] => Precision::HalfYear,
            [_, _, _, _, _, _, _] => Precision::Month,
            _ => Precision::Day,
        }
    }
}

/// A regular expression for the five precisions.
const PATTERN: &str = concat!(
    "^(19[0-9]{2}|2[01][0-9]{2}|2200)",
    "(-H[12]|-Q[1-4]|-(0[1-9]|1[0-2])|-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
    "|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31|-02-29)?$"
);

impl utoipa::PartialSchema for PartialDate {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A date as precise as its source: day, month, quarter, half-year or year; 1900 to 2200."))
            .pattern(Some(PATTERN))
            .examples(["2023-Q2"])
            .into()
    }
}

impl utoipa::ToSchema for PartialDate {}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl serde::Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<DB: Backend> ToSql<Text, DB> for PartialDate
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.text.as_str().to_sql(out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for PartialDate
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(value)?;
        Self::parse(&text).ok_or_else(|| format!("not a partial date: {text:?}").into())
    }
}

crate::text_enum! {
    /// The unit of a term.
    TermUnit {
        BusinessDays = "business_days",
        CalendarDays = "calendar_days",
        Months = "months",
    }
}

/// The end of a term of months in a country's law when the last month has no such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthEnd {
    /// Chile, Ley 19.880 art. 25: the last day of that month.
    LastDay,
    /// Peru, Ley 27444 art. 134.3: the first working day of the next month.
    NextMonth,
}

impl MonthEnd {
    /// Returns the rule of a country. Other countries have the rule of Chile.
    pub fn of_country(code: &str) -> Self {
        if code == "PE" { Self::NextMonth } else { Self::LastDay }
    }
}

/// The days on which a country does not work, besides its weekends.
#[derive(Debug, Clone, Default)]
pub struct WorkingCalendar {
    days_off: BTreeSet<NaiveDate>,
}

/// The last day of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermEnd {
    pub day: NaiveDate,
    /// True when the calendar has no entries for some year of the term, so that only its weekends were considered.
    pub unchecked: bool,
}

impl WorkingCalendar {
    pub fn new(days_off: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self { days_off: days_off.into_iter().collect() }
    }

    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.days_off.contains(&day)
    }

    /// Returns the day itself if it is a working day, else the next working day.
    pub fn roll_forward(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.is_working_day(day) {
            day = after(day, 1);
        }
        day
    }

    fn knows_year(&self, year: i32) -> bool {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
        self.days_off.range(first..=last).next().is_some()
    }

    /// Returns the end of a term that begins on `from`, which is day 0.
    pub fn term_end(&self, from: NaiveDate, count: u32, unit: TermUnit, law: MonthEnd) -> TermEnd {
        let last = match unit {
            TermUnit::CalendarDays => after(from, u64::from(count)),
            TermUnit::Months => months_after(from, count, law),
            TermUnit::BusinessDays => self.working_days_after(from, count),
        };
        let day = self.roll_forward(last);
        let unchecked = (from.year()..=day.year()).any(|year| !self.knows_year(year));
        TermEnd { day, unchecked }
    }

    fn working_days_after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        let mut day = from;
        for _ in 0..count {
            day = self.roll_forward(after(day, 1));
        }
        day
    }
}

/// Returns the same day of a later month, or the day of the country's law when that month has no such day.
fn months_after(from: NaiveDate, count: u32, law: MonthEnd) -> NaiveDate {
    let end = from.checked_add_months(Months::new(count)).unwrap_or(NaiveDate::MAX);
    match law {
        MonthEnd::NextMonth if end.day() != from.day() => after(end, 1),
        _ => end,
    }
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn calendar(days: &str) -> WorkingCalendar {
        WorkingCalendar::new(days.split_whitespace().map(day))
    }

    fn chile() -> WorkingCalendar {
        calendar("2023-06-21 2023-06-26 2023-08-15 2023-09-18 2023-09-19 2023-10-09 2023-10-27 2023-11-01")
    }

    fn peru() -> WorkingCalendar {
        calendar(
            "2023-06-29 2023-06-30 2023-07-23 2023-07-27 2023-07-28 2023-07-29 2023-12-07 2023-12-08 \
             2023-12-09 2024-01-01",
        )
    }

    #[test]
    fn working_days_follow_each_countrys_calendar() {
        for (calendar, from, count, end) in [
            (chile(), "2023-08-22", 10, "2023-09-05"),
            (chile(), "2023-09-14", 3, "2023-09-21"),
            (chile(), "2023-10-25", 5, "2023-11-03"),
            (chile(), "2023-06-16", 5, "2023-06-27"),
            (peru(), "2023-07-21", 5, "2023-08-01"),
            (peru(), "2023-12-06", 5, "2023-12-15"),
        ] {
            let term = calendar.term_end(day(from), count, TermUnit::BusinessDays, MonthEnd::LastDay);
            assert_eq!(term.day, day(end), "{count} working days after {from}");
        }
    }

    #[test]
    fn a_last_day_that_does_not_count_rolls_to_the_next_that_does() {
        assert_eq!(chile().roll_forward(day("2023-09-30")), day("2023-10-02"));
        assert_eq!(chile().roll_forward(day("2023-06-30")), day("2023-06-30"));
        assert_eq!(peru().roll_forward(day("2023-06-30")), day("2023-07-03"));
    }

    #[test]
    fn a_month_too_short_ends_by_the_law_of_the_country() {
        let none = calendar("");
        let chile = none.term_end(day("2023-01-31"), 1, TermUnit::Months, MonthEnd::of_country("CL"));
        let peru = none.term_end(day("2023-01-31"), 1, TermUnit::Months, MonthEnd::of_country("PE"));
        assert_eq!(chile.day, day("2023-02-28"));
        assert_eq!(peru.day, day("2023-03-01"));
        assert!(chile.unchecked, "a year without entries is flagged");
    }

    #[test]
    fn a_partial_date_spans_the_days_it_can_mean() {
        for (text, from, to, precision) in [
            ("2023-06-30", "2023-06-30", "2023-06-30", Precision::Day),
            ("2024-02", "2024-02-01", "2024-02-29", Precision::Month),
            ("2023-Q2", "2023-04-01", "2023-06-30", Precision::Quarter),
            ("2023-H2", "2023-07-01", "2023-12-31", Precision::HalfYear),
            ("2023", "2023-01-01", "2023-12-31", Precision::Year),
        ] {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!((date.from(), date.to(), date.precision()), (day(from), day(to), precision));
            assert_eq!(date.as_str(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in "2023-13 2023-02-30 2023-Q5 2023-H3 23 1899 2201 2023-6-3 +023 2023-06-30x 2023-q2 ２０２３"
            .split(' ')
            .chain([""])
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
