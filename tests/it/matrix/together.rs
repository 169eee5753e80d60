//! Two people at once, and one who sends a request twice: nothing is created twice, and no saved change is lost.

use std::io::Write;
use std::net::TcpStream;
use std::thread::{self, sleep};
use std::time::Duration;

use articula::db::{CommissionId, CommitmentId, Db, dispatch::lock_row};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};

use super::{Setup, commitment, part, send, totals, usual, workbook};
use crate::on_both;
use crate::support::{Browser, FilledForm, Person, World};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Locks a row while something is done. On SQLite there is only one writer anyway.
fn holding(world: &World, table: &'static str, id: uuid::Uuid, during: impl FnOnce()) {
    if world.state.db.kind() == "SQLite" {
        return during();
    }
    let hold = |tx: &mut articula::db::Tx<'_>| {
        lock_row(tx.conn, table, id)?;
        during();
        Ok(())
    };
    world.state.db.write(None, world.clock.now(), hold).unwrap();
}

/// The number of connections that wait for a lock; `None` on SQLite, which does not show them.
fn waiting(conn: &mut Db) -> articula::error::Result<Option<i64>> {
    let Db::Pg(conn) = conn else { return Ok(None) };
    let query = "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    Ok(Some(diesel::sql_query(query).get_result::<Count>(conn)?.count))
}

/// Waits until so many others wait for a lock.
fn wait_for(world: &World, many: i64) {
    for _ in 0..200 {
        if world.state.db.read(waiting).unwrap().is_none_or(|count| count >= many) {
            return;
        }
        sleep(Duration::from_millis(20));
    }
    panic!("nobody waits");
}

fn id(commitment: &Value) -> uuid::Uuid {
    commitment["id"].as_str().unwrap().parse::<CommitmentId>().unwrap().into()
}

on_both! {
    fn two_imports_at_once_enter_everything_once(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let commission: uuid::Uuid = setup.commission.parse::<CommissionId>().unwrap().into();
        let mut all: Vec<[u64; 4]> = thread::scope(|scope| {
            let mut sent = Vec::new();
            holding(world, "commissions", commission, || {
                sent.extend((0..2).map(|_| scope.spawn(|| send(&admin, &setup.of(false), usual()).expect(200))));
                wait_for(world, 2);
            });
            sent.into_iter().map(|one| totals(&one.join().unwrap())).collect()
        });
        all.sort_unstable();
        assert_eq!(all, [[0, 0, 5, 0], [5, 0, 0, 0]]);
        assert_eq!(admin.get("/commitments?country_code=PE").expect(200).items().len(), 4);
    }
}

