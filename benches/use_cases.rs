//! Measures use cases on SQLite and, when `ARTICULA_BENCH_POSTGRES` names one (`just bench` sets it), on PostgreSQL.
//! Calls of the API go to a server in this process, over one connection that is kept alive.

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

use articula::clock::Clock;
use articula::db::{Database, Db};
use articula::i18n::Lang;
use articula::testing::datasets::import_dataset;
use articula::testing::identity::Actor;
use articula::testing::matrix::{Target, read_matrices, refused_matrices};
use articula::testing::reports::draft;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use diesel::connection::SimpleConnection;
use serde_json::json;

const PERU: &str = include_str!("../examples/peru-2023.json");

/// Returns, for each kind of database, a function that makes an empty one.
fn databases(folder: &tempfile::TempDir) -> Vec<(&'static str, Box<dyn Fn(&str) -> String + '_>)> {
    let path = folder.path();
    let sqlite = Box::new(move |name: &str| format!("sqlite:{}", path.join(name).display()));
    let mut all: Vec<(&'static str, Box<dyn Fn(&str) -> String + '_>)> = vec![("sqlite", sqlite)];
    match std::env::var("ARTICULA_BENCH_POSTGRES") {
        Ok(url) => all.push(("postgres", Box::new(move |name: &str| server::fresh_postgres(&url, name)))),
        Err(_) => eprintln!("NOT RUN on PostgreSQL: ARTICULA_BENCH_POSTGRES is not set"),
    }
    all
}

fn commitments(c: &mut Criterion) {
    let folder = tempfile::TempDir::new().unwrap();
    for (kind, fresh) in databases(&folder) {
        let url = fresh("seeded");
        let (db, user) = seed::database(&url);
        let server = server::Server::start(&url, db, user);
        let now = Clock::System.now();
        let day = |days| now.plus(chrono::TimeDelta::days(days)).utc().date_naive();
        let list = format!(
            "/commitments?country_code=BE&status=planned,in_progress&due_after={}&due_before={}&limit=50",
            day(-1),
            day(31)
        );
        assert_eq!(server.get(&list)["items"].as_array().unwrap().len(), 50);
        let mut group = c.benchmark_group(kind);
        group.bench_function("list of 50 open commitments due in 30 days among 100,000", |b| {
            b.iter(|| server.get(&list))
        });
        let one = "/commitments/00000000-0003-7000-8000-000000001267";
        group.bench_function("one commitment", |b| b.iter(|| server.get(one)));
        let part = server.get(one)["assignments"][0]["id"].as_str().unwrap().to_owned();
        let update = json!({"reported_on": day(-2).to_string(), "status": "in_progress", "percent": 50, "narrative": "Avanza según lo previsto", "on_behalf": true});
        let path = format!("{one}/assignments/{part}/updates");
        group.bench_function("one update written", |b| b.iter(|| server.post(&path, &update)));
        group.finish();
    }
}

/// Returns a day of the first month of the duty.
fn first_month() -> chrono::NaiveDate {
    Clock::System.now().utc().date_naive() - chrono::Months::new(48)
}

/// Makes a monthly duty of the 1,000 institutions of the seed, with their reports on 48 months; returns the path of its
/// matrix.
fn duty(server: &server::Server, db: &Database) -> String {
    let institutions: Vec<String> = (1..=1000).map(|n| format!("00000000-0002-7000-8000-{n:012x}")).collect();
    let body = json!({
        "commission_ids": ["00000000-0001-7000-8000-000000000001"], "title": "Informe mensual", "every": "month",
        "from": first_month().format("%Y-%m").to_string(), "due_days": 10, "institution_ids": institutions,
        "fields": [{"key": "inspections", "label": "Inspecciones", "kind": "count"}],
    });
    let made = server.post("/duties", &body);
    db.write(None, Clock::System.now(), |tx| {
        match tx.conn {
            Db::Pg(_) => tx.conn.batch_execute(include_str!("seed/duty_postgres.sql"))?,
            Db::Sqlite(_) => tx.conn.batch_execute(include_str!("seed/duty_sqlite.sql"))?,
        }
        Ok(())
    })
    .unwrap();
    format!("/duties/{}/matrix", made["id"].as_str().unwrap())
}

