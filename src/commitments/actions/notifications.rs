//! The notifications about commitments, to their institutions or to the secretariat.

use super::mails::{Mail, amount, to_institution_and_secretariat, to_institutions, to_secretariat};
use crate::commitments::model::{
    Assignment, Commitment, DecisionOutcome, Extension, ReportedStatus, ReviewOutcome, Status, Update,
};
use crate::commitments::policy::represents;
use crate::commitments::store;
use crate::db::{AssignmentId, CommissionId, InstitutionId, Tx};
use crate::error::Result;
use crate::i18n::{self, Lang};
use crate::identity::Actor;
use crate::notifications::{Event, JointRecord, RecordKind, notify_joint};

/// Notifies the secretariats of the commissions that a secretariat has added.
pub(super) fn joint(tx: &mut Tx<'_>, actor: &Actor, commitment: &Commitment, before: &[CommissionId]) -> Result<()> {
    let words: String = commitment.fields.text.chars().take(150).collect();
    let record = JointRecord {
        kind: RecordKind::Commitment,
        id: commitment.id.into(),
        title: &format!("{} {words}", commitment.code),
        country: &commitment.country_code,
        commissions: &commitment.fields.commission_ids,
        before,
        restricted: commitment.fields.restricted,
    };
    notify_joint(tx, actor, &record)
}

/// Notifies institutions of their new assignments, and saves the time at which they were announced; nobody of a draft.
pub(super) fn assigned(tx: &mut Tx<'_>, commitment: &Commitment, to: &[InstitutionId]) -> Result<()> {
    if tx.silent || to.is_empty() || commitment.is_draft() {
        return Ok(());
    }
    to_institutions(tx, Event::NewCommitment, commitment, to, |_| Mail::new("commitment-new"))?;
    store::announce(tx, commitment.id, to)
}

/// Notifies the secretariat of a completion that waits for its review, and of a part that will not be done; nobody of
/// other reports.
pub(super) fn reported(tx: &mut Tx<'_>, commitment: &Commitment, update: &Update) -> Result<()> {
    let institution = institution_of(commitment, update.assignment_id)?;
    let (event, key) = match update.fields.status {
        ReportedStatus::Completed => (Event::CompletionReview, "commitment-review"),
        ReportedStatus::NotAchieved => (Event::NotAchieved, "commitment-not-achieved"),
        ReportedStatus::Planned | ReportedStatus::InProgress => return Ok(()),
    };
    let quantity = update.fields.quantity;
    to_secretariat(tx, event, commitment, institution, |lang| {
        let mail = Mail::new(key)
            .fact("commitment-label-quantity", quantity.map(|quantity| amount(lang, quantity)))
            .fact("commitment-label-narrative", Some(update.fields.narrative.clone()));
        match event {
            Event::CompletionReview => mail.link("commitment-link-review", format!("/reviews/{}", update.id)),
            _ => mail,
        }
    })
}

/// Notifies the institution of the review of its completion.
pub(super) fn reviewed(tx: &mut Tx<'_>, commitment: &Commitment, update: &Update) -> Result<()> {
    let Some(review) = &update.review else { return Ok(()) };
    let institution = institution_of(commitment, update.assignment_id)?;
    let (event, key) = match review.outcome {
        ReviewOutcome::Returned => (Event::UpdateReturned, "commitment-returned"),
        ReviewOutcome::Accepted => (Event::UpdateAccepted, "commitment-accepted"),
    };
    to_institutions(tx, event, commitment, &[institution], |_| {
        let mail = Mail::new(key).fact("commitment-label-comment", review.comment.clone());
        if review.accepted_below_target { mail.note("commitment-accepted-below-target") } else { mail }
    })
}

/// Notifies the institution that its completion waits for a review again.
pub(super) fn review_withdrawn(tx: &mut Tx<'_>, commitment: &Commitment, update: &Update) -> Result<()> {
    let institution = institution_of(commitment, update.assignment_id)?;
    to_institutions(tx, Event::ReviewWithdrawn, commitment, &[institution], |_| {
        Mail::new("commitment-review-withdrawn")
            .fact("commitment-label-narrative", Some(update.fields.narrative.clone()))
    })
}

/// Notifies the institution of the reopening of its part.
pub(super) fn reopened(tx: &mut Tx<'_>, commitment: &Commitment, part: &Assignment, reason: &str) -> Result<()> {
    to_institutions(tx, Event::AssignmentReopened, commitment, &[part.fields.institution_id], |_| {
        Mail::new("commitment-reopened").fact("commitment-label-reason", Some(reason.to_owned()))
    })
}

