//! The meeting itself, and its agenda.

use serde_json::{Value, json};

use super::{create, fault, meeting, with};
use crate::on_both;

on_both! {
    fn a_secretariat_enters_changes_and_removes_a_meeting(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let made = secretariat.post("/meetings", meeting(&[&ceti])).expect(201);
        let path = format!("/meetings/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        assert_eq!((&made.json["held_from"], &made.json["held_to"]), (&json!("2023-08-22"), &json!("2023-08-22")));
        assert_eq!((&made.json["status"], &made.json["restricted"]), (&json!("scheduled"), &json!(false)));
        assert_eq!((&made.json["time_zone"], &made.json["country_code"]), (&json!("America/Santiago"), &json!("CL")));
        let changed = secretariat.with("if-match", made.header("etag").unwrap()).patch(&path, json!({"held": "2023-03", "place": "Santiago", "status": "held"})).expect(200);
        assert_eq!((&changed.json["held_from"], &changed.json["held_to"]), (&json!("2023-03-01"), &json!("2023-03-31")));
        assert_eq!(secretariat.with("if-match", made.header("etag").unwrap()).patch(&path, json!({"place": null})).code(), "precondition_failed");
        assert_eq!(secretariat.get(&path).expect(200).json, changed.json);
        secretariat.delete(&path).expect(204);
        secretariat.get(&path).expect(404);
    }
}

on_both! {
    fn the_day_is_that_of_the_place(world) {
        let cpeti = world.commission("PE", "CPETI");
        let admin = world.admin();
        let body = json!({"commission_ids": [cpeti], "kind": "working", "title": "De noche", "starts_at": "2023-08-23T03:00:00Z", "ends_at": "2023-08-23T04:00:00Z"});
        let made = admin.post("/meetings", body).expect(201);
        assert_eq!((&made.json["held_from"], &made.json["held"]), (&json!("2023-08-22"), &json!(null)));
        let path = format!("/meetings/{}", made.id());
        let moved = admin.patch(&path, json!({"time_zone": "Europe/Madrid"})).expect(200);
        assert_eq!((&moved.json["held_from"], &moved.json["time_zone"]), (&json!("2023-08-23"), &json!("Europe/Madrid")));
        let back = admin.patch(&path, json!({"time_zone": null})).expect(200);
        assert_eq!((&back.json["held_from"], &back.json["time_zone"]), (&json!("2023-08-22"), &json!("America/Lima")));
        let outside = admin.patch(&path, json!({"held": "2023-07"})).expect(422);
        assert_eq!(outside.faults(), [fault("/starts_at", "out_of_range")]);
        assert_eq!(admin.patch(&path, json!({"held": "2023-Q3"})).expect(200).json["held_to"], "2023-09-30");
    }
}

on_both! {
    fn every_wrong_field_of_a_meeting_is_reported(world) {
        let ceti = world.commission("CL", "CETI");
        let cpeti = world.commission("PE", "CPETI");
        let admin = world.admin();
        let missing = admin.post("/meetings", json!({})).expect(422);
        assert_eq!(missing.faults(), [fault("/commission_ids", "required"), fault("/kind", "required"), fault("/starts_at", "any_of"), fault("/title", "required")]);
        let nothing = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        for (change, pointer, code) in [
            (json!({"commission_ids": []}), "/commission_ids", "too_few"),
            (json!({"commission_ids": [ceti, ceti]}), "/commission_ids/1", "duplicate"),
            (json!({"commission_ids": [ceti, cpeti]}), "/commission_ids/1", "other_country"),
            (json!({"commission_ids": [nothing]}), "/commission_ids/0", "unknown_reference"),
            (json!({"commission_ids": ["x"]}), "/commission_ids/0", "invalid_id"),
            (json!({"commission_ids": null}), "/commission_ids", "required"),
            (json!({"kind": "party"}), "/kind", "not_a_choice"),
            (json!({"title": " "}), "/title", "blank"),
            (json!({"title": "x".repeat(501)}), "/title", "too_long"),
            (json!({"held": null}), "/starts_at", "any_of"),
            (json!({"held": "2023-13", "starts_at": "2023-08-22T15:00:00Z"}), "/held", "invalid_partial_date"),
            (json!({"starts_at": "tomorrow"}), "/starts_at", "invalid_instant"),
            (json!({"ends_at": "2023-08-22T15:00:00Z"}), "/ends_at", "needs"),
            (json!({"starts_at": "2023-08-22T15:00:00Z", "ends_at": "2023-08-22T14:00:00Z"}), "/ends_at", "contradictory"),
            (json!({"starts_at": "2023-08-25T15:00:00Z"}), "/starts_at", "out_of_range"),
            (json!({"time_zone": "Mars/Base"}), "/time_zone", "invalid_time_zone"),
            (json!({"ordinal": 0}), "/ordinal", "out_of_range"),
            (json!({"ordinal": "3"}), "/ordinal", "wrong_type"),
            (json!({"modality": "by_post"}), "/modality", "not_a_choice"),
            (json!({"place": ""}), "/place", "blank"),
            (json!({"place": "x".repeat(501)}), "/place", "too_long"),
            (json!({"url": "ftp://x"}), "/url", "invalid_url"),
            (json!({"status": "lost"}), "/status", "not_a_choice"),
            (json!({"restricted": "yes"}), "/restricted", "wrong_type"),
            (json!({"convened_at": "2023-08-22T15:00:00Z"}), "/convened_at", "unknown_field"),
        ] {
            let answer = admin.post("/meetings", with(meeting(&[&ceti]), change.clone())).expect(422);
            assert_eq!(answer.faults(), [fault(pointer, code)], "{change}");
        }
    }
}

on_both! {
    fn each_sees_the_meetings_that_concern_them(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (minsal, chief, guest) = (world.institution("Minsal"), world.institution("Interior"), world.institution("Programa"));
        world.member(&ceti, &minsal, "member");
        world.member(&mitp, &chief, "member");
        let open = create(world, &meeting(&[&ceti]));
        let closed = create(world, &with(meeting(&[&ceti]), json!({"restricted": true})));
        let joint = create(world, &meeting(&[&mitp, &ceti]));
        let attended = create(world, &with(meeting(&[&mitp]), json!({"restricted": true})));
        world.admin().put(&format!("{attended}/attendance"), json!([{"institution_id": guest, "status": "present", "capacity": "guest"}])).expect(200);
        let all = [&open, &closed, &joint, &attended];
        for (who, person, sees) in [
            ("admin", world.admin(), [true, true, true, true]),
            ("coordinator", world.coordinator("CL"), [true, true, true, true]),
            ("coordinator elsewhere", world.coordinator(&world.country("PE")), [false; 4]),
            ("secretariat", world.secretariat(&ceti), [true, true, true, false]),
            ("member", world.representative(&minsal), [true, false, true, false]),
            ("other member", world.representative(&chief), [false, false, true, false]),
            ("guest", world.representative(&guest), [false, false, false, true]),
            ("observer", world.observer(&ceti), [true, false, true, false]),
        ] {
            for (path, may) in all.iter().zip(sees) {
                assert_eq!(person.get(path).status, if may { 200 } else { 404 }, "{who} {path}");
            }
            assert_eq!(person.get("/meetings").expect(200).items().len(), sees.iter().filter(|may| **may).count(), "{who}");
        }
        world.nobody().get(&open).expect(401);
    }
}

on_both! {
    fn who_may_not_write_is_refused(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        world.member(&mitp, &minsal, "member");
        let path = create(world, &meeting(&[&ceti]));
        let member = world.representative(&minsal);
        member.post("/meetings", meeting(&[&ceti])).expect(403);
        member.patch(&path, json!({"title": "Otra"})).expect(403);
        member.delete(&path).expect(403);
        member.post(&format!("{path}/cancellation"), json!({"reason": "No"})).expect(403);
        member.put(&format!("{path}/agenda"), json!([])).expect(403);
        member.put(&format!("{path}/attendance"), json!([])).expect(403);
        world.observer(&ceti).patch(&path, json!({"title": "Otra"})).expect(403);
        let stranger = world.secretariat(&mitp);
        stranger.patch(&path, json!({"title": "Otra"})).expect(404);
        stranger.post("/meetings", meeting(&[&ceti])).expect(404);
        let joint = create(world, &meeting(&[&ceti, &mitp]));
        stranger.patch(&joint, json!({"title": "De ambas"})).expect(200);
        world.coordinator("CL").patch(&path, json!({"title": "Otra"})).expect(200);
        world.coordinator(&world.country("PE")).patch(&path, json!({"title": "Otra"})).expect(404);
    }
}

on_both! {
    fn a_meeting_is_called_off_once(world) {
        let ceti = world.commission("CL", "CETI");
        let path = create(world, &meeting(&[&ceti]));
        let secretariat = world.secretariat(&ceti);
        let cancellation = format!("{path}/cancellation");
        assert_eq!(secretariat.post(&cancellation, json!({})).faults(), [fault("/reason", "required")]);
        assert_eq!(secretariat.post(&cancellation, json!({"reason": ""})).faults(), [fault("/reason", "blank")]);
        assert_eq!(secretariat.post(&cancellation, json!({"reason": "Falta de quórum"})).expect(200).json["status"], "cancelled");
        assert_eq!(secretariat.post(&cancellation, json!({"reason": "Otra vez"})).expect(409).code(), "meeting_cancelled");
    }
}

on_both! {
    fn the_latest_day_comes_first_page_by_page(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        for when in ["2023-03", "2023-08-22", "2023-08-22", "2022", "2023-08-22", "2024-H1"] {
            create(world, &with(meeting(&[&ceti]), json!({"held": when})));
        }
        let whole = admin.get("/meetings").expect(200);
        let days: Vec<_> = whole.items().iter().map(|item| item["held_to"].as_str().unwrap()).collect();
        assert_eq!(days, ["2024-06-30", "2023-08-22", "2023-08-22", "2023-08-22", "2023-03-31", "2022-12-31"]);
        let mut seen = Vec::new();
        let mut next = "/meetings?limit=2".to_owned();
        loop {
            let page = admin.get(&next).expect(200);
            seen.extend(page.items().to_vec());
            let Some(cursor) = page.json["next_cursor"].as_str() else { break };
            next = format!("/meetings?limit=2&cursor={cursor}");
        }
        assert_eq!(seen, whole.items());
        for bad in ["limit=0", "limit=201", "cursor=x", "colour=red", "status=lost", "from=2023", "to=99999-01-01", "commission_id=x"] {
            assert_eq!(admin.get(&format!("/meetings?{bad}")).expect(400).code(), "invalid_query", "{bad}");
        }
    }
}

on_both! {
    fn a_list_is_narrowed(world) {
        let (ceti, cpeti) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        create(world, &with(meeting(&[&ceti]), json!({"held": "2023-03", "status": "held", "title": "Marzo"})));
        create(world, &with(meeting(&[&ceti]), json!({"title": "Agosto"})));
        create(world, &with(meeting(&[&cpeti]), json!({"title": "Lima"})));
        let admin = world.admin();
        for (filter, titles) in [
            ("country_code=PE".to_owned(), vec!["Lima"]),
            (format!("commission_id={ceti}"), vec!["Agosto", "Marzo"]),
            ("status=held".to_owned(), vec!["Marzo"]),
            ("from=2023-03-31&to=2023-08-21".to_owned(), vec!["Marzo"]),
            ("from=2023-08-22&country_code=CL".to_owned(), vec!["Agosto"]),
            ("to=2023-02-28".to_owned(), vec![]),
            ("commission_id=0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e".to_owned(), vec![]),
        ] {
            let answer = admin.get(&format!("/meetings?{filter}")).expect(200);
            let found: Vec<_> = answer.items().iter().map(|item| item["title"].as_str().unwrap()).collect();
            assert_eq!(found, titles, "{filter}");
        }
    }
}

on_both! {
    fn an_agenda_is_replaced_as_a_whole(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let path = format!("{}/agenda", create(world, &meeting(&[&ceti])));
        let secretariat = world.secretariat(&ceti);
        assert_eq!(secretariat.get(&path).expect(200).json, json!([]));
        let items = json!([
            {"title": "Seguimiento", "kind": "follow_up", "presenter": null, "commission_id": ceti},
            {"title": "Varios", "kind": "discussion", "presenter": "Ana", "commission_id": null},
        ]);
        let first = secretariat.put(&path, items.clone()).expect(200);
        let id = first.json[1]["id"].clone();
        let without_ids: Vec<Value> = first.json.as_array().unwrap().iter().map(|item| with(item.clone(), json!({"id": null}))).collect();
        let sent: Vec<Value> = items.as_array().unwrap().iter().map(|item| with(item.clone(), json!({"id": null, "outcome": null}))).collect();
        assert_eq!(without_ids, sent);
        let kept = json!([{"title": "Uno", "kind": "decision"}, {"id": id, "title": "Varios", "kind": "discussion", "outcome": "Se tomó nota."}]);
        let kept = secretariat.put(&path, kept).expect(200);
        assert_eq!((&kept.json[1]["id"], &kept.json[1]["outcome"]), (&id, &json!("Se tomó nota.")));
        assert_ne!(kept.json[0]["id"], first.json[0]["id"]);
        let unknown = json!([{"id": first.json[0]["id"], "title": "Uno", "kind": "decision"}, {"id": id, "title": "Dos", "kind": "decision"}, {"id": id, "title": "Tres", "kind": "decision"}]);
        assert_eq!(secretariat.put(&path, unknown).expect(422).faults(), [fault("/0/id", "unknown_reference"), fault("/2/id", "duplicate")]);
        let first = secretariat.get(&path).expect(200);
        let shorter = secretariat.with("if-match", first.header("etag").unwrap()).put(&path, json!([{"title": "Uno", "kind": "decision"}])).expect(200);
        assert_eq!(shorter.json.as_array().unwrap().len(), 1);
        assert_eq!(world.observer(&ceti).get(&path).expect(200).json, shorter.json);
        assert_eq!(secretariat.with("if-match", first.header("etag").unwrap()).put(&path, items).expect(412).code(), "precondition_failed");
        world.secretariat(&mitp).get(&path).expect(404);
        let bad = json!([
            {"title": "", "kind": "decision"},
            {"title": " ", "kind": "decision", "colour": "red", "presenter": "x".repeat(301)},
            {"title": "Ajena", "kind": "dance", "commission_id": "7"},
        ]);
        assert_eq!(secretariat.put(&path, bad).expect(422).faults(), [
            fault("/0/title", "blank"),
            fault("/1/colour", "unknown_field"),
            fault("/1/presenter", "too_long"),
            fault("/1/title", "blank"),
            fault("/2/commission_id", "invalid_id"),
            fault("/2/kind", "not_a_choice"),
        ]);
        let foreign = json!([{"title": "Ajena", "kind": "decision", "commission_id": mitp}]);
        assert_eq!(secretariat.put(&path, foreign).expect(422).faults(), [fault("/0/commission_id", "unknown_reference")]);
        let many = |n: usize| json!((0..n).map(|n| json!({"title": format!("Punto {n}"), "kind": "information"})).collect::<Vec<_>>());
        assert_eq!(secretariat.put(&path, many(10_000)).expect(422).faults(), [fault("", "too_many")]);
        assert_eq!(secretariat.put(&path, many(200)).expect(200).json.as_array().unwrap().len(), 200);
        assert_eq!(secretariat.put(&path, json!({})).expect(422).faults(), [fault("", "wrong_type")]);
    }
}

on_both! {
    fn a_meeting_that_others_depend_on_stays(world) {
        let ceti = world.commission("CL", "CETI");
        let path = create(world, &meeting(&[&ceti]));
        let admin = world.admin();
        let id = path.trim_start_matches("/meetings/");
        let agreement = admin.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Acuerdo", "meeting_id": id})).expect(201).id();
        assert_eq!(admin.delete(&path).expect(409).code(), "in_use");
        admin.delete(&format!("/agreements/{agreement}")).expect(204);
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        assert_eq!(admin.delete(&path).expect(409).code(), "in_use");
    }
}
