//! Checks of the records that a body names: commissions and countries to write for, and records that it refers to.

use std::collections::HashMap;
use std::hash::Hash;

use super::rights::{may_write, require_coordinator};
use super::store::{self, CommissionRef};
use super::visibility::Visibility;
use crate::db::{CommissionId, Db, FileId, InstitutionId, UserId};
use crate::error::{Code, Error, Faults, Permitted, Result};
use crate::evidence::Attachment;
use crate::identity::Actor;

/// Returns the commissions that a body names, in its order. `held` are those that the record has already.
///
/// A joint record is made by the secretariat of any of its commissions: those who may write for one of the commissions
/// named may add every other one of its country. Otherwise 403 for one that the caller may not write for, 404 for one
/// that the caller may not know; for an admin an unknown one is a fault at `pointer`. Two countries in one record are a
/// fault too.
pub(crate) fn target_commissions(
    conn: &mut Db,
    actor: &Actor,
    (pointer, ids): (&str, &[CommissionId]),
    held: &[CommissionId],
    faults: &mut Faults,
) -> Result<Vec<CommissionRef>> {
    let mut known = store::commission_refs(conn, ids)?;
    let own = |target: &CommissionRef| may_write(actor, &target.country_code, &[target.id]);
    let joining: Vec<String> = known.values().filter(|one| own(one)).map(|one| one.country_code.clone()).collect();
    let visibility = Visibility::of(actor);
    let mut targets = Vec::new();
    for (n, id) in ids.iter().enumerate() {
        let Some(target) = known.remove(id) else {
            let is_repeated = ids.iter().take(n).any(|other| other == id);
            if !actor.is_admin() && !held.contains(id) && !is_repeated {
                return Err(Code::NotFound.into());
            }
            if !is_repeated {
                faults.add(format!("{pointer}/{n}"), "unknown_reference");
            }
            continue;
        };
        if !held.contains(id) && !joining.contains(&target.country_code) {
            let knows = visibility.knows_commission(*id, &target.country_code);
            return Err(if knows { Error::forbidden(Permitted::Writers) } else { Code::NotFound.into() });
        }
        targets.push(target);
    }
    if let Some(first) = targets.first() {
        for (n, _) in targets.iter().enumerate().filter(|(_, target)| target.country_code != first.country_code) {
            faults.add_comparison(format!("{pointer}/{n}"), "other_country", Vec::new());
        }
    }
    Ok(targets)
}

/// Checks that the commissions of a record are of its own country: a fault for each that is not.
pub(crate) fn same_country(country: &str, ids: &[CommissionId], targets: &[CommissionRef], faults: &mut Faults) {
    for (n, id) in ids.iter().enumerate() {
        let pointer = format!("/commission_ids/{n}");
        let other = targets.iter().any(|target| target.id == *id && target.country_code != country);
        if other && !faults.list.iter().any(|fault| fault.pointer == pointer) {
            faults.add_comparison(pointer, "other_country", Vec::new());
        }
    }
}

/// Checks the country that a body names: a fault when it does not exist, 403 when the caller may not write for it.
pub(crate) fn target_country(conn: &mut Db, actor: &Actor, code: &str, faults: &mut Faults) -> Result<()> {
    if store::country_zone(conn, code)?.is_none() {
        faults.add("/country_code", "unknown_reference");
        return Ok(());
    }
    require_coordinator(actor, code)
}

/// Checks references to institutions, which everybody may know: a fault for each that does not exist.
pub(crate) fn check_institutions(
    conn: &mut Db,
    references: &[(String, InstitutionId)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<_> = references.iter().map(|(_, id)| *id).collect();
    check_found(references, &store::existing_institutions(conn, &ids)?, faults);
    Ok(())
}

/// Checks the files that a record cites anew: a fault for each that does not exist or that somebody else uploaded.
/// Citing a file shows it to everybody who may know the record. Without an `uploader` (an admin), any file may be cited.
pub(crate) fn check_files(
    conn: &mut Db,
    uploader: Option<UserId>,
    references: &[(String, FileId)],
    faults: &mut Faults,
) -> Result<()> {
    let ids: Vec<_> = references.iter().map(|(_, id)| *id).collect();
    check_found(references, &store::existing_files(conn, uploader, &ids)?, faults);
    Ok(())
}

/// Checks the files among the attachments that a record did not have before, as [`check_files`] does for the person.
pub(crate) fn check_attachments(
    conn: &mut Db,
    actor: &Actor,
    (sent, held): (&[Attachment], &[Attachment]),
    faults: &mut Faults,
) -> Result<()> {
    let is_held = |file: FileId| held.iter().any(|one| one.file_id == Some(file));
    let new = sent.iter().enumerate().filter_map(|(n, one)| Some((n, one.file_id.filter(|file| !is_held(*file))?)));
    let new: Vec<_> = new.map(|(n, file)| (format!("/attachments/{n}/file_id"), file)).collect();
    check_files(conn, (!actor.is_admin()).then_some(actor.id), &new, faults)
}

fn check_found<T: PartialEq>(references: &[(String, T)], found: &[T], faults: &mut Faults) {
    for (pointer, _) in references.iter().filter(|(_, id)| !found.contains(id)) {
        faults.add(pointer.clone(), "unknown_reference");
    }
}

/// Checks references to records that have a country: a fault for each that is not among `countries` (the
/// records that may be known), and for each of another country.
pub(crate) fn check_countries<T: Eq + Hash>(
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

/// Returns the ids of a list with their pointers, without those that the record has already.
pub(crate) fn new_references<T: Copy + PartialEq>(pointer: &str, ids: &[T], held: &[T]) -> Vec<(String, T)> {
    let new = ids.iter().enumerate().filter(|(_, id)| !held.contains(id));
    new.map(|(n, id)| (format!("{pointer}/{n}"), *id)).collect()
}

/// Returns true if `own` would be above itself with this parent. `parents` are the present ones; a record that is not
/// among them has no parent.
pub(crate) fn makes_a_cycle<Id: Copy + Eq + Hash>(own: Id, parent: Id, parents: &HashMap<Id, Id>) -> bool {
    let mut above = Some(parent);
    for _ in 0..=parents.len() {
        match above {
            Some(id) if id == own => return true,
            Some(id) => above = parents.get(&id).copied(),
            None => return false,
        }
    }
    above.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_above_itself() {
        let parents = HashMap::from([(2, 1), (3, 2)]);
        assert!(makes_a_cycle(1, 1, &parents));
        assert!(makes_a_cycle(1, 3, &parents));
        assert!(!makes_a_cycle(3, 1, &parents));
        assert!(!makes_a_cycle(2, 1, &parents));
        assert!(!makes_a_cycle(4, 3, &parents));
        assert!(makes_a_cycle(4, 5, &HashMap::from([(5, 6), (6, 5)])), "a cycle that exists already has no end");
    }
}
