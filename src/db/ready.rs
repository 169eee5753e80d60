//! Checks whether the database can be read and written at this moment.

use std::time::{Duration, Instant as Stopwatch};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use parking_lot::Mutex;

use super::conn::Db;
use super::database::Database;
use crate::clock::{Clock, stopwatch};
use crate::error::{Code, Error, Result, Trouble};

/// The time for which a database counts as not ready after it could not store or read something.
const MEMORY: Duration = Duration::from_secs(30);

/// The minimum time between two trial writes.
const TRIAL: Duration = Duration::from_secs(5);

/// The storage faults that calls have met.
#[derive(Default)]
pub(super) struct Health {
    last_fault: Mutex<Option<(Stopwatch, String)>>,
    last_trial: Mutex<Option<Stopwatch>>,
}

impl Health {
    /// Notes that a call failed because of the storage: the disk is full, or the data is damaged.
    pub(super) fn note<T>(&self, done: &Result<T>) {
        if let Err(error) = done
            && error.trouble == Some(Trouble::Storage)
        {
            *self.last_fault.lock() = Some((stopwatch(), error.to_string()));
        }
    }

    fn recent_fault(&self) -> Option<String> {
        let fault = self.last_fault.lock();
        fault.as_ref().filter(|(at, _)| at.elapsed() < MEMORY).map(|(_, cause)| cause.clone())
    }

    /// Returns whether it is time for a trial write.
    fn is_trial_due(&self) -> bool {
        let mut last = self.last_trial.lock();
        let due = last.is_none_or(|at| at.elapsed() >= TRIAL);
        if due {
            *last = Some(stopwatch());
        }
        due
    }
}

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = Text)]
    quick_check: String,
}

impl Database {
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

    /// Reads every page of an SQLite file; the error says what is damaged. Does nothing on PostgreSQL, which checks its
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
            Err(error) if error.trouble == Some(Trouble::Busy) => Ok(()),
            done => done,
        }
    }
}
