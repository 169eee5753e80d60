//! Records that contradict themselves: refused on entry, taken and noted from a dataset.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, World};

/// Checks that the body is refused as contradictory, at these places alone.
#[track_caller]
fn contradicts(answer: Answer, places: &[&str]) {
    let answer = answer.expect(422);
    assert_eq!(answer.json["code"], "contradictory", "{}", answer.text);
    let faults = answer.faults();
    assert_eq!(faults.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), places, "{}", answer.text);
    assert!(faults.iter().all(|(_, code)| code == "contradictory"));
}

/// Enters a held session of Chile's committee from 13:00 to 15:00; returns its path, the committee and a member.
fn session(world: &World) -> (String, String, String) {
    let ceti = world.commission("CL", "CETI");
    let minsal = world.institution("Minsal");
    world.member(&ceti, &minsal, "member");
    let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "status": "held", "starts_at": "2023-08-22T13:00:00Z", "ends_at": "2023-08-22T15:00:00Z"});
    let id = world.admin().post("/meetings", body).expect(201).id();
    (format!("/meetings/{id}"), ceti, minsal)
}

on_both! {
    fn nobody_is_present_outside_the_session_and_the_absent_do_not_arrive(world) {
        let (meeting, _, minsal) = session(world);
        let admin = world.admin();
        let put = |mark: Value| {
            let mut entry = json!({"institution_id": minsal});
            entry.as_object_mut().unwrap().extend(mark.as_object().unwrap().clone());
            admin.put(&format!("{meeting}/attendance"), json!([entry]))
        };
        for (mark, place) in [
            (json!({"status": "present", "left_at": "2023-08-22T12:00:00Z"}), "/0/left_at"),
            (json!({"status": "present", "arrived_at": "2023-08-22T11:00:00Z", "left_at": "2023-08-22T12:59:00Z"}), "/0/left_at"),
            (json!({"status": "present", "arrived_at": "2023-08-22T15:01:00Z"}), "/0/arrived_at"),
            (json!({"status": "present", "arrived_at": "2023-08-24T14:00:00Z", "left_at": "2023-08-24T15:00:00Z"}), "/0/arrived_at"),
            (json!({"status": "absent", "arrived_at": "2023-08-22T13:10:00Z"}), "/0/arrived_at"),
            (json!({"status": "excused", "left_at": "2023-08-22T14:00:00Z"}), "/0/left_at"),
            (json!({"status": "present", "arrived_at": "2023-08-22T14:30:00Z", "left_at": "2023-08-22T14:00:00Z"}), "/0/left_at"),
        ] {
            contradicts(put(mark), &[place]);
        }
        for mark in [
            json!({"status": "present", "arrived_at": "2023-08-22T12:45:00Z", "left_at": "2023-08-22T13:00:00Z"}),
            json!({"status": "present", "arrived_at": "2023-08-22T14:59:00Z", "left_at": "2023-08-22T16:00:00Z"}),
            json!({"status": "absent"}),
        ] {
            put(mark).expect(200);
        }
        let sheet = put(json!({"status": "present", "left_at": "2023-08-22T14:00:00Z"})).expect(200);
        assert_eq!(sheet.json["quorum"][0]["present"], 1);
    }
}

on_both! {
    fn an_institution_is_not_present_and_absent_at_once(world) {
        let (meeting, _, minsal) = session(world);
        let (admin, mineduc) = (world.admin(), world.institution("Mineduc"));
        let put = |entries: Value| admin.put(&format!("{meeting}/attendance"), entries);
        let mark = |institution: &str, status: &str, person: Option<&str>, capacity: Option<&str>| {
            json!({"institution_id": institution, "status": status, "person": person, "capacity": capacity})
        };
        let present = mark(&minsal, "present", Some("Ana Rojas"), Some("principal"));
        contradicts(put(json!([present, mark(&minsal, "absent", None, None)])), &["/1/status"]);
        contradicts(put(json!([mark(&minsal, "absent", Some("Luis Soto"), Some("alternate")), present])), &["/0/status"]);
        let refused = put(json!([present, mark(&minsal, "excused", None, None), mark(&mineduc, "absent", None, None)]));
        assert!(refused.text.contains("La institución figura como presente y como ausente."), "{}", refused.text);
        contradicts(refused, &["/1/status"]);
        let excused = mark(&minsal, "excused", Some("Luis Soto"), Some("alternate"));
        put(json!([present, excused, mark(&mineduc, "absent", None, None)])).expect(200);
        let guest = mark(&minsal, "present", Some("Eva Paz"), Some("guest"));
        put(json!([guest, mark(&minsal, "absent", None, None)])).expect(200);
    }
}

