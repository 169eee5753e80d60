//! The texts of mails in both languages, compared with `snapshots/`. After an intended change, run the tests with
//! `INSTA_UPDATE=always` and review the result of `git diff`.

use articula::db::CommissionId;
use articula::mail::Mailer;
use articula::testing::reminders::{planning_day, run};
use icalendar::Component;
use serde_json::json;

use super::{read, value};
use crate::support::{Kind, Mail, Person, World, taken};

/// Formats a mail without the parts that differ from run to run.
fn shown(mail: &Mail, world: &World) -> String {
    let mut whole =
        format!("To: {}\nX-Articula-Kind: {}\nSubject: {}\n\n{}", mail.to, mail.kind, mail.subject, mail.text);
    whole.push_str("\n===== HTML\n");
    whole.push_str(&mail.html.replace("><", ">\n<"));
    for (name, content) in mail.attachments.iter().filter(|(name, _)| !name.ends_with(".pdf")) {
        whole.push_str(&format!("\n===== {name}\n{}", content.replace("\r\n ", "").replace("\r\n", "\n")));
    }
    without_ids(&whole.replace(&world.url, "https://articula.example"))
}

/// Writes the HTML of mails to `target/tmp/mails`, one file per kind and language, so that they can be looked at as
/// pictures in a browser.
fn keep_pictures(mails: &[Mail], language: &str) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mails");
    std::fs::create_dir_all(&folder).unwrap();
    for mail in mails {
        std::fs::write(folder.join(format!("{}-{language}.html", mail.kind)), &mail.html).unwrap();
    }
}

/// Replaces ids and one-time tokens by dots.
fn without_ids(text: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let mut shown = String::new();
    for part in text.split_inclusive(|c| !word(c)) {
        let name = part.trim_end_matches(|c| !word(c));
        let id = name.len() == 36 && name.matches('-').count() == 4;
        shown.push_str(&if id || name.len() == 43 { part.replace(name, "…") } else { part.to_owned() });
    }
    shown
}

/// Sets the language of a person.
fn with_language<'w>(world: &World, person: Person<'w>, language: &str) -> Person<'w> {
    world.admin().patch(&format!("/users/{}", person.id.unwrap()), json!({"language": language})).expect(200);
    person
}

/// Sends the reminders of five due dates, two of them overdue, of an institution with two people.
fn send_reminders(world: &World) -> Vec<Mail> {
    world.country("CL");
    let ceti: CommissionId = world.commission("CL", "CETI").parse().unwrap();
    let minsal = world.row_institution("Ministerio de Salud", Some("CL"), None);
    for (n, due) in ["2023-08-18", "2023-09-04", "2023-09-03", "2023-09-05", "2023-10-04"].iter().enumerate() {
        world.row_task(("CL", ceti), minsal, &format!("CETI-2023-00{n}"), due);
    }
    for language in ["es", "en"] {
        with_language(world, world.representative(&minsal.to_string()), language);
    }
    let (mailer, kept) = Mailer::memory().unwrap();
    let time = planning_day(&world.state.db, "2023-09-04".parse().unwrap()).unwrap();
    run(&world.state.db, &mailer, &world.url, time, false).unwrap();
    let mut mails = taken(&kept);
    mails.sort_by(|a, b| a.to.cmp(&b.to));
    mails
}

#[test]
fn the_daily_digest() {
    let world = World::new(Kind::Sqlite);
    let mails = send_reminders(&world);
    assert_eq!(mails.len(), 2);
    for (mail, language) in mails.iter().zip(["es", "en"]) {
        keep_pictures(std::slice::from_ref(mail), language);
        insta::assert_snapshot!(format!("digest-{language}"), shown(mail, &world));
    }
    let mail = &mails[0];
    let codes: Vec<_> = mail.text.lines().filter(|line| line.starts_with("CETI-")).map(|line| &line[..13]).collect();
    assert_eq!(
        codes,
        ["CETI-2023-000", "CETI-2023-002", "CETI-2023-001", "CETI-2023-003", "CETI-2023-004"],
        "the soonest first"
    );
    assert!(!mail.html.contains("src=") && !mail.html.contains("url("), "no external resource");
    let calendar = read(&mail.attachments[0].1);
    let days: Vec<_> = calendar.events().map(|event| value(event, "DTSTART").to_owned()).collect();
    assert_eq!(days, ["20230818", "20230903", "20230904", "20230905", "20231004"]);
    assert!(calendar.events().all(|event| event.get_summary().unwrap().starts_with("Vence CETI-2023-00")));
}

