//! Pages of imports: a matrix is sent, what was understood is shown, questions are answered, and it is imported and undone.

use super::{checked, open};
use crate::matrix::{Setup, XLSX, commitment, part_of, workbook};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn an_officer_brings_in_a_matrix_with_answers_and_undoes_it(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        checked(open(world, &secretariat, "/imports")).shows("No hay importaciones.");
        let rows = [
            vec!["ID", "Compromiso", "Responsable", "Fecha compromiso", "Estado", "Presupuesto"],
            vec!["1", "Verificar diseños", "MTPE", "Junio 30", "Suspendido", "100"],
            vec!["2", "Elaborar el plan", "MINSA", "30/09/2027", "Pendiente", ""],
        ];
        open(world, &secretariat, "/commitments").shows("Registrar compromiso").shows("Importar");
        // The only commission is chosen.
        let form = browser.open("/imports/new").form();
        let tried = checked(browser.submit(&form.file("file", "matriz.xlsx", &workbook(&rows)))).expect(200);
        tried.shows("Así no se puede importar.").shows("«Junio 30» puede ser un día o un mes de un año.");
        tried.shows("Hoja «Matriz», columna F").shows("Contiene, por ejemplo: 100").shows("Hoja «Matriz», celda D2");
        tried.shows("Verificar diseños").shows("N° 1 en el archivo").hides("Matriz!");
        tried.shows("Encabezado no conocido").shows("30/09/2027").hides("Importar ahora");
        assert_eq!(tried.link("Cómo se importa una matriz"), "/help/guides/import");
        let copy = browser.submit(&tried.shows("Descargar una copia con las fallas anotadas").form().set("action", "copy")).expect(200);
        assert_eq!(copy.header("content-type"), Some(XLSX));
        let notes = part_of(copy.bytes.clone(), "xl/comments1.xml");
        assert!(notes.contains("ref=\"D2\"") && notes.contains("ref=\"E2\"") && notes.contains("Puede ser un día o un año"), "{notes}");
        let answered = tried.form().set("answers/0/other", "2027-06-30").set("answers/1/key", "in_progress");
        let ready = checked(browser.submit(&answered)).expect(200);
        ready.shows("Importar ahora").shows("30/06/2027").shows("Filas que crean compromisos: 2.");
        ready.hides("Descargar una copia con las fallas anotadas");
        let done = browser.submit(&ready.form().set("action", "import")).expect(303).location();
        let shown = checked(browser.open(&done));
        shown.shows("La matriz se importó.").shows("matriz.xlsx").shows("Creados: 2. Cambiados: 0. Sin cambios: 0.");
        let record = commitment(&world.admin(), "CIGTPE-2023-001")["id"].as_str().unwrap().to_owned();
        assert_eq!(shown.link("CIGTPE-2023-001"), format!("/commitments/{record}"));
        shown.shows("Elaborar el plan").shows("Creado");
        assert_eq!(commitment(&world.admin(), "CIGTPE-2023-001")["due"], "2027-06-30");
        open(world, &secretariat, "/imports").shows("matriz.xlsx").shows("1 importación");
        let undo = checked(browser.open(&shown.link("Deshacer importación")));
        undo.shows("No se envía ningún correo.");
        let undone = browser.submit_and_follow(&undo.form());
        undone.shows("La importación se deshizo.").shows("Deshecha").hides("Deshacer importación");
        browser.get(&format!("{}/undo", done.split('?').next().unwrap())).expect(409);
    }
}

on_both! {
    fn columns_that_nobody_knows_are_named_by_hand_and_remembered(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let rows = [vec!["Qué", "Quién", "Cuándo"], vec!["Elaborar", "MTPE", "30/09/2027"]];
        let form = browser.open("/imports/new").form().set("commission_id", &setup.commission);
        let refused = checked(browser.submit(&form.file("file", "matriz.xlsx", &workbook(&rows)))).expect(422);
        refused.shows("No se reconocieron bastantes encabezados.");
        let named = refused.form();
        let named = named.set("mapping/0/column", "text").set("mapping/1/column", "institutions").set("mapping/2/column", "due");
        let ready = checked(browser.submit(&named)).expect(200);
        browser.submit(&ready.form().set("action", "import")).expect(303);
        let form = browser.open("/imports/new").form().set("commission_id", &setup.commission);
        let again = browser.submit(&form.file("file", "matriz.xlsx", &workbook(&rows))).expect(200);
        again.shows("se tomó de una importación anterior de la comisión");
        again.shows("El archivo se entiende y no cambia nada").hides("Importar ahora");
    }
}

