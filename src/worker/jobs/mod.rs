//! The jobs of the worker, one file each.

mod count_mail;
mod plan_reminders;
mod purge_deliveries;
mod purge_files;
mod purge_sessions;
mod purge_stored_responses;
mod send_mail;

use std::time::Duration;

use super::{Job, JobContext, REST};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// All jobs, in the order in which a turn runs them.
pub(super) const JOBS: &[Job] = &[
    Job { name: "plan reminders", every: Duration::from_secs(60), run: plan_reminders::run },
    Job { name: "send mail", every: REST, run: send_mail::run },
    Job { name: "purge sessions", every: HOUR, run: purge_sessions::run },
    Job { name: "purge stored responses", every: HOUR, run: purge_stored_responses::run },
    Job { name: "purge deliveries", every: DAY, run: purge_deliveries::run },
    Job { name: "purge files", every: DAY, run: purge_files::run },
    COUNT_MAIL,
];

/// The jobs of a server that leaves the work to other processes: only those that its own figures need.
pub(super) const METRICS_JOBS: &[Job] = &[COUNT_MAIL];

const COUNT_MAIL: Job = Job { name: "count mail", every: Duration::from_secs(15), run: count_mail::run };
