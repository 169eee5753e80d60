//! The values that make up a commitment: its code, its term, its completion rule, quantities, and persons.

use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use crate::dates::{MonthEnd, PartialDate, TermUnit, WorkingCalendar, in_range};
use crate::error::{Faults, parse_choice};

/// Returns the first part of a code such as `CIGTPE-2023-004`: the commission's acronym, else a slug of its name, and
/// the year.
pub(crate) fn prefix(acronym: Option<&str>, name: &str, year: i32) -> String {
    let word = acronym.map(slug).filter(|slug| !slug.is_empty()).unwrap_or_else(|| slug(name));
    let word = if word.is_empty() { "C".to_owned() } else { word };
    format!("{word}-{year}")
}

/// Returns the code with this number.
pub(crate) fn code(prefix: &str, number: i32) -> String {
    format!("{prefix}-{number:03}")
}

/// Splits a code of this form into prefix and number.
pub(crate) fn number_of(code: &str) -> Option<(&str, i32)> {
    let (prefix, number) = code.rsplit_once('-')?;
    let number = number.parse().ok().filter(|number| *number > 0)?;
    (!prefix.is_empty()).then_some((prefix, number))
}

/// Returns the capital letters and digits of as many whole words as fit in 24 characters.
fn slug(text: &str) -> String {
    let folded = crate::text::fold([text]).to_uppercase();
    let mut slug = String::new();
    for word in folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.is_empty() {
            slug.extend(word.chars().take(24));
        } else if slug.len() + word.len() < 24 {
            slug.push('-');
            slug.push_str(word);
        } else {
            break;
        }
    }
    slug
}

/// The day by which something without a term is sorted.
pub(crate) const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A term counted from a day: the day after `from` is day 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DueRule {
    /// The number of days or months.
    #[schema(examples(10), minimum = 1, maximum = 3650)]
    pub count: i32,
    /// The unit. Saturdays, Sundays and the entries of the country's calendar are not business days; a term that would
    /// end on one of them ends on the next business day (Chile: Ley 19.880 art. 25; Peru: Ley 27444 art. 134).
    #[schema(examples("business_days"))]
    pub unit: TermUnit,
    /// The day from which the term is counted.
    #[schema(examples("2023-08-22"))]
    pub from: NaiveDate,
}

impl DueRule {
    pub(super) fn check(&self, faults: &mut Faults) {
        let max = if self.unit == TermUnit::Months { 120 } else { 3650 };
        faults.within("/due_rule/count", self.count, 1, max);
        let end = self.from.checked_add_days(chrono::Days::new(366 * 15));
        if !end.is_some_and(in_range) {
            faults.add("/due_rule/from", "invalid_date");
        }
    }
}

/// The first and the last day on which something is due; empty without a term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    pub from: Option<NaiveDate>,
    /// The last day of the term, which is still on time.
    pub to: Option<NaiveDate>,
    /// True when a year without calendar entries was computed with weekends alone.
    pub unchecked: bool,
}

impl Term {
    /// Returns the term of a date. It ends with the last day that the date can mean, business day or not.
    pub fn of_date(due: Option<&PartialDate>) -> Self {
        let (from, to) = PartialDate::bounds(due);
        Self { from, to, unchecked: false }
    }

    /// Computes a counted term with the calendar and the law of the country.
    pub fn of_rule(rule: &DueRule, calendar: &WorkingCalendar, country: &str) -> Self {
        let count = u32::try_from(rule.count).unwrap_or(0);
        let end = calendar.term_end(rule.from, count, rule.unit, MonthEnd::of_country(country));
        Self { from: Some(end.day), to: Some(end.day), unchecked: end.unchecked }
    }
}

/// The number of institutions that must do their part for a commitment to be completed: all, any, or at least so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompletionRule {
    All,
    Any,
    AtLeast(i32),
}

impl CompletionRule {
    /// Returns the number of accepted completions that are needed among `live` assignments, at most all of them.
    pub fn needed(self, live: usize) -> usize {
        match self {
            Self::All => live,
            Self::Any => live.min(1),
            Self::AtLeast(count) => live.min(usize::try_from(count).unwrap_or(1)),
        }
    }

    pub(super) fn check(self, faults: &mut Faults) {
        if let Self::AtLeast(count) = self {
            faults.within("/completion_rule/at_least", count, 1, 500);
        }
    }
}

crate::text_enum! {
    /// The completion rules that are a single word.
    Word { All = "all", Any = "any" }
}

#[derive(Debug, Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
struct AtLeast {
    at_least: i32,
}

impl Deserr<Faults> for CompletionRule {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        match value {
            map @ Value::Map(_) => AtLeast::deserialize_from_value(map, at).map(|rule| Self::AtLeast(rule.at_least)),
            other => parse_choice::<V, Word>(other, at, &["all", "any", "{\"at_least\": n}"])
                .map(|word| if word == Word::All { Self::All } else { Self::Any }),
        }
    }
}

impl utoipa::PartialSchema for CompletionRule {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
        let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["all", "any"]));
        let count = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(500))
            .description(Some("The number of institutions."))
            .examples([3]);
        let at_least = ObjectBuilder::new().schema_type(Type::Object).property("at_least", count).required("at_least");
        OneOfBuilder::new()
            .item(words)
            .item(at_least)
            .description(Some(
                "The number of institutions that must do their part; `at_least` is capped at their number.",
            ))
            .examples(["all"])
            .into()
    }
}

impl ToSchema for CompletionRule {}

/// A measured amount. A whole number is written without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub f64);

impl Quantity {
    pub(super) fn check(self, pointer: &str, faults: &mut Faults) {
        faults.within(pointer, self.0, 0.0, 1e15);
    }
}

/// Writes a whole number without a fraction.
impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Quantity {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            to.serialize_i64(self.0 as i64)
        } else {
            to.serialize_f64(self.0)
        }
    }
}

impl Deserr<Faults> for Quantity {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        f64::deserialize_from_value(value, at).map(Self)
    }
}

impl utoipa::PartialSchema for Quantity {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .minimum(Some(0))
            .examples([26])
            .into()
    }
}

impl ToSchema for Quantity {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_commission_year_and_number() {
        assert_eq!(code(&prefix(Some("CIGTPE"), "Comisión", 2023), 4), "CIGTPE-2023-004");
        assert_eq!(prefix(Some("CTI Ñuble"), "", 2024), "CTI-NUBLE-2024");
        assert_eq!(prefix(None, "Mesa Intersectorial sobre Trata de Personas", 2023), "MESA-INTERSECTORIAL-2023");
        assert_eq!(prefix(None, "委員会", 2023), "C-2023");
        assert_eq!(number_of("CIGTPE-2023-004"), Some(("CIGTPE-2023", 4)));
        assert_eq!(number_of("libre"), None);
        assert_eq!(code("X-2023", 1234), "X-2023-1234");
    }

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn a_date_spans_what_it_can_mean_and_a_rule_ends_on_one_day() {
        let quarter = Term::of_date(PartialDate::parse("2023-Q2").as_ref());
        assert_eq!((quarter.from, quarter.to), (Some(day("2023-04-01")), Some(day("2023-06-30"))));
        let rule = DueRule { count: 5, unit: TermUnit::BusinessDays, from: day("2023-09-15") };
        let chile = WorkingCalendar::new([day("2023-09-18"), day("2023-09-19")]);
        assert_eq!(Term::of_rule(&rule, &chile, "CL").to, Some(day("2023-09-26")));
        assert!(Term::of_rule(&rule, &WorkingCalendar::default(), "CL").unchecked);
        assert_eq!(Term::of_date(None), Term::default());
    }
}
