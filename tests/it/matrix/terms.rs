//! Terms: the commitment's, and those that institutions have of their own.

use serde_json::json;

use super::{Setup, commitment, faults_of, part, send, totals, usual, workbook};
use crate::on_both;
use crate::support::{Person, World};

/// The commitment of two institutions, of which MINSA was granted more time.
fn extended(world: &World, setup: &Setup) {
    let admin = world.admin();
    let rows = [vec!["Compromiso", "Responsable", "Plazo"], vec!["Capacitar", "MTPE; MINSA", "IV trimestre 2023"]];
    send(&admin, &setup.of(false), workbook(&rows)).expect(200);
    let stands = commitment(&admin, "CIGTPE-2023-001");
    let (id, part) = (stands["id"].as_str().unwrap(), part(&stands, &setup.minsa)["id"].as_str().unwrap());
    let asked = json!({"requested_due": "2024-03-31", "reason": "Falta presupuesto"});
    let more = admin.post(&format!("/commitments/{id}/assignments/{part}/extensions"), asked).expect(201).id();
    admin.put(&format!("/extensions/{more}/decision"), json!({"outcome": "granted"})).expect(200);
}

/// The commitment's term, MTPE's and MINSA's.
fn terms(person: &Person<'_>, setup: &Setup) -> [String; 3] {
    let stands = commitment(person, "CIGTPE-2023-001");
    let own = |id: &str| part(&stands, id)["due_to"].clone();
    [stands["due"].clone(), own(&setup.mtpe), own(&setup.minsa)].map(|term| term.as_str().unwrap().to_owned())
}

const HEADINGS: [&str; 4] = ["Código", "Responsable", "Plazo", "Fecha límite"];

fn rows(rows: &[[&str; 3]]) -> Vec<u8> {
    let mut all = vec![HEADINGS.to_vec()];
    all.extend(rows.iter().map(|[responsible, term, due]| vec!["CIGTPE-2023-001", *responsible, *term, *due]));
    workbook(&all)
}

on_both! {
    fn a_row_of_an_institution_with_a_term_of_its_own_changes_that_term_alone(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        extended(world, &setup);
        let before = ["2023-Q4", "2023-12-31", "2024-03-31"];
        assert_eq!(terms(&admin, &setup), before);
        let edited = rows(&[["MTPE", "IV trimestre 2023", "31/12/2023"], ["MINSA", "31/01/2024", "31/01/2024"]]);
        let tried = send(&admin, &setup.of(true), edited.clone()).expect(200);
        assert_eq!(totals(&tried), [0, 1, 1, 0], "{}", tried.text);
        let cell = &tried.json["rows"][1]["cells"][0];
        assert_eq!((&cell["cell"], &cell["before"], &cell["after"]), (&json!("C3"), &json!("2024-03-31"), &json!("2024-01-31")));
        let done = send(&admin, &setup.of(false), edited.clone()).expect(200);
        assert_eq!(terms(&admin, &setup), ["2023-Q4", "2023-12-31", "2024-01-31"]);
        assert_eq!(totals(&send(&admin, &setup.of(false), edited).expect(200)), [0, 0, 2, 0]);
        let id = done.json["import_id"].as_str().unwrap();
        admin.post(&format!("/imports/{id}/undo"), json!({})).expect(200);
        assert_eq!(terms(&admin, &setup), before);
        let open = send(&admin, &setup.of(true), rows(&[["MINSA", "3 meses", ""]])).expect(200);
        assert_eq!(faults_of(&open), ["/Matriz/C2 unclear_term"], "counted from no session");
        let open = send(&admin, &setup.of(true), rows(&[["MINSA", "por definir", ""]])).expect(200);
        assert_eq!(faults_of(&open), ["/Matriz/C2 own_term"]);
    }
}

on_both! {
    fn the_last_day_alone_changes_nothing_that_stands(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        extended(world, &setup);
        let before = terms(&admin, &setup);
        let same = [
            rows(&[["MTPE", "", "31/12/2023"], ["MINSA", "", "31/03/2024"]]),
            rows(&[["MINSA", "", "31/03/2024"]]),
            rows(&[["MINSA", "IV trimestre 2023", ""]]),
            rows(&[["", "", "31/03/2024"]]),
        ];
        for sheet in same {
            let done = send(&admin, &setup.of(false), sheet).expect(200);
            assert_eq!(done.json["import_id"], json!(null), "{}", done.text);
        }
        assert_eq!(terms(&admin, &setup), before);
        send(&admin, &setup.of(false), rows(&[["MTPE", "", "31/01/2024"]])).expect(200);
        assert_eq!(terms(&admin, &setup), ["2024-01-31", "2024-01-31", "2024-03-31"]);
    }
}

