//! Adding and changing people, and one's own profile.

use super::grants::{Wanted, check, give, keep_an_admin, take, tell};
use super::links::{count_invitation, invite_again, send_link, set_password};
use super::sessions::end_everything;
use super::store;
use crate::audit::{self, Change};
use crate::clock::{Instant, undated_id};
use crate::db::{Tx, UserId, dispatch};
use crate::error::{Code, Faults, Result};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, GrantInput, Introduction, LinkPurpose, MeInput, Role, User, UserInput};
use crate::identity::policy;
use crate::identity::store::Facts;
use crate::text::normalize_email;

/// Adds a person. Without a password, an invitation is sent. A password is hashed beforehand, because that takes long.
/// A person who already has an account gets the grants; nothing in the answer shows the difference.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: UserInput, hash: Option<&str>) -> Result<User> {
    policy::permit_managing(actor)?;
    let facts = store::facts(tx.conn, actor, &input.grants, input.institution_id, tx.now)?;
    let wanted: Vec<_> = input.grants.iter().map(|grant| policy::implied(actor, grant, &facts)).collect();
    check_new(tx, actor, &input, &wanted, &facts)?;
    for grant in &wanted {
        policy::permit_giving(actor, grant, &facts)?;
    }
    policy::permit_adding(actor, &input)?;
    if hash.is_none() {
        count_invitation(tx)?;
    }
    let email = normalize_email(&input.email);
    dispatch::lock_name(tx.conn, &format!("the account of {email}"))?;
    match store::credentials(tx.conn, &email)? {
        Some(known) => add_to_known(tx, actor, known.id, &input, Wanted { grants: wanted, facts: &facts }),
        None => add_person(tx, actor, &input, hash, Wanted { grants: wanted, facts: &facts }),
    }
}

fn check_new(tx: &mut Tx<'_>, actor: &Actor, input: &UserInput, wanted: &[GrantInput], facts: &Facts) -> Result<()> {
    let mut faults = tx.faults();
    if input.grants.is_empty() && !actor.is_admin() {
        faults.add("/grants", "too_few");
    }
    check_profile(input, facts, &mut faults);
    check_ids(&input.grants, &[], &mut faults);
    for (n, grant) in wanted.iter().enumerate() {
        check(actor, grant, facts, &format!("/grants/{n}"), &mut faults);
    }
    faults.into_result()
}

fn check_profile(input: &UserInput, facts: &Facts, faults: &mut Faults) {
    if input.institution_id.is_some_and(|id| !facts.institutions.contains_key(&id)) {
        faults.add("/institution_id", "unknown_reference");
    }
}

/// Checks the ids of grants. A grant is identified by its content; an id that is sent back must be one of those shown.
fn check_ids(sent: &[GrantInput], held: &[Grant], faults: &mut Faults) {
    for (n, id) in sent.iter().enumerate().filter_map(|(n, grant)| Some((n, grant.id?))) {
        if !held.iter().any(|grant| grant.id == id) {
            faults.add(format!("/grants/{n}/id"), "unknown_reference");
        }
    }
}

/// Adds a new account. Its id does not show when it was made: otherwise an id would show who had an account before.
fn add_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &UserInput,
    hash: Option<&str>,
    wanted: Wanted<'_>,
) -> Result<User> {
    let oldest = store::oldest_account(tx.conn)?.unwrap_or(tx.now);
    let person = User {
        id: undated_id(oldest, tx.now)?,
        email: input.email.trim().to_owned(),
        name: input.name.clone(),
        language: input.language,
        institution_id: input.institution_id,
        grants: Vec::new(),
        disabled: input.disabled,
        created_at: tx.now,
        updated_at: tx.now,
    };
    store::insert_user(tx.conn, &person, &normalize_email(&input.email), hash, tx.now)?;
    let new = wanted.new_beside(&[], tx.now);
    audit::created(tx, "user", person.id, None, &User { grants: new.clone(), ..person.clone() })?;
    give(tx, &person, &new, None, wanted.facts)?;
    if hash.is_none() && !person.disabled {
        send_link(tx, &person, LinkPurpose::Invitation)?;
    }
    store::visible(tx.conn, actor, person.id)
}

/// Adds grants to a person who already has an account. The person keeps name, language and institution, and is notified
/// of the new grants. For a disabled person nothing changes, and the answer does not show that. Only an admin may send
/// a password or `disabled`, and learns that the account already exists, because neither could be applied.
fn add_to_known(tx: &mut Tx<'_>, actor: &Actor, id: UserId, input: &UserInput, wanted: Wanted<'_>) -> Result<User> {
    if input.password.is_some() || input.disabled {
        return Err(Code::Duplicate.into());
    }
    dispatch::lock_row(tx.conn, "users", id)?;
    let person = store::user(tx.conn, id)?.ok_or(Code::NotFound)?;
    let shown = store::if_visible(tx.conn, actor, id)?;
    let introduction = shown.as_ref().map_or_else(|| introduced(input), User::introduction);
    let new = wanted.new_beside(&person.grants, tx.now);
    if person.disabled {
        return Ok(shown.unwrap_or_else(|| as_if_added(id, introduction, new, tx.now)));
    }
    give(tx, &person, &new, (!actor.is_admin()).then_some(&introduction), wanted.facts)?;
    tell(tx, actor, &person, &new, wanted.facts)?;
    invite_again(tx, &person)?;
    store::visible(tx.conn, actor, id)
}

