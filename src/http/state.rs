//! What the handlers work with: settings, database, clock.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::audit::AuditQueue;
use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::db::Database;
use crate::error::Result;
use crate::http::{LastSeen, Metrics, Patience, RateLimits, Throttle};

/// Imports that are worked on at once, from reading the file to the answer: each may take a gigabyte of memory.
const IMPORTS: usize = 2;

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct State {
    pub config: Arc<Config>,
    pub db: Database,
    pub clock: Clock,
    pub metrics: Metrics,
    pub patience: Patience,
    /// Counts the attempts to sign in and to reset a password.
    pub throttle: Throttle,
    pub last_seen: LastSeen,
    pub limits: RateLimits,
    /// The places of imports that are worked on at once.
    pub imports: Arc<Semaphore>,
    /// Takes the entries of the audit log that are written after the answer.
    pub audit: AuditQueue,
}

impl State {
    pub fn new(config: Config, db: Database, clock: Clock) -> Self {
        let db = db.with_write_wait(config.write_wait);
        let audit = AuditQueue::default();
        Self {
            config: Arc::new(config),
            metrics: Metrics::new(db.clone(), audit.clone()),
            db,
            clock,
            patience: Patience::default(),
            throttle: Throttle::default(),
            last_seen: LastSeen::default(),
            limits: RateLimits::default(),
            imports: Arc::new(Semaphore::new(IMPORTS)),
            audit,
        }
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
