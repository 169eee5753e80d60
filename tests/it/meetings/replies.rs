//! Acts of representatives of the institutions convened: replies, proposals for the agenda, documents.

use serde_json::json;

use super::{create, fault, meeting, with};
use crate::on_both;

on_both! {
    fn a_reply_prefills_the_attendance_until_the_secretariat_marks_it(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        for member in [&minsal, &mineduc] {
            world.member(&ceti, member, "member");
        }
        let path = create(world, &with(meeting(&[&ceti]), json!({"held": null, "starts_at": "2023-10-02T14:00:00Z"})));
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let reply = format!("{path}/replies/{minsal}");
        let early = representative.put(&reply, json!({"reply": "attends"})).expect(409);
        assert_eq!(early.code(), "session_not_convened");
        secretariat.post(&format!("{path}/convocation"), json!({})).expect(200);
        world.notices();
        let made = representative.put(&reply, json!({"reply": "attends", "person": "Ana Rojas", "note": "Llega tarde"})).expect(200);
        assert_eq!((&made.json["reply"], &made.json["person"], &made.json["institution_id"]), (&json!("attends"), &json!("Ana Rojas"), &json!(minsal)));
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("meeting_reply", secretariat.email.as_str())]);
        assert!(mails[0].text.contains("Minsal") && mails[0].text.contains("Llega tarde"), "{}", mails[0].text);
        let attendance = || secretariat.get(&format!("{path}/attendance")).expect(200).json;
        assert_eq!((&attendance()["items"][0]["status"], &attendance()["items"][0]["person"]), (&json!("present"), &json!("Ana Rojas")));
        representative.put(&reply, json!({"reply": "excused"})).expect(200);
        assert_eq!(attendance()["items"][0]["status"], "excused");
        let marked = json!([{"institution_id": minsal, "status": "absent"}]);
        secretariat.put(&format!("{path}/attendance"), marked).expect(200);
        representative.put(&reply, json!({"reply": "attends"})).expect(200);
        assert_eq!(attendance()["items"][0]["status"], "absent", "the mark of the secretariat counts");
        let other = world.representative(&mineduc);
        let refused = other.put(&reply, json!({"reply": "attends"})).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("representa"), "{}", refused.text);
        assert_eq!(other.get(&format!("{path}/replies")).expect(200).items().len(), 0);
        assert_eq!(representative.get(&format!("{path}/replies")).expect(200).items().len(), 1);
        assert_eq!(secretariat.get(&format!("{path}/replies")).expect(200).items()[0]["reply"], "attends");
        assert_eq!(representative.put(&reply, json!({"reply": "perhaps"})).expect(422).faults(), [fault("/reply", "not_a_choice")]);
        world.at("2023-10-02T14:00:00Z");
        let late = world.representative(&minsal).put(&reply, json!({"reply": "excused"})).expect(409);
        assert_eq!(late.code(), "session_started");
    }
}

on_both! {
    fn the_attendance_proposes_the_delegates_of_members_without_an_entry(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        for member in [&minsal, &mineduc] {
            world.member(&ceti, member, "member");
        }
        let secretariat = world.secretariat(&ceti);
        for (capacity, name) in [("alternate", "Eva Díaz"), ("principal", "Ana Rojas")] {
            let delegate = json!({"institution_id": minsal, "capacity": capacity, "name": name});
            secretariat.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        }
        let path = format!("{}/attendance", create(world, &meeting(&[&ceti])));
        let shown = secretariat.get(&path).expect(200);
        assert_eq!(shown.json["proposed"], json!([
            {"institution_id": minsal, "capacity": "principal", "person": "Ana Rojas"},
            {"institution_id": mineduc, "capacity": null, "person": null},
        ]));
        assert_eq!(world.representative(&minsal).get(&path).expect(200).json["proposed"], json!([]));
        let marked = json!([{"institution_id": minsal, "status": "present"}]);
        let put = secretariat.with("if-match", shown.header("etag").unwrap()).put(&path, marked).expect(200);
        assert_eq!(put.json["proposed"].as_array().unwrap().len(), 1);
        assert_eq!(put.header("etag"), secretariat.get(&path).expect(200).header("etag"));
    }
}

