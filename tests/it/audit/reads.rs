//! Reads of restricted records, exports and fetched files in the audit log.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::entries_of;
use crate::on_both;
use crate::support::{Person, World};

/// Makes a commission of Chile with open and restricted commitments.
fn seed(world: &World, restricted: usize) -> Person<'_> {
    let admin = world.admin();
    let commitment = |n: usize, secret: bool| json!({"key": format!("k{n}"), "commissions": ["c"], "text": "Capacitar", "due": "2023-12", "restricted": secret, "assignments": [{"institution": "i"}]});
    let dataset = json!({
        "articula": 1, "country": {"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"},
        "institutions": [{"key": "i", "name": "Ministerio", "sector": "government"}],
        "commissions": [{"key": "c", "name": "Comisión", "kind": "committee", "acronym": "CETI"}],
        "commitments": (0..=restricted).map(|n| commitment(n, n > 0)).collect::<Vec<_>>(),
    });
    admin.post("/imports", dataset).expect(200);
    admin
}

fn restricted_of(admin: &Person<'_>) -> Vec<Value> {
    let all = admin.get("/commitments?limit=200").expect(200);
    all.items().iter().filter(|one| one["restricted"] == true).cloned().collect()
}

on_both! {
    fn a_restricted_record_makes_an_entry_with_its_id_and_an_open_one_none(world) {
        let admin = seed(world, 1);
        world.row_country("PE");
        let coordinator = world.coordinator("CL");
        let secret = restricted_of(&admin)[0]["id"].clone();
        let id = secret.as_str().unwrap();
        let open = admin.get("/commitments").expect(200).items().iter().find(|one| one["restricted"] == false).unwrap()["id"].clone();
        coordinator.get(&format!("/commitments/{}", open.as_str().unwrap())).expect(200);
        let mine = format!("action=read&user_id={}", coordinator.id.unwrap());
        assert_eq!(entries_of(world, &admin, &mine).len(), 0);
        let shown = coordinator.get(&format!("/commitments/{id}")).expect(200);
        let entries = entries_of(world, &coordinator, &mine);
        let [entry] = entries.as_slice() else { panic!("{entries:#?}") };
        assert_eq!((&entry["kind"], &entry["record_id"], &entry["country_code"]), (&json!("commitment"), &secret, &json!("CL")));
        assert_eq!((&entry["client"], &entry["user_id"], &entry["before"]), (&json!("127.0.0.1"), &json!(coordinator.id), &json!(null)));
        assert_eq!(entry["after"], json!({"route": "/api/v1/commitments/{id}", "number": 1, "ids": [secret]}));
        let unchanged = coordinator.with("if-none-match", shown.header("etag").unwrap());
        unchanged.get(&format!("/commitments/{id}")).expect(304);
        assert_eq!(entries_of(world, &admin, &mine).len(), 1, "nothing was sent");
        let of_record = || entries_of(world, &admin, &format!("action=read&record_id={id}")).len();
        let before = of_record();
        world.coordinator("PE").get(&format!("/commitments/{id}")).expect(404);
        assert_eq!(of_record(), before, "nothing was shown");
        for other in [world.coordinator("PE"), world.stranger()] {
            assert_eq!(entries_of(world, &other, "action=read").len(), 0, "who may not read the log");
        }
    }
}

on_both! {
    fn a_list_is_one_entry_with_the_number_and_two_hundred_ids(world) {
        let admin = seed(world, 205);
        let coordinator = world.coordinator("CL");
        coordinator.get("/commitments?limit=10").expect(200);
        coordinator.get("/follow-up-matrix?format=csv&country_code=CL").expect(200);
        coordinator.get("/export?country_code=CL").expect(200);
        coordinator.get("/follow-up-matrix?format=csv").expect(200);
        let entries = entries_of(world, &admin, &format!("user_id={}", coordinator.id.unwrap()));
        let told: Vec<_> = entries.iter().map(|entry| {
            let after = &entry["after"];
            (entry["action"].as_str().unwrap(), entry["kind"].as_str().unwrap(), entry["record_id"].as_str().unwrap(), after["number"].as_u64().unwrap(), after["ids"].as_array().unwrap().len())
        }).collect();
        let of_page = coordinator.get("/commitments?limit=10").expect(200).items().iter().filter(|one| one["restricted"] == true).count();
        assert_eq!(told, [
            ("exported", "follow_up_matrix", "*", 205, 200),
            ("exported", "dataset", "CL", 205, 200),
            ("exported", "follow_up_matrix", "CL", 205, 200),
            ("read", "commitment", "*", of_page as u64, of_page),
        ]);
        assert!(entries.iter().all(|entry| entry["country_code"] == "CL"), "{entries:#?}");
    }
}

