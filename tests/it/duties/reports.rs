//! Reports on a period: zero, nothing and none; corrections, reviews, waivers; who may do what.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use serde_json::{Value, json};

use super::fixture::{Fixture, counts};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn zero_nothing_and_no_report_are_three_things(world) {
        let fixture = Fixture::new(world, 5);
        fixture.report(0, "2023-Q2", counts(12, 3)).expect(201);
        fixture.report(1, "2023-Q2", counts(0, 0)).expect(201);
        fixture.report(2, "2023-Q2", json!({"nothing_to_report": true, "narrative": "Sin actividades"})).expect(201);
        let partial = fixture.report(3, "2023-Q2", json!({"values": {"inspections": 0, "found": null}})).expect(201).json;
        assert_eq!(partial["values"], json!({"inspections": 0, "found": null, "coverage": null, "remarks": null}), "unknown stays unknown");
        let matrix = fixture.matrix("");
        let states: Vec<Value> = (0..5).map(|n| fixture.cell(&matrix, n, "2023-Q2")["state"].clone()).collect();
        assert_eq!(states, ["reported", "zero", "nothing", "reported", "missing"]);
        assert_eq!(fixture.cell(&matrix, 4, "2023-Q3"), json!({"period": "2023-Q3", "state": "expected", "late": false, "verification": null}));
        let counts = &matrix["periods"][1]["counts"];
        assert_eq!(counts, &json!({"expected": 0, "reported": 2, "zero": 1, "nothing": 1, "missing": 1, "waived": 0, "late": 4, "awaiting_review": 4}));
    }
}

on_both! {
    fn a_term_that_changes_later_makes_no_report_late_and_excuses_none(world) {
        let fixture = Fixture::new(world, 3);
        let term = |days: i64| fixture.secretariat.patch(&format!("/duties/{}", fixture.duty), json!({"due_days": days})).expect(200);
        let shown = |region: usize| {
            let cell = fixture.cell(&fixture.matrix(""), region, "2023-Q2");
            (cell["state"].as_str().unwrap().to_owned(), cell["late"].as_bool().unwrap())
        };
        let state = |state: &str, late: bool| (state.to_owned(), late);
        world.at("2023-07-15T12:00:00Z");
        fixture.report(0, "2023-Q2", counts(1, 0)).expect(201);
        world.at("2023-07-20T12:00:00Z");
        fixture.report(1, "2023-Q2", counts(1, 0)).expect(201);
        assert_eq!([0, 1, 2].map(shown), [state("reported", false), state("reported", true), state("missing", false)]);
        term(30);
        assert_eq!([0, 1, 2].map(shown), [state("reported", false), state("reported", true), state("expected", false)]);
        fixture.report(1, "2023-Q2", counts(2, 0)).expect(200);
        assert_eq!(shown(1), state("reported", true), "a correction keeps it");
        term(5);
        assert_eq!([0, 2].map(shown), [state("reported", false), state("missing", false)]);
        fixture.report(2, "2023-Q2", counts(1, 0)).expect(201);
        assert_eq!(shown(2), state("reported", true));
    }
}

on_both! {
    fn a_correction_is_kept_beside_the_first_report_and_does_not_make_it_late(world) {
        let fixture = Fixture::new(world, 1);
        world.at("2023-07-15T12:00:00Z");
        let first = fixture.report(0, "2023-Q2", counts(1, 0)).expect(201);
        assert_eq!((&first.json["late"], &first.json["due_to"], &first.json["revision"]), (&json!(false), &json!("2023-07-15"), &json!(1)));
        world.at("2023-08-01T12:00:00Z");
        let person = fixture.representative(0);
        let path = fixture.path(0, "2023-Q2");
        person.with("if-match", "\"0123456789ab\"").put(&path, counts(2, 1)).expect(412);
        let second = person.with("if-match", first.header("etag").unwrap()).put(&path, counts(2, 1)).expect(200).json;
        assert_eq!((&second["late"], &second["revision"], &second["values"]["inspections"]), (&json!(false), &json!(2), &json!(2)));
        let revisions = second["revisions"].as_array().unwrap();
        assert_eq!(revisions.iter().map(|one| one["values"]["inspections"].clone()).collect::<Vec<_>>(), [json!(1), json!(2)]);
        assert_eq!(person.get(&path).expect(200).json, second);
        let list = person.get(&format!("/duties/{}/reports?institution_id={}", fixture.duty, fixture.regions[0])).expect(200);
        assert_eq!(list.items().len(), 2);
        fixture.report(0, "2023-Q1", counts(1, 0)).expect(201);
        assert_eq!(fixture.cell(&fixture.matrix(""), 0, "2023-Q1")["late"], true);
    }
}

