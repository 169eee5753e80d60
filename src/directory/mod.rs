//! Countries with their calendars, and the institutions that take part in commissions.
//!
//! Everyone signed in reads them. An admin writes countries; a coordinator the country's calendar and institutions; a
//! secretariat the institutions of its country. All three enter institutions without a country, which only admins
//! change. A record that something depends on is not deleted.

mod countries;
mod institutions;

pub use countries::{
    CalendarDay, CountryCode, CountryInput, calendar, country, create_country, put_calendar, update_country,
    working_calendar,
};
pub use institutions::{
    Institution, InstitutionInput, PartnerType, Sector, all_institutions, institutions_by_id, institutions_of_country,
    may_change_institution, record_institution, update_institution,
};

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    countries::routes(cfg);
    institutions::routes(cfg);
}
