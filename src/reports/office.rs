//! The office that approves a report. Its document names no person, because it may be public.

use crate::identity::{Actor, Role};

crate::text_enum! {
    /// The office for which a person approves a report.
    ApprovingOffice { Coordinator = "coordinator", Administration = "administration" }
}

impl ApprovingOffice {
    /// Returns the office of a person who may approve the reports of this country.
    pub(super) fn of(actor: &Actor, country: &str) -> Self {
        let of_country = |code: Option<&str>| code == Some(country);
        let coordinates =
            actor.grants.iter().any(|one| one.role == Role::Coordinator && of_country(one.country_code.as_deref()));
        if coordinates { Self::Coordinator } else { Self::Administration }
    }
}
