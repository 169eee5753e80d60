//! Cells with more than one meaning: they are asked about, once with all their rows, and answered by the person.

use serde_json::{Value, json};

use super::{Setup, commitment, faults_of, send, send_text, totals, workbook};
use crate::on_both;
use crate::support::Answer;

/// The ids of the questions with their rows.
fn questions(answer: &Answer) -> Vec<(String, Value)> {
    let all = answer.json["questions"].as_array().unwrap();
    all.iter().map(|one| (one["id"].as_str().unwrap().to_owned(), one["rows"].clone())).collect()
}

/// The keys and labels of the choices of a question.
fn choices(answer: &Answer, id: &str) -> Vec<(String, String)> {
    let all = answer.json["questions"].as_array().unwrap();
    let question = all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {}", answer.text));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let options = question["options"].as_array().unwrap();
    options.iter().map(|one| (text(&one["key"]), text(&one["label"]))).collect()
}

/// A query with answers.
fn answered(query: &str, answers: &Value) -> String {
    let encoded: String = answers.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{query}&answers={encoded}")
}

/// Commitments of MTPE with these terms.
fn with_terms(terms: &[&str]) -> Vec<u8> {
    let mut rows = vec![vec!["N°", "Compromiso", "Responsable", "Plazo", "Estado"]];
    let numbered: Vec<(String, String)> =
        (1..=terms.len()).map(|n| (n.to_string(), format!("Compromiso {n}"))).collect();
    for ((number, text), term) in numbered.iter().zip(terms) {
        rows.push(vec![number, text, "MTPE", term, "Pendiente"]);
    }
    workbook(&rows)
}

on_both! {
    fn a_month_and_a_number_are_asked_about_and_never_a_year(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let book = with_terms(&["Junio 30", "junio 15", "Junio 30", "marzo 27", "Dic 15", "15 de junio"]);
        let tried = send(&admin, &setup.of(true), book.clone()).expect(200);
        assert_eq!(
            questions(&tried),
            [
                ("due_text/junio 30".to_owned(), json!([2, 4])),
                ("due_text/junio 15".to_owned(), json!([3])),
                ("due_text/marzo 27".to_owned(), json!([5])),
                ("due_text/dic 15".to_owned(), json!([6])),
                ("due_text/15 de junio".to_owned(), json!([7])),
            ]
        );
        assert_eq!(
            choices(&tried, "due_text/junio 30"),
            [
                ("year:2023", "30 de junio de 2023"),
                ("year:2024", "30 de junio de 2024"),
                ("2030-06", "junio de 2030"),
                ("open", "Sin fecha: se guardan estas palabras"),
            ]
            .map(|(key, label)| (key.to_owned(), label.to_owned()))
        );
        let faults = faults_of(&tried);
        assert_eq!(faults.len(), 5, "{faults:?}");
        assert_eq!(tried.json["errors"][0]["rows"], json!([2, 4]));
        let detail = tried.json["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.starts_with("Hoja «Matriz», filas 2, 4, columna D (Plazo): Puede ser un día o un año."), "{detail}");
        send(&admin, &setup.of(false), book.clone()).expect(422);
        let answers = json!({
            "due_text/junio 30": "year:2024", "due_text/junio 15": "2024-06-15", "due_text/marzo 27": "open",
            "due_text/dic 15": "2024-12", "due_text/15 de junio": "year:2024",
        });
        let done = send(&admin, &answered(&setup.of(false), &answers), book.clone()).expect(200);
        let due: Vec<&Value> = done.json["rows"].as_array().unwrap().iter().map(|row| &row["understood"]["due"]).collect();
        let expected = [json!("2024-06-30"), json!("2024-06-15"), json!("2024-06-30"), Value::Null, json!("2024-12"), json!("2024-06-15")];
        assert_eq!(due, expected.iter().collect::<Vec<_>>());
        let first = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&first["due"], &first["due_text"]), (&json!("2024-06-30"), &json!("Junio 30")));
        let again = send(&admin, &answered(&setup.of(false), &answers), book).expect(200);
        assert_eq!(totals(&again), [0, 0, 6, 0], "{}", again.text);
    }
}

