//! The matrix that the program writes is read back without a change; its states and their list.

use calamine::Reader;
use serde_json::json;

use super::{Setup, XLSX, faults_of, part_of, send, totals};
use crate::on_both;

on_both! {
    fn the_own_matrix_tells_what_waits_or_is_overdue_and_is_read_back_unchanged(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let enter = |text: &str, due: &str| {
            let body = json!({"commission_ids": [setup.commission], "text": text, "due": due, "assignments": [{"institution_id": setup.mtpe}, {"institution_id": setup.minsa}]});
            admin.post("/commitments", body).expect(201).json
        };
        let (done, _late) = (enter("Informar", "2023-12"), enter("Redactar", "2023-08"));
        admin.post("/commitments", json!({"commission_ids": [setup.commission], "text": "Sin nadie", "due": "2023-07"})).expect(201);
        let part = format!("/commitments/{}/assignments/{}", done["id"].as_str().unwrap(), done["assignments"][0]["id"].as_str().unwrap());
        let report = json!({"reported_on": "2023-09-01", "status": "completed", "narrative": "Hecho", "on_behalf": true, "evidence": [{"title": "Oficio"}]});
        world.secretariat(&setup.commission).post(&format!("{part}/updates"), report).expect(201);
        let xlsx = admin.get(&format!("/follow-up-matrix?commission_id={}", setup.commission)).expect(200);
        assert_eq!(xlsx.header("content-type"), Some(XLSX));
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(xlsx.bytes.clone())).unwrap();
        let states: Vec<String> = book.worksheet_range("Matriz").unwrap().rows().skip(1).map(|row| row[10].to_string()).collect();
        assert_eq!(states, ["Vencido", "Vencido", "Cumplido por verificar", "Pendiente"]);
        let counted: Vec<String> = book.worksheet_range("Totales").unwrap().rows().skip(1).map(|row| format!("{} {} {}", row[0], row[1], row[2])).collect();
        assert_eq!(counted, ["Pendiente 1 1", "Cumplido por verificar 1 1", "Vencido 2 2"]);
        let sheet = part_of(xlsx.bytes.clone(), "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<dataValidation ") && sheet.contains("Pendiente,En proceso,Cumplido,No cumplido,Cancelado,Cumplido por verificar,Vencido"), "{sheet}");
        let tried = send(&admin, &setup.of(true), xlsx.bytes.clone()).expect(200);
        assert_eq!((faults_of(&tried), totals(&tried)), (vec![], [0, 0, 4, 0]));
        let made = send(&admin, &setup.of(false), xlsx.bytes).expect(200);
        assert_eq!(totals(&made), [0, 0, 4, 0]);
    }
}
