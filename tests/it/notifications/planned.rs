//! The plans of days and weeks: the first 48 hours, reviews that wait, summaries, sessions, the coordinator.

use articula::clock::Instant;
use articula::db::AssignmentId;
use articula::db::schema::assignments;
use articula::mail::Mailer;
use articula::testing::reminders::{planning_day, run};
use diesel::prelude::*;
use serde_json::json;

use super::Fixture;
use crate::on_both;
use crate::support::{Mail, World, taken};

/// Sends what is due on a day, as `remind --as-of` does; returns the mails.
pub(super) fn remind(world: &World, day: &str) -> Vec<Mail> {
    let (mailer, kept) = Mailer::memory().unwrap();
    let time = planning_day(&world.state.db, day.parse().unwrap()).unwrap();
    run(&world.state.db, &mailer, "https://articula.example", time, false).unwrap();
    taken(&kept)
}

/// Returns the mails of a kind to a person.
pub(super) fn of<'m>(mails: &'m [Mail], kind: &str, to: &str) -> Vec<&'m Mail> {
    mails.iter().filter(|mail| mail.kind == kind && mail.to == to).collect()
}

fn announce(world: &World, assignment: AssignmentId, at: &str) {
    let at = Instant::parse(at).unwrap();
    let set = |tx: &mut articula::db::Tx<'_>| {
        let ours = assignments::table.filter(assignments::id.eq(assignment));
        Ok(diesel::update(ours).set(assignments::announced_at.eq(at)).execute(tx.conn)?)
    };
    assert_eq!(world.state.db.write(None, world.clock.now(), set).unwrap(), 1);
}

