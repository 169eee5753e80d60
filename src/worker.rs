//! The background loop. Any number may run beside any number of servers: what a job takes is leased in the database.

use std::time::Duration;

use tokio::sync::watch;

use crate::clock::{Instant, stopwatch};
use crate::error::{Error, Result};
use crate::http::State;
use crate::mail::{Composed, Letter, Mailer, Round, send_due};
use crate::reminders::{self, When};

/// How long the loop rests between two turns.
const REST: Duration = Duration::from_secs(5);

/// A job: its name, how often it runs, what it does.
struct Job {
    name: &'static str,
    every: Duration,
    work: fn(&State, &Mailer, Instant) -> Result<()>,
}

/// Everything that the loop does, in this order.
const JOBS: &[Job] = &[
    Job { name: "plan reminders", every: Duration::from_secs(60), work: plan_reminders },
    Job { name: "send mail", every: REST, work: send_mail },
];

fn plan_reminders(state: &State, _: &Mailer, now: Instant) -> Result<()> {
    reminders::queue_due(&state.db, When::Now(now)).map(|_| ())
}

fn send_mail(state: &State, mailer: &Mailer, now: Instant) -> Result<()> {
    let round = Round { db: &state.db, mailer, now, kind: None };
    let url = &state.config.public_url;
    let compose = |delivery: &crate::mail::Leased| match delivery.kind.as_str() {
        "reminder" => reminders::compose(&state.db, url, When::Now(now), delivery),
        _ => serde_json::from_str::<Letter>(&delivery.payload).map(Composed::Letter).map_err(Error::internal),
    };
    send_due(&round, &compose).map(|_| ())
}

/// Runs every job once, in order: what the loop does, for those who cannot wait (tests, the demonstration).
pub fn turn(state: &State, mailer: &Mailer) -> Result<()> {
    JOBS.iter().try_for_each(|job| (job.work)(state, mailer, state.now()))
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
                let (state, mailer) = (state.clone(), mailer.clone());
                let done = tokio::task::spawn_blocking(move || (job.work)(&state, &mailer, state.now())).await;
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
