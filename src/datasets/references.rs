//! The fields of a dataset with keys, their names in the API, and the lookup of the keys.

use serde_json::Value;
use uuid::Uuid;

use super::keys::{KeyLookup, Keys};
use super::model::{Fields, Kind};
use crate::clock::{Instant, new_id};
use crate::error::Faults;

/// A field with a key or a list of keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    /// Its name in a dataset: `commissions`.
    pub file: &'static str,
    /// Its name in the API: `commission_ids`.
    pub input: &'static str,
    pub kind: Kind,
    pub many: bool,
    /// May name a record of its own kind that is imported after this one.
    pub later: bool,
}

/// The references of a record and of its nested objects.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub references: &'static [Reference],
    pub nested: &'static [(&'static str, &'static Shape)],
    /// Fields of the API that a dataset does not have.
    pub refused: &'static [&'static str],
}

/// Marks the reference to the record that another belongs to; not a field of the API.
pub(super) const OWNER: &str = "@owner";

const fn one(file: &'static str, input: &'static str, kind: Kind) -> Reference {
    Reference { file, input, kind, many: false, later: false }
}

const fn many(file: &'static str, input: &'static str, kind: Kind) -> Reference {
    Reference { file, input, kind, many: true, later: false }
}

const COMMISSIONS: Reference = many("commissions", "commission_ids", Kind::Commission);
const PLAN_ITEMS: Reference = many("plan_items", "plan_item_ids", Kind::PlanItem);
const INSTITUTION_OF: Reference = one("institution", "institution_id", Kind::Institution);
const MEETING_OF: Reference = one("meeting", "meeting_id", Kind::Meeting);

const fn shape(references: &'static [Reference]) -> Shape {
    Shape { references, nested: &[], refused: &[] }
}

/// For records without references.
pub(super) const NO_REFERENCES: Shape = shape(&[]);

pub(super) const INSTITUTION: Shape = shape(&[
    one("parent", "parent_id", Kind::Institution),
    Reference { later: true, ..one("succeeded_by", "succeeded_by_id", Kind::Institution) },
]);

pub(super) const COMMISSION: Shape =
    Shape { refused: &["country_code"], ..shape(&[one("parent", "parent_id", Kind::Commission)]) };

pub(super) const OPERATIONAL_STATE: Shape = shape(&[one("commission", OWNER, Kind::Commission)]);

pub(super) const MEMBERSHIP: Shape = shape(&[one("commission", OWNER, Kind::Commission), INSTITUTION_OF]);

pub(super) const DELEGATE: Shape =
    Shape { refused: &["user_id"], ..shape(&[one("commission", OWNER, Kind::Commission), INSTITUTION_OF]) };

pub(super) const PLAN: Shape = Shape { refused: &["country_code"], ..shape(&[COMMISSIONS]) };

pub(super) const PLAN_ITEM: Shape = shape(&[
    one("plan", OWNER, Kind::Plan),
    one("parent", "parent_id", Kind::PlanItem),
    many("responsibles", "responsible_ids", Kind::Institution),
]);

pub(super) const INDICATOR: Shape = shape(&[
    one("plan_item", "plan_item_id", Kind::PlanItem),
    many("responsibles", "responsible_ids", Kind::Institution),
]);

pub(super) const INDICATOR_VALUE: Shape =
    Shape { nested: &[("evidence", &DOCUMENT)], ..shape(&[one("indicator", OWNER, Kind::Indicator)]) };

pub(super) const DUTY: Shape = shape(&[
    COMMISSIONS,
    many("institutions", "institution_ids", Kind::Institution),
    one("plan_item", "plan_item_id", Kind::PlanItem),
]);

/// For the days of the named institutions of a duty.
pub(super) const INSTITUTION_DAYS: Shape = shape(&[INSTITUTION_OF]);

pub(super) const DUTY_REPORT: Shape =
    Shape { nested: &[("evidence", &DOCUMENT)], ..shape(&[one("duty", OWNER, Kind::Duty), INSTITUTION_OF]) };

pub(super) const DUTY_WAIVER: Shape = shape(&[one("duty", OWNER, Kind::Duty), INSTITUTION_OF]);

pub(super) const MEETING: Shape = shape(&[COMMISSIONS]);

pub(super) const AGENDA_ITEM: Shape =
    Shape { refused: &["id"], ..shape(&[one("commission", "commission_id", Kind::Commission)]) };

pub(super) const ATTENDANCE: Shape = shape(&[INSTITUTION_OF]);

pub(super) const MINUTES_COMMENT: Shape = shape(&[INSTITUTION_OF]);

/// For evidence and documents of a session, without uploaded files.
pub(super) const DOCUMENT: Shape = Shape { refused: &["file_id"], ..shape(&[]) };

/// The field of an agreement or commitment that a dataset writes as `agenda_item`: the number of the item.
pub(super) const AGENDA_ITEM_ID: &str = "agenda_item_id";

