//! Files: who uploads, who fetches, what is refused.

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

on_both! {
    fn a_file_is_judged_by_its_content_and_sent_as_an_attachment(world) {
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
    fn what_is_no_single_file_is_refused_and_leaves_nothing(world) {
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
    fn a_file_is_fetched_by_those_who_see_a_record_that_cites_it(world) {
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
