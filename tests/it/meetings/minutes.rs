//! Minutes and their document.

use serde_json::json;

use super::{create, fault, meeting, with};
use crate::on_both;

on_both! {
    fn minutes_are_drafted_circulated_approved_and_then_unchangeable(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let (circulation, approval) = (format!("{path}/circulation"), format!("{path}/approval"));
        secretariat.get(&path).expect(404);
        assert_eq!(secretariat.post(&circulation, json!({})).expect(409).code(), "minutes_empty");
        assert_eq!(secretariat.post(&approval, json!({})).expect(409).code(), "minutes_empty");
        let draft = secretariat.put(&path, json!({"body": "# Borrador"})).expect(200);
        assert_eq!((&draft.json["status"], &draft.json["approved_at"]), (&json!("draft"), &json!(null)));
        member.get(&path).expect(404);
        member.get(&format!("{path}/document")).expect(404);
        world.observer(&ceti).get(&path).expect(404);
        world.coordinator("CL").get(&path).expect(200);
        member.put(&path, json!({"body": "Mío"})).expect(403);
        member.post(&circulation, json!({})).expect(403);
        let circulated = secretariat.post(&circulation, json!({})).expect(200);
        assert_eq!(circulated.json["status"], "circulated");
        assert_eq!(secretariat.post(&circulation, json!({})).expect(200).json, circulated.json);
        assert_eq!(member.get(&path).expect(200).json["body"], "# Borrador");
        let corrected = secretariat.put(&path, json!({"body": "Corregida"})).expect(200);
        assert_eq!(corrected.json["status"], "circulated");
        assert_eq!(secretariat.with("if-match", draft.header("etag").unwrap()).put(&path, json!({"body": "Tarde"})).expect(412).code(), "precondition_failed");
        world.at("2023-09-05T15:00:00Z");
        let approved = secretariat.post(&approval, json!({})).expect(200);
        assert_eq!((&approved.json["status"], &approved.json["approved_at"]), (&json!("approved"), &json!("2023-09-05T15:00:00Z")));
        for answer in [
            secretariat.put(&path, json!({"body": "No"})),
            secretariat.post(&circulation, json!({})),
            secretariat.post(&approval, json!({})),
            world.admin().put(&path, json!({"body": "No"})),
        ] {
            assert_eq!((answer.status, answer.code()), (409, "minutes_approved"));
        }
        assert_eq!(member.get(&path).expect(200).json, approved.json);
    }
}

on_both! {
    fn a_bad_text_is_refused(world) {
        let ceti = world.commission("CL", "CETI");
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let admin = world.admin();
        for (body, pointer, code) in [
            (json!({}), "/body", "required"),
            (json!({"body": " "}), "/body", "blank"),
            (json!({"body": 7}), "/body", "wrong_type"),
            (json!({"body": "x".repeat(200_001)}), "/body", "too_long"),
            (json!({"body": "x", "status": "approved"}), "/status", "unknown_field"),
        ] {
            assert_eq!(admin.put(&path, body).expect(422).faults(), [fault(pointer, code)]);
        }
        admin.put(&path, json!({"body": "x".repeat(200_000)})).expect(200);
    }
}

