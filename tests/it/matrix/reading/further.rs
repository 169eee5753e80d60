//! Further inputs of the kinds of fault that real files showed: what is folded away or covered, dates of two meanings,
//! parts that only spreadsheet programs use, and the headings and states of other real matrices.

use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use super::super::inputs::input;
use super::super::{commitment, faults_of, part_of, send, send_text, totals, with_parts_in, workbook};
use super::{changed, institutions, left_out, setup, understood};
use crate::on_both;
use crate::support::Answer;

fn asked(answer: &Answer) -> Vec<&str> {
    answer.json["questions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

fn in_utf_16_big_endian(text: &str) -> Vec<u8> {
    [0xFE, 0xFF].into_iter().chain(text.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

on_both! {
    fn what_a_group_folds_away_and_very_hidden_sheets_are_named(world) {
        let (setup, admin) = (setup(world), world.admin());
        let folded = changed(|sheet| {
            sheet.group_rows_collapsed(2, 2).unwrap();
            sheet.group_columns_collapsed(4, 4).unwrap();
        });
        let tried = send(&admin, &setup.of(true), folded).expect(200);
        assert_eq!(left_out(&tried), ["row Matriz!3 hidden_row", "column Matriz!E hidden_column"]);
        assert_eq!((totals(&tried), understood(&tried, "status")), ([1, 0, 0, 0], vec![Value::Null]));
        let unfolded = changed(|sheet| {
            sheet.group_rows(1, 2).unwrap();
            sheet.group_columns(3, 4).unwrap();
        });
        let tried = send(&admin, &setup.of(true), unfolded).expect(200);
        assert_eq!((totals(&tried), left_out(&tried)), ([2, 0, 0, 0], Vec::new()));
        let mut book = Workbook::new();
        for name in ["Matriz", "Respaldo"] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            sheet.write_row_matrix(0, 0, [["Compromiso", "Responsable", "Plazo"], [name, "MTPE", "2027"]]).unwrap();
        }
        book.worksheet_from_name("Respaldo").unwrap().set_very_hidden(true);
        let tried = send(&admin, &setup.of(true), book.save_to_buffer().unwrap()).expect(200);
        assert_eq!((totals(&tried), left_out(&tried)), ([1, 0, 0, 0], vec!["sheet Respaldo hidden_sheet".to_owned()]));
    }
}

on_both! {
    fn what_a_merged_cell_covers_is_named(world) {
        let (setup, admin) = (setup(world), world.admin());
        let book = changed(|sheet| {
            sheet.merge_range(1, 3, 2, 3, "30/09/2027", &Format::new()).unwrap();
            sheet.write_string(2, 3, "31/12/2027").unwrap();
        });
        let tried = send(&admin, &setup.of(true), book).expect(200);
        assert_eq!(left_out(&tried), ["cell Matriz!D3 covered"]);
        assert_eq!(understood(&tried, "due"), ["2027-09-30", "2027-09-30"]);
    }
}

on_both! {
    fn dates_that_lack_a_year_or_have_two_meanings_are_asked_about(world) {
        let (setup, admin) = (setup(world), world.admin());
        let terms = [
            "Setiembre 30", "1° de mayo", "jueves 30 de junio", "30.06", "oct-28", "12/31", "mayo 1", "Q3",
            "31 de junio de 2027", "2027/13/01",
        ];
        let rows: String = terms.iter().enumerate().map(|(n, term)| format!("Compromiso {n};MTPE;{term}\n")).collect();
        let tried = send_text(&admin, &setup.of(true), &format!("Compromiso;Responsable;Plazo\n{rows}")).expect(200);
        let told: Vec<String> = (2..12).map(|row| format!("/matriz.csv/C{row} unclear_term")).collect();
        assert_eq!(faults_of(&tried), told, "{}", tried.text);
        assert!(understood(&tried, "due").iter().all(Value::is_null), "{:?}", understood(&tried, "due"));
        send_text(&admin, &setup.of(false), &format!("Compromiso;Responsable;Plazo\n{rows}")).expect(422);
    }
}

on_both! {
    fn rows_of_two_old_encodings_are_asked_about_and_one_in_each_row_is_not_guessed(world) {
        let (setup, admin) = (setup(world), world.admin());
        let csv = admin.with("content-type", "text/csv");
        let path = format!("/imports?file_name=matriz.csv&{}", setup.of(true));
        let text = [&b"Compromiso;Responsable;Plazo\n"[..], "Atención a niñas;MTPE;2027\n".as_bytes(),
            b"Se\xf1alizaci\xf3n;MTPE;2027\n", b"Se\x96alizaci\x97n;MTPE;2027\n"].concat();
        let tried = csv.call("POST", &path, Some(text)).expect(200);
        assert_eq!(asked(&tried), ["encoding"], "{}", tried.text);
        assert_eq!(understood(&tried, "text")[0], "Atención a niñas");
    }
}

on_both! {
    fn pictures_embedded_files_and_links_do_not_prevent_reading_and_texts_in_utf_16_are_read(world) {
        let (setup, admin) = (setup(world), world.admin());
        // The drawing of a logo is larger than all that is read of a workbook.
        let parts = || vec![
            ("xl/media/image1.emf", vec![0; 70 * 1024 * 1024]),
            ("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", workbook(&[vec!["Compromiso"], vec!["Incrustado"]])),
            ("xl/embeddings/oleObject1.bin", vec![0xD0, 0xCF, 0x11, 0xE0]),
            ("xl/threadedComments/threadedComment1.xml", in_utf_16_big_endian("<no closed")),
            ("xl/externalLinks/externalLink1.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_vec()),
            ("xl/connections.xml", b"<?xml version=\"1.0\"?><a name=\"Se\xf1alizaci\xf3n\"/>".to_vec()),
            ("xl/printerSettings/printerSettings1.bin", vec![0xFF; 1_000]),
            ("docProps/custom.xml", b"\xff\xfe<".to_vec()),
        ];
        let tried = send(&admin, &setup.of(true), with_parts_in(changed(|_| {}), &parts())).expect(200);
        assert_eq!((totals(&tried), left_out(&tried)), ([2, 0, 0, 0], Vec::new()), "{}", tried.text);
        let texts = part_of(changed(|_| {}), "xl/sharedStrings.xml").replace("Elaborar", "Diseñar");
        let wide = with_parts_in(changed(|_| {}), &[("xl/sharedStrings.xml", in_utf_16_big_endian(&texts))]);
        assert_eq!(understood(&send(&admin, &setup.of(true), wide).expect(200), "text"), ["Diseñar", "Revisar"]);
        let styles = part_of(changed(|_| {}), "xl/styles.xml").replace("UTF-8", "ISO-8859-1").replace("Calibri", "Ñandú");
        let old: Vec<u8> = styles.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let old = with_parts_in(changed(|_| {}), &[("xl/styles.xml", old)]);
        assert_eq!(totals(&send(&admin, &setup.of(true), old).expect(200)), [2, 0, 0, 0]);
        let open_document = with_parts_in(input("B01-two-row-heading.ods"), &[
            ("Object 1/content.xml", b"<office:document-content".to_vec()),
            ("Pictures/logo.bmp", vec![0; 70 * 1024 * 1024]),
            ("Configurations2/accelerator/current.xml", Vec::new()),
        ]);
        let tried = send(&admin, &setup.of(true), open_document).expect(200);
        assert_eq!(understood(&tried, "due"), ["2027-09-30"], "{}", tried.text);
    }
}

on_both! {
    fn requirements_of_a_road_with_signs_before_their_states_are_read(world) {
        let (setup, admin) = (setup(world), world.admin());
        let rows = [
            vec!["#", "Requerimiento", "Doc Fuente", "Estado Actual", "Información que Falta", "Responsable", "Fecha Compromiso", "Observaciones"],
            vec!["1", "Trazar el corredor", "Plano 4", "⏳ Pendiente", "Estudios", "MTPE", "15/12/2027", ""],
            vec!["2", "Pedir los permisos", "Plano 5", "🟡 En proceso", "", "MINSA", "31/01/2028", "Falta uno"],
            vec!["3", "Medir la ribera", "", "🔴 Crítico", "", "MTPE", "31/01/2028", ""],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        assert_eq!((asked(&tried), faults_of(&tried)), (vec!["status/🔴 crítico"], vec!["/Matriz/D4 unknown_state".to_owned()]));
        assert_eq!(left_out(&tried), ["column Matriz!C unknown_heading", "column Matriz!E unknown_heading"]);
        assert_eq!(understood(&tried, "status")[..2], [json!("planned"), json!("in_progress")]);
        assert_eq!(understood(&tried, "due"), ["2027-12-15", "2028-01-31", "2028-01-31"]);
    }
}

on_both! {
    fn agreed_and_real_dates_of_a_department_are_read(world) {
        let (setup, admin) = (setup(world), world.admin());
        let text = "Compromiso;Owner;Fecha acordada;Fecha real;Estado;Evidencia;Comentarios;Días de incumplimiento\n\
            Elaborar la guía;MTPE;15/08/2023;22/08/2023;Finalizado;Oficio 3;;7\n\
            Revisar la guía;MINSA;30/09/2023;;En proceso;;;0\n\
            Publicar la guía;MINSA;30/09/2023;29/08/2023;Con detalles;Oficio 4;Falta el anexo;0\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!(asked(&tried), ["status/con detalles"], "{}", tried.text);
        let answers = "answers=%7B%22status/con%20detalles%22%3A%22completed%22%7D";
        let done = send_text(&admin, &format!("{}&{answers}", setup.of(false)), text).expect(200);
        assert_eq!((totals(&done), left_out(&done)), ([3, 0, 0, 0], vec!["column matriz.csv!H unknown_heading".to_owned()]));
        assert_eq!(understood(&done, "due"), ["2023-08-15", "2023-09-30", "2023-09-30"]);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["assignments"][0]["completed_on"], "2023-08-22");
        assert_eq!(commitment(&admin, "CIGTPE-2023-002")["status"], "in_progress");
        let twice = text.replace("Compromiso;Owner", "Compromiso;Detalle del compromiso").replace(";MTPE;", ";MTPE, plan;");
        assert!(faults_of(&send_text(&admin, &setup.of(true), &twice).expect(200)).contains(&"/matriz.csv/B1 duplicate_column".to_owned()));
    }
}

on_both! {
    fn an_english_list_of_actions_with_a_second_institution_is_read(world) {
        let (setup, admin) = (setup(world), world.admin());
        let text = "No.,Action,Responsible Party,Secondary Responsible,Due Date,Status,Completion Percentage\n\
            1,Draft the protocol,MTPE,MINSA,30/09/2027,In Progress,40\n2,Train inspectors,MINSA,,31/12/2027,Open,0\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!((faults_of(&tried), left_out(&tried)), (Vec::new(), Vec::new()), "{}", tried.text);
        assert_eq!(understood(&tried, "percent"), [json!(40), json!(0)]);
        assert_eq!(institutions(&tried).len(), 3, "{:?}", institutions(&tried));
        assert_eq!(understood(&tried, "due"), ["2027-09-30", "2027-12-31"]);
    }
}
