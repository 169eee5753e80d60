//! The outbox: deliveries are written with the change that causes them, leased, sent, and marked.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::message::{Letter, build};
use super::transport::{Mailer, Refusal};
use crate::clock::{Instant, new_id};
use crate::db::schema::{deliveries, delivery_commissions};
use crate::db::{CommissionId, Database, Db, DeliveryId, Tx, UserId};
use crate::error::{Error, Result};
use crate::i18n::Lang;

/// How long a mail is tried.
const LIFE: TimeDelta = TimeDelta::days(3);
/// How long a sender may take over what it leased; then another takes it over.
const LEASE: TimeDelta = TimeDelta::minutes(15);
/// How many are leased at a time.
const BATCH: i64 = 20;

crate::text_enum! {
    /// Where a mail stands.
    DeliveryStatus {
        /// Waits, or was put off.
        Queued = "queued",
        /// Leased by a sender.
        Sending = "sending",
        /// Taken by the mail server.
        Sent = "sent",
        /// Refused for good, or tried for three days.
        Failed = "failed",
        /// There was nothing left to say when its turn came.
        Dropped = "dropped",
    }
}

/// Whom a mail goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub address: String,
    pub name: Option<String>,
    pub user_id: Option<UserId>,
    pub language: Lang,
}

/// A mail to be sent: with a finished letter, or with data that its kind's composer turns into one when it is sent.
pub struct NewDelivery {
    /// The `X-Articula-Kind`: `invitation`, `password_reset`, `convocation`, `reminder`, …
    pub kind: &'static str,
    pub to: Recipient,
    pub country_code: Option<String>,
    /// The commissions whose secretariats may see this delivery.
    pub commissions: Vec<CommissionId>,
    /// The day that it is for.
    pub day: NaiveDate,
    /// JSON: a [`Letter`], or what the kind's composer reads.
    pub payload: String,
    /// Two deliveries of one kind with the same key are one; none: always a new one.
    pub once: Option<String>,
}

impl NewDelivery {
    /// A finished letter.
    pub fn letter(kind: &'static str, to: Recipient, day: NaiveDate, letter: &Letter) -> Result<Self> {
        let payload = serde_json::to_string(letter).map_err(Error::internal)?;
        Ok(Self { kind, to, country_code: None, commissions: Vec::new(), day, payload, once: None })
    }
}

fn message_id(kind: &str, once: &str) -> String {
    let digest = Sha256::digest(once.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}-{hex}")
}

/// Whether a delivery with this key was ever enqueued.
pub fn already_queued(conn: &mut Db, kind: &str, once: &str) -> Result<bool> {
    let known = deliveries::table.filter(deliveries::message_id.eq(message_id(kind, once)));
    Ok(known.count().get_result::<i64>(conn)? > 0)
}

/// Puts a mail into the outbox, in the transaction of the change that causes it; 409 `duplicate` for a key used before.
pub fn enqueue(tx: &mut Tx<'_>, new: NewDelivery) -> Result<DeliveryId> {
    let id: DeliveryId = new_id(tx.now);
    let message_id = new.once.as_ref().map_or_else(|| id.to_string(), |once| message_id(new.kind, once));
    diesel::insert_into(deliveries::table)
        .values((
            deliveries::id.eq(id),
            deliveries::kind.eq(new.kind),
            deliveries::message_id.eq(message_id),
            deliveries::address.eq(&new.to.address),
            deliveries::name.eq(&new.to.name),
            deliveries::user_id.eq(new.to.user_id),
            deliveries::country_code.eq(&new.country_code),
            deliveries::language.eq(new.to.language),
            deliveries::day.eq(new.day),
            deliveries::payload.eq(&new.payload),
            deliveries::status.eq(DeliveryStatus::Queued),
            deliveries::attempts.eq(0),
            deliveries::next_attempt_at.eq(tx.now),
            deliveries::expires_at.eq(tx.now.plus(LIFE)),
            deliveries::created_at.eq(tx.now),
        ))
        .execute(tx.conn)?;
    let mut commissions = new.commissions;
    commissions.sort_unstable();
    commissions.dedup();
    for commission in commissions {
        diesel::insert_into(delivery_commissions::table)
            .values((delivery_commissions::delivery_id.eq(id), delivery_commissions::commission_id.eq(commission)))
            .execute(tx.conn)?;
    }
    Ok(id)
}

