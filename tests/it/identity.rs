//! Signing in, staying signed in, signing out.

use articula::identity::{NewUser, add_user};
use serde_json::json;

use crate::on_both;
use crate::support::World;

fn somebody(world: &World, email: &str) {
    let new = NewUser {
        email: email.into(),
        name: "Ana".into(),
        language: articula::i18n::Lang::Es,
        institution_id: None,
        password: Some("una frase larga y propia".into()),
        grants: Vec::new(),
    };
    world.state.db.write(None, world.clock.now(), |tx| add_user(tx, new)).unwrap();
}

on_both! {
    fn a_refresh_token_works_once_and_its_reuse_revokes_the_family(world) {
        somebody(world, "ana@example.org");
        let right = json!({"email": "ANA@example.org", "password": "una frase larga y propia"});
        let first = world.nobody().post("/auth/login", right).expect(200);
        let me = world.nobody().with("authorization", &format!("Bearer {}", first.json["access_token"].as_str().unwrap()));
        assert_eq!(me.get("/me").expect(200).json["email"], "ana@example.org");
        let second = world.nobody().post("/auth/refresh", json!({"refresh_token": first.json["refresh_token"]})).expect(200);
        let reuse = world.nobody().post("/auth/refresh", json!({"refresh_token": first.json["refresh_token"]})).expect(401);
        assert_eq!(reuse.code(), "invalid_token");
        world.nobody().post("/auth/refresh", json!({"refresh_token": second.json["refresh_token"]})).expect(401);
        world.at("2023-09-01T12:15:00Z");
        me.get("/me").expect(401);
    }
}

on_both! {
    fn wrong_passwords_are_throttled_and_unknown_people_get_the_same_answer(world) {
        somebody(world, "ana@example.org");
        let wrong = json!({"email": "ana@example.org", "password": "otra"});
        let unknown = world.nobody().post("/auth/login", json!({"email": "x@example.org", "password": "otra"})).expect(401);
        for _ in 0..5 {
            let answer = world.nobody().post("/auth/login", wrong.clone()).expect(401);
            assert_eq!((answer.code(), &answer.json["detail"]), ("invalid_credentials", &unknown.json["detail"]));
        }
        let throttled = world.nobody().post("/auth/login", wrong).expect(429);
        assert!(throttled.header("retry-after").is_some());
    }
}
