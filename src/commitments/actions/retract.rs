//! Withdrawing the notices about a commitment that is deleted, and about an assignment that is removed.

use std::collections::HashSet;

use crate::commitments::model::{Assignment, Commitment};
use crate::db::{InstitutionId, Tx};
use crate::error::Result;
use crate::notifications::{RecordKind, RecordRef, RecordScope, addressees_of_institutions, withdraw, withdraw_from};

fn about(commitment: &Commitment) -> RecordScope<'_> {
    let fields = &commitment.fields;
    RecordScope {
        country: &commitment.country_code,
        commissions: &fields.commission_ids,
        restricted: fields.restricted,
    }
}

/// Withdraws the notices about a commitment that is deleted.
pub(super) fn deleted(tx: &mut Tx<'_>, commitment: &Commitment) -> Result<()> {
    withdraw(tx, RecordRef::new(RecordKind::Commitment, commitment.id), about(commitment), &commitment.code)
}

/// Withdraws the notices about a removed assignment from the people whom no other assignment of the commitment
/// concerns. `commitment` no longer contains it.
pub(super) fn removed(tx: &mut Tx<'_>, commitment: &Commitment, part: &Assignment) -> Result<()> {
    let scope = about(commitment);
    let mut gone = addressees_of_institutions(tx, scope, &[part.fields.institution_id])?;
    if gone.is_empty() {
        return Ok(());
    }
    let left: Vec<InstitutionId> = commitment.assignments.iter().map(|other| other.fields.institution_id).collect();
    let kept: HashSet<String> =
        addressees_of_institutions(tx, scope, &left)?.iter().map(|one| one.contact.key()).collect();
    gone.retain(|one| !kept.contains(&one.contact.key()));
    withdraw_from(tx, RecordRef::new(RecordKind::Commitment, commitment.id), scope, &commitment.code, &gone)
}
