//! Lists: rows by a list of ids, inserts of many rows, and link tables (the commissions, themes or institutions of a
//! record), which are loaded with one query for a whole page of records.

use std::collections::HashMap;
use std::hash::Hash;

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, Bool, HasSqlType, SqlType, is_nullable::NotNull};
use diesel::sqlite::Sqlite;

use super::conn::MultiBackend;

/// Returns the values in their order, each once.
pub fn unique<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Groups values by key, in the order in which they came.
pub fn grouped<K: Eq + Hash, V>(rows: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut lists: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in rows {
        lists.entry(key).or_default().push(value);
    }
    lists
}

/// Makes the condition that `column` (never null) has one of `values`. Without values it matches nothing.
///
/// With Diesel's `eq_any`, SQLite prepares a statement for each length of a list. Here a list is filled up with its
/// last value to the next power of two, so that the statements are few and each is prepared once for a connection.
pub fn among<C, V: Clone>(column: C, values: &[V]) -> Among<C, V> {
    Among { column, values: values.to_vec() }
}

/// Loads the rows of a query whose column has one of some ids. The query is an expression, not boxed. Used for the most
/// frequent queries: each database gets the statement in its own type, because Diesel's enum of connections would
/// write its text again each time. A single id makes a type of its own, by which the prepared statement is found.
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

/// The condition that [`among`] makes.
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

/// Returns the condition that a row with a first and a last day (memberships, named institutions) holds on a day between
/// the first and the last of a duty. Days that are missing are open.
#[macro_export]
macro_rules! within_duty {
    ($table:ident) => {
        $table::to_date.is_null().or($table::to_date.assume_not_null().ge(duties::starts_from)).and(
            $table::from_date
                .is_null()
                .or(duties::ends_to.is_null())
                .or($table::from_date.assume_not_null().le(duties::ends_to.assume_not_null())),
        )
    };
}

/// Inserts rows in one statement. Does nothing without rows. The enum of connections cannot take a list, each of the
/// two databases can.
#[macro_export]
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (conn, rows): (&mut $crate::db::Db, _) = ($conn, $rows);
        if !rows.is_empty() {
            match conn {
                $crate::db::Db::Pg(inner) => {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(rows), inner)?
                }
                $crate::db::Db::Sqlite(inner) => {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(rows), inner)?
                }
            };
        }
        Ok::<(), $crate::error::Error>(())
    }};
}

/// The number of rows from which PostgreSQL is sent a stream of rows instead of a statement with their values.
pub const STREAMED_ROWS: usize = 16;

/// Inserts the rows of a slice that may be long. PostgreSQL reads many rows as a stream (`COPY`): it would need as long
/// to parse and plan a statement with thousands of values as to write the rows.
#[macro_export]
macro_rules! insert_many {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (conn, rows): (&mut $crate::db::Db, &[_]) = ($conn, $rows);
        match conn {
            $crate::db::Db::Pg(inner) if rows.len() >= $crate::db::STREAMED_ROWS => {
                let stream = diesel::copy_from($table).from_insertable(rows);
                diesel::ExecuteCopyFromDsl::execute(stream, inner)?;
                Ok(())
            }
            conn => $crate::insert_all!(conn, $table, rows),
        }
    }};
}

/// Inserts the rows of a slice. The statement for a single row stays prepared.
#[macro_export]
macro_rules! insert_some {
    ($conn:expr, $table:expr, $rows:expr) => {
        match $rows {
            [row] => {
                diesel::RunQueryDsl::execute(diesel::insert_into($table).values(row), $conn)?;
                Ok(())
            }
            rows => $crate::insert_many!($conn, $table, rows),
        }
    };
}

