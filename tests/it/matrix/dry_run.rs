//! A dry run of a matrix reports the changes of the import, makes nobody wait, and writes nothing.

use std::time::{Duration, Instant};

use articula::db::{CommissionId, Db, Tx};
use articula::testing::identity::Actor;
use articula::testing::matrix::{MatrixReport, Target, import_matrices, read_matrices};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};

use super::{Setup, commitment, faults_of, send, send_text, totals, usual, workbook};
use crate::on_both;
use crate::support::World;

/// Changes an existing commitment, adds a report to another, and creates a new one.
fn changes() -> Vec<u8> {
    workbook(&[
        vec!["Código", "Compromiso", "Responsable", "Plazo", "% Avance", "Estado"],
        vec!["CIGTPE-2023-001", "", "", "2024", "", ""],
        vec!["CIGTPE-2023-003", "", "MTPE", "", "10 %", "En proceso"],
        vec!["", "Uno nuevo", "MTPE", "2024", "", ""],
    ])
}

/// Tries a matrix in this process and does something else when all its rows have been written to the copy.
fn while_trying(world: &World, setup: &Setup, bytes: &[u8], during: impl Fn()) -> MatrixReport {
    let matrices = read_matrices(bytes, "matriz.xlsx").unwrap();
    let target = Target { country: None, commission: Some(setup.commission.parse::<CommissionId>().unwrap()) };
    let progressing = |done: usize, of: usize| {
        if done == of {
            during();
        }
    };
    let tried = |tx: &mut Tx<'_>| import_matrices(tx, &Actor::program(), &matrices, &target, true, &progressing);
    world.state.db.on_copy(None, world.clock.now(), tried).unwrap()
}

on_both! {
    fn nobody_waits_for_a_dry_run(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let first = commitment(&admin, "CIGTPE-2023-001")["id"].as_str().unwrap().to_owned();
        let third = commitment(&admin, "CIGTPE-2023-003")["id"].as_str().unwrap().to_owned();
        let other = workbook(&[vec!["Compromiso", "Responsable", "Plazo"], vec!["De otra matriz", "MTPE", "2024"]]);
        let new = json!({"commission_ids": [setup.commission], "text": "Entre tanto", "due": "2024"});
        let longest = std::cell::Cell::new(Duration::ZERO);
        let tried = while_trying(world, &setup, &changes(), || {
            let began = Instant::now();
            admin.patch(&format!("/commitments/{first}"), json!({"restricted": true})).expect(200);
            admin.patch(&format!("/commitments/{third}"), json!({"restricted": true})).expect(200);
            assert_eq!(admin.post("/commitments", new.clone()).expect(201).json["code"], "CIGTPE-2023-005");
            assert_eq!(totals(&send(&admin, &setup.of(false), other.clone()).expect(200)), [1, 0, 0, 0]);
            longest.set(began.elapsed());
        });
        assert!(longest.get() < Duration::from_secs(3), "{:?}", longest.get());
        assert_eq!((tried.totals.created, tried.totals.changed, tried.faults.len()), (1, 2, 0));
        let stands = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&stands["due"], &stands["restricted"]), (&json!("2023-Q4"), &json!(true)), "only the others wrote");
        assert_eq!(admin.get("/commitments?country_code=PE").expect(200).items().len(), 6);
    }
}

