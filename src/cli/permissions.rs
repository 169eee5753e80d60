//! Files that other users of the machine can read although they should not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::config::{Config, sqlite_path};

/// Returns a sentence for each file or folder of the installation that others can read.
pub fn warnings(config: &Config) -> Vec<String> {
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
    fs::metadata(path).is_ok_and(|facts| facts.permissions().mode() & 0o077 != 0)
}

fn warning(path: &Path) -> String {
    let mode = if path.is_dir() { "700" } else { "600" };
    format!("{0} can be read by other users of this machine: run `chmod {mode} {0}`", path.display())
}
