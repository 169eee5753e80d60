//! The addresses of the lists that the numbers of the overview count.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::db::{CommissionId, InstitutionId};
use crate::overview::model::days_of_year;
use crate::overview::store::SOON;

/// The addresses of the lists that the numbers count, with the filters of the API.
pub(super) struct Links<'a> {
    pub country: &'a str,
    pub commission: Option<CommissionId>,
    pub year: Option<i32>,
    pub as_of: NaiveDate,
}

impl Links<'_> {
    /// Returns the day before and the day after the year.
    fn around_year(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = days_of_year(self.year?)?;
        Some((first.pred_opt()?, last.succ_opt()?))
    }

    /// Returns the query of the periods of the year that the matrix of a duty shows, until today.
    pub(super) fn period_of_duties(&self) -> String {
        let Some((year, (_, last))) = self.year.zip(self.year.and_then(days_of_year)) else { return String::new() };
        if last <= self.as_of { format!("?from={year}&to={year}") } else { format!("?from={year}&to={}", self.as_of) }
    }

    /// Returns the filter for terms in the year.
    pub(super) fn terms(&self) -> String {
        self.around_year().map_or_else(String::new, |(after, before)| format!("&due_after={after}&due_before={before}"))
    }

    /// Returns the filters for terms that are soon, from today on.
    pub(super) fn soon(&self) -> String {
        let after = self.as_of.pred_opt().unwrap_or(self.as_of);
        let before = self.as_of.checked_add_days(Days::new(SOON + 1)).unwrap_or(self.as_of);
        let (first, last) = self.around_year().unwrap_or((after, before));
        format!("&due_after={}&due_before={}", after.max(first), before.min(last))
    }

    pub(super) fn of_commission(&self, id: CommissionId, filters: &str) -> String {
        format!("/commitments?commission_id={id}{filters}")
    }

    pub(super) fn of_institution(&self, id: InstitutionId, filters: &str) -> String {
        let commission = self.commission.map_or_else(String::new, |id| format!("&commission_id={id}"));
        format!("/commitments?country_code={}&institution_id={id}{commission}{filters}", self.country)
    }

    pub(super) fn of_month(&self, month: &str, filters: &str) -> String {
        let first = format!("{month}-01").parse::<NaiveDate>().unwrap_or(self.as_of);
        let before = first.pred_opt().unwrap_or(first);
        let after = first.checked_add_months(Months::new(1)).unwrap_or(first);
        let commission = self.commission.map_or_else(String::new, |id| format!("&commission_id={id}"));
        let days = format!("&due_after={before}&due_before={after}");
        format!("/commitments?country_code={}{commission}{days}{filters}", self.country)
    }

    /// Returns the validated activities of the year.
    pub(super) fn of_registry(&self, filters: &str) -> String {
        let (year, country) = (self.year.unwrap_or(self.as_of.year()), self.country);
        let commission = self.commission.map_or_else(String::new, |id| format!("&commission_id={id}"));
        format!(
            "/activities?country_code={country}{commission}&status=validated&from={year}-01-01&to={year}-12-31{filters}"
        )
    }
}