on_both! {
    fn an_exported_workbook_is_brought_in_again_without_change(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        extended(world, &setup);
        send(&admin, &setup.of(false), usual()).expect(200);
        let book = admin.get("/follow-up-matrix?country_code=PE&format=xlsx").expect(200).bytes;
        for person in [admin, world.coordinator("PE")] {
            let again = send(&person, "country_code=PE", book.clone()).expect(200);
            assert_eq!(totals(&again), [0, 0, 7, 0], "{}", again.text);
        }
        let again = send(&world.secretariat(&setup.commission), &setup.of(false), book).expect(200);
        assert_eq!(totals(&again), [0, 0, 7, 0], "{}", again.text);
    }
}

on_both! {
    fn a_term_before_the_end_of_a_year_is_its_last_day(world) {
        let setup = Setup::new(world);
        let rows = [
            vec!["Compromiso", "Responsable", "Plazo"],
            vec!["Uno", "MTPE", "Antes de fin de año 2023"],
        ];
        send(&world.admin(), &setup.of(false), workbook(&rows)).expect(200);
        assert_eq!(commitment(&world.admin(), "CIGTPE-2023-001")["due_to"], "2023-12-31");
    }
}

/// A commitment of MTPE with these headings and terms.
fn with_terms(headings: [&str; 2], terms: [&str; 2]) -> Vec<u8> {
    workbook(&[vec!["Compromiso", "Responsable", headings[0], headings[1]], vec!["Uno", "MTPE", terms[0], terms[1]]])
}

on_both! {
    fn a_rescheduled_date_is_the_term_and_the_earlier_one_stays_as_words(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        for (text, headings, terms) in [
            ("later date", ["Plazo", "Fecha reprogramada"], ["30/06/2027", "30/09/2027"]),
            ("first term", ["Plazo original", "Fecha límite"], ["30/06/2027", "30/09/2027"]),
        ] {
            let tried = send(&admin, &setup.of(true), with_terms(headings, terms)).expect(200);
            let row = &tried.json["rows"][0]["understood"];
            assert_eq!((&row["due"], &row["due_text"]), (&json!("2027-09-30"), &json!("30/06/2027")), "{text}: {}", tried.text);
        }
        let done = send(&admin, &setup.of(false), with_terms(["Plazo", "Fecha reprogramada"], ["30/06/2027", "30/09/2027"])).expect(200);
        let stands = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&stands["due"], &stands["due_text"]), (&json!("2027-09-30"), &json!("30/06/2027")), "{}", done.text);
        let again = with_terms(["Plazo", "Fecha reprogramada"], ["30/06/2027", "30/09/2027"]);
        assert_eq!(totals(&send(&admin, &setup.of(true), again).expect(200)), [0, 0, 1, 0]);
        let empty = send(&admin, &setup.of(true), with_terms(["Plazo", "Fecha reprogramada"], ["30/06/2028", ""])).expect(200);
        assert_eq!(empty.json["rows"][0]["understood"]["due"], "2028-06-30", "without a later date the term counts");
        let own = admin.get("/follow-up-matrix?country_code=PE&format=xlsx").expect(200).bytes;
        let again = send(&admin, &setup.of(true), own).expect(200);
        assert_eq!((totals(&again), faults_of(&again)), ([0, 0, 1, 0], vec![]), "the own matrix is read without a change");
        let other = send(&admin, &setup.of(true), with_terms(["Plazo", "Fecha límite"], ["30/06/2028", "30/09/2028"])).expect(200);
        assert_eq!(faults_of(&other), ["/Matriz/D2 terms_disagree"]);
    }
}

