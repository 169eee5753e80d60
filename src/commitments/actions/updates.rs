//! Reporting progress, and reviewing a reported completion.

use super::{lock, lock_to_write, notifications, save_change};
use crate::access::check_files;
use crate::clock::new_id;
use crate::commitments::model::{Commitment, Event, Importer, Person, Review, ReviewInput, Update, UpdateInput};
use crate::commitments::{policy, store};
use crate::db::{AssignmentId, CommitmentId, Tx, UpdateId};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

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
    /// True when the file does not say when the report was received.
    undated: bool,
}

/// The person behind a review.
struct Reviewer {
    person: Option<Person>,
    /// True when a dataset contains the review.
    from_file: bool,
    /// True when the dataset does not say when the review was given.
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
/// imported it; 409 `not_pending` when it does not await review, or no longer does.
pub(crate) fn review(tx: &mut Tx<'_>, actor: &Actor, id: UpdateId, input: ReviewInput) -> Result<Update> {
    let update = store::find_update(tx.conn, id)?;
    let mut commitment = lock(tx, actor, update.commitment_id)?;
    policy::require_reviewer(actor, &commitment, &update)?;
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
    let ReviewInput { outcome, comment } = input;
    let Reviewer { person: reviewed_by, from_file, undated: imported } = by;
    let event = Event::Reviewed { update_id: update.id, outcome, comment: comment.clone(), imported, from_file };
    let review = Review { outcome, comment, reviewed_by, reviewed_at: tx.now };
    store::review(tx.conn, update.id, &review)?;
    let reviewed = Update { review: Some(review), ..update };
    notifications::reviewed(tx, commitment, &reviewed)?;
    save_change(tx, commitment, &before, "reviewed", [event])?;
    Ok(reviewed)
}
