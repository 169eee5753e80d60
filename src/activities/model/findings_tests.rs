use super::*;
use crate::http::parse;

fn codes(fields: serde_json::Value) -> Vec<&'static str> {
    let mut body = serde_json::json!({
        "country_code": "CL", "kind": "study", "title": "Estudio", "result": "Un estudio publicado.",
        "starts": "2023-08", "plan_item_ids": ["0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"],
        "evidence": [{"title": "El estudio"}],
    });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let input: ActivityInput = parse(body).unwrap();
    findings_of(&input, &[], Lang::Es).iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_complete_entry_lacks_nothing() {
    assert_eq!(codes(serde_json::json!({})), [""; 0]);
    let training = serde_json::json!({"kind": "training", "participants": {"women": 3, "men": 4}});
    assert_eq!(codes(training), [""; 0]);
}

#[test]
fn a_training_owes_its_dates_and_its_participants() {
    let found =
        codes(serde_json::json!({"kind": "workshop", "starts": "2023", "participants": {"audience": "Equipos"}}));
    assert_eq!(found, ["training_without_dates", "training_without_participants"]);
}

#[test]
fn results_are_reported_rather_than_processes() {
    let process = ["process_without_result"];
    assert_eq!(codes(serde_json::json!({"result": null})), process);
    assert_eq!(codes(serde_json::json!({"result": "Se realizaron coordinaciones con las regiones."})), process);
    assert_eq!(codes(serde_json::json!({"result": "Se mantuvo el registro de 25 entidades."})), [""; 0]);
    assert_eq!(codes(serde_json::json!({"result": null, "expected_result": "Cifras por región."})), [""; 0]);
    assert_eq!(codes(serde_json::json!({"result_state": "partial"})), ["expected_result_missing"]);
}

#[test]
fn a_date_without_its_year_is_to_be_confirmed() {
    let unclear = ["date_unclear"];
    assert_eq!(codes(serde_json::json!({"when_text": "22 de agosto"})), unclear);
    assert_eq!(codes(serde_json::json!({"when_text": "a finales de este año (2023)"})), unclear);
    assert_eq!(codes(serde_json::json!({"starts": null})), unclear);
    assert_eq!(codes(serde_json::json!({"when_text": "durante 2023"})), [""; 0]);
}

#[test]
fn an_activity_without_evidence_and_plan_item_has_findings() {
    let found = codes(serde_json::json!({"plan_item_ids": [], "evidence": []}));
    assert_eq!(found, ["no_plan_item", "evidence_missing"]);
}

/// Replaces every key of an example by an id, so that its records can be read as bodies.
fn as_body(record: &serde_json::Value) -> serde_json::Value {
    let lists = [
        ("commissions", "commission_ids"),
        ("organizers", "organizer_ids"),
        ("partners", "partner_ids"),
        ("plan_items", "plan_item_ids"),
        ("commitments", "commitment_ids"),
    ];
    let mut body = record.as_object().unwrap().clone();
    body.remove("key");
    for (name, field) in lists {
        let keys = body.remove(name).and_then(|keys| keys.as_array().cloned()).unwrap_or_default();
        let ids: Vec<_> = (1..=keys.len()).map(|n| uuid::Uuid::from_u128(n as u128).to_string()).collect();
        body.insert(field.to_owned(), ids.into());
    }
    body.insert("country_code".to_owned(), "CL".into());
    body.into()
}

#[test]
fn the_activities_of_the_examples_can_be_read() {
    for text in [include_str!("../../../examples/chile-2023.json"), include_str!("../../../examples/peru-2023.json")] {
        let dataset: serde_json::Value = serde_json::from_str(text).unwrap();
        for record in dataset["activities"].as_array().unwrap() {
            let read: crate::error::Result<ActivityInput> = parse(as_body(record));
            assert!(read.is_ok(), "{}: {:?}", record["key"], read.err().map(|error| error.faults));
        }
    }
}

fn likeness<'a>(title: &'a str, day: &str, parties: &'a [InstitutionId]) -> Likeness<'a> {
    Likeness { title, starts_from: crate::dates::parse_day(day), parties }
}

#[test]
fn a_seminar_that_is_entered_twice_is_noticed() {
    let parties: [InstitutionId; 2] = [1, 2].map(|n| uuid::Uuid::from_u128(n).into());
    let [one, other] = &parties;
    let (one, other) = (std::slice::from_ref(one), std::slice::from_ref(other));
    let seminar = likeness("Seminario Binacional Chile – Argentina: Junt@s por la niñez", "2023-08-01", &parties);
    let title = "Seminario binacional «Chile-Argentina, Junt@s por la niñez»";
    assert!(seminar.may_be(&likeness(title, "2023-08-17", one)));
    assert!(!seminar.may_be(&likeness(title, "2023-09-01", one)), "another month");
    assert!(!likeness(title, "2023-08-01", one).may_be(&likeness(title, "2023-08-01", other)), "nobody in common");
    assert!(!seminar.may_be(&likeness("Seminario sobre trata de personas", "2023-08-01", one)), "another title");
}
