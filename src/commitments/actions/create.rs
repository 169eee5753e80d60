//! Entering a commitment with the parts of its institutions.

use chrono::Datelike;

use super::notices;
use super::references::{self, CheckedReferences};
use crate::access::Visibility;
use crate::audit;
use crate::clock::new_id;
use crate::commitments::model::{
    Assignment, Commitment, CommitmentInput, Event, Fulfilled, Status, code, number_of, prefix,
};
use crate::commitments::store;
use crate::db::Tx;
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

/// Enters a commitment under the next free code.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: CommitmentInput) -> Result<Commitment> {
    create_with_code(tx, actor, input, None)
}

/// Enters a commitment under a code that it has already (an import); its number is never given again.
/// 409 `duplicate` when another commitment of the country has the code.
pub fn create_with_code(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut input: CommitmentInput,
    given: Option<String>,
) -> Result<Commitment> {
    let checked = references::check(tx, actor, &input, None)?;
    let country = checked.lead.country_code.clone();
    let term = references::term(tx.conn, &input, checked.lead.id, &country)?;
    let code = match given {
        Some(code) => reserved(tx, &country, code)?,
        None => next_code(tx, actor, &checked)?,
    };
    let assignments = std::mem::take(&mut input.assignments);
    input.themes.sort_unstable();
    let mut commitment = Commitment {
        id: new_id(tx.recorded_at),
        code,
        country_code: country,
        fields: input,
        due_from: None,
        due_to: None,
        due_unchecked: false,
        status: Status::Planned,
        overdue: false,
        fulfilled: Fulfilled { done: 0, of: 0 },
        assignments: Vec::new(),
        created_at: tx.now,
        updated_at: tx.recorded_at,
        zone: checked.lead.zone,
    };
    commitment.set_term(term);
    for fields in assignments {
        let assignment = Assignment::new(new_id(tx.recorded_at), &commitment, fields, tx.now);
        commitment.assignments.push(assignment);
    }
    commitment.recompute(tx.now);
    store::insert(tx.conn, &commitment)?;
    store::add_events(tx, &[(commitment.id, None, Event::created(&commitment))])?;
    audit::created(tx, "commitment", commitment.id, Some(&commitment.country_code), &commitment)?;
    let to: Vec<_> = commitment.assignments.iter().map(|assignment| assignment.fields.institution_id).collect();
    notices::assigned(tx, &commitment, &to)?;
    Ok(commitment)
}

/// First commission, year of the session, the agreement or today, next number.
fn next_code(tx: &mut Tx<'_>, actor: &Actor, checked: &CheckedReferences) -> Result<String> {
    let lead = &checked.lead;
    let agreement = checked.agreement.as_ref();
    let session = match (&checked.meeting, agreement) {
        (None, Some(agreement)) if agreement.on.is_none() => match agreement.meeting_id {
            Some(id) => store::meeting(tx.conn, &Visibility::of(actor), id)?,
            None => None,
        },
        (meeting, _) => meeting.clone(),
    };
    let year = session.and_then(|session| session.year()).or_else(|| agreement.and_then(store::SourceRecord::year));
    let year = year.unwrap_or_else(|| lead.today(tx.now).year());
    let prefix = prefix(lead.acronym.as_deref(), &lead.name, year);
    let number = tx.next_commitment_number(&lead.country_code, &prefix)?;
    Ok(code(&prefix, number))
}

fn reserved(tx: &mut Tx<'_>, country: &str, code: String) -> Result<String> {
    let mut faults = Faults::default();
    faults.line("/code", &code, 100);
    faults.into_result()?;
    if store::code_is_taken(tx.conn, country, &code)? {
        return Err(Code::Duplicate.into());
    }
    if let Some((prefix, number)) = number_of(&code) {
        tx.reserve_commitment_number(country, prefix, number)?;
    }
    Ok(code)
}
