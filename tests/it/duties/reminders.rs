//! Reminders of reports: parts of the mail of the day, for the right people, as long as the report is owed.

use articula::mail::Mailer;
use articula::testing::reminders::{planning_day, run};
use serde_json::{Value, json};

use super::fixture::{Fixture, counts};
use crate::on_both;
use crate::support::{Browser, Mail, Person, World};

/// Lets the jobs run at a moment; returns the mails of the day.
fn mails_at(world: &World, moment: &str) -> Vec<Mail> {
    world.at(moment);
    let mut mails = world.mails();
    mails.retain(|mail| mail.kind == "reminder");
    mails
}

fn readers(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.to.as_str()).collect()
}

/// Returns the recipients of a preview with the reports of each: region, period, step, reason.
fn previewed(fixture: &Fixture<'_>, person: &Person<'_>, day: &str) -> Vec<(String, Value)> {
    let preview = person.get(&format!("/reminders/preview?on={day}")).expect(200);
    let report = |duty: &Value| {
        let region = fixture.regions.iter().position(|id| duty["institution_id"] == id.as_str());
        json!([region, duty["period"], duty["step"], duty["reason"]])
    };
    let mail = |mail: &Value| {
        let duties: Vec<Value> = mail["duties"].as_array().unwrap().iter().map(report).collect();
        (mail["address"].as_str().unwrap().to_owned(), json!(duties))
    };
    preview.items().iter().map(mail).collect()
}

on_both! {
    fn reports_that_are_owed_are_in_one_mail_a_day_on_the_days_of_the_policy(world) {
        world.at("2023-01-02T12:00:00Z");
        let fixture = Fixture::new(world, 2);
        let person = fixture.representative(0);
        let second = json!({"commission_ids": [fixture.commission], "title": "Informe semestral", "every": "half_year", "from": "2022-H2", "due_days": 102, "institution_ids": [fixture.regions[0]]});
        fixture.secretariat.post("/duties", second).expect(201);
        let commitment = json!({"commission_ids": [fixture.commission], "text": "Capacitar", "due": "2023-04-14", "assignments": [{"institution_id": fixture.regions[0]}]});
        fixture.secretariat.post("/commitments", commitment).expect(201);
        let quiet = mails_at(world, "2023-04-08T18:00:00Z");
        assert!(!quiet.iter().any(|mail| mail.text.contains("Informe trimestral")), "a Saturday");
        let shown = previewed(&fixture, &fixture.secretariat, "2023-04-10");
        let expected = [
            (person.email.clone(), json!([[0, "2022-H2", -7, "representative"], [0, "2023-Q1", -7, "representative"]])),
            (fixture.secretariat.email.clone(), json!([[1, "2023-Q1", -7, "nobody_to_tell"]])),
        ];
        assert_eq!(shown, expected);
        let page = Browser::of(world, &fixture.secretariat).open("/deliveries/preview?on=2023-04-10");
        page.shows("Informe trimestral, primer trimestre de 2023").shows("7 días antes");
        assert_eq!(previewed(&fixture, &person, "2023-04-10"), [], "others than writers see nothing");
        let early = mails_at(world, "2023-04-10T11:00:00Z");
        assert_eq!(readers(&early), [] as [&str; 0], "before the sending hour");
        let mails = mails_at(world, "2023-04-10T18:00:00Z");
        assert_eq!(readers(&mails), [person.email.as_str(), fixture.secretariat.email.as_str()]);
        let own = &mails[0];
        assert_eq!(own.subject, "3 asuntos por atender; el más urgente: Informe semestral, vence el 12 de abril de 2023 (en 2 días)");
        for words in ["Informe trimestral", "Período: primer trimestre de 2023", "Institución: Región 01", "vence el 15 de abril de 2023 (en 5 días)", "Capacitar"] {
            assert!(own.text.contains(words), "{words}: {}", own.text);
        }
        let link = format!("{}{}", world.url, fixture.path(0, "2023-Q1"));
        assert!(own.text.contains(&link) && own.html.contains(&link), "{}", own.text);
        assert!(mails[1].text.contains("Región 02") && mails[1].text.contains("no hay delegados"), "{}", mails[1].text);
        assert_eq!(readers(&mails_at(world, "2023-04-10T20:00:00Z")), [] as [&str; 0], "a step is never sent twice");
        let friday = mails_at(world, "2023-04-14T18:00:00Z");
        assert!(friday[0].text.contains("vence mañana, 15 de abril de 2023"), "{}", friday[0].text);
    }
}

