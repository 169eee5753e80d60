//! Requesting more time, and deciding on the request.

use super::{lock, lock_to_write, notifications, save_change};
use crate::audit::{self, Change};
use crate::clock::new_id;
use crate::commitments::model::{
    Decision, DecisionInput, DecisionOutcome, Event, Extension, ExtensionInput, Person, RecordedTerm, TermCause,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, ExtensionId, Tx};
use crate::error::{Code, Error, Result};
use crate::identity::Actor;

/// Requests more time. 409 `term_expired` when the term has passed and the actor may not write the commitment.
pub(crate) fn request(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    input: ExtensionInput,
) -> Result<Extension> {
    let commitment = lock(tx, actor, id)?;
    let assignment = commitment.assignment(aid)?;
    policy::require_extension_requester(actor, &commitment, assignment.fields.institution_id)?;
    commitment.require_published()?;
    assignment.progress.require_live()?;
    let passed = assignment.due_to.is_some_and(|last| last < commitment.today(tx.now));
    if passed && !policy::may_write(actor, &commitment) {
        return Err(Code::TermExpired.into());
    }
    let mut faults = tx.faults();
    if assignment.due_to.is_some_and(|last| input.requested_due.to() <= last) {
        faults.add("/requested_due", "not_later");
    }
    faults.into_result()?;
    let extension = Extension {
        id: new_id(tx.recorded_at),
        commitment_id: id,
        assignment_id: aid,
        requested_due_from: input.requested_due.from(),
        requested_due_to: input.requested_due.to(),
        fields: input,
        requested_by: Person::of(actor),
        requested_at: tx.now,
        decision: None,
    };
    store::insert_extension(tx.conn, &extension)?;
    let event = Event::ExtensionRequested {
        extension_id: extension.id,
        requested_due: extension.fields.requested_due.to_string(),
        reason: extension.fields.reason.clone(),
    };
    store::add_events(tx, &[(id, Some(aid), event)])?;
    audit::created(tx, "extension", extension.id, Some(&commitment.country_code), &extension)?;
    Ok(extension)
}

/// Grants or refuses more time; a granted term replaces the assignment's. 409 `already_decided`; 409 as well when the
/// term has been extended further in the meantime.
pub(crate) fn decide(tx: &mut Tx<'_>, actor: &Actor, id: ExtensionId, input: DecisionInput) -> Result<Extension> {
    let asked = store::extension(tx.conn, id)?;
    let mut commitment = lock_to_write(tx, actor, asked.commitment_id)?;
    let before = store::extension(tx.conn, id)?;
    if before.decision.is_some() {
        return Err(Code::AlreadyDecided.into());
    }
    let DecisionInput { outcome, comment } = input;
    let present = commitment.assignment(before.assignment_id)?.due_to;
    if outcome == DecisionOutcome::Granted && present.is_some_and(|due| before.fields.requested_due.to() <= due) {
        return Err(Error::new(Code::Conflict).because("the term has been extended further meanwhile"));
    }
    let decided = Event::ExtensionDecided { extension_id: id, outcome, comment: comment.clone() };
    let decision = Decision { outcome, comment, decided_by: Person::of(actor), decided_at: tx.now };
    store::decide(tx.conn, id, &decision)?;
    let after = Extension { decision: Some(decision), ..before.clone() };
    let aid = before.assignment_id;
    store::add_events(tx, &[(commitment.id, Some(aid), decided)])?;
    if outcome == DecisionOutcome::Granted {
        let old = commitment.assignment(aid)?.clone();
        old.progress.require_live()?;
        let of_commitment = commitment.term();
        let assignment = commitment.assignment_mut(aid)?;
        assignment.fields.due = Some(before.fields.requested_due.clone());
        assignment.set_term(of_commitment);
        let (before, after) = (RecordedTerm::of_assignment(&old), RecordedTerm::of_assignment(assignment));
        let event = Event::TermChanged { before, after, cause: TermCause::Extension, reason: None };
        save_change(tx, &mut commitment, &old, "extended", [event])?;
    }
    notifications::decided(tx, &commitment, &after)?;
    let change =
        Change { action: "decided", kind: "extension", id: &id.to_string(), country: Some(&commitment.country_code) };
    audit::record(tx, change, Some(&before), Some(&after))?;
    Ok(after)
}
