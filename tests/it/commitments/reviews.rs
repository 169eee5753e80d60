//! Reviews: withdrawn by their author, below the target, and the list of all reports.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;
use crate::support::{Answer, Person};

/// Reports a completion of the first assignment and reviews it; returns the path of the review.
fn reviewed(s: &Fixture<'_>, part: &str, outcome: &str) -> String {
    let update = s.complete(&s.speaker, part).expect(201).id();
    let review = format!("/updates/{update}/review");
    s.secretary.put(&review, json!({"outcome": outcome, "comment": "Visto"})).expect(200);
    review
}

fn built_upon(answer: Answer) {
    assert_eq!(answer.expect(409).code(), "built_upon");
}

on_both! {
    fn the_author_of_a_review_withdraws_it_and_the_completion_awaits_its_review_again(world) {
        let s = Fixture::new(world);
        for outcome in ["accepted", "returned"] {
            let made = s.commitment(json!({"due": "2023-12-15"})).json;
            let part = path(&made, 0);
            let review = reviewed(&s, &part, outcome);
            for other in [world.secretariat(&s.commission), world.coordinator("PE"), world.admin()] {
                assert_eq!(other.delete(&review).expect(403).code(), "not_your_review");
            }
            s.speaker.delete(&review).expect(403);
            world.at("2023-09-01T23:00:00Z");
            s.secretary.delete(&review).expect(204);
            let now = s.speaker.get(&part).expect(200).json;
            assert_eq!((&now["status"], &now["verification"], &now["completed_on"]), (&json!("completed"), &json!("pending"), &json!("2023-08-30")));
            let update = s.speaker.get(review.trim_end_matches("/review")).expect(200).json;
            assert_eq!((&update["review"], &update["id"]), (&Value::Null, &now["pending_update_id"]));
            s.secretary.delete(&review).expect(404);
            let place = format!("/commitments/{}", made["id"].as_str().unwrap());
            let history = s.secretary.get(&format!("{place}/history")).expect(200);
            let kinds: Vec<_> = history.items().iter().map(|event| event["kind"].as_str().unwrap()).collect();
            assert_eq!(kinds, ["created", "reported", "reviewed", "review_withdrawn"]);
            assert_eq!(history.items()[3]["data"]["outcome"], outcome);
            s.secretary.put(&review, json!({"outcome": "accepted"})).expect(200);
            assert_eq!(s.secretary.get(&place).json["status"], "completed");
        }
    }
}

on_both! {
    fn a_review_stands_after_a_day_and_once_something_builds_on_it(world) {
        let s = Fixture::new(world);
        let part = |more: Value| path(&s.commitment(more).json, 0);
        let reopened = part(json!({}));
        let review = reviewed(&s, &reopened, "accepted");
        s.secretary.post(&format!("{reopened}/reopening"), json!({"reason": "Falta una parte"})).expect(200);
        built_upon(s.secretary.delete(&review));
        let cancelled = part(json!({}));
        let review = reviewed(&s, &cancelled, "returned");
        s.secretary.post(&format!("{cancelled}/cancellation"), json!({"reason": "Pasó a Salud"})).expect(200);
        built_upon(s.secretary.delete(&review));
        let reported = part(json!({}));
        let review = reviewed(&s, &reported, "returned");
        s.report(&s.speaker, &reported, json!({})).expect(201);
        built_upon(s.secretary.delete(&review));
        let session = json!({"commission_ids": [s.commission], "kind": "ordinary", "title": "Cuarta", "held": "2023-08-22"});
        let session = s.secretary.post("/meetings", session).expect(201).id();
        let review = reviewed(&s, &part(json!({"meeting_id": session})), "accepted");
        let minutes = format!("/meetings/{session}/minutes");
        s.secretary.put(&minutes, json!({"body": "Se acordó."})).expect(200);
        for step in ["circulation", "approval"] {
            assert!(s.secretary.post(&format!("{minutes}/{step}"), json!({})).status < 300, "{step}");
        }
        built_upon(s.secretary.delete(&review));
        let review = reviewed(&s, &part(json!({})), "accepted");
        world.at("2023-09-02T12:00:01Z");
        built_upon(s.secretary.delete(&review));
    }
}

