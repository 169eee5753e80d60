//! Meetings: access, agenda, attendance with quorum, attached documents.

use serde_json::{Value, json};

use crate::support::World;

mod attendance;
mod documents;
mod joint;
mod record;
mod replies;

/// Returns the body of an ordinary meeting of these commissions on 22 August 2023.
pub(crate) fn meeting(commissions: &[&str]) -> Value {
    json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión ordinaria", "held": "2023-08-22"})
}

/// Creates the meeting as an admin; returns its path.
pub(crate) fn create(world: &World, body: &Value) -> String {
    format!("/meetings/{}", world.admin().post("/meetings", body.clone()).expect(201).id())
}

/// Returns the body with some fields changed.
pub(crate) fn with(mut body: Value, changes: Value) -> Value {
    let fields = body.as_object_mut().unwrap();
    fields.extend(changes.as_object().unwrap().clone());
    body
}

pub(crate) fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}
