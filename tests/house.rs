//! The rules of the house, checked over the source text: what may import what, where each library may be named,
//! how long a file may be, that both databases get the same migrations. `docs/ARCHITECTURE.md` says why.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::type_complexity,
    reason = "helpers of tests may fail loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Knows no commission. Nothing here imports a slice.
const BASE: &[&str] = &[
    "audit",
    "clock",
    "config",
    "dates",
    "db",
    "error",
    "evidence",
    "storage",
    "personal_data",
    "http",
    "i18n",
    "ics",
    "mail",
    "quota",
    "themes",
];

/// Each slice knows only those before it.
const SLICES: &[&str] = &[
    "identity",
    "access",
    "directory",
    "commissions",
    "notifications",
    "uploads",
    "meetings",
    "agreements",
    "plans",
    "commitments",
    "activities",
    "reminders",
    "reports",
    "rendering",
    "datasets",
    "matrix",
    "calendar",
    "audit_log",
];

/// Puts the parts together; may import all.
const TOP: &[&str] = &["app", "cli", "lib", "main", "testing", "worker"];

/// Base types that implement the database's traits for themselves.
const COLUMN_TYPES: &[&str] = &["src/clock.rs", "src/dates.rs", "src/error.rs", "src/error/database.rs"];

/// A source file: its path from the root of the repository, and its code without line comments.
struct Source {
    path: String,
    text: String,
    code: String,
}

impl Source {
    /// The first part of its path below `src/`: the module of the plan that it belongs to.
    fn module(&self) -> &str {
        let rest = self.path.strip_prefix("src/").unwrap_or(&self.path);
        rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
    }

    fn is(&self, name: &str) -> bool {
        self.path.ends_with(&format!("/{name}.rs")) || self.path.contains(&format!("/{name}/"))
    }

    fn below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(&format!("src/{folder}/")))
    }

    /// Whether the code names this path, on word boundaries (`actix_web` is not in `utoipa_actix_web`).
    fn names(&self, word: &str) -> bool {
        let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
        self.code.match_indices(word).any(|(at, _)| {
            !self.code[..at].ends_with(part_of_word) && !self.code[at + word.len()..].starts_with(part_of_word)
        })
    }

    /// The modules that it takes from the crate: `crate::x…` and `crate::{x…, y…}`.
    fn imports(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, start) in self.code.match_indices("crate::") {
            if self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &self.code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(heads(group)),
                None => found.extend(head(rest)),
            }
        }
        found
    }
}

fn head(text: &str) -> Option<String> {
    let name: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The first names of a `{a::b, c::{d, e}}` group, given without its opening brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut expects, mut found) = (0, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expects = true,
            c if expects && !c.is_whitespace() => {
                found.extend(head(&group[at..]));
                expects = false;
            }
            _ => {}
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    rust_files(&root().join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Source { path: path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(), text, code }
    };
    paths.into_iter().map(read).collect()
}

/// Fails with one line for each broken rule.
#[track_caller]
fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Every file that names the library without being allowed to.
#[track_caller]
fn only(words: &[&str], place: &str, allowed: impl Fn(&Source) -> bool) {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| !allowed(source)) {
        for word in words.iter().filter(|word| source.names(word)) {
            broken.push(format!("{} names `{word}`, which belongs in {place}", source.path));
        }
    }
    none(broken);
}

#[test]
fn everything_below_src_has_its_place_in_the_plan() {
    let known: Vec<_> = [BASE, SLICES, TOP].concat();
    let strange = |source: &Source| !known.contains(&source.module());
    none(sources("src").iter().filter(|s| strange(s)).map(|s| format!("{}: not in the plan", s.path)).collect());
}

