//! Checks that one answer reports all faults of a body: unreadable fields, broken rules, unknown references.

use serde_json::{Map, Value, json};

use crate::access_matrix::{SoundCall, sound_calls};
use crate::on_both;
use crate::schemas::{body_schema, document, fields, refers, resolve, takes};
use crate::support::{Answer, Person, World};

const NOWHERE: &str = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";

fn faults(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut list: Vec<_> = list.iter().map(|(at, code)| ((*at).to_owned(), (*code).to_owned())).collect();
    list.sort();
    list
}

/// A call with a body, and the description of its fields.
struct Form {
    call: SoundCall,
    is_list: bool,
    sound: Map<String, Value>,
    fields: Map<String, Value>,
}

fn forms(world: &World, document: &Value) -> Vec<Form> {
    let calls = sound_calls(world).into_iter().filter(|call| call.route != "/api/v1/imports");
    calls
        .filter_map(|mut call| {
            let body = call.body.take()?;
            let operation = &document["paths"][call.route][call.method.to_lowercase()];
            let schema = body_schema(document, operation)?;
            let is_list = schema["type"] == "array";
            let (schema, body) = if is_list { (&schema["items"], &body[0]) } else { (&schema, &body) };
            Some(Form { is_list, sound: body.as_object()?.clone(), fields: fields(document, schema), call })
        })
        .collect()
}

impl Form {
    fn send(&self, person: &Person<'_>, changes: &Map<String, Value>) -> Answer {
        let mut body = self.sound.clone();
        body.extend(changes.clone());
        let body = if self.is_list { json!([body]) } else { Value::Object(body) };
        person.call(self.call.method, &self.call.path, Some(body.to_string().into_bytes()))
    }

    fn at(&self, field: &str) -> String {
        if self.is_list { format!("/0/{field}") } else { format!("/{field}") }
    }

    /// Returns its texts, each one character too long.
    fn long_texts(&self, document: &Value) -> Map<String, Value> {
        let mut texts = Map::new();
        for (name, field) in &self.fields {
            let field = resolve(document, field);
            let text = field["type"] == "string" || field["type"] == json!(["string", "null"]);
            if let Some(most) = field["maxLength"].as_u64().filter(|most| text && (10..50_000).contains(most)) {
                texts.insert(name.clone(), json!("x".repeat(usize::try_from(most).unwrap() + 1)));
            }
        }
        texts
    }

    /// Compares the faults of an answer with the `wanted` fields, and notes missing and additional ones.
    fn compare(&self, wanted: &[&String], answer: &Answer, broken: &mut Vec<String>) {
        let reported = answer.faults();
        let is_of = |at: &str, name: &str| at == self.at(name) || at.starts_with(&format!("{}/", self.at(name)));
        let missing: Vec<_> = wanted.iter().filter(|name| !reported.iter().any(|(at, _)| is_of(at, name))).collect();
        let exclusive = ["one_of", "at_most_one_of", "not_together"];
        let other: Vec<_> = reported
            .iter()
            .filter(|(at, code)| !wanted.iter().any(|name| is_of(at, name)) && !exclusive.contains(&code.as_str()))
            .collect();
        if answer.status != 422 || !missing.is_empty() || !other.is_empty() {
            let call = format!("{} {} with {wanted:?}", self.call.method, self.call.route);
            broken.push(format!("{call}: {}, missing {missing:?}, additional {other:?}", answer.status));
        }
    }
}

#[track_caller]
fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "{} answers:\n{}", broken.len(), broken.join("\n"));
}

on_both! {
    fn an_unknown_field_is_refused_even_when_it_is_null(world) {
        let (admin, document) = (world.admin(), document());
        let mut broken = Vec::new();
        for form in forms(world, document) {
            let changes = Map::from_iter([("not_a_field".to_owned(), Value::Null)]);
            let wanted = "not_a_field".to_owned();
            form.compare(&[&wanted], &form.send(&admin, &changes), &mut broken);
        }
        none(broken);
    }
}

