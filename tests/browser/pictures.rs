//! The pictures of the help. `just pictures` takes them anew; `ARTICULA_PICTURES` names the folder for them.
//!
//! The demonstration gets a few records more, so that every page has something to show. Forms are filled by a script
//! that the page does not notice: nothing is saved.

use std::path::{Path, PathBuf};

use articula::testing::help::{ROLES, Step};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::chrome::{Chrome, Look, is_available};
use crate::demo::Demo;
use crate::run::in_days;
use crate::user::User;

const OFFICE: &str = "secretariat@demo.example";
const HOME: &str = "representative@demo.example";
const COORDINATOR: &str = "coordinator@demo.example";
const OBSERVER: &str = "observer@demo.example";
const ADMIN: &str = "admin@demo.example";

/// The width and height of the pictures.
const SIZE: (u32, u32) = (1080, 680);

/// Fields that are filled on a page: the step, the field as a CSS selector, its value (none: the choice is marked).
const FILLED: &[(&str, &str, &str)] = &[
    ("secretariat-agreements", "#number", "2"),
    ("secretariat-agreements", "#title", "Capacitación de inspectores en 2027"),
    (
        "secretariat-agreements",
        "#text",
        "Los gobiernos regionales capacitarán a sus inspectores antes de junio de 2027.",
    ),
    ("institution-report", "#status-1", ""),
    ("institution-report", "#narrative", "Se aprobó el plan con la ordenanza 012. Participaron 11 municipios."),
    ("institution-extension", "#requested_due", "30/06/2027"),
    ("institution-extension", "#reason", "La ordenanza espera el acuerdo del consejo regional."),
    ("institution-reply", "#reply", ""),
    ("institution-reply", "#person", "Ana Rojas, jefa de gabinete"),
    ("institution-activity", "#title", "Taller con docentes de Leoncio Prado"),
    ("institution-activity", "#description", "Detección y derivación de casos en ocho escuelas."),
    ("coordinator-people", "#email", "ana.rojas@ejemplo.gob"),
    ("coordinator-people", "#name", "Ana Rojas"),
    ("administrator-people", "#email", "ana.rojas@ejemplo.gob"),
    ("administrator-people", "#name", "Ana Rojas"),
];

/// The records that the addresses of steps name: `{meeting}` and its id.
type Records = Vec<(&'static str, String)>;

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or_else(|| panic!("{record}")).to_owned()
}

/// Enters what the pages of the help show.
fn enter(demo: &Demo) -> Records {
    let commission = demo.read(OFFICE, "/me")["grants"][0]["commission_id"].as_str().unwrap().to_owned();
    let institution = demo.read(HOME, "/me")["institution_id"].as_str().unwrap().to_owned();
    let mut records = commitments(demo, &commission, &institution);
    records.extend(meetings(demo, &commission));
    for (title, kind) in
        [("Taller con docentes de Leoncio Prado", "workshop"), ("Campaña radial por el 12 de junio", "campaign")]
    {
        let activity = json!({"country_code": "PE", "title": title, "kind": kind, "starts": in_days(0),
            "organizer_ids": [institution], "commission_ids": [commission], "status": "submitted"});
        demo.enter(HOME, "/activities", &activity);
    }
    let plan = &demo.read(COORDINATOR, "/plans?kind=roadmap")["items"][0];
    let report = json!({"country_code": plan["country_code"], "template": "alliance87-annual",
        "period_from": "2023-05-01", "period_to": "2023-12-31", "roadmap_id": plan["id"]});
    records.push(("report", id(&demo.enter(COORDINATOR, "/reports", &report))));
    records.extend([("institution", institution), ("country", "PE".to_owned())]);
    records
}

/// Enters a commitment to report on, a report to review and a request to decide.
fn commitments(demo: &Demo, commission: &str, institution: &str) -> Records {
    let commitment = |text: &str, days: u64| {
        let part = json!({"institution_id": institution, "role": "responsible"});
        let body = json!({"commission_ids": [commission], "text": text, "due": in_days(days), "assignments": [part]});
        let made = demo.enter(OFFICE, "/commitments", &body);
        (id(&made), id(&made["assignments"][0]))
    };
    let (plan, part) = commitment("Aprobar el plan regional de prevención del trabajo infantil.", 20);
    let (training, own) = commitment("Capacitar a los inspectores de la región en trabajo infantil.", 9);
    let report = json!({"status": "completed", "reported_on": in_days(0),
        "narrative": "Se capacitó a 14 inspectores en Huánuco y Tingo María.",
        "evidence": [{"title": "Lista de asistencia", "url": "https://www.gob.pe/asistencia"}]});
    let update = id(&demo.enter(HOME, &format!("/commitments/{training}/assignments/{own}/updates"), &report));
    let (review, own) = commitment("Evaluar el plan regional con los municipios.", 15);
    let request = json!({"requested_due": in_days(90), "reason": "El consultor fue contratado en noviembre."});
    demo.enter(HOME, &format!("/commitments/{review}/assignments/{own}/extensions"), &request);
    vec![("commitment", plan), ("part", part), ("update", update)]
}

