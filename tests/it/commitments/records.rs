//! Creating, showing, changing, listing and removing commitments.

use serde_json::{Value, json};

use super::fixture::Fixture;
use crate::on_both;

on_both! {
    fn a_commitment_is_entered_with_the_parts_of_its_institutions_and_a_code_of_its_own(world) {
        let s = Fixture::new(world);
        let meeting = s.secretary.post("/meetings", json!({"commission_ids": [s.commission], "kind": "ordinary", "title": "Tercera", "held": "2022-06"})).expect(201).id();
        let made = s.commitment(json!({
            "meeting_id": meeting, "due": "2023-Q2", "themes": ["forced_labour", "child_labour"], "due_text": "segundo trimestre",
            "completion_rule": {"at_least": 1}, "beneficiary_ids": [s.minsal], "follow_up_institution_id": s.minsal,
            "assignments": [{"institution_id": s.mtpe, "target": {"quantity": 26, "unit": "regiones"}}, {"institution_id": s.minsal, "role": "co_responsible", "due": "2023-12"}],
        }));
        let c = &made.json;
        assert_eq!(made.header("location"), Some(format!("/api/v1/commitments/{}", made.id()).as_str()));
        assert_eq!((&c["code"], &c["status"], &c["overdue"]), (&json!("CIGTPE-2022-001"), &json!("planned"), &json!(true)));
        assert_eq!((&c["due"], &c["due_from"], &c["due_to"]), (&json!("2023-Q2"), &json!("2023-04-01"), &json!("2023-06-30")));
        assert_eq!((&c["fulfilled"], &c["completion_rule"]), (&json!({"done": 0, "of": 2}), &json!({"at_least": 1})));
        assert_eq!(c["themes"], json!(["child_labour", "forced_labour"]));
        let parts = c["assignments"].as_array().unwrap();
        assert_eq!((&parts[0]["due"], &parts[0]["due_to"], &parts[0]["overdue"]), (&Value::Null, &json!("2023-06-30"), &json!(true)));
        assert_eq!((&parts[0]["target"], &parts[0]["role"]), (&json!({"quantity": 26, "unit": "regiones"}), &json!("responsible")));
        assert_eq!((&parts[1]["due_to"], &parts[1]["overdue"], &parts[1]["verification"]), (&json!("2023-12-31"), &json!(false), &json!("none")));
        assert_eq!(s.secretary.get(&format!("/commitments/{}", made.id())).expect(200).json, *c);
        assert_eq!(s.commitment(json!({})).json["code"], "CIGTPE-2023-001");
        let next = s.commitment(json!({"depends_on_ids": [made.id()], "meeting_id": meeting}));
        assert_eq!((&next.json["code"], &next.json["due_to"], &next.json["overdue"]), (&json!("CIGTPE-2022-002"), &Value::Null, &json!(false)));
        s.secretary.delete(&format!("/commitments/{}", made.id())).expect(409);
        s.secretary.delete(&format!("/commitments/{}", next.id())).expect(204);
        s.secretary.get(&format!("/commitments/{}", next.id())).expect(404);
        assert_eq!(s.commitment(json!({"meeting_id": meeting})).json["code"], "CIGTPE-2022-003", "a number is never given twice");
    }
}

