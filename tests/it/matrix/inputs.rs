//! The files of real bug reports and of real offices, each with what is understood of it.

use serde_json::{Value, json};

use super::reading::{institutions, left_out, setup, understood};
use super::{Setup, commitment, faults_of, send, send_text, totals};
use crate::on_both;
use crate::support::{Answer, Person};

/// A file of the folder `inputs`.
pub(super) fn input(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/it/matrix/inputs/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

const CITY: &str = "R6-compromisos-ciudad.csv";

/// Sends the matrix of the city with these choices.
fn send_city(person: &Person<'_>, query: &str, mapping: &Value, answers: &Value) -> Answer {
    let encoded = |value: &Value| value.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let query = format!("{query}&mapping={}&answers={}", encoded(mapping), encoded(answers));
    person.with("content-type", "text/csv").call(
        "POST",
        &format!("/imports?file_name=m.csv&{query}"),
        Some(input(CITY)),
    )
}

/// The ids and the rows of the questions.
fn questions(answer: &Answer) -> Vec<String> {
    let all = answer.json["questions"].as_array().unwrap();
    all.iter().map(|one| format!("{} {}", one["id"].as_str().unwrap(), one["rows"])).collect()
}

/// The contents of the columns of the first sheet that are used.
fn used(answer: &Answer) -> Vec<String> {
    let all = answer.json["sheets"][0]["columns"].as_array().unwrap();
    let used = all.iter().filter_map(|one| Some(format!("{} {}", one["column"].as_str()?, one["as"].as_str()?)));
    used.collect()
}

fn tried(person: &Person<'_>, setup: &Setup, name: &str) -> Answer {
    send(person, &setup.of(true), input(name)).expect(200)
}

on_both! {
    fn a_month_with_a_number_is_asked_about_row_by_row(world) {
        let (setup, admin) = (setup(world), world.admin());
        let tried = tried(&admin, &setup, "B03-month-and-day.xlsx");
        assert_eq!(questions(&tried), ["due_text/junio 30 [2]", "due_text/junio 15 [3]", "due_text/marzo 27 [4]"]);
        assert_eq!(faults_of(&tried), ["/Matriz/D2 unclear_term", "/Matriz/D3 unclear_term", "/Matriz/D4 unclear_term"]);
        assert_eq!(understood(&tried, "due"), [Value::Null, Value::Null, Value::Null], "never a year by guess");
    }
}

on_both! {
    fn a_column_without_a_heading_is_named_with_its_values(world) {
        let (setup, admin) = (setup(world), world.admin());
        let tried = tried(&admin, &setup, "B10-column-without-heading.xlsx");
        assert_eq!(left_out(&tried), ["column Matriz!D empty_heading"]);
        assert_eq!(tried.json["sheets"][0]["left_out"][0]["examples"], json!(["30/09/2027"]));
        assert_eq!((totals(&tried), understood(&tried, "due")), ([1, 0, 0, 0], vec![Value::Null]));
    }
}

on_both! {
    fn commitments_by_term_of_answer_are_asked_about_their_date(world) {
        let (setup, admin) = (setup(world), world.admin());
        let asked = tried(&admin, &setup, "R1-compromisos-por-termino.xlsx");
        assert_eq!(faults_of(&asked), ["/Matriz/E1 either_date"]);
        assert_eq!(questions(&asked), ["mapping/Matriz!F. Cumplimiento [2,3]"]);
        assert!(left_out(&asked).contains(&"column Matriz!H empty_heading".to_owned()), "{:?}", left_out(&asked));
        assert_eq!(used(&asked), ["A institutions", "C text", "G status"]);
        let answers = "answers=%7B%22mapping/Matriz!F.%20Cumplimiento%22%3A%22due%22%7D";
        let query = format!("{}&{answers}", setup.of(false));
        let done = send(&admin, &query, input("R1-compromisos-por-termino.xlsx")).expect(200);
        assert_eq!(understood(&done, "due"), [json!("2027-03-03"), json!("2027-02-28")]);
        assert_eq!(understood(&done, "status"), [json!("planned"), json!("in_progress")]);
        assert_eq!(institutions(&done), ["Gobierno Regional de Ica", "Gobierno Regional de Ica"]);
    }
}

on_both! {
    fn matrices_of_offices_and_projects_are_taken_as_they_are(world) {
        let (setup, admin) = (setup(world), world.admin());
        let done = send(&admin, &setup.of(false), input("R2-fecha-compromiso.xlsx")).expect(200);
        assert_eq!((totals(&done), faults_of(&done)), ([1, 0, 0, 0], vec![]));
        assert_eq!(used(&done), ["A number", "B text", "C institutions", "D due", "E status", "F notes"]);
        assert_eq!(left_out(&done), ["column Matriz!G unknown_heading"]);
        assert_eq!((understood(&done, "due"), understood(&done, "status")), (vec![json!("2027-06-25")], vec![json!("planned")]));
        assert_eq!(understood(&done, "notes"), ["A la espera de respuesta"]);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2027-06-25");
        let done = send(&admin, &setup.of(false), input("R5-ms-project.xlsx")).expect(200);
        assert_eq!((totals(&done), faults_of(&done)), ([1, 0, 0, 0], vec![]));
        assert_eq!(used(&done), ["A number", "D institutions", "E text", "I due"]);
        assert_eq!(understood(&done, "due"), ["2027-10-07"]);
        let named: Vec<String> = ["B", "C", "F", "G", "H", "J"].map(|at| format!("column Matriz!{at} unknown_heading")).into();
        assert_eq!(left_out(&done), named);
        let made = commitment(&admin, "CIGTPE-2023-002");
        assert_eq!((&made["text"], &made["due"]), (&json!("COMPRA TERRENO"), &json!("2027-10-07")));
    }
}

on_both! {
    fn the_needs_of_a_town_are_asked_about_term_by_term(world) {
        let (setup, admin) = (setup(world), world.admin());
        for name in ["R3-levantamiento-necesidades.xlsx", "R3b-encabezados-corregidos.xlsx"] {
            let tried = tried(&admin, &setup, name);
            let expected = [
                "due_text/4 meses a partir de la aprobacion del proyecto [3]",
                "due_text/inmediato/no_session [4]",
                "due_text/15 dias habiles a partir del 20 de junio [5]",
            ];
            assert_eq!(questions(&tried), expected, "{name}");
            assert_eq!(faults_of(&tried), ["/Matriz/E3 unclear_term", "/Matriz/E4 unclear_term", "/Matriz/E5 unclear_term"]);
            assert_eq!(institutions(&tried), ["Gobierno Regional de Ica"; 3], "{name}");
            assert_eq!(used(&tried), ["A institutions", "B text", "E due_text", "H notes"], "{name}");
            assert_eq!(left_out(&tried)[0], "row Matriz!1 above_table", "{name}");
        }
    }
}

on_both! {
    fn the_commitments_of_a_city_are_asked_about_exactly_what_they_lack(world) {
        let (setup, admin) = (setup(world), world.admin());
        let none = json!({});
        let asked = send_city(&admin, &setup.of(true), &none, &none).expect(200);
        assert_eq!(faults_of(&asked), ["/m.csv/G1 either_date", "/m.csv/B2 responsible_needed"]);
        assert_eq!(questions(&asked), ["mapping/m.csv!cumplimiento [2]", "institutions_column/m.csv [2]"]);
        let detail = asked.json["errors"][1]["detail"].as_str().unwrap();
        assert!(detail.contains("ningún encabezado conocido dice las instituciones responsables"), "{detail}");
        assert!(detail.contains("«titulo», «desc», «categoria», «area1», «cumplimiento»"), "{detail}");
        let options = asked.json["questions"][1]["options"].as_array().unwrap();
        let area = options.iter().find(|one| one["key"] == "m.csv!area1").unwrap();
        assert_eq!(area["label"], "area1 (Transporte)");
        for key in ["none", "area1", "Otra!area1", "m.csv!"] {
            let answers = json!({"institutions_column/m.csv": key});
            send_city(&admin, &setup.of(true), &none, &answers).expect(400);
        }
        // By the answers alone, in two steps.
        let answers = json!({"mapping/m.csv!cumplimiento": "due", "institutions_column/m.csv": "m.csv!area1"});
        let named = send_city(&admin, &setup.of(true), &none, &answers).expect(200);
        assert_eq!((faults_of(&named), questions(&named)), (vec!["/m.csv/F2 unknown_name".to_owned()], vec!["institutions/transporte [2]".to_owned()]));
        // By a mapping and an answer.
        let mapping = json!({"area1": "institutions", "cumplimiento": "due"});
        let answers = json!({"institutions/transporte": "Gobierno Regional de Ica"});
        let done = send_city(&admin, &setup.of(false), &mapping, &answers).expect(200);
        assert_eq!((totals(&done), institutions(&done)), ([1, 0, 0, 0], vec!["Gobierno Regional de Ica".to_owned()]));
        assert_eq!((understood(&done, "due"), understood(&done, "percent")), (vec![json!("2027")], vec![json!(100)]));
        let made = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&made["text"], &made["due"]), (&json!("Solucionar los reclamos"), &json!("2027")));
    }
}

