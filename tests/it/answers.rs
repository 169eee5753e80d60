//! Checks that real responses of every operation, successes and errors, match the OpenAPI document: status, headers,
//! media type and body. `support::contract` compares them, here and in every other test.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::access_matrix::{SoundCall, sound_calls};
use crate::on_both;
use crate::schemas::document;
use crate::support::{Answer, PASSWORD, Person, World, app_code, contract};

const SOME_ID: &str = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";

/// The answers so far: the statuses of each operation, and the differences from the description.
#[derive(Default)]
struct Log {
    seen: BTreeMap<String, BTreeSet<u16>>,
    broken: BTreeSet<String>,
}

impl Log {
    fn send(&mut self, person: &Person<'_>, method: &str, path: &str, body: Option<Vec<u8>>) -> Answer {
        let path = if path.starts_with("/api") { path.to_owned() } else { format!("/api/v1{path}") };
        let answer = person.try_call(method, &path, body);
        self.broken.extend(contract::faults(method, &path, &answer));
        if let Some(route) = contract::route_of(&path) {
            self.seen.entry(format!("{method} {route}")).or_default().insert(answer.status);
        }
        answer
    }

    fn json(&mut self, person: &Person<'_>, call: &SoundCall, body: Option<&Value>) -> Answer {
        self.send(person, call.method, &call.path, body.map(|body| body.to_string().into_bytes()))
    }
}

fn bytes(body: &Value) -> Option<Vec<u8>> {
    Some(body.to_string().into_bytes())
}

/// Returns the same path with ids that no record has.
fn nowhere(route: &str) -> String {
    let mut parts = route.split('{');
    let start = parts.next().unwrap().to_owned();
    parts.fold(start, |filled, part| {
        let (name, rest) = part.split_once('}').unwrap();
        filled + if name == "code" || name == "key" { "ZZ" } else { SOME_ID } + rest
    })
}

/// Makes the calls that are refused before anything else is checked.
fn refusals(log: &mut Log, world: &World, call: &SoundCall) {
    let (admin, stranger, nobody) = (world.admin(), world.stranger(), world.nobody());
    let body = call.body.as_ref();
    log.json(&nobody, call, body);
    log.json(&stranger, call, body);
    log.json(&admin.with("if-match", "\"000000000000000000000000\""), call, body);
    log.json(&admin.with("if-match", "no tag"), call, body);
    log.json(&admin.with("idempotency-key", &"k".repeat(201)), call, body);
    let mark = if call.path.contains('?') { '&' } else { '?' };
    log.send(&admin, call.method, &format!("{}{mark}no_such=1", call.path), body.and_then(bytes));
    if call.route.contains('{') {
        log.send(&admin, call.method, &nowhere(call.route), body.and_then(bytes));
    }
    if body.is_some() {
        log.json(&admin, call, Some(&json!({"no_such_field": 1})));
        log.send(&admin, call.method, &call.path, Some(b"{".to_vec()));
        log.send(&admin.with("content-type", "text/html"), call.method, &call.path, body.and_then(bytes));
    }
}

/// Requests every format of a document, and an answer that the caller already has.
fn variants(log: &mut Log, world: &World, call: &SoundCall) {
    let (document, admin) = (document(), world.admin());
    let operation = &document["paths"][call.route]["get"];
    let format = operation["parameters"].as_array().into_iter().flatten().find(|one| one["name"] == "format");
    for format in
        format.and_then(|one| one["schema"]["enum"].as_array()).into_iter().flatten().filter_map(Value::as_str)
    {
        let mark = if call.path.contains('?') { '&' } else { '?' };
        let answer = log.send(&admin, "GET", &format!("{}{mark}format={format}", call.path), None);
        assert_eq!(answer.status, 200, "{} as {format}: {}", call.route, answer.text);
    }
    if let Some(etag) = log.json(&admin, call, None).header("etag") {
        let known = log.json(&admin.with("if-none-match", etag), call, None);
        assert_eq!(known.status, 304, "{}", call.route);
    }
}

