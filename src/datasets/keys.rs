//! The keys of records: those of the file, those of earlier imports, and ids.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::model::Kind;
use super::store::{self, KnownKey, SHARED};
use crate::db::{Db, RawId};
use crate::error::Result;

/// The stage of a record of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Failed,
    Done(Uuid),
}

/// The result of the lookup of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyLookup {
    Known(Uuid),
    /// A record of the file that is not imported yet; with its id if an earlier import created it.
    Waiting(Option<Uuid>),
    /// A record of the file that was rejected.
    Failed,
    Unknown,
}

/// The keys of a file and of the country's earlier imports.
#[derive(Debug, Default)]
pub(super) struct Keys {
    country: String,
    /// The records of earlier imports by kind, scope and key.
    known: HashMap<(Kind, String, String), Uuid>,
    /// The existing records of each kind.
    existing: HashMap<Kind, HashSet<Uuid>>,
    file: HashMap<(Kind, String), Stage>,
}

impl Keys {
    pub(super) fn open(conn: &mut Db, country: &str) -> Result<Self> {
        let keys = store::keys(conn, country)?;
        let known = keys.into_iter().map(|row| ((row.kind, row.scope, row.key), row.record.0)).collect();
        Ok(Self { country: country.to_owned(), known, ..Self::default() })
    }

    pub(super) fn country(&self) -> &str {
        &self.country
    }

    /// Returns the records of earlier imports.
    pub(super) fn ids(&self, kind: Kind) -> Vec<Uuid> {
        self.known.iter().filter(|((known, ..), _)| *known == kind).map(|(_, id)| *id).collect()
    }

    /// Adds existing records of a kind.
    pub(super) fn add_existing(&mut self, kind: Kind, ids: impl IntoIterator<Item = Uuid>) {
        self.existing.entry(kind).or_default().extend(ids);
    }

    /// Adds the key of a record of the file; returns false if another record has it.
    pub(super) fn add_expected(&mut self, kind: Kind, key: &str) -> bool {
        self.file.insert((kind, key.to_owned()), Stage::Waiting).is_none()
    }

    pub(super) fn set_failed(&mut self, kind: Kind, key: &str) {
        self.file.insert((kind, key.to_owned()), Stage::Failed);
    }

    pub(super) fn set_done(&mut self, kind: Kind, key: &str, id: Uuid) {
        self.add_existing(kind, [id]);
        self.file.insert((kind, key.to_owned()), Stage::Done(id));
    }

    /// Returns the record that a key in another record names.
    pub(super) fn find(&self, kind: Kind, key: &str) -> KeyLookup {
        match self.file.get(&(kind, key.to_owned())) {
            Some(Stage::Done(id)) => KeyLookup::Known(*id),
            Some(Stage::Failed) => KeyLookup::Failed,
            Some(Stage::Waiting) => KeyLookup::Waiting(self.before(kind, key, &[&self.country, SHARED])),
            None => self.before(kind, key, &[&self.country, SHARED]).map_or(KeyLookup::Unknown, KeyLookup::Known),
        }
    }

    /// Returns the existing record with the key of a record of the file: by an earlier import, or by its own id.
    pub(super) fn earlier(&self, kind: Kind, key: &str, scope: &str) -> Option<Uuid> {
        let scopes = [scope, &self.country];
        self.before(kind, key, if scope == SHARED { &scopes } else { scopes.get(..1).unwrap_or_default() })
    }

    fn before(&self, kind: Kind, key: &str, scopes: &[&str]) -> Option<Uuid> {
        let at = |scope: &&str| self.known.get(&(kind, (*scope).to_owned(), key.to_owned())).copied();
        let own_id = || key.parse().ok().filter(|_| key.len() == 36);
        scopes.iter().filter_map(at).chain(own_id()).find(|id| self.exists(kind, *id))
    }

    fn exists(&self, kind: Kind, id: Uuid) -> bool {
        self.existing.get(&kind).is_some_and(|ids| ids.contains(&id))
    }

    /// Stores the key of a record, unless it is the record's own id or stored already.
    pub(super) fn store(&mut self, conn: &mut Db, kind: Kind, scope: &str, key: &str, id: Uuid) -> Result<()> {
        let entry = (kind, scope.to_owned(), key.to_owned());
        if key == id.to_string() || self.known.get(&entry) == Some(&id) {
            return Ok(());
        }
        let row = KnownKey { kind, scope: scope.to_owned(), key: key.to_owned(), record: RawId(id) };
        store::store_key(conn, &row)?;
        self.known.insert(entry, id);
        Ok(())
    }
}

/// The keys of records in an export.
#[derive(Debug, Default)]
pub(super) struct ExportKeys {
    keys: HashMap<(Kind, Uuid), String>,
    shared: HashSet<Uuid>,
}

impl ExportKeys {
    /// Loads the keys with which records were imported; other records have their id. The country's own keys take
    /// precedence over shared ones.
    pub(super) fn open(conn: &mut Db, country: &str) -> Result<Self> {
        let keys = store::keys(conn, country)?;
        let own: HashSet<(Kind, String)> =
            keys.iter().filter(|row| row.scope != SHARED).map(|row| (row.kind, row.key.clone())).collect();
        let mut by_record = HashMap::new();
        let mut shared: HashSet<Uuid> = keys.iter().filter(|row| row.scope == SHARED).map(|row| row.record.0).collect();
        for row in keys {
            if row.scope != SHARED {
                shared.remove(&row.record.0);
            }
            if row.scope == SHARED && own.contains(&(row.kind, row.key.clone())) {
                continue;
            }
            by_record.entry((row.kind, row.record.0)).or_insert(row.key);
        }
        Ok(Self { keys: by_record, shared })
    }

    /// Checks whether only the dataset of another country imported this institution.
    pub(super) fn is_shared(&self, id: Uuid) -> bool {
        self.shared.contains(&id)
    }

    pub(super) fn of(&self, kind: Kind, id: Uuid) -> String {
        self.keys.get(&(kind, id)).cloned().unwrap_or_else(|| id.to_string())
    }
}
