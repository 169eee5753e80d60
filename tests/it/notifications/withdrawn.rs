//! Notices about records that no longer hold, changed contacts, and where answers go.

use serde_json::json;

use super::{Fixture, kinds_and_recipients};
use crate::on_both;

on_both! {
    fn a_commitment_that_is_deleted_at_once_is_announced_to_nobody(world) {
        let fixture = Fixture::new(world);
        let (path, _) = fixture.create_commitment("2024-06-30");
        fixture.secretariat.delete(&path).expect(204);
        assert!(world.notices().is_empty());
        let dropped = world.admin().get("/reminders/deliveries?kind=new_commitment&status=dropped").expect(200);
        assert_eq!(dropped.items().len(), 1);
    }
}

on_both! {
    fn whoever_was_told_of_a_deleted_commitment_is_told_once_that_it_no_longer_holds(world) {
        let fixture = Fixture::new(world);
        let (path, _) = fixture.create_commitment("2024-06-30");
        assert_eq!(kinds_and_recipients(&world.notices()), [("new_commitment", fixture.representative.email.as_str())]);
        fixture.secretariat.delete(&path).expect(204);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), [("notice_withdrawn", fixture.representative.email.as_str())]);
        assert!(mails[0].subject.starts_with("CETI-2023-001:"), "{}", mails[0].subject);
        assert!(world.notices().is_empty());
    }
}

on_both! {
    fn a_removed_part_is_withdrawn_from_its_institution_alone(world) {
        let fixture = Fixture::new(world);
        let (mineduc, path) = (world.institution("Mineduc"), fixture.create_commitment("2024-06-30").0);
        let other = world.representative(&mineduc);
        let part = fixture.secretariat.post(&format!("{path}/assignments"), json!({"institution_id": mineduc})).expect(201).id();
        assert_eq!(world.notices().len(), 2);
        fixture.secretariat.delete(&format!("{path}/assignments/{part}")).expect(204);
        assert_eq!(kinds_and_recipients(&world.notices()), [("notice_withdrawn", other.email.as_str())]);
    }
}

on_both! {
    fn a_notice_that_waits_for_the_mail_of_the_day_is_dropped_with_its_record(world) {
        let fixture = Fixture::new(world);
        fixture.representative.put("/me/notifications", json!({"events": {"new_commitment": "daily"}})).expect(200);
        world.at("2023-09-04T15:00:00Z");
        let (path, _) = fixture.create_commitment("2024-06-30");
        world.mails();
        fixture.secretariat.delete(&path).expect(204);
        world.at("2023-09-05T12:00:00Z");
        assert!(world.mails().iter().all(|mail| mail.to != fixture.representative.email));
    }
}

on_both! {
    fn a_session_that_is_cancelled_before_its_invitation_left_mails_nobody(world) {
        let fixture = Fixture::new(world);
        let body = json!({"commission_ids": [fixture.ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-09-20T14:00:00Z"});
        let path = format!("/meetings/{}", fixture.secretariat.post("/meetings", body).expect(201).id());
        fixture.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        fixture.secretariat.post(&format!("{path}/cancellation"), json!({"reason": "Duplicada"})).expect(200);
        assert!(world.notices().is_empty());
    }
}

on_both! {
    fn answers_go_to_the_person_of_the_secretariat_or_else_to_its_institution(world) {
        let fixture = Fixture::new(world);
        fixture.create_commitment("2024-06-30");
        assert_eq!(world.notices()[0].reply_to, [fixture.secretariat.email.clone()]);
        let keeper = world.institution("Subsecretaría");
        world.admin().patch(&format!("/institutions/{keeper}"), json!({"email": "secretaria@ceti.example"})).expect(200);
        world.member(&fixture.ceti, &keeper, "secretariat");
        world.secretariat(&fixture.ceti);
        world.notices();
        fixture.create_commitment("2024-06-30");
        assert_eq!(world.notices()[0].reply_to, ["secretaria@ceti.example"], "two people keep the record");
        let person = json!({"email": "eva@example.org", "name": "Eva", "grants": []});
        world.admin().post("/users", person).expect(201);
        assert_eq!(world.notices()[0].reply_to, [] as [&str; 0], "a mail about an account has no answer");
    }
}

on_both! {
    fn a_changed_contact_is_told_to_the_others_the_former_address_and_the_coordinator(world) {
        let fixture = Fixture::new(world);
        let coordinator = world.coordinator("CL");
        let admin = world.admin();
        let institution = format!("/institutions/{}", fixture.minsal);
        admin.patch(&institution, json!({"email": "antes@minsal.example", "country_code": "CL"})).expect(200);
        world.notices();
        fixture.secretariat.patch(&institution, json!({"email": "ahora@minsal.example"})).expect(200);
        let mut told = ["antes@minsal.example", coordinator.email.as_str(), fixture.representative.email.as_str()];
        told.sort_unstable();
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), told.iter().map(|to| ("contact_changed", *to)).collect::<Vec<_>>());
        assert!(mails[0].text.contains("ahora@minsal.example"), "{}", mails[0].text);
        let body = json!({"email": "eva@example.org", "name": "Eva", "grants": [{"role": "representative", "institution_id": fixture.minsal, "commission_id": fixture.ceti}]});
        coordinator.post("/users", body).expect(201);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().filter(|mail| mail.kind == "contact_changed").map(|mail| mail.to.as_str()).collect();
        assert_eq!(told, [fixture.representative.email.as_str()], "neither who is new nor who made the change");
        let delegate = json!({"institution_id": fixture.minsal, "capacity": "principal", "name": "Ana", "email": "ana@minsal.example"});
        let made = fixture.secretariat.post(&format!("/commissions/{}/delegates", fixture.ceti), delegate).expect(201);
        world.notices();
        let path = format!("/commissions/{}/delegates/{}", fixture.ceti, made.id());
        fixture.secretariat.patch(&path, json!({"email": "otra@minsal.example"})).expect(200);
        let mails = world.notices();
        assert!(mails.iter().any(|mail| mail.to == "ana@minsal.example") && mails.iter().all(|mail| mail.to != "otra@minsal.example"), "{mails:?}");
        fixture.secretariat.patch(&path, json!({})).expect(200);
        assert!(world.notices().is_empty(), "nothing changed");
    }
}

on_both! {
    fn an_account_with_the_address_of_a_delegate_is_offered_to_be_linked(world) {
        let fixture = Fixture::new(world);
        let delegates = format!("/commissions/{}/delegates", fixture.ceti);
        let body = json!({"institution_id": fixture.minsal, "capacity": "principal", "name": "Ana", "email": fixture.representative.email});
        let made = fixture.secretariat.post(&delegates, body).expect(201);
        let path = format!("{delegates}/{}", made.id());
        let shown = fixture.secretariat.get(&path).expect(200);
        assert_eq!(shown.json["linkable_user_id"], json!(fixture.representative.id));
        assert_eq!(made.json, shown.json);
        let stranger = world.observer(&fixture.ceti).get(&path).expect(200);
        assert!(stranger.json.get("linkable_user_id").is_none(), "{}", stranger.text);
        let tag = shown.header("etag").unwrap();
        let link = json!({"user_id": fixture.representative.id, "name": null, "email": null});
        let linked = fixture.secretariat.with("if-match", tag).patch(&path, link).expect(200);
        assert!(linked.json.get("linkable_user_id").is_none() && linked.json["user_id"] == json!(fixture.representative.id));
    }
}
