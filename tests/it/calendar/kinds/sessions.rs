//! The mails about sessions and minutes, and the mails of the day and of the week.

use serde_json::json;

use super::{REPRESENTATIVE, SECRETARIAT, Scene, Why, records};

const DAY: Why = [
    "Recibe este correo una vez al día, según sus preferencias y la política de recordatorios de la comisión.",
    "You get this mail once a day, according to your preferences and the reminder policy of the commission.",
];
const WEEK: Why = [
    "Recibe este resumen al comenzar la semana cuando hay algo pendiente, o avisos que eligió recibir una vez por semana.",
    "You get this summary at the beginning of the week when something is pending, or when there are notices that you chose to get weekly.",
];

/// Creates a session of the commission at a moment; returns its path.
fn create(scene: &Scene<'_>, title: &str, starts_at: &str) -> String {
    let body = json!({
        "commission_ids": [scene.ceti], "kind": "ordinary", "title": title, "modality": "hybrid", "place": "Santiago",
        "url": "https://reuniones.example/4", "starts_at": starts_at,
    });
    format!("/meetings/{}", scene.keeper.post("/meetings", body).expect(201).id())
}

pub(super) fn minutes(scene: &Scene<'_>) {
    let (to_secretariat, to_institution) = (&scene.secretariat, &scene.representatives);
    let path = format!("{}/minutes", create(scene, "Tercera sesión", "2023-08-22T14:00:00Z"));
    let comments = format!("{path}/comments");
    scene.keeper.put(&path, json!({"body": "Se leyó el acta anterior."})).expect(200);
    scene.keeper.post(&format!("{path}/circulation"), json!({})).expect(200);
    scene.leads("minutes_circulated", to_institution, REPRESENTATIVE, &comments);
    scene.speaker.post(&comments, json!({"text": "Debe decir abril."})).expect(201);
    scene.leads("minutes_commented", to_secretariat, SECRETARIAT, &comments);
    scene.keeper.post(&format!("{path}/approval"), json!({})).expect(200);
    scene.leads("minutes_approved", to_institution, REPRESENTATIVE, &path);
    let text = json!({"text": "Donde dice mayo debe decir abril."});
    scene.keeper.post(&format!("{path}/rectifications"), text).expect(200);
    scene.leads("minutes_rectified", to_institution, REPRESENTATIVE, &path);
}

/// A session is prepared, convened, answered and changed; another is cancelled.
pub(super) fn session(scene: &Scene<'_>) {
    let (to_secretariat, to_institution) = (&scene.secretariat, &scene.representatives);
    let path = create(scene, "Cuarta sesión", "2023-09-20T14:00:00Z");
    let proposals = format!("{path}/agenda/proposals");
    let body = json!({"title": "Protocolo de atención", "reason": "Las regiones lo desconocen"});
    let decision = format!("{proposals}/{}/decision", scene.speaker.post(&proposals, body).expect(201).id());
    scene.leads("agenda_proposed", to_secretariat, SECRETARIAT, &decision);
    scene.keeper.put(&decision, json!({"outcome": "accepted"})).expect(200);
    scene.leads("agenda_proposal_decided", to_institution, REPRESENTATIVE, &path);
    scene.keeper.call("POST", &format!("{path}/convocation"), None).expect(200);
    scene.leads("convocation", to_institution, REPRESENTATIVE, &path);
    let reply = json!({"reply": "excused", "note": "Comisión de servicio"});
    scene.speaker.put(&format!("{path}/replies/{}", scene.minsal), reply).expect(200);
    scene.leads("meeting_reply", to_secretariat, SECRETARIAT, &path);
    scene.keeper.patch(&path, json!({"place": "Valparaíso"})).expect(200);
    scene.leads("session_changed", to_institution, REPRESENTATIVE, &path);
    let off = create(scene, "Sesión de trabajo", "2023-09-27T14:00:00Z");
    scene.keeper.call("POST", &format!("{off}/convocation"), None).expect(200);
    scene.world.mails();
    scene.keeper.post(&format!("{off}/cancellation"), json!({"reason": "Falta de quórum"})).expect(200);
    scene.leads("session_cancelled", to_institution, REPRESENTATIVE, &off);
}

/// A completion waits for its review over a Monday and for a week, and the convened session comes near.
pub(super) fn of_the_day_and_the_week(scene: &Scene<'_>) {
    let (_, part) = records::commitment(scene);
    records::complete(scene, &part);
    scene.world.mails();
    scene.world.at("2023-09-04T12:00:00Z");
    scene.leads("summary", &scene.secretariat, WEEK, "/");
    scene.world.at("2023-09-08T12:00:00Z");
    scene.leads("reminder", &scene.secretariat, DAY, "/");
    scene.world.at("2023-09-19T12:00:00Z");
    let upcoming = scene.speaker.get("/me/pending?reason=session_upcoming").expect(200);
    let path = upcoming.items()[0]["link"].as_str().unwrap().to_owned();
    scene.leads("meeting_reminder", &scene.representatives, REPRESENTATIVE, &path);
}