/// A delivery in the hands of a sender.
#[derive(Debug, Clone)]
pub struct Leased {
    pub id: DeliveryId,
    pub kind: String,
    pub message_id: String,
    pub to: Recipient,
    pub day: NaiveDate,
    pub payload: String,
    pub attempts: i32,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// What a delivery's turn came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// Tried again later; why.
    PutOff(String),
    /// Never tried again; why.
    Failed(String),
    /// Nothing was left to say.
    Dropped,
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
    /// What it would say no longer holds.
    Nothing,
}

/// What is sent in a round, at which moment.
pub struct Round<'a> {
    pub db: &'a Database,
    pub mailer: &'a Mailer,
    pub now: Instant,
    /// Only this kind.
    pub kind: Option<&'a str>,
}

type Row = (
    DeliveryId,
    String,
    String,
    (String, Option<String>, Option<UserId>, Lang),
    NaiveDate,
    String,
    i32,
    Instant,
    Instant,
);

fn lease(round: &Round<'_>) -> Result<Vec<Leased>> {
    let now = round.now;
    round.db.write(None, now, |tx| {
        let mut taken = Vec::new();
        for row in due(tx.conn, now, round.kind)? {
            let row = Leased { attempts: row.attempts + 1, ..row };
            let free = deliveries::table
                .filter(deliveries::id.eq(row.id))
                .filter(deliveries::attempts.eq(row.attempts - 1))
                .filter(deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending]));
            let values = (
                deliveries::status.eq(DeliveryStatus::Sending),
                deliveries::attempts.eq(row.attempts),
                deliveries::leased_until.eq(now.plus(LEASE)),
            );
            if diesel::update(free).set(values).execute(tx.conn)? == 1 {
                taken.push(row);
            }
        }
        Ok(taken)
    })
}

fn due(conn: &mut Db, now: Instant, kind: Option<&str>) -> Result<Vec<Leased>> {
    let waiting = deliveries::status.eq(DeliveryStatus::Queued).and(deliveries::next_attempt_at.le(now));
    let left = deliveries::status.eq(DeliveryStatus::Sending).and(deliveries::leased_until.le(now).assume_not_null());
    let mut query = deliveries::table
        .filter(waiting.or(left))
        .order((deliveries::next_attempt_at, deliveries::id))
        .limit(BATCH)
        .select((
            deliveries::id,
            deliveries::kind,
            deliveries::message_id,
            (deliveries::address, deliveries::name, deliveries::user_id, deliveries::language),
            deliveries::day,
            deliveries::payload,
            deliveries::attempts,
            deliveries::created_at,
            deliveries::expires_at,
        ))
        .into_boxed();
    if let Some(kind) = kind {
        query = query.filter(deliveries::kind.eq(kind));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let leased = |(id, kind, message_id, to, day, payload, attempts, created_at, expires_at): Row| {
        let (address, name, user_id, language) = to;
        let to = Recipient { address, name, user_id, language };
        Leased { id, kind, message_id, to, day, payload, attempts, created_at, expires_at }
    };
    Ok(rows.into_iter().map(leased).collect())
}

/// One minute, doubling up to six hours.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(12);
    TimeDelta::minutes(2_i64.pow(doublings)).min(TimeDelta::hours(6))
}

