//! Documents: reports, actas, follow-up sheets and registries as DOCX, PDF and XLSX, opened by other programs.

mod brand;
mod english;
mod issued;
pub(crate) mod readers;
mod shapes;
mod wording;

use std::io::{Cursor, Read};

use articula::db::Tx;
use articula::db::schema::activities;
use calamine::{Data, Reader};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, World};

/// Returns a file of a package as text.
pub(crate) fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn bytes(answer: Answer, media_type: &str) -> Vec<u8> {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some(media_type)), "{}", answer.text);
    answer.bytes
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Returns the day of a cell that is a date.
fn day(cell: &Data) -> Option<NaiveDate> {
    let Data::DateTime(date) = cell else { return None };
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(date.as_f64() as u64))
}

/// Makes a report of Chile with a roadmap, a priority, and a next step with progress.
fn report(world: &World) -> String {
    let who = world.coordinator("CL");
    let plan =
        who.post("/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"})).expect(201).id();
    let item = |body: Value| who.post(&format!("/plans/{plan}/items"), body).expect(201).id();
    let priority = item(json!({"kind": "priority", "title": "Actualizar <protocolos> & normas"}));
    let step = item(
        json!({"kind": "next_step", "title": "Capacitar", "period_from": "2023-05-01", "period_to": "2023-12-31"}),
    );
    let activity = json!({"country_code": "CL", "kind": "training", "title": "Curso", "starts": "2023-06-14",
        "plan_item_ids": [priority, step], "status": "validated"});
    who.post("/activities", activity).expect(201);
    // Records from before the check of entries may contain control characters.
    let old_title = |tx: &mut Tx<'_>| {
        let title = activities::title.eq("Curso #1 = \"raro\" \u{7}🙂 $x$");
        Ok(diesel::update(activities::table).set(title).execute(tx.conn)?)
    };
    assert_eq!(world.state.db.write(None, world.clock.now(), old_title).unwrap(), 1);
    let body = json!({"country_code": "CL", "template": "alliance87-annual", "period_from": "2023-05-01", "period_to": "2023-12-31", "roadmap_id": plan});
    let id = who.post("/reports", body).expect(201).id();
    let rows = json!({"rows": [{"partner": "OIT", "partner_type": "ilo", "description": "Apoyo técnico"}]});
    who.put(&format!("/reports/{id}/answers/intl_partner_detail"), rows).expect(200);
    who.put(&format!("/reports/{id}/answers/overall_rating"), json!({"choices": ["great"]})).expect(200);
    id
}

on_both! {
    fn the_report_is_a_docx_with_headings_boxes_tables_and_contents(world) {
        world.country("CL");
        let id = report(world);
        let who = world.coordinator("CL");
        let path = format!("/reports/{id}/document?format=docx");
        let docx = bytes(who.get(&path), DOCX);
        assert_eq!(bytes(who.get(&path), DOCX), docx, "the same report gives the same bytes");
        let body = part(&docx, "word/document.xml");
        for words in ["w:val=\"Heading1\"", "w:val=\"Heading2\"", "TOC \\o", "<w:tblHeader>", "☒", "☐", "Actualizar &lt;protocolos&gt; &amp; normas", "Curso #1 = &quot;raro&quot; 🙂 $x$"] {
            assert!(body.contains(words), "{words} in:\n{body}");
        }
        assert!(!body.contains('\u{7}'), "XML has no place for it");
        assert!(!body.contains("<w:cantSplit></w:cantSplit><w:tblHeader>"), "LibreOffice would lose rows");
        assert!(part(&docx, "word/settings.xml").contains("w:updateFields"), "the word processor counts the pages");
        assert!(part(&docx, "word/styles.xml").contains("<w:lang w:val=\"es-CL\""));
        assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Informe de progreso anual: Chile, mayo a diciembre de 2023</dc:title>"));
        let english = bytes(who.get(&format!("{path}&lang=en")), DOCX);
        assert!(part(&english, "word/styles.xml").contains("<w:lang w:val=\"en-CL\""));
        readers::docx(&docx, &readers::Expected { headings: 34, tables: 2, title: "Informe de progreso anual: Chile, mayo a diciembre de 2023" });
    }
}

