//! Entries of reads in the audit log: each names the restricted records that the answer shows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};

use super::fixture::{Case, Fixture};
use super::{bodies, described, table};
use crate::on_both;
use crate::support::{Answer, Person, World};

const READ_ACTIONS: [&str; 3] = ["read", "exported", "file_fetched"];

/// Makes restricted records of each kind, all of one session; returns their ids with words that no other record has.
fn marked(fixture: &Fixture<'_>, admin: &Person<'_>) -> Vec<(String, String)> {
    let (commission, other) = (&fixture.here, &fixture.other);
    let made = |path: &str, mut body: Value| {
        body["commission_ids"] = json!([commission]);
        body["restricted"] = json!(true);
        admin.post(path, body).expect(201).id()
    };
    let session = made(
        "/meetings",
        json!({"kind": "ordinary", "title": "Reservada de sesión", "held": "2023-08-01", "status": "held"}),
    );
    let agreement = made(
        "/agreements",
        json!({"kind": "meeting_agreement", "title": "Reservado de acuerdo", "meeting_id": session}),
    );
    let commitment = made(
        "/commitments",
        json!({"text": "Reservado de compromiso", "due": "2023-12-31", "meeting_id": session, "agreement_id": agreement, "assignments": [{"institution_id": other}]}),
    );
    let activity = made(
        "/activities",
        json!({"country_code": "CL", "kind": "workshop", "title": "Reservada de actividad", "starts": "2023-06", "organizer_ids": [other], "status": "validated"}),
    );
    admin.put(&format!("/meetings/{session}/minutes"), json!({"body": "Acta"})).expect(200);
    let words = ["Reservada de sesión", "Reservado de acuerdo", "Reservado de compromiso", "Reservada de actividad"];
    [session, agreement, commitment, activity].into_iter().zip(words.map(str::to_owned)).collect()
}

/// Returns the restricted records of the world: id, and the words by which an answer shows it without its id.
fn restricted(admin: &Person<'_>, marked: &[(String, String)]) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for kind in ["meetings", "agreements", "commitments", "activities", "duties"] {
        for record in admin.get(&format!("/{kind}?limit=200")).expect(200).items() {
            if record["restricted"] == true {
                let id = record["id"].as_str().unwrap().to_owned();
                let words = marked.iter().find(|(other, _)| *other == id).map(|(_, words)| words.clone());
                let words = words.or_else(|| record["code"].as_str().map(str::to_owned)).unwrap_or_else(|| id.clone());
                known.insert(id, words);
            }
        }
    }
    known
}

/// Returns the new entries of reads since the last call, without those of the admin who reads the log.
fn new_entries(world: &World, admin: &Person<'_>, seen: &mut BTreeSet<String>) -> Vec<Value> {
    assert!(world.state.audit.flush(Duration::from_secs(20)), "the audit log was not written");
    let log = admin.get("/audit-log?limit=100").expect(200);
    let others = log.items().iter().filter(|entry| {
        READ_ACTIONS.iter().any(|action| entry["action"] == *action) && entry["user_id"] != json!(admin.id)
    });
    others.filter(|entry| seen.insert(entry["id"].as_str().unwrap().to_owned())).cloned().collect()
}

/// Returns the paths of a call: with the query that it needs, in every format, with a search, and as a table.
fn paths(call: &str, path: &str, query: &str) -> Vec<String> {
    let whole = format!("{path}{query}");
    match call.trim_start_matches("GET /api/v1") {
        "/registry" => ["", "&format=csv", "&format=md", "&format=xlsx"].map(|form| format!("{whole}{form}")).to_vec(),
        "/follow-up-matrix" => ["?format=csv", "?format=xlsx"].map(|form| format!("{path}{form}")).to_vec(),
        "/commitments" | "/activities" => {
            ["?limit=200", "?q=reservado", "?q=capacitar"].map(|query| format!("{path}{query}")).to_vec()
        }
        "/meetings" | "/agreements" => vec![format!("{path}?limit=200")],
        _ => vec![whole],
    }
}

