//! Entering, changing and removing institutions.

use super::model::{Institution, InstitutionInput};
use super::store;
use crate::access::{check_institutions, makes_a_cycle, may_coordinate, may_coordinate_anywhere, require};
use crate::audit;
use crate::clock::new_id;
use crate::contact_changes::{self, ContactChange, ContactChangeKind};
use crate::db::dispatch::{lock_name, lock_row};
use crate::db::{Db, InstitutionId, Tx};
use crate::error::{Faults, Permitted, Result};
use crate::identity::{Actor, is_represented_everywhere, named_elsewhere};

pub(super) fn create(tx: &mut Tx<'_>, actor: &Actor, input: InstitutionInput) -> Result<Institution> {
    require_may_enter(tx, actor, input.country_code.as_deref())?;
    record(tx, input)
}

/// Enters an institution of a dataset, of any country or of none. The caller checks the right to import.
pub(crate) fn record(tx: &mut Tx<'_>, input: InstitutionInput) -> Result<Institution> {
    check_references(tx, None, &input)?;
    let institution =
        Institution { id: new_id(tx.now), fields: input, created_at: tx.now, updated_at: tx.now, warnings: Vec::new() };
    store::insert(tx.conn, &institution)?;
    audit::created(tx, "institution", institution.id, institution.fields.country_code.as_deref(), &institution)?;
    Ok(institution)
}

