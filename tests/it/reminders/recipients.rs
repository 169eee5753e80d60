//! Recipients: the right people, one mail a day, and nobody who may not see the record.

use articula::mail::{Mailer, Refusal};
use articula::worker;
use serde_json::json;

use super::{chile, remind, to};
use crate::on_both;
use crate::support::Person;

on_both! {
    fn a_delegate_with_an_account_that_may_not_see_the_commitment_gets_no_reminder_of_it(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-10-02");
        let delegates = format!("/commissions/{ceti}/delegates");
        let person = world.representative(&minsal.to_string());
        let body = json!({"institution_id": minsal, "user_id": person.id, "capacity": "principal"});
        world.admin().post(&delegates, body).expect(201);
        let account = format!("/users/{}", person.id.unwrap());
        let may = |grants: serde_json::Value| world.admin().patch(&account, json!({"grants": grants})).expect(200);
        may(json!([]));
        let (mailer, kept) = Mailer::memory().unwrap();
        remind(world, &mailer, "2023-09-04");
        assert_eq!(to(&kept), ["gabinete@minsal.example"]);
        may(json!([{"role": "observer", "commission_id": ceti}]));
        world.row_task(("CL", ceti), minsal, "CETI-2023-003", "2023-10-02");
        remind(world, &mailer, "2023-09-05");
        assert_eq!(to(&kept), [person.email.clone()]);
        let restricted = world.row_task(("CL", ceti), minsal, "CETI-2023-002", "2023-10-02");
        world.admin().patch(&format!("/commitments/{}", restricted.commitment), json!({"restricted": true})).expect(200);
        remind(world, &mailer, "2023-09-06");
        assert_eq!(to(&kept), [] as [&str; 0], "neither an observer nor an address may see a restricted record");
        let secretariat = world.secretariat(&ceti.to_string());
        remind(world, &mailer, "2023-09-07");
        assert_eq!(to(&kept), [secretariat.email], "the secretariat is reminded instead");
    }
}

on_both! {
    fn the_delegates_of_an_institution_that_has_left_get_no_mail(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-10-02");
        world.row_delegate(ceti, minsal, "titular@minsal.example");
        let member = json!({"institution_id": minsal, "role": "member", "to": "2023-09-10"});
        world.admin().post(&format!("/commissions/{ceti}/memberships"), member).expect(201);
        let (mailer, kept) = Mailer::memory().unwrap();
        remind(world, &mailer, "2023-09-04");
        assert_eq!(to(&kept), ["titular@minsal.example"]);
        remind(world, &mailer, "2023-09-25");
        assert_eq!(to(&kept), ["gabinete@minsal.example"]);
    }
}

