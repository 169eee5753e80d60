//! Requesting more time, deciding on the request, and withdrawing it. A request that waits is the
//! `pending_extension_id` of its assignment, saved in the same transaction.

use super::{lock, lock_to_write, notifications, save_change};
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::commitments::model::{
    Assignment, Commitment, Decision, DecisionInput, DecisionOutcome, Event, Extension, ExtensionInput, RecordedTerm,
    TermCause, WithdrawalCause,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, ExtensionId, Tx};
use crate::error::{Code, Result};
use crate::identity::{Actor, Person};

/// Returns the reason for which the actor can request no time for this part now; None when the request is possible.
pub(crate) fn refusal(actor: &Actor, commitment: &Commitment, part: &Assignment, now: Instant) -> Option<Code> {
    let live = commitment.require_published().and_then(|()| part.progress.require_live());
    let passed = part.due_to.is_some_and(|last| last < commitment.today(now));
    match live {
        Err(code) => Some(code),
        Ok(()) if part.pending_extension_id.is_some() => Some(Code::ExtensionPending),
        Ok(()) if passed && !policy::may_write(actor, commitment) => Some(Code::TermExpired),
        Ok(()) => None,
    }
}

/// Requests more time. 409 `extension_pending` when a request waits already; 409 `term_expired` when the term has passed
/// and the actor may not write the commitment.
pub(crate) fn request(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    input: ExtensionInput,
) -> Result<Extension> {
    let mut commitment = lock(tx, actor, id)?;
    let before = commitment.assignment(aid)?.clone();
    policy::require_extension_requester(actor, &commitment, before.fields.institution_id)?;
    if let Some(code) = refusal(actor, &commitment, &before, tx.now) {
        return Err(code.into());
    }
    let mut faults = tx.faults();
    if before.due_to.is_some_and(|last| input.requested_due.to() <= last) {
        faults.add("/requested_due", "not_later");
    }
    faults.into_result()?;
    let extension = Extension::new(new_id(tx.recorded_at), (id, aid), input, Person::of(actor), tx.now);
    store::insert_extension(tx.conn, &extension)?;
    audit::created(tx, "extension", extension.id, Some(&commitment.country_code), &extension)?;
    commitment.assignment_mut(aid)?.pending_extension_id = Some(extension.id);
    let event = Event::ExtensionRequested {
        extension_id: extension.id,
        requested_due: extension.fields.requested_due.to_string(),
        reason: extension.fields.reason.clone(),
    };
    save_change(tx, &mut commitment, &before, "updated", [event])?;
    notifications::extension_requested(tx, &commitment, &extension)?;
    Ok(extension)
}

/// Loads a request with its commitment, and locks the commitment.
fn lock_extension(tx: &mut Tx<'_>, actor: &Actor, id: ExtensionId) -> Result<(Commitment, Extension)> {
    let asked = store::extension(tx.conn, id)?;
    let commitment = lock(tx, actor, asked.commitment_id)?;
    Ok((commitment, store::extension(tx.conn, id)?))
}

