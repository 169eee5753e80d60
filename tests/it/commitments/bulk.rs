//! A part for every member of a commission, and handing over to a successor.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;

fn institutions(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|part| part["institution_id"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn every_member_of_a_commission_on_a_day_gets_a_part(world) {
        let s = Fixture::new(world);
        let (guest, former) = (world.institution("Invitada"), world.institution("Antigua"));
        world.member(&s.commission, &guest, "guest");
        let past = json!({"institution_id": former, "role": "lead", "to": "2022-12-31"});
        world.admin().post(&format!("/commissions/{}/memberships", s.commission), past).expect(201);
        let made = s.commitment(json!({"due": "2023-12"}));
        let address = format!("/commitments/{}/assignments", made.id());
        world.notices();
        let member = world.representative(&s.minsal);
        let added = s.secretary.post(&address, json!({"members_of": s.commission, "role": "co_responsible"})).expect(201);
        assert_eq!(institutions(&added.json["items"]), [s.minsal.clone()], "MTPE has a part already");
        assert_eq!((&added.json["items"][0]["role"], &added.json["items"][0]["due_to"]), (&json!("co_responsible"), &json!("2023-12-31")));
        assert_eq!(added.header("location"), Some(format!("/api/v1{address}").as_str()));
        let told: Vec<_> = world.notices().into_iter().map(|mail| mail.to).collect();
        assert_eq!(told, [member.email]);
        let earlier = s.secretary.post(&address, json!({"members_of": s.commission, "on": "2022-06-01"})).expect(201);
        assert_eq!(institutions(&earlier.json["items"]), [former]);
        assert!(s.secretary.post(&address, json!({"members_of": s.commission})).expect(201).json["items"].as_array().unwrap().is_empty());
        let hidden = world.commission("PE", "OTRA");
        for (body, pointer, code) in [
            (json!({}), "/institution_id", "one_of"),
            (json!({"institution_id": guest, "members_of": s.commission}), "/institution_id", "one_of"),
            (json!({"institution_id": guest, "on": "2023-01-01"}), "/on", "needs"),
            (json!({"members_of": hidden}), "/members_of", "unknown_reference"),
        ] {
            assert_eq!(s.secretary.post(&address, body).expect(422).faults(), [(pointer.to_owned(), code.to_owned())]);
        }
        s.speaker.post(&address, json!({"members_of": s.commission})).expect(403);
    }
}

on_both! {
    fn the_open_parts_of_an_institution_go_to_its_successor(world) {
        let s = Fixture::new(world);
        let heir = world.institution("Sucesora");
        world.member(&s.commission, &heir, "member");
        let other = world.commission("PE", "OTRA");
        let elsewhere = world.secretariat(&other).post("/commitments", s.body(json!({"commission_ids": [other]}))).expect(201);
        let target = json!({"quantity": 26, "unit": "regiones"});
        let open = s.commitment(json!({"due": "2023-10", "assignments": [{"institution_id": s.mtpe, "role": "co_responsible", "due": "2023-12", "target": target}]}));
        let shared = s.commitment(json!({"assignments": [{"institution_id": s.mtpe}, {"institution_id": heir}]}));
        let reopened = s.commitment(json!({"assignments": [{"institution_id": s.mtpe}, {"institution_id": heir}]}));
        s.secretary.post(&format!("{}/cancellation", path(&reopened.json, 1)), json!({"reason": "Ya no"})).expect(200);
        let done = s.commitment(json!({}));
        s.complete(&s.speaker, &path(&done.json, 0)).expect(201);
        let draft = s.commitment(json!({"status": "draft"}));
        let representative = world.representative(&heir);
        world.notices();
        let address = format!("/institutions/{}/handover", s.mtpe);
        let body = json!({"to_id": heir, "reason": "Pasó a otro ministerio"});
        s.speaker.post(&address, body.clone()).expect(403);
        let counts = s.secretary.post(&address, body.clone()).expect(200).json;
        assert_eq!(counts, json!({"cancelled": 4, "added": 2, "reopened": 1, "already_assigned": 1}));
        let now = |made: &Value| s.secretary.get(&format!("/commitments/{}", made["id"].as_str().unwrap())).expect(200).json;
        let taken = now(&open.json);
        let parts = taken["assignments"].as_array().unwrap();
        assert_eq!((&parts[0]["status"], &parts[1]["status"], &parts[1]["institution_id"]), (&json!("cancelled"), &json!("planned"), &json!(heir)));
        assert_eq!((&parts[1]["role"], &parts[1]["due"], &parts[1]["target"]), (&json!("co_responsible"), &json!("2023-12"), &target));
        assert_eq!(now(&reopened.json)["assignments"][1]["status"], "planned");
        assert_eq!(now(&shared.json)["assignments"].as_array().unwrap().len(), 2);
        assert_eq!(now(&done.json)["assignments"].as_array().unwrap().len(), 1, "what awaits review stays");
        assert_eq!(now(&draft.json)["assignments"].as_array().unwrap().len(), 2);
        let mails = world.notices();
        let heard: Vec<_> = mails.iter().filter(|mail| mail.to == representative.email).collect();
        assert_eq!(heard.len(), 1, "one mail for all");
        let former: Vec<_> = mails.iter().filter(|mail| mail.to == s.speaker.email).map(|mail| mail.kind.as_str()).collect();
        assert_eq!(former, ["assignment_cancelled"]);
        assert!(heard[0].text.contains(open.json["code"].as_str().unwrap()) && !heard[0].text.contains(draft.json["code"].as_str().unwrap()), "{}", heard[0].text);
        let untouched = world.admin().get(&format!("/commitments/{}", elsewhere.id())).expect(200).json;
        assert_eq!(untouched["assignments"][0]["status"], "planned", "the secretariat of another commission keeps its own");
        assert_eq!(s.secretary.post(&address, body).expect(200).json["cancelled"], 0);
        let events = s.secretary.get(&format!("/commitments/{}/history", open.id())).expect(200);
        let acts: Vec<_> = events.items().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(acts, ["created", "cancelled", "assignment_added"]);
        for (body, pointer, code) in [
            (json!({"to_id": s.mtpe, "reason": "x"}), "/to_id", "cycle"),
            (json!({"to_id": open.id(), "reason": "x"}), "/to_id", "unknown_reference"),
            (json!({"to_id": heir, "reason": " "}), "/reason", "blank"),
        ] {
            assert_eq!(s.secretary.post(&address, body).expect(422).faults(), [(pointer.to_owned(), code.to_owned())]);
        }
        let bounded = json!({"to_id": heir, "reason": "x", "commission_ids": [other]});
        s.secretary.post(&address, bounded.clone()).expect(404);
        assert_eq!(world.admin().post(&address, bounded).expect(200).json["added"], 1);
        s.secretary.post(&format!("/institutions/{}/handover", open.id()), json!({"to_id": heir, "reason": "x"})).expect(404);
    }
}
