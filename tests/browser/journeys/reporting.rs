//! A reminder leads to the commitment; the institution reports with a link and a file.

use serde_json::json;

use crate::run::{Run, in_days, in_three_ways, link_in, representative};
use crate::user::MAIN;

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    let [person] = run.people([representative(&institution)]);
    // Nothing is sent in the 48 hours after the mail that announces a commitment.
    let due = in_days(4);
    let commitment = run.commitment(&commission, &institution, due);
    run.demo.remind(&due.to_string());
    let mail = run.demo.wait_for_mail(&person, run.says("vence hoy", "due today"));
    let link = link_in(&mail, &commitment.path());

    let user = run.opens();
    user.go(&link);
    user.sign_in(&person);
    assert_eq!(user.chrome.path(), commitment.path());
    user.sees(&commitment.code);
    let report = commitment.part_path("report");
    user.press_to(&format!("main a[href='{report}']"), &report);

    let narrative = run.says("El plan está en consulta con 12 municipios.", "The plan is being consulted.");
    user.choose("input[name=status][value=in_progress]");
    user.write("#narrative", narrative);
    user.write("#percent", "40");
    user.write("#evidence-0-title", "Convocatoria de la consulta");
    user.write("#evidence-0-url", "https://www.gob.pe/consulta");
    user.press("button[name=add][value=evidence]");
    assert_eq!(user.chrome.value("#narrative"), narrative);
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("lista.pdf");
    std::fs::write(&file, b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n").unwrap();
    user.write("#evidence-1-title", "Lista de asistencia");
    user.attach("#evidence-1-file", &file);
    user.press_to(MAIN, &format!("{}?done=reported", commitment.path()));
    user.is_confirmed(run.says("El informe se envió.", "The report was sent."));
    user.sees(narrative);

    let updates = run.record(&format!("/commitments/{}/assignments/{}/updates", commitment.id, commitment.part));
    let update = &updates["items"][0];
    assert_eq!(update["status"], json!("in_progress"), "{updates}");
    assert_eq!(update["percent"], json!(40));
    assert_eq!(update["evidence"][0]["url"], json!("https://www.gob.pe/consulta"), "{update}");
    assert!(update["evidence"][1]["file_id"].is_string(), "{update}");
}
