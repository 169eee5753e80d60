//! Reporting progress, and reviewing a reported completion.

use super::{hold, keep_act, notices};
use crate::access::citable_files;
use crate::clock::new_id;
use crate::commitments::model::{
    Commitment, Event, Person, ReportedStatus, Review, ReviewInput, ReviewOutcome, Update, UpdateInput,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Tx, UpdateId};
use crate::error::{Faults, Result};
use crate::identity::Actor;

/// Reports progress on an assignment. 409 `already_accepted`, `assignment_cancelled` when nothing can be reported.
pub fn report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    input: UpdateInput,
) -> Result<Update> {
    let mut commitment = hold(tx, actor, id)?;
    report_on(tx, actor, &mut commitment, aid, input)
}

fn report_on(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commitment: &mut Commitment,
    aid: AssignmentId,
    input: UpdateInput,
) -> Result<Update> {
    let institution = commitment.assignment(aid)?.fields.institution_id;
    let mut faults = tx.faults();
    policy::may_report(actor, commitment, institution, input.on_behalf, &mut faults)?;
    receive(tx, commitment, (aid, input), Person::of(actor), (faults, false))
}

/// Receives a report that an import brings: by the same rules, but nobody of this program wrote it. Reports count in
/// the order in which they are given. One whose moment is not known (`undated`) counts from the day it speaks of.
pub fn import_update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, aid): (CommitmentId, AssignmentId),
    input: UpdateInput,
    undated: bool,
) -> Result<Update> {
    let mut commitment = hold(tx, actor, id)?;
    policy::keep(actor, &commitment)?;
    receive(tx, &mut commitment, (aid, input), None, (Faults::default(), undated))
}

/// Receives a report that a matrix brings, on a commitment that this transaction holds and that stands as given. From
/// who speaks for the whole country (`accepts`) it is undated, and a completion counts at once; any other person gives
/// it as the own report.
pub fn import_report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commitment: &mut Commitment,
    (aid, input): (AssignmentId, UpdateInput),
    accepts: bool,
) -> Result<Update> {
    if !accepts {
        return report_on(tx, actor, commitment, aid, input);
    }
    policy::keep(actor, commitment)?;
    let update = receive(tx, commitment, (aid, input), None, (Faults::default(), true))?;
    if update.fields.status != ReportedStatus::Completed {
        return Ok(update);
    }
    let review = ReviewInput { outcome: ReviewOutcome::Accepted, comment: None };
    judge(tx, commitment, update, review, (None, true))
}

/// Takes the review that an import brings.
pub fn import_review(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: UpdateId,
    input: ReviewInput,
    undated: bool,
) -> Result<Update> {
    let update = store::find_update(tx.conn, id)?;
    let mut commitment = hold(tx, actor, update.commitment_id)?;
    policy::keep(actor, &commitment)?;
    judge(tx, &mut commitment, update, input, (None, undated))
}

fn receive(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    (aid, input): (AssignmentId, UpdateInput),
    author: Option<Person>,
    (mut faults, imported): (Faults, bool),
) -> Result<Update> {
    if input.reported_on > commitment.today(tx.now) {
        faults.add("/reported_on", "in_the_future");
    }
    let files = input.evidence.iter().enumerate();
    let files: Vec<_> = files.filter_map(|(n, one)| Some((format!("/evidence/{n}/file_id"), one.file_id?))).collect();
    citable_files(tx.conn, author.as_ref().map(|person| person.id), &files, &mut faults)?;
    faults.into_result()?;
    let before = commitment.assignment(aid)?.clone();
    let evidence = input.evidence.into_iter().map(|one| one.bounded()).collect();
    let update = Update {
        id: new_id(tx.recorded_at),
        commitment_id: commitment.id,
        assignment_id: aid,
        fields: UpdateInput { evidence, ..input },
        author,
        received_at: tx.now,
        review: None,
    };
    commitment.assignment_mut(aid)?.progress = before.progress.report(update.report())?;
    store::insert_update(tx.conn, &update)?;
    notices::reported(tx, commitment, &update)?;
    keep_act(tx, commitment, &before, ("reported", Event::reported(&update, imported)))?;
    Ok(update)
}

/// Accepts or returns the completion that awaits review. 403 `own_update` for its author; 409 `not_pending` when it
/// does not await review (any more).
pub fn review(tx: &mut Tx<'_>, actor: &Actor, id: UpdateId, input: ReviewInput) -> Result<Update> {
    let update = store::find_update(tx.conn, id)?;
    let mut commitment = hold(tx, actor, update.commitment_id)?;
    policy::may_review(actor, &commitment, &update)?;
    judge(tx, &mut commitment, update, input, (Person::of(actor), false))
}

fn judge(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    update: Update,
    input: ReviewInput,
    (reviewed_by, imported): (Option<Person>, bool),
) -> Result<Update> {
    let before = commitment.assignment(update.assignment_id)?.clone();
    let after = before.progress.review(update.id, input.outcome)?;
    commitment.assignment_mut(update.assignment_id)?.progress = after;
    let ReviewInput { outcome, comment } = input;
    let event = Event::Reviewed { update_id: update.id, outcome, comment: comment.clone(), imported };
    let review = Review { outcome, comment, reviewed_by, reviewed_at: tx.now };
    store::review(tx.conn, update.id, &review)?;
    let reviewed = Update { review: Some(review), ..update };
    notices::reviewed(tx, commitment, &reviewed)?;
    keep_act(tx, commitment, &before, ("reviewed", event))?;
    Ok(reviewed)
}