on_both! {
    fn an_institution_proposes_an_item_and_the_secretariat_decides(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        for member in [&minsal, &mineduc] {
            world.member(&ceti, member, "member");
        }
        let path = create(world, &with(meeting(&[&ceti]), json!({"held": null, "starts_at": "2023-10-02T14:00:00Z"})));
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let proposals = format!("{path}/agenda/proposals");
        world.notices();
        let body = json!({"title": "Protocolo de atención", "reason": "Las regiones lo desconocen"});
        let made = representative.post(&proposals, body.clone()).expect(201);
        assert_eq!((&made.json["status"], &made.json["institution_id"]), (&json!("pending"), &json!(minsal)));
        let one = format!("{proposals}/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{one}").as_str()));
        assert_eq!(secretariat.get(&one).expect(200).json, made.json);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("agenda_proposed", secretariat.email.as_str())]);
        assert!(mails[0].text.contains(&format!("{one}/decision")), "{}", mails[0].text);
        let second = representative.post(&proposals, body.clone()).expect(201).id();
        world.notices();
        let decide = |id: &str, decision| secretariat.put(&format!("{proposals}/{id}/decision"), decision);
        assert_eq!(decide(&second, json!({"outcome": "declined"})).expect(422).faults(), [fault("/reason", "comment_required")]);
        let declined = decide(&second, json!({"outcome": "declined", "reason": "En octubre"})).expect(200);
        assert_eq!((&declined.json["status"], &declined.json["agenda_item_id"]), (&json!("declined"), &json!(null)));
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("agenda_proposal_decided", representative.email.as_str())]);
        assert!(mails[0].text.contains("En octubre"), "{}", mails[0].text);
        let accepted = decide(&made.id(), json!({"outcome": "accepted"})).expect(200);
        let agenda = secretariat.get(&format!("{path}/agenda")).expect(200).json;
        assert_eq!((&agenda[0]["title"], &agenda[0]["presenter"], &agenda[0]["id"]), (&json!("Protocolo de atención"), &json!("Minsal"), &accepted.json["agenda_item_id"]));
        assert_eq!(decide(&made.id(), json!({"outcome": "accepted"})).expect(409).code(), "proposal_decided");
        representative.put(&format!("{one}/decision"), json!({"outcome": "accepted"})).expect(403);
        world.representative(&mineduc).get(&one).expect(404);
        assert_eq!(world.representative(&mineduc).get(&proposals).expect(200).items().len(), 0);
        assert_eq!(representative.get(&proposals).expect(200).items().len(), 2);
        secretariat.post(&proposals, body).expect(403);
    }
}

on_both! {
    fn replies_and_proposals_are_counted_whatever_the_page_and_only_those_that_the_reader_may_see(world) {
        let ceti = world.commission("CL", "CETI");
        let institutions = ["Minsal", "Mineduc", "Interior"].map(|name| world.institution(name));
        let path = create(world, &with(meeting(&[&ceti]), json!({"held": null, "starts_at": "2023-10-02T14:00:00Z"})));
        for institution in &institutions {
            world.member(&ceti, institution, "member");
        }
        world.secretariat(&ceti).post(&format!("{path}/convocation"), json!({})).expect(200);
        for institution in &institutions {
            let representative = world.representative(institution);
            representative.put(&format!("{path}/replies/{institution}"), json!({"reply": "attends"})).expect(200);
            let body = json!({"title": "Protocolo", "reason": "Falta"});
            representative.post(&format!("{path}/agenda/proposals"), body).expect(201);
        }
        let (secretariat, own) = (world.secretariat(&ceti), world.representative(&institutions[0]));
        for list in ["replies", "agenda/proposals"] {
            let list = format!("{path}/{list}");
            let first = secretariat.get(&format!("{list}?limit=1&count=true")).expect(200);
            assert_eq!((first.items().len(), &first.json["total"], &first.json["total_is_exact"]), (1, &json!(3), &json!(true)), "{list}");
            let cursor = first.json["next_cursor"].as_str().unwrap();
            let rest = secretariat.get(&format!("{list}?cursor={cursor}&count=true")).expect(200);
            assert_eq!((rest.items().len(), &rest.json["total"]), (2, &json!(3)), "{list}: the whole list is counted");
            assert_eq!(own.get(&format!("{list}?count=true")).expect(200).json["total"], 1, "{list}");
            assert_eq!(secretariat.get(&list).expect(200).json.get("total"), None, "{list}");
        }
    }
}

on_both! {
    fn an_institution_that_is_convened_attaches_a_document_but_no_signed_minutes(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, guest) = (world.institution("Minsal"), world.institution("Programa"));
        world.member(&ceti, &minsal, "member");
        let path = create(world, &with(meeting(&[&ceti]), json!({"restricted": true})));
        let paper = |kind: &str| json!({"title": "Minuta", "kind": kind, "url": "https://example.org/minuta"});
        let (member, invited) = (world.representative(&minsal), world.representative(&guest));
        member.post(&format!("{path}/documents"), paper("annex")).expect(404);
        world.admin().put(&format!("{path}/attendance"), json!([{"institution_id": guest, "status": "present", "capacity": "guest"}])).expect(200);
        let made = invited.post(&format!("{path}/documents"), paper("annex")).expect(201).id();
        let refused = invited.post(&format!("{path}/documents"), paper("signed_minutes")).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("secretaría"), "{}", refused.text);
        invited.delete(&format!("{path}/documents/{made}")).expect(403);
        let open = create(world, &meeting(&[&ceti]));
        member.post(&format!("{open}/documents"), paper("other")).expect(201);
        world.observer(&ceti).post(&format!("{open}/documents"), paper("other")).expect(403);
    }
}

on_both! {
    fn a_person_who_observes_for_an_institution_is_convened_with_it(world) {
        let ceti = world.commission("CL", "CETI");
        let oit = world.institution("OIT");
        world.member(&ceti, &oit, "observer");
        let observer = world.observer(&ceti);
        world.admin().patch(&format!("/users/{}", observer.id.unwrap()), json!({"institution_id": oit})).expect(200);
        let secretariat = world.secretariat(&ceti);
        let path = create(world, &with(meeting(&[&ceti]), json!({"held": null, "starts_at": "2023-10-02T14:00:00Z"})));
        world.notices();
        secretariat.post(&format!("{path}/convocation"), json!({})).expect(200);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("convocation", observer.email.as_str())]);
        assert!(mails[0].text.contains("su institución observa la comisión"), "{}", mails[0].text);
    }
}
