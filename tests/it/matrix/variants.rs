//! Words, headings and signs as people of three languages write them: understood, asked about with choices, or left out
//! with the reason.

use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use super::{Setup, commitment, faults_of, part_of, send, send_text, totals, with_parts_in, workbook};
use crate::on_both;
use crate::support::Answer;

/// The ids of the questions.
fn asked(answer: &Answer) -> Vec<String> {
    answer.json["questions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// The keys and labels of the choices of a question.
fn choices(answer: &Answer, id: &str) -> Vec<(String, String)> {
    let all = answer.json["questions"].as_array().unwrap();
    let question = all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {}", answer.text));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    question["options"].as_array().unwrap().iter().map(|one| (text(&one["key"]), text(&one["label"]))).collect()
}

fn answered(query: &str, answers: &Value) -> String {
    let encoded: String = answers.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{query}&answers={encoded}")
}

fn mapped(query: &str, mapping: &Value) -> String {
    let encoded: String = mapping.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{query}&mapping={encoded}")
}

/// Everything that is left out of the sheets: place and reason.
fn left_out(answer: &Answer) -> Vec<String> {
    let sheets = answer.json["sheets"].as_array().unwrap();
    let all = sheets.iter().flat_map(|sheet| sheet["left_out"].as_array().unwrap());
    all.map(|one| format!("{} {}", one["where"].as_str().unwrap(), one["why"].as_str().unwrap())).collect()
}

fn understood(answer: &Answer, name: &str) -> Vec<Value> {
    answer.json["rows"].as_array().unwrap().iter().map(|row| row["understood"][name].clone()).collect()
}

fn notes(answer: &Answer) -> Vec<String> {
    answer.json["notes"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

const HEAD: &str = "N°;Compromiso;Responsable;Plazo;Estado\n1;Elaborar;MTPE;2027;Pendiente\n";

on_both! {
    fn totals_legends_and_notes_below_the_table_are_left_out(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        for (rows, expected) in [
            (";Total de compromisos: 1;;;\n", vec!["matriz.csv!3 total"]),
            ("TOTAL: 1;;;;\n", vec!["matriz.csv!3 total"]),
            (";Promedio: 75 %;;;\n", vec!["matriz.csv!3 total"]),
            (";Leyenda;;;\n", vec!["matriz.csv!3 below_table"]),
            (";Leyenda;;;\n;Verde;Cumplido;;\n", vec!["matriz.csv!3 below_table", "matriz.csv!4 below_table"]),
            (";Observação: prazos referenciais;;;\n", vec!["matriz.csv!3 below_table"]),
            ("Observação:;Prazos referenciais;;;\n", vec!["matriz.csv!3 below_table"]),
            (";Legend:;;;\n", vec!["matriz.csv!3 below_table"]),
        ] {
            let tried = send_text(&admin, &setup.of(true), &format!("{HEAD}{rows}")).expect(200);
            assert_eq!((totals(&tried), left_out(&tried)), ([1, 0, 0, 0], expected.iter().map(ToString::to_string).collect::<Vec<_>>()), "{rows}");
            assert_eq!(faults_of(&tried), Vec::<String>::new(), "{rows}");
        }
    }
}

on_both! {
    fn signs_are_asked_about_one_by_one(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let states = ["✓", "✔", "✗", "+", "✓"];
        let rows: String = states.iter().enumerate().map(|(n, state)| format!("{n};Compromiso {n};MTPE;2027;{state}\n")).collect();
        let text = format!("N°;Compromiso;Responsable;Plazo;Estado\n{rows}");
        let tried = send_text(&admin, &setup.of(true), &text).expect(200);
        assert_eq!(asked(&tried), ["status/✓", "status/✔", "status/✗", "status/+"]);
        let answers = json!({"status/✓": "completed", "status/✔": "in_progress", "status/✗": "not_achieved", "status/+": "none"});
        let tried = send_text(&admin, &answered(&setup.of(true), &answers), &text).expect(200);
        assert_eq!(understood(&tried, "status"), [json!("completed"), json!("in_progress"), json!("not_achieved"), Value::Null, json!("completed")]);
        // Long words that begin alike are two questions.
        let long = "Suspendido hasta que la comisión ".repeat(6);
        let text = format!("Compromiso;Responsable;Estado\nUno;MTPE;{long} apruebe\nDos;MTPE;{long} rechace\n");
        let ids = asked(&send_text(&admin, &setup.of(true), &text).expect(200));
        assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    }
}

on_both! {
    fn texts_that_were_encoded_twice_are_read_with_a_note_or_asked_about(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "NÂ°;Compromiso;Responsable;Plazo\n1;CapacitaciÃ³n a niÃ±as;MTPE;2027\n2;PrevenciÃ³n;MTPE;2027\n";
        let done = send_text(&admin, &setup.of(false), text).expect(200);
        assert_eq!(notes(&done), ["double_encoding"], "{}", done.text);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["text"], "Capacitación a niñas");
        let mixed = "N°;Compromiso;Responsable;Plazo\n1;Señalización;MTPE;2027\n2;SupervisiÃ³n;MTPE;2027\n";
        let tried = send_text(&admin, &setup.of(true), mixed).expect(200);
        assert_eq!(choices(&tried, "double_encoding"), [("meant", "Supervisión"), ("as_it_stands", "SupervisiÃ³n")].map(|(key, label)| (key.to_owned(), label.to_owned())));
        send_text(&admin, &setup.of(false), mixed).expect(422);
        for (answer, expected) in [("meant", "Supervisión"), ("as_it_stands", "SupervisiÃ³n")] {
            let tried = send_text(&admin, &answered(&setup.of(true), &json!({"double_encoding": answer})), mixed).expect(200);
            assert_eq!(understood(&tried, "text")[1], expected);
        }
        let book = workbook(&[vec!["Compromiso", "Responsable", "Plazo"], vec!["Atención a niñas (AtenciÃ³n)", "MTPE", "2027"]]);
        assert_eq!(asked(&send(&admin, &setup.of(true), book).expect(200)), ["double_encoding"]);
    }
}

on_both! {
    fn values_that_their_format_hides_are_left_out_and_named(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Matriz").unwrap();
        for (column, heading) in (0..).zip(["Compromiso", "Responsable", "Plazo", "% Avance", "Observaciones"]) {
            sheet.write_string(0, column, heading).unwrap();
        }
        let hidden = Format::new().set_num_format(";;;");
        for row in 1..=2 {
            sheet.write_string(row, 0, format!("Compromiso {row}")).unwrap();
            sheet.write_string(row, 1, "MTPE").unwrap();
        }
        sheet.write_number_with_format(1, 2, 46_568, &hidden).unwrap();
        sheet.write_number_with_format(1, 3, 0, &Format::new().set_num_format("0%;-0%;;@")).unwrap();
        sheet.write_string_with_format(1, 4, "oculto", &hidden).unwrap();
        sheet.write_number_with_format(2, 2, 46_568, &Format::new().set_num_format("dd/mm/yyyy;;")).unwrap();
        sheet.write_number_with_format(2, 3, 0.4, &Format::new().set_num_format("0%;-0%;;@")).unwrap();
        let file = book.save_to_buffer().unwrap();
        let tried = send(&admin, &setup.of(true), file.clone()).expect(200);
        assert_eq!(left_out(&tried), ["Matriz!C2 hidden_cell", "Matriz!D2 hidden_cell", "Matriz!E2 hidden_cell"]);
        assert_eq!((understood(&tried, "due"), understood(&tried, "percent")), (vec![Value::Null, json!("2027-06-30")], vec![Value::Null, json!(40)]));
        let all = send(&admin, &format!("{}&include_hidden=true", setup.of(true)), file.clone()).expect(200);
        assert_eq!(understood(&all, "notes")[0], "oculto");
        // Rows that are written are visible also where the others are hidden by default, unless they say otherwise.
        let part = part_of(file.clone(), "xl/worksheets/sheet1.xml");
        let default = part.replace("defaultRowHeight=\"15\"", "defaultRowHeight=\"15\" zeroHeight=\"1\"");
        assert_ne!(default, part);
        let own = default.replace("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"");
        for (part, rows) in [(default, 2), (own, 1)] {
            let file = with_parts_in(file.clone(), &[("xl/worksheets/sheet1.xml", part.into_bytes())]);
            assert_eq!(totals(&send(&admin, &setup.of(true), file).expect(200)), [rows, 0, 0, 0]);
        }
    }
}

on_both! {
    fn terms_of_three_languages_are_understood_or_asked_about_with_choices(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let terms = [
            "imediato", "15 working days", "15 dias úteis", "2 weeks", "3 months", "30/06", "ongoing", "TBD", "primeiro semestre",
            "fin de año", "06/27",
        ];
        let rows: String = terms.iter().enumerate().map(|(n, term)| format!("{n};Compromiso {n};MTPE;{term}\n")).collect();
        let text = format!("N°;Compromiso;Responsable;Plazo\n{rows}");
        let tried = send_text(&admin, &setup.of(true), &text).expect(200);
        let ids = asked(&tried);
        assert_eq!(ids, [
            "due_text/imediato/no_session", "due_text/15 working days/no_session", "due_text/15 dias uteis/no_session",
            "due_text/2 weeks/no_session", "due_text/3 months/no_session", "due_text/30 06", "due_text/primeiro semestre",
            "due_text/fin de ano", "due_text/06 27",
        ]);
        let first = |id: &str| choices(&tried, id).swap_remove(0);
        let pair = |key: &str, label: &str| (key.to_owned(), label.to_owned());
        assert_eq!(first(&ids[0]), pair("2023-09-01", "Hoy, 1 de septiembre de 2023"));
        assert_eq!(first(&ids[3]), pair("2023-09-15", "Contado desde hoy, 1 de septiembre de 2023: hasta el 15 de septiembre de 2023"));
        assert_eq!(first(&ids[4]).0, "2023-12-01");
        assert_eq!(first(&ids[5]), pair("year:2023", "30 de junio de 2023"));
        assert_eq!(first(&ids[6]).0, "year:2023");
        assert!(first(&ids[6]).1.ends_with("del 1 de enero de 2023 al 30 de junio de 2023"), "{}", first(&ids[6]).1);
        assert_eq!(choices(&tried, &ids[7]).into_iter().map(|(key, _)| key).collect::<Vec<_>>(), ["2023", "2024", "open"]);
        assert_eq!(first(&ids[8]), pair("2027-06", "junio de 2027"));
        let answers: serde_json::Map<String, Value> = ids.iter().map(|id| (id.clone(), json!(first(id).0))).collect();
        let done = send_text(&admin, &answered(&setup.of(true), &Value::Object(answers)), &text).expect(200);
        assert_eq!(faults_of(&done), Vec::<String>::new());
        let due = understood(&done, "due_to");
        assert_eq!((&due[0], &due[5], &due[6], &due[7], &due[8]), (&json!("2023-09-01"), &json!("2023-06-30"), &Value::Null, &Value::Null, &json!("2023-06-30")));
        assert_eq!(due[1], due[2]);
        // With the day of a session, counted terms need no question, and "immediately" offers that day.
        let rows: String = ["Immediately", "15 working days", "15 dias úteis", "10 días hábiles"].iter().enumerate()
            .map(|(n, term)| format!("I sesión;15/08/2023;Con sesión {n};MTPE;{term}\n")).collect();
        let text = format!("Sesión;Fecha de la sesión;Compromiso;Responsable;Plazo\n{rows}");
        let tried = send_text(&admin, &setup.of(true), &text).expect(200);
        assert_eq!(asked(&tried), ["due_text/immediately"]);
        assert_eq!(choices(&tried, "due_text/immediately")[0].0, "session");
        assert_eq!(understood(&tried, "due_to")[1], understood(&tried, "due_to")[2]);
        // In a column of dates the last day of the count is offered.
        let text = "Sesión;Fecha de la sesión;Compromiso;Responsable;Fecha límite\nI sesión;15/08/2023;Fecha;MTPE;2 semanas\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!(choices(&tried, "due/2 semanas")[0], pair("2023-08-29", "29 de agosto de 2023"));
    }
}

on_both! {
    fn a_term_that_was_changed_counts_where_there_is_one(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsables;;Plazo;\n;Principal;Apoyo;Original;Reprogramado\n\
            Uno;MTPE;MINSA;30/06/2027;30/09/2027\nDos;MTPE;;31/12/2027;\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!(faults_of(&tried), Vec::<String>::new(), "{}", tried.text);
        assert_eq!(understood(&tried, "due"), ["2027-09-30", "2027-12-31"]);
        assert_eq!(left_out(&tried), ["matriz.csv!D3 replaced"]);
        assert_eq!(tried.json["rows"][0]["understood"]["institutions"].as_array().unwrap().len(), 2);
        let done = send_text(&admin, &setup.of(false), text).expect(200);
        assert_eq!(totals(&done), [2, 0, 0, 0]);
        let roles: Vec<Value> = commitment(&admin, "CIGTPE-2023-001")["assignments"].as_array().unwrap().iter().map(|one| one["role"].clone()).collect();
        assert!(roles.contains(&json!("co_responsible")) && roles.contains(&json!("responsible")), "{roles:?}");
        assert_eq!(totals(&send_text(&admin, &setup.of(false), text).expect(200)), [0, 0, 2, 0]);
        let one_row = "Compromiso;Responsable;Plazo original;Nuevo plazo\nTres;MTPE;30/06/2027;II trimestre 2028\nCuatro;MTPE;marzo;\n";
        let tried = send_text(&admin, &setup.of(true), one_row).expect(200);
        assert_eq!(understood(&tried, "due")[0], "2028-Q2");
        assert_eq!(faults_of(&tried), ["/matriz.csv/C3 unclear_term"], "the fault names the cell that has the words");
    }
}

on_both! {
    fn a_huge_cell_or_row_of_a_text_is_refused_in_one_sentence(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        for (row, words) in [
            (format!("2;{};MTPE;;\n", "x".repeat(2_000_000)), "La celda B3 tiene más de 32767 letras"),
            (";".repeat(2_000_000), "columna 200"),
        ] {
            let refused = send_text(&admin, &setup.of(true), &format!("{HEAD}{row}")).expect(422);
            let faults = refused.json["errors"].as_array().unwrap();
            let detail = faults[0]["detail"].as_str().unwrap();
            assert!(faults.len() == 1 && detail.replace(['.', '\u{a0}', '\u{202f}'], "").contains(&words.replace('.', "")), "{detail}");
        }
    }
}

on_both! {
    fn several_columns_are_notes_and_what_is_remembered_is_told(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsable;Plazo;Observaciones;Seguimiento;Prioridad\nUno;MTPE;2027;Primera;Segunda;Alta\nDos;MTPE;2027;;Otra;Baja\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        let sheet = &tried.json["sheets"][0];
        assert_eq!(sheet["left_out"][0]["examples"], json!(["Alta", "Baja"]), "{}", tried.text);
        assert_eq!(understood(&tried, "notes"), ["Primera\nSeguimiento: Segunda", "Seguimiento: Otra"]);
        assert_eq!(sheet["columns"][5]["examples"], json!(["Alta", "Baja"]));
        let query = mapped(&setup.of(false), &json!({"matriz.csv!Seguimiento": "notes", "F": "notes"}));
        let done = send_text(&admin, &query, text).expect(200);
        assert_eq!(understood(&done, "notes"), ["Primera\nSeguimiento: Segunda\nPrioridad: Alta", "Seguimiento: Otra\nPrioridad: Baja"]);
        assert_eq!(notes(&done), Vec::<String>::new());
        let import = done.json["import_id"].as_str().unwrap();
        admin.post(&format!("/imports/{import}/undo"), json!({})).expect(200);
        let again = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!((notes(&again), understood(&again, "notes")[1].clone()), (vec!["remembered_mapping".to_owned()], json!("Seguimiento: Otra\nPrioridad: Baja")));
        let told = again.json["notes"][0]["detail"].as_str().unwrap();
        assert!(told.starts_with("El contenido de «Prioridad» se tomó de una importación anterior"), "the program knows Seguimiento itself: {told}");
    }
}

on_both! {
    fn a_corrected_text_with_the_number_of_another_list_is_asked_about(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = |words: &str| format!("Código;Compromiso;Responsable;Plazo\n473;{words};MTPE;2027\n474;Revisar;MTPE;2027\n");
        let done = send_text(&admin, &setup.of(false), &text("Elaborar el protocolo")).expect(200);
        assert_eq!(understood(&done, "number"), ["473", "474"]);
        let tried = send_text(&admin, &setup.of(true), &text("Elaborar y aprobar el protocolo")).expect(200);
        assert_eq!((asked(&tried), faults_of(&tried)), (vec!["known_number/473".to_owned()], vec!["/matriz.csv/A2 known_number".to_owned()]));
        let other = answered(&setup.of(true), &json!({"known_number/473": "other"}));
        assert_eq!(totals(&send_text(&admin, &other, &text("Elaborar y aprobar el protocolo")).expect(200)), [1, 0, 1, 0]);
        let same = answered(&setup.of(false), &json!({"known_number/473": "same"}));
        let done = send_text(&admin, &same, &text("Elaborar y aprobar el protocolo")).expect(200);
        assert_eq!(totals(&done), [0, 1, 1, 0], "{}", done.text);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["text"], "Elaborar y aprobar el protocolo");
        // Numbers of rows begin again in the matrix of another session.
        let session = |day: &str, words: &str| format!("N°;Sesión;Fecha de la sesión;Compromiso;Responsable\n1;Sesión {day};{day};{words};MTPE\n");
        send_text(&admin, &setup.of(false), &session("15/08/2023", "Uno")).expect(200);
        assert_eq!(asked(&send_text(&admin, &setup.of(true), &session("22/08/2023", "Dos")).expect(200)), Vec::<String>::new());
        assert_eq!(asked(&send_text(&admin, &setup.of(true), &session("15/08/2023", "Uno bis")).expect(200)), ["known_number/1"]);
    }
}

on_both! {
    fn names_are_put_on_one_line_at_the_upgrade_and_equal_ones_are_listed(world) {
        let admin = world.admin();
        let body = |name: &str| json!({"name": name, "sector": "government", "country_code": "PE", "aliases": ["Oficina A"]});
        let [first, second] = ["Oficina Uno", "Oficina Dos"].map(|name| admin.post("/institutions", body(name)).expect(201).id());
        let commission = world.commission("PE", "CIGTPE");
        let statements = "UPDATE institutions SET name = 'oficina\tuno ' || '\n' WHERE name = 'Oficina Dos'; \
            UPDATE institution_aliases SET alias = ' Oficina \r\n A\t' WHERE alias = 'Oficina A'; \
            UPDATE commissions SET name = name || '\n\tde prueba '";
        world.upgrade_from_before("0058", statements);
        assert_eq!(admin.get(&format!("/institutions/{second}")).expect(200).json["name"], "oficina uno");
        let stands = admin.get(&format!("/institutions/{first}")).expect(200);
        assert_eq!((&stands.json["name"], &stands.json["aliases"]), (&json!("Oficina Uno"), &json!(["Oficina A"])));
        let name = admin.get(&format!("/commissions/{commission}")).expect(200).json["name"].as_str().unwrap().to_owned();
        assert!(name.ends_with(" de prueba") && !name.contains(['\n', '\t']), "{name:?}");
        let now = world.clock.now();
        let equal = world.state.db.read(|conn| articula::testing::matrix::equal_names(conn, now)).unwrap();
        let listed: Vec<(&str, &[String])> = equal.iter().map(|one| (one.name.as_str(), one.records.as_slice())).collect();
        let records = ["Oficina Uno".to_owned(), "oficina uno".to_owned()];
        assert_eq!(listed, [("Oficina A", &records[..]), ("Oficina Uno", &records[..])]);
        assert!(equal[1].to_string().contains("2 institutions of PE"), "{}", equal[1]);
    }
}
