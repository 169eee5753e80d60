//! Metrics for Prometheus: requests by status, their duration, statements sent, mail. Rendering them reads only memory.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use prometheus::core::Collector;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::audit::AuditQueue;
use crate::clock::stopwatch;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::http::State;
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
    requests: IntCounterVec,
    seconds: HistogramVec,
    mails: IntCounterVec,
    backlog: IntGaugeVec,
    statements: IntGauge,
    audit_dropped: IntGauge,
    db: Database,
    audit: AuditQueue,
}

impl Metrics {
    pub fn new(db: Database, audit: AuditQueue) -> Result<Self> {
        let registry = Registry::new();
        let seconds = HistogramOpts::new("articula_http_request_seconds", "Time to answer, by method")
            .buckets(vec![0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0]);
        let requests = Opts::new("articula_http_requests_total", "Answers");
        let mails = Opts::new("articula_mails_total", "Mails, by outcome");
        let backlog = Opts::new("articula_mail_backlog", "Mails that have not gone, by status");
        let statements = IntGauge::new("articula_db_statements_total", "Statements sent to the database");
        let audit_dropped = IntGauge::new(
            "articula_audit_dropped_total",
            "Entries of the audit log that could not be written; they are in the log of the program",
        );
        Ok(Self {
            requests: registered(&registry, IntCounterVec::new(requests, &["method", "status"]))?,
            seconds: registered(&registry, HistogramVec::new(seconds, &["method"]))?,
            mails: registered(&registry, IntCounterVec::new(mails, &["outcome"]))?,
            backlog: registered(&registry, IntGaugeVec::new(backlog, &["status"]))?,
            statements: registered(&registry, statements)?,
            audit_dropped: registered(&registry, audit_dropped)?,
            registry,
            db,
            audit,
        })
    }

    /// Counts a mail: `sent`, `put_off`, `failed`, `dropped`.
    pub fn mailed(&self, outcome: &str) {
        self.mails.with_label_values(&[outcome]).inc();
    }

    /// Keeps the number of mails that wait, as a background job has counted them.
    pub fn mails_wait(&self, backlog: Backlog) {
        for (status, count) in [("queued", backlog.queued), ("sending", backlog.sending), ("failed", backlog.failed)] {
            self.backlog.with_label_values(&[status]).set(count);
        }
    }

    /// Returns all figures in the text format of Prometheus.
    pub fn render(&self) -> String {
        self.statements.set(i64::try_from(self.db.statements()).unwrap_or(i64::MAX));
        self.audit_dropped.set(i64::try_from(self.audit.dropped()).unwrap_or(i64::MAX));
        let mut text = Vec::new();
        match TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            Ok(()) => String::from_utf8_lossy(&text).into_owned(),
            Err(error) => format!("# {error}\n"),
        }
    }
}

fn registered<C: Collector + Clone + 'static>(registry: &Registry, made: prometheus::Result<C>) -> Result<C> {
    let collector = made.map_err(Error::internal)?;
    registry.register(Box::new(collector.clone())).map_err(Error::internal)?;
    Ok(collector)
}

pub(super) async fn count_request<B: MessageBody + 'static>(
    state: Data<State>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let (started, method) = (stopwatch(), method_label(request.method()));
    let response = next.call(request).await?;
    let Metrics { requests, seconds, .. } = &state.metrics;
    requests.with_label_values(&[method, response.status().as_str()]).inc();
    seconds.with_label_values(&[method]).observe(started.elapsed().as_secs_f64());
    Ok(response)
}
