//! Institutions and countries.

use serde_json::json;

use crate::on_both;

on_both! {
    fn an_admin_enters_an_institution_and_finds_it_without_accents(world) {
        let admin = world.admin();
        let made = admin.post("/institutions", json!({"name": "Gobierno Regional de Áncash", "sector": "regional_government", "country_code": "PE", "aliases": ["GORE Ancash"]})).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1/institutions/{}", made.id()).as_str()));
        let found = admin.get("/institutions?q=ancash").expect(200);
        assert_eq!(found.items()[0]["id"], made.json["id"]);
        let changed = admin.with("if-match", made.header("etag").unwrap()).patch(&format!("/institutions/{}", made.id()), json!({"acronym": "GRA", "aliases": null})).expect(200);
        assert_eq!((&changed.json["acronym"], &changed.json["aliases"]), (&json!("GRA"), &json!([])));
        let stale = admin.with("if-match", made.header("etag").unwrap()).patch(&format!("/institutions/{}", made.id()), json!({"name": "Otro"}));
        assert_eq!((stale.status, stale.code()), (412, "precondition_failed"));
        admin.delete(&format!("/institutions/{}", made.id())).expect(204);
        admin.get(&format!("/institutions/{}", made.id())).expect(404);
    }
}

on_both! {
    fn every_fault_of_a_body_is_in_one_answer(world) {
        let body = json!({"name": " ", "sector": "circus", "country_code": "cl", "email": "nobody", "parent_id": "7", "colour": "red"});
        let answer = world.admin().with("accept-language", "en").post("/institutions", body).expect(422);
        assert_eq!(answer.faults(), [
            ("/colour".into(), "unknown_field".into()),
            ("/country_code".into(), "invalid_country_code".into()),
            ("/email".into(), "invalid_email".into()),
            ("/name".into(), "blank".into()),
            ("/parent_id".into(), "invalid_id".into()),
            ("/sector".into(), "not_a_choice".into()),
        ] as [(String, String); 6]);
    }
}

on_both! {
    fn a_repeated_key_gives_the_first_answer_again(world) {
        let admin = world.admin().with("idempotency-key", "abc");
        let body = json!({"name": "Uno", "sector": "workers"});
        let first = admin.post("/institutions", body.clone()).expect(201);
        let again = admin.post("/institutions", body).expect(201);
        assert_eq!(first.text, again.text);
        let other = admin.post("/institutions", json!({"name": "Dos", "sector": "workers"})).expect(422);
        assert_eq!(other.code(), "idempotency_key_reused");
        assert_eq!(admin.get("/institutions").items().len(), 1);
    }
}

