//! Reminders: steps, recipients, and no step sent twice.

mod addresses;
mod deliveries;
mod faults;
mod killed;
mod recipients;
mod sender_threads;
mod zones;

use articula::db::CommissionId;
use articula::db::schema::commitments;
use articula::mail::{Mailer, MemoryBox, Refusal};
use articula::testing::reminders::{RunSummary, planning_day, run};
use articula::worker;
use diesel::prelude::*;
use serde_json::json;
use std::sync::{Arc, Mutex};

use crate::on_both;
use crate::support::World;

type Kept = Arc<Mutex<MemoryBox>>;

fn remind(world: &World, mailer: &Mailer, day: &str) -> RunSummary {
    let time = planning_day(&world.state.db, day.parse().unwrap()).unwrap();
    run(&world.state.db, mailer, "https://articula.example", time, false).unwrap()
}

/// Returns the recipients of reminders since the last call, sorted.
fn to(kept: &Kept) -> Vec<String> {
    let mut kept = kept.lock().unwrap();
    let address = |mail: &str| {
        let line = mail.lines().find(|line| line.starts_with("To: ")).unwrap().to_owned();
        line.rsplit(['<', ' ']).next().unwrap().trim_end_matches('>').to_owned()
    };
    let reminders = kept.sent.drain(..).filter(|(_, mail)| mail.contains("X-Articula-Kind: reminder"));
    let mut all: Vec<_> = reminders.map(|(_, mail)| address(&mail)).collect();
    all.sort();
    all
}

fn chile(world: &World) -> CommissionId {
    world.row_country("CL");
    world.row_commission("CL", "CETI")
}

on_both! {
    fn each_step_is_sent_once_however_often_reminders_run(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-10-13");
        let (mailer, kept) = Mailer::memory().unwrap();
        for (day, mails) in [("2023-09-12", 0), ("2023-09-13", 1), ("2023-09-13", 0), ("2023-09-14", 0), ("2023-10-06", 1), ("2023-10-12", 1), ("2023-10-13", 1), ("2023-10-19", 0), ("2023-10-20", 1)] {
            assert_eq!(remind(world, &mailer, day).sent(), mails, "{day}");
        }
        let mail = kept.lock().unwrap().sent[0].1.replace("=\r\n", "");
        assert!(mail.contains("X-Articula-Kind: reminder") && mail.contains("Auto-Submitted: auto-generated"), "{mail}");
        assert!(mail.contains("Date: Thu, 14 Sep 2023"), "{mail}");
        assert!(mail.lines().any(|line| line.starts_with("CETI-2023-001: vence el")), "{mail}");
        assert!(mail.contains("<strong>CETI-2023-001</strong>"), "{mail}");
        assert_eq!(kept.lock().unwrap().sent.len(), 5);
    }
}

on_both! {
    fn several_steps_that_were_missed_are_one_mail(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-08");
        world.row_task(("CL", ceti), minsal, "CETI-2023-002", "2023-09-05");
        let (mailer, kept) = Mailer::memory().unwrap();
        let summary = remind(world, &mailer, "2023-09-20");
        assert_eq!((summary.sent(), summary.to_string().lines().count()), (1, 2));
        let mail = kept.lock().unwrap().sent[0].1.replace("=\r\n", "");
        let codes: Vec<_> = mail.lines().filter(|line| line.starts_with("CETI-2023-")).map(|line| line[..13].to_owned()).collect();
        assert_eq!(codes, ["CETI-2023-002", "CETI-2023-001"]);
    }
}

on_both! {
    fn delegates_come_first_then_representatives_then_the_address_then_the_secretariat(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), None);
        let task = world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-29");
        let (mailer, kept) = Mailer::memory().unwrap();
        let steps = |day: &str| {
            remind(world, &mailer, day);
            to(&kept)
        };
        let dipres = world.row_institution("Secretaría", Some("CL"), Some("secretaria@ceti.example"));
        world.row_member(ceti, dipres, "secretariat");
        assert_eq!(steps("2023-09-01"), ["secretaria@ceti.example"]);
        let coordinator = world.coordinator("CL");
        assert_eq!(steps("2023-09-22"), [coordinator.email.clone()]);
        let secretariat = world.secretariat(&ceti.to_string());
        assert_eq!(steps("2023-09-28"), [secretariat.email.clone()]);
        let representative = world.representative(&minsal.to_string());
        assert_eq!(steps("2023-09-29"), [representative.email.clone()]);
        world.row_delegate(ceti, minsal, "titular@minsal.example");
        world.row_delegate(ceti, minsal, "suplente@minsal.example");
        assert_eq!(steps("2023-10-06"), ["suplente@minsal.example", "titular@minsal.example"]);
        let mut expected = vec![secretariat.email.clone(), "suplente@minsal.example".into(), "titular@minsal.example".into()];
        expected.sort();
        assert_eq!(steps("2023-10-13"), expected);
        world.row_complete(&task);
        assert_eq!(steps("2023-10-20"), [] as [&str; 0]);
    }
}

