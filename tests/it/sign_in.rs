//! Throttling of failed sign-ins; the owner of an account can always sign in.

use articula::config::Config;
use articula::http::{Limit, Subject};
use chrono::TimeDelta;
use serde_json::json;

use crate::on_both;
use crate::support::{Answer, Browser, Kind, PASSWORD, Person, World};

const ANA: &str = "ana@example.org";

fn try_sign_in(world: &World, email: &str, password: &str) -> Answer {
    world.nobody().post("/auth/login", json!({"email": email, "password": password}))
}

fn fail(world: &World, email: &str, times: usize) {
    for _ in 0..times {
        assert_eq!(try_sign_in(world, email, "otra cosa").expect(401).code(), "invalid_credentials");
    }
}

/// Makes as many failures of this client with other accounts as its limit allows.
fn exhaust_client(world: &World) {
    exhaust(world, "127.0.0.1");
}

fn exhaust(world: &World, client: &str) {
    let limit = Limit { burst: 200, one_more_after: TimeDelta::seconds(20) };
    let client = (Subject::new("client", client), limit, 0);
    while world.state.throttle.take(&[client], world.clock.now()).is_ok() {}
}

on_both! {
    fn failures_run_out_one_by_one_and_a_success_forgets_them(world) {
        world.somebody(ANA);
        fail(world, ANA, 5);
        let throttled = try_sign_in(world, ANA, PASSWORD).expect(429);
        assert_eq!((throttled.code(), throttled.header("retry-after")), ("too_many_attempts", Some("180")));
        world.at("2023-09-01T12:03:00Z");
        fail(world, ANA, 1);
        try_sign_in(world, ANA, PASSWORD).expect(429);
        world.at("2023-09-01T12:06:00Z");
        try_sign_in(world, ANA, PASSWORD).expect(200);
        fail(world, ANA, 5);
        try_sign_in(world, ANA, PASSWORD).expect(429);
    }
}

fn clients_behind_a_trusted_proxy_are_throttled_separately(kind: Kind) {
    let proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let world = World::with(kind, |config| Config { trusted_proxies: proxies, ..config });
    world.somebody(ANA);
    let body = || json!({"email": ANA, "password": PASSWORD});
    exhaust(&world, "203.0.113.9");
    for hops in ["203.0.113.9", "198.51.100.7, 203.0.113.9"] {
        let refused = world.nobody().with("x-forwarded-for", hops).post("/auth/login", body()).expect(429);
        assert_eq!(refused.code(), "too_many_attempts", "{hops}");
    }
    world.nobody().with("x-forwarded-for", "203.0.113.10").post("/auth/login", body()).expect(200);
    exhaust(&world, "127.0.0.1");
    world.nobody().post("/auth/login", body()).expect(200); // the proxy itself has no limit as a client
}

#[test]
fn clients_behind_a_trusted_proxy_are_throttled_separately_sqlite() {
    clients_behind_a_trusted_proxy_are_throttled_separately(Kind::Sqlite);
}

#[test]
fn clients_behind_a_trusted_proxy_are_throttled_separately_postgres() {
    if let Some(kind) = Kind::postgres() {
        clients_behind_a_trusted_proxy_are_throttled_separately(kind);
    }
}

on_both! {
    fn a_link_works_until_another_one_was_used(world) {
        world.somebody(ANA);
        let ask = || {
            world.nobody().post("/auth/password-reset", json!({"email": ANA})).expect(202);
            world.token_of_mail("password_reset").unwrap()
        };
        let (first, second) = (ask(), ask());
        let confirm = |token: &str| {
            world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "otra frase larga"}))
        };
        confirm(&first).expect(204);
        assert_eq!(confirm(&second).expect(401).code(), "invalid_token", "one of them sets a password, once");
    }
}

on_both! {
    fn success_is_never_throttled(world) {
        world.somebody(ANA);
        for _ in 0..12 {
            try_sign_in(world, ANA, PASSWORD).expect(200);
        }
    }
}

