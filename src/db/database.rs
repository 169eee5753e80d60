//! The database: its pools, and the ways to read and write. Code on an async thread uses `asynchronous.rs`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::r2d2::PooledConnection;
use parking_lot::FairMutex;
use tokio::sync::Semaphore;

use super::conn::{Db, TxManager};
use super::delayed::Delayed;
use super::pool::{self, Connections, Manager, Opened, Role, Url};
use super::transaction::Tx;
use super::types::UserId;
use super::watch::{Health, WatchedCall};
use crate::clock::{Instant, stopwatch};
use crate::config::WRITE_WAIT;
use crate::error::{Code, DatabaseState, Error, Result};

/// The number of connections of each pool.
const READERS: u32 = 8;
const PG_WRITERS: u32 = 6;
/// The number of simultaneous writes of requests on PostgreSQL; the other connections are left to the background
/// worker.
const PG_WRITES: usize = 4;
/// The number of simultaneous calls that do several reads and writes.
const CALLS: usize = 4;
/// The number of private copies that may exist at once: each takes as much disk space as the database.
const MOST_COPIES: usize = 2;

/// The time that a read waits for a connection.
pub(super) const READ_WAIT: Duration = Duration::from_secs(5);
/// The time that a request waits until it may make a private copy.
pub(super) const COPY_WAIT: Duration = Duration::from_secs(10);
/// The time that the background worker and the command line wait for their turn to write.
const PATIENT_WAIT: Duration = Duration::from_secs(60);
/// The pause between two attempts to begin a write while another process writes to the same SQLite file.
const PAUSE: Duration = Duration::from_millis(20);

/// A database; cheap to clone.
#[derive(Clone)]
pub struct Database {
    readers: Connections,
    writers: Connections,
    /// The turn to write. SQLite has one writer; those who wait get their turn in the order in which they came.
    turn: Option<Arc<FairMutex<()>>>,
    url: Url,
    statements: Arc<AtomicU64>,
    pub(super) places: Arc<Places>,
    pub(super) write_wait: Duration,
    pub(super) health: Arc<Health>,
    /// The request that waits for the result, if there is one.
    pub(super) request: Option<Request>,
}

/// The places of requests that read and write at one time. Other requests wait without a thread.
pub(super) struct Places {
    pub(super) reads: Arc<Semaphore>,
    pub(super) writes: Arc<Semaphore>,
    /// Calls that do several reads and writes one after the other. Each waits for its turn to write on a thread.
    pub(super) calls: Arc<Semaphore>,
    /// Private copies of the database.
    pub(super) copies: Arc<Semaphore>,
}

/// A request that waits: the limit of its wait for a connection, and the watch over its statements.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) began: Stopwatch,
    pub(super) wait: Duration,
    pub(super) watch: Arc<WatchedCall>,
}

impl Database {
    /// Opens the database that the URL names; the scheme selects the product.
    pub fn open(url: &str) -> Result<Self> {
        let url = Url::parse(url)?;
        let statements = Arc::new(AtomicU64::new(0));
        let (writers, writes, turn) = match url {
            Url::Pg(_) => (PG_WRITERS, PG_WRITES, None),
            Url::Sqlite(_) => (1, 1, Some(Arc::new(FairMutex::new(())))),
        };
        let places = |number| Arc::new(Semaphore::new(number));
        let places = Places {
            reads: places(READERS as usize),
            writes: places(writes),
            calls: places(CALLS),
            copies: places(MOST_COPIES),
        };
        Ok(Self {
            readers: pool::open(&url, Role::Reads, READERS, &statements)?,
            writers: pool::open(&url, Role::Writes, writers, &statements)?,
            turn,
            url,
            statements,
            places: Arc::new(places),
            write_wait: WRITE_WAIT,
            health: Arc::default(),
            request: None,
        })
    }

    /// Returns the same database, where the writes of requests wait this long for their turn.
    pub fn with_write_wait(self, write_wait: Duration) -> Self {
        Self { write_wait, ..self }
    }

    /// Returns the same database, for work whose result a request waits for.
    pub(super) fn for_request(&self, request: Request) -> Self {
        Self { request: Some(request), ..self.clone() }
    }

