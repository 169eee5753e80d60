//! Signing in and out, refresh tokens, invitations, and managing people.

use serde_json::json;

use crate::on_both;
use crate::support::{PASSWORD, World};

fn somebody(world: &World, email: &str) {
    world.somebody(email);
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

/// Returns the one-time token of the newest mail of this kind.
fn token_of_mail(world: &World, kind: &str) -> String {
    world.token_of_mail(kind).unwrap()
}

on_both! {
    fn an_invited_person_chooses_a_password_with_the_mail_and_signs_in(world) {
        let admin = world.admin();
        let made = admin.post("/users", json!({"email": "Eva@Example.org", "name": "Eva Díaz", "language": "en"})).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1/users/{}", made.id()).as_str()));
        assert!(made.json.get("password").is_none());
        let token = token_of_mail(world, "invitation");
        let short = world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "corta"})).expect(422);
        assert_eq!(short.faults(), [("/password".into(), "too_short".into())]);
        let right = json!({"token": token, "password": PASSWORD});
        world.nobody().post("/auth/password-reset/confirm", right.clone()).expect(204);
        world.nobody().post("/auth/login", json!({"email": "eva@example.org", "password": PASSWORD})).expect(200);
        let again = world.nobody().post("/auth/password-reset/confirm", right).expect(401);
        assert_eq!(again.code(), "invalid_token");
        let twice = admin.post("/users", json!({"email": "eva@example.ORG", "name": "Otra"})).expect(201);
        assert_eq!((&twice.json["id"], &twice.json["name"]), (&made.json["id"], &json!("Eva Díaz")));
        for more in [json!({"password": "otra frase larga"}), json!({"disabled": true})] {
            let mut body = json!({"email": "eva@example.org", "name": "Eva"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert_eq!(admin.post("/users", body).expect(409).code(), "duplicate", "password and disabled could not be applied");
        }
        world.nobody().post("/auth/login", json!({"email": "eva@example.org", "password": PASSWORD})).expect(200);
    }
}

on_both! {
    fn a_link_sent_to_a_wrong_address_does_not_work(world) {
        let admin = world.admin();
        let id = admin.post("/users", json!({"email": "wrong@example.org", "name": "Eva"})).expect(201).id();
        let token = token_of_mail(world, "invitation");
        admin.patch(&format!("/users/{id}"), json!({"email": "right@example.org"})).expect(200);
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": PASSWORD})).expect(401);
    }
}

on_both! {
    fn no_session_outlasts_the_password_with_which_it_began(world) {
        let admin = world.admin();
        for n in 0..4 {
            let email = format!("ana{n}@example.org");
            somebody(world, &email);
            let id = admin.get(&format!("/users?email={email}")).items()[0]["id"].as_str().unwrap().to_owned();
            let session = std::thread::scope(|scope| {
                let login = scope.spawn(|| world.nobody().post("/auth/login", json!({"email": email, "password": PASSWORD})));
                world.admin().patch(&format!("/users/{id}"), json!({"password": "otra frase larga"})).expect(200);
                login.join().unwrap()
            });
            if session.status == 200 {
                world.nobody().post("/auth/refresh", json!({"refresh_token": session.json["refresh_token"]})).expect(401);
            }
        }
    }
}

on_both! {
    fn a_forgotten_password_is_reset_by_mail_and_signs_out_everywhere(world) {
        somebody(world, "ana@example.org");
        let session = world.nobody().post("/auth/login", json!({"email": "ana@example.org", "password": PASSWORD})).expect(200);
        let unknown = world.nobody().post("/auth/password-reset", json!({"email": "x@example.org"})).expect(202);
        let known = world.nobody().post("/auth/password-reset", json!({"email": "ana@example.org"})).expect(202);
        assert_eq!(unknown.text, known.text);
        let token = token_of_mail(world, "password_reset");
        world.at("2023-09-01T13:00:01Z");
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "otra frase larga"})).expect(401);
        world.nobody().post("/auth/password-reset", json!({"email": "ana@example.org"})).expect(202);
        let token = token_of_mail(world, "password_reset");
        world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": "otra frase larga"})).expect(204);
        world.nobody().post("/auth/refresh", json!({"refresh_token": session.json["refresh_token"]})).expect(401);
        world.nobody().post("/auth/login", json!({"email": "ana@example.org", "password": PASSWORD})).expect(401);
        world.nobody().post("/auth/login", json!({"email": "ana@example.org", "password": "otra frase larga"})).expect(200);
    }
}

