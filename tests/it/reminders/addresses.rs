//! Addresses that a mail server may not take, and addresses that are refused at entry.

use articula::mail::Mailer;
use serde_json::json;

use super::{chile, remind};
use crate::on_both;
use crate::support::{MailServer, Whim, World};

/// Adds an institution with this address and a part of Chile's commission that is due; returns the status of the entry.
fn enter(world: &World, name: &str, address: &str) -> u16 {
    let body = json!({"name": name, "sector": "government", "country_code": "CL", "email": address});
    let answer = world.admin().post("/institutions", body);
    if answer.status == 201 {
        let listed = world.admin().get("/commissions?country_code=CL").expect(200);
        let ceti = listed.items()[0]["id"].clone();
        let part = json!({"commission_ids": [ceti], "text": "Entregar el informe", "due": "2023-09-29", "assignments": [{"institution_id": answer.id()}]});
        world.admin().post("/commitments", part).expect(201);
    }
    answer.status
}

on_both! {
    fn a_domain_with_accents_is_sent_in_ascii_and_a_name_with_accents_fails_at_once(world) {
        world.commission("CL", "CETI");
        for (name, address) in [("Uno", "jose@ñandú.example"), ("Dos", "josé@min.example"), ("Tres", "mesa@peña.example"), ("Cuatro", "muñoz@ñandú.example")] {
            assert_eq!(enter(world, name, address), 201, "{address}");
        }
        let server = MailServer::start();
        let mailer = Mailer::open(&server.url(), "Articula <articula@example.org>").unwrap();
        let summary = remind(world, &mailer, "2023-09-22");
        assert_eq!((summary.sent(), summary.failed()), (2, 2), "{summary}");
        let mut received: Vec<String> = server.mails().into_iter().map(|mail| mail.to).collect();
        received.sort();
        assert_eq!(received, ["jose@xn--and-6ma2c.example", "mesa@xn--pea-8ma.example"]);
        let failed = world.admin().get("/reminders/deliveries?status=failed").expect(200);
        for delivery in failed.items() {
            let why = delivery["last_error"].as_str().unwrap();
            assert!(why.contains("antes de la arroba") && why.contains(delivery["address"].as_str().unwrap()), "{why}");
            assert_eq!((&delivery["attempts"], &delivery["next_attempt"]), (&json!(1), &json!(null)));
        }
        assert_eq!(failed.items().len(), 2);
    }
}

on_both! {
    fn the_reason_of_a_failed_mail_is_in_the_language_of_its_recipient(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let user = json!({"email": "rené@min.example", "name": "René", "language": "en", "password": "una frase larga y propia", "grants": [{"role": "representative", "institution_id": minsal}]});
        world.admin().post("/users", user).expect(201);
        let part = json!({"commission_ids": [ceti], "text": "Entregar el informe", "due": "2023-09-29", "assignments": [{"institution_id": minsal}]});
        world.admin().post("/commitments", part).expect(201);
        let server = MailServer::start();
        let mailer = Mailer::open(&server.url(), "Articula <articula@example.org>").unwrap();
        remind(world, &mailer, "2023-09-22");
        let failed = world.admin().get("/reminders/deliveries?status=failed").expect(200);
        let why = failed.items()[0]["last_error"].as_str().unwrap();
        assert!(why.contains("before the @") && why.contains("rené@min.example"), "{why}");
    }
}

on_both! {
    fn an_address_that_no_mail_can_be_sent_to_is_refused_at_entry_wherever_it_is_entered(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let admin = world.admin();
        for (n, address) in ["\"raro nombre\"@min.example", "x@[127.0.0.1]", "\"a\"@min.example", "x@10.0.0.7"].iter().enumerate() {
            assert_eq!(enter(world, &format!("Otra {n}"), address), 422, "{address}");
            let user = json!({"email": address, "name": "Ana"});
            assert!(admin.post("/users", user).expect(422).faults().iter().any(|(at, code)| at == "/email" && code == "invalid_email"));
            let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Ana", "email": address});
            let refused = admin.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(422);
            assert!(refused.faults().iter().any(|(at, code)| at == "/email" && code == "invalid_email"), "{}", refused.text);
        }
    }
}

