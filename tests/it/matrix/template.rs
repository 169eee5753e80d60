//! The matrix to start from, and the copy of a matrix with its faults as notes.

use serde_json::json;

use super::{Setup, XLSX, faults_of, part_of, send, totals, workbook};
use crate::on_both;

on_both! {
    fn the_template_has_lists_and_an_explained_example_and_is_read(world) {
        let setup = Setup::new(world);
        let member = json!({"institution_id": setup.mtpe, "role": "member"});
        world.admin().post(&format!("/commissions/{}/memberships", setup.commission), member).expect(201);
        let secretariat = world.secretariat(&setup.commission);
        let path = format!("/imports/template?commission_id={}", setup.commission);
        let book = secretariat.get(&path).expect(200);
        assert_eq!(book.header("content-type"), Some(XLSX));
        let sheet = part_of(book.bytes.clone(), "xl/worksheets/sheet1.xml");
        assert_eq!(sheet.matches("<dataValidation ").count(), 4, "states, commission, both kinds of institutions: {sheet}");
        assert!(sheet.contains("'Listas'!$A$2:$A$2") || sheet.contains("Listas!$A$2:$A$2"), "{sheet}");
        let lists = part_of(book.bytes.clone(), "xl/worksheets/sheet2.xml");
        let explained = part_of(book.bytes.clone(), "xl/worksheets/sheet3.xml");
        let all = format!("{lists}{explained}");
        assert!(all.contains("Ministerio de Trabajo") && all.contains("II trimestre 2027") && !all.contains("template-"), "{all}");
        let tried = send(&secretariat, &setup.of(true), book.bytes).expect(200);
        assert_eq!((faults_of(&tried), totals(&tried)), (vec![], [0, 0, 0, 0]));
        assert_eq!(tried.json["skipped_sheets"], json!(["Listas", "Explicaciones"]));
        world.representative(&setup.mtpe).get(&path).expect(403);
        secretariat.get("/imports/template").expect(400);
    }
}

on_both! {
    fn a_copy_of_the_sheet_has_the_faults_as_notes(world) {
        let (setup, admin) = (Setup::new(world), world.admin());
        let rows = [
            vec!["Compromiso", "Responsable", "Plazo", "Estado"],
            vec!["Uno", "MTPE", "Junio 30", "Pendiente"],
            vec!["Dos", "MTPE", "2024", "Suspendido"],
            vec!["Tres", "MTPE", "2024", "Suspendido"],
        ];
        let copy = send(&admin, &format!("{}&format=xlsx", setup.of(true)), workbook(&rows)).expect(200);
        assert_eq!(copy.header("content-type"), Some(XLSX));
        let notes = part_of(copy.bytes.clone(), "xl/comments1.xml");
        for cell in ["ref=\"C2\"", "ref=\"D3\"", "ref=\"D4\""] {
            assert!(notes.contains(cell), "{cell}: {notes}");
        }
        assert!(notes.contains("Puede ser un día o un año") && notes.contains("No se conoce este estado"), "{notes}");
        let again = send(&admin, &setup.of(true), copy.bytes).expect(200);
        assert_eq!(faults_of(&again), ["/Matriz/C2 unclear_term", "/Matriz/D3 unknown_state"]);
        send(&admin, &format!("{}&format=xlsx", setup.of(false)), workbook(&rows)).expect(400);
        send(&admin, &format!("{}&format=csv", setup.of(true)), workbook(&rows)).expect(400);
    }
}
