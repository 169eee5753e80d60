//! The records of which every page is shown. They are entered over the API, in the demonstration.

use serde_json::{Value, json};

use super::{ADMIN, COORDINATOR, HOME, OFFICE};
use crate::demo::Demo;
use crate::run::in_days;

/// The records of which every page is shown.
pub(super) struct Records {
    pub commission: String,
    /// The institution that the representative of the demonstration stands for.
    pub institution: String,
    /// A commitment of all members, with the part of the institution.
    pub commitment: (String, String),
    /// A commitment whose only part is completed.
    pub completed: (String, String),
    pub draft: String,
    /// A report that waits for its review, and one that was accepted.
    pub updates: [String; 2],
    pub extension: (String, String),
    /// A session that is convened.
    pub meeting: String,
    pub proposal: String,
    pub document: String,
    /// A session whose minutes are circulated, and one whose minutes are approved.
    pub circulated: String,
    pub approved: String,
    pub agreement: String,
    /// The annual report in work of the coordinator's country.
    pub report: String,
    /// The roadmap on which it reports.
    pub plan: String,
    /// A member, a delegate and a state of the commission.
    pub parts: [String; 3],
    /// A person with a grant.
    pub person: (String, String),
    /// A session of two commissions.
    pub joint: String,
    /// An imported matrix.
    pub import: String,
    /// An activity that awaits its validation.
    pub activity: String,
    /// A mail that could not be sent.
    pub delivery: String,
    /// The name of a delegate who was removed.
    pub former_name: String,
    pub observation: String,
    /// An item of the roadmap on which no report is based.
    pub plan_item: String,
    /// An indicator of that item, with values, targets and a correction.
    pub indicator: String,
    /// A periodic report that institutions owe, with one that was returned.
    pub duty: String,
    /// An annual report that is approved.
    pub approved_report: String,
    /// A session that the public may see.
    pub public_session: String,
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap_or_else(|| panic!("{record}")).to_owned()
}

fn put(demo: &Demo, path: &str, body: &Value) {
    let (status, answer) = demo.api(OFFICE, "PUT", path, body);
    assert!((200..300).contains(&status), "{path}: {status} {answer}");
}

impl Records {
    /// Returns records that do not exist, for the addresses of their pages.
    pub(super) fn example() -> Self {
        let one = || "01890000-0000-7000-8000-000000000000".to_owned();
        Self {
            commission: one(),
            institution: one(),
            commitment: (one(), one()),
            completed: (one(), one()),
            draft: one(),
            updates: [one(), one()],
            extension: (one(), one()),
            meeting: one(),
            proposal: one(),
            document: one(),
            circulated: one(),
            approved: one(),
            agreement: one(),
            report: one(),
            plan: one(),
            parts: [one(), one(), one()],
            person: (one(), one()),
            joint: one(),
            import: one(),
            activity: one(),
            delivery: one(),
            former_name: one(),
            observation: one(),
            plan_item: one(),
            indicator: one(),
            duty: one(),
            approved_report: one(),
            public_session: one(),
        }
    }

