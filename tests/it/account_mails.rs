//! Mails with one-time links: the moment at which their token is made, its life, and the readers of the list of deliveries.

use std::sync::Mutex;

use articula::db::schema::{deliveries, one_time_tokens};
use articula::mail::{DeliveryStatus, Mailer, MemoryBox, Refusal};
use articula::worker;
use diesel::prelude::*;
use serde_json::json;

use crate::on_both;
use crate::support::World;

const PASSWORD: &str = "una frase larga y propia";

/// Returns the tokens in the mails that a mailer accepted, in order.
fn tokens(kept: &Mutex<MemoryBox>) -> Vec<String> {
    let token = |(_, mail): &(String, String)| {
        let decoded = mail.replace("=\r\n", "").replace("=3D", "=");
        let after = decoded.split("?token=").nth(1)?;
        Some(after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect())
    };
    kept.lock().unwrap().sent.iter().filter_map(token).collect()
}

/// Lets the worker send the due mails; returns the tokens in them.
fn sent_tokens(world: &World) -> Vec<String> {
    let (mailer, kept) = Mailer::memory().unwrap();
    worker::run_jobs_once(&world.state, &mailer).unwrap();
    tokens(&kept)
}

/// Chooses a password with a token; returns the status of the answer.
fn choose_password(world: &World, token: &str) -> u16 {
    world.nobody().post("/auth/password-reset/confirm", json!({"token": token, "password": PASSWORD})).status
}

fn ask_for_reset(world: &World, email: &str) {
    world.nobody().post("/auth/password-reset", json!({"email": email})).expect(202);
}

/// Returns the payloads of all deliveries, and the number of tokens that work.
fn stored(world: &World) -> (Vec<String>, i64) {
    let read = |conn: &mut articula::db::Db| {
        let payloads = deliveries::table.select(deliveries::payload).load(conn)?;
        let open = one_time_tokens::table.filter(one_time_tokens::used_at.is_null()).count().get_result(conn)?;
        Ok((payloads, open))
    };
    world.state.db.read(read).unwrap()
}

fn statuses(world: &World) -> Vec<DeliveryStatus> {
    let read = |conn: &mut articula::db::Db| {
        Ok(deliveries::table.order(deliveries::id).select(deliveries::status).load(conn)?)
    };
    world.state.db.read(read).unwrap()
}

on_both! {
    fn no_token_is_stored_while_its_mail_waits_or_after_it_failed(world) {
        let admin = world.admin();
        admin.post("/users", json!({"email": "eva@example.org", "name": "Eva"})).expect(201);
        ask_for_reset(world, &admin.email);
        assert_eq!(stored(world), (vec!["{}".to_owned(); 2], 0), "while they wait");
        let (mailer, kept) = Mailer::memory().unwrap();
        for address in ["eva@example.org", &admin.email] {
            let refusal = Refusal::Permanent("550 no such mailbox".to_owned());
            kept.lock().unwrap().refuses.insert(address.to_owned(), refusal);
        }
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(statuses(world), [DeliveryStatus::Failed; 2]);
        assert_eq!(stored(world), (vec!["{}".to_owned(); 2], 0), "after they failed");
        let failed = admin.get("/reminders/deliveries?kind=invitation&status=failed").expect(200);
        let path = format!("/reminders/deliveries/{}/retry", failed.items()[0]["id"].as_str().unwrap());
        admin.call("POST", &path, None).expect(200);
        let retried = sent_tokens(world);
        assert_eq!((retried.len(), stored(world)), (1, (vec!["{}".to_owned(); 2], 1)));
        assert_eq!(choose_password(world, &retried[0]), 204);
    }
}

on_both! {
    fn a_copy_of_a_mail_contains_a_link_that_works_and_ends_the_first(world) {
        let admin = world.admin();
        admin.post("/users", json!({"email": "eva@example.org", "name": "Eva"})).expect(201);
        let first = sent_tokens(world);
        let as_if_killed = |tx: &mut articula::db::Tx<'_>| {
            let back = (
                deliveries::status.eq(DeliveryStatus::Sending),
                deliveries::sent_at.eq(None::<articula::clock::Instant>),
                deliveries::leased_until.eq(tx.now),
                deliveries::next_attempt_at.eq(tx.now),
            );
            diesel::update(deliveries::table).set(back).execute(tx.conn)?;
            Ok(())
        };
        world.state.db.write(None, world.clock.now(), as_if_killed).unwrap();
        let copy = sent_tokens(world);
        assert_eq!((first.len(), copy.len()), (1, 1));
        assert_eq!(choose_password(world, &first[0]), 401);
        assert_eq!(choose_password(world, &copy[0]), 204);
    }
}

