//! Plans the reminders that are due.

use super::JobContext;
use crate::error::Result;
use crate::reminders::{self, PlanningTime};

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    reminders::queue_due(&context.state.db, PlanningTime::Now(context.state.now()))
}
