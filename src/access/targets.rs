//! What a body may name: commissions and countries to write for, records to refer to.

use std::collections::HashMap;
use std::hash::Hash;

use super::store::{self, CommissionRef};
use super::visibility::Visibility;
use crate::db::{CommissionId, Db, FileId, UserId};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;

/// Tables whose ids a body may refer to.
#[expect(non_camel_case_types, reason = "named as the tables are")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    institutions,
    meetings,
    agreements,
    plan_items,
    commitments,
    files,
    users,
    plans,
}

/// Whether the actor may write for a record of this country and these commissions: through any one of them.
pub fn may_write(actor: &Actor, country: &str, commissions: &[CommissionId]) -> bool {
    actor.coordinates(country) || commissions.iter().any(|id| actor.is_secretariat_of(*id))
}

/// The commissions that a body names, in its order. `held` are those that the record has already.
///
/// 403 for one that the caller may not write for, 404 for one that the caller may not know; for an admin an
/// unknown one is a fault at `pointer`. Two countries in one record are a fault too.
pub fn target_commissions(
    conn: &mut Db,
    actor: &Actor,
    (pointer, ids): (&str, &[CommissionId]),
    held: &[CommissionId],
    faults: &mut Faults,
) -> Result<Vec<CommissionRef>> {
    let mut known = store::commission_refs(conn, ids)?;
    let visibility = Visibility::of(actor);
    let mut targets = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        let Some(target) = known.remove(id) else {
            if !actor.is_admin() && !held.contains(id) && !ids.iter().take(n).any(|other| other == id) {
                return Err(Code::NotFound.into());
            }
            if !ids.iter().take(n).any(|other| other == id) {
                faults.add(format!("{pointer}/{n}"), "unknown_reference");
            }
            continue;
        };
        if !held.contains(id) && !may_write(actor, &target.country_code, &[*id]) {
            let knows = visibility.knows_commission(*id, &target.country_code);
            return Err(if knows { Code::Forbidden } else { Code::NotFound }.into());
        }
        targets.push(target);
    }
    if let Some(first) = targets.first() {
        let country = first.country_code.clone();
        for (n, _) in targets.iter().enumerate().filter(|(_, target)| target.country_code != country) {
            faults.add_comparison(format!("{pointer}/{n}"), "other_country", Vec::new());
        }
    }
    Ok(targets)
}

/// The country that a body names: a fault when there is none, 403 when the caller may not write for it.
pub fn target_country(conn: &mut Db, actor: &Actor, code: &str, faults: &mut Faults) -> Result<()> {
    if store::country_zone(conn, code)?.is_none() {
        faults.add("/country_code", "unknown_reference");
        return Ok(());
    }
    if actor.coordinates(code) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// References to records that everybody may know (institutions): a fault for each that does not exist.
pub fn known<T: Copy + Into<uuid::Uuid>>(
    conn: &mut Db,
    table: Table,
    references: &[(String, T)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<uuid::Uuid> = references.iter().map(|(_, id)| (*id).into()).collect();
    let found = store::exists(conn, table, &ids)?;
    for ((pointer, _), id) in references.iter().zip(&ids) {
        if !found.contains(id) {
            faults.add(pointer.clone(), "unknown_reference");
        }
    }
    Ok(())
}

/// The ids of a list with their pointers, less those that are held already.
pub fn pointed<T: Copy + PartialEq>(pointer: &str, ids: &[T], held: &[T]) -> Vec<(String, T)> {
    let new = ids.iter().enumerate().filter(|(_, id)| !held.contains(id));
    new.map(|(n, id)| (format!("{pointer}/{n}"), *id)).collect()
}

/// References to records that have a country, by those that may be known: a fault for each that is not among them, or
/// of another country.
pub fn of_country<T: Eq + Hash>(
    country: &str,
    countries: &HashMap<T, String>,
    references: &[(String, T)],
    faults: &mut Faults,
) {
    for (pointer, id) in references {
        match countries.get(id) {
            None => faults.add(pointer.clone(), "unknown_reference"),
            Some(other) if other != country => faults.add_comparison(pointer.clone(), "other_country", Vec::new()),
            Some(_) => {}
        }
    }
}

/// Files that a record cites anew. Citing a file shows it to whoever knows the record, so only who uploaded it may;
/// without an `uploader` (an admin) any file that exists.
pub fn citable_files(
    conn: &mut Db,
    uploader: Option<UserId>,
    references: &[(String, FileId)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<_> = references.iter().map(|(_, id)| *id).collect();
    let found = store::uploads(conn, uploader, &ids)?;
    for (pointer, _) in references.iter().filter(|(_, id)| !found.contains(id)) {
        faults.add(pointer.clone(), "unknown_reference");
    }
    Ok(())
}
