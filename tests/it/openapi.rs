//! Checks that the OpenAPI document is complete: every call, field and error has a description, and an example.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::on_both;
use crate::schemas::document;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Returns every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                found.push((format!("{} {path}", method.to_uppercase()), operation.clone()));
            }
        }
    }
    found
}

fn says(value: &Value, field: &str) -> bool {
    value[field].as_str().is_some_and(|text| !text.trim().is_empty())
}

#[track_caller]
fn none(missing: Vec<String>) {
    assert!(missing.is_empty(), "{} missing:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn it_is_openapi_3_1_with_a_licence_and_a_way_to_sign_in() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["info"]["license"]["identifier"], "EUPL-1.2");
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
}

#[test]
fn every_operation_says_what_it_does_and_who_may() {
    let mut missing = Vec::new();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(document()) {
        if !says(&operation, "summary") {
            missing.push(format!("{name}: no title"));
        }
        if !operation["description"].as_str().is_some_and(|text| text.contains("Permissions:")) {
            missing.push(format!("{name}: does not say who may call it"));
        }
        if operation["tags"].as_array().is_none_or(Vec::is_empty) {
            missing.push(format!("{name}: no tag"));
        }
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        if id.is_empty() || !ids.insert(id.clone()) {
            missing.push(format!("{name}: operation id {id:?} is empty or used twice"));
        }
    }
    none(missing);
}

#[test]
fn every_operation_lists_its_answers_and_its_errors() {
    let mut missing = Vec::new();
    for (name, operation) in operations(document()) {
        let responses = operation["responses"].as_object().unwrap();
        let mut wanted = vec!["400", "503"];
        if !name.contains("/calendar/{token}") {
            wanted.push("401");
        }
        if operation.get("security").is_none() {
            wanted.push("403");
        }
        if name.contains('{') {
            wanted.push("404");
        }
        if !name.starts_with("GET ") {
            wanted.push("409");
        }
        if operation.get("requestBody").is_some() {
            wanted.extend(["408", "413", "415", "422"]);
        }
        for status in wanted.iter().filter(|status| !responses.contains_key(**status)) {
            missing.push(format!("{name}: {status} is not listed"));
        }
        if !responses.keys().any(|status| status.starts_with('2')) {
            missing.push(format!("{name}: no good answer is listed"));
        }
        for (status, response) in responses {
            if !says(response, "description") {
                missing.push(format!("{name}: {status} is not described"));
            }
            let without_body = ["202", "204", "304"].contains(&status.as_str());
            if !without_body && response["content"].as_object().is_none_or(serde_json::Map::is_empty) {
                missing.push(format!("{name}: {status} has no body"));
            }
        }
    }
    none(missing);
}

#[test]
fn a_problem_lists_the_codes_that_it_may_have() {
    let document = document();
    let listed = document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].as_array().unwrap();
    let codes: Vec<_> = articula::error::Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(*listed, codes);
}

#[test]
fn every_parameter_is_listed_and_described() {
    let mut missing = Vec::new();
    for (name, operation) in operations(document()) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in &parameters {
            if !says(parameter, "description") {
                missing.push(format!("{name}: parameter {} is not described", parameter["name"]));
            }
        }
        for placeholder in name.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
            if !parameters.iter().any(|p| p["in"] == "path" && p["name"] == placeholder) {
                missing.push(format!("{name}: {placeholder} is not listed"));
            }
        }
    }
    none(missing);
}

#[test]
fn every_field_is_described_with_an_example() {
    let document = document();
    let mut missing = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        fields(name, schema, &mut missing);
    }
    none(missing);
}

fn fields(at: &str, schema: &Value, missing: &mut Vec<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let here = format!("{at}.{name}");
        let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|part| field[part].as_array()).flatten();
        if !says(field, "description") && !parts.into_iter().any(|part| says(part, "description")) {
            missing.push(format!("{here}: no description"));
        }
        if !exemplified(field) {
            missing.push(format!("{here}: no example"));
        }
        fields(&here, field, missing);
        fields(&here, &field["items"], missing);
    }
    for part in ["allOf", "oneOf", "anyOf"] {
        for (n, inner) in schema[part].as_array().into_iter().flatten().enumerate() {
            fields(&format!("{at}[{n}]"), inner, missing);
        }
    }
}

