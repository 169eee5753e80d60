//! Users as an actor may see them. Reads commissions and memberships too (a read model).
//!
//! People who may invite see the users with a grant within their scope, with only those grants, and each user as
//! introduced by the person who gave the first of them. The profile elsewhere, and its age, are not shown.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{Role, insert_grant, users_by_id};
use crate::clock::Instant;
use crate::db::schema::{commissions, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, GrantId, InstitutionId, MultiBackend, UserId};
use crate::error::{Code, Error, Result};
use crate::http::{Page, Paging};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, Introduction, User};
use crate::text::normalize_email;

/// The scope of the grants that an actor may see.
#[derive(Debug, Default)]
struct UserScope {
    all: bool,
    countries: Vec<String>,
    commissions: Vec<CommissionId>,
    institutions: Vec<InstitutionId>,
}

/// Loads the actor's countries and commissions, and the institutions that are members of them.
fn scope(conn: &mut Db, actor: &Actor) -> Result<UserScope> {
    if actor.is_admin() {
        return Ok(UserScope { all: true, ..UserScope::default() });
    }
    let countries: Vec<String> = actor.coordinated_countries().map(str::to_owned).collect();
    let mut commissions: Vec<CommissionId> = actor.secretariat_commissions().collect();
    if countries.is_empty() && commissions.is_empty() {
        return Ok(UserScope::default());
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
    Ok(UserScope { all: false, countries, commissions, institutions: own })
}

type Condition<'a> = Box<dyn BoxableExpression<users::table, MultiBackend, SqlType = diesel::sql_types::Bool> + 'a>;

/// Selects the grants within the scope: a bounded grant by its commission, any other by its institution.
macro_rules! in_scope {
    ($scope:expr) => {{
        let unbounded = grants::commission_id.is_null();
        grants::country_code
            .eq_any($scope.countries.iter().map(Some))
            .or(grants::commission_id.eq_any($scope.commissions.iter().map(|id| Some(*id))))
            .or(unbounded.and(grants::institution_id.eq_any($scope.institutions.iter().map(|id| Some(*id)))))
            .assume_not_null()
    }};
}

/// Selects the people with a grant within the scope that meets a condition.
macro_rules! with_grant {
    ($scope:expr, $condition:expr) => {{
        let granted = grants::table.filter(grants::user_id.eq(users::id)).filter($condition).select(grants::id);
        let condition: Condition<'_> = match $scope.all {
            true => Box::new(exists(granted)),
            false => Box::new(exists(granted.filter(in_scope!($scope)))),
        };
        condition
    }};
}

fn in_scope(scope: &UserScope) -> Condition<'_> {
    with_grant!(scope, grants::id.eq(grants::id))
}

/// A grant, the moment when it was given, and how the person was introduced.
type GivenGrant = (GrantId, Instant, Option<Introduction>);

/// Returns the grants of these people, in the order in which they were given, with one query.
fn given_grants(conn: &mut Db, ids: &[UserId]) -> Result<HashMap<UserId, Vec<GivenGrant>>> {
    let rows: Vec<(UserId, GrantId, Instant, Option<String>)> = grants::table
        .filter(grants::user_id.eq_any(ids))
        .order((grants::created_at, grants::id))
        .select((grants::user_id, grants::id, grants::created_at, grants::introduction))
        .load(conn)?;
    let mut given: HashMap<_, Vec<GivenGrant>> = HashMap::new();
    for (user, id, at, introduction) in rows {
        let introduction = introduction.map(|text| serde_json::from_str(&text).map_err(Error::internal)).transpose()?;
        given.entry(user).or_default().push((id, at, introduction));
    }
    Ok(given)
}

/// Returns these people as the actor may know them.
fn shown(conn: &mut Db, scope: &UserScope, people: Vec<User>) -> Result<Vec<User>> {
    if scope.all {
        return Ok(people);
    }
    let ids: Vec<_> = people.iter().map(|user| user.id).collect();
    let mut given = given_grants(conn, &ids)?;
    Ok(people.into_iter().map(|user| scope.shown(given.remove(&user.id).unwrap_or_default(), user)).collect())
}

impl UserScope {
    fn knows(&self, grant: &Grant) -> bool {
        let unbounded = grant.commission_id.is_none();
        grant.country_code.as_ref().is_some_and(|code| self.countries.contains(code))
            || grant.commission_id.is_some_and(|id| self.commissions.contains(&id))
            || (unbounded && grant.institution_id.is_some_and(|id| self.institutions.contains(&id)))
    }

    /// Returns the person with the grants that the actor may know, and with the introduction and the date of the first
    /// of them.
    fn shown(&self, mut given: Vec<GivenGrant>, mut user: User) -> User {
        user.grants.retain(|grant| self.knows(grant));
        given.retain(|(id, ..)| user.grants.iter().any(|grant| grant.id == *id));
        if let Some((_, last, _)) = given.last() {
            user.updated_at = *last;
        }
        let Some((_, first, introduction)) = given.into_iter().next() else { return user };
        user.created_at = first;
        match introduction {
            Some(Introduction { email, name, language, institution_id }) => {
                User { email, name, language, institution_id, ..user }
            }
            None => user,
        }
    }
}

