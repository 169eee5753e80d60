//! Reads JSON with limits on its size, its nesting and the number of its values.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::error::{Code, Error, Result};

/// The maximum number of values in a document; a value takes up to 650 bytes of memory.
const MOST_VALUES: usize = 2_000_000;

/// The size up to which a document cannot have too many values.
const SHORT: usize = 2 * 1024 * 1024;

/// Reads a JSON document; 413 when it has too many values. The parser itself refuses more than 128 levels.
pub fn read(raw: &[u8]) -> Result<Value> {
    read_at_most(raw, MOST_VALUES)
}

fn read_at_most(raw: &[u8], most: usize) -> Result<Value> {
    let text = std::str::from_utf8(raw).map_err(malformed)?;
    if text.len() > SHORT.min(most) {
        count(text, most)?;
    }
    serde_json::from_str(text).map_err(malformed)
}

fn malformed(cause: impl ToString) -> Error {
    Error::new(Code::Malformed).because(cause)
}

/// Counts the values without keeping them, so that a document is not in memory as a tree before it is known to be
/// small.
fn count(text: &str, most: usize) -> Result<()> {
    let left = Cell::new(most);
    let mut reader = serde_json::Deserializer::from_str(text);
    match (Counter(&left)).deserialize(&mut reader) {
        Ok(()) => Ok(()),
        Err(_) if left.get() == 0 => Err(Code::TooLarge.into()),
        Err(error) => Err(malformed(error)),
    }
}

/// Takes one from the remaining number for each value, and fails when nothing is left.
struct Counter<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Counter<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        let left = self.0.get().checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        self.0.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Counter<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<(), A::Error> {
        while let Some(()) = items.next_element_seed(Counter(self.0))? {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> std::result::Result<(), A::Error> {
        while let Some(IgnoredAny) = fields.next_key()? {
            fields.next_value_seed(Counter(self.0))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_counts_and_one_too_many_is_too_large() {
        for text in ["[1, 2, [], {}, null, true]", r#"{"a": [1.5, "x"], "b": {"c": -1, "d": null}}"#] {
            assert!(count(text, 7).is_ok(), "{text}");
            assert_eq!(count(text, 6).unwrap_err().code, Code::TooLarge, "{text}");
            assert_eq!(read_at_most(text.as_bytes(), 6).unwrap_err().code, Code::TooLarge, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_malformed_however_long() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for text in ["[1, 2", "{", &deep] {
            assert_eq!(read_at_most(text.as_bytes(), 1000).unwrap_err().code, Code::Malformed, "{text}");
            assert_eq!(read(text.as_bytes()).unwrap_err().code, Code::Malformed, "{text}");
        }
        assert_eq!(read(&[0xff]).unwrap_err().code, Code::Malformed);
    }

    #[test]
    fn two_million_empty_objects_are_refused_and_fewer_are_read() {
        let text = format!("[{}{{}}]", "{},".repeat(MOST_VALUES));
        assert_eq!(read(text.as_bytes()).unwrap_err().code, Code::TooLarge);
        let text = format!("[{}1]", "1,".repeat(MOST_VALUES / 2));
        assert!(read(text.as_bytes()).is_ok());
    }
}
