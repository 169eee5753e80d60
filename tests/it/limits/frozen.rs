//! PostgreSQL with stopped processes: its connections stay open and nothing is answered.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Kind, Person, World};

/// Returns the status of a call that must be answered within ten seconds.
#[track_caller]
fn in_time(call: impl FnOnce() -> u16) -> u16 {
    let began = Instant::now();
    let status = call();
    assert!(began.elapsed() < Duration::from_secs(10), "{status} after {:?}", began.elapsed());
    status
}

fn everything_is_unavailable(world: &World, admin: &Person<'_>) {
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for n in 0..30 {
            threads.push(scope.spawn(move || {
                in_time(|| match n % 5 {
                    0 => admin.get("/me").status,
                    1 => admin.get("/institutions").status,
                    2 => admin.post("/institutions", json!({"name": "Nueva", "sector": "government"})).status,
                    3 => {
                        let body = json!({"email": "nadie@example.org", "password": "una frase larga y propia"});
                        world.nobody().post("/auth/login", body).status
                    }
                    _ => world.nobody().get("/readyz").status,
                })
            }));
        }
        // Calls that need no database are answered all the time.
        std::thread::sleep(Duration::from_secs(1));
        for path in ["/healthz", "/metrics", "/api/openapi.json"] {
            let began = Instant::now();
            world.nobody().get(path).expect(200);
            assert!(began.elapsed() < Duration::from_secs(3), "{path} took {:?}", began.elapsed());
        }
        let statuses: Vec<u16> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(statuses.iter().all(|status| *status == 503), "{statuses:?}");
    });
}

fn until_it_answers(admin: &Person<'_>) {
    let began = Instant::now();
    while admin.get("/me").status != 200 {
        assert!(began.elapsed() < Duration::from_secs(15), "no recovery");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_frozen_postgres_is_unavailable_within_ten_seconds_and_recovers() {
    let Some((kind, server)) = Kind::own_postgres() else { return };
    let world = World::new(kind);
    let admin = world.admin();
    admin.post("/institutions", json!({"name": "De antes", "sector": "government"})).expect(201);
    let frozen = server.freeze();
    everything_is_unavailable(&world, &admin);
    // Again, with the threads of the first calls still waiting.
    everything_is_unavailable(&world, &admin);
    drop(frozen);
    until_it_answers(&admin);
    assert_eq!(admin.get("/institutions").items().len(), 1, "what was refused was not done afterwards");
    admin.post("/institutions", json!({"name": "De después", "sector": "government"})).expect(201);
    world.nobody().get("/readyz").expect(200);
}
