//! The named institutions of a duty with the days on which it asks them.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::InstitutionId;
use crate::error::Faults;
use crate::http::Input;

/// The days on which an institution is asked: from the first to the last, both included, if they are known.
pub(crate) type AskedDays = (Option<NaiveDate>, Option<NaiveDate>);

/// The days on which a duty asks a named institution for reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct InstitutionDays {
    /// The institution.
    pub institution_id: InstitutionId,
    /// The first day; null when it is asked since the first period.
    #[deserr(default)]
    #[schema(examples("2023-04-01"))]
    pub from: Option<NaiveDate>,
    /// The last day; null while it is asked.
    #[deserr(default)]
    #[schema(examples("2023-09-30"))]
    pub to: Option<NaiveDate>,
}

impl Input for InstitutionDays {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.from.zip(self.to).is_some_and(|(from, to)| to < from) {
            faults.add("/to", "end_before_start");
        }
    }
}

impl InstitutionDays {
    pub(crate) fn new(institution_id: InstitutionId, (from, to): AskedDays) -> Self {
        Self { institution_id, from, to }
    }

    /// Returns true if the days have neither a beginning nor an end.
    pub(crate) fn is_unbounded(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// Returns the days after a change of the named institutions. `begins` is the first day of the present period; none while
/// the duty has no earlier one.
///
/// An institution that is added is asked from the present period. One that is removed was asked until the period before.
/// One that is added again in the next period, or before that, keeps its first day.
pub(crate) fn days_after(
    before: &[InstitutionDays],
    wanted: &[InstitutionId],
    begins: Option<NaiveDate>,
) -> Vec<InstitutionDays> {
    let last = begins.and_then(|day| day.pred_opt());
    let mut left = before.to_vec();
    let mut days = Vec::with_capacity(before.len());
    for id in wanted {
        let goes_on = |one: &InstitutionDays| {
            one.institution_id == *id && one.to.is_none_or(|to| last.is_none_or(|last| to >= last))
        };
        let from = match left.iter().position(goes_on) {
            Some(place) => left.remove(place).from,
            None => begins,
        };
        days.push(InstitutionDays::new(*id, (from, None)));
    }
    days.extend(left.into_iter().filter_map(|one| until(one, last)));
    days
}

/// Ends the days of an institution that is no longer asked; none if it was asked for no period.
fn until(days: InstitutionDays, last: Option<NaiveDate>) -> Option<InstitutionDays> {
    let to = days.to.or(last)?;
    let is_left = days.from.is_none_or(|from| from <= to);
    is_left.then_some(InstitutionDays { to: Some(to), ..days })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> InstitutionId {
        uuid::Uuid::from_u128(n).into()
    }

    fn days(n: u128, from: &str, to: &str) -> InstitutionDays {
        let day = |text: &str| crate::dates::parse_day(text);
        InstitutionDays::new(id(n), (day(from), day(to)))
    }

    fn after(before: &[InstitutionDays], wanted: &[u128], begins: &str) -> Vec<InstitutionDays> {
        let wanted: Vec<_> = wanted.iter().map(|n| id(*n)).collect();
        days_after(before, &wanted, crate::dates::parse_day(begins))
    }

    #[test]
    fn an_institution_is_added_from_the_present_period_and_removed_until_the_one_before() {
        let before = [days(1, "", ""), days(2, "", "")];
        assert_eq!(
            after(&before, &[2, 3], "2023-07-01"),
            [days(2, "", ""), days(3, "2023-07-01", ""), days(1, "", "2023-06-30")]
        );
        assert_eq!(after(&before, &[2, 3], ""), [days(2, "", ""), days(3, "", "")], "in the first period");
        assert_eq!(after(&[days(1, "2023-07-01", "")], &[2], "2023-07-01"), [days(2, "2023-07-01", "")], "never asked");
    }

    #[test]
    fn an_institution_that_comes_back_goes_on_or_begins_again() {
        let removed = after(&[days(1, "", "")], &[2], "2023-07-01");
        assert_eq!(after(&removed, &[2, 1], "2023-07-01"), [days(2, "2023-07-01", ""), days(1, "", "")]);
        let later = after(&removed, &[2, 1], "2023-10-01");
        assert_eq!(later, [days(2, "2023-07-01", ""), days(1, "2023-10-01", ""), days(1, "", "2023-06-30")]);
        let again = after(&later, &[2], "2024-01-01");
        assert_eq!(again, [days(2, "2023-07-01", ""), days(1, "2023-10-01", "2023-12-31"), days(1, "", "2023-06-30")]);
    }
}