#[test]
fn the_base_imports_no_slice_and_a_slice_only_those_above_it() {
    let place = |name: &str| SLICES.iter().position(|slice| *slice == name);
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| !TOP.contains(&source.module())) {
        let own = place(source.module());
        for import in source.imports() {
            let other = place(&import);
            let fine = match (own, other) {
                (_, None) => !TOP.contains(&import.as_str()),
                (None, Some(_)) => false,
                (Some(own), Some(other)) => other <= own,
            };
            if !fine {
                broken.push(format!("{} imports {import}, which stands below it", source.path));
            }
        }
    }
    none(broken);
}

#[test]
fn a_slice_shows_its_face_alone() {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| SLICES.contains(&source.module()) && !source.is("store")) {
        for line in source.code.lines().map(str::trim) {
            if line.starts_with("pub mod ") || line.starts_with("pub(crate) mod ") {
                broken.push(format!("{}: `{line}` opens the inside of a slice", source.path));
            }
        }
    }
    none(broken);
}

#[test]
fn routes_are_registered_by_full_path() {
    let mut broken = Vec::new();
    for source in sources("src") {
        if source.names("web::scope") {
            broken.push(format!("{} nests routes", source.path));
        }
        for line in source.code.lines().map(str::trim).filter(|line| is_route(line)) {
            let full = line.contains("(\"/api/v1/")
                || ["src/app/service.rs", "src/app/metrics.rs"].contains(&source.path.as_str());
            if !full {
                broken.push(format!("{}: {line} is no full path", source.path));
            }
        }
    }
    none(broken);
}

#[test]
fn every_handler_says_who_may_call_it() {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| source.is("api")) {
        let mut docs = String::new();
        for line in source.text.lines().map(str::trim) {
            if let Some(doc) = line.strip_prefix("///") {
                docs.push_str(doc);
                docs.push('\n');
            } else if is_route(line) && !docs.contains("Permissions:") {
                broken.push(format!("{}: {line} has no Permissions line", source.path));
            } else if line.starts_with("pub ") || line.starts_with("async ") || line.is_empty() {
                docs.clear();
            }
        }
    }
    none(broken);
}

fn is_route(line: &str) -> bool {
    ["get", "post", "put", "patch", "delete"].iter().any(|verb| line.starts_with(&format!("#[{verb}(\"")))
}

#[test]
fn actix_is_named_at_the_doors_alone() {
    only(&["actix_web", "actix_multipart"], "api.rs, http/, app.rs, error.rs", |source| {
        source.is("api")
            || source.below(&["http", "app"])
            || ["src/app.rs", "src/error.rs"].contains(&source.path.as_str())
    });
}

#[test]
fn diesel_is_named_in_stores_alone() {
    only(&["diesel", "diesel_migrations"], "store.rs, db/, audit/, mail/outbox.rs, http/idempotency.rs", |source| {
        source.is("store")
            || source.below(&["db", "audit", "mail/outbox"])
            || ["src/mail/outbox.rs", "src/http/idempotency.rs"].contains(&source.path.as_str())
            || COLUMN_TYPES.contains(&source.path.as_str())
    });
}

#[test]
fn stores_open_no_transaction_and_actions_neither() {
    let words = ["db.write", "db.write_async", "db.snapshot", "db.snapshot_async", ".transaction"];
    only(&words, "api.rs and the command line", |source| {
        source.is("api")
            || source.below(&["db", "http"])
            || TOP.contains(&source.module())
            || !source.is("store") && !source.is("actions")
    });
}

#[test]
fn mail_is_made_in_mail_alone() {
    only(&["lettre"], "mail/", |source| source.below(&["mail"]));
}

#[test]
fn passwords_and_tokens_are_made_in_identity_alone() {
    only(&["jsonwebtoken", "argon2"], "identity/", |source| source.below(&["identity"]));
}

