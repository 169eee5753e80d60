//! Persons who represent an institution in a commission for a period.
//!
//! Everybody who may see the commission sees their names. Their addresses, and the users that they are, are shown only
//! to those who may write the commission's record and to the representatives of the same institution.
//!
//! While the institution is a member, its representatives enter and change its delegates too. Their routes are in
//! `notifications`, because the secretariat is notified.

mod rights;
mod store;

use std::collections::HashMap;

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::memberships_on;
use super::scope::{self, PeriodFilter};
use crate::access::{CommissionRef, check_institutions, may_write};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::contact_changes::{self, ContactChange, ContactChangeKind};
use crate::db::{CommissionId, Db, DelegateId, InstitutionId, Tx, UserId};
use crate::error::{Faults, Result};
use crate::http::{Input, Page, Paging};
use crate::identity::{Actor, users_by_id};
use crate::translations::{Translations, check_remarks};

pub(crate) use api::routes;
use rights::require_may_write;
pub(crate) use rights::{delegate_to_change, delegate_with_commission, delegating_institutions};

crate::text_enum! {
    /// The capacity in which a delegate represents the institution.
    Capacity {
        /// First delegate («titular»).
        Principal = "principal",
        /// Replaces the principal («suplente», «alterno», «accesitario»).
        Alternate = "alternate",
    }
}

/// The content of a delegate: a user, or a person by name. The first and the last day are included.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct DelegateInput {
    /// The institution that the delegate represents.
    pub institution_id: InstitutionId,
    /// The capacity in which the delegate represents it.
    #[schema(examples("principal"))]
    pub capacity: Capacity,
    /// The user, if the person is a user who represents the institution; otherwise `name` is required.
    #[deserr(default)]
    pub user_id: Option<UserId>,
    /// The person's name, if not a user. Readers who may not see `user_id` get the user's name here.
    #[deserr(default)]
    #[schema(examples("Ana Rojas"), max_length = 300)]
    pub name: Option<String>,
    /// The address for reminders, if the person is not a user.
    #[deserr(default)]
    #[schema(examples("ana.rojas@example.org"), max_length = 254)]
    pub email: Option<String>,
    /// The person's position in the institution.
    #[deserr(default)]
    #[schema(examples("Jefa de gabinete"), max_length = 300)]
    pub position: Option<String>,
    /// The first day.
    #[deserr(default)]
    #[schema(examples("2023-05-01"))]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub to: Option<NaiveDate>,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &["position"];

impl Input for DelegateInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.user_id.is_none() && self.name.is_none() {
            faults.add_with("/user_id", "one_of", vec![("fields", "user_id, name".into())]);
        }
        if self.user_id.is_some() {
            for (pointer, present) in [("/name", self.name.is_some()), ("/email", self.email.is_some())] {
                if present {
                    faults.add_with(pointer, "not_together", vec![("field", "user_id".into())]);
                }
            }
        }
        faults.opt_line("/name", self.name.as_ref(), 300);
        faults.email("/email", self.email.as_ref());
        faults.opt_line("/position", self.position.as_ref(), 300);
        faults.ordered("/to", self.from, self.to);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

impl DelegateInput {
    /// Returns true if the delegate represents the institution on a day.
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Returns the content without note and translations, a change of which concerns nobody else.
    fn without_remarks(&self) -> Self {
        Self { note: None, translations: Translations::default(), ..self.clone() }
    }

    /// Removes the name and address of a user, which belong to the user's own record.
    pub(crate) fn without_user_details(self) -> Self {
        match self.user_id {
            Some(_) => Self { name: None, email: None, ..self },
            None => self,
        }
    }
}

/// A person who represents an institution in a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Delegate {
    /// The delegate's id.
    pub id: DelegateId,
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub fields: DelegateInput,
    /// The user who represents the institution under the address of this delegate: set it as `user_id` to link them.
    /// Absent for readers who may not see the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linkable_user_id: Option<UserId>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Delegate {
    pub(crate) fn input(&self) -> DelegateInput {
        self.fields.clone().without_user_details()
    }
}