on_both! {
    fn a_completion_below_the_target_is_accepted_with_a_statement_and_a_comment(world) {
        let s = Fixture::new(world);
        let target = json!({"assignments": [{"institution_id": s.mtpe, "target": {"quantity": 26, "unit": "talleres"}}]});
        for quantity in [Value::Null, json!(25)] {
            let part = path(&s.commitment(target.clone()).json, 0);
            let done = json!({"status": "completed", "quantity": quantity, "evidence": [{"title": "Acta"}]});
            let review = format!("/updates/{}/review", s.report(&s.speaker, &part, done).expect(201).id());
            for body in [json!({"outcome": "accepted", "comment": "Bien"}), json!({"outcome": "accepted", "accept_below_target": true})] {
                assert_eq!(s.secretary.put(&review, body).expect(409).code(), "below_target");
            }
            let stated = json!({"outcome": "accepted", "accept_below_target": true, "comment": "Era lo posible"});
            let accepted = s.secretary.put(&review, stated).expect(200).json;
            assert_eq!(accepted["review"]["accepted_below_target"], true);
        }
        let part = path(&s.commitment(target).json, 0);
        let done = json!({"status": "completed", "quantity": 26, "evidence": [{"title": "Acta"}]});
        let review = format!("/updates/{}/review", s.report(&s.speaker, &part, done).expect(201).id());
        let accepted = s.secretary.put(&review, json!({"outcome": "accepted"})).expect(200).json;
        assert_eq!(accepted["review"]["accepted_below_target"], false);
    }
}

on_both! {
    fn the_list_of_reports_shows_those_of_visible_commitments(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"assignments": [{"institution_id": s.mtpe}, {"institution_id": s.minsal}]})).json;
        let hidden = s.commitment(json!({"restricted": true})).json;
        let replaced = s.complete(&s.speaker, &path(&made, 0)).expect(201).id();
        let waiting = s.complete(&s.speaker, &path(&made, 0)).expect(201).id();
        let other = s.complete(&world.representative(&s.minsal), &path(&made, 1)).expect(201).id();
        let secret = s.complete(&s.speaker, &path(&hidden, 0)).expect(201).id();
        let ids = |who: &Person<'_>, query: &str| -> Vec<String> {
            let page = who.get(&format!("/updates{query}")).expect(200);
            page.items().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&s.secretary, ""), [replaced.clone(), waiting.clone(), other.clone(), secret.clone()]);
        assert_eq!(ids(&s.secretary, "?verification=pending"), [waiting.clone(), other.clone(), secret.clone()]);
        assert_eq!(ids(&s.secretary, "?verification=none"), [replaced.clone()]);
        assert_eq!(ids(&world.representative(&s.minsal), "?verification=pending"), [waiting.clone(), other.clone()]);
        assert_eq!(ids(&world.stranger(), ""), Vec::<String>::new());
        s.secretary.put(&format!("/updates/{waiting}/review"), json!({"outcome": "accepted"})).expect(200);
        s.secretary.put(&format!("/updates/{other}/review"), json!({"outcome": "returned", "comment": "No"})).expect(200);
        assert_eq!(ids(&s.secretary, "?verification=accepted"), [waiting]);
        assert_eq!(ids(&s.secretary, &format!("?verification=returned&institution_id={}", s.minsal)), [other]);
        assert_eq!(ids(&world.admin(), &format!("?commission_id={}&country_code=PE&verification=pending", s.commission)), [secret]);
        assert_eq!(ids(&world.admin(), "?country_code=CL"), Vec::<String>::new());
        let counted = s.secretary.get("/updates?count=true&limit=1").expect(200);
        assert_eq!((counted.items().len(), &counted.json["total"], &counted.json["total_is_exact"]), (1, &json!(4), &json!(true)));
        s.secretary.get("/updates?verification=perhaps").expect(400);
        s.secretary.get("/updates?count=perhaps").expect(400);
    }
}
