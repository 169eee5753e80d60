//! The background loop. Any number may run beside any number of servers: what a job takes is leased in the database.

use std::time::Duration;

use tokio::sync::watch;

use crate::clock::stopwatch;
use crate::error::Result;
use crate::http::State;
use crate::mail::{self, Composed, Leased, Mailer, Round, send_due};
use crate::reminders::{self, When};

/// How long the loop rests between two turns.
const REST: Duration = Duration::from_secs(5);

/// What a job works with.
struct Desk<'a> {
    state: &'a State,
    mailer: &'a Mailer,
    /// Asked by long jobs: whether to go on.
    go_on: &'a (dyn Fn() -> bool + Sync),
}

/// A job: its name, how often it runs, what it does.
struct Job {
    name: &'static str,
    every: Duration,
    work: fn(&Desk<'_>) -> Result<()>,
}

/// Everything that the loop does, in this order.
const JOBS: &[Job] = &[
    Job { name: "plan reminders", every: Duration::from_secs(60), work: plan_reminders },
    Job { name: "send mail", every: REST, work: send_mail },
];

fn plan_reminders(desk: &Desk<'_>) -> Result<()> {
    reminders::queue_due(&desk.state.db, When::Now(desk.state.now()))
}

fn send_mail(desk: &Desk<'_>) -> Result<()> {
    let state = desk.state;
    let round = Round { db: &state.db, mailer: desk.mailer, now: &|| state.now(), kind: None, go_on: desk.go_on };
    send_due(&round, &|batch| letters(desk, batch), &mut |posting| state.metrics.mailed(posting.outcome.as_str()))
}

/// The letters of a batch: digests as things stand now, everything else as it was written.
fn letters(desk: &Desk<'_>, batch: &[Leased]) -> Result<Vec<Composed>> {
    let (state, url) = (desk.state, &desk.state.config.public_url);
    let mut digests = reminders::compose(&state.db, url, When::Now(state.now()), batch)?;
    let letter = |delivery: &Leased| match digests.remove(&delivery.id) {
        Some(digest) => digest,
        None => mail::compose(desk.mailer, url, delivery),
    };
    Ok(batch.iter().map(letter).collect())
}

/// Runs every job once, in order: what the loop does, for those who cannot wait (tests, the demonstration).
pub fn turn(state: &State, mailer: &Mailer) -> Result<()> {
    let desk = Desk { state, mailer, go_on: &|| true };
    JOBS.iter().try_for_each(|job| (job.work)(&desk))
}

/// Works until `stop` turns true; a job that has begun is finished first. A job that fails is logged and runs again.
pub async fn run(state: State, mut stop: watch::Receiver<bool>) -> Result<()> {
    let mailer = std::sync::Arc::new(Mailer::open(&state.config.mail_url, &state.config.mail_from)?);
    let mut last: Vec<Option<std::time::Instant>> = vec![None; JOBS.len()];
    while !*stop.borrow() {
        for (job, last) in JOBS.iter().zip(&mut last) {
            if *stop.borrow() {
                break;
            }
            if last.is_none_or(|last| last.elapsed() >= job.every) {
                *last = Some(stopwatch());
                let (state, mailer, stop) = (state.clone(), mailer.clone(), stop.clone());
                let work = move || (job.work)(&Desk { state: &state, mailer: &mailer, go_on: &|| !*stop.borrow() });
                let done = tokio::task::spawn_blocking(work).await;
                match done {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::error!(job = job.name, %error, "the job failed"),
                    Err(error) => tracing::error!(job = job.name, %error, "the job ended early"),
                }
            }
        }
        // Either the rest is over or the signal has come; a closed channel means that nobody will stop us but the end.
        if let Ok(Err(_)) = tokio::time::timeout(REST, stop.changed()).await {
            return Ok(());
        }
    }
    Ok(())
}
