//! Sends invalid bodies, queries and ids to every call of the OpenAPI document: no input gives a 5xx.

use serde_json::{Map, Value, json};

use crate::on_both;
use crate::schemas::{body_schema, document, fields, resolve, takes};
use crate::support::{Answer, Person, World};

const SOME_ID: &str = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
const COLLECTED_AS_BYTES: [&str; 2] = ["/api/v1/files", "/api/v1/imports"];

struct Call {
    method: String,
    path: String,
    operation: Value,
}

fn calls(document: &Value, methods: &[&str]) -> Vec<Call> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in methods {
            if let Some(operation) = item.get(method) {
                found.push(Call { method: method.to_uppercase(), path: path.clone(), operation: operation.clone() });
            }
        }
    }
    found
}

/// Returns the path with every parameter replaced by a well-formed value that does not exist.
fn filled(path: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        filled.push_str(before);
        filled.push_str(if name == "code" || name == "key" { "ZZ" } else { SOME_ID });
        rest = after;
    }
    filled + rest
}

/// Returns the query parameters that an operation requires, with their examples.
fn required_query(operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let required = parameters.filter(|one| one["in"] == "query" && one["required"] == true);
    let pairs: Vec<String> = required
        .map(|one| {
            let example = [&one["example"], &one["schema"]["example"]].into_iter().find_map(Value::as_str);
            format!("{}={}", one["name"].as_str().unwrap(), example.unwrap())
        })
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// Makes a country and a commission, and returns an admin.
fn admin(world: &World) -> Person<'_> {
    let admin = world.admin();
    admin.post("/countries", json!({"code": "ZZ", "name": "Zeta", "time_zone": "America/Lima", "locale": "es"}));
    admin
}

