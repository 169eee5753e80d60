//! Records recognised as the same: sessions by number, kind and year; rows of one commitment; agreements of others.

use serde_json::{Value, json};

use super::{Setup, commitment, faults_of, send, totals, usual, workbook};
use crate::on_both;
use crate::support::Person;

fn session(admin: &Person<'_>, setup: &Setup, title: &str, kind: &str, held: &str) -> String {
    let body =
        json!({"commission_ids": [setup.commission], "kind": kind, "title": title, "held": held, "status": "held"});
    admin.post("/meetings", body).expect(201).id()
}

on_both! {
    fn a_session_of_another_year_or_kind_is_another_session(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        session(&admin, &setup, "I Sesión ordinaria 2023", "ordinary", "2023-03-01");
        session(&admin, &setup, "Sesión del 15 de agosto", "working", "2023-08-15");
        let rows = |titles: &[&str]| {
            let mut rows = vec![vec!["Sesión", "Compromiso", "Responsable"]];
            let texts: Vec<String> = (0..titles.len()).map(|n| format!("Compromiso {n}")).collect();
            rows.extend(titles.iter().zip(&texts).map(|(title, text)| vec![*title, text, "MTPE"]));
            send(&admin, &setup.of(true), workbook(&rows)).expect(200)
        };
        let others = ["I sesión ordinaria 2024", "I sesión extraordinaria", "Sesión del 15 de marzo", "Primera sesión extraordinaria 2023"];
        let told = faults_of(&rows(&others));
        assert_eq!(told, ["A2", "A3", "A4", "A5"].map(|at| format!("/Matriz/{at} unclear_session")));
        assert_eq!(faults_of(&rows(&["I sesión ordinaria 2023", "Primera sesión", "Sesión ordinaria N° 1"])), [""; 0]);
        session(&admin, &setup, "I Sesión ordinaria 2024", "ordinary", "2024-03-01");
        assert_eq!(faults_of(&rows(&["I sesión ordinaria 2023"])), [""; 0]);
        session(&admin, &setup, "I Sesión ordinaria 2023 (continuación)", "ordinary", "2023-03-02");
        assert_eq!(faults_of(&rows(&["i SESIÓN ordinaria 2023"])), [""; 0], "the exact title is the session");
    }
}

on_both! {
    fn rows_of_one_commitment_complete_each_other(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        let new = workbook(&[
            vec!["Compromiso", "Responsable", "Plazo"],
            vec!["Uno", "MTPE", ""],
            vec!["Uno", "MINSA", "2024"],
        ]);
        send(&admin, &setup.of(false), new).expect(200);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["due"], "2024", "the second row states the term");
        let moved = workbook(&[
            vec!["Código", "Sesión", "Fecha de la sesión", "Responsable"],
            vec!["CIGTPE-2023-001", "IV sesión ordinaria", "30/08/2023", "MTPE"],
            vec!["CIGTPE-2023-001", "", "", "MINSA"],
        ]);
        assert_eq!(totals(&send(&admin, &setup.of(false), moved).expect(200)), [0, 1, 1, 0]);
        let sessions = admin.get("/meetings?country_code=PE").expect(200);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["meeting_id"], sessions.items()[0]["id"]);
    }
}

on_both! {
    fn rows_of_one_commitment_that_say_two_things_are_told_together(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), usual()).expect(200);
        let told = |column: &str, one: &str, two: &str| {
            let rows = [vec!["Código", "Responsable", column], vec!["CIGTPE-2023-003", "MTPE", one], vec!["CIGTPE-2023-003", "MINSA", two]];
            let tried = send(&admin, &setup.of(true), workbook(&rows)).expect(200);
            let detail = tried.json["errors"][0]["detail"].as_str().unwrap_or_default();
            (faults_of(&tried), detail.contains("fila 2") && detail.contains("fila 3"))
        };
        let refused = (vec!["/Matriz/C3 other_in_row".to_owned()], true);
        assert_eq!(told("Compromiso", "Difundir la ruta nacional", "Difundir la ruta regional"), refused);
        assert_eq!(told("Plazo", "2024", "2025"), refused);
        assert_eq!(told("Plazo", "2024", "permanente"), refused, "what is on record is said too");
        assert_eq!(told("Acuerdo", "8", "9"), refused);
        assert_eq!(told("Acuerdo", "8", ""), (vec![], false));
    }
}

/// A commission of its own, an agreement of another, and a commitment of the first that comes from it.
fn foreign(world: &crate::support::World, setup: &Setup) -> Value {
    let admin = world.admin();
    let other = world.commission("PE", "CPETI");
    let body = json!({"commission_ids": [other], "kind": "meeting_agreement", "title": "Lo acordado por otros", "number": "9", "status": "in_force", "restricted": true});
    let agreement = admin.post("/agreements", body).expect(201).id();
    let body = json!({"commission_ids": [setup.commission], "text": "Uno", "agreement_id": agreement, "due": "2023",
        "assignments": [{"institution_id": setup.mtpe}]});
    admin.post("/commitments", body).expect(201).json["agreement_id"].clone()
}

on_both! {
    fn a_commitment_keeps_the_agreement_of_another_commission(world) {
        let setup = Setup::new(world);
        let agreement = foreign(world, &setup);
        let (admin, secretariat) = (world.admin(), world.secretariat(&setup.commission));
        let rows = [vec!["Código", "Compromiso", "Plazo"], vec!["CIGTPE-2023-001", "Uno y dos", "2024"]];
        let done = send(&secretariat, &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(totals(&done), [0, 1, 0, 0]);
        let after = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&after["agreement_id"], &after["text"]), (&agreement, &json!("Uno y dos")));
        let again = admin.get("/follow-up-matrix?country_code=PE&format=xlsx").expect(200).bytes;
        assert_eq!(totals(&send(&admin, "country_code=PE", again).expect(200)), [0, 0, 1, 0]);
    }
}

on_both! {
    fn who_imported_undoes_it_whatever_agreement_comes_back(world) {
        let setup = Setup::new(world);
        let agreement = foreign(world, &setup);
        let (admin, secretariat) = (world.admin(), world.secretariat(&setup.commission));
        let rows = [vec!["Código", "Acuerdo", "Responsable"], vec!["CIGTPE-2023-001", "12", "MTPE"]];
        let done = send(&secretariat, &setup.of(false), workbook(&rows)).expect(200);
        assert_ne!(commitment(&admin, "CIGTPE-2023-001")["agreement_id"], agreement, "{}", done.text);
        let id = done.json["import_id"].as_str().unwrap();
        secretariat.post(&format!("/imports/{id}/undo"), json!({})).expect(200);
        assert_eq!(commitment(&admin, "CIGTPE-2023-001")["agreement_id"], agreement);
    }
}
