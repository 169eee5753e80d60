//! A private copy of the database, on which use cases run without holding any lock of the live one.
//!
//! On SQLite it is a separate file beside the database. On PostgreSQL it is a set of temporary tables with the names of
//! the live ones, which a separate connection finds first. Nothing of the copy remains afterwards.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::conn::Db;
use super::database::{COPY_WAIT, Database, Request, begin};
use super::delayed::Delayed;
use super::transaction::Tx;
use super::types::UserId;
use super::watch::WatchedCall;
use crate::clock::{Instant, stopwatch};
use crate::config::sqlite_path;
use crate::error::{Code, Error, Result};

/// Removes the copies of a SQLite database that killed processes left more than an hour ago.
pub fn remove_abandoned_copies(url: &str) {
    if let Some(path) = sqlite_path(url) {
        sqlite::remove_abandoned(sqlite::beside(path));
    }
}

impl Database {
    /// Waits for the permission to make a copy, which is valid as long as the returned value exists. 503 with
    /// `Retry-After` when others have kept theirs for too long.
    pub async fn may_copy(&self) -> Result<OwnedSemaphorePermit> {
        let permit = timeout(COPY_WAIT, self.places.copies.clone().acquire_owned()).await;
        let busy = || Error { retry_after: Some(COPY_WAIT.as_secs()), ..Error::new(Code::Unavailable) };
        permit.map_err(|_| busy().because("too many private copies of the database"))?.map_err(Error::internal)
    }

    /// Calls [`Database::on_copy`] for a request, which waits without a thread until it may make a copy.
    pub async fn on_copy_async<T, F>(&self, who: Option<UserId>, now: Instant, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (permit, watch) = (self.may_copy().await?, Arc::new(WatchedCall::default()));
        let db = self.for_request(Request { began: stopwatch(), wait: COPY_WAIT, watch: Arc::clone(&watch) });
        let work = spawn_blocking(move || {
            let _permit = permit;
            db.on_copy(who, now, f)
        });
        self.unless_stalled(&watch, work).await
    }

    /// Runs `f` in a transaction on a private copy of the database in its present state, and deletes the copy.
    /// Meanwhile others read and write the live database; `f` does not see their writes.
    pub fn on_copy<T>(&self, who: Option<UserId>, now: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let own = self.own_connection()?;
        if let Some(request) = &self.request {
            request.watch.follow(Some(own.activity));
        }
        let mut copy = match own.db {
            Db::Pg(conn) => Db::Pg(postgres::copied(conn)?),
            Db::Sqlite(conn) => Db::Sqlite(sqlite::copied(conn)?),
        };
        // The server itself refuses to write anything but the temporary tables.
        begin(&mut copy, "BEGIN READ ONLY", "BEGIN")?;
        f(&mut Tx::new(&mut copy, &mut Delayed::default(), who, now))
    }
}