on_both! {
    fn a_dataset_is_tried_and_imported_by_its_coordinator(world) {
        let setup = Setup::new(world);
        let coordinator = world.coordinator("PE");
        let browser = Browser::of(world, &coordinator);
        let document = coordinator.get("/export?country_code=PE").expect(200).text.clone();
        let send = |document: &str| {
            let form = browser.open("/imports/new").form();
            browser.submit(&form.file("file", "peru.json", document.as_bytes()))
        };
        let tried = checked(send(&document)).expect(200);
        tried.shows("Resultado de la prueba").shows("Comisiones");
        browser.submit(&tried.form().set("action", "import")).expect(303);
        checked(send(&document.replace("\"PE\"", "\"XX\""))).expect(403);
        let nothing = browser.submit(&browser.open("/imports/new").form()).expect(422);
        nothing.shows("Este dato es obligatorio.");
        let secretariat = world.secretariat(&setup.commission);
        Browser::of(world, &secretariat).get("/imports/template?commission_id=7").expect(400);
    }
}

on_both! {
    fn choices_that_were_not_tried_are_shown_first_and_not_imported(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let count = || world.admin().get("/commitments?country_code=PE").expect(200).items().len();
        let rows = [vec!["Compromiso", "Responsable", "Inicio", "Fin"], vec!["Uno", "MTPE", "01/01/2027", "30/06/2027"]];
        let send = |form: &crate::support::FilledForm| browser.submit(form);
        let tried = send(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows))).expect(200);
        tried.shows("30/06/2027").shows("Importar ahora").hides("no se usa, porque se eligió");
        // The last day is moved to another column, and the import is asked for at once.
        let changed = checked(send(&tried.form().set("mapping/2/column", "due").set("action", "import"))).expect(200);
        changed.shows("No se importó nada, porque algo cambió desde la prueba.").shows("01/01/2027").shows("Importar ahora");
        changed.shows("la columna D («Fin») no se usa, porque se eligió la columna C («Inicio») como Fecha límite");
        changed.shows("Se eligió otra columna para este contenido: C (Inicio)");
        assert_eq!(changed.texts(".notice.soon").len(), 4, "above the result, the result, and again beside the button");
        assert_eq!(count(), 0);
        // Another file in the place of the one that was tried.
        let other = [vec!["Compromiso", "Responsable", "Fin"], vec!["Dos", "MTPE", "30/06/2028"]];
        let form = changed.form().file("file", "otra.xlsx", &workbook(&other)).set("action", "import");
        send(&form).expect(200).shows("No se importó nada").shows("30/06/2028");
        assert_eq!(count(), 0);
        // As it was shown, it is imported.
        send(&changed.form().set("action", "import")).expect(303);
        assert_eq!(commitment(&world.admin(), "CIGTPE-2023-001")["due"], "2027-01-01");
    }
}

on_both! {
    fn the_choices_for_columns_are_shown_kept_and_forgotten(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let rows = [
            vec!["Compromiso", "Responsable", "Plazo", "Seguimiento"],
            vec!["Uno", "MTPE", "30/06/2027", "Un taller"],
        ];
        let send = || browser.submit(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows)));
        let tried = checked(send()).expect(200);
        let open = |page: &crate::support::Page| page.attributes("details#columns", "open").len();
        assert_eq!(open(&tried), 0, "every column is read");
        let chosen = |page: &crate::support::Page| page.form().value("mapping/3/column").to_owned();
        assert_eq!(chosen(&tried), "notes");
        tried.hides("Compromiso (opcional)");
        let left = checked(browser.submit(&tried.form().set("mapping/3/column", "none"))).expect(200);
        assert_eq!((chosen(&left).as_str(), open(&left)), ("none", 1));
        left.shows("Según su encabezado");
        browser.submit(&left.form().set("action", "import")).expect(303);
        let again = send().expect(200);
        assert_eq!(chosen(&again), "none", "remembered");
        again.shows("El contenido de «Seguimiento» se tomó de una importación anterior").shows("Olvidar la elección anterior");
        let forgotten = browser.submit(&again.form().set("mapping/3/column", "")).expect(200);
        forgotten.hides("se tomó de una importación anterior").shows("Un taller").shows("Importar ahora");
        assert_eq!(chosen(&forgotten), "notes");
        browser.submit(&forgotten.form().set("action", "import")).expect(303);
        send().expect(200).hides("se tomó de una importación anterior").shows("no cambia nada");
    }
}

