//! The second factor of a sign-in over the API: activation, codes, recovery codes, roles that need one, its end.

use articula::config::Config;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, Kind, PASSWORD, Person, World, app_code};

const ANA: &str = "ana@example.org";
const OTHER: &str = "otra frase larga";

fn sign_in(world: &World, code: Option<&str>) -> Answer {
    let mut body = json!({"email": ANA, "password": PASSWORD});
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    world.nobody().post("/auth/login", body)
}

/// Returns the person with the access token of an answer.
fn bearer<'w>(world: &'w World, answer: &Answer) -> Person<'w> {
    world.nobody().with("authorization", &format!("Bearer {}", answer.json["access_token"].as_str().unwrap()))
}

fn begin(person: &Person<'_>) -> Value {
    person.post("/me/second-factor", json!({"password": PASSWORD})).expect(201).json
}

fn confirm(person: &Person<'_>, code: &str) -> Answer {
    person.post("/me/second-factor/confirmation", json!({"code": code}))
}

fn end(person: &Person<'_>, password: &str, code: &str) -> Answer {
    let body = json!({"password": password, "code": code}).to_string().into_bytes();
    person.call("DELETE", "/me/second-factor", Some(body))
}

/// Makes a person with a second factor, which was confirmed at noon; returns the session and what was shown once.
fn with_second_factor(world: &World) -> (Person<'_>, Value) {
    let person = Person::signed_in(world, world.somebody(ANA), ANA.to_owned());
    let begun = begin(&person);
    confirm(&person, &app_code(world, &begun["secret"])).expect(204);
    (person, begun)
}

fn recovery_code(begun: &Value, n: usize) -> &str {
    begun["recovery_codes"][n].as_str().unwrap()
}

fn mails(world: &World) -> Vec<(String, String)> {
    world.notices().into_iter().map(|mail| (mail.kind, mail.subject)).collect()
}

on_both! {
    fn a_second_factor_is_begun_with_the_password_and_active_after_a_code(world) {
        world.somebody(ANA);
        let person = bearer(world, &sign_in(world, None).expect(200));
        let none = json!({"active": false, "recovery_codes_left": null, "required": false});
        assert_eq!(person.get("/me/second-factor").expect(200).json, none);
        let wrong = person.post("/me/second-factor", json!({"password": OTHER})).expect(422);
        assert_eq!(wrong.faults(), [("/password".to_owned(), "wrong_password".to_owned())]);
        confirm(&person, "123456").expect(404);
        let (first, begun) = (begin(&person), begin(&person));
        assert_eq!(begun["recovery_codes"].as_array().unwrap().len(), 10);
        let url = begun["otpauth_url"].as_str().unwrap();
        assert!(url.starts_with("otpauth://totp/Articula") && url.contains("ana%40example.org"), "{url}");
        let elsewhere = bearer(world, &sign_in(world, None).expect(200));
        let refused = confirm(&person, &app_code(world, &first["secret"])).expect(422);
        assert_eq!(refused.faults(), [("/code".to_owned(), "wrong_code".to_owned())], "an earlier secret has ended");
        confirm(&person, &app_code(world, &begun["secret"])).expect(204);
        elsewhere.get("/me").expect(401);
        let active = json!({"active": true, "recovery_codes_left": 10, "required": false});
        assert_eq!(person.get("/me/second-factor").expect(200).json, active);
        assert_eq!(person.post("/me/second-factor", json!({"password": PASSWORD})).expect(409).code(), "second_factor_active");
        assert_eq!(confirm(&person, "123456").expect(409).code(), "second_factor_active");
        assert_eq!(mails(world), [("second_factor_changed".to_owned(), "Segundo factor activado".to_owned())]);
    }
}

on_both! {
    fn a_sign_in_needs_a_code_that_was_not_used_before(world) {
        let (_, begun) = with_second_factor(world);
        assert_eq!(sign_in(world, None).expect(401).code(), "second_factor_required");
        assert_eq!(sign_in(world, Some(" ")).expect(401).code(), "second_factor_required");
        let confirmed = app_code(world, &begun["secret"]);
        assert_eq!(sign_in(world, Some(&confirmed)).expect(401).code(), "second_factor_invalid", "it confirmed the factor");
        world.at("2023-09-01T12:00:30Z");
        let code = app_code(world, &begun["secret"]);
        sign_in(world, Some(&code)).expect(200);
        assert_eq!(sign_in(world, Some(&code)).expect(401).code(), "second_factor_invalid", "a code works once");
        world.at("2023-09-01T12:01:30Z");
        let late = app_code(world, &begun["secret"]);
        world.at("2023-09-01T12:02:00Z");
        sign_in(world, Some(&format!(" {} {} ", &late[..3], &late[3..]))).expect(200);
        world.at("2023-09-01T12:10:00Z");
        let old = app_code(world, &begun["secret"]);
        world.at("2023-09-01T12:11:00Z");
        assert_eq!(sign_in(world, Some(&old)).expect(401).code(), "second_factor_invalid", "a minute is too late");
        let wrong = json!({"email": ANA, "password": OTHER, "code": app_code(world, &begun["secret"])});
        assert_eq!(world.nobody().post("/auth/login", wrong).expect(401).code(), "invalid_credentials");
    }
}

