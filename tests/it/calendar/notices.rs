//! Notifications of commitments: new, returned, decided, and awaiting review.

use serde_json::json;

use crate::on_both;
use crate::support::{Mail, Person, World};

/// A commission with an institution, its representative, and two people of the secretariat.
struct Fixture<'w> {
    ceti: String,
    minsal: String,
    representative: Person<'w>,
    secretariat: Person<'w>,
    colleague: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let representative = world.representative(&minsal);
        let (secretariat, colleague) = (world.secretariat(&ceti), world.secretariat(&ceti));
        Self { ceti, minsal, representative, secretariat, colleague }
    }

    /// Creates a commitment of Minsal; returns its path and that of its only assignment.
    fn create_commitment(&self, restricted: bool) -> (String, String) {
        let body = json!({"commission_ids": [self.ceti], "text": "Capacitar a <docentes> & familias", "due": "2023-Q4", "restricted": restricted, "assignments": [{"institution_id": self.minsal}]});
        let made = self.secretariat.post("/commitments", body).expect(201);
        let path = format!("/commitments/{}", made.id());
        let assignment = format!("{path}/assignments/{}", made.json["assignments"][0]["id"].as_str().unwrap());
        (path, assignment)
    }

    /// Reports the completion; returns the id of the update.
    fn report_completion(&self, assignment: &str) -> String {
        let body = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Se capacitó.", "evidence": [{"title": "Lista", "url": "https://example.org/l"}]});
        self.representative.post(&format!("{assignment}/updates"), body).expect(201).id()
    }
}

/// Returns the kind and the recipient of each mail.
fn kinds_and_recipients(mails: &[Mail]) -> Vec<(&str, &str)> {
    mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect()
}

on_both! {
    fn an_institution_is_notified_once_of_its_new_commitment(world) {
        let fixture = Fixture::new(world);
        let (path, _) = fixture.create_commitment(false);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), [("new_commitment", fixture.representative.email.as_str())]);
        let mail = &mails[0];
        assert_eq!(mail.subject, "CETI-2023-001: nuevo compromiso");
        for fact in ["Código: CETI-2023-001", "Compromiso: Capacitar a <docentes> & familias", "Institución: Minsal", "Plazo: cuarto trimestre de 2023"] {
            assert!(mail.text.lines().any(|line| line == fact), "{}", mail.text);
        }
        assert!(mail.text.contains(&path) && mail.html.contains(&path));
        assert!(mail.html.contains("&lt;docentes&gt; &amp; familias") && mail.html.contains("<html lang=\"es\">"));
        assert!(world.notices().is_empty(), "sent once");
        let (mine, other) = (world.institution("Mineduc"), world.institution("Senda"));
        let representative = world.representative(&mine);
        world.admin().patch(&format!("/users/{}", representative.id.unwrap()), json!({"language": "en"})).expect(200);
        fixture.secretariat.post(&format!("{path}/assignments"), json!({"institution_id": mine})).expect(201);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), [("new_commitment", representative.email.as_str())]);
        assert!(mails[0].text.contains("Term: fourth quarter of 2023"), "{}", mails[0].text);
        fixture.secretariat.post(&format!("{path}/assignments"), json!({"institution_id": other})).expect(201);
        let mails = world.notices();
        let mut keepers = [fixture.secretariat.email.as_str(), fixture.colleague.email.as_str()];
        keepers.sort_unstable();
        assert_eq!(kinds_and_recipients(&mails), keepers.map(|address| ("new_commitment", address)), "Senda has no people");
        assert!(mails.iter().all(|mail| mail.text.contains("registrados de: Senda.")), "{}", mails[0].text);
    }
}

on_both! {
    fn one_person_of_two_institutions_gets_one_mail_that_names_both(world) {
        let fixture = Fixture::new(world);
        let other = world.institution("Mineduc");
        for institution in [&fixture.minsal, &other] {
            let delegate = json!({"institution_id": institution, "capacity": "principal", "name": "Ana", "email": "ana@example.org"});
            world.admin().post(&format!("/commissions/{}/delegates", fixture.ceti), delegate).expect(201);
        }
        world.notices();
        let body = json!({"commission_ids": [fixture.ceti], "text": "Capacitar", "assignments": [{"institution_id": fixture.minsal}, {"institution_id": other}]});
        fixture.secretariat.post("/commitments", body).expect(201);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), [("new_commitment", "ana@example.org")]);
        assert!(mails[0].text.contains("Institución: Minsal; Mineduc\nPlazo: sin plazo\n"), "{}", mails[0].text);
    }
}

