//! Joint sessions: who makes them, who is notified, and a commission that leaves.

use serde_json::json;

use super::{create, meeting, with};
use crate::on_both;

on_both! {
    fn the_secretariat_of_any_of_the_commissions_makes_a_joint_session_and_the_others_are_told(world) {
        let (ceti, mitp, abroad) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"), world.commission("PE", "CPETI"));
        let (own, colleague, other) = (world.secretariat(&ceti), world.secretariat(&ceti), world.secretariat(&mitp));
        own.post("/meetings", meeting(&[&mitp])).expect(404);
        own.post("/meetings", meeting(&[&ceti, &abroad])).expect(404);
        world.notices();
        let made = own.post("/meetings", meeting(&[&mitp, &ceti])).expect(201);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("joint_session", other.email.as_str())]);
        assert!(mails[0].text.contains("Comisión MITP; Comisión CETI") && mails[0].text.contains(&format!("/meetings/{}", made.id())), "{}", mails[0].text);
        let path = format!("/meetings/{}", made.id());
        other.patch(&path, json!({"place": "Santiago"})).expect(200);
        assert!(world.notices().is_empty(), "no commission is new");
        let agreement = json!({"commission_ids": [ceti, mitp], "kind": "meeting_agreement", "title": "Protocolo común", "meeting_id": made.id()});
        own.post("/agreements", agreement).expect(201);
        let commitment = json!({"commission_ids": [ceti, mitp], "text": "Publicar el protocolo", "meeting_id": made.id()});
        own.post("/commitments", commitment).expect(201);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("joint_session", other.email.as_str()); 2]);
        let single = own.post("/meetings", meeting(&[&ceti])).expect(201).id();
        assert!(world.notices().is_empty());
        own.patch(&format!("/meetings/{single}"), json!({"commission_ids": [ceti, mitp]})).expect(200);
        assert_eq!(world.notices().len(), 1);
        assert_ne!(colleague.email, own.email);
        world.coordinator("CL").post("/meetings", meeting(&[&ceti, &mitp])).expect(201);
        assert!(world.notices().is_empty(), "the coordinator speaks to the secretariats");
    }
}

on_both! {
    fn a_secretariat_finds_the_other_commissions_of_its_country_and_no_more_of_them(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        world.commission("PE", "CPETI");
        let keeper = world.institution("Interior");
        world.member(&mitp, &keeper, "secretariat");
        let own = world.secretariat(&ceti);
        let found = own.get("/commissions?country_code=CL&joinable=true").expect(200);
        assert_eq!(found.items(), [json!({"id": mitp, "country_code": "CL", "name": "Comisión MITP", "acronym": "MITP", "secretariat_institution_id": keeper, "joinable": true})]);
        assert_eq!(own.get("/commissions?joinable=true").expect(200).items().len(), 1);
        assert_eq!(own.get("/commissions?joinable=true&country_code=PE").expect(200).items().len(), 0);
        assert_eq!(own.get("/commissions?joinable=true&q=mitp").expect(200).items().len(), 1);
        assert_eq!(own.get("/commissions?joinable=true&institution_id=0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e").expect(400).code(), "invalid_query");
        own.get(&format!("/commissions/{mitp}")).expect(404);
        assert_eq!(own.get("/commissions").expect(200).items().len(), 1, "its own alone");
        assert_eq!(world.coordinator("CL").get("/commissions?joinable=true").expect(200).items().len(), 2);
        assert_eq!(world.observer(&ceti).get("/commissions?joinable=true").expect(200).items().len(), 0);
        assert_eq!(world.admin().get("/commissions?joinable=true").expect(200).items().len(), 3);
    }
}

