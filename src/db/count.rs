//! Counts the rows of a query, as far as a limit.

use diesel::RunQueryDsl;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

use super::conn::{Db, MultiBackend};
use crate::error::Result;

/// A query whose rows can be counted.
pub trait Countable {
    /// Counts the rows, at most this many: the database reads no further.
    fn count_rows(&self, conn: &mut Db, most: i64) -> Result<i64>;
}

impl<Q: QueryFragment<MultiBackend>> Countable for Q {
    fn count_rows(&self, conn: &mut Db, most: i64) -> Result<i64> {
        Ok(CountOf { query: self, most }.get_result(conn)?)
    }
}

/// The statement that counts.
struct CountOf<'q, Q> {
    query: &'q Q,
    most: i64,
}

impl<Q> QueryId for CountOf<'_, Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q> Query for CountOf<'_, Q> {
    type SqlType = BigInt;
}

impl<Q> RunQueryDsl<Db> for CountOf<'_, Q> {}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for CountOf<'_, Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("SELECT count(*) FROM (SELECT 1 FROM (");
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(") AS listed LIMIT ");
        out.push_sql(&self.most.to_string());
        out.push_sql(") AS counted");
        Ok(())
    }
}