/// Returns true if an answer shows a record, and not only its id in another record.
fn shows(answer: &Answer, id: &str, words: &str) -> bool {
    let own = ["id", "key", "commitment_id"].map(|name| format!("\"{name}\":\"{id}\""));
    let by_id =
        if answer.json.is_null() { answer.text.contains(id) } else { own.iter().any(|own| answer.text.contains(own)) };
    by_id || (words != id && answer.text.contains(words))
}

on_both! {
    fn every_answer_with_restricted_records_is_an_entry_that_names_them(world) {
        let (fixture, admin, reader) = (Fixture::new(world), world.admin(), world.coordinator("CL"));
        let (marked, described, mut seen) = (marked(&fixture, &admin), described(), BTreeSet::new());
        let (mut broken, mut entries_of_reads) = (Vec::new(), 0);
        let rows = table::rows().into_iter().filter(|row| row.call.starts_with("GET /api/v1/"));
        // Former names are for admins alone; they show no record.
        let read = |call: &str| described.contains(call) && !call.starts_with("GET /api/v1/former-names");
        for row in rows.filter(|row| read(row.call)) {
            let case = if row.cells[3] == "-" { Case::Own } else { Case::Restricted };
            let target = fixture.take(row.on, case);
            let known = restricted(&admin, &marked);
            new_entries(world, &admin, &mut seen);
            for path in paths(row.call, &target.fill(row.call.trim_start_matches("GET ")), &bodies::query(row.call, &target)) {
                let answer = reader.get(&path).expect(200);
                let entries = new_entries(world, &admin, &mut seen);
                let ids = |entry: &Value| entry["after"]["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
                let named: BTreeSet<String> = entries.first().map(ids).unwrap_or_default();
                entries_of_reads += entries.len();
                // The audit log names records without showing them.
                let only_names = row.call.ends_with("/audit-log");
                let shows = |(id, words): &(&String, &String)| !only_names && shows(&answer, id, words);
                let missing: Vec<_> = known.iter().filter(shows).filter(|(id, _)| !named.contains(*id)).collect();
                let strange: Vec<_> = named.iter().filter(|id| !known.contains_key(*id)).collect();
                let silent = case == Case::Restricted && named.is_empty();
                if entries.len() > 1 || !missing.is_empty() || !strange.is_empty() || silent {
                    broken.push(format!("{path}: {} entries, missing {missing:?}, strange {strange:?}, silent {silent}", entries.len()));
                }
            }
            fixture.give_back(row.on, case, target);
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        assert!(entries_of_reads > 30, "only {entries_of_reads} entries");
        for format in ["md", "docx"] {
            for (part, kind, number) in [("main", "meeting", 1), ("restricted", "several", 3)] {
                reader.get(&format!("/meetings/{}/minutes/document?format={format}&part={part}", marked[0].0)).expect(200);
                let entries = new_entries(world, &admin, &mut seen);
                let entry = (entries.len(), &entries[0]["kind"], &entries[0]["after"]["number"]);
                assert_eq!(entry, (1, &json!(kind), &json!(number)), "the session, its agreement and its commitment");
            }
        }
    }
}

on_both! {
    fn an_open_record_leaves_no_entry(world) {
        let (fixture, admin, reader) = (Fixture::new(world), world.admin(), world.coordinator("CL"));
        let mut seen = BTreeSet::new();
        for kind in ["meeting", "agreement", "commitment", "activity"] {
            let target = fixture.make(kind, Case::Own);
            let folder = if kind == "activity" { "activities".to_owned() } else { format!("{kind}s") };
            new_entries(world, &admin, &mut seen);
            reader.get(&format!("/{folder}/{}", target.id())).expect(200);
            reader.get(&format!("/{folder}")).expect(200);
            assert_eq!(new_entries(world, &admin, &mut seen), Vec::<Value>::new(), "{kind}");
        }
        let file = fixture.make("file", Case::Own);
        new_entries(world, &admin, &mut seen);
        reader.get(&format!("/files/{}", file.id())).expect(200);
        let entries = new_entries(world, &admin, &mut seen);
        let entry = (entries.len(), &entries[0]["action"], &entries[0]["record_id"], &entries[0]["after"]["number"]);
        assert_eq!(entry, (1, &json!("file_fetched"), &json!(file.id()), &json!(0)), "the read of a file always makes an entry");
    }
}
