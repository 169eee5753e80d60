//! Minutes: states, comments, the document, frozen versions.

mod comments;
mod documents;
mod versions;

use serde_json::json;

use crate::meetings::{create, fault, meeting, with};
use crate::on_both;

on_both! {
    fn minutes_are_drafted_circulated_approved_and_then_unchangeable(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let (circulation, approval) = (format!("{path}/circulation"), format!("{path}/approval"));
        secretariat.get(&path).expect(404);
        assert_eq!(secretariat.post(&circulation, json!({})).expect(409).code(), "minutes_empty");
        assert_eq!(secretariat.post(&approval, json!({})).expect(409).code(), "minutes_empty");
        let draft = secretariat.put(&path, json!({"body": "# Borrador"})).expect(200);
        assert_eq!((&draft.json["status"], &draft.json["approved_at"]), (&json!("draft"), &json!(null)));
        member.get(&path).expect(404);
        member.get(&format!("{path}/document")).expect(404);
        world.observer(&ceti).get(&path).expect(404);
        world.coordinator("CL").get(&path).expect(200);
        member.put(&path, json!({"body": "Mío"})).expect(403);
        member.post(&circulation, json!({})).expect(403);
        let circulated = secretariat.post(&circulation, json!({})).expect(200);
        assert_eq!(circulated.json["status"], "circulated");
        assert_eq!(secretariat.post(&circulation, json!({})).expect(200).json, circulated.json);
        assert_eq!(member.get(&path).expect(200).json["body"], "# Borrador");
        let corrected = secretariat.put(&path, json!({"body": "Corregida"})).expect(200);
        assert_eq!((&corrected.json["status"], &corrected.json["body"]), (&json!("circulated"), &json!("Corregida")));
        assert_eq!(secretariat.with("if-match", draft.header("etag").unwrap()).put(&path, json!({"body": "Tarde"})).expect(412).code(), "precondition_failed");
        world.at("2023-09-05T15:00:00Z");
        let approved = secretariat.post(&approval, json!({})).expect(200);
        assert_eq!((&approved.json["status"], &approved.json["approved_at"]), (&json!("approved"), &json!("2023-09-05T15:00:00Z")));
        for answer in [
            secretariat.put(&path, json!({"body": "No"})),
            secretariat.post(&circulation, json!({})),
            secretariat.post(&approval, json!({})),
            world.admin().put(&path, json!({"body": "No"})),
        ] {
            assert_eq!((answer.status, answer.code()), (409, "minutes_approved"));
        }
        let mut shown = approved.json.clone();
        assert_eq!(shown.as_object_mut().unwrap().remove("published"), Some(json!([])));
        assert_eq!(member.get(&path).expect(200).json, shown);
        assert_eq!(shown["version"], 1);
    }
}

