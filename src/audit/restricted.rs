//! The restricted records that an answer shows, for the audit log.
//!
//! Every value that a call sends implements [`RestrictedContent`]. No entry point can omit this: an answer without it
//! does not compile.

use std::collections::{BTreeSet, HashMap};

use serde::{Serialize, Serializer};

/// The maximum number of ids that one entry lists.
const MOST_IDS: usize = 200;

/// The restricted records of one answer, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestrictedRecords(BTreeSet<Record>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Record {
    kind: String,
    id: String,
    country: String,
}

impl RestrictedRecords {
    /// Returns the restricted records that a value shows.
    pub fn of(value: &impl RestrictedContent) -> Self {
        let mut found = Self::default();
        value.restricted(&mut found);
        found
    }

    /// Adds a restricted record.
    pub fn add(&mut self, kind: &str, id: impl ToString, country: &str) {
        self.0.insert(Record { kind: kind.to_owned(), id: id.to_string(), country: country.to_owned() });
    }

    /// Adds the records of another answer or of a part of this one.
    pub fn join(&mut self, others: &Self) {
        self.0.extend(others.0.iter().cloned());
    }

    pub fn number(&self) -> usize {
        self.0.len()
    }

    /// Returns the ids of the records, at most 200.
    pub fn ids(&self) -> Vec<&str> {
        self.0.iter().map(|record| record.id.as_str()).take(MOST_IDS).collect()
    }

    /// Returns the kind of the records, or `several` when their kinds differ.
    pub fn kind(&self) -> &str {
        the_same(self.0.iter().map(|record| record.kind.as_str())).unwrap_or("several")
    }

    /// Returns the country of the records, or None when their countries differ.
    pub fn country(&self) -> Option<&str> {
        the_same(self.0.iter().map(|record| record.country.as_str()))
    }
}

/// Returns the value of the items when they are all equal.
fn the_same<T: PartialEq>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.all(|other| other == first).then_some(first)
}

/// Lists the restricted records that a value shows.
#[diagnostic::on_unimplemented(
    note = "everything that a call sends lists the restricted records that it shows: implement `RestrictedContent`, or \
            declare the type with `restricted_by!` when some of its fields show them, and with `nothing_restricted!` \
            when it never shows any"
)]
pub trait RestrictedContent {
    fn restricted(&self, found: &mut RestrictedRecords);
}

impl RestrictedContent for () {
    fn restricted(&self, _: &mut RestrictedRecords) {}
}

impl<T: RestrictedContent> RestrictedContent for Vec<T> {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.iter().for_each(|one| one.restricted(found));
    }
}

impl<T: RestrictedContent> RestrictedContent for Option<T> {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.iter().for_each(|one| one.restricted(found));
    }
}

/// The values of a map.
impl<K, T: RestrictedContent> RestrictedContent for HashMap<K, T> {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.values().for_each(|one| one.restricted(found));
    }
}

/// The records that were collected while a value was made.
impl RestrictedContent for RestrictedRecords {
    fn restricted(&self, found: &mut RestrictedRecords) {
        found.join(self);
    }
}

/// A value that was made from restricted records and does not name them itself, such as the rows of a file.
impl<T> RestrictedContent for (T, RestrictedRecords) {
    fn restricted(&self, found: &mut RestrictedRecords) {
        found.join(&self.1);
    }
}

/// A part of a record, such as the agenda of a session: it is restricted when the record is.
#[derive(Debug, Clone)]
pub struct PartOf<T> {
    part: T,
    whole: RestrictedRecords,
}

impl<T> PartOf<T> {
    pub fn new(whole: &impl RestrictedContent, part: T) -> Self {
        Self { part, whole: RestrictedRecords::of(whole) }
    }

    pub fn into_part(self) -> T {
        self.part
    }
}

impl<T: Serialize> Serialize for PartOf<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.part.serialize(to)
    }
}

impl<T> RestrictedContent for PartOf<T> {
    fn restricted(&self, found: &mut RestrictedRecords) {
        found.join(&self.whole);
    }
}

/// Declares types that show no restricted record.
#[macro_export]
macro_rules! nothing_restricted {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::audit::RestrictedContent for $type {
            fn restricted(&self, _: &mut $crate::audit::RestrictedRecords) {}
        }
    )+};
}

/// Declares a type that shows the restricted records of some of its fields.
#[macro_export]
macro_rules! restricted_by {
    ($type:ty: $($field:tt),+) => {
        impl $crate::audit::RestrictedContent for $type {
            fn restricted(&self, found: &mut $crate::audit::RestrictedRecords) {
                $( $crate::audit::RestrictedContent::restricted(&self.$field, found); )+
            }
        }
    };
}

/// Declares a kind of record that may be restricted, with its name in the audit log.
#[macro_export]
macro_rules! restricted_record {
    ($type:ty, $kind:literal, $($country:ident).+) => {
        impl $crate::audit::RestrictedContent for $type {
            fn restricted(&self, found: &mut $crate::audit::RestrictedRecords) {
                if self.fields.restricted {
                    found.add($kind, self.id, &self.$($country).+);
                }
            }
        }
    };
}
