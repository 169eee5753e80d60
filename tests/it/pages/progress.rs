//! Reporting, reviewing, and asking for more time.

use serde_json::{Value, json};

use super::well_formed;
use crate::on_both;
use crate::support::{Browser, PASSWORD, Page, Person, World};

/// A commission with an institution, its secretariat and its representative.
struct Fixture<'w> {
    commission: String,
    mtpe: String,
    secretary: Person<'w>,
    speaker: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let mtpe = world.institution("MTPE");
        world.member(&commission, &mtpe, "member");
        let (secretary, speaker) = (world.secretariat(&commission), world.representative(&mtpe));
        Self { commission, mtpe, secretary, speaker }
    }

    /// Makes a commitment of MTPE; `part` has more fields of its assignment.
    fn commitment(&self, part: Value) -> Value {
        let mut assignment = json!({"institution_id": self.mtpe});
        assignment.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let body = json!({
            "commission_ids": [self.commission],
            "text": "Elaborar el protocolo binacional",
            "due": "2023-10-31",
            "assignments": [assignment],
        });
        self.secretary.post("/commitments", body).expect(201).json
    }

    /// Reports the completion of the part; returns the id of the report.
    fn complete(&self, who: &Person<'_>, part: &str, more: Value) -> String {
        let mut body = json!({
            "reported_on": "2023-08-30",
            "status": "completed",
            "narrative": "Protocolo aprobado",
            "evidence": [{"title": "Acta", "url": "https://www.gob.pe/acta"}],
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        who.post(&format!("{part}/updates"), body).expect(201).id()
    }
}

/// Returns the path of the first assignment of a commitment.
fn part_of(commitment: &Value) -> String {
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    format!("/commitments/{}/assignments/{}", id(commitment), id(&commitment["assignments"][0]))
}

fn check(page: &Page) {
    assert_eq!(well_formed::faults(page), Vec::<String>::new());
}

const FILE: &[u8] = b"%PDF-1.4 acta firmada";

on_both! {
    fn a_document_without_a_title_is_named_after_its_address_and_a_percentage_may_have_its_sign(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({}));
        let browser = Browser::of(world, &s.speaker);
        let form = browser.open(&format!("{}/report", part_of(&made))).form().set("status", "in_progress");
        let form = form.set("narrative", "Se consulta").set("percent", "30 %").set("evidence/0/url", "https://www.gob.pe/consulta");
        browser.submit_and_follow(&form).shows("El informe se envió.").hides("Ahora espera");
        let updates = s.secretary.get(&format!("{}/updates", part_of(&made))).expect(200);
        let update = &updates.items()[0];
        assert_eq!((&update["percent"], &update["evidence"][0]["title"]), (&json!(30), &json!("https://www.gob.pe/consulta")));
    }
}

on_both! {
    fn the_link_of_a_mail_leads_over_signing_in_to_a_report_with_a_file(world) {
        let s = Fixture::new(world);
        let ana = world.somebody("ana@mtpe.example");
        let grant = json!({"role": "representative", "institution_id": s.mtpe});
        world.admin().post(&format!("/users/{ana}/grants"), grant).expect(201);
        let made = s.commitment(json!({}));
        let is_hers = |mail: &&crate::support::Mail| mail.to.contains("ana@mtpe.example");
        let mails = world.mails();
        let texts: Vec<&str> = mails.iter().filter(is_hers).map(|mail| mail.text.as_str()).collect();
        let linked = texts.iter().find_map(|text| text.split_once("/commitments/"));
        let (_, rest) = linked.unwrap_or_else(|| panic!("no link in {texts:?}"));
        let is_of_link = |c: &char| !c.is_whitespace() && !">)".contains(*c);
        let path = format!("/commitments/{}", rest.chars().take_while(is_of_link).collect::<String>());
        let browser = Browser::new(world);
        let sign_in = browser.get(&path).expect(303).location();
        let form = browser.open(&sign_in).form_to("/sign-in");
        let form = form.set("email", "ana@mtpe.example").set("password", PASSWORD);
        let mut page = browser.submit_and_follow(&form);
        if !page.path.ends_with("/report") {
            let links = page.attributes("a", "href");
            page = browser.open(links.iter().find(|link| link.ends_with("/report")).expect("a link to report"));
        }
        check(&page);
        page.shows("Elaborar el protocolo binacional").shows("31/10/2023").shows("Todavía no hay informes");
        let form = page.form().set("status", "completed").set("narrative", "Protocolo aprobado");
        let form = form.set("evidence/0/title", "Acta");
        let done = browser.submit_and_follow(&form.file("evidence/0/file", "acta.pdf", FILE));
        done.shows("El informe se envió. Ahora espera la revisión de la secretaría.");
        let updates = s.secretary.get(&format!("{}/updates", part_of(&made))).expect(200);
        let [update] = updates.items() else { panic!("{}", updates.text) };
        assert_eq!((&update["status"], &update["reported_on"]), (&json!("completed"), &json!("2023-09-01")));
        let file = update["evidence"][0]["file_id"].as_str().unwrap();
        assert_eq!(browser.open(&format!("/files/{file}")).bytes, FILE);
    }
}

