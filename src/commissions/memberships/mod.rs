//! Periods of institutions in commissions.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{create as create_membership, update as update_membership};
pub use api::routes;
pub use model::{MemberRole, Membership, MembershipInput};
pub use store::{all_of_country as memberships_of_country, all_on as memberships_on, voters_on};