on_both! {
    fn a_recovery_code_works_once_and_is_recorded(world) {
        let (person, begun) = with_second_factor(world);
        let typed = recovery_code(&begun, 3).to_lowercase().replace('-', " ");
        sign_in(world, Some(&typed)).expect(200);
        assert_eq!(sign_in(world, Some(recovery_code(&begun, 3))).expect(401).code(), "second_factor_invalid");
        sign_in(world, Some(recovery_code(&begun, 4))).expect(200);
        assert_eq!(person.get("/me/second-factor").expect(200).json["recovery_codes_left"], 8);
        let log = world.admin().get("/audit-log?kind=second_factor").expect(200);
        let actions: Vec<_> = log.items().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["recovery_code_used", "recovery_code_used", "activated", "begun"]);
        let id = person.get("/me").expect(200).id();
        assert!(log.items().iter().all(|entry| entry["user_id"] == id && entry["record_id"] == id), "{}", log.text);
        for secret in [begun["secret"].as_str().unwrap(), recovery_code(&begun, 3)] {
            assert!(!log.text.contains(secret));
        }
    }
}

on_both! {
    fn wrong_codes_are_throttled_as_wrong_passwords_are(world) {
        let (person, begun) = with_second_factor(world);
        for _ in 0..5 {
            assert_eq!(sign_in(world, Some("000000")).expect(401).code(), "second_factor_invalid");
        }
        let throttled = sign_in(world, Some(recovery_code(&begun, 0))).expect(429);
        assert_eq!((throttled.code(), throttled.header("retry-after")), ("too_many_attempts", Some("180")));
        assert!(world.token_of_mail("sign_in_link").is_some());
        world.at("2023-09-01T12:30:00Z");
        for _ in 0..12 {
            assert_eq!(sign_in(world, None).expect(401).code(), "second_factor_required", "no guess, so no failure");
        }
        sign_in(world, Some(recovery_code(&begun, 0))).expect(200);
        for _ in 0..5 {
            end(&person, PASSWORD, "000000").expect(422);
        }
        assert_eq!(end(&person, PASSWORD, recovery_code(&begun, 1)).expect(429).code(), "too_many_attempts");
        sign_in(world, Some(recovery_code(&begun, 1))).expect(200);
        world.at("2023-09-01T12:33:00Z");
        end(&person, PASSWORD, recovery_code(&begun, 2)).expect(204);
    }
}

on_both! {
    fn guesses_at_the_same_moment_are_all_counted(world) {
        let (_, begun) = with_second_factor(world);
        let code = recovery_code(&begun, 0);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| sign_in(world, Some(code)).status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    }
}

on_both! {
    fn a_link_of_a_mail_is_no_second_factor_and_stays_unused_without_the_code(world) {
        let (_, begun) = with_second_factor(world);
        for _ in 0..6 {
            sign_in(world, Some("000000"));
        }
        let token = world.token_of_mail("sign_in_link").unwrap();
        let by_link = |body: Value| world.nobody().post("/auth/sign-in-link", body);
        assert_eq!(by_link(json!({"token": token})).expect(401).code(), "second_factor_required");
        assert_eq!(by_link(json!({"token": token, "code": "000000"})).expect(401).code(), "second_factor_invalid");
        by_link(json!({"token": token, "code": recovery_code(&begun, 0)})).expect(200);
        assert_eq!(by_link(json!({"token": token, "code": recovery_code(&begun, 1)})).expect(401).code(), "invalid_token");
        sign_in(world, Some(recovery_code(&begun, 1))).expect(200);
    }
}

on_both! {
    fn a_new_password_keeps_the_second_factor(world) {
        let (_, begun) = with_second_factor(world);
        world.nobody().post("/auth/password-reset", json!({"email": ANA})).expect(202);
        let token = world.token_of_mail("password_reset").unwrap();
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": OTHER})).expect(204);
        let mut body = json!({"email": ANA, "password": OTHER});
        assert_eq!(world.nobody().post("/auth/login", body.clone()).expect(401).code(), "second_factor_required");
        body["code"] = json!(recovery_code(&begun, 0));
        world.nobody().post("/auth/login", body).expect(200);
    }
}

on_both! {
    fn its_owner_ends_it_with_the_password_and_a_code(world) {
        let (person, begun) = with_second_factor(world);
        world.at("2023-09-01T12:01:00Z");
        let code = app_code(world, &begun["secret"]);
        assert_eq!(end(&person, OTHER, &code).expect(422).faults()[0].0, "/password");
        assert_eq!(end(&person, PASSWORD, "000000").expect(422).faults()[0].0, "/code");
        let body = json!({"password": PASSWORD}).to_string().into_bytes();
        person.call("DELETE", "/me/second-factor", Some(body.clone())).expect(422);
        end(&person, PASSWORD, &code).expect(204);
        sign_in(world, None).expect(200);
        assert_eq!(mails(world).last().unwrap().1, "Segundo factor desactivado");
        begin(&person);
        person.call("DELETE", "/me/second-factor", Some(body.clone())).expect(204);
        person.call("DELETE", "/me/second-factor", Some(body)).expect(204);
        assert!(mails(world).is_empty(), "one that was not confirmed was never asked for");
    }
}