/// The copy of an SQLite database: a file whose name is removed as soon as it is open.
mod sqlite {
    use std::fs::{self, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    use std::path::Path;
    use std::time::Duration;

    use diesel::connection::SimpleConnection;
    use diesel::sql_types::Text;
    use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

    use crate::error::{Code, Error, Result};

    /// The beginning of the folder names of copies.
    const PREFIX: &str = ".articula-copy-";

    /// The age after which a folder counts as left by a process that was killed while it made a copy.
    const ABANDONED: Duration = Duration::from_secs(60 * 60);

    /// The settings of a copy. It is deleted in any case, so it needs no journal on disk and does not wait for the
    /// disk.
    const SETTINGS: &str = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; \
                            PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY";

    #[derive(QueryableByName)]
    struct Main {
        #[diesel(sql_type = Text)]
        file: String,
    }

    /// Copies the database of a connection and opens the copy. The name of the file is removed at once, so that the
    /// space is free again when the connection ends, however it ends.
    pub(super) fn copied(mut live: SqliteConnection) -> Result<SqliteConnection> {
        let main: Main =
            sql_query("SELECT file FROM pragma_database_list WHERE name = 'main'").get_result(&mut live)?;
        let beside = beside(&main.file);
        remove_abandoned(beside);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(beside)
            .map_err(cannot)?;
        let path = folder.path().join("copy.db");
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(cannot)?;
        let path = path.to_str().ok_or_else(|| Error::internal("the path of the database is not UTF-8"))?;
        sql_query("VACUUM INTO ?").bind::<Text, _>(path).execute(&mut live)?;
        let mut copy = SqliteConnection::establish(path).map_err(cannot)?;
        copy.batch_execute(SETTINGS)?;
        folder.close().map_err(cannot)?;
        Ok(copy)
    }

    /// Returns the folder of a database, in which its copies are made.
    pub(super) fn beside(path: &str) -> &Path {
        Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn cannot(error: impl std::fmt::Display) -> Error {
        Error::new(Code::Unavailable).because(format!("cannot copy the database: {error}"))
    }

    /// Removes the folders that killed processes left. A folder that cannot be removed is tried again next time.
    pub(super) fn remove_abandoned(beside: &Path) {
        let Ok(entries) = fs::read_dir(beside) else { return };
        for entry in entries.flatten() {
            let is_copy = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
            if is_copy && is_old(&entry).unwrap_or(false) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    fn is_old(entry: &fs::DirEntry) -> io::Result<bool> {
        let changed = entry.metadata()?.modified()?;
        Ok(changed.elapsed().is_ok_and(|age| age > ABANDONED))
    }
}

/// The copy of a PostgreSQL database: temporary tables that hide the live ones of the same name.
///
/// PostgreSQL looks for a table among the temporary ones of the connection first. The copies have the same rows,
/// checks, keys, indexes and triggers. They are made in one transaction, so that they all show the same moment, and
/// disappear with the connection. Statements that were prepared for the live tables would still write there, so the
/// connection must be new.
mod postgres {
    use diesel::connection::SimpleConnection;
    use diesel::sql_types::Text;
    use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

    use crate::error::Result;

    /// The statements that make the copies, in their order. The catalog writes references and functions without a
    /// schema as long as no temporary table hides them, so the text is read before the first copy is made. Not copied
    /// are the indexes for the search by words, and of tables that no import reads, the rows and the indexes that are no
    /// keys.
    const STATEMENTS: &str = "
        WITH live AS (
          SELECT oid, relname AS name, format('%I.%I', current_schema(), relname) AS full_name,
            format('pg_temp.%I', relname) AS copy, relname IN ('audit_log', 'deliveries', 'delivery_commissions',
              'reminder_ledger', 'waiting_ledger', 'duty_reminders', 'report_snapshots', 'import_effects',
              'refresh_tokens', 'one_time_tokens', 'personal_tokens', 'second_factors', 'recovery_codes',
              'idempotency_keys', 'minutes_files', 'report_files', 'issued_files') AS is_unread
          FROM pg_class
          WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
            AND relname NOT IN ('__diesel_schema_migrations')
        ), made AS (
          SELECT 1 AS step, name, format('CREATE TEMP TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED '
            'INCLUDING CONSTRAINTS)', name, full_name) AS statement
          FROM live
          UNION ALL
          SELECT 2, name, format('INSERT INTO %s SELECT * FROM %s', copy, full_name)
          FROM live WHERE NOT is_unread
          UNION ALL
          SELECT CASE WHEN contype = 'f' THEN 5 ELSE 3 END, name, format('ALTER TABLE %s ADD CONSTRAINT %I %s%s', copy,
            conname, pg_get_constraintdef(c.oid), CASE WHEN contype = 'f' THEN ' NOT VALID' END)
          FROM live JOIN pg_constraint c ON c.conrelid = live.oid AND contype IN ('p', 'u', 'x', 'f')
          UNION ALL
          SELECT 4, name, replace(pg_get_indexdef(i.indexrelid), format(' ON %s ', full_name), format(' ON %s ', copy))
          FROM live JOIN pg_index i ON i.indrelid = live.oid
            JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
          WHERE a.amname <> 'gin' AND (i.indisunique OR NOT is_unread)
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype <> 'f')
          UNION ALL
          SELECT 6, name, replace(pg_get_triggerdef(t.oid), format(' ON %s ', full_name), format(' ON %s ', copy))
          FROM live JOIN pg_trigger t ON t.tgrelid = live.oid AND NOT t.tgisinternal
        )
        SELECT statement FROM made ORDER BY step, name";

    #[derive(QueryableByName)]
    struct Statement {
        #[diesel(sql_type = Text)]
        statement: String,
    }

    /// Copies the tables that a new connection sees, and returns the connection.
    pub(super) fn copied(mut conn: PgConnection) -> Result<PgConnection> {
        // Temporary tables have a cache of their own, of 8 MB: every page beyond it is written to the disk.
        conn.batch_execute(
            "SET temp_buffers = '128MB'; SET articula.private_copy = 'on'; BEGIN ISOLATION LEVEL REPEATABLE READ",
        )?;
        let made: Vec<Statement> = sql_query(STATEMENTS).load(&mut conn)?;
        // Each statement runs separately: a request gives up on a single statement that takes too long.
        for one in &made {
            conn.batch_execute(&one.statement)?;
        }
        conn.batch_execute("COMMIT")?;
        Ok(conn)
    }
}