/// Checks that an error is a problem with a code.
fn check(sent: &str, answer: &Answer, allowed: &[u16], broken: &mut Vec<String>) {
    if !allowed.contains(&answer.status) {
        broken.push(format!("{sent}: {} {}", answer.status, shortened(&answer.text)));
    }
    if answer.status >= 400 {
        let problem = answer.header("content-type").is_some_and(|kind| kind.starts_with("application/problem+json"));
        if !problem || answer.code().is_empty() || answer.json["request_id"].as_str().is_none_or(str::is_empty) {
            broken.push(format!("{sent}: {} is no problem: {}", answer.status, shortened(&answer.text)));
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

#[track_caller]
fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "{} answers:\n{}", broken.len(), broken.join("\n"));
}

/// Returns values that some fields do not accept; each is tried on every field.
fn strange_values() -> Vec<Value> {
    let huge: Value = serde_json::from_str("123456789012345678901234567890").unwrap();
    vec![
        json!(true),
        json!(-1),
        json!(9_223_372_036_854_775_807_i64),
        huge,
        json!(1e300),
        json!(0.5),
        json!(""),
        json!("  "),
        json!("with a \0 inside"),
        json!("\u{feff}\u{202e}\u{1F4A9}"),
        json!("x".repeat(20_000)),
        json!("2023-02-30"),
        json!("0000-00-00"),
        json!("99999-12-31T99:99:99Z"),
        json!(SOME_ID),
        json!([]),
        json!([null, 1, "a", {}, []]),
        json!([SOME_ID, SOME_ID]),
        json!({}),
        json!({"unknown": {"deep": [1]}}),
    ]
}

on_both! {
    fn a_body_that_is_no_json_object_is_refused_in_one_form(world) {
        let admin = admin(world);
        let mut broken = Vec::new();
        for call in calls(document(), &["post", "put", "patch"]) {
            let path = filled(&call.path) + &required_query(&call.operation);
            let takes_json = call.operation["requestBody"]["content"].get("application/json").is_some();
            let bytes: [(&str, &[u8]); 7] = [
                ("invalid UTF-8", b"{\"name\": \"\xff\xfe\"}"),
                ("no JSON", b"name=Ana"),
                ("nothing", b""),
                ("half a body", b"{\"name\": "),
                ("a number", b"7"),
                ("null", b"null"),
                ("the wrong root", b"[[[[[[[[]]]]]]]]"),
            ];
            for (what, sent) in bytes {
                let answer = admin.call(&call.method, &path, Some(sent.to_vec()));
                let refused: &[u16] = if takes_json { &[400, 404, 413, 422, 401] } else { &[200, 201, 202, 204, 400, 404, 409, 415, 422] };
                check(&format!("{} {} with {what}", call.method, call.path), &answer, refused, &mut broken);
            }
            if takes_json {
                let deep = "[".repeat(100_000).into_bytes();
                let answer = admin.call(&call.method, &path, Some(deep));
                let refused: &[u16] = if call.path.contains("/auth/") { &[413] } else { &[400, 404] };
                check(&format!("{} {} with 100,000 brackets", call.method, call.path), &answer, refused, &mut broken);
                let answer = admin.with("content-type", "text/csv").call(&call.method, &path, Some(b"{}".to_vec()));
                let allowed: &[u16] = if COLLECTED_AS_BYTES.contains(&call.path.as_str()) { &[200, 400, 415, 422] } else { &[404, 415] };
                check(&format!("{} {} as text/csv", call.method, call.path), &answer, allowed, &mut broken);
            }
        }
        none(broken);
    }
}

on_both! {
    fn a_body_above_the_limit_is_too_large(world) {
        let admin = admin(world);
        let mut broken = Vec::new();
        for call in calls(document(), &["post", "put", "patch"]) {
            let takes_json = call.operation["requestBody"]["content"].get("application/json").is_some();
            if !takes_json || COLLECTED_AS_BYTES.contains(&call.path.as_str()) {
                continue;
            }
            let large = format!("{{\"name\": \"{}\"}}", "x".repeat(2 * 1024 * 1024));
            let path = filled(&call.path) + &required_query(&call.operation);
            let answer = admin.call(&call.method, &path, Some(large.into_bytes()));
            check(&format!("{} {} with 2 MiB", call.method, call.path), &answer, &[404, 413], &mut broken);
        }
        none(broken);
    }
}

on_both! {
    fn twenty_six_mebibytes_are_told_to_be_too_large(world) {
        let admin = world.admin();
        let large = vec![b' '; 26 * 1024 * 1024];
        for path in ["/institutions", "/imports"] {
            assert_eq!(admin.call("POST", path, Some(large.clone())).expect(413).code(), "too_large", "{path}");
        }
        let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
        let form = [head.as_bytes(), &large, b"\r\n--x--\r\n"].concat();
        let sender = admin.with("content-type", "multipart/form-data; boundary=x");
        assert_eq!(sender.call("POST", "/files", Some(form)).expect(413).code(), "too_large");
    }
}

on_both! {
    fn a_strange_value_in_any_field_is_a_fault_and_no_failure(world) {
        let admin = admin(world);
        let document = document();
        let mut broken = Vec::new();
        for call in calls(document, &["post", "put", "patch"]) {
            let Some(schema) = body_schema(document, &call.operation) else { continue };
            let path = filled(&call.path);
            let mut fine = vec![200, 201, 202, 204, 400, 401, 403, 404, 409, 412, 422, 429];
            if call.path.contains("/auth/") {
                fine.push(413); // 20,000 characters are more than a body may have there
            }
            let is_list = schema["type"] == "array";
            let whole = |body: Value| if is_list { json!([body]) } else { body };
            for body in [json!({}), json!({"no_such_field": 1}), json!([{}]), json!([1, 2])] {
                let answer = admin.call(&call.method, &path, Some(body.to_string().into_bytes()));
                check(&format!("{} {} with {body}", call.method, call.path), &answer, &fine, &mut broken);
            }
            let inner = if is_list { &schema["items"] } else { &schema };
            let fields = fields(document, inner);
            let names: Vec<_> = fields.keys().cloned().collect();
            for value in strange_values() {
                let all: Map<String, Value> = names.iter().map(|name| (name.clone(), value.clone())).collect();
                let answer = admin.call(&call.method, &path, Some(whole(all.into()).to_string().into_bytes()));
                check(&format!("{} {} with {} everywhere", call.method, call.path, shortened(&value.to_string())), &answer, &fine, &mut broken);
            }
        }
        none(broken);
    }
}

on_both! {
    fn a_wrong_type_in_any_field_is_told_with_its_pointer(world) {
        let admin = admin(world);
        let document = document();
        let mut broken = Vec::new();
        for call in calls(document, &["post"]).into_iter().filter(|call| !call.path.contains('{')) {
            let Some(schema) = body_schema(document, &call.operation) else { continue };
            if COLLECTED_AS_BYTES.contains(&call.path.as_str()) || schema["type"] == "array" {
                continue;
            }
            for (name, field) in fields(document, &schema) {
                let field = resolve(document, &field);
                let wrong = if takes(document, field, "object") { json!("text") } else { json!({"a": 1}) };
                let answer = admin.post(&call.path, json!({ name.clone(): wrong }));
                let pointer = format!("/{name}");
                let told = answer.faults().iter().any(|(at, _)| *at == pointer || at.starts_with(&format!("{pointer}/")));
                if answer.status != 422 || !told {
                    broken.push(format!("POST {} {pointer}: {} {}", call.path, answer.status, shortened(&answer.text)));
                }
            }
        }
        none(broken);
    }
}

on_both! {
    fn a_list_refuses_what_it_does_not_know(world) {
        let admin = admin(world);
        let mut broken = Vec::new();
        for call in calls(document(), &["get"]) {
            let path = filled(&call.path);
            let parameters = call.operation["parameters"].as_array().cloned().unwrap_or_default();
            let queries: Vec<_> = parameters.iter().filter(|p| p["in"] == "query").collect();
            if queries.is_empty() {
                continue;
            }
            let ask = |query: &str, allowed: &[u16], broken: &mut Vec<String>| {
                let answer = admin.get(&format!("{path}?{query}"));
                check(&format!("GET {}?{query}", call.path), &answer, allowed, broken);
            };
            let refused: &[u16] = if call.path.contains('{') { &[400, 404] } else { &[400] };
            ask("no_such_parameter=1", refused, &mut broken);
            let paged = queries.iter().any(|p| p["name"] == "cursor");
            for query in ["limit=0", "limit=201", "limit=-1", "limit=abc", "limit=99999999999999999999", "cursor=%21%21", "cursor=AAAA", "cursor=bnVsbA", "limit=1&limit=2"] {
                if paged {
                    ask(query, refused, &mut broken);
                }
            }
            for name in queries.iter().filter_map(|p| p["name"].as_str()) {
                for value in ["%00", "%FF%FE", "", "'", "%25", "-1", "2023-02-30", "99999999999999999999", &"x".repeat(3000), SOME_ID, "%22%2A%28%29%3A%7C%26%21"] {
                    let answer = admin.get(&format!("{path}?{name}={value}"));
                    check(&format!("GET {}?{name}={}", call.path, shortened(value)), &answer, &[200, 400, 404], &mut broken);
                }
            }
        }
        none(broken);
    }
}

on_both! {
    fn a_malformed_id_in_a_path_is_not_found(world) {
        let admin = admin(world);
        let mut broken = Vec::new();
        for call in calls(document(), &["get", "delete", "post", "put", "patch"]).into_iter().filter(|c| c.path.contains('{')) {
            for id in ["7", "not-an-id", "0190A6F05C1E7A3B9D2E2F1C3B4A5D6E", "%00", "%FF", "..", "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e-1"] {
                let mut parts: Vec<String> = call.path.split('/').map(str::to_owned).collect();
                for part in parts.iter_mut().filter(|part| part.contains('{')) {
                    *part = id.to_owned();
                }
                let body = (call.method != "GET" && call.method != "DELETE").then(|| b"{}".to_vec());
                let path = parts.join("/") + &required_query(&call.operation);
                let answer = admin.call(&call.method, &path, body);
                let allowed: &[u16] = if call.operation["requestBody"].is_null() { &[404] } else { &[404, 415, 422] };
                let dots = id == "..";
                if !dots {
                    check(&format!("{} {} with {id}", call.method, call.path), &answer, allowed, &mut broken);
                }
            }
        }
        none(broken);
    }
}

on_both! {
    fn an_unknown_path_or_method_is_a_problem_too(world) {
        let admin = admin(world);
        let mut broken = Vec::new();
        check("GET /api/v1/nothing", &admin.get("/nothing"), &[404], &mut broken);
        check("GET /api/v1", &admin.get(""), &[404], &mut broken);
        check("DELETE /api/v1/institutions", &admin.delete("/institutions"), &[404, 405], &mut broken);
        let forged = world.nobody().with("authorization", "Bearer e30.e30.e30");
        check("a forged token", &forged.get("/me"), &[401], &mut broken);
        let strange = world.nobody().with("authorization", "Basic YTpi");
        check("another scheme", &strange.get("/me"), &[401], &mut broken);
        none(broken);
    }
}
