//! What an activity is: fields and rules as pure functions.

mod activity;
mod findings;
mod input;

pub use activity::Activity;
pub use findings::{Finding, FindingCode, Severity, findings_of};
pub use input::{ActivityInput, ActivityKind, ActivityStatus, Participants, Period, ResultState};
