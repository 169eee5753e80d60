//! Drafts: known to those who may write them alone, silent, and in force once they are published.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;
use crate::support::World;

fn kinds(world: &World) -> Vec<(String, String)> {
    world.notices().into_iter().map(|mail| (mail.kind, mail.to)).collect()
}

on_both! {
    fn a_draft_is_known_to_those_who_may_write_it_alone(world) {
        let s = Fixture::new(world);
        let meeting = s.secretary.post("/meetings", json!({"commission_ids": [s.commission], "kind": "ordinary", "title": "Tercera", "held": "2023-08"})).expect(201).id();
        let draft = s.commitment(json!({"status": "draft", "due": "2023-06-30", "meeting_id": meeting, "text": "Formar a las brigadas"}));
        assert_eq!((&draft.json["status"], &draft.json["code"], &draft.json["overdue"]), (&json!("draft"), &json!("CIGTPE-2023-001"), &json!(false)));
        assert_eq!(draft.json["assignments"][0]["overdue"], false);
        let place = format!("/commitments/{}", draft.id());
        let part = path(&draft.json, 0);
        let member = world.representative(&s.minsal);
        let (observer, outsider) = (world.observer(&s.commission), world.secretariat(&world.commission("PE", "OTRA")));
        for who in [&s.speaker, &member, &observer, &outsider] {
            for address in [place.clone(), format!("{place}/history"), format!("{place}/assignments"), part.clone(), format!("{part}/updates"), format!("{part}/extensions")] {
                who.get(&address).expect(404);
            }
            who.patch(&place, json!({"text": "x"})).expect(404);
            who.delete(&place).expect(404);
            who.post(&format!("{place}/publication"), json!({})).expect(404);
            s.report(who, &part, json!({})).expect(404);
            for list in ["/commitments", "/commitments?status=draft", "/commitments?q=brigadas", "/commitments?overdue=true"] {
                assert!(who.get(list).expect(200).items().is_empty(), "{list}");
            }
        }
        for who in [&s.secretary, &world.coordinator("PE"), &world.admin()] {
            assert_eq!(who.get(&place).expect(200).json["status"], "draft");
            for (list, found) in [
                ("/commitments", 0), ("/commitments?status=planned", 0), ("/commitments?status=draft", 1), ("/commitments?status=draft,planned", 1),
                ("/commitments?q=brigadas", 0), ("/commitments?overdue=true", 0), ("/commitments?status=draft&q=brigadas", 1),
                (&format!("/commitments?meeting_id={meeting}"), 0), (&format!("/commitments?institution_id={}&overdue=true", s.mtpe), 0),
            ] {
                assert_eq!(who.get(list).expect(200).items().len(), found, "{list}");
            }
        }
        let next = s.secretary.post("/meetings", json!({"commission_ids": [s.commission], "kind": "ordinary", "title": "Cuarta", "held": "2023-09-01"})).expect(201).id();
        assert!(s.secretary.get(&format!("/meetings/{next}/follow-up")).expect(200).items().is_empty());
        let (matrix, feed) = (s.secretary.get("/follow-up-matrix?format=csv").expect(200).text, s.secretary.post("/me/calendar-token", json!({})).expect(201));
        assert!(!matrix.contains("CIGTPE-2023-001"), "{matrix}");
        let feed = world.nobody().get(&format!("/calendar/{}.ics", feed.json["token"].as_str().unwrap())).expect(200).text;
        assert!(!feed.contains("CIGTPE-2023-001"), "{feed}");
        assert!(kinds(world).is_empty(), "nobody is notified of a draft");
    }
}

