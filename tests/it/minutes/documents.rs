//! The document of the minutes.

use serde_json::json;

use crate::meetings::{create, meeting, with};
use crate::on_both;
use crate::support::World;

on_both! {
    fn a_long_list_of_institutions_stands_below_the_table_of_commitments(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let names: Vec<String> = (1..=12).map(|n| format!("{n}.ª Dirección Nacional de Asuntos Laborales")).collect();
        let all: Vec<_> = names.iter().map(|name| json!({"institution_id": world.institution(name)})).collect();
        let path = create(world, &meeting(&[&ceti]));
        let id = path.trim_start_matches("/meetings/");
        let commitment = |text: &str, parts: &[serde_json::Value]| {
            let body = json!({"commission_ids": [ceti], "text": text, "meeting_id": id, "due": "2023-12", "assignments": parts});
            admin.post("/commitments", body).expect(201).json["code"].as_str().unwrap().to_owned()
        };
        let (long, short) = (commitment("Difundir", &all), commitment("Informar", &all[..2]));
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        let acta = admin.get(&format!("{path}/minutes/document")).expect(200).text;
        assert!(acta.contains(&format!("| {long} | Difundir | 12 instituciones, que se nombran debajo de la tabla | diciembre de 2023 |")), "{acta}");
        assert!(acta.contains(&format!("**{long}, responsables:** {}", names.join("; "))), "{acta}");
        assert!(acta.contains(&format!("| {short} | Informar | {}; {} | diciembre de 2023 |", names[0], names[1])), "{acta}");
        assert!(!acta.contains(&format!("**{short}, responsables:**")), "{acta}");
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
        admin.post("/commitments", json!({"commission_ids": [ceti], "text": "Redactar el protocolo", "meeting_id": id, "due": "2023-12", "due_text": "antes de fin de año", "assignments": [{"institution_id": minsal}]})).expect(201);
        admin.put(&format!("{path}/minutes"), json!({"body": "Se leyó el acta anterior."})).expect(200);
        let document = format!("{path}/minutes/document");
        let acta = world.secretariat(&ceti).get(&format!("{document}?format=md")).expect(200);
        assert!(acta.header("content-type").unwrap().starts_with("text/markdown"));
        for part in [
            "# Acta: Sesión ordinaria\n",
            "22 de agosto de 2023, programada de 10:00 a 12:30 (hora de Santiago)",
            "- **Lugar:** Santiago",
            "- **Comisión:** Comisión CETI",
            "| Minsal | Ana Rojas | titular | presente |",
            "| Dirección del Trabajo |  |  | ausencia justificada |",
            "Comisión CETI: 1 de 2 integrantes con voto; se requieren 1: hay quórum.",
            "1. Seguimiento de acuerdos (seguimiento) — Secretaría",
            "### Acuerdo 6: Elaborar un protocolo",
            "Adoptado por mayoría. Votos: 1 a favor, 0 en contra, 1 abstención.",
            "| Redactar el protocolo | Minsal | diciembre de 2023 («antes de fin de año») |",
            "**BORRADOR**",
            "Se leyó el acta anterior.",
            "- **Estado del acta:** borrador",
        ] {
            assert!(acta.text.contains(part), "{part} is not in\n{}", acta.text);
        }
        assert!(!acta.text.contains("Reservado"), "{}", acta.text);
        let part = world.secretariat(&ceti).get(&format!("{document}?part=restricted")).expect(200).text;
        assert!(part.contains("### Acuerdo 7: Reservado") && part.contains("No consta la forma de adopción."), "{part}");
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        let read = world.representative(&minsal).with("accept-language", "es").get(&format!("{document}?lang=en")).expect(200);
        for part in ["# Minutes: Sesión ordinaria", "22 August 2023, planned from 10:00 to 12:30", "approved on 1 September 2023", "Adopted by majority. Votes: 1 for, 0 against, 1 abstained."] {
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
    fn every_reader_gets_the_same_bytes(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let path = create(world, &meeting(&[&ceti, &mitp]));
        let id = path.trim_start_matches("/meetings/");
        let admin = world.admin();
        admin.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Secreto", "meeting_id": id, "restricted": true})).expect(201);
        let readers = [world.coordinator("CL"), world.secretariat(&ceti), world.secretariat(&mitp), world.representative(&minsal), world.observer(&mitp)];
        let same = |what: &str| {
            for format in ["md", "docx", "pdf"] {
                for lang in ["es", "en"] {
                    let document = format!("{path}/minutes/document?format={format}&lang={lang}");
                    let bytes = admin.get(&document).expect(200).bytes;
                    for reader in &readers {
                        assert_eq!(reader.get(&document).expect(200).bytes, bytes, "{what} {format} {lang} of {}", reader.email);
                    }
                }
            }
        };
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        admin.post(&format!("{path}/minutes/circulation"), json!({})).expect(200);
        same("circulated");
        let acta = readers[3].get(&format!("{path}/minutes/document")).expect(200).text;
        assert!(acta.contains("- **Comisiones:** Comisión CETI; Comisión MITP") && !acta.contains("Secreto"), "{acta}");
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        same("approved");
        let part = format!("{path}/minutes/document?part=restricted");
        for (reader, status) in readers.iter().zip([200, 200, 200, 404, 404]) {
            reader.get(&part).expect(status);
        }
        assert!(readers[2].get(&part).expect(200).text.contains("Secreto"));
        assert_eq!(readers[2].get(&part).expect(200).text, admin.get(&part).expect(200).text);
    }
}

/// Makes a session with a call, two guests, an outcome, an annex and approved minutes; returns its path and its
/// commission.
fn approved_session(world: &World) -> (String, String) {
    world.at("2023-08-10T12:00:00Z");
    let ceti = world.commission("CL", "CETI");
    let [minsal, dt, oit, senda] =
        ["Minsal", "Dirección del Trabajo", "OIT", "Senda"].map(|name| world.institution(name));
    for (institution, role) in [(&minsal, "lead"), (&dt, "secretariat"), (&senda, "member")] {
        world.member(&ceti, institution, role);
    }
    let planned = json!({
        "held": null, "starts_at": "2023-08-22T14:00:00Z", "ends_at": "2023-08-22T16:00:00Z", "modality": "hybrid", "place": "Santiago",
        "url": "https://reuniones.example/3",
    });
    let path = create(world, &with(meeting(&[&ceti]), planned));
    let secretariat = world.secretariat(&ceti);
    secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
    world.at("2023-09-01T12:00:00Z");
    let held = json!({"started_at": "2023-08-22T14:10:00Z", "ended_at": "2023-08-22T16:25:00Z", "call": "second"});
    secretariat.patch(&path, held).expect(200);
    let item = json!({"title": "Protocolo", "kind": "decision", "outcome": "Se aprueba el protocolo."});
    secretariat.put(&format!("{path}/agenda"), json!([item])).expect(200);
    let attendance = json!([
        {"institution_id": minsal, "status": "present", "capacity": "principal", "person": "Ana Rojas"},
        {"institution_id": dt, "status": "present", "capacity": "alternate", "person": "Luis Soto", "left_at": "2023-08-22T15:00:00Z"},
        {"institution_id": oit, "status": "present", "capacity": "guest", "person": "Eva Díaz", "arrived_at": "2023-08-22T14:30:00Z"},
    ]);
    secretariat.put(&format!("{path}/attendance"), attendance).expect(200);
    let annex = json!({"title": "Oficio 12", "kind": "annex", "url": "https://example.org/oficio", "dated": "2023-03"});
    secretariat.post(&format!("{path}/documents"), annex).expect(201);
    secretariat.put(&format!("{path}/minutes"), json!({"body": "Se trató el protocolo."})).expect(200);
    let next = create(world, &with(meeting(&[&ceti]), json!({"title": "Sesión siguiente", "held": "2023-08-29"})));
    let next = next.trim_start_matches("/meetings/");
    let approval = json!({"approved_in_meeting_id": next});
    world.coordinator("CL").post(&format!("{path}/minutes/approval"), approval).expect(200);
    (path, ceti)
}

on_both! {
    fn the_acta_states_the_session_as_convened_and_held_its_guests_annexes_approval_and_places_to_sign(world) {
        let (path, ceti) = approved_session(world);
        let reader = world.observer(&ceti);
        let acta = |lang: &str| reader.get(&format!("{path}/minutes/document?lang={lang}")).expect(200).text;
        for (lang, parts) in [
            ("es", [
                "22 de agosto de 2023, de 10:10 a 12:25 (hora de Santiago)",
                "- **Modalidad:** mixta",
                "- **Convocatoria:** 10 de agosto de 2023",
                "- **Llamado:** segunda convocatoria",
                "- **Estado del acta:** aprobada el 1 de septiembre de 2023",
                "- **Aprobación registrada por:** coordinator ",
                "- **Aprobada en la sesión:** Sesión siguiente (29 de agosto de 2023)",
                "1. Protocolo (decisión)\n\n   Resultado: Se aprueba el protocolo.",
                "| Senda |  |  | ausente |",
                "| OIT | Eva Díaz | invitado/a | presente, llegada 10:30 |",
                "| Dirección del Trabajo | Luis Soto | alterno/a | presente, salida 11:00 |",
                "## Anexos\n\n1. [Oficio 12 (marzo de 2023)](<https://example.org/oficio>)",
                "## Firmas\n\nFirman el acta de la sesión «Sesión ordinaria» (22 de agosto de 2023):\n\n- Ana Rojas, Minsal (Presidencia: Comisión CETI): ______________________",
                "- Luis Soto, Dirección del Trabajo (Secretaría: Comisión CETI): ______________________",
            ]),
            ("en", [
                "22 August 2023, 10:10 to 12:25 (Santiago time)",
                "- **Form:** in person and online",
                "- **Convened:** 10 August 2023",
                "- **Call:** second call",
                "- **State of the minutes:** approved on 1 September 2023",
                "- **Approval entered by:** coordinator ",
                "- **Approved in the session:** Sesión siguiente (29 August 2023)",
                "1. Protocolo (decision)\n\n   Outcome: Se aprueba el protocolo.",
                "| Senda |  |  | absent |",
                "| OIT | Eva Díaz | guest | present, arrived 10:30 |",
                "| Dirección del Trabajo | Luis Soto | alternate | present, left 11:00 |",
                "## Annexes\n\n1. [Oficio 12 (March 2023)](<https://example.org/oficio>)",
                "## Signatures\n\nMinutes of the session “Sesión ordinaria” (22 August 2023), signed by:\n\n- Ana Rojas, Minsal (Lead: Comisión CETI): ______________________",
                "- Luis Soto, Dirección del Trabajo (Secretariat: Comisión CETI): ______________________",
            ]),
        ] {
            let text = acta(lang);
            for part in parts {
                assert!(text.contains(part), "{part} is not in\n{text}");
            }
        }
        let text = acta("es");
        let (members, guests) = text.split_once("## Invitadas e invitados\n").unwrap();
        let guests = guests.split("\n## ").next().unwrap();
        assert!(!members.contains("OIT"), "a guest is not among the members: {text}");
        assert_eq!(guests.matches("presente").count(), 1, "the members are not among the guests: {text}");
    }
}

on_both! {
    fn drafts_are_marked_and_come_into_force_with_the_minutes(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let minsal = world.institution("Minsal");
        let session = |publish: bool| {
            let path = create(world, &meeting(&[&ceti]));
            let id = path.trim_start_matches("/meetings/");
            let agenda = json!([{"title": "Seguimiento", "kind": "follow_up"}, {"title": "Protocolo", "kind": "decision"}]);
            let agenda = admin.put(&format!("{path}/agenda"), agenda).expect(200).json;
            let point = agenda[1]["id"].clone();
            let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Elaborar un protocolo", "number": "1",
                "meeting_id": id, "status": "draft", "agenda_item_id": point});
            let agreement = admin.post("/agreements", agreement).expect(201).json["id"].as_str().unwrap().to_owned();
            let commitment = json!({"commission_ids": [ceti], "text": "Capacitar", "meeting_id": id, "agreement_id": agreement, "status": "draft",
                "assignments": [{"institution_id": minsal, "target": {"quantity": 1200, "unit": "personas"}}]});
            admin.post("/commitments", commitment).expect(201);
            admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
            let document = format!("{path}/minutes/document");
            let draft = admin.get(&document).expect(200).text;
            assert!(draft.contains("Propuesto") && draft.contains("Acuerdo 1: Elaborar un protocolo"), "{draft}");
            assert!(draft.contains("Punto 2 del orden del día.") && !draft.contains("No consta la forma de adopción"), "{draft}");
            assert!(draft.contains("Capacitar Del acuerdo 1. | Minsal (meta: 1.200 personas) |"), "{draft}");
            admin.post(&format!("{path}/minutes/approval"), json!({"publish_drafts": publish})).expect(200);
            (admin.get(&document).expect(200).text, admin.get(&format!("/agreements/{agreement}")).expect(200).json["status"].clone())
        };
        let (approved, status) = session(true);
        assert_eq!(status, "in_force");
        let held = admin.get("/meetings?country_code=CL&status=held").expect(200).json;
        assert_eq!(held["items"].as_array().unwrap().len(), 1, "the approval marks the session as held");
        assert!(approved.contains("### Acuerdo 1: Elaborar un protocolo") && !approved.contains("Propuesto"), "{approved}");
        assert!(approved.contains("| Capacitar Del acuerdo 1. |"), "{approved}");
        let (approved, status) = session(false);
        assert_eq!(status, "draft");
        assert!(!approved.contains("protocolo") && !approved.contains("Capacitar"), "{approved}");
    }
}

