//! Checks the database, the mail transport, the file store, and the permissions of private files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::config::sqlite_path;
use crate::db::Database;
use crate::mail::Mailer;
use crate::storage::FileStore;

use super::{Sentence, sentence};

/// Opens each part and prints the result.
pub(super) fn run() -> Result<(), Sentence> {
    let config = Config::from_env().map_err(sentence)?;
    let parts = [
        ("database", database(&config)),
        ("mail", Mailer::from_config(&config).and_then(|mailer| mailer.check()).map_err(sentence)),
        ("files", FileStore::open(&config.files_url).and_then(|store| store.check()).map_err(sentence)),
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
    if config.is_unencrypted() {
        println!("warning: ARTICULA_PUBLIC_URL is plain http: passwords and cookies travel without encryption");
    }
    permission_warnings(&config).iter().for_each(|warning| println!("warning: {warning}"));
    if failed.is_empty() { Ok(()) } else { Err(format!("does not work: {}", failed.join(", "))) }
}

fn database(config: &Config) -> Result<(), Sentence> {
    let db = Database::open(&config.database_url).map_err(sentence)?;
    match db.is_migrated().map_err(sentence)? {
        true => db.check().map_err(sentence),
        false => Err(format!("{} answers, but its schema is not up to date: run `articula migrate`", db.kind())),
    }
}

/// Returns a sentence for each private file or folder that other users of the machine can read.
fn permission_warnings(config: &Config) -> Vec<String> {
    private_paths(config).iter().filter(|path| others_can_read(path)).map(|path| warning(path)).collect()
}

/// Returns the private paths: the database with its companion files and secret, the `.env` file, the folders of uploads
/// and of mail.
fn private_paths(config: &Config) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::from(".env")];
    if let Some(database) = sqlite_path(&config.database_url) {
        paths.extend(["", "-wal", "-shm", ".secret"].map(|ending| PathBuf::from(format!("{database}{ending}"))));
    }
    let folders = [&config.files_url, &config.mail_url].map(|url| url.strip_prefix("file:"));
    paths.extend(folders.into_iter().flatten().map(|folder| PathBuf::from(folder.trim_start_matches("//"))));
    paths
}

fn others_can_read(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

fn warning(path: &Path) -> String {
    let mode = if path.is_dir() { "700" } else { "600" };
    format!("{0} can be read by other users of this machine: run `chmod {mode} {0}`", path.display())
}
