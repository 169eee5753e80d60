//! Commitments: the tasks that commissions agree on, the assignments of institutions, and their progress.
//!
//! An **assignment** is the part of one institution. It is `planned`, `in_progress`, `completed`, `not_achieved` or
//! `cancelled`. The institution reports any of the first four, in any order; a completion needs evidence and waits
//! (`pending`) until it is `accepted` or `returned`. The secretariat can reopen an accepted or cancelled assignment.
//! Reports count in the order in which they are received.
//!
//! The status of a **commitment** is derived from its assignments alone, in the transaction of each change
//! ([`Commitment::recompute`]). Only accepted completions count, so a commitment whose completion waits for review can
//! be overdue.
//!
//! Those who may write for any of its commissions (secretariat, coordinator, admin) create and change commitments,
//! report on behalf of institutions, review reports (never a report that they wrote or imported themselves) and decide
//! on extensions. A representative reports and requests more time for the own institution. Every term, report, review
//! and decision is stored in a history that is never changed; the follow-up sheet of a session is computed from it.

mod actions;
mod api;
mod document;
mod holidays;
mod joint_session;
mod model;
mod policy;
mod store;

pub(crate) use actions::{
    Withdrawal, add_assignment, cancel_assignment, change_assignment, create as create_commitment, create_with_code,
    decide_extension, import_report, import_review, import_update, known_commitments, recompute_terms,
    reopen_assignment, request_extension, restore as restore_commitment, unassign as unassign_part,
    unmake as unmake_commitment, update as update_commitment, withdraw as withdraw_reports,
};
pub(crate) use document::{follow_up_sheet, sheet_record};
pub(crate) use model::{
    Assignment, AssignmentChange, AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule,
    DecisionInput, DueRule, Event, Extension, ExtensionInput, Importer, PastEvent, Progress, ReportedStatus,
    ReviewInput, Status, TermCause, Update, UpdateInput, Verification, is_past_due,
};
pub(crate) use store::{
    Filter as CommitmentFilter, Key as CommitmentKey, all_of_country as commitments_of_country, changes as changes_of,
    commitments as commitments_by_id, extensions_of, find as commitment, list as list_commitments, past_events,
    since as commitments_since, updates_of,
};

/// Registers every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    api::routes(cfg);
    joint_session::routes(cfg);
    holidays::routes(cfg);
}
