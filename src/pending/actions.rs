//! What waits for a person: all of it, and its numbers.

use super::model::{PendingCounts, PendingFilter, PendingItem};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::identity::Actor;

/// Returns everything that waits for a person: the soonest term first (none last), then what waits longest. The number
/// of statements is constant, whatever the roles.
pub(crate) fn pending_of(
    _conn: &mut Db,
    _actor: &Actor,
    _now: Instant,
    _filter: &PendingFilter,
) -> Result<Vec<PendingItem>> {
    Ok(Vec::new())
}

/// Returns the number of items by reason; the reason of the filter makes no difference.
pub(crate) fn counts_of(
    _conn: &mut Db,
    _actor: &Actor,
    _now: Instant,
    _filter: &PendingFilter,
) -> Result<PendingCounts> {
    Ok(PendingCounts::new())
}
