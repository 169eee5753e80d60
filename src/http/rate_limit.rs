//! Limits on costly calls, by person. Each process counts for itself: the limit protects its processor and memory.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use parking_lot::Mutex;

use crate::clock::Instant;
use crate::db::UserId;
use crate::error::{Code, Error, Result};

/// The length of a window.
const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// The number of persons counted at a time; beyond that, those whose window is over are removed.
const PERSONS: usize = 10_000;

/// A number of calls that each person may make within ten minutes; cheap to clone.
#[derive(Clone)]
pub struct RateLimit {
    most: u32,
    counts: Arc<Mutex<HashMap<UserId, Window>>>,
}

struct Window {
    began: Instant,
    calls: u32,
}

impl Window {
    /// Returns true if the window is over. A window that would begin in the future is over too: the clock was set back.
    fn is_over(&self, now: Instant) -> bool {
        now < self.began || self.ends() <= now
    }

    fn ends(&self) -> Instant {
        self.began.plus(WINDOW)
    }
}

impl RateLimit {
    pub fn new(most: u32) -> Self {
        Self { most, counts: Arc::default() }
    }

    /// Returns the number of calls that the window allows.
    pub const fn most(&self) -> u32 {
        self.most
    }

    /// Counts a call; 429 with `Retry-After` when the person has already made all calls that the window allows.
    pub fn count(&self, person: UserId, now: Instant) -> Result<()> {
        let mut counts = self.counts.lock();
        if counts.len() >= PERSONS {
            counts.retain(|_, window| !window.is_over(now));
        }
        let window = counts.entry(person).or_insert(Window { began: now, calls: 0 });
        if window.is_over(now) {
            *window = Window { began: now, calls: 0 };
        }
        if window.calls >= self.most {
            let mut error = Error::new(Code::TooManyRequests);
            error.retry_after = u64::try_from(window.ends().unix_seconds() - now.unix_seconds()).ok();
            return Err(error);
        }
        window.calls += 1;
        Ok(())
    }
}

/// The limits of the API.
#[derive(Clone)]
pub struct RateLimits {
    /// The limit on documents that are rendered: acta, follow-up sheet, report, registry, matrix.
    pub documents: RateLimit,
    /// The limit on imports, dry runs included.
    pub imports: RateLimit,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { documents: RateLimit::new(120), imports: RateLimit::new(60) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_a_window_of_their_own_that_ends() {
        let at = |minutes| Instant::parse("2023-09-01T12:00:00Z").unwrap().plus(TimeDelta::minutes(minutes));
        let person = |n| UserId::from(uuid::Uuid::from_u128(n));
        let limit = RateLimit::new(2);
        assert!(limit.count(person(1), at(0)).is_ok());
        assert!(limit.count(person(1), at(4)).is_ok());
        let refused = limit.count(person(1), at(9)).unwrap_err();
        assert_eq!((refused.code, refused.retry_after), (Code::TooManyRequests, Some(60)));
        assert!(limit.count(person(2), at(9)).is_ok());
        assert!(limit.count(person(1), at(10)).is_ok());
        assert!(limit.count(person(1), at(-60)).is_ok(), "a clock that was set back locks nobody out");
    }
}
