//! Deleting deliveries that have come to their end.

use diesel::prelude::*;

use super::DeliveryStatus;
use crate::clock::{Instant, new_id};
use crate::db::schema::deliveries;
use crate::db::{Db, DeliveryId};
use crate::error::Result;

/// How many are deleted in one transaction.
const BATCH: u16 = 500;

/// Deletes some deliveries that have come to their end and were created before a moment; true when more may be left.
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
