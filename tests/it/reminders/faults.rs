//! No reminder is lost or sent twice with two worker processes, one of them killed, and a mail server that was down for
//! hours and then misbehaves.

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
/// The number of commitments per institution, and of institutions per commitment.
const SHARED: usize = 5;

/// The maximum number of mails that a killed worker has sent without marking them: one for each connection.
const UNMARKED: usize = 2;

fn address(n: usize) -> String {
    format!("i{n}@example.org")
}

fn code(n: usize) -> String {
    format!("F-{n:04}")
}

/// Returns the codes of the commitments of an institution: each group of five institutions shares five commitments.
fn codes_of(institution: usize) -> BTreeSet<String> {
    (institution / SHARED * SHARED..).take(SHARED).map(code).collect()
}

/// Inserts 5,000 assignments that are due for a reminder: a thousand commitments of five institutions each.
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

/// Closes every assignment of these commitments, as a reported completion does.
fn complete(world: &World, tasks: &[CommitmentId]) {
    let close = |tx: &mut articula::db::Tx<'_>| {
        diesel::update(assignments::table.filter(assignments::commitment_id.eq_any(tasks)))
            .set((assignments::status.eq("completed"), assignments::open.eq(false)))
            .execute(tx.conn)?;
        Ok(())
    };
    world.state.db.write(None, world.clock.now(), close).unwrap();
}

/// Extends the due date of these commitments.
fn extend(world: &World, tasks: &[CommitmentId], due: NaiveDate) {
    let extend = |tx: &mut articula::db::Tx<'_>| {
        diesel::update(commitments::table.filter(commitments::id.eq_any(tasks)))
            .set((commitments::due_to.eq(due), commitments::due_sort.eq(due)))
            .execute(tx.conn)?;
        Ok(())
    };
    world.state.db.write(None, world.clock.now(), extend).unwrap();
}

pub(super) fn count(world: &World, status: DeliveryStatus) -> usize {
    let of = deliveries::table.filter(deliveries::status.eq(status));
    usize::try_from(world.state.db.read(|conn| Ok(of.count().get_result::<i64>(conn)?)).unwrap()).unwrap()
}

/// Starts the process `articula worker`.
pub(super) fn spawn_worker(world: &World, server: &MailServer) -> Child {
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

/// Waits until `done`; panics when `progress` has not changed for two minutes.
pub(super) fn until(what: &str, progress: impl Fn() -> usize, done: impl Fn() -> bool) {
    let (mut last, mut since) = (progress(), std::time::Instant::now());
    while !done() {
        std::thread::sleep(Duration::from_millis(50));
        let now = progress();
        if now != last {
            (last, since) = (now, std::time::Instant::now());
        }
        assert!(since.elapsed() < Duration::from_secs(120), "{what}: no progress for two minutes");
    }
}

/// Returns the codes in a mail.
fn codes(data: &str) -> BTreeSet<String> {
    let starts = data.match_indices("F-").filter_map(|(at, _)| data.get(at..at + 6));
    starts.filter(|code| code[2..].bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
}

/// Returns the codes in each mailbox, and the number of copies of mails.
fn mailboxes(server: &MailServer) -> (BTreeMap<String, BTreeSet<String>>, usize) {
    let mut by_id: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    let mut copies = 0;
    for mail in server.mails() {
        assert_eq!(mail.header("X-Articula-Kind"), Some("reminder"));
        assert_eq!(mail.header("Auto-Submitted"), Some("auto-generated"));
        assert!(mail.header("List-Id").is_some() && mail.header("Date").is_some());
        let id = mail.header("Message-ID").unwrap().to_owned();
        let content = (mail.to.clone(), codes(&mail.data));
        if let Some(before) = by_id.insert(id, content.clone()) {
            assert_eq!(before, content, "one Message-ID, two mails");
            copies += 1;
        }
    }
    let mut boxes = BTreeMap::new();
    for (to, codes) in by_id.into_values() {
        assert!(boxes.insert(to.clone(), codes).is_none(), "{to} got two mails");
    }
    (boxes, copies)
}

/// Returns the codes of the recorded steps in mails with this status, by recipient.
fn recorded(world: &World, status: DeliveryStatus) -> BTreeMap<String, BTreeSet<String>> {
    let query = reminder_ledger::table
        .inner_join(deliveries::table)
        .inner_join(assignments::table.inner_join(commitments::table))
        .filter(deliveries::status.eq(status))
        .select((reminder_ledger::recipient, commitments::code));
    let rows: Vec<(String, String)> = world.state.db.read(|conn| Ok(query.load(conn)?)).unwrap();
    let mut recorded: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (recipient, code) in rows {
        assert!(recorded.entry(recipient).or_default().insert(code), "a step is recorded twice");
    }
    recorded
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
        let run_jobs = |at: Instant| {
            world.clock.set(at);
            worker::run_jobs_once(&world.state, &mailer).unwrap();
        };

        server.set_down(true);
        for minutes in [0, 1, 4, 120] {
            run_jobs(after(minutes - 5 * 60));
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
            run_jobs(after(minutes));
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
        // One more copy: of the mail that the server had accepted when it dropped the connection.
        assert!(copies <= UNMARKED + 1, "{copies} copies: more than the connections of the killed worker");
        assert!(recorded(world, DeliveryStatus::Sent) == expected, "the recorded steps and the mailboxes differ");
        assert_eq!(recorded(world, DeliveryStatus::Failed), BTreeMap::from([(address(310), refused)]));
        assert_eq!(count(world, DeliveryStatus::Dropped), 2 * SHARED);
        let failed = world.admin().get("/reminders/deliveries?status=failed");
        assert!(failed.items()[0]["last_error"].as_str().unwrap().contains("550"), "{}", failed.text);

        let taken = server.taken();
        run_jobs(after(24 * 60));
        assert_eq!(server.taken(), taken, "a day later nothing is due");
    }
}
