//! The mails about commitments, activities, joint records, matrices, annual and periodic reports.

use serde_json::{Value, json};

use super::{AUTHOR, COORDINATOR, INFORMED, REPRESENTATIVE, SECRETARIAT, Scene, pair};
use crate::matrix::send_text;

/// Returns the body of a report that a part is done.
fn done() -> Value {
    json!({
        "reported_on": "2023-08-30", "status": "completed", "narrative": "Se capacitó a 40 personas.",
        "evidence": [{"title": "Lista", "url": "https://example.org/l"}],
    })
}

/// Creates a commitment of the institution; returns its path, and that of its only part.
pub(super) fn commitment(scene: &Scene<'_>) -> (String, String) {
    let body = json!({
        "commission_ids": [scene.ceti], "text": "Capacitar a las OPD", "due": "2023-12-15",
        "assignments": [{"institution_id": scene.minsal}],
    });
    let made = scene.keeper.post("/commitments", body).expect(201);
    let path = format!("/commitments/{}", made.id());
    let part = format!("{path}/assignments/{}", made.json["assignments"][0]["id"].as_str().unwrap());
    (path, part)
}

/// Reports a part as done; returns the path of the review.
pub(super) fn complete(scene: &Scene<'_>, part: &str) -> String {
    format!("/reviews/{}", scene.speaker.post(&format!("{part}/updates"), done()).expect(201).id())
}

pub(super) fn parts(scene: &Scene<'_>) {
    let (to_secretariat, to_institution) = (&scene.secretariat, &scene.representatives);
    let (path, part) = commitment(scene);
    scene.leads("new_commitment", to_institution, REPRESENTATIVE, &path);
    extensions(scene, &path, &part);
    let lost = json!({"reported_on": "2023-08-30", "status": "not_achieved", "narrative": "Sin presupuesto."});
    scene.speaker.post(&format!("{part}/updates"), lost).expect(201);
    scene.leads("not_achieved", to_secretariat, SECRETARIAT, &path);
    let page = complete(scene, &part);
    scene.leads("completion_review", to_secretariat, SECRETARIAT, &page);
    let review = |page: &str| format!("/updates/{}/review", page.trim_start_matches("/reviews/"));
    let returned = json!({"outcome": "returned", "comment": "Falta la lista."});
    scene.keeper.put(&review(&page), returned).expect(200);
    scene.leads("update_returned", to_institution, REPRESENTATIVE, &path);
    let again = review(&complete(scene, &part));
    scene.keeper.put(&again, json!({"outcome": "accepted"})).expect(200);
    scene.leads("update_accepted", to_institution, REPRESENTATIVE, &path);
    scene.keeper.delete(&again).expect(204);
    scene.leads("review_withdrawn", to_institution, REPRESENTATIVE, &path);
    scene.keeper.put(&again, json!({"outcome": "accepted"})).expect(200);
    let reopened = json!({"reason": "La lista era de otro taller."});
    scene.keeper.post(&format!("{part}/reopening"), reopened).expect(200);
    scene.leads("assignment_reopened", to_institution, REPRESENTATIVE, &path);
    let corrected = json!({"due": "2024-02", "correction_reason": "Se transcribió mal."});
    scene.keeper.patch(&part, corrected).expect(200);
    scene.leads("term_corrected", to_institution, REPRESENTATIVE, &path);
    scene.keeper.post(&format!("{part}/cancellation"), json!({"reason": "Pasa a otra institución."})).expect(200);
    scene.leads("assignment_cancelled", to_institution, REPRESENTATIVE, &path);
    let (path, _) = commitment(scene);
    scene.world.mails();
    scene.keeper.delete(&path).expect(204);
    let mails = scene.world.mails();
    for (n, reader) in to_institution.iter().enumerate() {
        scene.check(&mails, ("notice_withdrawn", &reader.email, n), INFORMED[n], None);
    }
}

fn extensions(scene: &Scene<'_>, path: &str, part: &str) {
    let ask = || {
        let body = json!({"requested_due": "2024-03", "reason": "Licitación en curso"});
        format!("/extensions/{}", scene.speaker.post(&format!("{part}/extensions"), body).expect(201).id())
    };
    let asked = ask();
    scene.leads("extension_requested", &scene.secretariat, SECRETARIAT, &asked);
    scene.speaker.call("POST", &format!("{asked}/withdrawal"), None).expect(200);
    scene.leads("extension_withdrawn", &scene.secretariat, SECRETARIAT, path);
    let decision = json!({"outcome": "granted", "comment": "Visto el oficio 12."});
    scene.keeper.put(&format!("{}/decision", ask()), decision).expect(200);
    scene.leads("extension_decided", &scene.representatives, REPRESENTATIVE, path);
}

