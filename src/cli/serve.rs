//! Serves requests, or runs the worker, until a signal to stop.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use crate::app::rt;
use crate::config::Config;
use crate::http::State;
use crate::mail::Mailer;
use crate::matrix::{self, EqualName};
use crate::minutes::freeze_approved;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;
use tracing::Level;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::{Sentence, sentence};

/// Serves the API, with or without the background worker.
pub(super) fn run(state: State, worker: bool) -> Result<(), Sentence> {
    log();
    prepare(&state)?;
    let listen = state.config.listen;
    let socket = bind(listen)?;
    answer(state, socket, worker, || tracing::info!(%listen, "serving"))
}

fn bind(address: SocketAddr) -> Result<TcpListener, Sentence> {
    TcpListener::bind(address).map_err(|e| format!("cannot listen on {address}: {e}"))
}

/// Migrates the schema; without `ARTICULA_AUTO_MIGRATE`, refuses one that is not up to date.
pub(super) fn prepare(state: &State) -> Result<(), Sentence> {
    if state.config.auto_migrate {
        let steps = state.db.migrate().map_err(sentence)?;
        let equal = if steps > 0 { equal_names(state)? } else { Vec::new() };
        for one in equal {
            tracing::warn!(kind = %one.kind, name = %one.name, "{one}");
        }
    } else if !state.db.is_migrated().map_err(sentence)? {
        return Err("the schema is not up to date: run `articula migrate`".to_owned());
    }
    freeze_minutes(state)
}

/// Returns the names that several institutions or commissions share, some of them only since the upgrade: matrices cannot
/// distinguish them.
pub(super) fn equal_names(state: &State) -> Result<Vec<EqualName>, Sentence> {
    state.db.read(|conn| matrix::equal_names(conn, state.now())).map_err(sentence)
}

/// Freezes the minutes that were approved before the program froze them.
fn freeze_minutes(state: &State) -> Result<(), Sentence> {
    let frozen = freeze_approved(&state.db, state.now()).map_err(sentence)?;
    if frozen > 0 {
        tracing::info!(minutes = frozen, "froze approved minutes");
    }
    Ok(())
}

/// Serves on the socket until SIGTERM or SIGINT, then finishes open requests: all within ten seconds. `ready` is called
/// once the signals are handled.
pub(super) fn answer(state: State, socket: TcpListener, worker: bool, ready: impl FnOnce()) -> Result<(), Sentence> {
    Mailer::from_config(&state.config).map_err(sentence)?;
    warn_of_plain_http(&state.config);
    let metrics = state.config.metrics_listen.map(bind).transpose()?;
    rt::System::new().block_on(async {
        let audit = state.audit.clone();
        let server = crate::app::serve(state.clone(), socket).map_err(sentence)?;
        let handle = server.handle();
        let mut signals = Signals::listen()?;
        let (stop, stopped) = watch::channel(false);
        if let Some(metrics) = metrics {
            rt::spawn(crate::app::serve_metrics(state.clone(), metrics, stopped.clone()));
        }
        let last_seen = rt::spawn(crate::app::keep_last_seen(state.clone()));
        let work = if worker {
            rt::spawn(crate::worker::run(state.clone(), stopped))
        } else {
            rt::spawn(crate::worker::run_metrics_jobs(state.clone(), stopped))
        };
        rt::spawn(async move {
            signals.stop().await;
            stop.send_replace(true);
            handle.stop(true).await;
        });
        ready();
        server.await.map_err(|e| format!("the server failed: {e}"))?;
        audit.close(AUDIT_TIMEOUT);
        last_seen.abort();
        // The wait has a limit, because the database may have stopped answering.
        let written = rt::task::spawn_blocking(move || crate::app::write_last_seen(&state));
        if timeout(LAST_TIMEOUT, written).await.is_err() || timeout(LAST_TIMEOUT, work).await.is_err() {
            exit_early();
        }
        Ok(())
    })
}

/// Warns when people would send their passwords without encryption.
fn warn_of_plain_http(config: &Config) {
    if config.is_unencrypted() {
        let public_url = &config.public_url;
        tracing::warn!(
            public_url,
            "ARTICULA_PUBLIC_URL is plain http: passwords and cookies travel without encryption"
        );
    }
}

/// Runs the background worker alone, until SIGTERM or SIGINT.
pub(super) fn work(state: State) -> Result<(), Sentence> {
    log();
    prepare(&state)?;
    rt::System::new().block_on(async {
        let mut signals = Signals::listen()?;
        let (stop, stopped) = watch::channel(false);
        let mut work = rt::spawn(crate::worker::run(state, stopped));
        tracing::info!("working");
        tokio::select! {
            done = &mut work => return done.map_err(|e| e.to_string())?.map_err(sentence),
            () = signals.stop() => {}
        }
        stop.send_replace(true);
        match timeout(JOB_TIMEOUT, work).await {
            Ok(done) => done.map_err(|e| e.to_string())?.map_err(sentence),
            Err(_) => exit_early(),
        }
    })
}

/// The time in which a job that has begun must end.
const JOB_TIMEOUT: Duration = Duration::from_secs(8);
/// The same time after the server has ended.
const LAST_TIMEOUT: Duration = Duration::from_millis(500);
/// The time in which the last entries of the audit log must be written.
const AUDIT_TIMEOUT: Duration = Duration::from_millis(800);

/// Exits although a job still runs; the deliveries that it had leased are sent later.
fn exit_early() -> ! {
    tracing::warn!("exiting before a job has ended");
    std::process::exit(0)
}

/// The signals to stop: SIGTERM and SIGINT.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self, Sentence> {
        let listen = |kind| signal(kind).map_err(|e| format!("cannot listen to signals: {e}"));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        tracing::info!("stopping");
    }
}

/// Starts the log on standard error, one JSON object per line. Libraries write only up to level `info`, whatever the
/// value of `RUST_LOG`, because their details may contain addresses and secrets.
pub(super) fn log() {
    let filter = EnvFilter::new(crate::config::log_filter());
    let own_details = filter_fn(|event| *event.level() <= Level::INFO || event.target().starts_with("articula"));
    let lines = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr);
    if tracing_subscriber::registry().with(lines).with(filter).with(own_details).try_init().is_err() {
        tracing::debug!("the log was set up before");
    }
}
