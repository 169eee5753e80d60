//! Leases due deliveries and marks the outcome of each.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use uuid::Uuid;

use super::{DeliveryOutcome, DeliveryStatus, never};
use crate::clock::Instant;
use crate::db::dispatch::lease_deliveries;
use crate::db::schema::deliveries;
use crate::db::{Db, DeliveryId, RawId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::mail::message::Recipient;

/// The time that a sender has for the deliveries that it leased. After that another sender may lease them.
const LEASE: TimeDelta = TimeDelta::minutes(15);
/// No mail is begun within this time before the lease ends: another sender may have leased it by the time that the
/// server answers.
const MARGIN: TimeDelta = TimeDelta::minutes(5);
/// The number of deliveries that are leased at a time. If a killed worker had leased some and not begun them, they are
/// sent when the lease ends.
pub(super) const BATCH: u8 = 20;

/// A delivery leased by this sender.
#[derive(Debug, Clone)]
pub struct LeasedDelivery {
    pub id: DeliveryId,
    pub kind: String,
    pub message_id: String,
    pub to: Recipient,
    pub day: NaiveDate,
    pub payload: String,
    /// The record that the mail is about.
    pub record_id: Option<Uuid>,
    /// The number of attempts, including this one.
    pub attempts: i32,
    pub expires_at: Instant,
    leased_until: Instant,
}

impl LeasedDelivery {
    /// Returns true while there is enough time to send it before the lease ends.
    pub(super) fn is_ours(&self, now: Instant) -> bool {
        now.plus(MARGIN) <= self.leased_until
    }
}

/// Leases the next due deliveries of one kind or of all.
pub(super) fn lease(conn: &mut Db, now: Instant, kind: Option<&str>) -> Result<Vec<LeasedDelivery>> {
    type To = (String, Option<String>, Option<UserId>, Lang);
    type Row = (DeliveryId, String, String, To, NaiveDate, String, Option<RawId>, i32, Instant);
    let leased_until = now.plus(LEASE);
    let ids = lease_deliveries(conn, (now, leased_until), kind.unwrap_or_default(), BATCH.into())?;
    let rows: Vec<Row> = deliveries::table
        .filter(deliveries::id.eq_any(&ids))
        .order((deliveries::next_attempt_at, deliveries::id))
        .select((
            deliveries::id,
            deliveries::kind,
            deliveries::message_id,
            (deliveries::address, deliveries::name, deliveries::user_id, deliveries::language),
            deliveries::day,
            deliveries::payload,
            deliveries::record_id,
            deliveries::attempts,
            deliveries::expires_at,
        ))
        .load(conn)?;
    let leased = |(id, kind, message_id, to, day, payload, record, attempts, expires_at): Row| {
        let (address, name, user_id, language) = to;
        let to = Recipient { address, name, user_id, language };
        let record_id = record.map(|id| id.0);
        LeasedDelivery { id, kind, message_id, to, day, payload, record_id, attempts, expires_at, leased_until }
    };
    Ok(rows.into_iter().map(leased).collect())
}

/// Selects the delivery, unless another sender has leased it meanwhile.
#[diesel::dsl::auto_type(no_type_alias)]
fn ours(delivery: &LeasedDelivery) -> _ {
    let id: DeliveryId = delivery.id;
    let attempts: i32 = delivery.attempts;
    let sending: DeliveryStatus = DeliveryStatus::Sending;
    deliveries::table
        .filter(deliveries::id.eq(id))
        .filter(deliveries::status.eq(sending))
        .filter(deliveries::attempts.eq(attempts))
}

/// Marks the outcome of a delivery, unless another sender has leased it meanwhile.
pub(super) fn mark(conn: &mut Db, delivery: &LeasedDelivery, outcome: &DeliveryOutcome, now: Instant) -> Result<()> {
    let (status, error, next) = match outcome {
        DeliveryOutcome::Sent => (DeliveryStatus::Sent, None, never()),
        DeliveryOutcome::Dropped => (DeliveryStatus::Dropped, None, never()),
        DeliveryOutcome::PutOff { why, next } => (DeliveryStatus::Queued, Some(why), *next),
        DeliveryOutcome::Failed(why) => (DeliveryStatus::Failed, Some(why), never()),
    };
    // The text of a mail is not kept once the mail has been sent or dropped.
    let payload = error.is_none().then(|| deliveries::payload.eq("{}"));
    diesel::update(ours(delivery))
        .set((
            deliveries::status.eq(status),
            deliveries::last_error.eq(error),
            deliveries::sent_at.eq((status == DeliveryStatus::Sent).then_some(now)),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::next_attempt_at.eq(next),
            payload,
        ))
        .execute(conn)?;
    Ok(())
}

/// Returns a delivery that was not begun to the queue, as it was before it was leased.
pub(super) fn release(conn: &mut Db, delivery: &LeasedDelivery) -> Result<()> {
    diesel::update(ours(delivery))
        .set((
            deliveries::status.eq(DeliveryStatus::Queued),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::attempts.eq(delivery.attempts - 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// The number of deliveries that wait, are being sent, or have failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    pub queued: i64,
    pub sending: i64,
    pub failed: i64,
}

/// Counts the deliveries that have not been sent, for `/metrics`.
pub fn backlog(conn: &mut Db) -> Result<Backlog> {
    let rows: Vec<(DeliveryStatus, i64)> = deliveries::table
        .filter(deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending, DeliveryStatus::Failed]))
        .group_by(deliveries::status)
        .select((deliveries::status, diesel::dsl::count_star()))
        .load(conn)?;
    let of = |status| rows.iter().find(|row| row.0 == status).map_or(0, |row| row.1);
    Ok(Backlog {
        queued: of(DeliveryStatus::Queued),
        sending: of(DeliveryStatus::Sending),
        failed: of(DeliveryStatus::Failed),
    })
}
