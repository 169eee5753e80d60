//! People as those who manage them see them. Reads commissions and memberships too (a read model).

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{Role, insert_grant, users_by_id};
use crate::clock::Instant;
use crate::db::schema::{commissions, countries, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, InstitutionId, MultiBackend, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, GrantInput, User};

/// Whose users an actor may know.
#[derive(Debug, Default)]
pub struct InvitedScope {
    all: bool,
    countries: Vec<String>,
    commissions: Vec<CommissionId>,
    institutions: Vec<InstitutionId>,
}

/// The actor's countries and commissions, and the institutions that sit in them.
pub fn scope(conn: &mut Db, actor: &Actor) -> Result<InvitedScope> {
    if actor.is_admin() {
        return Ok(InvitedScope { all: true, ..InvitedScope::default() });
    }
    let countries: Vec<String> = actor.countries().map(str::to_owned).collect();
    let mut commissions: Vec<CommissionId> = actor.keeps().collect();
    if countries.is_empty() && commissions.is_empty() {
        return Ok(InvitedScope::default());
    }
    let of_countries: Vec<CommissionId> =
        commissions::table.filter(commissions::country_code.eq_any(&countries)).select(commissions::id).load(conn)?;
    commissions.extend(of_countries);
    let mut own: Vec<InstitutionId> = memberships::table
        .filter(memberships::commission_id.eq_any(&commissions))
        .select(memberships::institution_id)
        .distinct()
        .load(conn)?;
    let of_countries: Vec<InstitutionId> = institutions::table
        .filter(institutions::country_code.eq_any(countries.iter().map(Some)))
        .select(institutions::id)
        .load(conn)?;
    own.extend(of_countries);
    Ok(InvitedScope { all: false, countries, commissions, institutions: own })
}

type Condition<'a> = Box<dyn BoxableExpression<users::table, MultiBackend, SqlType = diesel::sql_types::Bool> + 'a>;

fn within(scope: &InvitedScope) -> Condition<'_> {
    let granted = grants::table
        .filter(grants::user_id.eq(users::id))
        .filter(
            grants::country_code
                .eq_any(scope.countries.iter().map(Some))
                .or(grants::commission_id.eq_any(scope.commissions.iter().map(|id| Some(*id))))
                .or(grants::institution_id.eq_any(scope.institutions.iter().map(|id| Some(*id))))
                .assume_not_null(),
        )
        .select(grants::id);
    let belongs = users::institution_id.eq_any(scope.institutions.iter().map(|id| Some(*id)));
    Box::new(exists(granted).or(belongs.assume_not_null()))
}

/// What a list of users is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub email: Option<String>,
    pub institution_id: Option<InstitutionId>,
    pub role: Option<Role>,
    pub disabled: Option<bool>,
}

/// One page of those whom the actor manages or may know, in the order in which they were added.
pub fn list(conn: &mut Db, actor: &Actor, filter: &Filter, paging: &Paging<UserId>) -> Result<Page<User>> {
    let scope = scope(conn, actor)?;
    let mut query = users::table.select(users::id).order(users::id).limit(paging.fetch()).into_boxed();
    if !scope.all {
        query = query.filter(within(&scope));
    }
    if let Some(email) = &filter.email {
        query = query.filter(users::email_folded.eq(email));
    }
    if let Some(id) = filter.institution_id {
        query = query.filter(users::institution_id.eq(id));
    }
    if let Some(role) = filter.role {
        let has = grants::table.filter(grants::user_id.eq(users::id)).filter(grants::role.eq(role)).select(grants::id);
        query = query.filter(exists(has));
    }
    if let Some(disabled) = filter.disabled {
        query = query.filter(users::disabled.eq(disabled));
    }
    if let Some(after) = paging.after {
        query = query.filter(users::id.gt(after));
    }
    let ids: Vec<UserId> = query.load(conn)?;
    let page = Page::cut(ids, paging, |id| *id);
    Ok(Page { items: users_by_id(conn, &page.items)?, next_cursor: page.next_cursor })
}

