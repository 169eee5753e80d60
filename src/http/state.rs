//! The state that all handlers share: settings, database, clock, limits.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use crate::audit::AuditQueue;
use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::db::{Database, SessionId};
use crate::error::Result;
use crate::http::{BodyTimeouts, Metrics, RateLimits, Throttle};

/// The number of imports that run at one time, from reading the file to the answer: each may take a gigabyte of memory.
const IMPORTS: usize = 2;

/// The number of pages of the public view that are made at one time: anybody may ask for them, and those who are signed in go
/// first.
const PUBLIC_PAGES: usize = 2;

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct State {
    pub config: Arc<Config>,
    pub db: Database,
    pub clock: Clock,
    pub metrics: Metrics,
    pub timeouts: BodyTimeouts,
    /// Counts the attempts to sign in and to reset a password.
    pub throttle: Throttle,
    pub last_seen: LastSeen,
    pub limits: RateLimits,
    /// The places of imports that run at one time.
    pub imports: Arc<Semaphore>,
    /// The places of pages of the public view that are made at one time.
    pub public_pages: Arc<Semaphore>,
    /// Takes the entries of the audit log that are written after the answer.
    pub audit: AuditQueue,
}

impl State {
    pub fn new(config: Config, db: Database, clock: Clock) -> Result<Self> {
        let db = db.with_write_wait(config.write_wait);
        let audit = AuditQueue::default();
        Ok(Self {
            config: Arc::new(config),
            metrics: Metrics::new(db.clone(), audit.clone())?,
            db,
            clock,
            timeouts: BodyTimeouts::default(),
            throttle: Throttle::default(),
            last_seen: LastSeen::default(),
            limits: RateLimits::default(),
            imports: Arc::new(Semaphore::new(IMPORTS)),
            public_pages: Arc::new(Semaphore::new(PUBLIC_PAGES)),
            audit,
        })
    }

    /// Runs several reads and writes for a request, one after the other, on a blocking thread and within the deadline
    /// of a write.
    pub async fn call<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T> + Send + 'static,
    {
        let state = self.clone();
        self.db.call_async(move |db| f(&Self { db: db.clone(), ..state })).await
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}

/// The minimum age of the last written use before a new one is written.
const PRECISION: TimeDelta = TimeDelta::minutes(5);

/// Uses of sessions that are not written yet. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct LastSeen(Arc<Mutex<HashMap<SessionId, Instant>>>);

impl LastSeen {
    /// Notes a use, unless one was written less than five minutes ago (or the clock has been set back since).
    pub fn note(&self, session: SessionId, written: Instant, now: Instant) {
        if written.plus(PRECISION) <= now || now < written {
            self.0.lock().insert(session, now);
        }
    }

    /// Notes a use of a browser, unless one was written less than a minute ago: a session of a browser ends after an hour
    /// without use.
    pub fn note_browser(&self, session: SessionId, written: Instant, now: Instant) {
        if written.plus(TimeDelta::minutes(1)) <= now || now < written {
            self.0.lock().insert(session, now);
        }
    }

    /// Returns the last use of a session that is not written yet.
    pub fn of(&self, session: SessionId) -> Option<Instant> {
        self.0.lock().get(&session).copied()
    }

    /// Takes what is to be written, in the order of the ids: two servers that write at once do not block each other.
    pub fn take(&self) -> Vec<(SessionId, Instant)> {
        let mut seen: Vec<_> = self.0.lock().drain().collect();
        seen.sort_unstable();
        seen
    }

    /// Keeps uses that could not be written for the next time.
    pub fn put_back(&self, seen: &[(SessionId, Instant)]) {
        let mut noted = self.0.lock();
        for (session, at) in seen {
            noted.entry(*session).or_insert(*at);
        }
    }
}
