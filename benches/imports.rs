//! Measures the time that a matrix of new rows takes, as a dry run and as an import, on SQLite and, when
//! `ARTICULA_BENCH_POSTGRES` names one (`just import-bench` sets it), on PostgreSQL; and other requests during
//! both.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::type_complexity,
    dead_code,
    reason = "a measurement may panic, and prints its results"
)]

#[path = "support/matrix.rs"]
mod matrix;
#[path = "support/seed.rs"]
mod seed;
#[path = "support/server.rs"]
mod server;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use articula::clock::Clock;
use articula::db::{Database, Tx};
use articula::testing::datasets::import_dataset;
use articula::testing::identity::Actor;
use articula::testing::matrix::{Matrices, MatrixReport, Target, import_matrices, read_matrices, refused_matrices};
use serde_json::json;

const PERU: &str = include_str!("../examples/peru-2023.json");
/// The last is the maximum number of rows of a file, below its headings.
const ROWS: [usize; 3] = [2_000, 10_000, 20_000];
const WRITERS: usize = 16;

fn main() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path();
    let sqlite = |name: &str| format!("sqlite:{}", path.join(name).display());
    rows("SQLite", &sqlite);
    match std::env::var("ARTICULA_BENCH_POSTGRES") {
        Ok(url) => rows("PostgreSQL", &|name: &str| server::fresh_postgres(&url, name)),
        Err(_) => println!("NOT RUN on PostgreSQL: ARTICULA_BENCH_POSTGRES is not set"),
    }
    other_requests("SQLite", &sqlite("others"));
    if let Ok(url) = std::env::var("ARTICULA_BENCH_POSTGRES") {
        other_requests("PostgreSQL", &server::fresh_postgres(&url, "others"));
    }
}

/// Opens a database and imports the example of Peru.
fn peru(url: &str) -> Database {
    let db = Database::open(url).unwrap();
    db.migrate().unwrap();
    let dataset = serde_json::from_str(PERU).unwrap();
    let done =
        db.write(None, Clock::System.now(), |tx| import_dataset(tx, &Actor::program(), &dataset, false)).unwrap();
    assert!(done.faults.is_empty());
    db
}

fn target() -> Target {
    Target { country: Some("PE".into()), commission: None }
}

fn import(tx: &mut Tx<'_>, matrices: &Matrices, dry_run: bool) -> articula::error::Result<MatrixReport> {
    import_matrices(tx, &Actor::program(), matrices, &target(), dry_run, &|_, _| {})
}

fn try_out(db: &Database, matrices: &Matrices) -> MatrixReport {
    let (actor, now) = (Actor::program(), Clock::System.now());
    let refused = db.snapshot(|conn| refused_matrices(conn, &actor, matrices, &target(), now)).unwrap();
    assert!(refused.is_none());
    db.on_copy(None, now, |tx| import(tx, matrices, true)).unwrap()
}

fn rows(kind: &str, fresh: &dyn Fn(&str) -> String) {
    println!("{kind:<12}{:>8}{:>12}{:>12}{:>14}", "rows", "dry run", "import", "statements");
    let only = std::env::var("ARTICULA_BENCH_ROWS").ok().map(|rows| rows.parse::<usize>().unwrap());
    for rows in ROWS.into_iter().filter(|rows| only.is_none_or(|only| only == *rows)) {
        let db = peru(&fresh(&format!("rows{rows}")));
        let file = matrix::csv(rows);
        let began = Instant::now();
        let matrices = read_matrices(file.as_bytes(), "matriz.csv").unwrap();
        let read = began.elapsed();
        let tried = try_out(&db, &matrices);
        let dry = began.elapsed();
        assert_eq!((tried.totals.created as usize, tried.faults.len()), (rows, 0));
        let (began, before) = (Instant::now(), db.statements());
        let done = db.write(None, Clock::System.now(), |tx| import(tx, &matrices, false)).unwrap();
        assert_eq!(done.totals.created as usize, rows);
        let (real, statements) = (began.elapsed() + read, db.statements() - before);
        println!("{:<12}{rows:>8}{:>11.2}s{:>11.2}s{statements:>14}", "", dry.as_secs_f64(), real.as_secs_f64());
    }
}

/// Measures `GET /me` during a dry run and an import of the largest matrix, while other clients write without a pause.
fn other_requests(kind: &str, url: &str) {
    let db = peru(url);
    let user = seed::person(&db);
    let server = server::Server::start(url, db, user);
    for dry_run in [true, false] {
        meanwhile(kind, &server, dry_run);
    }
}

fn meanwhile(kind: &str, server: &server::Server, dry_run: bool) {
    let (done, written, refused) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let mut waits: Vec<Duration> = thread::scope(|scope| {
        let file = matrix::csv(ROWS[2]);
        let tried = scope.spawn(|| {
            let began = Instant::now();
            let path = format!("/imports?dry_run={dry_run}&country_code=PE&file_name=m.csv");
            let answer = server.send(&path, "text/csv", file);
            done.store(true, Ordering::Relaxed);
            (answer, began.elapsed())
        });
        for writer in 0..WRITERS {
            let (done, written, refused) = (&done, &written, &refused);
            scope.spawn(move || {
                let mut number = 0;
                while !done.load(Ordering::Relaxed) {
                    number += 1;
                    let name = format!("Institución {writer}-{number}-{dry_run}");
                    let body = json!({"name": name, "sector": "government"});
                    let counter = if server.try_post("/institutions", &body) { written } else { refused };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut waits = Vec::new();
        while !done.load(Ordering::Relaxed) {
            let began = Instant::now();
            server.get("/me");
            waits.push(began.elapsed());
            thread::sleep(Duration::from_millis(5));
        }
        let (answer, took) = tried.join().unwrap();
        assert_eq!(answer["totals"]["created"].as_u64(), Some(ROWS[2] as u64));
        let what = if dry_run { "dry run" } else { "import" };
        println!("{kind}: {what} of {} rows over HTTP {:.2} s", ROWS[2], took.as_secs_f64());
        waits
    });
    waits.sort_unstable();
    let at = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    println!(
        "{kind}: {WRITERS} writers wrote {} times and were told to come back {} times; {} GET /me meanwhile: median {:.1} ms, 99th percentile {:.1} ms, longest {:.1} ms",
        written.load(Ordering::Relaxed),
        refused.load(Ordering::Relaxed),
        waits.len(),
        at(0.5),
        at(0.99),
        at(1.0),
    );
}
