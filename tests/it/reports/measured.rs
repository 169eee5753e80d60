//! Indicators in a report: the progress of priorities, and the tools of evaluation.

use serde_json::json;

use super::{body, question, roadmap, text};
use crate::on_both;

on_both! {
    fn a_report_states_measured_indicators_and_is_silent_about_unknown_ones(world) {
        world.at("2024-02-01T12:00:00Z");
        let (plan, items) = roadmap(world, "PE", 2, 0);
        let who = world.coordinator("PE");
        let measured = |item: &str, name: &str| {
            let indicator = json!({"plan_item_id": item, "name": name, "unit": "%", "baseline": {"value": 12.5, "year": 2019}, "targets": [{"year": 2020, "value": 15}, {"year": 2025, "value": 60}], "translations": {"en": {"name": "Districts"}}});
            format!("/indicators/{}/values", who.post("/indicators", indicator).expect(201).id())
        };
        let (first, _) = (measured(&items[0], "Distritos"), measured(&items[1], "Nadie lo midió"));
        who.post(&first, json!({"period": "2022", "value": 15})).expect(201);
        who.post(&first, json!({"period": "2023-Q2", "value": 18.75, "preliminary": true})).expect(201);
        who.post(&first, json!({"period": "2024-01", "value": 99})).expect(201);
        let report = who.post("/reports", body("PE", &plan)).expect(201);
        let progress = |n: usize| text(question(&report.json, &format!("priority_progress:{}", items[n]))).to_owned();
        assert_eq!(progress(0), "«Distritos»: 18.75\u{a0}% (segundo trimestre de 2023, valor preliminar); línea de base de 2019, 12.5\u{a0}%; meta de 2025, 60\u{a0}%.");
        assert_eq!(progress(1), "", "nothing is known, and nothing is said");
        let tools = question(&report.json, "evaluation_tools");
        assert_eq!(tools["answer"]["choices"], json!(["other"]));
        assert_eq!(tools["answer"]["other_text"], "Se midió 1 indicador de los planes, con 1 valor del período.");
        let english = who.with("accept-language", "en").get(&format!("/reports/{}", report.id())).expect(200).json;
        let told = text(question(&english, &format!("priority_progress:{}", items[0])));
        assert!(told.starts_with("“Districts”: 18.75\u{a0}% (second quarter of 2023, preliminary value)"), "{told}");
    }
}

on_both! {
    fn a_report_counts_the_reports_that_were_asked_for_as_the_matrix_does(world) {
        world.at("2023-12-01T12:00:00Z");
        let (plan, _) = roadmap(world, "PE", 1, 0);
        let (who, cpeti) = (world.coordinator("PE"), world.commission("PE", "CPETI"));
        let regions: Vec<String> = ["Puno", "Cusco", "Ica", "Junín"].map(|name| world.institution(name)).into();
        let duty = |title: &str, institutions: &[String]| {
            let body = json!({"commission_ids": [cpeti], "title": title, "every": "quarter", "from": "2023-Q3", "institution_ids": institutions, "fields": [{"key": "casos", "label": "Casos", "kind": "count"}]});
            who.post("/duties", body).expect(201).id()
        };
        let (asked, later) = (duty("Informe trimestral", &regions), duty("Informe futuro", &regions[..1]));
        who.patch(&format!("/duties/{later}"), json!({"from": "2024-Q1"})).expect(200);
        let report = |region: &str, body: serde_json::Value| {
            world.representative(region).put(&format!("/duties/{asked}/reports/{region}/2023-Q3"), body).expect(201);
        };
        report(&regions[0], json!({"values": {"casos": 7}, "narrative": "Siete casos."}));
        report(&regions[1], json!({"values": {"casos": 0}, "narrative": "Ninguno."}));
        who.post(&format!("/duties/{asked}/reports/{}/2023-Q3/waiver", regions[3]), json!({"reason": "Nueva"}));
        let matrix = who.get(&format!("/duties/{asked}/matrix?to=2023-Q3")).expect(200).json;
        assert_eq!((&matrix["counts"]["reported"], &matrix["counts"]["zero"], &matrix["counts"]["missing"]), (&json!(1), &json!(1), &json!(1)));
        let report = who.post("/reports", body("PE", &plan)).expect(201).json;
        let tools = question(&report, "evaluation_tools");
        assert_eq!(tools["answer"]["other_text"], "De «Informe trimestral» se recibieron 2 de 3 informes de 4 instituciones: 1 con cero y 2 después del plazo.");
        let gaps = question(&report, "evidence_challenges");
        assert_eq!(text(gaps), "No se recibió 1 de los 3 informes pedidos de «Informe trimestral».");
        assert!(!report.to_string().contains("Informe futuro"), "nobody was asked for it yet");
    }
}
