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
