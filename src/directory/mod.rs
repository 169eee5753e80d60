//! Countries with their calendars, and the institutions that take part in commissions.
//!
//! Everyone signed in reads them. An admin writes countries; a coordinator the country's calendar and institutions; a
//! secretariat the institutions of its country. All three enter institutions without a country, which only admins
//! change. A record that something depends on is not deleted.

mod calendar;
mod countries;
mod institutions;
mod web;

use crate::access::CommissionRef;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;

pub use calendar::working_calendar;
pub(crate) use calendar::{CalendarDay, DayKind, calendar, put_calendar, shipped_years, with_shipped_holidays};
pub(crate) use countries::{
    CountryCode, CountryInput, country, country_names, create as create_country, update as update_country,
};
pub(crate) use institutions::{
    Institution, InstitutionInput, InstitutionName, InstitutionNames, PartnerType, Sector, TypedInstitutions,
    all_institutions, count_institutions_found, institution, institution_names, institution_names_in,
    institutions_by_id, institutions_of_country, institutions_to_choose, may_change_institution, record_institution,
    search_institutions, translated_names, update_institution,
};
pub(crate) use web::{CountryColumn, commission_choices, pages};

/// Returns code and name of the countries of commissions, in the order of the list of countries.
pub(crate) fn countries_of(conn: &mut Db, commissions: &[CommissionRef]) -> Result<Vec<(String, String)>> {
    let mut countries = country_names(conn)?;
    countries.retain(|(code, _)| commissions.iter().any(|one| one.country_code == *code));
    Ok(countries)
}

/// Returns the language of a country's documents.
pub(crate) fn country_language(conn: &mut Db, code: &str) -> Result<Lang> {
    Ok(Lang::of_tag(&country(conn, code)?.fields.locale).unwrap_or(Lang::Es))
}

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    use countries::api::{create, list, remove, show, update};
    cfg.service(list).service(create).service(show).service(update).service(remove);
    cfg.service(calendar::api::show_calendar);
    institutions::routes(cfg);
}
