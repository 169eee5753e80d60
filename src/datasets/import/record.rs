//! Imports one record of a file through the actions of its slice.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::FileRecord;
use crate::clock::Instant;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{AGENDA_ITEM_ID, OWNER, Resolved, Resolver, Shape, wrong_type};
use crate::db::{Db, MeetingId, Tx};
use crate::error::{Error, Fault, Faults, Result};
use crate::http::{Input, parse_noting};
use crate::identity::Actor;
use crate::meetings::agenda_items;

/// A kind of record of a dataset. `owner` is the id of the record that it belongs to, else nil.
pub(crate) trait DatasetRecord: Clone + Sized {
    const KIND: Kind;
    const SHAPE: &'static Shape;
    type Input: Input + Clone;

    fn id(record: &Self) -> Uuid;
    fn input(record: &Self) -> Self::Input;
    fn all(conn: &mut Db, country: &str, now: Instant) -> Result<Vec<Self>>;
    /// Creates a record. `extra` has the fields that are not in the input.
    fn create(tx: &mut Tx<'_>, actor: &Actor, owner: Uuid, input: Self::Input, extra: &Fields) -> Result<Self>;
    fn update(tx: &mut Tx<'_>, actor: &Actor, owner: Uuid, id: Uuid, input: Self::Input) -> Result<Self>;

    /// Adds the fields that the file implies and the API requires.
    fn fill_implied(fields: &mut Fields, country: &str) {
        if Self::IN_COUNTRY {
            fields.insert("country_code".to_owned(), Value::String(country.to_owned()));
        }
    }

    /// The input has the country, which is always the dataset's.
    const IN_COUNTRY: bool = false;

    /// Returns the fields that `fill_implied` fills in.
    fn implied() -> &'static [&'static str] {
        &[]
    }

    /// Returns the scope of the record's key.
    fn scope(_fields: &Fields, country: &str) -> String {
        country.to_owned()
    }

    /// Records of this kind have keys in a file.
    const KEYED: bool = true;

    /// Finds the record that an entry without key means, among those `left` by earlier entries.
    fn same<'r>(_left: &'r HashMap<Uuid, Self>, _owner: Uuid, _input: &Self::Input) -> Option<&'r Self> {
        None
    }

    /// Checks that the actor may change the record; otherwise the values of the file for it are skipped. Only records that
    /// the country merely names return false; any other record that the actor may not write is a fault.
    fn may_change(_conn: &mut Db, _actor: &Actor, _record: &Self) -> Result<bool> {
        Ok(true)
    }

    /// Copies the recorded values that the file leaves open and the program decides.
    fn keep_open_fields(_input: &mut Self::Input, _present: &Self) {}
}

/// A record that was saved.
pub(super) struct Saved<R> {
    pub record: R,
    pub outcome: Outcome,
}

/// Implements [`DatasetRecord`] for a type by the actions of its slice:
/// `dataset_record!(Type: Input, Kind, SHAPE, all, create, update, { other items })`.
macro_rules! dataset_record {
    ($type:ty: $input:ty, $kind:ident, $shape:ident, $all:expr, $create:expr, $update:expr $(, { $($more:item)* })?) => {
        impl $crate::datasets::import::DatasetRecord for $type {
            const KIND: $crate::datasets::model::Kind = $crate::datasets::model::Kind::$kind;
            const SHAPE: &'static $crate::datasets::references::Shape = &$crate::datasets::references::$shape;
            type Input = $input;

            fn id(record: &Self) -> uuid::Uuid {
                record.id.into()
            }

            fn input(record: &Self) -> $input {
                record.input()
            }

            fn all(
                conn: &mut $crate::db::Db,
                country: &str,
                now: $crate::clock::Instant,
            ) -> $crate::error::Result<Vec<Self>> {
                ($all)(conn, country, now)
            }

            fn create(
                tx: &mut $crate::db::Tx<'_>,
                actor: &$crate::identity::Actor,
                owner: uuid::Uuid,
                input: $input,
                extra: &$crate::datasets::model::Fields,
            ) -> $crate::error::Result<Self> {
                ($create)(tx, actor, owner, input, extra)
            }

            fn update(
                tx: &mut $crate::db::Tx<'_>,
                actor: &$crate::identity::Actor,
                owner: uuid::Uuid,
                id: uuid::Uuid,
                input: $input,
            ) -> $crate::error::Result<Self> {
                ($update)(tx, actor, owner, id, input)
            }

            $($($more)*)?
        }
    };
}

pub(super) use dataset_record;

impl Import {
    /// Imports all records of a kind and counts them.
    pub(super) fn simple<R: DatasetRecord>(&mut self, tx: &mut Tx<'_>, records: Vec<FileRecord>) -> Result<()> {
        let saved = self.section::<R>(tx, records)?;
        self.count(&saved);
        Ok(())
    }

    /// Counts the saved records; the others were counted when they were rejected.
    pub(super) fn count<R: DatasetRecord>(&mut self, saved: &HashMap<String, Saved<R>>) {
        for done in saved.values() {
            self.report.counts.count(R::KIND, done.outcome);
        }
    }

