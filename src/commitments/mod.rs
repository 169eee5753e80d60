//! What was promised: commitments, each institution's own part of them, its progress, and what becomes of it all.
//!
//! An **assignment** is `planned`, `in_progress`, `completed`, `not_achieved` or `cancelled`. Its institution reports,
//! back and forth; a completion needs evidence and waits (`pending`) until it is `accepted` or `returned`. What is
//! accepted or cancelled can be reopened by the secretariat. Reports count in the order in which they are received.
//!
//! A **commitment**'s status is derived from its assignments by [`model::derive`] and from nothing else, in the
//! transaction of the act itself. Only accepted completions count, so one that awaits review can still be overdue.
//!
//! Those who keep the record of any of its commissions (secretariat, coordinator, admin) enter and change commitments,
//! report on behalf of institutions, review reports (never a report that they wrote or imported themselves) and decide
//! on extensions. A representative reports and asks for more time for the own institution. Every term that ever held,
//! every report, review and decision stands in a history that only grows; the follow-up sheet of a session is computed
//! from it.

mod actions;
mod api;
mod document;
mod model;
mod policy;
mod store;

pub use actions::{
    Withdrawal, add_assignment, cancel_assignment, change_assignment, create as create_commitment, create_with_code,
    decide_extension, import_report, import_review, import_update, known_commitments, recompute_terms,
    reopen_assignment, request_extension, restore as restore_commitment, unassign as unassign_part,
    unmake as unmake_commitment, update as update_commitment, withdraw as withdraw_reports,
};
pub use api::routes;
pub use document::{follow_up_sheet, sheet_record};
pub use model::{
    Assignment, AssignmentChange, AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule,
    DecisionInput, DueRule, Event, Extension, ExtensionInput, Importer, PastEvent, Progress, ReportedStatus,
    ReviewInput, Status, TermCause, Update, UpdateInput,
};
pub use store::{
    Filter as CommitmentFilter, Key as CommitmentKey, all_of_country as commitments_of_country, changes as changes_of,
    commitments as commitments_by_id, extensions_of, find as commitment, list as list_commitments, past_events,
    since as commitments_since, updates_of,
};
