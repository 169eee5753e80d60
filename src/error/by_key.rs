//! Objects of a body whose keys are data, such as the texts of a form by question.

use std::collections::BTreeMap;
use std::ops::Deref;

use deserr::{
    DeserializeError, Deserr, ErrorKind, IntoValue, Map, MergeWithError, Value, ValueKind, ValuePointerRef,
    take_cf_content,
};
use serde::{Deserialize, Serialize};

use super::Faults;

/// Values of one type by key. It states the faults of all its values, which the maps of `deserr` 0.6 leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByKey<T>(pub BTreeMap<String, T>);

impl<T> Default for ByKey<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Deref for ByKey<T> {
    type Target = BTreeMap<String, T>;

    fn deref(&self) -> &BTreeMap<String, T> {
        &self.0
    }
}

impl<T: Deserr<Faults>> Deserr<Faults> for ByKey<T> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        let Value::Map(map) = value else {
            let kind = ErrorKind::IncorrectValueKind { actual: value, accepted: &[ValueKind::Map] };
            return Err(take_cf_content(Faults::error::<V>(None, kind, at)));
        };
        let (mut values, mut faults) = (BTreeMap::new(), None);
        for (key, value) in map.into_iter() {
            match T::deserialize_from_value(value.into_value(), at.push_key(&key)) {
                Ok(value) => drop(values.insert(key, value)),
                Err(found) => faults = Some(take_cf_content(Faults::merge(faults, found, at))),
            }
        }
        faults.map_or(Ok(Self(values)), Err)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    type Texts = ByKey<ByKey<String>>;

    #[test]
    fn every_value_of_another_type_is_a_fault_at_its_place() {
        let body = json!({"en": [null, null], "es": {"title": 5, "text": "Seminario"}, "fr": {}});
        let faults = deserr::deserialize::<Texts, _, Faults>(body).unwrap_err();
        let places: Vec<_> = faults.list.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(places, ["/en", "/es/title"]);
    }

    #[test]
    fn values_are_found_by_their_keys() {
        let texts = deserr::deserialize::<Texts, _, Faults>(json!({"es": {"title": "Seminario"}})).unwrap();
        assert_eq!(texts["es"]["title"], "Seminario");
    }
}
