//! Migrations of the schema, which are part of the program, and checks of the state of the database.

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Db;
use super::database::Database;
use crate::clock::Clock;
use crate::error::{Code, DatabaseState, Error, Result};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// The number of the lock that one process holds while it changes the schema.
const LOCK: i64 = 0x6172_7469_6375_6c61;

type Migrated = diesel::migration::Result<usize>;

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

impl Database {
    /// Applies the missing migrations and returns their number. When several processes do so at once, the first one
    /// applies them and the others wait for it.
    pub fn migrate(&self) -> Result<usize> {
        if self.is_sqlite() {
            return self.write(None, Clock::System.now(), |tx| apply(tx.conn));
        }
        self.raw(apply)
    }

    /// Returns true when the schema is up to date.
    pub fn is_migrated(&self) -> Result<bool> {
        self.raw(|conn| {
            match conn {
                Db::Pg(inner) => inner.has_pending_migration(POSTGRES),
                Db::Sqlite(inner) => inner.has_pending_migration(SQLITE),
            }
            .map(|pending| !pending)
            .map_err(|e| Error::internal(format!("the schema cannot be read: {e}")))
        })
    }

    /// Succeeds when the schema is up to date, a write is possible, and no recent call has met a storage fault.
    pub fn is_ready(&self) -> Result<()> {
        if !self.is_migrated()? {
            return Err(Error::new(Code::Unavailable).because("the schema is not up to date"));
        }
        if self.health.is_trial_due() {
            self.try_to_write()?;
        }
        match self.health.recent_fault() {
            Some(cause) => Err(Error::new(Code::Unavailable).because(cause)),
            None => Ok(()),
        }
    }

    /// Reads every page of an SQLite file; the error names the damage. Does nothing on PostgreSQL, which checks its
    /// own files.
    pub fn check(&self) -> Result<()> {
        self.read(|conn| {
            let Db::Sqlite(inner) = conn else { return Ok(()) };
            let found: Vec<Check> = sql_query("PRAGMA quick_check(1)").load(inner)?;
            match found.into_iter().find(|row| row.quick_check != "ok") {
                Some(row) => Err(Error::new(Code::Unavailable).because(format!("it is damaged: {}", row.quick_check))),
                None => Ok(()),
            }
        })
    }

    /// Updates the statistics by which SQLite chooses an index; it reads at most about 100,000 rows of each index.
    /// PostgreSQL updates its statistics itself.
    pub fn analyze(&self) -> Result<()> {
        if !self.is_sqlite() {
            return Ok(());
        }
        let count = "PRAGMA analysis_limit = 100000; ANALYZE";
        self.write(None, Clock::System.now(), |tx| Ok(tx.conn.batch_execute(count)?))
    }

    /// Tries a write that changes nothing. A write that is already running is sufficient proof.
    fn try_to_write(&self) -> Result<()> {
        if self.is_sqlite() && self.is_writing() {
            return Ok(());
        }
        let done = self.write(None, Clock::System.now(), |tx| {
            match tx.conn {
                Db::Pg(inner) => inner.batch_execute("SELECT txid_current()")?,
                Db::Sqlite(inner) => inner.batch_execute("PRAGMA user_version = 1")?,
            }
            Ok(())
        });
        match done {
            Err(error) if error.trouble == Some(DatabaseState::Busy) => Ok(()),
            done => done,
        }
    }
}

/// Applies the missing migrations. On SQLite the surrounding write transaction keeps other processes away.
fn apply(conn: &mut Db) -> Result<usize> {
    match conn {
        Db::Pg(inner) => locked(inner, |inner| inner.run_pending_migrations(POSTGRES).map(|done| done.len())),
        Db::Sqlite(inner) => inner.run_pending_migrations(SQLITE).map(|done| done.len()),
    }
    .map_err(|e| Error::internal(format!("the schema cannot be brought up to date: {e}")))
}

/// Runs `f` while no other process changes the schema; neither the wait nor a migration has a time limit.
fn locked(conn: &mut PgConnection, f: impl FnOnce(&mut PgConnection) -> Migrated) -> Migrated {
    conn.batch_execute(&format!("SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock({LOCK})"))?;
    let done = f(conn);
    let settings = super::pool::PG_SETTINGS;
    let unlocked = conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK}); {settings}"));
    let steps = done?;
    unlocked?;
    Ok(steps)
}