on_both! {
    fn a_person_changes_the_own_name_language_and_password(world) {
        somebody(world, "ana@example.org");
        let session = world.nobody().post("/auth/login", json!({"email": "ana@example.org", "password": PASSWORD})).expect(200);
        let me = world.nobody().with("authorization", &format!("Bearer {}", session.json["access_token"].as_str().unwrap()));
        let changed = me.patch("/me", json!({"name": "Ana Rojas", "language": "en"})).expect(200);
        assert_eq!((&changed.json["name"], &changed.json["language"]), (&json!("Ana Rojas"), &json!("en")));
        let faults = me.patch("/me", json!({"name": " ", "language": "fr", "password": "corta", "grants": []})).expect(422).faults();
        let told = [
            ("/current_password", "required"), ("/grants", "unknown_field"), ("/language", "not_a_choice"), ("/name", "blank"),
            ("/password", "too_short"),
        ];
        assert_eq!(faults, told.map(|(at, code)| (at.to_owned(), code.to_owned())));
        let faults = me.patch("/me", json!({"name": " ", "password": "corta"})).expect(422).faults();
        assert_eq!(faults, [("/current_password".into(), "required".into()), ("/name".into(), "blank".into()), ("/password".into(), "too_short".into())] as [(String, String); 3]);
        let wrong = me.patch("/me", json!({"password": "otra frase larga", "current_password": "no es esta"})).expect(422);
        assert_eq!(wrong.faults(), [("/current_password".into(), "wrong_password".into())]);
        let right = me.patch("/me", json!({"password": "otra frase larga", "current_password": PASSWORD})).expect(200);
        assert!(!right.text.contains("frase"));
        world.nobody().post("/auth/refresh", json!({"refresh_token": session.json["refresh_token"]})).expect(401);
        world.nobody().post("/auth/login", json!({"email": "ana@example.org", "password": "otra frase larga"})).expect(200);
    }
}

on_both! {
    fn disabling_and_revoking_count_from_the_next_request(world) {
        world.row_country("CL");
        let (admin, coordinator) = (world.admin(), world.coordinator("CL"));
        coordinator.get("/users").expect(200);
        let path = format!("/users/{}", coordinator.id.unwrap());
        let grants = admin.get(&path).expect(200).json["grants"].clone();
        let id = grants[0]["id"].clone();
        assert_eq!(grants, json!([{"id": id, "role": "coordinator", "country_code": "CL", "commission_id": null, "institution_id": null}]));
        admin.patch(&path, json!({"grants": []})).expect(200);
        assert_eq!(coordinator.get("/me").expect(200).json["grants"], json!([]));
        assert_eq!(coordinator.get("/users").items().len(), 0);
        admin.patch(&path, json!({"disabled": true})).expect(200);
        assert_eq!(coordinator.get("/me").expect(401).code(), "invalid_token");
        let last = admin.patch(&format!("/users/{}", admin.id.unwrap()), json!({"disabled": true})).expect(409);
        assert_eq!(last.code(), "conflict");
    }
}

on_both! {
    fn people_who_invite_give_only_grants_of_their_own_scope(world) {
        world.row_country("CL");
        world.row_country("PE");
        let (own, other) = (world.row_commission("CL", "CETI"), world.row_commission("PE", "CPETI"));
        let (minsal, mintra) = (world.row_institution("Minsal", Some("CL"), None), world.row_institution("Mintra", Some("PE"), None));
        let both = world.row_institution("OIT", None, None);
        for (commission, institution) in [(own, minsal), (other, mintra), (own, both), (other, both)] {
            world.row_member(commission, institution, "member");
        }
        let n = std::cell::Cell::new(0);
        let grant = |grant: serde_json::Value| {
            n.set(n.get() + 1);
            json!({"email": format!("p{}@example.org", n.get()), "name": "P", "grants": [grant]})
        };
        for inviter in [world.secretariat(&own.to_string()), world.coordinator("CL")] {
            inviter.post("/users", grant(json!({"role": "observer", "commission_id": own}))).expect(201);
            inviter.post("/users", grant(json!({"role": "observer", "commission_id": other}))).expect(404);
            inviter.post("/users", grant(json!({"role": "representative", "institution_id": minsal}))).expect(201);
            for wider in [
                json!({"role": "representative", "institution_id": mintra}),
                json!({"role": "secretariat", "commission_id": own}),
                json!({"role": "coordinator", "country_code": "CL"}),
                json!({"role": "admin"}),
            ] {
                inviter.post("/users", grant(wider)).expect(403);
            }
            inviter.post("/users", grant(json!({"role": "representative", "institution_id": both, "commission_id": own}))).expect(201);
            inviter.post("/users", grant(json!({"role": "representative", "institution_id": both, "commission_id": other}))).expect(404);
            let bare = inviter.post("/users", json!({"email": "bare@example.org", "name": "B"})).expect(422);
            assert_eq!(bare.faults(), [("/grants".into(), "too_few".into())]);
        }
        for powerless in [world.representative(&minsal.to_string()), world.observer(&own.to_string())] {
            powerless.post("/users", grant(json!({"role": "observer", "commission_id": own}))).expect(403);
            assert_eq!(powerless.get("/users").items().len(), 0);
            powerless.get(&format!("/users/{}", powerless.id.unwrap())).expect(404);
        }
        world.nobody().get("/users").expect(401);
    }
}

