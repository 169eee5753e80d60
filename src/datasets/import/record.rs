//! One record of a file, taken through the actions of its slice.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::Entry;
use super::resolve::{Resolved, Resolver};
use crate::clock::Instant;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{OWNER, Shape};
use crate::db::{Db, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{Input, parse};
use crate::identity::Actor;

/// A kind of record that can be entered and changed. `owner` is the record that it hangs on, else nil.
pub trait Entered {
    const KIND: Kind;
    const SHAPE: &'static Shape;
    type Input: Input + Clone;
    type Output: Clone;

    fn id(record: &Self::Output) -> Uuid;
    fn input(record: &Self::Output) -> Self::Input;
    fn all(conn: &mut Db, country: &str, now: Instant) -> Result<Vec<Self::Output>>;
    /// `aside` is what does not belong to the input.
    fn create(tx: &mut Tx<'_>, actor: &Actor, owner: Uuid, input: Self::Input, aside: &Fields) -> Result<Self::Output>;
    /// `at` is the owner and the record.
    fn update(tx: &mut Tx<'_>, actor: &Actor, at: (Uuid, Uuid), input: Self::Input) -> Result<Self::Output>;

    /// What the file implies and the API wants said.
    fn imply(_fields: &mut Fields, _country: &str) {}

    /// Returns the fields that `imply` fills in.
    fn implied() -> &'static [&'static str] {
        &[]
    }

    /// Under which scope the key of this record is kept.
    fn scope(_fields: &Fields, country: &str) -> String {
        country.to_owned()
    }

    /// Whether records of this kind have keys in a file.
    const KEYED: bool = true;

    /// The record that an entry without key means, among those `left` that no entry before it was.
    fn same<'r>(
        _left: &'r HashMap<Uuid, Self::Output>,
        _owner: Uuid,
        _input: &Self::Input,
    ) -> Option<&'r Self::Output> {
        None
    }

    /// Returns whether the caller may change this record. If not, the values of the file for it are left aside. Only
    /// records that a country merely names return false; anything else that the caller may not write is a fault.
    fn may_change(_conn: &mut Db, _actor: &Actor, _record: &Self::Output) -> Result<bool> {
        Ok(true)
    }

    /// Keeps of the present state what the file leaves open and the program decides.
    fn settle(_input: &mut Self::Input, _present: &Self::Output) {}
}

/// A record that was taken.
pub struct Taken<R: Entered> {
    pub record: R::Output,
    pub outcome: Outcome,
}

