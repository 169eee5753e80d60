//! Plans that a country follows: roadmaps, strategies and plans with their items, and observations.
//!
//! An item of a plan is a priority, a next step, an action, ...; its label is as printed and may repeat, its position
//! gives the order and is unique within the plan. Its status may be unknown. Items form a tree within the plan.
//! An observation is a challenge, a lesson, a need for support or a success that the annual report mentions.
//!
//! Only admins and the country's coordinators may **write**. A plan is **visible** to the coordinator, to those who may
//! see one of its commissions, and to the institutions responsible for one of its items; a plan without commissions to
//! everybody who takes part in a commission of its country. An observation is visible to those who may see one of its
//! commissions; one without commissions only to the coordinator.

mod choices;
mod items;
mod observations;
mod plan;
mod web;

pub(crate) use choices::plan_item_choices;
pub(crate) use items::{
    ItemStatus, PlanItem, PlanItemInput, PlanItemKind, count_plan_items_found, create_plan_item, items_of_plans,
    known_item_countries, known_plan_items, plan_items_by_id, search_plan_items, update_plan_item,
};
pub(crate) use observations::{
    Observation, ObservationInput, ObservationKind, count_observations_found, create_observation,
    observations_of_country, search_observations, update_observation,
};
pub(crate) use plan::{
    Plan, PlanInput, PlanKind, create_plan, find_plan, known_plans, plans_of_country, update_plan, visible_plans,
};
pub(crate) use web::pages;

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    plan::routes(cfg);
    items::routes(cfg);
    observations::routes(cfg);
}
