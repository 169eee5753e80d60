//! Statements that are written as text (see `raw`) and that each connection prepares once. Their ids, days and moments
//! become bound values, so that the text is the same for every reader and every day. PostgreSQL needs much longer to
//! plan a statement over many tables than to run it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryableByName;
use diesel::backend::Backend;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Date, HasSqlType, Text, Timestamp, Untyped};
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, RunQueryDsl, SqliteConnection};
use uuid::Uuid;

use super::conn::Db;
use super::raw::Dialect;
use super::types::{RawId, Uid};
use crate::clock::Instant;
use crate::error::Result;

/// Loads the rows of a frequent statement, whose values differ from call to call.
pub(crate) fn load<T>(conn: &mut Db, statement: &str) -> Result<Vec<T>>
where
    T: QueryableByName<Pg> + QueryableByName<Sqlite> + 'static,
{
    let query = Prepared::of(Dialect::of(conn), statement);
    Ok(match conn {
        Db::Pg(inner) => query.load(inner)?,
        Db::Sqlite(inner) => query.load(inner)?,
    })
}

/// A part of a statement.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Sql(String),
    Id(RawId),
    Day(NaiveDate),
    Moment(Instant),
    /// A day or a moment on SQLite, which stores them as texts.
    Text(String),
}

/// A statement with its values.
struct Prepared {
    parts: Vec<Part>,
    is_kept: bool,
}

/// The number of different statements that the connections keep. Others are prepared each time, so that the memory of a
/// connection has a limit.
const MOST_KEPT: usize = 64;

static KEPT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

impl Prepared {
    fn of(dialect: Dialect, statement: &str) -> Self {
        let parts = parts(dialect, statement);
        let texts = parts.iter().map(|part| if let Part::Sql(text) = part { text } else { "?" });
        let text: String = texts.collect();
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let is_kept = kept.contains(&text) || (kept.len() < MOST_KEPT && kept.insert(text));
        Self { parts, is_kept }
    }
}

/// Splits a statement at its literals that are ids, days or moments, as [`Dialect`] writes them.
fn parts(dialect: Dialect, statement: &str) -> Vec<Part> {
    let (mut parts, mut sql, mut rest) = (Vec::new(), String::new(), statement);
    while let Some((before, after)) = rest.split_once('\'') {
        sql.push_str(before);
        let (literal, after) = literal(after);
        match value(dialect, &sql, literal, after) {
            Some((word, end, value)) => {
                sql.truncate(sql.len() - word.len());
                sql.push_str(if end.is_empty() { "" } else { "CAST(" });
                parts.push(Part::Sql(std::mem::take(&mut sql)));
                parts.push(value);
                sql.push_str(end);
            }
            None => {
                sql.push('\'');
                sql.push_str(literal);
                sql.push('\'');
            }
        }
        rest = after;
    }
    sql.push_str(rest);
    parts.push(Part::Sql(sql));
    parts
}

/// Splits the text after an opening quote at the closing one. Quotes inside are doubled.
fn literal(text: &str) -> (&str, &str) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('\'')) {
        let (inside, after) = (text.get(..from + at), text.get(from + at + 1..));
        let (Some(inside), Some(after)) = (inside, after) else { break };
        if !after.starts_with('\'') {
            return (inside, after);
        }
        from += at + 2;
    }
    (text, "")
}

/// Returns the text before a literal that is removed, the text added after it, and its value.
fn value(dialect: Dialect, before: &str, literal: &str, after: &str) -> Option<(&'static str, &'static str, Part)> {
    let day = || NaiveDate::parse_from_str(literal, "%Y-%m-%d").ok().filter(|_| literal.len() == 10);
    let moment = || NaiveDateTime::parse_from_str(literal, "%Y-%m-%d %H:%M:%S%.f").ok();
    match dialect {
        Dialect::Postgres if before.ends_with("DATE ") => Some(("DATE ", " AS date)", Part::Day(day()?))),
        Dialect::Postgres if before.ends_with("TIMESTAMP ") => {
            Some(("TIMESTAMP ", " AS timestamp)", Part::Moment(moment()?.into())))
        }
        Dialect::Postgres if before.ends_with("CAST(") && after.starts_with(" AS uuid)") => {
            Some(("", "", Part::Id(RawId(literal.parse().ok()?))))
        }
        Dialect::Sqlite if before.ends_with('x') => Some(("x", "", Part::Id(RawId(Uuid::try_parse(literal).ok()?)))),
        Dialect::Sqlite if day().is_some() || moment().is_some() => Some(("", "", Part::Text(literal.to_owned()))),
        _ => None,
    }
}

impl QueryId for Prepared {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Prepared {
    type SqlType = Untyped;
}

impl RunQueryDsl<PgConnection> for Prepared {}
impl RunQueryDsl<SqliteConnection> for Prepared {}

impl<DB> QueryFragment<DB> for Prepared
where
    DB: Backend + HasSqlType<Uid>,
    RawId: ToSql<Uid, DB>,
    NaiveDate: ToSql<Date, DB>,
    Instant: ToSql<Timestamp, DB>,
    String: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.is_kept {
            out.unsafe_to_cache_prepared();
        }
        for part in &self.parts {
            match part {
                Part::Sql(text) => out.push_sql(text),
                Part::Id(id) => out.push_bind_param::<Uid, _>(id)?,
                Part::Day(day) => out.push_bind_param::<Date, _>(day)?,
                Part::Moment(at) => out.push_bind_param::<Timestamp, _>(at)?,
                Part::Text(text) => out.push_bind_param::<Text, _>(text)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(text: &str) -> Part {
        Part::Sql(text.to_owned())
    }

    #[test]
    fn ids_days_and_moments_are_bound_and_texts_are_not() {
        let (id, day) = (Uuid::from_u128(10), NaiveDate::from_ymd_opt(2023, 8, 22).unwrap());
        let at = Instant::parse("2023-08-22T14:00:00.5Z").unwrap();
        let written = |dialect: Dialect| {
            let (id, day, at) = (dialect.id(id), dialect.day(day), dialect.instant(at));
            let text = dialect.text("x'a' DATE '2023-01-01'");
            parts(dialect, &format!("SELECT {text} WHERE i = {id} AND d < {day} AND s = 'draft' AND t > {at}"))
        };
        let text = "SELECT 'x''a'' DATE ''2023-01-01''' WHERE i = ";
        let postgres = [
            sql(&format!("{text}CAST(")),
            Part::Id(RawId(id)),
            sql(" AS uuid) AND d < CAST("),
            Part::Day(day),
            sql(" AS date) AND s = 'draft' AND t > CAST("),
            Part::Moment(at),
            sql(" AS timestamp)"),
        ];
        assert_eq!(written(Dialect::Postgres), postgres);
        let sqlite = [
            sql(text),
            Part::Id(RawId(id)),
            sql(" AND d < "),
            Part::Text("2023-08-22".into()),
            sql(" AND s = 'draft' AND t > "),
            Part::Text("2023-08-22 14:00:00.500".into()),
            sql(""),
        ];
        assert_eq!(written(Dialect::Sqlite), sqlite);
    }
}
