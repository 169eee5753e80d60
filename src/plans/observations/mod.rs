//! Challenges, lessons, needs for support and successes: what feeds the report's questions on them.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_observation, update as update_observation};
pub use api::routes;
pub use model::{Observation, ObservationInput, ObservationKind};
pub use store::all_of_country as observations_of_country;