on_both! {
    fn in_place_of_an_address_from_before_the_check_the_next_recipient_is_reminded(world) {
        let ceti = chile(world);
        let institution = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), institution, "CETI-2023-001", "2023-09-29");
        world.row_delegate(ceti, institution, "\"raro nombre\"@min.example");
        let (mailer, _kept) = Mailer::memory().unwrap();
        let summary = remind(world, &mailer, "2023-09-22");
        assert_eq!((summary.sent(), summary.failed()), (1, 0), "{summary}");
        let sent = world.admin().get("/reminders/deliveries?status=sent").expect(200);
        let delivery = &sent.items()[0];
        assert_eq!((&delivery["address"], sent.items().len()), (&json!("gabinete@minsal.example"), 1), "{}", sent.text);
    }
}

on_both! {
    fn what_people_paste_for_an_address_is_refused_wherever_it_is_entered(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let admin = world.admin();
        let long = format!("ana@{}.example", "a".repeat(64));
        for (n, address) in [
            "ana@min.example; luis@min.example", "ana@min.example, luis@min.example", "Ana Rojas <ana@min.example>",
            "mailto:ana@min.example", "ana@min,example", "ana@min.example.", "ana@-min.example", "ana(at)min.example",
            "ana@min_salud.example", ".ana@min.example", "ana..rojas@min.example", &long, "ana@min.example/", "ana@@min.example",
        ].iter().enumerate() {
            assert_eq!(enter(world, &format!("Otra {n}"), address), 422, "{address}");
            let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Ana", "email": address});
            let refused = admin.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(422);
            assert_eq!(refused.faults(), [("/email".to_owned(), "invalid_email".to_owned())], "{address}");
            let institution = json!({"key": "i", "name": "De un archivo", "sector": "government", "email": address});
            let country = json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"});
            let dataset = json!({"articula": 1, "country": country, "institutions": [institution]});
            let refused = admin.post("/imports", dataset).expect(422);
            assert_eq!(refused.faults(), [("/institutions/0/email".to_owned(), "invalid_email".to_owned())], "{address}");
        }
    }
}

on_both! {
    fn decomposed_capital_and_long_domains_are_sent_and_a_refusal_for_good_is_tried_once(world) {
        world.commission("CL", "CETI");
        for (name, address) in [
            ("Uno", "MESA@PEN\u{303}A.EXAMPLE"), ("Dos", "mesa@niñez.ñuble.gob.example"), ("Tres", "no@min.example"),
            ("Cuatro", "llena@min.example"),
        ] {
            assert_eq!(enter(world, name, address), 201, "{address}");
        }
        let server = MailServer::start();
        server.whim("no@min.example", Whim::Refuse("553 5.6.7 this address needs SMTPUTF8"), 99);
        server.whim("llena@min.example", Whim::Refuse("452 4.2.2 mailbox full"), 99);
        let mailer = Mailer::open(&server.url(), "Articula <articula@example.org>").unwrap();
        remind(world, &mailer, "2023-09-22");
        let mut received: Vec<String> = server.mails().into_iter().map(|mail| mail.to.to_lowercase()).collect();
        received.sort();
        assert_eq!(received, ["mesa@xn--niez-hqa.xn--uble-fqa.gob.example", "mesa@xn--pea-8ma.example"]);
        let failed = world.admin().get("/reminders/deliveries?status=failed").expect(200);
        assert_eq!(failed.items().len(), 1, "{}", failed.text);
        assert_eq!((&failed.items()[0]["attempts"], &failed.items()[0]["next_attempt"]), (&json!(1), &json!(null)));
        let waiting = world.admin().get("/reminders/deliveries?status=queued").expect(200);
        assert_eq!((&waiting.items()[0]["address"], waiting.items().len()), (&json!("llena@min.example"), 1));
    }
}
