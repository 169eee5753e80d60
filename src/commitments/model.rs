//! The types of commitments, and their rules as pure functions.

mod bulk;
mod extensions;
mod follow_up;
mod history;
mod input;
mod order;
mod record;
mod state;
mod updates;
mod values;

pub(crate) use bulk::{
    AddedAssignments, Handover, HandoverInput, MOST_ASSIGNMENTS, MembersAssigned, NewAssignments, PublishedDrafts,
};
pub(crate) use extensions::{Decision, DecisionInput, DecisionOutcome, Extension, ExtensionInput, ExtensionStatus};
pub(crate) use follow_up::{
    FollowUp, FollowUpAgreement, FollowUpExtension, FollowUpItem, FollowUpPart, FollowUpReport, FollowUpSession,
    PastCommitment, PastEvent, PreviousSession, replay,
};
pub(crate) use history::{
    Event, HistoryEvent, RecordedAssignment, RecordedTerm, TermCause, WithdrawalCause, is_from_file, stands_alone,
    with_term_bounds,
};
pub(crate) use input::{
    AssignmentChange, AssignmentInput, AssignmentRole, CommitmentChange, CommitmentInput, NewCommitment, ReasonInput,
    Target,
};
pub(crate) use order::{Key, Sort};
pub(crate) use record::{Assignment, Commitment};
pub(crate) use state::{
    CommitmentStatus, EnteredStatus, Fulfilled, Progress, ReportedStatus, ReviewOutcome, Status, Verification,
    is_past_due,
};
pub(crate) use updates::{Review, ReviewInput, Update, UpdateInput, falls_short};
pub(crate) use values::{CompletionRule, DueRule, LAST_DAY, Quantity, Term, code, number_of, prefix};
