//! Login sessions: starts, ends, and the list of one's own sessions.

use articula::app::write_last_seen;
use articula::db::schema::{refresh_tokens, sessions};
use articula::mail::Mailer;
use articula::worker;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::Digest;

use crate::on_both;
use crate::support::{Answer, PASSWORD, Person, World};

const ANA: &str = "ana@example.org";
const OTHER: &str = "otra frase larga";

fn sign_in(world: &World, password: &str) -> Answer {
    world.nobody().post("/auth/login", json!({"email": ANA, "password": password}))
}

/// Returns the person with the access token of an answer.
fn bearer<'w>(world: &'w World, answer: &Answer) -> Person<'w> {
    world.nobody().with("authorization", &format!("Bearer {}", answer.json["access_token"].as_str().unwrap()))
}

fn refresh(world: &World, answer: &Answer) -> Answer {
    world.nobody().post("/auth/refresh", json!({"refresh_token": answer.json["refresh_token"]}))
}

fn actions_of(world: &World, query: &str) -> Vec<Value> {
    world.admin().get(&format!("/audit-log?{query}")).expect(200).items().to_vec()
}

on_both! {
    fn signing_out_ends_the_access_token_at_once(world) {
        world.somebody(ANA);
        let (session, other) = (sign_in(world, PASSWORD).expect(200), sign_in(world, PASSWORD).expect(200));
        let me = bearer(world, &session);
        me.get("/me").expect(200);
        world.nobody().post("/auth/logout", json!({"refresh_token": session.json["refresh_token"]})).expect(204);
        assert_eq!(me.get("/me").expect(401).code(), "invalid_token");
        assert_eq!(me.post("/me/calendar-token", json!({})).expect(401).code(), "invalid_token");
        refresh(world, &session).expect(401);
        bearer(world, &other).get("/me").expect(200);
        world.nobody().post("/auth/logout", json!({"refresh_token": "unknown"})).expect(204);
    }
}

