//! The background worker: a loop over jobs. Any number of workers may run beside any number of servers: a job leases
//! its work in the database.

mod jobs;

use std::time::Duration;

use tokio::sync::watch;

use self::jobs::{JOBS, METRICS_JOBS};
use crate::clock::stopwatch;
use crate::error::Result;
use crate::http::State;
use crate::mail::Mailer;

/// The pause between two rounds of the loop.
const PAUSE: Duration = Duration::from_secs(5);

/// Everything that a job needs.
struct JobContext<'a> {
    state: &'a State,
    mailer: &'a Mailer,
    /// Returns false when the worker is stopping; long jobs call it.
    should_continue: &'a (dyn Fn() -> bool + Sync),
}

struct Job {
    name: &'static str,
    every: Duration,
    run: fn(&JobContext<'_>) -> Result<()>,
}

/// Runs every job once, in the order of the loop: for tests and benchmarks.
pub fn run_jobs_once(state: &State, mailer: &Mailer) -> Result<()> {
    let context = JobContext { state, mailer, should_continue: &|| true };
    JOBS.iter().try_for_each(|job| (job.run)(&context))
}

/// Runs all jobs until `stop` becomes true; a job that has begun is finished first. A job that fails is logged and runs
/// again.
pub async fn run(state: State, stop: watch::Receiver<bool>) -> Result<()> {
    repeat(state, stop, JOBS).await
}

/// Runs the jobs that the metrics of a server without a worker need, until `stop` becomes true.
pub async fn run_metrics_jobs(state: State, stop: watch::Receiver<bool>) -> Result<()> {
    repeat(state, stop, METRICS_JOBS).await
}

async fn repeat(state: State, mut stop: watch::Receiver<bool>, jobs: &'static [Job]) -> Result<()> {
    let mailer = std::sync::Arc::new(Mailer::from_config(&state.config)?);
    let mut last: Vec<Option<std::time::Instant>> = vec![None; jobs.len()];
    while !*stop.borrow() {
        for (job, last) in jobs.iter().zip(&mut last) {
            if *stop.borrow() {
                break;
            }
            if last.is_none_or(|last| last.elapsed() >= job.every) {
                *last = Some(stopwatch());
                let (state, mailer, stop) = (state.clone(), mailer.clone(), stop.clone());
                let work = move || {
                    (job.run)(&JobContext { state: &state, mailer: &mailer, should_continue: &|| !*stop.borrow() })
                };
                match tokio::task::spawn_blocking(work).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!(job = job.name, %error, "job failed"),
                    Err(error) => tracing::error!(job = job.name, %error, "job panicked"),
                }
            }
        }
        // Either the pause is over or the signal has come. A closed channel means that the process is ending.
        if let Ok(Err(_)) = tokio::time::timeout(PAUSE, stop.changed()).await {
            return Ok(());
        }
    }
    Ok(())
}
