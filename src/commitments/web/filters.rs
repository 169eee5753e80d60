//! The filters of the list: choices of a form become the filters of the API; filters in force are shown in words.

use chrono::{Days, NaiveDate};

use crate::access::{Visibility, visible_commissions};
use crate::clock::Instant;
use crate::commitments::api::ListQuery;
use crate::commitments::store;
use crate::dates::{PartialDate, date_of_words, parse_day};
use crate::db::Db;
use crate::error::Result;
use crate::http::PageParameters;
use crate::identity::Actor;

/// The parameter for a typed name that no institution has.
pub(super) const UNKNOWN_INSTITUTION: &str = "unknown_institution";

/// The filter of open commitments.
pub(super) const OPEN: &str = "planned,in_progress";

/// The days between which a term ends that ends within 30 days: the day before the first and the day after the last.
struct NearTerms {
    after: String,
    before: String,
}

impl NearTerms {
    fn on(today: NaiveDate) -> Self {
        let after = today.pred_opt().unwrap_or(today);
        let before = today.checked_add_days(Days::new(super::parts::SOON + 1)).unwrap_or(today);
        Self { after: after.to_string(), before: before.to_string() }
    }
}

/// Returns the value of the field `overdue` of the form: `true`, `false`, `soon` (the term ends within 30 days) or
/// `until_soon` (it ends within 30 days or has ended).
pub(super) fn term_choice(parameters: &PageParameters, today: NaiveDate) -> &str {
    let soon = NearTerms::on(today);
    match (parameters.get("overdue"), parameters.get("due_after"), parameters.get("due_before")) {
        (Some(overdue), ..) => overdue,
        (None, Some(after), Some(before)) if after == soon.after && before == soon.before => "soon",
        (None, None, Some(before)) if before == soon.before => "until_soon",
        _ => "",
    }
}

/// Returns the query without days, so that a saved view means the same on another day.
pub(super) fn relative(parameters: &PageParameters, today: NaiveDate) -> String {
    let without = ["cursor", "limit", "count", UNKNOWN_INSTITUTION];
    match term_choice(parameters, today) {
        choice @ ("soon" | "until_soon") => {
            let all = ["cursor", "limit", "count", UNKNOWN_INSTITUTION, "due_after", "due_before"];
            parameters.changed(&all, &[("overdue", choice)])
        }
        _ => parameters.changed(&without, &[]),
    }
}

/// Returns true if the query has values that the form sends and the API does not know.
pub(super) fn is_of_form(parameters: &PageParameters) -> bool {
    let is_typed = |name: &str| parameters.get(name).is_some_and(|value| parse_day(value).is_none());
    parameters.get("institution").is_some()
        || matches!(parameters.get("overdue"), Some("soon" | "until_soon"))
        || is_typed("due_after")
        || is_typed("due_before")
}

/// Returns the query with the filters of the API in place of what the form sends: a typed name of an institution, days
/// in words, terms that end soon.
pub(super) fn canonical(conn: &mut Db, actor: &Actor, parameters: &PageParameters, now: Instant) -> Result<String> {
    let visibility = Visibility::of(actor);
    let mut query = parameters.clone();
    if let Some(typed) = parameters.get("institution") {
        let found = store::institution_of_name(conn, None, typed)?;
        let (name, value) = match found {
            Some(id) => ("institution_id", id.to_string()),
            None => (UNKNOWN_INSTITUTION, typed.to_owned()),
        };
        let without = ["institution", "institution_id", UNKNOWN_INSTITUTION];
        query = PageParameters::parse(&query.changed(&without, &[(name, &value)]));
    }
    let today = today_of(&visible_commissions(conn, &visibility)?, now);
    let soon = NearTerms::on(today);
    let changed = match query.get("overdue") {
        Some("soon") => {
            query.changed(&["overdue"], &[("due_after", soon.after.as_str()), ("due_before", soon.before.as_str())])
        }
        Some("until_soon") => query.changed(&["overdue", "due_after"], &[("due_before", soon.before.as_str())]),
        _ => with_days(&query),
    };
    Ok(changed)
}

/// Returns the query with days in place of dates in words; a date that nobody can read is left out.
fn with_days(query: &PageParameters) -> String {
    let mut query = query.clone();
    for name in ["due_after", "due_before"] {
        let Some(typed) = query.get(name).filter(|value| parse_day(value).is_none()) else { continue };
        let read = PartialDate::parse(typed.trim()).or_else(|| date_of_words(typed).ok());
        let day = read.map(|date| if name == "due_after" { date.to() } else { date.from() }.to_string());
        let with: Vec<(&str, &str)> = day.iter().map(|day| (name, day.as_str())).collect();
        query = PageParameters::parse(&query.changed(&[name], &with));
    }
    query.changed(&[], &[])
}

/// Returns the day of the first commission, else that of UTC.
pub(super) fn today_of(commissions: &[crate::access::CommissionRef], now: Instant) -> NaiveDate {
    commissions.first().map_or_else(|| now.utc().date_naive(), |first| first.today(now))
}

/// Reads the filters of the API.
pub(super) fn read(parameters: &PageParameters) -> Result<ListQuery> {
    PageParameters::parse(&parameters.changed(&[UNKNOWN_INSTITUTION], &[])).read()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_view_of_the_next_days_has_no_days() {
        let today = parse_day("2023-09-01").unwrap();
        for (query, choice, saved) in [
            ("status=planned&due_after=2023-08-31&due_before=2023-10-02", "soon", "status=planned&overdue=soon"),
            ("due_before=2023-10-02&cursor=x", "until_soon", "overdue=until_soon"),
            ("due_before=2023-10-03&cursor=x", "", "due_before=2023-10-03"),
            ("overdue=true", "true", "overdue=true"),
            ("", "", ""),
        ] {
            let parameters = PageParameters::parse(query);
            assert_eq!(term_choice(&parameters, today), choice, "{query}");
            assert_eq!(relative(&parameters, today), saved, "{query}");
        }
    }

    #[test]
    fn dates_in_words_become_days() {
        let parameters = PageParameters::parse("due_after=junio+2023&due_before=30/06/2024&q=x");
        assert!(is_of_form(&parameters));
        assert_eq!(with_days(&parameters), "q=x&due_after=2023-06-30&due_before=2024-06-30");
        assert_eq!(with_days(&PageParameters::parse("due_after=nunca&q=x")), "q=x");
    }
}
