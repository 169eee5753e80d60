//! A matrix is imported, and imported again.

use articula::db::Db;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};

use super::{Setup, commitment, matrix, part, send, told, totals, usual, workbook};
use crate::on_both;
use crate::support::World;

/// The row of this number in an answer.
fn row(answer: &crate::support::Answer, number: u64) -> Value {
    let rows = answer.json["rows"].as_array().unwrap();
    rows.iter().find(|row| row["row"] == number).cloned().unwrap_or_else(|| panic!("{}", answer.text))
}

on_both! {
    fn a_matrix_is_tried_brought_in_and_again_changes_nothing(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let tried = send(&admin, &setup.of(true), usual()).expect(200);
        assert_eq!(told(&tried), []);
        assert_eq!(totals(&tried), [5, 0, 0, 0], "{}", tried.text);
        assert_eq!(admin.get("/commitments?country_code=PE").expect(200).items().len(), 0, "a dry run writes nothing");
        assert_eq!(row(&tried, 2)["code"], Value::Null);
        let first = send(&admin, &setup.of(false), usual()).expect(200);
        assert_eq!(first.json["counts"], tried.json["counts"]);
        assert_eq!(first.json["counts"]["commitment"]["created"], 4);
        assert_eq!(first.json["counts"]["meeting"]["created"], 1);
        assert_eq!(first.json["counts"]["agreement"]["created"], 2);
        assert_eq!(row(&first, 2)["code"], "CIGTPE-2023-001");
        assert!(first.json["import_id"].is_string());
        let again = send(&admin, &setup.of(false), usual()).expect(200);
        assert_eq!(totals(&again), [0, 0, 5, 0], "{}", again.text);
        assert_eq!(again.json["import_id"], Value::Null, "nothing to undo");
        assert_eq!(admin.get("/reminders/deliveries").expect(200).items().len(), 0, "import sends no mail");
    }
}