on_both! {
    fn only_admins_see_an_entry_of_two_countries(world) {
        let admin = seed(world, 1);
        let peru = json!({
            "articula": 1, "country": {"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"},
            "institutions": [{"key": "i", "name": "Ministerio del Perú", "sector": "government"}],
            "commissions": [{"key": "c", "name": "Comité", "kind": "committee", "acronym": "CPETI"}],
            "commitments": [{"key": "k", "commissions": ["c"], "text": "Capacitar", "restricted": true, "assignments": [{"institution": "i"}]}],
        });
        admin.post("/imports", peru).expect(200);
        let reader = world.admin();
        reader.get("/commitments").expect(200);
        let mine = format!("action=read&user_id={}", reader.id.unwrap());
        let entries = entries_of(world, &admin, &mine);
        assert_eq!((entries.len(), &entries[0]["country_code"], &entries[0]["after"]["number"]), (1, &json!(null), &json!(2)));
        assert_eq!(entries_of(world, &world.coordinator("CL"), &mine).len(), 0);
    }
}

on_both! {
    fn an_entry_is_written_within_two_seconds_and_not_by_the_request(world) {
        let admin = seed(world, 1);
        let coordinator = world.coordinator("CL");
        let id = restricted_of(&admin)[0]["id"].clone();
        let cost = |id: &Value| {
            let measure = |_| {
                entries_of(world, &admin, "action=read");
                let before = world.statements();
                coordinator.get(&format!("/commitments/{}", id.as_str().unwrap())).expect(200);
                world.state.db.statements() - before
            };
            (0..5).map(measure).min().unwrap() // the thread of the audit log may count in between
        };
        let open = admin.get("/commitments").expect(200).items().iter().find(|one| one["restricted"] == false).unwrap()["id"].clone();
        assert_eq!(cost(&id), cost(&open), "a restricted record costs no further statement");
        let before = entries_of(world, &admin, "action=read")[0]["id"].clone();
        coordinator.get(&format!("/commitments/{}", id.as_str().unwrap())).expect(200);
        let (read, written) = (Instant::now(), format!("/audit-log?action=read&user_id={}&limit=1", coordinator.id.unwrap()));
        while admin.get(&written).expect(200).items()[0]["id"] == before {
            assert!(read.elapsed() < Duration::from_secs(2), "not written within two seconds");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

on_both! {
    fn entries_that_are_being_written_when_the_program_ends_are_counted_as_lost(world) {
        use articula::audit::{AuditQueue, Entry};
        let queue = AuditQueue::default();
        queue.start(world.state.db.clone(), world.clock.clone());
        let let_go = world.hold_writers();
        queue.add(Entry { at: world.clock.now(), user: None, client: None, action: "read", kind: "commitment".into(), record_id: "1".into(), country: None, after: None });
        std::thread::sleep(Duration::from_millis(900)); // entries are gathered for 300 ms, then written
        queue.close(Duration::from_millis(50));
        assert_eq!(queue.dropped(), 1);
        let_go();
    }
}

on_both! {
    fn entries_wait_while_the_queue_has_room_and_then_go_to_the_log(world) {
        use articula::audit::{AuditQueue, Entry};
        let (queue, admin) = (AuditQueue::default(), world.admin());
        let entry = |n: usize| Entry { at: world.clock.now(), user: None, client: None, action: "read", kind: "commitment".into(), record_id: n.to_string(), country: None, after: None };
        for n in 0..2_003 {
            queue.add(entry(n));
        }
        assert_eq!(queue.dropped(), 3);
        queue.start(world.state.db.clone(), world.clock.clone());
        assert!(queue.flush(Duration::from_secs(60)));
        let newest = entries_of(world, &admin, "action=read");
        assert_eq!(newest[0]["record_id"], "1999", "in their order, none lost that had room");
        let kept = world.state.db.read(|conn| {
            use diesel::prelude::*;
            Ok(articula::db::schema::audit_log::table.count().get_result::<i64>(conn)?)
        });
        assert_eq!(kept.unwrap() - admin.get("/audit-log?action=created&limit=200").expect(200).items().len() as i64, 2_000);
    }
}
