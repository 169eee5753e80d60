//! Keys turned into ids, so that a record reads as what the API takes.

use serde_json::Value;
use uuid::Uuid;

use super::reader::wrong_type;
use crate::clock::{Instant, new_id};
use crate::datasets::book::{Book, Named};
use crate::datasets::model::{Fields, Kind};
use crate::datasets::references::{Reference, Shape};
use crate::error::Faults;

/// What came of the keys of a record.
#[derive(Debug, Default)]
pub struct Resolved {
    /// It names a record of the file that could not be taken; that one's faults are told, not this one's.
    pub blocked: bool,
    /// It names one that is still to come, and must be gone over again.
    pub again: bool,
}

pub struct Resolver<'b> {
    pub book: &'b Book,
    /// The kind of the record itself: to name one of its own that is still to come is a circle.
    pub kind: Kind,
    pub now: Instant,
}

impl Resolver<'_> {
    /// Replaces every key by an id. One that names nothing becomes a fault and an id of nothing, so that the other
    /// rules are still checked.
    pub fn resolve(&self, shape: &Shape, at: &str, fields: &mut Fields, faults: &mut Faults) -> Resolved {
        let mut outcome = Resolved::default();
        for name in shape.refused.iter().chain(shape.references.iter().map(|r| &r.input)) {
            let own_name = shape.references.iter().any(|r| r.file == *name);
            let stated = if own_name { None } else { fields.remove(*name) };
            let implied =
                *name == "country_code" && stated.as_ref().and_then(Value::as_str) == Some(self.book.country());
            if stated.is_some() && !implied {
                faults.add(format!("{at}/{name}"), "unknown_field");
            }
        }
        for reference in shape.references {
            let pointer = format!("{at}/{}", reference.file);
            let value = match fields.remove(reference.file) {
                None | Some(Value::Null) => continue,
                Some(value) => value,
            };
            if let Some(value) = self.value(reference, &pointer, value, &mut outcome, faults) {
                fields.insert(reference.input.to_owned(), value);
            }
        }
        for (name, shape) in shape.nested {
            let Some(Value::Array(items)) = fields.get_mut(*name) else { continue };
            for (n, item) in items.iter_mut().enumerate() {
                let Value::Object(fields) = item else { continue };
                let inner = self.resolve(shape, &format!("{at}/{name}/{n}"), fields, faults);
                outcome.blocked |= inner.blocked;
                outcome.again |= inner.again;
            }
        }
        outcome
    }

    fn value(
        &self,
        reference: &Reference,
        at: &str,
        value: Value,
        outcome: &mut Resolved,
        faults: &mut Faults,
    ) -> Option<Value> {
        if !reference.many {
            return self.one(reference, at, &value, outcome, faults);
        }
        let Value::Array(keys) = value else {
            wrong_type(faults, at, "array");
            return None;
        };
        let mut ids = Vec::new();
        for (n, key) in keys.iter().enumerate() {
            ids.extend(self.one(reference, &format!("{at}/{n}"), key, outcome, faults));
        }
        Some(Value::Array(ids))
    }

    fn one(
        &self,
        reference: &Reference,
        at: &str,
        value: &Value,
        outcome: &mut Resolved,
        faults: &mut Faults,
    ) -> Option<Value> {
        let Value::String(key) = value else {
            wrong_type(faults, at, "string");
            return Some(self.nothing());
        };
        match self.book.named(reference.kind, key) {
            Named::Known(id) => return Some(Value::String(id.to_string())),
            Named::Waiting(earlier) if reference.later => {
                outcome.again |= earlier.is_none();
                return earlier.map(|id| Value::String(id.to_string()));
            }
            Named::Waiting(_) if reference.kind == self.kind => faults.add(at, "cycle"),
            Named::Waiting(_) | Named::Failed => outcome.blocked = true,
            Named::Unknown => faults.add(at, "unknown_reference"),
        }
        Some(self.nothing())
    }

    fn nothing(&self) -> Value {
        Value::String(new_id::<Uuid>(self.now).to_string())
    }
}