fn duties(c: &mut Criterion) {
    let folder = tempfile::TempDir::new().unwrap();
    for (kind, fresh) in databases(&folder) {
        let url = fresh("duties");
        let (db, user) = seed::database(&url);
        let server = server::Server::start(&url, db.clone(), user);
        let matrix = duty(&server, &db);
        let reported = server.get(&matrix)["counts"]["reported"].as_u64().unwrap();
        assert_eq!(reported, 43_200, "nine tenths of 1,000 institutions and 48 months");
        let mut group = c.benchmark_group(kind);
        group.bench_function("matrix of 1,000 institutions and 48 months", |b| b.iter(|| server.length(&matrix)));
        let (cookie, page) = (server.cookie(&db), matrix.trim_end_matches("/matrix"));
        let page = format!("{page}?from={}", first_month().format("%Y-%m"));
        assert!(server.page(&cookie, &page) > 100_000, "the page shows the matrix");
        group.bench_function("page of 1,000 institutions and 48 months", |b| b.iter(|| server.page(&cookie, &page)));
        group.finish();
    }
}

fn import(db: &Database) {
    let actor = Actor::program();
    let dataset = serde_json::from_str(PERU).unwrap();
    let done = db.write(None, Clock::System.now(), |tx| import_dataset(tx, &actor, &dataset, false)).unwrap();
    assert!(done.faults.is_empty());
}

fn peru(c: &mut Criterion) {
    let folder = tempfile::TempDir::new().unwrap();
    for (kind, fresh) in databases(&folder) {
        let mut group = c.benchmark_group(kind);
        group.sample_size(10);
        let mut n = 0;
        let mut empty = || {
            n += 1;
            let db = Database::open(&fresh(&format!("import{n}"))).unwrap();
            db.migrate().unwrap();
            db
        };
        group.bench_function("import of Peru", |b| {
            b.iter_batched(&mut empty, |db| import(&db), BatchSize::PerIteration)
        });
        let db = empty();
        import(&db);
        let period = ("2023-05-01".parse().unwrap(), "2023-12-31".parse().unwrap());
        group.bench_function("drafting Peru's report", |b| {
            b.iter(|| db.snapshot(|conn| draft(conn, "PE", period, None, Lang::Es)).unwrap());
        });
        group.finish();
    }
}

/// Measures a dry run from the bytes of the file to the report with every row and every fault.
fn dry_run(c: &mut Criterion) {
    let folder = tempfile::TempDir::new().unwrap();
    let file = matrix::workbook();
    for (kind, fresh) in databases(&folder) {
        let mut group = c.benchmark_group(kind);
        group.sample_size(10);
        let db = Database::open(&fresh("matrix")).unwrap();
        db.migrate().unwrap();
        import(&db);
        let (actor, target) = (Actor::program(), Target { country: Some("PE".into()), commission: None });
        let run = || {
            let matrices = read_matrices(&file, "matriz.xlsx").unwrap();
            let now = Clock::System.now();
            db.snapshot(|conn| refused_matrices(conn, &actor, &matrices, &target, now)).unwrap().unwrap()
        };
        let totals = run().totals;
        assert_eq!((totals.created, totals.rejected), (1800, 200));
        group.bench_function("dry run of a matrix of 2,000 rows", |b| b.iter(run));
        group.finish();
    }
}

/// Measures the search for personal data in texts of one MiB that might cause unnecessary work.
fn personal_data(c: &mut Criterion) {
    let mut group = c.benchmark_group("personal data in 1 MiB");
    for (name, unit) in [
        ("prose", "El acuerdo se cumplió en el plazo fijado por la comisión. "),
        ("numbers", "9 "),
        ("numbers of eight digits after words", "dnx 12345678 "),
        ("ages", "Ana Roja, 9 años, "),
    ] {
        let text = unit.repeat(1024 * 1024 / unit.len());
        group.bench_function(name, |b| b.iter(|| articula::personal_data::personal_data(&text)));
    }
    group.finish();
}

criterion_group!(benches, commitments, duties, peru, dry_run, personal_data);
criterion_main!(benches);
