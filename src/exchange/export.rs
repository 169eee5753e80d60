//! A country's records written out as a dataset; the same records always give the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use uuid::Uuid;

use super::book::Names;
use super::import::Entered;
use super::model::{Dataset, Fields, Kind, Record};
use super::references::{OWNER, Shape};
use crate::db::Db;
use crate::directory::{Institution, institutions_by_id, institutions_of_country};
use crate::error::{Error, Result};
use crate::http::Input;

/// The dataset of a country.
pub fn export(conn: &mut Db, country: &str) -> Result<Dataset> {
    let mut writer = Writer { names: Names::open(conn, country)?, country, named: BTreeSet::new() };
    Ok(Dataset {
        articula: super::model::VERSION,
        country: Fields::new(),
        commissions: Vec::new(),
        memberships: Vec::new(),
        delegates: Vec::new(),
        plans: Vec::new(),
        meetings: Vec::new(),
        agreements: Vec::new(),
        commitments: Vec::new(),
        activities: Vec::new(),
        observations: Vec::new(),
        institutions: writer.institutions(conn)?,
    })
}

/// Writes records with keys for ids, and notes which institutions they name.
struct Writer<'c> {
    names: Names,
    country: &'c str,
    named: BTreeSet<Uuid>,
}

impl Writer<'_> {
    /// All institutions of the country, and those of others that anything written names, in order of key.
    fn institutions(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let mut known: BTreeMap<Uuid, Institution> = BTreeMap::new();
        let own = institutions_of_country(conn, self.country)?;
        let mut found = own;
        let mut records = Vec::new();
        loop {
            for institution in found {
                let id: Uuid = institution.id.into();
                if !known.contains_key(&id) {
                    records.push(self.institution(&institution)?);
                    known.insert(id, institution);
                }
            }
            let missing: Vec<_> =
                self.named.iter().filter(|id| !known.contains_key(id)).map(|id| (*id).into()).collect();
            if missing.is_empty() {
                break;
            }
            found = institutions_by_id(conn, &missing)?.into_values().collect();
            if found.is_empty() {
                break;
            }
        }
        Ok(in_order(records))
    }

    /// The country is said when it is another, or none.
    fn institution(&mut self, institution: &Institution) -> Result<Record> {
        let mut record = self.record(institution)?;
        match institution.fields.country_code.as_deref() {
            Some(code) if code == self.country => {}
            code => {
                record.fields.insert("country_code".into(), code.map_or(Value::Null, |code| code.to_owned().into()));
            }
        }
        Ok(record)
    }

    /// A record with its key.
    fn record<R: Entered<Output = R>>(&mut self, record: &R) -> Result<Record> {
        let fields = self.fields(R::SHAPE, &R::input(record))?;
        Ok(Record { key: self.names.of(R::KIND, R::id(record)), fields })
    }

    /// The fields of an input; what is empty is left out.
    fn fields<I: Input>(&mut self, shape: &Shape, input: &I) -> Result<Fields> {
        match serde_json::to_value(input).map_err(Error::internal)? {
            Value::Object(mut fields) => {
                fields.remove("country_code");
                self.name(shape, &mut fields);
                Ok(fields)
            }
            _ => Err(Error::internal("an input is an object")),
        }
    }

    fn name(&mut self, shape: &Shape, fields: &mut Fields) {
        for refused in shape.refused {
            fields.remove(*refused);
        }
        for reference in shape.references.iter().filter(|reference| reference.input != OWNER) {
            if let Some(value) = fields.remove(reference.input) {
                fields.insert(reference.file.to_owned(), self.keys(reference.kind, value));
            }
        }
        for (name, shape) in shape.nested {
            for item in fields.get_mut(*name).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Value::Object(fields) = item {
                    self.name(shape, fields);
                }
            }
        }
        drop_empty(fields);
    }

    fn keys(&mut self, kind: Kind, value: Value) -> Value {
        match value {
            Value::String(id) => self.key(kind, &id),
            Value::Array(ids) => ids.iter().filter_map(Value::as_str).map(|id| self.key(kind, id)).collect(),
            other => other,
        }
    }

    fn key(&mut self, kind: Kind, id: &str) -> Value {
        let Ok(id) = id.parse() else { return Value::Null };
        if kind == Kind::Institution {
            self.named.insert(id);
        }
        Value::String(self.names.of(kind, id))
    }
}

/// Leaves out what says nothing: null, false, and empty lists.
fn drop_empty(fields: &mut Fields) {
    fields.retain(|_, value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    });
    for value in fields.values_mut() {
        match value {
            Value::Object(inner) => inner.retain(|_, value| !value.is_null()),
            Value::Array(items) => items.iter_mut().filter_map(Value::as_object_mut).for_each(drop_empty),
            _ => {}
        }
    }
}

fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|a, b| a.key.cmp(&b.key));
    records
}
