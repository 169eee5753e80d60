//! The annual progress report: questions, drafts, answers, document, suggestions.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, World};

mod answers;
mod documents;
mod drafts;
mod findings;
mod measured;
mod one_per_period;
mod overdue;
mod real;
mod sharing;
pub(crate) mod signing;

pub(crate) use one_per_period::body_of_other;

/// Makes a country with a roadmap of so many priorities, and so many next steps of May to December 2023.
pub(crate) fn roadmap(world: &World, country: &str, priorities: usize, steps: usize) -> (String, Vec<String>) {
    world.country(country);
    let admin = world.admin();
    let body = json!({"country_code": country, "kind": "roadmap", "title": "Hoja de ruta"});
    let plan = admin.post("/plans", body).expect(201).id();
    let add = |kind: &str, n: usize| {
        let label = if kind == "priority" {
            format!("Prioridad {}", if n == 5 { 4 } else { n } + 1)
        } else {
            format!("Paso {}", n + 1)
        };
        let mut body = json!({"kind": kind, "title": format!("Título {} {n}", kind.replace('_', " ")), "label": label});
        if kind == "next_step" {
            body["period_from"] = json!("2023-05-01");
            body["period_to"] = json!("2023-12-31");
        }
        admin.post(&format!("/plans/{plan}/items"), body).expect(201).id()
    };
    let mut items: Vec<String> = (0..priorities).map(|n| add("priority", n)).collect();
    items.extend((0..steps).map(|n| add("next_step", n)));
    (plan, items)
}

pub(crate) fn body(country: &str, plan: &str) -> Value {
    json!({"country_code": country, "template": "alliance87-annual", "period_from": "2023-05-01", "period_to": "2023-12-31", "roadmap_id": plan})
}

fn questions(report: &Value) -> Vec<&Value> {
    report["sections"].as_array().unwrap().iter().flat_map(|s| s["questions"].as_array().unwrap()).collect()
}

fn question<'a>(report: &'a Value, key: &str) -> &'a Value {
    questions(report).into_iter().find(|q| q["key"] == key).unwrap_or_else(|| panic!("no question {key}"))
}

fn marked(report: &Value) -> Vec<u64> {
    questions(report).iter().filter(|q| q["mandatory"] == true).map(|q| q["number"].as_u64().unwrap()).collect()
}

pub(crate) fn activity(who: &Person<'_>, country: &str, item: &str, extra: Value) -> String {
    let mut body = json!({"country_code": country, "kind": "training", "title": "Curso", "plan_item_ids": [item], "themes": ["forced_labour"], "status": "validated"});
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    who.post("/activities", body).expect(201).id()
}

/// Returns the name of a person.
fn name(person: &Person<'_>) -> Value {
    person.get("/me").expect(200).json["name"].clone()
}

fn text(question: &Value) -> &str {
    question["answer"]["text"].as_str().unwrap_or_default()
}

