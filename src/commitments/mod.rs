//! Commitments: the tasks that commissions agree on, the assignments of institutions, and their progress.
//!
//! An **assignment** is the part of one institution. It is `planned`, `in_progress`, `completed`, `not_achieved` or
//! `cancelled`. The institution reports any of the first four, in any order; a completion needs evidence and waits
//! (`pending`) until it is `accepted` or `returned`. The secretariat can reopen an accepted or cancelled assignment.
//! Reports count in the order in which they are received.
//!
//! A commitment can be entered as a **draft**, for the minutes of a session. Only those who may write it know it; it
//! is left out of every list, feed and document, takes no reports, and nobody is notified of it until it is
//! published.
//!
//! The status of a **commitment** is derived from its assignments alone, in the transaction of each change
//! ([`Commitment::recompute`]). Only accepted completions count, so a commitment whose completion waits for review can
//! be overdue.
//!
//! Those who may write for any of its commissions (secretariat, coordinator, admin) create and change commitments,
//! report on behalf of institutions, review reports (never a report that they wrote or imported themselves) and decide
//! on extensions. A representative reports and requests more time for the own institution. Every term, report, review
//! and decision is stored in a history that is never changed; the follow-up sheet of a session is computed from it.
//!
//! A **request for more time** waits until it is granted or refused, or withdrawn by the person who made it or by the
//! secretariat. At most one waits for each assignment; it is withdrawn when the assignment is cancelled or its completion
//! accepted. The author of a **review** may withdraw it within a day, while nothing builds on it: no later report,
//! cancellation or reopening, and no approved minutes or report that cite the commitment.

mod actions;
mod api;
mod document;
mod holidays;
mod institution_page;
mod joint_session;
mod model;
mod policy;
mod spreadsheet;
mod store;
mod web;

pub(crate) use actions::{
    Withdrawal, add_assignment, cancel_assignment, change_assignment, create as create_commitment, create_with_code,
    decide_extension, import_report, import_review, import_update, known_commitments, publish as publish_commitment,
    publish_drafts_of_meeting, recompute_terms, reopen_assignment, request_extension, restore as restore_commitment,
    unassign as unassign_part, unmake as unmake_commitment, update as update_commitment, withdraw as withdraw_reports,
    withdraw_extension,
};
pub(crate) use api::ListQuery as CommitmentListQuery;
pub(crate) use document::{SheetGroup, follow_up_sheet, sheet_record};
pub(crate) use model::{
    Assignment, AssignmentChange, AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule,
    Decision, DecisionInput, DueRule, EnteredStatus, Event, Extension, ExtensionInput, Key as CommitmentKey,
    NewCommitment, PastEvent, Progress, ReportedStatus, ReviewInput, Sort as CommitmentSort, Status, TermCause, Update,
    UpdateInput, Verification, is_past_due,
};
pub(crate) use store::{
    Filter as CommitmentFilter, all_of_country as commitments_of_country, changes as changes_of,
    commitments as commitments_by_id, count as count_commitments, extensions_of, find as commitment,
    known_countries as countries_of_commitments, list as list_commitments, past_events, search as search_commitments,
    search_count as count_commitments_found, since as commitments_since, updates_of,
};
pub(crate) use web::pages;

/// Registers every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    api::routes(cfg);
    joint_session::routes(cfg);
    holidays::routes(cfg);
    crate::meetings::send_with_convocation(document::issue_sheet);
}