on_both! {
    fn only_the_periods_of_the_duty_that_have_begun_take_reports(world) {
        let fixture = Fixture::new(world, 1);
        for period in ["2023-07", "2023", "2023-H1", "2023-Q9", "2022-Q4", "siempre"] {
            fixture.report(0, period, counts(1, 0)).expect(404);
        }
        fixture.report(0, "2023-Q3", counts(1, 0)).expect(201);
        assert_eq!(fixture.report(0, "2023-Q4", counts(1, 0)).expect(409).code(), "period_not_begun");
        fixture.secretariat.get(&fixture.path(0, "2023-Q1")).expect(404);
    }
}

on_both! {
    fn every_fault_of_a_report_is_reported(world) {
        let fixture = Fixture::new(world, 1);
        let faults = |body: Value| fixture.report(0, "2023-Q2", body).expect(422).faults();
        let values = json!({"inspections": -1, "found": 1.5, "coverage": 101, "remarks": 7, "other": 1});
        assert_eq!(faults(json!({"values": values})), [
            ("/values/coverage".into(), "out_of_range".into()), ("/values/found".into(), "wrong_type".into()),
            ("/values/inspections".into(), "out_of_range".into()), ("/values/other".into(), "unknown_field".into()),
            ("/values/remarks".into(), "wrong_type".into()),
        ] as [(String, String); 5]);
        assert_eq!(faults(json!({"nothing_to_report": true, "values": {"found": 0}})), [("/nothing_to_report".into(), "not_together".into())]);
        assert_eq!(faults(json!({})), [("/values".into(), "any_of".into())], "an empty report is no report");
        assert_eq!(faults(json!({"values": {"found": null}})), [("/values".into(), "any_of".into())]);
    }
}

on_both! {
    fn representatives_report_for_their_institution_and_secretariats_on_its_behalf(world) {
        let fixture = Fixture::new(world, 2);
        let path = fixture.path(0, "2023-Q2");
        fixture.representative(1).put(&path, counts(1, 0)).expect(403);
        world.observer(&fixture.commission).put(&path, counts(1, 0)).expect(403);
        assert_eq!(fixture.secretariat.put(&path, counts(1, 0)).expect(422).faults(), [("/on_behalf".into(), "required".into())]);
        let mut body = counts(1, 0);
        body["on_behalf"] = true.into();
        fixture.representative(0).put(&path, body.clone()).expect(403);
        assert_eq!(fixture.secretariat.put(&path, body).expect(201).json["on_behalf"], true);
        let bounded = world.representative_in(&fixture.commission, &fixture.regions[0]);
        bounded.put(&path, counts(3, 0)).expect(200);
        let other = world.institution("Ministerio");
        fixture.secretariat.put(&format!("/duties/{}/reports/{other}/2023-Q2", fixture.duty), counts(1, 0)).expect(404);
    }
}