on_both! {
    fn minutes_are_not_approved_in_a_session_before_their_own(world) {
        let (meeting, ceti, _) = session(world);
        let admin = world.admin();
        let other = |more: Value| {
            let mut body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Otra", "status": "held"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            admin.post("/meetings", body).expect(201).id()
        };
        admin.put(&format!("{meeting}/minutes"), json!({"body": "Texto"})).expect(200);
        let approve = |id: &str| admin.post(&format!("{meeting}/minutes/approval"), json!({"approved_in_meeting_id": id}));
        for earlier in [
            json!({"held": "2023-08-21"}),
            json!({"held": "2023-07"}),
            json!({"starts_at": "2023-08-22T11:00:00Z", "ends_at": "2023-08-22T12:00:00Z"}),
        ] {
            let refused = approve(&other(earlier));
            assert!(refused.text.contains("El acta no se pudo aprobar en una sesión anterior a la suya."), "{}", refused.text);
            contradicts(refused, &["/approved_in_meeting_id"]);
        }
        approve(&other(json!({"held": "2023-Q3"}))).expect(200);
        let rectify = |id: &str| {
            let body = json!({"text": "Donde dice A debe decir B.", "approved_in_meeting_id": id});
            admin.post(&format!("{meeting}/minutes/rectifications"), body)
        };
        contradicts(rectify(&other(json!({"held": "2023-06-30"}))), &["/approved_in_meeting_id"]);
        rectify(&other(json!({"held": "2023-09-30"}))).expect(200);
    }
}

on_both! {
    fn a_session_known_by_its_day_or_as_held_takes_only_presence_on_it(world) {
        let (held, ceti, minsal) = session(world);
        let admin = world.admin();
        let times = json!({"started_at": "2023-08-22T14:00:00Z", "ended_at": "2023-08-22T17:00:00Z"});
        admin.patch(&held, times).expect(200);
        let by_day = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Otra", "status": "held", "held": "2023-08-23"});
        let by_day = format!("/meetings/{}", admin.post("/meetings", by_day).expect(201).id());
        let put = |meeting: &str, name: &str, at: &str| {
            let mut entry = json!({"institution_id": minsal, "status": "present"});
            entry[name] = json!(at);
            admin.put(&format!("{meeting}/attendance"), json!([entry]))
        };
        contradicts(put(&held, "left_at", "2023-08-22T13:30:00Z"), &["/0/left_at"]);
        put(&held, "arrived_at", "2023-08-22T16:00:00Z").expect(200);
        contradicts(put(&by_day, "arrived_at", "2023-08-24T04:30:00Z"), &["/0/arrived_at"]);
        contradicts(put(&by_day, "left_at", "2023-08-23T03:00:00Z"), &["/0/left_at"]);
        put(&by_day, "arrived_at", "2023-08-24T03:30:00Z").expect(200);
    }
}

