//! Undoing an import. The caller has checked that nothing depends on the imported records.

use super::assignments::delete_assignment;
use super::commitments::erase;
use super::{lock_to_write, save_change, update};
use crate::audit;
use crate::commitments::model::{Commitment, CommitmentInput, Event, Progress};
use crate::commitments::store;
use crate::db::{AssignmentId, CommitmentId, Tx, UpdateId};
use crate::error::Result;
use crate::identity::Actor;

/// The reports that an import added to an assignment, and the progress of the assignment before the import.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Withdrawal {
    pub assignment_id: AssignmentId,
    pub updates: Vec<UpdateId>,
    pub before: Progress,
}

/// Removes the imported reports of an assignment and restores its former progress. History and audit log record both.
pub(crate) fn withdraw(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    taken: &Withdrawal,
    reason: &str,
) -> Result<()> {
    let mut commitment = lock_to_write(tx, actor, id)?;
    let present = commitment.assignment(taken.assignment_id)?.clone();
    remove(tx, &commitment, &taken.updates)?;
    commitment.assignment_mut(taken.assignment_id)?.progress = taken.before;
    let event = Event::Restored { progress: taken.before, reason: reason.to_owned() };
    save_change(tx, &mut commitment, &present, "restored", [event]).map(|_| ())
}

/// Removes an assignment that the import added, after its reports are withdrawn.
pub(crate) fn unassign(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, aid: AssignmentId) -> Result<()> {
    let mut commitment = lock_to_write(tx, actor, id)?;
    let part = commitment.assignment(aid)?.clone();
    delete_assignment(tx, &mut commitment, &part)
}

/// Deletes a commitment with the reports of the same import. 409 `in_use` when anything depends on it.
pub(crate) fn unmake(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, updates: &[UpdateId]) -> Result<()> {
    let commitment = lock_to_write(tx, actor, id)?;
    remove(tx, &commitment, updates)?;
    erase(tx, &commitment)
}

/// Removes reports, each with an entry in the audit log.
fn remove(tx: &mut Tx<'_>, commitment: &Commitment, updates: &[UpdateId]) -> Result<()> {
    for update in store::updates_by_id(tx.conn, updates)? {
        audit::deleted(tx, "update", update.id, Some(&commitment.country_code), &update)?;
    }
    store::remove_updates(tx.conn, updates)
}

/// Restores the former fields of a commitment. The program itself does so, because the fields may refer to records that
/// the actor does not see.
pub(crate) fn restore(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    before: CommitmentInput,
    reason: &str,
) -> Result<()> {
    lock_to_write(tx, actor, id)?;
    update(tx, &Actor::program(), id, before, Some(reason.to_owned())).map(|_| ())
}
