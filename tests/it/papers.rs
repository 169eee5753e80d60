//! Papers: report and acta as DOCX and PDF, opened again by this program and by others.

mod readers;

use std::io::{Cursor, Read};

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, World};

/// One file of a package, as text.
fn part(docx: &[u8], name: &str) -> String {
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

/// A roadmap of Chile with a priority and a next step on which something was done.
fn report(world: &World) -> String {
    let who = world.coordinator("CL");
    let plan =
        who.post("/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"})).expect(201).id();
    let item = |body: Value| who.post(&format!("/plans/{plan}/items"), body).expect(201).id();
    let priority = item(json!({"kind": "priority", "title": "Actualizar <protocolos> & normas"}));
    let step = item(
        json!({"kind": "next_step", "title": "Capacitar", "period_from": "2023-05-01", "period_to": "2023-12-31"}),
    );
    let activity = json!({"country_code": "CL", "kind": "training", "title": "Curso #1 = \"raro\" \u{7}🙂 $x$", "starts": "2023-06-14",
        "plan_item_ids": [priority, step], "status": "validated"});
    who.post("/activities", activity).expect(201);
    let body = json!({"country_code": "CL", "template": "alliance87-annual", "period_from": "2023-05-01", "period_to": "2023-12-31", "roadmap_id": plan});
    let id = who.post("/reports", body).expect(201).id();
    let rows = json!({"rows": [{"partner": "OIT", "partner_type": "ilo", "description": "Apoyo técnico"}]});
    who.put(&format!("/reports/{id}/answers/intl_partner_detail"), rows).expect(200);
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
        assert!(part(&docx, "word/styles.xml").contains("<w:lang w:val=\"es-CL\""));
        assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Informe de progreso anual: Chile, mayo a diciembre de 2023</dc:title>"));
        let english = bytes(who.with("accept-language", "en").get(&path), DOCX);
        assert!(part(&english, "word/styles.xml").contains("<w:lang w:val=\"en-CL\""));
        readers::docx(&docx, &readers::Expected { headings: 35, tables: 1, title: "Informe de progreso anual: Chile, mayo a diciembre de 2023" });
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
        readers::pdf(&pdf, &["Informe de progreso anual: Chile", "Curso #1 = \"raro\"", "☒ En curso", "Apoyo técnico"]);
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
        readers::docx(&docx, &readers::Expected { headings: 6, tables: 0, title: "Acta: Tercera sesión" });
        let pdf = bytes(secretariat.get(&format!("{path}/document?format=pdf")), "application/pdf");
        readers::pdf(&pdf, &["Acta: Tercera sesión", "1. Se leyó el acta anterior.", "#set page(width: 1cm)"]);
    }
}
