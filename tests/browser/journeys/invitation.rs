//! An invitation leads to a password and to the first sign-in.

use crate::run::{Run, in_three_ways, link_in, secretariat};
use crate::user::MAIN;

in_three_ways!(walk);

fn walk(run: &Run) {
    let commission = run.commission("", "PE");
    let (email, name) = (format!("{}@journeys.example", run.name), format!("Persona {}", run.name));
    run.invite(&email, &name, &secretariat(&commission));
    let link = link_in(&run.demo.wait_for_mail(&email, "/invitation?token="), "/invitation?token=");

    let user = run.opens();
    // A program that scans mails has opened the link before.
    user.go(&link);
    user.go(&link);
    user.sees(&email);
    user.write("#password", "corta");
    user.press(MAIN);
    user.is_refused();
    let password = "una frase larga y propia";
    user.write("#password", password);
    user.press(MAIN);
    assert_eq!(user.chrome.path(), "/");
    user.sees(&name);
    let (other, button) = match run.language() {
        "es" => ("en", "form[action='/me/language'] button[value=en]"),
        _ => ("es", "form[action='/me/language'] button[value=es]"),
    };
    user.press(button);
    assert_eq!(user.chrome.attribute("html", "lang").as_deref(), Some(other));
    user.sign_out();
    user.sign_in_with(&email, password);
    assert_eq!(user.chrome.path(), "/");
    user.sees(&name);
    assert_eq!(user.chrome.attribute("html", "lang").as_deref(), Some(other));

    // The link worked once.
    user.sign_out();
    user.go(&link);
    assert!(!user.chrome.has("#password"), "{}", user.chrome.words());
    assert!(user.chrome.has("main form[action='/password'] #email"));
}
