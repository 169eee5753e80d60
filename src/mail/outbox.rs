//! The outbox: deliveries are inserted in the transaction of the change that causes them, leased, sent, and marked.

mod lease;
mod send;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

pub use self::lease::{Backlog, LeasedDelivery, backlog};
pub use self::send::{Composed, SendResult, SendRun, compose, send_due};
use super::message::{EmailBody, Recipient};
use crate::clock::{Instant, new_id};
use crate::db::schema::{deliveries, delivery_commissions};
use crate::db::{CommissionId, Db, DeliveryId, RawId, Tx, UserId, unique};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::text::hex;

/// The time for which a mail is tried.
pub const RETRY_PERIOD: TimeDelta = TimeDelta::days(3);

/// The number of deliveries deleted in one transaction.
const PURGE_BATCH: u16 = 500;

crate::text_enum! {
    /// State of a delivery.
    DeliveryStatus {
        /// Waits for its first or next attempt.
        Queued = "queued",
        /// Leased by a sender.
        Sending = "sending",
        /// Accepted by the mail server.
        Sent = "sent",
        /// Refused permanently, or tried for three days.
        Failed = "failed",
        /// Not sent: nothing was left to report at the time of sending.
        Dropped = "dropped",
    }
}

/// The outcome of an attempt to send a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryOutcome {
    Sent,
    /// Tried again at `next`.
    PutOff {
        why: String,
        next: Instant,
    },
    /// Never tried again, for this reason.
    Failed(String),
    /// Nothing was left to report.
    Dropped,
}

impl DeliveryOutcome {
    /// Returns the word for metrics and log.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::PutOff { .. } => "put_off",
            Self::Failed(_) => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// A mail to be queued: an [`EmailBody`], or data from which its kind's composer makes a mail when it is sent.
pub struct NewDelivery {
    /// The `X-Articula-Kind`: `invitation`, `password_reset`, `convocation`, `reminder`, …
    pub kind: &'static str,
    pub to: Recipient,
    pub country_code: Option<String>,
    /// The kind and the id of the record that the mail is about.
    pub record: Option<(&'static str, uuid::Uuid)>,
    /// The commissions whose secretariats may see this delivery.
    pub commissions: Vec<CommissionId>,
    pub day: NaiveDate,
    /// JSON: an [`EmailBody`], or the input of the kind's composer.
    pub payload: String,
    /// Two deliveries of one kind with the same key are one; `None` always queues a new one.
    pub once: Option<String>,
    /// The first moment at which it may be sent.
    pub not_before: Option<Instant>,
    /// Until this moment, or until it is released, the job that enqueued it may add to it.
    pub held_until: Option<Instant>,
}

impl NewDelivery {
    /// Makes a mail that is sent as soon as possible. Only admins see it, unless a country or commissions are added.
    pub fn new(kind: &'static str, to: Recipient, day: NaiveDate, payload: String) -> Self {
        Self {
            kind,
            to,
            country_code: None,
            record: None,
            commissions: Vec::new(),
            day,
            payload,
            once: None,
            not_before: None,
            held_until: None,
        }
    }

    /// Makes the same from a body that is ready to be rendered.
    pub fn with_body(kind: &'static str, to: Recipient, day: NaiveDate, body: &EmailBody) -> Result<Self> {
        Ok(Self::new(kind, to, day, serde_json::to_string(body).map_err(Error::internal)?))
    }
}

/// Returns the time of the next attempt of a delivery that is never tried again.
pub fn never() -> Instant {
    let day = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    NaiveDateTime::from(day).and_utc().into()
}

fn message_id(kind: &str, once: &str) -> String {
    let digest = Sha256::digest(once.as_bytes());
    format!("{kind}-{}", hex(digest.iter().take(16)))
}

/// Queues a mail in the transaction of the change that causes it; 409 `duplicate` for a key used before.
pub fn enqueue(tx: &mut Tx<'_>, new: NewDelivery) -> Result<DeliveryId> {
    let id: DeliveryId = new_id(tx.now);
    let message_id = new.once.as_ref().map_or_else(|| id.to_string(), |once| message_id(new.kind, once));
    diesel::insert_into(deliveries::table)
        .values((
            deliveries::id.eq(id),
            deliveries::kind.eq(new.kind),
            deliveries::message_id.eq(message_id),
            deliveries::recipient.eq(new.to.key()),
            deliveries::address.eq(&new.to.address),
            deliveries::name.eq(&new.to.name),
            deliveries::user_id.eq(new.to.user_id),
            deliveries::country_code.eq(&new.country_code),
            deliveries::record_kind.eq(new.record.map(|(kind, _)| kind)),
            deliveries::record_id.eq(new.record.map(|(_, id)| RawId(id))),
            deliveries::language.eq(new.to.language),
            deliveries::day.eq(new.day),
            deliveries::payload.eq(&new.payload),
            deliveries::status.eq(DeliveryStatus::Queued),
            deliveries::attempts.eq(0),
            deliveries::next_attempt_at.eq(new.not_before.unwrap_or(tx.now)),
            deliveries::leased_until.eq(new.held_until),
            deliveries::expires_at.eq(tx.now.plus(RETRY_PERIOD)),
            deliveries::created_at.eq(tx.now),
        ))
        .execute(tx.conn)?;
    insert_commissions(tx.conn, id, new.commissions)?;
    Ok(id)
}

/// Counts the mails of a kind that were queued for a person after a moment. Mails with a moment in the future, from
/// before the clock was set back, are not counted.
pub fn count_since(conn: &mut Db, user: UserId, kind: &str, since: Instant, now: Instant) -> Result<i64> {
    Ok(deliveries::table
        .filter(deliveries::user_id.eq(user))
        .filter(deliveries::kind.eq(kind))
        .filter(deliveries::created_at.gt(since))
        .filter(deliveries::created_at.le(now))
        .count()
        .get_result(conn)?)
}

/// Returns true while a mail of a kind to a person waits or is being sent.
pub fn is_waiting(conn: &mut Db, user: UserId, kind: &str) -> Result<bool> {
    let waiting = deliveries::table
        .filter(deliveries::user_id.eq(user))
        .filter(deliveries::kind.eq(kind))
        .filter(deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending]))
        .select(deliveries::id);
    Ok(waiting.first::<DeliveryId>(conn).optional()?.is_some())
}

