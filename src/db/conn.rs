//! The connection enum, the pool, and the two ways in: [`Database::read`] and [`Database::write`].

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, InstrumentationEvent, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};
use diesel::{Connection, PgConnection, SqliteConnection};

use super::types::UserId;
use crate::clock::Instant;
use crate::error::{Code, Error, Faults, Result};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// An open write transaction: the connection, who acts (for the audit log) and the moment.
pub struct Tx<'c> {
    pub conn: &'c mut Db,
    /// None when the program itself acts.
    pub who: Option<UserId>,
    /// When what is done takes place.
    pub now: Instant,
    /// When it is written down: now, unless an import tells what was done before.
    pub recorded_at: Instant,
    /// What is written is history that is brought in: nobody gets a notice of it.
    pub silent: bool,
    /// What is wrong with the body that the use case was given; it is refused with what the use case finds itself.
    pub found: Faults,
}

impl Tx<'_> {
    /// The faults of the body, to which a use case adds its own before it does anything.
    pub fn faults(&self) -> Faults {
        self.found.clone()
    }

    /// Runs a use case on a body with these faults. With any, it only serves to find more.
    pub fn judging<T>(&mut self, found: Faults, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if found.is_empty() {
            return f(self);
        }
        self.found = found;
        let mut more = f(self).err().map(|error| error.faults).unwrap_or_default();
        let mut faults = std::mem::take(&mut self.found);
        more.retain(|fault| faults.unread.is_empty() || !COMPARING.contains(&fault.code));
        faults.join(more);
        Err(faults.into())
    }

    /// Runs `f` inside the transaction; when it fails, what it wrote is undone and the transaction goes on.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (who, now, recorded_at, silent) = (self.who, self.now, self.recorded_at, self.silent);
        self.conn.transaction(|conn| f(&mut Tx { conn, who, now, recorded_at, silent, found: Faults::default() }))
    }

    /// Runs `f` as it was done at a past moment; the audit log says when it was written down.
    pub fn as_of<T>(&mut self, moment: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (who, recorded_at, silent) = (self.who, self.recorded_at, self.silent);
        f(&mut Tx { conn: self.conn, who, now: moment, recorded_at, silent, found: Faults::default() })
    }

    /// Runs `f` without a notice to anybody.
    pub fn silently<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (who, now, recorded_at) = (self.who, self.now, self.recorded_at);
        f(&mut Tx { conn: self.conn, who, now, recorded_at, silent: true, found: Faults::default() })
    }
}

/// Faults that a use case finds by comparing two fields: not told while one of them may be a stand-in.
const COMPARING: [&str; 4] = ["other_country", "other_commission", "out_of_range", "votes_exceed_members"];

/// How long a caller waits for a connection before it is told that the service is busy.
const WAIT: Duration = Duration::from_secs(5);
const PG_CONNECTIONS: u32 = 8;
const SQLITE_CONNECTIONS: u32 = 8;

/// A pool on one of the databases.
#[derive(Clone)]
pub struct Database {
    pool: Pool<Manager>,
    /// SQLite has one writer; waiting here is fair, waiting in SQLite is polling.
    writer: Option<Arc<Mutex<()>>>,
    statements: Arc<AtomicU64>,
}

struct Manager {
    url: Url,
    statements: Arc<AtomicU64>,
}

enum Url {
    Pg(String),
    Sqlite(String),
}

impl Database {
    /// Opens the database that the URL names; the scheme chooses which.
    pub fn open(url: &str) -> Result<Self> {
        let url = parse_url(url)?;
        let statements = Arc::new(AtomicU64::new(0));
        let (size, writer) = match url {
            Url::Pg(_) => (PG_CONNECTIONS, None),
            Url::Sqlite(_) => (SQLITE_CONNECTIONS, Some(Arc::new(Mutex::new(())))),
        };
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(WAIT)
            .build(Manager { url, statements: Arc::clone(&statements) })
            .map_err(|e| Error::new(Code::Unavailable).because(format!("cannot open the database: {e}")))?;
        Ok(Self { pool, writer, statements })
    }