/// Returns true if a field has an example. A reference has the examples of its target; booleans and enums need none.
fn exemplified(field: &Value) -> bool {
    let refers = |value: &Value| value.get("$ref").is_some();
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|part| field[part].as_array()).flatten();
    field.get("example").is_some()
        || field["examples"].as_array().is_some_and(|list| !list.is_empty())
        || field.get("enum").is_some()
        || field.get("default").is_some()
        || refers(field)
        || parts.clone().any(|part| refers(part) || part.get("enum").is_some())
        || field.get("items").is_some_and(exemplified)
        || field.get("properties").is_some()
        || field.get("additionalProperties").is_some_and(|inner| inner.is_object())
        || is_boolean(field)
        || is_free_form(field)
}

/// Returns true if a field is an object without fixed fields, whose description explains its content.
fn is_free_form(field: &Value) -> bool {
    field["type"] == "object" || field["type"].as_array().is_some_and(|kinds| kinds.contains(&"object".into()))
}

fn is_boolean(field: &Value) -> bool {
    field["type"] == "boolean" || field["type"].as_array().is_some_and(|kinds| kinds.contains(&"boolean".into()))
}

#[test]
fn every_json_body_has_an_example_that_fits_its_schema() {
    let document = document();
    let mut wrong = Vec::new();
    for (name, operation) in operations(document) {
        let Some(body) = operation.pointer("/requestBody/content/application~1json") else { continue };
        let Some(example) = body.get("example") else {
            wrong.push(format!("{name}: no example of the body"));
            continue;
        };
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        let whole = serde_json::json!({"allOf": [body["schema"]], "components": document["components"]});
        compiler.add_resource("schema.json", whole).unwrap();
        let schema = compiler.compile("schema.json", &mut schemas).unwrap();
        if let Err(fault) = schemas.validate(example, schema) {
            wrong.push(format!("{name}: {fault:#}"));
        }
    }
    none(wrong);
}

#[test]
fn every_tag_is_described_and_used() {
    let document = document();
    let used: BTreeSet<String> = operations(document)
        .iter()
        .flat_map(|(_, operation)| operation["tags"].as_array().unwrap().clone())
        .map(|tag| tag.as_str().unwrap().to_owned())
        .collect();
    let listed = document["tags"].as_array().unwrap();
    let described = listed.iter().filter(|tag| says(tag, "description"));
    let described: BTreeSet<String> = described.map(|tag| tag["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(used, described);
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let named: BTreeSet<&str> =
        text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    none(named.into_iter().filter(|name| !schemas.contains_key(*name)).map(str::to_owned).collect());
}

on_both! {
    fn the_description_and_its_pages_come_from_the_program_alone(world) {
        let nobody = world.nobody();
        let served = nobody.get("/api/openapi.json").expect(200);
        assert_eq!(served.json, *document());
        let page = nobody.get("/api/docs/").expect(200);
        let parts: Vec<&str> = page.text.split(['"', '\'']).filter(|part| part.ends_with(".js") || part.ends_with(".css")).collect();
        assert!(parts.len() >= 3, "{}", page.text);
        for part in parts {
            assert!(!part.contains("//"), "{part} comes from elsewhere");
            let loaded = nobody.get(&format!("/api/docs/{}", part.trim_start_matches("./"))).expect(200);
            let from_elsewhere = part.contains("initializer") && loaded.text.contains("https://");
            assert!(!from_elsewhere, "{}", loaded.text);
        }
        let start = nobody.get("/api/docs/swagger-initializer.js").expect(200);
        assert!(start.text.contains("/api/openapi.json"));
        assert!(nobody.get("/api/docs").status < 400);
    }
}

on_both! {
    fn what_stands_at_the_root_answers_everybody(world) {
        let nobody = world.nobody();
        assert_eq!(nobody.get("/healthz").expect(200).text, "ok\n");
        assert_eq!(nobody.get("/readyz").expect(200).text, "ready\n");
        assert!(nobody.get("/metrics").expect(200).text.contains("articula_http_requests_total"));
        for path in ["/healthz", "/readyz", "/metrics"] {
            let media_type = nobody.get(path).header("content-type").unwrap_or_default().to_owned();
            assert!(media_type.starts_with("text/plain;") && media_type.ends_with("; charset=utf-8"), "{path}: {media_type}");
        }
    }
}

on_both! {
    fn an_unknown_country_or_commission_of_a_query_is_a_described_answer(world) {
        let admin = world.admin();
        let period = "from=2023-01-01&to=2023-12-31";
        let unknown = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        for path in [
            format!("/compliance?country_code=ZZ&{period}"),
            format!("/compliance/document?country_code=ZZ&{period}"),
            format!("/imports/template?commission_id={unknown}"),
        ] {
            let described = &document()["paths"][format!("/api/v1{}", path.split('?').next().unwrap())];
            assert!(described["get"]["responses"]["404"].is_object(), "{path}");
            admin.get(&path).expect(404);
        }
    }
}
