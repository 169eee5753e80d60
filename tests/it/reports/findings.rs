//! The findings of a report: each code, its place and its message, as a coordinator sees them.

use serde_json::{Value, json};

use super::{activity, body, question, roadmap, text};
use crate::on_both;

fn codes(question: &Value) -> Vec<&str> {
    question["answer"]["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

fn finding<'a>(question: &'a Value, code: &str) -> &'a Value {
    let found = question["answer"]["findings"].as_array().unwrap();
    found.iter().find(|finding| finding["code"] == code).unwrap_or_else(|| panic!("no {code} in {found:#?}"))
}

on_both! {
    fn what_the_records_behind_an_answer_lack_is_told_with_the_records(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let organizer = world.institution("Ministerio de Salud");
        let bare = activity(&who, "CL", &items[0], json!({"title": "Curso", "starts": "2023"}));
        activity(&who, "CL", &items[0], json!({"title": "Norma anterior", "kind": "legal_instrument", "starts": "2021"}));
        activity(&who, "CL", &items[0], json!({"title": "Consultas", "kind": "study", "starts": "2023-04", "ends": "2023-06", "when_text": "abril y mayo", "result_state": "expected", "evidence": [{"title": "Oficio", "dated": "2024-09"}]}));
        for title in ["Seminario binacional Chile – Argentina", "Seminario Binacional «Chile - Argentina»"] {
            activity(&who, "CL", &items[0], json!({"title": title, "kind": "seminar", "starts": "2023-08", "organizer_ids": [organizer]}));
        }
        let report = who.post("/reports", body("CL", &plan)).expect(201).json;
        let progress = question(&report, &format!("priority_progress:{}", items[0]));
        let mut found = codes(progress);
        found.dedup();
        assert_eq!(found, ["outside_period", "evidence_after_period", "training_without_dates", "training_without_participants", "process_without_result", "expected_result_missing", "evidence_missing", "possible_duplicate", "date_unclear"]);
        let undated = finding(progress, "training_without_dates");
        assert_eq!(undated, &json!({"code": "training_without_dates", "severity": "warning", "message": "Capacitaciones sin fecha: «Curso». Agregue al menos el mes.", "pointer": "/text", "records": [{"kind": "activity", "id": bare, "label": "Curso"}]}));
        let outside: Vec<_> = progress["answer"]["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "outside_period").map(|one| one["message"].as_str().unwrap()).collect();
        assert!(outside[0].contains("«Norma anterior»") && outside[1].starts_with("Comenzaron antes del período: «Consultas»"), "{outside:?}");
        assert_eq!(finding(progress, "possible_duplicate")["records"].as_array().unwrap().len(), 2);
        assert_eq!(report["finding_counts"]["error"], 6, "six of Chile's mandatory questions are empty");
        let id = report["id"].as_str().unwrap();
        let english = who.with("accept-language", "en").get(&format!("/reports/{id}")).expect(200).json;
        let undated = finding(question(&english, &format!("priority_progress:{}", items[0])), "training_without_dates")["message"].clone();
        assert_eq!(undated, "Trainings without a date: “Curso”. Add the month at least.");
    }
}

on_both! {
    fn an_entry_is_told_what_it_may_repeat_and_what_it_tells_about_people(world) {
        let (_, items) = roadmap(world, "PE", 1, 0);
        let who = world.coordinator("PE");
        let organizer = world.institution("Ministerio de Trabajo");
        let entry = |extra: Value| activity(&who, "PE", &items[0], extra);
        let first = entry(json!({"title": "Taller regional de Ica", "kind": "workshop", "starts": "2023-09-06", "organizer_ids": [organizer]}));
        let second = entry(json!({"title": "Taller Regional - Ica", "kind": "workshop", "starts": "2023-09", "partner_ids": [organizer], "result": "Se ubicó a Juan Pérez, 15 años, DNI 12345678.", "source": "RUT 12.345.678-5"}));
        let shown = who.get(&format!("/activities/{second}")).expect(200).json;
        let found: Vec<_> = shown["findings"].as_array().unwrap().iter().map(|one| (one["code"].as_str().unwrap(), one["pointer"].as_str().unwrap())).collect();
        for expected in [("possible_duplicate", "/title"), ("personal_data", "/result"), ("personal_data", "/source")] {
            assert!(found.contains(&expected), "{expected:?} in {found:?}");
        }
        let twin = shown["findings"].as_array().unwrap().iter().find(|one| one["code"] == "possible_duplicate").unwrap();
        assert_eq!(twin["activity_id"], first.as_str());
        assert!(!shown["findings"].to_string().contains("12345678"), "what was found is not repeated");
    }
}

on_both! {
    fn personal_data_is_warned_about_wherever_people_write(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let commission = world.commission("CL", "CETI");
        let warned = |answer: &crate::support::Answer| -> Vec<(String, String)> {
            let header = answer.header("x-articula-warnings").unwrap_or("[]").to_owned();
            let list: Vec<Value> = serde_json::from_str(&header).unwrap();
            list.iter().map(|one| (one["code"].as_str().unwrap().to_owned(), one["pointer"].as_str().unwrap().to_owned())).collect()
        };
        let one_at = |pointer: &str| vec![("personal_data".to_owned(), pointer.to_owned())];
        let rut = "Contacto: 12.345.678-5.";
        let note = who.post("/observations", json!({"country_code": "CL", "kind": "challenge", "text": rut})).expect(201);
        assert_eq!(warned(&note), one_at("/text"));
        let agreement = json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": "Acuerdo", "text": rut});
        assert_eq!(warned(&who.post("/agreements", agreement).expect(201)), one_at("/text"));
        let meeting = who.post("/meetings", json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "held": "2023-05"})).expect(201);
        assert_eq!(warned(&meeting), []);
        let minutes = who.put(&format!("/meetings/{}/minutes", meeting.id()), json!({"body": "Se atendió a un niño de 9 años."})).expect(200);
        assert_eq!(warned(&minutes), one_at("/body"));
        let patched = who.patch(&format!("/observations/{}", note.id()), json!({"response": "Hubo ocho víctimas."})).expect(200);
        assert_eq!(warned(&patched), one_at("/response"));
        let message = |who: &crate::support::Person<'_>| {
            let answer = who.patch(&format!("/observations/{}", note.id()), json!({"response": "Hubo ocho víctimas."})).expect(200);
            let list: Vec<Value> = serde_json::from_str(answer.header("x-articula-warnings").unwrap()).unwrap();
            list[0]["message"].as_str().unwrap().to_owned()
        };
        assert!(message(&who).contains("agrúpelos («menos de diez»)"));
        assert!(message(&who.with("accept-language", "en")).contains("fewer than ten"));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let answered = who.put(&format!("/reports/{report}/answers/highlights"), json!({"text": rut})).expect(200);
        assert_eq!(warned(&answered), one_at("/text"));
        assert!(codes(&answered.json).contains(&"personal_data"));
    }
}

