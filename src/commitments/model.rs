//! What a commitment is, and the rules of its life, as pure functions.

mod code;
mod completion;
mod extension;
mod follow_up;
mod history;
mod input;
mod record;
mod replay;
mod state;
mod term;
mod update;

pub use code::{code, number_of, prefix};
pub use completion::{CompletionRule, Quantity};
pub use extension::{Decision, DecisionInput, DecisionOutcome, Extension, ExtensionInput};
pub use follow_up::{FollowUp, FollowUpItem, FollowUpPart, PreviousSession};
pub use history::{AssignedTo, Event, HistoryEvent, Person, Span, TermCause, bounded, is_from_file};
pub use input::{
    AssignmentChange, AssignmentInput, AssignmentRole, CommitmentChange, CommitmentInput, ReasonInput, Target,
};
pub use record::{Assignment, Commitment};
pub use replay::{Past, PastEvent, replay};
pub use state::{Fulfilled, Progress, ReportedStatus, ReviewOutcome, Status, Verification, is_past_due};
pub use term::{DueRule, LAST_DAY, Term};
pub use update::{Importer, Review, ReviewInput, Update, UpdateInput};
