//! The coordinator creates the annual report, gives a question to a secretariat, which answers it, confirms the other
//! answers, and approves the report; its PDF is kept.

use serde_json::json;

use crate::run::{Run, Way, in_three_ways, secretariat};
use crate::user::MAIN;

in_three_ways!(walk);

const COORDINATOR: &str = "coordinator@demo.example";

fn walk(run: &Run) {
    let commission = run.commission("", "CL");
    let [officer] = run.people([secretariat(&commission)]);
    let country = json!({"role": "coordinator", "country_code": "CL"});
    let email = format!("{}-coordinator@journeys.example", run.name);
    let plan = json!({"country_code": "CL", "kind": "roadmap", "title": format!("Hoja de ruta {}", run.name)});
    let plan = run.demo.enter(COORDINATOR, "/plans", &plan)["id"].as_str().unwrap().to_owned();
    let priority = json!({"kind": "priority", "title": "Información"});
    run.demo.enter(COORDINATOR, &format!("/plans/{plan}/items"), &priority);
    run.person(&email, &country);

    let lead = run.enters(&email);
    lead.press_to("footer a[href='/reports']", "/reports");
    lead.press_to("main a[href='/reports/new']", "/reports/new");
    lead.write("#period_from", "2023-05-01");
    // A country has one report on each period.
    let ends = match run.way {
        Way::SpanishWithScripts => "2023-12-31",
        Way::EnglishWithoutScripts => "2023-11-30",
        Way::ByKeyboard => "2023-10-31",
    };
    lead.write("#period_to", ends);
    lead.select("#roadmap_id", &plan);
    lead.press(MAIN);
    lead.is_confirmed(run.says("El informe está creado y redactado.", "The report is created and drafted."));
    let path = lead.chrome.path().split('?').next().unwrap().to_owned();

    let question = format!("{path}/questions/difficulties");
    lead.press_to(&format!("main a[href='{question}']"), &question);
    lead.press_to(&format!("aside a[href='{question}/assignee']"), &format!("{question}/assignee"));
    lead.select("#commission_id", &commission);
    lead.press_to(MAIN, &format!("{question}?done=report-question-assigned"));

    let mail = run.demo.wait_for_mail(&officer, &question);
    assert!(mail.contains(&question));
    let office = run.enters(&officer);
    office.go(&question);
    office.write("#text", "Las regiones reportan poco.");
    office.press_to(MAIN, &format!("{question}?done=report-answer-saved"));

    // The other answers that a person must give or confirm; one is confirmed by hand below.
    let asked = run.record(&path)["sections"].as_array().unwrap().clone();
    let asked: Vec<_> = asked.iter().flat_map(|section| section["questions"].as_array().unwrap()).collect();
    for one in asked.iter().filter(|one| one["key"] != "difficulties" && one["key"] != "highlights") {
        let answer = format!("{path}/answers/{}", one["key"].as_str().unwrap());
        if one["mandatory"] == true && one["type"] == "single_choice" {
            let body = json!({"choices": [one["options"][0]["key"]]});
            assert_eq!(run.demo.api(COORDINATOR, "PUT", &answer, &body).0, 200, "{answer}");
        } else if one["mandatory"] == true {
            let body = json!({"text": "Trabajo infantil, trabajo forzoso y trata de personas: sin novedades."});
            assert_eq!(run.demo.api(COORDINATOR, "PUT", &answer, &body).0, 200, "{answer}");
        } else {
            assert_eq!(
                run.demo.api(COORDINATOR, "POST", &format!("{answer}/confirmation"), &json!({})).0,
                200,
                "{answer}"
            );
        }
    }
    lead.go(&format!("{path}/approval"));
    let highlights = format!("{path}/questions/highlights");
    lead.press_to(&format!("main a[href='{highlights}']"), &highlights);
    lead.write("#text", "Chile firmó un convenio sobre trabajo infantil, trabajo forzoso y trata.");
    lead.press_to(MAIN, &format!("{highlights}?done=report-answer-saved"));
    lead.go(&path);
    lead.press_to(&format!("main a[href='{path}/approval']"), &format!("{path}/approval"));
    lead.sees("Las regiones reportan poco.");
    lead.press_to(MAIN, &format!("{path}?done=report-approved"));
    lead.is_confirmed(run.says("El informe está aprobado.", "The report is approved."));
    let report = run.record(&path);
    assert_eq!((&report["status"], &report["finding_counts"]["error"]), (&json!("approved"), &json!(0)));
    let (media, begins) = lead.download(&format!("aside a[href='{path}/document?format=pdf']"));
    assert!(media.starts_with("application/pdf") && begins.starts_with("%PDF-"), "{media} {begins}");
}
