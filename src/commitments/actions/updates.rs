//! Reporting progress, and reviewing a reported completion.

use super::extensions::withdraw_pending;
use super::{lock, lock_to_write, notifications, save_change};
use crate::access::check_files;
use crate::clock::{Instant, new_id};
use crate::commitments::model::{
    Assignment, Commitment, Event, Review, ReviewInput, ReviewOutcome, Update, UpdateInput, WithdrawalCause,
    falls_short, stands_alone,
};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Db, Tx, UpdateId};
use crate::error::{Code, Error, Faults, Result};
use crate::identity::{Actor, Importer, Person};

/// Reports progress on an assignment. 409 `already_accepted` or `assignment_cancelled` when it takes no reports.
pub(crate) fn report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    aid: AssignmentId,
    input: UpdateInput,
) -> Result<Update> {
    let mut commitment = lock(tx, actor, id)?;
    check_and_save_report(tx, actor, &mut commitment, (aid, input), None)
}

/// Saves a report from a matrix, on a commitment that this transaction has locked and that is unchanged since. The
/// report belongs to the importer: a completion waits for the review of another person.
pub(crate) fn import_report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commitment: &mut Commitment,
    report: (AssignmentId, UpdateInput),
) -> Result<Update> {
    check_and_save_report(tx, actor, commitment, report, Some(Importer::of(actor)))
}

fn check_and_save_report(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commitment: &mut Commitment,
    (aid, input): (AssignmentId, UpdateInput),
    imported_by: Option<Importer>,
) -> Result<Update> {
    let institution = commitment.assignment(aid)?.fields.institution_id;
    let mut faults = tx.faults();
    policy::require_reporter(actor, commitment, institution, input.on_behalf, &mut faults)?;
    let origin = Origin { author: Person::of(actor), imported_by, undated: false };
    save_report(tx, commitment, (aid, input), origin, faults)
}

/// Saves a report from a dataset, by the same rules. A dataset names no users, so the report has no author. Reports
/// count in the order in which they are given. A report whose moment is not known (`undated`) counts from the day that
/// it describes.
pub(crate) fn import_update(
    tx: &mut Tx<'_>,
    (actor, importer): (&Actor, Importer),
    (id, aid): (CommitmentId, AssignmentId),
    input: UpdateInput,
    undated: bool,
) -> Result<Update> {
    let mut commitment = lock_to_write(tx, actor, id)?;
    let origin = Origin { author: None, imported_by: Some(importer), undated };
    save_report(tx, &mut commitment, (aid, input), origin, Faults::default())
}

/// Saves a review from a dataset. 403 `own_update` when the importer wrote the report.
pub(crate) fn import_review(
    tx: &mut Tx<'_>,
    (actor, importer): (&Actor, &Importer),
    id: UpdateId,
    input: ReviewInput,
    undated: bool,
) -> Result<Update> {
    let update = store::find_update(tx.conn, id)?;
    let mut commitment = lock_to_write(tx, actor, update.commitment_id)?;
    if update.author.as_ref().is_some_and(|author| importer.id == Some(author.id)) {
        return Err(Code::OwnUpdate.into());
    }
    save_review(tx, &mut commitment, update, input, Reviewer { person: None, from_file: true, undated })
}

/// The source of a report.
struct Origin {
    author: Option<Person>,
    /// None when the report was written over the API.
    imported_by: Option<Importer>,
    /// True when the file does not state when the report was received.
    undated: bool,
}

/// The person behind a review.
struct Reviewer {
    person: Option<Person>,
    /// True when a dataset contains the review.
    from_file: bool,
    /// True when the dataset does not state when the review was given.
    undated: bool,
}

fn save_report(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    (aid, input): (AssignmentId, UpdateInput),
    origin: Origin,
    mut faults: Faults,
) -> Result<Update> {
    commitment.require_published()?;
    let Origin { author, imported_by, undated } = origin;
    if input.reported_on > commitment.today(tx.now) {
        faults.add("/reported_on", "in_the_future");
    }
    let files = input.evidence.iter().enumerate();
    let files: Vec<_> = files.filter_map(|(n, one)| Some((format!("/evidence/{n}/file_id"), one.file_id?))).collect();
    check_files(tx.conn, author.as_ref().map(|person| person.id), &files, &mut faults)?;
    faults.into_result()?;
    let before = commitment.assignment(aid)?.clone();
    let evidence = input.evidence.into_iter().map(|one| one.bounded()).collect();
    let update = Update {
        id: new_id(tx.recorded_at),
        commitment_id: commitment.id,
        assignment_id: aid,
        fields: UpdateInput { evidence, ..input },
        author,
        imported_by,
        received_at: tx.now,
        review: None,
    };
    commitment.assignment_mut(aid)?.progress = before.progress.report(update.report())?;
    store::insert_update(tx, &update)?;
    notifications::reported(tx, commitment, &update)?;
    save_change(tx, commitment, &before, "reported", [Event::reported(&update, undated)])?;
    Ok(update)
}

