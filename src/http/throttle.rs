//! Limits on attempts, counted in the memory of this process.
//!
//! Nothing is written to the database, so that anonymous requests neither wait for its writer nor leave rows in it. The
//! disadvantage is that each server counts separately and that a restart forgets the counts. The memory is limited by
//! [`MOST`].

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use chrono::TimeDelta;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::clock::Instant;

/// The maximum number of subjects in memory; about 6 MB. When there are more, the half with the fewest attempts is
/// forgotten.
const MOST: usize = 100_000;
/// The maximum wait, whatever the limits and the clock say.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);

/// A limit: the number of attempts that are allowed at once, and the time after which one more is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub burst: u16,
    pub one_more_after: TimeDelta,
}

/// The subject whose attempts are counted: a digest, so that the memory holds no addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject([u8; 16]);

impl Subject {
    /// Makes the subject of a kind (`client`, `account`, …) with this name.
    pub fn new(kind: &str, name: &str) -> Self {
        let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(name).finalize();
        let mut short = [0; 16];
        short.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(short)
    }
}

/// Returns the network by which a client is counted: an IPv4 address, or the /64 of an IPv6 address, which is one
/// customer.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The attempts of a subject that still count at a moment. They expire one by one.
#[derive(Debug, Clone, Copy)]
struct Attempts {
    counted: f64,
    at: Instant,
    limit: Limit,
    /// The number of pardons when the attempts were counted.
    unlocks: i32,
}

impl Attempts {
    /// Returns the attempts that still count now. When the clock was set back, no time has passed.
    fn as_of(mut self, now: Instant) -> Self {
        let passed = (now.unix_seconds() - self.at.unix_seconds()).max(0) as f64;
        self.counted = (self.counted - passed / self.seconds_for_one()).max(0.0);
        self.at = now;
        self
    }

    fn seconds_for_one(&self) -> f64 {
        self.limit.one_more_after.num_seconds().max(1) as f64
    }

    /// Returns the wait until one more attempt is allowed; None when it is allowed now.
    fn wait(&self) -> Option<TimeDelta> {
        let over = self.counted + 1.0 - f64::from(self.limit.burst);
        let seconds = (over * self.seconds_for_one()).ceil() as i64;
        (over > 0.0).then(|| TimeDelta::seconds(seconds.max(1)).min(LONGEST_WAIT))
    }
}

/// A subject, its limit, and the number of its pardons: when that number changes, its attempts are forgotten.
pub type Counted = (Subject, Limit, i32);

/// The attempts of all subjects. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Throttle(Arc<Mutex<HashMap<Subject, Attempts>>>);

impl Throttle {
    /// Counts one attempt for each subject. When one of them is at its limit, none is counted, and the error is the
    /// time to wait.
    pub fn take(&self, subjects: &[Counted], now: Instant) -> Result<(), TimeDelta> {
        let mut known = self.0.lock();
        let present: Vec<_> = subjects
            .iter()
            .map(|&(subject, limit, unlocks)| {
                let before = known.get(&subject).filter(|attempts| attempts.unlocks == unlocks);
                let counted = before.map_or(0.0, |attempts| attempts.as_of(now).counted);
                (subject, Attempts { counted, at: now, limit, unlocks })
            })
            .collect();
        let wait = present.iter().filter_map(|(_, attempts)| attempts.wait()).max();
        for (subject, mut attempts) in present {
            if wait.is_none() {
                attempts.counted += 1.0;
            }
            // Stored even when it is refused: this replaces a moment in the future, from before the clock was set back.
            known.insert(subject, attempts);
        }
        make_room(&mut known, now);
        wait.map_or(Ok(()), Err)
    }

    /// Takes attempts of a subject back.
    pub fn give_back(&self, subject: Subject, count: f64, now: Instant) {
        if let Some(attempts) = self.0.lock().get_mut(&subject) {
            *attempts = attempts.as_of(now);
            attempts.counted = (attempts.counted - count).max(0.0);
        }
    }

    /// Forgets a subject, and returns how many attempts still counted.
    pub fn forget(&self, subject: Subject, now: Instant) -> f64 {
        self.0.lock().remove(&subject).map_or(0.0, |attempts| attempts.as_of(now).counted)
    }
}