/// Enters a session to convene, one that is convened, and one of today with its attendance.
fn meetings(demo: &Demo, commission: &str) -> Records {
    let put = |path: &str, body: &Value| {
        let (status, answer) = demo.api(OFFICE, "PUT", path, body);
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
    };
    let session = |title: &str, days: u64| {
        let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": title, "status": "scheduled",
            "starts_at": format!("{}T15:00:00Z", in_days(days)), "place": "Ministerio de Trabajo, Lima"});
        let made = id(&demo.enter(OFFICE, "/meetings", &body));
        let agenda = json!([{"title": "Lectura del acta anterior", "kind": "discussion"},
            {"title": "Avance del plan regional", "kind": "information"},
            {"title": "Campaña del 12 de junio", "kind": "decision"}]);
        put(&format!("/meetings/{made}/agenda"), &agenda);
        made
    };
    let (meeting, convened) =
        (session("V sesión ordinaria de la CIGTPE", 20), session("Reunión de trabajo de la CIGTPE", 12));
    demo.enter(OFFICE, &format!("/meetings/{convened}/convocation"), &Value::Null);
    let held = session("IV sesión ordinaria de la CIGTPE", 0);
    let members = demo.read(OFFICE, &format!("/commissions/{commission}/memberships?limit=100"));
    let members = members["items"].as_array().unwrap().iter().take(16);
    let present = members.map(|member| json!({"institution_id": member["institution_id"], "status": "present"}));
    put(&format!("/meetings/{held}/attendance"), &present.collect());
    let ceti = demo.read(OBSERVER, "/me")["grants"][0]["commission_id"].clone();
    let coming = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "VII sesión ordinaria de la CETI",
        "starts_at": format!("{}T14:00:00Z", in_days(15)), "status": "scheduled"});
    demo.enter(COORDINATOR, "/meetings", &coming);
    vec![("meeting", meeting), ("convened", convened), ("held", held)]
}

/// Takes the picture of a step.
fn take(chrome: &Chrome, step: &Step, records: &Records, file: &Path) {
    let page = records.iter().fold(step.page.to_owned(), |page, (name, id)| page.replace(&format!("{{{name}}}"), id));
    chrome.go(&page);
    for (_, field, value) in FILLED.iter().filter(|(name, ..)| *name == step.name) {
        let script = "const field = document.querySelector(arguments[0]); \
            if (arguments[1]) field.value = arguments[1]; else field.checked = true;";
        chrome.run(script, vec![json!(field), json!(value)]);
    }
    let script = "const at = document.querySelector(arguments[0]).getBoundingClientRect().top + scrollY; \
        return Math.max(0, at - (['BODY', 'MAIN'].includes(document.querySelector(arguments[0]).tagName) ? 0 : 12));";
    let top = chrome.run(script, vec![json!(step.from)]);
    let clip = json!({"x": 0, "y": top, "width": SIZE.0, "height": SIZE.1, "scale": 1});
    let how = json!({"format": "webp", "quality": 40, "captureBeyondViewport": true, "clip": clip});
    let picture = chrome.devtools("Page.captureScreenshot", how);
    std::fs::write(file, STANDARD.decode(picture["data"].as_str().unwrap()).unwrap()).unwrap();
}

fn person(role: &str) -> &'static str {
    match role {
        "secretariat" => OFFICE,
        "institution" => HOME,
        "coordinator" => COORDINATOR,
        "observer" => OBSERVER,
        _ => ADMIN,
    }
}

#[test]
fn pictures_of_the_help_are_taken_when_a_folder_is_named_for_them() {
    let Some(folder) = std::env::var_os("ARTICULA_PICTURES").map(PathBuf::from).filter(|_| is_available()) else {
        return;
    };
    let demo = Demo::start();
    let records = enter(&demo);
    for language in ["es", "en"] {
        for role in ROLES {
            let look = Look { width: SIZE.0, language, ..Look::WIDE };
            let user = User { chrome: Chrome::open(&demo.url, look), by_keyboard: false };
            user.go("/sign-in");
            user.sign_in(person(role.name));
            user.choose_language(language);
            for step in role.steps {
                take(&user.chrome, step, &records, &folder.join(language).join(format!("{}.webp", step.name)));
            }
        }
    }
}