on_both! {
    fn a_disabled_person_gets_no_mail(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-29");
        let representative = world.representative(&minsal.to_string());
        world.admin().patch(&format!("/users/{}", representative.id.unwrap()), json!({"disabled": true})).expect(200);
        let (mailer, kept) = Mailer::memory().unwrap();
        remind(world, &mailer, "2023-09-22");
        assert_eq!(to(&kept), ["gabinete@minsal.example"]);
    }
}

on_both! {
    fn a_refused_address_does_not_affect_others_and_is_retried_on_request(world) {
        let ceti = chile(world);
        for (n, address) in ["no@minsal.example", "si@mineduc.example"].into_iter().enumerate() {
            let institution = world.row_institution(address, Some("CL"), Some(address));
            world.row_task(("CL", ceti), institution, &format!("CETI-2023-00{n}"), "2023-09-08");
        }
        let (mailer, kept) = Mailer::memory().unwrap();
        kept.lock().unwrap().refuses.insert("no@minsal.example".into(), Refusal::Permanent("550 no such mailbox".into()));
        let summary = remind(world, &mailer, "2023-09-01");
        assert_eq!((summary.sent(), summary.failed(), to(&kept)), (1, 1, vec!["si@mineduc.example".to_owned()]));
        let secretariat = world.secretariat(&ceti.to_string());
        let failed = secretariat.get("/reminders/deliveries?status=failed").expect(200);
        let delivery = &failed.items()[0];
        assert_eq!((failed.items().len(), &delivery["address"], &delivery["last_error"]), (1, &json!("no@minsal.example"), &json!("550 no such mailbox")));
        assert_eq!((&delivery["commission_ids"], &delivery["attempts"], &delivery["next_attempt"]), (&json!([ceti]), &json!(1), &json!(null)));
        let path = format!("/reminders/deliveries/{}/retry", delivery["id"].as_str().unwrap());
        world.row_country("PE");
        for stranger in [world.coordinator("PE"), world.observer(&ceti.to_string())] {
            stranger.call("POST", &path, None).expect(404);
            assert_eq!(stranger.get("/reminders/deliveries").items().len(), 0);
        }
        let queued = world.coordinator("CL").call("POST", &path, None).expect(200);
        assert_eq!(queued.json["status"], "queued");
        kept.lock().unwrap().refuses.clear();
        remind(world, &mailer, "2023-09-01");
        assert_eq!(to(&kept), ["no@minsal.example"]);
        assert_eq!(secretariat.call("POST", &path, None).expect(409).code(), "conflict");
        assert_eq!(secretariat.get("/reminders/deliveries?status=sent").items().len(), 2);
    }
}

