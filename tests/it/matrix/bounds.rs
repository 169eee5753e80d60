//! Cells made to break the reader, or with two possible meanings: a fault in little time, never a guess.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{Setup, commitment, faults_of, part_of, send, send_text, totals, usual, with_parts_in, workbook};
use crate::on_both;

on_both! {
    fn a_cell_with_thousands_of_names_is_refused_at_once(world) {
        let setup = Setup::new(world);
        let text = format!("Compromiso;Responsable;Plazo\nUno;{};2024\n", "a,".repeat(4_900));
        let began = Instant::now();
        let tried = send_text(&world.admin(), &setup.of(true), &text).expect(200);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        assert_eq!(faults_of(&tried), ["/matriz.csv/B2 too_many"]);
    }
}

on_both! {
    fn of_very_many_faults_the_first_are_told_and_that_there_are_more(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let names = |row: usize| (0..50).map(|n| format!("Nadie {row}.{n}")).collect::<Vec<_>>().join("|");
        let rows: String = (0..400).map(|row| format!("Compromiso {row};{};2024\n", names(row))).collect();
        let text = format!("Compromiso;Responsable;Plazo\n{rows}");
        let tried = send_text(&admin, &setup.of(true), &text).expect(200);
        let told = faults_of(&tried);
        assert_eq!((told.len(), told[0].as_str(), told[999].as_str()), (1_000, "/matriz.csv/B2 unknown_name", " more_faults"));
        assert_eq!(totals(&tried), [0, 0, 0, 20], "what is not read is not counted");
        let refused = send_text(&admin, &setup.of(false), &text).expect(422);
        assert!(refused.faults().contains(&(String::new(), "more_faults".to_owned())), "{}", refused.text);
    }
}

on_both! {
    fn a_fault_of_very_many_rows_is_told_once_with_its_rows(world) {
        let setup = Setup::new(world);
        let names: Vec<String> = (0..50).map(|n| format!("Nadie {n}")).collect();
        let rows: String = (0..400).map(|row| format!("Compromiso {row};{};2024\n", names.join("|"))).collect();
        let tried = send_text(&world.admin(), &setup.of(true), &format!("Compromiso;Responsable;Plazo\n{rows}")).expect(200);
        let told = tried.json["errors"].as_array().unwrap();
        assert_eq!((told.len(), told[0]["rows"].as_array().unwrap().len()), (50, 400), "{}", tried.text);
        assert_eq!(totals(&tried), [0, 0, 0, 400]);
    }
}

on_both! {
    fn a_null_character_of_a_workbook_reaches_no_record(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let book = workbook(&[
            vec!["Compromiso", "Responsable", "Plazo", "Observaciones"],
            vec!["UnoQQ", "MTPE", "IV trimestre 2023QQ", "VistoQQ"],
        ]);
        let strings = part_of(book.clone(), "xl/sharedStrings.xml").replace("QQ", "_x0000__x0007_");
        let book = with_parts_in(book, &[("xl/sharedStrings.xml", strings.into_bytes())]);
        let done = send(&admin, &setup.of(false), book.clone()).expect(200);
        assert_eq!(totals(&done), [1, 0, 0, 0], "{}", done.text);
        let stands = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&stands["text"], &stands["due_text"]), (&json!("Uno"), &json!("IV trimestre 2023")));
        assert_eq!(totals(&send(&admin, &setup.of(false), book).expect(200)), [0, 0, 1, 0]);
    }
}

on_both! {
    fn a_percentage_that_can_be_read_in_two_ways_is_asked(world) {
        let setup = Setup::new(world);
        let told = |percent: &str| {
            let text = format!("Compromiso;Responsable;% Avance\nUno;MTPE;{percent}\n");
            let tried = send_text(&world.admin(), &setup.of(true), &text).expect(200);
            tried.json["errors"][0]["detail"].as_str().unwrap_or("understood").to_owned()
        };
        for (percent, words) in [
            ("0,5", "es 50 % o medio por ciento"),
            ("0.25", "es 50 % o medio por ciento"),
            ("1", "Puede ser 1 % o 100 %"),
            ("0,5 %", "sin decimales"),
            ("33,3", "sin decimales"),
            ("50", "understood"),
            ("1 %", "understood"),
        ] {
            let detail = told(percent);
            assert!(detail.contains(words), "{percent}: {detail}");
        }
    }
}

on_both! {
    fn a_bare_number_is_no_day_in_a_workbook_that_counts_from_1904(world) {
        use rust_xlsxwriter::Workbook;
        let setup = Setup::new(world);
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Matriz").unwrap();
        for (column, heading) in (0..).zip(["Compromiso", "Responsable", "Fecha límite"]) {
            sheet.write_string(0, column, heading).unwrap();
        }
        sheet.write_string(1, 0, "Uno").unwrap();
        sheet.write_number(1, 2, 45_199).unwrap();
        let book = book.save_to_buffer().unwrap();
        assert_eq!(totals(&send(&world.admin(), &setup.of(true), book.clone()).expect(200)), [1, 0, 0, 0]);
        let whole = part_of(book.clone(), "xl/workbook.xml").replace("<workbookPr ", "<workbookPr date1904=\"1\" ");
        let book = with_parts_in(book, &[("xl/workbook.xml", whole.into_bytes())]);
        assert_eq!(faults_of(&send(&world.admin(), &setup.of(true), book).expect(200)), ["/Matriz/C2 unclear_date"]);
    }
}

on_both! {
    fn a_cancellation_says_no_more_than_its_reason_may(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let row = |letters: usize| {
            let reason = "x".repeat(letters);
            workbook(&[vec!["Código", "Estado", "Observaciones"], vec!["CIGTPE-2023-003", "Cancelado", &reason]])
        };
        assert_eq!(faults_of(&send(&admin, &setup.of(true), row(2_001)).expect(200)), ["/Matriz/C2 too_long"]);
        assert_eq!(totals(&send(&admin, &setup.of(true), row(2_000)).expect(200)), [0, 1, 0, 0]);
    }
}

on_both! {
    fn what_was_reported_today_is_reported_in_the_day_of_the_commission(world) {
        let easter = world.commission("CL", "CPC");
        let admin = world.admin();
        admin.patch(&format!("/commissions/{easter}"), json!({"time_zone": "Pacific/Easter"})).expect(200);
        let body = json!({"name": "Ministerio de Salud", "acronym": "MINSAL", "sector": "government", "country_code": "CL"});
        admin.post("/institutions", body).expect(201);
        // Half past midnight in Santiago; on the island it is still the day before.
        world.at("2023-09-01T04:30:00Z");
        let text = "Compromiso;Responsable;Estado\nUno;MINSAL;En proceso\n";
        let done = send_text(&admin, &format!("commission_id={easter}"), text).expect(200);
        assert_eq!(totals(&done), [1, 0, 0, 0]);
        let late = "Compromiso;Responsable;Estado;Fecha de cumplimiento;Medio de verificación\nDos;MINSAL;Cumplido;01/09/2023;Oficio\n";
        let tried = send_text(&admin, &format!("commission_id={easter}&dry_run=true"), late).expect(200);
        assert_eq!(faults_of(&tried), ["/matriz.csv/D2 in_the_future"]);
    }
}
