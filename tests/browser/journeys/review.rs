//! The secretariat returns a report, the institution corrects it, the secretariat accepts it, and the commitment is
//! completed.

use serde_json::json;

use crate::run::{Run, in_days, in_three_ways, representative, secretariat};
use crate::user::MAIN;

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    let [officer, person] = run.people([secretariat(&commission), representative(&institution)]);
    let commitment = run.commitment(&commission, &institution, in_days(30));
    let updates = format!("/commitments/{}/assignments/{}/updates", commitment.id, commitment.part);
    let evidence = json!([{"title": "Norma", "url": "https://www.gob.pe/norma"}]);
    let body = json!({"status": "completed", "narrative": "El plan está aprobado.", "reported_on": in_days(0),
        "evidence": evidence});
    let first = run.demo.enter(&person, &updates, &body)["id"].as_str().unwrap().to_owned();

    let office = run.enters(&officer);
    office.press_to("nav.main a[href='/reviews']", "/reviews");
    office.press_to(&format!("main a[href='/reviews/{first}']"), &format!("/reviews/{first}"));
    office.sees("El plan está aprobado.");
    // Without a comment nothing is returned.
    office.press("main button[name=outcome][value=returned]");
    office.is_refused();
    let comment = run.says("Falta el acta de aprobación.", "The minutes of the approval are missing.");
    office.write("#comment", comment);
    office.press_to("main button[name=outcome][value=returned]", "/reviews?done=review-returned");
    office.is_confirmed(run.says("El informe se devolvió.", "The report was returned."));

    let report = commitment.part_path("report");
    let home = run.enters(&person);
    home.sees(run.says("Informes devueltos", "Returned reports"));
    home.press_to(&format!("main a[href='{report}']"), &report);
    home.sees(comment);
    assert_eq!(home.chrome.value("#narrative"), "El plan está aprobado.");
    home.write("#narrative", "El plan está aprobado por el acta 12.");
    home.press("button[name=add][value=evidence]");
    home.write("#evidence-1-title", "Acta 12");
    home.write("#evidence-1-url", "https://www.gob.pe/acta-12");
    home.press_to(MAIN, &format!("{}?done=reported", commitment.path()));

    let update =
        run.record(&updates)["items"].as_array().unwrap().iter().find(|one| one["id"] != json!(first)).cloned();
    let path = format!("/reviews/{}", update.unwrap()["id"].as_str().unwrap());
    office.press_to("nav.main a[href='/reviews']", "/reviews");
    office.press_to(&format!("main a[href='{path}']"), &path);
    office.sees("Acta 12");
    office.press_to("main button[name=outcome][value=accepted]", "/reviews?done=review-accepted");
    office.is_confirmed(run.says("El informe se aceptó.", "The report was accepted."));

    let record = run.record(&commitment.path());
    assert_eq!(record["status"], json!("completed"), "{record}");
    assert_eq!(record["assignments"][0]["verification"], json!("accepted"));
}
