//! Sign-ins, refused ones, sign-outs and reused tokens in the audit log.

use articula::clock::{Instant, new_id};
use articula::db::AuditId;
use articula::db::schema::audit_log;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::entries_of;
use crate::on_both;
use crate::support::{Answer, World};

const PASSWORD: &str = "una frase larga y propia";

fn sign_in(world: &World, email: &str, password: &str) -> Answer {
    world.nobody().post("/auth/login", json!({"email": email, "password": password}))
}

fn ana(world: &World) -> String {
    let body = json!({"email": "ana@example.org", "name": "Ana", "password": PASSWORD});
    world.admin().post("/users", body).expect(201).id()
}

fn numbers(entries: &[Value]) -> Vec<&Value> {
    entries.iter().map(|entry| &entry["after"]["number"]).collect()
}

on_both! {
    fn sign_ins_and_sign_outs_are_written_with_the_address_of_the_client(world) {
        world.row_country("CL");
        let (admin, id) = (world.admin(), ana(world));
        let tokens = sign_in(world, "ANA@example.org", PASSWORD).expect(200).json;
        world.nobody().post("/auth/logout", json!({"refresh_token": tokens["refresh_token"]})).expect(204);
        world.nobody().post("/auth/logout", json!({"refresh_token": tokens["refresh_token"]})).expect(204);
        for action in ["signed_in", "signed_out"] {
            let entries = entries_of(world, &admin, &format!("action={action}"));
            let [entry] = entries.as_slice() else { panic!("{action}: {entries:#?}") };
            let told = [&entry["user_id"], &entry["kind"], &entry["client"]];
            assert_eq!(told, [&json!(id), &json!("session"), &json!("127.0.0.1")]);
        }
        assert_eq!(entries_of(world, &admin, "action=signed_in&client=127.0.0.1").len(), 1);
        assert_eq!(entries_of(world, &admin, "action=signed_in&client=::ffff:127.0.0.1").len(), 1);
        assert_eq!(entries_of(world, &admin, "client=203.0.113.9").len(), 0);
        admin.get("/audit-log?client=casa").expect(400);
        assert_eq!(world.coordinator("CL").get("/audit-log?action=signed_in").expect(200).items().len(), 0);
    }
}

on_both! {
    fn a_reused_token_is_written(world) {
        let (admin, id) = (world.admin(), ana(world));
        let first = sign_in(world, "ana@example.org", PASSWORD).expect(200).json;
        let refresh = || world.nobody().post("/auth/refresh", json!({"refresh_token": first["refresh_token"]}));
        refresh().expect(200);
        assert_eq!(entries_of(world, &admin, "action=token_reused").len(), 0);
        refresh().expect(401);
        let entries = entries_of(world, &admin, "action=token_reused");
        assert_eq!((entries.len(), &entries[0]["user_id"], &entries[0]["client"]), (1, &json!(id), &json!("127.0.0.1")));
    }
}

on_both! {
    fn refused_sign_ins_are_one_entry_at_once_and_one_with_their_number(world) {
        let (admin, id) = (world.admin(), ana(world));
        for _ in 0..3 {
            sign_in(world, "ana@example.org", "otra").expect(401);
        }
        let first = entries_of(world, &admin, "action=sign_in_refused");
        assert_eq!(numbers(&first), [&json!(1)]);
        let told = [&first[0]["user_id"], &first[0]["kind"], &first[0]["record_id"], &first[0]["client"]];
        assert_eq!(told, [&json!(null), &json!("user"), &json!(id), &json!("127.0.0.1")]);
        world.at("2023-09-01T12:14:59Z");
        assert_eq!(entries_of(world, &admin, "action=sign_in_refused").len(), 1, "the quarter of an hour is not over");
        world.at("2023-09-01T12:15:00Z");
        let closed = entries_of(world, &admin, "action=sign_in_refused");
        assert_eq!(numbers(&closed), [&json!(2), &json!(1)]);
        sign_in(world, "ana@example.org", "otra").expect(401);
        assert_eq!(numbers(&entries_of(world, &admin, "action=sign_in_refused")), [&json!(1), &json!(2), &json!(1)]);
        world.at("2023-09-01T13:00:00Z");
        assert_eq!(entries_of(world, &admin, "action=sign_in_refused").len(), 3, "a single one has no closing entry");
    }
}

on_both! {
    fn an_address_without_a_user_is_stored_as_its_hash(world) {
        let admin = world.admin();
        sign_in(world, "Nadie@example.org", "otra").expect(401);
        let entries = entries_of(world, &admin, "action=sign_in_refused");
        let hash = "21c61016957f6f68ff1817b3903d82c5c8051ed7c130ab3cfe0a42de19d80edd";
        assert_eq!((&entries[0]["kind"], &entries[0]["record_id"]), (&json!("account"), &json!(hash)));
        assert!(!entries[0].to_string().to_lowercase().contains("nadie"), "{}", entries[0]);
        sign_in(world, "nadie@example.org", "otra").expect(401);
        assert_eq!(entries_of(world, &admin, "action=sign_in_refused").len(), 1, "the same account in other letters");
    }
}

on_both! {
    fn a_day_has_at_most_ten_thousand_refused_sign_ins(world) {
        let (admin, at) = (world.admin(), Instant::parse("2023-09-01T03:00:00Z").unwrap());
        let lay = |tx: &mut articula::db::Tx<'_>| {
            for _ in 0..9_999 {
                diesel::insert_into(audit_log::table)
                    .values((
                        (audit_log::id.eq(new_id::<AuditId>(at)), audit_log::at.eq(at)),
                        (audit_log::action.eq("sign_in_refused"), audit_log::kind.eq("account")),
                        audit_log::record_id.eq("x"),
                    ))
                    .execute(tx.conn)?;
            }
            Ok(())
        };
        world.state.db.write(None, at, lay).unwrap();
        for n in 0..3 {
            sign_in(world, &format!("nadie{n}@example.org"), "otra").expect(401);
        }
        let count = |day: &str| {
            let filter = format!("action=sign_in_refused&client=127.0.0.1&from={day}&to={day}");
            entries_of(world, &admin, &filter).len()
        };
        assert_eq!(count("2023-09-01"), 1);
        world.at("2023-09-02T12:00:00Z");
        sign_in(world, "nadie9@example.org", "otra").expect(401);
        assert_eq!(count("2023-09-02"), 1, "the next day begins anew");
    }
}
