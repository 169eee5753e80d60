//! Planning a batch of the agenda, striking out what no longer holds, and trying a failed delivery again.

use std::collections::{BTreeMap, HashSet};

use chrono::TimeDelta;

use super::model::{Digest, Entry, KIND, Scene, Slot, When};
use super::policy;
use super::store::{self, Delivery, LedgerRow, Mark};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::db::dispatch::{lock_name, lock_on_agenda};
use crate::db::{AssignmentId, DeliveryId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::mail::{NewDelivery, enqueue, show_to};

/// How many assignments are looked at in one transaction.
pub const BATCH: i64 = 200;
/// How long a mail is held for what else it will say, should whoever plans it die.
const HOLD: TimeDelta = TimeDelta::minutes(15);

/// Plans the next assignments of the agenda; answers where it ended, None when nothing was left. Whoever plans at the
/// same time waits here, so that each batch is planned by one; mails are held until the agenda has come to its end.
pub fn plan_batch(tx: &mut Tx<'_>, when: When, after: Option<Mark>) -> Result<Option<Mark>> {
    lock_name(tx.conn, "reminder_agenda")?;
    let due = store::due(tx.conn, when.moment(), after, BATCH)?;
    let Some(end) = due.last().copied() else {
        store::release(tx.conn)?;
        return Ok(None);
    };
    let ids = lock_on_agenda(tx.conn, due.into_iter().map(|(_, id)| id).collect())?;
    let scene = store::scene_with_ledger(tx.conn, &ids, when.moment())?;
    let plan = scene.plan(when);
    let mut looks: BTreeMap<AssignmentId, Instant> = plan.looks.into_iter().collect();
    for digest in queue_all(tx, when, &plan.digests)? {
        let tomorrow =
            digest.entries.iter().filter_map(|entry| Some((entry.open.assignment_id, scene.day_after(entry)?)));
        looks.extend(tomorrow);
    }
    keep_agenda(tx, &ids, &looks)?;
    Ok(Some(end))
}

/// Queues digests; answers those for which it is too late today.
fn queue_all<'d>(tx: &mut Tx<'_>, when: When, digests: &'d [Digest]) -> Result<Vec<&'d Digest>> {
    let recipients: Vec<String> = digests.iter().map(|digest| digest.to.key()).collect();
    let mails = store::recent(tx.conn, &recipients, when.moment())?;
    let mut late = Vec::new();
    for (digest, recipient) in digests.iter().zip(recipients) {
        let slot = digest.slot(mails.get(&recipient).map_or(&[], Vec::as_slice));
        if !queue(tx, digest, &recipient, &slot)? {
            late.push(digest);
        }
    }
    Ok(late)
}

/// Queues a digest with its rows of the ledger; false when today's mail has gone.
fn queue(tx: &mut Tx<'_>, digest: &Digest, recipient: &str, slot: &Slot<'_>) -> Result<bool> {
    let held_until = tx.now.plus(HOLD);
    let id = match slot {
        Slot::Tomorrow => return Ok(false),
        Slot::Waiting(mail) => {
            if !store::extend(tx, mail, digest.send_at, held_until)? {
                return Ok(false);
            }
            show_to(tx, mail.id, digest.commissions())?;
            store::supersede_ledger(tx.conn, mail.id, &digest.entries)?;
            mail.id
        }
        Slot::New => enqueue(tx, delivery(digest, held_until))?,
    };
    store::insert_ledger(tx, id, recipient, &digest.entries)?;
    Ok(true)
}

fn delivery(digest: &Digest, held_until: Instant) -> NewDelivery {
    let mut countries = digest.entries.iter().map(|entry| &entry.open.country);
    let first = countries.next().cloned();
    NewDelivery {
        kind: KIND,
        to: digest.recipient(),
        country_code: first.filter(|first| countries.all(|other| other == first)),
        commissions: digest.commissions(),
        day: digest.day,
        payload: "{}".to_owned(),
        once: Some(digest.once()),
        not_before: Some(digest.send_at),
        held_until: Some(held_until),
    }
}

/// Writes down when each assignment is looked at again; those without an answer leave the agenda.
fn keep_agenda(tx: &mut Tx<'_>, ids: &[AssignmentId], looks: &BTreeMap<AssignmentId, Instant>) -> Result<()> {
    let mut alike: BTreeMap<Instant, Vec<AssignmentId>> = BTreeMap::new();
    for (id, at) in looks {
        alike.entry(*at).or_default().push(*id);
    }
    for (at, ids) in alike {
        store::look_at(tx.conn, &ids, at)?;
    }
    let closed: Vec<AssignmentId> = ids.iter().filter(|id| !looks.contains_key(id)).copied().collect();
    if closed.is_empty() { Ok(()) } else { store::forget(tx.conn, &closed) }
}

/// Strikes out what a mail will not say after all, and has its assignments looked at anew: should the term be another
/// or somebody else speak for the institution now, they hear of it.
pub fn strike(tx: &mut Tx<'_>, rows: &[LedgerRow]) -> Result<()> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let assignments: HashSet<AssignmentId> = rows.iter().map(|row| row.assignment_id).collect();
    store::strike(tx.conn, &ids)?;
    store::look_at(tx.conn, &assignments.into_iter().collect::<Vec<_>>(), tx.now)
}

/// What of a mail's rows still holds, and what does not.
pub fn sift(scene: &Scene, rows: Vec<LedgerRow>, when: When, recipient: &str) -> (Vec<Entry>, Vec<LedgerRow>) {
    let (mut entries, mut gone) = (Vec::new(), Vec::new());
    for row in rows {
        let open = scene.find(row.assignment_id).filter(|open| open.due == row.due);
        match open.and_then(|open| scene.still(open, row.step, when, recipient)) {
            Some(entry) => entries.push(entry),
            None => gone.push(row),
        }
    }
    (entries, gone)
}

/// Tries a failed delivery again; 409 when it has not failed.
pub fn retry(tx: &mut Tx<'_>, actor: &Actor, id: DeliveryId) -> Result<Delivery> {
    let visibility = policy::visibility(actor);
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
