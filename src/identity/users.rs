//! Adding and changing people, and one's own profile.

use super::account_notices::{self, AccountNotice};
use super::actor::{Actor, require};
use super::grants::{add_grants, check_references, new_grants, notify, remove_grants, require_another_admin};
use super::login_sessions::end_everything;
use super::model::{Grant, GrantInput, Introduction, MeInput, Role, User, UserInput};
use super::one_time_tokens::{self, TokenPurpose, count_invitation, invite_again, send_link, set_password};
use super::store::{self, GrantContext};
use super::{passwords, policy, second_factor};
use crate::audit::{self, Change};
use crate::clock::{new_id, undated_id};
use crate::db::dispatch::{lock_name, lock_row, lock_rows};
use crate::db::{InstitutionId, Tx, UserId};
use crate::error::{Code, Faults, Permitted, Result};
use crate::i18n::Lang;
use crate::text::normalize_email;

/// Adds a person. Without a password, an invitation is sent. A password is hashed beforehand, because that takes long.
/// A person who already has an account gets the grants; nothing in the answer shows the difference.
pub(super) fn create(tx: &mut Tx<'_>, actor: &Actor, input: UserInput, hash: Option<&str>) -> Result<User> {
    policy::require_may_manage_people(actor)?;
    let context = store::grant_context(tx.conn, actor, &input.grants, input.institution_id, tx.now)?;
    let wanted: Vec<_> =
        input.grants.iter().map(|grant| policy::with_implied_commission(actor, grant, &context)).collect();
    let mut faults = tx.faults();
    if input.grants.is_empty() && !actor.is_admin() {
        faults.add("/grants", "too_few");
    }
    check_input(actor, &input, &wanted, &[], &context, &mut faults);
    faults.into_result()?;
    for grant in &wanted {
        policy::require_may_give(actor, grant, &context)?;
    }
    policy::require_may_add(actor, &input)?;
    if hash.is_none() {
        count_invitation(tx)?;
    }
    let email = normalize_email(&input.email);
    lock_name(tx.conn, &format!("the account of {email}"))?;
    match store::credentials(tx.conn, &email)? {
        Some(known) => add_to_account(tx, actor, known.id, &input, &wanted, &context),
        None => add_person(tx, actor, &input, hash, &wanted, &context),
    }
}

/// Checks everything that a body names, except the grants that the person has already. A grant is identified by its
/// content; an id that is sent back must be one of those shown.
fn check_input(
    actor: &Actor,
    input: &UserInput,
    wanted: &[GrantInput],
    shown: &[Grant],
    context: &GrantContext,
    faults: &mut Faults,
) {
    if input.institution_id.is_some_and(|id| !context.institutions.contains_key(&id)) {
        faults.add("/institution_id", "unknown_reference");
    }
    for (n, id) in input.grants.iter().enumerate().filter_map(|(n, grant)| Some((n, grant.id?))) {
        if !shown.iter().any(|grant| grant.id == id) {
            faults.add(format!("/grants/{n}/id"), "unknown_reference");
        }
    }
    let held: Vec<GrantInput> = shown.iter().map(Grant::input).collect();
    for (n, grant) in wanted.iter().enumerate().filter(|(_, grant)| !held.contains(grant)) {
        check_references(actor, grant, context, &format!("/grants/{n}"), faults);
    }
}

/// Adds a new account. Its id does not show when it was made: otherwise an id would show who had an account before.
fn add_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &UserInput,
    hash: Option<&str>,
    wanted: &[GrantInput],
    context: &GrantContext,
) -> Result<User> {
    let oldest = store::oldest_account(tx.conn)?.unwrap_or(tx.now);
    let id = undated_id(oldest, tx.now)?;
    let person = User { disabled: input.disabled, ..User::new(id, input.introduction(), Vec::new(), tx.now) };
    store::insert_user(tx.conn, &person, &normalize_email(&input.email), hash, tx.now)?;
    let new = new_grants(wanted, &[], tx.now);
    audit::created(tx, "user", person.id, None, &User { grants: new.clone(), ..person.clone() })?;
    add_grants(tx, &person, &new, None, context)?;
    if hash.is_none() && !person.disabled {
        send_link(tx, &person, TokenPurpose::Invitation)?;
    }
    store::find_visible(tx.conn, actor, person.id)
}

