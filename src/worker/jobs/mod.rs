//! The jobs of the worker.

mod purge;
mod send_mail;

use std::time::Duration;

use super::{Job, JobContext, PAUSE};
use crate::error::Result;
use crate::reminders::{self, PlanningTime};
use crate::{issued, mail, minutes, notifications, reports};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// All jobs, in the order in which they run.
pub(super) const JOBS: &[Job] = &[
    Job { name: "plan reminders", every: Duration::from_secs(60), run: plan_reminders },
    Job { name: "mail contact changes", every: PAUSE, run: mail_contact_changes },
    Job { name: "send mail", every: PAUSE, run: send_mail::run },
    Job { name: "purge sessions", every: HOUR, run: purge::sessions },
    Job { name: "purge stored responses", every: HOUR, run: purge::stored_responses },
    Job { name: "purge saved drafts", every: HOUR, run: purge::saved_drafts },
    Job { name: "purge deliveries", every: DAY, run: purge::deliveries },
    Job { name: "purge files", every: DAY, run: purge::files },
    Job { name: "analyze the database", every: DAY, run: analyze },
    Job { name: "render issued documents", every: Duration::from_secs(60), run: render_issued },
    Job { name: "render minutes", every: Duration::from_secs(60), run: render_minutes },
    Job { name: "render reports", every: Duration::from_secs(60), run: render_reports },
    COUNT_MAIL,
];

/// The jobs that the metrics of a process need when other processes do the rest.
pub(super) const METRICS_JOBS: &[Job] = &[COUNT_MAIL];

const COUNT_MAIL: Job = Job { name: "count mail", every: Duration::from_secs(15), run: count_mail };

/// Plans the reminders that are due.
fn plan_reminders(context: &JobContext<'_>) -> Result<()> {
    reminders::queue_due(&context.state.db, PlanningTime::Now(context.state.now()))
}

/// Updates the statistics by which SQLite plans statements.
fn analyze(context: &JobContext<'_>) -> Result<()> {
    context.state.db.analyze()
}

/// Makes the documents of minutes that were frozen since the last run.
fn render_minutes(context: &JobContext<'_>) -> Result<()> {
    minutes::render_waiting(&context.state.db, context.state.now(), context.should_continue)
}

/// Makes the documents of reports that were approved since the last run.
fn render_reports(context: &JobContext<'_>) -> Result<()> {
    reports::render_waiting(&context.state.db, context.state.now(), context.should_continue)
}

/// Makes the files of documents that were sent since the last run.
fn render_issued(context: &JobContext<'_>) -> Result<()> {
    issued::render_issued(&context.state.db, context.state.now(), context.should_continue)
}

/// Writes the mails about changed contacts of institutions.
fn mail_contact_changes(context: &JobContext<'_>) -> Result<()> {
    notifications::mail_contact_changes(&context.state.db, context.state.now())
}

/// Counts the mails that wait, for the metrics of this process.
fn count_mail(context: &JobContext<'_>) -> Result<()> {
    context.state.metrics.mails_wait(context.state.db.read(mail::backlog)?);
    Ok(())
}
