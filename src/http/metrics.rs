//! Figures for Prometheus: requests by status, their duration, statements sent, mail.

use std::sync::Arc;
use std::time::Duration;

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::db::Database;

/// The program's figures; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: Option<IntCounterVec>,
    seconds: Option<HistogramVec>,
    mails: Option<IntCounterVec>,
    backlog: Option<IntGaugeVec>,
    statements: Option<IntGauge>,
    db: Arc<Database>,
}

impl Metrics {
    /// A figure that cannot be registered is left out; the program runs on.
    pub fn new(db: Database) -> Self {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("articula_http_requests_total", "Answers, by method and status"),
            &["method", "status"],
        )
        .ok();
        let seconds = HistogramVec::new(
            HistogramOpts::new("articula_http_request_seconds", "Time to answer, by method")
                .buckets(vec![0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0]),
            &["method"],
        )
        .ok();
        let mails = IntCounterVec::new(Opts::new("articula_mails_total", "Mails, by outcome"), &["outcome"]).ok();
        let backlog =
            IntGaugeVec::new(Opts::new("articula_mail_backlog", "Mails that have not gone, by status"), &["status"])
                .ok();
        let statements = IntGauge::new("articula_db_statements_total", "Statements sent to the database").ok();
        let known: [Option<Box<dyn prometheus::core::Collector>>; 5] = [
            requests.clone().map(|m| Box::new(m) as _),
            seconds.clone().map(|m| Box::new(m) as _),
            mails.clone().map(|m| Box::new(m) as _),
            backlog.clone().map(|m| Box::new(m) as _),
            statements.clone().map(|m| Box::new(m) as _),
        ];
        for collector in known.into_iter().flatten() {
            if let Err(error) = registry.register(collector) {
                tracing::warn!(%error, "a metric is missing");
            }
        }
        Self { registry, requests, seconds, mails, backlog, statements, db: Arc::new(db) }
    }

    pub fn answered(&self, method: &str, status: u16, took: Duration) {
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

    /// All figures in Prometheus's text form.
    pub fn render(&self) -> String {
        if let Some(statements) = &self.statements {
            statements.set(i64::try_from(self.db.statements()).unwrap_or(i64::MAX));
        }
        self.count_backlog();
        let mut text = Vec::new();
        match TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            Ok(()) => String::from_utf8_lossy(&text).into_owned(),
            Err(error) => format!("# {error}\n"),
        }
    }

    /// What waits in the outbox, as the database has it: any process can tell.
    fn count_backlog(&self) {
        let Some(gauge) = &self.backlog else { return };
        match self.db.read(crate::mail::backlog) {
            Ok(backlog) => {
                for (status, count) in
                    [("queued", backlog.queued), ("sending", backlog.sending), ("failed", backlog.failed)]
                {
                    gauge.with_label_values(&[status]).set(count);
                }
            }
            Err(error) => tracing::warn!(%error, "the outbox could not be counted"),
        }
    }
}
