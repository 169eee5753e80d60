//! The round of a sender: lease, compose, send, mark, over several connections at once. Nothing is sent inside a
//! transaction.
//!
//! A mail that the server has taken is marked before the next one begins on the same connection. A killed worker
//! therefore has at most one mail per connection that was sent and not marked; that mail is sent again, with the same
//! `Message-ID`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;

use super::lease::{BATCH, LeasedDelivery, Rest, mark, mark_and_lease};
use crate::clock::Instant;
use crate::db::{Database, DeliveryId, Tx};
use crate::error::{Error, Result};
use crate::mail::message::{Email, build};
use crate::mail::transport::{Connection, Mailer, Refusal};

/// The number of seconds that a sender waits before each new attempt to mark a mail that was sent. After the last
/// attempt it gives up: it sends nothing more, and the mail is sent again when its lease ends.
const MARK_AGAIN_AFTER: [u64; 5] = [1, 2, 4, 8, 15];

/// What a delivery's turn came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryOutcome {
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

impl DeliveryOutcome {
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
pub struct SendResult {
    pub id: DeliveryId,
    pub address: String,
    pub subject: String,
    pub outcome: DeliveryOutcome,
}

/// What composing a delivery gives.
pub enum Composed {
    Email(Email),
    /// What it would say no longer holds.
    Nothing,
    /// It cannot be made into a letter; why.
    Unreadable(String),
}

/// What a round sends with.
pub struct SendRun<'a> {
    pub db: &'a Database,
    pub mailer: &'a Mailer,
    /// The moment: asked anew for each batch, because a round may be longer than a lease.
    pub now: &'a (dyn Fn() -> Instant + Sync),
    /// Only this kind.
    pub kind: Option<&'a str>,
    /// Says whether to continue; called before each mail.
    pub go_on: &'a (dyn Fn() -> bool + Sync),
    /// Called for a delivery that failed permanently, in the transaction that marks it as failed.
    pub on_failure: &'a (dyn Fn(&mut Tx<'_>, &LeasedDelivery) -> Result<()> + Sync),
}

/// Turns a batch of deliveries into their letters, in the same order.
pub type Compose<'a> = dyn Fn(&[LeasedDelivery]) -> Result<Vec<Composed>> + Sync + 'a;

/// Sends everything that is due. Composing runs outside of any transaction, as sending does. Once the server does not
/// answer, the rest of the round is put off without trying it again.
pub fn send_due(round: &SendRun<'_>, compose: &Compose<'_>, done: &mut (dyn FnMut(SendResult) + Send)) -> Result<()> {
    let first = mark_and_lease(round, &Rest::default())?;
    if first.is_empty() {
        return Ok(());
    }
    let lanes = if first.len() < usize::from(BATCH) { 1 } else { round.mailer.connections() };
    let down = Mutex::new(None);
    let done: Mutex<&mut (dyn FnMut(SendResult) + Send)> = Mutex::new(done);
    let lane = || SenderThread { round, compose, down: &down, done: &done };
    thread::scope(|scope| {
        let others: Vec<_> = (1..lanes).map(|_| lane()).map(|lane| scope.spawn(move || lane.run(None))).collect();
        let own = lane().run(Some(first));
        let ended = |_| Err(Error::internal("a lane of mail ended early"));
        others.into_iter().map(|other| other.join().unwrap_or_else(ended)).fold(own, Result::and)
    })
}

/// Runs one of the senders of a round, over its own connection.
struct SenderThread<'a> {
    round: &'a SendRun<'a>,
    compose: &'a Compose<'a>,
    /// Why the server takes nothing, once it does not.
    down: &'a Mutex<Option<String>>,
    done: &'a Mutex<&'a mut (dyn FnMut(SendResult) + Send)>,
}

