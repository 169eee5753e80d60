//! Gives grants and takes them away.

use super::links::{count_invitation, invite_again};
use super::store;
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::db::{GrantId, Tx, UserId, dispatch};
use crate::error::{Code, Faults, Result};
use crate::i18n::{Lang, text};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, GrantInput, Introduction, Role, User};
use crate::identity::policy;
use crate::identity::store::Facts;
use crate::mail::{Block, EmailBody, NewDelivery, Recipient, enqueue};

/// Grants that a person is to have, with the data that the decision needs.
pub(super) struct Wanted<'a> {
    pub grants: Vec<GrantInput>,
    pub facts: &'a Facts,
}

impl Wanted<'_> {
    /// Returns the grants that are not held yet, each once.
    pub fn new_beside(&self, held: &[Grant], now: Instant) -> Vec<Grant> {
        let mut contents: Vec<GrantInput> = held.iter().map(Grant::input).collect();
        let mut new = Vec::new();
        for wanted in &self.grants {
            if contents.contains(wanted) {
                continue;
            }
            contents.push(wanted.clone());
            let GrantInput { role, country_code, commission_id, institution_id, .. } = wanted.clone();
            new.push(Grant { id: new_id(now), role, country_code, commission_id, institution_id });
        }
        new
    }
}

/// Checks that everything that a grant names exists; what the actor may not know becomes a 404 later.
pub(super) fn check(actor: &Actor, grant: &GrantInput, facts: &Facts, at: &str, faults: &mut Faults) {
    let admin = actor.is_admin();
    if admin && grant.country_code.as_ref().is_some_and(|code| !facts.countries.contains_key(code)) {
        faults.add(format!("{at}/country_code"), "unknown_reference");
    }
    if admin && grant.commission_id.is_some_and(|id| !facts.commissions.contains_key(&id)) {
        faults.add(format!("{at}/commission_id"), "unknown_reference");
    }
    if grant.institution_id.is_some_and(|id| !facts.institutions.contains_key(&id)) {
        faults.add(format!("{at}/institution_id"), "unknown_reference");
    } else if policy::lacks_commission(actor, grant, facts) {
        faults.add(format!("{at}/commission_id"), "required");
    }
}

/// Adds a grant to a person whom the actor may know; the person is notified.
pub fn add_grant(tx: &mut Tx<'_>, actor: &Actor, id: UserId, input: &GrantInput) -> Result<Grant> {
    dispatch::lock_row(tx.conn, "users", id)?;
    let shown = store::visible(tx.conn, actor, id)?;
    let person = store::user(tx.conn, id)?.ok_or(Code::NotFound)?;
    let facts = store::facts(tx.conn, actor, std::slice::from_ref(input), None, tx.now)?;
    let wanted = policy::implied(actor, input, &facts);
    let mut faults = tx.faults();
    if input.id.is_some() {
        faults.add("/id", "unknown_reference");
    }
    check(actor, &wanted, &facts, "", &mut faults);
    faults.into_result()?;
    policy::permit_giving(actor, &wanted, &facts)?;
    let new = Wanted { grants: vec![wanted], facts: &facts }.new_beside(&person.grants, tx.now);
    let grant = new.first().cloned().ok_or(Code::Duplicate)?;
    count_invitation(tx)?;
    let introduction = shown.introduction();
    give(tx, &person, &new, (!actor.is_admin()).then_some(&introduction), &facts)?;
    if !person.disabled {
        tell(tx, actor, &person, &new, &facts)?;
        invite_again(tx, &person)?;
    }
    Ok(grant)
}

/// Takes a grant away; this takes effect from the person's next request.
pub fn remove_grant(tx: &mut Tx<'_>, actor: &Actor, id: UserId, grant: GrantId) -> Result<()> {
    dispatch::lock_row(tx.conn, "users", id)?;
    let shown = store::visible(tx.conn, actor, id)?;
    let grant = shown.grants.into_iter().find(|own| own.id == grant).ok_or(Code::NotFound)?;
    let facts = store::facts(tx.conn, actor, &[grant.input()], None, tx.now)?;
    policy::permit_taking(actor, &grant.input(), &facts)?;
    let person = store::user(tx.conn, id)?.ok_or(Code::NotFound)?;
    keep_an_admin(tx, &person, grant.role == Role::Admin)?;
    take(tx, &person, &[grant], &facts)
}

/// Sends an expired invitation again; does not show whether the person has chosen a password meanwhile.
pub fn repeat_invitation(tx: &mut Tx<'_>, actor: &Actor, id: UserId) -> Result<()> {
    dispatch::lock_row(tx.conn, "users", id)?;
    let shown = store::visible(tx.conn, actor, id)?;
    let held: Vec<GrantInput> = shown.grants.iter().map(Grant::input).collect();
    let facts = store::facts(tx.conn, actor, &held, None, tx.now)?;
    if !actor.is_admin() && !held.iter().any(|grant| policy::permit_taking(actor, grant, &facts).is_ok()) {
        return Err(Code::Forbidden.into());
    }
    count_invitation(tx)?;
    let person = store::user(tx.conn, id)?.ok_or(Code::NotFound)?;
    if person.disabled { Ok(()) } else { invite_again(tx, &person) }
}

