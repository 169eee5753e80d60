//! Matrices with the structure of real ones: other headings, headings over several rows, notes below the table.

use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use super::{Setup, XLSX, commitment, faults_of, send, send_text, totals, usual, workbook};
use crate::on_both;
use crate::support::Answer;

/// The columns of the first sheet: letters, heading and content.
fn columns(answer: &Answer) -> Vec<String> {
    let all = answer.json["sheets"][0]["columns"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    all.iter().map(|one| format!("{} {} {}", text(&one["column"]), text(&one["heading"]), text(&one["as"]))).collect()
}

/// The places of the first sheet that are not used: kind, place, reason.
fn left_out(answer: &Answer) -> Vec<String> {
    let all = answer.json["sheets"][0]["left_out"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    all.iter().map(|one| format!("{} {} {}", text(&one["what"]), text(&one["where"]), text(&one["why"]))).collect()
}

/// A sheet called Matriz with merged regions (first row, first column, last row, last column, from 0).
fn merged(rows: &[Vec<&str>], merges: &[(u32, u16, u32, u16)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Matriz").unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            if let Some((_, _, last_row, last_column)) = merges.iter().find(|at| (at.0, at.1) == (row, column)) {
                sheet.merge_range(row, column, *last_row, *last_column, cell, &Format::new()).unwrap();
            } else {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A mapping as a part of the query.
fn mapped(query: &str, mapping: &Value) -> String {
    let encoded: String = mapping.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{query}&mapping={encoded}")
}

on_both! {
    fn a_heading_over_two_columns_goes_with_the_headings_below_it(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["N°", "Compromiso", "Responsable", "Plazo", "", "Estado"],
            vec!["", "", "", "Inicio", "Término", ""],
            vec!["1", "Elaborar el protocolo", "MTPE", "01/03/2027", "30/09/2027", "Pendiente"],
        ];
        let merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5)];
        let done = send(&admin, &setup.of(false), merged(&rows, &merges)).expect(200);
        assert_eq!(
            columns(&done),
            [
                "A N° number", "B Compromiso text", "C Responsable institutions", "D Plazo / Inicio -",
                "E Plazo / Término due", "F Estado status",
            ]
        );
        assert_eq!(done.json["sheets"][0]["heading_rows"], json!([1, 2]));
        assert_eq!(left_out(&done), ["column Matriz!D unknown_heading"]);
        let understood = &done.json["rows"][0]["understood"];
        assert_eq!((&understood["number"], &understood["due_to"]), (&json!("1"), &json!("2027-09-30")));
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2027-09-30");
        let text = "N°;Compromiso;Responsable;Plazo;;Estado\n;;;Inicio;Fin;\n1;Otro protocolo;MTPE;01/03/2027;30/09/2027;Pendiente\n";
        let tried = send_text(&admin, &setup.of(true), text).expect(200);
        assert_eq!(tried.json["rows"][0]["understood"]["due"], "2027-09-30", "{}", tried.text);
        let split = [
            vec!["Compromiso", "", "Sesión", "", "Plazo"],
            vec!["Texto", "Responsable", "Nombre", "Fecha", ""],
            vec!["Elaborar el plan", "MTPE", "I sesión", "22/08/2023", "2027"],
        ];
        let merges = [(0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 1, 4)];
        let tried = send(&admin, &setup.of(true), merged(&split, &merges)).expect(200);
        let known: Vec<String> = columns(&tried).into_iter().filter(|one| !one.ends_with('-')).collect();
        assert_eq!(
            known,
            [
                "A Compromiso / Texto text",
                "B Compromiso / Responsable institutions",
                "C Sesión / Nombre meeting",
                "D Sesión / Fecha meeting_date",
                "E Plazo due_text",
            ]
        );
    }
}

on_both! {
    fn three_rows_of_headings_and_codes_of_another_list_are_understood(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Matriz integrada de seguimiento"],
            vec!["Identificación", "", "", "Horizonte temporal", "", "", "Responsables", ""],
            vec!["", "", "", "Plazo", "", "Seguimiento", "Unidades responsables", ""],
            vec!["Código", "Acción", "Indicador", "Inicio", "Fin", "Estado", "Entidad responsable", "Unidad"],
            vec!["473", "Ajustar la estrategia", "Número", "01/01/2027", "30/06/2027", "EN CURSO", "MTPE", "Gerencia"],
        ];
        let merges = [(0, 0, 0, 7), (1, 0, 1, 2), (1, 3, 1, 5), (1, 6, 1, 7), (2, 3, 2, 4)];
        let done = send(&admin, &setup.of(false), merged(&rows, &merges)).expect(200);
        let read: Vec<String> = columns(&done).into_iter().filter(|one| !one.ends_with('-')).collect();
        assert_eq!(
            read,
            [
                "A Identificación / Código code",
                "B Identificación / Acción text",
                "E Horizonte temporal / Plazo / Fin due",
                "F Horizonte temporal / Seguimiento / Estado status",
                "G Responsables / Unidades responsables / Entidad responsable institutions",
            ]
        );
        let made = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&made["due"], &made["status"]), (&json!("2027-06-30"), &json!("in_progress")));
        assert_eq!(done.json["rows"][0]["understood"]["number"], "473");
    }
}

