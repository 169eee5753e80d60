//! Changing and removing a commitment.

use super::{lock, references};
use crate::audit;
use crate::commitments::model::{Commitment, CommitmentInput, Event, RecordedTerm, Term, TermCause};
use crate::commitments::{policy, store};
use crate::db::{CommitmentId, Tx};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

/// Changes everything but the assignments, which have their own acts. A term that stood already is changed only with
/// the reason of the correction.
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    mut input: CommitmentInput,
    correction_reason: Option<String>,
) -> Result<Commitment> {
    let before = lock(tx, actor, id)?;
    policy::require_writer(actor, &before)?;
    input.assignments.clear();
    input.themes.sort_unstable();
    check_reason(&before, &input, correction_reason.as_ref(), &mut tx.found);
    let checked = references::check(tx, actor, &input, Some(&before))?;
    let mut after = Commitment { fields: input, zone: checked.lead.zone, updated_at: tx.recorded_at, ..before.clone() };
    let term = new_term(tx, &before, &after)?;
    after.set_term(term);
    after.recompute(tx.now);
    store::update(tx.conn, &before, &after)?;
    let mut events = Vec::new();
    events.extend(Event::changed(&before.fields, &after.fields).map(|event| (id, None, event)));
    if RecordedTerm::of_commitment(&before) != RecordedTerm::of_commitment(&after) {
        store::save_assignment_terms(tx.conn, &after)?;
        events.push((id, None, term_changed(&before, &after, correction_reason)));
    }
    store::add_events(tx, &events)?;
    audit::updated(tx, "commitment", id, Some(&after.country_code), &before, &after)?;
    Ok(after)
}

fn same_due(before: &Commitment, input: &CommitmentInput) -> bool {
    before.fields.due == input.due && before.fields.due_rule == input.due_rule
}

fn check_reason(before: &Commitment, input: &CommitmentInput, reason: Option<&String>, faults: &mut Faults) {
    if before.due_to.is_some() && !same_due(before, input) && reason.is_none() {
        let pointer = if before.fields.due == input.due { "/due_rule" } else { "/due" };
        faults.add_with(pointer, "needs", vec![("field", "correction_reason".to_owned())]);
    }
}

/// Reckoned anew when the term is another, or the commission whose territory it is reckoned by.
fn new_term(tx: &mut Tx<'_>, before: &Commitment, after: &Commitment) -> Result<Term> {
    let leads = (before.fields.commission_ids.first(), after.fields.commission_ids.first());
    match leads.1 {
        Some(lead) if !same_due(before, &after.fields) || leads.0 != leads.1 => {
            references::term(tx.conn, &after.fields, *lead, &after.country_code)
        }
        _ => Ok(before.term()),
    }
}

fn term_changed(before: &Commitment, after: &Commitment, reason: Option<String>) -> Event {
    let cause = match before.due_to {
        None => TermCause::Entered,
        Some(_) if same_due(before, &after.fields) => TermCause::Calendar,
        Some(_) => TermCause::Correction,
    };
    Event::TermChanged {
        before: RecordedTerm::of_commitment(before),
        after: RecordedTerm::of_commitment(after),
        cause,
        reason,
    }
}

/// Removes a commitment on which nothing was ever reported, asked or decided (409 `in_use` otherwise); its history
/// stays.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, commitment: Commitment) -> Result<()> {
    policy::require_writer(actor, &commitment)?;
    if store::was_closed_before(tx.conn, commitment.id, None)? {
        return Err(Code::InUse.into());
    }
    store::delete(tx.conn, commitment.id)?;
    audit::deleted(tx, "commitment", commitment.id, Some(&commitment.country_code), &commitment)
}
