//! Taking back what an import brought. Its caller has made sure that nothing was built upon it.

use super::assignments::delete_assignment;
use super::{lock, save_change, update};
use crate::audit;
use crate::commitments::model::{Commitment, CommitmentInput, Event, Progress};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Tx, UpdateId};
use crate::error::Result;
use crate::identity::Actor;

/// What an import brought to one part, and how that stood before.
#[derive(Debug, Clone, PartialEq)]
pub struct Withdrawal {
    pub assignment_id: AssignmentId,
    pub updates: Vec<UpdateId>,
    pub before: Progress,
}

/// Puts a part back to how it stood before the reports, which are removed; the history and the audit log tell of both.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, taken: &Withdrawal, reason: &str) -> Result<()> {
    let mut commitment = lock(tx, actor, id)?;
    policy::require_writer(actor, &commitment)?;
    let present = commitment.assignment(taken.assignment_id)?.clone();
    remove(tx, &commitment, &taken.updates)?;
    commitment.assignment_mut(taken.assignment_id)?.progress = taken.before;
    let event = Event::Restored { progress: taken.before, reason: reason.to_owned() };
    save_change(tx, &mut commitment, &present, ("restored", event)).map(|_| ())
}

/// Removes a part that the import added, once its reports are withdrawn.
pub fn unassign(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, aid: AssignmentId) -> Result<()> {
    let mut commitment = lock(tx, actor, id)?;
    policy::require_writer(actor, &commitment)?;
    let part = commitment.assignment(aid)?.clone();
    delete_assignment(tx, &mut commitment, &part)
}

/// Removes a commitment with the reports that the same import brought. 409 `in_use` when anything depends on it.
pub fn unmake(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, updates: &[UpdateId]) -> Result<()> {
    let commitment = lock(tx, actor, id)?;
    policy::require_writer(actor, &commitment)?;
    remove(tx, &commitment, updates)?;
    store::delete(tx.conn, id)?;
    audit::deleted(tx, "commitment", id, Some(&commitment.country_code), &commitment)
}

/// Removes reports, each with a line of the audit log.
fn remove(tx: &mut Tx<'_>, commitment: &Commitment, updates: &[UpdateId]) -> Result<()> {
    for update in store::updates_by_id(tx.conn, updates)? {
        audit::deleted(tx, "update", update.id, Some(&commitment.country_code), &update)?;
    }
    store::remove_updates(tx.conn, updates)
}

/// Puts the fields of a commitment back to what they were. What they name was named before: whether the actor may know
/// it is no question.
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, before: CommitmentInput, reason: &str) -> Result<()> {
    policy::require_writer(actor, &lock(tx, actor, id)?)?;
    update(tx, &Actor::program(), id, before, Some(reason.to_owned())).map(|_| ())
}