on_both! {
    fn headings_of_real_matrices_import(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let follow_up = [
            vec!["ID", "Compromiso", "Responsable", "Fecha compromiso", "Estado", "Seguimiento", "Fecha último seguimiento"],
            vec!["1", "Verificar diseños", "MTPE", "25/06/2027", "Pendiente", "A la espera de respuesta", "16/08/2026"],
        ];
        let done = send(&admin, &setup.of(false), workbook(&follow_up)).expect(200);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2027-06-25");
        assert_eq!(left_out(&done), ["column Matriz!G unknown_heading"]);
        let project = [
            vec!["Id", "EDT", "Tema", "Responsable", "Nombre de tarea", "Predecesoras", "Comienzo", "Duración", "Fin", "Hito"],
            vec!["1", "63", "Técnico", "MTPE", "COMPRA TERRENO", "2CC+15d", "05/05/2027", "156", "07/10/2027", "No"],
        ];
        send(&admin, &setup.of(false), workbook(&project)).expect(200);
        assert_eq!(commitment(&admin, "CIGTPE-2023-002")["due"], "2027-10-07");
        let city = "numero,compromiso,titulo,desc,categoria,area1,cumplimiento_label,porcentaje_completado\n\
                    1,Solucionar los reclamos,Reclamos,\"¡Cumplido! Nos comprometimos, y se hizo.\",Escala,Transporte,Resueltos,100\n";
        let tried = send_text(&admin, &setup.of(true), city).expect(200);
        let row = &tried.json["rows"][0]["understood"];
        assert_eq!((&row["number"], &row["percent"]), (&json!("1"), &json!(100)), "{}", tried.text);
        assert_eq!(faults_of(&tried), ["/matriz.csv/B2 responsible_needed"]);
    }
}

on_both! {
    fn needs_of_a_town_import_once_their_terms_are_answered(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["FECHA: 07/06/2027", "", "LEVANTAMIENTO DE NECESIDADES", "", "", "", "", ""],
            vec!["ORGANISMO", "REQUERIMIENTO", "FOTO DE INICIO", "DESCRIPCIÓN", "TIEMPO DE  ENTREGA", "PRESUPUESTO", "FUENTE", "OBSERVACIONES"],
            vec!["MTPE", "Reposición de alumbrado", "", "Cambio de faroles", "4 meses a partir de la aprobación del proyecto.", "55000000", "Impuesto", "Requiere permiso"],
            vec!["", "Mayor frecuencia de limpieza", "", "Aumentar la atención", "Inmediato", "N/A", "N/A"],
            vec!["", "Empradización", "", "Renovación", "15 DÍAS HÁBILES A PARTIR DEL 20 DE JUNIO", "N/A", "N/A"],
        ];
        let book = merged(&rows, &[(0, 0, 0, 1), (0, 2, 0, 7), (2, 0, 4, 0)]);
        let tried = send(&admin, &setup.of(true), book.clone()).expect(200);
        assert_eq!(faults_of(&tried), ["/Matriz/E3 unclear_term", "/Matriz/E4 unclear_term", "/Matriz/E5 unclear_term"]);
        assert!(left_out(&tried).contains(&"row Matriz!1 above_table".to_owned()), "{:?}", left_out(&tried));
        let ids: Vec<&str> = tried.json["questions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        let answers = json!({ids[0]: "open", ids[1]: "open", ids[2]: "year:2024"});
        let encoded: String = answers.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let done = send(&admin, &format!("{}&answers={encoded}", setup.of(false)), book).expect(200);
        assert_eq!(totals(&done), [3, 0, 0, 0], "{}", done.text);
        let third = commitment(&admin, "CIGTPE-2023-003");
        assert_eq!(third["due_rule"]["from"], "2024-06-20");
        assert_eq!(third["assignments"][0]["institution_id"], setup.mtpe.as_str());
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due_text"], "4 meses a partir de la aprobación del proyecto.");
    }
}

