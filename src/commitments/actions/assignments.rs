//! Adding, changing, cancelling, reopening and removing assignments.

use super::extensions::withdraw_pending;
use super::{
    audit_assignment, lock, lock_to_write, notifications, recompute_and_save, references, retract, save_change,
};
use crate::clock::new_id;
use crate::commitments::model::{
    AddedAssignments, Assignment, AssignmentChange, AssignmentInput, Commitment, Event, MOST_ASSIGNMENTS,
    MembersAssigned, NewAssignments, RecordedAssignment, RecordedTerm, TermCause, WithdrawalCause,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Tx};
use crate::error::{Code, Error, Faults, Result};
use crate::identity::Actor;

/// Adds an assignment. 409 `duplicate` when the institution has one already; a cancelled one is reopened.
pub(crate) fn add(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, input: AssignmentInput) -> Result<Assignment> {
    let mut commitment = lock_to_write(tx, actor, id)?;
    references::institution(tx, &input)?;
    if commitment.part_of(input.institution_id).is_some() {
        return Err(Code::Duplicate.into());
    }
    let added = add_part(tx, &mut commitment, input)?;
    notifications::assigned(tx, &commitment, &[added.fields.institution_id])?;
    Ok(added)
}

/// Adds an assignment to a commitment that is locked, and notifies nobody.
pub(super) fn add_part(tx: &mut Tx<'_>, commitment: &mut Commitment, input: AssignmentInput) -> Result<Assignment> {
    let new = Assignment::new(new_id(tx.recorded_at), commitment, input, tx.now);
    let (id, aid) = (commitment.id, new.id);
    commitment.assignments.push(new);
    recompute_and_save(tx, commitment)?;
    let assignment = commitment.assignment(aid)?;
    store::insert_assignment(tx.conn, assignment)?;
    store::add_events(tx, &[(id, Some(aid), Event::AssignmentAdded(RecordedAssignment::of(assignment)))])?;
    audit_assignment(tx, commitment, "created", None, Some(assignment))?;
    Ok(assignment.clone())
}

/// Adds an assignment for an institution, or for each member of a commission that has none yet.
pub(crate) fn add_several(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    input: NewAssignments,
) -> Result<AddedAssignments> {
    if let (Some(one), None) = (input.one(), input.members_of) {
        return add(tx, actor, id, one).map(AddedAssignments::One);
    }
    let mut commitment = lock_to_write(tx, actor, id)?;
    let Some(commission) = input.members_of else {
        tx.faults().into_result()?;
        return Err(Error::internal("an assignment without institution"));
    };
    let mut missing = references::members(tx, actor, commission, input.on)?;
    missing.retain(|institution| commitment.part_of(*institution).is_none());
    if commitment.assignments.len() + missing.len() > MOST_ASSIGNMENTS {
        let mut faults = Faults::default();
        faults.add_with("/members_of", "too_many", vec![("max", MOST_ASSIGNMENTS.to_string())]);
        return Err(faults.into());
    }
    let mut items = Vec::with_capacity(missing.len());
    for institution in &missing {
        items.push(add_part(tx, &mut commitment, input.of_member(*institution))?);
    }
    notifications::assigned(tx, &commitment, &missing)?;
    Ok(AddedAssignments::Several(MembersAssigned { commitment_id: id, items }))
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
        events.push(term_changed(&before, assignment, correction_reason.clone()));
    }
    let after = save_change(tx, &mut commitment, &before, "updated", events)?;
    if let Some(reason) = correction_reason.filter(|_| other_due && before.due_to.is_some()) {
        notifications::term_corrected(tx, &commitment, &[aid], &reason)?;
    }
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

/// Cancels an assignment, which then no longer counts; a request for more time that waits is withdrawn. 409
/// `assignment_cancelled` when it is cancelled already.
pub(crate) fn cancel(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    reason: String,
) -> Result<Assignment> {
    let (mut commitment, before) = lock_assignment(tx, actor, id, aid)?;
    let after = cancel_part(tx, &mut commitment, &before, reason.clone())?;
    notifications::cancelled(tx, &commitment, &after, &reason)?;
    Ok(after)
}

/// Cancels an assignment of a commitment that is locked, and withdraws its waiting request for more time.
pub(super) fn cancel_part(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    before: &Assignment,
    reason: String,
) -> Result<Assignment> {
    commitment.assignment_mut(before.id)?.progress = before.progress.cancel()?;
    let withdrawn = withdraw_pending(tx, commitment, before.id, WithdrawalCause::Cancelled)?;
    let event = Event::Cancelled { reason };
    save_change(tx, commitment, before, "cancelled", withdrawn.into_iter().chain([event]))
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
    let event = Event::Reopened { reason: reason.clone() };
    let after = save_change(tx, &mut commitment, &before, "reopened", [event])?;
    notifications::reopened(tx, &commitment, &after, &reason)?;
    Ok(after)
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
    let before: Vec<AssignmentId> = commitment.assignments.iter().map(|assignment| assignment.id).collect();
    commitment.assignments.retain(|assignment| assignment.id != part.id);
    let after: Vec<AssignmentId> = commitment.assignments.iter().map(|assignment| assignment.id).collect();
    let translations = std::mem::take(&mut commitment.fields.translations);
    commitment.fields.translations = translations.without_changed("assignments", &before, &after);
    recompute_and_save(tx, commitment)?;
    store::add_events(tx, &[(commitment.id, Some(part.id), Event::AssignmentRemoved {})])?;
    retract::removed(tx, commitment, part)?;
    audit_assignment(tx, commitment, "deleted", Some(part), None)
}
