//! Answers that a person takes back.

use serde_json::json;

use super::{activity, body, roadmap, text};
use crate::on_both;

on_both! {
    fn an_answer_of_a_person_goes_back_to_the_draft(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Primera", "starts": "2023-06", "highlight": true}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let (highlights, difficulties) = (format!("/reports/{id}/answers/highlights"), format!("/reports/{id}/answers/difficulties"));
        let drafted = who.get(&highlights).expect(200).json;
        let without = who.get(&difficulties).expect(200).json["answer"]["state"].clone();
        for path in [&highlights, &difficulties] {
            who.put(path, json!({"text": "Lo nuestro."})).expect(200);
        }
        activity(&who, "CL", &items[0], json!({"title": "Segunda", "starts": "2023-07", "highlight": true}));
        who.with("if-match", "\"0\"").delete(&highlights).expect(412);
        who.delete(&highlights).expect(204);
        let back = who.get(&highlights).expect(200).json;
        assert_eq!((&drafted["answer"]["state"], &back["answer"]["state"]), (&json!("drafted"), &json!("drafted")));
        assert!(text(&back).contains("Primera") && text(&back).contains("Segunda"), "drafted anew: {}", text(&back));
        assert_eq!(back["answer"]["changed_since_edit"], json!([]));
        who.delete(&difficulties).expect(204);
        assert_eq!(who.get(&difficulties).expect(200).json["answer"]["state"], without);
        who.delete(&difficulties).expect(204);
        who.delete(&format!("/reports/{id}/answers/unknown")).expect(404);
        let log = who.get(&format!("/audit-log?record_id={id}&action=updated")).expect(200);
        assert_eq!(log.items().len(), 4, "two answers, two drafts");
    }
}