on_both! {
    fn a_date_of_completion_or_term_is_asked_about_and_the_mapping_is_remembered(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Organismo", "Usuario respónsable", "Compromiso", "fecha_inicio", "F. Cumplimiento", "Termino Respuesta", "Estado"],
            vec!["MTPE", "PERSONA UNO", "Convocar reunión", "02/03/2027", "03/03/2027", "Vencido", "NO INICIADO", "cumplido"],
            vec!["MINSA", "PERSONA DOS", "Realizar seguimiento", "30/01/2027", "28/02/2027", "Vencido", "EN CURSO"],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        assert_eq!(faults_of(&tried), ["/Matriz/E1 either_date"]);
        let question = &tried.json["questions"][0];
        assert_eq!((&question["id"], &question["rows"]), (&json!("mapping/Matriz!F. Cumplimiento"), &json!([2, 3])));
        assert!(left_out(&tried).contains(&"column Matriz!H empty_heading".to_owned()), "{:?}", left_out(&tried));
        send(&admin, &setup.of(false), workbook(&rows)).expect(422);
        let query = mapped(&setup.of(false), &json!({"Matriz!F. Cumplimiento": "due"}));
        send(&admin, &query, workbook(&rows)).expect(200);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2027-03-03");
        let again = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        assert_eq!(totals(&again), [0, 0, 2, 0], "remembered: {}", again.text);
        let completed = [
            vec!["Compromiso", "Responsable", "Fecha de cumplimiento", "Estado", "Medio de verificación"],
            vec!["Terminado", "MTPE", "22/08/2023", "Cumplido", "Oficio 1"],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&completed)).expect(200);
        assert_eq!((faults_of(&tried).len(), tried.json["questions"].as_array().unwrap().len()), (0, 0), "{}", tried.text);
    }
}

on_both! {
    fn columns_are_named_by_hand_by_heading_or_letters(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Qué", "Quién", "Cuándo", "Plazo", "Cómo va"],
            vec!["Elaborar", "MTPE", "30/09/2027", "nunca", "Pendiente"],
        ];
        let refused = send(&admin, &setup.of(true), workbook(&rows)).expect(422);
        let detail = refused.json["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("Encabezados conocidos: «Plazo»."), "{detail}");
        assert!(detail.contains("no conocidos: «Qué», «Quién», «Cuándo», «Cómo va»"), "{detail}");
        let misspelt = [vec!["Compromizo", "Usuario respónsable", "Fecha limitte"], vec!["Elaborar", "MTPE", "30/09/2027"]];
        let refused = send(&admin, &setup.of(true), workbook(&misspelt)).expect(422);
        let detail = refused.json["errors"][0]["detail"].as_str().unwrap();
        let near = "«Compromizo» (→ Compromiso), «Usuario respónsable» (→ Responsable(s)), «Fecha limitte» (→ Fecha límite)";
        assert!(detail.contains(near), "{detail}");
        let mapping = json!({"Matriz!Qué": "text", "B": "institutions", "Matriz!C": "due", "Plazo": null, "cómo va": "status"});
        let done = send(&admin, &mapped(&setup.of(false), &mapping), workbook(&rows)).expect(200);
        assert_eq!(
            columns(&done),
            ["A Qué text", "B Quién institutions", "C Cuándo due", "D Plazo -", "E Cómo va status"]
        );
        assert_eq!(left_out(&done), ["column Matriz!D by_choice"]);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2027-09-30");
        send(&admin, &mapped(&setup.of(true), &json!({"A": "plazo"})), workbook(&rows)).expect(400);
        send(&admin, &mapped(&setup.of(true), &json!(["A"])), workbook(&rows)).expect(400);
    }
}

on_both! {
    fn a_mapping_is_a_part_of_the_form(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let text = "Qué;Quién;Cuándo\nElaborar;MTPE;30/09/2027\n";
        let mapping = json!({"Qué": "text", "Quién": "institutions", "Cuándo": "due"});
        let part = |name: &str, extra: &str, body: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{extra}\r\n\r\n{body}\r\n")
        };
        let form = part("mapping", "", &mapping.to_string()) + &part("file", "; filename=\"m.csv\"", text) + "--x--\r\n";
        let sent = admin.with("content-type", "multipart/form-data; boundary=x");
        let path = format!("/imports?{}", setup.of(true));
        let tried = sent.call("POST", &path, Some(form.into_bytes())).expect(200);
        assert_eq!(tried.json["rows"][0]["understood"]["due"], "2027-09-30", "{}", tried.text);
        let other = part("nada", "", "1") + &part("file", "; filename=\"m.csv\"", text) + "--x--\r\n";
        sent.call("POST", &path, Some(other.into_bytes())).expect(422);
    }
}