on_both! {
    fn a_returned_report_is_corrected_and_accepted_and_the_commitment_is_completed(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({}));
        let part = part_of(&made);
        let (speaker, secretary) = (Browser::of(world, &s.speaker), Browser::of(world, &s.secretary));
        s.complete(&s.speaker, &part, json!({}));

        let queue = secretary.open("/reviews");
        check(&queue);
        queue.shows("Un informe por revisar").shows("MTPE");
        let review = secretary.open(&queue.link("Revisar"));
        check(&review);
        review.shows("Elaborar el protocolo binacional").shows("Protocolo aprobado").shows("www.gob.pe");
        let refused = secretary.submit(&review.form().set("outcome", "returned")).expect(422);
        check(&refused);
        refused.shows("Explique el motivo");
        let form = refused.form().set("outcome", "returned").set("comment", "Falta la firma");
        secretary.submit_and_follow(&form).shows("El informe se devolvió").shows("Nada espera revisión");

        let page = speaker.open(&format!("{part}/report"));
        check(&page);
        page.shows("Falta la firma").shows("Corregir el informe");
        let form = page.form();
        assert_eq!(form.value("narrative"), "Protocolo aprobado");
        assert_eq!(form.value("evidence/0/url"), "https://www.gob.pe/acta");
        let corrected = form.set("narrative", "Protocolo aprobado y firmado");
        speaker.submit_and_follow(&corrected).shows("El informe se envió.");

        let review = secretary.open(&secretary.open("/reviews").link("Revisar"));
        review.shows("Protocolo aprobado y firmado").shows("Falta la firma");
        secretary.submit_and_follow(&review.form().set("outcome", "accepted")).shows("El informe se aceptó");
        let after = s.speaker.get(&format!("/commitments/{}", made["id"].as_str().unwrap())).json;
        assert_eq!(after["status"], "completed");
        speaker.open(&format!("{part}/report")).hides("Enviar informe");
        check(&speaker.open(&format!("{part}/report")));
    }
}

on_both! {
    fn a_report_with_a_fault_keeps_text_and_file_and_a_double_send_makes_one_report(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({"target": {"quantity": 4, "unit": "talleres"}})));
        let speaker = Browser::of(world, &s.speaker);
        let empty = speaker.submit(&speaker.open(&format!("{part}/report")).form()).expect(422);
        check(&empty);
        let form = speaker.open(&format!("{part}/report")).form();
        let form = form.set("status", "completed").set("quantity", "tres").set("evidence/0/title", "Acta");
        let refused = speaker.submit(&form.file("evidence/0/file", "acta.pdf", FILE)).expect(422);
        check(&refused);
        refused.shows("Archivo recibido: acta.pdf");
        assert!(refused.texts("title")[0].starts_with("Error: "));
        let form = refused.form();
        assert_eq!((form.value("quantity"), form.value("evidence/0/title")), ("tres", "Acta"));
        let form = form.set("narrative", "Cuatro talleres").set("quantity", "4");
        let first = speaker.submit(&form).expect(303).location();
        assert_eq!(speaker.submit(&form).expect(303).location(), first);
        let updates = s.secretary.get(&format!("{part}/updates")).expect(200);
        let [update] = updates.items() else { panic!("{}", updates.text) };
        assert_eq!(update["quantity"], 4);
        assert!(update["evidence"][0]["file_id"].is_string());
    }
}

on_both! {
    fn documents_are_added_and_removed_without_a_script_and_a_date_in_words_is_shown_first(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({})));
        let speaker = Browser::of(world, &s.speaker);
        let form = speaker.open(&format!("{part}/report")).form();
        let form = form.set("evidence/0/title", "Acta").set("add", "evidence");
        let page = speaker.submit(&form).expect(200);
        check(&page);
        let form = page.form().set("evidence/1/title", "Lista").set("remove", "evidence/0");
        let page = speaker.submit(&form).expect(200);
        assert_eq!((page.form().value("evidence/0/title"), page.form().value("evidence/1/title")), ("Lista", ""));
        let form = page.form().set("status", "completed").set("narrative", "Hecho");
        let form = form.set("reported_on", "30 de agosto de 2023");
        let shown = speaker.submit(&form).expect(200);
        check(&shown);
        shown.shows("Entendido como 30 de agosto de 2023");
        assert!(s.secretary.get(&format!("{part}/updates")).items().is_empty());
        speaker.submit(&shown.form()).expect(303);
        let updates = s.secretary.get(&format!("{part}/updates"));
        assert_eq!((&updates.items()[0]["reported_on"], updates.items().len()), (&json!("2023-08-30"), 1));
    }
}