on_both! {
    fn a_new_password_and_disabling_end_every_session_and_the_calendar_address(world) {
        let (id, admin) = (world.somebody(ANA), world.admin());
        let user = format!("/users/{id}");
        let by_oneself = |mine: &Person<'_>| {
            mine.patch("/me", json!({"password": OTHER, "current_password": PASSWORD})).expect(200);
        };
        let by_link = |_: &Person<'_>| {
            world.nobody().post("/auth/password-reset", json!({"email": ANA})).expect(202);
            let token = world.token_of_mail("password_reset").unwrap();
            world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": OTHER})).expect(204);
        };
        let by_an_admin = |_: &Person<'_>| drop(admin.patch(&user, json!({"password": OTHER})).expect(200));
        let by_disabling = |_: &Person<'_>| {
            admin.patch(&user, json!({"disabled": true})).expect(200);
            admin.patch(&user, json!({"disabled": false})).expect(200);
        };
        let ways: [(&str, &dyn Fn(&Person<'_>)); 4] =
            [("oneself", &by_oneself), ("link", &by_link), ("admin", &by_an_admin), ("disabling", &by_disabling)];
        for (way, end) in ways {
            let (session, other) = (sign_in(world, PASSWORD).expect(200), sign_in(world, PASSWORD).expect(200));
            let mine = bearer(world, &session);
            let feed = mine.post("/me/calendar-token", json!({})).expect(201);
            let feed = feed.header("location").unwrap().to_owned();
            world.nobody().get(&feed).expect(200);
            end(&mine);
            for (one, session) in [&session, &other].into_iter().enumerate() {
                assert_eq!(bearer(world, session).get("/me").status, 401, "{way}, session {one}");
                assert_eq!(bearer(world, session).post("/me/calendar-token", json!({})).status, 401, "{way}");
                assert_eq!(refresh(world, session).status, 401, "{way}");
            }
            assert_eq!(world.nobody().get(&feed).status, 404, "{way}");
            admin.patch(&user, json!({"password": PASSWORD})).expect(200);
        }
    }
}

on_both! {
    fn everybody_lists_and_ends_only_their_own_sessions(world) {
        world.somebody(ANA);
        let browser = world.nobody().with("user-agent", "Navegador/1.0");
        let first = browser.post("/auth/login", json!({"email": ANA, "password": PASSWORD})).expect(200);
        world.at("2023-09-01T13:00:00Z");
        let second = sign_in(world, PASSWORD).expect(200);
        let me = bearer(world, &second);
        let page = me.get("/me/sessions").expect(200);
        let shown: Vec<_> = page.items().iter().map(|one| (&one["current"], &one["created_at"], &one["kind"])).collect();
        let (noon, one) = (json!("2023-09-01T12:00:00Z"), json!("2023-09-01T13:00:00Z"));
        assert_eq!(shown, [(&json!(true), &one, &json!("api")), (&json!(false), &noon, &json!("api"))]);
        assert_eq!(page.items()[1]["client"], "Navegador/1.0");
        assert_eq!(page.items()[1]["last_seen_at"], noon);
        assert_eq!(me.get("/me/sessions?limit=1").expect(200).items().len(), 1);
        let path = format!("/me/sessions/{}", page.items()[1]["id"].as_str().unwrap());
        assert_eq!(world.stranger().delete(&path).expect(404).code(), "not_found");
        me.delete(&path).expect(204);
        me.delete(&path).expect(404);
        refresh(world, &first).expect(401);
        bearer(world, &first).get("/me").expect(401);
        assert_eq!(me.get("/me/sessions").expect(200).items().len(), 1);
        me.delete(&format!("/me/sessions/{}", page.items()[0]["id"].as_str().unwrap())).expect(204);
        me.get("/me").expect(401);
    }
}

on_both! {
    fn a_session_ends_ninety_days_after_the_sign_in(world) {
        world.somebody(ANA);
        let mut session = sign_in(world, PASSWORD).expect(200);
        for day in ["2023-09-21", "2023-10-11", "2023-10-31", "2023-11-20"] {
            world.at(&format!("{day}T12:00:00Z"));
            session = refresh(world, &session).expect(200);
        }
        assert_eq!(session.json["expires_in"], 900);
        world.at("2023-11-30T11:55:00Z");
        session = refresh(world, &session).expect(200);
        assert_eq!(session.json["expires_in"], 300);
        bearer(world, &session).get("/me").expect(200);
        world.at("2023-11-30T12:00:00Z");
        bearer(world, &session).get("/me").expect(401);
        refresh(world, &session).expect(401);
    }
}

on_both! {
    fn a_session_ends_after_thirty_days_without_a_refresh(world) {
        world.somebody(ANA);
        let session = sign_in(world, PASSWORD).expect(200);
        world.at("2023-10-01T12:00:00Z");
        refresh(world, &session).expect(401);
    }
}

on_both! {
    fn signing_in_and_reusing_a_refresh_token_are_in_the_audit_log(world) {
        let id = world.somebody(ANA);
        let session = sign_in(world, PASSWORD).expect(200);
        let signed_in = actions_of(world, "action=signed_in");
        assert_eq!(signed_in.len(), 1);
        assert_eq!((&signed_in[0]["user_id"], &signed_in[0]["after"]), (&json!(id), &json!({"by": "password"})));
        let next = refresh(world, &session).expect(200);
        assert_eq!(actions_of(world, "action=token_reused").len(), 0);
        refresh(world, &session).expect(401);
        bearer(world, &next).get("/me").expect(401);
        refresh(world, &session).expect(401);
        refresh(world, &next).expect(401);
        let reused = actions_of(world, "action=token_reused");
        assert_eq!(reused.len(), 1);
        assert_eq!((&reused[0]["user_id"], &reused[0]["record_id"]), (&json!(id), &signed_in[0]["record_id"]));
    }
}

on_both! {
    fn of_refreshes_at_the_same_moment_one_counts_and_the_others_end_the_session(world) {
        world.somebody(ANA);
        let session = sign_in(world, PASSWORD).expect(200);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| refresh(world, &session).status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 401].contains(status)), "{statuses:?}");
        bearer(world, &session).get("/me").expect(401);
        assert_eq!(actions_of(world, "action=token_reused").len(), 1);
    }
}

on_both! {
    fn the_last_use_is_written_every_five_minutes_and_not_by_the_request(world) {
        world.somebody(ANA);
        let me = bearer(world, &sign_in(world, PASSWORD).expect(200));
        let last_seen = || me.get("/me/sessions").expect(200).items()[0]["last_seen_at"].clone();
        let cost = || {
            let before = world.statements();
            me.get("/me").expect(200);
            world.statements() - before
        };
        let fresh = cost();
        world.at("2023-09-01T12:04:59Z");
        me.get("/me").expect(200);
        write_last_seen(&world.state).unwrap();
        assert_eq!(last_seen(), "2023-09-01T12:00:00Z");
        world.at("2023-09-01T12:05:00Z");
        assert_eq!(cost(), fresh);
        assert_eq!(last_seen(), "2023-09-01T12:00:00Z");
        write_last_seen(&world.state).unwrap();
        assert_eq!(last_seen(), "2023-09-01T12:05:00Z");
        let before = world.statements();
        write_last_seen(&world.state).unwrap();
        assert_eq!(world.statements(), before);
    }
}

on_both! {
    fn a_last_use_that_could_not_be_written_is_written_later(world) {
        world.somebody(ANA);
        let me = bearer(world, &sign_in(world, PASSWORD).expect(200));
        let rename = |statement: &str| {
            world.state.db.write(None, world.clock.now(), |tx| Ok(tx.conn.batch_execute(statement)?)).unwrap();
        };
        world.at("2023-09-01T12:05:00Z");
        me.get("/me").expect(200);
        rename("ALTER TABLE sessions RENAME COLUMN last_seen_at TO missing");
        write_last_seen(&world.state).unwrap_err();
        rename("ALTER TABLE sessions RENAME COLUMN missing TO last_seen_at");
        write_last_seen(&world.state).unwrap();
        assert_eq!(me.get("/me/sessions").expect(200).items()[0]["last_seen_at"], "2023-09-01T12:05:00Z");
    }
}

