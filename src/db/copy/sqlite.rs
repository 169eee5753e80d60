//! The copy of an SQLite database: a file whose name is removed as soon as it is open.

use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use crate::error::{Code, Error, Result};

/// The beginning of the folder names of copies.
const PREFIX: &str = ".articula-copy-";

/// The age after which a folder counts as left by a process that was killed while it made a copy.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// The settings of a copy. It is deleted in any case, so it needs no journal on disk and does not wait for the disk.
const SETTINGS: &str = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; \
                        PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY";

#[derive(QueryableByName)]
struct Main {
    #[diesel(sql_type = Text)]
    file: String,
}

/// Copies the database of a connection and opens the copy. The name of the file is removed at once, so that the space
/// is free again when the connection ends, however it ends.
pub fn copied(mut live: SqliteConnection) -> Result<SqliteConnection> {
    let main: Main = sql_query("SELECT file FROM pragma_database_list WHERE name = 'main'").get_result(&mut live)?;
    let beside = beside(&main.file);
    remove_abandoned(beside);
    let folder = tempfile::Builder::new()
        .prefix(PREFIX)
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(beside)
        .map_err(cannot)?;
    let path = folder.path().join("copy.db");
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(cannot)?;
    let path = path.to_str().ok_or_else(|| Error::internal("the path of the database is not UTF-8"))?;
    sql_query("VACUUM INTO ?").bind::<Text, _>(path).execute(&mut live)?;
    let mut copy = SqliteConnection::establish(path).map_err(cannot)?;
    copy.batch_execute(SETTINGS)?;
    folder.close().map_err(cannot)?;
    Ok(copy)
}

/// The folder of a database, in which its copies are made.
pub fn beside(path: &str) -> &Path {
    Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn cannot(error: impl std::fmt::Display) -> Error {
    Error::new(Code::Unavailable).because(format!("cannot copy the database: {error}"))
}

/// Removes the folders that killed processes left. One that cannot be removed is left for the next time.
pub fn remove_abandoned(beside: &Path) {
    let Ok(entries) = fs::read_dir(beside) else { return };
    for entry in entries.flatten() {
        let is_copy = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_copy && is_old(&entry).unwrap_or(false) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_old(entry: &fs::DirEntry) -> io::Result<bool> {
    let changed = entry.metadata()?.modified()?;
    Ok(changed.elapsed().is_ok_and(|age| age > ABANDONED))
}
