//! Requests for more time in a dataset, of which one waits at a time, and reviews that were withdrawn.

use serde_json::{Value, json};

use super::{small, totals};
use crate::on_both;

on_both! {
    fn of_requests_that_overlap_in_a_file_each_ends_before_the_next(world) {
        let admin = world.admin();
        let mut document = small();
        let request = |n: u32, more: Value| {
            let mut request = json!({"key": format!("e{n}"), "requested_due": format!("2023-{:02}", n + 8), "reason": "Falta tiempo", "requested_at": format!("2023-05-0{n}T12:00:00Z")});
            request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            request
        };
        document["commitments"][1]["assignments"][1]["extensions"] = json!([
            request(1, json!({"withdrawn_at": "2023-05-02T12:00:00Z"})),
            request(2, json!({"decision": {"outcome": "granted", "due": "2023-09", "decided_at": "2023-05-08T12:00:00Z"}})),
            request(3, json!({})),
        ]);
        let act = |act: &str, n: u32| json!({"act": act, "institution": "subtrab", "extension": format!("e{n}")});
        document["commitments"][1]["history"] = json!([
            act("extension_requested", 1),
            act("extension_requested", 2),
            act("extension_requested", 3),
            act("extension_decided", 2),
        ]);
        document["commitments"][1]["assignments"][1]["due"] = "2023-09".into();
        document["commitments"][1]["assignments"][1]["first_term"] = json!({});
        admin.post("/imports", document.clone()).expect(200);
        let made = admin.get("/extensions").expect(200);
        let states: Vec<_> = made.items().iter().map(|one| (one["status"].as_str().unwrap(), one["granted_due"].as_str())).collect();
        assert_eq!(states, [("withdrawn", None), ("granted", Some("2023-09")), ("pending", None)]);
        assert_eq!(made.items()[0]["withdrawn_at"], "2023-05-02T12:00:00Z");
        let again = admin.post("/imports", document).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        let exported = admin.get("/export?country_code=CL").expect(200).json;
        let own = admin.post("/imports", exported).expect(200);
        assert_eq!(totals(&own.json)[..2], [0, 0], "{}", own.text);
    }
}

on_both! {
    fn a_request_is_not_decided_and_withdrawn_at_once(world) {
        let mut document = small();
        document["commitments"][1]["assignments"][1]["extensions"] = json!([
            {"key": "e1", "requested_due": "2023-12", "reason": "Falta tiempo", "withdrawn_at": "2023-05-02T12:00:00Z", "decision": {"outcome": "refused"}},
        ]);
        let answer = world.admin().post("/imports", document).expect(422);
        let pointer = "/commitments/1/assignments/1/extensions/0/withdrawn_at".to_owned();
        assert!(answer.faults().contains(&(pointer, "not_together".to_owned())), "{}", answer.text);
    }
}

on_both! {
    fn a_withdrawn_review_is_left_out_of_the_export(world) {
        let (commission, institution) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        let (admin, representative) = (world.admin(), world.representative(&institution));
        let body = json!({"commission_ids": [commission], "text": "Capacitar", "assignments": [{"institution_id": institution}]});
        let made = admin.post("/commitments", body).expect(201);
        let updates = format!("/commitments/{}/assignments/{}/updates", made.id(), made.json["assignments"][0]["id"].as_str().unwrap());
        let done = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Hecho", "evidence": [{"title": "Acta"}]});
        let review = format!("/updates/{}/review", representative.post(&updates, done).expect(201).id());
        admin.put(&review, json!({"outcome": "accepted"})).expect(200);
        admin.delete(&review).expect(204);
        let exported = admin.get("/export?country_code=CL").expect(200).json;
        let commitment = &exported["commitments"][0];
        let acts: Vec<_> = commitment["history"].as_array().unwrap().iter().map(|entry| entry["act"].as_str().unwrap()).collect();
        assert_eq!((acts, commitment["assignments"][0]["updates"][0].get("review")), (vec!["reported"], None));
        let again = admin.post("/imports", exported).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
    }
}
