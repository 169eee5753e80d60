//! Warnings about personal data: of what is kept, and of nothing else.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::Answer;

const RUT: &str = "12.345.678-5";

/// The places that an answer warns about.
fn warned(answer: &Answer) -> Vec<String> {
    let list: Value = serde_json::from_str(answer.header("x-articula-warnings").unwrap_or("[]")).unwrap();
    list.as_array().unwrap().iter().map(|warning| warning["pointer"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn what_is_kept_is_looked_through_once_it_is_valid(world) {
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
    fn what_is_sent_under_auth_is_not_looked_through(world) {
        let answer = world.nobody().post("/auth/logout", json!({"refresh_token": RUT})).expect(204);
        assert!(warned(&answer).is_empty());
    }
}