on_both! {
    fn people_who_invite_see_and_manage_only_their_own_people(world) {
        world.row_country("CL");
        world.row_country("PE");
        let (own, other) = (world.row_commission("CL", "CETI"), world.row_commission("PE", "CPETI"));
        let (mine, theirs, peer) = (world.observer(&own.to_string()), world.observer(&other.to_string()), world.secretariat(&own.to_string()));
        let secretariat = world.secretariat(&own.to_string());
        let ids: Vec<_> = secretariat.get("/users").items().iter().map(|user| user["id"].clone()).collect();
        assert_eq!(ids, [json!(mine.id), json!(peer.id), json!(secretariat.id)]);
        let path = |id: Option<articula::db::UserId>| format!("/users/{}", id.unwrap());
        secretariat.get(&path(theirs.id)).expect(404);
        secretariat.patch(&path(theirs.id), json!({"disabled": true})).expect(404);
        secretariat.patch(&path(peer.id), json!({"disabled": true})).expect(403);
        secretariat.patch(&path(mine.id), json!({"password": "una que yo elijo"})).expect(403);
        secretariat.patch(&path(mine.id), json!({"email": "mine@example.org"})).expect(403);
        secretariat.patch(&path(mine.id), json!({"grants": [{"role": "secretariat", "commission_id": own}]})).expect(403);
        for admins_alone in [json!({"name": "Otra persona"}), json!({"language": "en"}), json!({"disabled": true})] {
            secretariat.patch(&path(mine.id), admins_alone).expect(403);
        }
        secretariat.patch(&path(mine.id), json!({"grants": []})).expect(200);
        assert_eq!(mine.get("/me").expect(200).json["grants"], json!([]));
        secretariat.get(&path(mine.id)).expect(404);
    }
}

on_both! {
    fn every_field_of_a_user_is_checked(world) {
        let body = json!({"email": "no", "name": 3, "language": "fr", "institution_id": "7", "grants": [{"role": "king"}], "password": "corta", "disabled": "yes", "role": "admin"});
        let faults = world.admin().post("/users", body).expect(422).faults();
        let expected = [
            ("/disabled", "wrong_type"),
            ("/email", "invalid_email"),
            ("/grants/0/role", "not_a_choice"),
            ("/institution_id", "invalid_id"),
            ("/language", "not_a_choice"),
            ("/name", "wrong_type"),
            ("/password", "too_short"),
            ("/role", "unknown_field"),
        ];
        assert_eq!(faults, expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
        let nobody = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let body = json!({"email": "a@example.org", "name": "A", "institution_id": nobody, "grants": [
            {"role": "coordinator", "country_code": "XX"}, {"role": "observer", "commission_id": nobody}, {"role": "representative", "institution_id": nobody}]});
        let faults = world.admin().post("/users", body).expect(422).faults();
        let expected = ["/grants/0/country_code", "/grants/1/commission_id", "/grants/2/institution_id", "/institution_id"];
        assert_eq!(faults, expected.map(|at| (at.to_owned(), "unknown_reference".to_owned())));
    }
}

on_both! {
    fn people_are_listed_by_page_at_a_constant_cost(world) {
        let admin = world.admin();
        let cost = || {
            let before = world.statements();
            admin.get("/users").expect(200);
            world.statements() - before
        };
        let one = cost();
        for n in 0..4 {
            admin.post("/users", json!({"email": format!("p{n}@example.org"), "name": "P", "password": PASSWORD, "grants": [{"role": "admin"}]})).expect(201);
        }
        assert_eq!(cost(), one);
        let first = admin.get("/users?limit=3&role=admin").expect(200);
        let rest = admin.get(&format!("/users?limit=3&role=admin&cursor={}", first.json["next_cursor"].as_str().unwrap())).expect(200);
        assert_eq!((first.items().len(), rest.items().len(), &rest.json["next_cursor"]), (3, 2, &json!(null)));
        assert_eq!(admin.get("/users?email=P1@example.org").items().len(), 1);
        assert_eq!(admin.get("/users?disabled=true").items().len(), 0);
        admin.get("/users?colour=red").expect(400);
    }
}
