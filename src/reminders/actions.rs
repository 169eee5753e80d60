//! Plans a batch of assignments, removes outdated steps from a mail, and retries a failed delivery.

use std::collections::{BTreeMap, HashSet};

use chrono::TimeDelta;

use super::model::{Digest, KIND, Placement, PlanningTime};
use super::store::{self, Delivery, NextCheck, RecordedStep};
use crate::access::Visibility;
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::dispatch::{lock_name, lock_on_agenda};
use crate::db::{AssignmentId, CommissionId, DeliveryId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::mail::{NewDelivery, enqueue, show_to};

/// The number of assignments that are checked in one transaction.
pub(super) const BATCH: i64 = 200;
/// The time for which a mail is held so that later batches can add to it. It is sent after that even if the
/// process that plans has died.
const HOLD: TimeDelta = TimeDelta::minutes(15);

/// Plans the next assignments whose check is due. Returns where the batch ended, or `None` when nothing was left. One
/// transaction plans at a time; others wait. Mails are held until everything is planned.
pub(super) fn plan_batch(tx: &mut Tx<'_>, time: PlanningTime, after: Option<NextCheck>) -> Result<Option<NextCheck>> {
    lock_planning(tx)?;
    let due = store::due_checks(tx.conn, time.moment(), after, BATCH, &Visibility::everything())?;
    let Some(end) = due.last().copied() else {
        store::release_held_emails(tx.conn)?;
        return Ok(None);
    };
    let ids = lock_on_agenda(tx.conn, due.into_iter().map(|(_, id)| id).collect())?;
    let data = store::planning_data_with_steps(tx.conn, &ids, time.moment())?;
    let plan = data.plan(time);
    let mut next_checks: BTreeMap<AssignmentId, Instant> = plan.next_checks.into_iter().collect();
    for digest in queue_all(tx, time, &plan.digests)? {
        let reminders = digest.reminders.iter();
        next_checks.extend(reminders.filter_map(|one| Some((one.assignment.id, data.day_after(one)?))));
    }
    save_next_checks(tx, &ids, &next_checks)?;
    Ok(Some(end))
}

/// Queues digests; returns those for which it is too late today.
pub(super) fn queue_all<'d>(tx: &mut Tx<'_>, time: PlanningTime, digests: &'d [Digest]) -> Result<Vec<&'d Digest>> {
    let recipients: Vec<String> = digests.iter().map(|digest| digest.to.key()).collect();
    let emails = store::recent_emails(tx.conn, &recipients, time.moment())?;
    let mut late = Vec::new();
    for (digest, recipient) in digests.iter().zip(recipients) {
        let placement = digest.placement(emails.get(&recipient).map_or(&[], Vec::as_slice));
        if !queue(tx, digest, &recipient, &placement)? {
            late.push(digest);
        }
    }
    Ok(late)
}

/// Queues a digest and records its steps; returns false when today's mail has been sent.
fn queue(tx: &mut Tx<'_>, digest: &Digest, recipient: &str, placement: &Placement<'_>) -> Result<bool> {
    let Some(id) = open_mail(tx, digest, placement, digest.country(), digest.commissions())? else { return Ok(false) };
    if matches!(placement, Placement::AddTo(_)) {
        store::delete_superseded(tx.conn, id, &digest.reminders)?;
        store::delete_superseded_duties(tx.conn, id, &digest.duties)?;
    }
    store::record_steps(tx, id, recipient, &digest.reminders)?;
    store::record_duty_steps(tx, id, recipient, &digest.duties)?;
    Ok(true)
}

/// Returns the mail of the day to which something is added, a new one if there is none; `None` when today's mail has
/// been sent.
fn open_mail(
    tx: &mut Tx<'_>,
    digest: &Digest,
    placement: &Placement<'_>,
    country: Option<String>,
    commissions: Vec<CommissionId>,
) -> Result<Option<DeliveryId>> {
    let held_until = tx.now.plus(HOLD);
    match placement {
        Placement::Tomorrow => Ok(None),
        Placement::AddTo(email) => {
            if !store::extend(tx, email, digest.send_at, held_until)? {
                return Ok(None);
            }
            show_to(tx, email.id, commissions)?;
            Ok(Some(email.id))
        }
        Placement::New => {
            let delivery = NewDelivery {
                country_code: country,
                commissions,
                once: Some(digest.once()),
                not_before: Some(digest.send_at),
                held_until: Some(held_until),
                ..NewDelivery::new(KIND, digest.to.clone(), digest.day, "{}".to_owned())
            };
            enqueue(tx, delivery).map(Some)
        }
    }
}

/// Does the same for a person, apart from any assignment.
pub(super) fn mail_of_the_day(
    tx: &mut Tx<'_>,
    digest: &Digest,
    country: Option<String>,
    commissions: Vec<CommissionId>,
) -> Result<Option<DeliveryId>> {
    let recipient = digest.to.key();
    let emails = store::recent_emails(tx.conn, std::slice::from_ref(&recipient), tx.now)?;
    let placement = digest.placement(emails.get(&recipient).map_or(&[], Vec::as_slice));
    open_mail(tx, digest, &placement, country, commissions)
}

/// Takes the lock under which reminders are planned: one transaction plans at a time.
pub(super) fn lock_planning(tx: &mut Tx<'_>) -> Result<()> {
    lock_name(tx.conn, "reminder_agenda")
}

/// Saves the next check of each assignment; assignments without one are closed or have no due date, and theirs is
/// deleted.
fn save_next_checks(
    tx: &mut Tx<'_>,
    ids: &[AssignmentId],
    next_checks: &BTreeMap<AssignmentId, Instant>,
) -> Result<()> {
    let mut by_time: BTreeMap<Instant, Vec<AssignmentId>> = BTreeMap::new();
    for (id, at) in next_checks {
        by_time.entry(*at).or_default().push(*id);
    }
    for (at, ids) in by_time {
        store::set_next_check(tx.conn, &ids, at)?;
    }
    let closed: Vec<AssignmentId> = ids.iter().filter(|id| !next_checks.contains_key(id)).copied().collect();
    if closed.is_empty() { Ok(()) } else { store::delete_next_check(tx.conn, &closed) }
}

/// Deletes steps that a mail will not contain, and checks their assignments now: after a change of the due date or of
/// the recipients a reminder is still to be sent.
pub(super) fn remove_outdated(tx: &mut Tx<'_>, steps: &[RecordedStep]) -> Result<()> {
    let ids: Vec<_> = steps.iter().map(|step| step.id).collect();
    let assignments: HashSet<AssignmentId> = steps.iter().map(|step| step.assignment_id).collect();
    store::delete_steps(tx.conn, &ids)?;
    store::set_next_check(tx.conn, &assignments.into_iter().collect::<Vec<_>>(), tx.now)
}

/// Queues a failed delivery again; 409 when it has not failed.
pub(super) fn retry(tx: &mut Tx<'_>, actor: &Actor, id: DeliveryId) -> Result<Delivery> {
    let visibility = Visibility::writable_by(actor);
    let before = store::find(tx.conn, &visibility, id)?;
    if !store::requeue(tx.conn, id, tx.now)? {
        return Err(Code::Conflict.into());
    }
    let after = store::find(tx.conn, &visibility, id)?;
    let country = store::country_of(tx.conn, id)?;
    let change = Change { action: "retried", kind: "delivery", id: &id.to_string(), country: country.as_deref() };
    audit::record(tx, change, Some(&before), Some(&after))?;
    Ok(after)
}
