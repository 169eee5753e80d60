//! Documents in English name commissions, institutions and sessions as their records are translated.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::World;

/// Gives a record English texts.
fn translate(world: &World, path: &str, texts: Value) {
    world.admin().patch(path, json!({"translations": {"en": texts}})).expect(200);
}

on_both! {
    fn every_document_has_the_english_names(world) {
        let ceti = world.commission("CL", "CETI");
        let (lead, salud) = (world.institution("Ministerio del Trabajo"), world.institution("Ministerio de Salud"));
        translate(world, &format!("/commissions/{ceti}"), json!({"name": "Commission on Child Labour"}));
        translate(world, &format!("/institutions/{lead}"), json!({"name": "Ministry of Labour"}));
        translate(world, &format!("/institutions/{salud}"), json!({"name": "Ministry of Health"}));
        world.member(&ceti, &lead, "secretariat");
        world.member(&ceti, &salud, "member");
        let who = world.secretariat(&ceti);
        let english = json!({"en": {"title": "First session", "agenda/0/title": "Follow-up of the plan", "agenda/0/presenter": "Secretariat"}});
        let agenda = json!([{"title": "Seguimiento del plan", "kind": "follow_up", "presenter": "Secretaría"}]);
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera sesión", "held": "2023-08-30", "status": "held", "translations": english});
        let session = format!("/meetings/{}", who.post("/meetings", session).expect(201).id());
        who.put(&format!("{session}/agenda"), agenda).expect(200);
        let list = json!([{"institution_id": salud, "status": "present", "person": "Ana Rojas"}]);
        who.put(&format!("{session}/attendance"), list).expect(200);
        let commitment = json!({"commission_ids": [ceti], "meeting_id": session.trim_start_matches("/meetings/"), "text": "Informar", "due": "2023-12-31",
            "translations": {"en": {"text": "Report to the session"}}, "assignments": [{"institution_id": salud, "target": {"quantity": 12, "unit": "talleres"}}]});
        who.post("/commitments", commitment).expect(201);
        who.put(&format!("{session}/minutes"), json!({"body": "Se trató el plan."})).expect(200);
        let next = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Segunda sesión", "held": "2023-09-20"});
        let next = format!("/meetings/{}", who.post("/meetings", next).expect(201).id());
        let read = |path: &str| {
            let sign = if path.contains('?') { '&' } else { '?' };
            (who.get(&format!("{path}{sign}lang=en")).expect(200).text, who.get(&format!("{path}{sign}lang=es")).expect(200).text)
        };
        let period = "from=2023-01-01&to=2023-12-31";
        for (path, words) in [
            (format!("{session}/minutes/document"), vec!["First session", "Follow-up of the plan", "Secretariat", "Report to the session"]),
            (format!("{session}/convocation/document"), vec!["First session", "Follow-up of the plan"]),
            (format!("{session}/attendance/document"), vec!["First session"]),
            (format!("{next}/follow-up/document"), vec!["First session", "Report to the session", "target: 12 talleres"]),
            (format!("{next}/follow-up/document?group=institution"), vec!["## Ministry of Health"]),
            (format!("/commissions/{ceti}/members/document?on=2023-08-30"), vec!["Commission on Child Labour", "Ministry of Labour"]),
            (format!("/commissions/{ceti}/attendance/document?{period}"), vec!["Commission on Child Labour", "First session"]),
            (format!("/compliance/document?country_code=CL&{period}"), vec!["Commission on Child Labour"]),
        ] {
            let (english, spanish) = read(&path);
            for word in words.into_iter().chain(["Ministry of Health"]) {
                assert!(english.contains(word), "{path}: {word} in:\n{english}");
            }
            assert!(!english.contains("Ministerio de Salud") && !english.contains("Comisión CETI"), "{path}:\n{english}");
            assert!(spanish.contains("Ministerio de Salud") && !spanish.contains("Ministry"), "{path}:\n{spanish}");
        }
        let sheet = read(&format!("{next}/follow-up/document")).1;
        assert!(sheet.contains("meta: 12 talleres") && !sheet.contains("0 de 12"), "nobody has reported a quantity: {sheet}");
    }
}

