//! The audit log: entries of changes, and the people who may read them.

use serde_json::json;

use crate::on_both;

on_both! {
    fn every_change_is_in_the_log_with_the_record_before_and_after(world) {
        let admin = world.admin();
        let made = admin.post("/institutions", json!({"name": "Minsal", "sector": "government", "country_code": "CL"})).expect(201);
        admin.patch(&format!("/institutions/{}", made.id()), json!({"acronym": "MINSAL"})).expect(200);
        let log = admin.get(&format!("/audit-log?kind=institution&record_id={}", made.id())).expect(200);
        let [updated, created] = log.items() else { panic!("{}", log.text) };
        assert_eq!((&created["action"], &created["before"], &created["after"]["name"]), (&json!("created"), &json!(null), &json!("Minsal")));
        assert_eq!((&updated["action"], &updated["before"]["acronym"], &updated["after"]["acronym"]), (&json!("updated"), &json!(null), &json!("MINSAL")));
        assert_eq!((&updated["user_id"], &updated["country_code"], &updated["at"]), (&json!(admin.id), &json!("CL"), &json!("2023-09-01T12:00:00Z")));
        assert_eq!(admin.get(&format!("/audit-log?user_id={}", admin.id.unwrap())).items().len(), 2);
        for (filter, count) in [("from=2023-09-01&to=2023-09-01", 2), ("from=2023-09-02", 0), ("to=2023-08-31", 0), ("action=deleted", 0), ("country_code=PE", 0), ("from=2023-09-01T12:00:00Z", 2)] {
            assert_eq!(admin.get(&format!("/audit-log?kind=institution&{filter}")).expect(200).items().len(), count, "{filter}");
        }
        let first = admin.get("/audit-log?kind=institution&limit=1").expect(200);
        let second = admin.get(&format!("/audit-log?kind=institution&limit=1&cursor={}", first.json["next_cursor"].as_str().unwrap())).expect(200);
        assert_eq!((&first.items()[0], &second.items()[0], &second.json["next_cursor"]), (updated, created, &json!(null)));
        for bad in ["from=ayer", "user_id=7", "colour=red", "limit=0"] {
            admin.get(&format!("/audit-log?{bad}")).expect(400);
        }
    }
}

on_both! {
    fn coordinators_see_entries_of_their_country_and_others_see_nothing(world) {
        world.row_country("CL");
        let admin = world.admin();
        for code in ["CL", "PE"] {
            admin.post("/institutions", json!({"name": code, "sector": "government", "country_code": code})).expect(201);
        }
        let coordinator = world.coordinator("CL");
        let seen = coordinator.get("/audit-log?kind=institution").expect(200);
        assert_eq!(seen.items().iter().map(|entry| entry["country_code"].clone()).collect::<Vec<_>>(), [json!("CL")]);
        let ceti = world.row_commission("CL", "CETI");
        assert_eq!(world.observer(&ceti.to_string()).get("/audit-log").expect(200).items().len(), 0);
        world.nobody().get("/audit-log").expect(401);
    }
}

on_both! {
    fn the_log_never_contains_a_password_or_its_hash(world) {
        let admin = world.admin();
        let made = admin.post("/users", json!({"email": "a@example.org", "name": "Ana", "password": "una frase larga y propia"})).expect(201);
        admin.patch(&format!("/users/{}", made.id()), json!({"password": "otra frase larga y propia"})).expect(200);
        let log = admin.get("/audit-log?kind=user").expect(200);
        assert!(!log.text.contains("frase") && !log.text.contains("argon2"), "{}", log.text);
        assert_eq!(log.items()[0]["action"], "updated");
    }
}