on_both! {
    fn a_report_is_reviewed_by_somebody_else_and_again_after_its_correction(world) {
        let fixture = Fixture::new(world, 1);
        let (path, review) = (fixture.path(0, "2023-Q2"), format!("{}/review", fixture.path(0, "2023-Q2")));
        let returned = json!({"outcome": "returned", "comment": "Falta marzo"});
        fixture.secretariat.post(&review, returned.clone()).expect(404);
        fixture.report(0, "2023-Q2", counts(1, 0)).expect(201);
        fixture.representative(0).post(&review, returned.clone()).expect(403);
        assert_eq!(fixture.secretariat.post(&review, json!({"outcome": "returned"})).expect(422).faults(), [("/comment".into(), "comment_required".into())]);
        let shown = fixture.secretariat.post(&review, returned.clone()).expect(200).json;
        assert_eq!((&shown["verification"], &shown["reviews"][0]["comment"], &shown["reviews"][0]["revision"]), (&json!("returned"), &json!("Falta marzo"), &json!(1)));
        assert_eq!(fixture.secretariat.post(&review, returned).expect(409).code(), "not_pending");
        assert_eq!(fixture.report(0, "2023-Q2", counts(2, 0)).expect(200).json["verification"], "pending");
        let accepted = fixture.secretariat.post(&review, json!({"outcome": "accepted"})).expect(200).json;
        assert_eq!((&accepted["verification"], accepted["reviews"].as_array().unwrap().len()), (&json!("accepted"), 2));
        let mut own = counts(5, 0);
        own["on_behalf"] = true.into();
        fixture.secretariat.put(&path, own).expect(200);
        assert_eq!(fixture.secretariat.post(&review, json!({"outcome": "accepted"})).expect(403).code(), "own_update");
        world.coordinator("PE").post(&review, json!({"outcome": "accepted"})).expect(200);
    }
}

on_both! {
    fn the_same_report_again_changes_nothing_unless_it_was_returned(world) {
        let fixture = Fixture::new(world, 1);
        let review = format!("{}/review", fixture.path(0, "2023-Q2"));
        fixture.report(0, "2023-Q2", counts(1, 0)).expect(201);
        fixture.secretariat.post(&review, json!({"outcome": "accepted"})).expect(200);
        let again = fixture.report(0, "2023-Q2", counts(1, 0)).expect(201).json;
        assert_eq!((&again["revision"], &again["verification"]), (&json!(1), &json!("accepted")));
        fixture.report(0, "2023-Q2", counts(2, 0)).expect(200);
        fixture.secretariat.post(&review, json!({"outcome": "returned", "comment": "Falta marzo"})).expect(200);
        let waiting = || fixture.representative(0).get("/me/pending?reason=duty_returned").expect(200).items().len();
        let waiver = format!("{}/waiver", fixture.path(0, "2023-Q2"));
        assert_eq!(waiting(), 1);
        fixture.secretariat.post(&waiver, json!({"reason": "Estado de emergencia"})).expect(200);
        assert_eq!(waiting(), 0, "a waiver ends the wait for the correction too");
        fixture.secretariat.delete(&waiver).expect(204);
        let again = fixture.report(0, "2023-Q2", counts(2, 0)).expect(200).json;
        assert_eq!((&again["revision"], &again["verification"]), (&json!(3), &json!("pending")));
    }
}

on_both! {
    fn a_page_and_the_api_that_correct_at_once_do_not_lose_a_correction(world) {
        let fixture = Fixture::new(world, 1);
        let path = fixture.path(0, "2023-Q2");
        fixture.report(0, "2023-Q2", counts(1, 0)).expect(201);
        let url = &world.state.config.database_url;
        if url.starts_with("sqlite:") {
            // Only one transaction writes at a time.
            return;
        }
        let representative = fixture.representative(0);
        let browser = Browser::of(world, &representative);
        let form = browser.open(&path).form().set("values/inspections", "3");
        let mut holder = PgConnection::establish(url).unwrap();
        holder.batch_execute(&format!("BEGIN; SELECT 1 FROM duties WHERE id = '{}' FOR UPDATE", fixture.duty)).unwrap();
        std::thread::scope(|scope| {
            let call = scope.spawn(|| representative.put(&path, counts(2, 0)));
            std::thread::sleep(std::time::Duration::from_secs(1));
            scope.spawn(move || {
                std::thread::sleep(std::time::Duration::from_secs(1));
                holder.batch_execute("ROLLBACK").unwrap();
            });
            browser.submit(&form).expect(409).shows("Este registro cambió");
            call.join().unwrap().expect(200);
        });
        assert_eq!(representative.get(&path).expect(200).json["values"]["inspections"], 2);
    }
}

