//! An institution keeps an activity as a draft, completes it with the advice beside its fields, and sends it; the
//! secretariat validates it, and it is in the registry of the period.

use chrono::Datelike;
use serde_json::json;

use crate::run::{Run, in_days, in_three_ways, link_in, representative, secretariat};
use crate::user::{MAIN, User};

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "CL"), run.institution("", "CL"));
    run.member(&commission, &institution);
    let [officer, person] = run.people([secretariat(&commission), representative(&institution)]);
    let title = format!("Taller regional {}", run.name);

    let home = run.enters(&person);
    let path = draft(run, &home, &title);
    assert_eq!(run.record(&path)["status"], json!("draft"));
    home.press_to(&format!("main a[href='{path}/edit']"), &format!("{path}/edit"));
    complete(run, &home, &path);
    validate(run, &officer, &path, &title);
    home.go(&path);
    home.sees(run.says("Validada", "Validated"));
    assert!(
        !home.chrome.has(&format!("main a[href='{path}/edit']")),
        "a validated activity is changed by those who validate"
    );
}

/// Enters an activity as a draft; returns its address.
fn draft(run: &Run, home: &User, title: &str) -> String {
    home.press_to("footer a[href='/activities']", "/activities");
    home.press_to("main a[href='/activities/new']", "/activities/new");
    home.write("#title", title);
    home.select("#kind", "training");
    let year = in_days(0).year();
    home.write("#starts", &run.says("enero de YEAR", "01/YEAR").replace("YEAR", &year.to_string()));
    home.choose("input[name=status][value=draft]");
    home.press_to(MAIN, "/activities/new");
    let understood = home.chrome.text("main .understood");
    assert!(understood.contains(&format!("{} {year}", run.says("enero de", "January"))), "{understood}");
    home.press_to(MAIN, "/activities/");
    home.is_confirmed(run.says("La actividad está guardada.", "The activity is saved."));
    home.sees(run.says("Para el informe anual", "For the annual report"));
    home.chrome.path().split('?').next().unwrap().to_owned()
}

/// Completes the activity with the advice of its form, and sends it.
fn complete(run: &Run, home: &User, path: &str) {
    home.sees(run.says("El informe anual lo pedirá:", "The annual report will ask for it:"));
    let advice = home.chrome.run("return document.querySelectorAll('main .advice').length", Vec::new());
    home.write("#participants-total", "20");
    home.write("#participants-women", "12");
    home.write("#participants-men", "9");
    home.choose("input[name=status][value=submitted]");
    home.press_to(MAIN, &format!("{path}/edit"));
    home.is_refused();
    home.sees(run.says("Mujeres y hombres suman más que el total", "more than the total"));
    home.write("#participants-men", "8");
    home.write("#places", "Arica");
    home.write("#evidence-0-title", "Lista de asistencia");
    home.write("#evidence-0-url", "https://www.gob.cl/lista");
    home.press_to(MAIN, &format!("{path}?done=activity-submitted"));
    home.is_confirmed(run.says("La actividad se envió a la secretaría.", "The activity was sent to the secretariat."));
    let record = run.record(path);
    assert_eq!(
        (&record["status"], &record["starts"]),
        (&json!("submitted"), &json!(format!("{}-01", in_days(0).year()))),
        "{record}"
    );
    assert_eq!(record["participants"]["men"], json!(8), "{record}");
    let left = record["findings"].as_array().unwrap().len();
    assert!(json!(left).as_u64() < advice.as_u64(), "the advice was followed: {advice} {record}");
}

/// Validates the activity from the mail about it, and finds it in the registry.
fn validate(run: &Run, officer: &str, path: &str, title: &str) {
    let mail = run.demo.wait_for_mail(officer, path);
    let office = run.opens();
    office.go(&link_in(&mail, path));
    office.sign_in(officer);
    assert_eq!(office.chrome.path(), path);
    office.sees("Lista de asistencia");
    office.press_to("footer a[href='/activities']", "/activities");
    office.press_to("main a[href='/activities/validation']", "/activities/validation");
    office.choose(&format!("[name=ids][value='{}']", path.trim_start_matches("/activities/")));
    office.press_to(MAIN, "/activities/validation?done=activities-validated");
    let said = run.says("Las actividades marcadas están en el registro.", "The marked activities are in the registry.");
    office.is_confirmed(said);
    office.press_to("footer a[href='/registry']", "/registry");
    office.sees(title);
    let (media, _) = office.download("main a[href^='/registry.xlsx']");
    assert!(media.contains("spreadsheetml"), "{media}");
    assert_eq!(run.record(path)["status"], json!("validated"));
}
