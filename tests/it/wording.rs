//! The wording of the report's form, which the installation loads.

use serde_json::json;

use crate::on_both;
use crate::support::World;

const WORDING: &str = "/templates/alliance87-annual/wording?lang=es";

/// Makes a report of Chile with one priority.
fn report(world: &World) -> String {
    world.country("CL");
    let admin = world.admin();
    let plan =
        json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de Ruta", "starts": "2022", "ends": "2025"});
    let plan = admin.post("/plans", plan).expect(201).id();
    let item = json!({"kind": "priority", "title": "Información y Conocimiento", "label": "Prioridad 1"});
    admin.post(&format!("/plans/{plan}/items"), item).expect(201);
    let body = json!({"country_code": "CL", "template": "alliance87-annual", "period_from": "2023-05-01", "period_to": "2023-12-31", "roadmap_id": plan});
    admin.post("/reports", body).expect(201).id()
}

on_both! {
    fn documents_use_the_wording_of_the_form_where_it_is_loaded(world) {
        let report = report(world);
        let coordinator = world.coordinator("CL");
        let document = |lang: &str| coordinator.get(&format!("/reports/{report}/document?format=md&lang={lang}")).expect(200).text;
        let own = document("es");
        assert!(own.contains("con redacción propia, en el orden y con la numeración del formulario de la Alianza 8.7"), "{own}");
        assert_eq!(coordinator.get(WORDING).expect(200).json, json!({"titles": {}, "introductions": {}, "notes": {}, "questions": {}, "options": {}}));

        let wording = json!({
            "titles": {"s1_priorities": "Sección primera"},
            "introductions": {"s1_priorities": "Avances de {period_from} a {period_to}."},
            "notes": {"highlights": "Hasta trescientas palabras."},
            "questions": {"priority_progress": "Tema {n}, {title}: avances", "next_period_priorities": "Lo que viene de {next_from} a {next_to}"},
            "options": {"overall_rating": {"great": "Avance muy grande"}},
        });
        let put = coordinator.put(WORDING, wording.clone()).expect(200);
        assert_eq!(put.json, wording);
        let written = document("es");
        for text in [
            "Sección primera",
            "Avances de mayo de 2023 a diciembre de 2023.",
            "Hasta trescientas palabras.",
            "1. Tema 1, Información y Conocimiento: avances",
            "Lo que viene de enero de 2024 a diciembre de 2024",
            "Avance muy grande",
            "las del formulario de la Alianza 8.7",
        ] {
            assert!(written.contains(text), "{text} is missing in {written}");
        }
        assert!(document("en").contains("in our own words, in the order and with the numbers of the Alliance 8.7 form"), "the other language keeps the program's own");
        let shown = coordinator.get(&format!("/reports/{report}")).expect(200);
        assert!(!shown.text.contains("Sección primera"), "pages and the API keep the program's own wording");
        assert_eq!(shown.json["sections"][0]["questions"][0]["plan_item_title"], "Información y Conocimiento");

        coordinator.with("if-match", "\"0\"").put(WORDING, json!({})).expect(412);
        coordinator.put(WORDING, json!({})).expect(200);
        assert_eq!(document("es"), own, "an empty wording removes it");
    }
}

on_both! {
    fn a_wording_is_refused_with_all_its_faults(world) {
        world.country("CL");
        let coordinator = world.coordinator("CL");
        let body = json!({"titles": {"s9": "x"}, "questions": {"highlights": "{n} {mes}", "difficulties": " "}, "options": {"overall_rating": {"huge": "x"}}});
        let refused = coordinator.put(WORDING, body).expect(422);
        let faults: Vec<_> = refused.json["errors"].as_array().unwrap().iter().map(|one| format!("{} {}", one["pointer"].as_str().unwrap(), one["code"].as_str().unwrap())).collect();
        assert_eq!(faults, [
            "/titles/s9 unknown_field",
            "/questions/difficulties blank",
            "/questions/highlights unknown_placeholder",
            "/questions/highlights unknown_placeholder",
            "/options/overall_rating/huge unknown_field",
        ]);
        let refused = coordinator.put(WORDING, json!({"notes": {"highlights": 5}, "options": {"overall_rating": ["x"]}})).expect(422);
        let places: Vec<_> = refused.json["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(places, ["/notes/highlights", "/options/overall_rating"]);
        coordinator.get("/templates/other/wording?lang=es").expect(404);
        coordinator.get("/templates/alliance87-annual/wording").expect(400);
        coordinator.get("/templates/alliance87-annual/wording?lang=fr").expect(400);
    }
}

on_both! {
    fn an_english_report_names_country_and_roadmap_in_english_also_once_it_is_approved(world) {
        let report = report(world);
        let admin = world.admin();
        admin.patch("/countries/CL", json!({"translations": {"en": {"name": "Republic of Chile"}}})).expect(200);
        let plan = admin.get(&format!("/reports/{report}")).expect(200).json["roadmap_id"].as_str().unwrap().to_owned();
        let translate = |title: &str| {
            let body = json!({"translations": {"en": {"title": title}}});
            admin.patch(&format!("/plans/{plan}"), body).expect(200);
        };
        translate("Roadmap");
        let document = |lang: &str, form: &str| admin.get(&format!("/reports/{report}/document?format=md&lang={lang}&form={form}")).expect(200).text;
        let draft = document("en", "working");
        assert!(draft.contains("Republic of Chile") && draft.contains("Roadmap"), "{draft}");
        assert!(!document("es", "working").contains("Republic of Chile"));
        crate::access_matrix::make_ready(&admin, &report);
        admin.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        translate("Another roadmap");
        let issued = document("en", "clean");
        assert!(issued.contains("Republic of Chile") && !issued.contains("Another roadmap"), "{issued}");
    }
}