on_both! {
    fn more_time_is_asked_for_and_granted_with_another_date(world) {
        let s = Fixture::new(world);
        let made = s.commitment(json!({}));
        let part = part_of(&made);
        let (speaker, secretary) = (Browser::of(world, &s.speaker), Browser::of(world, &s.secretary));
        let page = speaker.open(&format!("{part}/extension"));
        check(&page);
        let form = page.form().set("requested_due", "15 de diciembre de 2023").set("reason", "Cambio de autoridades");
        let shown = speaker.submit(&form).expect(200);
        shown.shows("Entendido como 15 de diciembre de 2023");
        speaker.submit_and_follow(&shown.form()).shows("La solicitud de prórroga se envió.");
        let waits = speaker.open(&format!("{part}/extension"));
        check(&waits);
        waits.shows("Cambio de autoridades").shows("Retirar la solicitud");

        let queue = secretary.open("/reviews");
        queue.shows("una prórroga por decidir").shows("pide prórroga hasta 15 de diciembre de 2023");
        let page = secretary.open(&queue.link("Decidir"));
        check(&page);
        let refused = secretary.submit(&page.form().set("outcome", "refused")).expect(422);
        check(&refused);
        let form = page.form().set("due", "30 de noviembre de 2023").set("comment", "Es la última").set("outcome", "granted");
        let shown = secretary.submit(&form).expect(200);
        shown.shows("Entendido como 30 de noviembre de 2023");
        let done = secretary.submit_and_follow(&shown.form().set("outcome", "granted"));
        done.shows("La prórroga se concedió");
        assert_eq!(s.speaker.get(&part).json["due"], "2023-11-30");
        let page = speaker.open(&queue.link("Decidir"));
        check(&page);
        page.shows("Es la última").hides("Retirar la solicitud");
    }
}

on_both! {
    fn the_person_who_asked_withdraws_a_request_on_either_page(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({})));
        let speaker = Browser::of(world, &s.speaker);
        for own_page in [true, false] {
            let body = json!({"requested_due": "2023-12-15", "reason": "Licitación"});
            let id = s.speaker.post(&format!("{part}/extensions"), body).expect(201).id();
            let address = if own_page { format!("{part}/extension") } else { format!("/extensions/{id}") };
            let form = speaker.open(&address).form().set("withdraw", "true");
            speaker.submit_and_follow(&form).shows("La solicitud de prórroga se retiró.");
            assert_eq!(s.speaker.get(&format!("/extensions/{id}")).json["status"], "withdrawn");
        }
    }
}

on_both! {
    fn the_own_report_is_for_others_to_review(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({})));
        let secretary = Browser::of(world, &s.secretary);
        let page = secretary.open(&format!("{part}/report"));
        check(&page);
        let form = page.form().set("status", "completed").set("narrative", "Hecho").set("evidence/0/title", "Acta");
        assert_eq!(form.value("on_behalf"), "true");
        secretary.submit(&form).expect(303);
        let queue = secretary.open("/reviews");
        queue.shows("Informe propio");
        let path = queue.attributes("ul.items a.button", "href").remove(0);
        let page = secretary.open(&path);
        check(&page);
        page.shows("debe hacerlo otra persona").hides("Devolver");
        secretary.post(&path, &[("outcome", "accepted")]).expect(403).shows("debe hacerlo otra persona");
        let other = Browser::of(world, &world.coordinator("PE"));
        other.submit_and_follow(&other.open(&path).form().set("outcome", "accepted"));
    }
}

on_both! {
    fn a_quantity_below_the_target_is_accepted_with_a_statement_and_a_reason(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({"target": {"quantity": 4, "unit": "talleres"}})));
        let update = s.complete(&s.speaker, &part, json!({"quantity": 3}));
        let secretary = Browser::of(world, &s.secretary);
        secretary.open("/reviews").shows("Bajo la meta").shows("3 de 4 talleres");
        let path = format!("/reviews/{update}");
        let refused = secretary.submit(&secretary.open(&path).form().set("outcome", "accepted")).expect(422);
        check(&refused);
        let form = refused.form().set("outcome", "accepted").set("accept_below_target", "true");
        let form = form.set("comment", "Sin fondos");
        secretary.submit(&form).expect(303);
        let review = s.speaker.get(&format!("/updates/{update}")).json;
        assert_eq!(review["review"]["accepted_below_target"], true);
    }
}

