//! The values of a report, by the keys of the fields of its duty.

use std::collections::BTreeMap;

use deserr::{DeserializeError, Deserr, ErrorKind, IntoValue, Value, ValueKind, ValuePointerRef, take_cf_content};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::duty::{DutyField, FieldKind};
use crate::error::{ByKey, Faults, escaped};
use crate::text::typed_number;

/// The greatest count.
const MOST: i64 = 1_000_000_000_000;

/// The maximum length of a text.
const MAX_TEXT: usize = 4000;

/// The value of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum FieldValue {
    Integer(i64),
    Number(f64),
    Text(String),
}

impl FieldValue {
    /// Returns the value as a number; None for a text.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            Self::Integer(whole) => Some(*whole as f64),
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }

    /// Reads a number; a whole one is an integer however it is written.
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    pub(crate) fn of_number(number: f64) -> Self {
        let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
        if is_whole { Self::Integer(number as i64) } else { Self::Number(number) }
    }
}

impl std::fmt::Display for FieldValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(whole) => whole.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Deserr<Faults> for FieldValue {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        match value {
            Value::String(text) => Ok(Self::Text(text)),
            #[expect(clippy::cast_precision_loss, reason = "larger numbers are refused anyway")]
            Value::Integer(whole) => Ok(Self::of_number(whole as f64)),
            Value::NegativeInteger(whole) => Ok(Self::Integer(whole)),
            Value::Float(number) => Ok(Self::of_number(number)),
            actual => {
                let accepted = &[ValueKind::Float, ValueKind::String];
                Err(take_cf_content(Faults::error(None, ErrorKind::IncorrectValueKind { actual, accepted }, at)))
            }
        }
    }
}

/// The values of a report. A value that is left out, or null, is not known; that is never zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct FieldValues(BTreeMap<String, Option<FieldValue>>);

impl FieldValues {
    /// Returns the known value of a field.
    pub(crate) fn get(&self, key: &str) -> Option<&FieldValue> {
        self.0.get(key)?.as_ref()
    }

    /// Sets the value of a field.
    pub(crate) fn set(&mut self, key: &str, value: Option<FieldValue>) {
        self.0.insert(key.to_owned(), value);
    }

    /// Returns the same values with the numbers of counts and percentages that were typed as texts: "12", "12,5". A text
    /// that is no number, or may have separators of thousands, stays, and is a fault.
    pub(crate) fn read_numbers(mut self, fields: &[DutyField]) -> Self {
        for field in fields.iter().filter(|field| field.kind != FieldKind::Text) {
            if let Some(Some(FieldValue::Text(text))) = self.0.get(&field.key)
                && let Some(typed) = typed_number(text.trim().trim_end_matches('%'))
                && let Ok(number) = typed.parse::<f64>()
            {
                self.set(&field.key, Some(FieldValue::of_number(number)));
            }
        }
        self
    }

    /// Returns true if no value is known.
    pub(crate) fn is_unknown(&self) -> bool {
        self.0.values().all(Option::is_none)
    }

    /// Returns true if every count is known and 0, and no percentage is above 0. Without counts nothing is zero.
    pub(crate) fn is_zero(&self, fields: &[DutyField]) -> bool {
        let number = |field: &DutyField| self.get(&field.key).and_then(FieldValue::number);
        let of = |kind: FieldKind| fields.iter().filter(move |field| field.kind == kind);
        of(FieldKind::Count).next().is_some()
            && of(FieldKind::Count).all(|field| number(field) == Some(0.0))
            && of(FieldKind::Percent).all(|field| number(field).is_none_or(|percent| percent == 0.0))
    }

    /// Returns the same values with an entry for every field of the duty: null for those that are not known.
    pub(crate) fn completed(mut self, fields: &[DutyField]) -> Self {
        for field in fields {
            self.0.entry(field.key.clone()).or_default();
        }
        self
    }

    /// Replaces each text.
    pub(crate) fn each_text(&mut self, f: impl Fn(&str) -> String) {
        for value in self.0.values_mut().flatten() {
            if let FieldValue::Text(text) = value {
                *text = f(text);
            }
        }
    }

    /// Returns the known values alone.
    pub(crate) fn without_blanks(mut self) -> Self {
        self.0.retain(|_, value| value.is_some());
        self
    }

    /// Returns the value of the column: the known values as JSON.
    pub(crate) fn stored(&self) -> String {
        let known: BTreeMap<&str, &FieldValue> =
            self.0.iter().filter_map(|(key, value)| Some((key.as_str(), value.as_ref()?))).collect();
        serde_json::to_string(&known).unwrap_or_default()
    }

    /// Reads the value of the column.
    pub(crate) fn of_stored(column: &str) -> Self {
        let known: BTreeMap<String, FieldValue> = serde_json::from_str(column).unwrap_or_default();
        Self(known.into_iter().map(|(key, value)| (key, Some(value))).collect())
    }

