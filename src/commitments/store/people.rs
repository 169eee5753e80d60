//! People as updates, reviews and decisions name them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::commitments::model::Person;
use crate::db::schema::users;
use crate::db::{Db, UserId};
use crate::error::Result;

/// People by id.
pub type UserNames = HashMap<UserId, String>;

/// The names of these people: one query.
pub fn user_names(conn: &mut Db, mut ids: Vec<UserId>) -> Result<UserNames> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(UserNames::new());
    }
    let rows: Vec<(UserId, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Somebody as the record names them; none for the program itself.
pub fn person(names: &UserNames, id: Option<UserId>) -> Option<Person> {
    let id = id?;
    Some(Person { id, name: names.get(&id).cloned().unwrap_or_default() })
}