/// Lets the secretariats of further commissions see a delivery.
pub fn show_to(tx: &mut Tx<'_>, id: DeliveryId, mut commissions: Vec<CommissionId>) -> Result<()> {
    let known: Vec<CommissionId> = delivery_commissions::table
        .filter(delivery_commissions::delivery_id.eq(id))
        .select(delivery_commissions::commission_id)
        .load(tx.conn)?;
    commissions.retain(|commission| !known.contains(commission));
    insert_commissions(tx.conn, id, commissions)
}

/// Drops the mails about a record that wait: all, or those of one kind, or those to some recipients.
pub fn drop_queued(
    conn: &mut Db,
    (record, id): (&str, uuid::Uuid),
    kind: Option<&str>,
    recipients: Option<&[String]>,
) -> Result<()> {
    let mut waiting = deliveries::table
        .filter(deliveries::record_id.eq(RawId(id)))
        .filter(deliveries::record_kind.eq(record))
        .filter(deliveries::status.eq(DeliveryStatus::Queued))
        .select(deliveries::id)
        .into_boxed();
    if let Some(kind) = kind {
        waiting = waiting.filter(deliveries::kind.eq(kind));
    }
    if let Some(recipients) = recipients {
        waiting = waiting.filter(deliveries::recipient.eq_any(recipients));
    }
    let waiting: Vec<DeliveryId> = waiting.load(conn)?;
    diesel::update(deliveries::table.filter(deliveries::id.eq_any(waiting)))
        .filter(deliveries::status.eq(DeliveryStatus::Queued))
        .set((
            deliveries::status.eq(DeliveryStatus::Dropped),
            deliveries::payload.eq("{}"),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::next_attempt_at.eq(never()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Returns the readers of the mails about a record that were sent or are being sent, without those of a kind.
pub fn sent_to(conn: &mut Db, (record, id): (&str, uuid::Uuid), except: &str) -> Result<Vec<Recipient>> {
    type Row = (String, Option<String>, Option<UserId>, Lang);
    let rows: Vec<Row> = deliveries::table
        .filter(deliveries::record_id.eq(RawId(id)))
        .filter(deliveries::record_kind.eq(record))
        .filter(deliveries::kind.ne(except))
        .filter(deliveries::status.eq_any([DeliveryStatus::Sent, DeliveryStatus::Sending]))
        .order(deliveries::id)
        .select((deliveries::address, deliveries::name, deliveries::user_id, deliveries::language))
        .load(conn)?;
    let reader = |(address, name, user_id, language): Row| Recipient { address, name, user_id, language };
    Ok(rows.into_iter().map(reader).collect())
}

fn insert_commissions(conn: &mut Db, id: DeliveryId, commissions: Vec<CommissionId>) -> Result<()> {
    let commissions = unique(commissions);
    let row = |commission: &CommissionId| {
        (delivery_commissions::delivery_id.eq(id), delivery_commissions::commission_id.eq(*commission))
    };
    crate::insert_all!(conn, delivery_commissions::table, &commissions.iter().map(row).collect::<Vec<_>>())
}

/// Deletes some deliveries in a final state that were created before a moment; returns true when more may be left.
pub fn purge(conn: &mut Db, before: Instant) -> Result<bool> {
    // Ids rise with time, so that only old deliveries are read.
    let first_kept: DeliveryId = new_id(before);
    let old: Vec<DeliveryId> = deliveries::table
        .filter(deliveries::id.lt(first_kept))
        .filter(deliveries::created_at.lt(before))
        .filter(deliveries::status.eq_any([DeliveryStatus::Sent, DeliveryStatus::Dropped, DeliveryStatus::Failed]))
        .order(deliveries::id)
        .limit(PURGE_BATCH.into())
        .select(deliveries::id)
        .load(conn)?;
    diesel::delete(deliveries::table.filter(deliveries::id.eq_any(&old))).execute(conn)?;
    Ok(old.len() == usize::from(PURGE_BATCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_always_gives_the_same_message_id() {
        assert_eq!(message_id("reminder", "a@b 2023-09-01"), message_id("reminder", "a@b 2023-09-01"));
        assert_ne!(message_id("reminder", "a@b 2023-09-01"), message_id("reminder", "a@b 2023-09-02"));
    }
}
