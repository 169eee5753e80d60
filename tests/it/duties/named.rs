//! Institutions that are added to a duty and removed from it while it runs: earlier periods stay as they were.

use serde_json::{Value, json};

use super::fixture::{Fixture, counts};
use crate::on_both;
use crate::support::World;

/// A duty that names the first regions of a commission from the first quarter of 2023.
fn named<'w>(world: &'w World, regions: usize, first: usize) -> Fixture<'w> {
    world.at("2023-02-01T12:00:00Z");
    let mut fixture = Fixture::new(world, regions);
    fixture.secretariat.delete(&format!("/duties/{}", fixture.duty)).expect(204);
    let fields = json!([{"key": "inspections", "label": "Inspecciones", "kind": "count"}, {"key": "found", "label": "Casos", "kind": "count"}]);
    let body = json!({"commission_ids": [fixture.commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1", "institution_ids": fixture.regions[..first], "fields": fields});
    fixture.duty = fixture.secretariat.post("/duties", body).expect(201).id();
    fixture
}

/// Names these regions; returns the days of all: region, first day, last day.
fn name(fixture: &Fixture<'_>, regions: &[usize]) -> Vec<(usize, Value, Value)> {
    let ids: Vec<&String> = regions.iter().map(|region| &fixture.regions[*region]).collect();
    let path = format!("/duties/{}", fixture.duty);
    let changed = fixture.secretariat.patch(&path, json!({"institution_ids": ids})).expect(200).json;
    assert_eq!(changed["institution_ids"], json!(ids));
    assert_eq!(fixture.secretariat.get(&path).expect(200).json, changed);
    days(fixture, &changed)
}

fn days(fixture: &Fixture<'_>, duty: &Value) -> Vec<(usize, Value, Value)> {
    let region = |days: &Value| fixture.regions.iter().position(|id| days["institution_id"] == id.as_str()).unwrap();
    let list = duty["institution_days"].as_array().unwrap();
    list.iter().map(|days| (region(days), days["from"].clone(), days["to"].clone())).collect()
}

/// Returns the states of a region in the four quarters; an empty one where it is not asked.
fn states(fixture: &Fixture<'_>, region: usize) -> [String; 4] {
    let matrix = fixture.matrix("?to=2023-Q4");
    ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
        .map(|period| fixture.cell(&matrix, region, period)["state"].as_str().unwrap_or_default().to_owned())
}

fn missing(fixture: &Fixture<'_>) -> Vec<u64> {
    let matrix = fixture.matrix("?to=2023-Q4");
    let periods = matrix["periods"].as_array().unwrap().iter();
    periods.map(|period| period["counts"]["missing"].as_u64().unwrap()).collect()
}

/// The periods that a region owes by the pending work of its representative.
fn owed(fixture: &Fixture<'_>, region: usize) -> usize {
    fixture.representative(region).get("/me/pending?reason=duty_missing").expect(200).items().len()
}

on_both! {
    fn a_region_that_is_added_in_the_middle_of_the_year_is_asked_from_then_on(world) {
        let fixture = named(world, 3, 2);
        let none = || Value::Null;
        world.at("2023-08-10T12:00:00Z");
        let path = format!("/duties/{}", fixture.duty);
        fixture.secretariat.patch(&path, json!({"restricted": true})).expect(200);
        fixture.representative(2).get(&path).expect(404);
        assert_eq!(name(&fixture, &[0, 1, 2]), [(0, none(), none()), (1, none(), none()), (2, json!("2023-07-01"), none())]);
        fixture.representative(2).get(&path).expect(200);
        world.at("2023-11-01T12:00:00Z");
        assert_eq!(states(&fixture, 2), ["", "", "missing", "expected"]);
        assert_eq!(states(&fixture, 1), ["missing", "missing", "missing", "expected"]);
        assert_eq!(missing(&fixture), [2, 2, 3, 0]);
        assert_eq!((owed(&fixture, 2), owed(&fixture, 1)), (1, 3));
        fixture.report(2, "2023-Q2", counts(1, 0)).expect(404);
        fixture.report(2, "2023-Q3", counts(1, 0)).expect(201);
        let overview = fixture.secretariat.get("/overview?country_code=PE").expect(200).json;
        assert_eq!(overview["duties"][0]["counts"]["missing"], 6);
    }
}

on_both! {
    fn a_region_that_is_removed_keeps_its_earlier_periods(world) {
        let fixture = named(world, 2, 2);
        let none = || Value::Null;
        fixture.report(0, "2023-Q1", counts(3, 0)).expect(201);
        world.at("2023-08-10T12:00:00Z");
        let path = format!("/duties/{}", fixture.duty);
        assert_eq!(name(&fixture, &[1]), [(1, none(), none()), (0, none(), json!("2023-06-30"))]);
        world.at("2023-11-01T12:00:00Z");
        assert_eq!(states(&fixture, 0), ["reported", "missing", "", ""]);
        assert_eq!(missing(&fixture), [1, 2, 1, 0]);
        assert_eq!(owed(&fixture, 0), 1);
        fixture.report(0, "2023-Q3", counts(1, 0)).expect(404);
        fixture.secretariat.post(&format!("{}/waiver", fixture.path(0, "2023-Q3")), json!({"reason": "x"})).expect(404);
        fixture.report(0, "2023-Q2", counts(0, 0)).expect(201);
        assert_eq!(states(&fixture, 0), ["reported", "zero", "", ""]);
        fixture.secretariat.patch(&path, json!({"restricted": true})).expect(200);
        fixture.representative(0).get(&path).expect(200);
        assert_eq!(fixture.representative(0).get(&format!("/duties?institution_id={}", fixture.regions[0])).items().len(), 1);
    }
}

on_both! {
    fn a_region_that_comes_back_goes_on_or_begins_again(world) {
        let fixture = named(world, 3, 2);
        let none = || Value::Null;
        assert_eq!(name(&fixture, &[0]), [(0, none(), none())], "in the first period nobody was asked before");
        assert_eq!(name(&fixture, &[0, 1]), [(0, none(), none()), (1, none(), none())]);
        world.at("2023-08-10T12:00:00Z");
        name(&fixture, &[0]);
        assert_eq!(name(&fixture, &[0, 1]), [(0, none(), none()), (1, none(), none())], "a slip within the period");
        assert_eq!(name(&fixture, &[0, 2]).last(), Some(&(1, none(), json!("2023-06-30"))));
        assert_eq!(name(&fixture, &[0]), [(0, none(), none()), (1, none(), json!("2023-06-30"))], "the third was never asked");
        world.at("2023-10-10T12:00:00Z");
        assert_eq!(name(&fixture, &[0, 1]), [(0, none(), none()), (1, json!("2023-10-01"), none()), (1, none(), json!("2023-06-30"))]);
        assert_eq!(states(&fixture, 1), ["missing", "missing", "", "expected"]);
    }
}

on_both! {
    fn the_day_of_the_first_commission_decides_about_the_period(world) {
        let fixture = named(world, 2, 1);
        // It is still the last day of September in Lima.
        world.at("2023-10-01T03:00:00Z");
        assert_eq!(name(&fixture, &[0, 1]).last(), Some(&(1, json!("2023-07-01"), Value::Null)));
    }
}

on_both! {
    fn names_in_place_of_a_sector_leave_its_members_the_earlier_periods(world) {
        world.at("2023-02-01T12:00:00Z");
        let fixture = Fixture::new(world, 3);
        world.at("2023-08-10T12:00:00Z");
        let body = json!({"sector": null, "institution_ids": [fixture.regions[0]]});
        let changed = fixture.secretariat.patch(&format!("/duties/{}", fixture.duty), body).expect(200).json;
        assert_eq!(days(&fixture, &changed), [
            (0, json!("2023-01-01"), Value::Null), (1, json!("2023-01-01"), json!("2023-06-30")), (2, json!("2023-01-01"), json!("2023-06-30")),
        ]);
        world.at("2023-11-01T12:00:00Z");
        assert_eq!(states(&fixture, 0), ["missing", "missing", "missing", "expected"]);
        assert_eq!(states(&fixture, 1), ["missing", "missing", "", ""]);
    }
}

on_both! {
    fn an_institution_that_was_forgotten_is_asked_from_the_first_period(world) {
        world.at("2023-08-10T12:00:00Z");
        let mut fixture = Fixture::new(world, 3);
        let body = json!({"commission_ids": [fixture.commission], "title": "Informe", "every": "quarter", "from": "2023-Q1", "institution_ids": [fixture.regions[0]]});
        fixture.duty = fixture.secretariat.post("/duties", body).expect(201).id();
        let none = || Value::Null;
        world.at("2023-09-30T12:00:00Z");
        assert_eq!(name(&fixture, &[0, 1]), [(0, none(), none()), (1, none(), none())], "in the period of the entry");
        assert_eq!(name(&fixture, &[1]), [(1, none(), none())]);
        world.at("2023-10-01T12:00:00Z");
        assert_eq!(name(&fixture, &[1, 2]), [(1, none(), none()), (2, json!("2023-10-01"), none())]);
    }
}

on_both! {
    fn a_change_of_the_sector_or_its_commissions_would_rewrite_earlier_periods(world) {
        world.at("2023-02-01T12:00:00Z");
        let fixture = Fixture::new(world, 2);
        let other = world.commission("PE", "CIGTPE");
        let admin = world.admin();
        let change = |body: Value| admin.patch(&format!("/duties/{}", fixture.duty), body);
        let both = json!({"commission_ids": [fixture.commission, other]});
        change(json!({"sector": "workers"})).expect(200);
        change(json!({"sector": "regional_government"})).expect(200);
        change(both.clone()).expect(200);
        change(json!({"commission_ids": [fixture.commission]})).expect(200);
        world.at("2023-08-10T12:00:00Z");
        for (body, field) in [(json!({"sector": "workers"}), "sector"), (both.clone(), "commission_ids")] {
            let refused = change(body).expect(409).json;
            assert_eq!(refused["code"], "field_in_use");
            assert!(refused["detail"].as_str().unwrap().contains(field), "{refused}");
        }
        change(json!({"title": "Otro nombre", "due_days": 25})).expect(200);
        change(json!({"sector": null, "institution_ids": [fixture.regions[0]]})).expect(200);
        change(both).expect(200);
        change(json!({"sector": "regional_government", "institution_ids": []})).expect(409);
        assert_eq!(states(&fixture, 1)[..2], ["missing", "missing"]);
    }
}

on_both! {
    fn many_changes_take_no_more_statements(world) {
        let fixture = named(world, 40, 1);
        world.at("2023-08-10T12:00:00Z");
        let statements = || {
            let before = world.statements();
            fixture.matrix("?to=2023-Q4");
            fixture.secretariat.get("/overview?country_code=PE").expect(200);
            fixture.secretariat.get("/me/pending").expect(200);
            fixture.secretariat.get("/duties").expect(200);
            world.statements() - before
        };
        statements();
        let one = statements();
        name(&fixture, &(0..40).collect::<Vec<_>>());
        world.at("2023-10-10T12:00:00Z");
        assert_eq!(name(&fixture, &(20..40).collect::<Vec<_>>()).len(), 40);
        statements();
        assert_eq!(statements(), one);
    }
}

on_both! {
    fn a_dataset_states_the_days_and_one_without_them_leaves_them(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let document = |days: Value| {
            let mut duty = json!({"key": "d", "commissions": ["c"], "title": "Informe", "every": "quarter", "from": "2022-Q1", "institutions": ["one", "two"], "institution_days": days});
            if days.is_null() {
                duty.as_object_mut().unwrap().remove("institution_days");
            }
            let regions = ["one", "two", "three"].map(|key| json!({"key": key, "name": format!("Región {key}"), "sector": "regional_government"}));
            json!({
                "articula": 1, "country": {"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"},
                "institutions": regions,
                "commissions": [{"key": "c", "kind": "committee", "name": "Comité"}], "duties": [duty],
            })
        };
        let import = |days: Value| coordinator.post("/imports", document(days)).expect(200).json["counts"]["duty"].clone();
        let stated = json!([{"institution": "two", "from": "2022-07-01"}, {"institution": "three", "to": "2022-06-30"}]);
        assert_eq!(import(stated.clone())["created"], 1);
        assert_eq!(import(stated.clone())["unchanged"], 1);
        assert_eq!(import(Value::Null)["unchanged"], 1);
        assert_eq!(coordinator.get("/export?country_code=PE").expect(200).json["duties"][0]["institution_days"], stated);
        assert_eq!(import(json!([]))["updated"], 1);
        assert_eq!(coordinator.get("/export?country_code=PE").expect(200).json["duties"][0].get("institution_days"), None);
        let open = document(json!([{"institution": "three", "from": "2022-07-01"}, {"institution": "nobody"}]));
        assert_eq!(coordinator.post("/imports", open).expect(422).faults(), [("/duties/0/institution_days/1/institution".into(), "unknown_reference".into())]);
        let turned = document(json!([{"institution": "three", "from": "2022-07-01", "to": "2022-06-30"}]));
        assert_eq!(coordinator.post("/imports", turned).expect(422).faults(), [("/duties/0/institution_days/0/to".into(), "end_before_start".into())]);
        let open = document(json!([{"institution": "three", "from": "2022-07-01"}]));
        assert_eq!(coordinator.post("/imports", open).expect(422).faults(), [("/duties/0/institution_days/0".into(), "needs".into())]);
    }
}