on_both! {
    fn a_draft_takes_no_reports_and_is_published_once(world) {
        let s = Fixture::new(world);
        let draft = s.commitment(json!({"status": "draft", "due": "2023-12"}));
        let (place, part) = (format!("/commitments/{}", draft.id()), path(&draft.json, 0));
        assert_eq!(s.report(&s.secretary, &part, json!({"on_behalf": true})).expect(409).code(), "draft");
        let more_time = json!({"requested_due": "2024-06", "reason": "Falta tiempo"});
        assert_eq!(s.secretary.post(&format!("{part}/extensions"), more_time).expect(409).code(), "draft");
        s.secretary.patch(&place, json!({"text": "Otro texto"})).expect(200);
        s.secretary.post(&format!("{place}/assignments"), json!({"institution_id": s.minsal})).expect(201);
        for (body, code) in [(json!({"status": "draft"}), "unknown_field"), (json!({"status": "planned"}), "unknown_field")] {
            assert_eq!(s.secretary.patch(&place, body).expect(422).faults(), [("/status".to_owned(), code.to_owned())]);
        }
        assert!(kinds(world).is_empty());
        let member = world.representative(&s.minsal);
        let published = s.secretary.post(&format!("{place}/publication"), json!({})).expect(200);
        assert_eq!((&published.json["status"], &published.json["code"], &published.json["text"]), (&json!("planned"), &draft.json["code"], &json!("Otro texto")));
        let mut told = kinds(world);
        told.sort();
        let mut expected = [&s.speaker.email, &member.email].map(|to| ("new_commitment".to_owned(), to.clone()));
        expected.sort();
        assert_eq!(told, expected);
        assert_eq!(s.secretary.post(&format!("{place}/publication"), json!({})).expect(409).code(), "not_draft");
        assert_eq!(s.speaker.get(&place).expect(200).json, s.secretary.get(&place).expect(200).json);
        assert_eq!(s.speaker.get("/commitments").expect(200).items().len(), 1);
        s.speaker.post(&format!("{place}/publication"), json!({})).expect(403);
        s.report(&s.speaker, &part, json!({})).expect(201);
        let history = s.secretary.get(&format!("{place}/history")).expect(200);
        let acts: Vec<_> = history.items().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(acts, ["created", "changed", "assignment_added", "published", "reported"]);
    }
}

on_both! {
    fn a_record_in_force_does_not_lead_to_a_draft(world) {
        let s = Fixture::new(world);
        let draft = s.commitment(json!({"status": "draft"})).id();
        let unknown = [("/depends_on_ids/0".to_owned(), "unknown_reference".to_owned())];
        assert_eq!(s.secretary.post("/commitments", s.body(json!({"depends_on_ids": [draft]}))).expect(422).faults(), unknown);
        s.commitment(json!({"status": "draft", "depends_on_ids": [draft]}));
        let activity = json!({"country_code": "PE", "kind": "workshop", "title": "Taller", "commission_ids": [s.commission], "commitment_ids": [draft]});
        assert_eq!(s.secretary.post("/activities", activity).expect(422).faults(), [("/commitment_ids/0".to_owned(), "unknown_reference".to_owned())]);
    }
}

on_both! {
    fn what_is_attached_to_a_draft_is_fetched_by_those_who_know_it(world) {
        let s = Fixture::new(world);
        let (bytes, kind) = crate::access_matrix::upload();
        let file = s.secretary.with("content-type", kind).call("POST", "/files", Some(bytes)).expect(201).id();
        let attached = json!([{"title": "Nota", "file_id": file}, {"title": "Ley", "url": "https://example.org/ley"}]);
        let draft = s.commitment(json!({"status": "draft", "attachments": attached}));
        assert_eq!(draft.json["attachments"], json!([{"title": "Nota", "file_id": file, "url": null}, {"title": "Ley", "file_id": null, "url": "https://example.org/ley"}]));
        let address = format!("/files/{file}");
        s.speaker.get(&address).expect(404);
        world.secretariat(&s.commission).get(&address).expect(200);
        s.secretary.post(&format!("/commitments/{}/publication", draft.id()), json!({})).expect(200);
        s.speaker.get(&address).expect(200);
        world.stranger().get(&address).expect(404);
        let place = format!("/commitments/{}", draft.id());
        let kept = s.secretary.patch(&place, json!({"attachments": [{"title": "Nota", "file_id": file}]})).expect(200);
        assert_eq!(kept.json["attachments"].as_array().unwrap().len(), 1);
        for (value, pointer, code) in [
            (json!([{"title": "Nada"}]), "/attachments/0", "one_of"),
            (json!([{"title": "", "url": "https://example.org"}]), "/attachments/0/title", "blank"),
            (json!([{"title": "Ajena", "file_id": s.mtpe}]), "/attachments/0/file_id", "unknown_reference"),
        ] {
            assert_eq!(s.secretary.patch(&place, json!({"attachments": value})).expect(422).faults(), [(pointer.to_owned(), code.to_owned())]);
        }
    }
}

