//! Nothing is lost and nothing is sent twice: two worker processes, one of them killed, a mail server that was down for
//! hours and then has its whims.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use articula::clock::{Clock, Instant};
use articula::db::schema::{assignments, commitments, deliveries, reminder_ledger};
use articula::db::{CommissionId, CommitmentId, Db, InstitutionId};
use articula::mail::{DeliveryStatus, Mailer};
use articula::worker;
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde_json::json;

use crate::on_both;
use crate::support::{MailServer, Whim, World, insert_assignment, insert_commitment, insert_institution};

const INSTITUTIONS: usize = 1_000;
/// Each institution is responsible in so many commitments, each commitment has so many responsible.
const SHARED: usize = 5;

/// The maximum number of mails that a killed worker has sent without marking them: one for each connection.
const IN_HAND: usize = 2;

fn address(n: usize) -> String {
    format!("i{n}@example.org")
}

fn code(n: usize) -> String {
    format!("F-{n:04}")
}

/// The commitments of an institution: its own group of five shares five.
fn codes_of(institution: usize) -> BTreeSet<String> {
    (institution / SHARED * SHARED..).take(SHARED).map(code).collect()
}

/// 5,000 assignments that are due for a reminder: a thousand commitments of five institutions each.
fn seed(world: &World, commission: CommissionId, due: NaiveDate) -> Vec<CommitmentId> {
    let now = world.clock.now();
    let insert = |tx: &mut articula::db::Tx<'_>| {
        let institution = |conn: &mut Db, n| {
            insert_institution(conn, now, &format!("Institution {n}"), Some("XX"), Some(&address(n)))
        };
        let bodies: Vec<InstitutionId> =
            (0..INSTITUTIONS).map(|n| institution(tx.conn, n)).collect::<QueryResult<_>>()?;
        let mut tasks = Vec::with_capacity(INSTITUTIONS);
        for n in 0..INSTITUTIONS {
            let task = insert_commitment(tx.conn, now, ("XX", commission), &code(n), due)?;
            for body in &bodies[n / SHARED * SHARED..][..SHARED] {
                insert_assignment(tx.conn, now, task, *body)?;
            }
            tasks.push(task);
        }
        Ok(tasks)
    };
    world.state.db.write(None, now, insert).unwrap()
}

/// Every institution reports the completion of these; it awaits review.
fn complete(world: &World, tasks: &[CommitmentId]) {
    let close = |tx: &mut articula::db::Tx<'_>| {
        diesel::update(assignments::table.filter(assignments::commitment_id.eq_any(tasks)))
            .set((assignments::status.eq("completed"), assignments::open.eq(false)))
            .execute(tx.conn)?;
        Ok(())
    };
    world.state.db.write(None, world.clock.now(), close).unwrap();
}

/// More time for these.
fn extend(world: &World, tasks: &[CommitmentId], due: NaiveDate) {
    let extend = |tx: &mut articula::db::Tx<'_>| {
        diesel::update(commitments::table.filter(commitments::id.eq_any(tasks)))
            .set((commitments::due_to.eq(due), commitments::due_sort.eq(due)))
            .execute(tx.conn)?;
        Ok(())
    };
    world.state.db.write(None, world.clock.now(), extend).unwrap();
}

pub fn count(world: &World, status: DeliveryStatus) -> usize {
    let of = deliveries::table.filter(deliveries::status.eq(status));
    usize::try_from(world.state.db.read(|conn| Ok(of.count().get_result::<i64>(conn)?)).unwrap()).unwrap()
}