on_both! {
    fn the_document_of_the_minutes_shows_attendance_and_agreements(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        admin.patch(&format!("/commissions/{ceti}"), json!({"quorum": {"fraction": "1/2", "strict": false}})).expect(200);
        let (minsal, dt) = (world.institution("Minsal"), world.institution("Dirección del Trabajo"));
        world.member(&ceti, &minsal, "member");
        world.member(&ceti, &dt, "member");
        let body = with(meeting(&[&ceti]), json!({"starts_at": "2023-08-22T14:00:00Z", "ends_at": "2023-08-22T16:30:00Z", "place": "Santiago", "ordinal": 3}));
        let path = create(world, &body);
        let id = path.trim_start_matches("/meetings/");
        admin.put(&format!("{path}/agenda"), json!([{"title": "Seguimiento de acuerdos", "kind": "follow_up", "presenter": "Secretaría"}])).expect(200);
        admin.put(&format!("{path}/attendance"), json!([
            {"institution_id": minsal, "status": "present", "capacity": "principal", "person": "Ana Rojas"},
            {"institution_id": dt, "status": "excused"},
        ])).expect(200);
        let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Elaborar un protocolo", "number": "6", "meeting_id": id,
            "adoption": {"method": "majority", "for": 1, "against": 0, "abstained": 1}});
        admin.post("/agreements", agreement.clone()).expect(201);
        admin.post("/agreements", with(agreement, json!({"title": "Reservado", "number": "7", "restricted": true, "adoption": null}))).expect(201);
        admin.put(&format!("{path}/minutes"), json!({"body": "Se leyó el acta anterior."})).expect(200);
        let document = format!("{path}/minutes/document");
        let acta = world.secretariat(&ceti).get(&format!("{document}?format=md")).expect(200);
        assert!(acta.header("content-type").unwrap().starts_with("text/markdown"));
        for part in [
            "# Acta: Sesión ordinaria\n",
            "22 de agosto de 2023, de 10:00 a 12:30 (America/Santiago)",
            "Lugar: Santiago",
            "Comisiones: Comisión CETI",
            "| Minsal | Ana Rojas | titular | presente |",
            "| Dirección del Trabajo |  |  | ausencia justificada |",
            "Comisión CETI: 1 de 2 integrantes con voto; se requieren 1: hay quórum.",
            "1. Seguimiento de acuerdos (seguimiento) — Secretaría",
            "### Acuerdo 6: Elaborar un protocolo",
            "Adoptado por mayoría. Votos: 1 a favor, 0 en contra, 1 abstenciones.",
            "### Acuerdo 7: Reservado",
            "No consta la forma de adopción.",
            "Se leyó el acta anterior.",
            "Estado del acta: borrador",
        ] {
            assert!(acta.text.contains(part), "{part} is not in\n{}", acta.text);
        }
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        let read = world.representative(&minsal).with("accept-language", "en").get(&document).expect(200);
        for part in ["# Minutes: Sesión ordinaria", "22 August 2023, 10:00 to 12:30", "approved on 1 September 2023", "Adopted by majority. Votes: 1 for, 0 against, 1 abstained."] {
            assert!(read.text.contains(part), "{part} is not in\n{}", read.text);
        }
        assert!(!read.text.contains("Reservado"), "{}", read.text);
        for format in ["odt", "MD", ""] {
            assert_eq!(admin.get(&format!("{document}?format={format}")).expect(400).code(), "invalid_query");
        }
        world.representative(&world.institution("Ajena")).get(&document).expect(404);
    }
}

on_both! {
    fn what_approved_minutes_state_of_the_meeting_stays(world) {
        let (ceti, camtrafor) = (world.commission("CL", "CETI"), world.commission("CL", "CAMTRAFOR"));
        let body = with(meeting(&[&ceti]), json!({"starts_at": "2023-08-22T14:00:00Z", "ends_at": "2023-08-22T16:00:00Z", "status": "held", "ordinal": 3, "place": "Santiago"}));
        let path = create(world, &body);
        let admin = world.admin();
        admin.put(&format!("{path}/minutes"), json!({"body": "Se acordó."})).expect(200);
        admin.patch(&path, json!({"title": "Tercera sesión"})).expect(200);
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        let approved = admin.get(&path).expect(200).json;
        let acta = admin.get(&format!("{path}/minutes/document")).expect(200).text;
        for change in [
            json!({"title": "Otra"}),
            json!({"commission_ids": [ceti, camtrafor]}),
            json!({"kind": "working"}),
            json!({"starts_at": "2023-08-22T15:00:00Z"}),
            json!({"ends_at": null}),
            json!({"held": "2023-08"}),
            json!({"ordinal": null}),
            json!({"modality": "online"}),
            json!({"place": "Valparaíso"}),
            json!({"time_zone": "Europe/Madrid"}),
            json!({"status": "cancelled"}),
        ] {
            let refused = admin.patch(&path, change.clone());
            assert_eq!((refused.status, refused.code()), (409, "minutes_approved"), "{change} {}", refused.text);
        }
        assert_eq!(admin.delete(&path).expect(409).code(), "in_use");
        assert_eq!(admin.post(&format!("{path}/cancellation"), json!({"reason": "No hubo"})).expect(409).code(), "minutes_approved");
        assert_eq!(admin.get(&path).expect(200).json, approved);
        assert_eq!(admin.get(&format!("{path}/minutes/document")).expect(200).text, acta);
        let free = json!({"url": "https://example.org/sala", "restricted": true, "time_zone": "America/Santiago", "status": "scheduled", "title": "Tercera sesión"});
        admin.patch(&path, free).expect(200);
        assert_eq!(admin.get(&format!("{path}/minutes/document")).expect(200).text, acta);
    }
}
