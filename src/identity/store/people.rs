//! People as those who manage them see them. Reads commissions and memberships too (a read model).

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{Role, insert_grant, users_by_id};
use crate::clock::Instant;
use crate::db::schema::{commissions, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, InstitutionId, MultiBackend, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, User};

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

/// Grants within the scope.
macro_rules! held {
    ($scope:expr) => {
        grants::country_code
            .eq_any($scope.countries.iter().map(Some))
            .or(grants::commission_id.eq_any($scope.commissions.iter().map(|id| Some(*id))))
            .or(grants::institution_id.eq_any($scope.institutions.iter().map(|id| Some(*id))))
            .assume_not_null()
    };
}

fn within(scope: &InvitedScope) -> Condition<'_> {
    let granted = grants::table.filter(grants::user_id.eq(users::id)).filter(held!(scope)).select(grants::id);
    let belongs = users::institution_id.eq_any(scope.institutions.iter().map(|id| Some(*id)));
    Box::new(exists(granted).or(belongs.assume_not_null()))
}

/// Those with a role that the actor may know of.
fn with_role(scope: &InvitedScope, role: Role) -> Condition<'_> {
    let granted = grants::table.filter(grants::user_id.eq(users::id)).filter(grants::role.eq(role)).select(grants::id);
    if scope.all { Box::new(exists(granted)) } else { Box::new(exists(granted.filter(held!(scope)))) }
}

impl InvitedScope {
    fn knows(&self, grant: &Grant) -> bool {
        self.all
            || grant.country_code.as_ref().is_some_and(|code| self.countries.contains(code))
            || grant.commission_id.is_some_and(|id| self.commissions.contains(&id))
            || grant.institution_id.is_some_and(|id| self.institutions.contains(&id))
    }

    /// The person as the actor may know them: what they are elsewhere is left out.
    fn shown(&self, mut user: User) -> User {
        user.grants.retain(|grant| self.knows(grant));
        user
    }
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
        query = query.filter(with_role(&scope, role));
    }
    if let Some(disabled) = filter.disabled {
        query = query.filter(users::disabled.eq(disabled));
    }
    if let Some(after) = paging.after {
        query = query.filter(users::id.gt(after));
    }
    let ids: Vec<UserId> = query.load(conn)?;
    let page = Page::cut(ids, paging, |id| *id);
    let people = users_by_id(conn, &page.items)?;
    Ok(Page { items: people.into_iter().map(|user| scope.shown(user)).collect(), next_cursor: page.next_cursor })
}

/// A user whom the actor may know, with the grants that they may know; 404 otherwise.
pub fn visible(conn: &mut Db, actor: &Actor, id: UserId) -> Result<User> {
    let scope = scope(conn, actor)?;
    let mut query = users::table.filter(users::id.eq(id)).select(users::id).into_boxed();
    if !scope.all {
        query = query.filter(within(&scope));
    }
    let id: UserId = query.first(conn)?;
    let user = users_by_id(conn, &[id])?.pop().ok_or(Code::NotFound)?;
    Ok(scope.shown(user))
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
