//! Every page once for the role that sees most of it, in Spanish, light and wide; once more in English, dark and narrow.
//! axe finds nothing, and no page is wider than the window. Other roles where a page differs for them.

mod addresses;
mod matrix;
mod records;
mod routes;

use records::Records;
use serde_json::json;

use crate::chrome::{Chrome, Look, axe_source, is_available};
use crate::demo::Demo;
use crate::user::User;

const OFFICE: &str = "secretariat@demo.example";
const HOME: &str = "representative@demo.example";
const COORDINATOR: &str = "coordinator@demo.example";
const OBSERVER: &str = "observer@demo.example";
const ADMIN: &str = "admin@demo.example";

/// The pages that need no session.
const OPEN_PAGES: &[&str] = &[
    "/sign-in",
    "/sign-in?kept=1&next=/",
    "/sign-in?token=x",
    "/password",
    "/password?token=x",
    "/password?done=link-asked",
    "/invitation",
    "/invitation?token=x",
    "/help",
    "/help/secretariat",
    "/help/institution",
    "/help/coordinator",
    "/help/observer",
    "/help/administrator",
    "/help/guides/first-week",
    "/help/guides/sessions",
    "/help/guides/reporting",
    "/help/guides/report",
    "/help/guides/reminders",
    "/help/guides/import",
    "/help/guides/operation",
    "/accessibility",
    "/privacy",
];

/// The pages of a secretariat that need no id.
const LISTS: &[&str] = &[
    "/",
    "/?reason=overdue",
    "/commitments",
    "/commitments?overdue=true",
    "/commitments?q=nothing-has-this-word",
    "/commitments/new",
    "/reviews",
    "/imports",
    "/imports/new",
    "/meetings",
    "/meetings/new",
    "/activities",
    "/activities/new",
    "/activities/validation",
    "/registry",
    "/agreements",
    "/agreements/new",
    "/calendar",
    "/search?q=modelo",
    "/search?q=",
    "/commissions",
    "/institutions",
    "/me",
    "/me/password",
    "/me/sessions",
    "/me/notifications",
    "/me/calendar",
    "/me/second-factor",
    "/me/tokens",
    "/ui",
    "/help",
    "/help/secretariat",
    "/no/such/page",
];

/// The checks of each page: axe, the width, and a picture.
struct Inspection<'a> {
    user: User,
    look: Look,
    axe: Option<&'a str>,
    wrong: Vec<String>,
}

impl Inspection<'_> {
    /// Opens a page and checks it.
    fn inspect(&mut self, number: usize, path: &str) {
        self.user.go(path);
        self.check(number, path);
        let status = "return performance.getEntriesByType('navigation')[0].responseStatus;";
        let status = self.user.chrome.run(status, Vec::new());
        if status != json!(200) && !path.ends_with("?token=x") && path != "/no/such/page" {
            self.note(&format!("{path}: status {status}"));
        }
    }

    /// Checks the page that is open.
    fn check(&mut self, number: usize, path: &str) {
        let name: Vec<&str> = path.split(['/', '?', '=', '&']).filter(|part| part.len() < 20).collect();
        let name = name.join("-").trim_matches('-').to_owned();
        self.user.chrome.picture(&format!("{}-{}-{number:03}-{name}", self.look.width, self.look.language));
        let found = self.axe.map(|axe| self.user.chrome.axe(axe)).unwrap_or_default();
        found.iter().for_each(|violation| self.note(&format!("{path}: {violation}")));
        if let Some(elements) = self.user.chrome.beyond_the_window() {
            self.note(&format!("{path}: wider than the window: {elements}"));
        }
    }

    fn note(&mut self, fault: &str) {
        eprintln!("{fault}");
        self.wrong.push(fault.to_owned());
    }

    fn enter(&self, person: &str) {
        self.user.go("/sign-in");
        if self.user.chrome.path().starts_with("/sign-in") {
            self.user.sign_in(person);
        }
        if self.look.language == "en" {
            self.user.choose_language("en");
        }
    }
}

/// Opens every page with a look; fails with all that is wrong.
fn look_at(look: Look) {
    if !is_available() {
        return;
    }
    let (demo, axe) = (Demo::start(), axe_source());
    let records = Records::enter(&demo);
    let user = User { chrome: Chrome::open(&demo.url, look), by_keyboard: false };
    let mut inspection = Inspection { user, look, axe: axe.as_deref(), wrong: Vec::new() };
    let open = records.open_pages();
    open.iter().enumerate().for_each(|(n, path)| inspection.inspect(n, path));
    let mut present = "";
    let pages = records.pages();
    for (n, (person, path)) in pages.iter().enumerate() {
        if *person != present {
            if !present.is_empty() {
                inspection.user.sign_out();
            }
            inspection.enter(person);
            present = person;
        }
        inspection.inspect(open.len() + n, path);
    }
    inspection.user.sign_out();
    inspection.enter(OFFICE);
    inspection.inspect_a_matrix(open.len() + pages.len(), demo.folder());
    let wrong = inspection.wrong;
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_page_is_accessible_in_spanish_light_and_wide() {
    look_at(Look::WIDE);
}

#[test]
fn every_page_is_accessible_and_fits_in_english_dark_and_narrow() {
    look_at(Look::NARROW);
}
