//! Maintenance by the program itself: writes the last use of sessions, and deletes what has ended.

use super::store;
use crate::clock::Instant;
use crate::db::{SessionId, Tx};
use crate::error::Result;

/// The number of rows of each kind that one batch deletes.
const BATCH: i64 = 500;

/// Writes the last use of some sessions.
pub fn set_last_seen(tx: &mut Tx<'_>, seen: &[(SessionId, Instant)]) -> Result<()> {
    store::set_last_seen(tx.conn, seen)
}

/// Deletes one batch of the sessions, refresh tokens and one-time links that ended before a moment; returns false when
/// nothing was left.
pub fn purge(tx: &mut Tx<'_>, before: Instant) -> Result<bool> {
    let deleted = store::purge_refresh_tokens(tx.conn, before, BATCH)?
        + store::purge_sessions(tx.conn, before, BATCH)?
        + store::purge_links(tx.conn, before, BATCH)?;
    Ok(deleted > 0)
}
