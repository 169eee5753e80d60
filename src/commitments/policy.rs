//! Who may do what with a commitment. What may be known of it is settled when it is loaded.

use super::model::{Commitment, Update};
use crate::access;
use crate::db::InstitutionId;
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

/// Who keeps the record of any of its commissions: their secretariats, the coordinator, admins.
pub fn may_keep(actor: &Actor, commitment: &Commitment) -> bool {
    access::may_write(actor, &commitment.country_code, &commitment.fields.commission_ids)
}

/// 403 for everybody else.
pub fn keep(actor: &Actor, commitment: &Commitment) -> Result<()> {
    if may_keep(actor, commitment) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// A representative reports for the own institution; who keeps the record for any, and must say that it is on its
/// behalf (a fault where it is left out).
pub fn may_report(
    actor: &Actor,
    commitment: &Commitment,
    institution: InstitutionId,
    on_behalf: bool,
    faults: &mut Faults,
) -> Result<()> {
    let keeps = may_keep(actor, commitment);
    match actor.speaks_for(institution, &commitment.fields.commission_ids) {
        true if !on_behalf || keeps => Ok(()),
        false if keeps => {
            if !on_behalf {
                faults.add_with("/on_behalf", "required", vec![("reason", "on_behalf".to_owned())]);
            }
            Ok(())
        }
        _ => Err(Code::Forbidden.into()),
    }
}

/// More time is asked for by the institution itself, or by who keeps the record.
pub fn may_ask(actor: &Actor, commitment: &Commitment, institution: InstitutionId) -> Result<()> {
    let own = actor.speaks_for(institution, &commitment.fields.commission_ids);
    if own { Ok(()) } else { keep(actor, commitment) }
}

/// Forbids the review to the person who wrote the update or imported it with a file, whatever roles that person has.
pub fn may_review(actor: &Actor, commitment: &Commitment, update: &Update) -> Result<()> {
    if update.is_of(actor.id) {
        return Err(Code::OwnUpdate.into());
    }
    keep(actor, commitment)
}