/// Notifies the institution of the cancellation of its part.
pub(super) fn cancelled(tx: &mut Tx<'_>, commitment: &Commitment, part: &Assignment, reason: &str) -> Result<()> {
    to_institutions(tx, Event::AssignmentCancelled, commitment, &[part.fields.institution_id], |_| {
        Mail::new("commitment-cancelled").fact("commitment-label-reason", Some(reason.to_owned()))
    })
}

/// Notifies the institutions of these parts of a corrected term; nobody of a part that is cancelled or accepted.
pub(super) fn term_corrected(
    tx: &mut Tx<'_>,
    commitment: &Commitment,
    parts: &[AssignmentId],
    reason: &str,
) -> Result<()> {
    let open = commitment.assignments.iter().filter(|part| parts.contains(&part.id));
    let open = open.filter(|part| part.progress.status != Status::Cancelled && !part.progress.is_accepted());
    let institutions: Vec<_> = open.map(|part| part.fields.institution_id).collect();
    to_institutions(tx, Event::TermCorrected, commitment, &institutions, |_| {
        Mail::new("commitment-corrected").fact("commitment-label-reason", Some(reason.to_owned()))
    })
}

/// Notifies the institutions without a term of their own of a correction of the commitment's term.
pub(super) fn term_of_commitment_corrected(
    tx: &mut Tx<'_>,
    before: &Commitment,
    after: &Commitment,
    reason: Option<&String>,
) -> Result<()> {
    let same = before.fields.due == after.fields.due && before.fields.due_rule == after.fields.due_rule;
    let Some(reason) = reason.filter(|_| before.due_to.is_some() && !same) else { return Ok(()) };
    let inherit = after.assignments.iter().filter(|part| part.fields.due.is_none());
    let parts: Vec<_> = inherit.map(|part| part.id).collect();
    term_corrected(tx, after, &parts, reason)
}

/// Notifies the secretariat of a request for more time, which waits for its decision.
pub(super) fn extension_requested(tx: &mut Tx<'_>, commitment: &Commitment, extension: &Extension) -> Result<()> {
    let institution = institution_of(commitment, extension.assignment_id)?;
    to_secretariat(tx, Event::ExtensionRequested, commitment, institution, |lang| {
        requested("commitment-requested", lang, extension)
            .link("commitment-link-extension", format!("/extensions/{}", extension.id))
    })
}

/// Notifies the secretariat that no decision is needed any more. The institution is notified too, unless it withdrew
/// the request itself.
pub(super) fn extension_withdrawn(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commitment: &Commitment,
    extension: &Extension,
) -> Result<()> {
    let institution = institution_of(commitment, extension.assignment_id)?;
    if !represents(actor, commitment, institution) {
        return to_institution_and_secretariat(tx, Event::ExtensionWithdrawn, commitment, institution, |lang| {
            requested("commitment-request-ended", lang, extension)
        });
    }
    to_secretariat(tx, Event::ExtensionWithdrawn, commitment, institution, |lang| {
        requested("commitment-request-withdrawn", lang, extension)
    })
}

/// Returns a mail that states the request.
fn requested(key: &'static str, lang: Lang, extension: &Extension) -> Mail {
    Mail::new(key)
        .fact("commitment-label-requested", Some(i18n::date(lang, &extension.fields.requested_due)))
        .fact("commitment-label-reason", Some(extension.fields.reason.clone()))
}

/// Notifies the institution of the decision on its request for more time.
pub(super) fn extension_decided(tx: &mut Tx<'_>, commitment: &Commitment, extension: &Extension) -> Result<()> {
    let Some(decision) = &extension.decision else { return Ok(()) };
    let institution = institution_of(commitment, extension.assignment_id)?;
    let as_asked = extension.granted_due.as_ref() == Some(&extension.fields.requested_due);
    to_institutions(tx, Event::ExtensionDecided, commitment, &[institution], |lang| {
        let asked = i18n::date(lang, &extension.fields.requested_due);
        let mail = match decision.outcome {
            DecisionOutcome::Granted if as_asked => Mail::new("commitment-granted"),
            DecisionOutcome::Granted => Mail::new("commitment-granted").note("commitment-granted-other"),
            DecisionOutcome::Refused => Mail::new("commitment-refused"),
        };
        mail.fact("commitment-label-requested", Some(asked)).fact("commitment-label-comment", decision.comment.clone())
    })
}

fn institution_of(commitment: &Commitment, part: AssignmentId) -> Result<InstitutionId> {
    Ok(commitment.assignment(part)?.fields.institution_id)
}
