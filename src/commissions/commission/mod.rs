//! The commission itself.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_commission, update as update_commission};
pub use api::routes;
pub use model::{Commission, CommissionInput, CommissionKind, LegalBasis};
pub use store::{all_of_country, by_ids as commissions_by_id, find as commission, rules_of};
