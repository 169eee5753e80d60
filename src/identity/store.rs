//! Users and grants in the database.
//!
//! At every request, the memberships of today decide what a representative may know, so they are read here too (a read
//! model).

/// The columns of a [`UserRow`].
macro_rules! user_columns {
    () => {
        (
            users::id,
            users::email,
            users::name,
            users::language,
            users::institution_id,
            users::disabled,
            users::created_at,
            users::updated_at,
        )
    };
}

/// The columns of a [`GrantRow`], which is absent for a user without grants.
macro_rules! grant_columns {
    () => {
        (grants::id, grants::role, grants::country_code, grants::commission_id, grants::institution_id).nullable()
    };
}

mod grant_context;
pub(super) mod login_sessions;
mod places;
mod visible_users;

#[cfg(test)]
pub(crate) use grant_context::{CommissionInfo, InstitutionInfo};
pub(crate) use grant_context::{GrantContext, grant_context, is_represented_everywhere, named_elsewhere};
pub(crate) use places::{Places, places};
pub(crate) use visible_users::{
    Filter, delete_grants, find_at as find_visible_at, find_if_visible, find_visible, forget_introductions,
    insert_grants, list, oldest_account, other_admins, update_user,
};

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::actor::{Actor, Seat};
use super::model::{Grant, Role, User};
use crate::clock::Instant;
use crate::db::schema::{commissions, countries, grants, memberships, users};
use crate::db::{CommissionId, Db, GrantId, InstitutionId, UserId, unique};
use crate::error::{Code, Result};
use crate::i18n::Lang;

type UserRow = (UserId, String, String, Lang, Option<InstitutionId>, bool, Instant, Instant);
type GrantRow = (GrantId, Role, Option<String>, Option<CommissionId>, Option<InstitutionId>);

fn grant((id, role, country_code, commission_id, institution_id): GrantRow) -> Grant {
    Grant { id, role, country_code, commission_id, institution_id }
}

/// Loads a person with grants and seats; 401 when disabled or gone.
pub(crate) fn load_actor(conn: &mut Db, id: UserId, now: Instant) -> Result<Actor> {
    let user = find_user(conn, id)?.filter(|user| !user.disabled).ok_or(Code::InvalidToken)?;
    with_seats(conn, user, now)
}

/// Returns the person as an actor: with today's seats of the represented institutions.
fn with_seats(conn: &mut Db, user: User, now: Instant) -> Result<Actor> {
    let mut actor = Actor {
        id: user.id,
        email: user.email,
        name: user.name,
        language: user.language,
        institution_id: user.institution_id,
        grants: user.grants,
        seats: Vec::new(),
    };
    let bounded = actor.represented_in().map(|(_, institution)| institution);
    let institutions: Vec<_> = actor.represented_everywhere().chain(bounded).collect();
    if !institutions.is_empty() {
        let mut seats = seats(conn, &institutions, now)?;
        seats.retain(|seat| actor.is_representative_of(seat.institution_id, &[seat.commission_id]));
        actor.seats = seats;
    }
    Ok(actor)
}

/// Loads a user with grants, with one query.
pub(super) fn find_user(conn: &mut Db, id: UserId) -> Result<Option<User>> {
    Ok(users_by_id(conn, &[id])?.pop())
}

/// Loads users with their grants, in the order of their ids, with one query.
pub(crate) fn users_by_id(conn: &mut Db, ids: &[UserId]) -> Result<Vec<User>> {
    let columns = (user_columns!(), grant_columns!());
    let people = users::table.left_join(grants::table).order((users::id, grants::id)).select(columns);
    let rows: Vec<(UserRow, Option<GrantRow>)> = crate::load_among!(conn, people, users::id, ids)?;
    Ok(collect_users(rows))
}

/// The names of users by id.
pub(crate) type UserNames = HashMap<UserId, String>;

