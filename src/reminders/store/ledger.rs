//! What each person has been reminded of, and the mails that said so: a mail's entries are its rows of the ledger.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use crate::clock::{Instant, new_id};
use crate::db::schema::{deliveries, reminder_ledger};
use crate::db::{AssignmentId, Db, DeliveryId, RawId, Tx, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::mail::{DeliveryStatus, RETRY_PERIOD};
use crate::notifications::Contact;
use crate::reminders::model::{ExistingEmail, KIND, Reminder};

/// One thing that a mail says.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: RawId,
    pub delivery_id: DeliveryId,
    pub assignment_id: AssignmentId,
    pub due: NaiveDate,
    pub step: i32,
}

/// What these mails say, the oldest step first.
pub fn of_deliveries(conn: &mut Db, ids: &[DeliveryId]) -> Result<Vec<Row>> {
    type Columns = (RawId, DeliveryId, AssignmentId, NaiveDate, i32);
    let rows: Vec<Columns> = reminder_ledger::table
        .filter(reminder_ledger::delivery_id.eq_any(ids.iter().map(Some)))
        .order(reminder_ledger::id)
        .select((
            reminder_ledger::id,
            reminder_ledger::delivery_id.assume_not_null(),
            reminder_ledger::assignment_id,
            reminder_ledger::due,
            reminder_ledger::step,
        ))
        .load(conn)?;
    let row = |(id, delivery_id, assignment_id, due, step)| Row { id, delivery_id, assignment_id, due, step };
    Ok(rows.into_iter().map(row).collect())
}

/// Writes down that steps are on their way to a person; 409 when one of them is already.
pub fn insert(tx: &mut Tx<'_>, delivery: DeliveryId, recipient: &str, entries: &[Reminder]) -> Result<()> {
    let now = tx.now;
    let row = |entry: &Reminder| {
        (
            reminder_ledger::id.eq(RawId(new_id(now))),
            reminder_ledger::assignment_id.eq(entry.open.assignment_id),
            reminder_ledger::due.eq(entry.open.due),
            reminder_ledger::step.eq(entry.step),
            reminder_ledger::recipient.eq(recipient.to_owned()),
            reminder_ledger::reason.eq(entry.reason.as_str()),
            reminder_ledger::delivery_id.eq(delivery),
        )
    };
    crate::insert_all!(tx.conn, reminder_ledger::table, &entries.iter().map(row).collect::<Vec<_>>())
}

/// What a mail was to say of an earlier step of these assignments is said no more.
pub fn supersede(conn: &mut Db, delivery: DeliveryId, entries: &[Reminder]) -> Result<()> {
    let ids: Vec<AssignmentId> = entries.iter().map(|entry| entry.open.assignment_id).collect();
    let outdated = reminder_ledger::table
        .filter(reminder_ledger::delivery_id.eq(delivery))
        .filter(reminder_ledger::assignment_id.eq_any(ids));
    diesel::delete(outdated).execute(conn)?;
    Ok(())
}

/// Strikes out what was not said after all.
pub fn strike(conn: &mut Db, rows: &[RawId]) -> Result<()> {
    diesel::delete(reminder_ledger::table.filter(reminder_ledger::id.eq_any(rows))).execute(conn)?;
    Ok(())
}

/// The reminders of late to each of these people, and all that still wait, by recipient.
pub fn recent(conn: &mut Db, recipients: &[String], moment: Instant) -> Result<HashMap<String, Vec<ExistingEmail>>> {
    type Columns = (String, DeliveryId, DeliveryStatus, NaiveDate, Option<Instant>, Instant);
    let late = moment.plus(-TimeDelta::days(2));
    let waits = deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending]);
    let of_late = deliveries::day.ge(late.utc().date_naive()).or(deliveries::sent_at.assume_not_null().ge(late));
    let rows: Vec<Columns> = deliveries::table
        .filter(deliveries::recipient.eq_any(recipients))
        .filter(deliveries::kind.eq(KIND))
        .filter(waits.or(of_late))
        .order(deliveries::id)
        .select((
            deliveries::recipient,
            deliveries::id,
            deliveries::status,
            deliveries::day,
            deliveries::sent_at,
            deliveries::next_attempt_at,
        ))
        .load(conn)?;
    let mut mails: HashMap<String, Vec<ExistingEmail>> = HashMap::new();
    for (recipient, id, status, day, sent_at, next_attempt) in rows {
        mails.entry(recipient).or_default().push(ExistingEmail { id, status, day, sent_at, next_attempt });
    }
    Ok(mails)
}

/// Adds to a mail that waits: it goes no sooner than the new entries may, and is tried for three days from now.
/// False when it has begun to be sent.
pub fn extend(tx: &mut Tx<'_>, mail: &ExistingEmail, send_at: Instant, held_until: Instant) -> Result<bool> {
    let waiting =
        deliveries::table.filter(deliveries::id.eq(mail.id)).filter(deliveries::status.eq(DeliveryStatus::Queued));
    let changed = diesel::update(waiting)
        .set((
            deliveries::next_attempt_at.eq(mail.next_attempt.max(send_at)),
            deliveries::expires_at.eq(tx.now.plus(RETRY_PERIOD)),
            deliveries::leased_until.eq(held_until),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// A mail whose turn comes by a moment.
#[derive(Debug, Clone)]
pub struct WaitingEmail {
    pub id: DeliveryId,
    pub to: Contact,
    pub next_attempt: Instant,
}

/// The reminders that wait and whose turn comes by `moment`.
pub fn waiting(conn: &mut Db, moment: Instant) -> Result<Vec<WaitingEmail>> {
    type Columns = (DeliveryId, (String, Option<String>, Option<UserId>, Lang), Instant);
    let rows: Vec<Columns> = deliveries::table
        .filter(deliveries::next_attempt_at.le(moment))
        .filter(deliveries::kind.eq(KIND))
        .filter(deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending]))
        .order((deliveries::next_attempt_at, deliveries::id))
        .select((
            deliveries::id,
            (deliveries::address, deliveries::name, deliveries::user_id, deliveries::language),
            deliveries::next_attempt_at,
        ))
        .load(conn)?;
    let waiting = |(id, (address, name, user_id, language), next_attempt): Columns| WaitingEmail {
        id,
        to: Contact { address, name, user_id, language },
        next_attempt,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Lets every mail go that was held while it was put together.
pub fn release(conn: &mut Db) -> Result<()> {
    let held = deliveries::table
        .filter(deliveries::status.eq(DeliveryStatus::Queued))
        .filter(deliveries::kind.eq(KIND))
        .filter(deliveries::leased_until.is_not_null());
    diesel::update(held).set(deliveries::leased_until.eq(None::<Instant>)).execute(conn)?;
    Ok(())
}
