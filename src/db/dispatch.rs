//! Statements that differ between the two databases: row locks, counters, and search by words.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::dsl::{AsExprOf, sql};
use diesel::expression::{SqlLiteral, UncheckedBind};
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Text, Timestamp};
use diesel::{ExpressionMethods, QueryDsl, QueryableByName, RunQueryDsl, sql_query};

use super::conn::Db;
use super::schema::{assignments, reminder_agenda};
use super::types::{AssignmentId, CommitmentId, DeliveryId, RawId, Uid, UserId};
use crate::clock::Instant;
use crate::error::Result;

/// Runs a query on either database.
macro_rules! on_either {
    ($conn:expr, $query:ident.$run:ident) => {
        match $conn {
            Db::Pg(inner) => $query.$run(inner)?,
            Db::Sqlite(inner) => $query.$run(inner)?,
        }
    };
}

/// Locks a row until the transaction ends, so that two decisions on it happen one after the other. Does nothing on
/// SQLite, where only one write transaction runs at a time.
pub fn lock_row(conn: &mut Db, table: &'static str, id: impl Into<uuid::Uuid>) -> Result<()> {
    if let Db::Pg(inner) = conn {
        sql_query(format!("SELECT 1 FROM {table} WHERE id = $1 FOR UPDATE"))
            .bind::<Uid, _>(RawId(id.into()))
            .execute(inner)?;
    }
    Ok(())
}

/// Locks several rows, always in the same order, so that two transactions never wait for each other. A transaction that
/// locks rows of several tables locks meetings first, then commitments, then agreements.
pub fn lock_rows<Id: Copy + Into<uuid::Uuid>>(conn: &mut Db, table: &'static str, ids: &[Id]) -> Result<()> {
    if let Db::Pg(inner) = conn {
        let ids: Vec<RawId> = ids.iter().map(|id| RawId((*id).into())).collect();
        sql_query(format!("SELECT 1 FROM {table} WHERE id = ANY($1) ORDER BY id FOR UPDATE"))
            .bind::<Array<Uid>, _>(ids)
            .execute(inner)?;
    }
    Ok(())
}

/// Locks a name (a path, a rule) until the transaction ends: the next transaction that asks for it waits. Does nothing
/// on SQLite, where only one write transaction runs at a time, and on a private copy of a database.
pub fn lock_name(conn: &mut Db, name: &str) -> Result<()> {
    if let Db::Pg(inner) = conn {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) \
                    WHERE current_setting('articula.private_copy', true) IS DISTINCT FROM 'on'";
        sql_query(lock).bind::<Text, _>(name).execute(inner)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    last: i32,
}

/// Increases a counter of commitment codes by one and locks it until the transaction ends. See
/// `Tx::next_commitment_number`.
pub(super) fn next_commitment_number(conn: &mut Db, country: &str, prefix: &str) -> Result<i32> {
    let statement = "INSERT INTO commitment_numbers (country_code, prefix, last) VALUES ($1, $2, 1) \
                     ON CONFLICT (country_code, prefix) DO UPDATE SET last = commitment_numbers.last + 1 \
                     RETURNING last";
    let query = sql_query(statement).bind::<Text, _>(country).bind::<Text, _>(prefix);
    let number: Number = on_either!(conn, query.get_result);
    Ok(number.last)
}

/// Raises a counter of commitment codes to this number, unless it is already higher; returns its present value.
pub(super) fn reserve_commitment_number(conn: &mut Db, country: &str, prefix: &str, number: i32) -> Result<i32> {
    let greatest = match conn {
        Db::Pg(_) => "greatest",
        Db::Sqlite(_) => "max",
    };
    let query = sql_query(format!(
        "INSERT INTO commitment_numbers (country_code, prefix, last) VALUES ($1, $2, $3) \
         ON CONFLICT (country_code, prefix) DO UPDATE SET last = {greatest}(commitment_numbers.last, $3) RETURNING last"
    ))
    .bind::<Text, _>(country)
    .bind::<Text, _>(prefix)
    .bind::<Integer, _>(number);
    let number: Number = on_either!(conn, query.get_result);
    Ok(number.last)
}

/// Increases a counter of the codes of minutes by one and locks it until the transaction ends.
pub fn next_minutes_number(conn: &mut Db, prefix: &str) -> Result<i32> {
    let statement = "INSERT INTO minutes_numbers (prefix, last) VALUES ($1, 1) \
                     ON CONFLICT (prefix) DO UPDATE SET last = minutes_numbers.last + 1 RETURNING last";
    let query = sql_query(statement).bind::<Text, _>(prefix);
    let number: Number = on_either!(conn, query.get_result);
    Ok(number.last)
}