on_both! {
    fn the_english_names_of_an_acta_are_frozen_and_do_not_show_restricted_records(world) {
        let ceti = world.commission("CL", "CETI");
        let (salud, senda) = (world.institution("Ministerio de Salud"), world.institution("Senda"));
        translate(world, &format!("/institutions/{salud}"), json!({"name": "Ministry of Health"}));
        translate(world, &format!("/institutions/{senda}"), json!({"name": "Hidden service"}));
        world.member(&ceti, &salud, "member");
        let who = world.secretariat(&ceti);
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera sesión", "held": "2023-08-30", "status": "held"});
        let id = who.post("/meetings", session).expect(201).id();
        let secret = json!({"commission_ids": [ceti], "meeting_id": id, "text": "Reservado", "restricted": true,
            "translations": {"en": {"text": "Kept apart"}}, "assignments": [{"institution_id": senda}]});
        who.post("/commitments", secret).expect(201);
        let path = format!("/meetings/{id}/minutes");
        who.put(&path, json!({"body": "Texto"})).expect(200);
        let list = json!([{"institution_id": salud, "status": "present"}]);
        who.put(&format!("/meetings/{id}/attendance"), list).expect(200);
        who.post(&format!("{path}/approval"), json!({})).expect(200);
        translate(world, &format!("/institutions/{salud}"), json!({"name": "Renamed"}));
        let english = who.get(&format!("{path}/document?lang=en")).expect(200).text;
        assert!(english.contains("Ministry of Health") && !english.contains("Renamed"), "{english}");
        assert!(!english.contains("Hidden service") && !english.contains("Kept apart"), "{english}");
        let apart = who.get(&format!("{path}/document?lang=en&part=restricted")).expect(200).text;
        assert!(apart.contains("Hidden service") && apart.contains("Kept apart"), "{apart}");
    }
}

on_both! {
    fn the_name_of_a_file_says_what_it_contains(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "III sesión", "held": "2023-08-30", "status": "held"});
        let session = format!("/meetings/{}", who.post("/meetings", session).expect(201).id());
        who.put(&format!("{session}/minutes"), json!({"body": "Texto"})).expect(200);
        for (path, name) in [
            (format!("{session}/minutes/document?format=pdf"), "acta-iii-sesion-2023-08-30.pdf"),
            (format!("{session}/attendance/document?format=docx"), "lista-de-asistencia-iii-sesion-2023-08-30.docx"),
            (format!("{session}/convocation/document?lang=en"), "convocation-iii-sesion-2023-08-30.md"),
            (format!("{session}/follow-up/document"), "hoja-de-seguimiento-iii-sesion-2023-08-30.md"),
            (format!("/commissions/{ceti}/members/document"), "integrantes-comision-ceti.md"),
        ] {
            let answer = who.get(&path).expect(200);
            assert_eq!(answer.header("content-disposition"), Some(format!("attachment; filename=\"{name}\"").as_str()), "{path}");
        }
    }
}

on_both! {
    fn institutions_whose_follow_up_is_alike_share_a_table(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera", "held": "2023-08-30", "status": "held"});
        let session = who.post("/meetings", session).expect(201).id();
        let regions: Vec<Value> = ["Ica", "Lima", "Tacna", "Puno", "Junín"]
            .iter().map(|name| json!({"institution_id": world.institution(&format!("Gobierno Regional de {name}"))})).collect();
        let body = json!({"commission_ids": [ceti], "meeting_id": session, "text": "Informar", "assignments": regions});
        who.post("/commitments", body).expect(201);
        let own = world.institution("Ministerio de Salud");
        let body = json!({"commission_ids": [ceti], "meeting_id": session, "text": "Capacitar", "assignments": [{"institution_id": own}]});
        who.post("/commitments", body).expect(201);
        let next = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Segunda", "held": "2023-09-20"});
        let next = who.post("/meetings", next).expect(201).id();
        let sheet = who.get(&format!("/meetings/{next}/follow-up/document?group=institution&lang=es")).expect(200).text;
        for words in ["## 5 instituciones en el mismo estado\n\nGobierno Regional de Ica, Junín, Lima, Puno, Tacna\n", "## Ministerio de Salud\n"] {
            assert!(sheet.contains(words), "{words} in:\n{sheet}");
        }
        assert_eq!(sheet.matches("Informar").count(), 1, "{sheet}");
    }
}