on_both! {
    fn a_bad_value_of_any_field_is_told_with_its_place(world) {
        let s = Fixture::new(world);
        let unknown = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let rule = |count: i64, unit: &str, from: &str| json!({"count": count, "unit": unit, "from": from});
        for (field, value, pointer, code) in [
            ("commission_ids", json!([]), "/commission_ids", "too_few"),
            ("commission_ids", json!([s.commission, s.commission]), "/commission_ids/1", "duplicate"),
            ("commission_ids", json!(["7"]), "/commission_ids/0", "invalid_id"),
            ("text", json!(" "), "/text", "blank"),
            ("text", json!("x".repeat(10_001)), "/text", "too_long"),
            ("text", json!(7), "/text", "wrong_type"),
            ("agreement_id", json!(unknown), "/agreement_id", "unknown_reference"),
            ("meeting_id", json!(unknown), "/meeting_id", "unknown_reference"),
            ("themes", json!(["peace"]), "/themes/0", "not_a_choice"),
            ("plan_item_ids", json!([unknown]), "/plan_item_ids/0", "unknown_reference"),
            ("due", json!("mañana"), "/due", "invalid_partial_date"),
            ("due_rule", rule(0, "months", "2023-01-01"), "/due_rule/count", "out_of_range"),
            ("due_rule", rule(1, "weeks", "2023-01-01"), "/due_rule/unit", "not_a_choice"),
            ("due_rule", rule(1, "months", "2023-02-30"), "/due_rule/from", "invalid_date"),
            ("due_rule", rule(1, "months", "2200-01-01"), "/due_rule/from", "invalid_date"),
            ("due_text", json!(""), "/due_text", "blank"),
            ("completion_rule", json!("most"), "/completion_rule", "not_a_choice"),
            ("completion_rule", json!({"at_least": 0}), "/completion_rule/at_least", "out_of_range"),
            ("completion_rule", json!({"at_most": 1}), "/completion_rule/at_most", "unknown_field"),
            ("follow_up_institution_id", json!(unknown), "/follow_up_institution_id", "unknown_reference"),
            ("beneficiary_ids", json!([unknown]), "/beneficiary_ids/0", "unknown_reference"),
            ("depends_on_ids", json!([unknown]), "/depends_on_ids/0", "unknown_reference"),
            ("restricted", json!("no"), "/restricted", "wrong_type"),
            ("assignments", json!([{"institution_id": unknown}]), "/assignments/0/institution_id", "unknown_reference"),
            ("assignments", json!([{"institution_id": s.mtpe}, {"institution_id": s.mtpe}]), "/assignments/1/institution_id", "duplicate"),
            ("assignments", json!([{"institution_id": s.mtpe, "role": "boss"}]), "/assignments/0/role", "not_a_choice"),
            ("assignments", json!([{"institution_id": s.mtpe, "due": "2023-13"}]), "/assignments/0/due", "invalid_partial_date"),
            ("assignments", json!([{"institution_id": s.mtpe, "target": {"quantity": -1, "unit": "x"}}]), "/assignments/0/target/quantity", "out_of_range"),
            ("assignments", json!([{"institution_id": s.mtpe, "target": {"quantity": 1, "unit": ""}}]), "/assignments/0/target/unit", "blank"),
            ("status", json!("completed"), "/status", "not_a_choice"),
            ("agenda_item_id", json!(unknown), "/agenda_item_id", "unknown_reference"),
            ("attachments", json!([{"title": "Acta"}]), "/attachments/0", "one_of"),
        ] {
            let answer = s.secretary.post("/commitments", s.body(json!({field: value}))).expect(422);
            assert!(answer.faults().contains(&(pointer.to_owned(), code.to_owned())), "{field} {pointer} {code}: {}", answer.text);
        }
        let both = s.secretary.post("/commitments", s.body(json!({"due": "2023", "due_rule": rule(1, "months", "2023-01-01")}))).expect(422);
        assert_eq!(both.faults(), [("/due_rule".into(), "at_most_one_of".into())] as [(String, String); 1]);
        let chile = world.commission("CL", "CETI");
        let foreign = world.admin().post("/commitments", s.body(json!({"commission_ids": [s.commission, chile]}))).expect(422);
        assert_eq!(foreign.faults(), [("/commission_ids/1".into(), "other_country".into())] as [(String, String); 1]);
    }
}

