//! The checks of references: each record must exist, be visible to the actor, and belong to the commitment's country.

use std::hash::Hash;

use chrono::NaiveDate;

use crate::access::{
    CommissionRef, Visibility, check_attachments, check_countries, check_institutions, known_commissions,
    new_references, target_commissions,
};
use crate::commissions::memberships_on;
use crate::commitments::model::{AssignmentInput, Commitment, CommitmentInput, NewCommitment, Term};
use crate::commitments::store::{self, SourceRecord};
use crate::db::{CommissionId, CommitmentId, Db, InstitutionId, Tx};
use crate::directory;
use crate::error::{Error, Faults, Result};
use crate::identity::Actor;
use crate::meetings::has_agenda_item;
use crate::plans::known_plan_items;

/// The records that were loaded by the check.
pub(super) struct CheckedReferences {
    pub lead: CommissionRef,
    /// The session, when the change names another one.
    pub meeting: Option<SourceRecord>,
    /// The agreement, when the change names another one.
    pub agreement: Option<SourceRecord>,
}

/// Checks the references of a new commitment.
pub(super) fn check_new(tx: &mut Tx<'_>, actor: &Actor, new: &NewCommitment) -> Result<CheckedReferences> {
    check(tx, actor, &new.fields, None, (new.status.is_some(), &new.assignments))
}

/// Checks the references of `input` that the commitment did not have before.
pub(super) fn check_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &CommitmentInput,
    before: &Commitment,
) -> Result<CheckedReferences> {
    check(tx, actor, input, Some(before), (before.is_draft(), &[]))
}

fn check(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &CommitmentInput,
    before: Option<&Commitment>,
    (is_draft, assignments): (bool, &[AssignmentInput]),
) -> Result<CheckedReferences> {
    let mut faults = tx.faults();
    let old = before.map(|commitment| &commitment.fields);
    let held = old.map_or(&[][..], |old| &old.commission_ids);
    let targets = commissions(tx, actor, &input.commission_ids, held, &mut faults)?;
    let lead = targets.into_iter().find(|target| input.commission_ids.first() == Some(&target.id));
    let Some(lead) = lead else {
        faults.into_result()?;
        return Err(Error::internal("a commitment without commission"));
    };
    if before.is_some_and(|commitment| commitment.country_code != lead.country_code) {
        faults.add_comparison("/commission_ids/0", "other_country", Vec::new());
    }
    let visibility = Visibility::of(actor);
    let country = lead.country_code.as_str();
    institutions(tx, input, old, assignments, &mut faults)?;
    let meeting_id = input.meeting_id.filter(|id| old.is_none_or(|old| old.meeting_id != Some(*id)));
    let meeting = source(tx, meeting_id, store::meeting, (&visibility, country), "/meeting_id", &mut faults)?;
    let agreement_id = input.agreement_id.filter(|id| old.is_none_or(|old| old.agreement_id != Some(*id)));
    let agreement = source(tx, agreement_id, store::agreement, (&visibility, country), "/agreement_id", &mut faults)?;
    let items = new_references("/plan_item_ids", &input.plan_item_ids, old.map_or(&[], |old| &old.plan_item_ids));
    known_plan_items(tx.conn, &visibility, country, &items, &mut faults)?;
    let others = new_references("/depends_on_ids", &input.depends_on_ids, old.map_or(&[], |old| &old.depends_on_ids));
    let known = store::known_countries(tx.conn, &visibility, &ids_of(&others), is_draft)?;
    check_countries(country, &known, &others, &mut faults);
    agenda_item(tx.conn, input, old, &mut faults)?;
    let held = old.map_or(&[][..], |old| &old.attachments);
    check_attachments(tx.conn, actor, (&input.attachments, held), &mut faults)?;
    if let Some(own) = before {
        let fresh: Vec<_> = others.into_iter().map(|(_, id)| id).collect();
        let back = store::depending_on(tx.conn, &fresh, own.id)?;
        for (n, _) in input.depends_on_ids.iter().enumerate().filter(|(_, id)| back.contains(id)) {
            faults.add(format!("/depends_on_ids/{n}"), "cycle");
        }
    }
    faults.into_result()?;
    Ok(CheckedReferences { lead, meeting, agreement })
}

/// Returns the commissions for which the record is written; see `target_commissions`.
fn commissions(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ids: &[CommissionId],
    held: &[CommissionId],
    faults: &mut Faults,
) -> Result<Vec<CommissionRef>> {
    let question = (ids.to_vec(), held.to_vec());
    if let Some(targets) = tx.cached(&question) {
        return Ok(targets);
    }
    let before = faults.list.len();
    let targets = target_commissions(tx.conn, actor, ("/commission_ids", ids), held, faults)?;
    if faults.list.len() == before {
        tx.cache(question, targets.clone());
    }
    Ok(targets)
}