on_both! {
    fn a_long_matrix_is_entered_like_a_short_one(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let text = |number: usize| format!("Compromiso {number}: \"tres\" \\N \\. 'ñ' fin");
        let mut rows = vec![vec!["Compromiso".into(), "Responsable".into(), "Plazo".into(), "% Avance".into(), "Estado".into()]];
        rows.extend((0..40).map(|number| {
            let [percent, state] = if number % 2 == 0 { ["40 %", "En proceso"] } else { ["", ""] };
            vec![text(number), "MTPE".to_owned(), "2024".to_owned(), percent.to_owned(), state.to_owned()]
        }));
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let done = send(&admin, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(totals(&done), [40, 0, 0, 0], "{}", done.text);
        let one = workbook(&[rows[0].clone(), vec!["Uno", "MTPE", "2024", "40 %", "En proceso"]]);
        send(&admin, &setup.of(false), one).expect(200);
        let single = commitment(&admin, "CIGTPE-2023-041");
        for (code, number) in [("CIGTPE-2023-001", 0), ("CIGTPE-2023-039", 38)] {
            let found = commitment(&admin, code);
            assert!(found["text"].as_str().unwrap().starts_with(&format!("Compromiso {number}: \"tres\" \\N \\. 'ñ'")), "{found}");
            for member in ["due", "due_to", "status", "commission_ids", "completion_rule", "fulfilled"] {
                assert_eq!(found[member], single[member], "{member}");
            }
            for member in ["institution_id", "status", "percent", "last_update_at", "due_to"] {
                assert_eq!(found["assignments"][0][member], single["assignments"][0][member], "{member}");
            }
            let history = |of: &Value| {
                let path = format!("/commitments/{}/history", of["id"].as_str().unwrap());
                admin.get(&path).expect(200).items().iter().map(|event| event["kind"].clone()).collect::<Vec<_>>()
            };
            assert_eq!(history(&found), history(&single));
        }
        assert_eq!(on_agenda(world), 41);
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Returns the number of open assignments that the next planning of reminders checks.
fn on_agenda(world: &World) -> i64 {
    let query = diesel::sql_query(
        "SELECT count(*) AS count FROM reminder_agenda g JOIN assignments a ON a.id = g.assignment_id WHERE a.open",
    );
    let counted: articula::error::Result<Count> = world.state.db.read(|conn| match conn {
        Db::Pg(conn) => Ok(query.get_result(conn)?),
        Db::Sqlite(conn) => Ok(query.get_result(conn)?),
    });
    counted.unwrap().count
}

on_both! {
    fn what_was_brought_in_stands_as_if_it_had_been_entered(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let all = admin.get("/commitments?country_code=PE").expect(200);
        let called = |text: &str| all.items().iter().find(|one| one["text"] == text).cloned().unwrap();
        let training = called("Capacitar a los inspectores");
        assert_eq!((&training["due"], &training["due_text"]), (&json!("2023-Q4"), &json!("IV trimestre 2023")));
        assert_eq!((&training["status"], &training["assignments"][0]["percent"]), (&json!("in_progress"), &json!(40)));
        let protocol = called("Elaborar el protocolo");
        assert_eq!(protocol["due_rule"], json!({"count": 10, "unit": "business_days", "from": "2023-08-22"}));
        assert_eq!((&protocol["status"], &protocol["fulfilled"]), (&json!("in_progress"), &json!({"done": 0, "of": 1})));
        let open = called("Difundir la ruta");
        assert_eq!((&open["due_to"], &open["due_text"]), (&Value::Null, &json!("permanente")));
        assert_eq!(open["assignments"].as_array().unwrap().len(), 2);
        let shared = called("Crear la mesa regional");
        let states: Vec<_> = shared["assignments"].as_array().unwrap().iter().map(|part| part["status"].clone()).collect();
        assert_eq!(states, [json!("planned"), json!("in_progress")]);
        assert_eq!(shared["due"], "2023-09-30");
        let sessions = admin.get("/meetings?country_code=PE").expect(200);
        assert_eq!(sessions.items().len(), 1);
        let session = &sessions.items()[0];
        assert_eq!((&session["title"], &session["held"], &session["ordinal"], &session["status"]),
            (&json!("III sesión ordinaria"), &json!("2023-08-22"), &json!(3), &json!("held")));
        let agreements = admin.get("/agreements?country_code=PE").expect(200);
        let mut numbers: Vec<_> = agreements.items().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect();
        numbers.sort();
        assert_eq!(numbers, ["6", "7"]);
    }
}

on_both! {
    fn a_changed_row_tells_each_cell_before_and_after(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let rows = [
            vec!["Código", "Plazo", "Estado", "% Avance", "Responsables", "Compromiso", "Observaciones"],
            vec!["CIGTPE-2023-001", "30/11/2023", "En proceso", "60%", "MTPE, MINSA", "", "Tres talleres"],
            vec!["cigtpe-2023-004", "", "", "", "", "Crear la mesa regional de Huánuco", ""],
            vec!["CIGTPE-2023-002", "10 días hábiles", "Cumplido", "100%", "MTPE", "Elaborar el protocolo", ""],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        assert_eq!(totals(&tried), [0, 2, 1, 0], "{}", tried.text);
        let mut cells: Vec<String> = row(&tried, 2)["cells"].as_array().unwrap().iter().map(|cell| {
            format!("{} {} {} {}", cell["cell"], cell["heading"], cell["before"], cell["after"]).replace('"', "")
        }).collect();
        cells.sort();
        assert_eq!(cells, [
            "B2 Plazo IV trimestre 2023 (2023-Q4) 2023-11-30",
            "C2 Estado null En proceso",
            "D2 % Avance 40 % 60 %",
            "D2 % Avance null 60 %",
            "E2 Responsables MTPE MINSA",
            "G2 Observaciones null Tres talleres",
        ], "{}", tried.text);
        send(&admin, &setup.of(false), workbook(&rows)).expect(200);
        let again = send(&admin, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(totals(&again), [0, 0, 3, 0], "{}", again.text);
        let changed = admin.get("/commitments?q=mesa%20regional").expect(200);
        assert_eq!(changed.items()[0]["text"], "Crear la mesa regional de Huánuco");
    }
}

on_both! {
    fn headings_stand_below_titles_in_any_order_and_sheets_beside_the_matrix_are_left_alone(world) {
        use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
        let setup = Setup::new(world);
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Seguimiento 2023").unwrap();
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 6, "MATRIZ DE SEGUIMIENTO DE ACUERDOS", &plain).unwrap();
        for (column, heading) in (0..).zip(["RESPONSABLE (S)", "compromiso / tarea", "FECHA SESION", "% de avance", "fecha limite", "Tema", "Acta"]) {
            sheet.write_string(3, column, heading).unwrap();
        }
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let day = ExcelDateTime::parse_from_str("2023-08-22").unwrap();
        sheet.merge_range(4, 6, 5, 6, "Sesión extraordinaria", &plain).unwrap();
        for (row, text) in [(4, "Uno"), (5, "Dos")] {
            sheet.write_string(row, 0, "MTPE\nMINSA").unwrap();
            sheet.write_string(row, 1, text).unwrap();
            sheet.write_datetime_with_format(row, 2, &day, &date).unwrap();
            sheet.write_number_with_format(row, 3, 0.5, &Format::new().set_num_format("0%")).unwrap();
            sheet.write_number(row, 4, 45_199).unwrap();
            sheet.write_string(row, 5, "Trabajo infantil").unwrap();
        }
        sheet.merge_range(6, 0, 6, 6, "SEGUNDA PARTE", &plain).unwrap();
        book.add_worksheet().set_name("Listas").unwrap().write_string(0, 0, "Pendiente").unwrap();
        let done = send(&world.admin(), &setup.of(false), book.save_to_buffer().unwrap()).expect(200);
        assert_eq!(totals(&done), [2, 0, 0, 0], "{}", done.text);
        assert_eq!(done.json["skipped_sheets"], json!(["Listas"]));
        assert_eq!(done.json["skipped_columns"], json!(["Seguimiento 2023!F4 Tema"]));
        let all = world.admin().get("/commitments?country_code=PE").expect(200);
        for one in all.items() {
            assert_eq!((&one["due"], &one["assignments"][1]["percent"]), (&json!("2023-09-30"), &json!(50)));
        }
        let session = world.admin().get("/meetings?country_code=PE").expect(200);
        assert_eq!((&session.items()[0]["kind"], session.items().len()), (&json!("extraordinary"), 1));
    }
}

on_both! {
    fn a_text_file_says_the_same_as_a_workbook(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let text = "Matriz;;;\r\n\r\nN°;Compromiso;Responsable(s);Plazo;Estado\r\n1;\"Elaborar; y difundir\";MTPE;II semestre 2023;En ejecución\r\n";
        let old: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let csv = admin.with("content-type", "text/csv").with("content-disposition", "attachment; filename=\"matriz.csv\"");
        let done = csv.call("POST", &format!("/imports?{}", setup.of(false)), Some(old)).expect(200);
        assert_eq!(totals(&done), [1, 0, 0, 0], "{}", done.text);
        assert_eq!(row(&done, 4)["sheet"], "matriz.csv");
        for marked in [text.to_owned(), format!("\u{feff}{text}"), text.replace(';', ",").replace("Elaborar,", "Elaborar;")] {
            let again = csv.call("POST", &format!("/imports?{}", setup.of(false)), Some(marked.into_bytes())).expect(200);
            assert_eq!(totals(&again), [0, 0, 1, 0], "{}", again.text);
        }
        let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.csv\"\r\n\r\nCompromiso;Responsable;Estado\r\nOtro;MINSA;Pendiente\r\n\r\n--x--\r\n";
        let sent = admin.with("content-type", "multipart/form-data; boundary=x");
        let done = sent.call("POST", &format!("/imports?{}", setup.of(false)), Some(form.into())).expect(200);
        assert_eq!(row(&done, 2)["sheet"], "m.csv");
    }
}

on_both! {
    fn a_secretariat_brings_in_its_own_matrix_and_completions_wait_for_somebody_else(world) {
        let setup = Setup::new(world);
        let other = world.commission("PE", "CPETI");
        let secretariat = world.secretariat(&setup.commission);
        let done = send(&secretariat, &setup.of(false), usual()).expect(200);
        assert_eq!(totals(&done), [5, 0, 0, 0], "{}", done.text);
        let all = secretariat.get("/commitments?q=protocolo").expect(200);
        assert_eq!((&all.items()[0]["status"], &all.items()[0]["assignments"][0]["verification"]), (&json!("in_progress"), &json!("pending")));
        let report = all.items()[0]["assignments"][0]["pending_update_id"].as_str().unwrap().to_owned();
        let own = secretariat.put(&format!("/updates/{report}/review"), json!({"outcome": "accepted"})).expect(403);
        assert_eq!(own.code(), "own_update");
        assert_eq!(totals(&send(&secretariat, &setup.of(false), usual()).expect(200)), [0, 0, 5, 0]);
        send(&secretariat, &format!("commission_id={other}"), usual()).expect(404);
        send(&secretariat, "country_code=PE", usual()).expect(403);
        send(&world.observer(&setup.commission), &setup.of(true), usual()).expect(403);
        send(&world.stranger(), &setup.of(true), usual()).expect(403);
        let foreign = matrix(&[["1", "CPETI", "", "", "", "Otra cosa", "MTPE", "", "", "", "", "", ""]]);
        let refused = send(&secretariat, &setup.of(true), foreign.clone()).expect(200);
        assert_eq!(told(&refused), [("/Matriz/B2".to_owned(), "unknown_name".to_owned())]);
        assert_eq!(totals(&send(&world.coordinator("PE"), "country_code=PE", foreign).expect(200)), [1, 0, 0, 0]);
    }
}

on_both! {
    fn what_a_matrix_states_as_done_awaits_review_whoever_imports_it(world) {
        let setup = Setup::new(world);
        let reviewer = world.secretariat(&setup.commission);
        let people = [world.admin(), world.coordinator("PE"), world.secretariat(&setup.commission)];
        for (n, person) in people.iter().enumerate() {
            let text = format!("Elaborar el protocolo {n}");
            let done = matrix(&[["", "", "", "", "", &text, "MTPE", "", "", "Cumplido", "100 %", "Oficio 12-2023", ""]]);
            send(person, &setup.of(false), done.clone()).expect(200);
            let mails = world.notices();
            let told: Vec<&str> = mails.iter().filter(|mail| mail.kind == "matrix_imported").map(|mail| mail.to.as_str()).collect();
            let mut keepers = vec![reviewer.email.as_str(), people[2].email.as_str()];
            keepers.retain(|email| *email != person.email);
            keepers.sort_unstable();
            assert_eq!(told, keepers, "the secretariat is notified, without the person who imports");
            let all = person.get("/commitments?q=protocolo&limit=200").expect(200);
            let made = all.items().iter().find(|one| one["text"] == text).cloned().unwrap();
            let part = &made["assignments"][0];
            assert_eq!((&part["status"], &part["verification"]), (&json!("completed"), &json!("pending")));
            let path = format!("/updates/{}", part["pending_update_id"].as_str().unwrap());
            let report = person.get(&path).expect(200).json;
            assert_eq!((&report["author"]["id"], &report["imported_by"]["id"], &report["on_behalf"]), (&json!(person.id), &json!(person.id), &json!(true)));
            assert_eq!(report["author"], report["imported_by"]);
            let accepted = json!({"outcome": "accepted"});
            assert_eq!(person.put(&format!("{path}/review"), accepted.clone()).expect(403).code(), "own_update");
            assert_eq!(totals(&send(person, &setup.of(false), done.clone()).expect(200)), [0, 0, 1, 0]);
            reviewer.put(&format!("{path}/review"), accepted).expect(200);
            assert_eq!(totals(&send(person, &setup.of(false), done).expect(200)), [0, 0, 1, 0], "accepted, it says the same");
        }
    }
}

on_both! {
    fn a_matrix_must_say_for_whom_it_is(world) {
        let setup = Setup::new(world);
        world.country("CL");
        let admin = world.admin();
        assert_eq!(send(&admin, "dry_run=true", usual()).expect(400).code(), "invalid_query");
        send(&admin, &format!("{}&country_code=CL", setup.of(true)), usual()).expect(400);
        send(&admin, "country_code=ZZ", usual()).expect(404);
        let nowhere = matrix(&[["1", "", "", "", "", "Algo", "MTPE", "", "", "", "", "", ""]]);
        let refused = send(&admin, "country_code=PE", nowhere).expect(422);
        assert_eq!(refused.faults(), [("/Matriz/B2".to_owned(), "commission_not_stated".to_owned())]);
        let dataset = json!({"articula": 1, "country": {"code": "PE"}});
        admin.post("/imports?country_code=PE", dataset).expect(400);
    }
}

on_both! {
    fn an_exported_matrix_is_brought_in_again_without_change(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let all = admin.get("/commitments?q=inspectores").expect(200);
        let (id, part) = (all.items()[0]["id"].as_str().unwrap(), all.items()[0]["assignments"][0]["id"].as_str().unwrap());
        let body = json!({"reported_on": "2023-09-01", "status": "in_progress", "percent": 1, "narrative": "=suma de todo", "on_behalf": true,
            "evidence": [{"title": "Actas; listas", "url": "https://example.org/actas"}]});
        admin.post(&format!("/commitments/{id}/assignments/{part}/updates"), body).expect(201);
        let more = admin.post(&format!("/commitments/{id}/assignments/{part}/extensions"), json!({"requested_due": "2024-03-31", "reason": "Falta presupuesto"})).expect(201);
        admin.put(&format!("/extensions/{}/decision", more.id()), json!({"outcome": "granted"})).expect(200);
        let csv = admin.get("/follow-up-matrix?country_code=PE&format=csv").expect(200);
        let sent = admin.with("content-type", "text/csv");
        let again = sent.call("POST", &format!("/imports?{}", setup.of(true)), Some(csv.text.into_bytes())).expect(200);
        assert_eq!(told(&again), [], "{}", again.text);
        assert_eq!(totals(&again), [0, 0, 5, 0], "{}", again.text);
    }
}

on_both! {
    fn a_row_costs_few_statements_and_one_that_changes_nothing_none(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let statements = |count: usize| {
            let texts: Vec<String> = (0..count).map(|n| format!("Compromiso {n} de {count}")).collect();
            let mut rows = vec![vec!["Compromiso", "Responsable", "Plazo", "Estado", "Medio de verificación"]];
            rows.extend(texts.iter().map(|text| vec![text.as_str(), "MTPE", "IV trimestre 2023", "Cumplido", "Oficio"]));
            let before = world.statements();
            send(&admin, &setup.of(false), workbook(&rows)).expect(200);
            world.statements() - before
        };
        let (few, many) = (statements(10), statements(40));
        assert!((many - few) / 30 <= 14, "{few}, {many}");
        assert_eq!(statements(10), statements(40), "what stands already is only read");
    }
}

on_both! {
    fn texts_that_an_import_writes_are_in_the_language_of_the_importer(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        admin.patch("/me", json!({"language": "en"})).expect(200);
        let row = ["1", "CIGTPE", "", "22/08/2023", "6", "Elaborar el protocolo", "MTPE", "", "", "En proceso", "", "", ""];
        let first = send(&admin, &setup.of(false), matrix(&[row])).expect(200);
        assert_eq!(totals(&first), [1, 0, 0, 0], "{}", first.text);
        let session = admin.get("/meetings?country_code=PE").expect(200);
        assert_eq!(session.items()[0]["title"], "Session of 22 August 2023");
        let agreement = admin.get("/agreements?country_code=PE").expect(200);
        assert_eq!(agreement.items()[0]["title"], "Agreement 6");
        let commitment = commitment(&admin, "CIGTPE-2023-001");
        let part = part(&commitment, &setup.mtpe)["id"].as_str().unwrap();
        let path = format!("/commitments/{}/assignments/{part}/updates", commitment["id"].as_str().unwrap());
        let updates = admin.get(&path).expect(200);
        assert_eq!(updates.items()[0]["narrative"], "According to the imported follow-up matrix.");
        let again = send(&world.admin(), &setup.of(false), matrix(&[row])).expect(200);
        assert_eq!(totals(&again), [0, 0, 1, 0], "a person with a Spanish profile imports the same: {}", again.text);
    }
}
