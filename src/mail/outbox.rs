//! The outbox: deliveries are written with the change that causes them, leased, sent, and marked.

mod lease;
mod purge;
mod send;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

pub use self::lease::{Backlog, Leased, backlog};
pub use self::purge::purge;
pub use self::send::{Composed, Outcome, Posting, Round, send_due};
use super::draft::Draft;
use crate::clock::{Instant, new_id};
use crate::db::schema::{deliveries, delivery_commissions};
use crate::db::{CommissionId, Db, DeliveryId, Tx, UserId};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::text::{hex, normalize_email};

/// How long a mail is tried.
pub const LIFE: TimeDelta = TimeDelta::days(3);

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

/// A mail to be sent: a draft, or data that its kind's composer turns into a letter when it is sent.
pub struct NewDelivery {
    /// The `X-Articula-Kind`: `invitation`, `password_reset`, `convocation`, `reminder`, …
    pub kind: &'static str,
    pub to: Recipient,
    pub country_code: Option<String>,
    /// The commissions whose secretariats may see this delivery.
    pub commissions: Vec<CommissionId>,
    /// The day that it is for.
    pub day: NaiveDate,
    /// JSON: a [`Draft`], or what the kind's composer reads.
    pub payload: String,
    /// Two deliveries of one kind with the same key are one; none: always a new one.
    pub once: Option<String>,
    /// Not sent before this moment.
    pub not_before: Option<Instant>,
    /// Until then, or until it is released, the one who enqueues it may add to it.
    pub held_until: Option<Instant>,
}

impl NewDelivery {
    /// Makes a mail that is sent as soon as possible. Only admins see it, unless a country or commissions are added.
    pub fn new(kind: &'static str, to: Recipient, day: NaiveDate, payload: String) -> Self {
        Self {
            kind,
            to,
            country_code: None,
            commissions: Vec::new(),
            day,
            payload,
            once: None,
            not_before: None,
            held_until: None,
        }
    }

    /// Makes a notice in the recipient's language, sent as soon as possible.
    pub fn draft(kind: &'static str, to: Recipient, day: NaiveDate, draft: &Draft) -> Result<Self> {
        Ok(Self::new(kind, to, day, serde_json::to_string(draft).map_err(Error::internal)?))
    }
}

/// When something is tried next that is never tried again.
pub fn never() -> Instant {
    let day = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    NaiveDateTime::from(day).and_utc().into()
}

fn message_id(kind: &str, once: &str) -> String {
    let digest = Sha256::digest(once.as_bytes());
    format!("{kind}-{}", hex(digest.iter().take(16)))
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
            deliveries::recipient.eq(normalize_email(&new.to.address)),
            deliveries::address.eq(&new.to.address),
            deliveries::name.eq(&new.to.name),
            deliveries::user_id.eq(new.to.user_id),
            deliveries::country_code.eq(&new.country_code),
            deliveries::language.eq(new.to.language),
            deliveries::day.eq(new.day),
            deliveries::payload.eq(&new.payload),
            deliveries::status.eq(DeliveryStatus::Queued),
            deliveries::attempts.eq(0),
            deliveries::next_attempt_at.eq(new.not_before.unwrap_or(tx.now)),
            deliveries::leased_until.eq(new.held_until),
            deliveries::expires_at.eq(tx.now.plus(LIFE)),
            deliveries::created_at.eq(tx.now),
        ))
        .execute(tx.conn)?;
    show(tx.conn, id, new.commissions)?;
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

/// Returns whether a mail of a kind to a person waits, or is being sent.
pub fn is_waiting(conn: &mut Db, user: UserId, kind: &str) -> Result<bool> {
    let waiting = deliveries::table
        .filter(deliveries::user_id.eq(user))
        .filter(deliveries::kind.eq(kind))
        .filter(deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending]))
        .select(deliveries::id);
    Ok(waiting.first::<DeliveryId>(conn).optional()?.is_some())
}

/// Lets the secretariats of these commissions see a delivery, beside those who do.
pub fn show_to(tx: &mut Tx<'_>, id: DeliveryId, mut commissions: Vec<CommissionId>) -> Result<()> {
    let known: Vec<CommissionId> = delivery_commissions::table
        .filter(delivery_commissions::delivery_id.eq(id))
        .select(delivery_commissions::commission_id)
        .load(tx.conn)?;
    commissions.retain(|commission| !known.contains(commission));
    show(tx.conn, id, commissions)
}

fn show(conn: &mut Db, id: DeliveryId, mut commissions: Vec<CommissionId>) -> Result<()> {
    commissions.sort_unstable();
    commissions.dedup();
    let row = |commission: &CommissionId| {
        (delivery_commissions::delivery_id.eq(id), delivery_commissions::commission_id.eq(*commission))
    };
    crate::insert_all!(conn, delivery_commissions::table, &commissions.iter().map(row).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_the_same_message_id_for_ever() {
        assert_eq!(message_id("reminder", "a@b 2023-09-01"), message_id("reminder", "a@b 2023-09-01"));
        assert_ne!(message_id("reminder", "a@b 2023-09-01"), message_id("reminder", "a@b 2023-09-02"));
    }
}