    /// Enters what the demonstration lacks.
    pub(super) fn enter(demo: &Demo) -> Self {
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
        let [joint, activity, observation] = more(demo, &commission, &institution);
        let approved_report = approved_report(demo);
        let plan = id(&roadmap(demo));
        let plan_item = plan_item(demo, &plan);
        Self {
            joint,
            activity,
            observation,
            approved_report,
            import: imported(demo, &commission),
            delivery: demo.failed_delivery(ADMIN),
            former_name: former_name(demo, &commission, &institution),
            indicator: indicator(demo, &plan_item),
            duty: duty(demo, &commission, &institution),
            plan_item,
            public_session: held_session(demo, &commission),
            draft: commitment("Redactar el plan regional.", json!({"status": "draft"})).0,
            commitment: asked.clone(),
            updates: [report(&waiting), accepted],
            extension: (extension, asked.0),
            agreement: id(&demo.enter(OFFICE, "/agreements", &agreement)),
            report: report_in_work(demo),
            plan,
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
}

/// Removes a delegate, whose name is a former one from then on.
fn former_name(demo: &Demo, commission: &str, institution: &str) -> String {
    let path = format!("/commissions/{commission}/delegates");
    let delegate = json!({"institution_id": institution, "capacity": "alternate", "name": "Ana María Poma Soto"});
    let delegate = id(&demo.enter(OFFICE, &path, &delegate));
    let (status, answer) = demo.api(OFFICE, "DELETE", &format!("{path}/{delegate}"), &Value::Null);
    assert_eq!(status, 204, "{answer}");
    id(&demo.read(ADMIN, "/former-names")["items"][0])
}

/// Enters a session of two commissions, an activity that awaits its validation, and an observation.
fn more(demo: &Demo, commission: &str, institution: &str) -> [String; 3] {
    let other = json!({"country_code": "PE", "acronym": "CPP", "name": "Comité de prueba de pesca", "kind": "committee",
        "operational_state": "active", "themes": ["child_labour"]});
    let other = id(&demo.enter(COORDINATOR, "/commissions", &other));
    let joint = json!({"commission_ids": [commission, other], "kind": "ordinary", "title": "Sesión conjunta",
        "starts_at": format!("{}T15:00:00Z", in_days(40)), "status": "scheduled"});
    let activity = json!({"country_code": "PE", "kind": "training", "title": "Taller regional de inspectores",
        "starts": "2026-03", "commission_ids": [commission], "organizer_ids": [institution], "status": "submitted",
        "themes": ["child_labour"]});
    let observation = json!({"country_code": "PE", "kind": "challenge", "text": "Faltan inspectores en tres regiones.",
        "commission_ids": [commission], "themes": ["child_labour"], "noted": "2026"});
    [(OFFICE, "/meetings", joint), (HOME, "/activities", activity), (COORDINATOR, "/observations", observation)]
        .map(|(person, path, body)| id(&demo.enter(person, path, &body)))
}

/// Imports a matrix with one commitment; returns the import.
fn imported(demo: &Demo, commission: &str) -> String {
    let matrix = "N°;Compromiso;Responsable;Fecha límite;Estado\n\
        1;Elaborar el protocolo regional;Gobierno Regional de Huánuco;30/06/2099;Pendiente\n";
    let answer = demo.send_csv(OFFICE, &format!("/imports?commission_id={commission}"), matrix);
    text(&answer["import_id"])
}

fn plan_item(demo: &Demo, plan: &str) -> String {
    let item = json!({"kind": "priority", "title": "Prioridad sin informes"});
    id(&demo.enter(COORDINATOR, &format!("/plans/{plan}/items"), &item))
}

/// Enters an indicator with three values, one of which corrects another.
fn indicator(demo: &Demo, item: &str) -> String {
    let indicator = json!({"plan_item_id": item, "name": "Distritos con autorizaciones registradas", "unit": "%",
        "definition": "Distritos con al menos una autorización, entre todos.", "direction": "up",
        "baseline": {"value": 12.5, "year": 2019}, "targets": [{"year": 2022, "value": 20}, {"year": 2030, "value": 60}]});
    let indicator = id(&demo.enter(COORDINATOR, "/indicators", &indicator));
    for value in [
        json!({"period": "2021", "value": 15, "source": "Registros administrativos"}),
        json!({"period": "2022", "value": 18.4, "preliminary": true}),
        json!({"period": "2022", "value": 18.75, "evidence": [{"title": "Boletín", "url": "https://example.org/boletin"}]}),
    ] {
        demo.enter(COORDINATOR, &format!("/indicators/{indicator}/values"), &value);
    }
    indicator
}

/// Enters a yearly report that an institution owes: one year is returned, the others are missing.
fn duty(demo: &Demo, commission: &str, institution: &str) -> String {
    let duty = json!({"commission_ids": [commission], "title": "Informe anual de fiscalización", "every": "year",
        "from": "2023", "institution_ids": [institution], "fields": [
            {"key": "inspections", "label": "Inspecciones", "kind": "count"},
            {"key": "coverage", "label": "Cobertura", "kind": "percent"},
            {"key": "remarks", "label": "Observaciones", "kind": "text"}]});
    let duty = id(&demo.enter(OFFICE, "/duties", &duty));
    let report = json!({"values": {"inspections": 0}, "narrative": "Sin inspecciones en el año.",
        "evidence": [{"title": "Oficio", "url": "https://www.gob.pe/oficio"}]});
    let path = format!("/duties/{duty}/reports/{institution}/2023");
    let (status, answer) = demo.api(HOME, "PUT", &path, &report);
    assert_eq!(status, 201, "{answer}");
    let review = json!({"outcome": "returned", "comment": "Falta la cobertura."});
    demo.enter(OFFICE, &format!("{path}/review"), &review);
    duty
}

/// Returns a session that a commission held.
fn held_session(demo: &Demo, commission: &str) -> String {
    let sessions = demo.read(OFFICE, &format!("/meetings?commission_id={commission}&status=held"));
    id(&sessions["items"][0])
}

/// Enters the annual report of the year before, answers what a person must answer, and approves it.
fn approved_report(demo: &Demo) -> String {
    let roadmap = roadmap(demo);
    let body = json!({"country_code": roadmap["country_code"], "template": "alliance87-annual",
        "period_from": "2022-05-01", "period_to": "2022-12-31", "roadmap_id": roadmap["id"]});
    let report = demo.enter(COORDINATOR, "/reports", &body);
    let path = format!("/reports/{}", id(&report));
    let sections = report["sections"].as_array().unwrap().iter();
    for question in sections.flat_map(|section| section["questions"].as_array().unwrap()) {
        let answer = format!("{path}/answers/{}", text(&question["key"]));
        let done = match (&question["mandatory"], question["type"].as_str()) {
            (Value::Bool(true), Some("single_choice")) => {
                demo.api(COORDINATOR, "PUT", &answer, &json!({"choices": [question["options"][0]["key"]]}))
            }
            (Value::Bool(true), _) => {
                let body = json!({"text": "Trabajo infantil, trabajo forzoso y trata de personas: sin novedades."});
                demo.api(COORDINATOR, "PUT", &answer, &body)
            }
            _ => demo.api(COORDINATOR, "POST", &format!("{answer}/confirmation"), &json!({})),
        };
        assert_eq!(done.0, 200, "{answer}: {}", done.1);
    }
    demo.enter(COORDINATOR, &format!("{path}/approval"), &json!({}));
    id(&report)
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
