//! Creating, changing and deleting commitments, and recomputing their counted terms.

use std::collections::HashMap;

use chrono::Datelike;

use super::references::{self, CheckedReferences};
use super::{lock_to_write, notifications, retract};
use crate::access::Visibility;
use crate::audit;
use crate::clock::new_id;
use crate::commitments::model::{
    Assignment, Commitment, CommitmentInput, CommitmentStatus, Event, Fulfilled, NewCommitment, RecordedTerm, Status,
    Term, TermCause, code, number_of, prefix,
};
use crate::commitments::{policy, store};
use crate::db::{CommitmentId, InstitutionId, Tx, dispatch::lock_row};
use crate::directory::{self, CalendarDay};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

/// Creates a commitment under the next free code.
pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, new: NewCommitment) -> Result<Commitment> {
    create_with_code(tx, actor, new, None)
}

/// Creates a commitment under the code that an import gives it; the number of the code is never used again.
/// 409 `duplicate` when another commitment of the country has the code.
pub(crate) fn create_with_code(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: NewCommitment,
    given: Option<String>,
) -> Result<Commitment> {
    let checked = references::check_new(tx, actor, &new)?;
    let NewCommitment { mut fields, status, assignments } = new;
    let country = checked.lead.country_code.clone();
    let term = references::term(tx.conn, &fields, checked.lead.id, &country)?;
    let code = match given {
        Some(code) => reserve_code(tx, &country, code)?,
        None => next_code(tx, actor, &checked)?,
    };
    fields.themes.sort_unstable();
    let mut commitment = Commitment {
        id: new_id(tx.recorded_at),
        code,
        country_code: country,
        fields,
        due_from: None,
        due_to: None,
        due_unchecked: false,
        status: if status.is_some() { CommitmentStatus::Draft } else { CommitmentStatus::Planned },
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
    store::insert(tx, &commitment)?;
    store::add_events(tx, &[(commitment.id, None, Event::created(&commitment))])?;
    audit::created(tx, "commitment", commitment.id, Some(&commitment.country_code), &commitment)?;
    notifications::assigned(tx, &commitment, &institutions_of(&commitment))?;
    notifications::joint(tx, actor, &commitment, &[])?;
    Ok(commitment)
}

/// Returns the institutions whose part is not cancelled.
pub(super) fn institutions_of(commitment: &Commitment) -> Vec<InstitutionId> {
    let live = commitment.assignments.iter().filter(|part| part.progress.status != Status::Cancelled);
    live.map(|part| part.fields.institution_id).collect()
}

/// Returns the next code: first commission; year of the session, of the agreement or of today; next number.
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

/// Checks a given code and reserves its number.
fn reserve_code(tx: &mut Tx<'_>, country: &str, code: String) -> Result<String> {
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

/// Changes everything but the assignments, which have actions of their own. An existing term is changed only with the
/// reason for the correction.
pub(crate) fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: CommitmentId,
    mut input: CommitmentInput,
    correction_reason: Option<String>,
) -> Result<Commitment> {
    let before = lock_to_write(tx, actor, id)?;
    input.themes.sort_unstable();
    require_reason(&before, &input, correction_reason.as_ref(), &mut tx.found);
    let checked = references::check_change(tx, actor, &input, &before)?;
    let mut after = Commitment { fields: input, zone: checked.lead.zone, updated_at: tx.recorded_at, ..before.clone() };
    let term = new_term(tx, &before, &after)?;
    after.set_term(term);
    after.recompute(tx.now);
    store::update(tx.conn, &before, &after)?;
    let mut events = Vec::new();
    events.extend(Event::changed(&before.fields, &after.fields).map(|event| (id, None, event)));
    if RecordedTerm::of_commitment(&before) != RecordedTerm::of_commitment(&after) {
        store::save_assignment_terms(tx.conn, &after)?;
        let cause = term_cause(&before, &after);
        events.push((id, None, term_changed(&before, &after, cause, correction_reason.clone())));
    }
    store::add_events(tx, &events)?;
    audit::updated(tx, "commitment", id, Some(&after.country_code), &before, &after)?;
    notifications::term_of_commitment_corrected(tx, &before, &after, correction_reason.as_ref())?;
    notifications::joint(tx, actor, &after, &before.fields.commission_ids)?;
    Ok(after)
}

fn same_due(before: &Commitment, input: &CommitmentInput) -> bool {
    before.fields.due == input.due && before.fields.due_rule == input.due_rule
}

/// Adds a fault when an existing term is changed without a reason.
fn require_reason(before: &Commitment, input: &CommitmentInput, reason: Option<&String>, faults: &mut Faults) {
    if before.due_to.is_some() && !same_due(before, input) && reason.is_none() {
        let pointer = if before.fields.due == input.due { "/due_rule" } else { "/due" };
        faults.add_with(pointer, "needs", vec![("field", "correction_reason".to_owned())]);
    }
}

/// Computes the term again when it changed, or the commission whose territory decides the days off.
fn new_term(tx: &mut Tx<'_>, before: &Commitment, after: &Commitment) -> Result<Term> {
    let leads = (before.fields.commission_ids.first(), after.fields.commission_ids.first());
    match leads.1 {
        Some(lead) if !same_due(before, &after.fields) || leads.0 != leads.1 => {
            references::term(tx.conn, &after.fields, *lead, &after.country_code)
        }
        _ => Ok(before.term()),
    }
}

fn term_cause(before: &Commitment, after: &Commitment) -> TermCause {
    match before.due_to {
        None => TermCause::Entered,
        Some(_) if same_due(before, &after.fields) => TermCause::Calendar,
        Some(_) => TermCause::Correction,
    }
}

fn term_changed(before: &Commitment, after: &Commitment, cause: TermCause, reason: Option<String>) -> Event {
    Event::TermChanged {
        before: RecordedTerm::of_commitment(before),
        after: RecordedTerm::of_commitment(after),
        cause,
        reason,
    }
}

/// Deletes a commitment without reports, requests or decisions (409 `in_use` otherwise); its history stays.
pub(crate) fn delete(tx: &mut Tx<'_>, actor: &Actor, commitment: Commitment) -> Result<()> {
    policy::require_writer(actor, &commitment)?;
    if store::was_closed_before(tx.conn, commitment.id, None)? {
        return Err(Code::InUse.into());
    }
    erase(tx, &commitment)
}

/// Deletes the record of a commitment that nothing depends on.
pub(super) fn erase(tx: &mut Tx<'_>, commitment: &Commitment) -> Result<()> {
    retract::deleted(tx, commitment)?;
    store::delete(tx.conn, commitment.id)?;
    audit::deleted(tx, "commitment", commitment.id, Some(&commitment.country_code), commitment)
}

/// Replaces a country's calendar and recomputes its open counted terms.
pub(crate) fn put_calendar(
    tx: &mut Tx<'_>,
    actor: &Actor,
    country: &str,
    days: Vec<CalendarDay>,
) -> Result<Vec<CalendarDay>> {
    let calendar = directory::put_calendar(tx, actor, country, days)?;
    recompute_terms(tx, country)?;
    Ok(calendar)
}

/// Recomputes the open counted terms of a country and returns the number of those that changed. Former terms stay in
/// the history.
pub(crate) fn recompute_terms(tx: &mut Tx<'_>, country: &str) -> Result<usize> {
    let mut calendars = HashMap::new();
    let mut events = Vec::new();
    for id in store::open_with_rule(tx.conn, country)? {
        lock_row(tx.conn, "commitments", id)?;
        let before = store::find(tx.conn, &Visibility::everything(), id, tx.now)?;
        let (Some(rule), Some(lead)) = (before.fields.due_rule, before.fields.commission_ids.first()) else { continue };
        let territory = store::territory(tx.conn, *lead)?;
        if !calendars.contains_key(&territory) {
            let calendar = directory::working_calendar(tx.conn, country, territory.as_deref())?;
            calendars.insert(territory.clone(), calendar);
        }
        let Some(calendar) = calendars.get(&territory) else { continue };
        let term = Term::of_rule(&rule, calendar, country);
        if term == before.term() {
            continue;
        }
        let mut after = before.clone();
        after.updated_at = tx.now;
        after.set_term(term);
        after.recompute(tx.now);
        store::save_state(tx, &after)?;
        store::save_assignment_terms(tx.conn, &after)?;
        events.push((after.id, None, term_changed(&before, &after, TermCause::Calendar, None)));
        audit::updated(tx, "commitment", after.id, Some(country), &before, &after)?;
    }
    store::add_events(tx, &events)?;
    Ok(events.len())
}
