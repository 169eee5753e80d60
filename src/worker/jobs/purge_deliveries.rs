//! Deletes deliveries that were sent, dropped or failed and are older than `ARTICULA_KEEP_DELIVERIES`. The ledger of
//! reminders stays, so that a step is never sent again.

use super::JobContext;
use crate::error::Result;
use crate::mail::purge;

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let (state, now) = (context.state, context.state.now());
    let before = now.plus(-state.config.keep_deliveries);
    while (context.go_on)() && state.db.write(None, now, |tx| purge(tx.conn, before))? {}
    Ok(())
}