pub(super) const AGREEMENT: Shape = Shape {
    nested: &[("parties", &shape(&[INSTITUTION_OF])), ("attachments", &DOCUMENT)],
    refused: &[AGENDA_ITEM_ID],
    ..shape(&[COMMISSIONS, MEETING_OF])
};

/// A draft is marked with `draft`, which the importer reads.
pub(super) const COMMITMENT: Shape = Shape {
    nested: &[("attachments", &DOCUMENT)],
    refused: &[AGENDA_ITEM_ID, "status"],
    ..shape(&[
        COMMISSIONS,
        one("agreement", "agreement_id", Kind::Agreement),
        MEETING_OF,
        PLAN_ITEMS,
        one("follow_up_institution", "follow_up_institution_id", Kind::Institution),
        many("beneficiaries", "beneficiary_ids", Kind::Institution),
        many("depends_on", "depends_on_ids", Kind::Commitment),
    ])
};

pub(super) const ASSIGNMENT: Shape = shape(&[INSTITUTION_OF]);

pub(super) const UPDATE: Shape = Shape { nested: &[("evidence", &DOCUMENT)], ..shape(&[]) };

/// For entries of a commitment's history.
pub(super) const HISTORY: Shape = shape(&[INSTITUTION_OF]);

pub(super) const ACTIVITY: Shape = Shape {
    nested: &[("evidence", &DOCUMENT)],
    refused: &["country_code"],
    ..shape(&[
        COMMISSIONS,
        many("organizers", "organizer_ids", Kind::Institution),
        many("partners", "partner_ids", Kind::Institution),
        PLAN_ITEMS,
        many("commitments", "commitment_ids", Kind::Commitment),
    ])
};

pub(super) const OBSERVATION: Shape = Shape { refused: &["country_code"], ..shape(&[PLAN_ITEMS, COMMISSIONS]) };

impl Shape {
    /// Translates a pointer into an input of the API to a pointer into the dataset: `/commission_ids/0` is
    /// `/commissions/0`.
    pub(super) fn pointer_in_file(&self, pointer: &str) -> String {
        let mut here = Some(self);
        let mut file = String::new();
        for segment in pointer.split('/').skip(1) {
            let known = here.and_then(|shape| shape.references.iter().find(|r| r.input == segment));
            file.push('/');
            file.push_str(known.map_or(segment, |reference| reference.file));
            let index = segment.bytes().all(|b| b.is_ascii_digit());
            if !index {
                here = here.and_then(|shape| shape.nested.iter().find(|(name, _)| *name == segment)).map(|(_, s)| *s);
            }
        }
        file
    }
}

/// The result of the lookup of a record's keys.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// It names a record of the file that was rejected; only the faults of that record are reported.
    pub blocked: bool,
    /// It names a record that is not imported yet, and must be imported again.
    pub again: bool,
}

/// Adds the fault of a value of another type.
pub(super) fn wrong_type(faults: &mut Faults, at: &str, expected: &str) {
    faults.add_with(at, "wrong_type", vec![("expected", expected.to_owned())]);
}

/// Replaces the keys of a record by ids.
pub(super) struct Resolver<'b> {
    pub keys: &'b Keys,
    /// The kind of the record itself; a reference to a later record of this kind is a cycle.
    pub kind: Kind,
    pub now: Instant,
}

impl Resolver<'_> {
    /// Replaces every key by an id. An unknown key becomes a fault and a new id, so that the other rules are still
    /// checked.
    pub(super) fn resolve(&self, shape: &Shape, at: &str, fields: &mut Fields, faults: &mut Faults) -> Resolved {
        let mut outcome = Resolved::default();
        for name in shape.refused.iter().chain(shape.references.iter().map(|r| &r.input)) {
            let own_name = shape.references.iter().any(|r| r.file == *name);
            let stated = if own_name { None } else { fields.remove(*name) };
            let implied =
                *name == "country_code" && stated.as_ref().and_then(Value::as_str) == Some(self.keys.country());
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
            return Some(self.placeholder());
        };
        match self.keys.find(reference.kind, key) {
            KeyLookup::Known(id) => return Some(Value::String(id.to_string())),
            KeyLookup::Waiting(earlier) if reference.later => {
                outcome.again |= earlier.is_none();
                return earlier.map(|id| Value::String(id.to_string()));
            }
            KeyLookup::Waiting(_) if reference.kind == self.kind => faults.add(at, "cycle"),
            KeyLookup::Waiting(_) | KeyLookup::Failed => outcome.blocked = true,
            KeyLookup::Unknown => faults.add(at, "unknown_reference"),
        }
        Some(self.placeholder())
    }

    fn placeholder(&self) -> Value {
        Value::String(new_id::<Uuid>(self.now).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_api_is_translated_to_a_place_in_the_file() {
        assert_eq!(ACTIVITY.pointer_in_file("/commission_ids/0"), "/commissions/0");
        assert_eq!(AGREEMENT.pointer_in_file("/parties/2/institution_id"), "/parties/2/institution");
        assert_eq!(AGREEMENT.pointer_in_file("/title"), "/title");
        assert_eq!(AGREEMENT.pointer_in_file(""), "");
    }
}
