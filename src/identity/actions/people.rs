//! Adding and changing people, and one's own profile.

use super::links::{send_link, set_password};
use super::sessions::end_everything;
use super::{folded, store};
use crate::audit::{self, Change};
use crate::clock::new_id;
use crate::db::{Tx, UserId, dispatch};
use crate::error::{Code, Faults, Result};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, GrantInput, LinkPurpose, MeInput, Role, User, UserInput};
use crate::identity::policy;
use crate::identity::store::Facts;

/// Adds a person; without a password (hashed beforehand: it takes long) an invitation goes out.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: UserInput, hash: Option<&str>) -> Result<User> {
    let country = permit(tx, actor, &input, None)?;
    let email = folded(&input.email);
    if store::credentials(tx.conn, &email)?.is_some() {
        return Err(Code::Duplicate.into());
    }
    let user = User {
        id: new_id(tx.now),
        email: input.email.trim().to_owned(),
        name: input.name.clone(),
        language: input.language,
        institution_id: input.institution_id,
        grants: grants(tx, &[], &input.grants),
        disabled: input.disabled,
        created_at: tx.now,
        updated_at: tx.now,
    };
    store::insert_user(tx.conn, &user, &email, hash, tx.now)?;
    audit::created(tx, "user", user.id, country.as_deref(), &user)?;
    if hash.is_none() && !user.disabled {
        send_link(tx, &user, LinkPurpose::Invitation)?;
    }
    Ok(user)
}

/// Changes a person. Disabling and a new password sign the person out everywhere; grants count from the next request.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: UserId, input: UserInput, hash: Option<&str>) -> Result<User> {
    // Both people are locked, in order of their ids: two admins who disable each other wait for one another, one after
    // the other. Whoever comes second acts with what is left of their rights.
    dispatch::lock_rows(tx.conn, "users", &[actor.id, id])?;
    let actor = &store::load_actor(tx.conn, actor.id, tx.now)?;
    store::visible(tx.conn, actor, id)?;
    let before = store::user(tx.conn, id)?.ok_or(Code::NotFound)?;
    let country = permit(tx, actor, &input, Some(&before))?;
    let email = folded(&input.email);
    if store::credentials(tx.conn, &email)?.is_some_and(|other| other.id != id) {
        return Err(Code::Duplicate.into());
    }
    let after = User {
        email: input.email.trim().to_owned(),
        name: input.name.clone(),
        language: input.language,
        institution_id: input.institution_id,
        grants: grants(tx, &before.grants, &input.grants),
        disabled: input.disabled,
        updated_at: tx.now,
        ..before.clone()
    };
    if is_admin(&before) && !is_admin(&after) {
        dispatch::lock_name(tx.conn, "the last admin")?;
    }
    if is_admin(&before) && !is_admin(&after) && store::other_admins(tx.conn, id)? == 0 {
        return Err(Code::Conflict.into());
    }
    store::update_user(tx.conn, &after, &email)?;
    store::replace_grants(tx.conn, id, &before.grants, &after.grants, tx.now)?;
    if after.disabled && !before.disabled {
        end_everything(tx, id)?;
    }
    if after.disabled || email != folded(&before.email) {
        store::use_links(tx.conn, id, tx.now)?;
    }
    if let Some(hash) = hash {
        set_password(tx, id, hash)?;
    }
    audit::updated(tx, "user", id, country.as_deref(), &before, &after)?;
    Ok(after)
}

/// Ends the throttling of an account: its failed sign-ins are forgotten.
pub fn unlock(tx: &mut Tx<'_>, actor: &Actor, id: UserId) -> Result<()> {
    store::visible(tx.conn, actor, id)?;
    if !actor.is_admin() {
        return Err(Code::Forbidden.into());
    }
    store::unlock(tx.conn, id)?;
    let change = Change { action: "unlocked", kind: "user", id: &id.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)
}

fn is_admin(user: &User) -> bool {
    !user.disabled && user.grants.iter().any(|grant| grant.role == Role::Admin)
}

