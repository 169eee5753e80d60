//! Institutions: public bodies, unions, employers, NGOs, international bodies. Names vary, so they have aliases.
//!
//! Admins, the coordinators of a country and the secretariats of its commissions write its institutions. They may also
//! enter an institution without a country, which all countries share; only admins change it. A move to another country
//! is recorded in the audit log of both.

mod actions;
mod api;
mod model;
mod store;
mod typed;
mod web;

pub(crate) use actions::{
    may_change as may_change_institution, record as record_institution, update as update_institution,
};
pub(crate) use api::{find as institution, routes};
pub(crate) use model::{Institution, InstitutionInput, PartnerType, Sector};
pub(crate) use store::{
    InstitutionName, InstitutionNames, all as all_institutions, all_of_country as institutions_of_country,
    by_ids as institutions_by_id, institution_names, institution_names_in, search as search_institutions,
    search_count as count_institutions_found, to_choose as institutions_to_choose, translated_names,
};
pub(crate) use typed::TypedInstitutions;
pub(crate) use web::pages;
