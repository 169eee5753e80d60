//! The copy of a PostgreSQL database: temporary tables that hide the live ones of the same name.
//!
//! PostgreSQL looks for a table among the temporary ones of the connection first. The copies have the same rows,
//! checks, keys, indexes and triggers. They are made in one transaction, so that they all show the same moment, and
//! disappear with the connection. Statements that were prepared for the live tables would still write there, so the
//! connection must be new.

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use crate::error::Result;

/// The statements that make the copies, in their order. The catalog writes references and functions without a schema as
/// long as no temporary table hides them, so the text is read before the first copy is made. Two things are not copied:
/// indexes for the search by words, and the rows of tables that only grow and that no import reads.
const STATEMENTS: &str = "
    WITH live AS (
      SELECT oid, relname AS name, format('%I.%I', current_schema(), relname) AS full_name,
        format('pg_temp.%I', relname) AS copy
      FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        AND relname NOT IN ('__diesel_schema_migrations')
    ), made AS (
      SELECT 1 AS step, name, format('CREATE TEMP TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED '
        'INCLUDING CONSTRAINTS)', name, full_name) AS statement
      FROM live
      UNION ALL
      SELECT 2, name, format('INSERT INTO %s SELECT * FROM %s', copy, full_name)
      FROM live
      WHERE name NOT IN ('audit_log', 'deliveries', 'delivery_commissions', 'reminder_ledger', 'report_snapshots',
        'import_effects', 'refresh_tokens', 'one_time_tokens', 'sign_in_failures', 'idempotency_keys')
      UNION ALL
      SELECT CASE WHEN contype = 'f' THEN 5 ELSE 3 END, name, format('ALTER TABLE %s ADD CONSTRAINT %I %s%s', copy,
        conname, pg_get_constraintdef(c.oid), CASE WHEN contype = 'f' THEN ' NOT VALID' END)
      FROM live JOIN pg_constraint c ON c.conrelid = live.oid AND contype IN ('p', 'u', 'x', 'f')
      UNION ALL
      SELECT 4, name, replace(pg_get_indexdef(i.indexrelid), format(' ON %s ', full_name), format(' ON %s ', copy))
      FROM live JOIN pg_index i ON i.indrelid = live.oid
        JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
      WHERE a.amname <> 'gin' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype <> 'f')
      UNION ALL
      SELECT 6, name, replace(pg_get_triggerdef(t.oid), format(' ON %s ', full_name), format(' ON %s ', copy))
      FROM live JOIN pg_trigger t ON t.tgrelid = live.oid AND NOT t.tgisinternal
    )
    SELECT statement FROM made ORDER BY step, name";

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Text)]
    statement: String,
}

/// Copies the tables that a new connection sees, and returns the connection.
pub fn copied(mut conn: PgConnection) -> Result<PgConnection> {
    conn.batch_execute("SET articula.private_copy = 'on'; BEGIN ISOLATION LEVEL REPEATABLE READ")?;
    let made: Vec<Made> = sql_query(STATEMENTS).load(&mut conn)?;
    // Each statement runs separately: a request gives up on a single statement that takes too long.
    for one in &made {
        conn.batch_execute(&one.statement)?;
    }
    conn.batch_execute("COMMIT")?;
    Ok(conn)
}