on_both! {
    fn the_report_is_a_tagged_pdf_that_anybody_can_read(world) {
        world.country("CL");
        let id = report(world);
        let who = world.coordinator("CL");
        let path = format!("/reports/{id}/document?format=pdf");
        let pdf = bytes(who.get(&path), "application/pdf");
        assert_eq!(bytes(who.get(&path), "application/pdf"), pdf, "the same report gives the same bytes");
        let inside = String::from_utf8_lossy(&pdf);
        for sign in ["%PDF-1.7", "/Lang", "/StructTreeRoot", "/Outlines", "pdfuaid:part"] {
            assert!(inside.contains(sign), "{sign}");
        }
        readers::pdf(&pdf, &["Informe de progreso anual: Chile", "Curso #1 = \"raro\"", "☒ Mucho progreso", "Apoyo técnico"]);
        let compared = bytes(who.get(&format!("/reports/{id}/comparison/document?format=pdf")), "application/pdf");
        readers::pdf(&compared, &["Comparación con el informe anterior: Chile, mayo a diciembre de 2023", "El país no tiene un informe anterior."]);
    }
}

on_both! {
    fn the_acta_is_had_as_docx_and_pdf(world) {
        let ceti = world.commission("CL", "CETI");
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Tercera sesión", "held": "2023-06", "status": "held"});
        let secretariat = world.secretariat(&ceti);
        let path = format!("/meetings/{}/minutes", secretariat.post("/meetings", body).expect(201).id());
        secretariat.get(&format!("{path}/document?format=pdf")).expect(404);
        let text = "# Apertura\n\n1. Se leyó el **acta** anterior.\n2. Véase [el anexo](https://example.org/a?b=1&c=2).\n\n#set page(width: 1cm)";
        secretariat.put(&path, json!({"body": text})).expect(200);
        world.observer(&ceti).get(&format!("{path}/document?format=docx")).expect(404);
        let docx = bytes(secretariat.get(&format!("{path}/document?format=docx")), DOCX);
        assert!(part(&docx, "word/_rels/document.xml.rels").contains("Target=\"https://example.org/a?b=1&amp;c=2\""));
        readers::docx(&docx, &readers::Expected { headings: 8, tables: 2, title: "Acta: Tercera sesión" });
        let pdf = bytes(secretariat.get(&format!("{path}/document?format=pdf")), "application/pdf");
        readers::pdf(&pdf, &["Acta: Tercera sesión", "1. Se leyó el acta anterior.", "#set page(width: 1cm)"]);
    }
}