/// Causes a mail of each kind of notification to a person with this language.
fn send_notifications(world: &World, language: &str) -> Vec<Mail> {
    let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Ministerio de Salud"));
    world.member(&ceti, &minsal, "member");
    let secretariat = world.secretariat(&ceti);
    with_language(world, world.secretariat(&ceti), language);
    let representative = with_language(world, world.representative(&minsal), language);
    world.notices();
    let admin = world.admin();
    admin.post("/users", json!({"email": "eva@example.org", "name": "Eva Díaz", "language": language})).expect(201);
    world.nobody().post("/auth/password-reset", json!({"email": representative.email})).expect(202);
    let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión ordinaria", "modality": "hybrid", "place": "Santiago", "url": "https://reuniones.example/4", "starts_at": "2023-09-20T14:00:00Z", "ends_at": "2023-09-20T16:00:00Z"});
    let path = format!("/meetings/{}", secretariat.post("/meetings", session).expect(201).id());
    secretariat.put(&format!("{path}/agenda"), json!([{"title": "Cuenta de la secretaría", "kind": "information", "presenter": "Ana Rojas"}, {"title": "Plan 2024", "kind": "decision"}])).expect(200);
    secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
    secretariat.patch(&path, json!({"place": "Valparaíso", "ends_at": null})).expect(200);
    let mut mails = world.notices();
    secretariat.post(&format!("{path}/cancellation"), json!({"reason": "Falta de quórum"})).expect(200);
    let body = json!({"commission_ids": [ceti], "text": "Capacitar a las OPD", "due": "2023-12-15", "assignments": [{"institution_id": minsal}]});
    let made = secretariat.post("/commitments", body).expect(201);
    let assignment =
        format!("/commitments/{}/assignments/{}", made.id(), made.json["assignments"][0]["id"].as_str().unwrap());
    for outcome in ["refused", "granted"] {
        let asked = representative
            .post(&format!("{assignment}/extensions"), json!({"requested_due": "2024-03", "reason": "Licitación"}))
            .expect(201);
        secretariat
            .put(
                &format!("/extensions/{}/decision", asked.id()),
                json!({"outcome": outcome, "comment": "Visto el oficio 12."}),
            )
            .expect(200);
    }
    let done = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Se capacitó a 40 personas.", "evidence": [{"title": "Lista", "url": "https://example.org/l"}]});
    let update = representative.post(&format!("{assignment}/updates"), done).expect(201).id();
    secretariat
        .put(&format!("/updates/{update}/review"), json!({"outcome": "returned", "comment": "Falta la lista."}))
        .expect(200);
    send_notifications_of_the_end(&assignment, &secretariat, &representative);
    mails.extend(world.notices());
    mails.retain(|mail| mail.to != secretariat.email);
    mails.sort_by_key(|mail| (mail.kind.clone(), mail.subject.clone(), mail.text.clone()));
    mails
}

/// Causes the mails of a part that is given up, asked for anew, accepted, opened again, corrected and cancelled.
fn send_notifications_of_the_end(assignment: &str, secretariat: &Person<'_>, representative: &Person<'_>) {
    let updates = format!("{assignment}/updates");
    let lost = json!({"reported_on": "2023-08-30", "status": "not_achieved", "narrative": "Sin presupuesto."});
    representative.post(&updates, lost).expect(201);
    let more = json!({"requested_due": "2024-06", "reason": "Otra licitación"});
    let asked = representative.post(&format!("{assignment}/extensions"), more).expect(201).id();
    representative.call("POST", &format!("/extensions/{asked}/withdrawal"), None).expect(200);
    let again = representative
        .post(&format!("{assignment}/extensions"), json!({"requested_due": "2024-07", "reason": "Por error"}))
        .expect(201)
        .id();
    secretariat.call("POST", &format!("/extensions/{again}/withdrawal"), None).expect(200);
    let done = json!({"reported_on": "2023-08-31", "status": "completed", "narrative": "Ahora sí.", "evidence": [{"title": "Lista", "url": "https://example.org/l"}]});
    let review = format!("/updates/{}/review", representative.post(&updates, done).expect(201).id());
    secretariat.put(&review, json!({"outcome": "accepted", "comment": "Bien."})).expect(200);
    secretariat.delete(&review).expect(204);
    secretariat.put(&review, json!({"outcome": "accepted"})).expect(200);
    secretariat.post(&format!("{assignment}/reopening"), json!({"reason": "La lista era de otro taller."})).expect(200);
    secretariat.patch(assignment, json!({"due": "2024-02", "correction_reason": "Se transcribió mal."})).expect(200);
    secretariat.post(&format!("{assignment}/cancellation"), json!({"reason": "Pasa a otra institución."})).expect(200);
}

#[test]
fn the_texts_of_notices() {
    for language in ["es", "en"] {
        let world = World::new(Kind::Sqlite);
        let mails = send_notifications(&world, language);
        let kinds: std::collections::BTreeSet<_> = mails.iter().map(|mail| mail.kind.as_str()).collect();
        let all = [
            "assignment_cancelled",
            "assignment_reopened",
            "completion_review",
            "convocation",
            "extension_decided",
            "extension_requested",
            "extension_withdrawn",
            "invitation",
            "new_commitment",
            "not_achieved",
            "password_reset",
            "review_withdrawn",
            "session_cancelled",
            "session_changed",
            "term_corrected",
            "update_accepted",
            "update_returned",
        ];
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
        keep_pictures(&mails, language);
        let whole: Vec<String> = mails.iter().map(|mail| shown(mail, &world)).collect();
        insta::assert_snapshot!(format!("notices-{language}"), whole.join("\n\n##########\n\n"));
    }
}