/// Sends a matrix and returns the open connection. The answer `100 Continue` stays unread, so that closing the connection
/// resets it.
fn send_unread(world: &World, person: &Person<'_>, query: &str, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(world.url.trim_start_matches("http://")).unwrap();
    let (token, length) = (person.token().unwrap(), text.len());
    let request = format!(
        "POST /api/v1/imports?file_name=m.csv&{query} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: text/csv\r\nContent-Length: {length}\r\nExpect: 100-continue\r\n\r\n{text}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

/// Sends the form of an import and returns the open connection, in the same way.
fn submit_unread(world: &World, browser: &Browser<'_>, form: &FilledForm) -> TcpStream {
    let mut stream = TcpStream::connect(world.url.trim_start_matches("http://")).unwrap();
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    let (cookie, length) = (browser.cookie().unwrap(), body.len());
    let request = format!(
        "POST /imports/new HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\
         Expect: 100-continue\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

/// Fails unless an import that waits for the commission keeps its place when its client goes away, and gives it up at
/// its end.
fn keeps_its_place(world: &World, commission: &str, send: impl FnOnce() -> TcpStream) {
    let commission: uuid::Uuid = commission.parse::<CommissionId>().unwrap().into();
    let free = || world.state.imports.available_permits();
    let all = free();
    holding(world, "commissions", commission, || {
        let gone = send();
        wait_for(world, 1);
        drop(gone);
        sleep(Duration::from_millis(500));
        assert_eq!(free(), all - 1, "the import still runs");
    });
    for _ in 0..250 {
        if free() == all {
            return;
        }
        sleep(Duration::from_millis(20));
    }
    panic!("the place is not free");
}

on_both! {
    fn an_import_keeps_its_place_after_its_client_has_gone_away(world) {
        if world.state.db.kind() == "SQLite" {
            return; // It does not show that somebody waits.
        }
        let setup = Setup::new(world);
        let admin = world.admin();
        let text = "Compromiso;Responsable;Plazo\nUno;MTPE;2024\n";
        keeps_its_place(world, &setup.commission, || send_unread(world, &admin, &setup.of(false), text));
        let browser = Browser::of(world, &admin);
        let form = browser.open("/imports/new").form().set("commission_id", &setup.commission);
        let book = workbook(&[vec!["Compromiso", "Responsable", "Plazo"], vec!["Dos", "MTPE", "2024"]]);
        let ready = browser.submit(&form.file("file", "matriz.xlsx", &book)).expect(200).form().set("action", "import");
        keeps_its_place(world, &setup.commission, || submit_unread(world, &browser, &ready));
        let made = admin.get("/commitments?country_code=PE").expect(200).items().len();
        assert_eq!(made, 2, "both imports were finished");
    }
}

on_both! {
    fn an_import_locks_the_sessions_before_the_commitments(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let first = commitment(&admin, "CIGTPE-2023-001");
        let session = first["meeting_id"].as_str().unwrap().parse().unwrap();
        let book = workbook(&[vec!["Código", "Plazo", "Responsable"], vec!["CIGTPE-2023-001", "2024", ""]]);
        let done = thread::scope(|scope| {
            let mut sent = None;
            holding(world, "meetings", session, || {
                sent = Some(scope.spawn(|| send(&admin, &setup.of(false), book)));
                wait_for(world, 1);
                // The import waits for the session, and has not locked the commitment.
                admin.patch(&format!("/commitments/{}", id(&first)), json!({"restricted": true})).expect(200);
            });
            sent.unwrap().join().unwrap()
        });
        if world.state.db.kind() != "SQLite" {
            assert_eq!(done.expect(422).faults(), [("/Matriz/A2".to_owned(), "changed_meanwhile".to_owned())]);
        }
    }
}

on_both! {
    fn what_others_save_during_an_import_is_not_put_back(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let [first, last] = ["CIGTPE-2023-001", "CIGTPE-2023-003"].map(|code| id(&commitment(&admin, code)));
        let rows = [vec!["Código", "Plazo", "Responsable"], vec!["CIGTPE-2023-001", "2024", ""], vec!["CIGTPE-2023-003", "2024", ""]];
        let book = workbook(&rows);
        let done = thread::scope(|scope| {
            let mut sent = None;
            holding(world, "commitments", first, || {
                sent = Some(scope.spawn(|| send(&admin, &setup.of(false), book)));
                wait_for(world, 1);
                admin.patch(&format!("/commitments/{last}"), json!({"restricted": true})).expect(200);
            });
            sent.unwrap().join().unwrap()
        });
        assert_eq!(commitment(&admin, "CIGTPE-2023-003")["restricted"], true);
        if world.state.db.kind() != "SQLite" {
            assert_eq!(done.expect(422).faults(), [("/Matriz/A3".to_owned(), "changed_meanwhile".to_owned())]);
            assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2023-Q4", "nothing is written");
        }
    }
}

on_both! {
    fn a_report_during_an_undo_is_not_lost(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let rows = [
            vec!["Código", "Responsable", "% Avance", "Estado"],
            vec!["CIGTPE-2023-001", "MTPE", "60 %", ""],
            vec!["CIGTPE-2023-003", "MTPE", "10 %", "En proceso"],
        ];
        let import = send(&admin, &setup.of(false), workbook(&rows)).expect(200).json["import_id"].as_str().unwrap().to_owned();
        let first = id(&commitment(&admin, "CIGTPE-2023-001"));
        let third = commitment(&admin, "CIGTPE-2023-003");
        let updates = format!("/commitments/{}/assignments/{}/updates", id(&third), part(&third, &setup.mtpe)["id"].as_str().unwrap());
        let body = json!({"reported_on": "2023-09-01", "status": "in_progress", "percent": 77, "narrative": "Avanza", "on_behalf": true});
        let undone = thread::scope(|scope| {
            let mut sent = None;
            holding(world, "commitments", first, || {
                sent = Some(scope.spawn(|| admin.post(&format!("/imports/{import}/undo"), json!({}))));
                wait_for(world, 1);
                admin.post(&updates, body).expect(201);
            });
            sent.unwrap().join().unwrap()
        });
        assert_eq!(part(&commitment(&admin, "CIGTPE-2023-003"), &setup.mtpe)["percent"], 77);
        if world.state.db.kind() != "SQLite" {
            assert_eq!(undone.expect(409).code(), "import_built_upon");
        }
    }
}

on_both! {
    fn an_import_sent_twice_with_one_key_is_done_once(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let marked = admin.with("idempotency-key", "matriz-1");
        // The program that writes it puts the moment in: another book would be another body.
        let book = usual();
        send(&marked, &setup.of(true), book.clone()).expect(200);
        let first = send(&marked, &setup.of(false), book.clone()).expect(200);
        assert_eq!((first.json["dry_run"].clone(), totals(&first)), (json!(false), [5, 0, 0, 0]), "a try does not count");
        assert_eq!(send(&marked, &setup.of(false), book.clone()).expect(200).json, first.json);
        let other = workbook(&[vec!["Compromiso", "Responsable", "Plazo"], vec!["Otro", "MTPE", "2024"]]);
        assert_eq!(send(&marked, &setup.of(false), other).expect(422).code(), "idempotency_key_reused");
        assert_eq!(send(&marked, "country_code=PE", book.clone()).expect(422).code(), "idempotency_key_reused");
        assert_eq!(totals(&send(&admin, &setup.of(false), book).expect(200)), [0, 0, 5, 0]);
        let dataset = admin.get("/export?country_code=PE").expect(200).json;
        let marked = admin.with("idempotency-key", "datos-1");
        let first = marked.post("/imports", dataset.clone()).expect(200);
        assert_eq!(marked.post("/imports", dataset).expect(200).json, first.json);
    }
}
