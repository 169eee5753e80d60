//! Deletes deliveries in a final state: sent, dropped or failed.

use diesel::prelude::*;

use super::DeliveryStatus;
use crate::clock::{Instant, new_id};
use crate::db::schema::deliveries;
use crate::db::{Db, DeliveryId};
use crate::error::Result;

/// The number of deliveries deleted in one transaction.
const BATCH: u16 = 500;

/// Deletes some deliveries in a final state that were created before a moment; returns true when more may be left.
pub fn purge(conn: &mut Db, before: Instant) -> Result<bool> {
    // Ids rise with time, so that only old deliveries are read.
    let first_kept: DeliveryId = new_id(before);
    let old: Vec<DeliveryId> = deliveries::table
        .filter(deliveries::id.lt(first_kept))
        .filter(deliveries::created_at.lt(before))
        .filter(deliveries::status.eq_any([DeliveryStatus::Sent, DeliveryStatus::Dropped, DeliveryStatus::Failed]))
        .order(deliveries::id)
        .limit(BATCH.into())
        .select(deliveries::id)
        .load(conn)?;
    diesel::delete(deliveries::table.filter(deliveries::id.eq_any(&old))).execute(conn)?;
    Ok(old.len() == usize::from(BATCH))
}
