//! The use cases of commitments. Each one locks the row of the commitment first, so that two changes of it, or of its
//! assignments, come one after the other.

mod assignments;
mod commitments;
mod drafts;
mod extensions;
mod follow_up;
mod handover;
mod mails;
mod notifications;
mod references;
mod retract;
mod updates;
mod withdraw;

pub(crate) use assignments::{
    add as add_assignment, add_several as add_assignments, cancel as cancel_assignment, change as change_assignment,
    remove as remove_assignment, reopen as reopen_assignment,
};
pub(crate) use commitments::{create, create_with_code, delete, put_calendar, recompute_terms, update};
pub(crate) use drafts::{publish, publish_drafts_of_meeting, publish_of_session};
pub(crate) use extensions::{
    decide as decide_extension, refusal as refusal_of_extension, request as request_extension,
    withdraw as withdraw_extension,
};
pub(crate) use follow_up::{follow_up, follow_up_of};
pub(crate) use handover::hand_over;
pub(crate) use references::known_commitments;
pub(crate) use updates::{
    import_report, import_review, import_update, may_withdraw_review, report as report_update, review as review_update,
    withdraw_review,
};
pub(crate) use withdraw::{Withdrawal, restore, unassign, unmake, withdraw};

use super::model::{Assignment, Commitment, Event};
use super::{policy, store};
use crate::access::Visibility;
use crate::audit::{self, Change};
use crate::db::{CommitmentId, Tx, dispatch};
use crate::error::Result;
use crate::identity::Actor;

/// Loads a commitment and locks it until the transaction ends; 404 when the actor may not see it.
pub(super) fn lock(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId) -> Result<Commitment> {
    tx.write_waiting()?;
    dispatch::lock_row(tx.conn, "commitments", id)?;
    store::find(tx.conn, &Visibility::of(actor), id, tx.now)
}

/// Loads and locks a commitment that the actor may write; 404 or 403 otherwise.
fn lock_to_write(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId) -> Result<Commitment> {
    let commitment = lock(tx, actor, id)?;
    policy::require_writer(actor, &commitment)?;
    Ok(commitment)
}

/// Saves a change of an assignment: recomputes and saves the commitment, and writes history and audit log.
fn save_change(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    before: &Assignment,
    action: &'static str,
    events: impl IntoIterator<Item = Event>,
) -> Result<Assignment> {
    let id = before.id;
    commitment.assignment_mut(id)?.updated_at = tx.recorded_at;
    recompute_and_save(tx, commitment)?;
    let after = commitment.assignment(id)?.clone();
    store::save_assignment(tx, &after)?;
    let events: Vec<_> = events.into_iter().map(|event| (commitment.id, Some(id), event)).collect();
    store::add_events(tx, &events)?;
    audit_assignment(tx, commitment, action, Some(before), Some(&after))?;
    Ok(after)
}

/// Recomputes and saves the derived fields of a commitment.
fn recompute_and_save(tx: &mut Tx<'_>, commitment: &mut Commitment) -> Result<()> {
    commitment.updated_at = tx.recorded_at;
    commitment.recompute(tx.now);
    store::save_state(tx, commitment)
}

/// Writes the entry of the audit log for an assignment.
fn audit_assignment(
    tx: &mut Tx<'_>,
    commitment: &Commitment,
    action: &'static str,
    before: Option<&Assignment>,
    after: Option<&Assignment>,
) -> Result<()> {
    let id = before.or(after).map(|assignment| assignment.id.to_string()).unwrap_or_default();
    let change = Change { action, kind: "assignment", id: &id, country: Some(&commitment.country_code) };
    audit::record(tx, change, before, after)
}