/// Makes the calls of people who are not signed in, and those that take files.
fn others(log: &mut Log, world: &World) {
    for (method, body) in [("GET", None), ("PUT", bytes(&json!({})))] {
        log.send(&world.admin(), method, "/templates/other/wording?lang=es", body).expect(404);
    }
    let (admin, nobody) = (world.admin(), world.nobody());
    let person = json!({"email": "nueva@example.org", "name": "Nueva", "password": "una frase larga y propia"});
    admin.post("/users", person).expect(201);
    let sign_in = json!({"email": "nueva@example.org", "password": "una frase larga y propia"});
    let tokens = log.send(&nobody, "POST", "/auth/login", bytes(&sign_in)).expect(200);
    let refresh = json!({"refresh_token": tokens.json["refresh_token"]});
    let tokens = log.send(&nobody, "POST", "/auth/refresh", bytes(&refresh)).expect(200);
    log.send(&nobody, "POST", "/auth/refresh", bytes(&refresh)).expect(401);
    let refresh = json!({"refresh_token": tokens.json["refresh_token"]});
    log.send(&nobody, "POST", "/auth/logout", bytes(&refresh)).expect(204);
    log.send(&nobody, "POST", "/auth/password-reset", bytes(&json!({"email": "nueva@example.org"}))).expect(202);
    let calls = ["login", "sign-in-link", "refresh", "logout", "password-reset", "password-reset/confirm"];
    for path in calls.map(|call| format!("/auth/{call}")) {
        let path = &path;
        log.send(&nobody, "POST", path, bytes(&json!({}))).expect(422);
        log.send(&nobody, "POST", path, Some(b"{".to_vec())).expect(400);
    }
    let wrong = json!({"email": "nueva@example.org", "password": "otra"});
    (0..8).for_each(|_| drop(log.send(&nobody, "POST", "/auth/login", bytes(&wrong))));
    own_sessions(log, world);
    own_second_factor(log, world);
    own_review(log, world);
    own_acts_of_representatives(log, world);
    let form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"nota.txt\"\r\n\r\nuna nota\r\n--x--\r\n";
    let uploader = admin.with("content-type", "multipart/form-data; boundary=x");
    let file = log.send(&uploader, "POST", "/files", Some(form.into())).expect(201);
    let file = log.send(&admin, "GET", &format!("/files/{}", file.id()), None).expect(200);
    assert_eq!(file.header("content-type"), Some("text/plain; charset=utf-8"));
    log.send(&uploader, "POST", "/files", Some(b"--x--".to_vec()));
    log.send(&admin, "POST", "/files", Some(b"{}".to_vec())).expect(415);
    let other_part = form.replace("name=\"file\"", "name=\"other\"");
    log.send(&uploader, "POST", "/files", Some(other_part.into())).expect(422);
    log.send(&nobody, "POST", "/files", None).expect(401);
    let matrix = "Comisi\u{f3}n;Compromiso;Responsable;Plazo\nCETI;Capacitar;Propia;2024\nCETI;Capacitar;;nunca\n";
    let csv = admin.with("content-type", "text/csv");
    log.send(&csv, "POST", "/imports?country_code=CL&dry_run=true", Some(matrix.into())).expect(200);
    log.send(&csv, "POST", "/imports?country_code=CL", Some(matrix.into())).expect(422);
    log.send(&csv, "POST", "/imports", Some(matrix.into()));
    matrix_of_a_duty(log, world);
}

/// Imports the matrix of a periodic report.
fn matrix_of_a_duty(log: &mut Log, world: &World) {
    let (commission, region) = (world.commission("PE", "CIMP"), world.institution("Región importada"));
    let fields = json!([{"key": "found", "label": "Casos", "kind": "count"}]);
    let body = json!({"commission_ids": [commission], "title": "Informe", "every": "year", "from": "2022", "institution_ids": [region], "fields": fields});
    let csv = world.admin().with("content-type", "text/csv");
    let duty = world.admin().post("/duties", body).expect(201).id();
    let path = format!("/duties/{duty}/matrix/import");
    let rows = |value: &str| Some(format!("Institución;2022\nRegión importada;{value}\n").into_bytes());
    log.send(&csv, "POST", &path, rows("3")).expect(200);
    log.send(&csv, "POST", &path, rows("-3")).expect(422);
    log.send(&csv, "POST", &format!("{path}?no_such=1"), rows("3")).expect(400);
    log.send(&csv, "POST", &format!("/duties/{SOME_ID}/matrix/import"), rows("3")).expect(404);
    log.send(&world.nobody().with("content-type", "text/csv"), "POST", &path, rows("3")).expect(401);
}

/// Ends the caller's own sessions; the table of access has no row where this succeeds.
fn own_sessions(log: &mut Log, world: &World) {
    let person = world.stranger();
    let id = person.get("/me/sessions").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/me/sessions/{id}");
    log.send(&world.nobody(), "DELETE", &path, None).expect(401);
    log.send(&person, "DELETE", &format!("{path}?no_such=1"), None).expect(400);
    log.send(&person, "DELETE", &format!("/me/sessions/{SOME_ID}"), None).expect(404);
    log.send(&person, "DELETE", &path, None).expect(204);
}

/// Confirms a second factor and ends a token; the table of access has no row where these succeed.
fn own_second_factor(log: &mut Log, world: &World) {
    let person = world.admin_with_password();
    let begun = person.post("/me/second-factor", json!({"password": PASSWORD})).expect(201);
    let (path, code) = ("/me/second-factor/confirmation", app_code(world, &begun.json["secret"]));
    log.send(&world.nobody(), "POST", path, bytes(&json!({"code": code}))).expect(401);
    log.send(&person, "POST", path, Some(b"{".to_vec())).expect(400);
    log.send(&person, "POST", path, bytes(&json!({"code": "no es"}))).expect(422);
    log.send(&person, "POST", path, bytes(&json!({"code": code}))).expect(204);
    let token = json!({"name": "Exportación", "scopes": ["read"], "expires_on": "2024-06-30"});
    let path = format!("/me/tokens/{}", person.post("/me/tokens", token).expect(201).id());
    log.send(&world.nobody(), "DELETE", &path, None).expect(401);
    log.send(&person, "DELETE", &format!("{path}?no_such=1"), None).expect(400);
    log.send(&person, "DELETE", &format!("/me/tokens/{SOME_ID}"), None).expect(404);
    log.send(&person, "DELETE", &path, None).expect(204);
}

