//! A worker that is killed or stopped at any moment: no mail is lost, and at most one mail per connection is sent
//! again.

use std::collections::HashMap;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use articula::clock::Clock;
use articula::mail::{DeliveryStatus, Mailer};
use articula::worker;
use chrono::TimeDelta;

use super::faults::{count, spawn_worker, until};
use crate::on_both;
use crate::support::{MailServer, World};

/// The number of connections that a worker opens by default.
const CONNECTIONS: usize = 2;

/// Returns the number of mails, and the number of times that a worker is killed while it sends them. The complete test
/// is `just mail-drill`.
fn size() -> (usize, usize) {
    if std::env::var("ARTICULA_DRILL").is_ok_and(|value| value == "full") { (1_000, 20) } else { (60, 4) }
}

/// Kills a worker when the server has received `at` mails: before it answers, or a given time later. Returns the number
/// of copies sent until everybody had their mail.
fn copies_after_kill(world: &World, mails: usize, at: usize, later: Option<Duration>) -> usize {
    let server = MailServer::start();
    world.clock.set(Clock::System.now());
    world.queue_notices(mails);
    let worker = Arc::new(Mutex::new(spawn_worker(world, &server)));
    let victim = Arc::clone(&worker);
    let kill = move || victim.lock().unwrap().kill().unwrap();
    server.when_taken(at, move || match later {
        None => kill(),
        Some(pause) => drop(std::thread::spawn(move || {
            std::thread::sleep(pause);
            kill();
        })),
    });
    until("a worker is killed", || server.taken(), || ended(&worker));
    // By then the leases of the killed worker have ended.
    world.clock.set(Clock::System.now().plus(TimeDelta::minutes(16)));
    let mailer = Mailer::open(&server.url(), &world.state.config.mail_from).unwrap();
    worker::run_jobs_once(&world.state, &mailer).unwrap();
    copies(&server, mails)
}

fn ended(worker: &Mutex<Child>) -> bool {
    worker.lock().unwrap().try_wait().unwrap().is_some()
}

/// Checks that everybody has the mail; returns the number of copies.
fn copies(server: &MailServer, mails: usize) -> usize {
    let mut by_address: HashMap<String, Vec<String>> = HashMap::new();
    for mail in server.mails() {
        let id = mail.header("Message-ID").unwrap().to_owned();
        by_address.entry(mail.to).or_default().push(id);
    }
    assert_eq!(by_address.len(), mails, "somebody misses a mail");
    for ids in by_address.values() {
        assert!(ids.iter().all(|id| *id == ids[0]), "a copy has another Message-ID: {ids:?}");
    }
    by_address.values().map(|ids| ids.len() - 1).sum()
}

on_both! {
    fn a_killed_worker_sends_at_most_one_mail_per_connection_again(world) {
        let (mails, kills) = size();
        let run = |kill: usize| {
            let at = 1 + kill * (mails - 2) / kills;
            let later = (kill % 2 == 1).then(|| Duration::from_micros((kill as u64 * 977) % 9_000));
            copies_after_kill(world, mails, at, later)
        };
        let copies: Vec<usize> = (0..kills).map(run).collect();
        println!("{}: {kills} kills in {mails} mails each; copies: {copies:?}", world.state.db.kind());
        assert!(copies.iter().all(|copies| *copies <= CONNECTIONS), "{copies:?}");
        assert!(copies[0] >= 1, "the first kill came before the answer: {copies:?}");
    }
}

on_both! {
    fn a_worker_that_is_stopped_leaves_nothing_leased_and_sends_no_copy(world) {
        let server = MailServer::start();
        world.clock.set(Clock::System.now());
        world.queue_notices(300);
        let worker = Arc::new(Mutex::new(spawn_worker(world, &server)));
        let id = worker.lock().unwrap().id();
        server.when_taken(10, move || {
            assert!(Command::new("sh").args(["-c", &format!("kill -TERM {id}")]).status().unwrap().success());
            std::thread::sleep(Duration::from_millis(200));
        });
        until("a worker ends", || server.taken(), || ended(&worker));
        assert!((10..300).contains(&server.taken()), "{} mails sent after the signal", server.taken());
        assert_eq!(count(world, DeliveryStatus::Sending), 0, "everything that was not begun waits again");
        world.clock.set(Clock::System.now());
        let mailer = Mailer::open(&server.url(), &world.state.config.mail_from).unwrap();
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(copies(&server, 300), 0);
    }
}
