//! Queueing a digest once, and trying a failed delivery again.

use serde::{Deserialize, Serialize};

use super::model::Digest;
use super::policy;
use super::store::{self, Delivery};
use crate::audit::{self, Change};
use crate::db::{AssignmentId, DeliveryId, Tx};
use crate::error::{Code, Error, Result};
use crate::identity::Actor;
use crate::mail::{NewDelivery, already_queued, enqueue};

/// The `X-Articula-Kind` of reminders.
pub const KIND: &str = "reminder";

/// What a queued digest is about; its words are found when its turn comes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Payload {
    pub entries: Vec<PayloadEntry>,
}

/// One step of one assignment.
#[derive(Debug, Serialize, Deserialize)]
pub struct PayloadEntry {
    pub assignment_id: AssignmentId,
    pub due: chrono::NaiveDate,
    pub step: i32,
}

/// Queues a digest with its rows of the ledger; None when the person has had today's mail already.
pub fn queue(tx: &mut Tx<'_>, digest: &Digest) -> Result<Option<DeliveryId>> {
    if already_queued(tx.conn, KIND, &digest.once())? {
        return Ok(None);
    }
    let entry = |entry: &super::model::Entry| PayloadEntry {
        assignment_id: entry.open.assignment_id,
        due: entry.open.due,
        step: entry.step,
    };
    let payload = Payload { entries: digest.entries.iter().map(entry).collect() };
    let mut countries = digest.entries.iter().map(|entry| &entry.open.country);
    let first = countries.next().cloned();
    let id = enqueue(
        tx,
        NewDelivery {
            kind: KIND,
            to: digest.recipient(),
            country_code: first.filter(|first| countries.all(|other| other == first)),
            commissions: digest.commissions(),
            day: digest.day,
            payload: serde_json::to_string(&payload).map_err(Error::internal)?,
            once: Some(digest.once()),
        },
    )?;
    store::insert_ledger(tx, id, digest)?;
    Ok(Some(id))
}

/// Tries a failed delivery again; 409 when it has not failed.
pub fn retry(tx: &mut Tx<'_>, actor: &Actor, id: DeliveryId) -> Result<Delivery> {
    let reach = policy::reach(actor);
    let before = store::find(tx.conn, &reach, id)?;
    if !store::requeue(tx.conn, id, tx.now)? {
        return Err(Code::Conflict.into());
    }
    let after = store::find(tx.conn, &reach, id)?;
    let country = store::country_of(tx.conn, id)?;
    let change = Change { action: "retried", kind: "delivery", id: &id.to_string(), country: country.as_deref() };
    audit::record(tx, change, Some(&before), Some(&after))?;
    Ok(after)
}
