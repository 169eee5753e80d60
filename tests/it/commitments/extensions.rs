//! Requests for more time: one at a time, withdrawn, granted for another day, and the list of all.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;
use crate::support::{Answer, Person};

fn ask(who: &Person<'_>, part: &str, due: &str) -> Answer {
    who.post(&format!("{part}/extensions"), json!({"requested_due": due, "reason": "Falta presupuesto"}))
}

fn withdraw(who: &Person<'_>, id: &str) -> Answer {
    who.call("POST", &format!("/extensions/{id}/withdrawal"), None)
}

fn kinds(s: &Fixture<'_>, made: &Value) -> Vec<String> {
    let history = s.secretary.get(&format!("/commitments/{}/history", made["id"].as_str().unwrap())).expect(200);
    history.items().iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn one_request_waits_at_a_time_and_the_assignment_names_it(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15"})).json;
        let part = path(&made, 0);
        assert_eq!(made["assignments"][0]["pending_extension_id"], Value::Null);
        let asked = ask(&s.speaker, &part, "2023-12").expect(201);
        assert_eq!((&asked.json["status"], &asked.json["granted_due"], &asked.json["withdrawn_at"]), (&json!("pending"), &Value::Null, &Value::Null));
        assert_eq!(s.speaker.get(&part).json["pending_extension_id"], json!(asked.id()));
        for who in [&s.speaker, &s.secretary] {
            assert_eq!(ask(who, &part, "2024-01").expect(409).code(), "extension_pending");
        }
        s.secretary.put(&format!("/extensions/{}/decision", asked.id()), json!({"outcome": "refused", "comment": "No hay más tiempo"})).expect(200);
        let now = s.speaker.get(&format!("/extensions/{}", asked.id())).expect(200).json;
        assert_eq!((&now["status"], &now["granted_due"]), (&json!("refused"), &Value::Null));
        assert_eq!(s.speaker.get(&part).json["pending_extension_id"], Value::Null);
        ask(&s.speaker, &part, "2024-01").expect(201);
    }
}

on_both! {
    fn a_decision_may_grant_another_day_that_is_later_than_the_present_term(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15"})).json;
        let part = path(&made, 0);
        let asked = ask(&s.speaker, &part, "2023-12").expect(201).id();
        let decision = format!("/extensions/{asked}/decision");
        for due in ["2023-09-15", "2023-08"] {
            let refused = s.secretary.put(&decision, json!({"outcome": "granted", "due": due})).expect(422);
            assert_eq!(refused.faults(), [("/due".into(), "not_later".into())] as [(String, String); 1]);
        }
        let both = s.secretary.put(&decision, json!({"outcome": "refused", "due": "2023-10"})).expect(422);
        assert_eq!(both.faults(), [("/comment".into(), "required".into()), ("/due".into(), "not_together".into())] as [(String, String); 2]);
        let granted = s.secretary.put(&decision, json!({"outcome": "granted", "due": "2023-10", "comment": "Basta"})).expect(200).json;
        assert_eq!((&granted["status"], &granted["requested_due"], &granted["granted_due"]), (&json!("granted"), &json!("2023-12"), &json!("2023-10")));
        assert_eq!((&granted["granted_due_from"], &granted["granted_due_to"]), (&json!("2023-10-01"), &json!("2023-10-31")));
        assert_eq!(s.speaker.get(&part).json["due_to"], "2023-10-31");
        let history = s.secretary.get(&format!("/commitments/{}/history", made["id"].as_str().unwrap())).expect(200);
        assert_eq!(history.items()[2]["data"]["granted_due_to"], "2023-10-31");
    }
}

on_both! {
    fn a_refusal_needs_a_comment_and_leaves_the_request_waiting_without_one(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15"})).json;
        let asked = ask(&s.speaker, &path(&made, 0), "2023-12").expect(201).id();
        let decision = format!("/extensions/{asked}/decision");
        for (body, code) in [
            (json!({"outcome": "refused"}), "required"),
            (json!({"outcome": "refused", "comment": null}), "required"),
            (json!({"outcome": "refused", "comment": "  "}), "blank"),
        ] {
            let refused = s.secretary.put(&decision, body).expect(422);
            assert_eq!(refused.faults(), [("/comment".into(), code.into())] as [(String, String); 1]);
        }
        assert_eq!(s.speaker.get(&format!("/extensions/{asked}")).expect(200).json["status"], "pending");
        let refused = s.secretary.put(&decision, json!({"outcome": "refused", "comment": "Se acaba el año"})).expect(200);
        assert_eq!(refused.json["decision"]["comment"], "Se acaba el año");
    }
}

