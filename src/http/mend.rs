//! What cannot be read of a body gets a stand-in, so that the rules are checked on the rest and one answer tells all.
//!
//! The reader says at each place what it wants there (a date, one of these words); that is put there, and nothing is
//! said of those places any more. A rule that looks at several fields must not blame one for what stands in another:
//! what it finds counts only when it finds it whatever stands there.

use deserr::Deserr;
use serde_json::{Value, json};

use super::body::Input;
use crate::error::{Fault, Faults};

/// How often the reader is asked what else it wants: a missing object is asked for field by field.
const ROUNDS: usize = 20;

/// How many stand-ins are tried for each place; after them, none.
const VARIANTS: usize = 6;

/// A body with more faults than this is told those alone.
const MOST: usize = 1000;

/// The maximum weight of a body for which further faults are searched. A heavier body gets only the faults found on
/// reading it, because each stand-in costs a copy of the body.
const HEAVIEST: usize = 128 * 1024;

/// The body with stand-ins, and the rules that it breaks all the same. None when the reader is not to be satisfied.
pub(super) fn mend<T: Input>(value: &Value, found: &Faults) -> Option<(T, Faults)> {
    if found.list.len() > MOST || weight(value) > HEAVIEST {
        return None;
    }
    let unread = found.list.iter().filter(|fault| fault.code != "unknown_field");
    let unread = Faults { unread: unread.map(|fault| fault.pointer.clone()).collect(), ..Faults::default() };
    let judged = |variant| {
        let input: T = with_stand_ins(value.clone(), found.clone(), variant)?;
        let mut faults = unread.clone();
        input.check(&mut faults);
        Some((input, faults))
    };
    let (input, mut broken) = judged(0)?;
    for variant in 1..=VARIANTS {
        if broken.is_empty() || unread.unread.is_empty() {
            break;
        }
        let (_, also) = judged(variant)?;
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

fn with_stand_ins<T: Deserr<Faults>>(mut value: Value, mut found: Faults, variant: usize) -> Option<T> {
    let mut count: u128 = 0;
    for round in 0..ROUNDS {
        for fault in &found.list {
            count += 1;
            settle(&mut value, fault, (variant, round, count))?;
        }
        match deserr::deserialize(value.clone()) {
            Ok(input) => return Some(input),
            Err(more) => found = more,
        }
    }
    None
}

/// Removes a field that does not exist; puts a stand-in at any other place, or nothing in the last variant.
fn settle(value: &mut Value, fault: &Fault, turn: (usize, usize, u128)) -> Option<()> {
    let (above, name) = fault.pointer.rsplit_once('/')?;
    let left_out = turn.0 == VARIANTS && turn.1 == 0 && fault.code != "required";
    match value.pointer_mut(above)? {
        Value::Object(fields) => {
            let name = name.replace("~1", "/").replace("~0", "~");
            if left_out || fault.code == "unknown_field" {
                fields.remove(&name)?;
            } else {
                fields.insert(name, stand_in(fault, turn)?);
            }
        }
        Value::Array(items) => *items.get_mut(name.parse::<usize>().ok()?)? = stand_in(fault, turn)?,
        _ => return None,
    }
    Some(())
}

/// Something that the reader takes at the place of the fault, or at least says more about; early for some variants and
/// late for others. No two ids and no two texts are alike.
fn stand_in(fault: &Fault, (variant, round, count): (usize, usize, u128)) -> Option<Value> {
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
