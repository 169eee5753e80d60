//! The overview of a country or a commission: the state of its records, in numbers.
//!
//! Counts only what the person may see, with the conditions of the filters of the lists, so that every number leads to a
//! list of that length. Drafts of commitments are left out.

mod actions;
mod api;
mod compliance;
mod model;
mod store;
mod web;

pub(crate) use actions::institution_states;
pub(crate) use api::routes;
pub(crate) use model::InstitutionState;
pub(crate) use web::pages;
