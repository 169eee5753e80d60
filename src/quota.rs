//! Limits on the number of actions of one person in a day. Each use case with a limit counts in its own transaction,
//! so that only completed actions count.

use chrono::{Days, NaiveTime};

use crate::clock::Instant;
use crate::db::Tx;
use crate::db::dispatch::count_uses;
use crate::error::{Code, Error, Result};

/// Something that a person may do only a limited number of times in a day (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Its name in the database, and in `quota-…` of `locales/*/errors.ftl`.
    pub kind: &'static str,
    pub a_day: i32,
}

impl Quota {
    /// Counts `uses` of the person who acts; 429 with `Retry-After` when they are more than the day allows. Actions of
    /// the program itself are not limited.
    pub fn spend(self, tx: &mut Tx<'_>, uses: usize) -> Result<()> {
        let Some(user) = tx.who else { return Ok(()) };
        let uses = i32::try_from(uses).unwrap_or(i32::MAX);
        let today = tx.recorded_at.utc().date_naive();
        if uses <= self.a_day && count_uses(tx.conn, user, self.kind, today, uses)? <= i64::from(self.a_day) {
            return Ok(());
        }
        let mut error = Error::new(Code::DailyLimit).arg("kind", self.kind).arg("limit", self.a_day);
        error.retry_after = Some(seconds_to_midnight(tx.recorded_at));
        Err(error)
    }
}

/// Returns the number of seconds until the end of the day (UTC).
fn seconds_to_midnight(now: Instant) -> u64 {
    let now = now.utc().naive_utc();
    let tomorrow = now.date().checked_add_days(Days::new(1)).unwrap_or(now.date()).and_time(NaiveTime::MIN);
    u64::try_from((tomorrow - now).num_seconds()).unwrap_or_default().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight() {
        for (at, seconds) in [("2023-09-01T12:00:00Z", 43_200), ("2023-12-31T23:59:59.5Z", 1)] {
            assert_eq!(seconds_to_midnight(Instant::parse(at).unwrap()), seconds);
        }
    }
}