on_both! {
    fn a_waiver_ends_the_wait_until_it_is_withdrawn_and_a_report_counts_all_the_same(world) {
        let fixture = Fixture::new(world, 1);
        let (path, waiver) = (fixture.path(0, "2023-Q1"), format!("{}/waiver", fixture.path(0, "2023-Q1")));
        let reason = json!({"reason": "Estado de emergencia"});
        fixture.representative(0).post(&waiver, reason.clone()).expect(403);
        let waived = fixture.secretariat.post(&waiver, reason.clone()).expect(200).json;
        assert_eq!((&waived["state"], &waived["waiver"]["reason"], &waived["revision"]), (&json!("waived"), &json!("Estado de emergencia"), &Value::Null));
        assert_eq!(fixture.secretariat.post(&waiver, reason.clone()).expect(409).code(), "duplicate");
        assert_eq!(fixture.representative(0).get(&path).expect(200).json["state"], "waived");
        let told = || world.mails().into_iter().filter(|mail| mail.kind == "duty_waived").map(|mail| mail.text).collect::<Vec<_>>();
        let mails = told();
        assert!(!mails.is_empty() && mails.iter().all(|text| text.contains("No tiene que enviarlo") && text.contains("Estado de emergencia")), "{mails:?}");
        fixture.secretariat.delete(&waiver).expect(204);
        fixture.secretariat.delete(&waiver).expect(404);
        let mails = told();
        assert!(!mails.is_empty() && mails.iter().all(|text| text.contains("retiró la dispensa")), "{mails:?}");
        assert_eq!(fixture.cell(&fixture.matrix(""), 0, "2023-Q1")["state"], "missing");
        fixture.secretariat.post(&waiver, reason).expect(200);
        let reported = fixture.report(0, "2023-Q1", counts(1, 0)).expect(201).json;
        assert_eq!((&reported["state"], reported["waivers"].as_array().unwrap().len()), (&json!("reported"), 2));
    }
}

