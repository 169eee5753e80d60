//! The open write transaction.
//!
//! It delays some writes, so that an import of many records needs one statement for many of them:
//!
//! * **Numbers of commitment codes.** The first number locks the row of the counter. The next ones are counted here,
//!   and the counter is written once, before the commit. PostgreSQL keeps every version of a row that one transaction
//!   changes again and again, and reads all of them at each change: 20,000 codes would cost 200 million reads.
//! * **Rows of new commitments, assignments and reports, of the history and of the audit log.** Inside
//!   [`Tx::collecting`] some hundreds of them are written together. A row that changes while it waits is changed in
//!   memory ([`Tx::change_waiting`]), so that it is written once.
//!
//! When a part of a transaction is undone, the rows wait again that waited when it began.
//!
//! An import also asks the same questions again and again: if an institution exists, which session an id names. The
//! answers are cached here while rows are collected.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::net::IpAddr;

use diesel::connection::TransactionManager;

use super::conn::{Db, Manages};
use super::dispatch;
use super::types::UserId;
use crate::clock::Instant;
use crate::error::{Error, Faults, Result};

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
        Manages::begin_transaction(self.conn)?;
        let mark = self.delayed.begin_part();
        let done = f(&mut self.part());
        if done.as_ref().is_ok_and(keep) {
            Manages::commit_transaction(self.conn)?;
            self.delayed.keep_part(self.conn)?;
            return done;
        }
        self.delayed.undo_part(mark);
        let undone = Manages::rollback_transaction(self.conn);
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
        self.delayed.open_parts = Some(0);
        let done = f(self);
        self.delayed.open_parts = None;
        self.delayed.answers.clear();
        match done {
            Ok(value) => self.delayed.write_rows(self.conn).map(|()| value),
            Err(error) => {
                self.delayed.rows.clear();
                Err(error)
            }
        }
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
        let waiting = self.delayed.rows.iter_mut().find_map(|rows| rows.as_any().downcast_mut::<Rows<R>>());
        let row = waiting.and_then(|rows| rows.0.iter_mut().rev().find(|row| matches(row)));
        row.map(change).is_some()
    }

    /// Writes the rows that wait, because they are to be read now.
    pub fn write_waiting(&mut self) -> Result<()> {
        self.delayed.write_rows(self.conn)
    }

    /// Writes the rows that wait if they are many. To be called between the parts of a transaction: a failure concerns
    /// rows of earlier parts.
    pub fn write_many_waiting(&mut self) -> Result<()> {
        let many = self.delayed.rows.iter().any(|rows| rows.len() >= MOST_WAITING);
        if many { self.write_waiting() } else { Ok(()) }
    }

    /// Returns the next number of a commitment code. No number is given twice.
    pub fn next_commitment_number(&mut self, country: &str, prefix: &str) -> Result<i32> {
        let counter = (country.to_owned(), prefix.to_owned());
        if let Some(number) = self.delayed.numbers.get_mut(&counter) {
            number.last = number.last.checked_add(1).ok_or_else(|| Error::internal("no number is left"))?;
            return Ok(number.last);
        }
        let last = dispatch::next_commitment_number(self.conn, country, prefix)?;
        self.delayed.numbers.insert(counter, Number { written: last, last });
        Ok(last)
    }

    /// Reserves the number of an imported code, so that it is never given again.
    pub fn reserve_commitment_number(&mut self, country: &str, prefix: &str, taken: i32) -> Result<()> {
        let counter = (country.to_owned(), prefix.to_owned());
        if let Some(number) = self.delayed.numbers.get_mut(&counter) {
            number.last = number.last.max(taken);
            return Ok(());
        }
        let last = dispatch::reserve_commitment_number(self.conn, country, prefix, taken)?;
        self.delayed.numbers.insert(counter, Number { written: last, last });
        Ok(())
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

/// The number of waiting rows after which they are written.
const MOST_WAITING: usize = 500;

/// The number of parts after which PostgreSQL makes its plans again for the first time. It does so again whenever the
/// number has doubled.
const FEW_PARTS: usize = 32;

/// A row that can be written together with other rows of its table.
pub trait LaterRow: Any + Clone {
    /// The place of the table when several are written: lower ones first, because of the foreign keys.
    const ORDER: u8;

    /// Inserts at most 500 rows.
    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()>;
}

/// The waiting rows of one table.
trait Waiting {
    fn as_any(&mut self) -> &mut dyn Any;
    fn copy(&self) -> Box<dyn Waiting>;
    fn order(&self) -> u8;
    fn len(&self) -> usize;
    fn write(&mut self, conn: &mut Db) -> Result<()>;
}

struct Rows<R>(Vec<R>);

impl<R: LaterRow> Waiting for Rows<R> {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn copy(&self) -> Box<dyn Waiting> {
        Box::new(Self(self.0.clone()))
    }

    fn order(&self) -> u8 {
        R::ORDER
    }

    fn write(&mut self, conn: &mut Db) -> Result<()> {
        std::mem::take(&mut self.0).chunks(MOST_WAITING).try_for_each(|rows| R::insert(conn, rows))
    }
}

/// A counter of commitment codes: its country and prefix.
type Counter = (String, String);

#[derive(Debug, Clone, Copy)]
struct Number {
    /// The value of the counter in the database.
    written: i32,
    last: i32,
}

/// The writes that a transaction has delayed.
#[derive(Default)]
pub(super) struct Delayed {
    numbers: BTreeMap<Counter, Number>,
    rows: Vec<Box<dyn Waiting>>,
    /// The number of open parts that can be undone; set only inside [`Tx::collecting`].
    open_parts: Option<usize>,
    /// The number of parts that were kept.
    kept: usize,
    answers: AnswerCache,
}

/// The state of [`Delayed`] when a part began.
struct Mark {
    numbers: BTreeMap<Counter, Number>,
    rows: Vec<Box<dyn Waiting>>,
}

impl Delayed {
    /// Returns true while rows are collected.
    fn is_collecting(&self) -> bool {
        self.open_parts.is_some()
    }

    /// Begins a part that can be undone.
    fn begin_part(&mut self) -> Mark {
        self.open_parts = self.open_parts.map(|open| open + 1);
        Mark { numbers: self.numbers.clone(), rows: self.rows.iter().map(|rows| rows.copy()).collect() }
    }

    /// Keeps a part. A transaction of many parts fills tables for which PostgreSQL keeps plans that were made while the
    /// tables were small. The plans must be made again from time to time. Otherwise each check of a reference to a
    /// record would read its whole table.
    fn keep_part(&mut self, conn: &mut Db) -> Result<()> {
        self.kept += 1;
        if self.kept >= FEW_PARTS && self.kept.is_power_of_two() {
            dispatch::forget_plans(conn)?;
        }
        self.open_parts = self.open_parts.map(|open| open.saturating_sub(1));
        Ok(())
    }

    /// Discards the writes of a part that was undone.
    fn undo_part(&mut self, mark: Mark) {
        self.open_parts = self.open_parts.map(|open| open.saturating_sub(1));
        self.numbers = mark.numbers;
        self.answers.clear();
        self.rows = mark.rows;
    }

    fn add<R: LaterRow>(&mut self, new: Vec<R>) {
        let known = self.rows.iter_mut().find_map(|rows| rows.as_any().downcast_mut::<Rows<R>>());
        match known {
            Some(rows) => rows.0.extend(new),
            None => {
                self.rows.push(Box::new(Rows(new)));
                self.rows.sort_by_key(|rows| rows.order());
            }
        }
    }

    fn write_rows(&mut self, conn: &mut Db) -> Result<()> {
        self.rows.iter_mut().try_for_each(|rows| rows.write(conn))
    }

    /// Writes the counters, before the transaction ends.
    pub(super) fn write_numbers(&mut self, conn: &mut Db) -> Result<()> {
        for ((country, prefix), number) in &mut self.numbers {
            if number.last > number.written {
                number.written = dispatch::reserve_commitment_number(conn, country, prefix, number.last)?;
            }
        }
        Ok(())
    }
}

/// Cached answers to questions: a map for each kind of question.
#[derive(Default)]
struct AnswerCache(HashMap<TypeId, Box<dyn Any>>);

impl AnswerCache {
    fn get<K: Any + Hash + Eq, V: Any + Clone>(&self, question: &K) -> Option<V> {
        let answers = self.0.get(&TypeId::of::<(K, V)>())?.downcast_ref::<HashMap<K, V>>()?;
        answers.get(question).cloned()
    }

    fn insert<K: Any + Hash + Eq, V: Any>(&mut self, question: K, answer: V) {
        let answers = self.0.entry(TypeId::of::<(K, V)>()).or_insert_with(|| Box::new(HashMap::<K, V>::new()));
        if let Some(answers) = answers.downcast_mut::<HashMap<K, V>>() {
            answers.insert(question, answer);
        }
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::clock::Clock;
    use crate::db::Database;

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
