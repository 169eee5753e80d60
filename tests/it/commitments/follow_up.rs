//! The follow-up sheet of a session.

use serde_json::{Value, json};

use super::scene::{Scene, path};
use crate::on_both;

on_both! {
    fn the_sheet_tells_the_state_of_the_sessions_day_whatever_happens_later(world) {
        let s = Scene::new(world);
        let session = |held: &str| s.secretary.post("/meetings", json!({"commission_ids": [s.commission], "kind": "ordinary", "title": held, "held": held})).expect(201).id();
        let (first, second, third) = (session("2023-09-02"), session("2023-09-20"), session("2023-10-20"));
        let done = s.commitment(json!({"text": "Hecho", "due": "2023-09-30", "meeting_id": first})).json;
        let slow = s.commitment(json!({"text": "Lento", "due": "2023-09-10", "assignments": [{"institution_id": s.mtpe}, {"institution_id": s.minsal}]})).json;
        world.at("2023-09-12T12:00:00Z");
        let update = s.complete(&s.speaker, &path(&done, 0)).expect(201).id();
        s.report(&s.speaker, &path(&slow, 0), json!({"percent": 30})).expect(201);
        s.secretary.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        world.at("2023-09-20T12:00:00Z");
        let late = s.commitment(json!({"text": "De la segunda", "meeting_id": second})).json;
        world.at("2023-09-25T12:00:00Z");
        s.report(&s.speaker, &path(&slow, 0), json!({"status": "not_achieved", "percent": 35})).expect(201);
        s.secretary.patch(&format!("/commitments/{}", slow["id"].as_str().unwrap()), json!({"due": "2023-12", "correction_reason": "Errata"})).expect(200);
        let sheet = |meeting: &str| s.secretary.get(&format!("/meetings/{meeting}/follow-up")).expect(200).json;
        let of = |sheet: &Value| -> Vec<Value> { sheet["items"].as_array().unwrap().iter().map(|item| item["text"].clone()).collect() };
        let then = sheet(&second);
        assert_eq!((&then["on"], &then["previous"]["meeting_id"]), (&json!("2023-09-20"), &json!(first)));
        assert_eq!(of(&then), ["Lento", "Hecho"]);
        let (slowly, finished) = (&then["items"][0], &then["items"][1]);
        assert_eq!((&slowly["status"], &slowly["due_to"], &slowly["overdue"]), (&json!("in_progress"), &json!("2023-09-10"), &json!(true)));
        assert_eq!((&slowly["assignments"][0]["status"], &slowly["assignments"][0]["percent"], &slowly["assignments"][0]["institution"]), (&json!("in_progress"), &json!(30), &json!("MTPE")));
        assert_eq!((&finished["status"], &finished["fulfilled"]), (&json!("completed"), &json!({"done": 1, "of": 1})));
        let later = sheet(&third);
        assert_eq!(of(&later), ["Lento", "De la segunda"], "what was closed by the previous session is not repeated");
        assert_eq!((&later["items"][0]["status"], &later["items"][0]["due_to"]), (&json!("not_achieved"), &json!("2023-12-31")));
        assert_eq!(later["items"][1]["commitment_id"], late["id"]);
        assert_eq!((&sheet(&first)["previous"], of(&sheet(&first))), (&Value::Null, vec![json!("Lento")]));
        world.representative(&world.institution("Nadie")).get(&format!("/meetings/{second}/follow-up")).expect(404);
        let member = world.representative(&s.minsal);
        assert_eq!(member.get(&format!("/meetings/{second}/follow-up")).expect(200).items().len(), 2);
    }
}
