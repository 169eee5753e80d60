//! The open write transaction. It delays some writes, and caches the answers to some questions (`delayed.rs`).

use std::any::Any;
use std::hash::Hash;
use std::net::IpAddr;

use diesel::connection::TransactionManager;

use super::conn::{Db, TxManager};
use super::delayed::{Delayed, LaterRow, MOST_WAITING};
use super::types::UserId;
use crate::clock::Instant;
use crate::error::{Fault, Faults, Result};

/// An open write transaction: the connection, the person who acts (for the audit log) and the moment.
pub struct Tx<'c> {
    pub conn: &'c mut Db,
    /// None when the program itself acts.
    pub who: Option<UserId>,
    /// The network address of the person who acts.
    pub client: Option<IpAddr>,
    /// The moment at which the change takes place.
    pub now: Instant,
    /// The moment at which the change is recorded. It differs from `now` only when an import records past events.
    pub recorded_at: Instant,
    /// True while past events are imported: nobody is notified of them.
    pub silent: bool,
    /// The faults of the request body. The use case adds its own faults before the body is refused.
    pub found: Faults,
    delayed: &'c mut Delayed,
}

impl<'c> Tx<'c> {
    /// Makes the handle of a transaction that has just begun.
    pub(super) fn new(conn: &'c mut Db, delayed: &'c mut Delayed, who: Option<UserId>, now: Instant) -> Self {
        Self { conn, who, client: None, now, recorded_at: now, silent: false, found: Faults::default(), delayed }
    }
}