/// The wanted grants; those that stay keep their ids.
fn grants(tx: &Tx<'_>, before: &[Grant], wanted: &[GrantInput]) -> Vec<Grant> {
    let kept = |input: &GrantInput| before.iter().find(|grant| grant.input() == *input).map(|grant| grant.id);
    let mut all: Vec<Grant> = wanted
        .iter()
        .map(|input| Grant {
            id: kept(input).unwrap_or_else(|| new_id(tx.now)),
            role: input.role,
            country_code: input.country_code.clone(),
            commission_id: input.commission_id,
            institution_id: input.institution_id,
        })
        .collect();
    all.sort_by_key(|grant| grant.id);
    all
}

/// Whether the actor may make `input` of a person: every grant before and after must be the actor's to give.
/// Answers the country whose coordinators see the change in the audit log.
fn permit(tx: &mut Tx<'_>, actor: &Actor, input: &UserInput, before: Option<&User>) -> Result<Option<String>> {
    if !policy::manages(actor) {
        return Err(Code::Forbidden.into());
    }
    let mut named = input.grants.clone();
    named.extend(before.iter().flat_map(|user| &user.grants).map(Grant::input));
    let facts = store::facts(tx.conn, actor, &named, input.institution_id)?;
    let mut faults = tx.faults();
    if before.is_none() && input.grants.is_empty() && !actor.is_admin() {
        faults.add("/grants", "too_few");
    }
    check_references(actor, input, &facts, &mut faults);
    faults.into_result()?;
    for grant in &named {
        policy::permit_grant(actor, grant, &facts)?;
    }
    if let Some(user) = before {
        policy::permit_change(actor, user, &folded(&input.email))?;
    }
    policy::permit_password(actor, input)?;
    Ok(country(&named, &facts).map(str::to_owned))
}

fn check_references(actor: &Actor, input: &UserInput, facts: &Facts, faults: &mut Faults) {
    if input.institution_id.is_some_and(|id| !facts.institutions.contains_key(&id)) {
        faults.add("/institution_id", "unknown_reference");
    }
    for (n, grant) in input.grants.iter().enumerate() {
        if grant.country_code.as_ref().is_some_and(|code| !facts.countries.contains(code)) && actor.is_admin() {
            faults.add(format!("/grants/{n}/country_code"), "unknown_reference");
        }
        if grant.commission_id.is_some_and(|id| !facts.commissions.contains_key(&id)) && actor.is_admin() {
            faults.add(format!("/grants/{n}/commission_id"), "unknown_reference");
        }
        if grant.institution_id.is_some_and(|id| !facts.institutions.contains_key(&id)) {
            faults.add(format!("/grants/{n}/institution_id"), "unknown_reference");
        }
    }
}

/// The country that all of these grants lie in: what a person is in several is for the admins to know.
fn country<'a>(grants: &'a [GrantInput], facts: &'a Facts) -> Option<&'a str> {
    let place = |grant: &'a GrantInput| {
        let of_commission = grant.commission_id.and_then(|id| facts.commissions.get(&id)).map(String::as_str);
        let of_institution =
            grant.institution_id.and_then(|id| facts.institutions.get(&id)).and_then(|one| one.country_code.as_deref());
        grant.country_code.as_deref().or(of_commission).or(of_institution)
    };
    let first = place(grants.first()?)?;
    grants.iter().all(|grant| place(grant) == Some(first)).then_some(first)
}

/// Changes one's own name, language and password (verified and hashed beforehand).
pub fn change_me(tx: &mut Tx<'_>, actor: &Actor, input: MeInput, hash: Option<&str>) -> Result<()> {
    let before = store::user(tx.conn, actor.id)?.ok_or(Code::InvalidToken)?;
    let after = User { name: input.name, language: input.language, updated_at: tx.now, ..before.clone() };
    if after.name != before.name || after.language != before.language {
        store::update_user(tx.conn, &after, &folded(&after.email))?;
        audit::updated(tx, "user", actor.id, None, &before, &after)?;
    }
    match hash {
        Some(hash) => set_password(tx, actor.id, hash),
        None => Ok(()),
    }
}
