//! The rights on duties and reports. Loading a duty has already checked that the actor may see it.

use super::model::{Duty, DutyReport};
use crate::access;
use crate::db::InstitutionId;
use crate::error::{Code, Error, Faults, Permitted, Result};
use crate::identity::Actor;

/// Returns true if the actor may write the duty: its secretariats, its coordinator and admins may.
pub(crate) fn may_write(actor: &Actor, duty: &Duty) -> bool {
    access::may_write(actor, &duty.country_code, &duty.fields.commission_ids)
}

/// Refuses with 403 those who may not write the duty.
pub(super) fn require_writer(actor: &Actor, duty: &Duty) -> Result<()> {
    access::require(may_write(actor, duty), Permitted::Writers)
}

/// Returns true if the actor represents the institution for the duty.
pub(super) fn represents(actor: &Actor, duty: &Duty, institution: InstitutionId) -> bool {
    actor.is_representative_of(institution, &duty.fields.commission_ids)
}

/// Returns true if the actor may report for the institution.
pub(super) fn may_report(actor: &Actor, duty: &Duty, institution: InstitutionId) -> bool {
    represents(actor, duty, institution) || may_write(actor, duty)
}

/// Refuses with 403 those who may not report for the institution: its representatives may, and those who may write the
/// duty, who must state that they do so on behalf of the institution (a fault when they do not).
pub(super) fn require_reporter(
    actor: &Actor,
    duty: &Duty,
    (institution, on_behalf): (InstitutionId, bool),
    faults: &mut Faults,
) -> Result<()> {
    let is_writer = may_write(actor, duty);
    match represents(actor, duty, institution) {
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

/// Forbids the review to the person who wrote the report or imported it with a file, whatever roles that person has.
pub(super) fn require_reviewer(actor: &Actor, duty: &Duty, report: &DutyReport) -> Result<()> {
    if report.is_of(actor.id) {
        return Err(Code::OwnUpdate.into());
    }
    require_writer(actor, duty)
}