on_both! {
    fn an_item_of_the_agenda_is_of_the_same_session(world) {
        let s = Fixture::new(world);
        let session = |title: &str| {
            let body = json!({"commission_ids": [s.commission], "kind": "ordinary", "title": title, "held": "2023-08"});
            let id = s.secretary.post("/meetings", body).expect(201).id();
            s.secretary.put(&format!("/meetings/{id}/agenda"), json!([{"title": "Cuenta", "kind": "information"}])).expect(200);
            id
        };
        let (one, other) = (session("Primera"), session("Segunda"));
        let (item, foreign) = (world.row_agenda_item(&one), world.row_agenda_item(&other));
        let made = s.commitment(json!({"meeting_id": one, "agenda_item_id": item}));
        assert_eq!(made.json["agenda_item_id"], json!(item));
        for body in [json!({"meeting_id": one, "agenda_item_id": foreign}), json!({"agenda_item_id": item})] {
            let refused = s.secretary.post("/commitments", s.body(body)).expect(422);
            assert_eq!(refused.faults(), [("/agenda_item_id".to_owned(), "unknown_reference".to_owned())]);
        }
        s.secretary.patch(&format!("/commitments/{}", made.id()), json!({"text": "Otro"})).expect(200);
        let cleared = s.secretary.patch(&format!("/commitments/{}", made.id()), json!({"agenda_item_id": null})).expect(200);
        assert_eq!(cleared.json["agenda_item_id"], Value::Null);
    }
}

on_both! {
    fn the_drafts_of_a_session_are_published_together(world) {
        let s = Fixture::new(world);
        let session = json!({"commission_ids": [s.commission], "kind": "ordinary", "title": "Tercera", "held": "2023-08"});
        let meeting = s.secretary.post("/meetings", session).expect(201).id();
        let agreement = json!({"commission_ids": [s.commission], "kind": "meeting_agreement", "title": "Uno", "meeting_id": meeting});
        let agreement = s.secretary.post("/agreements", agreement).expect(201).id();
        let drafts = [
            s.commitment(json!({"status": "draft", "meeting_id": meeting})).id(),
            s.commitment(json!({"status": "draft", "agreement_id": agreement})).id(),
        ];
        let elsewhere = s.commitment(json!({"status": "draft"})).id();
        let place = format!("/meetings/{meeting}/publication");
        s.speaker.post(&place, json!({})).expect(403);
        world.secretariat(&world.commission("PE", "OTRA")).post(&place, json!({})).expect(404);
        assert!(kinds(world).is_empty());
        let published = s.secretary.post(&place, json!({})).expect(200);
        assert_eq!(published.json["commitment_ids"], json!(drafts));
        assert_eq!(kinds(world).len(), 2, "each commitment is announced to its institution");
        assert_eq!(s.speaker.get("/commitments").expect(200).items().len(), 2);
        assert_eq!(s.secretary.get(&format!("/commitments/{elsewhere}")).expect(200).json["status"], "draft");
        assert_eq!(s.secretary.post(&place, json!({})).expect(200).json["commitment_ids"], json!([]));
    }
}
