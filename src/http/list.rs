//! A body that is a whole list, such as an agenda.

use deserr::{Deserr, IntoValue, Sequence, Value, ValuePointerRef};
use serde::Serialize;

use super::body::Input;
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
    const REFERS: bool = T::REFERS;

    fn check(&self, faults: &mut Faults) {
        self.0.check(faults);
    }
}