on_both! {
    fn the_votes_agree_with_the_way_of_adoption(world) {
        let (meeting, ceti, _) = session(world);
        for n in 0..14 {
            world.member(&ceti, &world.institution(&format!("Ministerio {n}")), "member");
        }
        let admin = world.admin();
        let meeting = meeting.trim_start_matches("/meetings/").to_owned();
        let enter = |adoption: Value| {
            admin.post("/agreements", json!({"commission_ids": [ceti], "meeting_id": meeting, "kind": "meeting_agreement", "title": "Acuerdo", "adoption": adoption}))
        };
        for (adoption, place) in [
            (json!({"method": "unanimity", "for": 10, "against": 3}), "/adoption/against"),
            (json!({"method": "unanimity", "against": 1}), "/adoption/against"),
            (json!({"method": "majority", "for": 2, "against": 10}), "/adoption/against"),
            (json!({"method": "majority", "for": 0, "against": 1}), "/adoption/against"),
            (json!({"method": "majority", "for": 12, "against": 4}), "/adoption"),
            (json!({"method": "consensus", "for": 16}), "/adoption"),
            (json!({"method": "consensus", "against": 1}), "/adoption/against"),
            (json!({"method": "consensus", "for": 9, "against": 2}), "/adoption/against"),
        ] {
            contradicts(enter(adoption), &[place]);
        }
        let findings = |adoption: Value| {
            let made = enter(adoption).expect(201);
            let shown = admin.get(&format!("/agreements/{}", made.id())).expect(200);
            assert_eq!(shown.json["findings"], made.json["findings"]);
            let codes = shown.json["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned());
            codes.collect::<Vec<_>>()
        };
        assert_eq!(findings(json!({"method": "unanimity", "for": 0, "abstained": 10})), ["unanimity_with_abstentions", "unanimity_without_figures"]);
        assert_eq!(findings(json!({"method": "unanimity", "for": 9, "abstained": 1})), ["unanimity_with_abstentions"]);
        assert_eq!(findings(json!({"method": "unanimity"})), ["unanimity_without_figures"]);
        for sound in [json!({"method": "consensus", "for": 9, "against": 0, "abstained": 1}), json!({"method": "unanimity", "for": 10, "against": 0}), json!({"method": "majority", "for": 5, "against": 5}), json!({"method": "majority"})] {
            assert_eq!(findings(sound), [] as [&str; 0]);
        }
        let made = enter(json!({"method": "unanimity", "for": 9, "abstained": 1})).expect(201);
        let etag = admin.get(&format!("/agreements/{}", made.id())).expect(200).header("etag").map(str::to_owned);
        assert_eq!(made.header("etag").map(str::to_owned), etag);
    }
}

on_both! {
    fn nothing_ends_before_it_starts(world) {
        let (meeting, ceti, minsal) = session(world);
        let admin = world.admin();
        contradicts(admin.patch(&meeting, json!({"ends_at": "2023-08-22T12:00:00Z"})), &["/ends_at"]);
        contradicts(admin.patch(&meeting, json!({"started_at": "2023-08-22T13:00:00Z", "ended_at": "2023-08-22T12:00:00Z"})), &["/ended_at"]);
        let member = json!({"institution_id": world.institution("Mineduc"), "role": "member", "from": "2023-02-01", "to": "2023-01-31"});
        contradicts(admin.post(&format!("/commissions/{ceti}/memberships"), member), &["/to"]);
        let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Ana", "from": "2023-02-01", "to": "2022-02-01"});
        contradicts(admin.post(&format!("/commissions/{ceti}/delegates"), delegate), &["/to"]);
        let activity = |more: Value| {
            let mut body = json!({"country_code": "CL", "kind": "workshop", "title": "Taller"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            admin.post("/activities", body)
        };
        let plan = |ends: &str| json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de Ruta", "starts": "2023", "ends": ends});
        contradicts(admin.post("/plans", plan("2022-12")), &["/ends"]);
        let roadmap = admin.post("/plans", plan("2025")).expect(201).id();
        let item = json!({"kind": "next_step", "title": "Paso", "period_from": "2023-05-02", "period_to": "2023-05-01"});
        contradicts(admin.post(&format!("/plans/{roadmap}/items"), item), &["/period_to"]);
        let agreement = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Acuerdo", "in_force_from": "2023-06-02", "in_force_to": "2023-06-01"});
        contradicts(admin.post("/agreements", agreement), &["/in_force_to"]);
        let report = json!({"country_code": "CL", "template": "alliance87-annual", "period_from": "2023-12-31", "period_to": "2023-05-01", "roadmap_id": roadmap});
        contradicts(admin.post("/reports", report), &["/period_to"]);
        contradicts(activity(json!({"starts": "2023-Q2", "ends": "2023-Q1"})), &["/ends"]);
        contradicts(activity(json!({"participants": {"total": 10, "women": 6, "men": 5}})), &["/participants/total"]);
        let other = activity(json!({"title": "", "starts": "2023-05", "ends": "2023-04"})).expect(422);
        assert_eq!(other.json["code"], "invalid_body", "another fault beside it: {}", other.text);
        activity(json!({"starts": "2023-05-20", "ends": "2023-05"})).expect(201);
    }
}

/// A dataset with one contradiction of each kind.
fn dataset() -> Value {
    json!({
        "articula": 1, "country": {"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es"},
        "institutions": [{"key": "m", "name": "Ministerio", "sector": "government"}, {"key": "n", "name": "Otro ministerio", "sector": "government"}],
        "commissions": [{"key": "c", "name": "Comité", "kind": "committee", "acronym": "CETI", "memberships": [{"key": "cm", "institution": "m", "role": "member"}, {"key": "cn", "institution": "n", "role": "guest", "from": "2023-02-01", "to": "2023-01-31"}],
            "delegates": [{"key": "d", "institution": "m", "capacity": "principal", "name": "Ana", "from": "2023-02-01", "to": "2022-02-01"}]}],
        "plans": [{"key": "p", "kind": "roadmap", "title": "Hoja de Ruta", "starts": "2023", "ends": "2022-12",
            "items": [{"key": "i", "kind": "next_step", "title": "Paso", "period_from": "2023-05-02", "period_to": "2023-05-01"}]}],
        "meetings": [{"key": "s", "commissions": ["c"], "kind": "ordinary", "title": "Sesión", "status": "held",
            "starts_at": "2023-08-22T13:00:00Z", "ends_at": "2023-08-22T12:00:00Z",
            "attendance": [{"institution": "m", "status": "present", "left_at": "2023-08-22T11:00:00Z"}]}],
        "agreements": [{"key": "a", "commissions": ["c"], "meeting": "s", "kind": "meeting_agreement", "title": "Acuerdo", "in_force_from": "2023-06-02", "in_force_to": "2023-06-01", "adoption": {"method": "unanimity", "for": 1, "against": 3}}],
        "activities": [{"key": "x", "kind": "workshop", "title": "Taller", "commissions": ["c"], "starts": "2023-05", "ends": "2023-04"}],
    })
}

on_both! {
    fn a_dataset_tells_its_contradictions_and_is_taken(world) {
        let admin = world.admin();
        let expected = [
            "/activities/0/ends", "/agreements/0/adoption", "/agreements/0/adoption/against", "/agreements/0/in_force_to",
            "/commissions/0/delegates/0/to", "/commissions/0/memberships/1/to", "/meetings/0/attendance/0/left_at",
            "/meetings/0/ends_at", "/plans/0/ends", "/plans/0/items/0/period_to",
        ];
        for path in ["/imports?dry_run=true", "/imports"] {
            let done = admin.post(path, dataset()).expect(200);
            let notes = done.json["notes"].as_array().unwrap();
            assert!(notes.iter().all(|note| note["code"] == "contradictory" && !note["detail"].as_str().unwrap().is_empty()), "{}", done.text);
            let mut places: Vec<_> = notes.iter().map(|note| note["pointer"].as_str().unwrap()).collect();
            places.sort_unstable();
            assert_eq!(places, expected, "{}", done.text);
        }
        let meeting = admin.get("/meetings").expect(200).items()[0].clone();
        assert_eq!(meeting["ends_at"], "2023-08-22T12:00:00Z");
        assert_eq!(admin.get("/activities").expect(200).items().len(), 1);
        let only = |path: &str| admin.get(path).expect(200).items()[0].clone();
        let commission = only("/commissions?country_code=CL")["id"].as_str().unwrap().to_owned();
        let memberships = admin.get(&format!("/commissions/{commission}/memberships")).expect(200);
        assert!(memberships.items().iter().any(|one| one["from"] == "2023-02-01" && one["to"] == "2023-01-31"), "{}", memberships.text);
        assert_eq!(only(&format!("/commissions/{commission}/delegates"))["to"], "2022-02-01");
        let plan = only("/plans");
        assert_eq!(plan["ends"], "2022-12");
        assert_eq!(only(&format!("/plans/{}/items", plan["id"].as_str().unwrap()))["period_to"], "2023-05-01");
        assert_eq!(only("/agreements")["in_force_to"], "2023-06-01");
        let path = format!("/meetings/{}", meeting["id"].as_str().unwrap());
        contradicts(admin.patch(&path, json!({"place": "Sala"})), &["/ends_at"]);
        admin.patch(&path, json!({"place": "Sala", "ends_at": "2023-08-22T15:00:00Z"})).expect(200);
    }
}

on_both! {
    fn other_faults_of_a_dataset_are_faults_as_before(world) {
        let mut broken = dataset();
        broken["activities"][0]["title"] = json!("");
        let refused = world.admin().post("/imports", broken).expect(422);
        assert_eq!(refused.faults(), [("/activities/0/title".to_owned(), "blank".to_owned())]);
    }
}