on_both! {
    fn a_secretariat_that_is_also_a_delegate_gets_one_mail_with_both_reasons(world) {
        let fixture = Fixture::new(world);
        let (mine, silent) = (world.institution("Mineduc"), world.institution("Senda"));
        let delegate = json!({"institution_id": mine, "capacity": "principal", "name": "Colega", "email": fixture.colleague.email});
        world.admin().post(&format!("/commissions/{}/delegates", fixture.ceti), delegate).expect(201);
        let body = json!({"commission_ids": [fixture.ceti], "text": "Capacitar", "assignments": [{"institution_id": mine}, {"institution_id": silent}]});
        fixture.colleague.post("/commitments", body).expect(201);
        let mails = world.notices();
        let mut keepers = [fixture.secretariat.email.as_str(), fixture.colleague.email.as_str()];
        keepers.sort_unstable();
        assert_eq!(kinds_and_recipients(&mails), keepers.map(|address| ("new_commitment", address)), "one mail each");
        for mail in &mails {
            assert!(mail.text.contains("registrados de: Senda."), "{}", mail.text);
            let is_delegate = mail.to == fixture.colleague.email;
            assert_eq!(mail.text.contains("porque representa a la institución"), is_delegate, "{}", mail.text);
        }
    }
}

on_both! {
    fn a_completion_is_sent_to_the_secretariat_and_a_returned_one_to_the_institution(world) {
        let fixture = Fixture::new(world);
        let (_, assignment) = fixture.create_commitment(false);
        world.notices();
        let progress = json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Avanza"});
        fixture.representative.post(&format!("{assignment}/updates"), progress).expect(201);
        assert!(world.notices().is_empty(), "progress needs no review");
        let update = fixture.report_completion(&assignment);
        let mails = world.notices();
        let mut keepers = [fixture.secretariat.email.as_str(), fixture.colleague.email.as_str()];
        keepers.sort_unstable();
        assert_eq!(kinds_and_recipients(&mails), keepers.map(|address| ("completion_review", address)));
        assert!(mails[0].text.contains("Avance informado: Se capacitó."), "{}", mails[0].text);
        fixture.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "returned", "comment": "Falta el acta"})).expect(200);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), [("update_returned", fixture.representative.email.as_str())]);
        assert!(mails[0].text.contains("Comentario: Falta el acta"), "{}", mails[0].text);
        let update = fixture.report_completion(&assignment);
        world.notices();
        fixture.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        assert_eq!(kinds_and_recipients(&world.notices()), [("update_accepted", fixture.representative.email.as_str())]);
    }
}

on_both! {
    fn a_person_who_reports_on_behalf_is_not_asked_to_review_but_somebody_else_is(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        let (secretariat, coordinator) = (world.secretariat(&ceti), world.coordinator("CL"));
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "assignments": [{"institution_id": minsal}]});
        let made = secretariat.post("/commitments", body).expect(201);
        assert_eq!(kinds_and_recipients(&world.notices()), [("new_commitment", secretariat.email.as_str())], "Minsal has no people");
        let path = format!("/commitments/{}/assignments/{}/updates", made.id(), made.json["assignments"][0]["id"].as_str().unwrap());
        let done = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Listo", "on_behalf": true, "evidence": [{"title": "Lista", "url": "https://example.org/l"}]});
        secretariat.post(&path, done).expect(201);
        assert_eq!(kinds_and_recipients(&world.notices()), [("completion_review", coordinator.email.as_str())]);
    }
}