fn introduced(input: &UserInput) -> Introduction {
    Introduction {
        email: input.email.trim().to_owned(),
        name: input.name.clone(),
        language: input.language,
        institution_id: input.institution_id,
    }
}

fn as_if_added(id: UserId, introduction: Introduction, grants: Vec<Grant>, now: Instant) -> User {
    let Introduction { email, name, language, institution_id } = introduction;
    User { id, email, name, language, institution_id, grants, disabled: false, created_at: now, updated_at: now }
}

/// Changes a person. Admins change everything; others change only the grants that they may give and take away, and
/// grants that they may not know stay. Disabling and a new password end all sessions of the person; grants take effect
/// from the next request.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: UserId, input: UserInput, hash: Option<&str>) -> Result<User> {
    // Both people are locked, in the order of their ids: two admins who disable each other act one after the other. The
    // second one acts with the rights that are left.
    dispatch::lock_rows(tx.conn, "users", &[actor.id, id])?;
    let actor = &store::load_actor(tx.conn, actor.id, tx.now)?;
    let shown = store::visible(tx.conn, actor, id)?;
    let before = store::user(tx.conn, id)?.ok_or(Code::NotFound)?;
    policy::permit_change(actor, &shown, &input)?;
    let (added, removed, facts) = changes(tx, actor, &shown, &input)?;
    keep_an_admin(tx, &before, input.disabled || removed.iter().any(|grant| grant.role == Role::Admin))?;
    take(tx, &before, &removed, &facts)?;
    let introduction = shown.introduction();
    give(tx, &before, &added, (!actor.is_admin()).then_some(&introduction), &facts)?;
    if let Some(hash) = hash {
        set_password(tx, id, hash)?;
    }
    if actor.is_admin() {
        change_profile(tx, &before, &input)?;
    }
    if !input.disabled && !added.is_empty() {
        count_invitation(tx)?;
        tell(tx, actor, &before, &added, &facts)?;
    }
    Ok(store::if_visible(tx.conn, actor, id)?.unwrap_or_else(|| User { grants: Vec::new(), ..shown }))
}

/// Returns the grants that a change gives and takes away, after checking that the actor may give and take each of them.
fn changes(tx: &mut Tx<'_>, actor: &Actor, shown: &User, input: &UserInput) -> Result<(Vec<Grant>, Vec<Grant>, Facts)> {
    let held: Vec<GrantInput> = shown.grants.iter().map(Grant::input).collect();
    let named = [held.as_slice(), input.grants.as_slice()].concat();
    let facts = store::facts(tx.conn, actor, &named, input.institution_id, tx.now)?;
    let imply = |grant: &GrantInput| match held.contains(&grant.content()) {
        true => grant.content(),
        false => policy::implied(actor, grant, &facts),
    };
    let wanted: Vec<_> = input.grants.iter().map(imply).collect();
    let mut faults = tx.faults();
    check_profile(input, &facts, &mut faults);
    check_ids(&input.grants, &shown.grants, &mut faults);
    for (n, grant) in wanted.iter().enumerate().filter(|(_, grant)| !held.contains(grant)) {
        check(actor, grant, &facts, &format!("/grants/{n}"), &mut faults);
    }
    faults.into_result()?;
    let removed: Vec<_> = shown.grants.iter().filter(|grant| !wanted.contains(&grant.input())).cloned().collect();
    let added = Wanted { grants: wanted, facts: &facts }.new_beside(&shown.grants, tx.now);
    for grant in &added {
        policy::permit_giving(actor, &grant.input(), &facts)?;
    }
    for grant in &removed {
        policy::permit_taking(actor, &grant.input(), &facts)?;
    }
    Ok((added, removed, facts))
}

/// Writes the changes of an admin to a person, except the grants.
fn change_profile(tx: &mut Tx<'_>, before: &User, input: &UserInput) -> Result<()> {
    let (id, email) = (before.id, normalize_email(&input.email));
    if store::credentials(tx.conn, &email)?.is_some_and(|other| other.id != id) {
        return Err(Code::Duplicate.into());
    }
    let after = User {
        email: input.email.trim().to_owned(),
        name: input.name.clone(),
        language: input.language,
        institution_id: input.institution_id,
        grants: store::user(tx.conn, id)?.ok_or(Code::NotFound)?.grants,
        disabled: input.disabled,
        updated_at: tx.now,
        ..before.clone()
    };
    store::update_user(tx.conn, &after, &email)?;
    if after.introduction() != before.introduction() {
        store::forget_introductions(tx.conn, id)?;
    }
    if after.disabled && !before.disabled {
        end_everything(tx, id)?;
    }
    if after.disabled || email != normalize_email(&before.email) {
        store::use_links(tx.conn, id, tx.now)?;
    }
    audit::updated(tx, "user", id, None, before, &after)
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

/// Changes one's own name, language and password (verified and hashed beforehand).
pub fn change_me(tx: &mut Tx<'_>, actor: &Actor, input: MeInput, hash: Option<&str>) -> Result<()> {
    let before = store::user(tx.conn, actor.id)?.ok_or(Code::InvalidToken)?;
    let after = User { name: input.name, language: input.language, updated_at: tx.now, ..before.clone() };
    if after.name != before.name || after.language != before.language {
        store::update_user(tx.conn, &after, &normalize_email(&after.email))?;
        store::forget_introductions(tx.conn, actor.id)?;
        audit::updated(tx, "user", actor.id, None, &before, &after)?;
    }
    match hash {
        Some(hash) => set_password(tx, actor.id, hash),
        None => Ok(()),
    }
}