on_both! {
    fn a_commission_leaves_a_joint_session_until_the_minutes_are_approved(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (own, other) = (world.secretariat(&ceti), world.secretariat(&mitp));
        let path = format!("/meetings/{}", own.post("/meetings", meeting(&[&ceti, &mitp])).expect(201).id());
        let id = path.trim_start_matches("/meetings/").to_owned();
        let agreement = |commissions: &[&str]| json!({"commission_ids": commissions, "kind": "meeting_agreement", "title": "Acuerdo", "meeting_id": id});
        let joint = own.post("/agreements", agreement(&[&ceti, &mitp])).expect(201).id();
        let alone = other.post("/agreements", agreement(&[&mitp])).expect(201).id();
        let commitment = |agreement: &str| json!({"commission_ids": [mitp, ceti], "text": "Publicar", "agreement_id": agreement});
        let task = own.post("/commitments", commitment(&joint)).expect(201);
        world.notices();
        let leave = format!("{path}/commissions/{mitp}/withdrawal");
        assert_eq!(other.post(&leave, json!({})).faults(), [("/reason".to_owned(), "required".to_owned())]);
        let refused = own.post(&leave, json!({"reason": "No"})).expect(403);
        let detail = refused.json["detail"].as_str().unwrap();
        assert!(detail.contains("la secretaría de la comisión que se retira (Comisión MITP)"), "{}", refused.text);
        let refused = own.with("accept-language", "en").post(&leave, json!({"reason": "No"})).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("the commission that leaves (Comisión MITP)"), "{}", refused.text);
        own.post(&format!("{path}/commissions/{}/withdrawal", world.commission("CL", "CAMTRAFOR")), json!({"reason": "No"})).expect(404);
        let left = other.post(&leave, json!({"reason": "Sesiona aparte"})).expect(200);
        assert_eq!(left.json["commission_ids"], json!([ceti]));
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("joint_session", own.email.as_str())]);
        assert!(mails[0].text.contains("Sesiona aparte"), "{}", mails[0].text);
        other.get(&path).expect(404);
        let admin = world.admin();
        assert_eq!(admin.get(&format!("/agreements/{joint}")).expect(200).json["commission_ids"], json!([ceti]));
        assert_eq!(admin.get(&format!("/agreements/{alone}")).expect(200).json["commission_ids"], json!([mitp]), "its only commission");
        let shown = admin.get(&format!("/commitments/{}", task.id())).expect(200);
        assert_eq!((&shown.json["commission_ids"], &shown.json["code"]), (&json!([ceti]), &task.json["code"]));
        let last = own.post(&format!("{path}/commissions/{ceti}/withdrawal"), json!({"reason": "No"})).expect(409);
        assert_eq!(last.code(), "last_commission");
        own.patch(&path, json!({"commission_ids": [ceti, mitp]})).expect(200);
        own.put(&format!("{path}/minutes"), json!({"body": "Se sesionó en conjunto."})).expect(200);
        own.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        world.notices();
        for person in [&other, &admin] {
            let late = person.post(&leave, json!({"reason": "Sesiona aparte"})).expect(409);
            assert_eq!(late.code(), "minutes_approved");
        }
        assert_eq!(other.get(&path).expect(200).json["commission_ids"], json!([ceti, mitp]));
        assert!(world.notices().is_empty(), "nothing changed");
    }
}

on_both! {
    fn what_is_recorded_of_a_session_as_held_stays_as_recorded(world) {
        let ceti = world.commission("CL", "CETI");
        let held = json!({"started_at": "2023-08-22T14:10:00Z", "ended_at": "2023-08-22T16:20:00Z", "call": "second"});
        let path = create(world, &with(meeting(&[&ceti]), held.clone()));
        let secretariat = world.secretariat(&ceti);
        let shown = secretariat.get(&path).expect(200).json;
        for (field, sent) in held.as_object().unwrap() {
            assert_eq!(shown[field], *sent, "{field}");
        }
        let wrong = secretariat.patch(&path, json!({"ended_at": "2023-08-22T14:00:00Z", "call": "third"})).expect(422);
        assert_eq!(wrong.faults(), [("/call".to_owned(), "not_a_choice".to_owned()), ("/ended_at".to_owned(), "contradictory".to_owned())]);
        let cleared = secretariat.patch(&path, json!({"call": null, "started_at": null, "ended_at": null})).expect(200).json;
        assert_eq!((&cleared["call"], &cleared["started_at"]), (&json!(null), &json!(null)));
    }
}

on_both! {
    fn the_next_number_follows_the_highest_of_its_kind(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let secretariat = world.secretariat(&ceti);
        let next = |kind: &str| secretariat.get(&format!("/commissions/{ceti}/next-ordinal{kind}")).expect(200).json["ordinal"].clone();
        assert_eq!(next(""), 1);
        for (ordinal, kind, status) in [(3, "ordinary", "held"), (2, "ordinary", "scheduled"), (9, "ordinary", "cancelled"), (5, "extraordinary", "held")] {
            create(world, &with(meeting(&[&ceti, &mitp]), json!({"ordinal": ordinal, "kind": kind, "status": status})));
        }
        assert_eq!((next(""), next("?kind=extraordinary"), next("?kind=working")), (json!(4), json!(6), json!(1)));
        secretariat.get(&format!("/commissions/{mitp}/next-ordinal")).expect(404);
    }
}