on_both! {
    fn a_clock_that_was_ahead_does_not_extend_the_throttling(world) {
        world.somebody(ANA);
        world.at("2024-09-01T12:00:00Z");
        fail(world, ANA, 5);
        world.at("2023-09-01T12:00:00Z");
        assert_eq!(try_sign_in(world, ANA, PASSWORD).expect(429).header("retry-after"), Some("180"));
        assert!(world.token_of_mail("sign_in_link").is_some());
        world.at("2023-09-01T12:03:00Z");
        try_sign_in(world, ANA, PASSWORD).expect(200);
    }
}

on_both! {
    fn guesses_at_the_same_moment_are_all_counted(world) {
        world.somebody(ANA);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..12).map(|_| scope.spawn(|| try_sign_in(world, ANA, "otra cosa").status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 5, "{statuses:?}");
    }
}

on_both! {
    fn a_failed_sign_in_writes_nothing(world) {
        world.somebody(ANA);
        let let_go = world.hold_writers();
        fail(world, ANA, 1);
        fail(world, "nobody@example.org", 1);
        world.nobody().post("/auth/refresh", json!({"refresh_token": "unknown"})).expect(401);
        world.nobody().post("/auth/logout", json!({"refresh_token": "unknown"})).expect(204);
        world.nobody().post("/auth/sign-in-link", json!({"token": "unknown"})).expect(401);
        world.nobody().post("/auth/password-reset", json!({"email": "nobody@example.org"})).expect(202);
        let_go();
    }
}

on_both! {
    fn a_throttled_account_mails_its_owner_one_sign_in_link_an_hour(world) {
        let id = world.somebody(ANA);
        fail(world, ANA, 5);
        assert!(world.token_of_mail("sign_in_link").is_none());
        try_sign_in(world, ANA, "otra cosa").expect(429);
        try_sign_in(world, ANA, "otra cosa").expect(429);
        let mails = world.notices();
        assert_eq!(mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect::<Vec<_>>(), [("sign_in_link", ANA)]);
        assert!(mails[0].text.contains("/sign-in?token="), "{}", mails[0].text);
        try_sign_in(world, ANA, "otra cosa").expect(429);
        assert!(world.token_of_mail("sign_in_link").is_none());
        let locked = world.admin().get("/audit-log?action=account_locked").expect(200);
        assert_eq!(locked.items().len(), 1);
        assert_eq!((&locked.items()[0]["record_id"], &locked.items()[0]["user_id"]), (&json!(id), &json!(null)));
    }
}

on_both! {
    fn a_sign_in_link_works_once_and_ends_the_throttling(world) {
        world.somebody(ANA);
        fail(world, ANA, 5);
        try_sign_in(world, ANA, PASSWORD).expect(429);
        let token = world.token_of_mail("sign_in_link").unwrap();
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "otra frase larga"})).expect(401);
        let answer = world.nobody().post("/auth/sign-in-link", json!({"token": token})).expect(200);
        let mut fields: Vec<&String> = answer.json.as_object().unwrap().keys().collect();
        fields.sort();
        assert_eq!(fields, ["access_token", "expires_in", "refresh_token", "token_type"]);
        let me = world.nobody().with("authorization", &format!("Bearer {}", answer.json["access_token"].as_str().unwrap()));
        assert_eq!(me.get("/me").expect(200).json["email"], ANA);
        assert_eq!(world.nobody().post("/auth/sign-in-link", json!({"token": token})).expect(401).code(), "invalid_token");
        try_sign_in(world, ANA, PASSWORD).expect(200);
        let log = world.admin().get("/audit-log?action=signed_in").expect(200);
        assert_eq!(log.items()[1]["after"], json!({"by": "link"}));
    }
}

