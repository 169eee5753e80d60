//! The filters of the list that a person named.

use diesel::prelude::*;

use crate::db::schema::saved_views::dsl;
use crate::db::{Db, Tx, UserId};
use crate::error::Result;

/// The maximum number of views of one person.
pub(crate) const MOST_VIEWS: usize = 20;

/// The filters of the list under a name.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, serde::Serialize)]
pub(crate) struct SavedView {
    pub name: String,
    /// The query string of the list.
    pub query: String,
}

/// Returns the views of a person, in the order of their names.
pub(crate) fn views_of(conn: &mut Db, user: UserId) -> Result<Vec<SavedView>> {
    Ok(dsl::saved_views.filter(dsl::user_id.eq(user)).order(dsl::name).select((dsl::name, dsl::query)).load(conn)?)
}

/// Saves a view; one of the same name is replaced.
pub(crate) fn keep_view(tx: &mut Tx<'_>, user: UserId, view: &SavedView) -> Result<()> {
    forget_view(tx, user, &view.name)?;
    diesel::insert_into(dsl::saved_views)
        .values((
            dsl::user_id.eq(user),
            dsl::name.eq(&view.name),
            dsl::query.eq(&view.query),
            dsl::created_at.eq(tx.now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Deletes a view, if the person has it.
pub(crate) fn forget_view(tx: &mut Tx<'_>, user: UserId, name: &str) -> Result<()> {
    diesel::delete(dsl::saved_views.find((user, name))).execute(tx.conn)?;
    Ok(())
}
