//! A term was corrected, and extended for one institution: the coordinator finds who changed it, when, and what it was.

use serde_json::json;

use crate::run::{Run, in_three_ways, representative, secretariat};
use crate::user::{MAIN, User};

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "CL"), run.institution("", "CL"));
    let coordinator = json!({"role": "coordinator", "country_code": "CL"});
    let grants = [secretariat(&commission), representative(&institution), coordinator];
    let [officer, person, lead] = run.people(grants);
    let commitment = run.commitment(&commission, &institution, "2099-06-30".parse().unwrap());
    let path = commitment.path();
    extend(run, (&officer, &person), &commitment.part_path("extensions"));

    let office = run.enters(&officer);
    office.go(&path);
    office.press_to(&format!("main a[href='{path}/edit']"), &format!("{path}/edit"));
    office.write("#due", "2099-10-31");
    office.write("#correction_reason", "El plazo estaba mal copiado del acta.");
    office.press_to(MAIN, &format!("{path}?done=commitments-changed"));
    is_told(run, &office, &commitment.code);
    assert!(!office.chrome.has("main a[href^='/audit-log']"), "the audit log is for those who coordinate");

    let lead = run.enters(&lead);
    lead.go(&path);
    is_told(run, &lead, &commitment.code);
    let log = format!("/audit-log?record_id={}", commitment.id);
    lead.press_to(&format!("main a[href='{log}']"), &log);
    lead.sees(&format!("Persona {} 0", run.name));
    let before = lead.chrome.text("main .timeline del");
    assert!(before.contains(run.says("30 de junio de 2099", "30 June 2099")), "{before}");
    let after = lead.chrome.text("main .timeline ins");
    assert!(after.contains(run.says("31 de octubre de 2099", "31 October 2099")), "{after}");
}

/// Asks for more time as the institution, and grants it as the secretariat.
fn extend(run: &Run, (officer, person): (&str, &str), path: &str) {
    let ask = json!({"requested_due": "2099-09-30", "reason": "Los municipios aprueban el plan en agosto."});
    let asked = run.demo.enter(person, path, &ask)["id"].as_str().unwrap().to_owned();
    let (status, answer) =
        run.demo.api(officer, "PUT", &format!("/extensions/{asked}/decision"), &json!({"outcome": "granted"}));
    assert!((200..300).contains(&status), "{status} {answer}");
}

/// Fails unless the history of the commitment tells both changes of its term, with who made them.
fn is_told(run: &Run, reader: &User, code: &str) {
    reader.sees(code);
    let history = reader.chrome.text("main aside .timeline");
    let who = format!("Persona {} 0", run.name);
    assert!(history.contains("El plazo estaba mal copiado del acta."), "the history lacks the reason: {history}");
    for (spanish, english) in [
        ("Plazo corregido: 31 de octubre de 2099", "Term corrected: 31 October 2099"),
        ("Antes: 30 de junio de 2099", "Before: 30 June 2099"),
        ("30 de septiembre de 2099", "30 September 2099"),
    ] {
        let told = run.says(spanish, english);
        assert!(history.contains(told), "the history lacks {told:?}: {history}");
    }
    assert!(history.contains(&who), "the history lacks {who:?}: {history}");
}