on_both! {
    fn a_sign_in_link_lasts_ten_minutes_and_no_new_password(world) {
        let id = world.somebody(ANA);
        let link = || {
            fail(world, ANA, 5);
            try_sign_in(world, ANA, PASSWORD).expect(429);
            world.token_of_mail("sign_in_link").unwrap()
        };
        let token = link();
        world.at("2023-09-01T12:10:00Z");
        world.nobody().post("/auth/sign-in-link", json!({"token": token})).expect(401);
        world.at("2023-09-01T14:00:00Z");
        let token = link();
        world.admin().patch(&format!("/users/{id}"), json!({"password": "otra frase larga"})).expect(200);
        world.nobody().post("/auth/sign-in-link", json!({"token": token})).expect(401);
        let reset = json!({"email": ANA});
        world.nobody().post("/auth/password-reset", reset).expect(202);
        let token = world.token_of_mail("password_reset").unwrap();
        world.nobody().post("/auth/sign-in-link", json!({"token": token})).expect(401);
    }
}

on_both! {
    fn the_answer_to_a_throttled_caller_does_not_show_if_there_is_an_account(world) {
        let id = world.somebody(ANA);
        world.somebody("disabled@example.org");
        world.admin().patch(&format!("/users/{}", world.admin().get("/users?email=disabled@example.org").items()[0]["id"].as_str().unwrap()), json!({"disabled": true})).expect(200);
        let answers: Vec<_> = [ANA, "disabled@example.org", "nobody@example.org"]
            .into_iter()
            .map(|email| {
                fail(world, email, 5);
                let started = std::time::Instant::now();
                let answer = try_sign_in(world, email, PASSWORD).expect(429);
                assert!(started.elapsed() >= std::time::Duration::from_millis(250));
                (answer.json["detail"].clone(), answer.code().to_owned(), answer.header("retry-after").map(str::to_owned))
            })
            .collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let to: Vec<_> = world.notices().into_iter().map(|mail| (mail.kind, mail.to)).collect();
        assert_eq!(to, [("sign_in_link".to_owned(), ANA.to_owned())], "{id}");
    }
}

on_both! {
    fn a_client_with_too_many_failures_is_throttled_and_the_account_it_asks_for_gets_a_link(world) {
        world.somebody(ANA);
        exhaust_client(world);
        assert_eq!(try_sign_in(world, ANA, PASSWORD).expect(429).header("retry-after"), Some("20"));
        let token = world.token_of_mail("sign_in_link").unwrap();
        world.nobody().post("/auth/sign-in-link", json!({"token": token})).expect(200);
        world.at("2023-09-01T12:00:20Z");
        try_sign_in(world, ANA, PASSWORD).expect(200);
    }
}

on_both! {
    fn a_success_with_one_account_does_not_reset_the_failures_with_others(world) {
        world.somebody(ANA);
        world.somebody("eva@example.org");
        fail(world, ANA, 4);
        try_sign_in(world, "eva@example.org", PASSWORD).expect(200);
        fail(world, ANA, 1);
        try_sign_in(world, ANA, PASSWORD).expect(429);
        let limit = Limit { burst: 5, one_more_after: TimeDelta::seconds(20) };
        let client = (Subject::new("client", "127.0.0.1"), limit, 0);
        assert!(world.state.throttle.take(&[client], world.clock.now()).is_err());
    }
}

on_both! {
    fn an_admin_unlocks_an_account(world) {
        let id = world.somebody(ANA);
        fail(world, ANA, 5);
        try_sign_in(world, ANA, PASSWORD).expect(429);
        world.admin().post(&format!("/users/{id}/unlock"), json!({})).expect(204);
        try_sign_in(world, ANA, PASSWORD).expect(200);
        let log = world.admin().get(&format!("/audit-log?record_id={id}&action=unlocked")).expect(200);
        assert_eq!(log.items().len(), 1);
        world.admin().post("/users/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e/unlock", json!({})).expect(404);
    }
}