/// `articula worker`, as an administrator starts it.
pub fn spawn_worker(world: &World, server: &MailServer) -> Child {
    Command::new(env!("CARGO_BIN_EXE_articula"))
        .arg("worker")
        .current_dir(world.folder.path())
        .env_clear()
        .env("ARTICULA_DATABASE_URL", &world.state.config.database_url)
        .env("ARTICULA_JWT_SECRET", uuid::Uuid::now_v7().to_string())
        .env("ARTICULA_MAIL_URL", server.url())
        .env("RUST_LOG", "off")
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits for something that processes do, for as long as they do anything at all: `moves` is what changes when they do.
pub fn until(what: &str, moves: impl Fn() -> usize, done: impl Fn() -> bool) {
    let (mut last, mut since) = (moves(), std::time::Instant::now());
    while !done() {
        std::thread::sleep(Duration::from_millis(50));
        let now = moves();
        if now != last {
            (last, since) = (now, std::time::Instant::now());
        }
        assert!(since.elapsed() < Duration::from_secs(120), "{what}: nothing has moved for two minutes");
    }
}

/// The codes that a mail tells of.
fn codes(data: &str) -> BTreeSet<String> {
    let starts = data.match_indices("F-").filter_map(|(at, _)| data.get(at..at + 6));
    starts.filter(|code| code[2..].bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
}

/// What every mailbox says, and how many copies came of the same mail.
fn mailboxes(server: &MailServer) -> (BTreeMap<String, BTreeSet<String>>, usize) {
    let mut by_id: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    let mut copies = 0;
    for mail in server.mails() {
        assert_eq!(mail.header("X-Articula-Kind"), Some("reminder"));
        assert_eq!(mail.header("Auto-Submitted"), Some("auto-generated"));
        assert!(mail.header("List-Id").is_some() && mail.header("Date").is_some());
        let id = mail.header("Message-ID").unwrap().to_owned();
        let said = (mail.to.clone(), codes(&mail.data));
        if let Some(before) = by_id.insert(id, said.clone()) {
            assert_eq!(before, said, "one Message-ID, two mails");
            copies += 1;
        }
    }
    let mut boxes = BTreeMap::new();
    for (to, codes) in by_id.into_values() {
        assert!(boxes.insert(to.clone(), codes).is_none(), "{to} got two mails");
    }
    (boxes, copies)
}

/// What the ledger says was told, by recipient, of the mails that stand so.
fn ledger(world: &World, status: DeliveryStatus) -> BTreeMap<String, BTreeSet<String>> {
    let query = reminder_ledger::table
        .inner_join(deliveries::table)
        .inner_join(assignments::table.inner_join(commitments::table))
        .filter(deliveries::status.eq(status))
        .select((reminder_ledger::recipient, commitments::code));
    let rows: Vec<(String, String)> = world.state.db.read(|conn| Ok(query.load(conn)?)).unwrap();
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (recipient, code) in rows {
        assert!(told.entry(recipient).or_default().insert(code), "the ledger has an item twice");
    }
    told
}

on_both! {
    fn nothing_is_lost_or_sent_twice_when_servers_fail_and_workers_die(world) {
        let real_now = Clock::System.now();
        let after = |minutes: i64| real_now.plus(TimeDelta::minutes(minutes));
        let today = real_now.utc().date_naive();
        world.clock.set(after(-5 * 60));
        world.row_country("XX");
        let commission = world.row_commission("XX", "CETI");
        let policy = json!({"lead_days": [30], "send_hour": 0, "send_on_non_working_days": true});
        world.admin().put(&format!("/commissions/{commission}/reminder-policy"), policy).expect(200);
        let tasks = seed(world, commission, today + Days::new(20));
        let server = MailServer::start();
        let mailer = Mailer::open(&server.url(), &world.state.config.mail_from).unwrap();
        let turn = |at: Instant| {
            world.clock.set(at);
            worker::run_jobs_once(&world.state, &mailer).unwrap();
        };

        server.set_down(true);
        for minutes in [0, 1, 4, 120] {
            turn(after(minutes - 5 * 60));
        }
        assert_eq!((count(world, DeliveryStatus::Queued), server.taken()), (INSTITUTIONS, 0));
        let backlog = world.nobody().get("/metrics").text;
        assert!(backlog.contains("articula_mail_backlog{status=\"queued\"} 1000"), "{backlog}");
        complete(world, &tasks[..2 * SHARED]);
        complete(world, &tasks[100..102]);
        extend(world, &tasks[200..202], today + Days::new(300));

        server.set_down(false);
        server.whim(&address(310), Whim::Refuse("550 5.1.1 no such mailbox"), 99);
        server.whim(&address(311), Whim::Refuse("451 try again"), 2);
        server.whim(&address(312), Whim::Refuse("421 closing"), 1);
        server.whim(&address(313), Whim::DropBefore, 1);
        server.whim(&address(314), Whim::DropAfter, 1);
        server.whim(&address(315), Whim::Hang, 1);
        let killed = Arc::new(Mutex::new(spawn_worker(world, &server)));
        let victim = Arc::clone(&killed);
        server.when_taken(INSTITUTIONS / 4, move || victim.lock().unwrap().kill().unwrap());
        let mut other = spawn_worker(world, &server);
        let dead = || killed.lock().unwrap().try_wait().unwrap().is_some();
        until("a worker is killed in the middle of the work", || server.taken(), dead);
        let due = || {
            let due = deliveries::table
                .filter(deliveries::status.eq(DeliveryStatus::Queued))
                .filter(deliveries::next_attempt_at.le(Clock::System.now()));
            let due: i64 = world.state.db.read(|conn| Ok(due.count().get_result(conn)?)).unwrap();
            usize::try_from(due).unwrap()
        };
        until("the other worker has taken what was due", due, || due() == 0);
        let kill = format!("kill -TERM {}", other.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        assert!(other.wait().unwrap().success());

        for minutes in [16, 120, 300, 600] {
            turn(after(minutes));
        }
        assert_eq!((count(world, DeliveryStatus::Queued), count(world, DeliveryStatus::Sending)), (0, 0));
        let mut expected: BTreeMap<_, _> = (0..INSTITUTIONS).map(|n| (address(n), codes_of(n))).collect();
        let gone: BTreeSet<String> = (0..2 * SHARED).chain(100..102).chain(200..202).map(code).collect();
        for codes in expected.values_mut() {
            codes.retain(|code| !gone.contains(code));
        }
        expected.retain(|_, codes| !codes.is_empty());
        let refused = expected.remove(&address(310)).unwrap();
        let (boxes, copies) = mailboxes(&server);
        assert!(boxes == expected, "{:?}", boxes.iter().zip(&expected).find(|(a, b)| a != b));
        // One more of the mail that the server took before it ended the connection.
        assert!(copies <= IN_HAND + 1, "{copies} copies: more than the connections of the killed worker");
        assert!(ledger(world, DeliveryStatus::Sent) == expected, "the ledger and the mailboxes differ");
        assert_eq!(ledger(world, DeliveryStatus::Failed), BTreeMap::from([(address(310), refused)]));
        assert_eq!(count(world, DeliveryStatus::Dropped), 2 * SHARED);
        let failed = world.admin().get("/reminders/deliveries?status=failed");
        assert!(failed.items()[0]["last_error"].as_str().unwrap().contains("550"), "{}", failed.text);

        let taken = server.taken();
        turn(after(24 * 60));
        assert_eq!(server.taken(), taken, "a day later there is nothing to say");
    }
}