crate::nothing_restricted!(Delegate);

pub(crate) fn create_delegate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    input: DelegateInput,
) -> Result<Delegate> {
    let target = scope::visible(tx.conn, actor, commission)?;
    require_may_write((tx.conn, tx.now), actor, &target, input.institution_id)?;
    check_references(tx, commission, &input, None)?;
    let delegate = Delegate {
        id: new_id(tx.now),
        commission_id: commission,
        fields: input,
        linkable_user_id: None,
        created_at: tx.now,
        updated_at: tx.now,
    };
    store::insert(tx.conn, &delegate)?;
    audit::created(tx, "delegate", delegate.id, Some(&target.country_code), &delegate)?;
    record_change(tx, ContactChangeKind::DelegateAdded, None, Some(&delegate))?;
    store::find(tx.conn, commission, delegate.id)
}

pub(crate) fn update_delegate(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: DelegateId,
    input: DelegateInput,
) -> Result<Delegate> {
    let target = scope::visible(tx.conn, actor, commission)?;
    let before = store::find(tx.conn, commission, id)?;
    require_may_write((tx.conn, tx.now), actor, &target, before.fields.institution_id)?;
    if input.institution_id != before.fields.institution_id {
        require_may_write((tx.conn, tx.now), actor, &target, input.institution_id)?;
    }
    check_references(tx, commission, &input, Some(&before.fields))?;
    let after = Delegate { fields: input, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "delegate", id, Some(&target.country_code), &before, &after)?;
    if before.fields.without_remarks() != after.fields.without_remarks() {
        record_change(tx, ContactChangeKind::DelegateChanged, Some(&before), Some(&after))?;
    }
    store::find(tx.conn, commission, id)
}

/// Removes the notes of the delegates that the actor may not change. A representative reads the notes of the delegates
/// of the institution only while it is a member.
fn hide_notes(
    conn: &mut Db,
    actor: &Actor,
    commission: &CommissionRef,
    now: Instant,
    delegates: &mut [Delegate],
) -> Result<()> {
    if may_write(actor, &commission.country_code, &[commission.id]) {
        return Ok(());
    }
    let members = memberships_on(conn, &[commission.id], commission.today(now))?;
    for fields in delegates.iter_mut().map(|one| &mut one.fields) {
        let institution = fields.institution_id;
        let represents = actor.is_representative_of(institution, &[commission.id]);
        let is_member = members.iter().any(|member| member.fields.institution_id == institution);
        fields.note = fields.note.take().filter(|_| represents && is_member);
    }
    Ok(())
}

/// Deletes a delegate created by mistake; a delegate who has left gets a last day instead.
pub(super) fn delete_delegate(tx: &mut Tx<'_>, actor: &Actor, delegate: Delegate) -> Result<()> {
    let target = scope::writable_by_secretariat(tx.conn, actor, delegate.commission_id)?;
    store::delete(tx.conn, delegate.id)?;
    record_change(tx, ContactChangeKind::DelegateRemoved, Some(&delegate), None)?;
    audit::deleted(tx, "delegate", delegate.id, Some(&target.country_code), &delegate)
}

/// Records a change of delegates, so that the people concerned are notified.
fn record_change(
    tx: &mut Tx<'_>,
    kind: ContactChangeKind,
    before: Option<&Delegate>,
    after: Option<&Delegate>,
) -> Result<()> {
    let Some(delegate) = after.or(before) else { return Ok(()) };
    let users: Vec<UserId> = before.iter().chain(&after).filter_map(|one| one.fields.user_id).collect();
    let users = users_by_id(tx.conn, &users)?;
    let account = |one: &Delegate| users.iter().find(|user| Some(user.id) == one.fields.user_id);
    let address = |one: &Delegate| account(one).map(|user| user.email.clone()).or_else(|| one.fields.email.clone());
    let (old, new) = (before.and_then(address), after.and_then(address));
    let change = ContactChange {
        institution: delegate.fields.institution_id,
        commission: Some(delegate.commission_id),
        kind,
        old_address: old.clone().filter(|_| old != new),
        new_address: new,
        person: account(delegate).map(|user| user.name.clone()).or_else(|| delegate.fields.name.clone()),
    };
    contact_changes::record(tx, &change)
}

