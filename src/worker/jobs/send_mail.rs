//! Sends the mail that is due.

use super::JobContext;
use crate::error::Result;
use crate::identity;
use crate::mail::{self, Composed, LeasedDelivery, SendRun, send_due};
use crate::reminders::{self, PlanningTime};

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let state = context.state;
    let run = SendRun {
        db: &state.db,
        mailer: context.mailer,
        now: &|| state.now(),
        kind: None,
        compose: &|batch| compose(context, batch),
        should_continue: context.should_continue,
        on_failure: &identity::withdraw_link,
    };
    send_due(&run, &mut |result| state.metrics.mailed(result.outcome.as_str()))
}

/// Composes the mails of a batch: digests and one-time links from the present state, all others as they were queued.
fn compose(context: &JobContext<'_>, batch: &[LeasedDelivery]) -> Result<Vec<Composed>> {
    let (state, url) = (context.state, &context.state.config.public_url);
    let mut present = reminders::compose(&state.db, url, PlanningTime::Now(state.now()), batch)?;
    if batch.iter().any(identity::contains_link) {
        present.extend(state.db.write(None, state.now(), |tx| identity::compose_links(tx, url, batch))?);
    }
    let compose = |delivery: &LeasedDelivery| match present.remove(&delivery.id) {
        Some(composed) => composed,
        None => mail::compose(context.mailer, url, delivery),
    };
    Ok(batch.iter().map(compose).collect())
}
