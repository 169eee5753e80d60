//! Delegates as their readers may know them.

use std::collections::HashMap;

use super::model::Delegate;
use super::store;
use crate::access::{CommissionRef, may_write};
use crate::commissions::periods::Filter;
use crate::commissions::scope;
use crate::db::{CommissionId, Db, DelegateId, InstitutionId};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{Actor, users_by_id};

/// One page of those of a commission that the actor may know.
pub fn list(
    conn: &mut Db,
    actor: &Actor,
    commission: CommissionId,
    filter: Filter,
    paging: &Paging<DelegateId>,
) -> Result<Page<Delegate>> {
    let target = scope::known(conn, actor, commission)?;
    let mut page = store::list(conn, commission, filter, paging)?;
    conceal(conn, actor, &target, &mut page.items)?;
    Ok(page)
}

/// A delegate of a commission that the actor may know; 404 otherwise.
pub fn find(conn: &mut Db, actor: &Actor, commission: CommissionId, id: DelegateId) -> Result<Delegate> {
    let target = scope::known(conn, actor, commission)?;
    let mut delegate = store::find(conn, commission, id)?;
    conceal(conn, actor, &target, std::slice::from_mut(&mut delegate))?;
    Ok(delegate)
}

/// Every delegate of a country's commissions, in order of id; users with their name and address.
pub fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Delegate>> {
    let mut delegates = store::all_of_country(conn, country)?;
    let ids: Vec<_> = delegates.iter().filter_map(|one| one.fields.user_id).collect();
    let users: HashMap<_, _> = users_by_id(conn, &ids)?.into_iter().map(|user| (user.id, user)).collect();
    for fields in delegates.iter_mut().map(|one| &mut one.fields) {
        if let Some(user) = fields.user_id.and_then(|id| users.get(&id)) {
            fields.name = Some(user.name.clone());
            fields.email = Some(user.email.clone());
        }
    }
    Ok(delegates)
}

/// Leaves out who signs in and where mail goes, save for those who may see it: one query, whatever the number.
fn conceal(conn: &mut Db, actor: &Actor, target: &CommissionRef, delegates: &mut [Delegate]) -> Result<()> {
    let sees = |institution| sees_contact(actor, target, institution);
    let mut hidden: Vec<_> = delegates.iter_mut().filter(|one| !sees(one.fields.institution_id)).collect();
    let ids: Vec<_> = hidden.iter().filter_map(|one| one.fields.user_id).collect();
    let users = users_by_id(conn, &ids)?;
    for fields in hidden.iter_mut().map(|one| &mut one.fields) {
        fields.email = None;
        if let Some(id) = fields.user_id.take() {
            fields.name = users.iter().find(|user| user.id == id).map(|user| user.name.clone());
        }
    }
    Ok(())
}

/// Returns whether the actor keeps the commission's record, or speaks for this institution in it.
fn sees_contact(actor: &Actor, commission: &CommissionRef, institution: InstitutionId) -> bool {
    may_write(actor, &commission.country_code, &[commission.id])
        || actor.is_representative_of(institution, &[commission.id])
}
