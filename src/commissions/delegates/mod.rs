//! Persons who speak for an institution in a commission, for a period.
//!
//! Who knows the commission knows their names; where mail reaches them, and which user they are, is for those who keep
//! its record and for the representatives of that very institution.

mod actions;
mod api;
mod model;
mod reading;
mod store;

pub use actions::{create as create_delegate, update as update_delegate};
pub use api::routes;
pub use model::{Capacity, Delegate, DelegateInput};
pub use reading::all_of_country as delegates_of_country;
