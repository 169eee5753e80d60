//! Every page once for the role that sees most of it, in Spanish, light and wide; once more in English, dark and narrow.
//! axe finds nothing, and no page is wider than the window. Other roles where a page differs for them.

use serde_json::{Value, json};

use crate::chrome::{Chrome, Look, axe_source, is_available};
use crate::demo::{Demo, PASSWORD};
use crate::run::in_days;

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
    "/ui",
    "/help",
    "/help/secretariat",
    "/no/such/page",
];

/// The records of which every page is shown.
struct Records {
    commission: String,
    /// The institution that the representative of the demonstration stands for.
    institution: String,
    /// A commitment of all members, with the part of the institution.
    commitment: (String, String),
    /// A commitment whose only part is completed.
    completed: (String, String),
    draft: String,
    /// A report that waits for its review, and one that was accepted.
    updates: [String; 2],
    extension: (String, String),
    /// A session that is convened.
    meeting: String,
    proposal: String,
    document: String,
    /// A session whose minutes are circulated, and one whose minutes are approved.
    circulated: String,
    approved: String,
    agreement: String,
    /// The annual report in work of the coordinator's country.
    report: String,
    /// The roadmap on which it reports.
    plan: String,
    /// A member, a delegate and a state of the commission.
    parts: [String; 3],
    /// A person with a grant.
    person: (String, String),
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or_else(|| panic!("{record}")).to_owned()
}

fn put(demo: &Demo, path: &str, body: &Value) {
    let (status, answer) = demo.api(OFFICE, "PUT", path, body);
    assert!((200..300).contains(&status), "{path}: {status} {answer}");
}

impl Records {
    /// Enters what the demonstration lacks.
    fn enter(demo: &Demo) -> Self {
        let commission = text(&demo.read(OFFICE, "/me")["grants"][0]["commission_id"]);
        let institution = text(&demo.read(HOME, "/me")["institution_id"]);
        let commitment = |words: &str, rest: Value| {
            let mut body = json!({"commission_ids": [commission], "text": words, "due": in_days(20),
                "assignments": [{"institution_id": institution, "role": "responsible"}]});
            body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            let made = demo.enter(OFFICE, "/commitments", &body);
            (id(&made), id(&made["assignments"][0]))
        };
        let report = |(commitment, part): &(String, String)| {
            let body = json!({"status": "completed", "narrative": "El plan está aprobado.", "reported_on": in_days(0),
                "evidence": [{"title": "Norma", "url": "https://www.gob.pe/norma"}]});
            id(&demo.enter(HOME, &format!("/commitments/{commitment}/assignments/{part}/updates"), &body))
        };
        let completed = commitment("Aprobar el plan regional.", json!({}));
        let accepted = report(&completed);
        put(demo, &format!("/updates/{accepted}/review"), &json!({"outcome": "accepted"}));
        let waiting = commitment("Difundir el plan regional.", json!({}));
        let asked = commitment("Evaluar el plan regional.", json!({}));
        let request = json!({"requested_due": in_days(90), "reason": "El consultor fue contratado en mayo."});
        let path = format!("/commitments/{}/assignments/{}/extensions", asked.0, asked.1);
        let extension = id(&demo.enter(HOME, &path, &request));
        let meeting = meeting(demo, &commission, "IV sesión ordinaria de la CIGTPE", 20);
        let below = |page: &str| format!("/meetings/{meeting}/{page}");
        put(demo, &below("agenda"), &json!([{"title": "Cuenta del plan", "kind": "information"}]));
        demo.enter(OFFICE, &below("convocation"), &Value::Null);
        let proposal = json!({"title": "Protocolo de atención", "reason": "El ministerio lo aprobó en julio."});
        let proposal = id(&demo.enter(HOME, &below("agenda/proposals"), &proposal));
        let document = json!({"title": "Acta firmada", "url": "https://www.gob.pe/acta", "kind": "signed_minutes"});
        let document = id(&demo.enter(OFFICE, &below("documents"), &document));
        let [circulated, approved] = ["V sesión ordinaria de la CIGTPE", "VI sesión ordinaria de la CIGTPE"]
            .map(|title| with_minutes(demo, &commission, title));
        demo.enter(OFFICE, &format!("/meetings/{approved}/minutes/approval"), &json!({}));
        let agreement = json!({"commission_ids": [commission], "kind": "meeting_agreement", "number": "1",
            "title": "Aprobar el plan de fiscalización", "meeting_id": approved});
        Self {
            draft: commitment("Redactar el plan regional.", json!({"status": "draft"})).0,
            commitment: asked.clone(),
            updates: [report(&waiting), accepted],
            extension: (extension, asked.0),
            agreement: id(&demo.enter(OFFICE, "/agreements", &agreement)),
            report: report_in_work(demo),
            plan: id(&roadmap(demo)),
            parts: parts_of(demo, &commission, &institution),
            person: invited(demo, &commission),
            completed,
            meeting,
            proposal,
            document,
            circulated,
            approved,
            commission,
            institution,
        }
    }

