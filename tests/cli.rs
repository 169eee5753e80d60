//! The command line, run as a process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::type_complexity,
    reason = "tests may panic"
)]

#[path = "cli/imports.rs"]
mod imports;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const CHILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/chile-2023.json");

const PERU: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/peru-2023.json");

/// Returns the command in its own folder, without any settings.
fn articula(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_articula"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

/// Returns a secret that is in no file.
fn secret() -> String {
    uuid::Uuid::now_v7().to_string()
}

fn run(folder: &Path, args: &[&str]) -> Output {
    articula(folder).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Checks the exit status and returns standard error, which must be one sentence.
#[track_caller]
fn error_of(output: &Output, status: i32) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{text}{}", out(output));
    if status == 1 {
        assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    }
    text
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = TempDir::new().unwrap();
    for args in [
        &["frobnicate"][..],
        &[],
        &["import"],
        &["registry", "--country", "CL", "--from", "yesterday", "--to", "2023-12-31", "--format", "json"],
        &["registry", "--country", "CL", "--from", "2023-01-01", "--to", "2023-12-31", "--format", "odt"],
        &["acta", "--session", "7", "--format", "pdf"],
    ] {
        assert_eq!(run(folder.path(), args).status.code(), Some(2), "{args:?}");
    }
    assert!(out(&run(folder.path(), &["--help"])).contains("import"));
}

#[test]
fn an_unknown_kind_of_database_is_refused_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    let output = articula(folder.path())
        .env("ARTICULA_DATABASE_URL", "mysql://localhost/articula")
        .env("ARTICULA_JWT_SECRET", secret())
        .arg("serve")
        .output()
        .unwrap();
    assert!(error_of(&output, 1).contains("sqlite:"));
}

#[test]
fn a_malformed_list_of_proxies_is_refused_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    let migrate = |proxies: &str| {
        articula(folder.path()).env("ARTICULA_TRUSTED_PROXIES", proxies).arg("migrate").output().unwrap()
    };
    for proxies in ["proxy.example", "10.0.0.1, 10.0.0.0/33", "10.0.0.1 10.0.0.2", "2001:db8::/129"] {
        let text = error_of(&migrate(proxies), 1);
        assert!(text.contains("ARTICULA_TRUSTED_PROXIES"), "{proxies}: {text}");
    }
    let output = migrate("10.0.0.1, 172.16.0.0/12,2001:db8::/32");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_signing_secret_is_kept_beside_the_database_however_its_path_is_written() {
    let folder = TempDir::new().unwrap();
    let absolute = folder.path().join("absolute.db").display().to_string();
    for (url, path) in [
        ("sqlite:plain.db".to_owned(), "plain.db"),
        ("sqlite://slashes.db".to_owned(), "slashes.db"),
        ("sqlite:var/deep.db".to_owned(), "var/deep.db"),
        (format!("sqlite://{absolute}"), "absolute.db"),
    ] {
        let output = articula(folder.path()).env("ARTICULA_DATABASE_URL", &url).arg("migrate").output().unwrap();
        assert!(output.status.success(), "{url}: {}", String::from_utf8_lossy(&output.stderr));
        for file in [path.to_owned(), format!("{path}.secret")] {
            assert!(folder.path().join(&file).exists(), "{url}: no {file}");
        }
    }
}

