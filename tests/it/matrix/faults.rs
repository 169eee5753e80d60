//! Every cell that is not understood is reported with sheet, row and column, and nothing is written.

use serde_json::json;

use super::{Setup, XLSX, commitment, matrix, send, told, totals, usual, workbook};
use crate::on_both;
use crate::support::Answer;

/// A row without faults.
fn sound(n: usize) -> [String; 13] {
    let text = format!("Compromiso número {n}");
    let cells = [
        "",
        "CIGTPE",
        "III sesión ordinaria",
        "22/08/2023",
        "6",
        "",
        "MTPE",
        "IV trimestre 2023",
        "",
        "En proceso",
        "40 %",
        "",
        "Avanza",
    ];
    let mut row = cells.map(str::to_owned);
    (row[0], row[5]) = (n.to_string(), text);
    row
}

/// Faults of matrices: the column, its value, and the fault.
const FAULTS: [(usize, &str, &str); 18] = [
    (1, "CIGTP", "unknown_name"),
    (3, "32/13/2023", "unclear_date"),
    (3, "agosto", "unclear_date"),
    (5, "", "required"),
    (6, "Ministerio del Trabajo y Promoción de Empleo", "unknown_name"),
    (6, "MTPE / Municipalidad de Nada", "unknown_name"),
    (6, "MTPE; MTPE", "named_twice"),
    (6, "", "responsible_needed"),
    (7, "15 días", "unclear_term"),
    (7, "A fin de mes", "unclear_term"),
    (7, "II trimestre", "unclear_term"),
    (8, "31/12/2024", "terms_disagree"),
    (8, "31.02.2023", "unclear_date"),
    (9, "Suspendido", "unknown_state"),
    (9, "Vencido", "not_overdue"),
    (9, "Cumplido", "evidence_required"),
    (10, "140 %", "unclear_percent"),
    (10, "#REF!", "unclear_percent"),
];

/// 2,000 rows, one in ten with a fault, and the places of the faults.
fn large() -> (Vec<u8>, Vec<(String, String)>) {
    let mut rows: Vec<[String; 13]> = (1..=2000).map(sound).collect();
    let mut expected = Vec::new();
    for (n, (column, text, code)) in FAULTS.iter().cycle().take(200).enumerate() {
        let row = n * 10;
        rows[row][*column] = (*text).to_owned();
        // The means of verification are what a completion lacks.
        let at = if *code == "evidence_required" { 11 } else { *column };
        let letter = char::from(b'A' + u8::try_from(at).unwrap());
        expected.push((format!("/Matriz/{letter}{}", row + 2), (*code).to_owned()));
    }
    let rows: Vec<[&str; 13]> = rows.iter().map(|row| std::array::from_fn(|at| row[at].as_str())).collect();
    (matrix(&rows), expected)
}

/// Pointer and code of every fault, for each of its rows.
fn in_every_row(answer: &Answer) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for fault in answer.json["errors"].as_array().unwrap() {
        let (pointer, code) = (fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap());
        let column = pointer.trim_end_matches(|c: char| c.is_ascii_digit());
        match fault["rows"].as_array() {
            Some(rows) => all.extend(rows.iter().map(|row| (format!("{column}{row}"), code.to_owned()))),
            None => all.push((pointer.to_owned(), code.to_owned())),
        }
    }
    all
}

on_both! {
    fn each_fault_of_two_thousand_rows_is_told_with_sheet_row_and_column(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let (bytes, expected) = large();
        let tried = send(&admin, &setup.of(true), bytes.clone()).expect(200);
        // A kind of fault is told once, with all its rows.
        let kinds = told(&tried);
        assert_eq!(kinds.len(), FAULTS.len());
        let found = in_every_row(&tried);
        let missing: Vec<_> = expected.iter().filter(|fault| !found.contains(fault)).collect();
        let more: Vec<_> = found.iter().filter(|fault| !expected.contains(fault)).collect();
        assert!(missing.is_empty() && more.is_empty(), "missing: {missing:?}; more: {more:?}");
        assert_eq!(totals(&tried), [1800, 0, 0, 200]);
        let fault = tried.json["errors"].as_array().unwrap().iter().find(|fault| fault["pointer"] == "/Matriz/G42").unwrap();
        assert_eq!(fault["value"], "Ministerio del Trabajo y Promoción de Empleo");
        assert_eq!(
            fault["detail"],
            "Hoja «Matriz», filas 42, 222, 402, 582, 762, 942, 1122, 1302, 1482, 1662, 1842, columna G (Responsable(s)): \
             No se conoce «Ministerio del Trabajo y Promoción de Empleo». \
             ¿Quiso decir «Ministerio de Trabajo y Promoción del Empleo (MTPE)»?"
        );
        let refused = send(&admin, &setup.of(false), bytes).expect(422);
        assert_eq!(refused.code(), "invalid_body");
        assert_eq!(refused.faults().len(), kinds.len());
        assert_eq!(admin.get("/commitments?country_code=PE").expect(200).items().len(), 0, "nothing is written");
    }
}