on_both! {
    fn immediate_terms_are_asked_about_with_the_day_of_the_session(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Sesión", "Fecha de la sesión", "Compromiso", "Responsable", "Plazo"],
            vec!["I sesión", "15/08/2023", "Uno", "MTPE", "Inmediato"],
            vec!["II sesión", "22/08/2023", "Dos", "MTPE", "INMEDIATO"],
            vec!["II sesión", "22/08/2023", "Tres", "MTPE", "De inmediato"],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        let asked = [("due_text/inmediato".to_owned(), json!([2, 3])), ("due_text/de inmediato".to_owned(), json!([4]))];
        assert_eq!(questions(&tried), asked);
        assert_eq!(choices(&tried, "due_text/inmediato").first().unwrap().1, "El día de la sesión");
        let answers = json!({"due_text/inmediato": "session", "due_text/de inmediato": "open"});
        send(&admin, &answered(&setup.of(false), &answers), workbook(&rows)).expect(200);
        let due = ["CIGTPE-2023-001", "CIGTPE-2023-002", "CIGTPE-2023-003"].map(|code| commitment(&admin, code)["due"].clone());
        assert_eq!(due, [json!("2023-08-15"), json!("2023-08-22"), Value::Null]);
    }
}

on_both! {
    fn terms_in_days_are_asked_about_and_a_day_to_count_from_may_be_stated(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let terms = [
            "15 DÍAS HÁBILES A PARTIR DEL 20 DE JUNIO",
            "3 meses desde el 01/03/2027",
            "4 meses a partir de la aprobación del proyecto.",
        ];
        let tried = send(&admin, &setup.of(true), with_terms(&terms)).expect(200);
        let asked: Vec<String> = questions(&tried).into_iter().map(|(id, _)| id).collect();
        assert_eq!(
            asked,
            [
                "due_text/15 dias habiles a partir del 20 de junio",
                "due_text/4 meses a partir de la aprobacion del proyecto",
            ]
        );
        assert_eq!(tried.json["rows"][1]["understood"]["due_to"], "2027-06-01", "{}", tried.text);
        let answers = json!({(asked[0].clone()): "year:2024", (asked[1].clone()): "2024-Q1"});
        let done = send(&admin, &answered(&setup.of(false), &answers), with_terms(&terms)).expect(200);
        let understood = &done.json["rows"][0]["understood"];
        let first = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!(first["due_rule"], json!({"count": 15, "unit": "business_days", "from": "2024-06-20"}));
        assert_eq!(first["due_to"], understood["due_to"]);
        let days = [
            vec!["Sesión", "Fecha de la sesión", "Compromiso", "Responsable", "Plazo (días)"],
            vec!["I sesión", "15/08/2023", "Otro", "MTPE", "30 días"],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&days)).expect(200);
        let keys: Vec<String> = choices(&tried, "due_text/30 dias").into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["business_days", "calendar_days", "open"]);
        let answers = json!({"due_text/30 dias": "calendar_days"});
        let done = send(&admin, &answered(&setup.of(true), &answers), workbook(&days)).expect(200);
        assert_eq!(done.json["rows"][0]["understood"]["due_to"], "2023-09-14", "{}", done.text);
    }
}

on_both! {
    fn states_of_real_matrices_are_known_or_asked_about(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let states = ["Reprogramado", "Vigente", "No cumple", "Suspendido", "Por vencer", "suspendida", "Suspendido"];
        let mut rows = vec![vec!["Compromiso", "Responsable", "Plazo", "Estado", "Observaciones"]];
        let texts: Vec<String> = (1..=states.len()).map(|n| format!("Compromiso {n}")).collect();
        rows.extend(texts.iter().zip(states).map(|(text, state)| vec![text.as_str(), "MTPE", "2024", state, ""]));
        rows[1][4] = "Falta presupuesto";
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        let asked = [("status/suspendido".to_owned(), json!([5, 8])), ("status/suspendida".to_owned(), json!([7]))];
        assert_eq!(questions(&tried), asked);
        let status: Vec<&Value> = tried.json["rows"].as_array().unwrap().iter().map(|row| &row["understood"]["status"]).collect();
        assert_eq!(status[..3], [&json!("in_progress"), &json!("in_progress"), &json!("not_achieved")]);
        let answers = json!({"status/suspendido": "in_progress", "status/suspendida": "none"});
        let query = answered(&setup.of(false), &answers);
        send(&admin, &query, workbook(&rows)).expect(200);
        let narrative = |code: &str| {
            let id = commitment(&admin, code)["assignments"][0]["id"].as_str().unwrap().to_owned();
            let commitment = commitment(&admin, code)["id"].as_str().unwrap().to_owned();
            let updates = admin.get(&format!("/commitments/{commitment}/assignments/{id}/updates")).expect(200);
            updates.items()[0]["narrative"].clone()
        };
        assert_eq!(narrative("CIGTPE-2023-001"), "Falta presupuesto\nEstado en la matriz: Reprogramado");
        assert_eq!(narrative("CIGTPE-2023-004"), "Estado en la matriz: Suspendido");
        assert_eq!(commitment(&admin, "CIGTPE-2023-006")["status"], "planned");
        assert_eq!(totals(&send(&admin, &query, workbook(&rows)).expect(200)), [0, 0, 7, 0]);
    }
}