    /// Returns the pages with the person who opens each.
    fn pages(&self) -> Vec<(&'static str, String)> {
        let mut pages: Vec<(&'static str, String)> = LISTS.iter().map(|path| (OFFICE, (*path).to_owned())).collect();
        let mut add = |person: &'static str, above: String, below: &[&str]| {
            pages.extend(below.iter().map(|page| (person, format!("{above}{page}"))));
        };
        let ((commitment, part), (completed, done)) = (&self.commitment, &self.completed);
        let [waiting, accepted] = &self.updates;
        add(OFFICE, format!("/commitments/{commitment}"), &["", "?history=all", "/edit", "/assignments/new"]);
        let below = ["/report", "/extension", "/edit", "/cancellation", "/removal"];
        add(OFFICE, format!("/commitments/{commitment}/assignments/{part}"), &below);
        add(OFFICE, format!("/commitments/{completed}/assignments/{done}"), &["/reopening"]);
        add(OFFICE, format!("/commitments/{completed}"), &[""]);
        add(OFFICE, format!("/commitments/{}", self.draft), &["", "/publication", "/removal"]);
        add(OFFICE, format!("/reviews/{waiting}"), &[""]);
        add(OFFICE, format!("/reviews/{accepted}"), &[""]);
        add(OFFICE, format!("/extensions/{}", self.extension.0), &[""]);
        let tabs = ["", "/edit", "/agenda", "/attendance", "/agreements", "/minutes", "/follow-up", "/documents"];
        add(OFFICE, format!("/meetings/{}", self.meeting), &tabs);
        let acts = ["/convocation", "/cancellation", "/publication", "/removal"];
        add(OFFICE, format!("/meetings/{}", self.meeting), &acts);
        add(OFFICE, format!("/meetings/{}/agenda/proposals/{}/decision", self.meeting, self.proposal), &[""]);
        add(OFFICE, format!("/meetings/{}/documents/{}", self.meeting, self.document), &["/edit", "/removal"]);
        let acts = ["", "/minutes", "/minutes/circulation", "/minutes/comments", "/minutes/approval"];
        add(OFFICE, format!("/meetings/{}", self.circulated), &acts);
        let acts = ["", "/agenda", "/attendance", "/agreements", "/minutes", "/minutes/rectification"];
        add(OFFICE, format!("/meetings/{}", self.approved), &acts);
        add(OFFICE, format!("/agreements/{}", self.agreement), &["", "/edit", "/removal"]);
        let below = ["", "/members", "/delegates", "/states", "/reminders"];
        add(OFFICE, format!("/commissions/{}", self.commission), &below);
        add(OFFICE, format!("/institutions/{}", self.institution), &[""]);
        let [membership, delegate, state] = &self.parts;
        let below = ["/members/new", "/delegates/new", "/reminders/edit"];
        add(OFFICE, format!("/commissions/{}", self.commission), &below);
        add(OFFICE, format!("/commissions/{}/members/{membership}", self.commission), &["/edit", "/removal"]);
        add(OFFICE, format!("/commissions/{}/delegates/{delegate}", self.commission), &["/edit", "/removal"]);
        add(OFFICE, format!("/institutions/{}", self.institution), &["/edit", "/removal", "/handover"]);
        add(OFFICE, String::new(), &["/institutions/new", "/people", "/people?email=nobody", "/people/new"]);
        let (person, grant) = &self.person;
        add(OFFICE, format!("/people/{person}"), &["", "/grants/new", "/invitation"]);
        add(OFFICE, format!("/people/{person}/grants/{grant}"), &["/removal"]);
        add(HOME, format!("/commissions/{}", self.commission), &["/delegates", "/delegates/new"]);
        add(HOME, String::new(), &["/", "/commitments", "/meetings", "/calendar", "/no/such/page"]);
        add(HOME, format!("/commitments/{commitment}"), &[""]);
        add(HOME, format!("/commitments/{commitment}/assignments/{part}"), &["/report", "/extension"]);
        add(HOME, format!("/meetings/{}", self.meeting), &["", "/agenda", "/agenda/proposals/new", "/agreements"]);
        add(HOME, format!("/meetings/{}/replies/{}", self.meeting, self.institution), &[""]);
        add(HOME, format!("/meetings/{}", self.circulated), &["/minutes", "/minutes/comments", "/attendance"]);
        add(HOME, format!("/extensions/{}", self.extension.0), &[""]);
        add(HOME, format!("/agreements/{}", self.agreement), &[""]);
        let acts = ["", "/edit", "/drafting", "/removal", "/compare", "/approval"];
        add(COORDINATOR, format!("/reports/{}", self.report), &acts);
        let acts = ["", "/assignee", "/comments", "/draft"];
        add(COORDINATOR, format!("/reports/{}/questions/highlights", self.report), &acts);
        let questions = ["overall_rating", "evaluation_tools", "stakeholder_involvement", "national_partner_detail"];
        add(COORDINATOR, format!("/reports/{}/questions/", self.report), &questions);
        add(COORDINATOR, String::new(), &["/reports", "/reports/new", "/overview", "/plans", "/plans/new"]);
        add(COORDINATOR, format!("/plans/{}", self.plan), &["", "/edit", "/removal", "/items/new"]);
        add(COORDINATOR, String::new(), &["/observations", "/observations/new"]);
        add(COORDINATOR, String::new(), &["/", "/commissions", "/institutions", "/meetings/new", "/calendar"]);
        add(OBSERVER, String::new(), &["/", "/meetings", "/commitments", "/agreements"]);
        let below = ["/edit", "/removal", "/states/new"];
        add(COORDINATOR, format!("/commissions/{}", self.commission), &below);
        add(COORDINATOR, format!("/commissions/{}/states/{state}", self.commission), &["/edit", "/removal"]);
        add(COORDINATOR, String::new(), &["/commissions/new"]);
        let below = ["", "/edit", "/grants/new", "/sessions", "/unlocking", "/disabling"];
        add(ADMIN, format!("/people/{person}"), &below);
        add(ADMIN, String::new(), &["/", "/ui", "/people"]);
        let administration = ["/deliveries", "/deliveries?address=representative@demo.example", "/deliveries/preview"];
        add(ADMIN, String::new(), &administration);
        add(ADMIN, String::new(), &["/audit-log", "/audit-log?kind=commitment", "/settings"]);
        add(ADMIN, "/countries".to_owned(), &["", "/new", "/PE/edit", "/PE/calendar", "/PE/calendar/holidays"]);
        pages
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Returns a member, a delegate and a state of a commission.
fn parts_of(demo: &Demo, commission: &str, institution: &str) -> [String; 3] {
    let first = |list: &str| id(&demo.read(COORDINATOR, &format!("/commissions/{commission}/{list}"))["items"][0]);
    let delegate = json!({"institution_id": institution, "capacity": "principal", "name": "Ana Rojas",
        "email": "ana.rojas@demo.example", "position": "Jefa de gabinete"});
    let delegate = id(&demo.enter(OFFICE, &format!("/commissions/{commission}/delegates"), &delegate));
    [first("memberships"), delegate, first("operational-states")]
}

/// Invites a person; returns the person and the grant.
fn invited(demo: &Demo, commission: &str) -> (String, String) {
    let body = json!({"email": "eva.soto@demo.example", "name": "Eva Soto",
        "grants": [{"role": "observer", "commission_id": commission}]});
    let made = demo.enter(OFFICE, "/users", &body);
    (id(&made), id(&made["grants"][0]))
}

/// Returns the roadmap of the coordinator's country.
fn roadmap(demo: &Demo) -> Value {
    demo.read(COORDINATOR, "/plans?kind=roadmap")["items"][0].clone()
}

/// Enters the annual report of the coordinator's country.
fn report_in_work(demo: &Demo) -> String {
    let roadmap = roadmap(demo);
    let body = json!({"country_code": roadmap["country_code"], "template": "alliance87-annual",
        "period_from": "2023-05-01", "period_to": "2023-12-31", "roadmap_id": roadmap["id"]});
    id(&demo.enter(COORDINATOR, "/reports", &body))
}

fn meeting(demo: &Demo, commission: &str, title: &str, days: u64) -> String {
    let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": title,
        "starts_at": format!("{}T00:30:00Z", in_days(days)), "status": "scheduled"});
    id(&demo.enter(OFFICE, "/meetings", &body))
}

