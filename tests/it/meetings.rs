//! Meetings: access, agenda, attendance with quorum, minutes, attached documents.

use serde_json::{Value, json};

use crate::support::World;

mod attendance;
mod documents;
mod joint;
mod minutes;
mod record;
mod replies;

/// Returns the body of an ordinary meeting of these commissions on 22 August 2023.
fn meeting(commissions: &[&str]) -> Value {
    json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión ordinaria", "held": "2023-08-22"})
}

/// Creates the meeting as an admin; returns its path.
fn create(world: &World, body: &Value) -> String {
    format!("/meetings/{}", world.admin().post("/meetings", body.clone()).expect(201).id())
}

/// Returns the body with some fields changed.
fn with(mut body: Value, changes: Value) -> Value {
    let fields = body.as_object_mut().unwrap();
    fields.extend(changes.as_object().unwrap().clone());
    body
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}