pub(crate) fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: InstitutionId,
    input: InstitutionInput,
) -> Result<Institution> {
    if input.parent_id.is_some() || input.succeeded_by_id.is_some() {
        lock_name(tx.conn, "the parents of institutions")?;
    }
    lock_row(tx.conn, "institutions", id)?;
    let before = store::find(tx.conn, id)?;
    require_may_change(tx.conn, actor, before.fields.country_code.as_deref())?;
    if input.country_code != before.fields.country_code {
        require_may_enter(tx, actor, input.country_code.as_deref())?;
        require_may_move(tx, actor, id)?;
    }
    check_references(tx, Some(id), &input)?;
    let after = Institution { fields: input, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit_change(tx, &before, &after)?;
    record_address(tx, &before, &after)?;
    Ok(after)
}

/// Records another address, so that the people concerned are notified.
fn record_address(tx: &mut Tx<'_>, before: &Institution, after: &Institution) -> Result<()> {
    if before.fields.email == after.fields.email {
        return Ok(());
    }
    let change = ContactChange {
        institution: after.id,
        commission: None,
        kind: ContactChangeKind::Address,
        old_address: before.fields.email.clone(),
        new_address: after.fields.email.clone(),
        person: None,
    };
    contact_changes::record(tx, &change)
}

/// Writes the change into the audit log of the institution's country. When the institution moves to another country,
/// the country that it leaves gets an entry too.
fn audit_change(tx: &mut Tx<'_>, before: &Institution, after: &Institution) -> Result<()> {
    let (old, new) = (&before.fields.country_code, &after.fields.country_code);
    if old != new {
        audit::updated(tx, "institution", after.id, old.as_deref(), before, after)?;
    }
    audit::updated(tx, "institution", after.id, new.as_deref(), before, after)
}

pub(super) fn delete(tx: &mut Tx<'_>, actor: &Actor, institution: Institution) -> Result<()> {
    let institution = Institution { warnings: Vec::new(), ..institution };
    let country = institution.fields.country_code.clone();
    require_may_change(tx.conn, actor, country.as_deref())?;
    store::delete(tx.conn, institution.id)?;
    audit::deleted(tx, "institution", institution.id, country.as_deref(), &institution)
}

/// Returns true if the actor may enter an institution of this country: admins, its coordinators and the secretariats of
/// its commissions (`secretariat_countries`) may. Any of them may also enter an institution without a country.
fn may_enter(actor: &Actor, country: Option<&str>, secretariat_countries: &[String]) -> bool {
    match country {
        Some(code) => may_coordinate(actor, code) || secretariat_countries.iter().any(|own| own == code),
        None => may_coordinate_anywhere(actor) || !secretariat_countries.is_empty(),
    }
}

/// Returns true if the actor may change or remove an institution of this country. All countries share an institution
/// without a country, so only admins change it.
pub(crate) fn may_change(conn: &mut Db, actor: &Actor, country: Option<&str>) -> Result<bool> {
    Ok(actor.is_admin() || (country.is_some() && may_enter(actor, country, &secretariat_countries(conn, actor)?)))
}

/// Removes the notes of the institutions that the actor may not change.
pub(crate) fn hide_notes(conn: &mut Db, actor: &Actor, institutions: &mut [Institution]) -> Result<()> {
    if actor.is_admin() || institutions.iter().all(|one| one.fields.note.is_none()) {
        return Ok(());
    }
    let own_countries = secretariat_countries(conn, actor)?;
    for fields in institutions.iter_mut().map(|one| &mut one.fields) {
        let country = fields.country_code.as_deref();
        if country.is_none() || !may_enter(actor, country, &own_countries) {
            fields.note = None;
        }
    }
    Ok(())
}

/// Refuses with 403 those who may not change or remove an institution of this country.
pub(super) fn require_may_change(conn: &mut Db, actor: &Actor, country: Option<&str>) -> Result<()> {
    require(may_change(conn, actor, country)?, Permitted::InstitutionWriters)
}

/// Refuses with 403 those who may enter no institution at all.
pub(super) fn require_may_enter_any(conn: &mut Db, actor: &Actor) -> Result<()> {
    require(may_enter_any(conn, actor)?, Permitted::InstitutionWriters)
}

/// Returns true if the actor may enter an institution of some country, or one without a country.
pub(super) fn may_enter_any(conn: &mut Db, actor: &Actor) -> Result<bool> {
    Ok(may_enter(actor, None, &secretariat_countries(conn, actor)?))
}

/// Refuses with 403 a move to another country, except by admins, when a record that the actor may not write names the
/// institution, and when a person represents it with an unbounded grant. Reason: the coordinator of an institution's
/// country appoints its representatives, and they read every record that names it.
fn require_may_move(tx: &mut Tx<'_>, actor: &Actor, id: InstitutionId) -> Result<()> {
    let is_free = actor.is_admin()
        || (named_elsewhere(tx.conn, actor, &[id])?.is_empty() && !is_represented_everywhere(tx.conn, id)?);
    require(is_free, Permitted::InstitutionMovers)
}

fn require_may_enter(tx: &mut Tx<'_>, actor: &Actor, country: Option<&str>) -> Result<()> {
    let own_countries = secretariat_countries(tx.conn, actor)?;
    require(may_enter(actor, country, &own_countries), Permitted::InstitutionWriters)
}

/// Returns the countries of the commissions of which the actor is the secretariat.
fn secretariat_countries(conn: &mut Db, actor: &Actor) -> Result<Vec<String>> {
    let commissions: Vec<_> = actor.secretariat_commissions().collect();
    store::countries_of(conn, &commissions)
}

fn check_references(tx: &mut Tx<'_>, own: Option<InstitutionId>, input: &InstitutionInput) -> Result<()> {
    let mut faults = tx.faults();
    let named = [("/parent_id", input.parent_id), ("/succeeded_by_id", input.succeeded_by_id)];
    let references: Vec<_> = named.iter().filter_map(|(at, id)| id.map(|id| ((*at).to_owned(), id))).collect();
    check_institutions(tx.conn, &references, &mut faults)?;
    if let Some(own) = own {
        check_chains(tx, own, input, &mut faults)?;
    }
    faults.into_result()
}

/// Checks that no institution is a part or the successor of itself.
fn check_chains(tx: &mut Tx<'_>, own: InstitutionId, input: &InstitutionInput, faults: &mut Faults) -> Result<()> {
    if let Some(parent) = input.parent_id
        && makes_a_cycle(own, parent, &store::parents(tx.conn)?)
    {
        faults.add("/parent_id", "cycle");
    }
    if let Some(successor) = input.succeeded_by_id
        && makes_a_cycle(own, successor, &store::successors(tx.conn)?)
    {
        faults.add("/succeeded_by_id", "cycle");
    }
    Ok(())
}
