//! The private copy for dry runs: equal to the live database, separate from it, and deleted afterwards.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use articula::db::{Db, Tx, dispatch::lock_name};
use articula::error::{Code, Error, Result};
use articula::mail::Mailer;
use articula::worker;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::on_both;
use crate::support::World;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName, Debug, PartialEq)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn count(conn: &mut Db, query: &str) -> Result<i64> {
    let query = diesel::sql_query(query.to_owned());
    let found: Count = match conn {
        Db::Pg(conn) => query.get_result(conn)?,
        Db::Sqlite(conn) => query.get_result(conn)?,
    };
    Ok(found.count)
}

fn on_copy<T>(world: &World, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    world.state.db.on_copy(None, world.clock.now(), f)
}

/// Returns the folders of copies beside the database.
fn folders(world: &World) -> Vec<PathBuf> {
    let entries = fs::read_dir(world.folder.path()).unwrap().flatten().map(|entry| entry.path());
    entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(".articula-copy-")).collect()
}

const COUNTRIES: &str = "SELECT count(*) AS count FROM countries";
const ENTER: &str = "INSERT INTO countries (code, name, time_zone, locale, created_at, updated_at) \
                     SELECT 'QQ', name, time_zone, locale, created_at, updated_at FROM countries LIMIT 1";

on_both! {
    fn writes_on_a_copy_are_visible_only_there(world) {
        world.commission("PE", "CIGTPE");
        on_copy(world, |tx| {
            let before = count(tx.conn, COUNTRIES)?;
            tx.conn.batch_execute(ENTER)?;
            assert_eq!(count(tx.conn, COUNTRIES)?, before + 1);
            assert_eq!(world.state.db.read(|conn| count(conn, COUNTRIES))?, before);
            // A write of others does not wait.
            world.state.db.write(None, world.clock.now(), |live| Ok(live.conn.batch_execute(ENTER)?))?;
            assert_eq!(count(tx.conn, COUNTRIES)?, before + 1);
            Ok(())
        })
        .unwrap();
    }
}

on_both! {
    fn a_part_that_is_undone_on_a_copy_is_undone_there(world) {
        world.commission("PE", "CIGTPE");
        on_copy(world, |tx| {
            let before = count(tx.conn, COUNTRIES)?;
            let failed = tx.attempt(|tx| {
                tx.conn.batch_execute(ENTER)?;
                Err::<(), _>(Error::new(Code::Conflict))
            });
            assert_eq!(failed.unwrap_err().code, Code::Conflict);
            tx.keep_if(|_| false, |tx| Ok(tx.conn.batch_execute(ENTER)?))?;
            assert_eq!(count(tx.conn, COUNTRIES)?, before);
            let twice = tx.attempt(|tx| {
                tx.conn.batch_execute(ENTER)?;
                Ok(tx.conn.batch_execute(ENTER)?)
            });
            assert_eq!(twice.unwrap_err().code, Code::Duplicate, "keys are kept on the copy");
            let strange = "INSERT INTO commitment_numbers (country_code, prefix, last) VALUES ('ZZ', 'X', 1)";
            assert_eq!(tx.attempt(|tx| Ok(tx.conn.batch_execute(strange)?)).unwrap_err().code, Code::InUse);
            Ok(())
        })
        .unwrap();
    }
}

