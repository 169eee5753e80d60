//! The improvements of the script: filters that apply at once, and the insertion of a source into an answer. The quorum
//! and the kept drafts are in the journeys of the joint session and of the ended session.

use std::time::Duration;

use serde_json::{Value, json};

use crate::demo::Demo;
use crate::run::{Run, Way, in_days, run, secretariat};
use crate::user::User;

/// Runs a script until it returns true; fails after half a minute.
#[track_caller]
fn becomes(user: &User, script: &str) {
    for _ in 0..150 {
        if user.chrome.run(script, Vec::new()) == json!(true) {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("{}: not {script}:\n{}", user.chrome.path(), user.chrome.words());
}

#[test]
fn a_filter_applies_when_it_is_chosen() {
    // With the keyboard: ChromeDriver takes a field of a closed `details` for hidden, also where the style shows it.
    run("filters", Way::ByKeyboard, filters);
}

/// Chooses a status: the list and the address change, the page stays, the focus too, and the number is announced.
fn filters(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    run.member(&commission, &institution);
    let [officer] = run.people([secretariat(&commission)]);
    let open = [20, 40].map(|days| run.commitment(&commission, &institution, in_days(days)).code);
    let draft = json!({"commission_ids": [commission], "text": "Redactar el plan.", "status": "draft",
        "assignments": [{"institution_id": institution}]});
    let draft = run.demo.enter(&officer, "/commitments", &draft)["code"].as_str().unwrap().to_owned();
    let user = run.enters(&officer);
    user.go("/commitments");
    let results = |user: &User| user.chrome.text("#results");
    let all = results(&user);
    assert!(all.contains("2 compromisos") && open.iter().all(|code| all.contains(code)), "{open:?}: {all}");
    user.chrome.run("window.isKept = true;", Vec::new());
    user.select("select[name=status]", "draft");
    becomes(&user, "return location.search === '?status=draft';");
    becomes(&user, "return !document.querySelector('#results[aria-busy]');");
    assert!(results(&user).contains("1 compromiso") && results(&user).contains(&draft), "{}", results(&user));
    assert!(!results(&user).contains(&open[0]), "{}", results(&user));
    assert_eq!(user.chrome.run("return window.isKept;", Vec::new()), json!(true), "the page was left");
    assert!(user.chrome.is_focused("select[name=status]"), "the focus was moved");
    becomes(
        &user,
        "return document.querySelector('body > p.unseen[role=status]').textContent.startsWith('1 compromiso');",
    );
    assert_eq!(user.chrome.value("select[name=status]"), "draft");
    // The address is that of the list: the same page opens from it.
    user.go("/commitments?status=draft");
    assert!(results(&user).contains(&draft) && !results(&user).contains(&open[0]));
}

const COORDINATOR: &str = "coordinator@demo.example";

#[test]
fn a_source_is_inserted_where_the_cursor_is() {
    run("insertion", Way::SpanishWithScripts, insertion);
    run("insertion", Way::ByKeyboard, insertion);
}

fn insertion(run: &Run) {
    let (report, key) = question_with_sources(run.demo, run.way == Way::ByKeyboard);
    let user = run.enters(COORDINATOR);
    user.go(&format!("/reports/{report}/questions/{key}"));
    let button = "button[data-insert][data-into=text]";
    let label = user.chrome.attribute(button, "data-insert").unwrap_or_default();
    assert!(!label.is_empty());
    user.chrome.run("window.isKept = true;", Vec::new());
    let cursor =
        "const area = document.getElementById('text'); area.value = 'Antes. Después.'; area.setSelectionRange(7, 7);";
    user.chrome.run(cursor, Vec::new());
    user.touch(button);
    assert_eq!(user.chrome.value("#text"), format!("Antes. {label} Después."));
    assert!(user.chrome.is_focused("#text"), "the text goes on where the source was put");
    let end = 7 + label.encode_utf16().count();
    let at = user.chrome.run("return document.getElementById('text').selectionStart;", Vec::new());
    assert_eq!(at, json!(end), "the cursor is behind the source");
    assert_eq!(user.chrome.run("return window.isKept;", Vec::new()), json!(true), "the page was left");
    // The text is kept as if it had been typed.
    user.sees("Borrador conservado a las");
}

/// Returns a report of Peru in work, and a question that is answered with a text and cites records.
fn question_with_sources(demo: &Demo, is_later: bool) -> (String, String) {
    let plans = demo.read(COORDINATOR, "/plans?kind=roadmap&country_code=PE");
    let (from, to) = if is_later { ("2024-01-01", "2024-12-31") } else { ("2023-05-01", "2023-12-31") };
    let body = json!({"country_code": "PE", "template": "alliance87-annual", "period_from": from, "period_to": to,
        "roadmap_id": plans["items"][0]["id"]});
    let report = demo.enter(COORDINATOR, "/reports", &body);
    let sections = report["sections"].as_array().unwrap().iter();
    let mut questions = sections.flat_map(|section| section["questions"].as_array().unwrap());
    let has_sources = |one: &&Value| {
        one["answer"]["sources"].as_array().is_some_and(|all| !all.is_empty()) && one["answer"]["text"].is_string()
    };
    let found = questions.find(has_sources).unwrap_or_else(|| panic!("no answer cites a record: {report}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&report["id"]), text(&found["key"]))
}

#[test]
fn a_password_is_shown_while_a_button_asks_for_it() {
    run("shown-password", Way::SpanishWithScripts, password);
    run("shown-password", Way::ByKeyboard, password);
}

fn password(run: &Run) {
    let commission = run.commission("", "PE");
    let [officer] = run.people([secretariat(&commission)]);
    let user = run.enters(&officer);
    user.go("/me/password");
    user.write("#password", "corta");
    let (button, kind) = ("#password + button[data-show]", || user.chrome.attribute("#password", "type"));
    assert_eq!((kind().as_deref(), user.chrome.text(button).as_str()), (Some("password"), "Mostrar la contraseña"));
    user.touch(button);
    assert_eq!((kind().as_deref(), user.chrome.text(button).as_str()), (Some("text"), "Ocultar la contraseña"));
    assert_eq!(user.chrome.value("#password"), "corta");
    assert_eq!(user.chrome.attribute("#current_password", "type").as_deref(), Some("password"));
    user.touch(button);
    assert_eq!(kind().as_deref(), Some("password"));
    // What is sent is hidden again: browsers keep texts for later forms, and no passwords.
    user.touch(button);
    let held = "document.addEventListener('submit', (event) => event.preventDefault());
        document.getElementById('password').form.requestSubmit();
        return document.getElementById('password').type;";
    assert_eq!(user.chrome.run(held, Vec::new()), json!("password"));
}
