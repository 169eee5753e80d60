//! Reporting, reviewing, cancelling, reopening, requesting more time.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;

on_both! {
    fn an_unverified_completion_does_not_fulfil_the_commitment(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-08-31"})).json;
        let (place, part) = (format!("/commitments/{}", made["id"].as_str().unwrap()), path(&made, 0));
        let update = s.complete(&s.speaker, &part).expect(201);
        assert_eq!(update.header("location"), Some(format!("/api/v1/updates/{}", update.id()).as_str()));
        let waiting = s.speaker.get(&place).expect(200).json;
        assert_eq!((&waiting["status"], &waiting["overdue"], &waiting["fulfilled"]["done"]), (&json!("in_progress"), &json!(true), &json!(0)));
        assert_eq!((&waiting["assignments"][0]["verification"], &waiting["assignments"][0]["overdue"]), (&json!("pending"), &json!(false)));
        let review = format!("/updates/{}/review", update.id());
        assert_eq!(s.speaker.put(&review, json!({"outcome": "accepted"})).expect(403).code(), "own_update");
        world.representative(&s.minsal).put(&review, json!({"outcome": "accepted"})).expect(403);
        let fault = s.secretary.put(&review, json!({"outcome": "returned"})).expect(422);
        assert_eq!(fault.faults(), [("/comment".into(), "comment_required".into())] as [(String, String); 1]);
        s.secretary.put(&review, json!({"outcome": "perhaps"})).expect(422);
        let accepted = s.secretary.put(&review, json!({"outcome": "accepted"})).expect(200);
        assert_eq!((&accepted.json["review"]["outcome"], &accepted.json["review"]["reviewed_by"]["id"]), (&json!("accepted"), &json!(s.secretary.id.unwrap().to_string())));
        let done = s.speaker.get(&place).expect(200).json;
        assert_eq!((&done["status"], &done["overdue"], &done["fulfilled"]), (&json!("completed"), &json!(false), &json!({"done": 1, "of": 1})));
        let part_now = &done["assignments"][0];
        assert_eq!((&part_now["completed_on"], &part_now["on_time"], &part_now["verification"]), (&json!("2023-08-30"), &json!(true), &json!("accepted")));
        assert_eq!(s.secretary.put(&review, json!({"outcome": "accepted"})).expect(409).code(), "not_pending");
        assert_eq!(s.report(&s.speaker, &part, json!({})).expect(409).code(), "already_accepted");
        let ask = json!({"requested_due": "2024", "reason": "más"});
        assert_eq!(s.speaker.post(&format!("{part}/extensions"), ask).expect(409).code(), "already_accepted");
    }
}

on_both! {
    fn what_is_returned_goes_on_and_a_new_report_takes_the_place_of_one_that_waits(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({})).json;
        let part = path(&made, 0);
        let first = s.complete(&s.speaker, &part).expect(201).id();
        let second = s.complete(&s.speaker, &part).expect(201).id();
        assert_eq!(s.secretary.put(&format!("/updates/{first}/review"), json!({"outcome": "accepted"})).expect(409).code(), "not_pending");
        s.secretary.put(&format!("/updates/{second}/review"), json!({"outcome": "returned", "comment": "Falta la lista"})).expect(200);
        let now = s.speaker.get(&part).expect(200).json;
        assert_eq!((&now["status"], &now["verification"], &now["completed_on"]), (&json!("in_progress"), &json!("returned"), &Value::Null));
        for (status, percent) in [("planned", json!(10)), ("not_achieved", Value::Null), ("in_progress", json!(60))] {
            s.report(&s.speaker, &part, json!({"status": status, "percent": percent, "quantity": 2.5})).expect(201);
            let now = s.speaker.get(&part).expect(200).json;
            assert_eq!((&now["status"], &now["verification"]), (&json!(status), &json!("none")));
            assert_eq!((&now["percent"], &now["quantity"]), (&(if percent.is_null() { json!(10) } else { percent }), &json!(2.5)));
        }
        let updates = s.speaker.get(&format!("{part}/updates")).expect(200);
        assert_eq!(updates.items().len(), 5);
        assert_eq!((&updates.items()[1]["review"]["comment"], &updates.items()[0]["review"]), (&json!("Falta la lista"), &Value::Null));
        assert_eq!(updates.items()[0]["evidence"][0]["title"], "Acta");
        assert_eq!(s.speaker.get(&format!("/updates/{first}")).expect(200).json, updates.items()[0]);
        world.representative(&world.institution("Nadie")).get(&format!("/updates/{first}")).expect(404);
        s.secretary.delete(&part).expect(409);
        s.secretary.delete(&format!("/commitments/{}", made["id"].as_str().unwrap())).expect(409);
    }
}