    /// Imports all records of a kind, those that others name first. Returns them by key.
    pub(super) fn section<R: DatasetRecord>(
        &mut self,
        tx: &mut Tx<'_>,
        records: Vec<FileRecord>,
    ) -> Result<HashMap<String, Saved<R>>> {
        let present = R::all(tx.conn, &self.country, tx.now)?;
        self.section_among(tx, records, present)
    }

    /// The same with the given recorded ones.
    pub(super) fn section_among<R: DatasetRecord>(
        &mut self,
        tx: &mut Tx<'_>,
        records: Vec<FileRecord>,
        present: Vec<R>,
    ) -> Result<HashMap<String, Saved<R>>> {
        let mut present: HashMap<Uuid, R> = present.into_iter().map(|record| (R::id(&record), record)).collect();
        self.keys.add_existing(R::KIND, present.keys().copied());
        let mut saved = HashMap::new();
        let mut again = Vec::new();
        for entry in in_order(records, R::SHAPE, R::KIND) {
            let (done, resolved) = self.record::<R>(tx, &present, &entry)?;
            if let Some(done) = done {
                if !R::KEYED {
                    present.remove(&R::id(&done.record));
                }
                if resolved.again {
                    again.push(entry.clone());
                }
                saved.insert(entry.key.clone(), done);
            }
        }
        for entry in again {
            let done = saved.remove(&entry.key);
            let first = done.as_ref().map(|done| done.outcome);
            let present = done.into_iter().map(|done| (R::id(&done.record), done.record)).collect();
            if let (Some(done), _) = self.record::<R>(tx, &present, &entry)? {
                let outcome = if first == Some(Outcome::Created) { Outcome::Created } else { done.outcome };
                saved.insert(entry.key, Saved { outcome, ..done });
            }
        }
        Ok(saved)
    }

    /// Imports one record, which may be among those `present`.
    pub(super) fn record<R: DatasetRecord>(
        &mut self,
        tx: &mut Tx<'_>,
        present: &HashMap<Uuid, R>,
        entry: &FileRecord,
    ) -> Result<(Option<Saved<R>>, Resolved)> {
        let before = self.faults.list.len();
        let mut fields = entry.fields.clone();
        let resolver = Resolver { keys: &self.keys, kind: R::KIND, now: tx.now };
        let resolved = resolver.resolve(R::SHAPE, &entry.at, &mut fields, &mut self.faults);
        if R::SHAPE.refused.contains(&AGENDA_ITEM_ID) {
            self.resolve_agenda_item(tx, &entry.at, &mut fields, resolved.blocked)?;
        }
        R::fill_implied(&mut fields, &self.country);
        let scope = R::scope(&fields, &self.country);
        let owner = owner::<R>(&mut fields, &entry.at, &mut self.faults, before);
        let input = self.read::<R::Input>(R::SHAPE, &entry.at, fields)?;
        let is_valid = self.faults.list.len() == before && !entry.broken && !resolved.blocked && !self.halted;
        let (Some(input), true) = (input, is_valid) else {
            self.reject(R::KIND, &entry.key);
            return Ok((None, resolved));
        };
        let earlier = self.keys.earlier(R::KIND, &entry.key, &scope).and_then(|id| present.get(&id));
        let earlier = earlier.or_else(|| R::same(present, owner, &input));
        if let Some(present) = earlier
            && !R::may_change(tx.conn, &self.actor, present)?
        {
            return Ok((Some(self.skip::<R>(entry, present, &input)?), resolved));
        }
        let saved = tx.attempt(|tx| save::<R>(tx, &self.actor, owner, entry, earlier, input));
        let Some(done) = self.or_faults(tx, (R::SHAPE, &entry.at), saved)? else {
            self.reject(R::KIND, &entry.key);
            return Ok((None, resolved));
        };
        let id = R::id(&done.record);
        self.keys.set_done(R::KIND, &entry.key, id);
        if R::KEYED {
            self.keys.store(tx.conn, R::KIND, &scope, &entry.key, id)?;
        }
        Ok((Some(done), resolved))
    }

    /// Replaces the number of an item on the session's agenda by its id.
    fn resolve_agenda_item(&mut self, tx: &mut Tx<'_>, at: &str, fields: &mut Fields, blocked: bool) -> Result<()> {
        let number = match fields.remove("agenda_item") {
            None | Some(Value::Null) => return Ok(()),
            Some(Value::Number(number)) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
            Some(_) => {
                wrong_type(&mut self.faults, &format!("{at}/agenda_item"), "integer");
                return Ok(());
            }
        };
        let meeting = fields.get("meeting_id").and_then(Value::as_str).and_then(|id| id.parse::<MeetingId>().ok());
        let item = match (meeting, number.and_then(|number| number.checked_sub(1))) {
            (Some(meeting), Some(place)) => agenda_items(tx.conn, meeting)?.get(place).copied(),
            _ => None,
        };
        match item {
            Some(id) => _ = fields.insert(AGENDA_ITEM_ID.to_owned(), Value::String(id.to_string())),
            // The faults of the rejected session are reported alone.
            None if blocked => {}
            None => self.faults.add(format!("{at}/agenda_item"), "unknown_reference"),
        }
        Ok(())
    }

