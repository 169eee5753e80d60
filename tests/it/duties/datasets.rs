//! Waivers in a dataset.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::Person;

/// Returns a dataset of Peru with a quarterly duty of one region and these waivers.
fn dataset(waivers: Value) -> Value {
    json!({
        "articula": 1, "country": {"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"},
        "institutions": [{"key": "region", "name": "Región", "sector": "regional_government"}],
        "commissions": [{"key": "c", "kind": "committee", "name": "Comité"}],
        "duties": [{"key": "d", "commissions": ["c"], "title": "Informe", "every": "quarter", "from": "2022-Q1", "institutions": ["region"], "waivers": waivers}],
    })
}

fn waiver(reason: &str, waived_at: &str) -> Value {
    json!({"institution": "region", "period": "2022-Q1", "reason": reason, "waived_at": waived_at})
}

#[track_caller]
fn counts(person: &Person<'_>, waivers: &Value) -> [u64; 3] {
    let answer = person.post("/imports", dataset(waivers.clone())).expect(200).json;
    ["created", "updated", "unchanged"].map(|outcome| answer["counts"]["duty_waiver"][outcome].as_u64().unwrap())
}

/// The waivers of the only duty, as the API shows them.
fn shown(person: &Person<'_>) -> Vec<Value> {
    let duty = person.get("/duties").expect(200).items()[0].clone();
    let (id, region) = (duty["id"].as_str().unwrap(), duty["institution_ids"][0].as_str().unwrap());
    let report = person.get(&format!("/duties/{id}/reports/{region}/2022-Q1")).expect(200).json;
    report["waivers"].as_array().unwrap().clone()
}

fn exported(person: &Person<'_>) -> Value {
    person.get("/export?country_code=PE").expect(200).json["duties"][0]["waivers"].clone()
}

on_both! {
    fn a_waiver_is_not_withdrawn_before_it_was_given(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let turned = |mut waiver: Value| {
            waiver["withdrawn_at"] = json!("2022-02-01T12:00:00Z");
            let refused = coordinator.post("/imports", dataset(json!([waiver]))).expect(422);
            assert_eq!(refused.faults(), [("/duties/0/waivers/0/withdrawn_at".into(), "end_before_start".into())]);
        };
        turned(waiver("Huelga", "2022-03-06T12:00:00Z"));
        turned(json!({"institution": "region", "period": "2022-Q1", "reason": "Huelga"}));
        assert_eq!(counts(&coordinator, &json!([waiver("Huelga", "2022-03-06T12:00:00Z")])), [1, 0, 0]);
        turned(waiver("Huelga", "2022-03-06T12:00:00Z"));
    }
}

on_both! {
    fn waivers_come_back_from_a_dataset_with_their_moments_and_the_same_file_changes_nothing(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let mut withdrawn = waiver("Emergencia", "2022-03-01T12:00:00Z");
        withdrawn["withdrawn_at"] = json!("2022-03-05T12:00:00Z");
        let list = json!([withdrawn, waiver("Huelga", "2022-03-06T12:00:00Z")]);
        assert_eq!(counts(&coordinator, &list), [2, 0, 0]);
        assert_eq!(counts(&coordinator, &list), [0, 0, 2]);
        assert_eq!(exported(&coordinator), list);
        let found = shown(&coordinator);
        let told: Vec<_> = found.iter().map(|one| [&one["reason"], &one["waived_by"], &one["withdrawn_at"]]).collect();
        assert_eq!(told, [
            [&json!("Emergencia"), &Value::Null, &json!("2022-03-05T12:00:00Z")], [&json!("Huelga"), &Value::Null, &Value::Null],
        ]);
        let matrix = coordinator.get("/duties").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        let matrix = coordinator.get(&format!("/duties/{matrix}/matrix?from=2022-Q1&to=2022-Q1")).expect(200).json;
        assert_eq!((&matrix["counts"]["waived"], &matrix["counts"]["missing"]), (&json!(1), &json!(0)));
    }
}

on_both! {
    fn a_file_withdraws_a_waiver_once_and_an_older_file_does_not_give_it_again(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let given = json!([waiver("Emergencia", "2022-03-01T12:00:00Z")]);
        assert_eq!(counts(&coordinator, &given), [1, 0, 0]);
        let mut withdrawn = given.clone();
        withdrawn[0]["withdrawn_at"] = json!("2022-03-05T12:00:00Z");
        assert_eq!(counts(&coordinator, &withdrawn), [0, 1, 0]);
        assert_eq!(counts(&coordinator, &withdrawn), [0, 0, 1]);
        assert_eq!(counts(&coordinator, &given), [0, 0, 1]);
        assert_eq!((shown(&coordinator).len(), exported(&coordinator)), (1, withdrawn));
    }
}

on_both! {
    fn the_faults_of_a_waiver_are_reported_at_its_place(world) {
        world.country("PE");
        let admin = world.admin();
        let faults = |waivers: Value| admin.post("/imports", dataset(waivers)).expect(422).faults();
        let at = |field: &str, code: &str| (format!("/duties/0/waivers/{field}"), code.to_owned());
        let mut unknown = waiver("Emergencia", "2022-03-01T12:00:00Z");
        unknown["institution"] = json!("nobody");
        assert_eq!(faults(json!([unknown, waiver(" ", "2022-03-01T12:00:00Z")])), [at("0/institution", "unknown_reference"), at("1/reason", "blank")]);
        assert_eq!(faults(json!([waiver("Emergencia", "2099-01-01T12:00:00Z")])), [at("0/waived_at", "in_the_future")]);
        let both = json!([waiver("Emergencia", "2022-03-01T12:00:00Z"), waiver("Huelga", "2022-03-02T12:00:00Z")]);
        assert_eq!(faults(both), [at("1", "duplicate")]);
        assert!(admin.get("/duties").expect(200).items().is_empty(), "with a fault nothing is written");
    }
}
