//! Sends due deliveries over several connections at once: lease, compose, send, mark. Nothing is sent inside a
//! transaction.
//!
//! A mail that the server has accepted is marked before the next one begins on the same connection. A killed worker
//! therefore has at most one mail per connection that was sent and not marked; that mail is sent again, with the same
//! `Message-ID`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;

use super::DeliveryOutcome;
use super::lease::{BATCH, LeasedDelivery, lease, mark, release};
use crate::clock::Instant;
use crate::db::{Database, DeliveryId, Tx};
use crate::error::{Error, Result};
use crate::i18n::text;
use crate::mail::address::address_fault;
use crate::mail::message::{Email, EmailBody, build};
use crate::mail::transport::{Connection, Mailer, Refusal};

/// The number of seconds that a sender waits before each new attempt to mark a mail that was sent. After the last
/// attempt it gives up: it sends nothing more, and the mail is sent again when its lease ends.
const MARK_AGAIN_AFTER: [u64; 5] = [1, 2, 4, 8, 15];

/// A delivery and the outcome of the attempt to send it.
#[derive(Debug, Clone)]
pub struct SendResult {
    pub id: DeliveryId,
    pub address: String,
    pub subject: String,
    pub outcome: DeliveryOutcome,
}

/// The result of composing a delivery.
pub enum Composed {
    Email(Box<Email>),
    /// Nothing is left to report.
    Nothing,
    /// The payload cannot be read, for this reason.
    Unreadable(String),
}

/// Composes the mail of a delivery whose payload is an [`EmailBody`].
pub fn compose(mailer: &Mailer, public_url: &str, delivery: &LeasedDelivery) -> Composed {
    match serde_json::from_str::<EmailBody>(&delivery.payload) {
        Ok(mut body) => {
            body.set_parties(mailer.sender(), &delivery.to);
            Composed::Email(Box::new(body.render(public_url)))
        }
        Err(error) => Composed::Unreadable(error.to_string()),
    }
}

/// Composes the mails of a batch of deliveries, in the same order. Runs outside of any transaction.
pub(super) type Compose<'a> = dyn Fn(&[LeasedDelivery]) -> Result<Vec<Composed>> + Sync + 'a;

/// One run over everything that is due.
pub struct SendRun<'a> {
    pub db: &'a Database,
    pub mailer: &'a Mailer,
    /// Returns the time; called for each batch, because a run may last longer than a lease.
    pub now: &'a (dyn Fn() -> Instant + Sync),
    /// Limits the run to one kind.
    pub kind: Option<&'a str>,
    /// The moment that is recorded for sent mails if the run is as of another day; None: the present.
    pub sent_at: Option<Instant>,
    pub compose: &'a Compose<'a>,
    /// Returns false to stop the run; called before each mail.
    pub should_continue: &'a (dyn Fn() -> bool + Sync),
    /// Called for a delivery that failed permanently, in the transaction that marks it as failed.
    pub on_failure: &'a (dyn Fn(&mut Tx<'_>, &LeasedDelivery) -> Result<()> + Sync),
}

/// Sends everything that is due and reports each result to `on_result`. Once the server does not answer, the remaining
/// deliveries of the run are put off without trying it again.
pub fn send_due(run: &SendRun<'_>, on_result: &mut (dyn FnMut(SendResult) + Send)) -> Result<()> {
    let first = mark_and_lease(run, &UnmarkedDeliveries::default())?;
    if first.is_empty() {
        return Ok(());
    }
    let threads = if first.len() < usize::from(BATCH) { 1 } else { run.mailer.connections() };
    let server_down = Mutex::new(None);
    let on_result: Mutex<&mut (dyn FnMut(SendResult) + Send)> = Mutex::new(on_result);
    let sender = || SenderThread { run, server_down: &server_down, on_result: &on_result };
    thread::scope(|scope| {
        let start = |sender: SenderThread<'_>| {
            let batch = mark_and_lease(sender.run, &UnmarkedDeliveries::default())?;
            sender.send_all(batch)
        };
        let others: Vec<_> = (1..threads).map(|_| sender()).map(|own| scope.spawn(move || start(own))).collect();
        let own = sender().send_all(first);
        let panicked = |_| Err(Error::internal("a thread that sends mail panicked"));
        others.into_iter().map(|other| other.join().unwrap_or_else(panicked)).fold(own, Result::and)
    })
}

/// The deliveries of a batch that are not marked yet.
#[derive(Default)]
struct UnmarkedDeliveries {
    /// Attempted, with the outcome.
    attempted: Vec<(LeasedDelivery, DeliveryOutcome)>,
    /// Not begun, because the run was stopped.
    not_begun: Vec<LeasedDelivery>,
}

/// Marks the rest of a batch and, unless the run was stopped, leases the next due deliveries: one short transaction.
/// Nobody else takes the leased deliveries until the lease ends.
fn mark_and_lease(run: &SendRun<'_>, rest: &UnmarkedDeliveries) -> Result<Vec<LeasedDelivery>> {
    let now = (run.now)();
    run.db.write(None, now, |tx| {
        mark_all(tx, run, &rest.attempted)?;
        rest.not_begun.iter().try_for_each(|delivery| release(tx.conn, delivery))?;
        if (run.should_continue)() { lease(tx.conn, now, run.kind) } else { Ok(Vec::new()) }
    })
}

fn mark_all(tx: &mut Tx<'_>, run: &SendRun<'_>, attempted: &[(LeasedDelivery, DeliveryOutcome)]) -> Result<()> {
    for (delivery, outcome) in attempted {
        mark(tx.conn, delivery, outcome, run.sent_at.unwrap_or(tx.now))?;
        if let DeliveryOutcome::Failed(_) = outcome {
            (run.on_failure)(tx, delivery)?;
        }
    }
    Ok(())
}