on_both! {
    fn who_may_report_for_whom_and_what_a_report_must_hold(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({})).json;
        let part = path(&made, 0);
        s.report(&world.representative(&s.minsal), &part, json!({})).expect(403);
        s.report(&world.observer(&s.commission), &part, json!({})).expect(403);
        s.report(&world.representative(&world.institution("Nadie")), &part, json!({})).expect(404);
        s.report(&s.speaker, &part, json!({"on_behalf": true})).expect(403);
        assert_eq!(s.report(&s.secretary, &part, json!({})).expect(422).faults(), [("/on_behalf".into(), "required".into())] as [(String, String); 1]);
        let own = s.report(&s.secretary, &part, json!({"status": "completed", "on_behalf": true, "evidence": [{"title": "Acta", "url": "https://x.pe", "dated": "2023-08"}]})).expect(201);
        assert_eq!((&own.json["on_behalf"], &own.json["evidence"][0]["dated_to"]), (&json!(true), &json!("2023-08-31")));
        assert_eq!(s.secretary.put(&format!("/updates/{}/review", own.id()), json!({"outcome": "accepted"})).expect(403).code(), "own_update");
        world.coordinator("PE").put(&format!("/updates/{}/review", own.id()), json!({"outcome": "returned", "comment": "No"})).expect(200);
        let bare = s.report(&s.speaker, &part, json!({"status": "completed"})).expect(422);
        assert_eq!((bare.code(), bare.faults()), ("evidence_required", vec![("/evidence".into(), "evidence_required".into())]));
        for (field, value, pointer, code) in [
            ("reported_on", json!("2023-09-02"), "/reported_on", "in_the_future"), ("reported_on", json!("2023-08"), "/reported_on", "invalid_date"),
            ("status", json!("cancelled"), "/status", "not_a_choice"), ("narrative", json!(""), "/narrative", "blank"),
            ("percent", json!(101), "/percent", "out_of_range"), ("percent", json!(1.5), "/percent", "wrong_type"),
            ("quantity", json!(-1), "/quantity", "out_of_range"), ("on_behalf", json!(1), "/on_behalf", "wrong_type"),
            ("evidence", json!([{"title": " "}]), "/evidence/0/title", "blank"), ("evidence", json!([{"title": "x", "url": "ftp://x"}]), "/evidence/0/url", "invalid_url"),
            ("evidence", json!([{"title": "x", "file_id": s.mtpe}]), "/evidence/0/file_id", "unknown_reference"), ("colour", json!("red"), "/colour", "unknown_field"),
        ] {
            let answer = s.report(&s.speaker, &part, json!({field: value})).expect(422);
            assert!(answer.faults().contains(&(pointer.to_owned(), code.to_owned())), "{field}: {}", answer.text);
        }
    }
}

on_both! {
    fn an_assignment_is_added_cancelled_and_reopened_and_handed_over(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({})).json;
        let (place, part) = (format!("/commitments/{}", made["id"].as_str().unwrap()), path(&made, 0));
        let why = json!({"reason": "Pasó a Salud"});
        s.speaker.post(&format!("{part}/cancellation"), why.clone()).expect(403);
        s.secretary.post(&format!("{part}/cancellation"), json!({"reason": " "})).expect(422);
        assert_eq!(s.secretary.post(&format!("{part}/reopening"), why.clone()).expect(409).code(), "not_closed");
        assert_eq!(s.secretary.post(&format!("{part}/cancellation"), why.clone()).expect(200).json["status"], "cancelled");
        assert_eq!(s.secretary.get(&place).json["status"], "cancelled");
        assert_eq!(s.secretary.post(&format!("{part}/cancellation"), why.clone()).expect(409).code(), "assignment_cancelled");
        assert_eq!(s.report(&s.speaker, &part, json!({})).expect(409).code(), "assignment_cancelled");
        s.secretary.delete(&part).expect(409);
        let added = s.secretary.post(&format!("{place}/assignments"), json!({"institution_id": s.minsal})).expect(201);
        assert_eq!(s.secretary.post(&format!("{place}/assignments"), json!({"institution_id": s.minsal})).expect(409).code(), "duplicate");
        s.secretary.post(&format!("{place}/assignments"), json!({"institution_id": "7", "role": 3})).expect(422);
        assert_eq!(s.secretary.get(&place).json["fulfilled"], json!({"done": 0, "of": 1}));
        assert_eq!(s.secretary.post(&format!("{part}/reopening"), why).expect(200).json["status"], "planned");
        let path = format!("{place}/assignments/{}", added.id());
        s.secretary.delete(&path).expect(204);
        s.secretary.get(&path).expect(404);
        assert_eq!(s.secretary.get(&format!("{place}/assignments")).expect(200).items().len(), 1);
        let history = s.secretary.get(&format!("{place}/history")).expect(200);
        let kinds: Vec<_> = history.items().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["created", "cancelled", "assignment_added", "reopened", "assignment_removed"]);
        assert_eq!(history.items()[1]["data"]["reason"], "Pasó a Salud");
    }
}