on_both! {
    fn what_changed_in_the_record_since_an_edit_is_shown(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let entry = |title: &str| activity(&who, "CL", &items[0], json!({"title": title, "starts": "2023-06", "highlight": true}));
        let (stays, changes, goes) = (entry("Queda"), entry("Cambia"), entry("Sale"));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let put = who.put(&format!("/reports/{report}/answers/highlights"), json!({"text": "Lo nuestro."})).expect(200).json;
        assert_eq!(put["answer"]["changed_since_edit"], json!([]));
        who.patch(&format!("/activities/{changes}"), json!({"result": "Un protocolo nuevo."})).expect(200);
        who.patch(&format!("/activities/{goes}"), json!({"highlight": false})).expect(200);
        let comes = entry("Llega");
        let drafted = who.post(&format!("/reports/{report}/drafting"), json!({})).expect(200).json;
        let answer = &question(&drafted, "highlights")["answer"];
        assert_eq!((&answer["text"], &answer["state"]), (&json!("Lo nuestro."), &json!("confirmed")));
        let changed: Vec<_> = answer["changed_since_edit"].as_array().unwrap().iter().map(|one| (one["change"].as_str().unwrap(), one["id"].as_str().unwrap())).collect();
        assert_eq!(changed, [("changed", changes.as_str()), ("added", comes.as_str()), ("removed", goes.as_str())]);
        assert!(!answer["changed_since_edit"].to_string().contains(&stays));
        let again = who.put(&format!("/reports/{report}/answers/highlights"), json!({"text": "Lo nuestro, al día."})).expect(200).json;
        assert_eq!(again["answer"]["changed_since_edit"], json!([]), "a new edit has seen the record");
        assert!(text(&again).ends_with("al día."));
    }
}