/// One of the threads of a run, with a connection of its own.
struct SenderThread<'a> {
    run: &'a SendRun<'a>,
    /// The reason for which the server accepts no mail, once it does not.
    server_down: &'a Mutex<Option<String>>,
    on_result: &'a Mutex<&'a mut (dyn FnMut(SendResult) + Send)>,
}

impl SenderThread<'_> {
    /// Sends batch after batch until nothing is due.
    fn send_all(&self, mut batch: Vec<LeasedDelivery>) -> Result<()> {
        let mut connection = self.run.mailer.connection();
        while !batch.is_empty() {
            let rest = self.send_batch(&mut connection, batch)?;
            batch = mark_and_lease(self.run, &rest)?;
        }
        Ok(())
    }

    /// Sends a batch and marks each mail that the server accepted. Returns the deliveries that are still to be marked.
    fn send_batch(&self, connection: &mut Connection<'_>, batch: Vec<LeasedDelivery>) -> Result<UnmarkedDeliveries> {
        let composed = (self.run.compose)(&batch).unwrap_or_else(|error| {
            tracing::error!(%error, "mails could not be composed");
            Vec::new()
        });
        let mut emails = composed.into_iter();
        let mut rest = UnmarkedDeliveries::default();
        for delivery in batch {
            let email = emails.next();
            if !(self.run.should_continue)() {
                rest.not_begun.push(delivery);
                continue;
            }
            let outcome = self.attempt(connection, &delivery, email);
            let sent = outcome == DeliveryOutcome::Sent;
            rest.attempted.push((delivery, outcome));
            if sent {
                self.mark(&rest.attempted)?;
                rest.attempted.clear();
            }
        }
        Ok(rest)
    }

    /// Marks deliveries in a transaction. While the database is busy or unavailable, the attempt is repeated.
    fn mark(&self, attempted: &[(LeasedDelivery, DeliveryOutcome)]) -> Result<()> {
        let run = self.run;
        let mut pauses = MARK_AGAIN_AFTER.iter();
        loop {
            let marked = run.db.write(None, (run.now)(), |tx| mark_all(tx, run, attempted));
            match (marked, pauses.next()) {
                (Err(error), Some(pause)) => {
                    tracing::warn!(%error, "a mail that was sent could not be marked; trying again");
                    thread::sleep(Duration::from_secs(*pause));
                }
                (marked, _) => return marked,
            }
        }
    }

    /// Attempts one delivery; logs and reports the outcome.
    fn attempt(
        &self,
        connection: &mut Connection<'_>,
        delivery: &LeasedDelivery,
        composed: Option<Composed>,
    ) -> DeliveryOutcome {
        let now = (self.run.now)();
        let mut subject = String::new();
        let outcome = match composed {
            Some(Composed::Email(email)) => {
                subject.clone_from(&email.subject);
                match self.send(connection, now, delivery, *email) {
                    Ok(()) => DeliveryOutcome::Sent,
                    Err(Refusal::Permanent(why)) => DeliveryOutcome::Failed(why),
                    Err(Refusal::NameNotAscii) => DeliveryOutcome::Failed(unsendable(delivery, "mail-error-name")),
                    Err(Refusal::Temporary(why) | Refusal::Down(why)) => later(now, delivery, why),
                }
            }
            Some(Composed::Nothing) => DeliveryOutcome::Dropped,
            Some(Composed::Unreadable(why)) => DeliveryOutcome::Failed(why),
            None => later(now, delivery, "it could not be composed".to_owned()),
        };
        log(delivery, &outcome);
        let (id, address) = (delivery.id, delivery.to.address.clone());
        lock(self.on_result)(SendResult { id, address, subject, outcome: outcome.clone() });
        outcome
    }

    fn send(
        &self,
        connection: &mut Connection<'_>,
        now: Instant,
        delivery: &LeasedDelivery,
        email: Email,
    ) -> Result<(), Refusal> {
        if !delivery.is_ours(now) {
            return Err(Refusal::Temporary("the mails before it took too long".to_owned()));
        }
        if address_fault(&delivery.to.address).is_some() {
            return Err(Refusal::Permanent(unsendable(delivery, "mail-error-address")));
        }
        let names = (delivery.message_id.as_str(), delivery.kind.as_str());
        let message = build(email, names, &delivery.to, self.run.mailer.identity(), now)
            .map_err(|error| Refusal::Permanent(error.to_string()))?;
        // Unlocked before anything is sent, so that one connection does not wait for the other.
        let server_down = lock(self.server_down).clone();
        if let Some(why) = server_down {
            return Err(Refusal::Down(why));
        }
        let sent = connection.send(&delivery.message_id, &message);
        if let Err(Refusal::Down(why)) = &sent {
            lock(self.server_down).get_or_insert_with(|| {
                tracing::warn!(why, "the mail server accepts no mail");
                why.clone()
            });
        }
        sent
    }
}

/// Returns the sentence for an address that mail can never be sent to, in the language of the reader.
fn unsendable(delivery: &LeasedDelivery, key: &str) -> String {
    text(delivery.to.language, key, &[("address", delivery.to.address.clone())])
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Logs an outcome without addresses: the server's answer may contain one, and is kept with the delivery only.
fn log(delivery: &LeasedDelivery, outcome: &DeliveryOutcome) {
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

/// Returns the time until the next attempt: one minute, doubling up to six hours.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(12);
    TimeDelta::minutes(2_i64.pow(doublings)).min(TimeDelta::hours(6))
}

/// Puts a delivery off, or fails it when the next attempt would come after its three days.
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
