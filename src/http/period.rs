//! The period of a query: its first and its last day.

use chrono::NaiveDate;

use crate::error::{Error, Result};

/// The first and the last day of a query; both are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryPeriod {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl QueryPeriod {
    /// Reads the days of a query; 400 if one is missing or they are in the wrong order.
    pub fn read(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Self> {
        let missing = |name| Error::bad_query("missing", name);
        let (from, to) = (from.ok_or_else(|| missing("from"))?, to.ok_or_else(|| missing("to"))?);
        if from > to { Err(Error::bad_query("order", "from")) } else { Ok(Self { from, to }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn a_period_has_two_days_in_order() {
        let day = |text| crate::dates::parse_day(text);
        let (first, last) = (day("2023-01-01"), day("2023-12-31"));
        assert_eq!(QueryPeriod::read(first, last).unwrap(), QueryPeriod { from: first.unwrap(), to: last.unwrap() });
        assert!(QueryPeriod::read(first, first).is_ok());
        for (from, to) in [(None, last), (first, None), (last, first)] {
            assert_eq!(QueryPeriod::read(from, to).unwrap_err().code, Code::BadQuery);
        }
    }
}
