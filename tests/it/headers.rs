//! `If-Match` and `Idempotency-Key` keep their promise at every call that takes them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::access_matrix::{SoundCall, sound_calls};
use crate::on_both;
use crate::schemas::document;
use crate::support::{Answer, Person, World};

/// Calls that take files, which have tests of their own.
const FILES: [&str; 2] = ["POST /api/v1/files", "POST /api/v1/imports"];

fn name(call: &SoundCall) -> String {
    format!("{} {}", call.method, call.route)
}

/// The calls whose description lists this header.
fn taking(header: &str) -> BTreeSet<String> {
    let document = document();
    let paths = document["paths"].as_object().unwrap().iter();
    let calls = paths.flat_map(|(path, item)| {
        ["post", "put", "patch", "delete"].map(|method| (format!("{} {path}", method.to_uppercase()), &item[method]))
    });
    let takes = |operation: &Value| {
        operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == header))
    };
    calls.filter(|(_, operation)| takes(operation)).map(|(name, _)| name).collect()
}

/// A call in order for each that takes the header; all of them are tried.
fn calls_with(world: &World, header: &str) -> Vec<SoundCall> {
    let mut wanted = taking(header);
    wanted.retain(|name| !FILES.contains(&name.as_str()));
    let calls: Vec<_> = sound_calls(world).into_iter().filter(|call| wanted.contains(&name(call))).collect();
    let tried: BTreeSet<_> = calls.iter().map(name).collect();
    let missing: Vec<_> = wanted.difference(&tried).collect();
    assert!(missing.is_empty() && calls.len() > 10, "not tried: {missing:?}");
    calls
}

fn send(person: &Person<'_>, call: &SoundCall, body: Option<&Value>) -> Answer {
    person.call(call.method, &call.path, body.map(|body| body.to_string().into_bytes()))
}

on_both! {
    fn what_has_changed_since_it_was_read_is_not_written_over(world) {
        let admin = world.admin();
        let mut broken = Vec::new();
        for call in calls_with(world, "If-Match") {
            let stale = send(&admin.with("if-match", "\"000000000000000000000000\""), &call, call.body.as_ref());
            if (stale.status, stale.code()) != (412, "precondition_failed") {
                broken.push(format!("{}, stale: {} {}", name(&call), stale.status, stale.text));
            }
            let shown = admin.get(&call.path);
            let Some(etag) = shown.header("etag") else { continue };
            let fresh = send(&admin.with("if-match", etag), &call, call.body.as_ref());
            if fresh.status >= 300 {
                broken.push(format!("{}, fresh: {} {}", name(&call), fresh.status, fresh.text));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

/// The same body with another text or day in one field.
fn otherwise(body: &Value) -> Value {
    let texts = ["name", "title", "text", "narrative", "reason", "source", "basis", "when_text"];
    let field = texts.into_iter().find(|field| body[*field].is_string());
    let (field, value) = match field {
        Some(field) => (field, json!("Otra cosa")),
        None if body["period_to"].is_string() => ("period_to", json!("2023-11-30")),
        None if body["role"].is_string() => ("role", json!("observer")),
        None if body["institution_id"].is_string() => ("due", json!("2024-01")),
        None => ("since", json!("2020")),
    };
    let mut body = body.clone();
    body[field] = value;
    body
}

on_both! {
    fn a_repeated_post_makes_nothing_twice(world) {
        let admin = world.admin();
        let mut broken = Vec::new();
        for call in calls_with(world, "Idempotency-Key") {
            let keyed = admin.with("idempotency-key", &name(&call));
            let first = send(&keyed, &call, call.body.as_ref());
            let again = send(&keyed, &call, call.body.as_ref());
            let told = |answer: &Answer| (answer.status, answer.text.clone(), answer.header("location").map(str::to_owned));
            if first.status != 201 || told(&first) != told(&again) {
                broken.push(format!("{}: {} {}\n  then {} {}", name(&call), first.status, first.text, again.status, again.text));
            }
            let other = send(&keyed, &call, call.body.as_ref().map(otherwise).as_ref());
            if (other.status, other.code()) != (422, "idempotency_key_reused") {
                broken.push(format!("{}, another body: {} {}", name(&call), other.status, other.text));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