on_both! {
    fn nothing_follows_the_announcement_for_48_hours(world) {
        let fixture = Fixture::new(world);
        let (ceti, minsal) = (fixture.ceti.parse().unwrap(), fixture.minsal.parse().unwrap());
        let soon = world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-19");
        let now = world.row_task(("CL", ceti), minsal, "CETI-2023-002", "2023-09-05");
        for task in [&soon, &now] {
            announce(world, task.assignment, "2023-09-04T15:00:00Z");
        }
        let codes = |day: &str| {
            let mails = remind(world, day);
            let own = of(&mails, "reminder", &fixture.representative.email);
            let codes = own.iter().flat_map(|mail| mail.text.lines()).filter(|line| line.starts_with("CETI-"));
            codes.map(|line| line[..13].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(codes("2023-09-04"), [] as [&str; 0], "the 30 days are skipped");
        assert_eq!(codes("2023-09-05"), [] as [&str; 0], "the day itself waits");
        assert_eq!(codes("2023-09-06"), [] as [&str; 0]);
        assert_eq!(codes("2023-09-07"), ["CETI-2023-002"], "the 48 hours are over");
        assert_eq!(codes("2023-09-07"), [] as [&str; 0], "told once");
        assert_eq!(codes("2023-09-12"), ["CETI-2023-002", "CETI-2023-001"], "seven days after and before");
    }
}

on_both! {
    fn the_coordinator_is_told_after_thirty_days_and_the_secretariat_reads_whom_to_call(world) {
        let fixture = Fixture::new(world);
        let coordinator = world.coordinator("CL");
        let (ceti, minsal) = (fixture.ceti.parse().unwrap(), fixture.minsal.parse().unwrap());
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-04");
        let told = |day: &str| {
            let mails = remind(world, day);
            [&coordinator, &fixture.secretariat].map(|person| of(&mails, "reminder", &person.email).len())
        };
        assert_eq!(told("2023-09-12"), [0, 0]);
        assert_eq!(told("2023-09-19"), [0, 1]);
        assert_eq!(told("2023-10-03"), [0, 1]);
        let mails = remind(world, "2023-10-10");
        assert_eq!(of(&mails, "reminder", &coordinator.email).len(), 1, "35 days");
        let mail = of(&mails, "reminder", &fixture.secretariat.email)[0];
        assert!(mail.text.contains("Sin avances informados.") && mail.text.contains(&format!("<{}>", fixture.representative.email)), "{}", mail.text);
    }
}

on_both! {
    fn a_commitment_of_several_institutions_is_told_once_and_counted_once(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let institutions = ["Minsal", "Mineduc", "Senda"].map(|name| world.institution(name));
        let parts: Vec<_> = institutions.iter().map(|id| json!({"institution_id": id})).collect();
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-12-15", "assignments": parts});
        world.admin().post("/commitments", body).expect(201);
        let mails = remind(world, "2023-12-14");
        let mail = of(&mails, "reminder", &secretariat.email)[0];
        assert!(mail.subject.starts_with("CETI-2023-001: vence mañana"), "{}", mail.subject);
        assert_eq!(mail.text.lines().filter(|line| line.starts_with("CETI-2023-001:")).count(), 1, "{}", mail.text);
        for name in ["Minsal", "Mineduc", "Senda"] {
            assert!(mail.text.contains(&format!("Institución: {name}")), "{}", mail.text);
        }
        assert!(mail.text.contains("Por vencer (1)"), "{}", mail.text);
    }
}

on_both! {
    fn a_delegate_without_an_account_is_asked_to_write_to_the_secretariat(world) {
        let fixture = Fixture::new(world);
        let (ceti, minsal) = (fixture.ceti.parse().unwrap(), fixture.minsal.parse().unwrap());
        world.row_delegate(ceti, minsal, "ana@minsal.example");
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2023-09-12");
        let mails = remind(world, "2023-09-05");
        let mail = of(&mails, "reminder", "ana@minsal.example")[0];
        assert!(mail.text.contains(&format!("escriba a la secretaría: {}", fixture.secretariat.email)), "{}", mail.text);
        assert!(!mail.text.contains("Ver lo pendiente"), "{}", mail.text);
        assert_eq!(mail.reply_to, [fixture.secretariat.email.clone()]);
    }
}

/// The words by which the mail of the day names what awaits a review or a decision.
const WAITING: [&str; 3] = ["cumplimiento por revisar", "prórroga por decidir", "actividad por validar"];

/// Reports a completion, asks for more time, and submits an activity; returns the ids of the three.
pub(super) fn make_wait(fixture: &Fixture<'_>) -> [String; 3] {
    let representative = &fixture.representative;
    let update = fixture.report_completion(&fixture.create_commitment("2024-12-30").1);
    let asked = json!({"requested_due": "2025-06-30", "reason": "Licitación"});
    let path = format!("{}/extensions", fixture.create_commitment("2024-12-30").1);
    let extension = representative.post(&path, asked).expect(201).id();
    let activity = json!({"country_code": "CL", "commission_ids": [fixture.ceti], "kind": "training", "title": "Taller", "starts": "2023-08-20", "organizer_ids": [fixture.minsal], "status": "submitted"});
    [update, extension, representative.post("/activities", activity).expect(201).id()]
}

on_both! {
    fn what_awaits_a_review_or_a_decision_is_brought_to_the_secretariat_again_every_seven_days(world) {
        let (fixture, coordinator) = (Fixture::new(world), world.coordinator("CL"));
        let [update, extension, activity] = make_wait(&fixture);
        let told = |day: &str| {
            let mails = remind(world, day);
            [&fixture.secretariat, &coordinator].map(|person| {
                let own = of(&mails, "reminder", &person.email);
                assert!(own.len() <= 1, "{day}: {own:?}");
                let named = WAITING.map(|words| own.iter().any(|mail| mail.text.contains(words)));
                let heading = format!("({})", named.iter().filter(|named| **named).count());
                let counts = |mail: &&Mail| mail.text.contains(&format!("Esperan una revisión o una decisión {heading}"));
                assert!(own.iter().all(counts), "{day}: {own:?}");
                named
            })
        };
        let (all, none) = ([true; 3], [false; 3]);
        let days = ["2023-09-07", "2023-09-08", "2023-09-08", "2023-09-11", "2023-09-15", "2023-09-29"];
        assert_eq!(days.map(told), [none, all, none, none, all, all].map(|own| [own, none]), "the third week was left out");
        let decision = json!({"outcome": "refused", "comment": "No hay más tiempo"});
        fixture.secretariat.put(&format!("/extensions/{extension}/decision"), decision).expect(200);
        assert_eq!(told("2023-10-06"), [[true, false, true], none]);
        world.admin().patch(&format!("/users/{}", fixture.secretariat.id.unwrap()), json!({"disabled": true})).expect(200);
        assert_eq!(told("2023-10-13"), [none, [true, false, true]], "the coordinator in place of a secretariat without people");
        coordinator.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        assert_eq!(told("2023-10-20"), [none, [false, false, true]]);
        coordinator.post("/activities/validation", json!({"ids": [activity]})).expect(200);
        assert_eq!(told("2023-10-27"), [none, none]);
    }
}

on_both! {
    fn a_secretariat_and_a_coordinator_get_a_summary_on_the_first_working_day_when_something_waits(world) {
        let (fixture, coordinator) = (Fixture::new(world), world.coordinator("CL"));
        let headings = ["Informes por revisar (1)", "Prórrogas por decidir (1)", "Actividades por validar (1)"];
        let summaries = |day: &str| {
            let mails = remind(world, day);
            [&fixture.secretariat, &coordinator, &fixture.representative].map(|person| {
                let own = of(&mails, "summary", &person.email);
                for mail in &own {
                    for heading in headings {
                        assert!(mail.text.lines().any(|line| line == heading), "{heading}: {}", mail.text);
                    }
                    assert!(mail.text.contains("CETI-2023-001: plazo: 30 de diciembre de 2024\nCapacitar\n"), "{}", mail.text);
                    assert!(mail.text.contains("Taller: desde el 1 de septiembre de 2023\n"), "{}", mail.text);
                }
                own.len()
            })
        };
        assert_eq!(summaries("2023-09-04"), [0, 0, 0], "nothing waits");
        make_wait(&fixture);
        let days = ["2023-09-05", "2023-09-11", "2023-09-11", "2023-09-12", "2023-09-19", "2023-09-20"];
        assert_eq!(days.map(summaries), [0, 1, 0, 0, 1, 0].map(|count| [count, count, 0]));
    }
}

on_both! {
    fn those_convened_are_reminded_the_day_before_once_and_not_of_a_cancelled_session(world) {
        let fixture = Fixture::new(world);
        let convene = |title: &str, day: &str| {
            let body = json!({"commission_ids": [fixture.ceti], "kind": "ordinary", "title": title, "starts_at": format!("{day}T14:00:00Z"), "url": "https://reuniones.example/4"});
            let path = format!("/meetings/{}", fixture.secretariat.post("/meetings", body).expect(201).id());
            fixture.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
            path
        };
        convene("Sesión", "2023-09-28");
        let off = convene("Otra", "2023-09-28");
        world.notices();
        world.at("2023-09-27T03:30:00Z");
        assert!(world.notices().is_empty());
        world.at("2023-09-27T10:00:00Z");
        assert!(world.notices().is_empty(), "planned for the sending hour");
        fixture.secretariat.post(&format!("{off}/cancellation"), json!({"reason": "Sin quórum"})).expect(200);
        world.at("2023-09-27T12:00:00Z");
        let mails = world.notices();
        let reminded: Vec<_> = mails.iter().filter(|mail| mail.kind == "meeting_reminder").collect();
        assert_eq!(reminded.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [fixture.representative.email.as_str()]);
        let mail = reminded[0];
        assert!(mail.subject.contains("jueves 28 de septiembre de 2023, a las 11:00, hora de Santiago"), "{}", mail.subject);
        assert!(mail.html.contains("href=\"https://reuniones.example/4\"") && mail.invitation.is_none());
        for moment in ["2023-09-27T12:05:00Z", "2023-09-28T13:00:00Z"] {
            world.at(moment);
            assert!(world.notices().iter().all(|mail| mail.kind != "meeting_reminder"), "{moment}");
        }
    }
}

on_both! {
    fn a_dry_run_names_what_the_run_sends(world) {
        let fixture = Fixture::new(world);
        let (_, assignment) = fixture.create_commitment("2024-12-30");
        fixture.report_completion(&assignment);
        let (mailer, _) = Mailer::memory().unwrap();
        let time = planning_day(&world.state.db, "2023-09-11".parse().unwrap()).unwrap();
        let dry = run(&world.state.db, &mailer, "https://articula.example", time, true).unwrap();
        let mut announced: Vec<_> = dry.lines.iter().map(|line| line.address.clone()).collect();
        let mut sent: Vec<_> = remind(world, "2023-09-11").into_iter().map(|mail| mail.to).collect();
        announced.sort();
        sent.sort();
        assert_eq!((announced.len(), announced), (2, sent), "the mail of the day and the summary");
    }
}
