//! Sends 2,000 digests to a local server, in comparison with plain senders: to a server that acknowledges at once and
//! to one that delays its acknowledgements.

use std::time::{Duration, Instant};

use articula::config::Config;
use articula::db::Database;
use articula::http::State;
use articula::mail::Mailer;
use articula::worker;
use lettre::address::Envelope;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport};

use crate::seed;
use crate::smtp::MailServer;

const DIGESTS: usize = 2_000;
/// The number of connections that a worker opens.
const CONNECTIONS: usize = articula::config::MAIL_CONNECTIONS;
/// The number of runs, of which the best counts.
const RUNS: usize = 3;

/// A sender that only sends the same mail repeatedly.
#[derive(Clone, Copy)]
enum Plain {
    /// lettre's own pool, which checks a connection before each mail.
    Pool,
    /// A connection per thread, without a check.
    Bare,
}

/// Prints the mails per second.
pub(crate) fn measure(db: &Database) {
    seed::country(db, DIGESTS);
    seed::commitments(db, (0, 3 * DIGESTS / 4), DIGESTS, "2030-03-12");
    seed::analyse(db, seed::RECORD);
    let now = articula::clock::Instant::parse("2030-03-05T14:00:00Z").unwrap();
    let began = Instant::now();
    articula::testing::reminders::queue_due(db, articula::testing::reminders::PlanningTime::Now(now)).unwrap();
    println!(
        "{}: {DIGESTS} digests of 3 commitments each planned in {:.1} s",
        db.kind(),
        began.elapsed().as_secs_f64()
    );

    // The server does this itself a minute later; tables analysed while empty would be scanned completely.
    seed::analyse(db, &["deliveries", "reminder_ledger"]);

    for (delays, how) in [(false, "at once"), (true, "late")] {
        let server = MailServer::start();
        if delays {
            server.delay_acknowledgements();
        }
        println!("to a server that acknowledges {how}:");
        let own = worker_rate(db, &server, now);
        let data = server.mails().swap_remove(0).data;
        println!("a worker: {own:.0} mails/s of {} bytes", data.len());
        let plain = if delays { &SENDERS[2..] } else { SENDERS };
        compare(&server, &data, own, plain);
    }
}

/// Returns the mails per second of a worker.
fn worker_rate(db: &Database, server: &MailServer, now: articula::clock::Instant) -> f64 {
    let clock = articula::clock::Clock::fixed(now);
    let state = State::new(config(server), db.clone(), clock).unwrap();
    let mailer = Mailer::open(&server.url(), &state.config.mail_from).unwrap();
    let worker = || {
        let (began, before) = (Instant::now(), server.taken());
        worker::run_jobs_once(&state, &mailer).unwrap();
        let rate = rate(began.elapsed());
        assert_eq!(server.taken() - before, DIGESTS);
        seed::run(
            db,
            "UPDATE deliveries SET status = 'queued', attempts = 0, sent_at = NULL, next_attempt_at = created_at",
        );
        rate
    };
    best(worker)
}

/// The plain senders: the kind, the number of threads, and a description.
const SENDERS: &[(Plain, usize, &str)] = &[
    (Plain::Pool, 1, "lettre's transport, one mail after the other"),
    (Plain::Pool, CONNECTIONS, "lettre's transport, as many threads as a worker has connections"),
    (Plain::Bare, CONNECTIONS, "bare connections, as many"),
];

/// Prints the mails per second of plain senders to one server.
fn compare(server: &MailServer, data: &str, own: f64, senders: &[(Plain, usize, &str)]) {
    for (how, threads, what) in senders {
        let plain = best(|| plain(server, data, *how, *threads));
        let part = own / plain * 100.0;
        println!("a plain sender over {what}: {plain:.0} mails/s; the worker reaches {part:.0} %");
    }
}

fn best(run: impl Fn() -> f64) -> f64 {
    (0..RUNS).map(|_| run()).fold(0.0, f64::max)
}

fn rate(took: Duration) -> f64 {
    DIGESTS as f64 / took.as_secs_f64()
}

/// Returns the mails per second of a plain sender.
fn plain(server: &MailServer, data: &str, how: Plain, threads: usize) -> f64 {
    let (host, port) = server.place();
    let pool = SmtpTransport::builder_dangerous(host.as_str()).port(port).build();
    let address = || "i1@example.org".parse().unwrap();
    let envelope = Envelope::new(Some(address()), vec![address()]).unwrap();
    let each = DIGESTS / threads;
    let over_pool = || (0..each).for_each(|_| drop(pool.send_raw(&envelope, data.as_bytes()).unwrap()));
    let bare = || {
        let client_id = ClientId::default();
        let mut open = SmtpConnection::connect((host.as_str(), port), None, &client_id, None, None).unwrap();
        (0..each).for_each(|_| drop(open.send(&envelope, data.as_bytes()).unwrap()));
    };
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            match how {
                Plain::Pool => scope.spawn(over_pool),
                Plain::Bare => scope.spawn(bare),
            };
        }
    });
    rate(began.elapsed())
}

fn config(server: &MailServer) -> Config {
    let listen = "127.0.0.1:0".parse().unwrap();
    let secret = b"only for measuring, 0123456789abcdef".to_vec();
    Config {
        public_url: "https://articula.example".into(),
        mail_url: server.url(),
        mail_from: "Articula <articula@example.org>".into(),
        ..Config::in_folder(std::path::Path::new("/nonexistent"), listen, secret)
    }
}