on_both! {
    fn a_server_that_is_down_is_tried_for_three_days_and_completed_assignments_are_dropped(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let mineduc = world.row_institution("Mineduc", Some("CL"), Some("oficina@mineduc.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-08");
        let done = world.row_task(("CL", ceti), mineduc, "CETI-2023-002", "2023-09-08");
        let (mailer, kept) = Mailer::memory().unwrap();
        world.at("2023-09-01T11:59:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let waiting = world.admin().get("/reminders/deliveries?status=queued");
        assert_eq!(waiting.items().iter().map(|one| one["attempts"].clone()).collect::<Vec<_>>(), [0, 0], "before the sending hour");
        kept.lock().unwrap().down = Some(Refusal::Down("connection refused".into()));
        for (moment, attempts) in [("2023-09-01T12:00:00Z", 1), ("2023-09-01T12:00:30Z", 1), ("2023-09-01T12:01:00Z", 2), ("2023-09-01T12:02:00Z", 2), ("2023-09-01T12:03:00Z", 3)] {
            world.at(moment);
            worker::run_jobs_once(&world.state, &mailer).unwrap();
            let waiting = world.admin().get("/reminders/deliveries?status=queued").expect(200);
            assert_eq!(waiting.items().iter().map(|one| one["attempts"].as_i64().unwrap()).collect::<Vec<_>>(), [attempts, attempts], "{moment}");
        }
        world.row_complete(&done);
        kept.lock().unwrap().down = None;
        world.at("2023-09-01T13:00:00Z");
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        assert_eq!(to(&kept), ["gabinete@minsal.example"]);
        assert_eq!(world.admin().get("/reminders/deliveries?status=dropped").items().len(), 1);
        kept.lock().unwrap().down = Some(Refusal::Down("connection refused".into()));
        world.row_task(("CL", ceti), mineduc, "CETI-2023-003", "2023-09-11");
        for day in 4..9 {
            world.at(&format!("2023-09-0{day}T15:00:00Z"));
            worker::run_jobs_once(&world.state, &mailer).unwrap();
        }
        let failed = world.admin().get("/reminders/deliveries?status=failed").expect(200);
        assert_eq!(failed.items().last().unwrap()["last_error"], "connection refused");
    }
}

on_both! {
    fn two_runs_at_once_send_one_mail(world) {
        let ceti = chile(world);
        for n in 0..5 {
            let institution = world.row_institution("I", Some("CL"), Some(&format!("i{n}@example.org")));
            world.row_task(("CL", ceti), institution, &format!("CETI-2023-00{n}"), "2023-09-08");
        }
        let (mailer, kept) = Mailer::memory().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| remind(world, &mailer, "2023-09-01"));
            }
        });
        assert_eq!(to(&kept).len(), 5);
    }
}

on_both! {
    fn the_preview_shows_content_recipient_and_reason_to_those_who_keep_the_record(world) {
        let ceti = chile(world);
        world.row_country("PE");
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let task = world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-29");
        let secretariat = world.secretariat(&ceti.to_string());
        let shown = secretariat.get("/reminders/preview?on=2023-09-22").expect(200);
        assert_eq!(shown.json["on"], "2023-09-22");
        let mail = &shown.items()[0];
        assert_eq!((&mail["address"], shown.items().len()), (&json!("gabinete@minsal.example"), 1));
        assert_eq!(mail["entries"], json!([{"code": "CETI-2023-001", "commitment_id": task.commitment, "assignment_id": task.assignment, "institution_id": minsal, "due": "2023-09-29", "step": -7, "reason": "institution_address"}]));
        assert_eq!(world.coordinator("CL").get("/reminders/preview?on=2023-09-22").items().len(), 1);
        for stranger in [world.coordinator("PE"), world.representative(&minsal.to_string())] {
            assert_eq!(stranger.get("/reminders/preview?on=2023-09-22").expect(200).items().len(), 0);
        }
        secretariat.get("/reminders/preview?on=ayer").expect(400);
        world.nobody().get("/reminders/preview").expect(401);
        assert_eq!(world.admin().get("/reminders/deliveries").items().len(), 0, "a preview sends nothing");
    }
}

on_both! {
    fn a_term_that_changes_while_reminders_are_planned_is_not_missed(world) {
        let ceti = chile(world);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        let task = world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-12-29");
        let (mailer, kept) = Mailer::memory().unwrap();
        let (changed, wait) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let change = |tx: &mut articula::db::Tx<'_>| {
                    let ours = commitments::table.filter(commitments::id.eq(task.commitment));
                    let due: chrono::NaiveDate = "2023-10-02".parse().unwrap();
                    diesel::update(ours).set((commitments::due_from.eq(due), commitments::due_to.eq(due))).execute(tx.conn)?;
                    changed.send(()).unwrap();
                    std::thread::sleep(std::time::Duration::from_millis(300));
                    Ok(())
                };
                world.state.db.write(None, world.clock.now(), change).unwrap();
            });
            wait.recv().unwrap();
            remind(world, &mailer, "2023-09-04");
        });
        remind(world, &mailer, "2023-09-04");
        assert_eq!(to(&kept), ["gabinete@minsal.example"]);
    }
}
