//! Persons who speak for an institution in a commission, for a period.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_delegate, update as update_delegate};
pub use api::routes;
pub use model::{Capacity, Delegate, DelegateInput};
pub use store::all_of_country as delegates_of_country;
