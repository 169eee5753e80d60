//! Roadmaps, strategies, policies, work plans.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_plan, update as update_plan};
pub use api::routes;
pub use model::{Plan, PlanInput, PlanKind};
pub(super) use store::known_to;
pub use store::{all_of_country as plans_of_country, find as find_plan};
