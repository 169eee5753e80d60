//! Answers that a person takes back or confirms.

use serde_json::json;

use super::{activity, body, name, question, roadmap, text};
use crate::access_matrix::make_ready;
use crate::on_both;

on_both! {
    fn an_answer_of_a_person_goes_back_to_the_draft(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let (highlights, difficulties) = (format!("/reports/{id}/answers/highlights"), format!("/reports/{id}/answers/difficulties"));
        let drafted = who.get(&highlights).expect(200).json;
        let without = who.get(&difficulties).expect(200).json["answer"]["state"].clone();
        for path in [&highlights, &difficulties] {
            who.put(path, json!({"text": "Lo nuestro."})).expect(200);
        }
        activity(&who, "CL", &items[0], json!({"title": "Feria de Osorno", "starts": "2023-07", "highlight": true}));
        who.with("if-match", "\"0\"").delete(&highlights).expect(412);
        who.delete(&highlights).expect(204);
        let back = who.get(&highlights).expect(200).json;
        assert_eq!((&drafted["answer"]["state"], &back["answer"]["state"]), (&json!("drafted"), &json!("drafted")));
        assert!(text(&back).contains("Temuco") && text(&back).contains("Osorno"), "drafted anew: {}", text(&back));
        assert_eq!(back["answer"]["changed_since_edit"], json!([]));
        who.delete(&difficulties).expect(204);
        assert_eq!(who.get(&difficulties).expect(200).json["answer"]["state"], without);
        who.delete(&difficulties).expect(204);
        who.delete(&format!("/reports/{id}/answers/unknown")).expect(404);
        let log = who.get(&format!("/audit-log?record_id={id}&action=updated")).expect(200);
        assert_eq!(log.items().len(), 4, "two answers, two drafts");
    }
}

on_both! {
    fn what_the_last_report_told_is_not_told_again_as_progress(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06"}));
        activity(&who, "CL", &items[0], json!({"title": "Mesa de Osorno", "starts": "2024-03"}));
        let of_year = |from: &str, to: &str| json!({"country_code": "CL", "template": "alliance87-annual", "period_from": from, "period_to": to, "roadmap_id": plan});
        let told = |id: &str| {
            let answer = who.get(&format!("/reports/{id}/answers/priority_progress:{}", items[0])).expect(200).json;
            ["Temuco", "Osorno"].map(|place| text(&answer).contains(place))
        };
        let second = who.post("/reports", of_year("2024-01-01", "2024-12-31")).expect(201).id();
        assert_eq!(told(&second), [true, true], "without an earlier report, it tells what went before");
        let first = who.post("/reports", of_year("2023-05-01", "2023-12-31")).expect(201).id();
        assert!(told(&first)[0]);
        let draft_again = || who.post(&format!("/reports/{second}/drafting"), json!({})).expect(200);
        draft_again();
        assert_eq!(told(&second), [true, true], "a draft may be given up");
        make_ready(&who, &first);
        who.post(&format!("/reports/{first}/approval"), json!({})).expect(200);
        activity(&who, "CL", &items[0], json!({"title": "Charla de Valdivia", "starts": "2023-07"}));
        draft_again();
        assert_eq!(told(&second), [false, true]);
        let answer = who.get(&format!("/reports/{second}/answers/priority_progress:{}", items[0])).expect(200).json;
        assert!(text(&answer).contains("Valdivia"), "no report has told it: {}", text(&answer));
    }
}

on_both! {
    fn a_draft_is_confirmed_as_it_stands_and_drafting_leaves_it_alone(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let path = format!("/reports/{id}/answers/highlights");
        let read = who.get(&path).expect(200);
        assert_eq!((&read.json["needs_confirmation"], &read.json["answer"]["confirmed_by"]), (&json!(true), &json!(null)));
        let confirmation = format!("{path}/confirmation");
        who.with("if-match", "\"0\"").call("POST", &confirmation, None).expect(412);
        let tag = read.header("etag").unwrap().to_owned();
        let confirmed = who.with("if-match", &tag).call("POST", &confirmation, None).expect(200).json;
        let answer = &confirmed["answer"];
        assert_eq!((&answer["state"], &confirmed["needs_confirmation"]), (&json!("confirmed"), &json!(false)));
        assert_eq!((&answer["confirmed_by"]["name"], text(&confirmed)), (&name(&who), text(&read.json)));
        assert!(answer["confirmed_at"].is_string());
        let english = who.with("accept-language", "en").get(&path).expect(200).json;
        assert!(text(&english) != text(&confirmed), "a draft stays in both languages");

        activity(&who, "CL", &items[0], json!({"title": "Feria de Osorno", "starts": "2023-07", "highlight": true}));
        let again = who.post(&format!("/reports/{id}/drafting"), json!({})).expect(200).json;
        let kept = question(&again, "highlights");
        assert_eq!((text(kept), &kept["answer"]["state"]), (text(&confirmed), &json!("confirmed")));
        assert_eq!(kept["answer"]["changed_since_edit"][0]["label"], "Feria de Osorno", "what the records have added since");
        let other = world.admin();
        let again = other.call("POST", &confirmation, None).expect(200).json;
        assert_eq!((&again["answer"]["confirmed_by"]["name"], &again["answer"]["changed_since_edit"]), (&name(&other), &json!([])));
        who.delete(&path).expect(204);
        let back = who.get(&path).expect(200).json;
        assert!(text(&back).contains("Osorno") && back["answer"]["state"] == "drafted", "{back}");
        let log = who.get(&format!("/audit-log?record_id={id}&action=confirmed")).expect(200);
        assert_eq!(log.items().len(), 2);
    }
}

on_both! {
    fn an_empty_answer_needs_no_confirmation_unless_another_answer_asks_for_it(world) {
        let (plan, _) = roadmap(world, "UY", 1, 0);
        let who = world.coordinator("UY");
        let id = who.post("/reports", body("UY", &plan)).expect(201).id();
        let needs = |key: &str| who.get(&format!("/reports/{id}/answers/{key}")).expect(200).json["needs_confirmation"].clone();
        assert_eq!((needs("pathfinder_useful"), needs("pathfinder_impact")), (json!(false), json!(false)));
        who.put(&format!("/reports/{id}/answers/pathfinder_useful"), json!({"choices": ["yes"]})).expect(200);
        assert_eq!((needs("pathfinder_useful"), needs("pathfinder_impact")), (json!(false), json!(true)));
        let confirmed = who.call("POST", &format!("/reports/{id}/answers/pathfinder_impact/confirmation"), None).expect(200).json;
        assert_eq!((&confirmed["answer"]["state"], &confirmed["answer"]["text"]), (&json!("confirmed"), &json!(null)));
        assert_eq!(needs("pathfinder_impact"), json!(false));
        who.call("POST", &format!("/reports/{id}/answers/unknown/confirmation"), None).expect(404);
    }
}
