//! Operational states: given, dated, filtered.

use serde_json::json;

use crate::on_both;
use crate::support::World;

fn state(world: &World, id: &str) -> String {
    let shown = world.admin().get(&format!("/commissions/{id}")).expect(200).json;
    shown["operational_state"].as_str().unwrap().to_owned()
}

on_both! {
    fn the_latest_dated_state_that_has_begun_decides(world) {
        let id = world.commission("CL", "CAMTRAFOR");
        let states = format!("/commissions/{id}/operational-states");
        let coordinator = world.coordinator("CL");
        assert_eq!(state(world, &id), "unknown");
        let made = coordinator.post(&states, json!({"state": "inactive", "since": "2022-H1", "source": "Acta 3"})).expect(201);
        assert_eq!((&made.json["since_from"], &made.json["since_to"]), (&json!("2022-01-01"), &json!("2022-06-30")));
        assert_eq!(made.header("location"), Some(format!("/api/v1{states}/{}", made.id()).as_str()));
        assert_eq!(coordinator.get(&format!("{states}/{}", made.id())).expect(200).json, made.json);
        assert_eq!(state(world, &id), "inactive");
        coordinator.post(&states, json!({"state": "active", "since": "2023-10"})).expect(201);
        assert_eq!(state(world, &id), "inactive", "October has not begun");
        world.at("2023-10-01T02:59:00Z");
        assert_eq!(state(world, &id), "inactive", "in Santiago it is still September");
        world.at("2023-10-01T03:01:00Z");
        assert_eq!(state(world, &id), "active");
        coordinator.patch(&format!("{states}/{}", made.id()), json!({"since": "2023-10-01", "state": "unknown"})).expect(200);
        assert_eq!(state(world, &id), "active", "of two that began on one day the later entered decides");
        assert_eq!(coordinator.get(&states).expect(200).items().len(), 2);
    }
}

on_both! {
    fn a_different_state_holds_from_today_and_does_not_change_the_past(world) {
        let id = world.commission("CL", "CAMTRAFOR");
        let (path, coordinator) = (format!("/commissions/{id}"), world.coordinator("CL"));
        let states = format!("{path}/operational-states");
        let entered = coordinator.post(&states, json!({"state": "active", "since": "2022"})).expect(201);
        assert_eq!(coordinator.patch(&path, json!({"operational_state": "active"})).expect(200).json["operational_state"], "active");
        assert_eq!(coordinator.get(&states).items().len(), 1, "nothing differs");
        assert_eq!(coordinator.patch(&path, json!({"name": "Otra"})).expect(200).json["operational_state"], "active");
        world.at("2023-09-02T02:00:00Z");
        let named = coordinator.patch(&path, json!({"operational_state": "inactive"})).expect(200);
        assert_eq!(named.json["operational_state"], "inactive");
        let history = coordinator.get(&states).expect(200);
        assert_eq!((history.items().len(), &history.items()[0]), (2, &entered.json));
        assert_eq!((&history.items()[1]["state"], &history.items()[1]["since"]), (&json!("inactive"), &json!("2023-09-01")), "in Santiago it is still the first");
        coordinator.patch(&path, json!({"operational_state": "unknown"})).expect(200);
        assert_eq!(state(world, &id), "unknown");
        assert_eq!(coordinator.get(&states).items()[..2], *history.items());
    }
}

on_both! {
    fn the_state_given_at_creation_stays_that_of_the_days_before(world) {
        world.country("CL");
        let body = json!({"country_code": "CL", "name": "Mesa", "kind": "roundtable", "operational_state": "active"});
        let coordinator = world.coordinator("CL");
        let id = coordinator.post("/commissions", body).expect(201).id();
        let (path, states) = (format!("/commissions/{id}"), format!("/commissions/{id}/operational-states"));
        coordinator.patch(&path, json!({"operational_state": "inactive"})).expect(200);
        let history = coordinator.get(&states).expect(200);
        assert_eq!((history.items().len(), &history.items()[0]["since"]), (1, &json!("2023-09-01")));
        world.at("2023-08-31T12:00:00Z");
        assert_eq!(state(world, &id), "active");
        world.at("2023-09-01T12:00:00Z");
        coordinator.delete(&format!("{states}/{}", history.items()[0]["id"].as_str().unwrap())).expect(204);
        assert_eq!(state(world, &id), "active", "without the entry, the state given at creation holds again");
    }
}

on_both! {
    fn unknown_is_not_inactive(world) {
        let (unknown, stated, dated) = (world.commission("CL", "A"), world.commission("CL", "B"), world.commission("PE", "C"));
        let admin = world.admin();
        admin.patch(&format!("/commissions/{stated}"), json!({"operational_state": "inactive"})).expect(200);
        let states = format!("/commissions/{dated}/operational-states");
        admin.post(&states, json!({"state": "active", "since": "2022"})).expect(201);
        admin.post(&states, json!({"state": "inactive", "since": "2023-09-02"})).expect(201);
        let listed = |state: &str| -> Vec<String> {
            let answer = admin.get(&format!("/commissions?operational_state={state}")).expect(200);
            answer.items().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!((listed("unknown"), listed("inactive"), listed("active")), (vec![unknown.clone()], vec![stated.clone()], vec![dated.clone()]));
        world.at("2023-09-02T04:30:00Z");
        assert_eq!(listed("inactive"), [stated.clone()], "in Lima it is still the first");
        world.at("2023-09-02T05:30:00Z");
        assert_eq!((listed("inactive"), listed("active")), (vec![stated, dated.clone()], vec![]));
        admin.patch(&format!("/commissions/{dated}"), json!({"time_zone": "Pacific/Pago_Pago"})).expect(200);
        assert_eq!(listed("active"), [dated], "its own time zone decides");
    }
}

on_both! {
    fn every_wrong_field_of_a_state_is_reported(world) {
        let id = world.commission("CL", "CETI");
        for (field, value, pointer, code) in [
            ("state", json!("asleep"), "/state", "not_a_choice"),
            ("state", json!(null), "/state", "required"),
            ("since", json!("2023-Q5"), "/since", "invalid_partial_date"),
            ("since", json!(null), "/since", "required"),
            ("source", json!("x".repeat(1001)), "/source", "too_long"),
            ("since_from", json!("2023-01-01"), "/since_from", "unknown_field"),
        ] {
            let mut body = json!({"state": "active", "since": "2023"});
            body[field] = value;
            let answer = world.admin().post(&format!("/commissions/{id}/operational-states"), body).expect(422);
            assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{field}");
        }
    }
}
