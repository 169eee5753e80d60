//! The file store: bytes under a folder, named by id. A file appears whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::error::{Code, Error, Result};

/// Uploads are at most 25 MiB.
pub const FILE_LIMIT: u64 = 25 * 1024 * 1024;
/// How much of a file is looked at to tell its type.
const HEAD: usize = 64 * 1024;

/// Where files are kept.
#[derive(Debug, Clone)]
pub struct FileStore {
    root: PathBuf,
}

/// What was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub size: u64,
    pub sha256: String,
    /// Judged by content, never by name.
    pub media_type: &'static str,
}

impl FileStore {
    /// The folder that a `file:` URL names.
    pub fn open(url: &str) -> Result<Self> {
        let root = url
            .strip_prefix("file:")
            .ok_or_else(|| Error::internal(format!("ARTICULA_FILES_URL must begin with file:, not {url:?}")))?;
        Ok(Self { root: root.trim_start_matches("//").into() })
    }

    /// Whether files can be kept; the error is one sentence.
    pub fn check(&self) -> Result<()> {
        let probe = self.root.join(".probe");
        let tried =
            fs::create_dir_all(&self.root).and_then(|()| fs::write(&probe, b"")).and_then(|()| fs::remove_file(&probe));
        tried.map_err(|e| Error::internal(format!("cannot keep files in {}: {e}", self.root.display())))
    }

    /// Ids are random at their end: spread over folders by it.
    fn path(&self, id: uuid::Uuid) -> PathBuf {
        let name = id.to_string();
        let spread = name.get(name.len() - 2..).unwrap_or("00").to_owned();
        self.root.join(spread).join(name)
    }

    /// Begins to write a file; dropped before [`Upload::finish`], it leaves nothing behind.
    pub fn begin(&self, id: uuid::Uuid) -> Result<Upload> {
        let path = self.path(id);
        let part = path.with_extension("part");
        let opened = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| OpenOptions::new().write(true).create_new(true).open(&part));
        let file = opened.map_err(unavailable)?;
        Ok(Upload { file, part, path, size: 0, hash: Sha256::new(), head: Vec::new(), done: false })
    }

    /// Opens a file to read it.
    pub fn read(&self, id: uuid::Uuid) -> Result<File> {
        File::open(self.path(id)).map_err(unavailable)
    }

    /// Removes a file that no record names.
    pub fn remove(&self, id: uuid::Uuid) {
        if let Err(error) = fs::remove_file(self.path(id)) {
            tracing::warn!(%id, %error, "could not remove a file that nothing names");
        }
    }
}

fn unavailable(error: std::io::Error) -> Error {
    Error::new(Code::Unavailable).because(format!("the file store: {error}"))
}

/// A file on its way in.
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
        let wanted = HEAD.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(wanted));
        self.file.write_all(bytes).map_err(unavailable)
    }

    /// Makes the file appear.
    pub fn finish(mut self) -> Result<Stored> {
        self.file.sync_all().and_then(|()| fs::rename(&self.part, &self.path)).map_err(unavailable)?;
        self.done = true;
        let sha256 = self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Stored { size: self.size, sha256, media_type: media_type(&self.head) })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// What the bytes say that they are; text when they are readable, else just bytes.
fn media_type(head: &[u8]) -> &'static str {
    if let Some(kind) = infer::get(head) {
        return kind.mime_type();
    }
    let readable = match std::str::from_utf8(head) {
        Ok(text) => Some(text),
        Err(error) if head.len() >= HEAD && error.valid_up_to() + 4 > head.len() => Some(""),
        Err(_) => None,
    };
    match readable {
        Some(text) if !text.contains('\0') => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_what_a_file_is() {
        assert_eq!(media_type(b"%PDF-1.7 ..."), "application/pdf");
        assert_eq!(media_type("Acta de la sesión".as_bytes()), "text/plain");
        assert_eq!(media_type(&[0, 159, 146, 150]), "application/octet-stream");
    }

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
