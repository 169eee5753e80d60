//! Deletes what ended sessions and used links leave behind.

use chrono::TimeDelta;

use super::JobContext;
use crate::error::Result;
use crate::identity;

/// Sessions and links are kept this long after their end, for whoever looks into what happened.
const KEPT: TimeDelta = TimeDelta::days(7);

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let (state, now) = (context.state, context.state.now());
    // Each batch is a transaction of its own, so that no other write waits long.
    while (context.go_on)() && state.db.write(None, now, |tx| identity::purge(tx, now.plus(-KEPT)))? {}
    Ok(())
}
