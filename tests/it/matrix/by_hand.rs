//! Columns that a person names by hand beside those that the program knows by their headings.

use serde_json::{Value, json};

use super::{Setup, commitment, faults_of, send_text, totals};
use crate::on_both;
use crate::support::Answer;

fn mapped(query: &str, mapping: &Value) -> String {
    let encoded: String = mapping.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{query}&mapping={encoded}")
}

/// Place, reason and replacement of the columns of the first sheet that are not read.
fn left_out(answer: &Answer) -> Vec<(String, String, Value)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = answer.json["sheets"][0]["left_out"].as_array().unwrap();
    all.iter().map(|one| (text(&one["where"]), text(&one["why"]), one["instead"].clone())).collect()
}

fn notes_of_rows(answer: &Answer) -> Vec<Value> {
    answer.json["rows"].as_array().unwrap().iter().map(|row| row["understood"]["notes"].clone()).collect()
}

on_both! {
    fn notes_named_by_hand_are_joined_with_those_that_the_program_knows(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsable;Plazo;Seguimiento;Indicador\nUno;MTPE;2027;Un taller;40 personas\nDos;MTPE;2027;Dos talleres;\n";
        let done = send_text(&admin, &mapped(&setup.of(false), &json!({"Indicador": "notes"})), text).expect(200);
        assert_eq!(notes_of_rows(&done), ["Seguimiento: Un taller\nIndicador: 40 personas", "Seguimiento: Dos talleres"]);
        assert!(left_out(&done).is_empty(), "{}", done.text);
        assert_eq!(done.json["notes"], json!([]));
    }
}

on_both! {
    fn a_last_day_named_by_hand_states_the_known_column_that_it_displaces(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsable;Inicio;Fin\nUno;MTPE;01/01/2027;30/06/2027\n";
        let usual = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!((&usual.json["rows"][0]["understood"]["due"], &usual.json["notes"]), (&json!("2027-06-30"), &json!([])));
        let query = mapped(&setup.of(false), &json!({"Inicio": "due"}));
        let done = send_text(&admin, &query, text).expect(200);
        assert_eq!(done.json["rows"][0]["understood"]["due"], "2027-01-01");
        assert_eq!(left_out(&done), [("matriz.csv!D".to_owned(), "other_chosen".to_owned(), json!("C (Inicio)"))]);
        let note = &done.json["notes"][0];
        assert_eq!((&note["code"], &note["pointer"]), (&json!("displaced_column"), &json!("/matriz.csv/D")));
        let sentence = "Hoja «matriz.csv»: la columna D («Fin») no se usa, porque se eligió la columna C («Inicio») como Fecha límite. \
            Si no es lo que quería, cámbielo en Columnas.";
        assert_eq!(note["detail"], sentence);
        // The choice that is remembered is stated at every further import.
        let again = send_text(&admin, &setup.of(true), text).expect(200);
        let codes: Vec<&Value> = again.json["notes"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
        assert_eq!(codes, ["displaced_column", "remembered_mapping"]);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2027-01-01");
    }
}

on_both! {
    fn two_columns_named_by_hand_for_one_content_are_a_fault_with_the_other_one(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsable;Inicio;Fin\nUno;MTPE;01/01/2027;30/06/2027\n";
        let query = mapped(&setup.of(true), &json!({"Inicio": "due", "Fin": "due"}));
        let tried = send_text(&admin, &query, text).expect(200);
        assert_eq!(faults_of(&tried), ["/matriz.csv/D1 duplicate_column"]);
        let detail = tried.json["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("La columna C (Inicio) ya tiene este contenido."), "{detail}");
    }
}

on_both! {
    fn a_sheet_whose_commitments_are_left_out_has_one_fault_of_the_sheet(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "ID;Compromiso;Acuerdo;Responsable;Plazo\n1;Uno;6;MTPE;2027\n2;Dos;7;MTPE;2027\n";
        let tried = send_text(&admin, &mapped(&setup.of(true), &json!({"Compromiso": null})), text).expect(200);
        assert_eq!(faults_of(&tried), ["/matriz.csv no_commitment_column"]);
        assert_eq!(totals(&tried), [0, 0, 0, 2], "no row can be imported");
        assert_eq!(tried.json["rows"][0]["outcome"], "rejected");
        let detail = &tried.json["errors"][0]["detail"];
        assert_eq!(detail, "Hoja «matriz.csv»: ninguna columna contiene el compromiso. Indique en Columnas cuál es.");
    }
}
