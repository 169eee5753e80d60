//! The writes that a transaction delays, so that an import of many records needs one statement for many of them:
//!
//! * **Numbers of commitment codes.** The first number locks the row of the counter. The next ones are counted here,
//!   and the counter is written once, before the commit. PostgreSQL keeps every version of a row that one transaction
//!   changes again and again, and reads all of them at each change: 20,000 codes would cost 200 million reads.
//! * **Rows of new commitments, assignments and reports, of the history and of the audit log.** Inside
//!   [`Tx::collecting`](super::Tx::collecting) some hundreds of them are written together. A row that changes while it
//!   waits is changed in memory ([`Tx::change_waiting`](super::Tx::change_waiting)), so that it is written once.
//!
//! When a part of a transaction is undone, the rows wait again that waited when it began.
//!
//! An import also asks the same questions again and again: if an institution exists, which session an id names. The
//! answers are cached here while rows are collected.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::conn::Db;
use super::dispatch;
use crate::error::{Error, Fault, Result};

/// The number of waiting rows after which they are written.
pub(super) const MOST_WAITING: usize = 500;

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
    /// The number of open parts that can be undone; set only inside [`Tx::collecting`](super::Tx::collecting).
    open_parts: Option<usize>,
    /// The number of parts that were kept.
    kept: usize,
    pub(super) answers: AnswerCache,
    /// The contradictions of records that were accepted nevertheless; `None` unless an import accepts them.
    pub(super) noted: Option<Vec<Fault>>,
}

/// The state of [`Delayed`] when a part began.
pub(super) struct Mark {
    numbers: BTreeMap<Counter, Number>,
    rows: Vec<Box<dyn Waiting>>,
}

impl Delayed {
    /// Begins to collect rows.
    pub(super) fn begin_collecting(&mut self) {
        self.open_parts = Some(0);
    }

    /// Ends collecting: writes the rows that wait when the work succeeded, and discards them otherwise.
    pub(super) fn end_collecting<T>(&mut self, conn: &mut Db, done: Result<T>) -> Result<T> {
        self.open_parts = None;
        self.answers.clear();
        match done {
            Ok(value) => self.write_rows(conn).map(|()| value),
            Err(error) => {
                self.rows.clear();
                Err(error)
            }
        }
    }

    /// Returns true while rows are collected.
    pub(super) fn is_collecting(&self) -> bool {
        self.open_parts.is_some()
    }

    /// Begins a part that can be undone.
    pub(super) fn begin_part(&mut self) -> Mark {
        self.open_parts = self.open_parts.map(|open| open + 1);
        Mark { numbers: self.numbers.clone(), rows: self.rows.iter().map(|rows| rows.copy()).collect() }
    }

    /// Keeps a part. A transaction of many parts fills tables for which PostgreSQL keeps plans that were made while the
    /// tables were small. The plans must be made again from time to time. Otherwise each check of a reference to a
    /// record would read its whole table.
    pub(super) fn keep_part(&mut self, conn: &mut Db) -> Result<()> {
        self.kept += 1;
        if self.kept >= FEW_PARTS && self.kept.is_power_of_two() {
            dispatch::forget_plans(conn)?;
        }
        self.open_parts = self.open_parts.map(|open| open.saturating_sub(1));
        Ok(())
    }

    /// Discards the writes of a part that was undone.
    pub(super) fn undo_part(&mut self, mark: Mark) {
        self.open_parts = self.open_parts.map(|open| open.saturating_sub(1));
        self.numbers = mark.numbers;
        self.answers.clear();
        self.rows = mark.rows;
    }

    /// Adds rows to those that wait.
    pub(super) fn add<R: LaterRow>(&mut self, new: Vec<R>) {
        let known = self.rows.iter_mut().find_map(|rows| rows.as_any().downcast_mut::<Rows<R>>());
        match known {
            Some(rows) => rows.0.extend(new),
            None => {
                self.rows.push(Box::new(Rows(new)));
                self.rows.sort_by_key(|rows| rows.order());
            }
        }
    }

    /// Changes the newest waiting row that matches; returns `false` if none does.
    pub(super) fn change<R: LaterRow>(&mut self, matches: impl Fn(&R) -> bool, change: impl FnOnce(&mut R)) -> bool {
        let waiting = self.rows.iter_mut().find_map(|rows| rows.as_any().downcast_mut::<Rows<R>>());
        let row = waiting.and_then(|rows| rows.0.iter_mut().rev().find(|row| matches(row)));
        row.map(change).is_some()
    }

    /// Writes the rows that wait.
    pub(super) fn write_rows(&mut self, conn: &mut Db) -> Result<()> {
        self.rows.iter_mut().try_for_each(|rows| rows.write(conn))
    }

    /// Returns true when many rows of a table wait.
    pub(super) fn are_many(&self) -> bool {
        self.rows.iter().any(|rows| rows.len() >= MOST_WAITING)
    }

    /// Returns the next number of a counter.
    pub(super) fn next_number(&mut self, conn: &mut Db, country: &str, prefix: &str) -> Result<i32> {
        let counter = (country.to_owned(), prefix.to_owned());
        if let Some(number) = self.numbers.get_mut(&counter) {
            number.last = number.last.checked_add(1).ok_or_else(|| Error::internal("no number is left"))?;
            return Ok(number.last);
        }
        let last = dispatch::next_commitment_number(conn, country, prefix)?;
        self.numbers.insert(counter, Number { written: last, last });
        Ok(last)
    }

    /// Raises a counter to a number that is taken, unless it is already higher.
    pub(super) fn reserve_number(&mut self, conn: &mut Db, country: &str, prefix: &str, taken: i32) -> Result<()> {
        let counter = (country.to_owned(), prefix.to_owned());
        if let Some(number) = self.numbers.get_mut(&counter) {
            number.last = number.last.max(taken);
            return Ok(());
        }
        let last = dispatch::reserve_commitment_number(conn, country, prefix, taken)?;
        self.numbers.insert(counter, Number { written: last, last });
        Ok(())
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
pub(super) struct AnswerCache(HashMap<TypeId, Box<dyn Any>>);

impl AnswerCache {
    pub(super) fn get<K: Any + Hash + Eq, V: Any + Clone>(&self, question: &K) -> Option<V> {
        let answers = self.0.get(&TypeId::of::<(K, V)>())?.downcast_ref::<HashMap<K, V>>()?;
        answers.get(question).cloned()
    }

    pub(super) fn insert<K: Any + Hash + Eq, V: Any>(&mut self, question: K, answer: V) {
        let answers = self.0.entry(TypeId::of::<(K, V)>()).or_insert_with(|| Box::new(HashMap::<K, V>::new()));
        if let Some(answers) = answers.downcast_mut::<HashMap<K, V>>() {
            answers.insert(question, answer);
        }
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}
