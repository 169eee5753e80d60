//! Measures planning and sending of reminders: `just plan-bench`, `just mail-load`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement may panic, and prints its results"
)]

#[path = "mail/load.rs"]
mod load;
#[path = "mail/plan.rs"]
mod plan;
#[path = "mail/seed.rs"]
mod seed;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/support/smtp.rs"]
mod smtp;

use articula::db::Database;

/// Opens a new SQLite database and the PostgreSQL one that `ARTICULA_BENCH_POSTGRES` names, if any.
fn databases() -> Vec<(tempfile::TempDir, Database)> {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("bench.db").display());
    let mut urls = vec![(folder, sqlite)];
    if let Ok(url) = std::env::var("ARTICULA_BENCH_POSTGRES") {
        urls.push((tempfile::tempdir().unwrap(), url));
    }
    let open = |(folder, url): (tempfile::TempDir, String)| {
        let db = Database::open(&url).unwrap();
        db.migrate().unwrap();
        (folder, db)
    };
    urls.into_iter().map(open).collect()
}

fn main() {
    let what: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    for (_folder, db) in databases() {
        match what.first().map(String::as_str) {
            Some("plan") => plan::measure(&db),
            Some("load") => load::measure(&db),
            _ => println!("plan or load"),
        }
    }
}