on_both! {
    fn a_review_is_withdrawn_within_a_day(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({})));
        let update = s.complete(&s.speaker, &part, json!({}));
        let secretary = Browser::of(world, &s.secretary);
        let path = format!("/reviews/{update}");
        secretary.submit(&secretary.open(&path).form().set("outcome", "accepted")).expect(303);
        let queue = secretary.open("/reviews");
        check(&queue);
        queue.shows("Revisado en las últimas 24 horas");
        let page = secretary.open(&path);
        check(&page);
        page.shows("Aceptado por");
        Browser::of(world, &world.secretariat(&s.commission)).open(&path).hides("Retirar la revisión");
        let done = secretary.submit_and_follow(&page.form().set("withdraw", "true"));
        done.shows("La revisión se retiró").shows("Aceptar");
        secretary.submit(&done.form().set("outcome", "accepted")).expect(303);
        world.at("2023-09-02T12:00:01Z");
        Browser::of(world, &s.secretary).open(&path).hides("Retirar la revisión");
    }
}

on_both! {
    fn the_pages_of_progress_are_for_those_who_may_act(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({})));
        let update = s.complete(&s.speaker, &part, json!({}));
        let body = json!({"requested_due": "2023-12-15", "reason": "Licitación"});
        let extension = s.speaker.post(&format!("{part}/extensions"), body).expect(201).id();
        let (report, ask) = (format!("{part}/report"), format!("{part}/extension"));
        let (review, decide) = (format!("/reviews/{update}"), format!("/extensions/{extension}"));
        let pages = ["/reviews", &report, &ask, &review, &decide];
        let people = [
            (&s.secretary, [200; 5]),
            (&s.speaker, [403, 200, 200, 403, 200]),
            (&world.observer(&s.commission), [403; 5]),
            (&world.stranger(), [403, 404, 404, 404, 404]),
            (&world.secretariat(&world.commission("CL", "CETI")), [200, 404, 404, 404, 404]),
        ];
        for (person, statuses) in people {
            let browser = Browser::of(world, person);
            for (page, status) in pages.iter().zip(statuses) {
                browser.get(page).expect(status);
            }
        }
        let speaker = Browser::of(world, &s.speaker);
        speaker.post(&decide, &[("outcome", "granted")]).expect(403);
    }
}

on_both! {
    fn the_queue_is_filtered_and_cut_into_pages_with_the_same_number_of_statements(world) {
        let s = Fixture::new(world);
        let secretary = Browser::of(world, &s.secretary);
        let report = || s.complete(&s.speaker, &part_of(&s.commitment(json!({}))), json!({}));
        let counted = || {
            let before = world.statements();
            secretary.open("/reviews");
            world.statements() - before
        };
        let first = report();
        let of_one = counted();
        for _ in 0..4 {
            report();
        }
        assert_eq!(counted(), of_one);
        let page = secretary.open("/reviews?limit=2");
        page.shows("5 informes por revisar");
        let links = |page: &Page| page.attributes("ul.items a.button", "href");
        assert_eq!(links(&page).first(), Some(&format!("/reviews/{first}")));
        let next = secretary.open(&page.link("Página siguiente"));
        assert_eq!(links(&next).len(), 2);
        let other = world.institution("Minsal");
        let none = secretary.open(&format!("/reviews?institution_id={other}&commission_id="));
        check(&none);
        none.shows("Nada espera con estos filtros");
        assert_eq!(links(&secretary.open(&format!("/reviews?institution_id={}", s.mtpe))).len(), 5);
        secretary.get("/reviews?institution_id=x").expect(400);
    }
}

on_both! {
    fn a_request_is_withdrawn_in_words_that_fit_its_reader(world) {
        let s = Fixture::new(world);
        let part = part_of(&s.commitment(json!({})));
        let body = json!({"requested_due": "2023-12-15", "reason": "Licitación"});
        let id = s.speaker.post(&format!("{part}/extensions"), body).expect(201).id();
        let (own, decision) = (format!("{part}/extension"), format!("/extensions/{id}"));
        let colleague = Browser::of(world, &world.representative(&s.mtpe));
        for address in [&own, &decision] {
            let page = colleague.open(address);
            check(&page);
            page.shows("Licitación").shows("La puede retirar la persona que la envió").hides("Retirar la solicitud");
        }
        let withdraw = &[("withdraw", "true")];
        colleague.post(&decision, withdraw).expect(403);
        let secretary = Browser::of(world, &s.secretary);
        let page = secretary.open(&own);
        check(&page);
        page.shows("Licitación").hides("Retirar");
        assert_eq!(page.link("Decidir prórroga"), decision);
        let page = secretary.open(&decision);
        check(&page);
        page.shows("Retirar en nombre de la institución").hides("Retirar la solicitud");
        Browser::of(world, &s.speaker).open(&decision).shows("Retirar la solicitud");
        let done = secretary.post(&decision, withdraw).expect(303).location();
        secretary.open(&done).shows("se retiró");
        assert_eq!(s.speaker.get(&decision).json["status"], "withdrawn");
    }
}
