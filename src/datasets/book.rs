//! Which record a key names: in the file, remembered from an earlier import, or an id.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::model::Kind;
use super::store::{self, KnownKey, SHARED};
use crate::db::{Db, RawId};
use crate::error::Result;

/// How far a record of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Failed,
    Done(Uuid),
}

/// What a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// This record.
    Known(Uuid),
    /// A record of the file that is still to come; perhaps it is there from an earlier import.
    Waiting(Option<Uuid>),
    /// A record of the file that could not be taken.
    Failed,
    Unknown,
}

/// The keys of a file and of the country's earlier imports.
#[derive(Debug, Default)]
pub struct Book {
    country: String,
    /// Kind, scope and key of earlier imports.
    known: HashMap<(Kind, String, String), Uuid>,
    /// The records of each kind that stand in the database.
    present: HashMap<Kind, HashSet<Uuid>>,
    file: HashMap<(Kind, String), Stage>,
}

impl Book {
    pub fn open(conn: &mut Db, country: &str) -> Result<Self> {
        let keys = store::keys(conn, country)?;
        let known = keys.into_iter().map(|row| ((row.kind, row.scope, row.key), row.record.0)).collect();
        Ok(Self { country: country.to_owned(), known, ..Self::default() })
    }

    pub fn country(&self) -> &str {
        &self.country
    }

    /// The records that keys of earlier imports name.
    pub fn ids(&self, kind: Kind) -> Vec<Uuid> {
        self.known.iter().filter(|((known, ..), _)| *known == kind).map(|(_, id)| *id).collect()
    }

    /// Tells which records of a kind exist.
    pub fn exist(&mut self, kind: Kind, ids: impl IntoIterator<Item = Uuid>) {
        self.present.entry(kind).or_default().extend(ids);
    }

    /// A record of the file will have this key; false when another has it already.
    pub fn expect(&mut self, kind: Kind, key: &str) -> bool {
        self.file.insert((kind, key.to_owned()), Stage::Waiting).is_none()
    }

    pub fn fail(&mut self, kind: Kind, key: &str) {
        self.file.insert((kind, key.to_owned()), Stage::Failed);
    }

    pub fn done(&mut self, kind: Kind, key: &str, id: Uuid) {
        self.exist(kind, [id]);
        self.file.insert((kind, key.to_owned()), Stage::Done(id));
    }

    /// What a key in another record names.
    pub fn named(&self, kind: Kind, key: &str) -> Named {
        match self.file.get(&(kind, key.to_owned())) {
            Some(Stage::Done(id)) => Named::Known(*id),
            Some(Stage::Failed) => Named::Failed,
            Some(Stage::Waiting) => Named::Waiting(self.before(kind, key, &[&self.country, SHARED])),
            None => self.before(kind, key, &[&self.country, SHARED]).map_or(Named::Unknown, Named::Known),
        }
    }

    /// The record of the file that stands there already: by the key of an earlier import, or by its own id.
    pub fn earlier(&self, kind: Kind, key: &str, scope: &str) -> Option<Uuid> {
        let scopes = [scope, &self.country];
        self.before(kind, key, if scope == SHARED { &scopes } else { scopes.get(..1).unwrap_or_default() })
    }

    fn before(&self, kind: Kind, key: &str, scopes: &[&str]) -> Option<Uuid> {
        let at = |scope: &&str| self.known.get(&(kind, (*scope).to_owned(), key.to_owned())).copied();
        let own_id = || key.parse().ok().filter(|_| key.len() == 36);
        scopes.iter().filter_map(at).chain(own_id()).find(|id| self.stands(kind, *id))
    }

    fn stands(&self, kind: Kind, id: Uuid) -> bool {
        self.present.get(&kind).is_some_and(|ids| ids.contains(&id))
    }

    /// Remembers the key of a record, unless it is the record's own id or remembered already.
    pub fn remember(&mut self, conn: &mut Db, kind: Kind, scope: &str, key: &str, id: Uuid) -> Result<()> {
        let entry = (kind, scope.to_owned(), key.to_owned());
        if key == id.to_string() || self.known.get(&entry) == Some(&id) {
            return Ok(());
        }
        let row = KnownKey { kind, scope: scope.to_owned(), key: key.to_owned(), record: RawId(id) };
        store::remember(conn, &row)?;
        self.known.insert(entry, id);
        Ok(())
    }
}

/// The keys under which records are written out.
#[derive(Debug, Default)]
pub struct Names {
    names: HashMap<(Kind, Uuid), String>,
    shared: HashSet<Uuid>,
}

impl Names {
    /// A record goes by the key it was imported with, else by its id; a shared key gives way to the country's own.
    pub fn open(conn: &mut Db, country: &str) -> Result<Self> {
        let keys = store::keys(conn, country)?;
        let own: HashSet<(Kind, String)> =
            keys.iter().filter(|row| row.scope != SHARED).map(|row| (row.kind, row.key.clone())).collect();
        let mut names = HashMap::new();
        let mut shared: HashSet<Uuid> = keys.iter().filter(|row| row.scope == SHARED).map(|row| row.record.0).collect();
        for row in keys {
            if row.scope != SHARED {
                shared.remove(&row.record.0);
            }
            if row.scope == SHARED && own.contains(&(row.kind, row.key.clone())) {
                continue;
            }
            names.entry((row.kind, row.record.0)).or_insert(row.key);
        }
        Ok(Self { names, shared })
    }

    /// Whether only the dataset of another country brought this institution in.
    pub fn is_shared(&self, id: Uuid) -> bool {
        self.shared.contains(&id)
    }

    pub fn of(&self, kind: Kind, id: Uuid) -> String {
        self.names.get(&(kind, id)).cloned().unwrap_or_else(|| id.to_string())
    }
}