on_both! {
    fn a_fault_of_the_columns_opens_them(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let rows = [vec!["ID", "Compromiso", "Acuerdo", "Responsable"], vec!["1", "Uno", "6", "MTPE"]];
        let tried = browser.submit(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows))).expect(200);
        let refused = checked(browser.submit(&tried.form().set("mapping/1/column", "none"))).expect(200);
        refused.shows("ninguna columna contiene el compromiso").hides("celda A").hides("Importar ahora");
        assert_eq!(refused.attributes("details#columns", "open").len(), 1);
    }
}

on_both! {
    fn an_answer_that_is_not_known_is_kept_with_matches_and_a_known_one_can_be_changed(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let rows = [
            vec!["Compromiso", "Responsable", "Plazo"],
            vec!["Uno", "Gerencia de Nada", "II trimestre 2027"],
        ];
        let tried = checked(browser.submit(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows)))).expect(200);
        tried.shows("No se conoce «Gerencia de Nada» (Responsable). ¿A cuál se refiere?").shows("Hoja Matriz, columna B, fila 2");
        tried.shows("El nombre completo o la sigla, como está en el registro.").hides("(opcional) Hoja Matriz").hides("2027-Q2");
        assert_eq!(tried.link("Registrar institución"), "/institutions/new");
        let asked = checked(browser.submit(&tried.form().set("answers/0/other", "MTPEE"))).expect(200);
        asked.shows("No se reconoce «MTPEE»").hides("Importar ahora");
        assert_eq!(asked.form().value("answers/0/other"), "MTPEE");
        let near = "Ministerio de Trabajo y Promoción del Empleo (MTPE)";
        assert!(asked.attributes("#answers-0-key option", "value").contains(&near.to_owned()), "{}", asked.text);
        let chosen = asked.form().set("answers/0/other", "").set("answers/0/key", "none");
        let left = checked(browser.submit(&chosen)).expect(200);
        left.shows("1 respuesta dada: verla o cambiarla").shows("Se respondió no usarlo").shows("Importar ahora");
        assert_eq!((left.form().value("answers/0/id"), left.form().value("answers/0/key")), ("institutions/gerencia de nada", "none"));
        let changed = browser.submit(&left.form().set("answers/0/key", "").set("answers/0/other", "minsa")).expect(200);
        changed.shows("Ministerio de Salud").hides("Se respondió no usarlo");
        assert_eq!(changed.form().value("answers/0/other"), "minsa");
        browser.submit(&changed.form().set("action", "import")).expect(303);
        let imported = commitment(&world.admin(), "CIGTPE-2023-001");
        assert_eq!(imported["assignments"][0]["institution_id"], setup.minsa);
    }
}

on_both! {
    fn two_hundred_and_ten_answers_are_kept_until_the_import(world) {
        let setup = Setup::new(world);
        let browser = Browser::of(world, &world.secretariat(&setup.commission));
        let cells: Vec<[String; 3]> = (1..=210).map(|n| [format!("Tarea {n}"), format!("Oficina {n} bis"), "2027".to_owned()]).collect();
        let mut rows = vec![vec!["Compromiso", "Responsable", "Plazo"]];
        rows.extend(cells.iter().map(|row| row.iter().map(String::as_str).collect()));
        let mut page = browser.submit(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows))).expect(200);
        for open in [200, 10] {
            page.hides("Importar ahora");
            let mut form = page.form();
            for n in 0..open {
                form = form.set(&format!("answers/{n}/key"), "none");
            }
            page = browser.submit(&form).expect(200);
        }
        page.shows("210 respuestas dadas: verlas o cambiarlas").shows("Importar ahora");
        browser.submit(&page.form().set("action", "import")).expect(303);
        assert_eq!(world.admin().get("/commitments?count=true&limit=1").expect(200).json["total"], 210);
    }
}

