//! Removes the answers that are kept for a repeated `Idempotency-Key`, once they have expired.

use super::JobContext;
use crate::error::Result;
use crate::http::forget_responses;

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let now = context.state.now();
    while (context.go_on)() && context.state.db.write(None, now, forget_responses)? {}
    Ok(())
}
