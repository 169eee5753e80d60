//! Handing over the open parts of an institution to its successor.

use std::collections::BTreeMap;

use super::assignments::{add_part, cancel_part};
use super::{mails, save_change};
use crate::access::{Visibility, check_institutions, may_write_anywhere, require, target_commissions};
use crate::commitments::model::{
    Assignment, AssignmentInput, Commitment, Event, Handover, HandoverInput, RecordedTerm, Status, TermCause,
};
use crate::commitments::store;
use crate::db::dispatch::lock_rows;
use crate::db::{CommissionId, InstitutionId, Tx};
use crate::error::{Permitted, Result};
use crate::identity::Actor;
use crate::notifications::Event as MailEvent;

/// Cancels every open part of an institution that the actor may write, and gives it to the successor with the same
/// role, target and own term. A part of the successor that is cancelled is reopened; any other stays as it is.
pub(crate) fn hand_over(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: InstitutionId,
    input: &HandoverInput,
) -> Result<Handover> {
    require(may_write_anywhere(actor), Permitted::AnyWriter)?;
    check(tx, actor, from, input)?;
    let visibility = Visibility::of(actor);
    let chosen = (!input.commission_ids.is_empty()).then_some(input.commission_ids.as_slice());
    let ids = store::with_open_part(tx.conn, &visibility, from, chosen)?;
    lock_rows(tx.conn, "commitments", &ids)?;
    let mut counts = Handover::default();
    let (mut taken, mut given) = (Vec::new(), Vec::new());
    for mut commitment in store::commitments(tx.conn, &visibility, &ids, tx.now)? {
        let open = commitment.part_of(from).filter(|part| part.progress.status.is_open()).cloned();
        let Some(part) = open else { continue };
        cancel_part(tx, &mut commitment, &part, input.reason.clone())?;
        counts.cancelled += 1;
        let is_given = give(tx, &mut commitment, &part, input, &mut counts)?;
        if commitment.is_draft() {
            continue;
        }
        if is_given {
            given.push(commitment.clone());
        }
        taken.push(commitment);
    }
    notify(tx, (MailEvent::AssignmentCancelled, "commitments-taken"), from, &taken, &input.reason)?;
    notify(tx, (MailEvent::NewCommitment, "commitments-handed-over"), input.to_id, &given, &input.reason)?;
    Ok(counts)
}

/// Checks that the successor exists and is another institution, and that the actor may write for the commissions.
fn check(tx: &mut Tx<'_>, actor: &Actor, from: InstitutionId, input: &HandoverInput) -> Result<()> {
    let mut faults = tx.faults();
    if input.to_id == from {
        faults.add("/to_id", "cycle");
    }
    check_institutions(tx.conn, &[("/to_id".to_owned(), input.to_id)], &mut faults)?;
    target_commissions(tx.conn, actor, ("/commission_ids", &input.commission_ids), &[], &mut faults)?;
    faults.into_result()
}

/// Gives the part to the successor, and returns whether it was given.
fn give(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    part: &Assignment,
    input: &HandoverInput,
    counts: &mut Handover,
) -> Result<bool> {
    let wanted = AssignmentInput { institution_id: input.to_id, ..part.fields.clone() };
    match commitment.part_of(input.to_id).cloned() {
        None => {
            add_part(tx, commitment, wanted)?;
            counts.added += 1;
        }
        Some(present) if present.progress.status == Status::Cancelled => {
            reopen_as(tx, commitment, &present, wanted, &input.reason)?;
            counts.reopened += 1;
        }
        Some(_) => {
            counts.already_assigned += 1;
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reopens a cancelled part with the role, target and own term that are handed over.
fn reopen_as(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    present: &Assignment,
    wanted: AssignmentInput,
    reason: &str,
) -> Result<()> {
    let of_commitment = commitment.term();
    let after = commitment.assignment_mut(present.id)?;
    after.progress = present.progress.reopen()?;
    after.fields = wanted;
    after.set_term(of_commitment);
    let mut events = vec![Event::Reopened { reason: reason.to_owned() }];
    events.extend(Event::assignment_changed(present, after));
    let (old, new) = (RecordedTerm::of_assignment(present), RecordedTerm::of_assignment(after));
    if old != new {
        let reason = Some(reason.to_owned());
        events.push(Event::TermChanged { before: old, after: new, cause: TermCause::Correction, reason });
    }
    save_change(tx, commitment, present, "reopened", events).map(|_| ())
}

/// Notifies an institution with one mail for the commitments of the same commissions.
fn notify(
    tx: &mut Tx<'_>,
    kind: (MailEvent, &'static str),
    institution: InstitutionId,
    given: &[Commitment],
    reason: &str,
) -> Result<()> {
    let mut groups: BTreeMap<(&str, &[CommissionId], bool), Vec<&Commitment>> = BTreeMap::new();
    for one in given {
        let key = (one.country_code.as_str(), one.fields.commission_ids.as_slice(), one.fields.restricted);
        groups.entry(key).or_default().push(one);
    }
    for group in groups.into_values() {
        mails::handed_over(tx, kind, institution, &group, reason)?;
    }
    Ok(())
}