on_both! {
    fn others_read_the_circulated_text_until_a_new_one_is_circulated_or_approved(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let (secretariat, coordinator) = (world.secretariat(&ceti), world.coordinator("CL"));
        let readers = [world.representative(&minsal), world.observer(&ceti)];
        let text_of = |person: &crate::support::Person<'_>| {
            let shown = person.get(&path).expect(200).json;
            (shown["body"].as_str().unwrap().to_owned(), shown["has_new_text"].as_bool().unwrap())
        };
        let shows = |text: &str| {
            for person in &readers {
                assert_eq!(text_of(person), (text.to_owned(), false), "{}", person.email);
            }
            for person in [&readers[0], &secretariat] {
                let acta = person.get(&format!("{path}/document")).expect(200).text;
                assert!(acta.contains(text), "{acta}");
            }
        };
        secretariat.put(&path, json!({"body": "Primera versión"})).expect(200);
        let circulated = secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        assert_eq!(circulated.json["has_new_text"], false);
        let changed = secretariat.put(&path, json!({"body": "Segunda redacción"})).expect(200);
        assert_eq!((&changed.json["status"], &changed.json["has_new_text"]), (&json!("circulated"), &json!(true)));
        for person in [&secretariat, &coordinator] {
            assert_eq!(text_of(person), ("Segunda redacción".to_owned(), true), "{}", person.email);
        }
        shows("Primera versión");
        let log = coordinator.get("/audit-log?kind=minutes").expect(200);
        assert!(log.text.contains("Segunda redacción"), "{}", log.text);
        secretariat.put(&path, json!({"body": "Primera versión"})).expect(200);
        assert_eq!(text_of(&secretariat), ("Primera versión".to_owned(), false), "it was put back");
        secretariat.put(&path, json!({"body": "Tercera redacción"})).expect(200);
        world.at("2023-09-02T12:00:00Z");
        let again = secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        assert_eq!((&again.json["circulated_at"], &again.json["has_new_text"]), (&json!("2023-09-02T12:00:00Z"), &json!(false)));
        shows("Tercera redacción");
        secretariat.put(&path, json!({"body": "Texto definitivo"})).expect(200);
        shows("Tercera redacción");
        let approved = secretariat.post(&format!("{path}/approval"), json!({})).expect(200);
        assert_eq!((&approved.json["body"], &approved.json["has_new_text"]), (&json!("Texto definitivo"), &json!(false)));
        shows("Texto definitivo");
    }
}

on_both! {
    fn minutes_are_neither_circulated_nor_approved_before_the_session_begins(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        for (dates, begins) in [
            (json!({"held": null, "starts_at": "2023-09-04T14:00:00Z"}), "2023-09-04T14:00:00Z"),
            (json!({"held": "2023-09-05"}), "2023-09-05T12:00:00Z"),
            (json!({"held": "2023-10"}), "2023-10-01T12:00:00Z"),
        ] {
            let path = format!("{}/minutes", create(world, &with(meeting(&[&ceti]), dates.clone())));
            secretariat.put(&path, json!({"body": "Se acordó."})).expect(200);
            for step in ["circulation", "approval"] {
                let refused = secretariat.post(&format!("{path}/{step}"), json!({})).expect(409);
                assert_eq!(refused.code(), "session_not_started", "{dates} {step}");
                assert!(refused.json["detail"].as_str().unwrap().contains("todavía no empieza"), "{}", refused.text);
            }
            assert_eq!(secretariat.get(&path).expect(200).json["code"], json!(null));
            world.at(begins);
            secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
            secretariat.post(&format!("{path}/approval"), json!({})).expect(200);
        }
    }
}

on_both! {
    fn a_blank_of_the_template_stops_circulation_and_approval_and_is_named(world) {
        let ceti = world.commission("CL", "CETI");
        let (secretariat, session) = (world.secretariat(&ceti), create(world, &meeting(&[&ceti])));
        let path = format!("{session}/minutes");
        secretariat.put(&format!("{session}/agenda"), json!([{"title": "Cuenta", "kind": "information"}])).expect(200);
        for lang in ["es", "en"] {
            let template = secretariat.get(&format!("{path}/template?lang={lang}")).expect(200).text;
            secretariat.put(&path, json!({"body": template})).expect(200);
            for step in ["circulation", "approval"] {
                let refused = secretariat.post(&format!("{path}/{step}"), json!({})).expect(409);
                assert_eq!(refused.code(), "minutes_unfinished", "{lang} {step}");
                assert!(refused.json["detail"].as_str().unwrap().contains("«1. Cuenta»"), "{}", refused.text);
            }
        }
        secretariat.put(&path, json!({"body": "…\n\nSe abrió."})).expect(200);
        let refused = secretariat.with("accept-language", "en").post(&format!("{path}/circulation"), json!({})).expect(409);
        assert!(refused.json["detail"].as_str().unwrap().contains("On line 1 a blank is left"), "{}", refused.text);
        secretariat.put(&path, json!({"body": "## Cuenta\n\nSe leyó el acta anterior…\n\n… y se aprobó."})).expect(200);
        secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        secretariat.put(&path, json!({"body": "## Cuenta\n\n…"})).expect(200);
        assert_eq!(secretariat.post(&format!("{path}/approval"), json!({})).expect(409).code(), "minutes_unfinished");
        secretariat.put(&path, json!({"body": "## Cuenta\n\nSin observaciones."})).expect(200);
        secretariat.post(&format!("{path}/approval"), json!({})).expect(200);
    }
}