on_both! {
    fn an_unreadable_field_hides_no_fault_of_another_and_adds_none(world) {
        let (admin, document) = (world.admin(), document());
        let (mut broken, mut tried) = (Vec::new(), 0);
        for form in forms(world, document) {
            let texts = form.long_texts(document);
            for (name, field) in &form.fields {
                let wrong = if takes(document, field, "object") { json!("text") } else { json!({"a": 1}) };
                let mut changes = texts.clone();
                changes.insert(name.clone(), wrong);
                let wanted: Vec<&String> = changes.keys().collect();
                form.compare(&wanted, &form.send(&admin, &changes), &mut broken);
                tried += 1;
            }
        }
        assert!(tried > 200, "{tried}");
        none(broken);
    }
}

on_both! {
    fn a_missing_field_hides_no_fault_of_another_and_adds_none(world) {
        let (admin, document) = (world.admin(), document());
        let (mut broken, mut tried) = (Vec::new(), 0);
        for mut form in forms(world, document).into_iter().filter(|form| form.call.method == "POST") {
            let schema = body_schema(document, &document["paths"][form.call.route]["post"]).unwrap();
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let texts = form.long_texts(document);
            for name in required.iter().map(|name| name.as_str().unwrap().to_owned()) {
                let mut changes = texts.clone();
                changes.remove(&name);
                let kept = form.sound.remove(&name);
                let wanted: Vec<&String> = changes.keys().chain([&name]).collect();
                form.compare(&wanted, &form.send(&admin, &changes), &mut broken);
                form.sound.extend(kept.map(|kept| (name.clone(), kept)));
                tried += 1;
            }
        }
        assert!(tried > 40, "{tried}");
        none(broken);
    }
}

on_both! {
    fn an_unknown_reference_is_told_with_the_other_faults(world) {
        let (admin, document) = (world.admin(), document());
        let (mut broken, mut tried) = (Vec::new(), 0);
        for form in forms(world, document) {
            let mut changes = form.long_texts(document);
            changes.insert("no_such_field".into(), json!(1));
            for (name, field) in form.fields.iter().filter(|(_, field)| refers(document, field)) {
                let list = takes(document, field, "array");
                let mut changes = changes.clone();
                changes.insert(name.clone(), if list { json!([NOWHERE]) } else { json!(NOWHERE) });
                let wanted: Vec<&String> = changes.keys().collect();
                form.compare(&wanted, &form.send(&admin, &changes), &mut broken);
                tried += 1;
            }
        }
        assert!(tried > 40, "{tried}");
        none(broken);
    }
}

on_both! {
    fn a_session_with_many_faults_is_told_all_of_them(world) {
        let body = json!({
            "commission_ids": ["x"], "kind": "party", "title": 7, "held": "2023-13", "url": "ftp://x", "ordinal": 0,
            "place": " ", "bogus": 1,
        });
        let answer = world.admin().post("/meetings", body).expect(422);
        let told = faults(&[
            ("/bogus", "unknown_field"), ("/commission_ids/0", "invalid_id"), ("/held", "invalid_partial_date"),
            ("/kind", "not_a_choice"), ("/ordinal", "out_of_range"), ("/place", "blank"), ("/title", "wrong_type"),
            ("/url", "invalid_url"),
        ]);
        assert_eq!(answer.faults(), told);
    }
}

