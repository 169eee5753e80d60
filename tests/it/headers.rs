//! Checks `If-Match`, `If-None-Match` and `Idempotency-Key` on every call whose description lists them.

use std::collections::BTreeSet;

use articula::db::schema::{audit_log, idempotency_keys};
use articula::mail::Mailer;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::access_matrix::{SoundCall, sound_calls};
use crate::on_both;
use crate::schemas::document;
use crate::support::{Answer, Person, World};

/// Calls that take files, and calls that an admin may not make; they have tests of their own.
const OTHERS: [&str; 5] = [
    "POST /api/v1/files",
    "POST /api/v1/imports",
    "POST /api/v1/meetings/{id}/agenda/proposals",
    "PUT /api/v1/meetings/{id}/replies/{institution_id}",
    "DELETE /api/v1/updates/{id}/review",
];

fn name(call: &SoundCall) -> String {
    format!("{} {}", call.method, call.route)
}

/// Returns the calls whose description lists this header.
fn taking(header: &str) -> BTreeSet<String> {
    let document = document();
    let paths = document["paths"].as_object().unwrap().iter();
    let calls = paths.flat_map(|(path, item)| {
        ["post", "put", "patch", "delete"].map(|method| (format!("{} {path}", method.to_uppercase()), &item[method]))
    });
    let takes = |operation: &Value| {
        operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == header))
    };
    calls.filter(|(_, operation)| takes(operation)).map(|(name, _)| name).collect()
}

/// Returns a valid call for each route that takes the header, and fails when one is missing.
fn calls_with(world: &World, header: &str) -> Vec<SoundCall> {
    let mut wanted = taking(header);
    wanted.retain(|name| !OTHERS.contains(&name.as_str()));
    let calls: Vec<_> = sound_calls(world).into_iter().filter(|call| wanted.contains(&name(call))).collect();
    let tried: BTreeSet<_> = calls.iter().map(name).collect();
    let missing: Vec<_> = wanted.difference(&tried).collect();
    assert!(missing.is_empty() && calls.len() > 10, "not tried: {missing:?}");
    calls
}

fn send(person: &Person<'_>, call: &SoundCall, body: Option<&Value>) -> Answer {
    person.call(call.method, &call.path, body.map(|body| body.to_string().into_bytes()))
}

/// Returns the resource whose tag a call is compared with: its own path, or for an action the path without its last
/// segment.
fn tagged<'c>(document: &Value, call: &'c SoundCall) -> &'c str {
    let path = call.path.split('?').next().unwrap();
    if call.method == "PUT" && document["paths"][call.route]["get"].is_object() {
        return &call.path;
    }
    // A session is convened by the tag of the session; its convocation can be read too, but has no tag.
    let is_own = document["paths"][call.route]["get"].is_object() && !call.route.ends_with("/convocation");
    if is_own { path } else { path.rsplit_once('/').unwrap().0 }
}

/// Returns the number of changes in the audit log, and the resource as it is.
fn state(world: &World, person: &Person<'_>, resource: &str) -> (i64, String) {
    // Reads and sign-ins are entries too, which are written later.
    let no_changes = ["read", "exported", "file_fetched", "signed_in", "sign_in_refused"];
    let changes = audit_log::table.filter(audit_log::action.ne_all(no_changes)).count();
    let changes = world.state.db.read(|conn| Ok(changes.get_result(conn)?)).unwrap();
    (changes, person.get(resource).text)
}