on_both! {
    fn the_registry_is_a_workbook_with_typed_cells(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let enter = |body: Value| {
            let mut whole = json!({"country_code": "CL", "kind": "training", "title": "Curso", "commission_ids": [ceti], "status": "validated"});
            whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
            who.post("/activities", whole).expect(201).id()
        };
        enter(json!({"title": "=cmd|' /C calc'!A0", "starts": "2023-06-14", "ends": "2023-06-16", "participants": {"total": 2163}, "themes": ["child_labour"], "territories": ["Ica", "Lima"]}));
        enter(json!({"title": "Feria", "starts": "2023-Q3", "result": "Una feria en cada comuna. ".repeat(8)}));
        enter(json!({"title": "Boletín", "period": {"from": "2023-05-01"}}));
        enter(json!({"title": "Reservada", "starts": "2023-07", "restricted": true}));
        let translated = json!({"en": {"title": "Newsletter"}});
        enter(json!({"title": "Revista", "starts": "2022-08-01", "translations": translated}));
        for format in ["csv", "md"] {
            let told = |lang: &str| who.get(&format!("/registry?country_code=CL&from=2022-05-01&to=2022-12-31&format={format}&lang={lang}")).expect(200).text;
            assert!(told("en").contains("Newsletter") && !told("en").contains("Revista"), "{format}");
            assert!(told("es").contains("Revista") && !told("es").contains("Newsletter"), "{format}");
        }
        let path = "/registry?country_code=CL&from=2023-05-01&to=2023-12-31&format=";
        let xlsx = bytes(who.get(&format!("{path}xlsx")), XLSX);
        assert_eq!(bytes(who.get(&format!("{path}xlsx")), XLSX), xlsx, "the same registry gives the same bytes");
        // Printed on A3 with letters of 7 points; every page has the headings and the columns that name the activity.
        let printed = part(&xlsx, "xl/worksheets/sheet1.xml");
        assert!(printed.contains(r#"paperSize="8" scale="64""#) && printed.contains(r#"orientation="landscape""#), "{printed}");
        assert!(part(&xlsx, "xl/workbook.xml").contains("Actividades!$A:$C,Actividades!$1:$1"), "{}", part(&xlsx, "xl/workbook.xml"));
        assert!(!part(&xlsx, "xl/worksheets/sheet3.xml").contains("scale="), "the totals fit on a page");
        let heights: Vec<&str> = printed.split("<row ").skip(1).filter_map(|row| row.split(" ht=\"").nth(1)?.split('"').next()).collect();
        assert!(heights.len() >= 2 && heights.iter().all(|height| height.parse::<f64>().unwrap() >= 30.0), "the headings and the long result have room: {heights:?}");
        let mut book = calamine::Xlsx::new(Cursor::new(xlsx.clone())).unwrap();
        assert_eq!(book.sheet_names(), ["Actividades", "Sin fecha", "Totales", "Explicaciones"]);
        let sheet = book.worksheet_range("Actividades").unwrap();
        let column = |name: &str| sheet.rows().next().unwrap().iter().position(|cell| *cell == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(sheet.height(), 4);
        let cell = |row: usize, name: &str| sheet[(row, column(name))].clone();
        assert_eq!(cell(1, "Título"), Data::String("=cmd|' /C calc'!A0".to_owned()), "a text, no formula");
        assert!(book.worksheet_formula("Actividades").unwrap().used_cells().next().is_none());
        assert_eq!(cell(1, "Participantes"), Data::Float(2163.0));
        assert_eq!(day(&cell(1, "Primer día")), NaiveDate::from_ymd_opt(2023, 6, 14));
        assert!(matches!(cell(1, "Último día"), Data::DateTime(_)), "{:?}", cell(1, "Último día"));
        assert_eq!((cell(3, "Inicio"), day(&cell(3, "Último día"))), (Data::String("2023-Q3".to_owned()), NaiveDate::from_ymd_opt(2023, 9, 30)));
        assert_eq!(book.worksheet_range("Sin fecha").unwrap().height(), 2);
        let totals = book.worksheet_range("Totales").unwrap();
        assert!(totals.rows().any(|row| row[0] == "Comisión" && row[1] == "CETI" && row[2] == Data::Float(4.0)));
        let seen = calamine::Xlsx::new(Cursor::new(bytes(world.observer(&ceti).get(&format!("{path}xlsx")), XLSX))).unwrap().worksheet_range("Actividades").unwrap();
        assert_eq!(seen.height(), 3, "what is restricted is not there");
        readers::xlsx(&xlsx, "Actividades", ["Primer día", "Participantes"], "2023-06-14 00:00:00|2163|A2|A1:AB4");
        let semicolons = who.get(&format!("{path}csv&separator=semicolon")).expect(200);
        assert!(semicolons.text.starts_with("\u{feff}Comisiones;Tipo;Título;"), "{}", semicolons.text);
        assert!(semicolons.text.contains(";'=cmd|' /C calc'!A0;"));
        let pdf = bytes(who.get(&format!("{path}pdf")), "application/pdf");
        readers::pdf(&pdf, &["Registro de actividades: Chile, mayo a diciembre de 2023", "Actividades por mes", "Territorios alcanzados", "14 al 16 de junio de 2023"]);
        let docx = bytes(who.get(&format!("{path}docx")), DOCX);
        assert!(part(&docx, "word/document.xml").contains("w:orient=\"landscape\""));
        who.get(&format!("{path}xlsx&separator=tab")).expect(400);
    }
}

on_both! {
    fn a_long_registry_is_read_piece_by_piece(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let path = "/registry?country_code=CL&from=2023-01-01&to=2023-12-31&format=csv";
        let cost = || {
            let before = world.statements();
            let lines = who.get(path).expect(200).text.lines().count() - 1;
            (lines, world.statements() - before)
        };
        let enter = |n: usize| {
            let body = json!({"country_code": "CL", "kind": "talk", "title": format!("Charla {n}"), "commission_ids": [ceti], "starts": "2023-06", "status": "validated"});
            who.post("/activities", body).expect(201);
        };
        enter(0);
        let one = cost();
        (1..30).for_each(enter);
        assert_eq!((one.0, cost()), (1, (30, one.1)));
    }
}

on_both! {
    fn the_matrix_has_a_row_for_whoever_stands_alike(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, dt, sename) = (world.institution("Minsal"), world.institution("Dirección del Trabajo"), world.institution("Sename"));
        let who = world.secretariat(&ceti);
        let session = who.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera sesión", "held": "2023-09-01", "status": "held"})).expect(201).id();
        let agreement = who.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Elaborar un protocolo", "number": "6", "meeting_id": session})).expect(201).id();
        let body = json!({"commission_ids": [ceti], "agreement_id": agreement, "meeting_id": session, "text": "+Redactar", "due": "2023-Q4",
            "assignments": [{"institution_id": minsal}, {"institution_id": dt, "role": "co_responsible"}, {"institution_id": sename}]});
        let made = who.post("/commitments", body).expect(201).json;
        who.post("/commitments", json!({"commission_ids": [ceti], "text": "Reservado", "restricted": true})).expect(201);
        let part = |n: usize| format!("/commitments/{}/assignments/{}/updates", made["id"].as_str().unwrap(), made["assignments"][n]["id"].as_str().unwrap());
        let report = json!({"reported_on": "2023-09-01", "status": "in_progress", "narrative": "Borrador listo", "percent": 40, "on_behalf": true,
            "evidence": [{"title": "Borrador", "url": "https://example.org/b"}]});
        who.post(&part(2), report).expect(201);
        let xlsx = bytes(who.get(&format!("/follow-up-matrix?commission_id={ceti}")), XLSX);
        let mut book = calamine::Xlsx::new(Cursor::new(xlsx)).unwrap();
        let sheet = book.worksheet_range("Matriz").unwrap();
        let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        assert_eq!(rows[0], ["N°", "Comisión", "Sesión", "Fecha de la sesión", "Acuerdo", "Compromiso", "Responsable(s)", "Corresponsable(s)", "Plazo", "Fecha límite", "Estado", "% Avance", "Fecha de cumplimiento", "Medio de verificación", "Observaciones"]);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[1][4..9], ["6. Elaborar un protocolo", "+Redactar", "Minsal", "Dirección del Trabajo", "cuarto trimestre de 2023"]);
        assert_eq!(rows[2][6..7], ["Sename"]);
        assert_eq!(rows[2][10..], ["En proceso", "40", "", "Borrador (https://example.org/b)", "Borrador listo"]);
        assert_eq!(day(&sheet[(1, 9)]), NaiveDate::from_ymd_opt(2023, 12, 31));
        let seen = world.observer(&ceti).get("/follow-up-matrix?country_code=CL&format=csv&separator=semicolon").expect(200).text;
        assert!(seen.contains("Redactar") && !seen.contains("Reservado"), "{seen}");
        assert!(seen.contains(";'+Redactar;"), "{seen}");
        let sheet = who.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Segunda sesión", "held": "2023-09-05"})).expect(201).id();
        world.at("2023-09-06T12:00:00Z");
        let path = format!("/meetings/{sheet}/follow-up/document");
        let told = who.get(&path).expect(200).text;
        for words in ["# Hoja de seguimiento: Segunda sesión", "Sesión anterior de CETI: Primera sesión, 1 de septiembre de 2023.", "| Dirección del Trabajo Minsal | cuarto trimestre de 2023 |", "| CETI-2023-001 El mismo compromiso | Sename |", "En proceso 40\u{a0}%", "1 de septiembre de 2023 Borrador listo Evidencia: Borrador", "Primera sesión, 1 de septiembre de 2023. Acuerdo 6: Elaborar un protocolo"] {
            assert!(told.contains(words), "{words} in:\n{told}");
        }
        readers::pdf(&bytes(who.get(&format!("{path}?format=pdf")), "application/pdf"), &["Compromisos por estado y comisión", "cuarto trimestre de 2023"]);
        readers::docx(&bytes(who.get(&format!("{path}?format=docx")), DOCX), &readers::Expected { headings: 3, tables: 3, title: "Hoja de seguimiento: Segunda sesión" });
    }
}

on_both! {
    fn a_follow_up_sheet_has_the_order_of_agreements_and_long_lists_of_institutions_below_its_tables(world) {
        let ceti = world.commission("CL", "CETI");
        let who = world.secretariat(&ceti);
        let session = who.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera sesión", "held": "2023-09-01", "status": "held"})).expect(201).id();
        let regions: Vec<Value> = (1..=12).map(|n| json!({"institution_id": world.institution(&format!("N{n:02} Oficina del Trabajo y de la Seguridad Social"))})).collect();
        let owe = |number: &str, assigned: &[Value]| {
            let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": format!("Asunto {number}"), "number": number, "meeting_id": session});
            let agreement = who.post("/agreements", agreement).expect(201).id();
            let body = json!({"commission_ids": [ceti], "agreement_id": agreement, "meeting_id": session, "text": "Informar", "assignments": assigned});
            who.post("/commitments", body).expect(201);
        };
        owe("10", &regions[..1]);
        owe("2", &regions);
        let sheet = who.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Segunda sesión", "held": "2023-09-05"})).expect(201).id();
        world.at("2023-09-06T12:00:00Z");
        let path = format!("/meetings/{sheet}/follow-up/document");
        let told = who.get(&path).expect(200).text;
        let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words} in:\n{told}"));
        assert!(place("Acuerdo 2: Asunto 2") < place("Acuerdo 10: Asunto 10"), "{told}");
        assert!(place("| 12 instituciones, que se nombran debajo de la tabla |") < place("**CETI-2023-002, instituciones:**"), "{told}");
        assert!(place("N12 Oficina del Trabajo") > place("**CETI-2023-002, instituciones:**"), "{told}");
        assert!(told.contains("Último informe"), "{told}");
        let by_institution = who.get(&format!("{path}?group=institution")).expect(200).text;
        assert!(!by_institution.contains("Último informe") && !by_institution.contains("Revisión"), "nobody has reported: {by_institution}");
    }
}