on_both! {
    fn an_overdue_state_of_a_new_commitment_is_work_in_progress_with_a_note(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Compromiso", "Responsable", "Plazo", "Estado"],
            vec!["Uno", "MTPE", "30/06/2023", "Vencido"],
        ];
        let done = send(&admin, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(done.json["rows"][0]["understood"]["status"], "in_progress");
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["status"], "in_progress");
        assert_eq!(totals(&send(&admin, &setup.of(false), workbook(&rows)).expect(200)), [0, 0, 1, 0]);
    }
}

on_both! {
    fn unknown_institutions_and_percentages_are_answered(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsable;Plazo;% Avance\nUno;MTPEE;2024;1\nDos;MTPE / Persona Uno;2024;0,5\nTres;Municipalidad de Nada;2024;\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        let near = "Ministerio de Trabajo y Promoción del Empleo (MTPE)";
        assert_eq!(choices(&tried, "institutions/mtpee").first().unwrap().0, near);
        let answers = json!({
            "institutions/mtpee": near, "institutions/persona uno": "none", "percent/1": "100", "percent/0 5": "50",
            "institutions/municipalidad de nada": "MINSA",
        });
        let done = send_text(&admin, &answered(&setup.of(false), &answers), text).expect(200);
        let row = |n: usize| &done.json["rows"][n]["understood"];
        let institutions = |n: usize| row(n)["institutions"].clone();
        let mtpe = "Ministerio de Trabajo y Promoción del Empleo";
        assert_eq!(institutions(0), json!([{"cell": "B2", "id": setup.mtpe, "name": mtpe}]));
        assert_eq!(institutions(1), json!([{"cell": "B3", "id": setup.mtpe, "name": mtpe}]));
        assert_eq!(institutions(2), json!([{"cell": "B4", "id": setup.minsa, "name": "Ministerio de Salud"}]));
        assert_eq!((&row(0)["percent"], &row(1)["percent"]), (&json!(100), &json!(50)));
    }
}

on_both! {
    fn names_of_institutions_are_stored_without_needless_spaces(world) {
        let admin = world.admin();
        let body = |name: &str| json!({"name": name, "acronym": " OEFA ", "aliases": ["Organismo  de Evaluación"], "sector": "government", "country_code": "PE"});
        let made = admin.post("/institutions", body("  Organismo de  Evaluación\u{a0} Ambiental ")).expect(201);
        assert_eq!(made.json["name"], "Organismo de Evaluación Ambiental");
        assert_eq!((&made.json["acronym"], &made.json["aliases"][0]), (&json!("OEFA"), &json!("Organismo de Evaluación")));
        let path = format!("/institutions/{}", made.id());
        assert_eq!(admin.patch(&path, json!({"name": "Organismo  Ambiental"})).expect(200).json["name"], "Organismo Ambiental");
        admin.post("/institutions", body("   ")).expect(422);
        admin.post("/institutions", body("Dos\nlíneas")).expect(422);
    }
}

on_both! {
    fn an_answer_that_is_not_understood_is_returned_and_one_that_leaves_a_cell_out_is_stated(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Compromiso;Responsable;Plazo\nUno;Gerencia de Nada;Junio 30\nDos;MTPE;2027\n";
        let answers = json!({"institutions/gerencia de nada": "MTPEE", "due_text/junio 30": "mañana"});
        let tried = send_text(&admin, &answered(&setup.of(true), &answers), text).expect(200);
        let given: Vec<&Value> = tried.json["questions"].as_array().unwrap().iter().map(|one| &one["given"]).collect();
        assert_eq!(given, ["MTPEE", "mañana"]);
        assert_eq!(choices(&tried, "institutions/gerencia de nada")[0].0, "Ministerio de Trabajo y Promoción del Empleo (MTPE)");
        let answers = json!({"institutions/gerencia de nada": "none", "due_text/junio 30": "II trimestre 2027"});
        let tried = send_text(&admin, &answered(&setup.of(true), &answers), text).expect(200);
        assert!(questions(&tried).is_empty(), "{}", tried.text);
        assert_eq!(tried.json["rows"][0]["understood"]["due"], "2027-Q2", "{}", tried.text);
        let left = &tried.json["sheets"][0]["left_out"];
        let expected = json!([{"what": "cell", "where": "matriz.csv!B2", "why": "by_answer", "text": "Gerencia de Nada", "examples": [], "instead": null}]);
        assert_eq!(*left, expected);
    }
}