/// Accepts or returns the completion that awaits review. 403 `own_update` for its author and for the person who
/// imported it; 409 `not_pending` when it does not await review, or no longer does; 409 `below_target` when the
/// quantity is below the target and the review does not accept it explicitly.
pub(crate) fn review(tx: &mut Tx<'_>, actor: &Actor, id: UpdateId, input: ReviewInput) -> Result<Update> {
    let update = store::find_update(tx.conn, id)?;
    let mut commitment = lock(tx, actor, update.commitment_id)?;
    policy::require_reviewer(actor, &commitment, &update)?;
    let part = commitment.assignment(update.assignment_id)?;
    part.progress.review(update.id, input.outcome)?;
    input.require_target(part.fields.target.as_ref(), part.progress.quantity)?;
    let by = Reviewer { person: Person::of(actor), from_file: false, undated: false };
    save_review(tx, &mut commitment, update, input, by)
}

fn save_review(
    tx: &mut Tx<'_>,
    commitment: &mut Commitment,
    update: Update,
    input: ReviewInput,
    by: Reviewer,
) -> Result<Update> {
    let before = commitment.assignment(update.assignment_id)?.clone();
    let after = before.progress.review(update.id, input.outcome)?;
    commitment.assignment_mut(update.assignment_id)?.progress = after;
    let Reviewer { person: reviewed_by, from_file, undated: imported } = by;
    let accepted_below_target = is_accepted_below_target(&before, &input, from_file);
    let ReviewInput { outcome, comment, .. } = input;
    let withdrawn = match outcome {
        ReviewOutcome::Accepted => withdraw_pending(tx, commitment, update.assignment_id, WithdrawalCause::Accepted)?,
        ReviewOutcome::Returned => None,
    };
    let event = Event::Reviewed {
        update_id: update.id,
        outcome,
        comment: comment.clone(),
        imported,
        from_file,
        accepted_below_target,
    };
    let review = Review { outcome, comment, reviewed_by, reviewed_at: tx.now, accepted_below_target };
    store::review(tx.conn, update.id, &review)?;
    let reviewed = Update { review: Some(review), ..update };
    notifications::reviewed(tx, commitment, &reviewed)?;
    save_change(tx, commitment, &before, "reviewed", withdrawn.into_iter().chain([event]))?;
    Ok(reviewed)
}

/// Returns true if the review accepts a quantity below the target. A dataset states it, and its reviews are not
/// checked again.
fn is_accepted_below_target(part: &Assignment, input: &ReviewInput, from_file: bool) -> bool {
    let short = from_file || falls_short(part.fields.target.as_ref(), part.progress.quantity);
    input.outcome == ReviewOutcome::Accepted && input.accept_below_target && short
}

/// Withdraws a review; the completion waits for its review again. 403 `not_your_review` for all but its author; 409
/// `built_upon` after 24 hours, after a later report, reopening or cancellation of the assignment, and when approved
/// minutes or an approved report cite the commitment.
pub(crate) fn withdraw_review(tx: &mut Tx<'_>, actor: &Actor, id: UpdateId) -> Result<()> {
    let update = store::find_update(tx.conn, id)?;
    let mut commitment = lock(tx, actor, update.commitment_id)?;
    let update = store::find_update(tx.conn, id)?;
    let Some(review) = &update.review else { return Err(Code::NotFound.into()) };
    policy::require_author_of_review(actor, &commitment, review)?;
    require_nothing_built_upon(tx, &commitment, &update, review)?;
    let before = commitment.assignment(update.assignment_id)?.clone();
    let completed_on = update.fields.reported_on;
    commitment.assignment_mut(before.id)?.progress = before.progress.withdraw_review(id, completed_on);
    let event = Event::ReviewWithdrawn { update_id: id, reported_on: completed_on, outcome: review.outcome };
    store::remove_review(tx.conn, id)?;
    save_change(tx, &mut commitment, &before, "review_withdrawn", [event])?;
    notifications::review_withdrawn(tx, &commitment, &update)
}

/// Returns true if the actor may withdraw the review of this report now: the rule of [`withdraw_review`].
pub(crate) fn may_withdraw_review(
    conn: &mut Db,
    actor: &Actor,
    (commitment, update): (&Commitment, &Update),
    now: Instant,
) -> Result<bool> {
    let Some(review) = &update.review else { return Ok(false) };
    if policy::require_author_of_review(actor, commitment, review).is_err() {
        return Ok(false);
    }
    Ok(reason_to_keep(conn, (commitment, update), review, now)?.is_none())
}

fn require_nothing_built_upon(
    tx: &mut Tx<'_>,
    commitment: &Commitment,
    update: &Update,
    review: &Review,
) -> Result<()> {
    match reason_to_keep(tx.conn, (commitment, update), review, tx.now)? {
        Some(reason) => Err(Error::new(Code::BuiltUpon).arg("reason", reason)),
        None => Ok(()),
    }
}

/// Returns the reason why a review can no longer be withdrawn; None while it can.
fn reason_to_keep(
    conn: &mut Db,
    (commitment, update): (&Commitment, &Update),
    review: &Review,
    now: Instant,
) -> Result<Option<&'static str>> {
    if review.is_final(now) {
        return Ok(Some("late"));
    }
    let events = store::past_events(conn, &[commitment.id])?.remove(&commitment.id).unwrap_or_default();
    let own = events.into_iter().filter(|past| past.assignment_id == Some(update.assignment_id));
    if !stands_alone(&own.map(|past| past.event).collect::<Vec<_>>(), update.id) {
        return Ok(Some("later"));
    }
    Ok(store::is_cited_since(conn, commitment, review.reviewed_at)?.then_some("cited"))
}