/// Declares `load` and `replace` for a link table with an owner, a position and a value.
///
/// `load(conn, &[owner]) -> HashMap<owner, Vec<value>>` in order; `replace(conn, owner, &[value])`.
#[macro_export]
macro_rules! ordered_links {
    ($(#[$doc:meta])* $module:ident: $table:ident ($owner:ident: $owner_type:ty, $value:ident: $value_type:ty)) => {
        $(#[$doc])*
        pub(super) mod $module {
            use std::collections::HashMap;

            use diesel::prelude::*;

            use $crate::db::{Db, schema::$table::dsl};
            use $crate::error::Result;

            pub(crate) fn load(conn: &mut Db, owners: &[$owner_type]) -> Result<HashMap<$owner_type, Vec<$value_type>>> {
                if owners.is_empty() {
                    return Ok(HashMap::new());
                }
                let links = dsl::$table.order((dsl::$owner, dsl::position)).select((dsl::$owner, dsl::$value));
                let rows: Vec<($owner_type, $value_type)> = $crate::load_among!(conn, links, dsl::$owner, owners)?;
                Ok($crate::db::grouped(rows))
            }

            pub(crate) fn insert(conn: &mut Db, owner: $owner_type, values: &[$value_type]) -> Result<()> {
                let rows: Vec<_> = (0_i32..)
                    .zip(values)
                    .map(|(position, value)| (dsl::$owner.eq(owner), dsl::position.eq(position), dsl::$value.eq(value)))
                    .collect();
                $crate::insert_all!(conn, dsl::$table, &rows)
            }

            pub(crate) fn replace(conn: &mut Db, owner: $owner_type, values: &[$value_type]) -> Result<()> {
                diesel::delete(dsl::$table.filter(dsl::$owner.eq(owner))).execute(conn)?;
                insert(conn, owner, values)
            }
        }
    };
}

/// Declares the same functions for a link table without positions: the themes of a record, in the order of the enum.
#[macro_export]
macro_rules! theme_links {
    ($module:ident: $table:ident ($owner:ident: $owner_type:ty)) => {
        pub(super) mod $module {
            use std::collections::HashMap;

            use diesel::prelude::*;

            use $crate::db::{Db, schema::$table::dsl};
            use $crate::error::Result;
            use $crate::themes::Theme;

            pub(crate) fn load(conn: &mut Db, owners: &[$owner_type]) -> Result<HashMap<$owner_type, Vec<Theme>>> {
                if owners.is_empty() {
                    return Ok(HashMap::new());
                }
                let links = dsl::$table.select((dsl::$owner, dsl::theme));
                let rows: Vec<($owner_type, Theme)> = $crate::load_among!(conn, links, dsl::$owner, owners)?;
                let mut lists = $crate::db::grouped(rows);
                lists.values_mut().for_each(|list| list.sort_unstable());
                Ok(lists)
            }

            pub(crate) fn insert(conn: &mut Db, owner: $owner_type, themes: &[Theme]) -> Result<()> {
                let rows: Vec<_> = themes.iter().map(|theme| (dsl::$owner.eq(owner), dsl::theme.eq(theme))).collect();
                $crate::insert_all!(conn, dsl::$table, &rows)
            }

            pub(crate) fn replace(conn: &mut Db, owner: $owner_type, themes: &[Theme]) -> Result<()> {
                diesel::delete(dsl::$table.filter(dsl::$owner.eq(owner))).execute(conn)?;
                insert(conn, owner, themes)
            }
        }
    };
}

/// Declares the same functions for the documents attached to a record, in their order. The type of a document has
/// `title`, `file_id` and `url`.
#[macro_export]
macro_rules! attachment_links {
    ($module:ident: $table:ident ($owner:ident: $owner_type:ty) -> $attachment:ty) => {
        pub(super) mod $module {
            use std::collections::HashMap;

            use diesel::prelude::*;

            use $crate::db::{Db, FileId, schema::$table::dsl};
            use $crate::error::Result;

            type Attachment = $attachment;

            pub(crate) fn load(conn: &mut Db, owners: &[$owner_type]) -> Result<HashMap<$owner_type, Vec<Attachment>>> {
                if owners.is_empty() {
                    return Ok(HashMap::new());
                }
                type Row = ($owner_type, String, Option<FileId>, Option<String>);
                let links = dsl::$table.order((dsl::$owner, dsl::position)).select((
                    dsl::$owner,
                    dsl::title,
                    dsl::file_id,
                    dsl::url,
                ));
                let rows: Vec<Row> = $crate::load_among!(conn, links, dsl::$owner, owners)?;
                let attachment = |(owner, title, file_id, url): Row| (owner, Attachment { title, file_id, url });
                Ok($crate::db::grouped(rows.into_iter().map(attachment)))
            }

            pub(crate) fn insert(conn: &mut Db, owner: $owner_type, attached: &[Attachment]) -> Result<()> {
                let row = |(position, one): (i32, &Attachment)| {
                    (
                        dsl::$owner.eq(owner),
                        dsl::position.eq(position),
                        dsl::title.eq(one.title.clone()),
                        dsl::file_id.eq(one.file_id),
                        dsl::url.eq(one.url.clone()),
                    )
                };
                let rows: Vec<_> = (0_i32..).zip(attached).map(row).collect();
                $crate::insert_all!(conn, dsl::$table, &rows)
            }

            pub(crate) fn replace(conn: &mut Db, owner: $owner_type, attached: &[Attachment]) -> Result<()> {
                diesel::delete(dsl::$table.filter(dsl::$owner.eq(owner))).execute(conn)?;
                insert(conn, owner, attached)
            }
        }
    };
}
