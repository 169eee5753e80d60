//! Drafts, attachments and items of the agenda in datasets.

use serde_json::{Value, json};

use super::round_trip::{empty, export};
use super::{small, totals};
use crate::on_both;
use crate::support::World;

/// A country with a session and its agenda, an agreement with attachments, and a draft of the session.
fn with_a_draft() -> Value {
    let mut document = small();
    let attached = json!([{"title": "Convenio", "url": "https://example.org/convenio"}]);
    document["meetings"] = json!([{"key": "s1", "commissions": ["ceti"], "kind": "ordinary", "title": "Primera", "held": "2023-08",
        "agenda": [{"title": "Cuenta", "kind": "information"}, {"title": "Acuerdos", "kind": "decision"}]}]);
    document["agreements"] = json!([{"key": "a1", "commissions": ["ceti"], "kind": "meeting_agreement", "title": "Acuerdo", "meeting": "s1",
        "agenda_item": 2, "attachments": attached}]);
    let draft = json!({"key": "borrador", "commissions": ["ceti"], "text": "Capacitar", "meeting": "s1", "agenda_item": 1, "draft": true,
        "attachments": attached, "assignments": [{"institution": "mtps"}]});
    document["commitments"] = json!([draft]);
    document["activities"] = json!([]);
    document
}

fn drafts(world: &World) -> usize {
    world.admin().get("/commitments?status=draft").expect(200).items().len()
}

on_both! {
    fn a_draft_stays_a_draft_in_a_dataset_and_comes_back(world) {
        let made = world.admin().post("/imports", with_a_draft()).expect(200);
        assert_eq!(totals(&made.json)[3], 0, "{}", made.text);
        assert_eq!((drafts(world), world.notices().len()), (1, 0));
        let again = world.admin().post("/imports", with_a_draft()).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        let (text, document) = export(world);
        let (draft, agreement) = (&document["commitments"][0], &document["agreements"][0]);
        assert_eq!((&draft["draft"], &draft["agenda_item"], &agreement["agenda_item"]), (&json!(true), &json!(1), &json!(2)));
        assert_eq!(agreement["attachments"], json!([{"title": "Convenio", "url": "https://example.org/convenio"}]));
        for other in empty() {
            let there = other.admin().post("/imports", document.clone()).expect(200);
            assert_eq!(totals(&there.json)[3], 0, "{}", there.text);
            assert_eq!((export(&other).0, drafts(&other)), (text.clone(), 1));
        }
    }
}

on_both! {
    fn a_draft_that_the_file_no_longer_marks_is_published_and_never_the_other_way(world) {
        let mut document = with_a_draft();
        world.admin().post("/imports", document.clone()).expect(200);
        document["commitments"][0].as_object_mut().unwrap().remove("draft");
        let published = world.admin().post("/imports", document.clone()).expect(200);
        assert_eq!((published.json["counts"]["commitment"]["updated"].clone(), drafts(world)), (json!(1), 0), "{}", published.text);
        assert_eq!(world.notices().len(), 0, "an import notifies nobody");
        document["commitments"][0]["draft"] = json!(true);
        let refused = world.admin().post("/imports", document.clone()).expect(422);
        assert_eq!(refused.faults(), [("/commitments/0/draft".to_owned(), "fixed".to_owned())]);
        for (field, value, code) in [
            ("draft", json!("yes"), "wrong_type"), ("agenda_item", json!(3), "unknown_reference"), ("agenda_item", json!("1"), "wrong_type"),
            ("agenda_item_id", json!("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"), "unknown_field"), ("status", json!("draft"), "unknown_field"),
        ] {
            let mut broken = document.clone();
            broken["commitments"][0].as_object_mut().unwrap().remove("draft");
            broken["commitments"][0][field] = value;
            let answer = world.admin().post("/imports", broken).expect(422);
            assert!(answer.faults().contains(&(format!("/commitments/0/{field}"), code.to_owned())), "{field}: {}", answer.text);
        }
    }
}

on_both! {
    fn an_uploaded_file_is_left_out_of_a_dataset_and_stays_on_record(world) {
        world.admin().post("/imports", with_a_draft()).expect(200);
        let (bytes, kind) = crate::access_matrix::upload();
        let file = world.admin().with("content-type", kind).call("POST", "/files", Some(bytes)).expect(201).id();
        let agreement = world.admin().get("/agreements").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/agreements/{agreement}");
        let both = json!([{"title": "Nota", "file_id": file}, {"title": "Convenio", "url": "https://example.org/convenio"}]);
        world.admin().patch(&path, json!({"attachments": both})).expect(200);
        let (_, document) = export(world);
        assert_eq!(document["agreements"][0]["attachments"].as_array().unwrap().len(), 1);
        let again = world.admin().post("/imports", document).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        assert_eq!(world.admin().get(&path).expect(200).json["attachments"][0]["file_id"], json!(file));
    }
}

on_both! {
    fn a_matrix_neither_makes_nor_changes_drafts(world) {
        world.admin().post("/imports", with_a_draft()).expect(200);
        let draft = world.admin().get("/commitments?status=draft").expect(200).items()[0].clone();
        let ceti = draft["commission_ids"][0].as_str().unwrap();
        let send = |text: String| {
            let sender = world.admin().with("content-type", "text/csv");
            sender.call("POST", &format!("/imports?commission_id={ceti}"), Some(text.into_bytes()))
        };
        let by_code = format!("Código;Compromiso;Plazo;Responsable\n{};Otro texto;2024;Ministerio del Trabajo\n", draft["code"].as_str().unwrap());
        assert!(send(by_code).expect(422).text.contains("unknown_code"));
        send("Compromiso;Plazo;Responsable\nCapacitar;2024;Ministerio del Trabajo\n".to_owned()).expect(200);
        let now = world.admin().get(&format!("/commitments/{}", draft["id"].as_str().unwrap())).expect(200).json;
        assert_eq!(now, draft);
        assert_eq!(world.admin().get("/commitments").expect(200).items().len(), 1, "a commitment of its own");
    }
}
