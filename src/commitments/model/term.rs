//! By when something is due.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dates::{MonthEnd, PartialDate, TermUnit, WorkingCalendar, in_range};
use crate::error::Faults;

/// Stands for "no term" where terms are put in order.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// A term counted from a day: the day after `from` is day 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct DueRule {
    /// How many days or months.
    #[schema(examples(10), minimum = 1, maximum = 3650)]
    pub count: i32,
    /// What is counted. Saturdays, Sundays and the country's calendar entries are not business days; a last day that
    /// is none rolls to the next that is (Chile: Ley 19.880 art. 25; Peru: Ley 27444 art. 134).
    #[schema(examples("business_days"))]
    pub unit: TermUnit,
    /// The day from which it runs.
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

/// The days between which something is due; none: no term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    pub from: Option<NaiveDate>,
    /// Its last day, which still counts.
    pub to: Option<NaiveDate>,
    /// A year without calendar entries was reckoned by weekends alone.
    pub unchecked: bool,
}

impl Term {
    /// A term ends with the last day that its date can mean, and never rolls.
    pub fn of_date(due: Option<&PartialDate>) -> Self {
        Self { from: due.map(PartialDate::from), to: due.map(PartialDate::to), unchecked: false }
    }

    /// A counted term, by the calendar and the law of the country.
    pub fn of_rule(rule: &DueRule, calendar: &WorkingCalendar, country: &str) -> Self {
        let count = u32::try_from(rule.count).unwrap_or(0);
        let end = calendar.term_end(rule.from, count, rule.unit, MonthEnd::of_country(country));
        Self { from: Some(end.day), to: Some(end.day), unchecked: end.unchecked }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
