//! Frozen versions: approval, rectification, upgrade.

use articula::db::schema::{minutes, minutes_versions};
use articula::testing::minutes::freeze_approved;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::meetings::{create, fault, meeting};
use crate::on_both;
use crate::support::{Person, World};

/// Returns the bytes of the acta in every format and language.
fn files(reader: &Person<'_>, path: &str, version: &str) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for format in ["md", "docx", "pdf"] {
        for lang in ["es", "en"] {
            files.push(reader.get(&format!("{path}/document?format={format}&lang={lang}{version}")).expect(200).bytes);
        }
    }
    files
}

/// A session with approved minutes: its path, and the ids of the commission and of a member.
fn approved(world: &World) -> (String, String, String) {
    let ceti = world.commission("CL", "CETI");
    let minsal = world.institution("Minsal");
    world.member(&ceti, &minsal, "member");
    let session = create(world, &meeting(&[&ceti]));
    let admin = world.admin();
    admin.put(&format!("{session}/attendance"), json!([{"institution_id": minsal, "status": "present"}])).expect(200);
    admin.put(&format!("{session}/minutes"), json!({"body": "Se acordó."})).expect(200);
    admin.post(&format!("{session}/minutes/approval"), json!({})).expect(200);
    (session, ceti, minsal)
}

fn agreement(commission: &str, session: &str, title: &str, restricted: bool) -> Value {
    let id = session.trim_start_matches("/meetings/");
    json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": title, "meeting_id": id, "restricted": restricted})
}

on_both! {
    fn the_bytes_of_approved_minutes_stay_whatever_changes(world) {
        let (session, ceti, minsal) = approved(world);
        let (admin, path) = (world.admin(), format!("{session}/minutes"));
        let before = files(&admin, &path, "");
        let shown = admin.get(&path).expect(200).json;
        admin.patch(&format!("/institutions/{minsal}"), json!({"name": "Ministerio de Salud"})).expect(200);
        admin.patch(&format!("/commissions/{ceti}"), json!({"name": "Otro nombre", "quorum": {"fraction": "1/1", "strict": false}})).expect(200);
        world.member(&ceti, &world.institution("Nueva"), "member");
        let other = create(world, &meeting(&[&ceti]));
        admin.put(&format!("{other}/attendance"), json!([{"institution_id": minsal, "status": "absent"}])).expect(200);
        admin.post("/agreements", agreement(&ceti, &session, "Olvidado", false)).expect(201);
        admin.post(&format!("{session}/documents"), json!({"title": "Anexo", "kind": "annex", "url": "https://example.org/a"})).expect(201);
        assert_eq!(files(&world.observer(&ceti), &path, ""), before);
        assert_eq!(files(&admin, &path, "&version=1"), before);
        assert_eq!(admin.get(&path).expect(200).json, shown);
        let acta = String::from_utf8(before[0].clone()).unwrap();
        let hash = &shown["content_sha256"].as_str().unwrap()[..16];
        assert!(acta.contains(&format!("{} · versión 1 · SHA-256 {hash}", shown["code"].as_str().unwrap())), "{acta}");
        assert!(!acta.contains("BORRADOR") && !acta.contains("Olvidado"), "{acta}");
        for version in ["&version=2", "&version=0", "&version=-1"] {
            admin.get(&format!("{path}/document?format=md{version}")).expect(404);
        }
        assert_eq!(admin.get(&format!("{path}/document?part=restricted")).expect(404).code(), "not_found");
        let versions = admin.get(&format!("{path}/versions")).expect(200);
        assert_eq!(versions.items().len(), 1);
        let version = &versions.items()[0];
        assert_eq!((&version["version"], &version["content_sha256"], &version["frozen_on_upgrade"]), (&json!(1), &shown["content_sha256"], &json!(false)));
        assert_eq!(version["files"].as_array().unwrap().len(), 6);
    }
}