on_both! {
    fn a_decision_on_an_extension_is_sent_to_the_person_who_requested_it(world) {
        let fixture = Fixture::new(world);
        let (_, assignment) = fixture.create_commitment(true);
        assert_eq!(kinds_and_recipients(&world.notices()), [("new_commitment", fixture.representative.email.as_str())]);
        for (outcome, says) in [("refused", "El plazo no cambia."), ("granted", "Rige el plazo que aquí se indica.")] {
            let asked = fixture.representative.post(&format!("{assignment}/extensions"), json!({"requested_due": "2024-03", "reason": "Licitación"})).expect(201);
            let mails = world.notices();
            let mut keepers = [fixture.secretariat.email.as_str(), fixture.colleague.email.as_str()];
            keepers.sort_unstable();
            assert_eq!(kinds_and_recipients(&mails), keepers.map(|address| ("extension_requested", address)));
            assert!(mails[0].text.contains("Motivo: Licitación") && mails[0].text.contains(&format!("/extensions/{}", asked.id())), "{}", mails[0].text);
            fixture.secretariat.put(&format!("/extensions/{}/decision", asked.id()), json!({"outcome": outcome, "comment": "Visto"})).expect(200);
            let mails = world.notices();
            assert_eq!(kinds_and_recipients(&mails), [("extension_decided", fixture.representative.email.as_str())]);
            let text = &mails[0].text;
            assert!(text.contains(says) && text.contains("Plazo solicitado: marzo de 2024") && text.contains("Comentario: Visto"), "{text}");
            assert!(text.contains("\nPlazo: marzo de 2024") == (outcome == "granted"), "{text}");
        }
    }
}

on_both! {
    fn a_malformed_address_is_refused_when_it_is_entered_with_the_reason(world) {
        let fixture = Fixture::new(world);
        let delegate = json!({"institution_id": fixture.minsal, "capacity": "principal", "name": "Ana", "email": "ana@"});
        for (path, body) in [
            (format!("/commissions/{}/delegates", fixture.ceti), delegate),
            ("/institutions".to_owned(), json!({"name": "X", "sector": "government", "email": "no es un correo"})),
            ("/users".to_owned(), json!({"name": "X", "email": "a b@example.org"})),
        ] {
            let refused = world.admin().with("accept-language", "es").post(&path, body).expect(422);
            assert_eq!(refused.faults(), [("/email".to_owned(), "invalid_email".to_owned())]);
            assert!(refused.json["errors"][0]["detail"].as_str().unwrap().contains("correo"), "{}", refused.text);
        }
    }
}

on_both! {
    fn every_act_on_a_part_reaches_its_institution_with_the_reason_and_the_new_term(world) {
        let fixture = Fixture::new(world);
        let (path, assignment) = fixture.create_commitment(false);
        world.notices();
        let told = |kind: &str, facts: &[&str]| {
            let mails = world.notices();
            assert_eq!(kinds_and_recipients(&mails), [(kind, fixture.representative.email.as_str())]);
            for fact in facts {
                assert!(mails[0].text.contains(fact), "{kind}: {fact} is missing in {}", mails[0].text);
            }
        };
        let why = |reason: &str| json!({"reason": reason});
        fixture.secretariat.post(&format!("{assignment}/cancellation"), why("Pasó a otra institución")).expect(200);
        told("assignment_cancelled", &["Comisión: CETI", "Motivo: Pasó a otra institución", &path]);
        fixture.secretariat.post(&format!("{assignment}/reopening"), why("Volvió")).expect(200);
        told("assignment_reopened", &["Motivo: Volvió"]);
        fixture.secretariat.patch(&path, json!({"due": "2023-11", "correction_reason": "Errata"})).expect(200);
        told("term_corrected", &["Motivo: Errata", "Plazo: noviembre de 2023"]);
        let own = json!({"due": "2023-10-31", "correction_reason": "Otra errata", "target": {"quantity": 2.5, "unit": "talleres"}});
        fixture.secretariat.patch(&assignment, own).expect(200);
        told("term_corrected", &["Motivo: Otra errata", "Plazo: 31 de octubre de 2023", "Meta: 2,5 talleres"]);
        let update = fixture.report_completion(&assignment);
        let mails = world.notices();
        assert!(mails.iter().all(|mail| mail.kind == "completion_review" && mail.text.contains(&format!("/reviews/{update}"))));
        let below = json!({"outcome": "accepted", "accept_below_target": true, "comment": "Era lo posible"});
        fixture.secretariat.put(&format!("/updates/{update}/review"), below).expect(200);
        told("update_accepted", &["Comentario: Era lo posible", "por debajo de la meta"]);
        fixture.secretariat.delete(&format!("/updates/{update}/review")).expect(204);
        told("review_withdrawn", &["queda otra vez por revisar"]);
    }
}