/// Adds grants to a person who already has an account. The person keeps name, language and institution, and is notified
/// of the new grants. For a disabled person nothing changes, and the answer does not show that. Only an admin may send
/// a password or `disabled`, and learns that the account already exists, because these two could not be applied.
fn add_to_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: UserId,
    input: &UserInput,
    wanted: &[GrantInput],
    context: &GrantContext,
) -> Result<User> {
    if input.password.is_some() || input.disabled {
        return Err(Code::Duplicate.into());
    }
    lock_row(tx.conn, "users", id)?;
    let person = store::find_user(tx.conn, id)?.ok_or(Code::NotFound)?;
    let shown = store::find_if_visible(tx.conn, actor, id)?;
    let introduction = shown.as_ref().map_or_else(|| input.introduction(), User::introduction);
    let new = new_grants(wanted, &person.grants, tx.now);
    if person.disabled {
        return Ok(shown.unwrap_or_else(|| User::new(id, introduction, new, tx.now)));
    }
    add_grants(tx, &person, &new, (!actor.is_admin()).then_some(&introduction), context)?;
    notify(tx, actor, &person, &new, context)?;
    invite_again(tx, &person)?;
    store::find_visible(tx.conn, actor, id)
}

/// Changes a person. Admins change everything; others change only the grants that they may give and take away, and
/// grants that they may not know stay. Disabling and a new password end all sessions of the person; grants take effect
/// from the next request.
pub(super) fn update(tx: &mut Tx<'_>, actor: &Actor, id: UserId, input: UserInput, hash: Option<&str>) -> Result<User> {
    // Both people are locked, in the order of their ids: two admins who disable each other act one after the other. The
    // second one acts with the rights that are left.
    lock_rows(tx.conn, "users", &[actor.id, id])?;
    let actor = &store::load_actor(tx.conn, actor.id, tx.now)?;
    let shown = store::find_visible(tx.conn, actor, id)?;
    let before = store::find_user(tx.conn, id)?.ok_or(Code::NotFound)?;
    policy::require_may_change(actor, &shown, &input)?;
    let (added, removed, context) = changes(tx, actor, &shown, &input)?;
    require_another_admin(tx, &before, input.disabled || removed.iter().any(|grant| grant.role == Role::Admin))?;
    remove_grants(tx, &before, &removed, &context)?;
    let introduction = shown.introduction();
    add_grants(tx, &before, &added, (!actor.is_admin()).then_some(&introduction), &context)?;
    if let Some(hash) = hash {
        set_password(tx, id, hash)?;
    }
    if actor.is_admin() {
        change_profile(tx, &before, &input)?;
    }
    if !input.disabled && !added.is_empty() {
        count_invitation(tx)?;
        notify(tx, actor, &before, &added, &context)?;
    }
    Ok(store::find_if_visible(tx.conn, actor, id)?.unwrap_or_else(|| User { grants: Vec::new(), ..shown }))
}

/// Returns the grants that a change gives and takes away, after checking that the actor may give and take each of them.
fn changes(
    tx: &mut Tx<'_>,
    actor: &Actor,
    shown: &User,
    input: &UserInput,
) -> Result<(Vec<Grant>, Vec<Grant>, GrantContext)> {
    let held: Vec<GrantInput> = shown.grants.iter().map(Grant::input).collect();
    let named = [held.as_slice(), input.grants.as_slice()].concat();
    let context = store::grant_context(tx.conn, actor, &named, input.institution_id, tx.now)?;
    let complete = |grant: &GrantInput| match held.contains(&grant.content()) {
        true => grant.content(),
        false => policy::with_implied_commission(actor, grant, &context),
    };
    let wanted: Vec<_> = input.grants.iter().map(complete).collect();
    let mut faults = tx.faults();
    check_input(actor, input, &wanted, &shown.grants, &context, &mut faults);
    faults.into_result()?;
    let removed: Vec<_> = shown.grants.iter().filter(|grant| !wanted.contains(&grant.input())).cloned().collect();
    let added = new_grants(&wanted, &shown.grants, tx.now);
    for grant in &added {
        policy::require_may_give(actor, &grant.input(), &context)?;
    }
    for grant in &removed {
        policy::require_may_take(actor, &grant.input(), &context)?;
    }
    Ok((added, removed, context))
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
        grants: store::find_user(tx.conn, id)?.ok_or(Code::NotFound)?.grants,
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
        one_time_tokens::store::end_all(tx.conn, id, tx.now)?;
    }
    if email != normalize_email(&before.email) {
        notify_earlier_address(tx, before, &email)?;
    }
    audit::updated(tx, "user", id, None, before, &after)
}

