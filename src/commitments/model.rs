//! The types of commitments, and their rules as pure functions.

mod extensions;
mod follow_up;
mod history;
mod input;
mod record;
mod state;
mod updates;
mod values;

pub use extensions::{Decision, DecisionInput, DecisionOutcome, Extension, ExtensionInput};
pub use follow_up::{FollowUp, FollowUpItem, FollowUpPart, PastCommitment, PastEvent, PreviousSession, replay};
pub use history::{Event, HistoryEvent, RecordedAssignment, RecordedTerm, TermCause, is_from_file, with_term_bounds};
pub use input::{
    AssignmentChange, AssignmentInput, AssignmentRole, CommitmentChange, CommitmentInput, ReasonInput, Target,
};
pub use record::{Assignment, Commitment};
pub use state::{Fulfilled, Progress, ReportedStatus, ReviewOutcome, Status, Verification, is_past_due};
pub use updates::{Importer, Review, ReviewInput, Update, UpdateInput};
pub use values::{CompletionRule, DueRule, LAST_DAY, Person, Quantity, Term, code, number_of, prefix};
