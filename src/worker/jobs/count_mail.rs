//! Counts the mails that wait, for the figures of this process.

use super::JobContext;
use crate::error::Result;
use crate::mail;

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let state = context.state;
    state.metrics.mails_wait(state.db.read(mail::backlog)?);
    Ok(())
}
