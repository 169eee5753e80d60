//! An institution asks for more time; the secretariat grants it until another day. Both days are written in words, and
//! are shown as they were understood before anything is saved.

use serde_json::json;

use crate::run::{Run, in_days, in_three_ways, representative, secretariat};
use crate::user::{MAIN, User};

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    let [officer, person] = run.people([secretariat(&commission), representative(&institution)]);
    let commitment = run.commitment(&commission, &institution, in_days(30));

    let home = run.enters(&person);
    home.go(&commitment.path());
    let ask = commitment.part_path("extension");
    home.press_to(&format!("main a[href='{ask}']"), &ask);
    home.write("#requested_due", run.says("30 de setiembre de 2099", "30 September 2099"));
    home.write("#reason", "Los municipios aprueban el plan en agosto.");
    home.press_to(MAIN, &ask);
    understands(run, &home, "30 de setiembre de 2099", "30 September 2099");
    home.press_to(MAIN, &format!("{}?done=extension-requested", commitment.path()));
    home.is_confirmed(run.says("La solicitud de prórroga se envió.", "The request for an extension was sent."));

    let record = run.record(&commitment.path());
    let request = record["assignments"][0]["pending_extension_id"].as_str().unwrap().to_owned();
    let decide = format!("/extensions/{request}");
    let office = run.enters(&officer);
    office.press_to("nav.main a[href='/reviews']", "/reviews");
    office.press_to(&format!("main a[href='{decide}']"), &decide);
    office.sees("Los municipios aprueban el plan en agosto.");
    office.write("#due", run.says("31 de agosto de 2099", "31 August 2099"));
    office.write("#comment", "La sesión de setiembre necesita el plan.");
    let grant = "main button[name=outcome][value=granted]";
    office.press_to(grant, &decide);
    understands(run, &office, "31 de agosto de 2099", "31 August 2099");
    office.press_to(grant, "/reviews?done=extension-granted");
    office.is_confirmed(run.says("La prórroga se concedió.", "The extension was granted."));

    let record = run.record(&commitment.path());
    assert_eq!(record["assignments"][0]["due_to"], json!("2099-08-31"), "{record}");
    home.go(&commitment.path());
    home.sees("31/08/2099");
}

/// Fails unless a date is shown as it was understood, and nothing was saved.
fn understands(run: &Run, user: &User, spanish: &str, english: &str) {
    let understood = user.chrome.text("main .understood");
    assert!(understood.contains(run.says(spanish, english)), "{understood}");
    assert!(user.chrome.has("main .notice[role=status]"));
}
