//! The steps recorded for each recipient (table `reminder_ledger`), and the mails that contain them: the rows of a
//! delivery are the contents of its mail.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use crate::clock::{Instant, new_id};
use crate::db::schema::{deliveries, reminder_ledger};
use crate::db::{AssignmentId, Db, DeliveryId, RawId, Tx, UserId, grouped};
use crate::error::Result;
use crate::i18n::Lang;
use crate::mail::{DeliveryStatus, RETRY_PERIOD, Recipient};
use crate::reminders::model::{ExistingEmail, KIND, Reminder};

/// A step recorded as part of a mail.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct RecordedStep {
    pub id: RawId,
    pub delivery_id: DeliveryId,
    pub assignment_id: AssignmentId,
    pub due: NaiveDate,
    pub step: i32,
}

/// Returns the steps of these mails in the order in which they were recorded.
pub(crate) fn steps_of(conn: &mut Db, ids: &[DeliveryId]) -> Result<Vec<RecordedStep>> {
    Ok(reminder_ledger::table
        .filter(reminder_ledger::delivery_id.eq_any(ids.iter().map(Some)))
        .order(reminder_ledger::id)
        .select((
            reminder_ledger::id,
            reminder_ledger::delivery_id.assume_not_null(),
            reminder_ledger::assignment_id,
            reminder_ledger::due,
            reminder_ledger::step,
        ))
        .load(conn)?)
}

/// Records steps for a recipient as part of a mail; 409 when one of them is recorded already.
pub(crate) fn record_steps(
    tx: &mut Tx<'_>,
    delivery: DeliveryId,
    recipient: &str,
    reminders: &[Reminder],
) -> Result<()> {
    let now = tx.now;
    let row = |reminder: &Reminder| {
        (
            reminder_ledger::id.eq(RawId(new_id(now))),
            reminder_ledger::assignment_id.eq(reminder.assignment.id),
            reminder_ledger::due.eq(reminder.assignment.due),
            reminder_ledger::step.eq(reminder.step),
            reminder_ledger::recipient.eq(recipient.to_owned()),
            reminder_ledger::reason.eq(reminder.reason.as_str()),
            reminder_ledger::delivery_id.eq(delivery),
        )
    };
    crate::insert_all!(tx.conn, reminder_ledger::table, &reminders.iter().map(row).collect::<Vec<_>>())
}

/// Deletes the earlier steps of these assignments from a mail.
pub(crate) fn delete_superseded(conn: &mut Db, delivery: DeliveryId, reminders: &[Reminder]) -> Result<()> {
    let ids: Vec<AssignmentId> = reminders.iter().map(|reminder| reminder.assignment.id).collect();
    let superseded = reminder_ledger::table
        .filter(reminder_ledger::delivery_id.eq(delivery))
        .filter(reminder_ledger::assignment_id.eq_any(ids));
    diesel::delete(superseded).execute(conn)?;
    Ok(())
}

pub(crate) fn delete_steps(conn: &mut Db, ids: &[RawId]) -> Result<()> {
    diesel::delete(reminder_ledger::table.filter(reminder_ledger::id.eq_any(ids))).execute(conn)?;
    Ok(())
}

/// Returns the mails with reminders of the last two days to each of these recipients, and all that still wait.
pub(crate) fn recent_emails(
    conn: &mut Db,
    recipients: &[String],
    moment: Instant,
) -> Result<HashMap<String, Vec<ExistingEmail>>> {
    type Row = (String, DeliveryId, DeliveryStatus, NaiveDate, Option<Instant>, Instant);
    let since = moment.plus(-TimeDelta::days(2));
    let waits = deliveries::status.eq_any([DeliveryStatus::Queued, DeliveryStatus::Sending]);
    let recent = deliveries::day.ge(since.utc().date_naive()).or(deliveries::sent_at.assume_not_null().ge(since));
    let rows: Vec<Row> = deliveries::table
        .filter(deliveries::recipient.eq_any(recipients))
        .filter(deliveries::kind.eq(KIND))
        .filter(waits.or(recent))
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
    Ok(grouped(rows.into_iter().map(|(recipient, id, status, day, sent_at, next_attempt)| {
        (recipient, ExistingEmail { id, status, day, sent_at, next_attempt })
    })))
}

/// Prepares a waiting mail for further reminders: it is sent no sooner than they may be, and tried for three days from
/// now. Returns false when it is being sent already.
pub(crate) fn extend(tx: &mut Tx<'_>, email: &ExistingEmail, send_at: Instant, held_until: Instant) -> Result<bool> {
    let waiting =
        deliveries::table.filter(deliveries::id.eq(email.id)).filter(deliveries::status.eq(DeliveryStatus::Queued));
    let changed = diesel::update(waiting)
        .set((
            deliveries::next_attempt_at.eq(email.next_attempt.max(send_at)),
            deliveries::expires_at.eq(tx.now.plus(RETRY_PERIOD)),
            deliveries::leased_until.eq(held_until),
        ))
        .execute(tx.conn)?;
    Ok(changed == 1)
}

/// A mail with reminders that waits.
#[derive(Debug, Clone)]
pub(crate) struct WaitingEmail {
    pub id: DeliveryId,
    pub to: Recipient,
    pub next_attempt: Instant,
}

/// Returns the mails with reminders that wait and are due by `moment`.
pub(crate) fn waiting_emails(conn: &mut Db, moment: Instant) -> Result<Vec<WaitingEmail>> {
    type Row = (DeliveryId, (String, Option<String>, Option<UserId>, Lang), Instant);
    let rows: Vec<Row> = deliveries::table
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
    let waiting = |(id, (address, name, user_id, language), next_attempt): Row| WaitingEmail {
        id,
        to: Recipient { address, name, user_id, language },
        next_attempt,
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Releases every mail that was held while its contents were put together.
pub(crate) fn release_held_emails(conn: &mut Db) -> Result<()> {
    let held = deliveries::table
        .filter(deliveries::status.eq(DeliveryStatus::Queued))
        .filter(deliveries::kind.eq(KIND))
        .filter(deliveries::leased_until.is_not_null());
    diesel::update(held).set(deliveries::leased_until.eq(None::<Instant>)).execute(conn)?;
    Ok(())
}
