//! Serving until told to stop.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use crate::app::rt;
use crate::http::State;
use crate::mail::Mailer;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;
use tracing::Level;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::{Sentence, told};

/// Serves the API, and works in the background when asked to.
pub fn run(state: State, worker: bool) -> Result<(), Sentence> {
    log();
    prepare(&state)?;
    let listen = state.config.listen;
    let socket = bind(listen)?;
    answer(state, socket, worker, || tracing::info!(%listen, "serving"))
}

fn bind(address: SocketAddr) -> Result<TcpListener, Sentence> {
    TcpListener::bind(address).map_err(|e| format!("cannot listen on {address}: {e}"))
}

/// Brings the schema up to date, or refuses one that is not.
pub fn prepare(state: &State) -> Result<(), Sentence> {
    if state.config.auto_migrate {
        return state.db.migrate().map(|_| ()).map_err(told);
    }
    match state.db.is_migrated().map_err(told)? {
        true => Ok(()),
        false => Err("the schema is not up to date: run `articula migrate`".to_owned()),
    }
}

/// Answers on the socket until SIGTERM or SIGINT, then finishes open requests: all within ten seconds.
/// `ready` is called once it can be told to stop.
pub fn answer(state: State, socket: TcpListener, worker: bool, ready: impl FnOnce()) -> Result<(), Sentence> {
    Mailer::of(&state.config).map_err(told)?;
    let figures = state.config.metrics_listen.map(bind).transpose()?;
    rt::System::new().block_on(async {
        let audit = state.audit.clone();
        let server = crate::app::serve(state.clone(), socket).map_err(told)?;
        let handle = server.handle();
        let mut signals = Signals::listen()?;
        let (stop, stopped) = watch::channel(false);
        if let Some(figures) = figures {
            rt::spawn(crate::app::serve_metrics(state.clone(), figures, stopped.clone()));
        }
        let last_seen = rt::spawn(crate::app::keep_last_seen(state.clone()));
        let work = if worker {
            rt::spawn(crate::worker::run(state.clone(), stopped))
        } else {
            rt::spawn(crate::worker::run_metrics_jobs(state.clone(), stopped))
        };
        rt::spawn(async move {
            signals.told_to_stop().await;
            stop.send_replace(true);
            handle.stop(true).await;
        });
        ready();
        server.await.map_err(|e| format!("the server failed: {e}"))?;
        audit.close(AUDIT_PATIENCE);
        last_seen.abort();
        // The wait has a limit, because the database may have stopped answering.
        let written = rt::task::spawn_blocking(move || crate::app::write_last_seen(&state));
        if timeout(LAST_PATIENCE, written).await.is_err() || timeout(LAST_PATIENCE, work).await.is_err() {
            leave();
        }
        Ok(())
    })
}

/// Works in the background alone, until told to stop.
pub fn work(state: State) -> Result<(), Sentence> {
    log();
    prepare(&state)?;
    rt::System::new().block_on(async {
        let mut signals = Signals::listen()?;
        let (stop, stopped) = watch::channel(false);
        let mut work = rt::spawn(crate::worker::run(state, stopped));
        tracing::info!("working");
        tokio::select! {
            done = &mut work => return done.map_err(|e| e.to_string())?.map_err(told),
            () = signals.told_to_stop() => {}
        }
        stop.send_replace(true);
        match timeout(PATIENCE, work).await {
            Ok(done) => done.map_err(|e| e.to_string())?.map_err(told),
            Err(_) => leave(),
        }
    })
}

/// How long a job that has begun may take to end.
const PATIENCE: Duration = Duration::from_secs(8);
/// The same after the server has ended.
const LAST_PATIENCE: Duration = Duration::from_millis(500);
/// The time that the last entries of the audit log may take.
const AUDIT_PATIENCE: Duration = Duration::from_millis(800);

/// Ends although a job still runs: what it had leased is taken up again later.
fn leave() -> ! {
    tracing::warn!("ended before a job was done");
    std::process::exit(0)
}

/// SIGTERM and SIGINT, which say to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> Result<Self, Sentence> {
        let listen = |kind| signal(kind).map_err(|e| format!("cannot listen to signals: {e}"));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn told_to_stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        tracing::info!("told to stop");
    }
}

/// Starts the log: it goes to standard error, one JSON object per line. Libraries write only up to level `info`,
/// whatever `RUST_LOG` says, because their details may contain addresses and secrets.
pub fn log() {
    let filter = EnvFilter::new(crate::config::log_filter());
    let details_of_our_own = filter_fn(|event| *event.level() <= Level::INFO || event.target().starts_with("articula"));
    let lines = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr);
    if tracing_subscriber::registry().with(lines).with(filter).with(details_of_our_own).try_init().is_err() {
        tracing::debug!("the log was set up before");
    }
}
