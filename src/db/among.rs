//! A column among some values, as a condition that a connection keeps prepared on both databases.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, Bool, HasSqlType, SqlType, is_nullable::NotNull};
use diesel::sqlite::Sqlite;

use super::conn::MultiBackend;

/// `column` (never null) is one of `values`; none match nothing.
///
/// Diesel's `eq_any` has SQLite prepare each list anew, since each length is another text. Here a list is filled up
/// with its last value to the next power of two, so that the texts are few and each is prepared once a connection.
pub fn among<C, V: Clone>(column: C, values: &[V]) -> Among<C, V> {
    Among { column, values: values.to_vec() }
}

/// Loads the rows of a query (written down where it is given, not boxed) whose column is among some ids: what requests
/// ask most, told to either database in its own type. Diesel's enum of connections would write the statement down anew
/// each time, a list of several ids as well; a single id has a type of its own, by which the prepared one is found.
#[macro_export]
macro_rules! load_among {
    ($conn:expr, $query:expr, $column:expr, $ids:expr) => {{
        let (conn, ids): (&mut $crate::db::Db, &[_]) = ($conn, $ids);
        match (conn, ids) {
            ($crate::db::Db::Pg(conn), [id]) => $query.filter($column.eq(*id)).load(conn),
            ($crate::db::Db::Pg(conn), ids) => $query.filter($crate::db::among($column, ids)).load(conn),
            ($crate::db::Db::Sqlite(conn), [id]) => $query.filter($column.eq(*id)).load(conn),
            ($crate::db::Db::Sqlite(conn), ids) => $query.filter($crate::db::among($column, ids)).load(conn),
        }
    }};
}

/// See [`among`].
#[derive(Debug, Clone)]
pub struct Among<C, V> {
    column: C,
    values: Vec<V>,
}

impl<C: Expression, V> Expression for Among<C, V> {
    type SqlType = Bool;
}

impl<C: SelectableExpression<T>, V, T> SelectableExpression<T> for Among<C, V> where Self: AppearsOnTable<T> {}

impl<C: AppearsOnTable<T>, V, T> AppearsOnTable<T> for Among<C, V> where Self: Expression {}

impl<C, V> ValidGrouping<()> for Among<C, V> {
    type IsAggregate = is_aggregate::No;
}

impl<C, V> QueryId for Among<C, V> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, V> QueryFragment<Pg> for Among<C, V>
where
    C: Expression + QueryFragment<Pg>,
    C::SqlType: SqlType<IsNull = NotNull>,
    Pg: HasSqlType<C::SqlType> + HasSqlType<Array<C::SqlType>>,
    V: ToSql<C::SqlType, Pg> + std::fmt::Debug,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY(");
        out.push_bind_param::<Array<C::SqlType>, _>(&self.values)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<C, V> QueryFragment<Sqlite> for Among<C, V>
where
    C: Expression + QueryFragment<Sqlite>,
    Sqlite: HasSqlType<C::SqlType>,
    V: ToSql<C::SqlType, Sqlite>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        let filled = self.values.len().next_power_of_two();
        for (n, value) in self.values.iter().chain(self.values.last().into_iter().cycle()).take(filled).enumerate() {
            if n > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<C::SqlType, _>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}

impl<C, V> QueryFragment<MultiBackend> for Among<C, V>
where
    Self: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(self, pass)
    }
}
