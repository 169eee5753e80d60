//! The rights to change a commitment. Loading it has already checked that the actor may see it.

use super::model::{Commitment, Extension, Review, Update};
use crate::access;
use crate::db::InstitutionId;
use crate::error::{Code, Error, Faults, Permitted, Result};
use crate::identity::Actor;

/// Returns true if the actor may write the commitment: its secretariats, its coordinator and admins may.
pub(super) fn may_write(actor: &Actor, commitment: &Commitment) -> bool {
    access::may_write(actor, &commitment.country_code, &commitment.fields.commission_ids)
}

/// Refuses with 403 those who may not write the commitment.
pub(super) fn require_writer(actor: &Actor, commitment: &Commitment) -> Result<()> {
    access::require(may_write(actor, commitment), Permitted::Writers)
}

/// Returns true if the actor may report for the institution and request more time for it: its representatives may, and
/// those who may write the commitment.
pub(super) fn may_report(actor: &Actor, commitment: &Commitment, institution: InstitutionId) -> bool {
    represents(actor, commitment, institution) || may_write(actor, commitment)
}

/// Returns true if the actor represents the institution in the commitment.
pub(super) fn represents(actor: &Actor, commitment: &Commitment, institution: InstitutionId) -> bool {
    actor.is_representative_of(institution, &commitment.fields.commission_ids)
}

/// Refuses with 403 those who may not report for the institution: its representatives may, and those who may write the
/// commitment, who must state that they do so on behalf of the institution (a fault when they do not).
pub(super) fn require_reporter(
    actor: &Actor,
    commitment: &Commitment,
    institution: InstitutionId,
    on_behalf: bool,
    faults: &mut Faults,
) -> Result<()> {
    let is_writer = may_write(actor, commitment);
    match represents(actor, commitment, institution) {
        true if !on_behalf || is_writer => Ok(()),
        false if is_writer => {
            if !on_behalf {
                faults.add_with("/on_behalf", "required", vec![("reason", "on_behalf".to_owned())]);
            }
            Ok(())
        }
        _ => Err(Error::forbidden(Permitted::InstitutionOrWriters)),
    }
}

/// Refuses with 403 those who may not request an extension for the institution: its representatives may, and those who
/// may write the commitment.
pub(super) fn require_extension_requester(
    actor: &Actor,
    commitment: &Commitment,
    institution: InstitutionId,
) -> Result<()> {
    access::require(may_report(actor, commitment, institution), Permitted::InstitutionOrWriters)
}

/// Refuses with 403 those who may not withdraw a request for more time: the person who made it may, and those who may
/// write the commitment.
pub(super) fn require_extension_withdrawer(actor: &Actor, commitment: &Commitment, asked: &Extension) -> Result<()> {
    let own = asked.requested_by.as_ref().is_some_and(|person| person.id == actor.id);
    if own { Ok(()) } else { require_writer(actor, commitment) }
}

/// Refuses the withdrawal of a review to all but its author, who must still be allowed to write the commitment.
pub(super) fn require_author_of_review(actor: &Actor, commitment: &Commitment, review: &Review) -> Result<()> {
    if !review.is_of(actor.id) {
        return Err(Code::NotYourReview.into());
    }
    require_writer(actor, commitment)
}

/// Forbids the review to the person who wrote the update or imported it with a file, whatever roles that person has.
pub(super) fn require_reviewer(actor: &Actor, commitment: &Commitment, update: &Update) -> Result<()> {
    if update.is_of(actor.id) {
        return Err(Code::OwnUpdate.into());
    }
    require_writer(actor, commitment)
}
