//! Files as people really make them: nothing that a person sees in a sheet is lost in silence, and nothing is guessed.

mod further;

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use serde_json::{Value, json};

use super::inputs::input;
use super::{Setup, commitment, faults_of, part_of, send, totals, with_parts_in};
use crate::on_both;
use crate::support::{Answer, Person, World};

/// The usual commission, and the institutions that the inputs name.
pub(super) fn setup(world: &World) -> Setup {
    let setup = Setup::new(world);
    for place in ["Ica", "Cusco"] {
        let name = format!("Gobierno Regional de {place}");
        let body =
            json!({"name": name, "acronym": format!("GORE {place}"), "sector": "government", "country_code": "PE"});
        world.admin().post("/institutions", body).expect(201);
    }
    setup
}

fn texts(list: &Value, names: &[&str]) -> Vec<String> {
    let text = |one: &Value| names.iter().map(|name| one[name].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>();
    list.as_array().unwrap().iter().map(|one| text(one).join(" ")).collect()
}

/// Everything that is left out: kind, place, reason.
pub(super) fn left_out(answer: &Answer) -> Vec<String> {
    let mut all = texts(&answer.json["left_out"], &["what", "where", "why"]);
    for sheet in answer.json["sheets"].as_array().unwrap() {
        all.extend(texts(&sheet["left_out"], &["what", "where", "why"]));
    }
    all
}

fn notes(answer: &Answer) -> Vec<String> {
    texts(&answer.json["notes"], &["code"])
}

/// The values of the rows as they were understood.
pub(super) fn understood(answer: &Answer, name: &str) -> Vec<Value> {
    answer.json["rows"].as_array().unwrap().iter().map(|row| row["understood"][name].clone()).collect()
}

pub(super) fn institutions(answer: &Answer) -> Vec<String> {
    let rows = answer.json["rows"].as_array().unwrap();
    rows.iter().flat_map(|row| texts(&row["understood"]["institutions"], &["name"])).collect()
}

/// A sheet called Matriz with the usual headings and two commitments, changed by `change`.
fn changed(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Matriz").unwrap();
    let rows = [
        ["N°", "Compromiso", "Responsable", "Plazo", "Estado"],
        ["1", "Elaborar", "MTPE", "30/09/2027", "Pendiente"],
        ["2", "Revisar", "MINSA", "31/12/2027", "Pendiente"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    change(sheet);
    book.save_to_buffer().unwrap()
}

/// A CSV of these bytes below the usual headings.
fn csv(rows: &[u8]) -> Vec<u8> {
    [&b"N;Compromiso;Responsable;Plazo;Estado\n"[..], rows].concat()
}

fn send_csv(person: &Person<'_>, query: &str, bytes: Vec<u8>) -> Answer {
    person.with("content-type", "text/csv").call("POST", &format!("/imports?file_name=matriz.csv&{query}"), Some(bytes))
}

on_both! {
    fn a_formula_without_a_result_is_named_by_its_cell(world) {
        let (setup, admin) = (setup(world), world.admin());
        let tried = send(&admin, &setup.of(true), input("B02-formula-without-result.xlsx")).expect(200);
        assert_eq!(faults_of(&tried), ["/Matriz/D2 no_result", "/Matriz/E2 no_result"]);
        send(&admin, &setup.of(false), input("B02-formula-without-result.xlsx")).expect(422);
        // Programs that calculate nothing write 0, and ask to calculate when the file is opened.
        let zero = changed(|sheet| {
            sheet.write_string(0, 5, "% Avance").unwrap();
            sheet.write_formula(1, 5, Formula::new("=20+20")).unwrap();
            sheet.write_formula(2, 4, Formula::new("=IF(1=1,\"En proceso\",\"\")").set_result("En proceso")).unwrap();
        });
        let tried = send(&admin, &setup.of(true), zero).expect(200);
        assert_eq!(faults_of(&tried), ["/Matriz/F2 no_result"]);
        assert_eq!(understood(&tried, "status")[1], "in_progress");
        let empty = changed(|sheet| {
            sheet.write_formula(2, 3, Formula::new("=\"\"").set_result("nada")).unwrap();
        });
        // Excel states that the result is a text, and writes none.
        let cells = part_of(empty.clone(), "xl/worksheets/sheet1.xml").replace("<v>nada</v>", "<v></v>");
        let empty = with_parts_in(empty, &[("xl/worksheets/sheet1.xml", cells.into_bytes())]);
        let tried = send(&admin, &setup.of(true), empty).expect(200);
        assert_eq!(faults_of(&tried), Vec::<String>::new(), "an empty text is a result");
    }
}

on_both! {
    fn a_single_old_byte_changes_no_other_row(world) {
        let (setup, admin) = (setup(world), world.admin());
        let done = send_csv(&admin, &setup.of(false), input("B05-utf8-with-one-old-byte.csv")).expect(200);
        assert_eq!(notes(&done), ["mixed_encoding"]);
        let told = done.json["notes"][0]["detail"].as_str().unwrap();
        assert!(told.contains("filas 3"), "{told}");
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["text"], "Capacitación a niñas y niños");
        assert_eq!(commitment(&admin, "CIGTPE-2023-002")["text"], "Señalización");
        let dos = send_csv(&admin, &setup.of(false), csv(b"1;Se\xa4alizaci\xa2n en Huari;MTPE;2027;Pendiente\n")).expect(200);
        assert_eq!(notes(&dos), ["old_encoding"]);
        assert_eq!(commitment(&admin, "CIGTPE-2023-003")["text"], "Señalización en Huari");
        let asked = csv(b"1;Secretar\x92a;MTPE;2027;Pendiente\n");
        let tried = send_csv(&admin, &setup.of(true), asked.clone()).expect(200);
        assert_eq!(texts(&tried.json["questions"], &["id"]), ["encoding"], "{}", tried.text);
        assert_eq!(tried.json["questions"][0]["rows"], json!([2]));
        send_csv(&admin, &setup.of(false), asked.clone()).expect(422);
        let answer = "answers=%7B%22encoding%22%3A%22macintosh%22%7D";
        let done = send_csv(&admin, &format!("{}&{answer}", setup.of(false)), asked).expect(200);
        assert_eq!(totals(&done), [1, 0, 0, 0]);
        assert_eq!(commitment(&admin, "CIGTPE-2023-004")["text"], "Secretaría");
    }
}

on_both! {
    fn a_quote_that_is_never_closed_is_told_with_its_row(world) {
        let (setup, admin) = (setup(world), world.admin());
        let tried = send_csv(&admin, &setup.of(true), input("B07-quote-never-closed.csv")).expect(200);
        assert_eq!(faults_of(&tried), ["/matriz.csv/B3 quote_never_closed"]);
        assert_eq!(institutions(&tried).len(), 3, "the rows below are read");
        send_csv(&admin, &setup.of(false), input("B07-quote-never-closed.csv")).expect(422);
        let two = csv(b"1;\"Uno;MTPE;2027;Pendiente\n2;\"Dos;MTPE;2027;Pendiente\n");
        let tried = send_csv(&admin, &setup.of(true), two).expect(200);
        assert_eq!(faults_of(&tried), ["/matriz.csv/B2 quote_never_closed", "/matriz.csv/B3 quote_never_closed"]);
        let swallowed = csv(b"1;Uno;MTPE;2027;Pendiente\n2;\"Dos;MTPE;2027;Pendiente\n3;Tres;MTPE;2027;Pendiente\"\n");
        let tried = send_csv(&admin, &setup.of(true), swallowed).expect(200);
        assert!(faults_of(&tried).contains(&"/matriz.csv/B3 quote_never_closed".to_owned()), "{}", tried.text);
        let lines = csv(b"1;\"Uno;\nen dos l\xc3\xadneas\";MTPE;2027;Pendiente\n");
        assert_eq!(faults_of(&send_csv(&admin, &setup.of(true), lines).expect(200)), Vec::<String>::new());
    }
}

on_both! {
    fn notes_totals_and_numbers_of_empty_rows_are_named(world) {
        let (setup, admin) = (setup(world), world.admin());
        let tried = send(&admin, &setup.of(true), input("B08-note-below-table.xlsx")).expect(200);
        assert_eq!((totals(&tried), left_out(&tried)), ([1, 0, 0, 0], vec!["row Matriz!4 below_table".to_owned()]));
        let tried = send(&admin, &setup.of(true), input("B08-numbers-and-total.xlsx")).expect(200);
        assert_eq!(totals(&tried), [1, 0, 0, 0]);
        assert_eq!(left_out(&tried), ["row Matriz!3 only_number", "row Matriz!4 only_number", "row Matriz!5 total"]);
        let signed = changed(|sheet| {
            sheet.write_string(5, 0, "Elaborado por:").unwrap();
            sheet.write_string(5, 3, "Unidad de seguimiento").unwrap();
        });
        assert_eq!(left_out(&send(&admin, &setup.of(true), signed).expect(200)), ["row Matriz!6 below_table"]);
        let subtotal = changed(|sheet| {
            sheet.write_string(3, 1, "Subtotal:").unwrap();
            sheet.write_number(3, 3, 2).unwrap();
        });
        assert_eq!(left_out(&send(&admin, &setup.of(true), subtotal).expect(200)), ["row Matriz!4 total"]);
    }
}

on_both! {
    fn what_is_hidden_is_named_and_read_only_when_asked(world) {
        let (setup, admin) = (setup(world), world.admin());
        for file in ["B09-row-hidden-by-filter.xlsx", "B09-row-hidden-by-filter.ods", "B09-row-hidden-by-filter.xls"] {
            let tried = send(&admin, &setup.of(true), input(file)).expect(200);
            assert_eq!((totals(&tried), left_out(&tried)), ([1, 0, 0, 0], vec!["row Matriz!3 hidden_row".to_owned()]), "{file}");
            let all = send(&admin, &format!("{}&include_hidden=true", setup.of(true)), input(file)).expect(200);
            assert_eq!((totals(&all), left_out(&all)), ([2, 0, 0, 0], Vec::new()), "{file}");
        }
        let column = changed(|sheet| {
            sheet.set_column_hidden(3).unwrap();
        });
        let tried = send(&admin, &setup.of(true), column.clone()).expect(200);
        assert_eq!(left_out(&tried), ["column Matriz!D hidden_column"]);
        assert_eq!(understood(&tried, "due"), [Value::Null, Value::Null]);
        let all = send(&admin, &format!("{}&include_hidden=true", setup.of(true)), column).expect(200);
        assert_eq!(understood(&all, "due")[1], "2027-12-31");
        let mut book = Workbook::new();
        for name in ["Matriz", "Archivo"] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (row, cells) in [["Compromiso", "Responsable", "Plazo"], [name, "MTPE", "2027"]].iter().enumerate() {
                for (column, cell) in (0..).zip(cells) {
                    sheet.write_string(u32::try_from(row).unwrap(), column, *cell).unwrap();
                }
            }
        }
        book.worksheet_from_name("Archivo").unwrap().set_hidden(true);
        let tried = send(&admin, &setup.of(true), book.save_to_buffer().unwrap()).expect(200);
        assert_eq!((totals(&tried), left_out(&tried)), ([1, 0, 0, 0], vec!["sheet Archivo hidden_sheet".to_owned()]));
    }
}

on_both! {
    fn what_is_struck_out_does_not_count_and_is_named(world) {
        let (setup, admin) = (setup(world), world.admin());
        for file in ["B11-struck-out.xlsx", "B11-struck-out.ods", "B11-struck-out.xls"] {
            let tried = send(&admin, &setup.of(true), input(file)).expect(200);
            assert_eq!(institutions(&tried), ["Gobierno Regional de Cusco"], "{file}");
            assert_eq!(left_out(&tried), ["cell Matriz!C2 struck_out"], "{file}");
        }
        let struck = Format::new().set_font_strikethrough();
        let row = changed(|sheet| {
            for (column, cell) in (0..).zip(["2", "Revisar", "MINSA", "31/12/2027", "Pendiente"]) {
                sheet.write_string_with_format(2, column, cell, &struck).unwrap();
            }
        });
        let tried = send(&admin, &setup.of(true), row).expect(200);
        assert_eq!((totals(&tried), left_out(&tried)), ([1, 0, 0, 0], vec!["row Matriz!3 struck_out".to_owned()]));
        let parts = changed(|sheet| {
            let plain = Format::new();
            sheet.write_rich_string(1, 3, &[(&struck, "30/06/2027"), (&plain, " 30/09/2027")]).unwrap();
            sheet.write_string_with_format(2, 3, "31/12/2027", &struck).unwrap();
        });
        let tried = send(&admin, &setup.of(true), parts).expect(200);
        assert_eq!(understood(&tried, "due"), [json!("2027-09-30"), Value::Null]);
        assert_eq!(left_out(&tried), ["cell Matriz!D2 struck_out", "cell Matriz!D3 struck_out"]);
    }
}

on_both! {
    fn unread_parts_do_not_prevent_reading_a_workbook(world) {
        let (setup, admin) = (setup(world), world.admin());
        let done = send(&admin, &setup.of(true), input("B12-power-query.xlsx")).expect(200);
        assert_eq!((totals(&done), notes(&done).len()), ([1, 0, 0, 0], 0), "{}", done.text);
        let plain = || changed(|_| {});
        let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("<a>ñ</a>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let others = with_parts_in(plain(), &[
            ("customXml/item1.xml", utf_16),
            ("xl/media/image1.png", b"\x89PNG\r\n<!DOCTYPE a [<!ENTITY b \"c\">]>".to_vec()),
            ("xl/pivotCache/pivotCacheRecords1.xml", b"<!DOCTYPE a><r uniqueCount=\"99999999999\"/>".to_vec()),
            ("xl/comments1.xml", b"<not closed".to_vec()),
            ("_xmlsignatures/sig1.xml", b"".to_vec()),
        ]);
        assert_eq!(totals(&send(&admin, &setup.of(true), others).expect(200)), [2, 0, 0, 0]);
        let wide: Vec<u8> = {
            let sheet = part_of(plain(), "xl/worksheets/sheet1.xml").replace("UTF-8", "UTF-16");
            [0xFF, 0xFE].into_iter().chain(sheet.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        };
        let utf_16_sheet = with_parts_in(plain(), &[("xl/worksheets/sheet1.xml", wide)]);
        assert_eq!(totals(&send(&admin, &setup.of(true), utf_16_sheet).expect(200)), [2, 0, 0, 0]);
        let macros = with_parts_in(plain(), &[("xl/vbaProject.bin", vec![1, 2, 3])]);
        let tried = send(&admin, &setup.of(true), macros).expect(200);
        assert_eq!((totals(&tried), notes(&tried)), ([2, 0, 0, 0], vec!["macros_ignored".to_owned()]));
        let mut form = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.xlsm\"\r\n\r\n".to_vec();
        form.extend(with_parts_in(plain(), &[("xl/vbaProject.bin", vec![1, 2, 3])]));
        form.extend(b"\r\n--x--\r\n");
        let sent = admin.with("content-type", "multipart/form-data; boundary=x");
        let tried = sent.call("POST", &format!("/imports?{}", setup.of(true)), Some(form)).expect(200);
        assert_eq!((totals(&tried), notes(&tried)), ([2, 0, 0, 0], vec!["macros_ignored".to_owned()]), "m.xlsm");
    }
}

on_both! {
    fn a_cell_that_shows_a_month_is_a_month(world) {
        let (setup, admin) = (setup(world), world.admin());
        let book = changed(|sheet| {
            // 30 June and 15 November 2027, of which the cells show month and year; and the year alone.
            sheet.write_number_with_format(1, 3, 46_568, &Format::new().set_num_format("mmm-yy")).unwrap();
            sheet.write_number_with_format(2, 3, 46_706, &Format::new().set_num_format("mmmm \"de\" yyyy")).unwrap();
            for (column, cell) in (0..).zip(["3", "Evaluar", "MTPE"]) {
                sheet.write_string(3, column, cell).unwrap();
            }
            sheet.write_number_with_format(3, 3, 46_568, &Format::new().set_num_format("yyyy")).unwrap();
        });
        let tried = send(&admin, &setup.of(true), book).expect(200);
        assert_eq!(understood(&tried, "due"), [json!("2027-06"), json!("2027-11"), json!("2027")], "{}", tried.text);
        let day = changed(|sheet| {
            sheet.write_number_with_format(1, 3, 46_568, &Format::new().set_num_format("d-mmm")).unwrap();
        });
        assert_eq!(understood(&send(&admin, &setup.of(true), day).expect(200), "due")[0], "2027-06-30");
    }
}

on_both! {
    fn open_document_and_old_excel_files_are_read(world) {
        let (setup, admin) = (setup(world), world.admin());
        for end in ["xlsx", "ods", "xls"] {
            let tried = send(&admin, &setup.of(true), input(&format!("B01-two-row-heading.{end}"))).expect(200);
            assert_eq!(understood(&tried, "due"), ["2027-09-30"], "{end}: {}", tried.text);
            let tried = send(&admin, &setup.of(true), input(&format!("R4-tres-niveles.{end}"))).expect(200);
            assert_eq!(understood(&tried, "due"), ["2027-06-30"], "{end}: {}", tried.text);
        }
        let sent = admin.with("content-type", "application/vnd.oasis.opendocument.spreadsheet");
        let query = format!("/imports?file_name=matriz.ods&{}", setup.of(false));
        let done = sent.call("POST", &query, Some(input("B01-two-row-heading.ods"))).expect(200);
        assert_eq!(totals(&done), [1, 0, 0, 0]);
        for (file, words) in [
            (&b"%PDF-1.7"[..], "PDF"),
            (b"<html><table><tr><td>Compromiso</td></tr></table></html>", "página web"),
            (b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis\"/>", ".fods"),
        ] {
            let refused = send(&admin, &setup.of(true), file.to_vec()).expect(422);
            let detail = refused.json["errors"][0]["detail"].as_str().unwrap();
            assert!(detail.contains(words), "{detail}");
        }
    }
}

on_both! {
    fn three_formats_say_the_same(world) {
        let (setup, admin) = (setup(world), world.admin());
        for end in ["xlsx", "ods", "xls"] {
            let tried = send(&admin, &setup.of(true), input(&format!("values.{end}"))).expect(200);
            let dues = ["2027-06", "2027-06", "2027", "2027-06-30", "2027-06-30"];
            assert_eq!(understood(&tried, "due"), dues, "{end}: {}", tried.text);
            assert_eq!(understood(&tried, "percent"), [40; 5], "{end}");
            let expected = ["sheet Listas hidden_sheet", "row Matriz!7 struck_out", "row Matriz!8 hidden_row", "column Matriz!G hidden_column"];
            assert_eq!(left_out(&tried), expected, "{end}");
        }
    }
}
