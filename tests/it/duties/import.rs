//! The matrix of a duty as a spreadsheet: exported, filled in, tried and imported.

use calamine::{Data, Reader};
use serde_json::{Value, json};

use super::fixture::{Fixture, counts};
use crate::matrix::workbook;
use crate::on_both;
use crate::support::{Answer, Browser, Person};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn send(person: &Person<'_>, duty: &str, query: &str, kind: &str, bytes: Vec<u8>) -> Answer {
    person.with("content-type", kind).call("POST", &format!("/duties/{duty}/matrix/import{query}"), Some(bytes))
}

/// Tries rows of a CSV.
fn try_rows(person: &Person<'_>, duty: &str, rows: &str) -> Answer {
    send(person, duty, "?dry_run=true", "text/csv", rows.as_bytes().to_vec())
}

fn import_rows(person: &Person<'_>, duty: &str, rows: &str) -> Answer {
    send(person, duty, "", "text/csv", rows.as_bytes().to_vec())
}

/// Returns created, corrected, unchanged.
fn totals(answer: &Answer) -> [i64; 3] {
    ["created", "corrected", "unchanged"].map(|name| answer.json[name].as_i64().unwrap())
}

/// Returns the exported workbook, and the rows of its sheet to fill in.
fn exported(fixture: &Fixture<'_>, lang: &str, sheet: &str) -> (Vec<u8>, Vec<Vec<String>>) {
    let path = format!("/duties/{}/matrix/document?format=xlsx&lang={lang}", fixture.duty);
    let bytes = fixture.secretariat.get(&path).expect(200).bytes;
    let mut book: calamine::Xlsx<_> = Reader::new(std::io::Cursor::new(bytes.clone())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let text = |cell: &Data| if *cell == Data::Empty { String::new() } else { cell.to_string() };
    (bytes, range.rows().map(|row| row.iter().map(text).collect()).collect())
}

on_both! {
    fn an_exported_matrix_is_filled_in_and_imported_again(world) {
        let fixture = Fixture::new(world, 4);
        fixture.report(0, "2023-Q1", json!({"values": {"inspections": 5, "coverage": 12.5, "remarks": "Sin novedades"}, "narrative": "Enero\nFebrero", "evidence": [{"title": "Acta", "url": "https://example.org/a"}]})).expect(201);
        fixture.report(1, "2023-Q1", counts(0, 0)).expect(201);
        fixture.report(2, "2023-Q1", json!({"nothing_to_report": true, "narrative": "Sin actividades"})).expect(201);
        let (bytes, rows) = exported(&fixture, "es", "Datos por período");
        assert_eq!(rows[0], ["Institución", "Dato", "2023-Q1", "2023-Q2", "2023-Q3"]);
        assert_eq!(rows.len(), 1 + 4 * 5, "four values and the description of each region");
        assert_eq!(rows[2], ["Región 01", "Casos detectados (casos)", "", "", ""]);
        for bytes in [bytes, exported(&fixture, "en", "Values by period").0] {
            let unchanged = send(&fixture.secretariat, &fixture.duty, "", XLSX, bytes).expect(200);
            assert_eq!((totals(&unchanged), unchanged.json["reports"].clone()), ([0, 0, 3], json!([])));
        }

        let mut filled: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        (filled[1][2], filled[1][3], filled[2][3]) = ("6", "0", "0");
        (filled[6][3], filled[8][3]) = ("7", "45 %");
        filled[11][3] = "sin NOVEDADES";
        let tried = send(&fixture.secretariat, &fixture.duty, "?dry_run=true", XLSX, workbook(&filled)).expect(200);
        assert_eq!((totals(&tried), &tried.json["dry_run"]), ([3, 1, 2], &json!(true)));
        let first = &tried.json["reports"][0];
        assert_eq!((&first["sheet"], &first["cell"], &first["outcome"]), (&json!("Matriz"), &json!("C2"), &json!("corrected")));
        assert_eq!(fixture.cell(&fixture.matrix(""), 1, "2023-Q2")["state"], "missing", "a trial writes nothing");
        send(&fixture.secretariat, &fixture.duty, "", XLSX, workbook(&filled)).expect(200);
        let matrix = fixture.matrix("");
        let states: Vec<Value> = (0..4).map(|n| fixture.cell(&matrix, n, "2023-Q2")["state"].clone()).collect();
        assert_eq!(states, ["zero", "reported", "nothing", "missing"]);
        let corrected = fixture.secretariat.get(&fixture.path(0, "2023-Q1")).expect(200).json;
        assert_eq!(corrected["values"], json!({"inspections": 6, "found": null, "coverage": 12.5, "remarks": "Sin novedades"}));
        assert_eq!((&corrected["narrative"], &corrected["evidence"][0]["title"], &corrected["revision"]), (&json!("Enero\nFebrero"), &json!("Acta"), &json!(2)), "what the file does not state stays");
        let reported = fixture.secretariat.get(&fixture.path(1, "2023-Q2")).expect(200).json;
        assert_eq!(reported["values"], json!({"inspections": 7, "found": null, "coverage": 45, "remarks": null}));
        assert_eq!((&reported["on_behalf"], reported["revisions"][0]["imported_by"]["id"].is_string(), &reported["verification"]), (&json!(true), true, &json!("pending")));
        let again = send(&fixture.secretariat, &fixture.duty, "", XLSX, workbook(&filled)).expect(200);
        assert_eq!(totals(&again), [0, 0, 6], "a second import changes nothing");
        let review = format!("{}/review", fixture.path(1, "2023-Q2"));
        assert_eq!(fixture.secretariat.post(&review, json!({"outcome": "accepted"})).expect(403).code(), "own_update");
        world.coordinator("PE").post(&review, json!({"outcome": "accepted"})).expect(200);
    }
}

on_both! {
    fn zero_nothing_and_an_empty_cell_are_three_things(world) {
        let fixture = Fixture::new(world, 3);
        let rows = "Institución;Dato;2023-Q2\nRegión 01;inspections;0\nRegión 01;Casos detectados;0\nRegión 02;Inspecciones;Nothing to report\nRegión 03;Inspecciones;\n";
        let report = import_rows(&fixture.secretariat, &fixture.duty, rows).expect(200);
        assert_eq!(totals(&report), [2, 0, 0]);
        let matrix = fixture.matrix("");
        let states: Vec<Value> = (0..3).map(|n| fixture.cell(&matrix, n, "2023-Q2")["state"].clone()).collect();
        assert_eq!(states, ["zero", "nothing", "missing"]);
        let values = "Institución;Dato;2023-Q2\nRegión 02;Inspecciones;4\n";
        import_rows(&fixture.secretariat, &fixture.duty, values).expect(200);
        let corrected = fixture.secretariat.get(&fixture.path(1, "2023-Q2")).expect(200).json;
        assert_eq!((&corrected["state"], &corrected["nothing_to_report"], &corrected["revision"]), (&json!("reported"), &json!(false), &json!(2)));
    }
}

on_both! {
    fn every_fault_of_a_matrix_names_its_cell_and_nothing_is_written(world) {
        let fixture = Fixture::new(world, 2);
        for name in ["Mesa", "Mesa"] {
            world.admin().post("/institutions", json!({"name": name, "sector": "government", "country_code": "PE"})).expect(201);
        }
        world.institution("Ministerio");
        let rows = "Institución;Dato;2023-Q1;2023-Q2;2023-06;2022-Q4;2023-Q4;Notas\n\
            Región 01;Inspecciones;-1;doce;1;1;1;x\n\
            Región 01;Cobertura;101;2,5;;;;\n\
            Región 01;Otro dato;1;;;;;\n\
            Región 09;Inspecciones;1;;;;;\n\
            Mesa;Inspecciones;1;;;;;\n\
            Ministerio;Inspecciones;1;;;;;\n\
            Región 02;Inspecciones;1;1,5;;;;\n\
            Región 02;Inspecciones;2;;;;;\n\
            Región 02;Cobertura;;Sin novedades;;;;\n\
            Nadie;Inspecciones;;;;;;\n";
        let tried = try_rows(&fixture.secretariat, &fixture.duty, rows).expect(200);
        let found = |answer: &Answer| {
            let all = answer.json["errors"].as_array().unwrap().iter();
            let mut all: Vec<(String, String)> = all.map(|one| {
                let at = one["pointer"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
                (at, one["code"].as_str().unwrap().to_owned())
            }).collect();
            all.sort();
            all
        };
        let mut expected = [
            ("C2", "out_of_range"), ("D2", "wrong_type"), ("E1", "unusable_period"), ("F1", "unusable_period"), ("G1", "unusable_period"), ("H1", "unusable_period"),
            ("C3", "out_of_range"), ("B4", "unknown_name"), ("A5", "unknown_name"), ("A6", "ambiguous_name"), ("C7", "not_asked"),
            ("D8", "wrong_type"), ("C9", "stated_twice"),
        ].map(|(at, code)| (at.to_owned(), code.to_owned()));
        expected.sort();
        assert_eq!(found(&tried), expected);
        let detail = |at: &str| tried.json["errors"].as_array().unwrap().iter().find(|one| one["pointer"].as_str().unwrap().ends_with(at)).unwrap()["detail"].as_str().unwrap().to_owned();
        assert!(detail("/G1").contains("todavía no comienza") && detail("/F1").contains("fuera de la vigencia"), "{} {}", detail("/G1"), detail("/F1"));
        let refused = import_rows(&fixture.secretariat, &fixture.duty, rows).expect(422);
        assert_eq!(found(&refused), expected);
        let beside = "Institución;Dato;2023-Q2\nRegión 02;Inspecciones;1\nRegión 02;Cobertura;Sin novedades\n";
        assert_eq!(found(&import_rows(&fixture.secretariat, &fixture.duty, beside).expect(422)), [("C3".to_owned(), "nothing_beside_values".to_owned())]);
        let without = "Institución;2023-Q2\nRegión 02;1\n";
        assert_eq!(import_rows(&fixture.secretariat, &fixture.duty, without).expect(422).faults(), [("".into(), "no_field_column".into())]);
        assert_eq!(import_rows(&fixture.secretariat, &fixture.duty, "Nombre;2023-Q2\nRegión 02;1\n").expect(422).faults(), [("".into(), "no_institution_column".into())]);
        assert_eq!(fixture.secretariat.get(&format!("/duties/{}/reports", fixture.duty)).expect(200).items().len(), 0);
        let json = fixture.secretariat.post(&format!("/duties/{}/matrix/import", fixture.duty), json!({}));
        json.expect(415);
    }
}

on_both! {
    fn representatives_import_their_own_rows_and_secretariats_all(world) {
        let fixture = Fixture::new(world, 2);
        fixture.report(1, "2023-Q2", counts(3, 0)).expect(201);
        let whole = "Institución;Dato;2023-Q2\nRegión 01;Inspecciones;1\nRegión 02;Inspecciones;3\n";
        let own = import_rows(&fixture.representative(0), &fixture.duty, whole).expect(200);
        assert_eq!(totals(&own), [1, 0, 1], "the row of another region changes nothing");
        let stored = fixture.secretariat.get(&fixture.path(0, "2023-Q2")).expect(200).json;
        assert_eq!(stored["on_behalf"], false);
        let other = "Institución;Dato;2023-Q2\nRegión 02;Inspecciones;4\n";
        let refused = import_rows(&fixture.representative(0), &fixture.duty, other).expect(422);
        assert_eq!(refused.json["errors"][0]["code"], "not_own_institution");
        import_rows(&world.observer(&fixture.commission), &fixture.duty, whole).expect(403);
        let ministry = world.institution("Ministerio");
        world.member(&fixture.commission, &ministry, "member");
        import_rows(&world.representative(&ministry), &fixture.duty, whole).expect(403);
        let hidden = json!({"restricted": true});
        fixture.secretariat.patch(&format!("/duties/{}", fixture.duty), hidden).expect(200);
        import_rows(&world.observer(&fixture.commission), &fixture.duty, whole).expect(404);
        assert_eq!(totals(&import_rows(&world.coordinator("PE"), &fixture.duty, other).expect(200)), [0, 1, 0]);
    }
}

on_both! {
    fn a_spreadsheet_is_tried_on_its_page_and_then_imported(world) {
        let fixture = Fixture::new(world, 2);
        let browser = Browser::of(world, &fixture.secretariat);
        let path = format!("/duties/{}", fixture.duty);
        browser.open(&path).shows("Importar planilla");
        let form = browser.open(&format!("{path}/matrix/import")).form();
        let faulty = workbook(&[vec!["Institución", "Dato", "2023-Q2"], vec!["Región 01", "Inspecciones", "doce"]]);
        let page = browser.submit(&form.clone().file("file", "informes.xlsx", &faulty)).expect(200);
        page.shows("Nada se importó").shows("doce").shows("fila 2, columna C");
        let sound = workbook(&[vec!["Institución", "Dato", "2023-Q2"], vec!["Región 01", "Inspecciones", "12"]]);
        let page = browser.submit(&form.file("file", "informes.xlsx", &sound)).expect(200);
        page.shows("Informes nuevos: 1").shows("Región 01").shows("sin dato");
        assert_eq!(fixture.cell(&fixture.matrix(""), 0, "2023-Q2")["state"], "missing");
        let done = browser.submit_and_follow(&page.form().set("action", "import"));
        done.shows("Los informes de la planilla quedaron recibidos");
        assert_eq!(fixture.cell(&fixture.matrix(""), 0, "2023-Q2")["state"], "reported");
    }
}
