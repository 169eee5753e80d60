//! Preferences: each event at once, in the mail of the day, in the summary of the week, or not at all.

use serde_json::json;

use super::{Fixture, kinds_and_recipients};
use crate::on_both;
use crate::support::Mail;

on_both! {
    fn every_event_is_immediate_until_a_person_says_otherwise(world) {
        let person = world.stranger();
        let shown = person.get("/me/notifications").expect(200);
        let events = shown.json["events"].as_object().unwrap().clone();
        assert!(events.len() > 25 && events.values().all(|timing| timing == "immediate"), "{}", shown.text);
        let set = person.put("/me/notifications", json!({"events": {"completion_review": "daily", "minutes_commented": "weekly", "convocation": "immediate"}})).expect(200);
        assert_eq!((&set.json["events"]["completion_review"], &set.json["events"]["minutes_commented"]), (&json!("daily"), &json!("weekly")));
        assert_eq!(set.json["events"]["new_commitment"], "immediate");
        let again = person.get("/me/notifications").expect(200);
        assert_eq!((&again.json, again.header("etag")), (&set.json, set.header("etag")));
        let tag = shown.header("etag").unwrap();
        person.with("if-match", tag).put("/me/notifications", json!({"events": {}})).expect(412);
        person.put("/me/notifications", again.json.clone()).expect(200);
        let reset = person.put("/me/notifications", json!({"events": {}})).expect(200);
        assert_eq!(reset.json["events"]["completion_review"], "immediate", "the whole is replaced");
        let log = world.admin().get("/audit-log?kind=notification_preferences").expect(200);
        assert_eq!(log.items().len(), 2);
    }
}

on_both! {
    fn what_cannot_be_turned_off_or_does_not_exist_is_refused_with_its_pointer(world) {
        let person = world.stranger();
        for (code, timing, fault) in [
            ("convocation", "off", "always_immediate"),
            ("session_cancelled", "weekly", "always_immediate"),
            ("password_reset", "off", "unknown_field"),
            ("reminder", "off", "unknown_field"),
            ("new_commitment", "monthly", "not_a_choice"),
        ] {
            let refused = person.put("/me/notifications", json!({"events": {code: timing}})).expect(422);
            assert_eq!(refused.faults(), [(format!("/events/{code}"), fault.to_owned())], "{code}");
        }
        person.put("/me/notifications", json!({})).expect(422);
        world.nobody().get("/me/notifications").expect(401);
    }
}

on_both! {
    fn a_person_who_turned_an_event_off_hears_nothing_of_it(world) {
        let fixture = Fixture::new(world);
        fixture.representative.put("/me/notifications", json!({"events": {"new_commitment": "off"}})).expect(200);
        let other = world.representative(&fixture.minsal);
        fixture.create_commitment("2024-06-30");
        assert_eq!(kinds_and_recipients(&world.notices()), [("new_commitment", other.email.as_str())]);
    }
}

on_both! {
    fn a_daily_notice_waits_for_the_mail_of_the_next_sending_hour(world) {
        let fixture = Fixture::new(world);
        fixture.representative.put("/me/notifications", json!({"events": {"new_commitment": "daily"}})).expect(200);
        world.at("2023-09-04T15:00:00Z");
        fixture.create_commitment("2024-06-30");
        assert!(world.mails().is_empty(), "the mail of the day has left");
        world.at("2023-09-05T12:00:00Z");
        let mails = world.mails();
        assert_eq!(kinds_and_recipients(&mails), [("reminder", fixture.representative.email.as_str())]);
        assert!(mails[0].text.contains("CETI-2023-001"), "{}", mails[0].text);
        assert!(world.mails().is_empty(), "told once");
    }
}

on_both! {
    fn a_daily_notice_joins_the_reminders_of_the_day(world) {
        let fixture = Fixture::new(world);
        fixture.representative.put("/me/notifications", json!({"events": {"update_returned": "daily"}})).expect(200);
        world.row_task(("CL", fixture.ceti.parse().unwrap()), fixture.minsal.parse().unwrap(), "CETI-2023-050", "2023-09-12");
        let (_, assignment) = fixture.create_commitment("2024-06-30");
        let update = fixture.report_completion(&assignment);
        world.at("2023-09-04T15:00:00Z");
        world.mails();
        fixture.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "returned", "comment": "Falta el acta"})).expect(200);
        world.at("2023-09-05T12:00:00Z");
        let mails = world.mails();
        let own: Vec<_> = mails.iter().filter(|mail| mail.to == fixture.representative.email).collect();
        assert_eq!((own.len(), own[0].kind.as_str()), (1, "reminder"));
        assert!(own[0].text.contains("CETI-2023-050: vence el") && own[0].text.contains("Falta el acta"), "{}", own[0].text);
    }
}