on_both! {
    fn one_bad_entry_of_a_list_leaves_the_others_to_be_checked(world) {
        let commission = world.commission("CL", "CETI");
        let institution = world.institution("Ministerio");
        let body = json!({"commission_ids": [commission], "text": "Capacitar", "assignments": [
            {"institution_id": 7},
            {"institution_id": institution, "target": {"quantity": -1, "unit": " "}},
            {"role": "boss", "target": {"quantity": 1}},
            {"institution_id": institution},
            {"institution_id": NOWHERE},
        ]});
        let answer = world.admin().post("/commitments", body).expect(422);
        let told = faults(&[
            ("/assignments/0/institution_id", "wrong_type"),
            ("/assignments/1/target/quantity", "out_of_range"),
            ("/assignments/1/target/unit", "blank"),
            ("/assignments/2/institution_id", "required"),
            ("/assignments/2/role", "not_a_choice"),
            ("/assignments/2/target/unit", "required"),
            ("/assignments/3/institution_id", "duplicate"),
            ("/assignments/4/institution_id", "unknown_reference"),
        ]);
        assert_eq!(answer.faults(), told);
    }
}

on_both! {
    fn a_rule_between_fields_is_silent_where_one_of_them_cannot_be_read(world) {
        let admin = world.admin();
        let commission = world.commission("CL", "CETI");
        let grants = json!([{"country_code": "CL"}, {"role": "chief", "commission_id": commission}]);
        let answer = admin.post("/users", json!({"email": "a@example.org", "name": " ", "grants": grants})).expect(422);
        let told = faults(&[("/grants/0/role", "required"), ("/grants/1/role", "not_a_choice"), ("/name", "blank")]);
        assert_eq!(answer.faults(), told);
        let period = json!({"country_code": "CL", "kind": "workshop", "title": " ", "starts": "2023-99", "ends": "2023-01"});
        let answer = admin.post("/activities", period).expect(422);
        assert_eq!(answer.faults(), faults(&[("/starts", "invalid_partial_date"), ("/title", "blank")]));
    }
}

on_both! {
    fn who_may_not_write_learns_nothing_of_references(world) {
        let commission = world.commission("CL", "CETI");
        let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": " ", "held": "2023"});
        let answer = world.observer(&commission).post("/meetings", body).expect(422);
        assert_eq!(answer.faults(), faults(&[("/title", "blank")]));
    }
}

on_both! {
    fn a_faulty_body_changes_nothing(world) {
        let admin = world.admin();
        let commission = world.commission("CL", "CETI");
        let before = admin.get("/audit-log").items().len();
        let body = json!({"commission_ids": [commission], "text": " ", "due_text": "x".repeat(501)});
        admin.post("/commitments", body).expect(422);
        assert_eq!(admin.get("/commitments").items().len(), 0);
        assert_eq!(admin.get("/audit-log").items().len(), before);
    }
}

on_both! {
    fn what_was_expected_is_said_in_the_readers_language(world) {
        let admin = world.admin();
        let body = json!({"name": 7, "sector": "government", "aliases": "x", "bogus": true});
        let told = |person: &Person<'_>, at: &str| {
            let answer = person.post("/institutions", body.clone()).expect(422);
            let fault = answer.json["errors"].as_array().unwrap().iter().find(|fault| fault["pointer"] == at).cloned();
            fault.unwrap()["detail"].as_str().unwrap().to_owned()
        };
        assert_eq!(told(&admin, "/name"), "Se espera un texto.");
        assert_eq!(told(&admin, "/aliases"), "Se espera una lista.");
        assert_eq!(told(&admin.with("accept-language", "en"), "/name"), "Expected a text.");
    }
}

on_both! {
    fn a_repeated_key_compares_what_is_said_and_not_how_it_is_written(world) {
        let admin = world.admin().with("idempotency-key", "one");
        let send = |text: &str| admin.call("POST", "/institutions", Some(text.as_bytes().to_vec()));
        let first = send(r#"{"name": "Trabajo", "sector": "government"}"#).expect(201).id();
        assert_eq!(send("{\n  \"sector\":\"government\",\"name\":\"Tr\\u0061bajo\" }").expect(201).id(), first);
        assert_eq!(send(r#"{"name": "Salud", "sector": "government"}"#).expect(422).code(), "idempotency_key_reused");
    }
}