on_both! {
    fn a_bad_text_is_refused(world) {
        let ceti = world.commission("CL", "CETI");
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let admin = world.admin();
        for (body, pointer, code) in [
            (json!({}), "/body", "required"),
            (json!({"body": " "}), "/body", "blank"),
            (json!({"body": 7}), "/body", "wrong_type"),
            (json!({"body": "x".repeat(200_001)}), "/body", "too_long"),
            (json!({"body": "x", "status": "approved"}), "/status", "unknown_field"),
        ] {
            assert_eq!(admin.put(&path, body).expect(422).faults(), [fault(pointer, code)]);
        }
        admin.put(&path, json!({"body": "x".repeat(200_000)})).expect(200);
    }
}

on_both! {
    fn what_approved_minutes_state_of_the_meeting_stays(world) {
        let (ceti, camtrafor) = (world.commission("CL", "CETI"), world.commission("CL", "CAMTRAFOR"));
        let body = with(meeting(&[&ceti]), json!({"starts_at": "2023-08-22T14:00:00Z", "ends_at": "2023-08-22T16:00:00Z", "status": "held", "ordinal": 3, "place": "Santiago"}));
        let path = create(world, &body);
        let admin = world.admin();
        admin.put(&format!("{path}/minutes"), json!({"body": "Se acordó."})).expect(200);
        admin.patch(&path, json!({"title": "Tercera sesión"})).expect(200);
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        let approved = admin.get(&path).expect(200).json;
        let acta = admin.get(&format!("{path}/minutes/document")).expect(200).text;
        for change in [
            json!({"title": "Otra"}),
            json!({"commission_ids": [ceti, camtrafor]}),
            json!({"kind": "working"}),
            json!({"starts_at": "2023-08-22T15:00:00Z"}),
            json!({"ends_at": null}),
            json!({"held": "2023-08"}),
            json!({"ordinal": null}),
            json!({"modality": "online"}),
            json!({"place": "Valparaíso"}),
            json!({"time_zone": "Europe/Madrid"}),
            json!({"status": "cancelled"}),
        ] {
            let refused = admin.patch(&path, change.clone());
            assert_eq!((refused.status, refused.code()), (409, "minutes_approved"), "{change} {}", refused.text);
        }
        assert_eq!(admin.delete(&path).expect(409).code(), "in_use");
        assert_eq!(admin.post(&format!("{path}/cancellation"), json!({"reason": "No hubo"})).expect(409).code(), "minutes_approved");
        assert_eq!(admin.get(&path).expect(200).json, approved);
        assert_eq!(admin.get(&format!("{path}/minutes/document")).expect(200).text, acta);
        let free = json!({"url": "https://example.org/sala", "restricted": true, "time_zone": "America/Santiago", "status": "scheduled", "title": "Tercera sesión"});
        admin.patch(&path, free).expect(200);
        assert_eq!(admin.get(&format!("{path}/minutes/document")).expect(200).text, acta);
    }
}

