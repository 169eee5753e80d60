//! Institutions and countries.

use serde_json::json;

use crate::on_both;

on_both! {
    fn an_admin_enters_an_institution_and_finds_it_without_accents(world) {
        let admin = world.admin();
        let made = admin.post("/institutions", json!({"name": "Gobierno Regional de Áncash", "sector": "regional_government", "country_code": "PE", "aliases": ["GORE Ancash"]})).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1/institutions/{}", made.id()).as_str()));
        let found = admin.get("/institutions?q=ancash").expect(200);
        assert_eq!(found.items()[0]["id"], made.json["id"]);
        let changed = admin.with("if-match", made.header("etag").unwrap()).patch(&format!("/institutions/{}", made.id()), json!({"acronym": "GRA", "aliases": null})).expect(200);
        assert_eq!((&changed.json["acronym"], &changed.json["aliases"]), (&json!("GRA"), &json!([])));
        let stale = admin.with("if-match", made.header("etag").unwrap()).patch(&format!("/institutions/{}", made.id()), json!({"name": "Otro"}));
        assert_eq!((stale.status, stale.code()), (412, "precondition_failed"));
        admin.delete(&format!("/institutions/{}", made.id())).expect(204);
        admin.get(&format!("/institutions/{}", made.id())).expect(404);
    }
}

on_both! {
    fn every_fault_of_a_body_is_told_at_once(world) {
        let body = json!({"name": " ", "sector": "circus", "country_code": "cl", "email": "nobody", "parent_id": "7", "colour": "red"});
        let answer = world.admin().with("accept-language", "en").post("/institutions", body).expect(422);
        assert_eq!(answer.faults(), [
            ("/colour".into(), "unknown_field".into()),
            ("/parent_id".into(), "invalid_id".into()),
            ("/sector".into(), "not_a_choice".into()),
        ] as [(String, String); 3]);
    }
}

on_both! {
    fn a_repeated_key_gives_the_first_answer_again(world) {
        let admin = world.admin().with("idempotency-key", "abc");
        let body = json!({"name": "Uno", "sector": "workers"});
        let first = admin.post("/institutions", body.clone()).expect(201);
        let again = admin.post("/institutions", body).expect(201);
        assert_eq!(first.text, again.text);
        let other = admin.post("/institutions", json!({"name": "Dos", "sector": "workers"})).expect(422);
        assert_eq!(other.code(), "idempotency_key_reused");
        assert_eq!(admin.get("/institutions").items().len(), 1);
    }
}
