//! Figures for Prometheus: requests by status, their duration, statements sent, mail. Rendering them reads only memory.

use std::time::Duration;

use actix_web::http::Method;
use prometheus::core::Collector;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::audit::AuditQueue;
use crate::db::Database;
use crate::mail::Backlog;

/// The methods that are named in figures and in the log; all others are `other`, since a client may invent any number
/// of them.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Returns the name of a method in figures and in the log.
pub(super) fn method_label(method: &Method) -> &'static str {
    METHODS.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

/// The program's figures; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: Option<IntCounterVec>,
    seconds: Option<HistogramVec>,
    mails: Option<IntCounterVec>,
    backlog: Option<IntGaugeVec>,
    statements: Option<IntGauge>,
    audit_dropped: Option<IntGauge>,
    db: Database,
    audit: AuditQueue,
}

impl Metrics {
    /// A figure that cannot be registered is left out; the program runs on.
    pub fn new(db: Database, audit: AuditQueue) -> Self {
        let registry = Registry::new();
        let seconds = HistogramOpts::new("articula_http_request_seconds", "Time to answer, by method")
            .buckets(vec![0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0]);
        Self {
            requests: counter(&registry, "articula_http_requests_total", "Answers", &["method", "status"]),
            seconds: registered(&registry, HistogramVec::new(seconds, &["method"])),
            mails: counter(&registry, "articula_mails_total", "Mails, by outcome", &["outcome"]),
            backlog: registered(
                &registry,
                IntGaugeVec::new(
                    Opts::new("articula_mail_backlog", "Mails that have not gone, by status"),
                    &["status"],
                ),
            ),
            statements: registered(
                &registry,
                IntGauge::new("articula_db_statements_total", "Statements sent to the database"),
            ),
            audit_dropped: registered(
                &registry,
                IntGauge::new(
                    "articula_audit_dropped_total",
                    "Entries of the audit log that could not be written; they are in the log of the program",
                ),
            ),
            registry,
            db,
            audit,
        }
    }

    /// Counts an answer; `method` is one of a fixed list ([`method_label`]).
    pub(super) fn answered(&self, method: &'static str, status: u16, took: Duration) {
        if let Some(requests) = &self.requests {
            requests.with_label_values(&[method, &status.to_string()]).inc();
        }
        if let Some(seconds) = &self.seconds {
            seconds.with_label_values(&[method]).observe(took.as_secs_f64());
        }
    }

    /// Counts a mail: `sent`, `put_off`, `failed`, `dropped`.
    pub fn mailed(&self, outcome: &str) {
        if let Some(mails) = &self.mails {
            mails.with_label_values(&[outcome]).inc();
        }
    }

    /// Keeps the number of mails that wait, as a background job has counted them.
    pub fn mails_wait(&self, backlog: Backlog) {
        let Some(gauge) = &self.backlog else { return };
        for (status, count) in [("queued", backlog.queued), ("sending", backlog.sending), ("failed", backlog.failed)] {
            gauge.with_label_values(&[status]).set(count);
        }
    }

    /// All figures in Prometheus's text form.
    pub fn render(&self) -> String {
        if let Some(statements) = &self.statements {
            statements.set(i64::try_from(self.db.statements()).unwrap_or(i64::MAX));
        }
        if let Some(dropped) = &self.audit_dropped {
            dropped.set(i64::try_from(self.audit.dropped()).unwrap_or(i64::MAX));
        }
        let mut text = Vec::new();
        match TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            Ok(()) => String::from_utf8_lossy(&text).into_owned(),
            Err(error) => format!("# {error}\n"),
        }
    }
}

fn counter(registry: &Registry, name: &str, help: &str, labels: &[&str]) -> Option<IntCounterVec> {
    registered(registry, IntCounterVec::new(Opts::new(name, help), labels))
}

fn registered<C: Collector + Clone + 'static>(registry: &Registry, made: prometheus::Result<C>) -> Option<C> {
    let registered = made.and_then(|collector| registry.register(Box::new(collector.clone())).map(|()| collector));
    registered.inspect_err(|error| tracing::warn!(%error, "a metric is missing")).ok()
}
