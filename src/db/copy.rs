//! A private copy of the database, on which use cases run without holding any lock of the live one.
//!
//! On SQLite it is a separate file beside the database. On PostgreSQL it is a set of temporary tables with the names of
//! the live ones, and a separate connection finds these first (`copy/postgres.rs`). Nothing of the copy is left
//! afterwards.

mod postgres;
mod sqlite;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::conn::{Db, Tx};
use super::database::{Database, Request, begin};
use super::later::Later;
use super::pool::sqlite_path;
use super::types::UserId;
use super::watch::Watch;
use crate::clock::{Instant, stopwatch};
use crate::error::{Code, Error, Result};

/// The number of copies that may exist at once in a process: each takes as much disk space as the database.
pub const MOST_COPIES: usize = 2;

/// The time that a request waits until it may make a copy.
const WAIT: Duration = Duration::from_secs(10);

/// Removes the copies of a SQLite database that killed processes left more than an hour ago.
pub fn remove_abandoned_copies(url: &str) {
    if let Some(path) = sqlite_path(url) {
        sqlite::remove_abandoned(sqlite::beside(path));
    }
}

impl Database {
    /// Waits for the permission to make a copy, which holds as long as the returned value is kept. 503 with
    /// `Retry-After` when others have kept theirs for too long.
    pub async fn may_copy(&self) -> Result<OwnedSemaphorePermit> {
        let permit = timeout(WAIT, self.places.copies.clone().acquire_owned()).await;
        let busy = || Error { retry_after: Some(WAIT.as_secs()), ..Error::new(Code::Unavailable) };
        permit.map_err(|_| busy().because("too many private copies of the database"))?.map_err(Error::internal)
    }

    /// Calls [`Database::on_copy`] for a request, which waits without a thread until it may make a copy.
    pub async fn on_copy_async<T, F>(&self, who: Option<UserId>, now: Instant, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (permit, watch) = (self.may_copy().await?, Arc::new(Watch::default()));
        let db = self.for_request(Request { began: stopwatch(), wait: WAIT, watch: Arc::clone(&watch) });
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
        f(&mut Tx::new(&mut copy, &mut Later::default(), who, now))
    }
}
