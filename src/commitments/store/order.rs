//! The orders of a list as SQL.

use diesel::prelude::*;

use super::filter::CommitmentQuery;
use super::rows::Row;
use crate::commitments::model::{Key, Sort};
use crate::db::schema::commitments;

impl Row {
    /// Returns the sort key of the row in this order.
    pub(super) fn key(&self, sort: Sort) -> Key {
        match sort {
            Sort::Due => Key::Due(self.due_sort, self.id),
            Sort::DueReversed => Key::DueReversed(self.due_sort, self.id),
            Sort::Updated => Key::Updated(self.updated_at, self.id),
            Sort::UpdatedReversed => Key::UpdatedReversed(self.updated_at, self.id),
            Sort::Code => Key::Code(self.code.clone(), self.id),
        }
    }
}

/// Keeps the rows after a key. Because of the first comparison, the database begins at that place of the index.
macro_rules! behind {
    ($query:expr, $column:ident, $value:expr, $id:expr, $beyond:ident, $from:ident) => {{
        let further = commitments::$column.eq($value.clone()).and(commitments::id.$beyond($id));
        let beyond = commitments::$column.$beyond($value.clone()).or(further);
        $query.filter(commitments::$column.$from($value)).filter(beyond)
    }};
}

/// Sorts a query, and leaves out the rows before the key.
pub(super) fn sorted(query: CommitmentQuery, sort: Sort, after: Option<Key>) -> CommitmentQuery {
    let query = match after {
        None => query,
        Some(Key::Due(day, id)) => behind!(query, due_sort, day, id, gt, ge),
        Some(Key::DueReversed(day, id)) => behind!(query, due_sort, day, id, lt, le),
        Some(Key::Updated(at, id)) => behind!(query, updated_at, at, id, gt, ge),
        Some(Key::UpdatedReversed(at, id)) => behind!(query, updated_at, at, id, lt, le),
        Some(Key::Code(code, id)) => behind!(query, code, code, id, gt, ge),
    };
    match sort {
        Sort::Due => query.order((commitments::due_sort, commitments::id)),
        Sort::DueReversed => query.order((commitments::due_sort.desc(), commitments::id.desc())),
        Sort::Updated => query.order((commitments::updated_at, commitments::id)),
        Sort::UpdatedReversed => query.order((commitments::updated_at.desc(), commitments::id.desc())),
        Sort::Code => query.order((commitments::code, commitments::id)),
    }
}
