//! When reminders about a commission's commitments go out.

mod actions;
mod api;
mod model;
mod store;

pub use actions::set_reminder_policy;
pub use api::routes;
pub use model::ReminderPolicy;
pub use store::of_commissions as reminder_policies;
