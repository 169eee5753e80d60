//! What a commitment refers to: everything must exist, be known to the caller, and belong to its country.

use std::hash::Hash;

use crate::access::{CommissionRef, Table, Visibility, known, of_country, pointed, target_commissions};
use crate::commitments::model::{AssignmentInput, Commitment, CommitmentInput, DueRule, Term};
use crate::commitments::store::{self, Source};
use crate::db::{CommissionId, CommitmentId, Db, InstitutionId, Tx};
use crate::directory;
use crate::error::{Error, Faults, Result};
use crate::identity::Actor;
use crate::plans::known_plan_items;

/// What was looked up on the way.
pub struct Checked {
    pub lead: CommissionRef,
    /// The session, when it is named anew.
    pub meeting: Option<Source>,
    /// The agreement, when it is named anew.
    pub agreement: Option<Source>,
}

/// Looks up whatever `input` names that the commitment, as it was, does not name already.
pub fn check(tx: &mut Tx<'_>, actor: &Actor, input: &CommitmentInput, before: Option<&Commitment>) -> Result<Checked> {
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
    institutions(tx, input, old, &mut faults)?;
    let meeting = match input.meeting_id.filter(|id| old.is_none_or(|old| old.meeting_id != Some(*id))) {
        Some(id) => {
            source(find(tx, id, |conn| store::meeting(conn, &visibility, id))?, country, "/meeting_id", &mut faults)
        }
        None => None,
    };
    let agreement = match input.agreement_id.filter(|id| old.is_none_or(|old| old.agreement_id != Some(*id))) {
        Some(id) => {
            source(find(tx, id, |conn| store::agreement(conn, &visibility, id))?, country, "/agreement_id", &mut faults)
        }
        None => None,
    };
    let items = pointed("/plan_item_ids", &input.plan_item_ids, old.map_or(&[], |old| &old.plan_item_ids));
    known_plan_items(tx.conn, &visibility, country, &items, &mut faults)?;
    let others = pointed("/depends_on_ids", &input.depends_on_ids, old.map_or(&[], |old| &old.depends_on_ids));
    known_commitments(tx.conn, &visibility, country, &others, &mut faults)?;
    if let Some(own) = before {
        let fresh: Vec<_> = others.into_iter().map(|(_, id)| id).collect();
        let back = store::leading_to(tx.conn, &fresh, own.id)?;
        for (n, _) in input.depends_on_ids.iter().enumerate().filter(|(_, id)| back.contains(id)) {
            faults.add(format!("/depends_on_ids/{n}"), "cycle");
        }
    }
    faults.into_result()?;
    Ok(Checked { lead, meeting, agreement })
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
    if let Some(targets) = tx.remembered(&question) {
        return Ok(targets);
    }
    let before = faults.list.len();
    let targets = target_commissions(tx.conn, actor, ("/commission_ids", ids), held, faults)?;
    if faults.list.len() == before {
        tx.remember(question, targets.clone());
    }
    Ok(targets)
}

/// Finds a session or an agreement. An import asks for the same one for many commitments.
fn find<Id: Copy + Eq + Hash + 'static>(
    tx: &mut Tx<'_>,
    id: Id,
    load: impl FnOnce(&mut Db) -> Result<Option<Source>>,
) -> Result<Option<Source>> {
    if let Some(found) = tx.remembered(&id) {
        return Ok(found);
    }
    let found = load(tx.conn)?;
    tx.remember(id, found.clone());
    Ok(found)
}

/// Every institution that is named anew, in one look.
fn institutions(
    tx: &mut Tx<'_>,
    input: &CommitmentInput,
    old: Option<&CommitmentInput>,
    faults: &mut Faults,
) -> Result<()> {
    let mut named: Vec<(String, InstitutionId)> = Vec::new();
    let follow_up = input.follow_up_institution_id;
    named.extend(follow_up.map(|id| ("/follow_up_institution_id".to_owned(), id)));
    let beneficiaries = input.beneficiary_ids.iter().enumerate();
    named.extend(beneficiaries.map(|(n, id)| (format!("/beneficiary_ids/{n}"), *id)));
    match old {
        Some(old) => {
            named.retain(|(_, id)| old.follow_up_institution_id != Some(*id) && !old.beneficiary_ids.contains(id))
        }
        None => {
            let assigned = input.assignments.iter().enumerate();
            named.extend(assigned.map(|(n, one)| (format!("/assignments/{n}/institution_id"), one.institution_id)));
        }
    }
    named.retain(|(_, id)| tx.remembered::<_, Exists>(id).is_none());
    let before = faults.list.len();
    known(tx.conn, Table::institutions, &named, faults)?;
    if faults.list.len() == before {
        named.into_iter().for_each(|(_, id)| tx.remember(id, Exists));
    }
    Ok(())
}

/// The answer that is remembered for an institution.
#[derive(Clone)]
struct Exists;

/// The institution of an assignment that is added.
pub fn institution(tx: &mut Tx<'_>, input: &AssignmentInput) -> Result<()> {
    let mut faults = tx.faults();
    known(tx.conn, Table::institutions, &[("/institution_id".to_owned(), input.institution_id)], &mut faults)?;
    faults.into_result()
}

fn source(found: Option<Source>, country: &str, pointer: &str, faults: &mut Faults) -> Option<Source> {
    match found.filter(|source| source.known) {
        None => faults.add(pointer, "unknown_reference"),
        Some(source) if source.country_code != country => faults.add_comparison(pointer, "other_country", Vec::new()),
        found => return found,
    }
    None
}

/// References to other commitments: a fault for each that may not be known, or is of another country.
pub fn known_commitments(
    conn: &mut Db,
    visibility: &Visibility,
    country: &str,
    references: &[(String, CommitmentId)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<_> = references.iter().map(|(_, id)| *id).collect();
    of_country(country, &store::known_countries(conn, visibility, &ids)?, references, faults);
    Ok(())
}

/// The term that the input means, by the calendar of the country and of the lead commission's territory.
pub fn term(conn: &mut Db, input: &CommitmentInput, lead: CommissionId, country: &str) -> Result<Term> {
    match &input.due_rule {
        None => Ok(Term::of_date(input.due.as_ref())),
        Some(rule) => counted(conn, rule, lead, country),
    }
}

/// A counted term.
pub fn counted(conn: &mut Db, rule: &DueRule, lead: CommissionId, country: &str) -> Result<Term> {
    let territory = store::territory(conn, lead)?;
    let calendar = directory::working_calendar(conn, country, territory.as_deref())?;
    Ok(Term::of_rule(rule, &calendar, country))
}