on_both! {
    fn a_weekly_notice_waits_for_the_next_monday_or_the_first_working_day_after_it(world) {
        let fixture = Fixture::new(world);
        world.admin().put("/countries/CL/calendar", json!([{"date": "2023-09-11", "name": "Feriado", "kind": "holiday"}])).expect(200);
        fixture.representative.put("/me/notifications", json!({"events": {"new_commitment": "weekly"}})).expect(200);
        world.at("2023-09-05T15:00:00Z");
        fixture.create_commitment("2024-06-30");
        for moment in ["2023-09-05T15:01:00Z", "2023-09-08T15:00:00Z", "2023-09-11T15:00:00Z"] {
            world.at(moment);
            assert!(world.mails().iter().all(|mail| mail.to != fixture.representative.email), "{moment}");
        }
        world.at("2023-09-12T12:00:00Z");
        let mails = world.mails();
        let own: Vec<_> = mails.iter().filter(|mail| mail.to == fixture.representative.email).collect();
        assert_eq!((own.len(), own[0].kind.as_str()), (1, "summary"));
        assert!(own[0].text.contains("CETI-2023-001"), "{}", own[0].text);
        assert!(world.mails().is_empty(), "told once");
    }
}

/// Asserts that a person got one mail, of this kind, with the commitment and without the session.
#[track_caller]
fn tells_of_the_commitment_alone(mails: &[Mail], to: &str, kind: &str) {
    let own: Vec<_> = mails.iter().filter(|mail| mail.to == to).collect();
    assert_eq!(
        kinds_and_recipients(mails).into_iter().filter(|(_, address)| *address == to).collect::<Vec<_>>(),
        [(kind, to)]
    );
    assert!(own[0].text.contains("CETI-2023-001") && !own[0].text.contains("Sesión de agosto"), "{}", own[0].text);
}

on_both! {
    fn a_waiting_notice_is_not_sent_to_a_person_who_may_no_longer_see_the_record(world) {
        let fixture = Fixture::new(world);
        let (former, weekly) = (world.representative(&fixture.minsal), world.representative(&fixture.minsal));
        for (person, timing) in [(&fixture.representative, "daily"), (&former, "daily"), (&weekly, "weekly")] {
            let events = json!({"new_commitment": timing, "minutes_circulated": timing});
            person.put("/me/notifications", json!({"events": events})).expect(200);
        }
        world.at("2023-09-05T15:00:00Z");
        fixture.create_commitment("2024-06-30");
        let session = json!({"commission_ids": [fixture.ceti], "kind": "ordinary", "title": "Sesión de agosto", "held": "2023-08-22"});
        let session = format!("/meetings/{}", fixture.secretariat.post("/meetings", session).expect(201).id());
        fixture.secretariat.put(&format!("{session}/minutes"), json!({"body": "Se acordó."})).expect(200);
        fixture.secretariat.post(&format!("{session}/minutes/circulation"), json!({})).expect(200);
        world.mails();
        fixture.secretariat.patch(&session, json!({"restricted": true})).expect(200);
        fixture.representative.get(&session).expect(404);
        let admin = world.admin();
        let grants = format!("/users/{}/grants", former.id.unwrap());
        let grant = admin.get(&grants).expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        admin.delete(&format!("{grants}/{grant}")).expect(204);
        world.at("2023-09-06T12:00:00Z");
        let mails = world.mails();
        assert!(mails.iter().all(|mail| mail.to != former.email), "the grant was revoked");
        tells_of_the_commitment_alone(&mails, &fixture.representative.email, "reminder");
        world.at("2023-09-11T12:00:00Z");
        tells_of_the_commitment_alone(&world.mails(), &weekly.email, "summary");
        fixture.secretariat.delete(&session).expect(204);
        let told: Vec<_> = world.mails().into_iter().map(|mail| mail.to).collect();
        for person in [&fixture.representative, &weekly] {
            assert!(!told.contains(&person.email), "they heard nothing of the session: {told:?}");
        }
    }
}
