//! Statements that are written as text, for both databases: values as literals, and functions that differ.
//!
//! Used for lists and counts over several tables, which the query builder cannot express. Every value is an id, a day, a
//! moment or a quoted text; the statement is the same for both databases in everything else.

use std::fmt::Write;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use uuid::Uuid;

use super::conn::Db;
use crate::clock::Instant;
use crate::error::Result;

/// The database that a statement is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Postgres,
    Sqlite,
}

impl Dialect {
    /// Returns the dialect of a connection.
    pub(crate) fn of(conn: &Db) -> Self {
        match conn {
            Db::Pg(_) => Self::Postgres,
            Db::Sqlite(_) => Self::Sqlite,
        }
    }

    /// Writes an id.
    pub(crate) fn id(self, id: impl Into<Uuid>) -> String {
        let id: Uuid = id.into();
        match self {
            Self::Postgres => format!("CAST('{id}' AS uuid)"),
            Self::Sqlite => format!("x'{}'", id.simple()),
        }
    }

    /// Writes a list of ids for `IN`. A list without ids matches nothing.
    pub(crate) fn ids<T: Into<Uuid>>(self, ids: impl IntoIterator<Item = T>) -> String {
        list(ids.into_iter().map(|id| self.id(id)))
    }

    /// Writes a list of texts for `IN`. A list without texts matches nothing.
    pub(crate) fn texts<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> String {
        list(texts.into_iter().map(|text| self.text(text)))
    }

    /// Writes a text in quotes.
    pub(crate) fn text(self, text: &str) -> String {
        format!("'{}'", text.replace('\'', "''").replace('\0', ""))
    }

    /// Writes a day.
    /// A day before year 1, which PostgreSQL writes differently, becomes the first of year 1.
    pub(crate) fn day(self, day: NaiveDate) -> String {
        let day = day.max(NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(day));
        match self {
            Self::Postgres => format!("DATE '{}'", day.format("%Y-%m-%d")),
            Self::Sqlite => format!("'{}'", day.format("%Y-%m-%d")),
        }
    }

    /// Writes a moment, as it is stored.
    pub(crate) fn instant(self, at: Instant) -> String {
        let text = at.utc().format("%F %T%.f");
        match self {
            Self::Postgres => format!("TIMESTAMP '{text}'"),
            Self::Sqlite => format!("'{text}'"),
        }
    }

    /// Writes the day that lies a number of days before another; both are expressions.
    pub(crate) fn days_before(self, day: &str, days: &str) -> String {
        match self {
            Self::Postgres => format!("({day} - {days})"),
            Self::Sqlite => format!("date({day}, '-' || {days} || ' days')"),
        }
    }

    /// Writes the condition that no row of a table that meets `condition` has this value in a column. Value and column
    /// are never null. Each database gets the SQL with which it reads the table only once.
    pub(crate) fn in_none(self, value: &str, table: &str, column: &str, condition: &str) -> String {
        match self {
            Self::Postgres => format!("NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = {value} AND ({condition}))"),
            Self::Sqlite => format!("{value} NOT IN (SELECT {column} FROM {table} WHERE {condition})"),
        }
    }

    /// Writes the month of a day, such as `2023-06`.
    pub(crate) fn month(self, day: &str) -> String {
        match self {
            Self::Postgres => format!("to_char({day}, 'YYYY-MM')"),
            Self::Sqlite => format!("substr({day}, 1, 7)"),
        }
    }
}

fn list(values: impl Iterator<Item = String>) -> String {
    let mut text = String::from("(NULL");
    for value in values {
        let _ = write!(text, ", {value}");
    }
    text.push(')');
    text
}

/// Loads the rows of a statement.
pub(crate) fn load<T>(conn: &mut Db, statement: String) -> Result<Vec<T>>
where
    T: QueryableByName<Pg> + QueryableByName<Sqlite> + 'static,
{
    let query = sql_query(statement);
    Ok(match conn {
        Db::Pg(inner) => query.load(inner)?,
        Db::Sqlite(inner) => query.load(inner)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_for_each_database() {
        let id = Uuid::from_u128(10);
        assert_eq!(Dialect::Sqlite.id(id), "x'0000000000000000000000000000000a'");
        assert_eq!(Dialect::Postgres.ids([id]), "(NULL, CAST('00000000-0000-0000-0000-00000000000a' AS uuid))");
        assert_eq!(Dialect::Sqlite.texts(["a'b"]), "(NULL, 'a''b')");
        assert_eq!(Dialect::Sqlite.ids(Vec::<Uuid>::new()), "(NULL)");
        let at = Instant::parse("2023-08-22T14:00:00.5Z").unwrap();
        assert_eq!(Dialect::Sqlite.instant(at), "'2023-08-22 14:00:00.500'");
    }
}
