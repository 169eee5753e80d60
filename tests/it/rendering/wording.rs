//! The words of printed documents: singular and plural, terms, empty parts, and what is left out.

use serde_json::json;

use super::readers::pdf_pages;
use super::{DOCX, XLSX, bytes, part};
use crate::on_both;

on_both! {
    fn a_convocation_of_one_commission_does_not_repeat_it_and_a_draft_has_no_day_of_convocation(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (lead, salud) = (world.institution("Ministerio del Trabajo"), world.institution("Ministerio de Salud"));
        world.member(&ceti, &lead, "secretariat");
        world.member(&mitp, &salud, "member");
        let who = world.secretariat(&ceti);
        let session = |commissions: &[&String]| {
            let body = json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión", "starts_at": "2023-09-20T14:00:00Z"});
            format!("/meetings/{}", world.admin().post("/meetings", body).expect(201).id())
        };
        let own = session(&[&ceti]);
        let document = format!("{own}/convocation/document");
        let draft = who.get(&document).expect(200).text;
        for words in ["- **Comisión:** Comisión CETI\n", "| Institución |\n| --- |\n| Ministerio del Trabajo |\n", "(Secretaría: Comisión CETI)"] {
            assert!(draft.contains(words), "{words} in:\n{draft}");
        }
        assert!(!draft.contains("Fecha de la convocatoria") && !draft.contains("Integra"), "{draft}");
        who.post(&format!("{own}/convocation"), json!({})).expect(200);
        let sent = who.get(&document).expect(200).text;
        assert!(sent.contains("- **Fecha de la convocatoria:** 1 de septiembre de 2023\n"), "{sent}");
        let english = who.get(&format!("{document}?lang=en")).expect(200).text;
        assert!(english.contains("- **Commission:** Comisión CETI\n") && !english.contains("Member of"), "{english}");
        let joint = who.get(&format!("{}/convocation/document", session(&[&ceti, &mitp]))).expect(200).text;
        for words in ["- **Comisiones:** Comisión CETI; Comisión MITP\n", "| Institución | Integra |", "| Ministerio de Salud | MITP |"] {
            assert!(joint.contains(words), "{words} in:\n{joint}");
        }
    }
}