/// Refuses with 409 a change that would leave no enabled admin.
pub(super) fn keep_an_admin(tx: &mut Tx<'_>, person: &User, ends: bool) -> Result<()> {
    let is_admin = !person.disabled && person.grants.iter().any(|grant| grant.role == Role::Admin);
    if !is_admin || !ends {
        return Ok(());
    }
    dispatch::lock_name(tx.conn, "the last admin")?;
    if store::other_admins(tx.conn, person.id)? == 0 { Err(Code::Conflict.into()) } else { Ok(()) }
}

/// Writes grants, each with a separate entry in the audit log of its country.
pub(super) fn give(
    tx: &mut Tx<'_>,
    person: &User,
    new: &[Grant],
    introduction: Option<&Introduction>,
    facts: &Facts,
) -> Result<()> {
    store::insert_grants(tx.conn, person.id, new, introduction, tx.now)?;
    for grant in new {
        let (id, country) = (person.id.to_string(), country(grant, facts));
        let change = Change { action: "grant_added", kind: "user", id: &id, country };
        audit::record(tx, change, None::<&()>, Some(grant))?;
    }
    Ok(())
}

pub(super) fn take(tx: &mut Tx<'_>, person: &User, gone: &[Grant], facts: &Facts) -> Result<()> {
    store::delete_grants(tx.conn, &gone.iter().map(|grant| grant.id).collect::<Vec<_>>())?;
    for grant in gone {
        let (id, country) = (person.id.to_string(), country(grant, facts));
        let change = Change { action: "grant_removed", kind: "user", id: &id, country };
        audit::record(tx, change, Some(grant), None::<&()>)?;
    }
    Ok(())
}

/// Returns the country whose coordinators see the grant in the audit log.
fn country<'a>(grant: &'a Grant, facts: &'a Facts) -> Option<&'a str> {
    let of_commission = grant.commission_id.and_then(|id| facts.commissions.get(&id)).map(|one| &*one.country_code);
    let institution = grant.institution_id.and_then(|id| facts.institutions.get(&id));
    let of_institution = institution.and_then(|one| one.country_code.as_deref());
    grant.country_code.as_deref().or(of_commission).or(of_institution)
}

/// Notifies a person of new grants by mail.
pub(super) fn tell(tx: &mut Tx<'_>, actor: &Actor, person: &User, new: &[Grant], facts: &Facts) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let lang = person.language;
    let lines: Vec<String> = new.iter().map(|grant| format!("- {}", words(lang, grant, facts))).collect();
    let blocks = vec![
        Block::Text(text(lang, "mail-grant-added-body", &[("name", actor.name.clone())])),
        Block::Text(lines.join("\n")),
        Block::Link(text(lang, "mail-grant-added-link", &[]), "/".to_owned()),
    ];
    let mut draft = EmailBody::new(lang, text(lang, "mail-grant-added-subject", &[]), blocks);
    draft.greeting = text(lang, "mail-greeting", &[("name", person.name.clone())]);
    draft.footer = text(lang, "mail-grant-added-hint", &[]);
    let to = Recipient {
        address: person.email.clone(),
        name: Some(person.name.clone()),
        user_id: Some(person.id),
        language: lang,
    };
    // Only admins may see the mail, as for an invitation.
    enqueue(tx, NewDelivery::with_body("grant_added", to, tx.now.utc().date_naive(), &draft)?).map(|_| ())
}

/// Describes a grant in words.
fn words(lang: Lang, grant: &Grant, facts: &Facts) -> String {
    let commission = grant.commission_id.and_then(|id| facts.commissions.get(&id)).map(|one| one.name.clone());
    let institution = grant.institution_id.and_then(|id| facts.institutions.get(&id)).map(|one| one.name.clone());
    let country = grant.country_code.as_ref().and_then(|code| facts.countries.get(code)).cloned();
    let key = match (grant.role, &commission) {
        (Role::Admin, _) => "grant-admin",
        (Role::Coordinator, _) => "grant-coordinator",
        (Role::Secretariat, _) => "grant-secretariat",
        (Role::Observer, _) => "grant-observer",
        (Role::Representative, Some(_)) => "grant-representative-bounded",
        (Role::Representative, None) => "grant-representative",
    };
    let args = [("commission", commission), ("institution", institution), ("country", country)];
    text(lang, key, &args.map(|(name, value)| (name, value.unwrap_or_default())))
}