on_both! {
    fn a_request_is_granted_only_while_it_ends_after_the_present_term(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15"})).json;
        let part = path(&made, 0);
        let asked = ask(&s.speaker, &part, "2023-10").expect(201).id();
        s.secretary.patch(&part, json!({"due": "2023-12", "correction_reason": "Errata"})).expect(200);
        let decision = format!("/extensions/{asked}/decision");
        let late = s.secretary.put(&decision, json!({"outcome": "granted"})).expect(422);
        assert_eq!(late.faults(), [("/due".into(), "not_later".into())] as [(String, String); 1]);
        s.secretary.put(&decision, json!({"outcome": "granted", "due": "2024-01"})).expect(200);
    }
}

on_both! {
    fn a_request_is_withdrawn_once_by_the_person_who_made_it_or_by_the_secretariat(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15"})).json;
        let part = path(&made, 0);
        let asked = ask(&s.speaker, &part, "2023-12").expect(201).id();
        withdraw(&world.representative(&s.mtpe), &asked).expect(403);
        withdraw(&world.representative(&world.institution("Nadie")), &asked).expect(404);
        let gone = withdraw(&s.speaker, &asked).expect(200).json;
        assert_eq!((&gone["status"], &gone["withdrawn_by"]["id"], &gone["decision"]), (&json!("withdrawn"), &json!(s.speaker.id.unwrap().to_string()), &Value::Null));
        assert!(gone["withdrawn_at"].is_string());
        assert_eq!(withdraw(&s.speaker, &asked).expect(409).code(), "extension_withdrawn");
        let decision = s.secretary.put(&format!("/extensions/{asked}/decision"), json!({"outcome": "granted"})).expect(409);
        assert_eq!(decision.code(), "extension_withdrawn");
        let second = ask(&s.speaker, &part, "2024-01").expect(201).id();
        withdraw(&s.secretary, &second).expect(200);
        let third = ask(&s.speaker, &part, "2024-02").expect(201).id();
        s.secretary.put(&format!("/extensions/{third}/decision"), json!({"outcome": "refused", "comment": "No hay más tiempo"})).expect(200);
        assert_eq!(withdraw(&s.speaker, &third).expect(409).code(), "already_decided");
        let asked_and_gone = ["extension_requested", "extension_withdrawn", "extension_requested", "extension_withdrawn", "extension_requested", "extension_decided"];
        assert_eq!(kinds(&s, &made)[1..], asked_and_gone);
    }
}

on_both! {
    fn a_waiting_request_ends_with_the_cancellation_or_acceptance_of_its_assignment(world) {
        let s = Fixture::new(world);
        for accepted in [true, false] {
            let made = s.commitment(json!({"due": "2023-09-15"})).json;
            let part = path(&made, 0);
            let asked = ask(&s.speaker, &part, "2023-12").expect(201).id();
            if accepted {
                let update = s.complete(&s.speaker, &part).expect(201).id();
                s.secretary.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
            } else {
                s.secretary.post(&format!("{part}/cancellation"), json!({"reason": "Pasó a Salud"})).expect(200);
            }
            let gone = s.speaker.get(&format!("/extensions/{asked}")).expect(200).json;
            assert_eq!((&gone["status"], &gone["withdrawn_by"]), (&json!("withdrawn"), &Value::Null));
            assert_eq!(s.speaker.get(&part).json["pending_extension_id"], Value::Null);
            assert!(kinds(&s, &made).contains(&"extension_withdrawn".to_owned()));
        }
    }
}

