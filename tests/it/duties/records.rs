//! Duties: their fields, rights, visibility, and changes after reports.

use serde_json::{Value, json};

use super::fixture::{Fixture, counts, quarterly};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn a_secretariat_creates_changes_and_deletes_a_duty(world) {
        let commission = world.commission("PE", "CPETI");
        let secretariat = world.secretariat(&commission);
        let made = secretariat.post("/duties", quarterly(&commission)).expect(201);
        let path = format!("/duties/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        let shown = secretariat.get(&path).expect(200).json;
        assert_eq!(shown, made.json);
        assert_eq!(
            (&shown["country_code"], &shown["due_days"], &shown["from_from"], &shown["from_to"], &shown["to_to"]),
            (&json!("PE"), &json!(15), &json!("2023-01-01"), &json!("2023-03-31"), &Value::Null)
        );
        let changed = secretariat.patch(&path, json!({"to": "2024", "due_days": 30})).expect(200).json;
        assert_eq!((&changed["to_from"], &changed["to_to"], &changed["due_days"]), (&json!("2024-01-01"), &json!("2024-12-31"), &json!(30)));
        secretariat.with("if-match", made.header("etag").unwrap()).patch(&path, json!({"to": null})).expect(412);
        secretariat.delete(&path).expect(204);
        secretariat.get(&path).expect(404);
    }
}

on_both! {
    fn every_fault_of_a_duty_is_reported(world) {
        let commission = world.commission("PE", "CPETI");
        let admin = world.admin();
        let fields = json!([{"key": "Años", "label": " ", "kind": "count"}, {"key": "a", "label": "A", "kind": "dream"}, {"key": "a", "label": "A", "kind": "text"}]);
        let body = json!({"commission_ids": [commission], "title": " ", "every": "quarter", "from": "2023-Q2", "to": "2023-Q1", "due_days": 400, "fields": fields});
        let faults = admin.post("/duties", body).expect(422).faults();
        let found: Vec<(&str, &str)> = faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
        assert_eq!(found, [
            ("/due_days", "out_of_range"), ("/fields/0/key", "invalid_key"), ("/fields/0/label", "blank"), ("/fields/1/kind", "not_a_choice"),
            ("/fields/2/key", "duplicate"), ("/institution_ids", "one_of"), ("/title", "blank"), ("/to", "contradictory"),
        ]);
        let both = json!({"commission_ids": [commission], "title": "Informe", "every": "year", "from": "2023", "sector": "workers", "institution_ids": [world.institution("Central")]});
        assert_eq!(admin.post("/duties", both).expect(422).faults(), [("/institution_ids".into(), "one_of".into())]);
        admin.get("/duties?every=week").expect(400);
        admin.get("/duties?colour=red").expect(400);
    }
}

on_both! {
    fn a_duty_is_written_by_the_secretariat_and_seen_by_the_people_of_its_commissions(world) {
        let fixture = Fixture::new(world, 2);
        let path = format!("/duties/{}", fixture.duty);
        let abroad = world.secretariat(&world.commission("CL", "CETI"));
        for (person, read, write) in [
            (world.coordinator("PE"), 200, 200), (world.observer(&fixture.commission), 200, 403),
            (fixture.representative(0), 200, 403), (abroad, 404, 404), (world.stranger(), 404, 404), (world.nobody(), 401, 401),
        ] {
            person.get(&path).expect(read);
            person.patch(&path, json!({"title": "Informe"})).expect(write);
        }
        fixture.representative(0).post("/duties", quarterly(&fixture.commission)).expect(403);
        fixture.secretariat.patch(&path, json!({"note": "Pedido en 2022."})).expect(200);
        assert!(fixture.secretariat.get(&path).json.get("note").is_some());
        assert!(fixture.representative(0).get(&path).json.get("note").is_none());
    }
}

on_both! {
    fn a_restricted_duty_is_known_to_those_whom_it_asks(world) {
        let fixture = Fixture::new(world, 2);
        let [asked, member] = [0, 1].map(|n| fixture.representative(n));
        let body = json!({"commission_ids": [fixture.commission], "title": "Reservado", "every": "month", "from": "2023-01", "institution_ids": [fixture.regions[0]], "restricted": true});
        let path = format!("/duties/{}", fixture.secretariat.post("/duties", body).expect(201).id());
        asked.get(&path).expect(200);
        member.get(&path).expect(404);
        world.observer(&fixture.commission).get(&path).expect(404);
        let by_sector = format!("/duties/{}", fixture.duty);
        fixture.secretariat.patch(&by_sector, json!({"restricted": true})).expect(200);
        member.get(&by_sector).expect(200);
        world.observer(&fixture.commission).get(&by_sector).expect(404);
        let bounded = |commission: &str| world.representative_in(commission, &fixture.regions[1]);
        bounded(&fixture.commission).get(&by_sector).expect(200);
        bounded(&world.commission("PE", "CTF")).get(&by_sector).expect(404);
    }
}

