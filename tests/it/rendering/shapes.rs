//! Checks that no text breaks a document, and that a document names nothing that its reader may not know.

use articula::db::Tx;
use articula::db::schema::minutes;
use diesel::prelude::*;
use serde_json::json;

use super::{bytes, report as report_of_chile};
use crate::on_both;
use crate::support::World;

/// Returns texts that are difficult for the formats.
fn hard_texts() -> Vec<String> {
    vec![
        "- #### x\n- y\n\n##### z".into(),
        "1. # uno\n   - ###### dos".into(),
        format!("[x](https://a.example/{})", "a".repeat(9000)),
        "# \u{1}\n\ntexto".into(),
        "# \u{200b}\n\n## \u{feff}".into(),
        "# Uno\n\n###### Dos\n\n**Tres**\n\n#### Cuatro\n\n**\u{200b}**".into(),
        "> # Cita\n> - ## x\n\n#\n\n##### y".into(),
    ]
}

/// Stores a text of minutes as a version of the program did that did not check its characters.
fn store_minutes(world: &World, text: &str) {
    let store = |tx: &mut Tx<'_>| Ok(diesel::update(minutes::table).set(minutes::body.eq(text)).execute(tx.conn)?);
    assert_eq!(world.state.db.write(None, world.clock.now(), store).unwrap(), 1);
}

on_both! {
    fn minutes_and_answers_of_any_shape_make_a_pdf(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08"});
        let session = format!("/meetings/{}", admin.post("/meetings", session).expect(201).id());
        let report = report_of_chile(world);
        let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "\u{200b}", "meeting_id": session.rsplit('/').next().unwrap(), "text": "- # x"});
        admin.post("/agreements", agreement).expect(201);
        admin.put(&format!("{session}/minutes"), json!({"body": "Texto"})).expect(200);
        for text in hard_texts() {
            store_minutes(world, &text);
            bytes(admin.get(&format!("{session}/minutes/document?format=pdf")), "application/pdf");
            admin.get(&format!("{session}/minutes/document?format=docx")).expect(200);
        }
        let text = hard_texts().join("\n\n");
        let answer = format!("/reports/{report}/answers/difficulties");
        let refused = admin.put(&answer, json!({"text": text})).expect(422).faults();
        assert_eq!(refused, [("/text".to_owned(), "hidden_characters".to_owned())]);
        let text = text.replace('\u{1}', "");
        admin.put(&format!("/reports/{report}/answers/difficulties"), json!({"text": text})).expect(200);
        bytes(admin.get(&format!("/reports/{report}/document?format=pdf")), "application/pdf");
    }
}

on_both! {
    fn a_paper_of_a_joint_session_names_only_commissions_that_the_reader_may_know(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let guest = world.institution("Invitada");
        let admin = world.admin();
        let session = json!({"commission_ids": [ceti, mitp], "kind": "ordinary", "title": "Conjunta", "held": "2023-08-01", "status": "held"});
        let session = format!("/meetings/{}", admin.post("/meetings", session).expect(201).id());
        admin.put(&format!("{session}/attendance"), json!([{"institution_id": guest, "status": "present"}])).expect(200);
        for (commission, due) in [(&ceti, "2023-09"), (&mitp, "2023-10")] {
            world.at("2023-07-01T12:00:00Z");
            let body = json!({"commission_ids": [commission], "text": "Informar", "due": due, "assignments": [{"institution_id": guest}]});
            admin.post("/commitments", body).expect(201);
        }
        world.at("2023-09-01T12:00:00Z");
        admin.put(&format!("{session}/minutes"), json!({"body": "Se acordó."})).expect(200);
        admin.post(&format!("{session}/minutes/circulation"), json!({})).expect(200);
        for (person, knows) in [
            (world.coordinator("CL"), [true, true]),
            (world.observer(&ceti), [true, false]),
            (world.secretariat(&mitp), [false, true]),
            (world.representative(&guest), [false, false]),
        ] {
            let acta = person.get(&format!("{session}/minutes/document")).expect(200).text;
            let sheet = person.get(&format!("{session}/follow-up/document")).expect(200).text;
            for (acronym, knows) in ["CETI", "MITP"].into_iter().zip(knows) {
                assert!(acta.contains(&format!("Comisión {acronym}")), "{acronym} in:\n{acta}");
                assert_eq!(sheet.contains(&format!("de {acronym}")), knows, "{acronym} in:\n{sheet}");
                assert_eq!(sheet.contains(&format!("| {acronym} |")), knows, "{acronym} in:\n{sheet}");
            }
            bytes(person.get(&format!("{session}/minutes/document?format=pdf")), "application/pdf");
            bytes(person.get(&format!("{session}/follow-up/document?format=pdf")), "application/pdf");
        }
    }
}

on_both! {
    fn no_cell_of_a_csv_is_a_formula_whichever_sign_parts_the_cells(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let title = "Taller;=cmd|'/C calc'!A0,+1\n-2";
        let body = json!({"country_code": "CL", "kind": "talk", "title": title, "commission_ids": [ceti], "starts": "2023-06", "status": "validated"});
        who.post("/activities", body).expect(201);
        let commitment = json!({"commission_ids": [ceti], "text": title, "assignments": [{"institution_id": world.institution("Minsal")}]});
        who.post("/commitments", commitment).expect(201);
        for separator in ["comma", "semicolon"] {
            for path in ["/registry?country_code=CL&from=2023-01-01&to=2023-12-31", "/follow-up-matrix?country_code=CL"] {
                let csv = who.get(&format!("{path}&format=csv&separator={separator}")).expect(200).text;
                assert!(csv.contains("Taller"), "{csv}");
                let cells = csv.split([',', ';', '\t', '\n', '\r']).map(|cell| cell.trim_start_matches([' ', '"']));
                let formulas: Vec<_> = cells.filter(|cell| cell.starts_with(['=', '+', '-', '@'])).collect();
                assert!(formulas.is_empty(), "{formulas:?} in:\n{csv}");
            }
        }
    }
}
