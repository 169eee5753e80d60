//! The connection enum and the open write transaction.

use diesel::{Connection, PgConnection, SqliteConnection};

use super::types::UserId;
use crate::clock::Instant;
use crate::error::{Faults, Result};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// An open write transaction: the connection, who acts (for the audit log) and the moment.
pub struct Tx<'c> {
    pub conn: &'c mut Db,
    /// None when the program itself acts.
    pub who: Option<UserId>,
    /// When what is done takes place.
    pub now: Instant,
    /// When it is written down: now, unless an import tells what was done before.
    pub recorded_at: Instant,
    /// What is written is history that is brought in: nobody gets a notice of it.
    pub silent: bool,
    /// What is wrong with the body that the use case was given; it is refused with what the use case finds itself.
    pub found: Faults,
}

impl Tx<'_> {
    /// The faults of the body, to which a use case adds its own before it does anything.
    pub fn faults(&self) -> Faults {
        self.found.clone()
    }

    /// Runs a use case on a body with these faults. With any, it only serves to find more.
    pub fn judging<T>(&mut self, found: Faults, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if found.is_empty() {
            return f(self);
        }
        self.found = found;
        let mut more = f(self).err().map(|error| error.faults).unwrap_or_default();
        let mut faults = std::mem::take(&mut self.found);
        more.retain(|fault| faults.unread.is_empty() || !COMPARING.contains(&fault.code));
        faults.join(more);
        Err(faults.into())
    }

    /// Runs `f` inside the transaction; when it fails, what it wrote is undone and the transaction goes on.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (who, now, recorded_at, silent) = (self.who, self.now, self.recorded_at, self.silent);
        self.conn.transaction(|conn| f(&mut Tx { conn, who, now, recorded_at, silent, found: Faults::default() }))
    }

    /// Runs `f` as it was done at a past moment; the audit log says when it was written down.
    pub fn as_of<T>(&mut self, moment: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (who, recorded_at, silent) = (self.who, self.recorded_at, self.silent);
        f(&mut Tx { conn: self.conn, who, now: moment, recorded_at, silent, found: Faults::default() })
    }

    /// Runs `f` without a notice to anybody.
    pub fn silently<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (who, now, recorded_at) = (self.who, self.now, self.recorded_at);
        f(&mut Tx { conn: self.conn, who, now, recorded_at, silent: true, found: Faults::default() })
    }
}

/// Faults that a use case finds by comparing two fields: not told while one of them may be a stand-in.
const COMPARING: [&str; 4] = ["other_country", "other_commission", "out_of_range", "votes_exceed_members"];
