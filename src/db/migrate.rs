//! The schema travels in the binary; both databases are brought up to date from it.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Db;
use super::database::Database;
use crate::clock::Clock;
use crate::error::{Error, Result};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// The number of the lock that one process holds while it changes the schema.
const LOCK: i64 = 0x6172_7469_6375_6c61;

impl Database {
    /// Applies the missing migrations and returns their number. When several processes do so at once, the first one
    /// applies them and the others wait for it.
    pub fn migrate(&self) -> Result<usize> {
        if self.is_sqlite() {
            return self.write(None, Clock::System.now(), |tx| apply(tx.conn));
        }
        self.raw(apply)
    }

    /// Whether the schema is what this program needs.
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
}

/// Applies the missing migrations. On SQLite the surrounding write transaction keeps other processes away.
fn apply(conn: &mut Db) -> Result<usize> {
    match conn {
        Db::Pg(inner) => locked(inner, |inner| inner.run_pending_migrations(POSTGRES).map(|done| done.len())),
        Db::Sqlite(inner) => inner.run_pending_migrations(SQLITE).map(|done| done.len()),
    }
    .map_err(|e| Error::internal(format!("the schema cannot be brought up to date: {e}")))
}

type Migrated = diesel::migration::Result<usize>;

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