/// The authors of the activities are the readers of their mails.
pub(super) fn activities(scene: &Scene<'_>) {
    for (n, author) in scene.representatives.iter().enumerate() {
        let body = json!({
            "country_code": "CL", "commission_ids": [scene.ceti], "kind": "training", "title": "Taller de la región",
            "starts": "2023-08-20", "organizer_ids": [scene.minsal], "status": "submitted",
        });
        let id = author.post("/activities", body).expect(201).id();
        let path = format!("/activities/{id}");
        scene.leads("activity_submitted", &scene.secretariat, SECRETARIAT, &path);
        let told = |kind: &str| {
            scene.check(&scene.world.mails(), (kind, &author.email, n), AUTHOR[n], Some(&path));
        };
        scene.keeper.post(&format!("{path}/return"), json!({"reason": "Faltan participantes"})).expect(200);
        told("activity_sent_back");
        author.patch(&path, json!({"status": "submitted"})).expect(200);
        scene.keeper.post("/activities/validation", json!({"ids": [id]})).expect(200);
        told("activity_validated");
    }
}

/// The secretariat of another commission creates a session with the first one; the coordinator imports a matrix.
pub(super) fn joint_and_matrix(scene: &Scene<'_>) {
    let world = scene.world;
    let mitp = world.commission("CL", "MITP");
    let body = json!({
        "commission_ids": [mitp, scene.ceti], "kind": "ordinary", "title": "Sesión conjunta",
        "starts_at": "2024-03-20T14:00:00Z",
    });
    let made = world.secretariat(&mitp).post("/meetings", body).expect(201).id();
    scene.leads("joint_session", &scene.secretariat, SECRETARIAT, &format!("/meetings/{made}"));
    let text = "Compromiso;Responsable;Plazo;Estado;Medio de verificación\n\
                Actualizar el protocolo;Ministerio de Salud;31/12/2023;Cumplido;Oficio 12\n";
    send_text(&scene.coordinator, &format!("commission_id={}", scene.ceti), text).expect(200);
    scene.leads("matrix_imported", &scene.secretariat, SECRETARIAT, "/reviews");
}

/// The coordinator gives a question to the commission, whose secretariat comments on it and answers it.
pub(super) fn reports(scene: &Scene<'_>) {
    let plan = json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"});
    let plan = scene.coordinator.post("/plans", plan).expect(201).id();
    let body = json!({
        "country_code": "CL", "template": "alliance87-annual", "period_from": "2023-01-01", "period_to": "2023-07-31",
        "roadmap_id": plan,
    });
    let report = scene.coordinator.post("/reports", body).expect(201).id();
    let answer = format!("/reports/{report}/answers/difficulties");
    let page = format!("/reports/{report}/questions/difficulties");
    let assignee = json!({"commission_id": scene.ceti});
    scene.coordinator.put(&format!("{answer}/assignee"), assignee).expect(200);
    scene.leads("report_question_assigned", &scene.secretariat, SECRETARIAT, &page);
    scene.keeper.post(&format!("{answer}/comments"), json!({"text": "Falta Arica."})).expect(201);
    scene.leads("report_question_commented", &scene.secretariat, SECRETARIAT, &page);
    let coordinators = pair(scene.world, &|| scene.world.coordinator("CL"));
    scene.world.mails();
    scene.keeper.put(&answer, json!({"text": "Faltó tiempo."})).expect(200);
    scene.leads("report_question_answered", &coordinators, COORDINATOR, &page);
}

pub(super) fn duties(scene: &Scene<'_>) {
    let body = json!({"commission_ids": [scene.ceti], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q2", "institution_ids": [scene.minsal]});
    let duty = scene.keeper.post("/duties", body).expect(201).id();
    scene.leads("duty_asked", &scene.representatives, REPRESENTATIVE, &format!("/duties/{duty}"));
    let path = |period: &str| format!("/duties/{duty}/reports/{}/{period}", scene.minsal);
    scene.speaker.put(&path("2023-Q2"), json!({"narrative": "Se visitaron tres provincias."})).expect(201);
    scene.leads("duty_reported", &scene.secretariat, SECRETARIAT, &path("2023-Q2"));
    let returned = json!({"outcome": "returned", "comment": "Faltan las cifras."});
    scene.keeper.post(&format!("{}/review", path("2023-Q2")), returned).expect(200);
    scene.leads("duty_returned", &scene.representatives, REPRESENTATIVE, &path("2023-Q2"));
    let waiver = format!("{}/waiver", path("2023-Q2"));
    scene.keeper.post(&waiver, json!({"reason": "Sin director en el trimestre."})).expect(200);
    scene.leads("duty_waived", &scene.representatives, REPRESENTATIVE, &path("2023-Q2"));
}
