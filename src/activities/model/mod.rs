//! What an activity is: fields and rules as pure functions.

mod activity;
mod duplicates;
mod findings;
mod input;

pub use activity::Activity;
pub use duplicates::{Duplicate, Likeness};
pub use findings::{Facts, Finding, FindingCode, Severity, is_relative, tells_a_process};
pub use input::{ActivityInput, ActivityKind, ActivityStatus, Participants, Period, ResultState};
