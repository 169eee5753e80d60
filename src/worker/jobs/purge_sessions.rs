//! Deletes the data of ended sessions and used links.

use chrono::TimeDelta;

use super::JobContext;
use crate::error::Result;
use crate::identity;

/// The time that sessions and links are kept after their end, so that incidents can be investigated.
const KEPT: TimeDelta = TimeDelta::days(7);

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let (state, now) = (context.state, context.state.now());
    // Each batch is a separate transaction, so that no other write waits long.
    while (context.go_on)() && state.db.write(None, now, |tx| identity::purge(tx, now.plus(-KEPT)))? {}
    Ok(())
}
