//! 10,000 digests to a local sink, beside what the sink takes from a plain sender.

use std::time::{Duration, Instant};

use articula::config::Config;
use articula::db::Database;
use articula::http::State;
use articula::mail::Mailer;
use articula::worker;
use lettre::address::Envelope;
use lettre::message::MultiPart;
use lettre::{Message, SmtpTransport, Transport};

use crate::seed;
use crate::smtp::MailServer;

const DIGESTS: usize = 10_000;
/// As many connections as a worker uses.
const CONNECTIONS: usize = 4;

/// Prints mails a second.
pub fn measure(db: &Database) {
    seed::country(db, DIGESTS);
    seed::commitments(db, (0, 3 * DIGESTS / 4), DIGESTS, "2030-03-12");
    seed::run(db, "ANALYZE");
    let now = articula::clock::Instant::parse("2030-03-05T14:00:00Z").unwrap();
    let began = Instant::now();
    articula::reminders::queue_due(db, articula::reminders::When::Now(now)).unwrap();
    println!(
        "{}: {DIGESTS} digests of 3 commitments each planned in {:.1} s",
        db.kind(),
        began.elapsed().as_secs_f64()
    );

    let server = MailServer::start();
    let clock = articula::clock::Clock::fixed(now);
    let state = State::new(config(&server), db.clone(), clock);
    let mailer = Mailer::open(&server.url(), &state.config.mail_from).unwrap();
    let began = Instant::now();
    worker::turn(&state, &mailer).unwrap();
    let own = rate(began.elapsed());
    assert_eq!(server.taken(), DIGESTS);
    let sample = server.mails().swap_remove(0);
    println!("a worker: {own:.0} mails/s of {} bytes", sample.data.len());

    for connections in [1, CONNECTIONS] {
        for (what, builds) in [("builds and sends", true), ("sends the same bytes again", false)] {
            let plain = plain(&server, &sample.data, connections, builds);
            println!(
                "a plain loop that {what}, {connections} connections: {plain:.0} mails/s; the worker reaches {:.0} %",
                own / plain * 100.0
            );
        }
    }
}

fn rate(took: Duration) -> f64 {
    DIGESTS as f64 / took.as_secs_f64()
}

/// Mails a second of a loop over lettre's pool, with mails of the same size.
fn plain(server: &MailServer, data: &str, connections: usize, builds: bool) -> f64 {
    let (host, port) = server.place();
    let transport = SmtpTransport::builder_dangerous(host).port(port).build();
    let address = || "i1@example.org".parse().unwrap();
    let envelope = Envelope::new(Some(address()), vec![address()]).unwrap();
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..connections {
            scope.spawn(|| {
                for _ in 0..DIGESTS / connections {
                    match builds {
                        true => transport.send(&built(data)).map(drop).unwrap(),
                        false => transport.send_raw(&envelope, data.as_bytes()).map(drop).unwrap(),
                    }
                }
            });
        }
    });
    rate(began.elapsed())
}

/// A mail of a text and an HTML part, as large together as `data`.
fn built(data: &str) -> Message {
    let half = data.get(..data.len() / 2).unwrap_or_default();
    let mailbox = || "Articula <i1@example.org>".parse().unwrap();
    let parts = MultiPart::alternative_plain_html(half.to_owned(), half.to_owned());
    Message::builder().from(mailbox()).to(mailbox()).subject("3 compromisos").multipart(parts).unwrap()
}

fn config(server: &MailServer) -> Config {
    Config {
        database_url: "the one that is open".into(),
        listen: "127.0.0.1:0".parse().unwrap(),
        public_url: "https://articula.example".into(),
        mail_url: server.url(),
        mail_from: "Articula <articula@example.org>".into(),
        jwt_secret: b"only for measuring, 0123456789abcdef".to_vec(),
        files_url: "file:/nonexistent".into(),
        auto_migrate: true,
    }
}
