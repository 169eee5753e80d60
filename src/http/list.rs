//! A body that is a whole list, such as an agenda.

use deserr::{Deserr, IntoValue, Sequence, Value, ValuePointerRef};
use serde::Serialize;

use super::body::{Input, check_the_rest};
use crate::error::{Faults, Result};

/// A list of at most `MAX` entries; a longer one is refused before its entries are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T, const MAX: usize>(pub Vec<T>);

impl<T: Deserr<Faults>, const MAX: usize> Deserr<Faults> for List<T, MAX> {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        if let Value::Sequence(list) = &value
            && list.len() > MAX
        {
            let mut faults = Faults::default();
            faults.items("", list.len(), MAX);
            return Err(faults);
        }
        Vec::deserialize_from_value(value, at).map(Self)
    }
}

impl<T: Input, const MAX: usize> Input for List<T, MAX> {
    fn check(&self, faults: &mut Faults) {
        self.0.check(faults);
    }

    fn check_rest(value: serde_json::Value, found: &Faults, faults: &mut Faults) {
        let serde_json::Value::Array(items) = value else { return };
        if items.len() > MAX {
            return;
        }
        for (n, item) in IntoIterator::into_iter(items).enumerate() {
            let prefix = format!("/{n}/");
            let mut own = Faults::default();
            for fault in found.list.iter().filter(|fault| fault.pointer.starts_with(&prefix)) {
                own.add(fault.pointer.replacen(&prefix, "/", 1), fault.code);
            }
            let mut more = Faults::default();
            check_the_rest::<T>(item, &own, &mut more);
            for fault in more.list {
                faults.add_with(format!("/{n}{}", fault.pointer), fault.code, fault.args);
            }
        }
    }
}
