//! Grants: who gives them, and how the person is notified.

use super::actor::{Actor, require};
use super::model::{Grant, GrantInput, Introduction, Role, User};
use super::one_time_tokens::{count_invitation, invite_again};
use super::policy;
use super::store::{self, GrantContext};
use crate::audit::{self, Change};
use crate::clock::{Instant, new_id};
use crate::contact_changes::{self, ContactChange, ContactChangeKind};
use crate::db::dispatch::{lock_name, lock_row};
use crate::db::{Db, GrantId, Tx, UserId};
use crate::error::{Code, Faults, Permitted, Result};
use crate::i18n::{Lang, text};
use crate::mail::{Block, EmailBody, NewDelivery, enqueue};

/// Returns the wanted grants that a person does not have yet, each once.
pub(super) fn new_grants(wanted: &[GrantInput], held: &[Grant], now: Instant) -> Vec<Grant> {
    let mut contents: Vec<GrantInput> = held.iter().map(Grant::input).collect();
    let mut new = Vec::new();
    for wanted in wanted {
        if contents.contains(wanted) {
            continue;
        }
        contents.push(wanted.clone());
        let GrantInput { role, country_code, commission_id, institution_id, .. } = wanted.clone();
        new.push(Grant { id: new_id(now), role, country_code, commission_id, institution_id });
    }
    new
}

/// Checks that everything that a grant names exists; what the actor may not know becomes a 404 later.
pub(super) fn check_references(
    actor: &Actor,
    grant: &GrantInput,
    context: &GrantContext,
    at: &str,
    faults: &mut Faults,
) {
    let admin = actor.is_admin();
    if admin && grant.country_code.as_ref().is_some_and(|code| !context.countries.contains_key(code)) {
        faults.add(format!("{at}/country_code"), "unknown_reference");
    }
    if admin && grant.commission_id.is_some_and(|id| !context.commissions.contains_key(&id)) {
        faults.add(format!("{at}/commission_id"), "unknown_reference");
    }
    if grant.institution_id.is_some_and(|id| !context.institutions.contains_key(&id)) {
        faults.add(format!("{at}/institution_id"), "unknown_reference");
    } else if policy::lacks_commission(actor, grant, context) {
        faults.add(format!("{at}/commission_id"), "required");
    }
}

/// Adds a grant to a person whom the actor may know; the person is notified.
pub(super) fn add_grant(tx: &mut Tx<'_>, actor: &Actor, id: UserId, input: &GrantInput) -> Result<Grant> {
    lock_row(tx.conn, "users", id)?;
    let shown = store::find_visible(tx.conn, actor, id)?;
    let person = store::find_user(tx.conn, id)?.ok_or(Code::NotFound)?;
    let context = store::grant_context(tx.conn, actor, std::slice::from_ref(input), None, tx.now)?;
    let wanted = policy::with_implied_commission(actor, input, &context);
    let mut faults = tx.faults();
    if input.id.is_some() {
        faults.add("/id", "unknown_reference");
    }
    check_references(actor, &wanted, &context, "", &mut faults);
    faults.into_result()?;
    policy::require_may_give(actor, &wanted, &context)?;
    let new = new_grants(&[wanted], &person.grants, tx.now);
    let grant = new.first().cloned().ok_or(Code::Duplicate)?;
    count_invitation(tx)?;
    let introduction = shown.introduction();
    add_grants(tx, &person, &new, (!actor.is_admin()).then_some(&introduction), &context)?;
    if !person.disabled {
        notify(tx, actor, &person, &new, &context)?;
        invite_again(tx, &person)?;
    }
    Ok(grant)
}

/// Takes a grant away; this takes effect from the person's next request.
pub(super) fn remove_grant(tx: &mut Tx<'_>, actor: &Actor, id: UserId, grant: GrantId) -> Result<()> {
    lock_row(tx.conn, "users", id)?;
    let shown = store::find_visible(tx.conn, actor, id)?;
    let grant = shown.grants.into_iter().find(|own| own.id == grant).ok_or(Code::NotFound)?;
    let context = store::grant_context(tx.conn, actor, &[grant.input()], None, tx.now)?;
    policy::require_may_take(actor, &grant.input(), &context)?;
    let person = store::find_user(tx.conn, id)?.ok_or(Code::NotFound)?;
    require_another_admin(tx, &person, grant.role == Role::Admin)?;
    remove_grants(tx, &person, &[grant], &context)
}

/// Refuses with 403 an actor who may take away none of the person's visible grants and is not an admin.
pub(super) fn require_may_invite_again(conn: &mut Db, actor: &Actor, shown: &User, now: Instant) -> Result<()> {
    let held: Vec<GrantInput> = shown.grants.iter().map(Grant::input).collect();
    let context = store::grant_context(conn, actor, &held, None, now)?;
    let may = actor.is_admin() || held.iter().any(|grant| policy::require_may_take(actor, grant, &context).is_ok());
    require(may, Permitted::Inviters)
}

