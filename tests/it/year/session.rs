//! The session of the year, and its minutes.

use serde_json::{Value, json};

use super::Year;
use crate::support::Person;

/// The session of the year: created by one secretariat for all three, convened, held, minuted, approved, rectified.
pub(super) fn session(year: &Year<'_>) -> (String, Vec<String>) {
    let [ceti, camtrafor, mitp] = &year.secretariats[..] else { panic!("three secretariats") };
    let everyone: Vec<&Person> = year.representatives.iter().collect();
    let body = json!({
        "commission_ids": year.commissions, "kind": "ordinary", "title": "I sesión conjunta", "ordinal": 1,
        "starts_at": "2026-03-26T13:00:00Z", "ends_at": "2026-03-26T15:00:00Z", "place": "Huérfanos 1273",
    });
    let meeting = ceti.post("/meetings", body).expect(201).id();
    let path = format!("/meetings/{meeting}");
    year.told(&[("joint_session", vec![camtrafor, mitp])]);
    let item = json!([{"title": "Plan de capacitación", "kind": "decision"}]);
    ceti.put(&format!("{path}/agenda"), item).expect(200);
    year.world.at("2026-03-10T12:00:00Z");
    camtrafor.call("POST", &format!("{path}/convocation"), None).expect(200);
    year.told(&[("convocation", everyone.clone())]);
    let reply = format!("{path}/replies/{}", year.institutions[3]);
    year.representatives[3].put(&reply, json!({"reply": "excused", "note": "Comisión de servicio"})).expect(200);
    year.told(&[("meeting_reply", vec![ceti, camtrafor, mitp])]);
    year.world.at("2026-03-25T15:00:00Z");
    year.told(&[("meeting_reminder", everyone.clone())]);
    year.told(&[]);

    year.world.at("2026-03-26T16:00:00Z");
    let attendance: Vec<Value> =
        year.institutions.iter().map(|id| json!({"institution_id": id, "status": "present"})).collect();
    let attended = mitp.put(&format!("{path}/attendance"), json!(attendance)).expect(200);
    assert_eq!(attended.items().len(), 20);
    ceti.patch(&path, json!({"status": "held"})).expect(200);
    year.told(&[]);
    let agreement = json!({
        "commission_ids": year.commissions, "kind": "meeting_agreement", "meeting_id": meeting, "number": "1",
        "title": "Capacitar en cada institución", "adopted": "2026-03-26",
    });
    let agreement = ceti.post("/agreements", agreement).expect(201).id();
    year.told(&[("joint_session", vec![camtrafor, mitp])]);
    let draft = |text: &str, due: &str, institutions: &[String], target: Value| {
        let parts: Vec<Value> = institutions.iter().map(|id| json!({"institution_id": id, "target": target})).collect();
        let body = json!({
            "commission_ids": [year.commissions[0]], "text": text, "due": due, "agreement_id": agreement,
            "meeting_id": meeting, "status": "draft", "assignments": parts,
        });
        ceti.post("/commitments", body).expect(201).id()
    };
    let target = json!({"quantity": 2, "unit": "capacitaciones"});
    let commitments = vec![
        draft("Capacitar a los equipos regionales", "2026-06-30", &year.institutions[..3], target),
        draft("Nombrar una contraparte", "2026-05-29", &year.institutions[3..5], Value::Null),
    ];
    year.told(&[]);
    year.representatives[0].get(&format!("/commitments/{}", commitments[0])).expect(404);

    year.world.at("2026-03-30T13:00:00Z");
    assert_eq!(year.pending(ceti)["minutes_to_circulate"], 1);
    ceti.put(&format!("{path}/minutes"), json!({"body": "Se trató el plan de capacitación."})).expect(200);
    ceti.post(&format!("{path}/minutes/circulation"), json!({})).expect(200);
    let mails = year.told(&[("minutes_circulated", everyone.clone())]);
    let (name, content) = &mails[0].attachments[0];
    assert!(name.starts_with("acta-i-sesion-conjunta-2026-03-26") && content.starts_with("%PDF"), "{name}");
    assert_eq!(year.pending(&year.representatives[7])["minutes_open_for_comments"], 1);
    let comment = json!({"text": "Falta la intervención de la institución 08."});
    year.representatives[7].post(&format!("{path}/minutes/comments"), comment).expect(201);
    year.told(&[("minutes_commented", vec![ceti, camtrafor, mitp])]);
    year.world.at("2026-04-13T13:00:00Z");
    let approved = ceti.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
    assert_eq!(approved.json["published"].as_array().map(Vec::len), Some(2));
    let owners: Vec<&Person> = year.representatives[..5].iter().collect();
    year.told(&[("minutes_approved", everyone.clone()), ("new_commitment", owners)]);
    year.world.at("2026-04-20T13:00:00Z");
    let text = json!({"text": "La institución 08 intervino sobre el plan."});
    mitp.post(&format!("{path}/minutes/rectifications"), text).expect(200);
    let mails = year.told(&[("minutes_rectified", everyone)]);
    assert!(mails.iter().all(|mail| mail.text.contains(&format!("{path}/minutes"))), "{}", mails[0].text);
    (meeting, commitments)
}
