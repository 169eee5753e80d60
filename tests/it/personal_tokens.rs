//! Tokens for programs: what they reach, and when they end.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, PASSWORD, Person, World};

fn make(person: &Person<'_>, scopes: Value, expires_on: &str) -> Answer {
    person.post("/me/tokens", json!({"name": "Exportación nocturna", "scopes": scopes, "expires_on": expires_on}))
}

/// Returns a program that has the token of an answer.
fn program<'w>(world: &'w World, made: &Answer) -> Person<'w> {
    world.nobody().with("authorization", &format!("Bearer {}", made.json["token"].as_str().unwrap()))
}

on_both! {
    fn a_token_reads_what_its_owner_reads_and_is_shown_once(world) {
        let commission = world.commission("CL", "CETI");
        let keeper = world.secretariat(&commission);
        let made = make(&keeper, json!(["read"]), "2023-10-01").expect(201);
        let secret = made.json["token"].as_str().unwrap();
        assert!(secret.starts_with("articula_") && secret.len() > 40, "{secret}");
        let listed = keeper.get("/me/tokens").expect(200);
        assert_eq!(listed.items().len(), 1);
        assert_eq!((&listed.items()[0]["id"], &listed.items()[0]["last_used_at"]), (&json!(made.id()), &json!(null)));
        assert!(!listed.text.contains(secret));
        let program = program(world, &made);
        assert_eq!(program.get("/commissions").expect(200).items().len(), 1);
        program.get("/me").expect(200);
        assert_eq!(program.patch(&format!("/commissions/{commission}"), json!({"function": "X"})).expect(403).code(), "token_scope");
        let log = world.admin().get("/audit-log?kind=personal_token").expect(200);
        assert_eq!(log.items()[0]["action"], "created");
        assert!(!log.text.contains(secret));
        assert_eq!(world.notices().into_iter().map(|mail| mail.kind).collect::<Vec<_>>(), ["token_made"]);
        assert_eq!(keeper.get("/me/sessions").expect(200).items().len(), 1, "a token is no sign-in");
        world.nobody().with("authorization", "Bearer articula_no-such-token").get("/me").expect(401);
    }
}

on_both! {
    fn a_token_that_writes_changes_no_account_and_no_person_and_approves_nothing(world) {
        let commission = world.commission("CL", "CETI");
        let admin = world.admin();
        let program = program(world, &make(&admin, json!(["read", "write"]), "2023-10-01").expect(201));
        let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "held": "2023-08"});
        let meeting = program.post("/meetings", body).expect(201).id();
        for (method, path, body) in [
            ("PATCH", "/me".to_owned(), json!({"name": "Otra"})),
            ("PATCH", "/api/v1/%6de".to_owned(), json!({"name": "Otra"})),
            ("POST", "/me/tokens".to_owned(), json!({"name": "X", "scopes": ["read"], "expires_on": "2023-10-01"})),
            ("POST", "/users".to_owned(), json!({"email": "eva@example.org", "name": "Eva"})),
            ("POST", format!("/meetings/{meeting}/minutes/approval"), json!({})),
            ("POST", format!("/meetings/{meeting}/minutes/rectifications"), json!({"text": "Dice 2, debe decir 3."})),
            ("POST", "/activities/validation".to_owned(), json!({})),
            ("POST", "/imports".to_owned(), json!({})),
        ] {
            let refused = program.call(method, &path, Some(body.to_string().into_bytes())).expect(403);
            assert_eq!(refused.code(), "token_scope", "{path}");
        }
    }
}

on_both! {
    fn a_token_ends_on_its_last_day_by_its_owner_and_with_every_session(world) {
        let id = world.somebody("ana@example.org");
        let sign_in = || {
            let body = json!({"email": "ana@example.org", "password": PASSWORD});
            let answer = world.nobody().post("/auth/login", body).expect(200);
            world.nobody().with("authorization", &format!("Bearer {}", answer.json["access_token"].as_str().unwrap()))
        };
        let ana = sign_in();
        let (short, long) = (make(&ana, json!(["read"]), "2023-09-01").expect(201), make(&ana, json!(["read"]), "2024-09-01").expect(201));
        world.at("2023-09-01T23:59:59Z");
        program(world, &short).get("/me").expect(200);
        world.at("2023-09-02T00:00:00Z");
        program(world, &short).get("/me").expect(401);
        program(world, &long).get("/me").expect(200);
        world.at("2023-12-15T12:00:00Z");
        program(world, &long).get("/me").expect(200);
        let ana = sign_in();
        let other = make(&ana, json!(["read"]), "2024-09-01").expect(201);
        world.stranger().delete(&format!("/me/tokens/{}", long.id())).expect(404);
        ana.delete(&format!("/me/tokens/{}", long.id())).expect(204);
        ana.delete(&format!("/me/tokens/{}", long.id())).expect(404);
        program(world, &long).get("/me").expect(401);
        program(world, &other).get("/me").expect(200);
        world.admin().patch(&format!("/users/{id}"), json!({"password": "otra frase larga"})).expect(200);
        program(world, &other).get("/me").expect(401);
    }
}

on_both! {
    fn a_token_is_made_soon_after_signing_in_and_within_limits(world) {
        let person = world.stranger();
        let faults = |scopes: Value, day: &str| make(&person, scopes, day).expect(422).faults();
        let one = |at: &str, code: &str| vec![(at.to_owned(), code.to_owned())];
        assert_eq!(faults(json!(["write"]), "2023-10-01"), one("/scopes", "needs_read"));
        assert_eq!(faults(json!(["read"]), "2023-08-31"), one("/expires_on", "out_of_range"));
        assert_eq!(faults(json!(["read"]), "2024-09-02"), one("/expires_on", "out_of_range"));
        for _ in 0..20 {
            make(&person, json!(["read"]), "2024-09-01").expect(201);
        }
        assert_eq!(make(&person, json!(["read"]), "2024-09-01").expect(409).code(), "too_many_tokens");
        let other = world.stranger();
        world.at("2023-09-01T12:15:01Z");
        assert_eq!(make(&other, json!(["read"]), "2024-09-01").expect(403).code(), "sign_in_again");
    }
}
