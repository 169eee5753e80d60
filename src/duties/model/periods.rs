//! The periods of a duty: months, quarters, half-years or years.

use chrono::{Datelike, Days, NaiveDate};

use crate::dates::{PartialDate, Precision};

crate::text_enum! {
    /// The length of the periods on which institutions report.
    Every {
        Month = "month",
        Quarter = "quarter",
        HalfYear = "half_year",
        Year = "year",
    }
}

impl Every {
    fn precision(self) -> Precision {
        match self {
            Self::Month => Precision::Month,
            Self::Quarter => Precision::Quarter,
            Self::HalfYear => Precision::HalfYear,
            Self::Year => Precision::Year,
        }
    }

    /// Reads a period of this length; None for every other text.
    pub(crate) fn read(self, text: &str) -> Option<PartialDate> {
        PartialDate::parse(text).filter(|period| period.precision() == self.precision())
    }

    /// Returns the period of this length that a day lies in.
    pub(crate) fn period_of(self, day: NaiveDate) -> Option<PartialDate> {
        let (year, month) = (day.year(), day.month());
        PartialDate::parse(&match self {
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", month.div_ceil(3)),
            Self::HalfYear => format!("{year:04}-H{}", month.div_ceil(6)),
            Self::Year => format!("{year:04}"),
        })
    }

    /// Returns the period after another one.
    fn after(self, period: &PartialDate) -> Option<PartialDate> {
        self.period_of(period.to().succ_opt()?)
    }

    /// Returns the periods of this length that have a day between two days, in their order.
    pub(crate) fn periods(self, first: NaiveDate, last: NaiveDate) -> Vec<PartialDate> {
        let begun = |period: &PartialDate| period.from() <= last;
        let first = self.period_of(first).filter(begun);
        std::iter::successors(first, |period| self.after(period).filter(begun)).collect()
    }
}

/// Returns the last day on which the report on a period is on time.
pub(crate) fn due_day(period: &PartialDate, due_days: i32) -> NaiveDate {
    let days = Days::new(u64::try_from(due_days).unwrap_or_default());
    period.to().checked_add_days(days).unwrap_or(period.to())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::parse_day;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn between(every: Every, first: &str, last: &str) -> Vec<String> {
        every.periods(day(first), day(last)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_periods_between_two_days_follow_each_other() {
        assert_eq!(between(Every::Month, "2023-11-30", "2024-01-01"), ["2023-11", "2023-12", "2024-01"]);
        assert_eq!(between(Every::Quarter, "2023-02-01", "2023-09-30"), ["2023-Q1", "2023-Q2", "2023-Q3"]);
        assert_eq!(between(Every::HalfYear, "2023-06-30", "2023-07-01"), ["2023-H1", "2023-H2"]);
        assert_eq!(between(Every::Year, "2022-12-31", "2023-01-01"), ["2022", "2023"]);
        assert_eq!(between(Every::Year, "2024-01-01", "2023-12-31"), [""; 0]);
    }

    #[test]
    fn a_period_has_the_length_of_its_duty() {
        assert!(Every::Quarter.read("2023-Q2").is_some());
        for other in ["2023-04", "2023", "2023-H1", "2023-04-01", "2023-Q5", ""] {
            assert_eq!(Every::Quarter.read(other), None, "{other}");
        }
    }

    #[test]
    fn the_report_is_due_some_days_after_the_period() {
        let quarter = PartialDate::parse("2023-Q4").unwrap();
        assert_eq!(due_day(&quarter, 15), day("2024-01-15"));
        assert_eq!(due_day(&quarter, 0), day("2023-12-31"));
    }
}
