//! The fields in which a record differs before and after a change.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Fields that are not shown: ids and timestamps of the record, and values derived from other fields.
const LEFT_OUT: &[&str] =
    &["id", "created_at", "updated_at", "last_update_at", "fulfilled", "overdue", "due_unchecked", "findings"];

/// Lists of records whose changes have entries of their own.
const PARTS: &[&str] = &["assignments"];

/// A field with its values before and after; `None` where it has none.
#[derive(Debug, PartialEq)]
pub(super) struct FieldChange<'v> {
    pub field: &'v str,
    pub before: Option<&'v Value>,
    pub after: Option<&'v Value>,
}

/// Returns the fields that differ, sorted by name. A list, such as an agenda, is one field without a name.
pub(super) fn changes<'v>(before: Option<&'v Value>, after: Option<&'v Value>) -> Vec<FieldChange<'v>> {
    let (Some(old), Some(new)) = (fields_of(before), fields_of(after)) else {
        return vec![FieldChange { field: "", before, after }];
    };
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let change = |field: &'v str| {
        let (before, after) = (old.get(field).copied(), new.get(field).copied());
        (before != after).then_some(FieldChange { field, before, after })
    };
    let is_own = |name: &str| PARTS.contains(&name) && old.contains_key(name) && new.contains_key(name);
    let shown = names.iter().filter(|name| !LEFT_OUT.contains(name) && !is_bound(name, &names) && !is_own(name));
    shown.filter_map(|name| change(name)).collect()
}

/// Returns the fields of a record that are not empty; an empty map for a missing record, `None` for a list.
fn fields_of(side: Option<&Value>) -> Option<BTreeMap<&str, &Value>> {
    match side {
        None | Some(Value::Null) => Some(BTreeMap::new()),
        Some(Value::Object(fields)) => Some(
            fields.iter().filter(|(_, value)| is_stated(value)).map(|(name, value)| (name.as_str(), value)).collect(),
        ),
        Some(_) => None,
    }
}

/// Returns true if a field is the first or last day of a date in another field: `due_to` of `due`.
fn is_bound(name: &str, all: &BTreeSet<&str>) -> bool {
    let date = name.strip_suffix("_from").or_else(|| name.strip_suffix("_to"));
    date.is_some_and(|date| all.contains(date))
}

/// Returns true if a value is not empty.
fn is_stated(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names(before: Value, after: Value) -> Vec<String> {
        changes(Some(&before), Some(&after)).iter().map(|change| change.field.to_owned()).collect()
    }

    #[test]
    fn only_fields_that_differ_are_named_and_the_bounds_of_a_date_are_not() {
        let before =
            json!({"due": "2023", "due_from": "2023-01-01", "due_to": "2023-12-31", "text": "Uno", "note": null});
        let after =
            json!({"due": "2024", "due_from": "2024-01-01", "due_to": "2024-12-31", "text": "Uno", "updated_at": "x"});
        assert_eq!(names(before, after), ["due"]);
        assert_eq!(names(json!({"due_to": "2023-12-31"}), json!({"due_to": "2024-12-31"})), ["due_to"]);
        assert_eq!(names(Value::Null, json!({"name": "Minsal", "aliases": []})), ["name"]);
    }

    #[test]
    fn the_parts_of_a_new_record_are_named_and_their_later_changes_are_not() {
        let parts = json!({"assignments": [{"due_to": "2023-12-31"}]});
        assert_eq!(names(Value::Null, parts.clone()), ["assignments"]);
        assert!(names(parts, json!({"assignments": [{"due_to": "2024-12-31"}]})).is_empty());
    }

    #[test]
    fn a_list_is_one_field() {
        let (before, after) = (json!([{"title": "Uno"}]), json!([{"title": "Uno"}, {"title": "Dos"}]));
        assert_eq!(names(before.clone(), after), [""]);
        assert_eq!(changes(Some(&before), None).len(), 1);
        assert!(changes(None, None).is_empty());
    }
}