on_both! {
    fn the_seven_days_of_an_invitation_count_from_its_sending(world) {
        let admin = world.admin();
        for (email, day, status) in [("eva@example.org", 9, 204), ("ana@example.org", 11, 401)] {
            world.at("2023-09-01T12:00:00Z");
            admin.post("/users", json!({"email": email, "name": "Eva"})).expect(201);
            let (mailer, kept) = Mailer::memory().unwrap();
            kept.lock().unwrap().down = Some(Refusal::Down("no route to host".to_owned()));
            worker::run_jobs_once(&world.state, &mailer).unwrap();
            world.at("2023-09-03T12:00:00Z");
            let mailed = sent_tokens(world);
            world.at(&format!("2023-09-{day:02}T13:00:00Z"));
            assert_eq!(choose_password(world, &mailed[0]), status, "{email}");
        }
    }
}

on_both! {
    fn a_link_that_is_no_longer_needed_is_not_sent(world) {
        let admin = world.admin();
        let changes = [json!({"disabled": true}), json!({"email": "other@example.org"}), json!({"password": PASSWORD})];
        for (n, change) in changes.into_iter().enumerate() {
            let body = json!({"email": format!("p{n}@example.org"), "name": "Eva"});
            let id = admin.post("/users", body).expect(201).id();
            admin.patch(&format!("/users/{id}"), change).expect(200);
        }
        assert_eq!(sent_tokens(world), Vec::<String>::new());
        assert_eq!(statuses(world), [DeliveryStatus::Dropped; 3]);
        assert_eq!(stored(world).1, 0);
    }
}

on_both! {
    fn a_reset_request_does_not_change_the_invitation(world) {
        world.admin().post("/users", json!({"email": "eva@example.org", "name": "Eva"})).expect(201);
        let invitation = sent_tokens(world);
        ask_for_reset(world, "eva@example.org");
        let reset = sent_tokens(world);
        assert_eq!(reset.len(), 1);
        world.at("2023-09-04T12:00:00Z");
        assert_eq!(choose_password(world, &reset[0]), 401, "its hour is over");
        assert_eq!(choose_password(world, &invitation[0]), 204);
    }
}

on_both! {
    fn the_earlier_address_of_an_account_is_mailed_when_it_changes(world) {
        let (admin, id) = (world.admin(), world.somebody("ana@example.org"));
        let change = |body: serde_json::Value| {
            admin.patch(&format!("/users/{id}"), body).expect(200);
            let mails = world.notices().into_iter();
            mails.map(|mail| (mail.kind, mail.to, mail.text.contains("nueva@"))).collect::<Vec<_>>()
        };
        assert!(change(json!({"email": "Ana@example.org", "name": "Ana Rojas"})).is_empty());
        let mailed = ("address_changed".to_owned(), "Ana@example.org".to_owned(), false);
        assert_eq!(change(json!({"email": "nueva@example.org"})), [mailed]);
        assert!(change(json!({"email": "otra@example.org", "disabled": true})).is_empty());
    }
}

on_both! {
    fn only_admins_see_who_asked_for_a_new_password(world) {
        let commission = world.commission("CL", "CETI");
        let (admin, secretariat, coordinator) =
            (world.admin(), world.secretariat(&commission), world.coordinator("CL"));
        let observer = world.observer(&commission);
        for person in [&observer, &coordinator] {
            ask_for_reset(world, &person.email);
        }
        let grants = json!([{"role": "observer", "commission_id": commission}]);
        secretariat.post("/users", json!({"email": "eva@example.org", "name": "Eva", "grants": grants})).expect(201);
        let seen = |kind: &str| {
            [&admin, &coordinator, &secretariat]
                .map(|person| person.get(&format!("/reminders/deliveries?kind={kind}")).expect(200).items().len())
        };
        assert_eq!(seen("password_reset"), [2, 0, 0]);
        assert_eq!(seen("invitation"), [1, 0, 0], "an invitation tells that the person had no account");
        let (mailer, kept) = Mailer::memory().unwrap();
        kept.lock().unwrap().down = Some(Refusal::Permanent("550 no".to_owned()));
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let bouncing = |person: &crate::support::Person<'_>| {
            person.get("/reminders/deliveries?bouncing=true").expect(200).items().len()
        };
        assert_eq!((bouncing(&admin), bouncing(&secretariat)), (3, 0));
        let failed = admin.get("/reminders/deliveries?kind=password_reset").expect(200);
        let path = format!("/reminders/deliveries/{}/retry", failed.items()[0]["id"].as_str().unwrap());
        secretariat.call("POST", &path, None).expect(404);
        coordinator.call("POST", &path, None).expect(404);
        admin.call("POST", &path, None).expect(200);
    }
}
