//! Operational states of a commission, dated: active, inactive, unknown.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_operational_state, set_state_today, update as update_operational_state};
pub use api::routes;
pub use model::{DatedState, OperationalState, OperationalStateInput, state_on};
pub use store::all_of_country as operational_states_of_country;