on_both! {
    fn who_may_know_and_write_a_commitment(world) {
        let s = Fixture::new(world);
        let open = s.commitment(json!({})).id();
        let closed = s.commitment(json!({"restricted": true})).id();
        let outsider = world.secretariat(&world.commission("PE", "OTRA"));
        let (member, observer) = (world.representative(&s.minsal), world.observer(&s.commission));
        let stranger = world.representative(&world.institution("Nadie"));
        world.country("CL");
        for (who, knows_open, knows_closed) in [
            (&world.coordinator("PE"), true, true), (&s.secretary, true, true), (&s.speaker, true, true),
            (&member, true, false), (&observer, true, false), (&outsider, false, false), (&stranger, false, false),
            (&world.coordinator("CL"), false, false),
        ] {
            let status = |known| if known { 200 } else { 404 };
            who.get(&format!("/commitments/{open}")).expect(status(knows_open));
            who.get(&format!("/commitments/{closed}")).expect(status(knows_closed));
            who.get(&format!("/commitments/{closed}/history")).expect(status(knows_closed));
            let seen = usize::from(knows_open) + usize::from(knows_closed);
            assert_eq!(who.get("/commitments").expect(200).items().len(), seen, "{}", who.email);
        }
        s.speaker.post("/commitments", s.body(json!({}))).expect(403);
        outsider.post("/commitments", s.body(json!({}))).expect(404);
        observer.patch(&format!("/commitments/{open}"), json!({"text": "x"})).expect(403);
        member.delete(&format!("/commitments/{open}")).expect(403);
        stranger.patch(&format!("/commitments/{open}"), json!({"text": "x"})).expect(404);
        world.nobody().get("/commitments").expect(401);
    }
}

on_both! {
    fn a_term_that_stood_is_changed_with_a_reason_alone_and_stays_in_the_history(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due": "2023-06-30"}));
        let place = format!("/commitments/{}", made.id());
        let refused = s.secretary.patch(&place, json!({"due": "2023-07"})).expect(422);
        assert_eq!(refused.faults(), [("/due".into(), "needs".into())] as [(String, String); 1]);
        s.secretary.patch(&place, json!({"correction_reason": 7})).expect(422);
        s.secretary.patch(&place, json!({"assignments": []})).expect(422);
        let fixed = s.secretary.patch(&place, json!({"due": "2023-12", "correction_reason": "Errata", "completion_rule": "any"})).expect(200);
        assert_eq!((&fixed.json["due_to"], &fixed.json["assignments"][0]["due_to"]), (&json!("2023-12-31"), &json!("2023-12-31")));
        let aid = fixed.json["assignments"][0]["id"].as_str().unwrap();
        let part = format!("{place}/assignments/{aid}");
        assert_eq!(s.secretary.patch(&part, json!({"due": "2024"})).expect(422).faults()[0].1, "needs");
        s.secretary.patch(&part, json!({"institution_id": s.minsal})).expect(422);
        let own = s.secretary.patch(&part, json!({"due": "2024", "correction_reason": "Errata", "role": "co_responsible"})).expect(200);
        assert_eq!((&own.json["due_to"], &own.json["role"]), (&json!("2024-12-31"), &json!("co_responsible")));
        let history = s.secretary.get(&format!("{place}/history")).expect(200);
        let kinds: Vec<_> = history.items().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["created", "changed", "term_changed", "assignment_changed", "term_changed"]);
        assert_eq!(history.items()[2]["data"]["before"]["due_to"], "2023-06-30");
        assert_eq!((&history.items()[2]["data"]["reason"], &history.items()[2]["by"]["id"]), (&json!("Errata"), &json!(s.secretary.id.unwrap().to_string())));
    }
}