#[test]
fn the_clock_is_read_in_one_place() {
    let words = ["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "now_v7"];
    only(&words, "clock.rs", |source| source.path == "src/clock.rs");
}

#[test]
fn the_environment_is_read_in_one_place() {
    let words = ["std::env", "env::var", "env::var_os", "env::vars", "dotenvy"];
    only(&words, "config.rs", |source| source.path == "src/config.rs" || source.below(&["config"]));
}

#[test]
fn which_database_it_is_is_known_in_one_place() {
    only(&["Db::Pg", "Db::Sqlite", "PgConnection", "SqliteConnection"], "db/", |source| source.below(&["db"]));
}

#[test]
fn both_databases_get_the_same_migrations() {
    let names = |kind: &str| -> BTreeSet<String> {
        let folder = root().join("migrations").join(kind);
        fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("postgres"), names("sqlite"));
    for kind in ["postgres", "sqlite"] {
        for name in names(kind) {
            let folder = root().join("migrations").join(kind).join(&name);
            let up = fs::read_to_string(folder.join("up.sql")).unwrap();
            assert!(up.starts_with("-- "), "{kind}/{name}: the first line says what it is for");
            assert!(folder.join("down.sql").exists(), "{kind}/{name}: no way back");
        }
    }
}

#[test]
fn the_image_is_built_from_every_folder_that_the_code_takes_files_from() {
    let image = fs::read_to_string(root().join("Dockerfile")).unwrap();
    let context = fs::read_to_string(root().join(".dockerignore")).unwrap();
    let mut folders: BTreeSet<String> = ["migrations", "src"].map(str::to_owned).into();
    for source in sources("src") {
        for taken in source.text.split("include_str!(\"").skip(1) {
            let path = taken.split('"').next().unwrap().trim_start_matches("../");
            folders.extend(path.split_once('/').map(|(folder, _)| folder.to_owned()));
        }
    }
    assert!(folders.contains("templates"), "{folders:?}");
    let copied = |folder: &String| {
        image.contains(&format!("\nCOPY {folder} {folder}\n")) && context.contains(&format!("\n!{folder}\n"))
    };
    none(folders.into_iter().filter(|folder| root().join(folder).is_dir() && !copied(folder)).collect());
}

#[test]
fn no_secret_stands_in_a_file_without_being_refused() {
    let refused = fs::read_to_string(root().join("src/config/secret.rs")).unwrap();
    let mut broken = Vec::new();
    for path in tracked_files() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for found in text.split("ARTICULA_JWT_SECRET").skip(1) {
            let rest = found.trim_start_matches(['"', ',', ' ', '=', ':']);
            let value: String = rest.chars().take_while(|c| !c.is_whitespace() && !"\"'`,|)}".contains(*c)).collect();
            if value.len() >= 20 && !value.starts_with('$') && !refused.contains(&format!("\"{value}\"")) {
                broken.push(format!(
                    "{path}: {value} can be read by anybody: add it to the list in src/config/secret.rs"
                ));
            }
        }
    }
    none(broken);
}

/// The files of the repository that are text and short enough to hold settings.
fn tracked_files() -> Vec<String> {
    let listed = std::process::Command::new("git").arg("ls-files").current_dir(root()).output().unwrap();
    assert!(listed.status.success(), "the tests run in a clone of the repository");
    String::from_utf8(listed.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn files_are_short() {
    let mut broken = Vec::new();
    for folder in ["src", "tests", "benches"] {
        if !root().join(folder).exists() {
            continue;
        }
        for source in sources(folder) {
            let lines = source.text.lines().count();
            if lines > 500 && source.path != "src/db/schema.rs" {
                broken.push(format!("{} has {lines} lines", source.path));
            }
        }
    }
    none(broken);
    let mut lengths: Vec<_> = sources("src").iter().map(|source| source.text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < 150, "half of the files have more than {median} lines");
}

#[test]
fn the_checks_see_imports_in_every_form() {
    let code = "use crate::{db::{Db, Tx}, mail, error::Code};\nfn f() { crate::reports::draft(); utoipa_crate::x(); }";
    let source = Source { path: "src/x.rs".into(), text: code.into(), code: code.into() };
    let expected = ["db", "error", "mail", "reports"].map(str::to_owned);
    assert_eq!(source.imports(), BTreeSet::from(expected));
}
