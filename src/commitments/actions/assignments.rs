//! Adding, changing, cancelling, reopening and removing assignments.

use super::{
    audit_assignment, lock, lock_to_write, notifications, recompute_and_save, references, retract, save_change,
};
use crate::clock::new_id;
use crate::commitments::model::{
    Assignment, AssignmentChange, AssignmentInput, Commitment, Event, RecordedAssignment, RecordedTerm, TermCause,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// Adds an assignment. 409 `duplicate` when the institution has one already; a cancelled one is reopened.
pub(crate) fn add(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, input: AssignmentInput) -> Result<Assignment> {
    let mut commitment = lock_to_write(tx, actor, id)?;
    references::institution(tx, &input)?;
    if commitment.assignments.iter().any(|other| other.fields.institution_id == input.institution_id) {
        return Err(Code::Duplicate.into());
    }
    let new = Assignment::new(new_id(tx.recorded_at), &commitment, input, tx.now);
    let aid = new.id;
    commitment.assignments.push(new);
    recompute_and_save(tx, &mut commitment)?;
    let assignment = commitment.assignment(aid)?;
    store::insert_assignment(tx.conn, assignment)?;
    store::add_events(tx, &[(id, Some(aid), Event::AssignmentAdded(RecordedAssignment::of(assignment)))])?;
    audit_assignment(tx, &commitment, "created", None, Some(assignment))?;
    notifications::assigned(tx, &commitment, &[assignment.fields.institution_id])?;
    Ok(assignment.clone())
}

/// Changes role, target and term. An existing term is changed only with the reason for the correction; more time is
/// granted by an extension.
pub(crate) fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    input: AssignmentChange,
) -> Result<Assignment> {
    let (mut commitment, before) = lock_assignment(tx, actor, id, aid)?;
    let other_due = before.fields.due != input.due;
    let mut faults = tx.faults();
    if other_due && before.due_to.is_some() && input.correction_reason.is_none() {
        faults.add_with("/due", "needs", vec![("field", "correction_reason".to_owned())]);
    }
    faults.into_result()?;
    let of_commitment = commitment.term();
    let assignment = commitment.assignment_mut(aid)?;
    let AssignmentChange { role, due, target, correction_reason } = input;
    assignment.fields = AssignmentInput { role, due, target, ..assignment.fields.clone() };
    assignment.set_term(of_commitment);
    let mut events = Vec::from_iter(Event::assignment_changed(&before, assignment));
    if other_due {
        events.push(term_changed(&before, assignment, correction_reason));
    }
    save_change(tx, &mut commitment, &before, "updated", events)
}

fn term_changed(before: &Assignment, after: &Assignment, reason: Option<String>) -> Event {
    let cause = if before.due_to.is_some() { TermCause::Correction } else { TermCause::Entered };
    Event::TermChanged {
        before: RecordedTerm::of_assignment(before),
        after: RecordedTerm::of_assignment(after),
        cause,
        reason,
    }
}

/// Cancels an assignment, which then no longer counts. 409 `assignment_cancelled` when it is cancelled already.
pub(crate) fn cancel(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    reason: String,
) -> Result<Assignment> {
    let (mut commitment, before) = lock_assignment(tx, actor, id, aid)?;
    commitment.assignment_mut(aid)?.progress = before.progress.cancel()?;
    save_change(tx, &mut commitment, &before, "cancelled", [Event::Cancelled { reason }])
}

/// Reopens an accepted or cancelled assignment. 409 `not_closed` otherwise.
pub(crate) fn reopen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    reason: String,
) -> Result<Assignment> {
    let (mut commitment, before) = lock_assignment(tx, actor, id, aid)?;
    commitment.assignment_mut(aid)?.progress = before.progress.reopen()?;
    save_change(tx, &mut commitment, &before, "reopened", [Event::Reopened { reason }])
}

/// Loads an assignment that the actor may change, with its commitment locked; 404 or 403 otherwise.
fn lock_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
) -> Result<(Commitment, Assignment)> {
    let commitment = lock(tx, actor, id)?;
    let assignment = commitment.assignment(aid)?.clone();
    policy::require_writer(actor, &commitment)?;
    Ok((commitment, assignment))
}

/// Removes an assignment without reports, requests or decisions; 409 `in_use` otherwise.
pub(crate) fn remove(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, aid: AssignmentId) -> Result<()> {
    let (mut commitment, before) = lock_assignment(tx, actor, id, aid)?;
    if store::was_closed_before(tx.conn, id, Some(aid))? {
        return Err(Code::InUse.into());
    }
    delete_assignment(tx, &mut commitment, &before)
}

/// Deletes an assignment that nothing refers to.
pub(super) fn delete_assignment(tx: &mut Tx<'_>, commitment: &mut Commitment, part: &Assignment) -> Result<()> {
    store::remove_assignment(tx.conn, part.id)?;
    commitment.assignments.retain(|assignment| assignment.id != part.id);
    recompute_and_save(tx, commitment)?;
    store::add_events(tx, &[(commitment.id, Some(part.id), Event::AssignmentRemoved {})])?;
    retract::removed(tx, commitment, part)?;
    audit_assignment(tx, commitment, "deleted", Some(part), None)
}
