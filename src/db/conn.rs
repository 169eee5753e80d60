//! The connection enum and the open write transaction.

use std::net::IpAddr;

use diesel::connection::TransactionManager;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::later::Later;
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
    /// The network address of the person who acts.
    pub client: Option<IpAddr>,
    /// When what is done takes place.
    pub now: Instant,
    /// When it is written down: now, unless an import tells what was done before.
    pub recorded_at: Instant,
    /// What is written is history that is brought in: nobody gets a notice of it.
    pub silent: bool,
    /// What is wrong with the body that the use case was given; it is refused with what the use case finds itself.
    pub found: Faults,
    pub(super) later: &'c mut Later,
}

impl<'c> Tx<'c> {
    /// Makes the handle of a transaction that has just begun.
    pub(super) fn new(conn: &'c mut Db, later: &'c mut Later, who: Option<UserId>, now: Instant) -> Self {
        Self { conn, who, client: None, now, recorded_at: now, silent: false, found: Faults::default(), later }
    }
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
        self.keep_if(|_| true, f)
    }

    /// Runs `f` inside the transaction and keeps its writes if `keep` accepts its result. Otherwise, and when `f`
    /// fails, its writes are undone and the transaction continues.
    pub fn keep_if<T>(&mut self, keep: impl FnOnce(&T) -> bool, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        Manages::begin_transaction(self.conn)?;
        let mark = self.later.begin_part();
        let done = f(&mut self.part());
        if done.as_ref().is_ok_and(keep) {
            Manages::commit_transaction(self.conn)?;
            self.later.keep_part(self.conn)?;
            return done;
        }
        self.later.undo_part(mark);
        let undone = Manages::rollback_transaction(self.conn);
        let value = done?;
        undone?;
        Ok(value)
    }

    /// Runs `f` as it was done at a past moment; the audit log says when it was written down.
    pub fn as_of<T>(&mut self, moment: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        f(&mut Tx { now: moment, ..self.part() })
    }

    /// Runs `f` without a notice to anybody.
    pub fn silently<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        f(&mut Tx { silent: true, ..self.part() })
    }

    /// Returns the same transaction, for a part of its work.
    fn part(&mut self) -> Tx<'_> {
        let Self { who, client, now, recorded_at, silent, .. } = *self;
        Tx { conn: self.conn, who, client, now, recorded_at, silent, found: Faults::default(), later: self.later }
    }
}

/// Faults that a use case finds by comparing two fields. They are not reported while one of the fields may hold a
/// stand-in.
const COMPARING: [&str; 4] = ["other_country", "other_commission", "out_of_range", "votes_exceed_members"];

/// The type that manages the transactions of a connection.
pub(super) type Manages = <Db as Connection>::TransactionManager;