on_both! {
    fn wrong_guesses_of_the_present_password_are_throttled_separately_from_sign_ins(world) {
        world.somebody(ANA);
        let session = try_sign_in(world, ANA, PASSWORD).expect(200);
        let me = world.nobody().with("authorization", &format!("Bearer {}", session.json["access_token"].as_str().unwrap()));
        fail(world, ANA, 5);
        let change = |current: &str| me.patch("/me", json!({"password": "otra frase larga", "current_password": current}));
        for _ in 0..5 {
            change("no es esta").expect(422);
        }
        assert_eq!(change(PASSWORD).expect(429).header("retry-after"), Some("180"));
        world.at("2023-09-01T12:03:00Z");
        change(PASSWORD).expect(200);
        try_sign_in(world, ANA, "otra frase larga").expect(200);
    }
}

/// Requests a reset mail.
fn ask(world: &World, email: &str) {
    assert_eq!(world.nobody().post("/auth/password-reset", json!({"email": email})).expect(202).text, "");
}

on_both! {
    fn a_stranger_who_requests_many_resets_does_not_keep_the_owner_from_a_new_password(world) {
        world.somebody(ANA);
        let mut mails = 0;
        for minute in 0..6 {
            world.at(&format!("2023-09-01T12:{minute:02}:00Z"));
            ask(world, ANA);
            mails += world.notices().len();
        }
        assert_eq!(mails, 3);
        for hour in 13..18 {
            world.at(&format!("2023-09-01T{hour}:06:00Z"));
            ask(world, ANA);
            assert!(world.token_of_mail("password_reset").is_some(), "the mail of {hour}:06");
            (0..3).for_each(|_| ask(world, ANA));
        }
        let token = world.token_of_mail("password_reset").unwrap();
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "otra frase larga"})).expect(204);
        try_sign_in(world, ANA, "otra frase larga").expect(200);
    }
}

on_both! {
    fn reset_requests_of_one_client_are_throttled(world) {
        for n in 0..22 {
            world.somebody(&format!("p{n}@example.org"));
        }
        for n in 0..22 {
            ask(world, &format!("p{n}@example.org"));
        }
        assert_eq!(world.notices().len(), 20);
        world.at("2023-09-01T12:01:00Z");
        ask(world, "p21@example.org");
        assert_eq!(world.notices().len(), 1);
    }
}

on_both! {
    fn a_reset_request_does_not_change_a_pending_invitation(world) {
        world.admin().post("/users", json!({"email": "eva@example.org", "name": "Eva"})).expect(201);
        let invitation = world.token_of_mail("invitation").unwrap();
        ask(world, "eva@example.org");
        let reset = world.token_of_mail("password_reset").unwrap();
        world.at("2023-09-05T12:00:00Z");
        world.nobody().post("/auth/password-reset/confirm", json!({"token": reset, "password": PASSWORD})).expect(401);
        world.nobody().post("/auth/password-reset/confirm", json!({"token": invitation, "password": PASSWORD})).expect(204);
        try_sign_in(world, "eva@example.org", PASSWORD).expect(200);
    }
}

on_both! {
    fn a_new_password_ends_the_throttling(world) {
        world.somebody(ANA);
        ask(world, ANA);
        let token = world.token_of_mail("password_reset").unwrap();
        fail(world, ANA, 5);
        try_sign_in(world, ANA, PASSWORD).expect(429);
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "otra frase larga"})).expect(204);
        try_sign_in(world, ANA, "otra frase larga").expect(200);
    }
}

