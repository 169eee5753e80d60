//! Random sequences of actions on a commitment through the API: at every step its status follows from its assignments,
//! and the state computed from the history is the present state.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::support::{Kind, World};

/// Computes the status by the specification, from the JSON of the assignments.
fn expected(commitment: &Value) -> &'static str {
    let parts = commitment["assignments"].as_array().unwrap();
    let live: Vec<_> = parts.iter().filter(|part| part["status"] != "cancelled").collect();
    let accepted = live.iter().filter(|part| part["verification"] == "accepted").count();
    let possible = live.iter().filter(|part| part["status"] != "not_achieved").count();
    let needed = match &commitment["completion_rule"] {
        Value::String(word) if word == "any" => 1.min(live.len()),
        Value::Object(rule) => (rule["at_least"].as_u64().unwrap() as usize).min(live.len()),
        _ => live.len(),
    };
    if live.is_empty() {
        "cancelled"
    } else if accepted >= needed {
        "completed"
    } else if possible < needed {
        "not_achieved"
    } else if live.iter().any(|part| part["status"] != "planned") {
        "in_progress"
    } else {
        "planned"
    }
}

#[test]
fn whatever_is_done_the_status_follows_from_the_assignments() {
    let world = World::new(Kind::Sqlite);
    let s = Fixture::new(&world);
    let rules = [json!("all"), json!("any"), json!({"at_least": 1}), json!({"at_least": 7})];
    let steps = prop::collection::vec((0..2_usize, 0..8_u8), 1..14);
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let sitting = json!({"commission_ids": [s.commission], "kind": "ordinary", "title": "Hoy", "held": "2023-09-02"});
    let sitting = format!("/meetings/{}/follow-up", s.secretary.post("/meetings", sitting).expect(201).id());
    let run = |(rule, steps): (Value, Vec<(usize, u8)>)| {
        let made = s.commitment(json!({"completion_rule": rule, "due": "2023-12", "assignments": [{"institution_id": s.mtpe}, {"institution_id": s.minsal}]})).json;
        let place = format!("/commitments/{}", made["id"].as_str().unwrap());
        let mut last = [String::new(), String::new()];
        for (n, act) in steps {
            let part = path(&made, n);
            let on_behalf =
                |status: &str| json!({"status": status, "on_behalf": true, "evidence": [{"title": "Acta"}]});
            let answer = match act {
                0 | 1 => s.report(&s.secretary, &part, on_behalf("completed")),
                2 => s.report(&s.secretary, &part, on_behalf("in_progress")),
                3 => s.report(&s.secretary, &part, on_behalf("not_achieved")),
                4 => s.secretary.post(&format!("{part}/cancellation"), json!({"reason": "x"})),
                5 => s.secretary.post(&format!("{part}/reopening"), json!({"reason": "x"})),
                6 => world.admin().put(&format!("/updates/{}/review", last[n]), json!({"outcome": "accepted"})),
                _ => world
                    .admin()
                    .put(&format!("/updates/{}/review", last[n]), json!({"outcome": "returned", "comment": "x"})),
            };
            prop_assert!([200, 201, 404, 409].contains(&answer.status), "{}", answer.text);
            if act <= 3 && answer.status == 201 {
                last[n] = answer.id();
            }
            let now = s.secretary.get(&place).json;
            prop_assert_eq!(&now["status"], expected(&now));
            let listed = s.secretary.get(&format!("/commitments?limit=200&status={}", now["status"].as_str().unwrap()));
            prop_assert!(listed.items().contains(&now), "what is stored is what is derived");
        }
        let now = s.secretary.get(&place).json;
        let sheet = s.secretary.get(&sitting).expect(200).json;
        let shown = sheet["items"].as_array().unwrap().iter().find(|item| item["commitment_id"] == now["id"]).unwrap();
        for field in ["status", "fulfilled", "due_to", "overdue"] {
            prop_assert_eq!(&shown[field], &now[field], "{}", field);
        }
        for (shown, now) in shown["assignments"].as_array().unwrap().iter().zip(now["assignments"].as_array().unwrap())
        {
            for field in ["id", "status", "verification", "percent", "due_to", "overdue"] {
                prop_assert_eq!(&shown[field], &now[field], "{}", field);
            }
        }
        Ok(())
    };
    runner.run(&(prop::sample::select(rules.to_vec()), steps), run).unwrap();
}
