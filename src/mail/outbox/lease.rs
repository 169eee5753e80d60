//! Leases deliveries that are due and marks their outcome: each in a short transaction.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::send::{DeliveryOutcome, SendRun};
use super::{DeliveryStatus, Recipient, never};
use crate::clock::Instant;
use crate::db::dispatch::lease_deliveries;
use crate::db::schema::deliveries;
use crate::db::{Db, DeliveryId, Tx, UserId};
use crate::error::Result;
use crate::i18n::Lang;

/// How long a sender may take over what it leased; then another takes it over.
const LEASE: TimeDelta = TimeDelta::minutes(15);
/// No mail is begun so shortly before the lease ends: it might be another's by the time that the server answers.
const MARGIN: TimeDelta = TimeDelta::minutes(5);
/// The number of deliveries that are leased at a time. If a killed worker had leased some and not begun them, they are
/// sent when the lease ends.
pub(super) const BATCH: u8 = 20;

/// A delivery in the hands of a sender.
#[derive(Debug, Clone)]
pub struct LeasedDelivery {
    pub id: DeliveryId,
    pub kind: String,
    pub message_id: String,
    pub to: Recipient,
    pub day: NaiveDate,
    pub payload: String,
    /// This one included.
    pub attempts: i32,
    pub expires_at: Instant,
    until: Instant,
}

impl LeasedDelivery {
    /// Whether there is time enough to send it before another may.
    pub(super) fn is_ours(&self, now: Instant) -> bool {
        now.plus(MARGIN) <= self.until
    }
}

type Row =
    (DeliveryId, String, String, (String, Option<String>, Option<UserId>, Lang), NaiveDate, String, i32, Instant);

/// The outcome of a batch, without the deliveries that are already marked.
#[derive(Default)]
pub(super) struct Rest {
    /// Deliveries that were attempted, with their outcome.
    pub ended: Vec<(LeasedDelivery, DeliveryOutcome)>,
    /// Deliveries that were not begun, because the sender was told to stop.
    pub left: Vec<LeasedDelivery>,
}

/// Marks the rest of a batch and, unless the sender was told to stop, leases the next deliveries that are due, of one
/// kind or of all: one short transaction. Nobody else takes the leased deliveries until the lease ends.
pub(super) fn mark_and_lease(round: &SendRun<'_>, rest: &Rest) -> Result<Vec<LeasedDelivery>> {
    let now = (round.now)();
    round.db.write(None, now, |tx| {
        mark_all(tx, round, &rest.ended)?;
        rest.left.iter().try_for_each(|delivery| release(tx.conn, delivery))?;
        if (round.go_on)() { lease(tx.conn, now, round.kind) } else { Ok(Vec::new()) }
    })
}

/// Marks these deliveries in one transaction.
pub(super) fn mark(round: &SendRun<'_>, ended: &[(LeasedDelivery, DeliveryOutcome)]) -> Result<()> {
    round.db.write(None, (round.now)(), |tx| mark_all(tx, round, ended))
}

fn mark_all(tx: &mut Tx<'_>, round: &SendRun<'_>, ended: &[(LeasedDelivery, DeliveryOutcome)]) -> Result<()> {
    for (delivery, outcome) in ended {
        match outcome {
            DeliveryOutcome::Sent => mark_ended(tx.conn, delivery, DeliveryStatus::Sent, Some(tx.now))?,
            DeliveryOutcome::Dropped => mark_ended(tx.conn, delivery, DeliveryStatus::Dropped, None)?,
            DeliveryOutcome::PutOff { why, next } => {
                mark_unsent(tx.conn, delivery, DeliveryStatus::Queued, why, *next)?
            }
            DeliveryOutcome::Failed(why) => {
                mark_unsent(tx.conn, delivery, DeliveryStatus::Failed, why, never())?;
                (round.on_failure)(tx, delivery)?;
            }
        }
    }
    Ok(())
}

fn lease(conn: &mut Db, now: Instant, kind: Option<&str>) -> Result<Vec<LeasedDelivery>> {
    let until = now.plus(LEASE);
    let ids = lease_deliveries(conn, (now, until), kind.unwrap_or_default(), BATCH.into())?;
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
            deliveries::attempts,
            deliveries::expires_at,
        ))
        .load(conn)?;
    let leased = |(id, kind, message_id, to, day, payload, attempts, expires_at): Row| {
        let (address, name, user_id, language) = to;
        let to = Recipient { address, name, user_id, language };
        LeasedDelivery { id, kind, message_id, to, day, payload, attempts, expires_at, until }
    };
    Ok(rows.into_iter().map(leased).collect())
}

/// Selects the delivery, unless another sender has taken it over meanwhile.
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

fn mark_ended(
    conn: &mut Db,
    delivery: &LeasedDelivery,
    status: DeliveryStatus,
    sent_at: Option<Instant>,
) -> Result<()> {
    diesel::update(ours(delivery))
        .set((
            deliveries::status.eq(status),
            deliveries::last_error.eq(None::<String>),
            deliveries::sent_at.eq(sent_at),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::next_attempt_at.eq(never()),
            // The text of a mail is not kept once the mail has been sent.
            deliveries::payload.eq("{}"),
        ))
        .execute(conn)?;
    Ok(())
}

fn mark_unsent(
    conn: &mut Db,
    delivery: &LeasedDelivery,
    status: DeliveryStatus,
    why: &str,
    next: Instant,
) -> Result<()> {
    diesel::update(ours(delivery))
        .set((
            deliveries::status.eq(status),
            deliveries::last_error.eq(why),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::next_attempt_at.eq(next),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts a delivery back as it was before it was leased.
fn release(conn: &mut Db, delivery: &LeasedDelivery) -> Result<()> {
    diesel::update(ours(delivery))
        .set((
            deliveries::status.eq(DeliveryStatus::Queued),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::attempts.eq(delivery.attempts - 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many mails wait, are being sent, or have failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    pub queued: i64,
    pub sending: i64,
    pub failed: i64,
}

/// What has not gone: for `/metrics`.
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