#[test]
fn a_user_is_added_with_the_password_of_the_first_line() {
    let folder = TempDir::new().unwrap();
    let add = |email: &str, password: &str| {
        let mut child = articula(folder.path())
            .args(["user", "add", email, "--name", "Ana Rojas", "--admin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let added = add("ana@example.org", "una frase larga y propia\nand more\n");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    assert_eq!(out(&added).trim().len(), 36);
    assert!(error_of(&add("ana@example.org", "una frase larga y propia\n"), 1).contains("ana@example.org"));
    assert!(error_of(&add("eva@example.org", "corta\n"), 1).contains("password"));
    assert!(error_of(&add("eva@example.org", ""), 1).contains("password"));
    error_of(&add("nobody", "una frase larga y propia\n"), 1);
}

#[test]
fn a_dataset_goes_in_and_comes_out() {
    let folder = TempDir::new().unwrap();
    let dry = run(folder.path(), &["import", CHILE, "--dry-run"]);
    assert!(dry.status.success(), "{}{}", out(&dry), String::from_utf8_lossy(&dry.stderr));
    error_of(&run(folder.path(), &["export", "--country", "CL"]), 1);
    let first = out(&run(folder.path(), &["import", CHILE]));
    assert!(first.contains("commitment"), "{first}");
    let second = out(&run(folder.path(), &["import", CHILE]));
    let total = second.lines().find(|line| line.starts_with("total")).unwrap();
    let counts: Vec<&str> = total.split_whitespace().collect();
    assert_eq!((counts[1], counts[2], counts[4]), ("0", "0", "0"), "{second}");
    assert!(run(folder.path(), &["export", "--country", "CL", "-o", "out.json"]).status.success());
    let same = out(&run(folder.path(), &["import", "out.json"]));
    // An institution of another country that no record names is not exported; everything else is, and has not changed.
    let others = |text: &str| -> Vec<String> {
        let rest = text.lines().filter(|line| !line.starts_with("institution") && !line.starts_with("total"));
        rest.map(str::to_owned).collect()
    };
    assert_eq!(others(&same), others(&second));
    let names = |text: &str| -> std::collections::BTreeSet<String> {
        let dataset: serde_json::Value = serde_json::from_str(text).unwrap();
        let all = dataset["institutions"].as_array().unwrap().iter();
        all.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let (before, after) = (
        names(&std::fs::read_to_string(CHILE).unwrap()),
        names(&std::fs::read_to_string(folder.path().join("out.json")).unwrap()),
    );
    assert_eq!(before.difference(&after).collect::<Vec<_>>(), ["Perú"]);
    for kind in ["institution", "total"] {
        let line = same.lines().find(|line| line.starts_with(kind)).unwrap();
        let counts: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((counts[1], counts[2], counts[4]), ("0", "0", "0"), "{same}");
    }
    let registry = ["registry", "--country", "CL", "--from", "2023-05-01", "--to", "2023-12-31", "--format", "json"];
    let report = ["report", "--country", "CL", "--from", "2023-05-01", "--to", "2023-12-31", "--format", "md"];
    assert!(out(&run(folder.path(), &report)).contains("Chile"));
    let registry: serde_json::Value = serde_json::from_str(&out(&run(folder.path(), &registry))).unwrap();
    assert!(!registry["activities"].as_array().unwrap().is_empty());
    for (command, format, sign) in [
        ("report", "docx", &b"PK"[..]),
        ("report", "pdf", b"%PDF-1.7"),
        ("registry", "xlsx", b"PK"),
        ("registry", "csv", b"\xEF\xBB\xBFComisiones,"),
        ("registry", "md", b"# "),
        ("registry", "docx", b"PK"),
        ("registry", "pdf", b"%PDF-1.7"),
    ] {
        let period =
            ["--country", "CL", "--from", "2023-05-01", "--to", "2023-12-31", "--format", format, "-o", "paper"];
        let output = run(folder.path(), &[&[command][..], &period].concat());
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let written = std::fs::read(folder.path().join("paper")).unwrap();
        assert!(written.starts_with(sign), "{command} as {format}");
    }
}

#[test]
fn the_documents_of_a_session_and_the_matrix_are_written() {
    let folder = TempDir::new().unwrap();
    assert!(run(folder.path(), &["import", PERU]).status.success());
    let database = rusqlite::Connection::open(folder.path().join("var/articula.db")).unwrap();
    let session: Vec<u8> =
        database.query_row("SELECT id FROM meetings ORDER BY held_from LIMIT 1", [], |row| row.get(0)).unwrap();
    let session = uuid::Uuid::from_slice(&session).unwrap().to_string();
    for (command, format, sign) in [
        (&["follow-up", "--session", &session][..], "md", &b"# "[..]),
        (&["follow-up", "--session", &session], "pdf", b"%PDF-1.7"),
        (&["matrix", "--country", "PE"], "xlsx", b"PK"),
        (&["matrix", "--country", "PE"], "csv", b"\xEF\xBB\xBF"),
    ] {
        let output = run(folder.path(), &[command, &["--format", format]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.starts_with(sign), "{command:?} as {format}");
    }
    let nobody = uuid::Uuid::nil().to_string();
    error_of(&run(folder.path(), &["follow-up", "--session", &nobody, "--format", "md"]), 1);
    error_of(&run(folder.path(), &["acta", "--session", &nobody, "--format", "md"]), 1);
    error_of(&run(folder.path(), &["matrix", "--country", "AR", "--format", "csv"]), 1);
}

#[test]
fn every_fault_of_a_file_is_printed_and_nothing_is_imported() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("bad.json");
    let mut document: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(CHILE).unwrap()).unwrap();
    document["activities"][2]["starts"] = "sometime".into();
    document["institutions"][0]["sector"] = "circus".into();
    std::fs::write(&file, document.to_string()).unwrap();
    let output = run(folder.path(), &["import", "bad.json"]);
    error_of(&output, 1);
    let text = out(&output);
    assert!(text.contains("/activities/2/starts [\"sometime\"]"), "{text}");
    assert!(text.contains("/institutions/0/sector [\"circus\"]"), "{text}");
    error_of(&run(folder.path(), &["export", "--country", "CL"]), 1);
    error_of(&run(folder.path(), &["import", "missing.json"]), 1);
    std::fs::write(&file, "{").unwrap();
    error_of(&run(folder.path(), &["import", "bad.json"]), 1);
}

#[test]
fn check_prints_the_result_of_each_part() {
    let folder = TempDir::new().unwrap();
    assert!(run(folder.path(), &["migrate"]).status.success());
    let fine = run(folder.path(), &["check"]);
    assert!(fine.status.success());
    assert_eq!(out(&fine).lines().filter(|line| line.ends_with(": works")).count(), 3);
    let broken = articula(folder.path()).env("ARTICULA_MAIL_URL", "smtp://127.0.0.1:1?tls=none").arg("check").output();
    assert!(error_of(&broken.unwrap(), 1).contains("mail"));
}

#[test]
fn a_mail_url_that_cannot_work_is_refused_in_a_sentence_by_check_and_at_the_start() {
    let folder = TempDir::new().unwrap();
    for url in
        ["smtp://", "carrier-pigeon://loft", "smtp://mail.example.org:smtp", "smtp://mail.example.org?tls=perhaps"]
    {
        for command in ["check", "serve", "worker", "remind"] {
            let output = articula(folder.path())
                .env("ARTICULA_MAIL_URL", url)
                .env("ARTICULA_LISTEN", "127.0.0.1:0")
                .env("RUST_LOG", "off")
                .arg(command)
                .output()
                .unwrap();
            let text = error_of(&output, 1) + &out(&output);
            assert!(text.contains("ARTICULA_MAIL_URL"), "{command} {url}: {text}");
        }
    }
}

#[test]
fn nothing_is_due_in_an_empty_database() {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), &["remind", "--as-of", "2023-06-30"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!out(&output).is_empty());
}

#[test]
fn the_demonstration_prints_how_to_sign_in_and_ends_on_a_signal() {
    let folder = TempDir::new().unwrap();
    let mut child = articula(folder.path())
        .arg("demo")
        .env("ARTICULA_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut text = String::new();
    for line in lines {
        let line = line.unwrap();
        text.push_str(&line);
        if line.contains("Ctrl+C") {
            break;
        }
    }
    for email in ["admin@demo.example", "coordinator@demo.example", "secretariat@demo.example"] {
        assert!(text.contains(email), "{text}");
    }
    assert!(
        text.contains("Abra esa dirección en el navegador: la página para ingresar tiene un botón por persona."),
        "{text}"
    );
    terminate(child);
}

/// Stops the process, which must end within ten seconds without an error.
#[track_caller]
fn terminate(mut child: Child) {
    let asked = Instant::now();
    let kill = format!("kill -TERM {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(10));
}

/// Reads the log on standard error up to the line that contains these words.
#[track_caller]
fn wait_for_log(child: &mut Child, words: &str) -> String {
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    let found = lines.find(|line| line.contains(words)).unwrap_or_else(|| panic!("not in the log: {words}"));
    std::thread::spawn(move || lines.for_each(drop));
    found
}

#[test]
fn it_serves_until_it_is_stopped() {
    let folder = TempDir::new().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let mut serve = articula(folder.path());
    serve.arg("serve").env("ARTICULA_LISTEN", &address).stderr(Stdio::piped());
    let mut child = serve.spawn().unwrap();
    wait_for_log(&mut child, "serving");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(ureq::get(format!("http://{address}{path}")).call().unwrap().status(), 200, "{path}");
    }
    terminate(child);
}

#[test]
fn a_public_address_without_encryption_is_warned_of_at_the_start() {
    let warning = "ARTICULA_PUBLIC_URL is plain http";
    for (public_url, is_warned) in [
        ("http://articula.example", true),
        ("https://articula.example", false),
        ("http://127.0.0.1:8080", false),
        ("http://localhost:8080", false),
    ] {
        let folder = TempDir::new().unwrap();
        let mut serve = articula(folder.path());
        serve.arg("serve").env("ARTICULA_LISTEN", "127.0.0.1:0").env("ARTICULA_PUBLIC_URL", public_url);
        let mut child = serve.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let log: Vec<String> = lines.by_ref().take_while(|line| !line.contains("serving")).collect();
        std::thread::spawn(move || lines.for_each(drop));
        terminate(child);
        assert_eq!(log.iter().any(|line| line.contains(warning)), is_warned, "{public_url}: {log:#?}");
    }
}

#[test]
fn the_worker_works_until_it_is_stopped() {
    let folder = TempDir::new().unwrap();
    let mut child = articula(folder.path()).arg("worker").stderr(Stdio::piped()).spawn().unwrap();
    wait_for_log(&mut child, "working");
    terminate(child);
}

#[test]
fn settings_of_mail_that_cannot_work_are_refused_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    for (name, values) in
        [("ARTICULA_MAIL_CONNECTIONS", ["0", "9", "two"]), ("ARTICULA_KEEP_DELIVERIES", ["0d", "400", "a year"])]
    {
        for value in values {
            let output = articula(folder.path()).env(name, value).arg("worker").output().unwrap();
            let sentence = error_of(&output, 1);
            assert!(sentence.contains(name) && sentence.contains(value), "{sentence}");
        }
    }
}

#[test]
fn a_weak_or_published_secret_is_refused_at_the_start() {
    let folder = TempDir::new().unwrap();
    let published = "for-ones-own-machine-alone-0123456789";
    for (secret, why) in
        [("short", "32 bytes"), ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "different"), (published, "public")]
    {
        let output = articula(folder.path()).env("ARTICULA_JWT_SECRET", secret).arg("serve").output().unwrap();
        let text = error_of(&output, 1);
        assert!(text.contains("ARTICULA_JWT_SECRET") && text.contains(why) && !text.contains(secret), "{text}");
    }
}

#[test]
fn secrets_are_read_from_the_files_that_variables_name() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("url");
    std::fs::write(&file, "sqlite:from-a-file.db\n").unwrap();
    let with_file =
        |args: &[&str]| articula(folder.path()).env("ARTICULA_DATABASE_URL_FILE", &file).args(args).output();
    assert!(with_file(&["migrate"]).unwrap().status.success());
    assert!(folder.path().join("from-a-file.db").exists());
    std::fs::write(folder.path().join("weak"), "a-weak-one\n").unwrap();
    let output = articula(folder.path()).env("ARTICULA_JWT_SECRET_FILE", "weak").arg("serve").output().unwrap();
    let text = error_of(&output, 1);
    assert!(text.contains("32 bytes") && !text.contains("a-weak-one"), "{text}");
    let output = articula(folder.path()).env("ARTICULA_MAIL_URL_FILE", "none").arg("serve").output().unwrap();
    assert!(error_of(&output, 1).contains("ARTICULA_MAIL_URL_FILE: cannot read none"));
}

