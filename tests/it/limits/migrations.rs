//! Several processes that start at once on one empty database.

use std::process::{Command, Stdio};

use crate::support::Kind;

fn all_succeed(kind: Kind) {
    let folder = tempfile::TempDir::new().unwrap();
    let url = kind.empty(folder.path());
    let migrate = || {
        Command::new(env!("CARGO_BIN_EXE_articula"))
            .arg("migrate")
            .current_dir(folder.path())
            .env_clear()
            .env("ARTICULA_DATABASE_URL", &url)
            .env("ARTICULA_JWT_SECRET", uuid::Uuid::now_v7().to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let processes: Vec<_> = (0..4).map(|_| migrate()).collect();
    let mut applied = 0;
    for process in processes {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        applied += usize::from(!String::from_utf8_lossy(&output.stdout).contains("was up to date"));
    }
    assert_eq!(applied, 1, "one process applies the migrations, the others wait for it");
    assert!(articula::db::Database::open(&url).unwrap().is_migrated().unwrap());
}

#[test]
fn several_processes_migrate_one_empty_sqlite() {
    all_succeed(Kind::Sqlite);
}

#[test]
fn several_processes_migrate_one_empty_postgres() {
    if let Some(kind) = Kind::postgres() {
        all_succeed(kind);
    }
}