/// Returns the number of rows of each table that an import writes, and the numbers given to commitments.
fn rows(world: &World) -> Vec<(&'static str, i64)> {
    let tables = [
        "commitments",
        "assignments",
        "updates",
        "commitment_events",
        "meetings",
        "agreements",
        "institutions",
        "imports",
        "import_effects",
        "dataset_keys",
        "reminder_agenda",
        "audit_log",
        "commitment_numbers",
    ];
    let count = |conn: &mut Db, table: &str| -> articula::error::Result<i64> {
        let what = if table == "commitment_numbers" { "coalesce(sum(last), 0)" } else { "count(*)" };
        let query = diesel::sql_query(format!("SELECT {what} AS count FROM {table}"));
        let found: Count = match conn {
            Db::Pg(conn) => query.get_result(conn)?,
            Db::Sqlite(conn) => query.get_result(conn)?,
        };
        Ok(found.count)
    };
    let counted = tables.map(|table| (table, world.state.db.read(|conn| count(conn, table)).unwrap()));
    counted.to_vec()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

on_both! {
    fn a_dry_run_leaves_no_row_and_no_file(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let dataset = admin.get("/export?country_code=PE").expect(200).json;
        let files = || {
            let list = std::fs::read_dir(world.folder.path()).unwrap().flatten();
            let mut names: Vec<_> = list.map(|entry| entry.file_name()).collect();
            names.sort();
            names
        };
        let flushed = || assert!(world.state.audit.flush(Duration::from_secs(20)), "the export is in the audit log");
        flushed();
        let (before, present) = (rows(world), files());
        assert_eq!(totals(&send(&admin, &setup.of(true), changes()).expect(200)), [1, 2, 0, 0]);
        assert_eq!((rows(world), files()), (before.clone(), present.clone()));
        admin.post("/imports?dry_run=true", dataset).expect(200);
        assert_eq!((rows(world), files()), (before, present));
        let new = json!({"commission_ids": [setup.commission], "text": "Después", "due": "2024"});
        assert_eq!(admin.post("/commitments", new).expect(201).json["code"], "CIGTPE-2023-005", "no number was taken");
    }
}

/// The answer of an import without the members that only a real import has.
fn story(mut answer: Value) -> Value {
    let object = answer.as_object_mut().unwrap();
    object.retain(|name, _| !["dry_run", "import_id"].contains(&name.as_str()));
    for row in answer["rows"].as_array_mut().into_iter().flatten().filter(|row| row["outcome"] == "created") {
        row.as_object_mut().unwrap().remove("code");
    }
    answer
}

on_both! {
    fn a_dry_run_tells_what_the_import_then_does(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        for file in [usual(), changes(), changes()] {
            let tried = send(&admin, &setup.of(true), file.clone()).expect(200);
            let done = send(&admin, &setup.of(false), file).expect(200);
            assert_eq!(tried.json["import_id"], Value::Null);
            assert_eq!(story(tried.json), story(done.json));
        }
        // Found by reading alone, by the rules of an action, by both.
        let far = "Compromiso;Responsable;Estado;Fecha de cumplimiento;Medio de verificación\nUno;MTPE;Cumplido;31/12/2030;Acta\n";
        for text in ["Compromiso;Responsable;Plazo\nUno;Nadie;2024\n", far, &far.replace("MTPE", "Nadie")] {
            let tried = send_text(&admin, &setup.of(true), text).expect(200);
            let refused = send_text(&admin, &setup.of(false), text).expect(422);
            let told: Vec<String> = refused.faults().iter().map(|(at, code)| format!("{at} {code}")).collect();
            assert!(!told.is_empty(), "{text}");
            assert_eq!(faults_of(&tried), told, "{text}");
        }
    }
}

on_both! {
    fn dry_runs_at_once_come_one_after_the_other(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        std::thread::scope(|scope| {
            let sent: Vec<_> = (0..4).map(|_| scope.spawn(|| send(&admin, &setup.of(true), usual()))).collect();
            for one in sent {
                assert_eq!(totals(&one.join().unwrap().expect(200)), [5, 0, 0, 0]);
            }
        });
    }
}

on_both! {
    fn more_dry_runs_than_are_allowed_are_told_to_come_back(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let db = &world.state.db;
        let runtime = actix_web::rt::Runtime::new().unwrap();
        let permits = [runtime.block_on(db.may_copy()).unwrap(), runtime.block_on(db.may_copy()).unwrap()];
        let refused = send(&admin, &setup.of(true), usual()).expect(503);
        assert_eq!(refused.header("retry-after"), Some("10"));
        let faulty = workbook(&[vec!["Compromiso", "Responsable", "Plazo"], vec!["Uno", "Nadie", "2024"]]);
        send(&admin, &setup.of(true), faulty).expect(200);
        drop(permits);
        send(&admin, &setup.of(true), usual()).expect(200);
    }
}

on_both! {
    fn who_may_not_import_makes_no_copy(world) {
        let setup = Setup::new(world);
        let runtime = actix_web::rt::Runtime::new().unwrap();
        let db = &world.state.db;
        let _permits = [runtime.block_on(db.may_copy()).unwrap(), runtime.block_on(db.may_copy()).unwrap()];
        let began = Instant::now();
        send(&world.observer(&setup.commission), &setup.of(true), usual()).expect(403);
        let dataset = json!({"articula": 1, "country": {"code": "PE"}});
        world.secretariat(&setup.commission).post("/imports?dry_run=true", dataset).expect(403);
        assert!(began.elapsed() < Duration::from_secs(5), "refused without waiting: {:?}", began.elapsed());
    }
}
