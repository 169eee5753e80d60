//! The schema travels in the binary; both databases are brought up to date from it.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Database, Db};
use crate::error::{Error, Result};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

impl Database {
    /// Applies what is missing; answers how many steps that were.
    pub fn migrate(&self) -> Result<usize> {
        self.raw(|conn| {
            match conn {
                Db::Pg(inner) => inner.run_pending_migrations(POSTGRES).map(|done| done.len()),
                Db::Sqlite(inner) => inner.run_pending_migrations(SQLITE).map(|done| done.len()),
            }
            .map_err(|e| Error::internal(format!("the schema cannot be brought up to date: {e}")))
        })
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