/// Loads a session or an agreement that is visible and of the country; adds a fault otherwise. An import asks for the
/// same one for many commitments, so the transaction remembers it.
fn source<Id: Copy + Eq + Hash + 'static>(
    tx: &mut Tx<'_>,
    id: Option<Id>,
    load: fn(&mut Db, &Visibility, Id) -> Result<Option<SourceRecord>>,
    (visibility, country): (&Visibility, &str),
    pointer: &str,
    faults: &mut Faults,
) -> Result<Option<SourceRecord>> {
    let Some(id) = id else { return Ok(None) };
    let found: Option<SourceRecord> = match tx.cached(&id) {
        Some(found) => found,
        None => {
            let found = load(tx.conn, visibility, id)?;
            tx.cache(id, found.clone());
            found
        }
    };
    match found.filter(|source| source.known) {
        None => faults.add(pointer, "unknown_reference"),
        Some(source) if source.country_code != country => faults.add_comparison(pointer, "other_country", Vec::new()),
        found => return Ok(found),
    }
    Ok(None)
}

/// Checks all new references to institutions with one query.
fn institutions(
    tx: &mut Tx<'_>,
    input: &CommitmentInput,
    old: Option<&CommitmentInput>,
    assignments: &[AssignmentInput],
    faults: &mut Faults,
) -> Result<()> {
    let mut named: Vec<(String, InstitutionId)> = Vec::new();
    let follow_up = input.follow_up_institution_id;
    named.extend(follow_up.map(|id| ("/follow_up_institution_id".to_owned(), id)));
    let beneficiaries = input.beneficiary_ids.iter().enumerate();
    named.extend(beneficiaries.map(|(n, id)| (format!("/beneficiary_ids/{n}"), *id)));
    if let Some(old) = old {
        named.retain(|(_, id)| old.follow_up_institution_id != Some(*id) && !old.beneficiary_ids.contains(id));
    }
    let assigned = assignments.iter().enumerate();
    named.extend(assigned.map(|(n, one)| (format!("/assignments/{n}/institution_id"), one.institution_id)));
    named.retain(|(_, id)| tx.cached::<_, Exists>(id).is_none());
    let before = faults.list.len();
    check_institutions(tx.conn, &named, faults)?;
    if faults.list.len() == before {
        named.into_iter().for_each(|(_, id)| tx.cache(id, Exists));
    }
    Ok(())
}

/// Cached for an institution that exists.
#[derive(Clone)]
struct Exists;

/// Returns the members of a commission (lead, secretariat and members) on a day; by default, on the commission's
/// current day. A fault when the actor may not know the commission.
pub(super) fn members(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    on: Option<NaiveDate>,
) -> Result<Vec<InstitutionId>> {
    let mut faults = tx.faults();
    let known = known_commissions(tx.conn, &Visibility::of(actor), &[commission])?.pop();
    let Some(known) = known else {
        faults.add("/members_of", "unknown_reference");
        return Err(faults.into());
    };
    faults.into_result()?;
    let day = on.unwrap_or_else(|| known.today(tx.now));
    let mut members: Vec<InstitutionId> = Vec::new();
    for seat in memberships_on(tx.conn, &[commission], day)?.into_iter().filter(|seat| seat.fields.role.is_listed()) {
        if !members.contains(&seat.fields.institution_id) {
            members.push(seat.fields.institution_id);
        }
    }
    Ok(members)
}

/// Checks the institution of a new assignment.
pub(super) fn institution(tx: &mut Tx<'_>, input: &AssignmentInput) -> Result<()> {
    let mut faults = tx.faults();
    check_institutions(tx.conn, &[("/institution_id".to_owned(), input.institution_id)], &mut faults)?;
    faults.into_result()
}

/// Adds a fault when the agenda of the commitment's session does not have its item.
fn agenda_item(
    conn: &mut Db,
    input: &CommitmentInput,
    old: Option<&CommitmentInput>,
    faults: &mut Faults,
) -> Result<()> {
    let held = old.map(|old| (old.meeting_id, old.agenda_item_id));
    let Some(item) = input.agenda_item_id.filter(|item| held != Some((input.meeting_id, Some(*item)))) else {
        return Ok(());
    };
    let is_of_session = match input.meeting_id {
        Some(meeting) => has_agenda_item(conn, meeting, item)?,
        None => false,
    };
    if !is_of_session {
        faults.add("/agenda_item_id", "unknown_reference");
    }
    Ok(())
}

fn ids_of(references: &[(String, CommitmentId)]) -> Vec<CommitmentId> {
    references.iter().map(|(_, id)| *id).collect()
}

/// Adds a fault for each reference to a commitment that is a draft, not visible or of another country.
pub(crate) fn known_commitments(
    conn: &mut Db,
    visibility: &Visibility,
    country: &str,
    references: &[(String, CommitmentId)],
    faults: &mut Faults,
) -> Result<()> {
    let known = store::known_countries(conn, visibility, &ids_of(references), false)?;
    check_countries(country, &known, references, faults);
    Ok(())
}

/// Computes the term of the input, with the calendar of the country and of the lead commission's territory.
pub(super) fn term(conn: &mut Db, input: &CommitmentInput, lead: CommissionId, country: &str) -> Result<Term> {
    let Some(rule) = &input.due_rule else { return Ok(Term::of_date(input.due.as_ref())) };
    let territory = store::territory(conn, lead)?;
    let calendar = directory::working_calendar(conn, country, territory.as_deref())?;
    Ok(Term::of_rule(rule, &calendar, country))
}
