//! Comments on circulated minutes: by whom, until when, and who is notified.

use serde_json::json;

use crate::meetings::{create, fault, meeting};
use crate::on_both;

on_both! {
    fn members_of_the_day_comment_until_the_last_day(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, late, guest) = (world.institution("Minsal"), world.institution("Senda"), world.institution("OIT"));
        world.member(&ceti, &minsal, "member");
        world.admin().post(&format!("/commissions/{ceti}/memberships"), json!({"institution_id": late, "role": "member", "from": "2023-08-23"})).expect(201);
        let (secretariat, colleague) = (world.secretariat(&ceti), world.secretariat(&ceti));
        let (member, newcomer, invited) = (world.representative(&minsal), world.representative(&late), world.representative(&guest));
        let session = create(world, &meeting(&[&ceti]));
        let (path, comments) = (format!("{session}/minutes"), format!("{session}/minutes/comments"));
        let text = || json!({"text": "Debe decir abril."});
        secretariat.put(&format!("{session}/attendance"), json!([{"institution_id": guest, "status": "present", "capacity": "guest"}])).expect(200);
        assert_eq!(member.post(&comments, text()).expect(409).code(), "minutes_not_circulated");
        secretariat.put(&path, json!({"body": "Texto"})).expect(200);
        assert_eq!(member.post(&comments, text()).expect(409).code(), "minutes_not_circulated");
        member.get(&comments).expect(404);
        secretariat.post(&format!("{path}/circulation"), json!({"comments_until": "2023-09-05"})).expect(200);
        world.notices();
        let made = member.post(&comments, text()).expect(201);
        assert_eq!((&made.json["institution_id"], &made.json["on_behalf"]), (&json!(minsal), &json!(false)));
        let to: Vec<_> = world.notices().into_iter().map(|mail| (mail.kind, mail.to)).collect();
        let mut keepers = [secretariat.email.clone(), colleague.email.clone()];
        keepers.sort_unstable();
        assert_eq!(to, keepers.map(|address| ("minutes_commented".to_owned(), address)));
        invited.post(&comments, text()).expect(201);
        newcomer.post(&comments, text()).expect(403);
        world.observer(&ceti).post(&comments, text()).expect(403);
        member.post(&comments, json!({"text": "De otra", "institution_id": guest})).expect(403);
        member.post(&comments, json!({"text": "De otra", "institution_id": minsal, "on_behalf": true})).expect(403);
        assert_eq!(secretariat.post(&comments, json!({"text": "Por escrito", "institution_id": minsal})).expect(422).faults(), [fault("/on_behalf", "required")]);
        assert_eq!(secretariat.post(&comments, json!({"text": "Por escrito", "on_behalf": true})).expect(422).faults(), [fault("/institution_id", "required")]);
        assert_eq!(secretariat.post(&comments, json!({"text": "Por escrito", "on_behalf": true, "institution_id": late})).expect(422).faults(), [fault("/institution_id", "not_at_session")]);
        let entered = secretariat.post(&comments, json!({"text": "Por escrito", "on_behalf": true, "institution_id": minsal})).expect(201);
        assert_eq!(member.get(entered.header("location").unwrap().trim_start_matches("/api/v1")).expect(200).json, entered.json);
        assert_eq!(newcomer.get(&comments).expect(200).items().len(), 3);
        let acta = member.get(&format!("{path}/document")).expect(200).text;
        assert!(acta.contains("Minsal, 1 de septiembre de 2023") && acta.contains("Por escrito"), "{acta}");
        world.at("2023-09-06T02:00:00Z"); // still the fifth in Chile
        member.post(&comments, text()).expect(201);
        world.at("2023-09-06T12:00:00Z");
        assert_eq!(member.post(&comments, text()).expect(409).code(), "comments_closed");
        secretariat.put(&path, json!({"body": "Otro texto"})).expect(200);
        secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        member.post(&comments, text()).expect(201);
        secretariat.post(&format!("{path}/approval"), json!({})).expect(200);
        assert_eq!(member.post(&comments, text()).expect(409).code(), "minutes_approved");
        assert_eq!(member.get(&comments).expect(200).items().len(), 5);
    }
}

on_both! {
    fn a_member_that_has_left_since_the_session_is_not_asked_for_comments(world) {
        let ceti = world.commission("CL", "CETI");
        let institutions = ["Minsal", "Senda", "Interior"].map(|name| world.institution(name));
        let seats = institutions.each_ref().map(|id| world.member(&ceti, id, "member"));
        let [member, gone, listed] = institutions.each_ref().map(|id| world.representative(id));
        let session = create(world, &meeting(&[&ceti]));
        let (path, admin) = (format!("{session}/minutes"), world.admin());
        admin.put(&format!("{session}/attendance"), json!([{"institution_id": institutions[2], "status": "present"}])).expect(200);
        for seat in &seats[1..] {
            admin.patch(&format!("/commissions/{ceti}/memberships/{seat}"), json!({"to": "2023-08-31"})).expect(200);
        }
        admin.put(&path, json!({"body": "Texto"})).expect(200);
        world.notices();
        admin.post(&format!("{path}/circulation"), json!({})).expect(200);
        let mut asked = [member.email.clone(), listed.email.clone()];
        asked.sort_unstable();
        let to: Vec<_> = world.notices().into_iter().map(|mail| (mail.kind, mail.to)).collect();
        assert_eq!(to, asked.map(|address| ("minutes_circulated".to_owned(), address)), "who attended may comment still");
        let comments = format!("{path}/comments");
        gone.post(&comments, json!({"text": "Tarde"})).expect(404);
        for person in [&member, &listed] {
            person.post(&comments, json!({"text": "De acuerdo"})).expect(201);
        }
        let by_letter = json!({"text": "Por oficio", "on_behalf": true, "institution_id": institutions[1]});
        world.secretariat(&ceti).post(&comments, by_letter).expect(201);
    }
}