/// Loads the names of these users. One query.
pub(crate) fn user_names(conn: &mut Db, ids: impl IntoIterator<Item = UserId>) -> Result<UserNames> {
    let ids = unique(ids);
    if ids.is_empty() {
        return Ok(UserNames::new());
    }
    let rows: Vec<(UserId, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Collects users with their grants, from rows in the order of the users.
fn collect_users(rows: impl IntoIterator<Item = (UserRow, Option<GrantRow>)>) -> Vec<User> {
    let mut all: Vec<User> = Vec::new();
    for ((id, email, name, language, institution_id, disabled, created_at, updated_at), row) in rows {
        if all.last().is_none_or(|last| last.id != id) {
            let grants = Vec::new();
            all.push(User { id, email, name, language, institution_id, grants, disabled, created_at, updated_at });
        }
        if let (Some(user), Some(row)) = (all.last_mut(), row) {
            user.grants.push(grant(row));
        }
    }
    all
}

/// Loads the memberships of these institutions today, by the calendar day of each commission.
fn seats(conn: &mut Db, institutions: &[InstitutionId], now: Instant) -> Result<Vec<Seat>> {
    let (earliest, latest) = (now.plus(TimeDelta::hours(-14)), now.plus(TimeDelta::hours(14)));
    let (earliest, latest) = (earliest.utc().date_naive(), latest.utc().date_naive());
    type Row = (CommissionId, InstitutionId, String, Option<String>, String, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = memberships::table
        .inner_join(commissions::table.inner_join(countries::table))
        .filter(memberships::institution_id.eq_any(institutions))
        .filter(memberships::from_date.is_null().or(memberships::from_date.le(latest)))
        .filter(memberships::to_date.is_null().or(memberships::to_date.ge(earliest)))
        .select((
            commissions::id,
            memberships::institution_id,
            commissions::country_code,
            commissions::time_zone,
            countries::time_zone,
            memberships::from_date,
            memberships::to_date,
        ))
        .load(conn)?;
    let mut seats = Vec::new();
    for (commission_id, institution_id, country_code, own_zone, zone, from, to) in rows {
        let zone: Tz = own_zone.as_deref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
        let today = now.day_in(zone);
        if from.is_none_or(|from| from <= today) && to.is_none_or(|to| today <= to) {
            seats.push(Seat { commission_id, institution_id, country_code });
        }
    }
    Ok(seats)
}

/// The data with which a sign-in is compared.
pub(super) struct Credentials {
    pub id: UserId,
    pub password_hash: Option<String>,
    pub disabled: bool,
    /// The number of times that an admin has unlocked the account.
    pub unlocks: i32,
}

pub(super) fn credentials(conn: &mut Db, email_folded: &str) -> Result<Option<Credentials>> {
    let row = users::table
        .filter(users::email_folded.eq(email_folded))
        .select((users::id, users::password_hash, users::disabled, users::sign_in_unlocks))
        .first::<(UserId, Option<String>, bool, i32)>(conn)
        .optional()?;
    Ok(row.map(|(id, password_hash, disabled, unlocks)| Credentials { id, password_hash, disabled, unlocks }))
}

/// Returns those of these people who have not chosen a password yet.
pub(super) fn without_password(conn: &mut Db, ids: &[UserId]) -> Result<HashSet<UserId>> {
    let invited = users::table.filter(users::id.eq_any(ids)).filter(users::password_hash.is_null());
    Ok(invited.select(users::id).load(conn)?.into_iter().collect())
}

pub(super) fn write_password(conn: &mut Db, user: UserId, hash: &str, now: Instant) -> Result<()> {
    diesel::update(users::table.filter(users::id.eq(user)))
        .set((users::password_hash.eq(hash), users::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Counts one more unlocking of an account.
pub(super) fn unlock(conn: &mut Db, user: UserId) -> Result<()> {
    diesel::update(users::table.find(user)).set(users::sign_in_unlocks.eq(users::sign_in_unlocks + 1)).execute(conn)?;
    Ok(())
}

/// Writes a new user.
pub(super) fn insert_user(
    conn: &mut Db,
    user: &User,
    folded: &str,
    password_hash: Option<&str>,
    now: Instant,
) -> Result<()> {
    diesel::insert_into(users::table)
        .values((
            users::id.eq(user.id),
            users::email.eq(&user.email),
            users::email_folded.eq(folded),
            users::name.eq(&user.name),
            users::language.eq(user.language),
            users::institution_id.eq(user.institution_id),
            users::password_hash.eq(password_hash),
            users::disabled.eq(user.disabled),
            users::created_at.eq(user.created_at),
            users::updated_at.eq(user.updated_at),
        ))
        .execute(conn)?;
    for grant in &user.grants {
        insert_grant(conn, user.id, grant, None, now)?;
    }
    Ok(())
}

fn insert_grant(conn: &mut Db, user: UserId, grant: &Grant, introduction: Option<&str>, now: Instant) -> Result<()> {
    diesel::insert_into(grants::table)
        .values((
            grants::id.eq(grant.id),
            grants::user_id.eq(user),
            grants::role.eq(grant.role),
            grants::country_code.eq(&grant.country_code),
            grants::commission_id.eq(grant.commission_id),
            grants::institution_id.eq(grant.institution_id),
            grants::created_at.eq(now),
            grants::introduction.eq(introduction),
        ))
        .execute(conn)?;
    Ok(())
}