on_both! {
    fn more_time_is_asked_within_the_term_and_granted_once(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15"})).json;
        let part = path(&made, 0);
        let ask = json!({"requested_due": "2023-12", "reason": "Falta presupuesto"});
        world.representative(&s.minsal).post(&format!("{part}/extensions"), ask.clone()).expect(403);
        for (body, code) in [(json!({"requested_due": "2023-09", "reason": ""}), "blank"), (json!({"requested_due": "pronto", "reason": "x"}), "invalid_partial_date"), (json!({"requested_due": "2023-08", "reason": "x"}), "not_later")] {
            assert_eq!(s.speaker.post(&format!("{part}/extensions"), body).expect(422).faults()[0].1, code);
        }
        let asked = s.speaker.post(&format!("{part}/extensions"), ask.clone()).expect(201);
        assert_eq!((&asked.json["requested_due_to"], &asked.json["decision"]), (&json!("2023-12-31"), &Value::Null));
        let decision = format!("/extensions/{}/decision", asked.id());
        s.speaker.put(&decision, json!({"outcome": "granted"})).expect(403);
        s.secretary.put(&decision, json!({"outcome": "maybe"})).expect(422);
        let granted = s.secretary.put(&decision, json!({"outcome": "granted", "comment": "La última"})).expect(200);
        assert_eq!(granted.json["decision"]["outcome"], "granted");
        assert_eq!(s.secretary.put(&decision, json!({"outcome": "refused"})).expect(409).code(), "already_decided");
        let now = s.speaker.get(&part).expect(200).json;
        assert_eq!((&now["due"], &now["due_to"]), (&json!("2023-12"), &json!("2023-12-31")));
        assert_eq!(s.speaker.get(&format!("/extensions/{}", asked.id())).expect(200).json, granted.json);
        world.at("2024-01-01T12:00:00Z");
        assert_eq!(s.speaker.get(&part).json["overdue"], true);
        let late = json!({"requested_due": "2024-06", "reason": "Aún falta"});
        assert_eq!(s.speaker.post(&format!("{part}/extensions"), late.clone()).expect(409).code(), "term_expired");
        let refused = s.secretary.post(&format!("{part}/extensions"), late).expect(201).id();
        s.secretary.put(&format!("/extensions/{refused}/decision"), json!({"outcome": "refused", "comment": "No hay más tiempo"})).expect(200);
        assert_eq!(s.speaker.get(&part).json["due_to"], "2023-12-31");
        assert_eq!(s.speaker.get(&format!("{part}/extensions")).expect(200).items().len(), 2);
        let history = s.speaker.get(&format!("/commitments/{}/history", made["id"].as_str().unwrap())).expect(200);
        let kinds: Vec<_> = history.items().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["created", "extension_requested", "extension_decided", "term_changed", "extension_requested", "extension_decided"]);
        let asked = &history.items()[1]["data"];
        assert_eq!((&asked["requested_due_from"], &asked["requested_due_to"]), (&json!("2023-12-01"), &json!("2023-12-31")));
        assert_eq!((&history.items()[3]["data"]["before"]["due_to"], &history.items()[3]["data"]["cause"]), (&json!("2023-09-15"), &json!("extension")));
    }
}

on_both! {
    fn of_two_reviews_at_the_same_moment_one_counts(world) {
        let s = Fixture::new(world);
        for _ in 0..3 {
            let made = s.commitment(json!({})).json;
            let update = s.complete(&s.speaker, &path(&made, 0)).expect(201).id();
            let others = [world.secretariat(&s.commission), world.coordinator("PE"), world.admin()];
            let mut answers: Vec<u16> = std::thread::scope(|scope| {
                let calls: Vec<_> = others.iter().map(|who| {
                    let update = &update;
                    scope.spawn(move || who.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).status)
                }).collect();
                calls.into_iter().map(|call| call.join().unwrap()).collect()
            });
            answers.sort_unstable();
            assert_eq!(answers, [200, 409, 409]);
        }
    }
}