    /// Checks each value by the kind of its field.
    pub(crate) fn check(&self, fields: &[DutyField], faults: &mut Faults) {
        for (key, value) in &self.0 {
            let at = format!("/values/{}", escaped(key));
            match (fields.iter().find(|field| field.key == *key), value) {
                (None, _) => faults.add(at, "unknown_field"),
                (Some(field), Some(value)) => check_value(field.kind, value, &at, faults),
                (Some(_), None) => {}
            }
        }
    }
}

fn check_value(kind: FieldKind, value: &FieldValue, at: &str, faults: &mut Faults) {
    let wrong_type = |expected: &str| vec![("expected", expected.to_owned())];
    match (kind, value) {
        (FieldKind::Count, FieldValue::Integer(count)) => faults.within(at, *count, 0, MOST),
        (FieldKind::Count, _) => faults.add_with(at, "wrong_type", wrong_type("integer")),
        (FieldKind::Percent, FieldValue::Text(_)) => faults.add_with(at, "wrong_type", wrong_type("number")),
        (FieldKind::Percent, value) => faults.within(at, value.number().unwrap_or(-1.0), 0.0, 100.0),
        (FieldKind::Text, FieldValue::Text(text)) => faults.text(at, text, MAX_TEXT),
        (FieldKind::Text, _) => faults.add_with(at, "wrong_type", wrong_type("string")),
    }
}

impl Deserr<Faults> for FieldValues {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        Ok(Self(ByKey::<Option<FieldValue>>::deserialize_from_value(value, at)?.0))
    }
}

impl utoipa::PartialSchema for FieldValues {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        let types = [Type::Number, Type::String, Type::Null];
        let value = ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::SchemaType::Array(types.to_vec()))
            .max_length(Some(MAX_TEXT));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(value))
            .description(Some(
                "The value of each field by its key: a count is a whole number from 0, a percentage lies between 0 and \
                 100. A value that is left out, or null, is not known; that is never zero.",
            ))
            .examples([json!({"inspections": 12, "children_found": 0})])
            .into()
    }
}

impl utoipa::ToSchema for FieldValues {}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, kind: FieldKind) -> DutyField {
        DutyField { key: key.to_owned(), label: key.to_owned(), kind, unit: None }
    }

    fn fields() -> [DutyField; 3] {
        [field("found", FieldKind::Count), field("rate", FieldKind::Percent), field("remarks", FieldKind::Text)]
    }

    fn values(value: serde_json::Value) -> FieldValues {
        deserr::deserialize::<FieldValues, _, Faults>(value).unwrap()
    }

    #[test]
    fn zero_needs_every_count_and_no_percentage_above_zero() {
        for (sent, zero) in [
            (json!({"found": 0}), true),
            (json!({"found": 0, "rate": 0}), true),
            (json!({"found": 0, "rate": 2.5}), false),
            (json!({"found": 1}), false),
            (json!({"found": null}), false),
            (json!({}), false),
        ] {
            assert_eq!(values(sent.clone()).is_zero(&fields()), zero, "{sent}");
        }
        assert!(!values(json!({})).is_zero(&[field("remarks", FieldKind::Text)]));
    }

    #[test]
    fn every_value_that_its_field_does_not_take_is_a_fault() {
        let sent = json!({"found": -1, "rate": 101, "remarks": 5, "other": 1});
        let mut faults = Faults::default();
        values(sent).check(&fields(), &mut faults);
        let found: Vec<_> = faults.list.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        assert_eq!(
            found,
            [
                ("/values/found", "out_of_range"),
                ("/values/other", "unknown_field"),
                ("/values/rate", "out_of_range"),
                ("/values/remarks", "wrong_type")
            ]
        );
        let mut none = Faults::default();
        values(json!({"found": 3.0, "rate": 99.5, "remarks": null})).check(&fields(), &mut none);
        assert!(none.is_empty(), "{none:?}");
    }

    #[test]
    fn numbers_that_were_typed_are_read() {
        let typed = json!({"found": " 12 ", "rate": "12,5 %", "remarks": "12"});
        let read = values(typed).read_numbers(&fields());
        assert_eq!(read, values(json!({"found": 12, "rate": 12.5, "remarks": "12"})));
        for unread in ["doce", "1.000", "12,000", "1e3"] {
            assert_eq!(values(json!({"found": unread})).read_numbers(&fields()), values(json!({"found": unread})));
        }
    }

    #[test]
    fn the_column_holds_the_known_values_alone() {
        let sent = values(json!({"found": 0, "rate": null, "remarks": "Sin casos"}));
        assert_eq!(sent.stored(), r#"{"found":0,"remarks":"Sin casos"}"#);
        assert_eq!(FieldValues::of_stored(&sent.stored()).completed(&fields()), sent);
    }
}