    /// Which database it is, as people call it.
    pub fn kind(&self) -> &'static str {
        if self.writer.is_some() { "SQLite" } else { "PostgreSQL" }
    }

    /// Statements sent since the start: what tests and `/metrics` count.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    fn connection(&self) -> Result<PooledConnection<Manager>> {
        self.pool.get().map_err(|e| Error::new(Code::Unavailable).because(e))
    }

    /// Runs `f` on a connection outside any transaction: for what opens its own.
    pub(super) fn raw<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        f(&mut *self.connection()?)
    }

    /// Runs `f` on a connection: on PostgreSQL statement by statement; on SQLite in one transaction, since each
    /// statement outside of one would take and leave the file's locks by itself.
    pub fn read<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        match &mut *self.connection()? {
            conn @ Db::Pg(_) => f(conn),
            conn @ Db::Sqlite(_) => {
                begin(conn, "BEGIN", "BEGIN")?;
                finish(conn, f)
            }
        }
    }

    /// Runs `f` on one unchanging view of the database: for exports, reports and registries.
    pub fn snapshot<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let conn = &mut *self.connection()?;
        begin(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN")?;
        finish(conn, |conn| f(conn))
    }

    /// Runs `f` in one write transaction: all of it is kept, or nothing.
    pub fn write<T>(&self, who: Option<UserId>, now: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.write_after("BEGIN", who, now, f)
    }

    /// The same on one unchanging view of the database: for writing down what many reads must agree on. A row that
    /// another write changes meanwhile cannot be changed here: 409.
    pub fn write_on_snapshot<T>(
        &self,
        who: Option<UserId>,
        now: Instant,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.write_after("BEGIN ISOLATION LEVEL REPEATABLE READ", who, now, f)
    }

    fn write_after<T>(
        &self,
        pg: &str,
        who: Option<UserId>,
        now: Instant,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let _turn = self.writer.as_deref().map(|writer| writer.lock().unwrap_or_else(PoisonError::into_inner));
        let conn = &mut *self.connection()?;
        begin(conn, pg, "BEGIN IMMEDIATE")?;
        finish(conn, |conn| f(&mut Tx { conn, who, now, recorded_at: now, silent: false, found: Faults::default() }))
    }
}

fn begin(conn: &mut Db, pg: &str, sqlite: &str) -> Result<()> {
    match conn {
        Db::Pg(inner) => AnsiTransactionManager::begin_transaction_sql(inner, pg)?,
        Db::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, sqlite)?,
    }
    Ok(())
}

type Manages = <Db as Connection>::TransactionManager;

fn finish<T>(conn: &mut Db, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    let mut open = Rollback { conn, done: false };
    let value = f(open.conn)?;
    open.done = true;
    Manages::commit_transaction(open.conn)?;
    Ok(value)
}

/// Rolls back on every way out but the good one, a panic included.
struct Rollback<'c> {
    conn: &'c mut Db,
    done: bool,
}

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = Manages::rollback_transaction(self.conn)
        {
            tracing::error!(%error, "could not roll back");
        }
    }
}

/// The file that a URL of SQLite names, `sqlite:PATH` or `sqlite://PATH`; None for any other URL.
pub fn sqlite_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    Some(path.strip_prefix("//").unwrap_or(path))
}

fn parse_url(url: &str) -> Result<Url> {
    if let Some(path) = sqlite_path(url) {
        return Ok(Url::Sqlite(path.to_owned()));
    }
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(Error::internal("the database URL must begin with sqlite: or postgres://"));
    }
    let asks_for_tls =
        ["require", "verify-ca", "verify-full"].iter().any(|mode| url.contains(&format!("sslmode={mode}")));
    if asks_for_tls && !cfg!(feature = "postgres-tls") {
        return Err(Error::internal(
            "the database URL asks for TLS, which this build lacks: build with --features postgres-tls",
        ));
    }
    Ok(Url::Pg(url.to_owned()))
}

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = diesel::ConnectionError;

    fn connect(&self) -> std::result::Result<Db, Self::Error> {
        let mut conn = match &self.url {
            Url::Pg(url) => Db::Pg(open_postgres(url)?),
            Url::Sqlite(path) => Db::Sqlite(open_sqlite(path)?),
        };
        let statements = Arc::clone(&self.statements);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                statements.fetch_add(1, Ordering::Relaxed);
                tracing::trace!(target: "articula::sql", statement = %query);
            }
        });
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Db) -> std::result::Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(|e| diesel::ConnectionError::BadConnection(e.to_string()))
    }

    fn has_broken(&self, conn: &mut Db) -> bool {
        std::thread::panicking()
            || match conn {
                Db::Pg(inner) => inner.is_broken(),
                Db::Sqlite(inner) => inner.is_broken(),
            }
    }
}

fn open_postgres(url: &str) -> std::result::Result<PgConnection, diesel::ConnectionError> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute("SET TIME ZONE 'UTC'; SET statement_timeout = '20s'; SET lock_timeout = '5s'")
        .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn open_sqlite(path: &str) -> std::result::Result<SqliteConnection, diesel::ConnectionError> {
    if let Some(folder) = std::path::Path::new(path).parent() {
        std::fs::create_dir_all(folder).map_err(|e| diesel::ConnectionError::BadConnection(e.to_string()))?;
    }
    let mut conn = SqliteConnection::establish(path)?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY",
    )
    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}