on_both! {
    fn two_admins_who_disable_each_other_at_once_do_not_block_each_other(world) {
        for _ in 0..8 {
            let (one, two) = (world.admin(), world.admin());
            let path = |id: Option<articula::db::UserId>| format!("/users/{}", id.unwrap());
            let statuses = std::thread::scope(|scope| {
                let first = scope.spawn(|| one.patch(&path(two.id), json!({"disabled": true})).status);
                let second = scope.spawn(|| two.patch(&path(one.id), json!({"disabled": true})).status);
                let mut both = [first.join().unwrap(), second.join().unwrap()];
                both.sort_unstable();
                both
            });
            assert_eq!(statuses, [200, 401]);
        }
    }
}

on_both! {
    fn a_password_that_can_be_set_can_be_used(world) {
        let (admin, new) = (world.admin(), "otra frase larga y propia");
        for (n, password) in ["una frase\u{202e} larga", "una\tfrase\u{b} larga\u{7}\u{85}", "  una frase  con sus espacios  "].iter().enumerate() {
            let email = format!("persona{n}@example.org");
            let made = admin.post("/users", json!({"email": email, "name": "Ana", "password": password})).expect(201);
            try_sign_in(world, &email, password).expect(200);
            let browser = Browser::new(world);
            let form = browser.open("/sign-in").form_to("/sign-in").set("email", &email).set("password", password);
            assert_eq!(browser.submit(&form).expect(303).location(), "/");
            let ana = Person::signed_in(world, made.id().parse().unwrap(), email.clone());
            ana.patch("/me", json!({"password": new, "current_password": password})).expect(200);
            try_sign_in(world, &email, new).expect(200);
        }
        let faults = try_sign_in(world, ANA, "").expect(422).faults();
        assert_eq!(faults, [("/password".to_owned(), "blank".to_owned())]);
    }
}

on_both! {
    fn a_password_of_earlier_rules_can_be_used_until_it_is_changed(world) {
        let id = world.somebody(ANA);
        let longest = "ñ".repeat(1000);
        for earlier in ["diez signo", longest.as_str()] {
            world.give_earlier_password(id, earlier);
            try_sign_in(world, ANA, earlier).expect(200);
            let browser = Browser::new(world);
            let form = browser.open("/sign-in").form_to("/sign-in").set("email", ANA).set("password", earlier);
            assert_eq!(browser.submit(&form).expect(303).location(), "/");
            let ana = Person::signed_in(world, id, ANA.to_owned());
            let change = |new: &str| ana.patch("/me", json!({"password": new, "current_password": earlier}));
            assert_eq!(change("once signos").expect(422).faults(), [("/password".to_owned(), "too_short".to_owned())]);
            let too_long = change(&"una frase ".repeat(13)).expect(422);
            assert_eq!(too_long.faults(), [("/password".to_owned(), "too_long".to_owned())]);
            change("una frase nueva y propia").expect(200);
        }
    }
}

on_both! {
    fn a_name_is_one_line_and_an_address_has_a_domain(world) {
        let admin = world.admin();
        let body = |name: &str, email: &str| json!({"name": name, "email": email});
        for name in ["Ana\nhttps://evil.example", "Ana\r\nRojas", "Ana\tRojas", "Ana\u{2028}Rojas", "Ana\u{1b}[31m"] {
            let faults = admin.post("/users", body(name, "eva@example.org")).expect(422).faults();
            assert_eq!(faults, [("/name".to_owned(), "not_one_line".to_owned())], "{name:?}");
            let faults = admin.patch("/me", json!({"name": name})).expect(422).faults();
            assert_eq!(faults, [("/name".to_owned(), "not_one_line".to_owned())], "{name:?}");
            let institution = json!({"name": name, "sector": "government", "acronym": name, "aliases": [name]});
            let faults = admin.post("/institutions", institution).expect(422).faults();
            assert_eq!(faults.len(), 3, "{name:?}");
        }
        for email in ["a@[127.0.0.1]", "a@[IPv6:::1]"] {
            let faults = admin.post("/users", body("Eva", email)).expect(422).faults();
            assert_eq!(faults, [("/email".to_owned(), "invalid_email".to_owned())], "{email}");
        }
    }
}