on_both! {
    fn the_approval_adopts_only_drafts_that_the_person_may_write(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (admin, secretariat) = (world.admin(), world.secretariat(&ceti));
        let path = create(world, &meeting(&[&ceti, &mitp]));
        let id = path.trim_start_matches("/meetings/");
        let draft = |commission: &str, restricted: bool| {
            let body = json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": "Propuesta", "meeting_id": id,
                "status": "draft", "restricted": restricted});
            admin.post("/agreements", body).expect(201).json["id"].as_str().unwrap().to_owned()
        };
        let (own, other, hidden) = (draft(&ceti, false), draft(&mitp, false), draft(&mitp, true));
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        secretariat.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        let status = |agreement: &str| admin.get(&format!("/agreements/{agreement}")).expect(200).json["status"].clone();
        assert_eq!([&own, &other, &hidden].map(|one| status(one)), [json!("in_force"), json!("draft"), json!("draft")]);
        let change = |agreement: &str, status: &str| admin.patch(&format!("/agreements/{agreement}"), json!({"status": status}));
        change(&own, "draft").expect(409);
        change(&other, "in_force").expect(200);
    }
}

on_both! {
    fn an_institution_signs_once_and_only_if_it_was_present(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let admin = world.admin();
        let (trabajo, interior) = (world.institution("Trabajo"), world.institution("Interior"));
        for (commission, institution, role) in [(&ceti, &trabajo, "lead"), (&mitp, &trabajo, "lead"), (&mitp, &interior, "secretariat")] {
            world.member(commission, institution, role);
        }
        let path = create(world, &meeting(&[&ceti, &mitp]));
        admin.put(&format!("{path}/minutes"), json!({"body": "## Desarrollo\n\nTexto"})).expect(200);
        let signatures = |status: &str| {
            let list = json!([{"institution_id": trabajo, "status": status}, {"institution_id": interior, "status": "present"}]);
            admin.put(&format!("{path}/attendance"), list).expect(200);
            let text = admin.get(&format!("{path}/minutes/document")).expect(200).text;
            assert_eq!(text.matches("Desarrollo").count(), 1, "the heading of the text is not repeated: {text}");
            let (_, below) = text.split_once("## Firmas").unwrap();
            below.lines().filter(|line| line.starts_with("- ")).map(|line| line.trim_end_matches('_').to_owned()).collect::<Vec<_>>()
        };
        let both = "Comisión CETI; Comisión MITP";
        let blank = |commission: &str| format!("- Nombre e institución (Presidencia: Comisión {commission}): ");
        let secretariat = ["- Nombre e institución (Secretaría: Comisión CETI): ".to_owned(), "- Interior (Secretaría: Comisión MITP): ".to_owned()];
        let lead = format!("- Trabajo (Presidencia: {both}): ");
        assert_eq!(signatures("present"), [lead, secretariat[0].clone(), secretariat[1].clone()]);
        let absent = signatures("excused");
        assert_eq!(absent, [blank("CETI"), secretariat[0].clone(), blank("MITP"), secretariat[1].clone()]);
    }
}