/// A user whom the actor may know; 404 otherwise.
pub fn visible(conn: &mut Db, actor: &Actor, id: UserId) -> Result<User> {
    let scope = scope(conn, actor)?;
    let mut query = users::table.filter(users::id.eq(id)).select(users::id).into_boxed();
    if !scope.all {
        query = query.filter(within(&scope));
    }
    let id: UserId = query.first(conn)?;
    users_by_id(conn, &[id])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// What decides about grants: where commissions are, and where institutions sit.
#[derive(Debug, Default)]
pub struct Facts {
    pub countries: Vec<String>,
    pub commissions: HashMap<CommissionId, String>,
    pub institutions: HashMap<InstitutionId, InstitutionFacts>,
}

/// Where an institution is and sits, past seats left out.
#[derive(Debug, Default)]
pub struct InstitutionFacts {
    pub country_code: Option<String>,
    pub seats: Vec<(CommissionId, String)>,
}

/// Everything that these grants name.
pub fn facts(conn: &mut Db, named: &[GrantInput], institution: Option<InstitutionId>, now: Instant) -> Result<Facts> {
    let countries: Vec<&String> = named.iter().filter_map(|grant| grant.country_code.as_ref()).collect();
    let commissions: Vec<CommissionId> = named.iter().filter_map(|grant| grant.commission_id).collect();
    let institutions: Vec<InstitutionId> =
        named.iter().filter_map(|grant| grant.institution_id).chain(institution).collect();
    let mut facts = Facts::default();
    if !countries.is_empty() {
        facts.countries =
            countries::table.filter(countries::code.eq_any(countries)).select(countries::code).load(conn)?;
    }
    if !commissions.is_empty() {
        let rows: Vec<(CommissionId, String)> = commissions::table
            .filter(commissions::id.eq_any(commissions))
            .select((commissions::id, commissions::country_code))
            .load(conn)?;
        facts.commissions = rows.into_iter().collect();
    }
    if !institutions.is_empty() {
        facts.institutions = institution_facts(conn, &institutions, now)?;
    }
    Ok(facts)
}

fn institution_facts(
    conn: &mut Db,
    ids: &[InstitutionId],
    now: Instant,
) -> Result<HashMap<InstitutionId, InstitutionFacts>> {
    let rows: Vec<(InstitutionId, Option<String>)> = institutions::table
        .filter(institutions::id.eq_any(ids))
        .select((institutions::id, institutions::country_code))
        .load(conn)?;
    let mut all: HashMap<_, _> =
        rows.into_iter().map(|(id, country_code)| (id, InstitutionFacts { country_code, seats: Vec::new() })).collect();
    let yesterday = now.plus(-chrono::TimeDelta::hours(14)).utc().date_naive();
    let seats: Vec<(InstitutionId, CommissionId, String)> = memberships::table
        .inner_join(commissions::table)
        .filter(memberships::institution_id.eq_any(ids))
        .filter(memberships::to_date.is_null().or(memberships::to_date.ge(yesterday)))
        .select((memberships::institution_id, commissions::id, commissions::country_code))
        .load(conn)?;
    for (id, commission, country) in seats {
        if let Some(one) = all.get_mut(&id) {
            one.seats.push((commission, country));
        }
    }
    Ok(all)
}

/// How many enabled admins there are beside this user.
pub fn other_admins(conn: &mut Db, id: UserId) -> Result<i64> {
    Ok(grants::table
        .inner_join(users::table)
        .filter(grants::role.eq(Role::Admin))
        .filter(users::id.ne(id))
        .filter(users::disabled.eq(false))
        .count()
        .get_result(conn)?)
}

/// Writes everything of a user but grants and password.
pub fn update_user(conn: &mut Db, user: &User, folded: &str) -> Result<()> {
    diesel::update(users::table.filter(users::id.eq(user.id)))
        .set((
            users::email.eq(&user.email),
            users::email_folded.eq(folded),
            users::name.eq(&user.name),
            users::language.eq(user.language),
            users::institution_id.eq(user.institution_id),
            users::disabled.eq(user.disabled),
            users::updated_at.eq(user.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes away and gives grants, so that the user has exactly these.
pub fn replace_grants(conn: &mut Db, user: UserId, before: &[Grant], after: &[Grant], now: Instant) -> Result<()> {
    for gone in before.iter().filter(|old| !after.iter().any(|new| new.id == old.id)) {
        diesel::delete(grants::table.filter(grants::id.eq(gone.id))).execute(conn)?;
    }
    for new in after.iter().filter(|new| !before.iter().any(|old| old.id == new.id)) {
        insert_grant(conn, user, new, now)?;
    }
    Ok(())
}