impl Tx<'_> {
    /// Returns the faults of the body. A use case adds its own faults to them before it does anything.
    pub fn faults(&self) -> Faults {
        self.found.clone()
    }

    /// Accepts records that contradict themselves from now on, and notes their contradictions.
    pub fn note_contradictions(&mut self) {
        self.delayed.noted.get_or_insert_default();
    }

    /// Returns the contradictions that were noted since the last call.
    pub fn take_noted(&mut self) -> Vec<Fault> {
        self.delayed.noted.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Returns `Err` with every fault, or `Ok`. Where contradictions are accepted, they are only noted.
    pub fn require_none(&mut self, mut faults: Faults) -> Result<()> {
        if let Some(noted) = &mut self.delayed.noted {
            noted.extend(faults.take_contradictions());
        }
        faults.into_result()
    }

    /// Runs a use case on a body with these faults. If there are any, the use case only serves to find more of them.
    pub fn with_faults<T>(&mut self, found: Faults, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if found.is_empty() {
            return f(self);
        }
        self.found = found;
        let mut more = f(self).err().map(|error| error.faults).unwrap_or_default();
        let mut faults = std::mem::take(&mut self.found);
        more.retain(|fault| faults.unread.is_empty() || !fault.comparing);
        faults.join(more);
        Err(faults.into())
    }

    /// Runs `f` inside the transaction. When `f` fails, its writes are undone and the transaction continues.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.keep_if(|_| true, f)
    }

    /// Runs `f` inside the transaction and keeps its writes if `keep` accepts its result. Otherwise, and when `f`
    /// fails, its writes are undone and the transaction continues.
    pub fn keep_if<T>(&mut self, keep: impl FnOnce(&T) -> bool, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        TxManager::begin_transaction(self.conn)?;
        let mark = self.delayed.begin_part();
        let done = f(&mut self.part());
        if done.as_ref().is_ok_and(keep) {
            TxManager::commit_transaction(self.conn)?;
            self.delayed.keep_part(self.conn)?;
            return done;
        }
        self.delayed.undo_part(mark);
        let undone = TxManager::rollback_transaction(self.conn);
        let value = done?;
        undone?;
        Ok(value)
    }

    /// Runs `f` as if it were done at a past moment. The audit log also has the moment at which it was recorded.
    pub fn as_of<T>(&mut self, moment: Instant, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        f(&mut Tx { now: moment, ..self.part() })
    }

    /// Runs `f` without notifying anybody.
    pub fn silently<T>(&mut self, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        f(&mut Tx { silent: true, ..self.part() })
    }

    /// Returns the same transaction, for a part of its work.
    fn part(&mut self) -> Tx<'_> {
        let Self { who, client, now, recorded_at, silent, .. } = *self;
        Tx { conn: self.conn, who, client, now, recorded_at, silent, found: Faults::default(), delayed: self.delayed }
    }

    /// Runs `f`, then writes the rows that it delayed together. `f` must not read such rows before it calls
    /// [`Tx::write_waiting`].
    pub fn collecting<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.delayed.is_collecting() {
            return f(self);
        }
        self.delayed.begin_collecting();
        let done = f(self);
        self.delayed.end_collecting(self.conn, done)
    }

    /// Writes rows at once or, inside [`Tx::collecting`], together with others.
    pub fn insert_later<R: LaterRow>(&mut self, rows: Vec<R>) -> Result<()> {
        if !self.delayed.is_collecting() {
            return rows.chunks(MOST_WAITING).try_for_each(|rows| R::insert(self.conn, rows));
        }
        self.delayed.add(rows);
        Ok(())
    }

    /// Changes a row that waits to be written; returns `false` if no waiting row matches.
    pub fn change_waiting<R: LaterRow>(&mut self, matches: impl Fn(&R) -> bool, change: impl FnOnce(&mut R)) -> bool {
        self.delayed.change(matches, change)
    }

    /// Writes the rows that wait, because they are to be read now.
    pub fn write_waiting(&mut self) -> Result<()> {
        self.delayed.write_rows(self.conn)
    }

    /// Writes the rows that wait if they are many. To be called between the parts of a transaction: a failure concerns
    /// rows of earlier parts.
    pub fn write_many_waiting(&mut self) -> Result<()> {
        if self.delayed.are_many() { self.write_waiting() } else { Ok(()) }
    }

    /// Returns the next number of a commitment code. No number is given twice.
    pub fn next_commitment_number(&mut self, country: &str, prefix: &str) -> Result<i32> {
        self.delayed.next_number(self.conn, country, prefix)
    }

    /// Reserves the number of an imported code, so that it is never given again.
    pub fn reserve_commitment_number(&mut self, country: &str, prefix: &str, taken: i32) -> Result<()> {
        self.delayed.reserve_number(self.conn, country, prefix, taken)
    }

    /// Returns the cached answer to this question.
    pub fn cached<K: Any + Hash + Eq, V: Any + Clone>(&self, question: &K) -> Option<V> {
        self.delayed.answers.get(question)
    }

    /// Caches the answer to a question while rows are collected ([`Tx::collecting`]); otherwise does nothing. The
    /// answer must stay true during that time: nothing that is done meanwhile may change it, and the question must be
    /// asked for one person only.
    pub fn cache<K: Any + Hash + Eq, V: Any>(&mut self, question: K, answer: V) {
        if self.delayed.is_collecting() {
            self.delayed.answers.insert(question, answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::clock::Clock;
    use crate::db::Database;
    use crate::error::Error;

    thread_local! {
        static WRITTEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    }

    #[derive(Clone)]
    struct Probe(u32);

    impl LaterRow for Probe {
        const ORDER: u8 = 0;

        fn insert(_: &mut Db, rows: &[Self]) -> Result<()> {
            assert!(rows.len() <= MOST_WAITING, "{} rows in one statement", rows.len());
            WRITTEN.with_borrow_mut(|written| written.extend(rows.iter().map(|row| row.0)));
            Ok(())
        }
    }

    /// Runs `f` in a transaction, and returns the rows in the order in which they were written.
    fn written(f: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Vec<u32> {
        let folder = tempfile::TempDir::new().unwrap();
        let db = Database::open(&format!("sqlite:{}", folder.path().join("test.db").display())).unwrap();
        WRITTEN.take();
        db.write(None, Clock::System.now(), f).unwrap();
        WRITTEN.take()
    }

    #[test]
    fn one_statement_writes_at_most_some_hundred_rows() {
        let many = || (0..1_201).map(Probe).collect::<Vec<_>>();
        assert_eq!(written(|tx| tx.insert_later(many())).len(), 1_201);
        assert_eq!(written(|tx| tx.collecting(|tx| tx.insert_later(many()))).len(), 1_201);
    }

    #[test]
    fn a_row_that_changes_while_it_waits_is_written_once() {
        let rows = written(|tx| {
            tx.collecting(|tx| {
                tx.insert_later(vec![Probe(1), Probe(2)])?;
                assert!(tx.change_waiting::<Probe>(|row| row.0 == 1, |row| row.0 = 9));
                assert!(!tx.change_waiting::<Probe>(|row| row.0 == 1, |row| row.0 = 8));
                Ok(())
            })
        });
        assert_eq!(rows, [9, 2]);
    }

    #[test]
    fn an_undone_part_leaves_the_rows_that_waited_before_it() {
        let rows = written(|tx| {
            tx.collecting(|tx| {
                tx.insert_later(vec![Probe(1)])?;
                let refused: Result<()> = tx.attempt(|tx| {
                    tx.insert_later(vec![Probe(2)])?;
                    tx.change_waiting::<Probe>(|row| row.0 == 1, |row| row.0 = 9);
                    Err(Error::internal("refused"))
                });
                assert!(refused.is_err());
                Ok(())
            })
        });
        assert_eq!(rows, [1]);
    }

    #[test]
    fn rows_that_an_undone_part_wrote_are_written_again() {
        let rows = written(|tx| {
            tx.collecting(|tx| {
                tx.insert_later(vec![Probe(1)])?;
                let refused: Result<()> = tx.attempt(|tx| {
                    tx.write_waiting()?;
                    Err(Error::internal("refused"))
                });
                assert!(refused.is_err());
                Ok(())
            })
        });
        assert_eq!(rows, [1, 1], "once in the part that was undone, once at the end");
    }
}
