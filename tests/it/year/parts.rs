//! The acts on the parts of institutions, on activities, on contacts, and an imported matrix.

use serde_json::{Value, json};

use super::{Year, completion, part};
use crate::matrix::send_text;

/// More time is asked for, withdrawn, asked for again, and another day is granted.
pub(super) fn extension(year: &Year<'_>, commitment: &str) -> String {
    let (ceti, first) = (&year.secretariats[0], &year.representatives[0]);
    let own = part(year, commitment, 0);
    let request = json!({"requested_due": "2026-09-30", "reason": "Licitación en curso"});
    let ask = || first.post(&format!("{own}/extensions"), request.clone());
    let extension = ask().expect(201).id();
    year.told(&[("extension_requested", vec![ceti])]);
    first.call("POST", &format!("/extensions/{extension}/withdrawal"), None).expect(200);
    year.told(&[("extension_withdrawn", vec![ceti])]);
    let extension = ask().expect(201).id();
    year.told(&[("extension_requested", vec![ceti])]);
    assert_eq!(ask().expect(409).code(), "extension_pending");
    assert_eq!(year.pending(ceti)["extension_pending"], 1);
    let decision = json!({"outcome": "granted", "due": "2026-08-31", "comment": "Hasta fines de agosto."});
    ceti.put(&format!("/extensions/{extension}/decision"), decision).expect(200);
    let mails = year.told(&[("extension_decided", vec![first])]);
    assert!(mails[0].text.contains("31 de agosto de 2026"), "{}", mails[0].text);
    assert_eq!(year.pending(ceti)["extension_pending"], Value::Null);
    own
}

/// A completion below the target is returned, corrected and accepted; the review is withdrawn and given again.
pub(super) fn review(year: &Year<'_>, commitment: &str) {
    let (ceti, second) = (&year.secretariats[0], &year.representatives[1]);
    let other = part(year, commitment, 1);
    second.post(&format!("{other}/updates"), completion("2026-05-04", Some(1))).expect(201);
    year.told(&[("completion_review", vec![ceti])]);
    let update = ceti.get("/updates?verification=pending").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let review = |outcome: Value, status: u16| ceti.put(&format!("/updates/{update}/review"), outcome).expect(status);
    assert_eq!(review(json!({"outcome": "accepted"}), 409).code(), "below_target");
    review(json!({"outcome": "accepted", "accept_below_target": true, "comment": "Una basta."}), 200);
    year.told(&[("update_accepted", vec![second])]);
    ceti.delete(&format!("/updates/{update}/review")).expect(204);
    year.told(&[("review_withdrawn", vec![second])]);
    review(json!({"outcome": "returned", "comment": "Falta una."}), 200);
    year.told(&[("update_returned", vec![second])]);
    assert_eq!(year.pending(second)["report_returned"], 1);
    let update = second.post(&format!("{other}/updates"), completion("2026-05-04", Some(2))).expect(201).id();
    year.told(&[("completion_review", vec![ceti])]);
    ceti.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
    year.told(&[("update_accepted", vec![second])]);
}

/// A term is corrected; a part is cancelled and reopened, and will not be fulfilled. Returns the part of the corrected
/// term.
pub(super) fn corrections(year: &Year<'_>, [capacity, contact]: [&str; 2]) -> String {
    let (ceti, third, fourth) = (&year.secretariats[0], &year.representatives[2], &year.representatives[3]);
    let late = part(year, contact, 3);
    let correction = json!({"due": "2026-05-28", "correction_reason": "Error de tipeo"});
    ceti.patch(&late, correction).expect(200);
    year.told(&[("term_corrected", vec![fourth])]);
    let gone = part(year, capacity, 2);
    ceti.post(&format!("{gone}/cancellation"), json!({"reason": "Pasa a otra institución"})).expect(200);
    year.told(&[("assignment_cancelled", vec![third])]);
    ceti.post(&format!("{gone}/reopening"), json!({"reason": "Sigue a cargo"})).expect(200);
    year.told(&[("assignment_reopened", vec![third])]);
    let report = json!({"reported_on": "2026-05-04", "status": "not_achieved", "narrative": "Sin presupuesto."});
    third.post(&format!("{gone}/updates"), report).expect(201);
    year.told(&[("not_achieved", vec![ceti])]);
    late
}

/// An activity is sent back, corrected and validated.
pub(super) fn activity(year: &Year<'_>) {
    let (ceti, fifth) = (&year.secretariats[0], &year.representatives[4]);
    let activity = json!({
        "country_code": "CL", "commission_ids": [year.commissions[0]], "kind": "training", "title": "Capacitación",
        "starts": "2026-04-20", "organizer_ids": [year.institutions[4]], "status": "submitted",
    });
    let id = fifth.post("/activities", activity).expect(201).id();
    let activity = format!("/activities/{id}");
    year.told(&[("activity_submitted", vec![ceti])]);
    ceti.post(&format!("{activity}/return"), json!({"reason": "Faltan participantes"})).expect(200);
    year.told(&[("activity_sent_back", vec![fifth])]);
    assert_eq!(year.pending(fifth)["activity_returned"], 1);
    fifth.patch(&activity, json!({"status": "submitted", "participants": {"total": 30}})).expect(200);
    year.told(&[("activity_submitted", vec![ceti])]);
    ceti.post("/activities/validation", json!({"ids": [id]})).expect(200);
    year.told(&[("activity_validated", vec![fifth])]);
}

/// The address of an institution changes, and a second person represents it.
pub(super) fn contacts(year: &Year<'_>) {
    let (ceti, coordinator, eighth) = (&year.secretariats[0], &year.coordinator, &year.representatives[7]);
    let institution = format!("/institutions/{}", year.institutions[7]);
    let address = json!({"country_code": "CL", "email": "antes@institucion08.example"});
    year.world.admin().patch(&institution, address).expect(200);
    year.told(&[("contact_changed", vec![coordinator, eighth])]);
    ceti.patch(&institution, json!({"email": "ahora@institucion08.example"})).expect(200);
    let former = ["antes@institucion08.example", &coordinator.email, &eighth.email];
    let mails = year.told_at(&former.map(|to| ("contact_changed", to)));
    assert!(mails.iter().all(|mail| mail.text.contains("ahora@institucion08.example")), "{}", mails[0].text);
    let grant = json!({"role": "representative", "institution_id": year.institutions[7]});
    let person = json!({"email": "eva@institucion08.example", "name": "Eva Díaz", "grants": [grant]});
    coordinator.post("/users", person).expect(201);
    year.told_at(&[("contact_changed", eighth.email.as_str()), ("invitation", "eva@institucion08.example")]);
}

/// The coordinator imports a matrix with a report of an institution, which its secretariat accepts.
pub(super) fn matrix(year: &Year<'_>) {
    let camtrafor = &year.secretariats[1];
    let query = format!("commission_id={}", year.commissions[1]);
    let text = "Compromiso;Responsable;Plazo;Estado;Medio de verificación\n\
                Actualizar el protocolo;Institución 20;31/12/2026;Cumplido;Oficio 12\n";
    send_text(&year.coordinator, &query, text).expect(200);
    let mails = year.told(&[("matrix_imported", vec![camtrafor])]);
    assert_eq!(mails[0].subject, "Un informe importado espera revisión");
    assert!(mails[0].text.contains("que da por cumplida una parte."), "{}", mails[0].text);
    assert_eq!(year.pending(camtrafor)["review_pending"], 1);
    let update =
        camtrafor.get("/updates?verification=pending").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    camtrafor.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
    year.told(&[("update_accepted", vec![&year.representatives[19]])]);
}
