//! Attached documents of a meeting.

use articula::clock::new_id;
use articula::db::{FileId, UserId, schema::files};
use diesel::prelude::*;
use serde_json::json;

use super::{create, fault, meeting};
use crate::on_both;
use crate::support::World;

/// Inserts an uploaded file; returns its id.
fn uploaded(world: &World, by: UserId) -> String {
    let (now, id) = (world.clock.now(), new_id::<FileId>(world.clock.now()));
    let insert = |tx: &mut articula::db::Tx<'_>| {
        diesel::insert_into(files::table)
            .values((
                files::id.eq(id),
                files::name.eq("acta.pdf"),
                files::media_type.eq("application/pdf"),
                files::size.eq(10),
                files::sha256.eq("00"),
                files::uploaded_by.eq(by),
                files::created_at.eq(now),
            ))
            .execute(tx.conn)?;
        Ok(())
    };
    world.state.db.write(None, now, insert).unwrap();
    id.to_string()
}

on_both! {
    fn documents_are_attached_changed_and_deleted(world) {
        let ceti = world.commission("CL", "CETI");
        let path = format!("{}/documents", create(world, &meeting(&[&ceti])));
        let other = format!("{}/documents", create(world, &meeting(&[&ceti])));
        let secretariat = world.secretariat(&ceti);
        let body = json!({"title": "Acta de la III sesión", "kind": "signed_minutes", "url": "https://lc.cx/YusnbE", "dated": "2023-03"});
        let made = secretariat.post(&path, body).expect(201);
        let own = format!("{path}/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{own}").as_str()));
        assert_eq!((&made.json["dated_from"], &made.json["dated_to"]), (&json!("2023-03-01"), &json!("2023-03-31")));
        assert_eq!(world.observer(&ceti).get(&own).expect(200).json, made.json);
        secretariat.get(&format!("{other}/{}", made.id())).expect(404);
        let changed = secretariat.patch(&own, json!({"kind": "annex", "dated": null})).expect(200);
        assert_eq!((&changed.json["kind"], &changed.json["dated_to"]), (&json!("annex"), &json!(null)));
        secretariat.post(&path, json!({"title": "Anexo", "kind": "annex", "url": "https://x.example"})).expect(201);
        let page = secretariat.get(&format!("{path}?limit=1")).expect(200);
        assert_eq!(page.items()[0]["id"], made.json["id"]);
        let cursor = page.json["next_cursor"].as_str().unwrap();
        assert_eq!(secretariat.get(&format!("{path}?limit=1&cursor={cursor}")).expect(200).items()[0]["title"], "Anexo");
        assert!(secretariat.get(&other).expect(200).items().is_empty());
        world.observer(&ceti).patch(&own, json!({"title": "No"})).expect(403);
        world.observer(&ceti).delete(&own).expect(403);
        secretariat.delete(&own).expect(204);
        secretariat.get(&own).expect(404);
    }
}

on_both! {
    fn only_ones_own_file_is_cited(world) {
        let ceti = world.commission("CL", "CETI");
        let path = format!("{}/documents", create(world, &meeting(&[&ceti])));
        let (secretariat, colleague) = (world.secretariat(&ceti), world.secretariat(&ceti));
        let (own, foreign) = (uploaded(world, secretariat.id.unwrap()), uploaded(world, world.coordinator("CL").id.unwrap()));
        let body = |file: &str| json!({"title": "Acta", "kind": "signed_minutes", "file_id": file});
        assert_eq!(secretariat.post(&path, body(&foreign)).expect(422).faults(), [fault("/file_id", "unknown_reference")]);
        let made = secretariat.post(&path, body(&own)).expect(201);
        let document = format!("{path}/{}", made.id());
        assert_eq!(colleague.patch(&document, json!({"title": "Acta firmada"})).expect(200).json["file_id"], json!(own));
        let moved = secretariat.patch(&document, json!({"file_id": null, "url": "https://x.example"})).expect(200);
        assert_eq!(moved.json["file_id"], json!(null));
    }
}

on_both! {
    fn every_wrong_field_of_a_document_is_reported(world) {
        let ceti = world.commission("CL", "CETI");
        let path = format!("{}/documents", create(world, &meeting(&[&ceti])));
        let admin = world.admin();
        let id = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let bad = json!({"title": "", "kind": "novel", "file_id": "x", "url": "x", "dated": "soon", "colour": "red"});
        assert_eq!(admin.post(&path, bad).expect(422).faults(), [
            fault("/colour", "unknown_field"), fault("/dated", "invalid_partial_date"), fault("/file_id", "invalid_id"), fault("/kind", "not_a_choice"),
            fault("/title", "blank"), fault("/url", "invalid_url"),
        ]);
        for (body, faults) in [
            (json!({"title": " ", "kind": "annex", "url": "x"}), vec![fault("/title", "blank"), fault("/url", "invalid_url")]),
            (json!({"title": "x".repeat(501), "kind": "annex"}), vec![fault("/title", "too_long"), fault("/url", "one_of")]),
            (json!({"title": "Acta", "kind": "annex", "url": "https://x.example", "file_id": id}), vec![fault("/file_id", "unknown_reference"), fault("/url", "one_of")]),
            (json!({"title": "Acta", "kind": "annex", "file_id": id}), vec![fault("/file_id", "unknown_reference")]),
            (json!({}), vec![fault("/kind", "required"), fault("/title", "required"), fault("/url", "one_of")]),
        ] {
            assert_eq!(admin.post(&path, body.clone()).expect(422).faults(), faults, "{body}");
        }
    }
}
