//! How far long work has come, on standard error, where a person is watching.

use std::io::{IsTerminal, stderr};

/// Tells on one line that it writes over.
pub struct Progress {
    what: &'static str,
    watched: bool,
}

impl Progress {
    pub fn new(what: &'static str) -> Self {
        Self { what, watched: stderr().is_terminal() }
    }

    pub fn tell(&self, done: usize, of: usize) {
        if self.watched {
            eprint!("\r{done} of {of} {}", self.what);
        }
    }

    /// Leaves the line.
    pub fn end(&self) {
        if self.watched {
            eprintln!();
        }
    }
}