on_both! {
    fn a_rectification_adds_to_the_frozen_content_and_keeps_the_first_version(world) {
        let (session, ceti, minsal) = approved(world);
        let (path, rectifications) = (format!("{session}/minutes"), format!("{session}/minutes/rectifications"));
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let first = files(&member, &path, "");
        let tag = secretariat.get(&path).expect(200).header("etag").unwrap().to_owned();
        let late = secretariat.post("/agreements", agreement(&ceti, &session, "Olvidado", false)).expect(201).id();
        let hidden = secretariat.post("/agreements", agreement(&ceti, &session, "Reservado", true)).expect(201).id();
        let other = secretariat.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "De otra sesión"})).expect(201).id();
        let id = session.trim_start_matches("/meetings/");
        let commitment = secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": "Informar tarde", "meeting_id": id, "due": "2023-12", "assignments": [{"institution_id": minsal}]})).expect(201).id();
        world.admin().patch(&format!("/institutions/{minsal}"), json!({"name": "Ministerio de Salud"})).expect(200);
        world.notices();
        member.post(&rectifications, json!({"text": "Mía"})).expect(403);
        let faulty = secretariat.post(&rectifications, json!({"text": " ", "agreement_ids": [late, other], "approved_in_meeting_id": minsal})).expect(422);
        assert_eq!(faulty.faults(), [fault("/agreement_ids/1", "unknown_reference"), fault("/approved_in_meeting_id", "unknown_reference"), fault("/text", "blank")]);
        world.at("2023-09-10T15:00:00Z");
        let body = json!({"text": "Se omitió un acuerdo.", "agreement_ids": [late, hidden], "commitment_ids": [commitment]});
        let rectified = secretariat.with("if-match", &tag).post(&rectifications, body.clone()).expect(200);
        assert_eq!(rectified.json["version"], 2);
        let mails = world.notices();
        assert_eq!(mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect::<Vec<_>>(), [("minutes_rectified", member.email.as_str())]);
        assert_eq!(files(&member, &path, "&version=1"), first);
        let second = member.get(&format!("{path}/document")).expect(200).text;
        for part in ["Rectificación 1, 10 de septiembre de 2023", "Se omitió un acuerdo.", "Olvidado", "Informar tarde", "versión 2", "| Minsal |"] {
            assert!(second.contains(part), "{part} is not in\n{second}");
        }
        assert!(!second.contains("Reservado"), "{second}");
        assert!(secretariat.get(&format!("{path}/document?part=restricted")).expect(200).text.contains("Reservado"));
        secretariat.get(&format!("{path}/document?part=restricted&version=1")).expect(404);
        assert_eq!(secretariat.post(&rectifications, body).expect(422).faults()[0], fault("/agreement_ids/0", "already_in_minutes"));
        assert_eq!(secretariat.patch(&format!("/agreements/{late}"), json!({"title": "Otro"})).expect(409).code(), "minutes_approved");
        let versions = member.get(&format!("{path}/versions")).expect(200);
        assert_eq!(versions.items().iter().map(|version| version["version"].clone()).collect::<Vec<_>>(), [json!(1), json!(2)]);
        assert_eq!(versions.items()[1]["by"]["id"], json!(secretariat.id.unwrap().to_string()));
    }
}

on_both! {
    fn only_approved_minutes_are_rectified(world) {
        let ceti = world.commission("CL", "CETI");
        let session = create(world, &meeting(&[&ceti]));
        let (admin, rectifications) = (world.admin(), format!("{session}/minutes/rectifications"));
        assert_eq!(admin.post(&rectifications, json!({"text": "Falta"})).expect(409).code(), "minutes_not_approved");
        admin.put(&format!("{session}/minutes"), json!({"body": "Texto"})).expect(200);
        admin.post(&format!("{session}/minutes/circulation"), json!({})).expect(200);
        assert_eq!(admin.post(&rectifications, json!({"text": "Falta"})).expect(409).code(), "minutes_not_approved");
        let other = world.commission("CL", "MITP");
        let elsewhere = create(world, &meeting(&[&other]));
        let approval = json!({"approved_in_meeting_id": elsewhere.trim_start_matches("/meetings/")});
        let refused = admin.post(&format!("{session}/minutes/approval"), approval).expect(422);
        assert_eq!(refused.faults(), [fault("/approved_in_meeting_id", "other_commission")]);
        let next = create(world, &meeting(&[&ceti, &other]));
        let approval = json!({"approved_in_meeting_id": next.trim_start_matches("/meetings/"), "publish_drafts": false});
        let approved = admin.post(&format!("{session}/minutes/approval"), approval).expect(200);
        assert_eq!(approved.json["published"], json!([]));
        let acta = admin.get(&format!("{session}/minutes/document")).expect(200).text;
        assert!(acta.contains("- **Aprobada en la sesión:** Sesión ordinaria (22 de agosto de 2023)"), "{acta}");
    }
}

on_both! {
    fn minutes_that_were_approved_before_an_upgrade_are_frozen_once(world) {
        let (session, ceti, _) = approved(world);
        let (admin, path, now) = (world.admin(), format!("{session}/minutes"), world.clock.now());
        let earlier = |tx: &mut articula::db::Tx<'_>| {
            diesel::delete(minutes_versions::table).execute(tx.conn)?;
            let unfrozen = (minutes::version.eq(0), minutes::code.eq(None::<String>));
            diesel::update(minutes::table).set(unfrozen).execute(tx.conn)?;
            Ok(())
        };
        world.state.db.write(None, now, earlier).unwrap();
        assert_eq!(admin.get(&path).expect(200).json["version"], 0);
        assert_eq!(admin.post("/agreements", agreement(&ceti, &session, "Tarde", false)).expect(409).code(), "minutes_approved");
        assert_eq!(freeze_approved(&world.state.db, now).unwrap(), 1);
        assert_eq!(freeze_approved(&world.state.db, now).unwrap(), 0);
        let shown = admin.get(&path).expect(200).json;
        assert_eq!((&shown["version"], &shown["code"]), (&json!(1), &json!("ACTA-CETI-2023-2")));
        let versions = admin.get(&format!("{path}/versions")).expect(200);
        assert_eq!(versions.items()[0]["frozen_on_upgrade"], true);
        assert_eq!(versions.items()[0]["content_sha256"], shown["content_sha256"]);
        assert_eq!(files(&admin, &path, ""), files(&world.observer(&ceti), &path, "&version=1"));
    }
}