impl SenderThread<'_> {
    /// Sends batch after batch until nothing is due.
    fn run(&self, leased: Option<Vec<LeasedDelivery>>) -> Result<()> {
        let mut connection = self.round.mailer.connection();
        let mut batch = match leased {
            Some(batch) => batch,
            None => mark_and_lease(self.round, &Rest::default())?,
        };
        while !batch.is_empty() {
            let rest = self.send(&mut connection, batch)?;
            batch = mark_and_lease(self.round, &rest)?;
        }
        Ok(())
    }

    /// Sends a batch and marks each mail that the server took. Returns what is still to be marked.
    fn send(&self, connection: &mut Connection<'_>, batch: Vec<LeasedDelivery>) -> Result<Rest> {
        let composed = (self.compose)(&batch).unwrap_or_else(|error| {
            tracing::error!(%error, "mails could not be composed");
            Vec::new()
        });
        let mut letters = composed.into_iter();
        let mut rest = Rest::default();
        for delivery in batch {
            let letter = letters.next();
            if !(self.round.go_on)() {
                rest.left.push(delivery);
                continue;
            }
            let outcome = self.take(connection, &delivery, letter);
            let sent = outcome == DeliveryOutcome::Sent;
            rest.ended.push((delivery, outcome));
            if sent {
                self.mark(&rest.ended)?;
                rest.ended.clear();
            }
        }
        Ok(rest)
    }

    /// Marks what the server has taken. While the database is busy or unavailable, the mail must not be forgotten.
    fn mark(&self, ended: &[(LeasedDelivery, DeliveryOutcome)]) -> Result<()> {
        let mut pauses = MARK_AGAIN_AFTER.iter();
        loop {
            match (mark(self.round, ended), pauses.next()) {
                (Err(error), Some(pause)) => {
                    tracing::warn!(%error, "a mail that was sent could not be marked; trying again");
                    thread::sleep(Duration::from_secs(*pause));
                }
                (marked, _) => return marked,
            }
        }
    }

    /// Sends one delivery and reports its outcome.
    fn take(
        &self,
        connection: &mut Connection<'_>,
        delivery: &LeasedDelivery,
        composed: Option<Composed>,
    ) -> DeliveryOutcome {
        let (subject, outcome) = self.hand(connection, delivery, composed);
        report(delivery, &outcome);
        let (id, address) = (delivery.id, delivery.to.address.clone());
        held(self.done)(SendResult { id, address, subject, outcome: outcome.clone() });
        outcome
    }

    /// Subject and outcome of one delivery.
    fn hand(
        &self,
        connection: &mut Connection<'_>,
        delivery: &LeasedDelivery,
        composed: Option<Composed>,
    ) -> (String, DeliveryOutcome) {
        let now = (self.round.now)();
        let letter = match composed {
            Some(Composed::Email(letter)) => letter,
            Some(Composed::Nothing) => return (String::new(), DeliveryOutcome::Dropped),
            Some(Composed::Unreadable(why)) => return (String::new(), DeliveryOutcome::Failed(why)),
            None => return (String::new(), later(now, delivery, "it could not be composed".to_owned())),
        };
        let subject = letter.subject.clone();
        let outcome = match self.hand_over(connection, now, delivery, letter) {
            Ok(()) => DeliveryOutcome::Sent,
            Err(Refusal::Permanent(why)) => DeliveryOutcome::Failed(why),
            Err(Refusal::Temporary(why)) => later(now, delivery, why),
            Err(Refusal::Down(why)) => {
                held(self.down).get_or_insert_with(|| {
                    tracing::warn!(why, "the mail server takes no mail");
                    why.clone()
                });
                later(now, delivery, why)
            }
        };
        (subject, outcome)
    }

    fn hand_over(
        &self,
        connection: &mut Connection<'_>,
        now: Instant,
        delivery: &LeasedDelivery,
        letter: Email,
    ) -> Result<(), Refusal> {
        if !delivery.is_ours(now) {
            return Err(Refusal::Temporary("the mails before it took too long".to_owned()));
        }
        let message = build(delivery, letter, self.round.mailer.from(), now)
            .map_err(|error| Refusal::Permanent(error.to_string()))?;
        // Unlocked before anything is sent, so that one connection does not wait for the other.
        let down = held(self.down).clone();
        match down {
            Some(why) => Err(Refusal::Down(why)),
            None => connection.send(&delivery.message_id, &message),
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line in the log without an address: the server's own words may hold one, and stand with the delivery.
fn report(delivery: &LeasedDelivery, outcome: &DeliveryOutcome) {
    let (id, kind, outcome_word, attempt) = (delivery.id, &delivery.kind, outcome.as_str(), delivery.attempts);
    match outcome {
        DeliveryOutcome::Sent | DeliveryOutcome::Dropped => {
            tracing::info!(delivery = %id, kind, outcome = outcome_word, attempt, "mail")
        }
        DeliveryOutcome::PutOff { next, .. } => {
            tracing::warn!(delivery = %id, kind, outcome = outcome_word, attempt, next_attempt = %next, "mail");
        }
        DeliveryOutcome::Failed(_) => tracing::warn!(delivery = %id, kind, outcome = outcome_word, attempt, "mail"),
    }
}

/// One minute, doubling up to six hours.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(12);
    TimeDelta::minutes(2_i64.pow(doublings)).min(TimeDelta::hours(6))
}

/// Put off, or failed when its three days are over by then.
fn later(now: Instant, delivery: &LeasedDelivery, why: String) -> DeliveryOutcome {
    let next = now.plus(pause(delivery.attempts));
    if next >= delivery.expires_at { DeliveryOutcome::Failed(why) } else { DeliveryOutcome::PutOff { why, next } }
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
