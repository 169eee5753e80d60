//! An invitation leads to a password and to the first sign-in.

use crate::hands::MAIN;
use crate::run::{Run, in_three_ways, link_in, secretariat};

in_three_ways!(walk);

fn walk(run: &Run) {
    let commission = run.commission("", "PE");
    let (email, name) = (format!("{}@journeys.example", run.name), format!("Persona {}", run.name));
    run.invite(&email, &name, &secretariat(&commission));
    let link = link_in(&run.demo.wait_for_mail(&email, "/invitation?token="), "/invitation?token=");

    let hands = run.opens();
    // A program that scans mails has opened the link before.
    hands.go(&link);
    hands.go(&link);
    hands.sees(&email);
    hands.write("#password", "corta");
    hands.press(MAIN);
    hands.is_refused();
    let password = "una frase larga y propia";
    hands.write("#password", password);
    hands.press(MAIN);
    assert_eq!(hands.chrome.path(), "/");
    hands.sees(&name);
    let (other, button) = match run.language() {
        "es" => ("en", "form[action='/me/language'] button[value=en]"),
        _ => ("es", "form[action='/me/language'] button[value=es]"),
    };
    hands.press(button);
    assert_eq!(hands.chrome.attribute("html", "lang").as_deref(), Some(other));
    hands.sign_out();
    hands.sign_in_with(&email, password);
    assert_eq!(hands.chrome.path(), "/");
    hands.sees(&name);
    assert_eq!(hands.chrome.attribute("html", "lang").as_deref(), Some(other));

    // The link worked once.
    hands.sign_out();
    hands.go(&link);
    assert!(!hands.chrome.has("#password"), "{}", hands.chrome.words());
    assert!(hands.chrome.has("main form[action='/password'] #email"));
}
