//! The follow-up sheet of a session.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;

on_both! {
    fn the_sheet_tells_the_state_of_the_sessions_day_whatever_happens_later(world) {
        let s = Fixture::new(world);
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
        assert_eq!((&then["on"], &then["previous"][0]["meeting_id"]), (&json!("2023-09-20"), &json!(first)));
        assert_eq!(of(&then), ["Lento", "Hecho"]);
        let (slowly, finished) = (&then["items"][0], &then["items"][1]);
        assert_eq!((&slowly["status"], &slowly["due_to"], &slowly["overdue"]), (&json!("in_progress"), &json!("2023-09-10"), &json!(true)));
        assert_eq!((&slowly["assignments"][0]["status"], &slowly["assignments"][0]["percent"], &slowly["assignments"][0]["institution"]), (&json!("in_progress"), &json!(30), &json!("MTPE")));
        assert_eq!((&finished["status"], &finished["fulfilled"]), (&json!("completed"), &json!({"done": 1, "of": 1})));
        let later = sheet(&third);
        assert_eq!(of(&later), ["Lento", "De la segunda"], "what was closed by the previous session is not repeated");
        assert_eq!((&later["items"][0]["status"], &later["items"][0]["due_to"]), (&json!("not_achieved"), &json!("2023-12-31")));
        assert_eq!(later["items"][1]["commitment_id"], late["id"]);
        assert_eq!((&sheet(&first)["previous"], of(&sheet(&first))), (&json!([]), vec![json!("Lento")]));
        world.representative(&world.institution("Nadie")).get(&format!("/meetings/{second}/follow-up")).expect(404);
        let member = world.representative(&s.minsal);
        assert_eq!(member.get(&format!("/meetings/{second}/follow-up")).expect(200).items().len(), 2);
    }
}

fn texts(sheet: &Value) -> Vec<&str> {
    let mut texts: Vec<_> =
        sheet["items"].as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap()).collect();
    texts.sort_unstable();
    texts
}

on_both! {
    fn in_a_joint_session_each_commission_follows_up_what_was_open_after_its_own_previous_one(world) {
        let s = Fixture::new(world);
        let admin = world.admin();
        let (cpeti, new) = (world.commission("PE", "CPETI"), world.commission("PE", "NUEVA"));
        let session = |commissions: &[&str], held: &str, status: &str| admin.post("/meetings", json!({"commission_ids": commissions, "kind": "ordinary", "title": held, "held": held, "status": status})).expect(201).id();
        let early = session(&[&s.commission], "2023-09-05", "held");
        session(&[&s.commission, &cpeti], "2023-09-12", "cancelled");
        let late = session(&[&cpeti], "2023-09-15", "held");
        let joint = session(&[&s.commission, &cpeti, &new], "2023-09-25", "scheduled");
        let enter = |text: &str, commissions: &[&str]| admin.post("/commitments", s.body(json!({"text": text, "commission_ids": commissions}))).expect(201).json;
        let all = [
            enter("De la primera", &[&s.commission]),
            enter("De la segunda", &[&cpeti]),
            enter("De ambas", &[&cpeti, &s.commission]),
            enter("De la nueva", &[&new]),
        ];
        world.at("2023-09-10T12:00:00Z");
        for done in &all {
            let update = s.complete(&s.speaker, &path(done, 0)).expect(201).id();
            admin.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        }
        enter("Sigue", &[&cpeti]);
        let before = world.statements();
        let sheet = admin.get(&format!("/meetings/{joint}/follow-up")).expect(200).json;
        let cost = world.statements() - before;
        assert_eq!(texts(&sheet), ["De ambas", "De la nueva", "De la primera", "Sigue"]);
        let previous: Vec<_> = sheet["previous"].as_array().unwrap().iter().map(|one| (one["commission_id"].clone(), one["meeting_id"].clone(), one["on"].clone())).collect();
        assert_eq!(previous, [(json!(s.commission), json!(early), json!("2023-09-05")), (json!(cpeti), json!(late), json!("2023-09-15"))]);
        let alone = session(&[&s.commission], "2023-09-20", "scheduled");
        let before = world.statements();
        admin.get(&format!("/meetings/{alone}/follow-up")).expect(200);
        assert_eq!(cost, world.statements() - before, "a joint session costs what another does");
    }
}

on_both! {
    fn a_session_known_by_its_month_comes_before_what_follows_that_month(world) {
        let s = Fixture::new(world);
        let session = |held: &str| s.secretary.post("/meetings", json!({"commission_ids": [s.commission], "kind": "ordinary", "title": held, "held": held})).expect(201).id();
        let (month, within, after) = (session("2023-09"), session("2023-09-20"), session("2023-10"));
        let agreement = s.secretary.post("/agreements", json!({"commission_ids": [s.commission], "kind": "meeting_agreement", "title": "Sin fecha", "meeting_id": month})).expect(201).id();
        world.at("2023-11-15T12:00:00Z");
        s.commitment(json!({"text": "Del mes", "agreement_id": agreement}));
        let event = json!({"commission_ids": [s.commission], "kind": "event", "title": "Seminario", "held": "2023-10-03"});
        s.secretary.post("/meetings", event).expect(201);
        let sheet = |meeting: &str| s.secretary.get(&format!("/meetings/{meeting}/follow-up")).expect(200).json;
        assert_eq!((&sheet(&within)["previous"], texts(&sheet(&within))), (&json!([]), vec![]));
        let then = sheet(&after);
        assert_eq!((&then["previous"][0]["meeting_id"], &then["previous"][0]["on"], &then["on"]), (&json!(month), &json!("2023-09-30"), &json!("2023-10-31")));
        assert_ne!(then["previous"][0]["title"], "Seminario", "an event is no session");
        assert_eq!(texts(&then), ["Del mes"], "an undated agreement is as old as its session");
        assert_eq!(texts(&sheet(&month)), [""; 0], "what a session decides is followed up by the next");
    }
}