/// Sends an expired invitation again; does not show whether the person has chosen a password meanwhile.
pub(super) fn repeat_invitation(tx: &mut Tx<'_>, actor: &Actor, id: UserId) -> Result<()> {
    lock_row(tx.conn, "users", id)?;
    let shown = store::find_visible(tx.conn, actor, id)?;
    require_may_invite_again(tx.conn, actor, &shown, tx.now)?;
    count_invitation(tx)?;
    let person = store::find_user(tx.conn, id)?.ok_or(Code::NotFound)?;
    if person.disabled { Ok(()) } else { invite_again(tx, &person) }
}

/// Refuses with 409 a change that would leave no enabled admin; `ends` is true when the person is no admin afterwards.
pub(super) fn require_another_admin(tx: &mut Tx<'_>, person: &User, ends: bool) -> Result<()> {
    let is_admin = !person.disabled && person.grants.iter().any(|grant| grant.role == Role::Admin);
    if !is_admin || !ends {
        return Ok(());
    }
    lock_name(tx.conn, "the last admin")?;
    if store::other_admins(tx.conn, person.id)? == 0 { Err(Code::Conflict.into()) } else { Ok(()) }
}

/// Writes grants, each with a separate entry in the audit log of its country.
pub(super) fn add_grants(
    tx: &mut Tx<'_>,
    person: &User,
    new: &[Grant],
    introduction: Option<&Introduction>,
    context: &GrantContext,
) -> Result<()> {
    store::insert_grants(tx.conn, person.id, new, introduction, tx.now)?;
    for grant in new {
        let (id, country) = (person.id.to_string(), country(grant, context));
        let change = Change { action: "grant_added", kind: "user", id: &id, country };
        audit::record(tx, change, None::<&()>, Some(grant))?;
        record_change(tx, person, grant, ContactChangeKind::RepresentativeAdded)?;
    }
    Ok(())
}

/// Records another representative of an institution, so that the people concerned are notified.
fn record_change(tx: &mut Tx<'_>, person: &User, grant: &Grant, kind: ContactChangeKind) -> Result<()> {
    let Some(institution) = grant.institution_id else { return Ok(()) };
    let address = Some(person.email.clone());
    let (old_address, new_address) = match kind {
        ContactChangeKind::RepresentativeRemoved => (address, None),
        _ => (None, address),
    };
    let (commission, name) = (grant.commission_id, Some(person.name.clone()));
    contact_changes::record(
        tx,
        &ContactChange { institution, commission, kind, old_address, new_address, person: name },
    )
}

pub(super) fn remove_grants(tx: &mut Tx<'_>, person: &User, gone: &[Grant], context: &GrantContext) -> Result<()> {
    store::delete_grants(tx.conn, &gone.iter().map(|grant| grant.id).collect::<Vec<_>>())?;
    for grant in gone {
        let (id, country) = (person.id.to_string(), country(grant, context));
        let change = Change { action: "grant_removed", kind: "user", id: &id, country };
        audit::record(tx, change, Some(grant), None::<&()>)?;
        record_change(tx, person, grant, ContactChangeKind::RepresentativeRemoved)?;
    }
    Ok(())
}

/// Returns the country whose coordinators see the grant in the audit log.
fn country<'a>(grant: &'a Grant, context: &'a GrantContext) -> Option<&'a str> {
    let of_commission = grant.commission_id.and_then(|id| context.commissions.get(&id)).map(|one| &*one.country_code);
    let institution = grant.institution_id.and_then(|id| context.institutions.get(&id));
    let of_institution = institution.and_then(|one| one.country_code.as_deref());
    grant.country_code.as_deref().or(of_commission).or(of_institution)
}

/// Notifies a person of new grants by mail.
pub(super) fn notify(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: &User,
    new: &[Grant],
    context: &GrantContext,
) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let lang = person.language;
    let (subject, list) = match new {
        [only] => {
            let access = describe(lang, only, context);
            (text(lang, "mail-grant-added-subject", &[("access", access.clone())]), access)
        }
        many => {
            let lines: Vec<String> = many.iter().map(|grant| format!("- {}", describe(lang, grant, context))).collect();
            (text(lang, "mail-grants-added-subject", &[]), lines.join("\n"))
        }
    };
    let blocks = vec![
        Block::Text(text(lang, "mail-grant-added-body", &[("name", actor.name.clone())])),
        Block::Text(list),
        Block::Link(text(lang, "mail-grant-added-link", &[]), "/".to_owned()),
    ];
    let mut draft = EmailBody::new(lang, subject, blocks);
    draft.greeting = text(lang, "mail-greeting", &[("name", person.name.clone())]);
    draft.footer = text(lang, "mail-grant-added-hint", &[]);
    // Only admins may see the mail, as for an invitation.
    enqueue(tx, NewDelivery::with_body("grant_added", person.recipient(), tx.now.utc().date_naive(), &draft)?)
        .map(|_| ())
}