/// Checks the references: a user must represent the institution in the commission. An unchanged user is not checked
/// again.
fn check_references(
    tx: &mut Tx<'_>,
    commission: CommissionId,
    input: &DelegateInput,
    before: Option<&DelegateInput>,
) -> Result<()> {
    let mut faults = tx.faults();
    let institution = ("/institution_id".to_owned(), input.institution_id);
    check_institutions(tx.conn, &[institution], &mut faults)?;
    let unchanged =
        before.is_some_and(|old| (old.user_id, old.institution_id) == (input.user_id, input.institution_id));
    if let Some(user) = input.user_id.filter(|_| !unchanged && !faults.is_unread("/institution_id")) {
        let found = users_by_id(tx.conn, &[user])?;
        if !found.iter().any(|user| user.represents(input.institution_id, commission)) {
            faults.add("/user_id", "unknown_reference");
        }
    }
    faults.into_result()
}

/// Returns one page of a commission's delegates, without the contact details that the actor may not see.
fn list_visible(
    conn: &mut Db,
    actor: &Actor,
    commission: CommissionId,
    (filter, now): (&PeriodFilter, Instant),
    paging: &Paging<DelegateId>,
) -> Result<Page<Delegate>> {
    let target = scope::visible(conn, actor, commission)?;
    let mut page = store::list(conn, commission, filter, paging)?;
    hide_contact(conn, actor, &target, &mut page.items)?;
    hide_notes(conn, actor, &target, now, &mut page.items)?;
    Ok(page)
}

/// Returns one delegate, without the contact details that the actor may not see; 404 if the actor may not see the
/// commission.
fn find_visible(
    conn: &mut Db,
    actor: &Actor,
    (commission, id): (CommissionId, DelegateId),
    now: Instant,
) -> Result<Delegate> {
    let target = scope::visible(conn, actor, commission)?;
    let mut delegate = store::find(conn, commission, id)?;
    hide_contact(conn, actor, &target, std::slice::from_mut(&mut delegate))?;
    hide_notes(conn, actor, &target, now, std::slice::from_mut(&mut delegate))?;
    Ok(delegate)
}

/// Returns every delegate of a country's commissions, in the order of their ids; users with their name and address.
pub(crate) fn delegates_of_country(conn: &mut Db, country: &str) -> Result<Vec<Delegate>> {
    let delegates = store::all_of_country(conn, country)?;
    with_user_details(conn, delegates)
}

/// Returns every delegate of these commissions on a day, principals first; users with their name and address.
pub(crate) fn delegates_on(conn: &mut Db, commissions: &[CommissionId], day: NaiveDate) -> Result<Vec<Delegate>> {
    let delegates = store::all_on(conn, commissions, day)?;
    with_user_details(conn, delegates)
}

/// Returns the delegates of a commission on a day as the actor may see them: all with their names, addresses only for
/// those who may see them.
pub(super) fn shown_on(conn: &mut Db, actor: &Actor, target: &CommissionRef, day: NaiveDate) -> Result<Vec<Delegate>> {
    let mut delegates = delegates_on(conn, &[target.id], day)?;
    for one in &mut delegates {
        hide_address(actor, target, one);
    }
    Ok(delegates)
}

