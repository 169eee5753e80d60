//! People as updates, reviews and decisions name them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::commitments::model::Person;
use crate::db::schema::users;
use crate::db::{Db, UserId};
use crate::error::Result;

/// People by id.
pub type Names = HashMap<UserId, String>;

/// The names of these people: one query.
pub fn names(conn: &mut Db, mut ids: Vec<UserId>) -> Result<Names> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Names::new());
    }
    let rows: Vec<(UserId, String)> =
        users::table.filter(users::id.eq_any(ids)).select((users::id, users::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Somebody as the record names them; none for the program itself.
pub fn person(names: &Names, id: Option<UserId>) -> Option<Person> {
    let id = id?;
    Some(Person { id, name: names.get(&id).cloned().unwrap_or_default() })
}