on_both! {
    fn the_list_has_filters_and_pages(world) {
        let fixture = Fixture::new(world, 1);
        let admin = world.admin();
        let own = json!({"commission_ids": [fixture.commission], "title": "Anual", "every": "year", "from": "2023", "institution_ids": [fixture.regions[0]]});
        admin.post("/duties", own).expect(201);
        for (query, number) in [
            ("country_code=PE", 2), ("country_code=CL", 0), ("every=year", 1), (&format!("commission_id={}", fixture.commission), 2),
            ("q=TRIMESTR%20inf", 1), ("q=anual", 1), ("q=mensual", 0), ("q=%21", 0), ("q=anual&every=quarter", 0),
            (&format!("institution_id={}", fixture.regions[0]), 2), (&format!("institution_id={}", world.institution("Otra")), 0),
        ] {
            assert_eq!(admin.get(&format!("/duties?{query}")).expect(200).items().len(), number, "{query}");
        }
        let found = Browser::of(world, &admin).open("/duties?q=anual");
        found.shows("Anual").hides("Informe trimestral");
        assert_eq!(found.attributes("#q", "value"), ["anual"]);
        let page = admin.get("/duties?limit=1&count=true").expect(200);
        assert_eq!((&page.json["total"], page.json["next_cursor"].is_string()), (&json!(2), true));
    }
}

on_both! {
    fn a_change_never_takes_a_field_or_a_period_from_a_report(world) {
        let fixture = Fixture::new(world, 1);
        let path = format!("/duties/{}", fixture.duty);
        let fields = fixture.secretariat.get(&path).json["fields"].clone();
        fixture.report(0, "2023-Q2", counts(4, 1)).expect(201);
        let kept = |change: &dyn Fn(&mut Value)| {
            let mut changed = fields.clone();
            change(&mut changed);
            fixture.secretariat.patch(&path, json!({"fields": changed})).status
        };
        assert_eq!(kept(&|fields| fields[0]["kind"] = "text".into()), 409);
        assert_eq!(kept(&|fields| fields[1]["key"] = "cases".into()), 409);
        assert_eq!(kept(&|fields| { fields.as_array_mut().unwrap().remove(0); }), 409);
        assert_eq!(kept(&|fields| fields[0]["label"] = "Visitas".into()), 200);
        assert_eq!(kept(&|fields| { fields.as_array_mut().unwrap().remove(3); }), 200, "nobody used it");
        assert_eq!(kept(&|fields| fields.as_array_mut().unwrap().push(json!({"key": "girls", "label": "Niñas", "kind": "count"}))), 200);
        for change in [json!({"every": "month"}), json!({"from": "2023-Q3"}), json!({"to": "2023-Q1"})] {
            assert_eq!(fixture.secretariat.patch(&path, change.clone()).expect(409).code(), "field_in_use", "{change}");
        }
        fixture.secretariat.patch(&path, json!({"from": "2023-05", "to": "2023-06"})).expect(200);
        assert_eq!(fixture.secretariat.delete(&path).expect(409).code(), "in_use");
    }
}

on_both! {
    fn a_waiver_keeps_its_period_too(world) {
        let fixture = Fixture::new(world, 1);
        let path = format!("/duties/{}", fixture.duty);
        let waiver = format!("{}/waiver", fixture.path(0, "2023-Q2"));
        fixture.secretariat.post(&waiver, json!({"reason": "Estado de emergencia"})).expect(200);
        fixture.secretariat.delete(&waiver).expect(204);
        for change in [json!({"every": "year", "from": "2023"}), json!({"from": "2023-Q3"}), json!({"to": "2023-Q1"})] {
            assert_eq!(fixture.secretariat.patch(&path, change.clone()).expect(409).code(), "field_in_use", "{change}");
        }
        fixture.secretariat.patch(&path, json!({"from": "2023-Q2", "to": "2023-Q2"})).expect(200);
    }
}

on_both! {
    fn a_restricted_duty_is_unknown_to_members_of_another_time(world) {
        let fixture = Fixture::new(world, 1);
        let path = format!("/duties/{}", fixture.duty);
        let (bytes, kind) = crate::access_matrix::upload();
        let file = fixture.representative(0).with("content-type", kind).call("POST", "/files", Some(bytes)).expect(201).id();
        let mut report = counts(1, 0);
        report["evidence"] = json!([{"title": "Acta", "file_id": file}]);
        fixture.report(0, "2023-Q2", report).expect(201);
        fixture.secretariat.patch(&path, json!({"restricted": true, "to": "2024-Q4"})).expect(200);
        let member = |name: &str, from: &str, to: Value| {
            let body = json!({"name": name, "sector": "regional_government", "country_code": "PE"});
            let id = world.admin().post("/institutions", body).expect(201).id();
            let body = json!({"institution_id": id, "role": "member", "from": from, "to": to});
            world.admin().post(&format!("/commissions/{}/memberships", fixture.commission), body).expect(201);
            world.representative(&id)
        };
        for (name, from, to, status) in [
            ("Antes", "2015-01-01", json!("2022-12-31"), 404),
            ("Primer día", "2015-01-01", json!("2023-01-01"), 200),
            ("Después", "2025-01-01", Value::Null, 404),
            ("Último día", "2024-12-31", Value::Null, 200),
        ] {
            let reader = member(name, from, to);
            let statuses = [reader.get(&path), reader.get(&format!("{path}/reports")), reader.get(&format!("/files/{file}"))].map(|answer| answer.status);
            assert_eq!(statuses, [status; 3], "{name}");
            assert_eq!(reader.get("/duties").items().len(), usize::from(status == 200), "{name}");
        }
    }
}