on_both! {
    fn an_admin_ends_that_of_somebody_else_who_is_signed_out(world) {
        let (person, _) = with_second_factor(world);
        let (id, admin) = (person.get("/me").expect(200).id(), world.admin());
        world.commission("CL", "CETI");
        let path = format!("/users/{id}/second-factor");
        world.coordinator("CL").delete(&path).expect(404);
        person.delete(&path).expect(404);
        mails(world);
        admin.delete(&path).expect(204);
        assert_eq!(mails(world), [("second_factor_changed".to_owned(), "Segundo factor desactivado".to_owned())]);
        person.get("/me").expect(401);
        let again = bearer(world, &sign_in(world, None).expect(200));
        admin.delete(&path).expect(204);
        again.get("/me").expect(200);
        let log = admin.get("/audit-log?kind=second_factor&action=ended").expect(200);
        assert_eq!(log.items().len(), 1);
        assert_eq!((&log.items()[0]["user_id"], &log.items()[0]["record_id"]), (&json!(admin.id), &json!(id)));
        let own = admin.delete(&format!("/users/{}/second-factor", admin.id.unwrap())).expect(403);
        assert!(own.json["detail"].as_str().unwrap().contains("«Mi cuenta»"), "{}", own.text);
    }
}

fn roles_that_need_one_reach_nothing_else_until_they_have_it(kind: Kind) {
    let roles = vec!["coordinator".to_owned(), "secretariat".to_owned()];
    let world = &World::with(kind, |config| Config { second_factor_roles: roles, ..config });
    let commission = world.commission("CL", "CETI");
    let (keeper, observer) = (world.secretariat(&commission), world.observer(&commission));
    world.give_password(&keeper);
    observer.get("/commissions").expect(200);
    assert_eq!(observer.get("/me/second-factor").expect(200).json["required"], false);
    for path in ["/me", "/commissions", "/me/sessions", "/me/tokens"] {
        let refused = keeper.get(path).expect(403);
        assert_eq!(refused.code(), "second_factor_required", "{path}");
        assert!(refused.json["detail"].as_str().unwrap().contains("Su rol"), "{}", refused.text);
    }
    keeper.patch("/me", json!({"name": "Otra"})).expect(403);
    let calendar =
        observer.call("POST", "/me/calendar-token", None).expect(201).json["token"].as_str().unwrap().to_owned();
    let calendar = || world.nobody().get(&format!("/calendar/{calendar}.ics"));
    calendar().expect(200);
    let grant = json!({"role": "secretariat", "commission_id": commission});
    world.admin().post(&format!("/users/{}/grants", observer.id.unwrap()), grant).expect(201);
    calendar().expect(404);
    assert_eq!(keeper.get("/me/second-factor").expect(200).json["required"], true);
    let begun = begin(&keeper);
    keeper.get("/me").expect(403);
    confirm(&keeper, &app_code(world, &begun["secret"])).expect(204);
    keeper.get("/me").expect(200);
    let code = recovery_code(&begun, 0);
    end(&keeper, PASSWORD, code).expect(204);
    keeper.get("/me").expect(403);
}

#[test]
fn roles_that_need_one_reach_nothing_else_until_they_have_it_sqlite() {
    roles_that_need_one_reach_nothing_else_until_they_have_it(Kind::Sqlite);
}

#[test]
fn roles_that_need_one_reach_nothing_else_until_they_have_it_postgres() {
    if let Some(kind) = Kind::postgres() {
        roles_that_need_one_reach_nothing_else_until_they_have_it(kind);
    }
}

on_both! {
    fn a_password_that_everybody_guesses_is_refused_with_a_sentence(world) {
        world.somebody(ANA);
        let person = bearer(world, &sign_in(world, None).expect(200));
        let change = |password: &str| person.patch("/me", json!({"password": password, "current_password": PASSWORD}));
        for easy in ["123456789012", "qwertyuiop12", "password1234", "contraseña12"] {
            let refused = change(easy).expect(422);
            assert_eq!(refused.faults(), [("/password".to_owned(), "easy_password".to_owned())], "{easy}");
            assert!(refused.text.contains("demasiado fácil de adivinar"), "{}", refused.text);
        }
        change(OTHER).expect(200);
        assert_eq!(mails(world), [("password_changed".to_owned(), "Cambió su contraseña".to_owned())]);
        assert!(world.admin().post("/users", json!({"email": "eva@example.org", "name": "Eva", "password": "123456789012"})).expect(422).text.contains("easy_password"));
    }
}