on_both! {
    fn a_report_that_arrives_and_one_that_is_waived_before_the_mail_is_sent_are_left_out(world) {
        world.at("2023-01-02T12:00:00Z");
        let fixture = Fixture::new(world, 3);
        let people = [0, 1, 2].map(|region| fixture.representative(region).email);
        assert_eq!(readers(&mails_at(world, "2023-04-10T18:00:00Z")), people);
        assert_eq!(readers(&mails_at(world, "2023-04-14T11:00:00Z")), [] as [&str; 0], "planned, and not sent yet");
        fixture.report(0, "2023-Q1", json!({"nothing_to_report": true})).expect(201);
        let waiver = format!("{}/waiver", fixture.path(1, "2023-Q1"));
        fixture.secretariat.post(&waiver, json!({"reason": "Emergencia"})).expect(200);
        assert_eq!(previewed(&fixture, &fixture.secretariat, "2023-04-14"), [(people[2].clone(), json!([[2, "2023-Q1", -1, "representative"]]))]);
        assert_eq!(readers(&mails_at(world, "2023-04-14T18:00:00Z")), [people[2].as_str()]);
        // The waiver is withdrawn; the report of the first region is returned, which is no reminder.
        fixture.secretariat.delete(&waiver).expect(204);
        fixture.secretariat.post(&format!("{}/review", fixture.path(0, "2023-Q1")), json!({"outcome": "returned", "comment": "Falta marzo"})).expect(200);
        let monday = mails_at(world, "2023-04-17T18:00:00Z");
        assert_eq!(readers(&monday), [people[1].as_str(), people[2].as_str()]);
        assert!(monday[0].text.contains("Informes atrasados (1)") && monday[0].text.contains("venció el 15 de abril de 2023"), "{}", monday[0].text);
        fixture.report(1, "2023-Q1", counts(0, 0)).expect(201);
        assert_eq!(readers(&mails_at(world, "2023-04-24T18:00:00Z")), [people[2].as_str()]);
    }
}

on_both! {
    fn a_person_who_lost_access_gets_no_reminder_and_the_next_one_does(world) {
        world.at("2023-01-02T12:00:00Z");
        let fixture = Fixture::new(world, 1);
        let person = fixture.representative(0);
        assert_eq!(readers(&mails_at(world, "2023-04-10T11:00:00Z")), [] as [&str; 0]);
        world.admin().patch(&format!("/users/{}", person.id.unwrap()), json!({"grants": []})).expect(200);
        world.admin().patch(&format!("/institutions/{}", fixture.regions[0]), json!({"email": "region@example.org"})).expect(200);
        let mut sent = mails_at(world, "2023-04-10T18:00:00Z");
        sent.extend(mails_at(world, "2023-04-10T18:10:00Z"));
        assert_eq!(readers(&sent), ["region@example.org"]);
        assert!(sent[0].text.contains("Para enviar el informe, escriba a la secretaría: "), "{}", sent[0].text);
        // Nothing restricted is sent to an address that others choose.
        fixture.secretariat.patch(&format!("/duties/{}", fixture.duty), json!({"restricted": true})).expect(200);
        assert_eq!(readers(&mails_at(world, "2023-04-14T18:00:00Z")), [fixture.secretariat.email.as_str()]);
    }
}

on_both! {
    fn a_policy_sends_reports_on_all_days_and_a_dry_run_shows_them(world) {
        world.at("2023-01-02T12:00:00Z");
        let fixture = Fixture::new(world, 1);
        let person = fixture.representative(0);
        let policy = json!({"lead_days": [3], "overdue_every_days": 2, "send_on_non_working_days": true});
        world.admin().put(&format!("/commissions/{}/reminder-policy", fixture.commission), policy).expect(200);
        let (mailer, _) = Mailer::memory().unwrap();
        let remind = |day: &str, dry: bool| {
            let time = planning_day(&world.state.db, day.parse().unwrap()).unwrap();
            let mails = run(&world.state.db, &mailer, "https://articula.example", time, dry).unwrap();
            mails.lines.into_iter().filter(|line| line.address == person.email).map(|line| line.subject).collect::<Vec<_>>()
        };
        assert_eq!(remind("2023-04-15", true), ["Un informe periódico por enviar: Informe trimestral, vence hoy, 15 de abril de 2023"]);
        let days = ["2023-04-11", "2023-04-12", "2023-04-15", "2023-04-16", "2023-04-17", "2023-04-19", "2023-04-23"];
        assert_eq!(days.map(|day| remind(day, false).len()), [0, 1, 0, 0, 1, 1, 1], "the last one is a Sunday");
    }
}

on_both! {
    fn the_reminders_of_200_institutions_take_as_many_statements_to_preview_as_those_of_one(world) {
        world.at("2023-01-02T12:00:00Z");
        let fixture = Fixture::new(world, 1);
        world.at("2023-04-10T12:00:00Z");
        let preview = |reports: usize| {
            let before = world.statements();
            let shown = fixture.secretariat.get("/reminders/preview?on=2023-04-10").expect(200);
            let listed: usize = shown.items().iter().map(|mail| mail["duties"].as_array().unwrap().len()).sum();
            assert_eq!(listed, reports);
            world.statements() - before
        };
        preview(1);
        let one = preview(1);
        for n in 0..199 {
            let body = json!({"name": format!("Otra {n:03}"), "sector": "regional_government", "country_code": "PE", "email": format!("o{n}@example.org")});
            let id = world.admin().post("/institutions", body).expect(201).id();
            let body = json!({"institution_id": id, "role": "member", "from": "2023-01-01"});
            world.admin().post(&format!("/commissions/{}/memberships", fixture.commission), body).expect(201);
        }
        assert_eq!(preview(200), one);
    }
}
