//! Rule 3: the places where each library, the time, the environment and the kind of database may be named.

use super::layout::TOP;
use super::source::{Source, none, sources};

/// Base types that implement the traits of Diesel where they are defined.
const COLUMN_TYPES: &[&str] = &["src/clock.rs", "src/dates.rs", "src/error.rs", "src/error/database.rs", "src/text.rs"];

/// Fails for every file that names one of the words without being allowed to.
#[track_caller]
fn only(words: &[&str], place: &str, allowed: impl Fn(&Source) -> bool) {
    let mut broken = Vec::new();
    for source in sources("src").iter().filter(|source| !allowed(source)) {
        for word in words.iter().filter(|word| source.names(word)) {
            broken.push(format!("{} names `{word}`: move that code to {place}", source.path));
        }
    }
    none(broken);
}

#[test]
fn actix_is_named_in_the_http_layer_alone() {
    only(&["actix_web", "actix_multipart"], "api.rs, web.rs, http/, ui/, app/ or error/", |source| {
        source.is("api")
            || source.is("web")
            || source.below(&["http", "ui", "app", "error"])
            || ["src/app.rs", "src/error.rs"].contains(&source.path.as_str())
    });
}

#[test]
fn maud_is_named_where_markup_is_written() {
    only(&["maud"], "web.rs, ui/, mail/ or rendering/", |source| {
        source.is("web") || source.below(&["ui", "mail", "rendering"])
    });
}

#[test]
fn diesel_is_named_in_stores_alone() {
    only(&["diesel", "diesel_migrations"], "store.rs, db/, audit/, mail/outbox or http/idempotency", |source| {
        source.is("store")
            || source.below(&["db", "audit", "mail/outbox"])
            || ["src/mail/outbox.rs", "src/http/idempotency.rs"].contains(&source.path.as_str())
            || COLUMN_TYPES.contains(&source.path.as_str())
    });
}

#[test]
fn stores_and_actions_open_no_transaction() {
    let words = ["db.write", "db.write_async", "db.snapshot", "db.snapshot_async", ".transaction"];
    only(&words, "api.rs or the command line", |source| {
        source.is("api")
            || source.below(&["db", "http"])
            || TOP.contains(&source.module())
            || !source.is("store") && !source.is("actions")
    });
}

#[test]
fn lettre_is_named_in_mail_alone() {
    only(&["lettre"], "mail/", |source| source.below(&["mail"]));
}

#[test]
fn passwords_and_tokens_are_made_in_identity_alone() {
    only(&["jsonwebtoken", "argon2"], "identity/", |source| source.below(&["identity"]));
}

#[test]
fn the_time_is_read_in_clock_rs_alone() {
    let words = ["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "now_v7"];
    only(&words, "clock.rs", |source| source.path == "src/clock.rs");
}

#[test]
fn the_environment_is_read_in_config_alone() {
    let words = ["std::env", "env::var", "env::var_os", "env::vars", "dotenvy"];
    only(&words, "config", |source| source.path == "src/config.rs" || source.below(&["config"]));
}

#[test]
fn the_kind_of_database_is_known_in_db_alone() {
    only(&["Db::Pg", "Db::Sqlite", "PgConnection", "SqliteConnection"], "db/", |source| source.below(&["db"]));
}