/// Enters a session of today whose minutes are circulated.
fn with_minutes(demo: &Demo, commission: &str, title: &str) -> String {
    let id = meeting(demo, commission, title, 0);
    put(demo, &format!("/meetings/{id}/minutes"), &json!({"body": "## Desarrollo\n\nSe leyó el acta anterior."}));
    demo.enter(OFFICE, &format!("/meetings/{id}/minutes/circulation"), &json!({}));
    id
}

/// The checks of each page: axe, the width, and a picture.
struct Inspection<'a> {
    chrome: Chrome,
    look: Look,
    axe: Option<&'a str>,
    wrong: Vec<String>,
}

impl Inspection<'_> {
    fn inspect(&mut self, number: usize, path: &str) {
        self.chrome.go(path);
        let name: Vec<&str> = path.split(['/', '?', '=', '&']).filter(|part| part.len() < 20).collect();
        let name = name.join("-").trim_matches('-').to_owned();
        self.chrome.picture(&format!("{}-{}-{number:03}-{name}", self.look.width, self.look.language));
        let found = self.axe.map(|axe| self.chrome.axe(axe)).unwrap_or_default();
        found.iter().for_each(|violation| self.note(&format!("{path}: {violation}")));
        if let Some(elements) = self.chrome.beyond_the_window() {
            self.note(&format!("{path}: wider than the window: {elements}"));
        }
        let status = "return performance.getEntriesByType('navigation')[0].responseStatus;";
        let status = self.chrome.run(status, Vec::new());
        if status != json!(200) && !path.ends_with("?token=x") && path != "/no/such/page" {
            self.note(&format!("{path}: status {status}"));
        }
    }

    fn note(&mut self, fault: &str) {
        eprintln!("{fault}");
        self.wrong.push(fault.to_owned());
    }

    fn enter(&self, person: &str) {
        self.chrome.go("/sign-in");
        if self.chrome.path().starts_with("/sign-in") {
            self.chrome.sign_in(person, PASSWORD);
        }
        if self.look.language == "en" && self.chrome.has("button[name=language][value=en]") {
            self.chrome.click("button[name=language][value=en]");
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
    let chrome = Chrome::open(&demo.url, look);
    let mut inspection = Inspection { chrome, look, axe: axe.as_deref(), wrong: Vec::new() };
    let public_commission = format!("/public/commissions/{}", records.commission);
    let open: Vec<&str> = OPEN_PAGES.iter().copied().chain(["/public", &public_commission]).collect();
    open.iter().enumerate().for_each(|(n, path)| inspection.inspect(n, path));
    let mut present = "";
    for (n, (person, path)) in records.pages().iter().enumerate() {
        if *person != present {
            if !present.is_empty() {
                inspection.chrome.click("form[action='/sign-out'] button");
            }
            inspection.enter(person);
            present = person;
        }
        inspection.inspect(open.len() + n, path);
    }
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
