//! An export can be imported again: between databases, and between `GET` and `PATCH`.

use serde_json::{Value, json};

use super::whole::{Whole, make};
use super::{first_difference, totals};
use crate::on_both;
use crate::support::{Kind, World};

/// An empty database of each kind.
pub(super) fn empty() -> Vec<World> {
    [Some(Kind::Sqlite), Kind::postgres()].into_iter().flatten().map(World::new).collect()
}

pub(super) fn export(world: &World) -> (String, Value) {
    let out = world.admin().get("/export?country_code=CL").expect(200);
    (out.text, out.json)
}

/// The events with moments and reasons, without the ids that differ between databases.
fn history(world: &World, commitment: &str) -> Vec<Value> {
    let page = world.admin().get(&format!("{commitment}/history?limit=200")).expect(200);
    let told = page.items().iter().filter(|event| event["kind"] != "changed");
    told.map(|event| {
        json!([event["at"], event["kind"], event["data"]["reason"], event["data"]["comment"], event["data"]["outcome"]])
    })
    .collect()
}

/// The state of every commitment on the day of a session.
fn sheet(world: &World) -> Vec<Value> {
    let admin = world.admin();
    let commissions = admin.get("/commissions?q=CETI").expect(200);
    let session = json!({"commission_ids": [commissions.items()[0]["id"]], "kind": "ordinary", "title": "Cuarta", "held": "2023-09-09"});
    let session = admin.post("/meetings", session).expect(201).id();
    let sheet = admin.get(&format!("/meetings/{session}/follow-up")).expect(200);
    let told = sheet.items().iter().map(|item| {
        let parts = item["assignments"].as_array().unwrap().iter();
        let parts: Vec<_> = parts
            .map(|part| json!([part["institution"], part["status"], part["verification"], part["due_to"]]))
            .collect();
        json!([item["code"], item["status"], item["due"], item["due_to"], item["fulfilled"], parts])
    });
    told.collect()
}

