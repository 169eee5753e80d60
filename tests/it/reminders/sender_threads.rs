//! Several connections at once: while the mail server delays one mail, others are sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use articula::mail::Mailer;
use articula::worker;

use crate::on_both;
use crate::support::MailServer;

/// More than one connection leases at a time, so that several threads send.
const MAILS: usize = 250;

on_both! {
    fn while_one_mail_waits_for_its_answer_others_are_sent(world) {
        world.queue_notices(MAILS);
        let server = MailServer::start();
        let (host, port) = server.place();
        let url = format!("smtp://{host}:{port}?tls=none&timeout=60");
        let mailer = Mailer::open(&url, "Articula <articula@example.org>").unwrap();
        let others = Arc::new(AtomicBool::new(false));
        let (went_on, seen) = (Arc::clone(&others), server.clone());
        server.when_taken(1, move || {
            for _ in 0..1_000 {
                if seen.taken() > 10 {
                    return went_on.store(true, Ordering::SeqCst);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert!(others.load(Ordering::SeqCst), "nothing was sent while one mail waited");
        assert_eq!(server.taken(), MAILS);
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(server.taken(), MAILS, "nothing is sent twice");
    }
}

on_both! {
    fn no_mail_waits_for_a_server_that_delays_its_acknowledgements(world) {
        world.queue_notices(40);
        let server = MailServer::start();
        server.delay_acknowledgements();
        let mailer = Mailer::open(&server.url(), "Articula <articula@example.org>").unwrap();
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(server.taken(), 40);
        assert!(server.median_wait() < Duration::from_millis(20), "{:?}", server.median_wait());
    }
}