on_both! {
    fn the_list_of_requests_shows_those_of_visible_commitments(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15", "assignments": [{"institution_id": s.mtpe}, {"institution_id": s.minsal}]})).json;
        let hidden = s.commitment(json!({"due": "2023-09-15", "restricted": true})).json;
        let own = ask(&s.speaker, &path(&made, 0), "2023-12").expect(201).id();
        let other = ask(&s.secretary, &path(&made, 1), "2023-12").expect(201).id();
        let secret = ask(&s.speaker, &path(&hidden, 0), "2023-12").expect(201).id();
        let ids = |who: &Person<'_>, query: &str| -> Vec<String> {
            let page = who.get(&format!("/extensions{query}")).expect(200);
            page.items().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        let all = vec![own.clone(), other.clone(), secret.clone()];
        assert_eq!(ids(&s.secretary, ""), all);
        assert_eq!(ids(&s.speaker, "?status=pending"), all);
        assert_eq!(ids(&world.representative(&s.minsal), ""), [own.clone(), other.clone()]);
        assert_eq!(ids(&world.stranger(), ""), Vec::<String>::new());
        assert_eq!(ids(&s.secretary, &format!("?institution_id={}", s.minsal)), [other.clone()]);
        assert_eq!(ids(&s.secretary, &format!("?commission_id={}&country_code=PE", s.commission)), all);
        assert_eq!(ids(&world.admin(), "?country_code=CL"), Vec::<String>::new());
        withdraw(&s.speaker, &own).expect(200);
        assert_eq!(ids(&s.secretary, "?status=pending"), [other, secret]);
        assert_eq!(ids(&world.admin(), "?status=withdrawn"), [own.clone()]);
        let first = s.secretary.get("/extensions?limit=2&count=true").expect(200);
        assert_eq!((&first.json["total"], &first.json["total_is_exact"]), (&json!(3), &json!(true)));
        let cursor = first.json["next_cursor"].as_str().unwrap();
        let rest = s.secretary.get(&format!("/extensions?limit=2&cursor={cursor}")).expect(200);
        assert_eq!((rest.items().len(), rest.json.get("total")), (1, None));
        s.secretary.get("/extensions?status=perhaps").expect(400);
    }
}

on_both! {
    fn of_several_requests_the_newest_waits_after_the_upgrade_and_the_older_ones_are_withdrawn(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-09-15", "assignments": [{"institution_id": s.mtpe}, {"institution_id": s.minsal}]})).json;
        let newest = ask(&s.speaker, &path(&made, 0), "2023-12").expect(201).id();
        let refused = ask(&s.secretary, &path(&made, 1), "2023-11").expect(201).id();
        let decision = json!({"outcome": "refused", "comment": "No hay más tiempo"});
        s.secretary.put(&format!("/extensions/{refused}/decision"), decision).expect(200);
        let earlier = |n: u32, day: &str| {
            format!(
                "INSERT INTO extensions (id, assignment_id, requested_due, requested_due_from, requested_due_to, reason, requested_by, requested_at) \
                 SELECT X'{n:032x}', assignment_id, requested_due, requested_due_from, requested_due_to, 'Anterior', requested_by, '{day} 12:00:00' \
                 FROM extensions WHERE outcome IS NULL AND reason = 'Falta presupuesto';"
            )
        };
        world.upgrade_from_before("0030", &[earlier(1, "2023-08-01"), earlier(2, "2023-08-15")].concat());
        let listed = s.secretary.get("/extensions").expect(200);
        let states: Vec<_> = listed.items().iter().map(|one| (&one["reason"], &one["status"])).collect();
        let (old, own) = (json!("Anterior"), json!("Falta presupuesto"));
        let [withdrawn, pending, no] = ["withdrawn", "pending", "refused"].map(|status| json!(status));
        assert_eq!(states, [(&old, &withdrawn), (&old, &withdrawn), (&own, &pending), (&own, &no)]);
        for gone in &listed.items()[..2] {
            assert_eq!((&gone["withdrawn_at"], &gone["withdrawn_by"]), (&json!("2023-09-01T12:00:00Z"), &Value::Null));
        }
        let shown = [0, 1].map(|n| s.secretary.get(&path(&made, n)).expect(200).json["pending_extension_id"].clone());
        assert_eq!(shown, [json!(newest), Value::Null]);
        assert_eq!(ask(&s.speaker, &path(&made, 0), "2024-01").expect(409).code(), "extension_pending");
        s.secretary.put(&format!("/extensions/{newest}/decision"), json!({"outcome": "granted"})).expect(200);
        ask(&s.speaker, &path(&made, 0), "2024-02").expect(201);
    }
}
