//! Many mails at once: while the mail server keeps one waiting, the others go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use articula::i18n::Lang;
use articula::mail::{Block, Draft, Mailer, NewDelivery, Recipient, enqueue};
use articula::worker;

use crate::on_both;
use crate::support::{MailServer, World};

/// More than one lane takes at a time.
const MAILS: usize = 250;

/// Notices to as many people.
fn seed(world: &World) {
    let now = world.clock.now();
    let day = now.utc().date_naive();
    let text = Draft::new(Lang::Es, "Aviso".to_owned(), vec![Block::Text("Hay novedades.".to_owned())]);
    let enqueue_all = |tx: &mut articula::db::Tx<'_>| {
        (0..MAILS).try_for_each(|n| {
            let to = Recipient { address: format!("p{n}@example.org"), name: None, user_id: None, language: Lang::Es };
            enqueue(tx, NewDelivery::draft("notice", to, day, &text)?).map(drop)
        })
    };
    world.state.db.write(None, now, enqueue_all).unwrap();
}

on_both! {
    fn while_one_mail_waits_for_its_answer_others_are_sent(world) {
        seed(world);
        let server = MailServer::start();
        let (host, port) = server.place();
        let patient = format!("smtp://{host}:{port}?tls=none&timeout=60");
        let mailer = Mailer::open(&patient, "Articula <articula@example.org>").unwrap();
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
        worker::turn(&world.state, &mailer).unwrap();
        assert!(others.load(Ordering::SeqCst), "nothing was sent while one mail waited");
        assert_eq!(server.taken(), MAILS);
        worker::turn(&world.state, &mailer).unwrap();
        assert_eq!(server.taken(), MAILS, "nothing is sent twice");
    }
}