/// Describes a grant in words.
pub(super) fn describe(lang: Lang, grant: &Grant, context: &GrantContext) -> String {
    let commission = grant.commission_id.and_then(|id| context.commissions.get(&id)).map(|one| one.name.clone());
    let institution = grant.institution_id.and_then(|id| context.institutions.get(&id)).map(|one| one.name.clone());
    let country = grant.country_code.as_ref().and_then(|code| context.countries.get(code)).cloned();
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

pub(super) mod api {
    //! `/users/{id}/grants` and `/users/{id}/invitation`.

    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, post};

    use super::{add_grant, remove_grant, repeat_invitation};
    use crate::db::{Db, GrantId, Tx, UserId};
    use crate::error::{Code, Result};
    use crate::http::{Body, Page};
    use crate::identity::Caller;
    use crate::identity::actor::Actor;
    use crate::identity::model::{Grant, GrantInput};
    use crate::identity::store;

    /// List the grants of a person
    ///
    /// All in one page, in the order of their ids.
    ///
    /// Permissions: admin all; a coordinator those of the country, a secretariat those of its commissions; others none.
    #[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person")), responses((status = 200, description = "The grants", body = Page<Grant>)))]
    #[get("/api/v1/users/{id}/grants")]
    pub(crate) async fn list(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        caller.list(move |conn, actor| Ok(Page::whole(visible_grants(conn, actor, id)?))).await
    }

    fn visible_grants(conn: &mut Db, actor: &Actor, id: UserId) -> Result<Vec<Grant>> {
        Ok(store::find_visible(conn, actor, id)?.grants)
    }

    fn find(conn: &mut Db, actor: &Actor, (id, grant): (UserId, GrantId)) -> Result<Grant> {
        visible_grants(conn, actor, id)?.into_iter().find(|own| own.id == grant).ok_or_else(|| Code::NotFound.into())
    }

    /// Show a grant of a person
    ///
    /// Permissions: as for the list.
    #[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person"), ("grant_id" = GrantId, Path, description = "The grant")), responses((status = 200, description = "The grant", body = Grant)))]
    #[get("/api/v1/users/{id}/grants/{grant_id}")]
    pub(crate) async fn show(caller: Caller, ids: Path<(UserId, GrantId)>) -> Result<HttpResponse> {
        let ids = ids.into_inner();
        caller.show(move |conn, actor| find(conn, actor, ids)).await
    }

    /// Add a grant to a person
    ///
    /// The person is notified by mail. 409 `duplicate` when the person already has exactly this grant.
    ///
    /// Permissions: as for adding a person.
    #[utoipa::path(tag = "users", request_body = GrantInput, params(("id" = UserId, Path, description = "The person")), responses((status = 201, description = "Added", body = Grant), (status = 409, description = "The person has it already", body = crate::http::Problem)))]
    #[post("/api/v1/users/{id}/grants")]
    pub(crate) async fn create(caller: Caller, id: Path<UserId>, body: Body<GrantInput>) -> Result<HttpResponse> {
        let id = id.into_inner();
        let create = move |tx: &mut Tx<'_>, actor: &Actor, input: GrantInput| {
            Ok(NewGrant { person: id, grant: add_grant(tx, actor, id, &input)? })
        };
        caller.create(body, NewGrant::path, create).await
    }

    /// A new grant, with the person who gets it, for its path.
    #[derive(serde::Serialize)]
    struct NewGrant {
        #[serde(skip)]
        person: UserId,
        #[serde(flatten)]
        grant: Grant,
    }

    impl NewGrant {
        fn path(&self) -> String {
            format!("/api/v1/users/{}/grants/{}", self.person, self.grant.id)
        }
    }

    /// Take a grant away
    ///
    /// Takes effect from the person's next request. 409 for the grant of the last enabled admin.
    ///
    /// Permissions: those who may give it; the secretariat of a commission may take away a grant that is bounded to
    /// the commission, also after the institution has left.
    #[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person"), ("grant_id" = GrantId, Path, description = "The grant")), responses((status = 204, description = "Taken away"), (status = 409, description = "Nobody would be an admin any more", body = crate::http::Problem)))]
    #[delete("/api/v1/users/{id}/grants/{grant_id}")]
    pub(crate) async fn remove(caller: Caller, ids: Path<(UserId, GrantId)>) -> Result<HttpResponse> {
        let ids = ids.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| find(tx.conn, actor, ids);
        caller.delete(load, move |tx, actor, grant| remove_grant(tx, actor, ids.0, grant.id)).await
    }

    /// Send an invitation again
    ///
    /// A mail is sent when the person has never chosen a password and the last invitation has expired. The answer is the
    /// same in every case: it does not show whether the person already has an account.
    ///
    /// Permissions: admin; those who may take away one of the person's grants.
    #[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person")), responses((status = 202, description = "A mail goes out when the last invitation has expired")))]
    #[post("/api/v1/users/{id}/invitation")]
    pub(crate) async fn invite(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
        let id = id.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find_visible(tx.conn, actor, id);
        caller.act_only(load, move |tx, actor| repeat_invitation(tx, actor, id)).await?;
        Ok(HttpResponse::Accepted().finish())
    }
}
