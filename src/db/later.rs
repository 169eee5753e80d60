//! Writes that a transaction delays, so that an import of many records needs one statement for many of them.
//!
//! * **Numbers of commitment codes.** The first number locks the row of the counter. The next ones are counted here,
//!   and the counter is written once, before the commit. PostgreSQL keeps every version of a row that one transaction
//!   changes again and again, and reads all of them at each change: 20,000 codes would cost 200 million reads.
//! * **Rows that only describe what was done** (audit log, history). Inside [`Tx::collecting`] some hundreds of them
//!   are written together.
//!
//! When a part of a transaction is undone, the writes that it delayed are discarded.

use std::any::Any;
use std::collections::BTreeMap;

use super::conn::{Db, Tx};
use super::dispatch;
use super::remembered::Remembered;
use crate::error::{Error, Result};

/// The number of waiting rows after which they are written.
const MOST_WAITING: usize = 500;

/// The number of parts after which PostgreSQL makes its plans again for the first time. It does so again whenever the
/// number has doubled.
const FEW_PARTS: usize = 32;

/// A row that can be written together with other rows of its table.
pub trait LaterRow: Any + Sized {
    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()>;
}

/// The waiting rows of one table.
trait Waiting {
    fn as_any(&mut self) -> &mut dyn Any;
    fn len(&self) -> usize;
    fn truncate(&mut self, len: usize);
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

    fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    fn write(&mut self, conn: &mut Db) -> Result<()> {
        R::insert(conn, &std::mem::take(&mut self.0))
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
pub struct Later {
    numbers: BTreeMap<Counter, Number>,
    rows: Vec<Box<dyn Waiting>>,
    /// The number of open parts that can be undone; set only inside [`Tx::collecting`].
    open_parts: Option<usize>,
    /// The number of parts that were kept.
    kept: usize,
    pub remembered: Remembered,
}

/// The state of [`Later`] when a part began.
pub struct Mark {
    numbers: BTreeMap<Counter, Number>,
    rows: Vec<usize>,
}

impl Later {
    /// Returns true while rows are delayed.
    pub fn is_collecting(&self) -> bool {
        self.open_parts.is_some()
    }

    /// Begins a part that can be undone.
    pub fn begin_part(&mut self) -> Mark {
        self.open_parts = self.open_parts.map(|open| open + 1);
        Mark { numbers: self.numbers.clone(), rows: self.rows.iter().map(|rows| rows.len()).collect() }
    }

    /// Keeps a part. A transaction of many parts fills tables for which PostgreSQL keeps plans that were made while the
    /// tables were small. The plans must be made again from time to time. Otherwise each check of a reference to a
    /// record would read its whole table.
    pub fn keep_part(&mut self, conn: &mut Db) -> Result<()> {
        self.kept += 1;
        if self.kept >= FEW_PARTS && self.kept.is_power_of_two() {
            dispatch::forget_plans(conn)?;
        }
        self.open_parts = self.open_parts.map(|open| open.saturating_sub(1));
        let many = self.rows.iter().any(|rows| rows.len() >= MOST_WAITING);
        if self.open_parts == Some(0) && many { self.write_rows(conn) } else { Ok(()) }
    }

    /// Discards the writes of a part that was undone.
    pub fn undo_part(&mut self, mark: Mark) {
        self.open_parts = self.open_parts.map(|open| open.saturating_sub(1));
        self.numbers = mark.numbers;
        self.remembered.clear();
        for (n, rows) in self.rows.iter_mut().enumerate() {
            rows.truncate(mark.rows.get(n).copied().unwrap_or_default());
        }
    }

    fn add<R: LaterRow>(&mut self, new: Vec<R>) {
        let known = self.rows.iter_mut().find_map(|rows| rows.as_any().downcast_mut::<Rows<R>>());
        match known {
            Some(rows) => rows.0.extend(new),
            None => self.rows.push(Box::new(Rows(new))),
        }
    }

    fn write_rows(&mut self, conn: &mut Db) -> Result<()> {
        self.rows.iter_mut().try_for_each(|rows| rows.write(conn))
    }

    /// Writes the counters, before the transaction ends.
    pub fn write_numbers(&mut self, conn: &mut Db) -> Result<()> {
        for ((country, prefix), number) in &mut self.numbers {
            if number.last > number.written {
                number.written = dispatch::reserve_commitment_number(conn, country, prefix, number.last)?;
            }
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// Runs `f`, then writes the rows that it delayed together. `f` must not read such rows.
    pub fn collecting<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.later.is_collecting() {
            return f(self);
        }
        self.later.open_parts = Some(0);
        let done = f(self);
        self.later.open_parts = None;
        self.later.remembered.clear();
        match done {
            Ok(value) => self.later.write_rows(self.conn).map(|()| value),
            Err(error) => {
                self.later.rows.clear();
                Err(error)
            }
        }
    }

    /// Writes rows at once or, inside [`Tx::collecting`], together with others.
    pub fn insert_later<R: LaterRow>(&mut self, rows: Vec<R>) -> Result<()> {
        if !self.later.is_collecting() {
            return R::insert(self.conn, &rows);
        }
        self.later.add(rows);
        Ok(())
    }

    /// Returns the next number of a commitment code. No number is given twice.
    pub fn next_commitment_number(&mut self, country: &str, prefix: &str) -> Result<i32> {
        let counter = (country.to_owned(), prefix.to_owned());
        if let Some(number) = self.later.numbers.get_mut(&counter) {
            number.last = number.last.checked_add(1).ok_or_else(|| Error::internal("no number is left"))?;
            return Ok(number.last);
        }
        let last = dispatch::next_commitment_number(self.conn, country, prefix)?;
        self.later.numbers.insert(counter, Number { written: last, last });
        Ok(last)
    }

    /// Remembers that an imported code has taken a number, so that this number is never given.
    pub fn reserve_commitment_number(&mut self, country: &str, prefix: &str, taken: i32) -> Result<()> {
        let counter = (country.to_owned(), prefix.to_owned());
        if let Some(number) = self.later.numbers.get_mut(&counter) {
            number.last = number.last.max(taken);
            return Ok(());
        }
        let last = dispatch::reserve_commitment_number(self.conn, country, prefix, taken)?;
        self.later.numbers.insert(counter, Number { written: last, last });
        Ok(())
    }
}