/// Returns today's delegates of an institution in these commissions, as the actor may see them.
pub(crate) fn delegates_of_institution(
    conn: &mut Db,
    actor: &Actor,
    institution: InstitutionId,
    commissions: &[CommissionRef],
    now: Instant,
) -> Result<Vec<Delegate>> {
    let ids: Vec<CommissionId> = commissions.iter().map(|one| one.id).collect();
    let mut delegates = store::of_institution(conn, institution, &ids)?;
    let of = |one: &Delegate| commissions.iter().find(|commission| commission.id == one.commission_id);
    delegates.retain(|one| of(one).is_some_and(|commission| one.fields.holds_on(commission.today(now))));
    let mut delegates = with_user_details(conn, delegates)?;
    for one in &mut delegates {
        if let Some(commission) = commissions.iter().find(|commission| commission.id == one.commission_id) {
            hide_address(actor, commission, one);
        }
    }
    Ok(delegates)
}

/// Removes the address of a delegate that the actor may not see.
fn hide_address(actor: &Actor, commission: &CommissionRef, delegate: &mut Delegate) {
    if !may_see_contact(actor, commission, delegate.fields.institution_id) {
        (delegate.fields.email, delegate.fields.user_id, delegate.linkable_user_id) = (None, None, None);
    }
}

fn with_user_details(conn: &mut Db, mut delegates: Vec<Delegate>) -> Result<Vec<Delegate>> {
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

/// Removes user ids and addresses that the actor may not see: one query for any number of delegates.
fn hide_contact(conn: &mut Db, actor: &Actor, target: &CommissionRef, delegates: &mut [Delegate]) -> Result<()> {
    let may_see = |institution| may_see_contact(actor, target, institution);
    let mut hidden: Vec<_> = delegates.iter_mut().filter(|one| !may_see(one.fields.institution_id)).collect();
    hidden.iter_mut().for_each(|one| one.linkable_user_id = None);
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

/// Returns true if the actor may write the commission's record or represents this institution in it.
fn may_see_contact(actor: &Actor, commission: &CommissionRef, institution: InstitutionId) -> bool {
    may_write(actor, &commission.country_code, &[commission.id])
        || actor.is_representative_of(institution, &[commission.id])
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get};

    use super::*;
    use crate::http::Query;
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(show).service(remove);
    }

    /// List a commission's delegates
    ///
    /// In the order of creation.
    ///
    /// Permissions: those who may see the commission. `email` and `user_id` are shown only to its secretariat, the
    /// coordinator of its country, admins and the representatives of the institution; others get the name alone. `note` is
    /// shown to the same people, to representatives only while their institution is a member.
    #[utoipa::path(tag = "commissions", params(PeriodFilter), responses((status = 200, description = "One page", body = Page<Delegate>)))]
    #[get("/api/v1/commissions/{id}/delegates")]
    pub(crate) async fn list(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<PeriodFilter>,
    ) -> Result<HttpResponse> {
        let filter = query.0;
        let paging = filter.paging()?;
        let now = caller.state.now();
        caller.list(move |conn, actor| list_visible(conn, actor, *id, (&filter, now), &paging)).await
    }

    /// Show a delegate
    ///
    /// Permissions: as for the list.
    #[utoipa::path(tag = "commissions", responses((status = 200, description = "The delegate", body = Delegate)))]
    #[get("/api/v1/commissions/{id}/delegates/{delegate_id}")]
    pub(crate) async fn show(caller: Caller, path: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
        let (ids, now) = (path.into_inner(), caller.state.now());
        caller.show(move |conn, actor| find_visible(conn, actor, ids, now)).await
    }

    /// Delete a delegate
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin.
    #[utoipa::path(tag = "commissions", responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/commissions/{id}/delegates/{delegate_id}")]
    pub(crate) async fn remove(caller: Caller, path: Path<(CommissionId, DelegateId)>) -> Result<HttpResponse> {
        let (id, delegate) = path.into_inner();
        caller.delete(load(id, delegate), delete_delegate).await
    }

    fn load(id: CommissionId, delegate: DelegateId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Delegate> {
        scope::load_writable(scope::writable_by_secretariat, id, move |conn, id| store::find(conn, id, delegate))
    }
}
