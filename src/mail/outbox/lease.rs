//! Taking what is due into one's hands, and writing down what became of it: each in a short transaction.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::send::Outcome;
use super::{DeliveryStatus, Recipient, never};
use crate::clock::Instant;
use crate::db::dispatch::lease_deliveries;
use crate::db::schema::deliveries;
use crate::db::{Database, Db, DeliveryId, UserId};
use crate::error::Result;
use crate::i18n::Lang;

/// How long a sender may take over what it leased; then another takes it over.
const LEASE: TimeDelta = TimeDelta::minutes(15);
/// No mail is begun so shortly before the lease ends: it might be another's by the time that the server answers.
const MARGIN: TimeDelta = TimeDelta::minutes(5);
/// How many are leased at a time: what a disk takes to write down that they are, the mails of a batch share. As many
/// are sent again, with the same `Message-ID`, when a lane is killed before they are marked.
pub(super) const BATCH: u8 = 100;

/// A delivery in the hands of a sender.
#[derive(Debug, Clone)]
pub struct Leased {
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

impl Leased {
    /// Whether there is time enough to send it before another may.
    pub(super) fn is_ours(&self, now: Instant) -> bool {
        now.plus(MARGIN) <= self.until
    }
}

type Row =
    (DeliveryId, String, String, (String, Option<String>, Option<UserId>, Lang), NaiveDate, String, i32, Instant);

/// Writes down what became of the last batch and takes the next of what is due now, of one kind or of all: one short
/// transaction. Nobody else takes what is taken until the lease ends.
pub fn mark_and_lease(
    db: &Database,
    now: Instant,
    kind: Option<&str>,
    last: &[(Leased, Outcome)],
    go_on: bool,
) -> Result<Vec<Leased>> {
    db.write(None, now, |tx| {
        mark(tx.conn, now, last)?;
        if go_on { lease(tx.conn, now, kind) } else { Ok(Vec::new()) }
    })
}

fn lease(conn: &mut Db, now: Instant, kind: Option<&str>) -> Result<Vec<Leased>> {
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
        Leased { id, kind, message_id, to, day, payload, attempts, expires_at, until }
    };
    Ok(rows.into_iter().map(leased).collect())
}

/// What became of a batch, save what another sender has taken over meanwhile.
fn mark(conn: &mut Db, now: Instant, batch: &[(Leased, Outcome)]) -> Result<()> {
    let mut alike: BTreeMap<(i32, DeliveryStatus), Vec<DeliveryId>> = BTreeMap::new();
    for (delivery, outcome) in batch {
        let ended = match outcome {
            Outcome::Sent => DeliveryStatus::Sent,
            Outcome::Dropped => DeliveryStatus::Dropped,
            Outcome::PutOff { why, next } => {
                mark_one(conn, delivery, DeliveryStatus::Queued, why, *next)?;
                continue;
            }
            Outcome::Failed(why) => {
                mark_one(conn, delivery, DeliveryStatus::Failed, why, never())?;
                continue;
            }
        };
        alike.entry((delivery.attempts, ended)).or_default().push(delivery.id);
    }
    alike.into_iter().try_for_each(|((attempts, status), ids)| mark_ended(conn, &ids, attempts, status, now))
}

fn mark_ended(conn: &mut Db, ids: &[DeliveryId], attempts: i32, status: DeliveryStatus, now: Instant) -> Result<()> {
    let ours = deliveries::table
        .filter(deliveries::id.eq_any(ids))
        .filter(deliveries::status.eq(DeliveryStatus::Sending))
        .filter(deliveries::attempts.eq(attempts));
    let sent = (status == DeliveryStatus::Sent).then_some(now);
    diesel::update(ours)
        .set((
            deliveries::status.eq(status),
            deliveries::last_error.eq(None::<String>),
            deliveries::sent_at.eq(sent),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::next_attempt_at.eq(never()),
            // A letter that has gone is not kept: it may hold a one-time link.
            deliveries::payload.eq("{}"),
        ))
        .execute(conn)?;
    Ok(())
}

fn mark_one(conn: &mut Db, delivery: &Leased, status: DeliveryStatus, why: &str, next: Instant) -> Result<()> {
    let ours = deliveries::table
        .filter(deliveries::id.eq(delivery.id))
        .filter(deliveries::status.eq(DeliveryStatus::Sending))
        .filter(deliveries::attempts.eq(delivery.attempts));
    diesel::update(ours)
        .set((
            deliveries::status.eq(status),
            deliveries::last_error.eq(why),
            deliveries::leased_until.eq(None::<Instant>),
            deliveries::next_attempt_at.eq(next),
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
