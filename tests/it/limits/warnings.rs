//! Warnings about personal data in texts that are stored, and in no others.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::Answer;

const RUT: &str = "12.345.678-5";

/// Returns the places of the warnings of an answer.
fn warned(answer: &Answer) -> Vec<String> {
    let list: Value = serde_json::from_str(answer.header("x-articula-warnings").unwrap_or("[]")).unwrap();
    list.as_array().unwrap().iter().map(|warning| warning["pointer"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn texts_are_examined_when_they_are_stored(world) {
        let admin = world.admin();
        let body = |name: &str| json!({"name": name, "sector": "government"});
        let made = admin.post("/institutions", body(&format!("Oficina {RUT}"))).expect(201);
        assert_eq!(warned(&made), ["/name"]);
        let path = format!("/institutions/{}", made.id());
        let changed = admin.patch(&path, json!({"territory": format!("Casa de {RUT}")})).expect(200);
        assert_eq!(warned(&changed), ["/territory"], "only the fields that were sent");
        let refused = admin.post("/institutions", json!({"name": "Una", "sector": "government", "rut": RUT})).expect(422);
        assert!(warned(&refused).is_empty());
    }
}

on_both! {
    fn texts_sent_under_auth_are_not_examined(world) {
        let answer = world.nobody().post("/auth/logout", json!({"refresh_token": RUT})).expect(204);
        assert!(warned(&answer).is_empty());
    }
}