on_both! {
    fn a_later_term_that_states_none_keeps_the_date(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        send(&admin, &setup.of(false), with_terms(["Plazo", "Fecha límite"], ["30/06/2027", ""])).expect(200);
        let headings = [
            ["Fecha límite", "Plazo reprogramado"],
            ["Plazo", "Plazo reprogramado"],
            ["Plazo original", "Plazo"],
            ["Plazo original", "Plazo reprogramado"],
            ["Fecha límite", "Nueva fecha límite"],
            ["Plazo", "Fecha reprogramada"],
        ];
        for headings in headings {
            for void in ["-", "No aplica", "N/A", "Por definir", "Sin plazo", "No", "pendiente"] {
                let tried = send(&admin, &setup.of(true), with_terms(headings, ["30/06/2027", void])).expect(200);
                let shown = format!("{headings:?} {void}: {}", tried.text);
                assert_eq!((totals(&tried), faults_of(&tried)), ([0, 0, 1, 0], vec![]), "{shown}");
                assert_eq!(tried.json["rows"][0]["understood"]["due"], "2027-06-30", "{shown}");
                let left = &tried.json["sheets"][0]["left_out"];
                let cell = json!([{"what": "cell", "where": "Matriz!D2", "why": "no_term", "text": void, "examples": [], "instead": null}]);
                assert_eq!(left, &cell, "{shown}");
            }
        }
        let done = send(&admin, &setup.of(false), with_terms(headings[0], ["30/06/2027", "No aplica"])).expect(200);
        assert_eq!(done.json["import_id"], json!(null), "{}", done.text);
        let stands = commitment(&admin, "CIGTPE-2023-001");
        assert_eq!((&stands["due"], &stands["due_text"]), (&json!("2027-06-30"), &json!(null)));
        let new = workbook(&[
            vec!["Compromiso", "Responsable", headings[0][0], headings[0][1]],
            vec!["Dos", "MTPE", "30/06/2027", "-"],
            vec!["Tres", "MTPE", "", "Por definir"],
            vec!["Cuatro", "MTPE", "30/06/2027", "30/09/2027"],
        ]);
        send(&admin, &setup.of(false), new).expect(200);
        let terms = ["CIGTPE-2023-002", "CIGTPE-2023-003", "CIGTPE-2023-004"].map(|code| {
            let one = commitment(&admin, code);
            (one["due"].clone(), one["due_text"].clone())
        });
        let expected = [
            (json!("2027-06-30"), json!(null)),
            (json!(null), json!("Por definir")),
            (json!("2027-09-30"), json!(null)),
        ];
        assert_eq!(terms, expected);
    }
}

on_both! {
    fn a_later_term_that_is_not_clear_is_asked_about(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        for (words, code) in [("Setiembre", "unclear_term"), ("Reprogramado en el acta 5", "unclear_term")] {
            let rows = with_terms(["Fecha límite", "Plazo reprogramado"], ["30/06/2027", words]);
            let tried = send(&admin, &setup.of(true), rows.clone()).expect(200);
            assert_eq!(faults_of(&tried), [format!("/Matriz/D2 {code}")]);
            let id = tried.json["questions"][0]["id"].as_str().unwrap();
            let answers = json!({id: "2027-09-30"}).to_string();
            let answers: String = form_urlencoded::byte_serialize(answers.as_bytes()).collect();
            let again = send(&admin, &format!("{}&answers={answers}", setup.of(true)), rows).expect(200);
            assert_eq!(again.json["rows"][0]["understood"]["due"], "2027-09-30", "{}", again.text);
        }
    }
}

on_both! {
    fn a_date_that_a_later_term_replaces_is_named(world) {
        let setup = Setup::new(world);
        let admin = world.admin();
        for (headings, terms) in [
            (["Plazo reprogramado", "Fecha límite"], ["III trimestre 2027", "30/06/2027"]),
            (["Plazo", "Fecha límite original"], ["III trimestre 2027", "30/06/2027"]),
        ] {
            let tried = send(&admin, &setup.of(true), with_terms(headings, terms)).expect(200);
            assert_eq!(faults_of(&tried), Vec::<String>::new(), "{headings:?}");
            let left = &tried.json["sheets"][0]["left_out"][0];
            assert_eq!((&left["where"], &left["why"], &left["text"]), (&json!("Matriz!D2"), &json!("replaced"), &json!("30/06/2027")));
            assert_eq!(tried.json["rows"][0]["understood"]["due"], "2027-Q3", "{headings:?}");
        }
        let kept = with_terms(["Plazo reprogramado", "Fecha límite"], ["", "30/06/2027"]);
        let tried = send(&admin, &setup.of(true), kept).expect(200);
        assert_eq!(tried.json["rows"][0]["understood"]["due"], "2027-06-30");
        assert_eq!(tried.json["sheets"][0]["left_out"], json!([]));
    }
}