on_both! {
    fn a_person_gets_one_mail_a_day_and_the_rest_on_the_next(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let mineduc = world.row_institution("Mineduc", Some("CL"), Some("Gabinete@Minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-10-02");
        world.row_task(("CL", ceti), mineduc, "CETI-2023-002", "2023-10-02");
        let (mailer, kept) = Mailer::memory().unwrap();
        world.at("2023-09-05T13:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(to(&kept).len(), 1, "two institutions, one address");
        world.row_task(("CL", ceti), minsal, "CETI-2023-003", "2023-10-03");
        world.at("2023-09-05T15:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(to(&kept).len(), 0);
        world.at("2023-09-06T12:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let mail = kept.lock().unwrap().sent.pop().unwrap().1;
        assert!(mail.contains("CETI-2023-003") && !mail.contains("CETI-2023-001"), "{mail}");
    }
}

on_both! {
    fn nothing_is_sent_on_non_working_days_unless_the_policy_says_so(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-16");
        world.admin().put("/countries/CL/calendar", json!([{"date": "2023-09-18", "name": "Independencia", "kind": "holiday"}])).expect(200);
        let (mailer, kept) = Mailer::memory().unwrap();
        let sent = |day| remind(world, &mailer, day).sent();
        assert_eq!(["2023-09-02", "2023-09-15", "2023-09-16", "2023-09-17", "2023-09-18", "2023-09-19"].map(sent), [0, 1, 0, 0, 0, 1]);
        kept.lock().unwrap().sent.clear();
        let policy = format!("/commissions/{ceti}/reminder-policy");
        world.admin().put(&policy, json!({"send_on_non_working_days": true, "overdue_every_days": 4})).expect(200);
        assert_eq!(["2023-09-20", "2023-09-23", "2023-09-24"].map(sent), [1, 0, 1]);
        let log = world.admin().get("/audit-log?kind=reminder_policy").expect(200);
        assert_eq!(log.items()[0]["after"]["overdue_every_days"], 4);
    }
}

on_both! {
    fn reminders_that_become_due_are_added_to_a_mail_that_waits_for_the_server(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-07");
        world.row_task(("CL", ceti), minsal, "CETI-2023-002", "2023-10-06");
        let (mailer, kept) = Mailer::memory().unwrap();
        kept.lock().unwrap().down = Some(Refusal::Down("connection refused".into()));
        for moment in ["2023-09-05T12:00:00Z", "2023-09-06T02:00:00Z", "2023-09-06T04:10:00Z"] {
            world.at(moment);
            worker::run_jobs_once(&world.state, &mailer).unwrap();
        }
        kept.lock().unwrap().down = None;
        let preview = world.admin().get("/reminders/preview?on=2023-09-06").expect(200);
        let steps: Vec<_> = preview.items()[0]["entries"].as_array().unwrap().iter().map(|entry| entry["step"].clone()).collect();
        assert_eq!((preview.items().len(), steps), (1, vec![json!(-1), json!(-30)]));
        world.at("2023-09-06T10:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(to(&kept).len(), 0, "the mail of the day is sent at the sending hour");
        world.at("2023-09-06T18:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let mail = kept.lock().unwrap().sent.pop().unwrap().1;
        assert!(mail.contains("CETI-2023-001") && mail.contains("CETI-2023-002"), "{mail}");
        assert_eq!((to(&kept).len(), world.admin().get("/reminders/deliveries").items().len()), (0, 1));
    }
}

on_both! {
    fn a_recipient_who_changes_before_the_mail_is_sent_is_replaced(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), None);
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-10-02");
        let before = world.row_delegate(ceti, minsal, "antes@minsal.example");
        let (mailer, kept) = Mailer::memory().unwrap();
        world.at("2023-09-05T10:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        world.admin().delete(&format!("/commissions/{ceti}/delegates/{before}")).expect(204);
        world.row_delegate(ceti, minsal, "ahora@minsal.example");
        for moment in ["2023-09-05T12:00:00Z", "2023-09-05T12:01:00Z"] {
            world.at(moment);
            worker::run_jobs_once(&world.state, &mailer).unwrap();
        }
        assert_eq!(to(&kept), ["ahora@minsal.example"]);
    }
}

on_both! {
    fn a_dry_run_and_the_preview_show_what_the_run_then_sends(world) {
        let ceti = chile(world);
        for n in 0..3 {
            let institution = world.row_institution("I", Some("CL"), Some(&format!("i{n}@example.org")));
            world.row_task(("CL", ceti), institution, &format!("CETI-2023-00{n}"), "2023-10-02");
        }
        let (mailer, kept) = Mailer::memory().unwrap();
        world.at("2023-09-05T10:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let late = world.row_institution("I", Some("CL"), Some("i3@example.org"));
        world.row_task(("CL", ceti), late, "CETI-2023-003", "2023-10-02");
        let time = articula::testing::reminders::planning_day(&world.state.db, "2023-09-05".parse().unwrap()).unwrap();
        let url = "https://articula.example";
        let dry = articula::testing::reminders::run(&world.state.db, &mailer, url, time, true).unwrap();
        let announced: Vec<_> = dry.lines.iter().map(|line| line.address.clone()).collect();
        let preview = world.admin().get("/reminders/preview?on=2023-09-05").expect(200);
        let shown: Vec<_> = preview.items().iter().map(|mail| mail["address"].as_str().unwrap().to_owned()).collect();
        assert_eq!((announced.len(), &announced), (4, &shown));
        remind(world, &mailer, "2023-09-05");
        assert_eq!(to(&kept), announced);
        assert_eq!(world.admin().get("/reminders/preview?on=2023-09-05").items().len(), 0);
    }
}

on_both! {
    fn addresses_that_bounce_are_listed_until_they_accept_mail_again(world) {
        let ceti = chile(world);
        let other = world.row_commission("CL", "MITP");
        let minsal = world.row_institution("Minsal", Some("CL"), Some("no@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-08");
        let (mailer, kept) = Mailer::memory().unwrap();
        kept.lock().unwrap().refuses.insert("no@minsal.example".into(), Refusal::Permanent("550 no such mailbox".into()));
        remind(world, &mailer, "2023-09-01");
        let secretariat = world.secretariat(&ceti.to_string());
        let bouncing = || secretariat.get("/reminders/deliveries?bouncing=true").expect(200).items().len();
        assert_eq!((bouncing(), world.secretariat(&other.to_string()).get("/reminders/deliveries?bouncing=true").items().len()), (1, 0));
        kept.lock().unwrap().refuses.clear();
        remind(world, &mailer, "2023-09-07");
        assert_eq!(bouncing(), 0);
    }
}

/// Returns the recipients in the preview, with the reason of the first reminder.
fn previewed(person: &Person<'_>, day: &str) -> Vec<(String, String)> {
    let preview = person.get(&format!("/reminders/preview?on={day}")).expect(200);
    let mails = preview.items().iter().map(|mail| (&mail["address"], &mail["entries"][0]["reason"]));
    mails.map(|(address, reason)| (address.as_str().unwrap().to_owned(), reason.as_str().unwrap().to_owned())).collect()
}

on_both! {
    fn a_restricted_reminder_does_not_follow_the_address_of_a_shared_institution(world) {
        world.row_country("CL");
        world.row_country("PE");
        let cigtpe = world.row_commission("PE", "CIGTPE");
        let shared = world.row_institution("OIT", None, Some("oficina@oit.example"));
        let task = world.row_task(("PE", cigtpe), shared, "CIGTPE-2026-002", "2023-09-29");
        world.admin().patch(&format!("/commitments/{}", task.commitment), json!({"restricted": true})).expect(200);
        world.admin().patch(&format!("/institutions/{shared}"), json!({"email": "intruso.cl@evil.example"})).expect(200);
        let secretariat = world.secretariat(&cigtpe.to_string());
        for person in [&world.admin(), &world.coordinator("PE"), &secretariat] {
            assert_eq!(previewed(person, "2023-09-22"), [(secretariat.email.clone(), "restricted_to_people".to_owned())]);
        }
        let (mailer, kept) = Mailer::memory().unwrap();
        remind(world, &mailer, "2023-09-22");
        let mail = kept.lock().unwrap().sent[0].1.replace("=\r\n", "");
        assert_eq!(to(&kept), [secretariat.email]);
        assert!(mail.contains("Lo reservado no se env"), "{mail}");
    }
}

on_both! {
    fn a_restricted_reminder_does_not_follow_an_address_that_another_commission_changes(world) {
        let ceti = chile(world);
        let mitp = world.row_commission("CL", "MITP");
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let task = world.row_task(("CL", mitp), minsal, "MITP-2023-001", "2023-09-29");
        let open = world.row_task(("CL", mitp), minsal, "MITP-2023-002", "2023-09-29");
        let path = format!("/commitments/{}", task.commitment);
        world.admin().patch(&path, json!({"restricted": true})).expect(200);
        let (stranger, secretariat) = (world.secretariat(&ceti.to_string()), world.secretariat(&mitp.to_string()));
        stranger.get(&path).expect(404);
        stranger.patch(&format!("/institutions/{minsal}"), json!({"email": "otra@minsal.example"})).expect(200);
        let with_reasons = |restricted: &str| [(restricted.to_owned(), "restricted_to_people".to_owned()), ("otra@minsal.example".to_owned(), "institution_address".to_owned())];
        let mut expected = with_reasons(&secretariat.email);
        expected.sort();
        let mut shown = previewed(&secretariat, "2023-09-22");
        shown.sort();
        assert_eq!(shown, expected);
        let (mailer, kept) = Mailer::memory().unwrap();
        remind(world, &mailer, "2023-09-22");
        assert_eq!(to(&kept), ["otra@minsal.example".to_owned(), secretariat.email.clone()]);
        let log: Vec<_> = world.admin().get("/reminders/deliveries?address=otra@minsal.example").items().to_vec();
        assert_eq!(log.len(), 1, "the open commitment {}", open.commitment);
    }
}

on_both! {
    fn a_commitment_that_becomes_restricted_while_the_mail_waits_is_not_sent_to_the_address(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let secretariat = world.secretariat(&ceti.to_string());
        let task = world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-10-02");
        let (mailer, kept) = Mailer::memory().unwrap();
        world.at("2023-09-05T10:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(to(&kept), [] as [&str; 0], "planned for the sending hour");
        world.admin().patch(&format!("/commitments/{}", task.commitment), json!({"restricted": true})).expect(200);
        for moment in ["2023-09-05T12:00:00Z", "2023-09-05T12:01:00Z"] {
            world.at(moment);
            worker::run_jobs_once(&world.state, &mailer).unwrap();
        }
        assert_eq!(to(&kept), [secretariat.email]);
    }
}

on_both! {
    fn no_notification_of_a_restricted_record_is_sent_to_an_address_without_a_person(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let keeper = world.row_institution("Secretaría", Some("CL"), Some("secretaria@ceti.example"));
        world.row_member(ceti, minsal, "member");
        world.row_member(ceti, keeper, "secretariat");
        let admin = world.admin();
        let commitment = |restricted: bool| json!({"commission_ids": [ceti], "text": "Capacitar", "restricted": restricted, "assignments": [{"institution_id": minsal}]});
        let session = |restricted: bool| json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-09-20T14:00:00Z", "restricted": restricted});
        let convened = |restricted: bool| {
            let path = format!("/meetings/{}", admin.post("/meetings", session(restricted)).expect(201).id());
            admin.put(&format!("{path}/attendance"), json!([{"institution_id": minsal, "status": "present"}])).expect(200);
            admin.call("POST", &format!("{path}/convocation"), None).expect(200);
            path
        };
        let recipients = || {
            let mails = world.notices().into_iter().filter(|mail| mail.kind != "contact_changed");
            mails.map(|mail| mail.to).collect::<Vec<_>>()
        };
        admin.post("/commitments", commitment(true)).expect(201);
        convened(true);
        assert_eq!(recipients(), [] as [String; 0], "nobody may be notified");
        let secretariat = world.secretariat(&ceti.to_string());
        admin.post("/commitments", commitment(true)).expect(201);
        convened(true);
        let mails = world.notices();
        assert!(mails.iter().all(|mail| mail.to == secretariat.email && mail.text.contains("de: Minsal")), "{mails:?}");
        assert_eq!(mails.len(), 2);
        let open = convened(false);
        assert!(recipients().contains(&"gabinete@minsal.example".to_owned()));
        admin.patch(&format!("/institutions/{minsal}"), json!({"email": "intruso@evil.example"})).expect(200);
        admin.patch(&open, json!({"restricted": true, "place": "Santiago"})).expect(200);
        admin.post(&format!("{open}/cancellation"), json!({"reason": "Sin quórum"})).expect(200);
        assert!(recipients().iter().all(|to| *to == secretariat.email), "it has become restricted");
    }
}

on_both! {
    fn a_draft_is_reminded_of_from_its_publication_on(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-10-13", "status": "draft", "assignments": [{"institution_id": minsal}]});
        let draft = world.admin().post("/commitments", body).expect(201).id();
        let (mailer, kept) = Mailer::memory().unwrap();
        remind(world, &mailer, "2023-09-13");
        assert_eq!(to(&kept), [] as [&str; 0], "a draft");
        world.admin().post(&format!("/commitments/{draft}/publication"), json!({})).expect(200);
        world.notices();
        remind(world, &mailer, "2023-10-06");
        assert_eq!(to(&kept), ["gabinete@minsal.example"]);
    }
}