on_both! {
    fn headings_of_the_same_content_are_told_and_the_usual_one_counts(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Compromiso", "Organismo", "Responsable", "Plazo", "Actividad"],
            vec!["Elaborar", "Otra cosa", "MTPE", "2027", "Detalle"],
        ];
        let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
        assert_eq!(faults_of(&tried), Vec::<String>::new(), "{}", tried.text);
        assert_eq!(left_out(&tried), ["column Matriz!B other_heading", "column Matriz!E other_heading"]);
        let twice = [vec!["Compromiso", "Plazo", "Responsable", "Responsables"], vec!["Elaborar", "2027", "MTPE", "MINSA"]];
        let tried = send(&admin, &setup.of(true), workbook(&twice)).expect(200);
        assert_eq!(faults_of(&tried), ["/Matriz/D1 duplicate_column"]);
        let query = mapped(&setup.of(true), &json!({"D": "co_institutions"}));
        let tried = send(&admin, &query, workbook(&twice)).expect(200);
        assert_eq!(tried.json["rows"][0]["understood"]["institutions"][1]["cell"], "D2", "{}", tried.text);
    }
}

on_both! {
    fn rows_that_are_no_commitments_are_left_out_by_name(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Ministerio de Trabajo"],
            vec!["N°", "Compromiso", "Responsable", "Plazo", "Estado", "", "Presupuesto"],
            vec!["1", "Elaborar el protocolo", "MTPE", "30/09/2027", "Pendiente", "sin nombre", "100"],
            vec!["2"],
            vec!["TOTAL", "", "", "", "1"],
            vec![],
            vec!["", "Nota: los plazos son referenciales"],
        ];
        let done = send(&admin, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(totals(&done), [1, 0, 0, 0], "{}", done.text);
        let mut left = left_out(&done);
        left.sort();
        assert_eq!(
            left,
            [
                "column Matriz!F empty_heading",
                "column Matriz!G unknown_heading",
                "row Matriz!1 above_table",
                "row Matriz!4 only_number",
                "row Matriz!5 total",
                "row Matriz!7 below_table",
            ]
        );
    }
}

on_both! {
    fn a_matrix_exported_in_english_is_brought_in_again_without_change(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        send(&admin, &setup.of(false), usual()).expect(200);
        for format in ["xlsx", "csv"] {
            for lang in ["en", "es"] {
                let path = format!("/follow-up-matrix?country_code=PE&format={format}");
                let book = admin.with("accept-language", lang).get(&path).expect(200).bytes;
                let media_type = if format == "xlsx" { XLSX } else { "text/csv" };
                let query = format!("/imports?file_name=matriz.{format}&{}", setup.of(true));
                let again = admin.with("content-type", media_type).call("POST", &query, Some(book)).expect(200);
                assert_eq!(totals(&again), [0, 0, 5, 0], "{format} {lang}: {}", again.text);
            }
        }
    }
}

on_both! {
    fn what_is_fulfilled_with_less_than_all_of_it_is_imported_with_a_remark(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = "1;Difundir el protocolo;MTPE;2023;Cumplido;40 %;Informe de difusión\n2;Capacitar;MTPE;2023;Cumplido;100 %;Lista\n\
            3;Publicar;MTPE;2023;Cumplido;;Enlace\n4;Evaluar;MTPE;2023;Cumplido;90 %;Informe final\n";
        let text = format!("N°;Compromiso;Responsable;Plazo;Estado;Avance;Medio de verificación\n{rows}");
        let tried = send_text(&admin, &setup.of(true), &text).expect(200);
        assert_eq!((faults_of(&tried), totals(&tried)), (Vec::new(), [4, 0, 0, 0]), "{}", tried.text);
        let remarks = tried.json["notes"].as_array().unwrap();
        let sentence = "Hoja «matriz.csv», filas 2, 5: están cumplidas con menos de 100 %. Si no es así, corrija el estado \
            o el porcentaje; si lo es, se importa tal como está.";
        assert_eq!((remarks.len(), &remarks[0]["code"], &remarks[0]["detail"]), (1, &json!("fulfilled_in_part"), &json!(sentence)));
        send_text(&admin, &setup.of(false), &text).expect(200);
        let again = send_text(&admin, &setup.of(true), &text).expect(200);
        assert_eq!((totals(&again), &again.json["notes"]), ([0, 0, 4, 0], &json!([])));
    }
}