    /// Skips a record, and notes each value of the file that differs.
    fn skip<R: DatasetRecord>(&mut self, entry: &FileRecord, present: &R, input: &R::Input) -> Result<Saved<R>> {
        for field in differing(&R::input(present), input)? {
            let at = R::SHAPE.pointer_in_file(&format!("/{field}"));
            let stated = entry.fields.contains_key(at.trim_start_matches('/'));
            if stated || R::implied().contains(&field.as_str()) {
                self.report.skip(format!("{}{at}", entry.at), "not_yours_to_change");
            }
        }
        self.keys.set_done(R::KIND, &entry.key, R::id(present));
        Ok(Saved { record: present.clone(), outcome: Outcome::Unchanged })
    }

    /// Parses an input of the API; its faults get their places in the file.
    pub(super) fn read<I: Input>(&mut self, shape: &Shape, at: &str, fields: Fields) -> Result<Option<I>> {
        match parse_noting::<I>(Value::Object(fields)) {
            Ok((input, noted)) => {
                self.note(shape, at, noted);
                Ok(Some(input))
            }
            Err(error) if !error.faults.is_empty() => {
                add_at(shape, at, error, &mut self.faults);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Adds the faults of an action that was refused; a failure of the program ends the import.
    pub(super) fn or_faults<T>(
        &mut self,
        tx: &mut Tx<'_>,
        (shape, at): (&Shape, &str),
        saved: Result<T>,
    ) -> Result<Option<T>> {
        let noted = tx.take_noted();
        self.note(shape, at, noted);
        match saved {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code.status() >= 500 => Err(error),
            Err(error) => {
                add_at(shape, at, error, &mut self.faults);
                Ok(None)
            }
        }
    }

    /// Notes the contradictions of a record that is taken.
    fn note(&mut self, shape: &Shape, at: &str, noted: Vec<Fault>) {
        let in_file =
            |fault: Fault| Fault { pointer: format!("{at}{}", shape.pointer_in_file(&fault.pointer)), ..fault };
        self.report.skipped.extend(noted.into_iter().map(in_file));
    }

    pub(super) fn reject(&mut self, kind: Kind, key: &str) {
        self.keys.set_failed(kind, key);
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

/// Takes the id of the owner out of the fields. It is required, unless its key is one of the faults after `before`.
fn owner<R: DatasetRecord>(fields: &mut Fields, at: &str, faults: &mut Faults, before: usize) -> Uuid {
    let Some(reference) = R::SHAPE.references.iter().find(|r| r.input == OWNER) else { return Uuid::nil() };
    let owner = fields.remove(OWNER).and_then(|id| id.as_str().and_then(|id| id.parse().ok()));
    owner.unwrap_or_else(|| {
        let pointer = format!("{at}/{}", reference.file);
        if !faults.list.iter().skip(before).any(|fault| fault.pointer == pointer) {
            faults.add(pointer, "required");
        }
        Uuid::nil()
    })
}

fn save<R: DatasetRecord>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    owner: Uuid,
    entry: &FileRecord,
    earlier: Option<&R>,
    mut input: R::Input,
) -> Result<Saved<R>> {
    let Some(earlier) = earlier else {
        return Ok(Saved { record: R::create(tx, actor, owner, input, &entry.extra)?, outcome: Outcome::Created });
    };
    R::keep_open_fields(&mut input, earlier);
    if is_same(&R::input(earlier), &input)? {
        return Ok(Saved { record: earlier.clone(), outcome: Outcome::Unchanged });
    }
    Ok(Saved { record: R::update(tx, actor, owner, R::id(earlier), input)?, outcome: Outcome::Updated })
}

/// Checks that two inputs are equal; themes are a set.
pub(super) fn is_same<I: Input>(one: &I, other: &I) -> Result<bool> {
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

/// Sorts the records so that each comes after those of its own kind that it names; a cycle is left for the resolver.
fn in_order(records: Vec<FileRecord>, shape: &Shape, kind: Kind) -> Vec<FileRecord> {
    let own: Vec<_> = shape.references.iter().filter(|r| r.kind == kind && !r.later).collect();
    if own.is_empty() {
        return records;
    }
    let names = |entry: &FileRecord| -> Vec<String> {
        let values = own.iter().filter_map(|r| entry.fields.get(r.file));
        let strings = values.flat_map(|value| match value {
            Value::Array(keys) => keys.iter().collect::<Vec<_>>(),
            one => vec![one],
        });
        strings.filter_map(|key| key.as_str().map(str::to_owned)).collect()
    };
    let mut waiting: HashSet<String> = records.iter().map(|entry| entry.key.clone()).collect();
    let mut rest = records;
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
