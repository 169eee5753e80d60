//! Reads and writes for async code. A request waits for its place without a thread, then works on a blocking thread,
//! and is answered with 503 when the database does not answer.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

use super::conn::Db;
use super::database::{Database, READ_WAIT, Request, busy};
use super::transaction::Tx;
use super::types::UserId;
use super::watch::WatchedCall;
use crate::clock::{Instant, stopwatch};
use crate::error::{DatabaseState, Error, Result};

impl Database {
    /// Calls [`Database::read`] for a request.
    pub async fn read_async<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        self.in_turn(&self.places.reads, READ_WAIT, move |db| db.read(f)).await
    }

    /// Calls [`Database::snapshot`] for a request.
    pub async fn snapshot_async<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        self.in_turn(&self.places.reads, READ_WAIT, move |db| db.snapshot(f)).await
    }

    /// Calls [`Database::write`] for a request, and calls it once more after a deadlock or a conflict with another
    /// transaction.
    pub async fn write_async<T, F>(&self, who: Option<UserId>, now: Instant, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let work = move |db: &Database| twice(|| db.write(who, now, &f));
        self.in_turn(&self.places.writes, self.write_wait, work).await
    }

    /// Calls [`Database::write_on_snapshot`] for a request, and calls it once more like [`Database::write_async`].
    pub async fn write_on_snapshot_async<T, F>(&self, who: Option<UserId>, now: Instant, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let work = move |db: &Database| twice(|| db.write_on_snapshot(who, now, &f));
        self.in_turn(&self.places.writes, self.write_wait, work).await
    }

    /// Runs several reads and writes for a request, one after the other. Signing in is an example.
    pub async fn call_async<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Database) -> Result<T> + Send + 'static,
    {
        self.in_turn(&self.places.calls, self.write_wait, f).await
    }

    /// Calls [`Database::is_ready`] for a request.
    pub async fn is_ready_async(&self) -> Result<()> {
        self.in_turn(&self.places.reads, READ_WAIT, Database::is_ready).await
    }

    /// Waits for a place, in the order of arrival and for at most `wait`, then runs `work` on a blocking thread. The
    /// place is free again when the work has ended, even if its request was answered earlier. So the number of
    /// threads that wait for a database that does not answer is never greater than the number of places.
    async fn in_turn<T, F>(&self, places: &Arc<Semaphore>, wait: Duration, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Database) -> Result<T> + Send + 'static,
    {
        let (began, watch) = (stopwatch(), Arc::new(WatchedCall::default()));
        let place = timeout(wait, Arc::clone(places).acquire_owned()).await;
        let place = place.map_err(|_| busy("too many requests wait for the database"))?.map_err(Error::internal)?;
        let db = self.for_request(Request { began, wait, watch: Arc::clone(&watch) });
        let work = spawn_blocking(move || {
            let _place = place;
            work(&db)
        });
        self.unless_stalled(&watch, work).await
    }

    /// Returns the answer of work on a blocking thread, or an error when PostgreSQL does not answer it.
    pub(super) async fn unless_stalled<T>(&self, watch: &WatchedCall, work: JoinHandle<Result<T>>) -> Result<T> {
        tokio::select! {
            done = work => done.map_err(Error::internal)?,
            () = watch.stalled(), if !self.is_sqlite() => Err(busy("the database does not answer")),
        }
    }
}

/// The pause before the second attempt. The other transaction takes the locks of the first attempt in that time.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

/// Runs a transaction, and runs it once more when the database cancelled it in favour of another one.
fn twice<T>(run: impl Fn() -> Result<T>) -> Result<T> {
    match run() {
        Err(error) if error.trouble == Some(DatabaseState::Conflict) => {
            std::thread::sleep(PAUSE);
            run()
        }
        done => done,
    }
}