on_both! {
    fn a_region_is_asked_for_the_periods_on_whose_last_day_it_is_a_member(world) {
        let fixture = Fixture::new(world, 1);
        let (admin, commission) = (world.admin(), &fixture.commission);
        let body = json!({"name": "Región nueva", "sector": "regional_government", "country_code": "PE"});
        let late = admin.post("/institutions", body).expect(201).id();
        let seat = json!({"institution_id": late, "role": "member", "from": "2023-06-30", "to": "2023-09-29"});
        admin.post(&format!("/commissions/{commission}/memberships"), seat).expect(201);
        let ministry = world.institution("Ministerio");
        world.member(commission, &ministry, "member");
        let matrix = fixture.matrix("");
        let rows = matrix["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 2, "the ministry is of another sector");
        let row = rows.iter().find(|row| row["institution_id"] == late.as_str()).unwrap();
        let periods: Vec<&Value> = row["cells"].as_array().unwrap().iter().map(|cell| &cell["period"]).collect();
        assert_eq!(periods, ["2023-Q2"]);
        fixture.secretariat.post(&format!("/duties/{}/reports/{late}/2023-Q1/waiver", fixture.duty), json!({"reason": "x"})).expect(404);
    }
}

on_both! {
    fn the_matrix_shows_the_periods_of_its_query(world) {
        let fixture = Fixture::new(world, 1);
        let periods = |query: &str| {
            let matrix = fixture.matrix(query);
            matrix["periods"].as_array().unwrap().iter().map(|one| one["period"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(periods(""), ["2023-Q1", "2023-Q2", "2023-Q3"]);
        assert_eq!(periods("?from=2023-05-01&to=2023-12"), ["2023-Q2", "2023-Q3", "2023-Q4"]);
        let matrix = |query: &str| fixture.secretariat.get(&format!("/duties/{}/matrix{query}", fixture.duty));
        matrix("?from=2023-Q3&to=2023-Q1").expect(400);
        matrix("?from=ayer").expect(400);
        let monthly = json!({"commission_ids": [fixture.commission], "title": "Mensual", "every": "month", "from": "1990", "institution_ids": [fixture.regions[0]]});
        let long = fixture.secretariat.post("/duties", monthly).expect(201).id();
        let shown = fixture.secretariat.get(&format!("/duties/{long}/matrix")).expect(200).json;
        assert_eq!(shown["periods"].as_array().unwrap().len(), 120);
        fixture.secretariat.get(&format!("/duties/{long}/matrix?from=1990")).expect(400);
    }
}

on_both! {
    fn a_report_waits_for_its_institution_and_then_for_its_review(world) {
        let fixture = Fixture::new(world, 1);
        let representative = fixture.representative(0);
        let pending = |person: &crate::support::Person<'_>| {
            let page = person.get("/me/pending").expect(200);
            let shown = |item: &Value| (item["reason"].as_str().unwrap().to_owned(), item["link"].as_str().unwrap().to_owned());
            page.items().iter().map(shown).collect::<Vec<_>>()
        };
        world.at("2023-04-10T12:00:00Z");
        let link = fixture.path(0, "2023-Q1");
        assert_eq!(pending(&representative), [("duty_due".to_owned(), link.clone())]);
        world.at("2023-04-20T12:00:00Z");
        let item = representative.get("/me/pending").items()[0].clone();
        assert_eq!((&item["reason"], &item["due_to"], &item["overdue_days"], &item["kind"]), (&json!("duty_missing"), &json!("2023-04-15"), &json!(5), &json!("duty")));
        let matrix = format!("/duties/{}?from=2023-Q1&to=2023-Q1", fixture.duty);
        assert_eq!(pending(&fixture.secretariat), [("duty_missing".to_owned(), matrix.clone())]);
        let title = fixture.secretariat.get("/me/pending").items()[0]["title"].clone();
        assert_eq!(title, "Informe trimestral · primer trimestre de 2023 · falta una institución");
        let start = Browser::of(world, &fixture.secretariat).open("/");
        start.shows("falta una institución").shows("Ver quién falta").shows("5 días");
        Browser::of(world, &fixture.secretariat).open(&matrix).shows("No informó");
        assert_eq!(pending(&world.coordinator("PE")), [], "the secretariats ask for the reports");
        fixture.report(0, "2023-Q1", counts(1, 0)).expect(201);
        assert_eq!(pending(&representative), []);
        assert_eq!(pending(&fixture.secretariat), [("duty_review".to_owned(), link.clone())]);
        fixture.secretariat.post(&format!("{link}/review"), json!({"outcome": "returned", "comment": "Falta marzo"})).expect(200);
        assert_eq!(pending(&representative), [("duty_returned".to_owned(), link.clone())]);
        fixture.report(0, "2023-Q1", counts(2, 0)).expect(200);
        fixture.secretariat.post(&format!("{link}/review"), json!({"outcome": "accepted"})).expect(200);
        assert_eq!((pending(&representative), pending(&fixture.secretariat)), (vec![], vec![]));
        world.at("2023-07-20T12:00:00Z");
        fixture.secretariat.post(&format!("{}/waiver", fixture.path(0, "2023-Q2")), json!({"reason": "Emergencia"})).expect(200);
        assert_eq!(pending(&representative), []);
    }
}

on_both! {
    fn the_matrix_is_a_document_and_a_workbook(world) {
        let fixture = Fixture::new(world, 2);
        fixture.report(0, "2023-Q2", counts(0, 0)).expect(201);
        let path = format!("/duties/{}/matrix/document", fixture.duty);
        let text = fixture.secretariat.get(&format!("{path}?lang=es")).expect(200).text;
        for words in ["Informe trimestral", "Región 01", "Informó cero, fuera de plazo, por revisar", "No informó"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        for words in ["- **País:** ", "- **Fecha del estado:** ", "## Primer trimestre de 2023 – tercer trimestre de 2023", "| Segundo trimestre de 2023 |", "### Inspecciones\n"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let xlsx = fixture.secretariat.get(&format!("{path}?format=xlsx&lang=es")).expect(200).bytes;
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(xlsx)).unwrap();
        let sheet = calamine::Reader::worksheet_range(&mut book, "Informes").unwrap();
        let of_heading = |words: &str| sheet.rows().next().unwrap().iter().position(|cell| *cell == words).unwrap();
        assert_eq!(sheet[(1, of_heading("Período"))].to_string(), "segundo trimestre de 2023");
        assert!(matches!(sheet[(1, of_heading("Informe recibido"))], calamine::Data::DateTime(_)), "{sheet:?}");
        for format in ["xlsx", "docx", "pdf"] {
            assert!(!fixture.secretariat.get(&format!("{path}?format={format}&lang=en")).expect(200).bytes.is_empty());
        }
        fixture.secretariat.get(&format!("{path}?format=odt")).expect(400);
    }
}

on_both! {
    fn the_document_adds_the_reported_numbers_and_lists_waivers_with_their_reasons(world) {
        let fixture = Fixture::new(world, 4);
        world.at("2023-07-20T12:00:00Z");
        fixture.report(0, "2023-Q2", counts(12, 0)).expect(201);
        fixture.report(1, "2023-Q2", counts(1988, 3)).expect(201);
        fixture.report(2, "2023-Q2", json!({"nothing_to_report": true})).expect(201);
        let waiver = json!({"reason": "Emergencia por lluvias"});
        fixture.secretariat.post(&format!("{}/waiver", fixture.path(3, "2023-Q2")), waiver).expect(200);
        let path = format!("/duties/{}/matrix/document", fixture.duty);
        let answer = fixture.secretariat.get(&format!("{path}?lang=es&from=2023-Q1&to=2023-Q2")).expect(200);
        assert!(answer.header("content-disposition").unwrap().contains("\"informe-trimestral-2023-07-20.md\""));
        let text = answer.text;
        for words in [
            "### Inspecciones\n", "| Región 01 | sin dato | 12 |", "| Región 03 | sin dato | Sin novedades |", "| Región 04 | sin dato | Dispensada |",
            "| Suma de lo informado | sin dato (0 de 4 informaron) | 2,000 (2 de 3 informaron; 2 sin aceptar todavía) |", "### Casos detectados (casos)\n", "| 3 (2 de 3 informaron; 2 sin aceptar todavía) |",
            "## Dispensas\n", "| Región 04 | Segundo trimestre de 2023 | Emergencia por lluvias |",
        ] {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
        assert!(!text.contains("### Cobertura"), "percentages are not added: {text}");
        assert!(!text.contains("## Informes\n"), "no report states more than its counts: {text}");
        let more = json!({"values": {"inspections": 12, "coverage": 12.5}, "narrative": "Dos operativos."});
        fixture.report(0, "2023-Q2", more).expect(200);
        let text = fixture.secretariat.get(&format!("{path}?lang=es&from=2023-Q2&to=2023-Q2")).expect(200).text;
        assert!(text.contains("| Cobertura: 12.5 % | Dos operativos. |") && !text.contains("Inspecciones: "), "{text}");
        let xlsx = fixture.secretariat.get(&format!("{path}?format=xlsx&lang=es")).expect(200).bytes;
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(xlsx)).unwrap();
        let sheet = calamine::Reader::worksheet_range(&mut book, "Dispensas").unwrap();
        assert_eq!(sheet[(1, 2)].to_string(), "Emergencia por lluvias");
    }
}
