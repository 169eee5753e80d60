//! A sender's round: lease, compose, send over several connections, mark; nothing is sent inside a transaction.

use std::sync::{Mutex, PoisonError};
use std::thread;

use chrono::TimeDelta;

use super::lease::{Leased, exchange};
use crate::clock::Instant;
use crate::db::{Database, DeliveryId};
use crate::error::Result;
use crate::mail::message::{Letter, build};
use crate::mail::transport::{Mailer, Refusal};

/// How many connections to the mail server a sender uses at once.
const CONNECTIONS: usize = 4;

/// What a delivery's turn came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Tried again later; why, and when.
    PutOff {
        why: String,
        next: Instant,
    },
    /// Never tried again; why.
    Failed(String),
    /// Nothing was left to say.
    Dropped,
}

impl Outcome {
    /// The word for it in figures and logs.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::PutOff { .. } => "put_off",
            Self::Failed(_) => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// One delivery and what its turn came to.
#[derive(Debug, Clone)]
pub struct Posting {
    pub id: DeliveryId,
    pub address: String,
    pub subject: String,
    pub outcome: Outcome,
}

/// What composing a delivery gives.
pub enum Composed {
    Letter(Letter),
    /// A letter that is still to be written, by whoever sends it.
    Draft(Box<dyn FnOnce() -> Letter + Send>),
    /// What it would say no longer holds.
    Nothing,
    /// It cannot be made into a letter; why.
    Unreadable(String),
}

/// What a round sends with.
pub struct Round<'a> {
    pub db: &'a Database,
    pub mailer: &'a Mailer,
    /// The moment: asked anew for each batch, because a round may be longer than a lease.
    pub now: &'a (dyn Fn() -> Instant + Sync),
    /// Only this kind.
    pub kind: Option<&'a str>,
    /// Asked between batches.
    pub go_on: &'a dyn Fn() -> bool,
}

/// Sends everything that is due. `compose` turns a batch of deliveries into their letters, in the same order; it runs
/// outside of any transaction, as sending does. Once the server does not answer, the rest of the round is put off
/// without trying it again.
pub fn send_due(
    round: &Round<'_>,
    compose: &dyn Fn(&[Leased]) -> Result<Vec<Composed>>,
    done: &mut dyn FnMut(Posting),
) -> Result<()> {
    let down = Mutex::new(None);
    let mut last = Vec::new();
    loop {
        let now = (round.now)();
        let batch = exchange(round.db, now, round.kind, &last, (round.go_on)())?;
        if batch.is_empty() {
            return Ok(());
        }
        let outcomes = send_batch(round, now, &batch, compose(&batch), &down);
        last.clear();
        for (delivery, (subject, outcome)) in batch.into_iter().zip(outcomes) {
            report(&delivery, &outcome);
            let (id, address) = (delivery.id, delivery.to.address.clone());
            done(Posting { id, address, subject, outcome: outcome.clone() });
            last.push((delivery, outcome));
        }
    }
}

/// A line in the log without an address: the server's own words may hold one, and stand with the delivery.
fn report(delivery: &Leased, outcome: &Outcome) {
    let (id, kind, outcome_word, attempt) = (delivery.id, &delivery.kind, outcome.as_str(), delivery.attempts);
    match outcome {
        Outcome::Sent | Outcome::Dropped => {
            tracing::info!(delivery = %id, kind, outcome = outcome_word, attempt, "mail")
        }
        Outcome::PutOff { next, .. } => {
            tracing::warn!(delivery = %id, kind, outcome = outcome_word, attempt, next_attempt = %next, "mail");
        }
        Outcome::Failed(_) => tracing::warn!(delivery = %id, kind, outcome = outcome_word, attempt, "mail"),
    }
}

/// Subject and outcome of each delivery of a batch, in its order.
fn send_batch(
    round: &Round<'_>,
    now: Instant,
    batch: &[Leased],
    composed: Result<Vec<Composed>>,
    down: &Mutex<Option<String>>,
) -> Vec<(String, Outcome)> {
    let composed = match composed {
        Ok(composed) => composed,
        Err(error) => {
            tracing::error!(%error, "mails could not be composed");
            return batch.iter().map(|one| (String::new(), later(now, one, error.to_string()))).collect();
        }
    };
    let work = Mutex::new(batch.iter().zip(composed).enumerate());
    let done = Mutex::new(Vec::with_capacity(batch.len()));
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS.min(batch.len()) {
            scope.spawn(|| {
                while let Some((n, (delivery, composed))) = next(&work) {
                    let outcome = turn(round.mailer, now, delivery, composed, down);
                    held(&done).push((n, outcome));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// The next piece of work; the lock is not kept over it.
fn next<T>(work: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    held(work).next()
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn turn(
    mailer: &Mailer,
    now: Instant,
    delivery: &Leased,
    composed: Composed,
    down: &Mutex<Option<String>>,
) -> (String, Outcome) {
    let letter = match composed {
        Composed::Letter(letter) => letter,
        Composed::Draft(write) => write(),
        Composed::Nothing => return (String::new(), Outcome::Dropped),
        Composed::Unreadable(why) => return (String::new(), Outcome::Failed(why)),
    };
    let known_down = held(down).clone();
    let sent = match (known_down, build(delivery, &letter, mailer.from(), now)) {
        (_, Err(error)) => Err(Refusal::Address(error.to_string())),
        (Some(why), Ok(_)) => Err(Refusal::Down(why)),
        (None, Ok(message)) => mailer.send(&delivery.message_id, &message),
    };
    let outcome = match sent {
        Ok(()) => Outcome::Sent,
        Err(Refusal::Address(why)) => Outcome::Failed(why),
        Err(Refusal::Later(why)) => later(now, delivery, why),
        Err(Refusal::Down(why)) => {
            held(down).get_or_insert_with(|| {
                tracing::warn!(why, "the mail server takes no mail");
                why.clone()
            });
            later(now, delivery, why)
        }
    };
    (letter.subject, outcome)
}

/// One minute, doubling up to six hours.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(12);
    TimeDelta::minutes(2_i64.pow(doublings)).min(TimeDelta::hours(6))
}

/// Put off, or failed when its three days are over by then.
fn later(now: Instant, delivery: &Leased, why: String) -> Outcome {
    let next = now.plus(pause(delivery.attempts));
    if next >= delivery.expires_at { Outcome::Failed(why) } else { Outcome::PutOff { why, next } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_a_minute_to_six_hours() {
        let minutes: Vec<_> = [1, 2, 3, 9, 10, 40].map(|n| pause(n).num_minutes()).into();
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
    }
}
