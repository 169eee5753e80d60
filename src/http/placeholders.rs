//! Replaces unreadable fields of a body by placeholder values, so that one answer reports the faults of all fields.
//!
//! The reader reports for each unreadable field what it expects (a date, one of some words). A placeholder of that kind
//! takes the field's place, and no further fault of that field is reported. A rule that compares several fields could
//! blame one of them for a placeholder in another: a fault counts only when it is found with every placeholder.

use deserr::Deserr;
use serde_json::{Value, json};

use super::input::Input;
use crate::error::{Fault, Faults};

/// The maximum number of times that a body is read: a missing object is filled in field by field.
const ROUNDS: usize = 20;

/// The number of placeholders that are tried for each field; after them, the field is left out.
const VARIANTS: usize = 6;

/// The maximum number of faults for which further ones are searched.
const MOST: usize = 1000;

/// The maximum weight of a body for which further faults are searched. A heavier body gets only the faults found on
/// reading it, because each placeholder costs a copy of the body.
const HEAVIEST: usize = 128 * 1024;

/// Reads the body with placeholders, and returns it with the rules that it breaks regardless of them. None when no
/// placeholders make it readable.
pub(super) fn read_with_placeholders<T: Input>(value: &Value, found: &Faults) -> Option<(T, Faults)> {
    if found.list.len() > MOST || weight(value) > HEAVIEST {
        return None;
    }
    let unread = found.list.iter().filter(|fault| fault.code != "unknown_field");
    let unread = Faults { unread: unread.map(|fault| fault.pointer.clone()).collect(), ..Faults::default() };
    let checked = |variant| {
        let input: T = fill_in(value.clone(), found.clone(), variant)?;
        let mut faults = unread.clone();
        input.check(&mut faults);
        Some((input, faults))
    };
    let (input, mut broken) = checked(0)?;
    for variant in 1..=VARIANTS {
        if broken.is_empty() || unread.unread.is_empty() {
            break;
        }
        let (_, also) = checked(variant)?;
        broken.list.retain(|fault| also.list.iter().any(|a| a.pointer == fault.pointer && a.code == fault.code));
    }
    Some((input, broken))
}

/// Returns the weight of a value: the bytes of its texts, and a fixed number for each value.
fn weight(value: &Value) -> usize {
    16 + match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + weight(value)).sum(),
        _ => 0,
    }
}

fn fill_in<T: Deserr<Faults>>(mut value: Value, mut found: Faults, variant: usize) -> Option<T> {
    let mut count: u128 = 0;
    for round in 0..ROUNDS {
        for fault in &found.list {
            count += 1;
            replace_field(&mut value, fault, (variant, round, count))?;
        }
        match deserr::deserialize(value.clone()) {
            Ok(input) => return Some(input),
            Err(more) => found = more,
        }
    }
    None
}

/// Removes an unknown field; puts a placeholder in place of any other, or leaves it out in the last variant.
fn replace_field(value: &mut Value, fault: &Fault, turn: (usize, usize, u128)) -> Option<()> {
    let (above, name) = fault.pointer.rsplit_once('/')?;
    let left_out = turn.0 == VARIANTS && turn.1 == 0 && fault.code != "required";
    match value.pointer_mut(above)? {
        Value::Object(fields) => {
            let name = name.replace("~1", "/").replace("~0", "~");
            if left_out || fault.code == "unknown_field" {
                fields.remove(&name)?;
            } else {
                fields.insert(name, placeholder(fault, turn)?);
            }
        }
        Value::Array(items) => *items.get_mut(name.parse::<usize>().ok()?)? = placeholder(fault, turn)?,
        _ => return None,
    }
    Some(())
}

/// Returns a value that the reader accepts in the place of the fault, or about which it reports more; early or late by
/// the variant. All ids and all texts differ.
fn placeholder(fault: &Fault, (variant, round, count): (usize, usize, u128)) -> Option<Value> {
    let late = variant % 2 == 1;
    Some(match fault.code {
        "required" => Value::Null,
        "wrong_type" => match fault.arg("expected")?.split('/').next()? {
            "array" => json!([]),
            "object" => json!({}),
            "boolean" => json!(late),
            "integer" | "number" => json!(if late { 1_000_000_000 } else { 0 }),
            _ => json!(format!("#{count}")),
        },
        "not_a_choice" => {
            let allowed: Vec<&str> = fault.arg("allowed")?.split(", ").collect();
            let pick = variant * allowed.len() / VARIANTS + round;
            json!(allowed.get(pick % allowed.len())?)
        }
        "invalid_id" => json!(uuid::Uuid::from_u128(count)),
        "invalid_number" => json!(1),
        "invalid_date" => json!(if late { "2200-12-31" } else { "1900-01-01" }),
        "invalid_partial_date" => json!(if late { "2200" } else { "1900" }),
        "invalid_instant" => json!(if late { "2200-12-31T00:00:00Z" } else { "1900-01-01T00:00:00Z" }),
        "invalid_fraction" => json!("1/1"),
        _ => return None,
    })
}