/// Makes room when there are too many subjects: forgets expired attempts first, then the subjects with the fewest
/// attempts.
fn make_room(known: &mut HashMap<Subject, Attempts>, now: Instant) {
    if known.len() <= MOST {
        return;
    }
    known.retain(|_, attempts| attempts.as_of(now).counted > 0.0);
    if known.len() > MOST / 2 {
        let mut counts: Vec<f64> = known.values().map(|attempts| attempts.counted).collect();
        counts.sort_by(f64::total_cmp);
        let middle = counts.get(counts.len() / 2).copied().unwrap_or_default();
        known.retain(|_, attempts| attempts.counted > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: Limit = Limit { burst: 3, one_more_after: TimeDelta::minutes(2) };

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn ana() -> Counted {
        (Subject::new("account", "ana"), THREE, 0)
    }

    #[test]
    fn attempts_run_out_one_by_one() {
        let (throttle, noon) = (Throttle::default(), at("2023-09-01T12:00:00Z"));
        for _ in 0..3 {
            assert_eq!(throttle.take(&[ana()], noon), Ok(()));
        }
        assert_eq!(throttle.take(&[ana()], noon), Err(TimeDelta::minutes(2)));
        assert_eq!(throttle.take(&[ana()], noon.plus(TimeDelta::seconds(119))), Err(TimeDelta::seconds(1)));
        assert_eq!(throttle.take(&[ana()], noon.plus(TimeDelta::minutes(2))), Ok(()));
        assert!(throttle.take(&[ana()], noon.plus(TimeDelta::minutes(2))).is_err());
        assert_eq!(throttle.take(&[ana()], noon.plus(TimeDelta::hours(1))), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_makes_no_wait_longer() {
        let (throttle, ahead) = (Throttle::default(), at("2024-09-01T12:00:00Z"));
        (0..3).for_each(|_| throttle.take(&[ana()], ahead).unwrap());
        let back = at("2023-09-01T12:00:00Z");
        assert_eq!(throttle.take(&[ana()], back), Err(TimeDelta::minutes(2)));
        assert_eq!(throttle.take(&[ana()], back.plus(TimeDelta::minutes(2))), Ok(()));
    }

    #[test]
    fn no_wait_is_longer_than_an_hour() {
        let slow = (Subject::new("account", "ana"), Limit { burst: 1, one_more_after: TimeDelta::days(9) }, 0);
        let (throttle, noon) = (Throttle::default(), at("2023-09-01T12:00:00Z"));
        throttle.take(&[slow], noon).unwrap();
        assert_eq!(throttle.take(&[slow], noon), Err(TimeDelta::hours(1)));
    }

    #[test]
    fn a_refused_attempt_counts_for_nobody() {
        let (throttle, noon) = (Throttle::default(), at("2023-09-01T12:00:00Z"));
        let eva = (Subject::new("account", "eva"), THREE, 0);
        (0..3).for_each(|_| throttle.take(&[ana()], noon).unwrap());
        assert!(throttle.take(&[eva, ana()], noon).is_err());
        (0..3).for_each(|_| throttle.take(&[eva], noon).unwrap());
    }

    #[test]
    fn a_pardon_forgets_the_attempts() {
        let (throttle, noon) = (Throttle::default(), at("2023-09-01T12:00:00Z"));
        (0..3).for_each(|_| throttle.take(&[ana()], noon).unwrap());
        let pardoned = (ana().0, THREE, 1);
        assert_eq!(throttle.take(&[pardoned], noon), Ok(()));
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_those_with_most_attempts() {
        let (throttle, noon) = (Throttle::default(), at("2023-09-01T12:00:00Z"));
        (0..3).for_each(|_| throttle.take(&[ana()], noon).unwrap());
        for n in 0..=MOST {
            throttle.take(&[(Subject::new("account", &n.to_string()), THREE, 0)], noon).unwrap();
        }
        assert!(throttle.0.lock().len() <= MOST);
        assert!(throttle.take(&[ana()], noon).is_err());
    }

    #[test]
    fn an_ipv6_client_is_counted_by_its_64() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