on_both! {
    fn an_undo_that_is_refused_names_the_records_and_offers_no_button(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let secretariat = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let rows = [
            vec!["N°", "Compromiso", "Responsable", "Corresponsable", "Plazo", "Estado"],
            vec!["473", "Uno", "MTPE", "MINSA", "30/06/2027", "Pendiente"],
            vec!["474", "Dos", "MTPE", "", "30/06/2028", "En proceso"],
        ];
        let tried = checked(browser.submit(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows)))).expect(200);
        tried.shows("Ministerio de Salud (corresponsable)");
        let done = browser.submit(&tried.form().set("action", "import")).expect(303).location();
        let shown = checked(browser.open(&done));
        shown.shows("N° 473 en el archivo").shows("30/06/2027").shows("30/06/2028").shows("Ministerio de Salud").shows("En proceso");
        let path = done.split('?').next().unwrap().to_owned();
        let undo = checked(browser.open(&format!("{path}/undo")));
        undo.shows("Los códigos de los compromisos que se quitan no se usan otra vez.");
        // Another record names the second commitment: only the attempt shows it.
        let [one, two] = ["CIGTPE-2023-001", "CIGTPE-2023-002"].map(|code| commitment(&admin, code));
        let body = serde_json::json!({"country_code": "PE", "kind": "workshop", "title": "Taller", "commission_ids": [setup.commission], "commitment_ids": [two["id"]]});
        admin.post("/activities", body).expect(201);
        let refused = checked(browser.submit(&undo.form())).expect(409);
        refused.shows("Esta importación ya no se puede deshacer").shows("cambió, o lo cita otro registro.");
        assert_eq!(refused.link("CIGTPE-2023-002"), format!("/commitments/{}", two["id"].as_str().unwrap()));
        assert!(refused.texts("main form button").is_empty());
        // A later change shows before the attempt.
        world.at("2023-09-02T15:00:00Z");
        let id = one["id"].as_str().unwrap();
        admin.patch(&format!("/commitments/{id}"), serde_json::json!({"text": "Uno bis", "correction_reason": "Error"})).expect(200);
        let refused = checked(open(world, &secretariat, &format!("{path}/undo")));
        refused.shows("cambió el 02/09/2023").shows("Corrija o cancele cada compromiso en su página.");
        assert_eq!(refused.link("CIGTPE-2023-001"), format!("/commitments/{id}"));
        assert!(refused.texts("main form button").is_empty());
    }
}

on_both! {
    fn the_history_of_a_commitment_and_the_page_of_the_import_state_where_it_came_from(world) {
        let setup = Setup::new(world);
        let secretariat = world.secretariat(&setup.commission);
        let colleague = world.secretariat(&setup.commission);
        let browser = Browser::of(world, &secretariat);
        let rows = [vec!["Compromiso", "Responsable", "Plazo", "Estado"], vec!["Uno", "MTPE", "30/06/2027", "En proceso"]];
        let tried = browser.submit(&browser.open("/imports/new").form().file("file", "matriz.xlsx", &workbook(&rows))).expect(200);
        let done = browser.submit(&tried.form().set("action", "import")).expect(303).location();
        let path = done.split('?').next().unwrap().to_owned();
        let id = commitment(&world.admin(), "CIGTPE-2023-001")["id"].as_str().unwrap().to_owned();
        let shown = checked(browser.open(&format!("/commitments/{id}")));
        assert_eq!(shown.shows("Importado del archivo").link("matriz.xlsx"), path);
        assert_eq!(shown.texts("a").iter().filter(|text| *text == "matriz.xlsx").count(), 1, "once for all its events");
        // A colleague may not open the page of the import.
        let other = checked(open(world, &colleague, &format!("/commitments/{id}")));
        other.shows("Importado de una matriz").hides("matriz.xlsx");
        world.at("2023-09-02T15:00:00Z");
        let browser = Browser::of(world, &secretariat);
        let undo = browser.open(&format!("{path}/undo"));
        let undone = checked(browser.submit_and_follow(&undo.form()));
        undone.shows("Deshecha 02/09/2023").shows("Lo que la importación creó se quitó");
        // A commitment of other origin states none.
        let body = serde_json::json!({"commission_ids": [setup.commission], "text": "A mano"});
        let own = world.admin().post("/commitments", body).expect(201).id();
        open(world, &secretariat, &format!("/commitments/{own}")).hides("Importado del archivo");
    }
}
