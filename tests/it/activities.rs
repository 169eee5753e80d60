//! Activities and the registry.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, World};

fn training(country: &str, title: &str) -> Value {
    json!({"country_code": country, "kind": "training", "title": title})
}

/// Returns the body with these fields added or replaced.
fn with(mut body: Value, fields: Value) -> Value {
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    body
}

fn ids(answer: &[Value]) -> Vec<&str> {
    answer.iter().map(|record| record["id"].as_str().unwrap()).collect()
}

fn codes(activity: &Value) -> Vec<&str> {
    activity["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

fn step(world: &World, country: &str, commissions: &[&str]) -> String {
    let admin = world.admin();
    let plan = admin
        .post(
            "/plans",
            json!({"country_code": country, "kind": "roadmap", "title": "Hoja de Ruta", "commission_ids": commissions}),
        )
        .expect(201)
        .id();
    admin.post(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Detección"})).expect(201).id()
}

on_both! {
    fn a_secretariat_enters_a_complete_activity(world) {
        let ceti = world.commission("CL", "CETI");
        let (ministry, ilo) = (world.institution("Ministerio"), world.institution("OIT"));
        let priority = step(world, "CL", &[&ceti]);
        let secretariat = world.secretariat(&ceti);
        let body = json!({
            "country_code": "CL", "kind": "training", "title": "Capacitación", "commission_ids": [ceti],
            "description": "Jornada.", "result": "Equipos capacitados.", "expected_result": "Más equipos.", "result_state": "partial",
            "starts": "2023-08-22", "ends": "2023-08", "when_text": "22 de agosto de 2023", "period": {"from": "2023-05-01"},
            "territories": ["Huánuco", "Ica"], "organizer_ids": [ministry], "partner_ids": [ilo, ministry],
            "participants": {"total": 75, "women": 40, "men": 35, "audience": "Equipos"}, "occurrences": 2, "scope": "national",
            "themes": ["forced_labour", "child_labour"], "plan_item_ids": [priority],
            "evidence": [{"title": "Lista", "url": "https://example.org/lista", "kind": "lista", "dated": "2023-08"}, {"title": "Acta"}],
            "highlight": true, "source": "Informe", "status": "submitted",
        });
        let made = secretariat.post("/activities", body.clone()).expect(201);
        for (field, value) in body.as_object().unwrap() {
            if !["themes", "evidence", "period"].contains(&field.as_str()) {
                assert_eq!(&made.json[field], value, "{field}");
            }
        }
        assert_eq!(made.json["themes"], json!(["child_labour", "forced_labour"]));
        assert_eq!((&made.json["starts_to"], &made.json["ends_from"], &made.json["ends_to"]), (&json!("2023-08-22"), &json!("2023-08-01"), &json!("2023-08-31")));
        assert_eq!((&made.json["evidence"][0]["dated_from"], &made.json["evidence"][0]["dated_to"]), (&json!("2023-08-01"), &json!("2023-08-31")));
        assert_eq!(made.json["findings"], json!([]));
        let path = format!("/activities/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        let shown = secretariat.get(&path).expect(200);
        assert_eq!(shown.json, made.json);
        let again = secretariat.with("if-match", shown.header("etag").unwrap()).patch(&path, json!({"evidence": shown.json["evidence"], "status": "validated"})).expect(200);
        assert_eq!((&again.json["evidence"], &again.json["status"]), (&shown.json["evidence"], &json!("validated")));
        assert_eq!(secretariat.delete(&path).expect(409).code(), "in_use");
        assert_eq!(secretariat.patch(&path, json!({"status": "draft"})).expect(422).faults(), [("/status".to_owned(), "return_instead".to_owned())]);
        secretariat.post(&format!("{path}/return"), json!({"reason": "Falta el total"})).expect(200);
        secretariat.delete(&path).expect(204);
        secretariat.get(&path).expect(404);
    }
}

on_both! {
    fn how_often_is_once_unless_stated_otherwise_or_unknown(world) {
        world.country("CL");
        let admin = world.admin();
        let made = admin.post("/activities", training("CL", "Charla")).expect(201);
        assert_eq!((&made.json["occurrences"], &made.json["status"], &made.json["participants"]), (&json!(1), &json!("draft"), &json!(null)));
        let path = format!("/activities/{}", made.id());
        assert_eq!(admin.patch(&path, json!({"occurrences": null})).expect(200).json["occurrences"], json!(null));
        assert_eq!(admin.patch(&path, json!({"title": "Otra", "participants": {}})).expect(200).json["occurrences"], json!(null));
        let unknown = admin.post("/activities", with(training("CL", "Charlas"), json!({"occurrences": null}))).expect(201);
        assert_eq!(unknown.json["occurrences"], json!(null));
    }
}

on_both! {
    fn what_an_entry_lacks_is_told_in_the_readers_language(world) {
        world.country("CL");
        let admin = world.admin();
        let made = admin.post("/activities", training("CL", "Taller regional")).expect(201);
        let all = ["training_without_dates", "training_without_participants", "process_without_result", "no_plan_item", "evidence_missing", "date_unclear"];
        assert_eq!(codes(&made.json), all);
        assert_eq!(made.json["findings"][1], json!({"code": "training_without_participants", "severity": "warning", "message": "La capacitación «Taller regional» no indica número de participantes; agréguelo.", "pointer": "/participants"}));
        let path = format!("/activities/{}", made.id());
        let english = admin.with("accept-language", "en").get(&path).expect(200).json;
        assert_eq!(english["findings"][1]["message"], "The training “Taller regional” gives no number of participants; add it.");
        let mended = admin.patch(&path, json!({"starts": "2023-08", "participants": {"total": 0}, "result": "Hecho", "result_state": "expected", "evidence": [{"title": "Lista"}]})).expect(200).json;
        assert_eq!(codes(&mended), ["expected_result_missing", "no_plan_item"]);
    }
}

on_both! {
    fn every_fault_of_an_activity_is_told(world) {
        world.country("CL");
        let admin = world.admin();
        let body = json!({
            "country_code": 1, "kind": "party", "title": 1, "commission_ids": ["x"], "description": 1, "result": 1, "expected_result": 1,
            "result_state": "great", "starts": "soon", "ends": "later", "when_text": 1, "period": {"from": "2023", "x": 1}, "territories": [1],
            "organizer_ids": ["x"], "partner_ids": 1, "participants": {"total": 1.5, "women": "two", "men": [], "audience": 1}, "occurrences": "often",
            "scope": "village", "themes": ["joy"], "plan_item_ids": ["x"], "commitment_ids": ["x"],
            "evidence": [{"url": 1, "file_id": "x", "kind": 1, "dated": "x", "y": 1}], "highlight": "yes", "restricted": 1, "source": 1, "status": "done", "z": 1,
        });
        let faults = admin.post("/activities", body).expect(422).faults();
        let pointers: Vec<_> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(pointers, [
            "/commission_ids/0", "/commitment_ids/0", "/country_code", "/description", "/ends", "/evidence/0/dated", "/evidence/0/file_id",
            "/evidence/0/kind", "/evidence/0/title", "/evidence/0/url", "/evidence/0/y", "/expected_result", "/highlight", "/kind", "/occurrences",
            "/organizer_ids/0", "/participants/audience", "/participants/men", "/participants/total", "/participants/women", "/partner_ids",
            "/period/from", "/period/x", "/plan_item_ids/0", "/restricted", "/result", "/result_state", "/scope", "/source", "/starts", "/status",
            "/territories/0", "/themes/0", "/title", "/when_text", "/z",
        ]);
        let nobody = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        for (fields, fault) in [
            (json!({"title": " "}), ("/title", "blank")),
            (json!({"title": "x".repeat(501)}), ("/title", "too_long")),
            (json!({"country_code": "XX"}), ("/country_code", "unknown_reference")),
            (json!({"ends": "2023"}), ("/ends", "needs")),
            (json!({"starts": "2023-05", "ends": "2023-04"}), ("/ends", "contradictory")),
            (json!({"period": {}}), ("/period", "too_few")),
            (json!({"period": {"from": "2023-05-01", "to": "2023-04-01"}}), ("/period/to", "contradictory")),
            (json!({"participants": {"total": 10, "women": 6, "men": 5}}), ("/participants/total", "contradictory")),
            (json!({"participants": {"women": -1}}), ("/participants/women", "out_of_range")),
            (json!({"occurrences": 0}), ("/occurrences", "out_of_range")),
            (json!({"territories": ["Ica", "Ica"]}), ("/territories/1", "duplicate")),
            (json!({"themes": ["child_labour", "child_labour"]}), ("/themes/1", "duplicate")),
            (json!({"commission_ids": [nobody]}), ("/commission_ids/0", "unknown_reference")),
            (json!({"organizer_ids": [nobody]}), ("/organizer_ids/0", "unknown_reference")),
            (json!({"partner_ids": [nobody]}), ("/partner_ids/0", "unknown_reference")),
            (json!({"plan_item_ids": [nobody]}), ("/plan_item_ids/0", "unknown_reference")),
            (json!({"commitment_ids": [nobody]}), ("/commitment_ids/0", "unknown_reference")),
            (json!({"evidence": [{"title": "x", "file_id": nobody}]}), ("/evidence/0/file_id", "unknown_reference")),
            (json!({"evidence": [{"title": "x", "url": "ftp://x"}]}), ("/evidence/0/url", "invalid_url")),
        ] {
            let answer = admin.post("/activities", with(training("CL", "Taller"), fields.clone())).expect(422);
            assert_eq!(answer.faults(), [(fault.0.to_owned(), fault.1.to_owned())], "{fields}");
        }
        let both = json!({"evidence": [{"title": "x", "url": "https://x.org", "file_id": nobody}]});
        let told = admin.post("/activities", with(training("CL", "Taller"), both)).expect(422).faults();
        let expected = [("/evidence/0", "at_most_one_of"), ("/evidence/0/file_id", "unknown_reference")];
        assert_eq!(told, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }
}

on_both! {
    fn a_representative_enters_what_its_institution_organises_and_the_secretariat_validates(world) {
        world.country("PE");
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (ministry, other) = (world.institution("Ministerio"), world.institution("Otra"));
        world.member(&ceti, &ministry, "member");
        let representative = world.representative(&ministry);
        let own = with(training("CL", "Propia"), json!({"organizer_ids": [ministry], "commission_ids": [ceti], "status": "submitted"}));
        representative.post("/activities", with(own.clone(), json!({"organizer_ids": [other]}))).expect(403);
        representative.post("/activities", with(own.clone(), json!({"status": "validated"}))).expect(403);
        representative.post("/activities", with(own.clone(), json!({"commission_ids": [mitp]}))).expect(404);
        let path = format!("/activities/{}", representative.post("/activities", own.clone()).expect(201).id());
        representative.patch(&path, json!({"title": "Corregida"})).expect(200);
        representative.patch(&path, json!({"organizer_ids": [other]})).expect(403);
        representative.patch(&path, json!({"status": "validated"})).expect(403);
        world.secretariat(&mitp).patch(&path, json!({"status": "validated"})).expect(404);
        world.observer(&ceti).patch(&path, json!({"title": "No"})).expect(403);
        world.secretariat(&ceti).patch(&path, json!({"status": "validated"})).expect(200);
        representative.patch(&path, json!({"title": "Tarde"})).expect(403);
        representative.delete(&path).expect(403);
        world.secretariat(&ceti).patch(&path, json!({"title": "Del registro"})).expect(200);
        let alone = representative.post("/activities", with(own, json!({"commission_ids": []}))).expect(201);
        representative.delete(&format!("/activities/{}", alone.id())).expect(204);
        world.secretariat(&ceti).post("/activities", training("CL", "Sin comisión")).expect(403);
        world.coordinator("PE").post("/activities", training("CL", "Ajena")).expect(403);
        world.nobody().post("/activities", training("CL", "Nadie")).expect(401);
    }
}

on_both! {
    fn an_activity_is_known_through_its_commissions_and_its_institutions(world) {
        world.country("PE");
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (member, organizer, partner) = (world.institution("Integrante"), world.institution("Organiza"), world.institution("Asociada"));
        world.member(&ceti, &member, "member");
        let admin = world.admin();
        let open = admin.post("/activities", with(training("CL", "Abierta"), json!({"commission_ids": [ceti], "organizer_ids": [organizer], "partner_ids": [partner]}))).expect(201).id();
        let restricted = admin.post("/activities", with(training("CL", "Reservada"), json!({"commission_ids": [ceti], "organizer_ids": [organizer], "restricted": true}))).expect(201).id();
        let loose = admin.post("/activities", with(training("CL", "Sin comisión"), json!({"partner_ids": [partner]}))).expect(201).id();
        let check = |person: &Person<'_>, known: &[&str]| {
            assert_eq!(ids(person.get("/activities").expect(200).items()), known, "{}", person.email);
            for id in [&open, &restricted, &loose] {
                let status = if known.contains(&id.as_str()) { 200 } else { 404 };
                person.get(&format!("/activities/{id}")).expect(status);
            }
        };
        check(&admin, &[&open, &restricted, &loose]);
        check(&world.coordinator("CL"), &[&open, &restricted, &loose]);
        check(&world.coordinator("PE"), &[]);
        check(&world.secretariat(&ceti), &[&open, &restricted]);
        check(&world.secretariat(&mitp), &[]);
        check(&world.representative(&member), &[&open]);
        check(&world.observer(&ceti), &[&open]);
        check(&world.representative(&organizer), &[&open, &restricted]);
        check(&world.representative(&partner), &[&open, &loose]);
    }
}

on_both! {
    fn references_to_what_may_not_be_known_or_is_abroad_are_refused(world) {
        let (ceti, cpeti) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let (own, foreign) = (step(world, "CL", &[&ceti]), step(world, "PE", &[&cpeti]));
        let body = |item: &str| with(training("CL", "Taller"), json!({"commission_ids": [ceti], "plan_item_ids": [item]}));
        let hidden = world.secretariat(&ceti).post("/activities", body(&foreign)).expect(422);
        assert_eq!(hidden.faults(), [("/plan_item_ids/0".into(), "unknown_reference".into())]);
        assert_eq!(world.admin().post("/activities", body(&foreign)).expect(422).faults(), [("/plan_item_ids/0".into(), "other_country".into())]);
        world.secretariat(&ceti).post("/activities", body(&own)).expect(201);
        let joint = with(training("CL", "Conjunta"), json!({"commission_ids": [ceti, cpeti]}));
        world.secretariat(&ceti).post("/activities", joint.clone()).expect(404);
        assert_eq!(world.admin().post("/activities", joint).expect(422).faults(), [("/commission_ids/1".into(), "other_country".into())]);
    }
}

on_both! {
    fn activities_are_narrowed_by_every_filter_and_paged_at_a_constant_cost(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (a, b) = (world.institution("A"), world.institution("B"));
        let priority = step(world, "CL", &[]);
        let admin = world.admin();
        let one = admin.post("/activities", with(training("CL", "Capacitación en Áncash"), json!({"commission_ids": [ceti], "organizer_ids": [a], "themes": ["child_labour"], "plan_item_ids": [priority], "starts": "2023-04", "ends": "2023-05", "status": "submitted"}))).expect(201).id();
        let two = admin.post("/activities", json!({"country_code": "CL", "kind": "survey", "title": "Encuesta", "commission_ids": [mitp], "partner_ids": [b], "starts": "2023-Q3"})).expect(201).id();
        let undated = admin.post("/activities", with(training("CL", "Sin fecha"), json!({"period": {"from": "2023-05-01", "to": "2023-12-31"}, "partner_ids": [a]}))).expect(201).id();
        let timeless = admin.post("/activities", with(training("CL", "Nunca"), json!({"territories": ["Huánuco"]}))).expect(201).id();
        for (filter, found) in [
            ("country_code=CL".to_owned(), vec![&one, &two, &undated, &timeless]),
            ("country_code=PE".to_owned(), vec![]),
            (format!("commission_id={ceti}"), vec![&one]),
            (format!("institution_id={a}"), vec![&one, &undated]),
            (format!("institution_id={b}"), vec![&two]),
            ("kind=survey".to_owned(), vec![&two]),
            ("theme=child_labour".to_owned(), vec![&one]),
            (format!("plan_item_id={priority}"), vec![&one]),
            ("status=submitted".to_owned(), vec![&one]),
            ("from=2023-05-31&to=2023-06-30".to_owned(), vec![&one, &undated]),
            ("from=2023-09-30".to_owned(), vec![&two, &undated]),
            ("to=2023-04-01".to_owned(), vec![&one]),
            ("from=2024-01-01".to_owned(), vec![]),
            ("q=ancash".to_owned(), vec![&one]),
            ("q=HUANUCO".to_owned(), vec![&timeless]),
        ] {
            let answer = admin.get(&format!("/activities?{filter}")).expect(200);
            assert_eq!(ids(answer.items()), found, "{filter}");
        }
        for bad in ["kind=party", "from=2023", "from=2023-06-01&to=2023-05-01", "colour=red", "limit=0", "cursor=x", "institution_id=7"] {
            assert_eq!(admin.get(&format!("/activities?{bad}")).expect(400).code(), "invalid_query", "{bad}");
        }
        let first = admin.get("/activities?limit=3").expect(200);
        let rest = admin.get(&format!("/activities?limit=3&cursor={}", first.json["next_cursor"].as_str().unwrap())).expect(200);
        assert_eq!((first.items().len(), ids(rest.items())), (3, vec![timeless.as_str()]));
        let secretariat = world.coordinator("CL");
        let cost = |limit: u32| {
            let before = world.statements();
            secretariat.get(&format!("/activities?limit={limit}")).expect(200);
            world.statements() - before
        };
        assert_eq!(cost(1), cost(4));
    }
}

on_both! {
    fn the_registry_counts_what_is_validated_in_the_period(world) {
        world.country("PE");
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let priority = step(world, "CL", &[]);
        let coordinator = world.coordinator("CL");
        let enter = |title: &str, fields: Value| {
            let base = with(training("CL", title), json!({"status": "validated", "commission_ids": [ceti]}));
            coordinator.post("/activities", with(base, fields)).expect(201).id()
        };
        let late = enter("Segunda", json!({"starts": "2023-11", "participants": {"women": 5, "men": 2}, "themes": ["child_labour"], "territories": ["Ica"]}));
        let early = enter("Primera", json!({"starts": "2023-04", "ends": "2023-05-02", "participants": {"total": 10}, "occurrences": 3, "commission_ids": [ceti, mitp], "plan_item_ids": [priority]}));
        let undated = enter("Sin fecha", json!({"period": {"from": "2023-05-01", "to": "2023-12-31"}, "occurrences": null}));
        enter("De otro año", json!({"starts": "2022"}));
        enter("Nunca", json!({}));
        enter("Por validar", json!({"starts": "2023-06", "status": "submitted"}));
        enter("Borrador", json!({"starts": "2023-06", "status": "draft"}));
        let read = |person: &Person<'_>, more: &str| person.get(&format!("/registry?country_code=CL&from=2023-05-01&to=2023-12-31{more}")).expect(200).json;
        let registry = read(&coordinator, "");
        assert_eq!((&registry["from"], &registry["to"], &registry["pending"]), (&json!("2023-05-01"), &json!("2023-12-31"), &json!(1)));
        assert_eq!(ids(registry["activities"].as_array().unwrap()), [&early, &late]);
        assert_eq!(ids(registry["undated"].as_array().unwrap()), [&undated]);
        let total = |activities: i64, occurrences: i64, participants: i64, without: i64| {
            json!({"activities": activities, "occurrences": occurrences, "participants": participants, "without_participants": without})
        };
        assert_eq!(registry["totals"], json!({
            "by_commission": {ceti.clone(): total(3, 4, 17, 1), mitp.clone(): total(1, 3, 10, 0)},
            "by_theme": {"child_labour": total(1, 1, 7, 0)},
            "by_kind": {"training": total(3, 4, 17, 1)},
            "by_territory": {"Ica": total(1, 1, 7, 0)},
            "by_plan_item": {priority: total(1, 3, 10, 0)},
        }));
        assert_eq!(read(&coordinator, "&theme=child_labour")["totals"]["by_kind"]["training"]["activities"], 1);
        assert_eq!(ids(read(&coordinator, &format!("&commission_id={mitp}"))["activities"].as_array().unwrap()), [&early]);
        assert_eq!(ids(read(&world.observer(&mitp), "")["activities"].as_array().unwrap()), [&early]);
        let elsewhere = read(&world.coordinator("PE"), "");
        assert_eq!((&elsewhere["activities"], &elsewhere["pending"]), (&json!([]), &json!(0)));
        let cost = |from: &str| {
            let before = world.statements();
            coordinator.get(&format!("/registry?country_code=CL&from={from}&to=2023-12-31")).expect(200);
            world.statements() - before
        };
        assert_eq!(cost("2023-05-01"), cost("2022-01-01"));
        for bad in ["country_code=CL", "country_code=CL&from=2023-01-01", "country_code=CL&from=2023-02-01&to=2023-01-01", "from=2023-01-01&to=2023-12-31", "country_code=CL&from=2023&to=2024", "country_code=CL&from=2023-01-01&to=2023-12-31&format=odt", "country_code=CL%0A&from=2023-01-01&to=2023-12-31&format=csv"] {
            assert_eq!(coordinator.get(&format!("/registry?{bad}")).expect(400).code(), "invalid_query", "{bad}");
        }
    }
}

on_both! {
    fn the_registry_opens_in_a_spreadsheet_without_running_anything(world) {
        let ceti = world.commission("CL", "CETI");
        let ministry = world.institution("Ministerio, el \"primero\"");
        let secretariat = world.secretariat(&ceti);
        let body = json!({"country_code": "CL", "kind": "training", "title": "=HYPERLINK(\"http://x\")", "commission_ids": [ceti], "organizer_ids": [ministry], "starts": "2023-08", "themes": ["child_labour"], "territories": ["Ica", "Huánuco"], "status": "validated", "result": "-1", "description": "@x", "participants": {"total": 7}});
        secretariat.post("/activities", body).expect(201);
        let table = |lang: &str| secretariat.with("accept-language", lang).get("/registry?country_code=CL&from=2023-05-01&to=2023-12-31&format=csv").expect(200);
        let spanish = table("es");
        assert_eq!(spanish.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(spanish.header("content-disposition"), Some("attachment; filename=\"registro-de-actividades-cl-2023-05-01-2023-12-31.csv\""));
        let mut reader = csv::Reader::from_reader(spanish.text.trim_start_matches('\u{feff}').as_bytes());
        let headings = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1);
        let cell = |heading: &str| rows[0][headings.iter().position(|own| own == heading).unwrap_or_else(|| panic!("{heading}"))].to_owned();
        assert_eq!(cell("Título"), "'=HYPERLINK(\"http://x\")");
        assert_eq!((cell("Resultado"), cell("Descripción")), ("'-1".to_owned(), "'@x".to_owned()));
        assert_eq!((cell("Tipo"), cell("Temas"), cell("Comisiones")), ("Capacitación".to_owned(), "Trabajo infantil".to_owned(), "CETI".to_owned()));
        assert_eq!((cell("Organiza"), cell("Territorios"), cell("Participantes")), ("Ministerio, el \"primero\"".to_owned(), "Ica; Huánuco".to_owned(), "7".to_owned()));
        assert!(table("en").text.contains("Title,Description,Start"));
    }
}

on_both! {
    fn an_activity_serves_commitments_that_name_its_organiser_in_whatever_way(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, dt) = (world.institution("Minsal"), world.institution("Dirección del Trabajo"));
        world.member(&ceti, &minsal, "member");
        let secretariat = world.secretariat(&ceti);
        let enter = |fields: Value| secretariat.post("/commitments", with(json!({"commission_ids": [ceti], "text": "Capacitar", "restricted": true}), fields)).expect(201).id();
        let known = [
            enter(json!({"assignments": [{"institution_id": minsal}]})),
            enter(json!({"follow_up_institution_id": minsal})),
            enter(json!({"beneficiary_ids": [minsal]})),
        ];
        let other = enter(json!({"assignments": [{"institution_id": dt}]}));
        let representative = world.representative(&minsal);
        let body = |commitments: Value| with(training("CL", "Taller"), json!({"organizer_ids": [minsal], "commitment_ids": commitments}));
        representative.post("/activities", body(json!(known))).expect(201);
        let refused = representative.post("/activities", body(json!([known[0], other]))).expect(422);
        assert_eq!(refused.faults(), [("/commitment_ids/1".to_owned(), "unknown_reference".to_owned())]);
    }
}

on_both! {
    fn the_registry_names_only_the_commissions_and_plans_that_its_reader_may_know(world) {
        let (ceti, hidden) = (world.commission("CL", "CETI"), world.commission("CL", "OCULTA"));
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (own, other) = (step(world, "CL", &[&ceti]), step(world, "CL", &[&hidden]));
        let admin = world.admin();
        admin.post("/activities", with(training("CL", "Taller"), json!({"commission_ids": [ceti, hidden], "plan_item_ids": [own, other], "starts": "2023-06", "status": "validated"}))).expect(201);
        let path = "/registry?country_code=CL&from=2023-01-01&to=2023-12-31";
        let line = |who: &Person<'_>| {
            let table = who.get(&format!("{path}&format=csv")).expect(200);
            let mut reader = csv::Reader::from_reader(table.text.trim_start_matches('\u{feff}').as_bytes());
            let line = reader.records().next().unwrap().unwrap();
            (line[0].to_owned(), line[20].to_owned())
        };
        assert_eq!(line(&admin), ("CETI; OCULTA".into(), "Detección; Detección".into()));
        let representative = world.representative(&minsal);
        assert_eq!(line(&representative), (format!("CETI; {hidden}"), format!("Detección; {other}")));
        let registry = representative.get(path).expect(200);
        assert!(!registry.text.contains("OCULTA"), "{}", registry.text);
        assert_eq!(registry.json["activities"][0]["commission_ids"], json!([ceti, hidden]));
        admin.post("/activities", with(training("CL", "Reservada"), json!({"commission_ids": [ceti], "territories": ["Arica"], "starts": "2023-06", "status": "validated", "restricted": true}))).expect(201);
        let totals = representative.get(path).expect(200).json["totals"].clone();
        assert_eq!((&totals["by_commission"][&ceti]["activities"], &totals["by_territory"]), (&json!(1), &json!({})));
        assert_eq!(admin.get(path).expect(200).json["totals"]["by_commission"][&ceti]["activities"], 2);
    }
}

on_both! {
    fn a_representative_enters_activities_where_the_institution_is_or_sits_alone(world) {
        let cigtpe = world.commission("PE", "CIGTPE");
        world.country("CL");
        let institution = |name: &str, country: Option<&str>| {
            world.admin().post("/institutions", json!({"name": name, "sector": "government", "country_code": country})).expect(201).id()
        };
        let (minsal, ilo) = (institution("Minsal", Some("CL")), institution("OIT", None));
        let seat = format!("/commissions/{cigtpe}/memberships/{}", world.member(&cigtpe, &ilo, "member"));
        let activity = |country: &str, organizer: &str| with(training(country, "Taller"), json!({"organizer_ids": [organizer], "status": "submitted"}));
        let (chilean, shared) = (world.representative(&minsal), world.representative(&ilo));
        let registry = || world.admin().get("/registry?country_code=PE&from=2023-01-01&to=2023-12-31").expect(200).json["pending"].clone();
        let before = registry();
        chilean.post("/activities", activity("PE", &minsal)).expect(403);
        assert_eq!(registry(), before);
        let own = format!("/activities/{}", chilean.post("/activities", activity("CL", &minsal)).expect(201).id());
        chilean.patch(&own, json!({"country_code": "PE"})).expect(403);
        shared.post("/activities", activity("CL", &ilo)).expect(403);
        let here = format!("/activities/{}", shared.post("/activities", activity("PE", &ilo)).expect(201).id());
        world.admin().patch(&seat, json!({"to": "2023-08-31"})).expect(200);
        shared.post("/activities", activity("PE", &ilo)).expect(403);
        shared.patch(&here, json!({"title": "Corregida"})).expect(200);
    }
}

on_both! {
    fn the_secretariat_validates_several_activities_and_sends_others_back_with_a_reason(world) {
        let ceti = world.commission("CL", "CETI");
        let ministry = world.institution("Ministerio");
        world.member(&ceti, &ministry, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&ministry));
        let submitted = json!({"organizer_ids": [ministry], "commission_ids": [ceti], "status": "submitted"});
        let enter = |title: &str| representative.post("/activities", with(training("CL", title), submitted.clone())).expect(201).id();
        world.notices();
        let ids = ["Una", "Dos"].map(enter);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("activity_submitted", secretariat.email.as_str()); 2]);
        assert!(mails[0].text.contains("Organiza: Ministerio") && mails[0].text.contains("/activities/"), "{}", mails[0].text);
        let path = format!("/activities/{}", enter("Tres"));
        world.notices();
        assert_eq!(secretariat.patch(&path, json!({"status": "draft"})).expect(422).faults(), [("/status".to_owned(), "return_instead".to_owned())]);
        let refused = representative.post(&format!("{path}/return"), json!({"reason": "No"})).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("secretaría"), "{}", refused.text);
        let back = secretariat.post(&format!("{path}/return"), json!({"reason": "Falta el total"})).expect(200).json;
        assert_eq!((&back["status"], &back["returned_reason"]), (&json!("draft"), &json!("Falta el total")));
        assert!(back["returned_at"].is_string());
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("activity_sent_back", representative.email.as_str())]);
        assert!(mails[0].text.contains("Falta el total") && mails[0].text.contains(&path), "{}", mails[0].text);
        assert_eq!(secretariat.post(&format!("{path}/return"), json!({"reason": "Otra vez"})).expect(409).code(), "not_submitted");
        let draft = path.trim_start_matches("/activities/").to_owned();
        let together = json!({"ids": [ids[0], draft, ids[1]]});
        assert_eq!(secretariat.post("/activities/validation", together).expect(422).faults(), [("/ids/1".to_owned(), "not_submitted".to_owned())]);
        assert_eq!(secretariat.get(&format!("/activities/{}", ids[0])).expect(200).json["status"], "submitted", "all or none");
        representative.patch(&path, json!({"title": "Tres, corregida"})).expect(200);
        assert_eq!(representative.get(&path).expect(200).json["returned_reason"], "Falta el total");
        let again = representative.patch(&path, json!({"status": "submitted"})).expect(200).json;
        assert_eq!((&again["returned_at"], &again["returned_reason"]), (&json!(null), &json!(null)));
        assert_eq!(world.notices().len(), 1, "the secretariat is told again");
        representative.post("/activities/validation", json!({"ids": ids})).expect(403);
        world.stranger().post("/activities/validation", json!({"ids": ids})).expect(404);
        let all = json!({"ids": [ids[0], ids[1], draft]});
        assert_eq!(secretariat.post("/activities/validation", all.clone()).expect(200).json["validated"], all["ids"]);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("activity_validated", representative.email.as_str())], "one mail for all");
        assert!(mails[0].text.contains(&format!("/activities/{}", ids[1])), "{}", mails[0].text);
        secretariat.post("/activities/validation", all).expect(200);
        assert!(world.notices().is_empty(), "they are validated already");
        let own = secretariat.post("/activities", with(training("CL", "De la secretaría"), json!({"commission_ids": [ceti], "status": "submitted"}))).expect(201).id();
        secretariat.patch(&format!("/activities/{own}"), json!({"status": "validated"})).expect(200);
        assert!(world.notices().is_empty(), "nobody else is concerned");
    }
}

on_both! {
    fn whoever_submitted_an_activity_may_take_it_back(world) {
        let ceti = world.commission("CL", "CETI");
        let ministry = world.institution("Ministerio");
        world.member(&ceti, &ministry, "member");
        let representative = world.representative(&ministry);
        let submitted = json!({"organizer_ids": [ministry], "commission_ids": [ceti], "status": "submitted"});
        let made = representative.post("/activities", with(training("CL", "Una"), submitted)).expect(201).id();
        let back = representative.patch(&format!("/activities/{made}"), json!({"status": "draft"})).expect(200).json;
        assert_eq!((&back["status"], &back["returned_at"]), (&json!("draft"), &json!(null)));
    }
}