on_both! {
    fn chile_has_29_questions_and_peru_43_with_their_own_marks(world) {
        let (chile, _) = roadmap(world, "CL", 3, 1);
        let (peru, _) = roadmap(world, "PE", 9, 9);
        let coordinator = world.coordinator("CL");
        let made = coordinator.post("/reports", body("CL", &chile)).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1/reports/{}", made.id()).as_str()));
        assert_eq!((questions(&made.json).len(), marked(&made.json)), (29, vec![1, 2, 3, 5, 9, 20, 24, 26, 28]));
        assert_eq!(made.json["status"], "draft");
        let made = world.admin().post("/reports", body("PE", &peru)).expect(201);
        assert_eq!((questions(&made.json).len(), marked(&made.json)), (43, vec![1, 23, 32, 38, 42]));
        let numbers: Vec<_> = questions(&made.json).iter().map(|q| q["number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, (1..=43).collect::<Vec<_>>());
        let fifth: Vec<_> = questions(&made.json).into_iter().filter(|q| q["title"].as_str().unwrap().starts_with("Prioridad 5")).collect();
        assert_eq!(fifth.len(), 2, "two priorities are printed as the fifth");
        assert_ne!(fifth[0]["plan_item_id"], fifth[1]["plan_item_id"]);
        let mut first = body_of_other("PE", &peru, 1);
        first["first_report"] = json!(true);
        let first = world.admin().post("/reports", first).expect(201);
        assert_eq!(questions(&first.json).len(), 31, "a first report has no section on next steps");
        assert!(first.json["sections"].as_array().unwrap().iter().all(|s| s["key"] != "s2_next_steps"));
    }
}

on_both! {
    fn a_draft_tells_the_record_with_its_sources_and_what_is_missing(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let commission = world.commission("CL", "CAMTRAFOR");
        let training = activity(&who, "CL", &items[0], json!({"title": "Capacitación policial", "starts": "2023-08", "participants": {"total": 2163}, "commission_ids": [commission]}));
        activity(&who, "CL", &items[0], json!({"title": "Taller regional", "kind": "workshop", "starts": "2023-Q2", "occurrences": 4}));
        activity(&who, "CL", &items[0], json!({"title": "Norma anterior", "kind": "legal_instrument", "starts": "2021"}));
        activity(&who, "CL", &items[0], json!({"title": "Sin validar", "starts": "2023-09-01", "status": "submitted"}));
        activity(&who, "CL", &items[0], json!({"title": "Operativo secreto", "starts": "2023-09-01", "restricted": true, "commission_ids": [commission]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201);
        let key = format!("priority_progress:{}", items[0]);
        let progress = question(&report.json, &key);
        assert_eq!(progress["answer"]["state"], "drafted");
        for words in ["En agosto de 2023 se realizó una capacitación policial, con 2.163 participantes, en el marco de", "En el segundo trimestre de 2023 se realizó el taller regional, 4 en total.", "En 2021 se aprobó la norma anterior."] {
            assert!(text(progress).contains(words), "{words} in:\n{}", text(progress));
        }
        assert!(text(progress).ends_with("En 2021 se aprobó la norma anterior."), "what was before the period comes last");
        let gaps: Vec<_> = progress["answer"]["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "record_gap").map(|one| one["message"].as_str().unwrap()).collect();
        assert!(gaps.iter().any(|one| one.contains("«Sin validar»")) && gaps.iter().any(|one| one.contains("reservado")), "{gaps:?}");
        assert!(!text(progress).contains("secreto"));
        assert!(!text(progress).contains("Sin validar"));
        let sources = progress["answer"]["sources"].as_array().unwrap();
        assert!(sources.contains(&json!({"kind": "activity", "id": training, "label": "Capacitación policial"})), "{sources:?}");
        let english = who.with("accept-language", "en").get(&format!("/reports/{}", report.id())).expect(200);
        let progress = question(&english.json, &key);
        for words in ["In August 2023,", "In the second quarter of 2023,", "2,163", "In 2021,"] {
            assert!(text(progress).contains(words), "{words} in:\n{}", text(progress));
        }
        assert!(progress["title"].as_str().unwrap().contains("What has been achieved since May 2023?"));
        let gaps = question(&report.json, "evidence_challenges");
        assert_eq!(text(gaps), "", "gaps of the record are findings");
        assert_eq!(question(&report.json, "evaluation_tools")["answer"]["choices"], json!(["other"]));
        let silent = question(&report.json, "regional_initiatives_flag");
        assert_eq!((&silent["answer"]["state"], &silent["answer"]["choices"]), (&json!("empty"), &json!([])));
        let codes: Vec<_> = silent["answer"]["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["mandatory_empty", "choice_unmarked"]);
    }
}

on_both! {
    fn observations_answer_difficulties_lessons_support_and_other_successes(world) {
        let (plan, items) = roadmap(world, "PE", 1, 1);
        let who = world.coordinator("PE");
        let note = |kind: &str, text: &str, extra: Value| {
            let mut body = json!({"country_code": "PE", "kind": kind, "text": text, "noted": "2023"});
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            who.post("/observations", body).expect(201).id()
        };
        let difficulty = note("challenge", "Falta personal", json!({"response": "Se priorizó"}));
        note("challenge", "Acompañar a las regiones", json!({"noted": "2024"}));
        note("challenge", "Retos de antes", json!({"noted": "2022"}));
        note("lesson", "Coordinar mejor", json!({}));
        note("support_need", "Encuestas", json!({"modality": "Asistencia técnica"}));
        note("support_need", "Pasantías", json!({"addressee": "OIT"}));
        note("success", "Reforma en marcha", json!({}));
        let report = who.post("/reports", body("PE", &plan)).expect(201).json;
        let difficulties = question(&report, "difficulties");
        assert!(text(difficulties).contains("Falta personal.") && !text(difficulties).contains("Acompañar"));
        assert!(!text(difficulties).contains("Retos de antes"), "{}", text(difficulties));
        assert_eq!(difficulties["answer"]["sources"][0], json!({"kind": "observation", "id": difficulty, "label": "Falta personal"}));
        assert!(text(question(&report, "anticipated_challenges")).contains("Acompañar a las regiones."));
        let lessons = text(question(&report, "overcoming_lessons"));
        assert!(lessons.contains("Se priorizó.") && lessons.contains("Coordinar mejor."), "{lessons}");
        let support = question(&report, "support_needed");
        assert!(text(support).contains("Asistencia técnica: encuestas."), "{}", text(support));
        assert!(text(support).contains("Pasantías. De parte de: OIT."));
        assert_eq!(support["answer"]["findings"][0]["code"], "addressee_missing");
        assert_eq!(question(&report, "other_success_flag")["answer"]["choices"], json!(["yes"]));
        assert!(text(question(&report, "other_success_detail")).contains("Reforma en marcha."));
        let step = question(&report, &format!("next_step_status:{}", items[1]));
        assert_eq!(step["answer"]["choices"], json!([]), "a person decides");
        let suggested = step["answer"]["findings"].as_array().unwrap().iter().find(|one| one["code"] == "for_decision").unwrap();
        assert!(suggested["message"].as_str().unwrap().contains("«Previsto»"), "nothing is recorded, and the period is not over yet");
    }
}

on_both! {
    fn partners_come_from_parts_of_society_and_partner_types(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let admin = world.admin();
        let enter = |body: Value| admin.post("/institutions", body).expect(201).id();
        let ilo = enter(json!({"name": "OIT", "sector": "international_organization", "partner_type": "ilo"}));
        let bolivia = enter(json!({"name": "Gobierno de Bolivia", "sector": "foreign_government", "country_code": "BO"}));
        let union = enter(json!({"name": "Central Unitaria", "sector": "workers", "country_code": "CL"}));
        let health = enter(json!({"name": "Ministerio de Salud", "sector": "government", "country_code": "CL"}));
        let commission = world.commission("CL", "CETI");
        world.member(&commission, &union, "member");
        world.member(&commission, &health, "lead");
        world.member(&commission, &ilo, "guest");
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Firma", "kind": "legal_instrument", "starts": "2023-08", "scope": "regional", "partner_ids": [ilo, bolivia]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).json;
        let types = question(&report, "intl_partner_types");
        assert_eq!((&types["answer"]["choices"], &types["answer"]["other_text"]), (&json!(["ilo"]), &Value::Null), "a body without a type is no partner that is asked for");
        let rows = question(&report, "intl_partner_detail")["answer"]["rows"].as_array().unwrap().clone();
        assert_eq!((rows.len(), &rows[0]["partner"], &rows[0]["partner_type"]), (1, &json!("OIT"), &json!("ilo")));
        let untyped = question(&report, "intl_partner_detail")["answer"]["findings"].as_array().unwrap().clone();
        assert!(untyped.iter().any(|one| one["message"].as_str().unwrap().contains("«Gobierno de Bolivia»")), "{untyped:?}");
        assert_eq!(question(&report, "regional_initiatives_flag")["answer"]["choices"], json!(["yes"]));
        assert_eq!(question(&report, "national_partner_types")["answer"]["choices"], json!(["workers", "ministries"]));
        let members = question(&report, "national_partner_detail");
        for words in ["con el liderazgo del Ministerio de Salud", "Organizaciones de trabajadores: Central Unitaria."] {
            assert!(text(members).contains(words), "{words} in:\n{}", text(members));
        }
        assert_eq!(question(&report, "stakeholder_involvement")["answer"]["rows"], json!([]), "nobody took part in an evaluation");
    }
}

on_both! {
    fn what_a_person_has_written_is_never_drafted_over(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let key = format!("priority_progress:{}", items[0]);
        let answered = who.put(&format!("/reports/{id}/answers/{key}"), json!({"text": "Lo nuestro."})).expect(200);
        assert_eq!((&answered.json["answer"]["state"], text(&answered.json)), (&json!("confirmed"), "Lo nuestro."));
        assert_eq!(answered.json["answer"]["sources"][0]["label"], "Feria de Temuco", "the sources of the draft stay");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Osorno", "starts": "2023-07", "highlight": true}));
        let again = who.post(&format!("/reports/{id}/drafting"), json!({})).expect(200).json;
        assert_eq!(text(question(&again, &key)), "Lo nuestro.");
        assert!(text(question(&again, "highlights")).contains("Osorno"));
        let shown = who.with("accept-language", "en").get(&format!("/reports/{id}")).expect(200).json;
        assert_eq!(text(question(&shown, &key)), "Lo nuestro.", "a person's words are not translated");
        let moved = who.patch(&format!("/reports/{id}"), json!({"period_from": "2023-07-01"})).expect(200).json;
        assert!(!text(question(&moved, "highlights")).contains("Temuco"), "it lies outside now");
        assert_eq!(text(question(&moved, &key)), "Lo nuestro.");
        let stale = who.with("if-match", "\"0\"").put(&format!("/reports/{id}/answers/{key}"), json!({"text": "Tarde."}));
        assert_eq!(stale.status, 412);
    }
}

on_both! {
    fn the_audit_log_records_the_changed_answer_alone(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        who.put(&format!("/reports/{id}/answers/highlights"), json!({"text": "Lo nuestro."})).expect(200);
        let log = who.get(&format!("/audit-log?record_id={id}&action=updated")).expect(200);
        assert_eq!(log.items().len(), 1);
        let (before, after) = (&log.items()[0]["before"], &log.items()[0]["after"]);
        assert_eq!((&before["key"], &before["state"]), (&json!("highlights"), &json!("drafted")));
        assert!(before["text"].as_str().unwrap().contains("Temuco"), "{before}");
        assert_eq!((&after["key"], &after["state"], &after["text"]), (&json!("highlights"), &json!("confirmed"), &json!("Lo nuestro.")));
        assert_eq!(after["sources"], before["sources"]);
        assert_eq!((&before["sections"], &after["sections"]), (&Value::Null, &Value::Null), "not the whole report");
    }
}

on_both! {
    fn an_answer_is_checked_and_told_what_is_wrong(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let put = |key: &str, body: Value| who.put(&format!("/reports/{id}/answers/{key}"), body);
        let faults = |key: &str, body: Value| put(key, body).expect(422).faults();
        let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(faults("overall_rating", json!({"choices": ["superb"]})), one("/choices/0", "not_a_choice"));
        assert_eq!(faults("overall_rating", json!({"choices": ["some", "some"]})), one("/choices/1", "duplicate"));
        assert_eq!(faults("highlights", json!({"choices": ["yes"]})), one("/choices", "too_many"));
        assert_eq!(faults("highlights", json!({"text": " "})), one("/text", "blank"));
        assert_eq!(faults("highlights", json!({"words": "x"})), one("/words", "unknown_field"));
        assert_eq!(faults("highlights", json!({"rows": [{"partner": "OIT"}]})), one("/rows", "too_many"));
        assert_eq!(faults("intl_partner_detail", json!({"rows": [{"partner_type": "ilo"}]})), one("/rows/0/partner", "required"));
        assert_eq!(faults("stakeholder_involvement", json!({"rows": [{"stakeholder": "OIT", "participation_level": ["all"]}]})), one("/rows/0/participation_level/0", "not_a_choice"));
        assert_eq!(put("no_such_question", json!({"text": "x"})).status, 404);
        let codes = |answer: crate::support::Answer| -> Vec<String> {
            answer.json["answer"]["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(codes(put("overall_rating", json!({"choices": ["some", "great"]})).expect(200)), ["choice_not_single"]);
        assert_eq!(codes(put("evaluation_tools", json!({"choices": ["surveys", "not_applicable"]})).expect(200)), ["exclusive_choice_mixed"]);
        assert_eq!(codes(put("evaluation_tools", json!({"choices": ["other"]})).expect(200)), ["other_without_text"]);
        put("pathfinder_useful", json!({"choices": ["no"]})).expect(200);
        assert_eq!(codes(put("pathfinder_impact", json!({"text": "Más coordinación."})).expect(200)), ["condition_unmet"]);
        assert!(codes(put("pathfinder_impact", json!({"text": "No aplica."})).expect(200)).is_empty());
        assert_eq!(codes(put("highlights", json!({})).expect(200)), ["mandatory_empty"]);
    }
}

on_both! {
    fn a_report_begins_with_a_roadmap_of_its_own_country(world) {
        let (chile, _) = roadmap(world, "CL", 1, 0);
        let (peru, _) = roadmap(world, "PE", 1, 0);
        let admin = world.admin();
        let with = |field: &str, value: Value| {
            let mut body = body("CL", &chile);
            body[field] = value;
            admin.post("/reports", body).expect(422).faults()
        };
        let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(with("roadmap_id", json!(peru)), one("/roadmap_id", "other_country"));
        assert_eq!(with("roadmap_id", json!("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e")), one("/roadmap_id", "unknown_reference"));
        assert_eq!(with("roadmap_id", json!("7")), one("/roadmap_id", "invalid_id"));
        assert_eq!(with("period_to", json!("2023-04-30")), one("/period_to", "contradictory"));
        assert_eq!(with("period_from", json!("2023-05")), one("/period_from", "invalid_date"));
        assert_eq!(with("template", json!("other")), one("/template", "not_a_choice"));
        assert_eq!(with("first_report", json!("no")), one("/first_report", "wrong_type"));
        assert!(with("country_code", json!("XX")).contains(&("/country_code".to_owned(), "unknown_reference".to_owned())));
        let strategy = admin.post("/plans", json!({"country_code": "CL", "kind": "national_strategy", "title": "Estrategia"})).expect(201).id();
        assert_eq!(with("roadmap_id", json!(strategy)), one("/roadmap_id", "unknown_reference"));
    }
}

on_both! {
    fn reports_are_the_coordinators_alone(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        world.country("PE");
        let commission = world.commission("CL", "CETI");
        let institution = world.institution("Ministerio de Salud");
        let id = world.coordinator("CL").post("/reports", body("CL", &plan)).expect(201).id();
        let key = format!("priority_progress:{}", items[0]);
        for other in [world.coordinator("PE"), world.secretariat(&commission), world.representative(&institution), world.observer(&commission)] {
            other.get(&format!("/reports/{id}")).expect(404);
            other.get(&format!("/reports/{id}/document?format=md")).expect(404);
            other.put(&format!("/reports/{id}/answers/{key}"), json!({"text": "x"})).expect(404);
            other.post(&format!("/reports/{id}/drafting"), json!({})).expect(404);
            other.patch(&format!("/reports/{id}"), json!({"first_report": true})).expect(404);
            other.delete(&format!("/reports/{id}")).expect(404);
            assert!(other.get("/reports").expect(200).items().is_empty());
            other.post("/reports", body("CL", &plan)).expect(403);
        }
        world.nobody().get("/reports").expect(401);
        assert_eq!(world.coordinator("CL").get("/reports?country_code=CL").items().len(), 1);
        assert!(world.admin().get("/reports?country_code=PE").items().is_empty());
        world.admin().get("/reports?period=2023").expect(400);
        world.coordinator("CL").delete(&format!("/reports/{id}")).expect(204);
        world.coordinator("CL").get(&format!("/reports/{id}")).expect(404);
    }
}

on_both! {
    fn one_report_costs_as_many_questions_to_the_database_as_many(world) {
        let (plan, items) = roadmap(world, "CL", 2, 1);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"starts": "2023-06"}));
        let cost = |call: &dyn Fn()| {
            let before = world.statements();
            call();
            world.statements() - before
        };
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let list_of_one = cost(&|| assert_eq!(who.get("/reports").items().len(), 1));
        let shown = cost(&|| drop(who.get(&format!("/reports/{id}")).expect(200)));
        for n in 0..5 {
            activity(&who, "CL", &items[n % 2], json!({"starts": "2023-07"}));
        }
        who.post("/reports", body_of_other("CL", &plan, 1)).expect(201);
        assert_eq!(cost(&|| assert_eq!(who.get("/reports").items().len(), 2)), list_of_one);
        assert_eq!(cost(&|| drop(who.get(&format!("/reports/{id}")).expect(200))), shown);
        let page = who.get("/reports?limit=1").expect(200);
        let next = page.json["next_cursor"].as_str().unwrap().to_owned();
        assert_eq!(who.get(&format!("/reports?limit=1&cursor={next}")).items().len(), 1);
    }
}

on_both! {
    fn the_document_reads_in_the_language_asked_for(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "# Curso *raro*", "starts": "2023-06-14", "ends": "2023-06-16", "plan_item_ids": items}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let spanish = who.get(&format!("/reports/{id}/document")).expect(200);
        assert_eq!(spanish.header("content-type"), Some("text/markdown; charset=utf-8"));
        for words in ["# Informe de progreso anual: Chile, mayo a diciembre de 2023", "### 1. Prioridad 1", "Del 14 al 16 de junio de 2023 se realizó \\# Curso \\*raro\\*.", "- ☐ En curso", "- ☐ Completado", "Fuentes:", "Actividades: \\# Curso \\*raro\\*."] {
            assert!(spanish.text.contains(words), "{words} in:\n{}", spanish.text);
        }
        let same = who.with("accept-language", "en").get(&format!("/reports/{id}/document")).expect(200);
        assert_eq!(same.text, spanish.text, "the language is the country's, whoever asks");
        let english = who.get(&format!("/reports/{id}/document?format=md&lang=en")).expect(200);
        assert!(english.text.starts_with("# Annual progress report: Chile, May to December 2023"), "{}", english.text);
        assert!(english.text.contains("- ☐ In progress"), "a person decides the status");
        let data = who.get(&format!("/reports/{id}/document?format=json")).expect(200);
        assert_eq!(data.json, who.get(&format!("/reports/{id}")).json);
        who.get(&format!("/reports/{id}/document?format=odt")).expect(400);
    }
}

on_both! {
    fn the_record_suggests_where_a_next_step_stands(world) {
        world.at("2023-07-01T12:00:00Z");
        let (plan, items) = roadmap(world, "CL", 1, 2);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[1], json!({"starts": "2023-06"}));
        let suggested = who.get(&format!("/plans/{plan}/suggestions")).expect(200);
        let list = suggested.items();
        assert_eq!((list.len(), &list[0]["suggested_status"], &list[1]["suggested_status"]), (2, &json!("in_progress"), &json!("planned")));
        assert_eq!(list[0]["reasons"][0], json!({"code": "activities_recorded", "message": "Hay una actividad registrada."}));
        assert_eq!((&list[0]["status"], &list[0]["plan_item_id"]), (&Value::Null, &json!(items[1])));
        world.at("2024-02-01T12:00:00Z");
        let later = who.with("accept-language", "en").get(&format!("/plans/{plan}/suggestions")).expect(200);
        assert_eq!(later.items()[1]["suggested_status"], "not_achieved");
        assert_eq!(later.items()[1]["reasons"][1]["code"], "period_over");
        world.country("PE");
        world.coordinator("PE").get(&format!("/plans/{plan}/suggestions")).expect(404);
    }
}

on_both! {
    fn reasons_rest_on_what_the_reader_may_know(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let (own, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let who = world.coordinator("CL");
        for (title, commission, restricted) in [("Propio", &own, false), ("Ajeno", &other, false), ("Reservado", &own, true)] {
            activity(&who, "CL", &items[1], json!({"title": title, "starts": "2023-06", "commission_ids": [commission], "restricted": restricted}));
        }
        let institution = world.institution("Minsal");
        world.member(&own, &institution, "member");
        for (person, labels) in [
            (world.coordinator("CL"), vec!["Propio", "Ajeno"]),
            (world.secretariat(&own), vec!["Propio"]),
            (world.representative(&institution), vec!["Propio"]),
            (world.observer(&own), vec!["Propio"]),
            (world.observer(&other), vec!["Ajeno"]),
        ] {
            let shown = person.get(&format!("/plans/{plan}/suggestions")).expect(200);
            let cited: Vec<_> = shown.items()[0]["sources"].as_array().unwrap().iter().map(|source| source["label"].clone()).collect();
            assert_eq!(cited, labels);
            let counted = if labels.len() == 1 { "Hay una actividad registrada." } else { "Hay 2 actividades registradas." };
            assert_eq!(shown.items()[0]["reasons"][0]["message"], counted);
        }
        world.stranger().get(&format!("/plans/{plan}/suggestions")).expect(404);
    }
}

/// Loads the example of a country; returns its roadmap.
fn example(world: &World, file: &str, country: &str) -> String {
    let path = format!("{}/examples/{file}", env!("CARGO_MANIFEST_DIR"));
    let dataset: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    world.at("2024-06-01T12:00:00Z");
    let admin = world.admin();
    let loaded = admin.post("/imports", dataset);
    assert!(loaded.status < 300, "{}", loaded.text);
    let plans = admin.get(&format!("/plans?country_code={country}&kind=roadmap")).expect(200);
    assert_eq!(plans.items().len(), 1);
    plans.items()[0]["id"].as_str().unwrap().to_owned()
}

on_both! {
    fn the_example_of_chile_drafts_its_29_questions(world) {
        let plan = example(world, "chile-2023.json", "CL");
        let made = world.admin().post("/reports", body("CL", &plan)).expect(201);
        let report = &made.json;
        assert_eq!(questions(report).len(), 29);
        let members = text(question(report, "national_partner_detail"));
        assert!(members.contains("Ministerios y servicios del Gobierno: ") && members.contains("con el liderazgo"), "{members}");
        let declared = question(report, "national_partner_detail")["answer"]["findings"].as_array().unwrap().iter().any(|one| one["code"] == "count_mismatch");
        assert!(declared, "one commission declares 21 members and lists 16");
        assert_eq!(question(report, "intl_partner_types")["answer"]["choices"], json!(["pathfinder_countries", "ilo", "un_agencies", "intl_cso", "other"]));
        assert_eq!(question(report, "national_partner_types")["answer"]["choices"], json!(["employers", "workers", "local_cso", "ministries"]));
        assert_eq!(question(report, "regional_initiatives_flag")["answer"]["choices"], json!(["yes"]));
        assert_eq!(question(report, "other_success_flag")["answer"]["choices"], json!([]));
        let steps: Vec<_> = questions(report).into_iter().filter(|q| q["key"].as_str().unwrap().starts_with("next_step_status:")).collect();
        assert_eq!((steps.len(), &steps[0]["answer"]["choices"]), (1, &json!([])), "a person decides the status");
        let next = text(question(report, "next_period_priorities"));
        assert!(next.contains("Estrategia Nacional"), "{next}");
        for drafted in questions(report).iter().filter(|q| q["answer"]["state"] == "drafted") {
            assert_ne!(drafted["answer"]["sources"], json!([]), "{} has no sources", drafted["key"]);
        }
    }
}

on_both! {
    fn the_example_of_peru_drafts_its_43_questions(world) {
        let plan = example(world, "peru-2023.json", "PE");
        let made = world.admin().post("/reports", body("PE", &plan)).expect(201);
        let report = &made.json;
        assert_eq!(questions(report).len(), 43);
        let fifth = questions(report).into_iter().filter(|q| q["title"].as_str().unwrap().starts_with("Prioridad 5:")).count();
        assert_eq!(fifth, 2);
        let steps: Vec<_> = questions(report).into_iter().filter(|q| q["key"].as_str().unwrap().starts_with("next_step_status:")).collect();
        let choices: Vec<_> = steps.iter().map(|q| q["answer"]["choices"][0].as_str().unwrap()).collect();
        assert_eq!(choices, ["completed", "in_progress", "in_progress", "planned", "in_progress", "in_progress", "in_progress", "in_progress", "in_progress"]);
        assert!(questions(report).iter().any(|q| text(q).contains("2,163")), "figures are grouped as Peru does");
        let committees = questions(report)[1];
        assert!(text(committees).contains("25 comités regionales (CDRPETI) estaban así: 18 activos (Amazonas, "), "{}", text(committees));
        assert!(text(committees).contains("uno sin información (Lambayeque)"), "{}", text(committees));
        assert_eq!(question(report, "support_needed")["answer"]["findings"][0]["code"], "addressee_missing");
        assert_eq!(question(report, "other_success_flag")["answer"]["choices"], json!(["yes"]));
        for drafted in questions(report).iter().filter(|q| q["answer"]["state"] == "drafted") {
            assert_ne!(drafted["answer"]["sources"], json!([]), "{} has no sources", drafted["key"]);
        }
    }
}

#[test]
fn what_is_drafted_in_one_go_sees_the_record_of_one_moment() {
    use articula::db::schema::institutions;
    use diesel::prelude::*;
    // On SQLite a write transaction is alone.
    let Some(kind) = crate::support::Kind::postgres() else { return };
    let world = World::new(kind);
    let drafted = world.state.db.write_on_snapshot(None, world.clock.now(), |tx| {
        let mut count = || Ok::<i64, articula::error::Error>(institutions::table.count().get_result(tx.conn)?);
        let before = count()?;
        world.institution("Entra mientras tanto");
        Ok((before, count()?))
    });
    assert_eq!(drafted.unwrap(), (0, 0));
}