on_both! {
    fn a_write_goes_through_only_while_its_conditions_hold(world) {
        let (admin, document) = (world.admin(), document());
        let mut broken = Vec::new();
        for call in calls_with(world, "If-Match") {
            let resource = tagged(document, &call);
            if admin.get(resource).status == 404 {
                send(&admin, &call, call.body.as_ref()); // it does not exist before it is written, as minutes
            }
            let Some(etag) = admin.get(resource).header("etag").map(str::to_owned) else {
                broken.push(format!("{}: {resource} has no ETag", name(&call)));
                continue;
            };
            let before = state(world, &admin, resource);
            let stale = "\"000000000000000000000000\"";
            let listed = format!("{stale}, {etag}");
            let refused = [
                ("if-match", stale.to_owned()),
                ("if-match", format!("W/{etag}")),
                ("if-none-match", "*".to_owned()),
                ("if-none-match", etag.clone()),
                ("if-none-match", format!("W/{etag}")),
                ("if-none-match", listed.clone()),
            ];
            for (header, value) in refused {
                let answer = send(&admin.with(header, &value), &call, call.body.as_ref());
                if (answer.status, answer.code()) != (412, "precondition_failed") {
                    broken.push(format!("{}, {header}: {value}: {} {}", name(&call), answer.status, answer.text));
                }
            }
            for header in ["if-match", "if-none-match"] {
                let answer = send(&admin.with(header, "no tag"), &call, call.body.as_ref());
                if (answer.status, answer.code()) != (400, "invalid_header") {
                    broken.push(format!("{}, malformed {header}: {} {}", name(&call), answer.status, answer.text));
                }
            }
            if state(world, &admin, resource) != before {
                broken.push(format!("{}: a refused call has changed something", name(&call)));
            }
            let fresh = admin.with("if-match", &listed).with("if-none-match", stale);
            let answer = send(&fresh, &call, call.body.as_ref());
            if answer.status >= 300 {
                broken.push(format!("{}, fresh: {} {}", name(&call), answer.status, answer.text));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

on_both! {
    fn no_write_at_all_ignores_its_conditions(world) {
        let admin = world.admin_with_password();
        let conditional = taking("If-Match");
        let mut broken = Vec::new();
        for call in sound_calls(world) {
            if call.method == "GET" || call.route.contains("/auth/") || conditional.contains(&name(&call)) {
                continue;
            }
            let before = state(world, &admin, "/me").0;
            for (header, value) in [("if-none-match", "*"), ("if-match", "\"000000000000000000000000\"")] {
                let answer = send(&admin.with(header, value), &call, call.body.as_ref());
                if answer.status != 412 {
                    broken.push(format!("{}, {header}: {} {}", name(&call), answer.status, answer.text));
                }
            }
            if state(world, &admin, "/me").0 != before {
                broken.push(format!("{}: a refused call has changed something", name(&call)));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

on_both! {
    fn what_the_caller_has_already_is_not_sent_again(world) {
        let admin = world.admin();
        let (document, mut tried, mut broken) = (document(), 0, Vec::new());
        for call in sound_calls(world).iter().filter(|call| call.method == "GET") {
            let described = document["paths"][call.route]["get"]["responses"].get("304").is_some();
            let shown = admin.get(&call.path);
            let etag = shown.header("etag").map(str::to_owned);
            if described != etag.is_some() {
                broken.push(format!("{}: 304 described {described}, ETag {etag:?}", call.route));
            }
            let Some(etag) = etag else { continue };
            tried += 1;
            for known in [etag.clone(), format!("W/{etag}"), "*".to_owned(), format!("\"other\", {etag}")] {
                for method in ["GET", "HEAD"] {
                    let answer = admin.with("if-none-match", &known).call(method, &call.path, None);
                    if (answer.status, answer.header("etag")) != (304, Some(etag.as_str())) || !answer.bytes.is_empty() {
                        broken.push(format!("{method} {}, {known}: {}", call.route, answer.status));
                    }
                }
            }
            let other = admin.with("if-none-match", "\"other\"").get(&call.path);
            let malformed = admin.with("if-none-match", "other").get(&call.path);
            if (other.status, malformed.status, malformed.code()) != (200, 400, "invalid_header") {
                broken.push(format!("{}: {} for another tag, {} for none", call.route, other.status, malformed.status));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        assert!(tried >= 20, "only {tried} resources have a tag");
    }
}

on_both! {
    fn minutes_that_do_not_exist_yet_are_written_once(world) {
        let admin = world.admin();
        let meetings = sound_calls(world).into_iter().find(|call| call.route == "/api/v1/meetings/{id}" && call.method == "GET");
        let path = format!("{}/minutes", meetings.unwrap().path);
        let body = || json!({"body": "Acta"});
        assert_eq!(admin.get(&path).status, 404);
        assert_eq!(admin.with("if-match", "*").put(&path, body()).expect(412).code(), "precondition_failed");
        assert_eq!(admin.get(&path).status, 404);
        admin.with("if-none-match", "*").put(&path, body()).expect(200);
        admin.with("if-none-match", "*").put(&path, json!({"body": "Otra"})).expect(412);
        assert_eq!(admin.get(&path).expect(200).json["body"], "Acta");
        admin.with("if-match", "*").put(&path, json!({"body": "Otra"})).expect(200);
    }
}

on_both! {
    fn what_may_not_be_known_stays_unknown_whatever_the_conditions(world) {
        let stranger = world.stranger();
        let conditional = taking("If-Match");
        let mut broken = Vec::new();
        for call in sound_calls(world).iter().filter(|call| conditional.contains(&name(call))) {
            let plain = send(&stranger, call, call.body.as_ref()).status;
            let stale = send(&stranger.with("if-match", "\"000000000000000000000000\""), call, call.body.as_ref()).status;
            if plain == 404 && stale != 404 {
                broken.push(format!("{}: {stale} with a tag", name(call)));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

/// Returns the body with another text or day in one field.
fn otherwise(body: &Value) -> Value {
    let texts = ["name", "title", "text", "narrative", "reason", "source", "basis", "when_text"];
    let field = texts.into_iter().find(|field| body[*field].is_string());
    let (field, value) = match field {
        Some(field) => (field, json!("Otra cosa")),
        None if body["period_to"].is_string() => ("period_to", json!("2023-11-30")),
        None if body["role"] == "observer" => ("role", json!("secretariat")),
        None if body["role"].is_string() => ("role", json!("observer")),
        None if body["institution_id"].is_string() => ("due", json!("2024-01")),
        None => ("since", json!("2020")),
    };
    let mut body = body.clone();
    body[field] = value;
    body
}

on_both! {
    fn a_repeated_post_makes_nothing_twice(world) {
        let admin = world.admin();
        let mut broken = Vec::new();
        for call in calls_with(world, "Idempotency-Key") {
            let keyed = admin.with("idempotency-key", &name(&call));
            let first = send(&keyed, &call, call.body.as_ref());
            let again = send(&keyed, &call, call.body.as_ref());
            let told = |answer: &Answer| (answer.status, answer.text.clone(), answer.header("location").map(str::to_owned));
            if first.status != 201 || told(&first) != told(&again) {
                broken.push(format!("{}: {} {}\n  then {} {}", name(&call), first.status, first.text, again.status, again.text));
            }
            let other = send(&keyed, &call, call.body.as_ref().map(otherwise).as_ref());
            if (other.status, other.code()) != (422, "idempotency_key_reused") {
                broken.push(format!("{}, another body: {} {}", name(&call), other.status, other.text));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

on_both! {
    fn the_answer_to_a_repeated_post_is_kept_for_a_day(world) {
        let admin = world.admin();
        let kept = || {
            let kept = idempotency_keys::table.count();
            world.state.db.read(|conn| Ok(kept.get_result::<i64>(conn)?)).unwrap()
        };
        let make = |key: &str| {
            let body = json!({"name": format!("Ministerio {key}"), "sector": "government"});
            admin.with("idempotency-key", key).post("/institutions", body).expect(201);
        };
        let work = || {
            let (mailer, _) = Mailer::memory().unwrap();
            articula::worker::run_jobs_once(&world.state, &mailer).unwrap();
        };
        make("a");
        world.clock.set(world.clock.now().plus(TimeDelta::hours(23)));
        make("b");
        work();
        assert_eq!(kept(), 2);
        world.clock.set(world.clock.now().plus(TimeDelta::hours(2)));
        work();
        assert_eq!(kept(), 1);
    }
}
