//! Documents that were sent or approved never change; and the lists that commissions print.

use serde_json::json;

use super::{DOCX, bytes, part, readers};
use crate::on_both;
use crate::support::Person;

/// Fetches a document in every format and language.
fn files(person: &Person<'_>, path: &str) -> Vec<Vec<u8>> {
    let join = if path.contains('?') { '&' } else { '?' };
    let mut all = Vec::new();
    for format in ["md", "docx", "pdf"] {
        for lang in ["es", "en"] {
            all.push(person.get(&format!("{path}{join}format={format}&lang={lang}")).expect(200).bytes);
        }
    }
    all
}

on_both! {
    fn what_was_sent_or_approved_stays_as_it_was_whatever_is_renamed(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let admin = world.admin();
        let names = ["Ministerio del Trabajo", "Ministerio de Salud", "Ministerio de Educación"];
        let institutions = names.map(|name| world.institution(name));
        let seat = |commission: &str, institution: &str, role: &str| {
            let body = json!({"institution_id": institution, "role": role});
            admin.post(&format!("/commissions/{commission}/memberships"), body).expect(201).id()
        };
        seat(&ceti, &institutions[0], "secretariat");
        let vote = seat(&ceti, &institutions[1], "member");
        seat(&mitp, &institutions[2], "lead");
        admin.patch(&format!("/commissions/{ceti}"), json!({"quorum": {"fraction": "1/2", "strict": false}})).expect(200);
        let previous = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera sesión", "held": "2023-08-01", "status": "held"});
        let previous = admin.post("/meetings", previous).expect(201).id();
        let due = json!({"commission_ids": [ceti], "text": "Informar", "meeting_id": previous, "due": "2023-08-20", "due_text": "antes del 20", "assignments": [{"institution_id": institutions[1]}]});
        let commitment = admin.post("/commitments", due).expect(201).json;
        let session = json!({"commission_ids": [ceti, mitp], "kind": "ordinary", "title": "Sesión conjunta", "starts_at": "2023-09-20T14:00:00Z", "place": "Santiago"});
        let session = format!("/meetings/{}", admin.post("/meetings", session).expect(201).id());
        admin.put(&format!("{session}/agenda"), json!([{"title": "Seguimiento", "kind": "follow_up", "presenter": "Secretaría"}])).expect(200);
        let readers = [world.coordinator("CL"), world.secretariat(&ceti), world.secretariat(&mitp), world.representative(&institutions[1]), world.representative(&institutions[2])];
        readers[3].get(&format!("{session}/convocation/document")).expect(404);
        let draft = readers[1].get(&format!("{session}/convocation/document")).expect(200).text;
        assert!(draft.contains("**BORRADOR"), "{draft}");
        admin.post(&format!("{session}/convocation"), json!({})).expect(200);
        let convocation = format!("{session}/convocation/document");
        let sheet = format!("{session}/follow-up/document?version=1");
        let text = readers[3].get(&convocation).expect(200).text;
        for words in ["# Convocatoria: Sesión conjunta", "| 1 | Seguimiento | seguimiento | Secretaría |", "| Ministerio de Salud | CETI |", "20 de septiembre de 2023", "versión 1 · SHA-256 "] {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
        let text = readers[3].get(&sheet).expect(200).text;
        for words in ["Vencido", "20 de agosto de 2023 «antes del 20»", "al 1 de septiembre de 2023", "versión 1 · SHA-256 "] {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
        assert!(!readers[4].get(&sheet).expect(200).text.contains("Informar"), "the other commission's");
        readers[4].get(&format!("{sheet}&commission_id={ceti}")).expect(404);
        readers[0].get(&format!("{sheet}&commission_id={ceti}")).expect(200);
        readers[0].get(&format!("{session}/follow-up/document?version=2")).expect(404);
        let sent = readers[3].get(&format!("{session}/convocation")).expect(200).json;
        assert_eq!((sent["versions"].as_array().unwrap().len(), &sent["versions"][0]["version"]), (1, &json!(1)));
        world.at("2023-09-20T20:00:00Z");
        admin.put(&format!("{session}/attendance"), json!([{"institution_id": institutions[1], "status": "present", "person": "Ana Rojas"}])).expect(200);
        let id = session.rsplit('/').next().unwrap();
        let agreement = json!({"commission_ids": [ceti, mitp], "kind": "meeting_agreement", "title": "Elaborar un protocolo", "number": "1", "meeting_id": id, "adoption": {"method": "unanimity"}});
        admin.post("/agreements", agreement).expect(201);
        admin.put(&format!("{session}/minutes"), json!({"body": "Se leyó.\n\n> Cita de la ley"})).expect(200);
        admin.post(&format!("{session}/minutes/approval"), json!({})).expect(200);
        let acta = format!("{session}/minutes/document");
        let of_acta = files(&readers[0], &acta);
        for reader in &readers[1..] {
            assert_eq!(files(reader, &acta), of_acta, "{} has the same bytes", reader.email);
        }
        let paths = [convocation, sheet, acta];
        let before: Vec<Vec<Vec<Vec<u8>>>> = readers.iter().map(|who| paths.iter().map(|path| files(who, path)).collect()).collect();
        for (n, institution) in institutions.iter().enumerate() {
            admin.patch(&format!("/institutions/{institution}"), json!({"name": format!("Otro nombre {n}")})).expect(200);
        }
        admin.patch(&format!("/commissions/{ceti}"), json!({"name": "Otra comisión", "acronym": "OTRA", "quorum": {"fraction": "2/3", "strict": true}})).expect(200);
        admin.patch(&format!("/commissions/{ceti}/memberships/{vote}"), json!({"has_vote": false})).expect(200);
        admin.patch(&format!("/meetings/{previous}"), json!({"title": "Otro título"})).expect(200);
        let change = json!({"due": "2024-01", "correction_reason": "Errata"});
        admin.patch(&format!("/commitments/{}", commitment["id"].as_str().unwrap()), change).expect(200);
        for (reader, before) in readers.iter().zip(before) {
            for (path, before) in paths.iter().zip(before) {
                assert_eq!(files(reader, path), before, "{path} of {}", reader.email);
            }
        }
    }
}

on_both! {
    fn a_convocation_sent_again_a_restricted_part_and_a_rectification_stay_as_they_were_issued(world) {
        let ceti = world.commission("CL", "CETI");
        let (admin, minsal) = (world.admin(), world.institution("Ministerio de Salud"));
        world.member(&ceti, &minsal, "member");
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-09-20T14:00:00Z", "place": "Santiago"});
        let session = format!("/meetings/{}", admin.post("/meetings", session).expect(201).id());
        let (convocation, minutes) = (format!("{session}/convocation"), format!("{session}/minutes"));
        let rename = |name: &str| {
            admin.patch(&format!("/institutions/{minsal}"), json!({"name": name})).expect(200);
            admin.patch(&format!("/commissions/{ceti}"), json!({"name": format!("Comisión {name}")})).expect(200);
        };
        admin.post(&convocation, json!({})).expect(200);
        let mut issued = vec![format!("{convocation}/document?version=1")];
        let mut before = vec![files(&admin, &issued[0])];
        rename("Ministerio Segundo");
        admin.patch(&session, json!({"place": "Valparaíso"})).expect(200);
        admin.post(&convocation, json!({})).expect(200);
        issued.push(format!("{convocation}/document?version=2"));
        world.at("2023-09-20T20:00:00Z");
        let id = session.rsplit('/').next().unwrap();
        let agreement = |title: &str, restricted: bool| json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": title, "meeting_id": id, "restricted": restricted});
        admin.post("/agreements", agreement("Reservado", true)).expect(201);
        admin.put(&format!("{session}/attendance"), json!([{"institution_id": minsal, "status": "present"}])).expect(200);
        admin.put(&minutes, json!({"body": "Se leyó."})).expect(200);
        admin.post(&format!("{minutes}/approval"), json!({})).expect(200);
        let late = admin.post("/agreements", agreement("Olvidado", false)).expect(201).id();
        rename("Ministerio Tercero");
        admin.post(&format!("{minutes}/rectifications"), json!({"text": "Se omitió.", "agreement_ids": [late]})).expect(200);
        issued.extend(["part=restricted", "version=1", "version=2"].map(|query| format!("{minutes}/document?{query}")));
        before.extend(issued[1..].iter().map(|path| files(&admin, path)));
        let text = |n: usize| String::from_utf8(before[n][0].clone()).unwrap();
        for (n, name) in [(0, "Ministerio de Salud"), (1, "Ministerio Segundo"), (3, "Ministerio Segundo"), (4, "Ministerio Segundo")] {
            assert!(text(n).contains(&format!("| {name} |")) && !text(n).contains("Ministerio Tercero"), "{name}: {}", text(n));
        }
        assert!(text(2).contains("Reservado") && text(4).contains("Olvidado"), "{}", text(2));
        rename("Ministerio Cuarto");
        for (path, before) in issued.iter().zip(&before) {
            assert!(files(&admin, path) == *before, "{path}");
        }
    }
}

on_both! {
    fn signs_that_a_font_lacks_are_not_lost(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-06-01", "status": "held"});
        let path = format!("/meetings/{}/minutes", who.post("/meetings", body).expect(201).id());
        let text = "Costo: ₡ 500 → S/ 20. Ñandú, mbo'ehára ẽ, qhichwa ñuqanchikʼ, aymara jaqinakä, Привет. Fin.";
        let body = format!("{text}\n\nEmoji ✅, 🚀 y 中.\n\nDescompuesto: n\u{303}.\n\nGuaraní: g\u{303}.");
        who.put(&path, json!({"body": body})).expect(200);
        let pdf = bytes(who.get(&format!("{path}/document?format=pdf")), "application/pdf");
        readers::pdf(&pdf, &[text, "Emoji □, □ y □.", "U+2705, U+4E2D, U+1F680", "Descompuesto: ñ."]);
        // The exception of docs/documents.md: a letter of two characters is drawn once and copied twice.
        readers::pdf(&pdf, &["Guaraní: g\u{303}g\u{303}."]);
        let docx = bytes(who.get(&format!("{path}/document?format=docx")), DOCX);
        assert!(part(&docx, "word/document.xml").contains("Emoji ✅, 🚀 y 中."));
        assert!(part(&docx, "word/document.xml").contains("Guaraní: g\u{303}."));
        assert!(part(&docx, "word/document.xml").contains("w:w=\"12240\""), "Chile uses letter paper");
    }
}

on_both! {
    fn the_lists_of_a_commission_are_printed(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let (minsal, dt) = (world.institution("Minsal"), world.institution("Dirección del Trabajo"));
        let seat = |institution: &str, role: &str| {
            let body = json!({"institution_id": institution, "role": role, "from": "2023-01-01"});
            admin.post(&format!("/commissions/{ceti}/memberships"), body).expect(201);
        };
        seat(&minsal, "lead");
        seat(&dt, "guest");
        let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Ana Rojas", "position": "Jefa"});
        admin.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        let session = |title: &str, held: &str| {
            let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": title, "held": held, "status": "held"});
            format!("/meetings/{}", admin.post("/meetings", body).expect(201).id())
        };
        let (first, second) = (session("Primera", "2023-03-01"), session("Segunda", "2023-06-01"));
        session("Sin lista", "2023-07-01");
        admin.put(&format!("{first}/attendance"), json!([{"institution_id": minsal, "status": "present"}])).expect(200);
        admin.put(&format!("{second}/attendance"), json!([{"institution_id": minsal, "status": "excused"}, {"institution_id": dt, "status": "present"}])).expect(200);
        let due = json!({"commission_ids": [ceti], "text": "Informar", "due": "2023-08", "assignments": [{"institution_id": minsal}, {"institution_id": dt, "due": "2024"}]});
        let made = admin.post("/commitments", due).expect(201).json;
        let who = world.secretariat(&ceti);
        let members = who.get(&format!("/commissions/{ceti}/members?on=2023-05-01")).expect(200).json;
        assert_eq!((&members["members"][0]["institution"], &members["members"][0]["delegates"][0]["name"]), (&json!("Minsal"), &json!("Ana Rojas")));
        assert_eq!(who.get(&format!("/commissions/{ceti}/members?on=2022-05-01")).expect(200).json["members"], json!([]));
        let attendance = who.get(&format!("/commissions/{ceti}/attendance?from=2023-01-01&to=2023-12-31")).expect(200).json;
        assert_eq!(attendance["institutions"], json!([{"institution_id": minsal, "institution": "Minsal", "sessions": 2, "present": 1, "excused": 1, "absent": 0}]));
        assert_eq!((attendance["sessions"].as_array().unwrap().len(), &attendance["without_list"]), (2, &json!(1)));
        let figures = who.get("/compliance?country_code=CL&from=2023-01-01&to=2023-12-31").expect(200).json;
        assert_eq!((&figures["total"]["parts"], &figures["total"]["overdue"]), (&json!(1), &json!(1)), "{made}");
        assert_eq!((&figures["institutions"][0]["institution"], &figures["commissions"][0]["overdue"]), (&json!("Minsal"), &json!(1)));
        for (path, words) in [
            (format!("/commissions/{ceti}/members/document?on=2023-05-01"), vec!["Integrantes: Comisión CETI", "Ana Rojas, Jefa (titular)", "1 de mayo de 2023"]),
            (format!("/commissions/{ceti}/attendance/document?from=2023-01-01&to=2023-12-31"), vec!["Asistencia a las sesiones: Comisión CETI", "Minsal 2 1 1 0 50 %", "sin lista de asistencia, que no se cuentan: 1"]),
            (format!("{second}/attendance/document?lang=es"), vec!["Lista de asistencia: Segunda", "Dirección del Trabajo", "Firma"]),
            ("/compliance/document?country_code=CL&from=2023-01-01&to=2023-12-31".to_owned(), vec!["Cumplimiento de compromisos: Chile", "Por institución"]),
        ] {
            readers::pdf(&bytes(who.get(&format!("{path}&format=pdf")), "application/pdf"), &words);
            let docx = bytes(who.get(&format!("{path}&format=docx")), DOCX);
            readers::opens_docx(&docx);
            assert!(who.get(&format!("{path}&format=md")).expect(200).text.contains(words[0]));
        }
        world.observer(&ceti).get(&format!("{second}/attendance/document")).expect(403);
        who.get(&format!("/commissions/{ceti}/attendance?from=2023-12-31&to=2023-01-01")).expect(400);
        who.get("/compliance?country_code=CL&from=2023-01-01").expect(400);
    }
}