on_both! {
    fn a_missing_column_of_institutions_is_told_once_with_its_rows(world) {
        let (setup, admin) = (setup(world), world.admin());
        let text = "Compromiso;Plazo;Estado;Quien\nUno;2027;En proceso;Ica\nDos;2027;Pendiente;Ica\nTres;2027;En proceso;Cusco\n";
        let asked = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!(faults_of(&asked), ["/matriz.csv/A2 responsible_needed"], "who states no progress needs nobody");
        assert_eq!(asked.json["errors"][0]["rows"], json!([2, 4]));
        assert_eq!(questions(&asked), ["institutions_column/matriz.csv [2,4]"]);
        let text = "Compromiso;Plazo;Estado\nUno;2027;En proceso\n";
        let told = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!((faults_of(&told), questions(&told).len()), (vec!["/matriz.csv/A2 responsible_needed".to_owned()], 0));
        let detail = told.json["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.ends_with("Agregue la columna Responsable."), "{detail}");
    }
}

on_both! {
    fn a_long_sheet_without_institutions_is_asked_about_once(world) {
        let (setup, admin) = (setup(world), world.admin());
        let headings: Vec<String> = (0..150).map(|n| format!("Columna{n}")).collect();
        let row = |n: usize| format!("Compromiso {n};2027;En proceso;{}\n", "x;".repeat(150));
        let rows: String = (0..1_200).map(row).collect();
        let text = format!("Compromiso;Plazo;Estado;{}\n{rows}", headings.join(";"));
        let asked = send_text(&admin, &setup.of(true), &text).expect(200);
        assert_eq!(faults_of(&asked), ["/matriz.csv/A2 responsible_needed"]);
        let question = &asked.json["questions"][0];
        let count = |name: &str| question[name].as_array().unwrap().len();
        assert_eq!((asked.json["questions"].as_array().unwrap().len(), count("rows"), count("options")), (1, 1_000, 150));
        assert!(asked.json["errors"][0]["detail"].as_str().unwrap().contains("«Columna19»"), "{}", asked.json["errors"][0]);
    }
}