on_both! {
    fn the_name_of_the_scheme_may_be_in_upper_or_lower_case(world) {
        let person = world.stranger();
        let token = person.token().unwrap();
        for scheme in ["Bearer", "bearer", "BEARER"] {
            world.nobody().with("authorization", &format!("{scheme} {token}")).get("/me").expect(200);
        }
        for header in [token.clone(), format!("Basic {token}"), "Bearer".to_owned()] {
            let answer = world.nobody().with("authorization", &header).get("/me").expect(401);
            assert_eq!(answer.code(), "not_signed_in", "{header}");
        }
    }
}

on_both! {
    fn sessions_and_tokens_are_deleted_a_week_after_their_end(world) {
        world.somebody(ANA);
        let kept = || {
            let count = |conn: &mut articula::db::Db| {
                let sessions: i64 = sessions::table.filter(sessions::client.eq("Purga")).count().get_result(conn)?;
                let tokens: i64 = refresh_tokens::table.count().get_result(conn)?;
                Ok((sessions, tokens))
            };
            world.state.db.read(count).unwrap()
        };
        let program = world.nobody().with("user-agent", "Purga");
        let sign_in = || program.post("/auth/login", json!({"email": ANA, "password": PASSWORD})).expect(200);
        let (ended, lasting) = (sign_in(), sign_in());
        world.nobody().post("/auth/logout", json!({"refresh_token": ended.json["refresh_token"]})).expect(204);
        world.nobody().post("/auth/password-reset", json!({"email": ANA})).expect(202);
        let turn = || worker::run_jobs_once(&world.state, &Mailer::memory().unwrap().0).unwrap();
        world.at("2023-09-08T11:59:00Z");
        turn();
        assert_eq!(kept(), (2, 2));
        world.at("2023-09-08T12:01:00Z");
        turn();
        assert_eq!(kept(), (1, 1));
        refresh(world, &lasting).expect(200);
        // A used token of a session that has not ended: its reuse must be noticed until it expires.
        world.at("2023-09-29T12:00:00Z");
        turn();
        assert_eq!(kept(), (1, 2));
        world.at("2024-01-01T12:00:00Z");
        turn();
        assert_eq!(kept(), (0, 0));
    }
}

on_both! {
    fn an_upgrade_makes_sessions_of_the_existing_refresh_tokens(world) {
        world.somebody(ANA);
        let family = |n: usize, tokens: &[(&str, &str, &str, &str)]| -> String {
            let row = |(token, issued, expires, rest): &(&str, &str, &str, &str)| {
                let id = format!("{:032x}", sha2::Sha256::digest(token)[0..8].iter().fold(0_u64, |all, byte| (all << 8) | u64::from(*byte)));
                let hash: String = sha2::Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
                format!(
                    "INSERT INTO refresh_tokens (id, user_id, family_id, token_hash, issued_at, expires_at, used_at, revoked_at) \
                     SELECT X'{id}', id, X'{n:032x}', '{hash}', '{issued} 12:00:00', '{expires} 12:00:00', {rest} FROM users WHERE email = '{ANA}';"
                )
            };
            tokens.iter().map(row).collect()
        };
        let old = [
            family(1, &[("used", "2023-08-20", "2023-09-19", "'2023-08-25 12:00:00', NULL"), ("live", "2023-08-25", "2023-09-24", "NULL, NULL")]),
            family(2, &[("revoked", "2023-08-25", "2023-09-24", "NULL, '2023-08-26 12:00:00'")]),
            family(3, &[("first", "2023-06-01", "2023-07-01", "'2023-06-20 12:00:00', NULL"), ("too old", "2023-08-25", "2023-09-24", "NULL, NULL")]),
        ];
        world.upgrade_from_before("0020", &old.concat());
        // The migration is undone and repeated: nothing is lost in either direction.
        world.upgrade_from_before("0020", "");
        let refresh = |token: &str| world.nobody().post("/auth/refresh", json!({"refresh_token": token}));
        refresh("revoked").expect(401);
        refresh("too old").expect(401);
        let session = refresh("live").expect(200);
        let listed = bearer(world, &session).get("/me/sessions").expect(200);
        assert_eq!(listed.items().len(), 1);
        assert_eq!((&listed.items()[0]["created_at"], &listed.items()[0]["current"]), (&json!("2023-08-20T12:00:00Z"), &json!(true)));
        refresh("used").expect(401);
        bearer(world, &session).get("/me").expect(401);
    }
}