on_both! {
    fn a_follow_up_sheet_writes_terms_as_its_language_does(world) {
        let ceti = world.commission("CL", "CETI");
        let salud = world.institution("Ministerio de Salud");
        let admin = world.admin();
        let session = |title: &str, day: &str| {
            let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": title, "held": day});
            admin.post("/meetings", body).expect(201).id()
        };
        let first = session("Primera", "2023-08-01");
        let enter = |text: &str, words: Option<&str>| {
            let body = json!({"commission_ids": [ceti], "meeting_id": first, "text": text, "due": "2023-10-31", "due_text": words, "assignments": [{"institution_id": salud}]});
            admin.post("/commitments", body).expect(201).json
        };
        enter("Informar", Some("antes de noviembre"));
        let made = enter("Capacitar", None);
        let extensions = format!("/commitments/{}/assignments/{}/extensions", made["id"].as_str().unwrap(), made["assignments"][0]["id"].as_str().unwrap());
        let asked = admin.post(&extensions, json!({"requested_due": "2023-12-15", "reason": "Licitación"})).expect(201).id();
        admin.put(&format!("/extensions/{asked}/decision"), json!({"outcome": "granted"})).expect(200);
        let sheet = format!("/meetings/{}/follow-up/document", session("Segunda", "2023-09-20"));
        let text = admin.get(&format!("{sheet}?lang=es")).expect(200).text;
        for words in ["| 31 de octubre de 2023 «antes de noviembre» |", "Prórroga del 1 de septiembre de 2023: del 31 de octubre de 2023 al 15 de diciembre de 2023"] {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
        let text = admin.get(&format!("{sheet}?lang=en")).expect(200).text;
        for words in ["| 31 October 2023 “antes de noviembre” |", "Extended on 1 September 2023: from 31 October 2023 to 15 December 2023"] {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
    }
}

on_both! {
    fn a_registry_leaves_out_columns_and_parts_that_are_empty(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let path = "/registry?country_code=CL&from=2023-05-01&to=2023-12-31";
        let empty = who.get(&format!("{path}&format=md")).expect(200).text;
        assert!(empty.contains("No hay actividades validadas en el período."), "{empty}");
        assert!(!empty.contains("##") && !empty.contains("| Título"), "{empty}");
        let english = who.get(&format!("{path}&format=md&lang=en")).expect(200).text;
        assert!(english.contains("There are no validated activities in the period."), "{english}");
        let enter = |own: serde_json::Value| {
            let mut body = json!({"country_code": "CL", "kind": "training", "title": "Curso", "commission_ids": [ceti], "status": "validated"});
            body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
            who.post("/activities", body).expect(201);
        };
        enter(json!({"title": "Boletín", "period": {"from": "2023-05-01"}}));
        let undated = who.get(&format!("{path}&format=md")).expect(200).text;
        assert!(undated.contains("## Sin fecha\n\n| Título | Tipo | Comisiones |\n"), "{undated}");
        assert!(!undated.contains("## Actividades\n"), "{undated}");
        assert!(undated.contains("- La actividad no indica cuántas personas participaron.\n") && !undated.contains("contados: 0"), "{undated}");
        enter(json!({"starts": "2023-06", "participants": {"women": 12, "men": 8}}));
        let both = who.get(&format!("{path}&format=md")).expect(200).text;
        for words in ["## Actividades\n\n| Fecha | Título | Tipo | Comisiones | Mujeres | Hombres | Participantes |\n", "| junio de 2023 | Curso | Capacitación | CETI | 12 | 8 | 20 |"] {
            assert!(both.contains(words), "{words} in:\n{both}");
        }
        let sheet = part(&bytes(who.get(&format!("{path}&format=xlsx")), XLSX), "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>"), "the name of the sheet and the page");
    }
}

on_both! {
    fn every_page_of_a_list_states_its_day_or_period(world) {
        let ceti = world.commission("CL", "CETI");
        world.member(&ceti, &world.institution("Ministerio de Salud"), "member");
        let who = world.secretariat(&ceti);
        let members = format!("/commissions/{ceti}/members/document?on=2023-08-01");
        let text = who.get(&members).expect(200).text;
        assert!(text.contains("| Institución | Función | Voto |\n"), "no column without a text in:\n{text}");
        let extent = "Compromisos cuyo plazo vence del 1 de enero de 2023 al 31 de diciembre de 2023; estado al 1 de septiembre de 2023.";
        for (path, foot) in [
            (members, "Integrantes al 1 de agosto de 2023"),
            ("/compliance/document?country_code=CL&from=2023-01-01&to=2023-12-31".to_owned(), extent),
        ] {
            let docx = bytes(who.get(&format!("{path}&format=docx")), DOCX);
            let feet = (1..=3).filter_map(|n| {
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&docx)).ok()?;
                archive.by_name(&format!("word/footer{n}.xml")).is_ok().then(|| part(&docx, &format!("word/footer{n}.xml")))
            });
            let feet: String = feet.collect();
            assert!(feet.contains(foot), "{foot} in:\n{feet}");
        }
    }
}

on_both! {
    fn the_room_to_sign_stays_with_the_names_below_it(world) {
        let ceti = world.commission("CL", "CETI");
        world.member(&ceti, &world.institution("Ministerio de Salud"), "lead");
        let who = world.secretariat(&ceti);
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08", "status": "held"});
        let minutes = format!("/meetings/{}/minutes", who.post("/meetings", body).expect(201).id());
        who.put(&minutes, json!({"body": "Texto"})).expect(200);
        let docx = bytes(who.get(&format!("{minutes}/document?format=docx")), DOCX);
        let body = part(&docx, "word/document.xml");
        let (_, signatures) = body.split_once(">Firmas<").unwrap();
        let (room, names) = signatures.split_once("Ministerio de Salud").unwrap();
        assert_eq!(room.matches("<w:keepNext>").count(), 4, "the sentence above, and the cells of the empty row: {room}");
        assert!(names.contains("Presidencia: Comisión CETI"), "{names}");
        let list = bytes(who.get(&minutes.replace("minutes", "attendance/document?format=docx")), DOCX);
        let kept = part(&list, "word/document.xml").matches("w:val=\"CellKept\"").count();
        assert_eq!(kept, 7 * 5, "the row of the member and the six empty rows of the attendance list");
        for paragraphs in (1..=33).step_by(4) {
            let text = vec!["Se trató el protocolo de derivación."; paragraphs].join("\n\n");
            who.put(&minutes, json!({"body": text})).expect(200);
            let pdf = bytes(who.get(&format!("{minutes}/document?format=pdf")), "application/pdf");
            let Some(pages) = pdf_pages(&pdf) else { return };
            let last = pages.last().unwrap();
            assert!(last.contains("Firmas Firman el acta de la sesión «Sesión» (agosto de 2023): Ministerio de Salud"), "{pages:?}");
        }
    }
}