on_both! {
    fn nothing_remains_of_a_copy_after_an_error_or_a_panic(world) {
        on_copy(world, |_| Err::<(), _>(Error::new(Code::Conflict))).unwrap_err();
        catch_unwind(AssertUnwindSafe(|| on_copy(world, |_| -> Result<()> { panic!("on purpose") }))).unwrap_err();
        assert_eq!(folders(world), Vec::<PathBuf>::new());
        let temporary = |conn: &mut Db| match conn {
            Db::Pg(_) => count(conn, "SELECT count(*) AS count FROM pg_class WHERE relpersistence = 't'"),
            Db::Sqlite(_) => Ok(0),
        };
        // The server removes them when it has seen the end of the connection.
        for _ in 0..100 {
            if world.state.db.read(temporary).unwrap() == 0 {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("temporary tables are left");
    }
}

on_both! {
    fn a_copy_holds_no_lock_on_the_live_database(world) {
        on_copy(world, |tx| {
            lock_name(tx.conn, "imports of PE")?;
            let Db::Pg(_) = tx.conn else { return Ok(()) };
            let live = "SELECT count(*) AS count FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation \
                        WHERE l.pid = pg_backend_pid() AND (l.locktype = 'advisory' OR c.relnamespace = 'public'::regnamespace)";
            assert_eq!(count(tx.conn, live)?, 0);
            let refused = tx.attempt(|tx| Ok(tx.conn.batch_execute("UPDATE public.countries SET name = name")?));
            assert!(refused.unwrap_err().to_string().contains("read-only"), "the server refuses to write the live tables");
            Ok(())
        })
        .unwrap();
    }
}

/// Lists columns, checks, keys, references, indexes and triggers of the tables of a schema, without its name. Of tables
/// that no import reads, only the keys are copied.
const SHAPE: &str = "
    SELECT c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
        || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = (SCHEMA) AND c.relkind = 'r' AND c.relname NOT LIKE '\\_\\_%'
    UNION ALL
    SELECT c.relname || ' ' || conname || ' ' || replace(replace(pg_get_constraintdef(n.oid), ' NOT VALID', ''), 'public.', '')
      FROM pg_class c JOIN pg_constraint n ON n.conrelid = c.oid
      WHERE c.relnamespace = (SCHEMA) AND c.relname NOT LIKE '\\_\\_%' AND n.contype <> 't'
    UNION ALL
    SELECT c.relname || ' ' || i.relname
      FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_am m ON m.oid = i.relam
      WHERE c.relnamespace = (SCHEMA) AND c.relname NOT LIKE '\\_\\_%' AND m.amname <> 'gin' AND (x.indisunique
        OR c.relname NOT IN ('audit_log', 'deliveries', 'delivery_commissions', 'reminder_ledger', 'waiting_ledger', 'duty_reminders', 'report_snapshots',
          'import_effects', 'refresh_tokens', 'one_time_tokens', 'personal_tokens', 'second_factors', 'recovery_codes', 'idempotency_keys', 'minutes_files', 'report_files', 'issued_files'))
    UNION ALL
    SELECT c.relname || ' ' || split_part(pg_get_triggerdef(t.oid), ' ON ', 1)
        || regexp_replace(pg_get_triggerdef(t.oid), '^.* FOR EACH', '')
      FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
      WHERE c.relnamespace = (SCHEMA)
    ORDER BY line";

on_both! {
    fn a_copy_has_the_shape_of_the_live_database(world) {
        on_copy(world, |tx| {
            let Db::Pg(conn) = tx.conn else { return Ok(()) };
            let mut shape = |schema: &str| -> Vec<Line> {
                diesel::sql_query(SHAPE.replace("SCHEMA", schema)).load(conn).unwrap()
            };
            let (live, copy) = (shape("'public'::regnamespace"), shape("pg_my_temp_schema()"));
            let different: Vec<_> = live.iter().filter(|one| !copy.contains(one)).collect();
            assert_eq!(different, Vec::<&Line>::new());
            assert_eq!(live.len(), copy.len());
            assert!(live.len() > 500, "{}", live.len());
            Ok(())
        })
        .unwrap();
    }
}

on_both! {
    fn only_the_owner_may_read_the_file_of_a_copy_and_it_has_no_name_once_it_is_open(world) {
        if world.state.db.kind() != "SQLite" {
            return;
        }
        let mine = || {
            let open = fs::read_dir("/proc/self/fd").unwrap().flatten().filter_map(|fd| Some((fd.path(), fs::read_link(fd.path()).ok()?)));
            open.filter(|(_, name)| name.starts_with(world.folder.path()) && name.to_str().unwrap().contains("/copy.db")).collect::<Vec<_>>()
        };
        on_copy(world, |_| {
            assert_eq!(folders(world), Vec::<PathBuf>::new());
            let open = mine();
            assert!(!open.is_empty());
            for (fd, name) in open {
                assert!(name.to_str().unwrap().ends_with("(deleted)"), "{name:?}");
                assert_eq!(fs::metadata(fd).unwrap().permissions().mode() & 0o777, 0o600);
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(mine(), Vec::new());
    }
}

/// Makes the folders that killed processes leave: one of two hours ago and a new one. Returns the new one.
fn leave_copies(world: &World) -> PathBuf {
    let [old, young] = ["old", "young"].map(|name| world.folder.path().join(format!(".articula-copy-{name}")));
    for folder in [&old, &young] {
        fs::create_dir(folder).unwrap();
        fs::write(folder.join("copy.db"), "half a copy").unwrap();
    }
    File::open(&old).unwrap().set_modified(SystemTime::now() - Duration::from_secs(2 * 3600)).unwrap();
    young
}

on_both! {
    fn the_next_copy_removes_what_a_killed_process_left(world) {
        if world.state.db.kind() != "SQLite" {
            return;
        }
        let young = leave_copies(world);
        on_copy(world, |_| Ok(())).unwrap();
        assert_eq!(folders(world), [young]);
    }
}

on_both! {
    fn the_worker_removes_what_a_killed_process_left(world) {
        if world.state.db.kind() != "SQLite" {
            return;
        }
        let young = leave_copies(world);
        worker::run_jobs_once(&world.state, &Mailer::memory().unwrap().0).unwrap();
        assert_eq!(folders(world), [young]);
    }
}
