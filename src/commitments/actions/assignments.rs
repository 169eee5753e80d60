//! Adding, changing, cancelling and reopening an institution's part.

use super::{audit_assignment, lock, notices, recompute_and_save, references, save_change};
use crate::clock::new_id;
use crate::commitments::model::{
    Assignment, AssignmentChange, AssignmentInput, Commitment, Event, RecordedAssignment, RecordedTerm, TermCause,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// Adds an institution's part. 409 `duplicate` when the institution has one already, cancelled or not: reopen it.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, input: AssignmentInput) -> Result<Assignment> {
    let mut commitment = lock(tx, actor, id)?;
    policy::require_writer(actor, &commitment)?;
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
    notices::assigned(tx, &commitment, &[assignment.fields.institution_id])?;
    Ok(assignment.clone())
}

/// Changes role, target and term. A term that stood already is changed only with the reason of the correction;
/// more time is granted by an extension.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    input: AssignmentChange,
) -> Result<Assignment> {
    let mut commitment = lock(tx, actor, id)?;
    let before = commitment.assignment(aid)?.clone();
    policy::require_writer(actor, &commitment)?;
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
    let changed = Event::assignment_changed(&before, assignment);
    let mut events: Vec<_> = changed.map(|event| (id, Some(aid), event)).into_iter().collect();
    if other_due {
        events.push((id, Some(aid), term_changed(&before, assignment, correction_reason)));
    }
    assignment.updated_at = tx.recorded_at;
    recompute_and_save(tx, &mut commitment)?;
    let after = commitment.assignment(aid)?.clone();
    store::save_assignment(tx.conn, &after)?;
    store::add_events(tx, &events)?;
    audit_assignment(tx, &commitment, "updated", Some(&before), Some(&after))?;
    Ok(after)
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

/// Takes the institution out of the count. 409 `assignment_cancelled` when it is out already.
pub fn cancel(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    reason: String,
) -> Result<Assignment> {
    let mut commitment = lock(tx, actor, id)?;
    let before = assignment_to_change(&commitment, actor, aid)?;
    commitment.assignment_mut(aid)?.progress = before.progress.cancel()?;
    save_change(tx, &mut commitment, &before, ("cancelled", Event::Cancelled { reason }))
}

/// Opens again what was accepted or cancelled. 409 `not_closed` otherwise.
pub fn reopen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    reason: String,
) -> Result<Assignment> {
    let mut commitment = lock(tx, actor, id)?;
    let before = assignment_to_change(&commitment, actor, aid)?;
    commitment.assignment_mut(aid)?.progress = before.progress.reopen()?;
    save_change(tx, &mut commitment, &before, ("reopened", Event::Reopened { reason }))
}

fn assignment_to_change(commitment: &Commitment, actor: &Actor, aid: AssignmentId) -> Result<Assignment> {
    let assignment = commitment.assignment(aid)?.clone();
    policy::require_writer(actor, commitment)?;
    Ok(assignment)
}

/// Removes a part on which nothing was ever reported, asked or decided; 409 `in_use` otherwise.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, aid: AssignmentId) -> Result<()> {
    let mut commitment = lock(tx, actor, id)?;
    let before = assignment_to_change(&commitment, actor, aid)?;
    if store::was_closed_before(tx.conn, id, Some(aid))? {
        return Err(Code::InUse.into());
    }
    delete_assignment(tx, &mut commitment, &before)
}

/// Removes a part that nothing stands on.
pub(super) fn delete_assignment(tx: &mut Tx<'_>, commitment: &mut Commitment, part: &Assignment) -> Result<()> {
    store::remove_assignment(tx.conn, part.id)?;
    commitment.assignments.retain(|assignment| assignment.id != part.id);
    recompute_and_save(tx, commitment)?;
    store::add_events(tx, &[(commitment.id, Some(part.id), Event::AssignmentRemoved {})])?;
    audit_assignment(tx, commitment, "deleted", Some(part), None)
}
