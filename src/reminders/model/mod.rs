//! Which step of which term is due, and who hears of it: pure rules.

mod plan;
#[cfg(test)]
mod plan_tests;
mod rhythm;
mod when;
mod who;

pub use plan::{
    CommissionSettings, Digest, ExistingEmail, OpenAssignment, Placement, PlanningData, Reminder, StepKey,
    soonest_first,
};
pub use rhythm::Rhythm;
pub use when::PlanningTime;

/// The `X-Articula-Kind` of reminders.
pub const KIND: &str = "reminder";
