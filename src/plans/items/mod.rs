//! The items of a plan: priorities, next steps, objectives, actions, deliverables, …

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_plan_item, known_plan_items, update as update_plan_item};
pub use api::routes;
pub use model::{ItemStatus, PlanItem, PlanItemInput, PlanItemKind};
pub use store::{by_ids as plan_items_by_id, countries as known_item_countries, of_plans as items_of_plans};
