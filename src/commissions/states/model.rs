//! What a dated operational state is, and which one decides.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, OperationalStateId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// Whether a commission works.
    OperationalState {
        /// It works.
        Active = "active",
        /// It does not.
        Inactive = "inactive",
        /// No source says; this is not inactive.
        Unknown = "unknown",
    }
}

/// What a dated operational state is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OperationalStateInput {
    /// Whether the commission works from then on.
    #[schema(examples("active"))]
    pub state: OperationalState,
    /// Since when, as precisely as the source says.
    #[schema(examples("2023-03"))]
    pub since: PartialDate,
    /// Who says so.
    #[deserr(default)]
    #[schema(examples("Informe de progreso anual, pregunta 3"), max_length = 1000)]
    pub source: Option<String>,
}

impl Input for OperationalStateInput {
    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/source", self.source.as_ref(), 1000);
    }
}

/// A dated operational state of a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DatedState {
    /// The entry's id.
    pub id: OperationalStateId,
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub fields: OperationalStateInput,
    /// The first day that `since` can mean; from then on the state holds.
    #[schema(examples("2023-03-01"))]
    pub since_from: NaiveDate,
    /// The last day that `since` can mean.
    #[schema(examples("2023-03-31"))]
    pub since_to: NaiveDate,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl DatedState {
    pub fn input(&self) -> OperationalStateInput {
        self.fields.clone()
    }
}

/// The state that holds on a day: of the history's entries that have begun by then the one that began last (of
/// several that began on one day the one entered last), else what is stated with the commission.
///
/// `history` holds the first day of each entry, in the order of entering.
pub fn state_on(
    stated: OperationalState,
    history: &[(NaiveDate, OperationalState)],
    day: NaiveDate,
) -> OperationalState {
    let begun = history.iter().filter(|(since, _)| *since <= day);
    begun.max_by_key(|(since, _)| *since).map_or(stated, |(_, state)| *state)
}

crate::nothing_restricted!(DatedState);

#[cfg(test)]
mod tests {
    use super::OperationalState::{Active, Inactive, Unknown};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn the_entry_that_began_last_decides_and_what_is_stated_only_before_the_first() {
        let history = [(day("2023-03-01"), Active), (day("2022-01-01"), Inactive), (day("2024-01-01"), Unknown)];
        for (on, state) in [
            ("2021-12-31", Active),
            ("2022-01-01", Inactive),
            ("2023-02-28", Inactive),
            ("2023-03-01", Active),
            ("2024-01-01", Unknown),
        ] {
            assert_eq!(state_on(Active, &history, day(on)), state, "{on}");
        }
    }

    #[test]
    fn of_two_entries_of_one_day_the_later_entered_decides() {
        let history = [(day("2023-01-01"), Active), (day("2023-01-01"), Inactive)];
        assert_eq!(state_on(Unknown, &history, day("2023-01-01")), Inactive);
    }
}
