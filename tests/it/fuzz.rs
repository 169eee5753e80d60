//! Sends random bodies, both valid and invalid by the OpenAPI document: no input gives a 5xx.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::access_matrix::{SoundCall, sound_calls};
use crate::on_both;
use crate::schemas::{body_schema, document, fields, resolve};

/// The number of bodies that are sent to each database.
const CASES: u32 = 500;

/// Random numbers, then zeros, so that a failing case shrinks to a small body.
struct Dice<'b> {
    bytes: std::slice::Iter<'b, u8>,
}

impl Dice<'_> {
    fn up_to(&mut self, most: usize) -> usize {
        usize::from(*self.bytes.next().unwrap_or(&0)) % (most + 1)
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.up_to(list.len() - 1)]
    }
}

fn strange(dice: &mut Dice<'_>) -> Value {
    let huge: Value = serde_json::from_str("123456789012345678901234567890").unwrap();
    let list = [
        json!(null),
        json!(true),
        json!(-1),
        json!(101),
        json!(2_147_483_648_i64),
        huge,
        json!(1e308),
        json!(0.1),
        json!(""),
        json!("\u{0}"),
        json!("x".repeat(600)),
        json!("2023-02-30"),
        json!("2200-12-31"),
        json!("cl"),
        json!("🦀"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"": 1}),
        json!("{0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e}"),
    ];
    dice.pick(&list).clone()
}

fn text(schema: &Value, ids: &[String], dice: &mut Dice<'_>) -> Value {
    if let Some(choices) = schema["enum"].as_array() {
        return dice.pick(choices).clone();
    }
    match schema["format"].as_str() {
        Some("uuid") => json!(dice.pick(ids)),
        Some("date") => json!(dice.pick(&["2023-08-01", "1900-01-01", "2200-12-31", "2024-02-29"])),
        Some("date-time") => json!(dice.pick(&["2023-08-22T14:00:00Z", "1900-01-01T00:00:00-05:00"])),
        _ => match schema["examples"].as_array().filter(|list| !list.is_empty()) {
            Some(examples) if dice.up_to(3) > 0 => dice.pick(examples).clone(),
            _ => json!(dice.pick(&[
                "Ñandú",
                "2023-Q2",
                "CL",
                "PE",
                "UTC",
                "1/2",
                "a@example.org",
                "https://example.org/a"
            ])),
        },
    }
}

fn value(document: &Value, schema: &Value, ids: &[String], dice: &mut Dice<'_>) -> Value {
    if dice.up_to(15) == 15 {
        return strange(dice);
    }
    let schema = resolve(document, schema);
    for part in ["oneOf", "anyOf"] {
        if let Some(parts) = schema[part].as_array() {
            return value(document, dice.pick(parts), ids, dice);
        }
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "boolean" => json!(dice.up_to(1) == 1),
        "integer" | "number" => json!(dice.pick(&[0, 1, 7, 30, 100, 1000, -5])),
        "string" => text(schema, ids, dice),
        "array" => (0..dice.up_to(3)).map(|_| value(document, &schema["items"], ids, dice)).collect(),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let mut object = Map::new();
            for (name, field) in fields(document, schema) {
                let wanted = if required.contains(&json!(name)) { dice.up_to(20) < 20 } else { dice.up_to(2) == 0 };
                if wanted {
                    object.insert(name, value(document, &field, ids, dice));
                }
            }
            if dice.up_to(30) == 30 {
                object.insert("no_such".into(), strange(dice));
            }
            object.into()
        }
    }
}

/// Returns the valid body with random fields, or a random body.
fn body(document: &Value, call: &SoundCall, ids: &[String], dice: &mut Dice<'_>) -> Option<Value> {
    let operation = &document["paths"][call.route][call.method.to_lowercase()];
    let schema = body_schema(document, operation)?;
    let random = value(document, &schema, ids, dice);
    match (call.body.clone(), random) {
        (Some(Value::Object(mut sound)), Value::Object(random)) if dice.up_to(3) > 0 => {
            let kept: Vec<_> = random.into_iter().filter(|_| dice.up_to(2) == 0).collect();
            sound.extend(kept);
            Some(sound.into())
        }
        (_, random) => Some(random),
    }
}

on_both! {
    fn no_body_is_answered_by_a_failure_of_the_program(world) {
        let (admin, document) = (world.admin(), document());
        let calls: Vec<_> = sound_calls(world).into_iter().filter(|call| call.body.is_some()).collect();
        let mut ids: Vec<String> = calls.iter().flat_map(|call| call.ids.clone()).collect();
        ids.sort();
        ids.dedup();
        ids.push("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e".into());
        let seen = RefCell::new(std::collections::BTreeMap::<u16, u32>::new());
        let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let case = (0..calls.len(), proptest::collection::vec(any::<u8>(), 300));
        let result = runner.run(&case, |(n, bytes)| {
            let call = &calls[n];
            let mut dice = Dice { bytes: bytes.iter() };
            let Some(body) = body(document, call, &ids, &mut dice) else { return Ok(()) };
            let answer = admin.call(call.method, &call.path, Some(body.to_string().into_bytes()));
            *seen.borrow_mut().entry(answer.status).or_default() += 1;
            prop_assert!(answer.status < 500, "{} {} {body}: {} {}", call.method, call.path, answer.status, answer.text);
            Ok(())
        });
        result.unwrap_or_else(|failure| panic!("{failure}"));
        let seen = seen.into_inner();
        let done: u32 = seen.iter().filter(|(status, _)| **status < 300).map(|(_, count)| count).sum();
        assert!(done > CASES / 20, "the bodies are too wild to visibility the database: {seen:?}");
    }
}