    /// Returns the name of the database product.
    pub fn kind(&self) -> &'static str {
        if self.is_sqlite() { "SQLite" } else { "PostgreSQL" }
    }

    pub(super) fn is_sqlite(&self) -> bool {
        self.turn.is_some()
    }

    /// Returns true while a write of this process is running. Only SQLite needs this.
    pub(super) fn is_writing(&self) -> bool {
        self.turn.as_ref().is_some_and(|turn| turn.is_locked())
    }

    /// Returns the number of statements sent since the start, for tests and for `/metrics`.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Returns the time that is left to wait for a connection or a turn.
    fn left(&self, otherwise: Duration) -> Duration {
        self.request.as_ref().map_or(otherwise, |request| request.wait.saturating_sub(request.began.elapsed()))
    }

    fn connection(&self, pool: &Connections, wait: Duration) -> Result<Leased> {
        let conn = pool.get_timeout(self.left(wait)).map_err(busy)?;
        let watch = self.request.as_ref().map(|request| Arc::clone(&request.watch));
        if let Some(watch) = &watch {
            watch.follow(Some(Arc::clone(&conn.activity)));
        }
        Ok(Leased { conn, watch })
    }

    /// Opens a connection outside the pools, for a private copy.
    pub(super) fn own_connection(&self) -> Result<Opened> {
        pool::open_one(&self.url, &self.statements)
    }

    /// Runs `f` on a connection outside any transaction, for work that opens its own.
    pub(super) fn raw<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        f(&mut self.connection(&self.readers, READ_WAIT)?.conn.db)
    }

    /// Runs `f` on a connection: on PostgreSQL statement by statement; on SQLite in one transaction, because each
    /// statement outside a transaction would take and release the locks of the file separately.
    pub fn read<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut leased = self.connection(&self.readers, READ_WAIT)?;
        let done = match &mut leased.conn.db {
            conn @ Db::Pg(_) => f(conn),
            conn @ Db::Sqlite(_) => begin(conn, "BEGIN", "BEGIN").and_then(|()| finish(conn, None, f)),
        };
        self.health.note(&done);
        done
    }

    /// Runs `f` on one unchanging view of the database: for exports, reports and registries.
    pub fn snapshot<T>(&self, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut leased = self.connection(&self.readers, READ_WAIT)?;
        let conn = &mut leased.conn.db;
        let begun = begin(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN");
        let done = begun.and_then(|()| finish(conn, None, f));
        self.health.note(&done);
        done
    }

    /// Runs `f` in one write transaction: all of its writes are kept, or none.
    pub fn write<T>(&self, who: Option<UserId>, now: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.write_after("BEGIN", who, now, f)
    }

    /// Does the same on one unchanging view of the database, for writes that depend on many reads which must agree. A
    /// row that another write changes meanwhile cannot be changed here: 409.
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
        let waiting = stopwatch();
        let wait = self.left(PATIENT_WAIT);
        let _turn = match &self.turn {
            Some(turn) => Some(turn.try_lock_for(wait).ok_or_else(|| busy("another write did not end in time"))?),
            None => None,
        };
        let mut leased = self.connection(&self.writers, wait)?;
        let conn = &mut leased.conn.db;
        let watch = leased.watch.as_deref();
        let done = begin_write(conn, pg, || waiting.elapsed() < wait).and_then(|()| {
            finish(conn, watch, |conn| {
                let mut delayed = Delayed::default();
                let value = f(&mut Tx::new(conn, &mut delayed, who, now))?;
                delayed.write_numbers(conn)?;
                Ok(value)
            })
        });
        self.health.note(&done);
        done
    }
}

/// Returns the error of a call that had to wait for too long.
pub(super) fn busy(cause: impl ToString) -> Error {
    Error { retry_after: Some(2), ..Error::new(Code::Unavailable).because(cause) }
}

/// A connection taken from its pool, watched while a request waits for it.
struct Leased {
    conn: PooledConnection<Manager>,
    watch: Option<Arc<WatchedCall>>,
}

impl Drop for Leased {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.follow(None);
        }
    }
}

pub(super) fn begin(conn: &mut Db, pg: &str, sqlite: &str) -> Result<()> {
    match conn {
        Db::Pg(inner) => AnsiTransactionManager::begin_transaction_sql(inner, pg)?,
        Db::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, sqlite)?,
    }
    Ok(())
}

/// Begins a write transaction. Tries again while another process writes to the same SQLite file.
fn begin_write(conn: &mut Db, pg: &str, may_wait: impl Fn() -> bool) -> Result<()> {
    loop {
        match begin(conn, pg, "BEGIN IMMEDIATE") {
            Err(error) if error.trouble == Some(DatabaseState::Busy) && may_wait() => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
}

fn finish<T>(conn: &mut Db, watch: Option<&WatchedCall>, f: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    let mut open = Rollback { conn, done: false };
    let value = f(open.conn)?;
    if watch.is_some_and(WatchedCall::is_given_up) {
        return Err(busy("the request was answered before its transaction ended"));
    }
    open.done = true;
    TxManager::commit_transaction(open.conn)?;
    Ok(value)
}

/// Rolls the transaction back unless it was committed, also after a panic.
struct Rollback<'c> {
    conn: &'c mut Db,
    done: bool,
}

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if !self.done
            && let Err(error) = TxManager::rollback_transaction(self.conn)
        {
            tracing::error!(%error, "could not roll back");
        }
    }
}