on_both! {
    fn a_list_is_narrowed_ordered_and_paged_with_as_many_statements_for_many_as_for_one(world) {
        let s = Fixture::new(world);
        s.commitment(json!({"text": "Sin plazo"}));
        let count = |path: &str| {
            let before = world.statements();
            s.secretary.get(path).expect(200);
            world.statements() - before
        };
        let one = count("/commitments?overdue=false");
        for n in 0..30 {
            let due = format!("2023-{:02}-15", 12 - n % 12);
            s.commitment(json!({"due": due, "text": format!("Tarea número {n}"), "themes": ["child_labour"], "beneficiary_ids": [s.minsal]}));
        }
        assert_eq!(count("/commitments?overdue=false"), one);
        let mut seen: Vec<(String, String)> = Vec::new();
        let mut next = String::new();
        loop {
            let page = s.secretary.get(&format!("/commitments?limit=7{next}")).expect(200);
            seen.extend(page.items().iter().map(|c| (c["due_to"].as_str().unwrap_or("9999").to_owned(), c["id"].as_str().unwrap().to_owned())));
            match page.json["next_cursor"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => break,
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), &seen), (31, &sorted));
        for (filter, found) in [
            ("overdue=true", 18), ("overdue=false", 13), ("status=planned,in_progress", 31), ("status=completed", 0), ("theme=child_labour", 30),
            ("due_before=2023-02-01", 2), ("due_after=2023-11-30", 3), ("q=NUMERO%2012", 1), ("q=sin%20plazo", 1), ("q=CIGTPE-2023-002", 1),
            ("country_code=PE", 31), ("country_code=CL", 0), (&format!("institution_id={}", s.mtpe), 31), (&format!("institution_id={}", s.minsal), 0),
            (&format!("commission_id={}", s.commission), 31), (&format!("meeting_id={}", s.mtpe), 0), (&format!("agreement_id={}", s.mtpe), 0), (&format!("plan_item_id={}", s.mtpe), 0),
        ] {
            assert_eq!(s.secretary.get(&format!("/commitments?limit=200&{filter}")).expect(200).items().len(), found, "{filter}");
        }
        for bad in ["status=done", "due_before=soon", "overdue=perhaps", "limit=0", "cursor=x", "colour=red", "theme=x", "commission_id=7"] {
            s.secretary.get(&format!("/commitments?{bad}")).expect(400);
        }
    }
}

on_both! {
    fn counted_terms_follow_the_calendar_and_a_year_without_one_is_flagged(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({"due_rule": {"count": 5, "unit": "business_days", "from": "2023-07-21"}}));
        assert_eq!((&made.json["due_to"], &made.json["due_unchecked"]), (&json!("2023-07-28"), &json!(true)));
        let days = json!([{"date": "2023-07-27", "name": "Puente", "kind": "non_working"}, {"date": "2023-07-28", "name": "Patria", "kind": "holiday"}]);
        s.secretary.put("/countries/PE/calendar", days.clone()).expect(403);
        world.coordinator("PE").put("/countries/PE/calendar", days).expect(200);
        let after = s.secretary.get(&format!("/commitments/{}", made.id())).expect(200).json;
        assert_eq!((&after["due_to"], &after["due_unchecked"], &after["assignments"][0]["due_to"]), (&json!("2023-08-01"), &json!(false), &json!("2023-08-01")));
        let history = s.secretary.get(&format!("/commitments/{}/history", made.id())).expect(200);
        assert_eq!((&history.items()[1]["kind"], &history.items()[1]["data"]["cause"]), (&json!("term_changed"), &json!("calendar")));
    }
}

on_both! {
    fn an_item_of_a_plan_that_may_not_be_known_is_unknown(world) {
        let s = Fixture::new(world);
        let other = world.commission("PE", "CPETI");
        let item = |commission: &str| {
            let plan = json!({"country_code": "PE", "kind": "roadmap", "title": "Hoja de ruta", "commission_ids": [commission]});
            let plan = world.admin().post("/plans", plan).expect(201).id();
            world.admin().post(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Detección"})).expect(201).id()
        };
        let (own, hidden) = (item(&s.commission), item(&other));
        let unknown = [("/plan_item_ids/1".to_owned(), "unknown_reference".to_owned())];
        let body = s.body(json!({"plan_item_ids": [own, hidden]}));
        assert_eq!(s.secretary.post("/commitments", body.clone()).expect(422).faults(), unknown);
        let made = format!("/commitments/{}", s.commitment(json!({"plan_item_ids": [own]})).id());
        assert_eq!(s.secretary.patch(&made, json!({"plan_item_ids": [own, hidden]})).expect(422).faults(), unknown);
        world.coordinator("PE").patch(&made, json!({"plan_item_ids": [own, hidden]})).expect(200);
        s.secretary.patch(&made, json!({"text": "Otro texto"})).expect(200);
    }
}