/// Mails the earlier address that the account has another one. Before the first password nobody is mailed: the
/// invitation may have gone to a mistyped address.
fn notify_earlier_address(tx: &mut Tx<'_>, before: &User, email: &str) -> Result<()> {
    let has_password = store::credentials(tx.conn, email)?.is_some_and(|known| known.password_hash.is_some());
    match has_password {
        true => account_notices::send(tx, before.id, &AccountNotice::AddressChanged(before.email.clone())),
        false => Ok(()),
    }
}

/// Ends the throttling of an account: its failed sign-ins are forgotten.
pub(super) fn unlock(tx: &mut Tx<'_>, actor: &Actor, id: UserId) -> Result<()> {
    store::find_visible(tx.conn, actor, id)?;
    require(actor.is_admin(), Permitted::Admins)?;
    store::unlock(tx.conn, id)?;
    let change = Change { action: "unlocked", kind: "user", id: &id.to_string(), country: None };
    audit::record(tx, change, None::<&()>, None::<&()>)
}

/// Ends the second factor of a person who has lost the telephone and the recovery codes, for an admin. The admin's own ends
/// with a code. Every session of the person ends. Without a second factor there is nothing to do.
pub(super) fn end_second_factor(tx: &mut Tx<'_>, actor: &Actor, id: UserId) -> Result<()> {
    store::find_visible(tx.conn, actor, id)?;
    require(actor.is_admin() && actor.id != id, Permitted::OtherAdmins)?;
    if second_factor::end(tx, id)? { end_everything(tx, id) } else { Ok(()) }
}

/// Changes one's own name, language and password (verified and hashed beforehand).
pub(super) fn change_me(tx: &mut Tx<'_>, actor: &Actor, input: MeInput, hash: Option<&str>) -> Result<()> {
    let before = store::find_user(tx.conn, actor.id)?.ok_or(Code::InvalidToken)?;
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

/// A new person, as the command line and the demo add one.
pub struct NewUser {
    pub email: String,
    pub name: String,
    pub language: Lang,
    pub institution_id: Option<InstitutionId>,
    pub password: Option<String>,
    pub grants: Vec<Grant>,
}

/// Adds a person, for the command line and the demo. The password is hashed inside the transaction.
pub fn add_user(tx: &mut Tx<'_>, new: NewUser) -> Result<UserId> {
    let mut faults = Faults::default();
    faults.email("/email", Some(&new.email));
    faults.line("/name", &new.name, 200);
    if let Some(password) = &new.password {
        passwords::check_password(&mut faults, "/password", password);
    }
    faults.into_result()?;
    let hash = new.password.as_deref().map(passwords::hash).transpose()?;
    let email = normalize_email(&new.email);
    if store::credentials(tx.conn, &email)?.is_some() {
        return Err(Code::Duplicate.into());
    }
    let NewUser { name, language, institution_id, grants, .. } = new;
    let profile = Introduction { email: new.email.trim().to_owned(), name, language, institution_id };
    let user = User::new(new_id(tx.now), profile, grants, tx.now);
    store::insert_user(tx.conn, &user, &email, hash.as_deref(), tx.now)?;
    audit::created(tx, "user", user.id, None, &user)?;
    Ok(user.id)
}
