//! Every page once for the role that sees most of it, in Spanish, light and wide; once more in English, dark and narrow.
//! axe finds nothing, and no page is wider than the window.

use crate::chrome::{Chrome, Look, axe_source, is_available};
use crate::demo::{Demo, PASSWORD};

/// The pages that need no session.
const OPEN_PAGES: &[&str] = &["/sign-in", "/password", "/password?token=x", "/invitation?token=x", "/help", "/accessibility", "/privacy"];

/// Returns the pages of the demonstration, with the ids of records that have all parts.
fn pages(demo: &Demo) -> Vec<(&'static str, String)> {
    let secretariat = "secretariat@demo.example";
    let first = |path: &str| {
        let page = demo.read(secretariat, path);
        page["items"][0]["id"].as_str().unwrap_or_default().to_owned()
    };
    let commission = {
        let me = demo.read(secretariat, "/me");
        me["grants"][0]["commission_id"].as_str().unwrap_or_default().to_owned()
    };
    let commitment = demo.read(secretariat, &format!("/commitments?commission_id={commission}"))["items"][0].clone();
    let (commitment, part) = (
        commitment["id"].as_str().unwrap_or_default().to_owned(),
        commitment["assignments"][0]["id"].as_str().unwrap_or_default().to_owned(),
    );
    let meeting = first(&format!("/meetings?commission_id={commission}"));
    let agreement = first(&format!("/agreements?commission_id={commission}"));
    let institution = first("/institutions?country_code=PE");
    let mut pages: Vec<String> = [
        "/", "/commitments", "/commitments?overdue=true", "/commitments/new", "/reviews", "/meetings", "/meetings/new",
        "/agreements", "/agreements/new", "/calendar", "/search?q=modelo", "/search?q=", "/commissions", "/institutions",
        "/me", "/me/password", "/me/sessions", "/me/notifications", "/me/calendar", "/ui", "/no/such/page",
    ]
    .map(str::to_owned)
    .into();
    for below in ["", "/edit", "/assignments/new"] {
        pages.push(format!("/commitments/{commitment}{below}"));
    }
    for below in ["report", "extension", "edit", "cancellation"] {
        pages.push(format!("/commitments/{commitment}/assignments/{part}/{below}"));
    }
    for below in [
        "", "/edit", "/agenda", "/attendance", "/agreements", "/minutes", "/follow-up", "/documents", "/convocation",
        "/cancellation", "/minutes/circulation", "/minutes/comments", "/minutes/approval", "/minutes/rectification",
    ] {
        pages.push(format!("/meetings/{meeting}{below}"));
    }
    for below in ["", "/edit"] {
        pages.push(format!("/agreements/{agreement}{below}"));
    }
    for below in ["", "/members", "/delegates", "/states", "/reminders"] {
        pages.push(format!("/commissions/{commission}{below}"));
    }
    pages.push(format!("/institutions/{institution}"));
    pages.into_iter().map(|path| (secretariat, path)).collect()
}

/// Opens every page with a look and returns what is wrong.
fn look_at(demo: &Demo, look: Look, axe: Option<&str>) -> Vec<String> {
    let chrome = Chrome::open(&demo.url, look);
    let mut wrong = Vec::new();
    let mut check = |path: &str| {
        chrome.go(path);
        let name = path.trim_matches('/').replace(['/', '?', '=', '&'], "-");
        let name: String = name.split('-').filter(|part| part.len() < 12).collect::<Vec<_>>().join("-");
        chrome.picture(&format!("{}-{}-{name}", look.width, look.language));
        let found = axe.map(|axe| chrome.axe(axe)).unwrap_or_default();
        wrong.extend(found.into_iter().map(|violation| format!("{path}: {violation}")));
        let fits = chrome.run(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1",
            Vec::new(),
        );
        if fits != serde_json::json!(true) {
            wrong.push(format!("{path}: wider than the window"));
        }
    };
    OPEN_PAGES.iter().for_each(|path| check(path));
    chrome.go("/sign-in");
    chrome.sign_in("secretariat@demo.example", PASSWORD);
    if look.language == "en" {
        chrome.click("button[name=language][value=en]");
    }
    pages(demo).iter().for_each(|(_, path)| check(path));
    wrong
}

#[test]
fn every_page_is_accessible_and_fits() {
    if !is_available() {
        return;
    }
    let (demo, axe) = (Demo::start(), axe_source());
    let mut wrong = look_at(&demo, Look::WIDE, axe.as_deref());
    wrong.extend(look_at(&demo, Look::NARROW, axe.as_deref()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
