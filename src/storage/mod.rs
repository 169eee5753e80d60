//! The file store: files in a folder, named by id. A file appears complete or not at all.

mod media;

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

pub use self::media::runs_by_name;
use self::media::{Executable, LOOKED_AT, media_type};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::text::hex;

/// The maximum size of an upload: 25 MiB.
pub const FILE_LIMIT: u64 = 25 * 1024 * 1024;

/// The folder with the uploaded files.
#[derive(Debug, Clone)]
pub struct FileStore {
    root: PathBuf,
}

/// The facts about a stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub size: u64,
    pub sha256: String,
    /// Determined from the content, never from the name.
    pub media_type: &'static str,
}

impl FileStore {
    /// Opens the folder that a `file:` URL names.
    pub fn open(url: &str) -> Result<Self> {
        let root = url
            .strip_prefix("file:")
            .ok_or_else(|| Error::internal(format!("ARTICULA_FILES_URL must begin with file:, not {url:?}")))?;
        Ok(Self { root: root.trim_start_matches("//").into() })
    }

    /// Checks that files can be stored; the error is one sentence.
    pub fn check(&self) -> Result<()> {
        let probe = self.root.join(".probe");
        let tried =
            private_folder(&self.root).and_then(|()| fs::write(&probe, b"")).and_then(|()| fs::remove_file(&probe));
        tried.map_err(|e| Error::internal(format!("cannot keep files in {}: {e}", self.root.display())))
    }

    /// Returns the path of a file. Files are distributed over folders by the end of their ids, which is random.
    fn path(&self, id: uuid::Uuid) -> PathBuf {
        let name = id.to_string();
        let spread = name.get(name.len() - 2..).unwrap_or("00").to_owned();
        self.root.join(spread).join(name)
    }

    /// Begins to write a file. An upload that is dropped before [`Upload::finish`] leaves no file.
    pub fn begin(&self, id: uuid::Uuid) -> Result<Upload> {
        let path = self.path(id);
        let part = path.with_extension("part");
        let open = || OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&part);
        let opened = path.parent().map_or(Ok(()), private_folder).and_then(|()| open());
        let file = opened.map_err(unavailable)?;
        Ok(Upload { file, part, path, size: 0, hash: Sha256::new(), head: Vec::new(), done: false })
    }

    /// Opens a file to read it.
    pub fn read(&self, id: uuid::Uuid) -> Result<File> {
        File::open(self.path(id)).map_err(unavailable)
    }

    /// Removes a file that no record cites.
    pub fn remove(&self, id: uuid::Uuid) {
        if let Err(error) = fs::remove_file(self.path(id)) {
            tracing::warn!(%id, %error, "could not remove a file that no record cites");
        }
    }

    /// Calls `take` with the ids of the stored files that were last written before a moment, folder by folder, and
    /// removes unfinished uploads of that age. Stops at the first error of `take`.
    pub fn written_before(&self, moment: Instant, take: &mut dyn FnMut(Vec<uuid::Uuid>) -> Result<()>) -> Result<()> {
        let Ok(folders) = fs::read_dir(&self.root) else { return Ok(()) };
        for folder in folders.flatten().filter(|entry| entry.path().is_dir()) {
            let old =
                fs::read_dir(folder.path()).map_err(unavailable)?.flatten().filter(|entry| is_older(entry, moment));
            let mut ids = Vec::new();
            for entry in old {
                let path = entry.path();
                if path.extension().is_some_and(|ending| ending == "part") {
                    fs::remove_file(&path).map_err(unavailable)?;
                } else {
                    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    ids.extend(name.parse::<uuid::Uuid>().ok());
                }
            }
            take(ids)?;
        }
        Ok(())
    }
}

/// Makes a folder, and the folders above it, so that only its owner can enter.
fn private_folder(path: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn unavailable(error: std::io::Error) -> Error {
    Error::new(Code::Unavailable).because(format!("the file store: {error}"))
}

fn is_older(entry: &fs::DirEntry, moment: Instant) -> bool {
    let written = entry.metadata().and_then(|facts| facts.modified());
    written.is_ok_and(|written| Instant::from(DateTime::<Utc>::from(written)) < moment)
}

/// A file that is being uploaded.
pub struct Upload {
    file: File,
    part: PathBuf,
    path: PathBuf,
    size: u64,
    hash: Sha256,
    head: Vec<u8>,
    done: bool,
}

impl Upload {
    /// Adds bytes; 413 beyond the limit.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        if self.size > FILE_LIMIT {
            return Err(Code::TooLarge.into());
        }
        self.hash.update(bytes);
        let wanted = LOOKED_AT.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(wanted));
        self.file.write_all(bytes).map_err(unavailable)
    }

    /// Moves the finished file to its final path; 415 for a program or script.
    pub fn finish(mut self) -> Result<Stored> {
        let tail = self.tail().map_err(unavailable)?;
        let media_type = media_type(&self.head, &tail).map_err(|Executable| Code::ExecutableFile)?;
        self.file.sync_all().and_then(|()| fs::rename(&self.part, &self.path)).map_err(unavailable)?;
        self.done = true;
        let sha256 = hex(&self.hash.clone().finalize());
        Ok(Stored { size: self.size, sha256, media_type })
    }

    /// Returns the last bytes of the file.
    fn tail(&mut self) -> std::io::Result<Vec<u8>> {
        let from = self.size.saturating_sub(LOOKED_AT as u64);
        let mut tail = Vec::new();
        self.file.seek(SeekFrom::Start(from))?;
        Read::by_ref(&mut self.file).take(LOOKED_AT as u64).read_to_end(&mut tail)?;
        Ok(tail)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_file(&self.part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_file_leaves_nothing_and_a_large_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::open(&format!("file:{}", folder.path().display())).unwrap();
        let id = uuid::Uuid::nil();
        let mut upload = store.begin(id).unwrap();
        let chunk = vec![0_u8; 1024 * 1024];
        for _ in 0..25 {
            upload.write(&chunk).unwrap();
        }
        assert_eq!(upload.write(&[1]).unwrap_err().code, Code::TooLarge);
        drop(upload);
        let mut upload = store.begin(id).unwrap();
        upload.write(b"hola").unwrap();
        let stored = upload.finish().unwrap();
        assert_eq!((stored.size, stored.media_type), (4, "text/plain"));
        assert!(store.read(id).is_ok());
        store.remove(id);
        assert!(store.read(id).is_err());
    }
}
