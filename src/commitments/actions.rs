//! What happens to commitments, a file a use case. Every act holds the commitment's row first, so that two
//! decisions on it, or on its assignments, come one after the other.

mod assignments;
mod create;
mod extensions;
mod follow_up;
mod notices;
mod recompute;
mod references;
mod reports;
mod revise;
mod withdraw;

pub use assignments::{
    add as add_assignment, cancel as cancel_assignment, change as change_assignment, remove as remove_assignment,
    reopen as reopen_assignment,
};
pub use create::{create, create_with_code};
pub use extensions::{decide as decide_extension, request as request_extension};
pub use follow_up::follow_up;
pub use recompute::{put_calendar, recompute_terms};
pub use references::known_commitments;
pub use reports::{import_report, import_review, import_update, report as report_update, review as review_update};
pub use revise::{delete, update};
pub use withdraw::{Withdrawal, restore, unassign, unmake, withdraw};

use super::model::{Assignment, Commitment, Event};
use super::store;
use crate::access::Visibility;
use crate::audit::{self, Change};
use crate::db::{AssignmentId, CommitmentId, Tx, dispatch};
use crate::error::Result;
use crate::identity::Actor;

/// The commitment, held until the transaction ends; 404 when the actor may not know it.
pub fn lock(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId) -> Result<Commitment> {
    dispatch::lock_row(tx.conn, "commitments", id)?;
    store::find(tx.conn, &Visibility::of(actor), id, tx.now)
}

/// What an act leaves of an assignment: settles the commitment, keeps both, writes history and audit.
fn save_change(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    before: &Assignment,
    (action, event): (&'static str, Event),
) -> Result<Assignment> {
    let id = before.id;
    commitment.assignment_mut(id)?.updated_at = tx.recorded_at;
    recompute_and_save(tx, commitment)?;
    let after = commitment.assignment(id)?.clone();
    store::save_assignment(tx.conn, &after)?;
    store::add_events(tx, &[(commitment.id, Some(id), event)])?;
    audit_assignment(tx, commitment, action, Some(before), Some(&after))?;
    Ok(after)
}

/// Brings what is derived up to date and keeps it.
fn recompute_and_save(tx: &mut Tx<'_>, commitment: &mut Commitment) -> Result<()> {
    commitment.updated_at = tx.recorded_at;
    commitment.recompute(tx.now);
    store::save_state(tx.conn, commitment)
}

/// The audit log's entry for an assignment.
fn audit_assignment(
    tx: &mut Tx<'_>,
    commitment: &Commitment,
    action: &'static str,
    before: Option<&Assignment>,
    after: Option<&Assignment>,
) -> Result<()> {
    let id: Option<AssignmentId> = before.or(after).map(|assignment| assignment.id);
    let id = id.map(|id| id.to_string()).unwrap_or_default();
    let change = Change { action, kind: "assignment", id: &id, country: Some(&commitment.country_code) };
    audit::record(tx, change, before, after)
}