on_both! {
    fn rows_of_one_commitment_must_not_contradict_each_other(world) {
        let setup = Setup::new(world);
        let row = |responsible, term| ["", "CIGTPE", "", "", "", "Lo mismo", responsible, term, "", "", "", "", ""];
        let rows = [row("MTPE", "2023"), row("MINSA", "2024"), row("MTPE", "2023"), row("", "2023")];
        let tried = send(&world.admin(), &setup.of(true), matrix(&rows)).expect(200);
        let told: Vec<_> = told(&tried).into_iter().map(|(at, code)| format!("{at} {code}")).collect();
        assert_eq!(told, ["/Matriz/H3 other_in_row", "/Matriz/G4 same_in_row", "/Matriz/F5 same_commitment"]);
    }
}

on_both! {
    fn a_session_must_be_known_or_dated_and_no_other_of_that_day(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let row = |session, date| ["", "", session, date, "", "Algo nuevo", "", "", "", "", "", "", ""];
        let rows = [row("V sesión", ""), row("V sesión", "22/08/2023"), row("Tercera sesión", ""), row("VI sesión", "15/08/2023"), row("vi SESIÓN", "")];
        let tried = send(&admin, &setup.of(true), matrix(&rows)).expect(200);
        let told: Vec<_> = told(&tried).into_iter().map(|(at, code)| format!("{at} {code}")).collect();
        assert_eq!(told, ["/Matriz/C2 unclear_session", "/Matriz/C3 unclear_session", "/Matriz/F6 same_commitment"]);
        assert_eq!(tried.json["counts"]["meeting"]["created"], 1, "{}", tried.text);
    }
}

on_both! {
    fn what_was_accepted_or_cancelled_is_not_changed_by_a_matrix(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let report = commitment(&admin, "CIGTPE-2023-002")["assignments"][0]["pending_update_id"].clone();
        let review = format!("/updates/{}/review", report.as_str().unwrap());
        world.secretariat(&setup.commission).put(&review, json!({"outcome": "accepted"})).expect(200);
        let rows = [
            vec!["Código", "Estado", "Observaciones", "Responsable"],
            vec!["CIGTPE-2023-002", "En proceso", "", ""],
            vec!["CIGTPE-2023-003", "Cancelado", "Ya no", ""],
            vec!["CIGTPE-2023-999", "Pendiente", "", ""],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        let told: Vec<_> = told(&tried).into_iter().map(|(at, code)| format!("{at} {code}")).collect();
        assert_eq!(told, ["/Matriz/B2 already_accepted", "/Matriz/A4 unknown_code"]);
        let cancel = [rows[0].clone(), rows[2].clone()];
        send(&admin, &setup.of(false), workbook(&cancel)).expect(200);
        assert_eq!(totals(&send(&admin, &setup.of(false), workbook(&cancel)).expect(200)), [0, 0, 1, 0]);
        let again = [rows[0].clone(), vec!["CIGTPE-2023-003", "En proceso", "", "MTPE"]];
        let refused = send(&admin, &setup.of(false), workbook(&again)).expect(422);
        assert_eq!(refused.faults(), [("/Matriz/B2".to_owned(), "assignment_cancelled".to_owned())]);
    }
}

on_both! {
    fn a_fault_is_told_in_the_reader_s_language(world) {
        let setup = Setup::new(world);
        let english = world.admin().with("accept-language", "en").with("content-type", XLSX);
        let bytes = matrix(&[["", "", "", "", "", "Algo", "", "ya veremos", "", "", "", "", ""]]);
        let tried = english.call("POST", &format!("/imports?{}", setup.of(true)), Some(bytes)).expect(200);
        let detail = tried.json["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.starts_with("Sheet “Matriz”, row 2, column H (Plazo): This is not understood as a term."), "{detail}");
    }
}
