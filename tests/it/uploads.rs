//! Files: who uploads, who fetches, what is refused.

use articula::db::schema::files;
use articula::mail::Mailer;
use diesel::prelude::*;
use serde_json::json;

use crate::on_both;
use crate::support::{Answer, Person, World};

/// A form with these parts: name, file name, bytes.
fn form(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, bytes) in parts {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    body
}

fn send(person: &Person<'_>, parts: &[(&str, &str, &[u8])]) -> Answer {
    person.with("content-type", "multipart/form-data; boundary=edge").call("POST", "/files", Some(form(parts)))
}

const PDF: &[u8] = b"%PDF-1.7\nacta firmada";

/// Nothing but what records name is in the store.
fn stored(world: &World) -> usize {
    let root = world.folder.path().join("files");
    let folders = std::fs::read_dir(root).map(|all| all.flatten().collect::<Vec<_>>()).unwrap_or_default();
    folders.iter().map(|folder| std::fs::read_dir(folder.path()).unwrap().count()).sum()
}

/// Runs every job of the worker once.
fn work(world: &World) {
    let (mailer, _) = Mailer::memory().unwrap();
    articula::worker::run_jobs_once(&world.state, &mailer).unwrap();
}

on_both! {
    fn the_type_of_a_file_is_determined_by_its_content_and_it_is_sent_as_an_attachment(world) {
        let admin = world.admin();
        let made = send(&admin, &[("file", "Acta de la sesión.png", PDF)]).expect(201);
        assert_eq!((&made.json["media_type"], &made.json["size"], &made.json["name"]), (&json!("application/pdf"), &json!(PDF.len()), &json!("Acta de la sesión.png")));
        let path = format!("/files/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        let fetched = admin.get(&path).expect(200);
        assert_eq!(fetched.text.as_bytes(), PDF);
        assert_eq!(fetched.header("content-type"), Some("application/pdf"));
        let disposition = fetched.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment") && disposition.contains("filename*=UTF-8''Acta%20de%20la%20sesi%C3%B3n.png"), "{disposition}");
        assert_eq!(fetched.header("x-content-type-options"), Some("nosniff"));
    }
}

on_both! {
    fn a_form_without_exactly_one_file_is_refused_and_stores_nothing(world) {
        let admin = world.admin();
        let faults = |parts: &[(&str, &str, &[u8])]| send(&admin, parts).expect(422).faults();
        assert_eq!(faults(&[("colour", "a", b"x")]), [("/colour".into(), "unknown_field".into()), ("/file".into(), "required".into())]);
        assert_eq!(faults(&[("file", "a", b"")]), [("/file".into(), "blank".into())]);
        assert_eq!(faults(&[("file", "a", b"x"), ("file", "b", b"y")]), [("/file".into(), "duplicate".into())]);
        assert_eq!(faults(&[("colour", "a", b"x"), ("file", "b", b"y")]), [("/colour".into(), "unknown_field".into())]);
        assert_eq!(admin.post("/files", json!({})).expect(415).code(), "unsupported_media_type");
        let cut = admin.with("content-type", "multipart/form-data; boundary=edge").call("POST", "/files", Some(b"--edge\r\nrubbish".to_vec()));
        assert_eq!(cut.status, 400, "{}", cut.text);
        let large = vec![b'x'; 26 * 1024 * 1024];
        assert_eq!(send(&admin, &[("file", "grande.txt", &large)]).expect(413).code(), "too_large");
        assert_eq!(stored(world), 0);
    }
}

on_both! {
    fn twenty_five_mebibytes_are_taken_and_a_repeated_key_stores_one_file(world) {
        let admin = world.admin();
        let large = vec![b'x'; 25 * 1024 * 1024];
        let made = send(&admin, &[("file", "grande.txt", &large)]).expect(201);
        assert_eq!(admin.get(&format!("/files/{}", made.id())).expect(200).text.len(), large.len());
        let keyed = admin.with("idempotency-key", "abc");
        let first = send(&keyed, &[("file", "a.txt", b"hola")]).expect(201);
        let again = send(&keyed, &[("file", "a.txt", b"hola")]).expect(201);
        assert_eq!((first.text, stored(world)), (again.text, 2));
    }
}

on_both! {
    fn a_file_is_fetched_by_those_who_may_read_a_record_that_cites_it(world) {
        world.row_country("CL");
        let (ceti, other) = (world.row_commission("CL", "CETI"), world.row_commission("CL", "MITP"));
        let minsal = world.row_institution("Minsal", Some("CL"), None);
        let secretariat = world.secretariat(&ceti.to_string());
        let file = send(&secretariat, &[("file", "acta.pdf", PDF)]).expect(201);
        let path = format!("/files/{}", file.id());
        let (observer, stranger, named) = (world.observer(&ceti.to_string()), world.secretariat(&other.to_string()), world.representative(&minsal.to_string()));
        for nobody_yet in [&observer, &stranger, &named] {
            nobody_yet.get(&path).expect(404);
        }
        let meeting = secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08"})).expect(201);
        secretariat.post(&format!("/meetings/{}/documents", meeting.id()), json!({"title": "Acta", "kind": "signed_minutes", "file_id": file.id()})).expect(201);
        observer.get(&path).expect(200);
        world.coordinator("CL").get(&path).expect(200);
        stranger.get(&path).expect(404);
        named.get(&path).expect(404);
        secretariat.patch(&format!("/meetings/{}", meeting.id()), json!({"restricted": true})).expect(200);
        observer.get(&path).expect(404);
        secretariat.put(&format!("/meetings/{}/attendance", meeting.id()), json!([{"institution_id": minsal, "status": "present"}])).expect(200);
        named.get(&path).expect(200);
        send(&observer, &[("file", "a.txt", b"x")]).expect(403);
        send(&world.nobody(), &[("file", "a.txt", b"x")]).expect(401);
        secretariat.get("/files/7").expect(404);
    }
}

on_both! {
    fn programs_are_refused_and_office_documents_keep_their_type(world) {
        let admin = world.admin();
        let program = [b"MZ".as_slice(), &[0; 200]].concat();
        assert_eq!(send(&admin, &[("file", "informe.pdf", &program)]).expect(415).code(), "executable_file");
        assert_eq!(send(&admin, &[("file", "informe.bat", b"hola")]).expect(415).code(), "executable_file");
        assert_eq!(stored(world), 0);
        world.row_country("CL");
        let ceti = world.row_commission("CL", "CETI").to_string();
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08"});
        let session = admin.post("/meetings", session).expect(201).id();
        admin.put(&format!("/meetings/{session}/minutes"), json!({"body": "Texto"})).expect(200);
        let acta = admin.get(&format!("/meetings/{session}/minutes/document?format=docx")).expect(200).bytes;
        let made = send(&admin, &[("file", "acta.docx", &acta)]).expect(201);
        assert_eq!(made.json["media_type"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    }
}

on_both! {
    fn an_upload_that_nothing_cites_is_deleted_by_its_owner(world) {
        world.row_country("CL");
        let ceti = world.row_commission("CL", "CETI").to_string();
        let (secretariat, coordinator) = (world.secretariat(&ceti), world.coordinator("CL"));
        let [cited, mistaken] = ["acta.pdf", "otra.pdf"].map(|name| send(&secretariat, &[("file", name, PDF)]).expect(201).id());
        let meeting = secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08"})).expect(201).id();
        secretariat.post(&format!("/meetings/{meeting}/documents"), json!({"title": "Acta", "kind": "signed_minutes", "file_id": cited})).expect(201);
        coordinator.delete(&format!("/files/{cited}")).expect(403);
        coordinator.delete(&format!("/files/{mistaken}")).expect(404);
        assert_eq!(secretariat.delete(&format!("/files/{cited}")).expect(409).code(), "in_use");
        secretariat.with("if-match", "\"stale\"").delete(&format!("/files/{mistaken}")).expect(412);
        secretariat.delete(&format!("/files/{mistaken}")).expect(204);
        secretariat.get(&format!("/files/{mistaken}")).expect(404);
        secretariat.delete(&format!("/files/{mistaken}")).expect(404);
        assert_eq!(stored(world), 1);
        let log = world.admin().get(&format!("/audit-log?record_id={mistaken}"));
        assert!(log.text.contains("deleted"), "{}", log.text);
    }
}

on_both! {
    fn the_uploads_of_a_person_have_a_quota(world) {
        let admin = world.admin();
        send(&admin, &[("file", "a.txt", b"123456")]).expect(201);
        let of_a_file = 4096;
        let nearly_all = world.state.config.quota_files.as_u64() - 2 * of_a_file - 4;
        let grow = |tx: &mut articula::db::Tx<'_>| {
            diesel::update(files::table).set(files::size.eq(i64::try_from(nearly_all).unwrap())).execute(tx.conn)?;
            Ok(())
        };
        world.state.db.write(None, world.clock.now(), grow).unwrap();
        assert_eq!(send(&admin, &[("file", "b.txt", b"12345")]).expect(413).code(), "quota_exceeded");
        send(&admin, &[("file", "c.txt", b"1234")]).expect(201);
        assert_eq!(send(&admin, &[("file", "d.txt", b"")]).expect(413).code(), "quota_exceeded", "an empty file takes room");
        assert_eq!(send(&admin, &[("file", "d.txt", b"x")]).expect(413).code(), "quota_exceeded");
        send(&world.admin(), &[("file", "a.txt", b"123456")]).expect(201);
        assert_eq!(stored(world), 3);
    }
}

on_both! {
    fn uploads_that_are_left_behind_are_removed(world) {
        world.row_country("CL");
        let ceti = world.row_commission("CL", "CETI").to_string();
        let secretariat = world.secretariat(&ceti);
        let [cited, forgotten] = ["acta.pdf", "otra.pdf"].map(|name| send(&secretariat, &[("file", name, PDF)]).expect(201).id());
        let meeting = secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08"})).expect(201).id();
        secretariat.post(&format!("/meetings/{meeting}/documents"), json!({"title": "Acta", "kind": "signed_minutes", "file_id": cited})).expect(201);
        let root = world.folder.path().join("files/00");
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(root.join("0190a6f0-0000-7000-8000-000000000000.part"), b"cut").unwrap();
        std::fs::write(root.join("0190a6f0-0000-7000-8000-000000000000"), b"orphan").unwrap();
        world.at("2023-09-30T12:00:00Z");
        work(world);
        assert_eq!(stored(world), 4, "nothing is a month old, and the bytes on the disk are younger than the clock says");
        world.at("2123-09-30T12:00:00Z");
        work(world);
        assert_eq!(stored(world), 1);
        world.admin().get(&format!("/files/{cited}")).expect(200);
        world.admin().get(&format!("/files/{forgotten}")).expect(404);
    }
}

on_both! {
    fn a_person_has_a_limited_number_of_documents_in_ten_minutes(world) {
        world.row_country("CL");
        let ceti = world.row_commission("CL", "CETI").to_string();
        let secretariat = world.secretariat(&ceti);
        let path = "/follow-up-matrix?country_code=CL&format=csv";
        let first_refused = (0..).find(|_| secretariat.get(path).status == 429).unwrap();
        assert_eq!(first_refused, 120);
        let refused = secretariat.get(path);
        assert_eq!((refused.code(), refused.header("retry-after")), ("too_many_requests", Some("600")));
        world.secretariat(&ceti).get(path).expect(200);
        world.at("2023-09-01T12:10:00Z");
        secretariat.get(path).expect(200);
    }
}

on_both! {
    fn a_person_has_a_limited_number_of_imports_in_ten_minutes(world) {
        world.row_country("CL");
        let ceti = world.row_commission("CL", "CETI").to_string();
        let secretariat = world.secretariat(&ceti);
        let import = |person: &Person<'_>| {
            let path = format!("/imports?dry_run=true&commission_id={ceti}");
            person.with("content-type", "text/csv").call("POST", &path, Some(b"a;b\n1;2\n".to_vec()))
        };
        let first_refused = (0..).find(|_| import(&secretariat).status == 429).unwrap();
        assert_eq!(first_refused, 60);
        let refused = import(&secretariat);
        assert_eq!((refused.code(), refused.header("retry-after")), ("too_many_requests", Some("600")));
        assert_eq!(import(&world.secretariat(&ceti)).status, 422, "each person has a limit of their own");
        world.at("2023-09-01T12:10:00Z");
        assert_eq!(import(&secretariat).status, 422);
    }
}
