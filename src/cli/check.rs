//! Reports whether the database, the mail and the files work.

use crate::config::Config;
use crate::db::Database;
use crate::mail::Mailer;
use crate::storage::FileStore;

use super::{Sentence, permissions, told};

/// Opens the database, the mail transport and the file store.
pub fn run() -> Result<(), Sentence> {
    let config = Config::from_env().map_err(told)?;
    let parts = [
        ("database", database(&config)),
        ("mail", Mailer::of(&config).and_then(|way| way.check()).map_err(told)),
        ("files", FileStore::open(&config.files_url).and_then(|store| store.check()).map_err(told)),
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
    permissions::warnings(&config).iter().for_each(|warning| println!("warning: {warning}"));
    if failed.is_empty() { Ok(()) } else { Err(format!("does not work: {}", failed.join(", "))) }
}

fn database(config: &Config) -> Result<(), Sentence> {
    let db = Database::open(&config.database_url).map_err(told)?;
    match db.is_migrated().map_err(told)? {
        true => db.check().map_err(told),
        false => Err(format!("{} answers, but its schema is not up to date: run `articula migrate`", db.kind())),
    }
}
