//! Splits the document into its records, and collects the faults of its structure.

use serde_json::Value;

use crate::clock::Instant;
use crate::datasets::model::{Fields, Kind, VERSION};
use crate::datasets::references::wrong_type;
use crate::error::Faults;

/// A record of the file before its keys are resolved.
#[derive(Debug, Clone)]
pub(super) struct FileRecord {
    /// Its place: `/activities/12`.
    pub at: String,
    /// Its key; an unreadable one is replaced by one that no record can name.
    pub key: String,
    /// It has a fault already.
    pub broken: bool,
    pub fields: Fields,
    /// Fields that do not belong to the input of the record itself.
    pub extra: Fields,
}

/// The records of a file, by kind, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub country: Fields,
    records: Vec<(Kind, Vec<FileRecord>)>,
}

impl Sections {
    pub(super) fn take(&mut self, kind: Kind) -> Vec<FileRecord> {
        let found = self.records.iter_mut().find(|(known, _)| *known == kind);
        found.map(|(_, records)| std::mem::take(records)).unwrap_or_default()
    }

    fn add(&mut self, kind: Kind, entry: FileRecord) {
        match self.records.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, records)) => records.push(entry),
            None => self.records.push((kind, vec![entry])),
        }
    }

    /// Returns every record with its kind.
    pub(super) fn records_mut(&mut self) -> impl Iterator<Item = (Kind, &mut FileRecord)> {
        self.records.iter_mut().flat_map(|(kind, records)| records.iter_mut().map(|entry| (*kind, entry)))
    }
}

const SECTIONS: &[(&str, Kind)] = &[
    ("institutions", Kind::Institution),
    ("commissions", Kind::Commission),
    ("memberships", Kind::Membership),
    ("delegates", Kind::Delegate),
    ("plans", Kind::Plan),
    ("indicators", Kind::Indicator),
    ("duties", Kind::Duty),
    ("meetings", Kind::Meeting),
    ("agreements", Kind::Agreement),
    ("commitments", Kind::Commitment),
    ("activities", Kind::Activity),
    ("observations", Kind::Observation),
];

/// Lists of records that nest in their parent, and the field that names the parent when they are outside of it.
const NESTED: &[(Kind, &str, Kind, &str)] = &[
    (Kind::Commission, "operational_states", Kind::OperationalState, "commission"),
    (Kind::Commission, "memberships", Kind::Membership, "commission"),
    (Kind::Commission, "delegates", Kind::Delegate, "commission"),
    (Kind::Plan, "items", Kind::PlanItem, "plan"),
    (Kind::Indicator, "values", Kind::IndicatorValue, "indicator"),
    (Kind::Duty, "reports", Kind::DutyReport, "duty"),
    (Kind::Duty, "waivers", Kind::DutyWaiver, "duty"),
];

/// Kinds whose records have no keys.
const KEYLESS: &[Kind] = &[Kind::OperationalState, Kind::IndicatorValue, Kind::DutyReport, Kind::DutyWaiver];

/// Splits the document into its records.
pub(super) fn read(document: &Value, faults: &mut Faults) -> Sections {
    let mut sections = Sections::default();
    let Value::Object(document) = document else {
        wrong_type(faults, "", "object");
        return sections;
    };
    match document.get("articula") {
        None | Some(Value::Null) => faults.add("/articula", "required"),
        Some(version) if version.as_i64() == Some(VERSION) => {}
        Some(_) => faults.add_with("/articula", "not_a_choice", vec![("allowed", VERSION.to_string())]),
    }
    match document.get("country") {
        None | Some(Value::Null) => faults.add("/country", "required"),
        Some(Value::Object(country)) => sections.country = country.clone(),
        Some(_) => wrong_type(faults, "/country", "object"),
    }
    for name in document.keys() {
        let known = ["articula", "country"].contains(&name.as_str()) || SECTIONS.iter().any(|(own, _)| own == name);
        if !known {
            faults.add(format!("/{}", crate::error::escaped(name)), "unknown_field");
        }
    }
    for (name, kind) in SECTIONS {
        for (at, fields) in objects(document.get(*name), &format!("/{name}"), faults) {
            entry(&mut sections, *kind, at, fields, faults);
        }
    }
    sections
}

fn entry(sections: &mut Sections, kind: Kind, at: String, mut fields: Fields, faults: &mut Faults) {
    let keyed = !KEYLESS.contains(&kind);
    let key = if keyed { key(&mut fields, &at, faults) } else { Some(at.clone()) };
    let broken = key.is_none();
    let key = key.unwrap_or_else(|| format!("\0{at}"));
    for (_, list, nested, owner) in NESTED.iter().filter(|(parent, ..)| *parent == kind) {
        for (at, mut child) in objects(fields.remove(*list).as_ref(), &format!("{at}/{list}"), faults) {
            child.insert((*owner).to_owned(), Value::String(key.clone()));
            entry(sections, *nested, at, child, faults);
        }
    }
    sections.add(kind, FileRecord { at, key, broken, fields, extra: Fields::new() });
}

/// Takes the record's own key out of its fields.
pub(super) fn key(fields: &mut Fields, at: &str, faults: &mut Faults) -> Option<String> {
    let pointer = format!("{at}/key");
    match fields.remove("key") {
        None | Some(Value::Null) => faults.add(pointer, "required"),
        Some(Value::String(key)) => {
            let before = faults.list.len();
            faults.text(&pointer, &key, 200);
            if key.contains('\0') {
                faults.add(pointer, "invalid_text");
            }
            return (faults.list.len() == before).then_some(key);
        }
        Some(_) => wrong_type(faults, &pointer, "string"),
    }
    None
}

/// Takes a moment out of the fields; it must not be after `now`.
pub(super) fn moment(fields: &mut Fields, name: &str, at: &str, now: Instant, faults: &mut Faults) -> Option<Instant> {
    let pointer = format!("{at}/{name}");
    match fields.remove(name)? {
        Value::Null => {}
        Value::String(text) => match Instant::parse(&text) {
            Some(moment) if moment <= now => return Some(moment),
            Some(_) => faults.add(pointer, "in_the_future"),
            None => faults.add(pointer, "invalid_instant"),
        },
        _ => wrong_type(faults, &pointer, "string"),
    }
    None
}

/// Takes a nested object out of the fields.
pub(super) fn object(fields: &mut Fields, name: &str, at: &str, faults: &mut Faults) -> Option<Fields> {
    match fields.remove(name)? {
        Value::Null => None,
        Value::Object(inner) => Some(inner),
        _ => {
            wrong_type(faults, &format!("{at}/{name}"), "object");
            None
        }
    }
}

/// Returns the objects of a list with their places.
pub(super) fn objects(list: Option<&Value>, at: &str, faults: &mut Faults) -> Vec<(String, Fields)> {
    let items = match list {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_) => {
            wrong_type(faults, at, "array");
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for (n, item) in items.iter().enumerate() {
        match item {
            Value::Object(fields) => found.push((format!("{at}/{n}"), fields.clone())),
            _ => wrong_type(faults, &format!("{at}/{n}"), "object"),
        }
    }
    found
}