#[test]
fn only_the_working_folder_s_env_file_counts_and_a_fault_in_it_ends_the_program() {
    let folder = TempDir::new().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(folder.path().join(".env"), "ARTICULA_DATABASE_URL=sqlite:planted.db\n").unwrap();
    assert!(run(&inner, &["migrate"]).status.success());
    assert!(inner.join("var/articula.db").exists() && !inner.join("planted.db").exists());
    std::fs::write(inner.join(".env"), "ARTICULA_MAIL_FROM=a secret\nrubbish\nARTICULA_DATABASE_URL=sqlite:b.db\n")
        .unwrap();
    let text = error_of(&run(&inner, &["migrate"]), 1);
    assert!(text.contains(".env") && !text.contains("a secret"), "{text}");
    assert!(!inner.join("b.db").exists());
    std::fs::write(inner.join(".env"), "ARTICULA_DATABASE_URL='sqlite:with$HOME.db'\n").unwrap();
    assert!(run(&inner, &["migrate"]).status.success());
    assert!(inner.join("with$HOME.db").exists());
}

#[test]
fn only_the_owner_can_read_what_the_program_writes() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("umask 022; exec {} import {PERU}", env!("CARGO_BIN_EXE_articula"))])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(run(folder.path(), &["check"]).status.success());
    let mut open: Vec<_> = vec![folder.path().join("var")];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        let mode = path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        seen += 1;
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    assert!(seen >= 4, "{seen}");
    std::fs::set_permissions(folder.path().join("var/articula.db"), PermissionsExt::from_mode(0o644)).unwrap();
    let text = out(&run(folder.path(), &["check"]));
    assert!(text.contains("warning: var/articula.db") && text.contains("chmod 600"), "{text}");
}

#[test]
fn check_finds_a_damaged_database() {
    let folder = TempDir::new().unwrap();
    assert!(run(folder.path(), &["import", PERU]).status.success());
    let path = folder.path().join("var/articula.db");
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let page: i64 = database
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'institutions'", [], |row| row.get(0))
        .unwrap();
    let size: i64 = database.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    drop(database);
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(u64::try_from((page - 1) * size).unwrap())).unwrap();
    file.write_all(&[0xAB; 512]).unwrap();
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("database: does not work"), "{}", out(&output));
}
