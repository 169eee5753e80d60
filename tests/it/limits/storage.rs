//! A database on a full disk, and one whose pages are damaged.

use articula::db::Database;
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::support::{Kind, Person, World};

/// Limits the growth of the database file to this number of pages, like a full disk.
fn bound(world: &World, pages: &str) {
    let bound = format!("PRAGMA max_page_count = {pages}");
    let set = |tx: &mut articula::db::Tx<'_>| Ok(tx.conn.batch_execute(&bound)?);
    world.state.db.write(None, world.clock.now(), set).unwrap();
}

/// Writes until the database is full.
fn fill(admin: &Person<'_>) -> crate::support::Answer {
    for n in 0..2000 {
        let body = json!({"name": format!("{n} {}", "x".repeat(150)), "sector": "government"});
        let answer = admin.post("/institutions", body);
        if answer.status != 201 {
            return answer;
        }
    }
    panic!("it never became full")
}

#[test]
fn a_full_disk_is_unavailable_and_not_an_internal_error() {
    let world = World::new(Kind::Sqlite);
    let admin = world.admin();
    world.nobody().get("/readyz").expect(200);
    bound(&world, "1");
    let answer = fill(&admin).expect(503);
    assert_eq!((answer.code(), answer.header("retry-after")), ("unavailable", Some("60")));
    world.nobody().get("/readyz").expect(503);
    admin.get("/institutions").expect(200);
    bound(&world, "1000000");
    admin.post("/institutions", json!({"name": "Con espacio", "sector": "government"})).expect(201);
}

/// Overwrites the first page of a table of a database that is not open.
fn damage(path: &std::path::Path, table: &str) {
    let conn = rusqlite::Connection::open(path).unwrap();
    let root = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?1";
    let page: usize = conn.query_row(root, [table], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap();
    let size: usize = conn.query_row("PRAGMA page_size", [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap();
    drop(conn);
    let mut bytes = std::fs::read(path).unwrap();
    bytes[(page - 1) * size..page * size].fill(0xa5);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_file_is_unavailable_and_not_ready() {
    let world = World::new(Kind::Sqlite);
    let admin = world.admin();
    admin.post("/institutions", json!({"name": "Una institución", "sector": "government"})).expect(201);
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("damaged.db");
    let copy = format!("VACUUM INTO '{}'", path.display());
    rusqlite::Connection::open(world.folder.path().join("test.db")).unwrap().execute_batch(&copy).unwrap();
    damage(&path, "institutions");
    let url = format!("sqlite:{}", path.display());
    let db = Database::open(&url).unwrap();
    assert!(db.check().is_err(), "the damage is found");
    let (at, _) = world.serve(articula::http::State { db, ..world.state.clone() });
    let ask = |path: &str| {
        let token = admin.token().unwrap();
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n");
        super::raw::exchange(at, head.as_bytes())
    };
    let answer = ask("/api/v1/institutions?limit=200");
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(ask("/readyz").starts_with("HTTP/1.1 503"));
}
