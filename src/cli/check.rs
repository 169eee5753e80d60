//! What works, said plainly.

use std::fs;
use std::path::Path;

use articula::config::Config;
use articula::db::Database;
use articula::mail::Mailer;

use super::{Sentence, told};

/// Opens the database, the mail transport and the file store.
pub fn run() -> Result<(), Sentence> {
    let config = Config::from_env().map_err(told)?;
    let parts = [
        ("database", database(&config)),
        ("mail", Mailer::open(&config.mail_url, &config.mail_from).and_then(|way| way.check()).map_err(told)),
        ("files", files(&config.files_url)),
    ];
    let mut failed = Vec::new();
    for (name, outcome) in parts {
        match outcome {
            Ok(()) => println!("{name}: works"),
            Err(reason) => {
                println!("{name}: does not work: {reason}");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("does not work: {}", failed.join(", "))) }
}

fn database(config: &Config) -> Result<(), Sentence> {
    let db = Database::open(&config.database_url).map_err(told)?;
    match db.is_migrated().map_err(told)? {
        true => Ok(()),
        false => Err(format!("{} answers, but its schema is not up to date: run `articula migrate`", db.kind())),
    }
}

/// Writes a file where files are kept, and removes it again.
fn files(url: &str) -> Result<(), Sentence> {
    let folder =
        url.strip_prefix("file:").ok_or_else(|| format!("ARTICULA_FILES_URL must begin with file:, not {url:?}"))?;
    let folder = Path::new(folder.trim_start_matches("//"));
    let trial = folder.join(".articula-check");
    let cannot = |e: std::io::Error| format!("cannot write to {}: {e}", folder.display());
    fs::create_dir_all(folder).map_err(cannot)?;
    fs::write(&trial, b"works").map_err(cannot)?;
    fs::remove_file(&trial).map_err(cannot)
}
