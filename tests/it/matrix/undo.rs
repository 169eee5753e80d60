//! An import can be undone as long as nobody has changed its records.

use serde_json::json;

use super::{Setup, send, totals, usual, workbook};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn an_undone_import_leaves_nothing_but_its_trace(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let before = admin.get("/export?country_code=PE").expect(200);
        let id = send(&admin, &setup.of(false), usual()).expect(200).json["import_id"].as_str().unwrap().to_owned();
        let listed = admin.get("/imports?country_code=PE").expect(200);
        assert_eq!((listed.items().len(), &listed.items()[0]["file_name"]), (1, &json!("matriz.xlsx")));
        assert_eq!(listed.items()[0]["totals"]["created"], 5);
        world.at("2023-09-02T12:00:00Z");
        let undone = admin.post(&format!("/imports/{id}/undo"), json!({})).expect(200);
        assert_eq!(undone.json["undone_at"], "2023-09-02T12:00:00Z");
        assert_eq!(admin.get(&format!("/imports/{id}")).expect(200).json, undone.json);
        for list in ["commitments", "agreements", "meetings"] {
            assert_eq!(admin.get(&format!("/{list}?country_code=PE")).expect(200).items().len(), 0, "{list}");
        }
        assert_eq!(admin.get("/export?country_code=PE").expect(200).json, before.json);
        assert_eq!(admin.post(&format!("/imports/{id}/undo"), json!({})).expect(409).code(), "import_undone");
        let kinds = admin.get("/audit-log?action=deleted&limit=200").expect(200);
        let deleted = |kind: &str| kinds.items().iter().filter(|entry| entry["kind"] == kind).count();
        assert_eq!((deleted("commitment"), deleted("update")), (4, 3), "every report that is gone");
        assert_eq!(admin.get("/audit-log?kind=import").expect(200).items()[0]["action"], "undone");
        let again = send(&admin, &setup.of(false), usual()).expect(200);
        assert_eq!(totals(&again), [5, 0, 0, 0]);
    }
}

on_both! {
    fn what_an_import_changed_is_put_back(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let states = |person: &crate::support::Person<'_>| {
            let all = person.get("/commitments?country_code=PE").expect(200);
            let plain = all.items().iter().map(|one| {
                let parts: Vec<_> = one["assignments"].as_array().unwrap().iter().map(|part| {
                    json!([part["institution_id"], part["status"], part["verification"], part["percent"], part["last_update_at"], part["completed_on"]])
                }).collect();
                json!([one["code"], one["text"], one["due"], one["due_rule"], one["due_text"], one["status"], one["agreement_id"], one["meeting_id"], parts])
            });
            plain.collect::<Vec<_>>()
        };
        let (before, exported) = (states(&admin), admin.get("/export?country_code=PE").expect(200));
        world.at("2023-09-02T12:00:00Z");
        let rows = [
            vec!["Código", "Sesión", "Fecha de la sesión", "Plazo", "Estado", "% Avance", "Responsables", "Compromiso", "Observaciones", "Medio de verificación"],
            vec!["CIGTPE-2023-001", "IV sesión", "01/09/2023", "30/11/2023", "Cumplido", "100 %", "MTPE, MINSA", "Capacitar a todos", "Listo", "Informe 3"],
            vec!["CIGTPE-2023-003", "", "", "2024", "Cancelado", "", "MINSA", "", "Ya no corresponde", ""],
        ];
        let done = send(&admin, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(totals(&done), [0, 2, 0, 0], "{}", done.text);
        assert_ne!(states(&admin), before);
        let id = done.json["import_id"].as_str().unwrap();
        admin.post(&format!("/imports/{id}/undo"), json!({})).expect(200);
        assert_eq!(states(&admin), before);
        assert_eq!(admin.get("/meetings?country_code=PE").expect(200).items().len(), 1);
        let other = crate::support::World::new(crate::support::Kind::Sqlite);
        other.at("2023-09-02T12:00:00Z");
        let now = admin.get("/export?country_code=PE").expect(200);
        other.admin().post("/imports", now.json.clone()).expect(200);
        let (now, earlier) = (&now.json["commitments"], &exported.json["commitments"]);
        let states = |list: &serde_json::Value| list.as_array().unwrap().iter().map(|one| one["assignments"].clone()).collect::<Vec<_>>();
        assert_eq!(states(now), states(earlier), "the history of what was undone is no state");
        let all = admin.get("/commitments?q=inspectores").expect(200);
        let history = admin.get(&format!("/commitments/{}/history", all.items()[0]["id"].as_str().unwrap())).expect(200);
        assert!(history.items().iter().any(|event| event["kind"] == "restored"), "the past is kept");
    }
}

on_both! {
    fn what_others_have_built_upon_stays(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let id = send(&admin, &setup.of(false), usual()).expect(200).json["import_id"].as_str().unwrap().to_owned();
        world.at("2023-09-02T12:00:00Z");
        let all = admin.get("/commitments?q=ruta").expect(200);
        let (commitment, part) = (all.items()[0]["id"].as_str().unwrap(), all.items()[0]["assignments"][0]["id"].as_str().unwrap());
        let body = json!({"reported_on": "2023-09-01", "status": "in_progress", "narrative": "Avanza", "on_behalf": true});
        admin.post(&format!("/commitments/{commitment}/assignments/{part}/updates"), body).expect(201);
        let refused = admin.post(&format!("/imports/{id}/undo"), json!({})).expect(409);
        assert_eq!(refused.code(), "import_built_upon");
        assert!(refused.json["detail"].as_str().unwrap().contains("CIGTPE-2023-003"), "{}", refused.text);
        assert!(!refused.json["detail"].as_str().unwrap().contains("CIGTPE-2023-001"), "{}", refused.text);
        assert_eq!(admin.get("/commitments?country_code=PE").expect(200).items().len(), 4, "all or nothing");
    }
}