/// Grants or refuses more time; a granted term replaces the assignment's. 409 `already_decided` or
/// `extension_withdrawn` when the request does not wait; 422 `not_later` when the term does not end after the present
/// one, and `required` for a refusal without comment, except in an import, which states what was decided elsewhere.
pub(crate) fn decide(tx: &mut Tx<'_>, actor: &Actor, id: ExtensionId, input: DecisionInput) -> Result<Extension> {
    let asked = store::extension(tx.conn, id)?;
    let mut commitment = lock_to_write(tx, actor, asked.commitment_id)?;
    let before = store::extension(tx.conn, id)?;
    before.require_pending()?;
    let (old, of_commitment) = (commitment.assignment(before.assignment_id)?.clone(), commitment.term());
    let DecisionInput { outcome, due, comment } = input;
    if outcome == DecisionOutcome::Granted {
        old.progress.require_live()?;
    }
    let mut faults = tx.faults();
    if outcome == DecisionOutcome::Refused && comment.is_none() && !tx.silent {
        faults.add("/comment", "required");
    }
    let decision = Decision { outcome, comment, decided_by: Person::of(actor), decided_at: tx.now };
    let after = before.clone().decided(decision, due);
    if after.granted_due_to.zip(old.due_to).is_some_and(|(granted, present)| granted <= present) {
        faults.add("/due", "not_later");
    }
    faults.into_result()?;
    store::save_extension(tx.conn, &after)?;
    audit_extension(tx, &commitment, "decided", &before, &after)?;
    let mut events = vec![decided(&after)];
    let assignment = commitment.assignment_mut(before.assignment_id)?;
    assignment.pending_extension_id = None;
    if outcome == DecisionOutcome::Granted {
        assignment.fields.due = after.granted_due.clone();
        assignment.set_term(of_commitment);
        let (before, after) = (RecordedTerm::of_assignment(&old), RecordedTerm::of_assignment(assignment));
        events.push(Event::TermChanged { before, after, cause: TermCause::Extension, reason: None });
    }
    let action = if outcome == DecisionOutcome::Granted { "extended" } else { "updated" };
    save_change(tx, &mut commitment, &old, action, events)?;
    notifications::extension_decided(tx, &commitment, &after)?;
    Ok(after)
}

fn decided(extension: &Extension) -> Event {
    let decision = extension.decision.as_ref();
    Event::ExtensionDecided {
        extension_id: extension.id,
        outcome: decision.map_or(DecisionOutcome::Refused, |decision| decision.outcome),
        comment: decision.and_then(|decision| decision.comment.clone()),
        granted_due: extension.granted_due.as_ref().map(ToString::to_string),
    }
}

/// Withdraws a request that waits. 403 for those who neither made it nor may write the commitment; 409
/// `already_decided` or `extension_withdrawn` when it does not wait.
pub(crate) fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: ExtensionId) -> Result<Extension> {
    let (mut commitment, before) = lock_extension(tx, actor, id)?;
    policy::require_extension_withdrawer(actor, &commitment, &before)?;
    before.require_pending()?;
    let old = commitment.assignment(before.assignment_id)?.clone();
    let after = before.clone().withdrawn(Person::of(actor), tx.now);
    store::save_extension(tx.conn, &after)?;
    audit_extension(tx, &commitment, "withdrawn", &before, &after)?;
    commitment.assignment_mut(before.assignment_id)?.pending_extension_id = None;
    let event = Event::ExtensionWithdrawn { extension_id: id, cause: WithdrawalCause::Withdrawn };
    save_change(tx, &mut commitment, &old, "updated", [event])?;
    notifications::extension_withdrawn(tx, actor, &commitment, &after)?;
    Ok(after)
}

/// Withdraws the request that waits on an assignment, because the assignment is cancelled or its completion accepted;
/// returns the event. The caller saves the assignment.
pub(super) fn withdraw_pending(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    aid: AssignmentId,
    cause: WithdrawalCause,
) -> Result<Option<Event>> {
    let Some(id) = commitment.assignment_mut(aid)?.pending_extension_id.take() else { return Ok(None) };
    let before = store::extension(tx.conn, id)?;
    let after = before.clone().withdrawn(None, tx.now);
    store::save_extension(tx.conn, &after)?;
    audit_extension(tx, commitment, "withdrawn", &before, &after)?;
    Ok(Some(Event::ExtensionWithdrawn { extension_id: id, cause }))
}

fn audit_extension(
    tx: &mut Tx<'_>,
    commitment: &Commitment,
    action: &'static str,
    before: &Extension,
    after: &Extension,
) -> Result<()> {
    let id = after.id.to_string();
    let change = Change { action, kind: "extension", id: &id, country: Some(&commitment.country_code) };
    audit::record(tx, change, Some(before), Some(after))
}
