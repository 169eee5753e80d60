//! Institutions: public bodies, unions, employers, NGOs, international bodies. Names vary, so they have aliases.

mod actions;
mod api;
mod model;
mod policy;
mod store;

pub use actions::{create as create_institution, update as update_institution};
pub use api::routes;
pub use model::{Institution, InstitutionInput, PartnerType, Sector};
pub use store::{
    all as all_institutions, all_of_country as institutions_of_country, by_ids as institutions_by_id,
    find as institution,
};