on_both! {
    fn the_number_of_a_restricted_agreement_is_not_in_the_acta(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let path = create(world, &meeting(&[&ceti]));
        let id = path.trim_start_matches("/meetings/");
        let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Reservado", "number": "77", "meeting_id": id, "restricted": true});
        let agreement = admin.post("/agreements", agreement).expect(201).json["id"].clone();
        let commitment = |text: &str, restricted: bool| {
            let body = json!({"commission_ids": [ceti], "text": text, "meeting_id": id, "agreement_id": agreement, "restricted": restricted});
            admin.post("/commitments", body).expect(201);
        };
        commitment("Informar", false);
        commitment("Investigar", true);
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        let acta = admin.get(&format!("{path}/minutes/document")).expect(200).text;
        assert!(acta.contains("| Informar |") && !acta.contains("77"), "{acta}");
        let second = admin.get(&format!("{path}/minutes/document?part=restricted")).expect(200).text;
        assert!(second.contains("Investigar Del acuerdo 77."), "{second}");
    }
}

on_both! {
    fn the_lead_and_the_secretariat_are_the_first_of_the_attendance(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let agencia = world.institution("Agencia");
        world.member(&ceti, &agencia, "member");
        for (name, role) in [("Ministerio", "secretariat"), ("Subsecretaría", "lead")] {
            world.member(&ceti, &world.institution(name), role);
        }
        let path = create(world, &meeting(&[&ceti]));
        let names = |text: &str| -> Vec<String> {
            let names = ["Agencia", "Ministerio", "Subsecretaría"];
            let mut found: Vec<_> = names.into_iter().filter_map(|name| Some((text.find(&format!("| {name} |"))?, name.to_owned()))).collect();
            found.sort();
            found.into_iter().map(|(_, name)| name).collect()
        };
        let order = ["Subsecretaría", "Ministerio", "Agencia"];
        assert_eq!(names(&admin.get(&format!("{path}/attendance/document")).expect(200).text), order);
        assert_eq!(names(&admin.get(&format!("{path}/convocation/document")).expect(200).text), order);
        admin.put(&format!("{path}/attendance"), json!([{"institution_id": agencia, "status": "present"}])).expect(200);
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        assert_eq!(names(&admin.get(&format!("{path}/minutes/document")).expect(200).text), order);
    }
}

on_both! {
    fn agreements_are_in_the_order_of_their_numbers_if_all_have_one(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let path = create(world, &meeting(&[&ceti]));
        let id = path.trim_start_matches("/meetings/");
        let enter = |number: &str, title: &str| {
            let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": title, "number": number, "meeting_id": id});
            admin.post("/agreements", agreement).expect(201);
        };
        enter("10", "Décimo");
        enter("9", "Noveno");
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        let headings = || {
            let text = admin.get(&format!("{path}/minutes/document")).expect(200).text;
            text.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(headings(), ["Acuerdo 9: Noveno", "Acuerdo 10: Décimo"]);
        let plain = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Sin número", "meeting_id": id});
        let plain = admin.post("/agreements", plain).expect(201).json["id"].as_str().unwrap().to_owned();
        assert_eq!(headings().last().unwrap(), "Acuerdo: Sin número", "no other document would have its place as a number");
        admin.delete(&format!("/agreements/{plain}")).expect(204);
        enter("8 bis", "Otro");
        assert_eq!(headings(), ["Acuerdo 10: Décimo", "Acuerdo 9: Noveno", "Acuerdo 8 bis: Otro"], "as entered");
    }
}
