//! Writes wait for their turn, in order and for a limited time; reads do not wait for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use articula::db::Database;
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::on_both;
use crate::support::{Kind, World};

on_both! {
    fn readers_do_not_wait_for_sixteen_writers_that_wait(world) {
        let (admin, person) = (world.admin(), world.stranger());
        person.get("/me").expect(200);
        let let_go = world.hold_writers();
        std::thread::scope(|scope| {
            let waiting: Vec<_> = (0..16)
                .map(|n| {
                    let body = json!({"name": format!("Institución {n}"), "sector": "government"});
                    let admin = &admin;
                    scope.spawn(move || admin.post("/institutions", body).status)
                })
                .collect();
            std::thread::sleep(Duration::from_millis(500));
            for _ in 0..5 {
                let began = Instant::now();
                person.get("/me").expect(200);
                person.get("/institutions").expect(200);
                assert!(began.elapsed() < Duration::from_secs(1), "reads waited {:?}", began.elapsed());
            }
            assert!(waiting.iter().all(|thread| !thread.is_finished()), "the writers did not wait");
            let_go();
            for thread in waiting {
                let status = thread.join().unwrap();
                assert!([201, 503].contains(&status), "{status}");
            }
        });
    }
}

fn impatient(kind: Kind) -> World {
    World::with(kind, |config| articula::config::Config { write_wait: Duration::from_millis(400), ..config })
}

fn a_write_is_refused_with_retry_after(kind: Kind) {
    let world = impatient(kind);
    let admin = world.admin();
    admin.get("/me").expect(200);
    let let_go = world.hold_writers();
    let late = || admin.post("/institutions", json!({"name": "Tarde", "sector": "government"}));
    std::thread::scope(|scope| {
        let began = Instant::now();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(late)).collect();
        for thread in threads {
            let answer = thread.join().unwrap().expect(503);
            assert_eq!(answer.code(), "unavailable");
            assert_eq!(answer.header("retry-after"), Some("2"));
        }
        // PostgreSQL waits for a lock by itself, up to 5 s.
        assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    });
    let_go();
    assert_eq!(admin.get("/institutions").items().len(), 0, "nothing was done behind the refusals");
    admin.post("/institutions", json!({"name": "A tiempo", "sector": "government"})).expect(201);
}

#[test]
fn a_write_that_waits_too_long_is_refused_with_retry_after_sqlite() {
    a_write_is_refused_with_retry_after(Kind::Sqlite);
}

#[test]
fn a_write_that_waits_too_long_is_refused_with_retry_after_postgres() {
    if let Some(kind) = Kind::postgres() {
        a_write_is_refused_with_retry_after(kind);
    }
}

#[test]
fn the_deadline_of_a_write_does_not_depend_on_other_waiting_writes() {
    let world = impatient(Kind::Sqlite);
    let admin = world.admin();
    let let_go = world.hold_writers();
    std::thread::scope(|scope| {
        let slowest = (0..10).map(|n| {
            let admin = &admin;
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(40 * n));
                let began = Instant::now();
                admin.post("/institutions", json!({"name": "Tarde", "sector": "government"})).expect(503);
                began.elapsed()
            })
        });
        let slowest = slowest.collect::<Vec<_>>().into_iter().map(|thread| thread.join().unwrap()).max().unwrap();
        // 400 ms, and what SQLite itself waits.
        assert!(slowest < Duration::from_millis(1500), "{slowest:?}");
    });
    let_go();
}

#[test]
fn writers_get_their_turn_in_the_order_in_which_they_came() {
    let world = World::new(Kind::Sqlite);
    let admin = world.admin();
    let let_go = world.hold_writers();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (admin, name) = (&admin, format!("Institución {n}"));
            scope.spawn(move || admin.post("/institutions", json!({"name": name, "sector": "government"})).expect(201));
            std::thread::sleep(Duration::from_millis(150));
        }
        let_go();
    });
    // Ids rise in the order in which the writes were done.
    let mut made: Vec<(String, String)> = Vec::new();
    for item in admin.get("/institutions").items() {
        made.push((item["id"].as_str().unwrap().to_owned(), item["name"].as_str().unwrap().to_owned()));
    }
    made.sort();
    let names: Vec<String> = made.into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, (0..8).map(|n| format!("Institución {n}")).collect::<Vec<_>>());
}

/// Two transactions that take the same two rows in opposite order; the first attempts meet, the others do not.
fn crossing(db: &Database, ids: [String; 2], attempts: &Arc<AtomicUsize>) -> articula::error::Result<()> {
    let meet = Arc::new(std::sync::Barrier::new(2));
    let run = |first: String, second: String| {
        let (db, meet, attempts) = (db.clone(), Arc::clone(&meet), Arc::clone(attempts));
        async move {
            let write = move |tx: &mut articula::db::Tx<'_>| {
                let attempt = attempts.fetch_add(1, Ordering::SeqCst);
                let change = |id: &str| format!("UPDATE institutions SET acronym = 'X' WHERE id = '{id}'");
                tx.conn.batch_execute(&change(&first))?;
                if attempt < 2 {
                    meet.wait();
                }
                tx.conn.batch_execute(&change(&second))?;
                Ok(())
            };
            db.write_async(None, articula::clock::Clock::System.now(), write).await
        }
    };
    let [a, b] = ids;
    actix_web::rt::System::new().block_on(async {
        let (one, other) = (run(a.clone(), b.clone()), run(b, a));
        let (one, other) = (actix_web::rt::spawn(one), actix_web::rt::spawn(other));
        one.await.unwrap()?;
        other.await.unwrap()
    })
}

#[test]
fn a_deadlock_is_tried_again_once() {
    let Some(kind) = Kind::postgres() else { return };
    let world = World::new(kind);
    let admin = world.admin();
    let make = |name: &str| admin.post("/institutions", json!({"name": name, "sector": "government"})).expect(201).id();
    let ids = [make("Una"), make("Otra")];
    let attempts = Arc::new(AtomicUsize::new(0));
    crossing(&world.state.db, ids, &attempts).unwrap();
    assert_eq!(attempts.load(Ordering::SeqCst), 3, "one of the two was run again");
}
