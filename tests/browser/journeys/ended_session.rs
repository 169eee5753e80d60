//! A session ends while a person writes a long text: the text is there after signing in again.

use serde_json::{Value, json};

use crate::run::{Run, in_days, in_three_ways, representative};
use crate::user::{MAIN, same_lines};

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    let [person] = run.people([representative(&institution)]);
    let commitment = run.commitment(&commission, &institution, in_days(30));
    let paragraph = "La institución presentó el plan a los municipios, que lo observaron y lo devolvieron. ".repeat(6);
    let text = [paragraph.trim(), "Los municipios aprobaron el plan.", paragraph.trim()].join("\n\n");

    let user = run.enters(&person);
    user.press_to("nav.main a[href='/commitments']", "/commitments");
    user.press_to(&format!("main a[href='{}']", commitment.path()), &commitment.path());
    let report = commitment.part_path("report");
    user.press_to(&format!("main a[href='{report}']"), &report);
    user.choose("input[name=status][value=in_progress]");
    user.write("#narrative", &text);
    if run.has_scripts() {
        user.sees("Borrador conservado a las");
    }
    end_sessions(run, &person);
    user.press_to(MAIN, "/sign-in?");
    user.sees(run.says("el texto quedó guardado", "the text was kept"));
    user.sign_in(&person);
    assert_eq!(user.chrome.path(), report);
    assert_eq!(same_lines(&user.chrome.value("#narrative")), text);
    assert!(user.chrome.has("input[name=status][value=in_progress]:checked"));
    user.sees(run.says("no se ha enviado", "has not been sent"));
    user.press_to(MAIN, &format!("{}?done=reported", commitment.path()));

    let updates = run.record(&format!("/commitments/{}/assignments/{}/updates", commitment.id, commitment.part));
    assert_eq!(updates["items"].as_array().unwrap().len(), 1, "{updates}");
    assert_eq!(same_lines(updates["items"][0]["narrative"].as_str().unwrap()), text);
    user.go(&report);
    assert_eq!(user.chrome.value("#narrative"), "", "the text is sent and not kept any more");
}

/// Ends the sessions of a person in browsers, as the person does on another machine.
fn end_sessions(run: &Run, person: &str) {
    let sessions = run.demo.read(person, "/me/sessions");
    for session in sessions["items"].as_array().unwrap().iter().filter(|one| one["kind"] != json!("api")) {
        let path = format!("/me/sessions/{}", session["id"].as_str().unwrap());
        let (status, answer) = run.demo.api(person, "DELETE", &path, &Value::Null);
        assert_eq!(status, 204, "{answer}");
    }
}