/// Withdraws a review as its author; the table of access has no row where this succeeds.
fn own_review(log: &mut Log, world: &World) {
    let (commission, institution) = (world.commission("CL", "CREV"), world.institution("Revisada"));
    let keeper = world.secretariat(&commission);
    let body =
        json!({"commission_ids": [commission], "text": "Capacitar", "assignments": [{"institution_id": institution}]});
    let made = keeper.post("/commitments", body).expect(201);
    let part = made.json["assignments"][0]["id"].as_str().unwrap();
    let done = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Hecho", "evidence": [{"title": "Acta"}]});
    let reporter = world.representative(&institution);
    let update =
        reporter.post(&format!("/commitments/{}/assignments/{part}/updates", made.id()), done).expect(201).id();
    let path = format!("/updates/{update}/review");
    keeper.put(&path, json!({"outcome": "accepted"})).expect(200);
    log.send(&world.nobody(), "DELETE", &path, None).expect(401);
    log.send(&keeper, "DELETE", &format!("{path}?no_such=1"), None).expect(400);
    log.send(&keeper, "DELETE", &format!("/updates/{SOME_ID}/review"), None).expect(404);
    log.send(&keeper.with("if-match", "\"other\""), "DELETE", &path, None).expect(412);
    log.send(&keeper, "DELETE", &path, None).expect(204);
}

/// Replies to a convocation and proposes an item; the table of access has no row where an admin does.
fn own_acts_of_representatives(log: &mut Log, world: &World) {
    let (commission, institution) = (world.commission("CL", "CREP"), world.institution("Convocada"));
    world.member(&commission, &institution, "member");
    let (keeper, reader) = (world.secretariat(&commission), world.representative(&institution));
    let session = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-10-04T14:00:00Z"});
    let path = format!("/meetings/{}", keeper.post("/meetings", session).expect(201).id());
    keeper.call("POST", &format!("{path}/convocation"), None).expect(200);
    let calls = [
        ("PUT", format!("{path}/replies/{institution}"), json!({"reply": "attends"}), 200),
        ("POST", format!("{path}/agenda/proposals"), json!({"title": "Presupuesto", "reason": "Falta"}), 201),
    ];
    for (method, path, body, made) in calls {
        let nowhere = path.replace(path.split('/').nth(2).unwrap(), SOME_ID);
        log.send(&world.nobody(), method, &path, bytes(&body)).expect(401);
        log.send(&reader, method, &format!("{path}?no_such=1"), bytes(&body)).expect(400);
        log.send(&reader, method, &path, bytes(&json!({"no_such_field": 1}))).expect(422);
        log.send(&reader, method, &nowhere, bytes(&body)).expect(404);
        let stale = log.send(&reader.with("if-match", "\"other\""), method, &path, bytes(&body));
        assert!([412, 200, 201].contains(&stale.status), "{}", stale.text);
        log.send(&reader, method, &path, bytes(&body)).expect(made);
    }
}

/// Returns the statuses that every operation of its sort must have been seen with.
fn unseen(log: &Log) -> Vec<String> {
    let (document, mut unseen) = (document(), Vec::new());
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{} {path}", method.to_uppercase());
            let seen = log.seen.get(&name).cloned().unwrap_or_default();
            let described = |status: &str| !operation["responses"][status].is_null();
            let mut wanted: Vec<u16> =
                vec![400, 422, 304].into_iter().filter(|one| described(&one.to_string())).collect();
            if described("401") && operation["security"].is_null() {
                wanted.push(401);
            }
            if path.contains('{') {
                wanted.push(404);
            }
            if operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == "If-Match")) {
                wanted.push(412);
            }
            // Their tokens come by mail; the tests of signing in have them.
            let by_mail = name.ends_with("/confirm") || name.ends_with("/sign-in-link");
            if !seen.iter().any(|status| (200..300).contains(status)) && !by_mail {
                unseen.push(format!("{name}: no good answer, {seen:?}"));
            }
            unseen.extend(
                wanted.iter().filter(|one| !seen.contains(one)).map(|one| format!("{name}: never {one}, {seen:?}")),
            );
        }
    }
    unseen
}

on_both! {
    fn every_operation_answers_as_it_is_described(world) {
        let mut log = Log::default();
        for call in sound_calls(world) {
            refusals(&mut log, world, &call);
            if call.method == "GET" {
                variants(&mut log, world, &call);
            }
            log.json(&world.admin_with_password(), &call, call.body.as_ref());
            log.json(&world.admin_with_password(), &call, call.body.as_ref());
        }
        others(&mut log, world);
        let broken: Vec<_> = log.broken.iter().cloned().collect();
        assert!(broken.is_empty(), "{} answers are otherwise:\n{}", broken.len(), broken.join("\n"));
        let unseen = unseen(&log);
        assert!(unseen.is_empty(), "not seen:\n{}", unseen.join("\n"));
    }
}