/// Makes PostgreSQL plan the statements of this connection again for the present sizes of the tables. This includes its
/// own checks of references. SQLite keeps no such plans.
pub(super) fn forget_plans(conn: &mut Db) -> Result<()> {
    if let Db::Pg(inner) = conn {
        sql_query("DISCARD PLANS").execute(inner)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Dependent {
    #[diesel(sql_type = Uid)]
    id: CommitmentId,
}

/// Returns the commitments that depend on this one, directly or through others.
pub fn dependents_of(conn: &mut Db, id: CommitmentId) -> Result<HashSet<CommitmentId>> {
    let query = sql_query(
        "WITH RECURSIVE dependents (id) AS ( \
           SELECT commitment_id FROM commitment_dependencies WHERE depends_on_id = $1 \
           UNION SELECT d.commitment_id FROM commitment_dependencies d JOIN dependents ON d.depends_on_id = dependents.id \
         ) SELECT id FROM dependents",
    )
    .bind::<Uid, _>(RawId(id.into()));
    let found: Vec<Dependent> = on_either!(conn, query.load);
    Ok(found.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct Uses {
    #[diesel(sql_type = BigInt)]
    uses: i64,
}

/// Adds to the number of times that a person did something on a day, and returns the sum. A new day begins at zero.
pub fn count_uses(conn: &mut Db, user: UserId, kind: &str, day: NaiveDate, uses: i32) -> Result<i64> {
    let query = sql_query(
        "INSERT INTO daily_uses (user_id, kind, day, uses) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id, kind) DO UPDATE SET day = excluded.day, \
         uses = CASE WHEN daily_uses.day = excluded.day THEN daily_uses.uses + excluded.uses ELSE excluded.uses END \
         RETURNING CAST(uses AS BIGINT) AS uses",
    )
    .bind::<Uid, _>(user)
    .bind::<Text, _>(kind)
    .bind::<Date, _>(day)
    .bind::<Integer, _>(uses);
    let counted: Uses = on_either!(conn, query.get_result);
    Ok(counted.uses)
}

/// Locks the rows of assignments on the agenda of reminders until the transaction ends, so that a change of an
/// assignment puts it at the beginning of the agenda afterwards. Assignments that another transaction is changing are
/// skipped: that change puts them at the beginning. Locks nothing on SQLite. Returns the assignments whose rows are
/// locked.
pub fn lock_on_agenda(conn: &mut Db, ids: Vec<AssignmentId>) -> Result<Vec<AssignmentId>> {
    let Db::Pg(inner) = conn else { return Ok(ids) };
    let free: Vec<AssignmentId> = reminder_agenda::table
        .filter(reminder_agenda::assignment_id.eq_any(&ids))
        .select(reminder_agenda::assignment_id)
        .for_update()
        .skip_locked()
        .load(inner)?;
    Ok(assignments::table
        .filter(assignments::id.eq_any(&free))
        .select(assignments::id)
        .for_key_share()
        .skip_locked()
        .load(inner)?)
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Uid)]
    id: DeliveryId,
}

/// Leases up to `limit` deliveries that are due at `now` and not leased, until `until`; `kind` "" means any kind. On
/// PostgreSQL, deliveries that another transaction is leasing are skipped.
pub fn lease_deliveries(
    conn: &mut Db,
    (now, until): (Instant, Instant),
    kind: &str,
    limit: i64,
) -> Result<Vec<DeliveryId>> {
    let due = "SELECT id FROM deliveries WHERE next_attempt_at <= $2 AND (leased_until IS NULL OR leased_until <= $2) \
               AND status IN ('queued', 'sending') AND $3 IN ('', kind) ORDER BY next_attempt_at, id LIMIT $4";
    let chosen = match conn {
        Db::Pg(_) => format!("= ANY (ARRAY({due} FOR UPDATE SKIP LOCKED))"),
        Db::Sqlite(_) => format!("IN ({due})"),
    };
    let query = sql_query(format!(
        "UPDATE deliveries SET status = 'sending', attempts = attempts + 1, leased_until = $1 WHERE id {chosen} RETURNING id"
    ))
    .bind::<Timestamp, _>(until)
    .bind::<Timestamp, _>(now)
    .bind::<Text, _>(kind)
    .bind::<BigInt, _>(limit);
    let taken: Vec<Taken> = on_either!(conn, query.load);
    Ok(taken.into_iter().map(|row| row.id).collect())
}

/// Makes the condition that a commitment is a draft, without a bound value: SQLite uses the index of drafts only for the
/// words with which it was made.
pub fn only_drafts(conn: &Db) -> SqlLiteral<Bool> {
    match conn {
        Db::Pg(_) => sql("commitments.draft"),
        Db::Sqlite(_) => sql("commitments.draft = 1"),
    }
}

/// The condition that [`matches_words`] makes, for `filter`.
pub type WordsMatch = SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, AsExprOf<String, Text>>>;

/// Makes a condition on a searched table: every word of `folded` is the beginning of some word of the row. Without
/// words it matches nothing. Uses the full-text index of the database. `table` has columns `id` and `folded`.
pub fn matches_words(conn: &Db, table: &'static str, folded: &str) -> WordsMatch {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let (before, after, query) = match conn {
        Db::Pg(_) => (
            format!("to_tsvector('simple', {table}.folded) @@ to_tsquery('simple', "),
            ")".to_owned(),
            words.iter().map(|w| format!("{w}:*")).collect::<Vec<_>>().join(" & "),
        ),
        Db::Sqlite(_) => (
            format!(
                "{table}.id IN (SELECT t.id FROM {table} t JOIN {table}_search s ON s.rowid = t.row WHERE {table}_search MATCH "
            ),
            ")".to_owned(),
            if words.is_empty() {
                "\"\"".to_owned()
            } else {
                words.iter().map(|w| format!("\"{w}\"*")).collect::<Vec<_>>().join(" ")
            },
        ),
    };
    sql::<Bool>(&before).bind::<Text, _>(query).sql(&after)
}
