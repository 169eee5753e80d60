//! What the handlers work with: settings, database, clock.

use std::sync::Arc;

use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::db::Database;
use crate::http::{Metrics, Patience};

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct State {
    pub config: Arc<Config>,
    pub db: Database,
    pub clock: Clock,
    pub metrics: Metrics,
    pub patience: Patience,
}

impl State {
    pub fn new(config: Config, db: Database, clock: Clock) -> Self {
        Self { config: Arc::new(config), metrics: Metrics::new(db.clone()), db, clock, patience: Patience::default() }
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }
}
