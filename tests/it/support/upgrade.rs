//! A database of an earlier version of the program.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};

use super::world::World;

impl World {
    /// Reverts migrations down to one (by its number), runs the statements on the old schema, and upgrades. The
    /// statements are given for SQLite; on PostgreSQL an id `X'…'` is a UUID.
    pub(crate) fn upgrade_from_before(&self, number: &str, statements: &str) {
        let url = &self.state.config.database_url;
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let mut conn = SqliteConnection::establish(path).unwrap();
                revert(&mut conn, "sqlite", number);
                conn.batch_execute(statements).unwrap();
            }
            None => {
                let mut conn = PgConnection::establish(url).unwrap();
                revert(&mut conn, "postgres", number);
                if !statements.is_empty() {
                    conn.batch_execute(&statements.replace("X'", "'")).unwrap();
                }
            }
        }
        self.state.db.migrate().unwrap();
    }
}

fn revert<DB: diesel::backend::Backend, C: MigrationHarness<DB>>(conn: &mut C, kind: &str, number: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let migrations = FileBasedMigrations::from_path(folder).unwrap();
    while conn.revert_last_migration(migrations.clone()).unwrap().to_string() != number {}
}