on_both! {
    fn a_code_is_given_at_circulation_and_never_given_again(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let admin = world.admin();
        let circulated = |body: serde_json::Value| {
            let path = create(world, &body);
            let minutes = format!("{path}/minutes");
            assert_eq!(admin.put(&minutes, json!({"body": "Texto"})).expect(200).json["code"], json!(null));
            let answer = admin.post(&format!("{minutes}/circulation"), json!({})).expect(200);
            (path, answer.json["code"].as_str().unwrap().to_owned())
        };
        let (third, code) = circulated(with(meeting(&[&ceti]), json!({"ordinal": 3})));
        assert_eq!(code, "ACTA-CETI-2023-3");
        admin.delete(&third).expect(204);
        assert_eq!(circulated(with(meeting(&[&ceti]), json!({"ordinal": 3}))).1, "ACTA-CETI-2023-3-2");
        assert_eq!(circulated(meeting(&[&ceti])).1, "ACTA-CETI-2023-1");
        assert_eq!(circulated(meeting(&[&ceti])).1, "ACTA-CETI-2023-2");
        assert_eq!(circulated(meeting(&[&ceti])).1, "ACTA-CETI-2023-4", "3 was given");
        assert_eq!(circulated(meeting(&[&ceti, &mitp])).1, "ACTA-CETI+MITP-2023-1");
    }
}

on_both! {
    fn a_new_text_starts_the_term_anew_and_the_same_text_changes_nothing(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let circulation = format!("{path}/circulation");
        secretariat.put(&path, json!({"body": "Primera"})).expect(200);
        let past = secretariat.post(&circulation, json!({"comments_until": "2023-08-31"})).expect(422);
        assert_eq!(past.faults(), [fault("/comments_until", "out_of_range")]);
        let first = secretariat.call("POST", &circulation, None).expect(200);
        assert_eq!(first.json["comments_until"], "2023-09-11");
        let mails = world.notices();
        let to: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(to, [("minutes_circulated", member.email.as_str())]);
        assert_eq!(mails[0].subject, "Acta en circulación: Sesión ordinaria");
        assert!(mails[0].text.contains("11 de septiembre de 2023") && mails[0].text.contains(&format!("{path}/comments")), "{}", mails[0].text);
        world.at("2023-09-05T12:00:00Z");
        let again = secretariat.post(&circulation, json!({"comments_until": "2023-12-01"})).expect(200);
        assert_eq!(again.json, first.json);
        assert!(world.notices().is_empty());
        secretariat.put(&path, json!({"body": "Segunda"})).expect(200);
        let second = secretariat.post(&circulation, json!({"comments_until": "2023-12-01"})).expect(200);
        assert_eq!((&second.json["comments_until"], &second.json["code"]), (&json!("2023-12-01"), &first.json["code"]));
        assert_eq!(world.notices().len(), 1);
    }
}

on_both! {
    fn the_tag_of_the_minutes_changes_with_everything_that_they_state(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let admin = world.admin();
        let session = create(world, &meeting(&[&ceti]));
        let id = session.trim_start_matches("/meetings/");
        let path = format!("{session}/minutes");
        admin.put(&path, json!({"body": "Texto"})).expect(200);
        let mut seen = vec![admin.get(&path).expect(200).json["content_sha256"].clone()];
        let mut changed = |what: &str| {
            let now = admin.get(&path).expect(200).json["content_sha256"].clone();
            assert!(!seen.contains(&now), "{what}");
            seen.push(now);
        };
        admin.put(&format!("{session}/agenda"), json!([{"title": "Cuenta", "kind": "information"}])).expect(200);
        changed("agenda");
        admin.put(&format!("{session}/attendance"), json!([{"institution_id": minsal, "status": "present"}])).expect(200);
        changed("attendance");
        admin.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Acuerdo", "meeting_id": id})).expect(201);
        changed("agreement");
        admin.post("/commitments", json!({"commission_ids": [ceti], "text": "Informar", "meeting_id": id, "assignments": [{"institution_id": minsal}]})).expect(201);
        changed("commitment");
        let template = admin.get(&format!("{path}/template")).expect(200);
        assert!(template.header("content-type").unwrap().starts_with("text/markdown"));
        // The acta states attendance, agreements and commitments itself.
        assert_eq!(template.text, "## 1. Cuenta\n\n…\n");
        assert_eq!(admin.get(&format!("{path}/template?lang=en")).expect(200).text, template.text);
    }
}