/// Writes down what became of a delivery, unless another sender has taken it over meanwhile.
fn mark(round: &Round<'_>, delivery: &Leased, outcome: &Outcome) -> Result<()> {
    let now = round.now;
    round.db.write(None, now, |tx| {
        let ours = deliveries::table
            .filter(deliveries::id.eq(delivery.id))
            .filter(deliveries::status.eq(DeliveryStatus::Sending))
            .filter(deliveries::attempts.eq(delivery.attempts));
        let (status, error, sent) = match outcome {
            Outcome::Sent => (DeliveryStatus::Sent, None, Some(now)),
            Outcome::PutOff(why) => (DeliveryStatus::Queued, Some(why), None),
            Outcome::Failed(why) => (DeliveryStatus::Failed, Some(why), None),
            Outcome::Dropped => (DeliveryStatus::Dropped, None, None),
        };
        // A letter that has gone is not kept: it may hold a one-time link.
        let payload = if status == DeliveryStatus::Sent { "{}" } else { delivery.payload.as_str() };
        diesel::update(ours)
            .set((
                deliveries::status.eq(status),
                deliveries::last_error.eq(error),
                deliveries::sent_at.eq(sent),
                deliveries::leased_until.eq(None::<Instant>),
                deliveries::next_attempt_at.eq(now.plus(pause(delivery.attempts))),
                deliveries::payload.eq(payload),
            ))
            .execute(tx.conn)?;
        Ok(())
    })
}

/// Sends everything that is due. `compose` turns a delivery into its letter; it runs outside of any transaction,
/// as sending does. Once the server does not answer, the rest of the round is put off without trying it again.
pub fn send_due(round: &Round<'_>, compose: &dyn Fn(&Leased) -> Result<Composed>) -> Result<Vec<Posting>> {
    let mut done = Vec::new();
    let mut down: Option<String> = None;
    loop {
        let batch = lease(round)?;
        if batch.is_empty() {
            return Ok(done);
        }
        for delivery in batch {
            let (subject, outcome) = turn(round, &delivery, compose, &mut down);
            mark(round, &delivery, &outcome)?;
            tracing::info!(delivery = %delivery.id, kind = %delivery.kind, ?outcome, "mail");
            done.push(Posting { id: delivery.id, address: delivery.to.address, subject, outcome });
        }
    }
}

fn turn(
    round: &Round<'_>,
    delivery: &Leased,
    compose: &dyn Fn(&Leased) -> Result<Composed>,
    down: &mut Option<String>,
) -> (String, Outcome) {
    let letter = match compose(delivery) {
        Ok(Composed::Letter(letter)) => letter,
        Ok(Composed::Nothing) => return (String::new(), Outcome::Dropped),
        Err(error) => return (String::new(), later(round, delivery, error.to_string())),
    };
    let sent = match (down.clone(), build(delivery, &letter, round.mailer.from(), round.now)) {
        (_, Err(error)) => Err(Refusal::Address(error.to_string())),
        (Some(why), Ok(_)) => Err(Refusal::Down(why)),
        (None, Ok(message)) => round.mailer.send(&delivery.message_id, &message),
    };
    let outcome = match sent {
        Ok(()) => Outcome::Sent,
        Err(Refusal::Address(why)) => Outcome::Failed(why),
        Err(Refusal::Later(why)) => later(round, delivery, why),
        Err(Refusal::Down(why)) => {
            *down = Some(why.clone());
            later(round, delivery, why)
        }
    };
    (letter.subject, outcome)
}

/// Put off, or failed when its three days are over by then.
fn later(round: &Round<'_>, delivery: &Leased, why: String) -> Outcome {
    if round.now.plus(pause(delivery.attempts)) >= delivery.expires_at {
        Outcome::Failed(why)
    } else {
        Outcome::PutOff(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_a_minute_to_six_hours() {
        let minutes: Vec<_> = [1, 2, 3, 9, 10, 40].map(|n| pause(n).num_minutes()).into();
        assert_eq!(minutes, [1, 2, 4, 256, 360, 360]);
    }

    #[test]
    fn a_key_gives_the_same_message_id_for_ever() {
        assert_eq!(message_id("reminder", "a@b 2023-09-01"), message_id("reminder", "a@b 2023-09-01"));
        assert_ne!(message_id("reminder", "a@b 2023-09-01"), message_id("reminder", "a@b 2023-09-02"));
    }
}