on_both! {
    fn an_admin_enters_and_changes_a_country_and_everyone_reads_it(world) {
        let admin = world.admin();
        let body = json!({"code": "XK", "name": "Kosovo", "time_zone": "Europe/Belgrade", "locale": "sq-XK"});
        let made = admin.post("/countries", body.clone()).expect(201);
        assert_eq!(made.header("location"), Some("/api/v1/countries/XK"));
        assert_eq!(admin.post("/countries", body.clone()).expect(409).code(), "duplicate");
        let reader = world.coordinator("XK");
        let shown = reader.get("/countries/XK").expect(200);
        assert_eq!((&shown.json, shown.header("etag")), (&made.json, made.header("etag")));
        reader.post("/countries", body).expect(403);
        reader.patch("/countries/XK", json!({"name": "Otro"})).expect(403);
        reader.delete("/countries/XK").expect(403);
        let changed = admin.with("if-match", made.header("etag").unwrap()).patch("/countries/XK", json!({"name": "Kosova"})).expect(200);
        assert_eq!((&changed.json["name"], &changed.json["locale"]), (&json!("Kosova"), &json!("sq-XK")));
        admin.with("if-match", made.header("etag").unwrap()).patch("/countries/XK", json!({"name": "Otro"})).expect(412);
        let moved = admin.patch("/countries/XK", json!({"code": "AL"})).expect(422);
        assert_eq!(moved.faults(), [("/code".to_owned(), "fixed".to_owned())]);
        world.country("CL");
        let codes = |query: &str| admin.get(&format!("/countries{query}")).expect(200).items().iter().map(|c| c["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(codes(""), ["CL", "XK"]);
        let cursor = admin.get("/countries?limit=1").json["next_cursor"].as_str().unwrap().to_owned();
        assert_eq!(codes(&format!("?limit=1&cursor={cursor}")), ["XK"]);
        for gone in ["ZZ", "xk", "%20", "%00", "X%C3%91"] {
            admin.get(&format!("/countries/{gone}")).expect(404);
        }
        assert_eq!(admin.delete("/countries/XK").expect(409).code(), "in_use", "a coordinator holds a grant there");
    }
}

on_both! {
    fn a_country_is_removed_with_its_calendar_unless_something_depends_on_it(world) {
        let admin = world.admin();
        world.country("CL");
        admin.put("/countries/CL/calendar", json!([{"date": "2023-09-18", "name": "Fiestas", "kind": "holiday"}])).expect(200);
        let commission = world.commission("CL", "CETI");
        assert_eq!(admin.delete("/countries/CL").expect(409).code(), "in_use");
        assert_eq!(admin.get("/countries/CL/calendar").json.as_array().unwrap().len(), 1);
        admin.delete(&format!("/commissions/{commission}")).expect(204);
        admin.delete("/countries/CL").expect(204);
        admin.get("/countries/CL").expect(404);
        admin.get("/countries/CL/calendar").expect(404);
    }
}

on_both! {
    fn every_field_of_a_country_is_checked(world) {
        for (field, value, code) in [
            ("code", json!("cl"), "invalid_country_code"),
            ("code", json!("CHL"), "invalid_country_code"),
            ("code", json!(null), "required"),
            ("name", json!(""), "blank"),
            ("time_zone", json!("Santiago"), "invalid_time_zone"),
            ("locale", json!("es_CL"), "invalid_locale"),
            ("calendar", json!([]), "unknown_field"),
        ] {
            let mut body = json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"});
            body[field] = value;
            let answer = world.admin().post("/countries", body).expect(422);
            assert_eq!(answer.faults(), [(format!("/{field}"), code.to_owned())], "{field}");
        }
    }
}

on_both! {
    fn a_coordinator_sets_the_calendar_of_the_country(world) {
        world.country("CL");
        world.country("PE");
        let coordinator = world.coordinator("CL");
        let empty = coordinator.get("/countries/CL/calendar").expect(200);
        assert_eq!(empty.json, json!([]));
        let days = json!([
            {"date": "2023-09-18", "name": "Independencia", "kind": "holiday", "territory": null},
            {"date": "2023-06-07", "name": "Asalto y Toma del Morro de Arica", "kind": "holiday", "territory": "Arica y Parinacota"},
        ]);
        let set = coordinator.with("if-match", empty.header("etag").unwrap()).put("/countries/CL/calendar", days.clone()).expect(200);
        assert_eq!(set.json, json!([days[1], days[0]]), "in order of date");
        let shown = world.coordinator("PE").get("/countries/CL/calendar").expect(200);
        assert_eq!((&shown.json, shown.header("etag")), (&set.json, set.header("etag")));
        coordinator.with("if-match", empty.header("etag").unwrap()).put("/countries/CL/calendar", json!([])).expect(412);
        let institution = world.institution("Minsal");
        for (person, path, status) in [
            (world.coordinator("PE"), "/countries/CL/calendar", 403),
            (world.representative(&institution), "/countries/CL/calendar", 403),
            (world.coordinator("PE"), "/countries/ZZ/calendar", 404),
            (world.admin(), "/countries/CL/calendar", 200),
        ] {
            person.put(path, days.clone()).expect(status);
        }
    }
}

on_both! {
    fn every_field_of_a_calendar_day_is_checked(world) {
        world.country("CL");
        let good = json!({"date": "2023-09-18", "name": "Fiestas", "kind": "holiday"});
        for (field, value, code) in [
            ("date", json!("2023-09"), "invalid_date"),
            ("date", json!("1899-12-31"), "invalid_date"),
            ("name", json!(" "), "blank"),
            ("kind", json!("feast"), "not_a_choice"),
            ("territory", json!("x".repeat(201)), "too_long"),
            ("colour", json!("red"), "unknown_field"),
        ] {
            let mut bad = good.clone();
            bad[field] = value;
            bad["name"] = if field == "name" { bad["name"].clone() } else { json!("Otro") };
            let answer = world.admin().put("/countries/CL/calendar", json!([good, bad])).expect(422);
            assert_eq!(answer.faults(), [(format!("/1/{field}"), code.to_owned())], "{field}");
        }
        let twice = world.admin().put("/countries/CL/calendar", json!([good, good])).expect(422);
        assert_eq!(twice.faults(), [("/1".to_owned(), "duplicate".to_owned())]);
        assert_eq!(world.admin().put("/countries/CL/calendar", good).expect(422).faults(), [(String::new(), "wrong_type".to_owned())]);
    }
}

on_both! {
    fn a_territorial_day_counts_only_in_its_territory(world) {
        world.country("CL");
        world.admin().put("/countries/CL/calendar", json!([
            {"date": "2023-06-07", "name": "Morro de Arica", "kind": "holiday", "territory": "Arica y Parinacota"},
            {"date": "2023-09-18", "name": "Independencia", "kind": "non_working"},
        ])).expect(200);
        let works = |territory: Option<&str>, day: &str| world.state.db.read(|conn| {
            Ok(articula::testing::directory::working_calendar(conn, "CL", territory)?.is_working_day(articula::dates::parse_day(day).unwrap()))
        }).unwrap();
        assert!(works(None, "2023-06-07") && works(Some("Magallanes"), "2023-06-07"));
        assert!(!works(Some("arica y parinacota"), "2023-06-07"));
        assert!(!works(None, "2023-09-18") && !works(Some("Magallanes"), "2023-09-18"));
    }
}

on_both! {
    fn no_institution_is_a_part_or_the_successor_of_itself(world) {
        let ids: Vec<String> = ["A", "B", "C"].iter().map(|name| world.institution(name)).collect();
        let admin = world.admin();
        for field in ["parent_id", "succeeded_by_id"] {
            let change = |id: &str, other: &str| {
                let mut body = json!({});
                body[field] = json!(other);
                admin.patch(&format!("/institutions/{id}"), body)
            };
            change(&ids[1], &ids[0]).expect(200);
            change(&ids[2], &ids[1]).expect(200);
            for other in &ids {
                assert_eq!(change(&ids[0], other).expect(422).faults(), [(format!("/{field}"), "cycle".to_owned())]);
            }
        }
    }
}

on_both! {
    fn two_institutions_at_once_never_become_parts_of_each_other(world) {
        for _ in 0..5 {
            let (one, two) = (world.institution("A"), world.institution("B"));
            let below = |part: &str, whole: &str| {
                world.admin().patch(&format!("/institutions/{part}"), json!({"parent_id": whole})).status
            };
            let mut statuses = std::thread::scope(|scope| {
                let (first, second) = (scope.spawn(|| below(&one, &two)), scope.spawn(|| below(&two, &one)));
                [first.join().unwrap(), second.join().unwrap()]
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 422]);
        }
    }
}

on_both! {
    fn only_admins_change_an_institution_of_no_country_or_of_another(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let enter = |country: Option<&str>| {
            let body = json!({"name": "Institución", "sector": "government", "country_code": country});
            world.admin().post("/institutions", body).expect(201).id()
        };
        let (coordinator, secretariat) = (world.coordinator("CL"), world.secretariat(&own));
        for country in [None, Some("PE")] {
            let path = format!("/institutions/{}", enter(country));
            for person in [&coordinator, &secretariat] {
                for change in [json!({"email": "otra@example.org"}), json!({"acronym": "X"}), json!({"country_code": "CL"})] {
                    assert_eq!(person.patch(&path, change).expect(403).code(), "forbidden");
                }
                person.delete(&path).expect(403);
            }
            let stands = world.admin().get(&path).expect(200);
            assert_eq!((&stands.json["email"], &stands.json["country_code"]), (&json!(null), &json!(country)));
            world.admin().patch(&path, json!({"email": "otra@example.org"})).expect(200);
            world.admin().delete(&path).expect(204);
        }
        let entered = coordinator.post("/institutions", json!({"name": "OIT", "sector": "international_organization"})).expect(201);
        coordinator.patch(&format!("/institutions/{}", entered.id()), json!({"acronym": "OIT"})).expect(403);
        for person in [coordinator, secretariat] {
            let path = format!("/institutions/{}", enter(Some("CL")));
            person.patch(&path, json!({"email": "otra@example.org"})).expect(200);
            person.delete(&path).expect(204);
        }
        world.secretariat(&abroad).patch(&format!("/institutions/{}", enter(Some("CL"))), json!({"acronym": "X"})).expect(403);
    }
}

on_both! {
    fn both_countries_see_an_institution_move_in_their_audit_log(world) {
        for code in ["CL", "PE", "AR"] {
            world.country(code);
        }
        let admin = world.admin();
        let body = json!({"name": "Ministerio", "sector": "government", "country_code": "CL"});
        let id = admin.post("/institutions", body).expect(201).id();
        let seen = |country: &str| {
            let log = world.coordinator(country).get(&format!("/audit-log?record_id={id}&action=updated")).expect(200);
            let moves = log.items().iter().map(|entry| json!([entry["country_code"], entry["before"]["country_code"], entry["after"]["country_code"]]));
            moves.collect::<Vec<_>>()
        };
        admin.patch(&format!("/institutions/{id}"), json!({"country_code": "PE"})).expect(200);
        assert_eq!(seen("CL"), [json!(["CL", "CL", "PE"])]);
        assert_eq!(seen("PE"), [json!(["PE", "CL", "PE"])]);
        assert!(seen("AR").is_empty());
        admin.patch(&format!("/institutions/{id}"), json!({"country_code": null})).expect(200);
        admin.patch(&format!("/institutions/{id}"), json!({"acronym": "OIT"})).expect(200);
        for country in ["CL", "PE", "AR"] {
            assert_eq!(seen(country)[..2], [json!([null, null, null]), json!([null, "PE", null])], "{country} shares it now");
        }
        assert_eq!((seen("CL").len(), seen("PE").len(), seen("AR").len()), (3, 4, 2));
        assert_eq!(world.stranger().get("/audit-log").expect(200).items().len(), 0);
    }
}

on_both! {
    fn the_holidays_of_chile_and_peru_are_added_without_touching_what_is_there(world) {
        world.country("CL");
        world.country("XK");
        let coordinator = world.coordinator("CL");
        let own = json!([{"date": "2026-09-18", "name": "Fiestas Patrias", "kind": "holiday"}, {"date": "2026-10-05", "name": "Aniversario", "kind": "non_working"}]);
        coordinator.put("/countries/CL/calendar", own).expect(200);
        let path = "/countries/CL/calendar/holidays";
        let added = coordinator.post(path, json!({"from_year": 2026, "to_year": 2027})).expect(200).json;
        let days = added.as_array().unwrap();
        let on = |date: &str| days.iter().filter(|day| day["date"] == date && day["territory"].is_null()).count();
        assert_eq!((on("2026-09-18"), on("2026-10-05"), on("2027-01-01"), on("2025-12-25")), (1, 1, 1, 0));
        assert!(days.iter().any(|day| day["name"] == "Fiestas Patrias"), "the name that people gave stays");
        let again = coordinator.post(path, json!({"from_year": 2026, "to_year": 2027})).expect(200).json;
        assert_eq!(again, added, "nothing twice");
        assert_eq!(coordinator.get("/countries/CL/calendar").expect(200).json, added);
        let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        let later = coordinator.post(path, json!({"from_year": 2027, "to_year": 2028})).expect(422);
        assert_eq!(later.faults(), [fault("/to_year", "holidays_not_shipped")]);
        assert_eq!(coordinator.post(path, json!({"from_year": 2027, "to_year": 2026})).expect(422).faults(), [fault("/to_year", "contradictory")]);
        let elsewhere = world.admin().post("/countries/XK/calendar/holidays", json!({"from_year": 2026, "to_year": 2026})).expect(422);
        assert_eq!(elsewhere.faults(), [fault("/from_year", "holidays_not_shipped"), fault("/to_year", "holidays_not_shipped")]);
        world.admin().post("/countries/QQ/calendar/holidays", json!({"from_year": 2026, "to_year": 2026})).expect(404);
        world.coordinator("XK").post(path, json!({"from_year": 2026, "to_year": 2026})).expect(403);
    }
}

on_both! {
    fn an_institution_that_may_be_entered_already_is_told(world) {
        let admin = world.admin();
        let enter = |body| admin.post("/institutions", body).expect(201);
        let first = enter(json!({"name": "Ministerio de Salud", "sector": "government", "country_code": "CL", "acronym": "MINSAL", "aliases": ["Salud Pública"]}));
        assert_eq!(first.json["warnings"], json!(null));
        let second = enter(json!({"name": "ministerio de salud", "sector": "government", "country_code": "CL"}));
        assert_eq!(second.json["warnings"], json!([{"code": "possible_duplicate", "ids": [first.id()]}]));
        let path = format!("/institutions/{}", second.id());
        let shown = admin.get(&path).expect(200);
        assert_eq!((&shown.json, shown.header("etag")), (&second.json, second.header("etag")));
        let renamed = admin.with("if-match", second.header("etag").unwrap()).patch(&path, json!({"name": "Otra", "acronym": "salud publica"})).expect(200);
        assert_eq!(renamed.json["warnings"][0]["ids"], json!([first.id()]), "the alias of the other");
        let apart = admin.patch(&path, json!({"acronym": null})).expect(200);
        assert_eq!(apart.json["warnings"], json!(null));
        let abroad = enter(json!({"name": "Ministerio de Salud", "sector": "government", "country_code": "PE"}));
        assert_eq!(abroad.json["warnings"], json!(null), "another country");
        let heir = enter(json!({"name": "Nuevo Ministerio", "sector": "government", "country_code": "CL", "acronym": "MINSAL"}));
        assert_eq!(heir.json["warnings"][0]["ids"], json!([first.id()]));
        admin.patch(&format!("/institutions/{}", first.id()), json!({"succeeded_by_id": heir.id()})).expect(200);
        assert_eq!(admin.get(&format!("/institutions/{}", heir.id())).expect(200).json["warnings"], json!(null), "its predecessor");
        assert!(admin.get("/institutions?country_code=CL").expect(200).items().iter().all(|one| one["warnings"].is_null()));
    }
}