on_both! {
    fn what_will_not_be_done_and_what_is_no_longer_asked_is_told_to_the_secretariat(world) {
        let fixture = Fixture::new(world);
        let (path, assignment) = fixture.create_commitment(false);
        world.notices();
        let mut keepers = [fixture.secretariat.email.as_str(), fixture.colleague.email.as_str()];
        keepers.sort_unstable();
        let lost = json!({"reported_on": "2023-08-30", "status": "not_achieved", "narrative": "Sin presupuesto"});
        fixture.representative.post(&format!("{assignment}/updates"), lost).expect(201);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), keepers.map(|address| ("not_achieved", address)));
        assert!(mails[0].text.contains("Avance informado: Sin presupuesto") && mails[0].text.contains(&path), "{}", mails[0].text);
        let asked = fixture.representative.post(&format!("{assignment}/extensions"), json!({"requested_due": "2024-03", "reason": "Licitación"})).expect(201).id();
        world.notices();
        fixture.representative.call("POST", &format!("/extensions/{asked}/withdrawal"), None).expect(200);
        assert_eq!(kinds_and_recipients(&world.notices()), keepers.map(|address| ("extension_withdrawn", address)));
    }
}

on_both! {
    fn a_request_that_the_secretariat_withdraws_is_told_to_the_institution_and_to_the_rest_of_the_secretariat(world) {
        let fixture = Fixture::new(world);
        let (path, assignment) = fixture.create_commitment(false);
        let asked = || {
            let body = json!({"requested_due": "2024-03", "reason": "Licitación"});
            let id = fixture.representative.post(&format!("{assignment}/extensions"), body).expect(201).id();
            world.notices();
            format!("/extensions/{id}/withdrawal")
        };
        fixture.secretariat.call("POST", &asked(), None).expect(200);
        let mails = world.notices();
        let mut people = [fixture.representative.email.as_str(), fixture.colleague.email.as_str()];
        people.sort_unstable();
        assert_eq!(kinds_and_recipients(&mails), people.map(|address| ("extension_withdrawn", address)));
        for mail in &mails {
            assert!(mail.text.contains("La secretaría retiró la solicitud") && mail.text.contains(&path), "{}", mail.text);
            assert!(mail.text.contains("Motivo: Licitación"), "{}", mail.text);
        }
        let off = json!({"events": {"extension_withdrawn": "off"}});
        fixture.representative.put("/me/notifications", off).expect(200);
        fixture.secretariat.call("POST", &asked(), None).expect(200);
        assert_eq!(kinds_and_recipients(&world.notices()), [("extension_withdrawn", fixture.colleague.email.as_str())]);
    }
}

on_both! {
    fn a_delegate_without_an_account_is_asked_to_write_to_the_secretariat(world) {
        let fixture = Fixture::new(world);
        let delegate = json!({"institution_id": fixture.minsal, "capacity": "principal", "name": "Ana", "email": "ana@example.org"});
        world.admin().post(&format!("/commissions/{}/delegates", fixture.ceti), delegate).expect(201);
        assert_eq!(kinds_and_recipients(&world.notices()), [("contact_changed", fixture.representative.email.as_str())]);
        let session = json!({"commission_ids": [fixture.ceti], "kind": "ordinary", "title": "Cuarta sesión", "held": "2023-08-22"});
        let session = fixture.secretariat.post("/meetings", session).expect(201).id();
        let agreement = json!({"commission_ids": [fixture.ceti], "kind": "meeting_agreement", "title": "Protocolo", "number": "6", "meeting_id": session});
        let agreement = fixture.secretariat.post("/agreements", agreement).expect(201).id();
        let body = json!({"commission_ids": [fixture.ceti], "text": "Capacitar", "agreement_id": agreement, "assignments": [{"institution_id": fixture.minsal}]});
        fixture.secretariat.post("/commitments", body).expect(201);
        let mails = world.notices();
        assert_eq!(kinds_and_recipients(&mails), [("new_commitment", "ana@example.org")]);
        let text = &mails[0].text;
        assert!(text.contains("Sesión: Cuarta sesión (22 de agosto de 2023)") && text.contains("Acuerdo: Protocolo (n.º 6)"), "{text}");
        assert!(text.contains("escribir a la secretaría") && !text.contains("Ver el compromiso"), "{text}");
    }
}
