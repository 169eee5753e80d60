//! Sessions: who sees and writes them, agenda, attendance with quorum, minutes, papers.

use serde_json::{Value, json};

use crate::support::World;

mod attendance;
mod minutes;
mod papers;
mod sessions;

/// An ordinary session of these commissions on 22 August 2023.
fn session(commissions: &[&str]) -> Value {
    json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión ordinaria", "held": "2023-08-22"})
}

/// The session, entered by an admin; its path.
fn held(world: &World, body: &Value) -> String {
    format!("/meetings/{}", world.admin().post("/meetings", body.clone()).expect(201).id())
}

/// A body with some fields changed.
fn with(mut body: Value, changes: Value) -> Value {
    let fields = body.as_object_mut().unwrap();
    fields.extend(changes.as_object().unwrap().clone());
    body
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}
