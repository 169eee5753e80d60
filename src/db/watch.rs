//! Observes the database: statements that never end, because the client library waits for them without a limit, and
//! faults of the storage.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::clock::stopwatch;
use crate::error::{DatabaseState, Result};

/// A statement of a request that runs longer than this on PostgreSQL counts as lost.
const STALL: Duration = Duration::from_secs(8);

/// The time between two checks of a running statement.
const LOOK: Duration = Duration::from_millis(500);

/// The time for which a database counts as not ready after it could not store or read something.
const MEMORY: Duration = Duration::from_secs(30);

/// The minimum time between two trial writes.
const TRIAL: Duration = Duration::from_secs(5);

/// The moment when the running statement of a connection began.
#[derive(Default)]
pub(super) struct Activity(Mutex<Option<Instant>>);

impl Activity {
    pub(super) fn begin(&self) {
        *self.0.lock() = Some(stopwatch());
    }

    pub(super) fn end(&self) {
        *self.0.lock() = None;
    }

    fn running_for(&self) -> Option<Duration> {
        self.0.lock().map(|began| began.elapsed())
    }
}

/// A call that a request waits for: its connection, and whether the request still waits.
#[derive(Default)]
pub(super) struct WatchedCall {
    connection: Mutex<Option<Arc<Activity>>>,
    given_up: AtomicBool,
}

impl WatchedCall {
    pub(super) fn follow(&self, activity: Option<Arc<Activity>>) {
        *self.connection.lock() = activity;
    }

    /// Returns once a statement of the call has run for too long. After that the call does not commit.
    pub(super) async fn stalled(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let running = self.connection.lock().as_ref().and_then(|activity| activity.running_for());
            if running.is_some_and(|time| time >= STALL) {
                self.given_up.store(true, Ordering::SeqCst);
                return;
            }
        }
    }

    /// Returns true when the request was already answered: the answer stated that nothing was done.
    pub(super) fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::SeqCst)
    }
}

/// The storage faults of recent calls.
#[derive(Default)]
pub(super) struct Health {
    last_fault: Mutex<Option<(Instant, String)>>,
    last_trial: Mutex<Option<Instant>>,
}

impl Health {
    /// Notes that a call failed because of the storage: the disk is full, or the data is damaged.
    pub(super) fn note<T>(&self, done: &Result<T>) {
        if let Err(error) = done
            && error.trouble == Some(DatabaseState::Storage)
        {
            *self.last_fault.lock() = Some((stopwatch(), error.to_string()));
        }
    }

    pub(super) fn recent_fault(&self) -> Option<String> {
        let fault = self.last_fault.lock();
        fault.as_ref().filter(|(at, _)| at.elapsed() < MEMORY).map(|(_, cause)| cause.clone())
    }

    /// Returns true when it is time for a trial write.
    pub(super) fn is_trial_due(&self) -> bool {
        let mut last = self.last_trial.lock();
        let due = last.is_none_or(|at| at.elapsed() >= TRIAL);
        if due {
            *last = Some(stopwatch());
        }
        due
    }
}
