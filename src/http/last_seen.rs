//! The last use of each session, kept in memory until it is written, so that no request waits for the write.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;

use crate::clock::Instant;
use crate::db::SessionId;

/// The minimum age of the last written use before a new one is written.
const PRECISION: TimeDelta = TimeDelta::minutes(5);

/// Uses of sessions that are not written yet. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct LastSeen(Arc<Mutex<HashMap<SessionId, Instant>>>);

impl LastSeen {
    /// Notes a use, unless one was written less than five minutes ago (or the clock has been set back since).
    pub fn note(&self, session: SessionId, written: Instant, now: Instant) {
        if written.plus(PRECISION) <= now || now < written {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(session, now);
        }
    }

    /// Takes what is to be written, in the order of the ids: two servers that write at once do not block each other.
    pub fn take(&self) -> Vec<(SessionId, Instant)> {
        let mut seen: Vec<_> = self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
        seen.sort_unstable();
        seen
    }

    /// Keeps uses that could not be written for the next time.
    pub fn put_back(&self, seen: &[(SessionId, Instant)]) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (session, at) in seen {
            noted.entry(*session).or_insert(*at);
        }
    }
}