/// Filters of a list of users.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub email: Option<String>,
    pub institution_id: Option<InstitutionId>,
    pub role: Option<Role>,
    pub disabled: Option<bool>,
    /// Only people who represent an institution in a single commission, or in every one.
    pub bounded: Option<bool>,
}

/// Returns one page of the people whom the actor manages or may know, in the order of their ids.
pub(crate) fn list(conn: &mut Db, actor: &Actor, filter: &Filter, paging: &Paging<UserId>) -> Result<Page<User>> {
    let scope = scope(conn, actor)?;
    let mut query = users::table.select(users::id).order(users::id).into_boxed();
    if !scope.all {
        query = query.filter(in_scope(&scope));
    }
    if let Some(email) = &filter.email {
        query = query.filter(users::email_folded.eq(email));
    }
    if let Some(id) = filter.institution_id {
        // For admins, the people who belong to the institution; for others, those who represent it.
        query = match scope.all {
            true => query.filter(users::institution_id.eq(id)),
            false => query.filter(with_grant!(&scope, grants::institution_id.eq(id))),
        };
    }
    if let Some(role) = filter.role {
        query = query.filter(with_grant!(&scope, grants::role.eq(role)));
    }
    if let Some(wanted) = filter.bounded {
        let represents = grants::role.eq(Role::Representative);
        query = match wanted {
            true => query.filter(with_grant!(&scope, represents.and(grants::commission_id.is_not_null()))),
            false => query.filter(with_grant!(&scope, represents.and(grants::commission_id.is_null()))),
        };
    }
    if let Some(disabled) = filter.disabled {
        query = query.filter(users::disabled.eq(disabled));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(users::id.gt(after));
    }
    let ids: Vec<UserId> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(ids, paging, |id| *id).counted(total);
    page.complete(|ids| {
        let people = users_by_id(conn, &ids)?;
        shown(conn, &scope, people)
    })
}

/// Loads a user whom the actor may know, with the grants that the actor may know; None when there is no such user.
pub(crate) fn find_if_visible(conn: &mut Db, actor: &Actor, id: UserId) -> Result<Option<User>> {
    let scope = scope(conn, actor)?;
    let mut query = users::table.filter(users::id.eq(id)).select(users::id).into_boxed();
    if !scope.all {
        query = query.filter(in_scope(&scope));
    }
    let Some(id) = query.first(conn).optional()? else { return Ok(None) };
    let people = users_by_id(conn, &[id])?;
    Ok(shown(conn, &scope, people)?.pop())
}

/// Does the same; 404 when there is no such user.
pub(crate) fn find_visible(conn: &mut Db, actor: &Actor, id: UserId) -> Result<User> {
    find_if_visible(conn, actor, id)?.ok_or_else(|| Code::NotFound.into())
}

/// Returns the person with this address, if there is one whom the actor may see.
pub(crate) fn find_at(conn: &mut Db, actor: &Actor, address: &str) -> Result<Option<User>> {
    let own = users::email_folded.eq(normalize_email(address));
    let id: Option<UserId> = users::table.filter(own).select(users::id).first(conn).optional()?;
    id.map_or(Ok(None), |id| find_if_visible(conn, actor, id))
}

/// Returns the moment when the oldest account was made; None where there is no account yet.
pub(crate) fn oldest_account(conn: &mut Db) -> Result<Option<Instant>> {
    Ok(users::table.select(diesel::dsl::min(users::created_at)).first(conn)?)
}

/// Forgets how a person was introduced, once the person or an admin has changed the profile: everybody then sees the
/// profile.
pub(crate) fn forget_introductions(conn: &mut Db, user: UserId) -> Result<()> {
    let introduced = grants::table.filter(grants::user_id.eq(user)).filter(grants::introduction.is_not_null());
    diesel::update(introduced).set(grants::introduction.eq(None::<String>)).execute(conn)?;
    Ok(())
}

/// Counts the enabled admins other than this user.
pub(crate) fn other_admins(conn: &mut Db, id: UserId) -> Result<i64> {
    Ok(grants::table
        .inner_join(users::table)
        .filter(grants::role.eq(Role::Admin))
        .filter(users::id.ne(id))
        .filter(users::disabled.eq(false))
        .count()
        .get_result(conn)?)
}

/// Writes everything of a user but grants and password.
pub(crate) fn update_user(conn: &mut Db, user: &User, folded: &str) -> Result<()> {
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

/// Gives grants to a person, and keeps how the person was introduced.
pub(crate) fn insert_grants(
    conn: &mut Db,
    user: UserId,
    new: &[Grant],
    introduction: Option<&Introduction>,
    now: Instant,
) -> Result<()> {
    let introduction = introduction.map(serde_json::to_string).transpose().map_err(Error::internal)?;
    for grant in new {
        insert_grant(conn, user, grant, introduction.as_deref(), now)?;
    }
    Ok(())
}

pub(crate) fn delete_grants(conn: &mut Db, ids: &[GrantId]) -> Result<()> {
    diesel::delete(grants::table.filter(grants::id.eq_any(ids))).execute(conn)?;
    Ok(())
}
