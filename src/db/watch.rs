//! Detects a database that stopped answering, because the client library waits for it without a limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::clock::stopwatch;

/// A statement of a request that runs longer than this on PostgreSQL counts as lost.
const STALL: Duration = Duration::from_secs(8);

/// The time between two checks of a running statement.
const LOOK: Duration = Duration::from_millis(500);

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
pub(super) struct Watch {
    connection: Mutex<Option<Arc<Activity>>>,
    given_up: AtomicBool,
}

impl Watch {
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

    /// Returns whether the request was already answered: its caller was told that nothing was done.
    pub(super) fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::SeqCst)
    }
}