on_both! {
    fn a_record_made_over_the_api_comes_back_whole_from_an_empty_database(world) {
        let Whole { session, commitment, .. } = make(world);
        world.at("2023-09-20T12:00:00Z");
        let (text, document) = export(world);
        let told = document["commitments"].as_array().unwrap().iter().find(|one| one["text"] == "Elaborar el protocolo").unwrap();
        let acts: Vec<_> = told["history"].as_array().unwrap().iter().map(|line| line["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["term_corrected", "extension_requested", "extension_decided", "extension_requested", "extension_decided", "reported", "reviewed", "reported", "assigned", "reviewed", "term_corrected", "cancelled", "reopened", "cancelled", "reopened", "extension_requested", "extension_withdrawn", "extension_requested"]);
        let mut minutes = document["meetings"][0]["minutes"].clone();
        let code = minutes.as_object_mut().unwrap().remove("code").unwrap();
        assert!(code.as_str().unwrap().starts_with("ACTA-") && code.as_str().unwrap().ends_with("-2023-3"), "{code}");
        let institution = minutes["comments"][0]["institution"].clone();
        assert_eq!(minutes, json!({"status": "approved", "body": "Se acordó.", "circulated_at": "2023-09-16T12:00:00Z", "approved_at": "2023-09-17T12:00:00Z", "comments": [
            {"institution": institution, "text": "Falta la hora", "created_at": "2023-09-16T12:00:00Z"},
            {"institution": institution, "text": "De acuerdo", "on_behalf": true, "created_at": "2023-09-16T12:00:00Z"},
        ]}));
        let again = world.admin().post("/imports", document.clone()).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        assert_eq!(text, export(world).0, "an import of what stands there changes nothing");
        let there = history(world, &commitment);
        let sheet_there = sheet(world);
        for other in empty() {
            other.at("2023-09-20T12:00:00Z");
            other.admin().post("/imports", document.clone()).expect(200);
            let (back, _) = export(&other);
            assert!(text == back, "{}", first_difference(&text, &back));
            let again = other.admin().post("/imports", document.clone()).expect(200);
            assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
            let admin = other.admin();
            let found = admin.get("/commitments?q=Elaborar").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
            assert_eq!(history(&other, &format!("/commitments/{found}")), there);
            assert_eq!(sheet(&other), sheet_there);
            let sessions = admin.get("/meetings").expect(200);
            let third = sessions.items().iter().find(|one| one["title"].as_str().unwrap().starts_with("Tercera")).unwrap();
            let comments =
                admin.get(&format!("/meetings/{}/minutes/comments", third["id"].as_str().unwrap())).expect(200);
            let texts: Vec<_> = comments.items().iter().map(|one| (one["text"].clone(), one["by"].clone())).collect();
            assert_eq!(texts, [(json!("Falta la hora"), Value::Null), (json!("De acuerdo"), Value::Null)]);
            let log = admin.get("/audit-log?limit=200").expect(200);
            assert!(log.items().iter().all(|line| line["at"] == "2023-09-20T12:00:00Z"), "the log says when it was written");
        }
        world.admin().get(&format!("{session}/minutes")).expect(200);
    }
}

on_both! {
    fn a_history_that_makes_no_sense_is_told_at_its_place(world) {
        make(world);
        world.at("2023-09-20T12:00:00Z");
        let (_, document) = export(world);
        let at = document["commitments"].as_array().unwrap().iter().position(|one| one["text"] == "Elaborar el protocolo").unwrap();
        let other = World::new(Kind::Sqlite);
        other.at("2023-09-20T12:00:00Z");
        for (place, value, pointer, code) in [
            ("/history/0/act", json!("forgotten"), "/history/0/act", "not_a_choice"),
            ("/history/0/at", json!("2023-10-01T12:00:00Z"), "/history/0/at", "in_the_future"),
            ("/history/0/at", json!("ayer"), "/history/0/at", "invalid_instant"),
            ("/history/1/extension", json!("nothing"), "/history/1/extension", "unknown_reference"),
            ("/history/1/extension", json!(null), "/history/1/extension", "required"),
            ("/history/5/update", json!("nothing"), "/history/5/update", "unknown_reference"),
            ("/history/5/institution", json!("nobody"), "/history/5/institution", "unknown_reference"),
            ("/history/5/institution", json!(null), "/history/5/institution", "required"),
            ("/history/11/reason", json!("x".repeat(2001)), "/history/11/reason", "too_long"),
            ("/history/3", document["commitments"][at]["history"][4].clone(), "/history/4", "duplicate"),
            ("/assignments/0/updates/0/received_at", json!("2024-01-01T00:00:00Z"), "/assignments/0/updates/0/received_at", "in_the_future"),
            ("/assignments/0/updates/0/review/reviewed_at", json!(7), "/assignments/0/updates/0/review/reviewed_at", "wrong_type"),
            ("/assignments/0/extensions/0/decision", json!("granted"), "/assignments/0/extensions/0/decision", "wrong_type"),
            ("/assignments/0/extensions/0/requested_due", json!("2023-13"), "/assignments/0/extensions/0/requested_due", "invalid_partial_date"),
            ("/assignments/0/extensions/0/key", json!(null), "/assignments/0/extensions/0/key", "required"),
            ("/assignments/1/cancelled", json!("yes"), "/assignments/1/cancelled", "wrong_type"),
            ("/entered_at", json!("2024-01-01T00:00:00Z"), "/entered_at", "in_the_future"),
            ("/first_term/due", json!("pronto"), "/first_term/due", "invalid_partial_date"),
        ] {
            let mut bad = document.clone();
            *bad.pointer_mut(&format!("/commitments/{at}{place}")).unwrap() = value;
            let answer = other.admin().post("/imports", bad).expect(422);
            let wanted = (format!("/commitments/{at}{pointer}"), code.to_owned());
            assert!(answer.faults().contains(&wanted), "{wanted:?} is missing of {:?}", answer.faults());
        }
        let mut bad = document.clone();
        bad["meetings"][0]["minutes"]["approved_at"] = "2024-01-01T00:00:00Z".into();
        let faults = other.admin().post("/imports", bad).expect(422).faults();
        assert_eq!(faults, [("/meetings/0/minutes/approved_at".to_owned(), "in_the_future".to_owned())]);
        let mut other_end = document.clone();
        other_end["commitments"][at]["history"][11]["reason"] = "Otra razón".into();
        other.admin().post("/imports", other_end).expect(200);
        let mut bad = document;
        bad["commitments"][at]["assignments"][0]["extensions"][0]["decision"]["outcome"] = "granted".into();
        bad["commitments"][at]["assignments"][0]["extensions"][1]["reason"] = "Otra".into();
        let faults = other.admin().post("/imports", bad).expect(422).faults();
        for n in [0, 1] {
            let prefix = format!("/commitments/{at}/assignments/0/extensions/{n}");
            assert!(faults.iter().any(|(pointer, code)| pointer.starts_with(&prefix) && code == "fixed"), "{prefix} {faults:?}");
        }
    }
}

// Decision 4: a `PATCH` is applied to the input that a resource returns.
on_both! {
    fn a_resource_sent_back_as_it_was_read_does_not_change(world) {
        let made = make(world);
        let admin = world.admin();
        let openapi = world.nobody().get("/api/openapi.json").expect(200).json;
        let inputs = |path: &str| -> Vec<String> {
            let shape: Vec<_> = path.split('/').enumerate().map(|(n, part)| if n % 2 == 0 { "{}" } else { part }).collect();
            let same = |known: &str| {
                let known: Vec<_> = known.trim_start_matches("/api/v1").split('/').collect();
                known.len() == shape.len() && known.iter().zip(&shape).all(|(a, b)| a == b || (a.starts_with('{') || a.is_empty()) && *b == "{}")
            };
            let (_, calls) = openapi["paths"].as_object().unwrap().iter().find(|(known, _)| same(known)).unwrap_or_else(|| panic!("{path}"));
            let schema = calls["patch"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
            let schema = &openapi["components"]["schemas"][schema.rsplit('/').next().unwrap()];
            schema["properties"].as_object().unwrap_or_else(|| panic!("{schema}")).keys().cloned().collect()
        };
        assert!(made.records.len() > 20);
        for path in &made.records {
            let before = admin.get(path).expect(200).json;
            let fields = inputs(path).into_iter().filter(|name| name != "assignments");
            let own: serde_json::Map<String, Value> = fields.filter_map(|name| Some((name.clone(), before.get(&name)?.clone()))).collect();
            assert!(!own.is_empty(), "{path}");
            let after = admin.patch(path, Value::Object(own)).expect(200).json;
            let timeless = |mut record: Value| { record.as_object_mut().unwrap().remove("updated_at"); record };
            assert_eq!(timeless(after), timeless(before), "{path}");
        }
    }
}
