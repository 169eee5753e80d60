//! Files, standard output, and progress on standard error.

use std::fs;
use std::io::{IsTerminal, Write, stderr};
use std::path::Path;

use serde::Serialize;

use super::Sentence;
use crate::http::DOCUMENT_LIMIT;

/// Shows the progress of long work on one line of a terminal.
pub(super) struct Progress {
    what: &'static str,
    is_terminal: bool,
}

impl Progress {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, is_terminal: stderr().is_terminal() }
    }

    pub(super) fn show(&self, done: usize, of: usize) {
        if self.is_terminal {
            eprint!("\r{done} of {of} {}", self.what);
        }
    }

    /// Ends the line.
    pub(super) fn end(&self) {
        if self.is_terminal {
            eprintln!();
        }
    }
}

/// Reads a file of at most 25 MiB.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Sentence> {
    let cannot = |e: std::io::Error| format!("cannot read {}: {e}", path.display());
    if fs::metadata(path).map_err(cannot)?.len() > DOCUMENT_LIMIT as u64 {
        return Err(format!("{} is larger than 25 MiB", path.display()));
    }
    fs::read(path).map_err(cannot)
}

/// Returns an error when an import of a file found faults.
pub(super) fn refuse_faults(path: &Path, faults: usize) -> Result<(), Sentence> {
    match faults {
        0 => Ok(()),
        1 => Err(format!("nothing was imported: {} has a fault", path.display())),
        n => Err(format!("nothing was imported: {} has {n} faults", path.display())),
    }
}

/// Formats a value as JSON.
pub(super) fn pretty(value: &impl Serialize) -> Result<Vec<u8>, Sentence> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| e.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Copies a file to a file or to standard output.
pub(super) fn copy(output: Option<&Path>, mut from: fs::File) -> Result<(), Sentence> {
    let copied = match output {
        Some(path) => fs::File::create(path).and_then(|mut to| std::io::copy(&mut from, &mut to)),
        None => std::io::copy(&mut from, &mut std::io::stdout()),
    };
    copied.map(|_| ()).map_err(|e| format!("cannot write: {e}"))
}

/// Writes to a file or to standard output.
pub(super) fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Sentence> {
    match output {
        Some(path) => fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display())),
        None => std::io::stdout().write_all(bytes).map_err(|e| format!("cannot write: {e}")),
    }
}