impl Import {
    /// Takes all records of a kind and counts them.
    pub fn simple<R: Entered>(&mut self, tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<()> {
        let taken = self.section::<R>(tx, entries)?;
        self.count(&taken);
        Ok(())
    }

    /// Counts the records that were taken; the others were counted when they were rejected.
    pub fn count<R: Entered>(&mut self, taken: &HashMap<String, Taken<R>>) {
        for done in taken.values() {
            self.report.counts.count(R::KIND, done.outcome);
        }
    }

    /// Takes all records of a kind: those that others name first. Answers them by key.
    pub fn section<R: Entered>(&mut self, tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<HashMap<String, Taken<R>>> {
        let present = R::all(tx.conn, &self.country, tx.now)?;
        self.section_among(tx, entries, present)
    }

    /// The same among the records given.
    pub fn section_among<R: Entered>(
        &mut self,
        tx: &mut Tx<'_>,
        entries: Vec<Entry>,
        present: Vec<R::Output>,
    ) -> Result<HashMap<String, Taken<R>>> {
        let mut present: HashMap<Uuid, R::Output> =
            present.into_iter().map(|record| (R::id(&record), record)).collect();
        self.book.exist(R::KIND, present.keys().copied());
        let mut taken = HashMap::new();
        let mut again = Vec::new();
        for entry in in_order(entries, R::SHAPE, R::KIND) {
            let (done, resolved) = self.record::<R>(tx, &present, &entry)?;
            if let Some(done) = done {
                if !R::KEYED {
                    present.remove(&R::id(&done.record));
                }
                if resolved.again {
                    again.push(entry.clone());
                }
                taken.insert(entry.key.clone(), done);
            }
        }
        for entry in again {
            let done = taken.remove(&entry.key);
            let first = done.as_ref().map(|done| done.outcome);
            let present = done.into_iter().map(|done| (R::id(&done.record), done.record)).collect();
            if let (Some(done), _) = self.record::<R>(tx, &present, &entry)? {
                let outcome = if first == Some(Outcome::Created) { Outcome::Created } else { done.outcome };
                taken.insert(entry.key, Taken { outcome, ..done });
            }
        }
        Ok(taken)
    }

    /// Takes one record, which may be among those `present`.
    pub fn record<R: Entered>(
        &mut self,
        tx: &mut Tx<'_>,
        present: &HashMap<Uuid, R::Output>,
        entry: &Entry,
    ) -> Result<(Option<Taken<R>>, Resolved)> {
        let mut faults = Faults::default();
        let mut fields = entry.fields.clone();
        let resolver = Resolver { book: &self.book, kind: R::KIND, now: tx.now };
        let resolved = resolver.resolve(R::SHAPE, &entry.at, &mut fields, &mut faults);
        R::imply(&mut fields, &self.country);
        let scope = R::scope(&fields, &self.country);
        let owner = owner::<R>(&mut fields, &entry.at, &mut faults);
        let input = self.read::<R::Input>(R::SHAPE, &entry.at, fields, &mut faults)?;
        let sound = faults.is_empty() && !entry.broken && !resolved.blocked && !self.halted;
        self.faults.list.append(&mut faults.list);
        let (Some(input), true) = (input, sound) else {
            self.reject(R::KIND, &entry.key);
            return Ok((None, resolved));
        };
        let earlier = self.book.earlier(R::KIND, &entry.key, &scope).and_then(|id| present.get(&id));
        let earlier = earlier.or_else(|| R::same(present, owner, &input));
        if let Some(stands) = earlier
            && !R::may_change(tx.conn, &self.actor, stands)?
        {
            return Ok((Some(self.leave_aside::<R>(entry, stands, &input)?), resolved));
        }
        let saved = tx.attempt(|tx| save::<R>(tx, &self.actor, owner, (entry, earlier), input));
        let Some(done) = self.told(R::SHAPE, &entry.at, saved)? else {
            self.reject(R::KIND, &entry.key);
            return Ok((None, resolved));
        };
        let id = R::id(&done.record);
        self.book.done(R::KIND, &entry.key, id);
        if R::KEYED {
            self.book.remember(tx.conn, R::KIND, &scope, &entry.key, id)?;
        }
        Ok((Some(done), resolved))
    }

    /// Leaves a record as it is, and notes each value of the file that differs.
    fn leave_aside<R: Entered>(&mut self, entry: &Entry, stands: &R::Output, input: &R::Input) -> Result<Taken<R>> {
        for field in differing(&R::input(stands), input)? {
            let at = R::SHAPE.pointer_in_file(&format!("/{field}"));
            let stated = entry.fields.contains_key(at.trim_start_matches('/'));
            if stated || R::implied().contains(&field.as_str()) {
                self.report.leave_aside(format!("{}{at}", entry.at), "not_yours_to_change");
            }
        }
        self.book.done(R::KIND, &entry.key, R::id(stands));
        Ok(Taken { record: stands.clone(), outcome: Outcome::Unchanged })
    }

    /// Reads what the API takes; its faults are told at their places in the file.
    pub fn read<I: Input>(&self, shape: &Shape, at: &str, fields: Fields, faults: &mut Faults) -> Result<Option<I>> {
        match parse::<I>(Value::Object(fields)) {
            Ok(input) => Ok(Some(input)),
            Err(error) if !error.faults.is_empty() => {
                add_at(shape, at, error, faults);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// A rule that an action found broken becomes faults of the file; a failure of the program ends the import.
    pub fn told<T>(&mut self, shape: &Shape, at: &str, saved: Result<T>) -> Result<Option<T>> {
        match saved {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code.status() >= 500 => Err(error),
            Err(error) => {
                add_at(shape, at, error, &mut self.faults);
                Ok(None)
            }
        }
    }

    pub fn reject(&mut self, kind: Kind, key: &str) {
        self.book.fail(kind, key);
        self.report.counts.count(kind, Outcome::Rejected);
    }
}

fn add_at(shape: &Shape, at: &str, error: Error, faults: &mut Faults) {
    if error.faults.is_empty() {
        faults.add_with(at, error.code.as_str(), error.args);
        return;
    }
    for fault in error.faults {
        faults.add_with(format!("{at}{}", shape.pointer_in_file(&fault.pointer)), fault.code, fault.args);
    }
}

fn owner<R: Entered>(fields: &mut Fields, at: &str, faults: &mut Faults) -> Uuid {
    let Some(reference) = R::SHAPE.references.iter().find(|r| r.input == OWNER) else { return Uuid::nil() };
    let owner = fields.remove(OWNER).and_then(|id| id.as_str().and_then(|id| id.parse().ok()));
    owner.unwrap_or_else(|| {
        let pointer = format!("{at}/{}", reference.file);
        if !faults.list.iter().any(|fault| fault.pointer == pointer) {
            faults.add(pointer, "required");
        }
        Uuid::nil()
    })
}

fn save<R: Entered>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    owner: Uuid,
    (entry, earlier): (&Entry, Option<&R::Output>),
    mut input: R::Input,
) -> Result<Taken<R>> {
    let Some(earlier) = earlier else {
        return Ok(Taken { record: R::create(tx, actor, owner, input, &entry.aside)?, outcome: Outcome::Created });
    };
    R::settle(&mut input, earlier);
    if alike(&R::input(earlier), &input)? {
        return Ok(Taken { record: earlier.clone(), outcome: Outcome::Unchanged });
    }
    Ok(Taken { record: R::update(tx, actor, (owner, R::id(earlier)), input)?, outcome: Outcome::Updated })
}

/// Whether two inputs say the same; themes are a set.
pub fn alike<I: Input>(one: &I, other: &I) -> Result<bool> {
    Ok(comparable(one)? == comparable(other)?)
}

/// Returns the fields in which two inputs differ.
fn differing<I: Input>(one: &I, other: &I) -> Result<Vec<String>> {
    let (one, other) = (comparable(one)?, comparable(other)?);
    let fields = one.as_object().into_iter().flat_map(serde_json::Map::keys);
    Ok(fields.filter(|name| one.get(*name) != other.get(*name)).cloned().collect())
}

fn comparable<I: Input>(input: &I) -> Result<Value> {
    let mut value = serde_json::to_value(input).map_err(Error::internal)?;
    if let Some(Value::Array(themes)) = value.get_mut("themes") {
        themes.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
    Ok(value)
}

/// The records such that one comes after those of its own kind that it names; a circle is left for the resolver.
fn in_order(entries: Vec<Entry>, shape: &Shape, kind: Kind) -> Vec<Entry> {
    let own: Vec<_> = shape.references.iter().filter(|r| r.kind == kind && !r.later).collect();
    if own.is_empty() {
        return entries;
    }
    let names = |entry: &Entry| -> Vec<String> {
        let values = own.iter().filter_map(|r| entry.fields.get(r.file));
        let strings = values.flat_map(|value| match value {
            Value::Array(keys) => keys.iter().collect::<Vec<_>>(),
            one => vec![one],
        });
        strings.filter_map(|key| key.as_str().map(str::to_owned)).collect()
    };
    let mut waiting: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut rest = entries;
    let mut ordered = Vec::with_capacity(rest.len());
    loop {
        let before = rest.len();
        let mut later = Vec::new();
        for entry in rest {
            if names(&entry).iter().any(|key| waiting.contains(key)) {
                later.push(entry);
            } else {
                waiting.remove(&entry.key);
                ordered.push(entry);
            }
        }
        if later.is_empty() || later.len() == before {
            ordered.extend(later);
            return ordered;
        }
        rest = later;
    }
}