on_both! {
    fn a_session_with_minutes_or_a_named_commitment_keeps_the_import(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let id = send(&admin, &setup.of(false), usual()).expect(200).json["import_id"].as_str().unwrap().to_owned();
        let session = admin.get("/meetings?country_code=PE").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        admin.put(&format!("/meetings/{session}/minutes"), json!({"body": "Se acordó."})).expect(200);
        let named = admin.get("/commitments?q=protocolo").expect(200).items()[0]["id"].clone();
        let body = json!({"country_code": "PE", "kind": "workshop", "title": "Taller", "commission_ids": [setup.commission], "commitment_ids": [named]});
        admin.post("/activities", body).expect(201);
        let refused = admin.post(&format!("/imports/{id}/undo"), json!({})).expect(409);
        let detail = refused.json["detail"].as_str().unwrap();
        assert!(detail.contains("III sesión ordinaria") && detail.contains("CIGTPE-2023-002"), "{detail}");
    }
}

on_both! {
    fn a_refused_undo_states_no_title_of_a_restricted_record(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let id = send(&admin, &setup.of(false), usual()).expect(200).json["import_id"].as_str().unwrap().to_owned();
        let session = admin.get("/meetings?country_code=PE").expect(200).items()[0].clone();
        let (session, title) = (session["id"].as_str().unwrap(), session["title"].as_str().unwrap());
        world.at("2023-09-02T12:00:00Z");
        admin.patch(&format!("/meetings/{session}"), json!({"restricted": true})).expect(200);
        let refused = admin.post(&format!("/imports/{id}/undo"), json!({})).expect(409);
        assert!(refused.text.contains(session) && !refused.text.contains(title), "{}", refused.text);
        let page = Browser::of(world, &admin).open(&format!("/imports/{id}/undo"));
        page.hides(title);
        assert!(page.attributes("main li a", "href").contains(&format!("/meetings/{session}")));
    }
}

on_both! {
    fn an_import_is_known_to_who_brought_it_in_and_to_the_country(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let id = send(&secretariat, &setup.of(false), usual()).expect(200).json["import_id"].as_str().unwrap().to_owned();
        let colleague = world.secretariat(&setup.commission);
        world.country("CL");
        for (person, status) in [(&secretariat, 200), (&world.coordinator("PE"), 200), (&colleague, 404), (&world.coordinator("CL"), 404)] {
            person.get(&format!("/imports/{id}")).expect(status);
        }
        assert_eq!(colleague.get("/imports").expect(200).items().len(), 0);
        colleague.post(&format!("/imports/{id}/undo"), json!({})).expect(404);
        secretariat.post(&format!("/imports/{id}/undo"), json!({})).expect(200);
        assert_eq!(secretariat.get("/commitments").expect(200).items().len(), 0);
    }
}

on_both! {
    fn a_report_that_was_undone_stands_in_no_follow_up_sheet(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let coordinator = world.coordinator("PE");
        let rows = [
            vec!["Sesión", "Fecha de la sesión", "Compromiso", "Responsable", "Plazo"],
            vec!["I sesión ordinaria", "01/03/2023", "Capacitar", "MTPE", "2023"],
        ];
        send(&coordinator, &setup.of(false), workbook(&rows)).expect(200);
        let session = |title: &str, held: &str| {
            let body = json!({"commission_ids": [setup.commission], "kind": "ordinary", "title": title, "held": held, "status": "held"});
            admin.post("/meetings", body).expect(201).id()
        };
        session("II sesión ordinaria", "2023-07-01");
        let third = session("III sesión ordinaria", "2023-09-01");
        let stands = || admin.get(&format!("/meetings/{third}/follow-up")).expect(200);
        let before = stands();
        assert_eq!((before.items().len(), &before.items()[0]["status"]), (1, &json!("planned")), "{}", before.text);
        let rows = [
            vec!["Código", "Estado", "Fecha de cumplimiento", "Medio de verificación"],
            vec!["CIGTPE-2023-001", "Cumplido", "10/06/2023", "Oficio 3"],
        ];
        let done = send(&coordinator, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(stands().items()[0]["status"], "in_progress", "it awaits review");
        coordinator.post(&format!("/imports/{}/undo", done.json["import_id"].as_str().unwrap()), json!({})).expect(200);
        assert_eq!(stands().json, before.json);
    }
}

on_both! {
    fn who_may_not_write_any_more_is_told_so(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let secretariat = world.secretariat(&setup.commission);
        let id = send(&secretariat, &setup.of(false), usual()).expect(200).json["import_id"].as_str().unwrap().to_owned();
        let path = format!("/users/{}", secretariat.id.unwrap());
        admin.patch(&path, json!({"grants": []})).expect(200);
        assert_eq!(secretariat.post(&format!("/imports/{id}/undo"), json!({})).expect(403).code(), "forbidden");
        assert_eq!(admin.get("/commitments?country_code=PE").expect(200).items().len(), 4);
    }
}
