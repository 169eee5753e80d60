//! The pages of agreements, and the session's page of agreements and commitments with its follow-up sheet.

use serde_json::json;

use super::{checked, open};
use crate::meetings::{create, meeting};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn an_agreement_with_five_commitments_for_26_governments_is_one_form(world) {
        let cigtpe = world.commission("PE", "CIGTPE");
        let secretariat = world.secretariat(&cigtpe);
        let lead = world.institution("Ministerio");
        world.member(&cigtpe, &lead, "lead");
        for n in 1..=26 {
            let body = json!({"name": format!("Gobierno Regional {n:02}"), "country_code": "PE", "sector": "regional_government"});
            let id = world.admin().post("/institutions", body).expect(201).id();
            world.member(&cigtpe, &id, "member");
        }
        let session = create(world, &meeting(&[&cigtpe]));
        let agenda = json!([{"title": "Acuerdos", "kind": "decision"}]);
        let items = secretariat.put(&format!("{session}/agenda"), agenda).expect(200).json;
        let item = items[0]["id"].as_str().unwrap();
        let browser = Browser::of(world, &secretariat);
        let page = checked(browser.open(&format!("{session}/agreements")));
        page.shows("Todos los integrantes de CIGTPE (27)").shows("Gobiernos regionales (26)");
        let mut form = page.form().set("agenda_item_id", item).set("number", "6").set("title", "Fortalecer la gestión");
        for n in 0..5 {
            form = form.set(&format!("commitments/{n}/text"), &format!("Tarea {n}"))
                .set(&format!("commitments/{n}/due"), "2023-Q4")
                .mark(&format!("commitments/{n}/sectors"), "regional_government");
        }
        let page = checked(browser.submit_and_follow(&form.mark("commitments/0/institution_ids", &lead)));
        page.shows("Todo está guardado.").shows("Acuerdo 6: Fortalecer la gestión").shows("5 compromisos son borradores.");
        let all = secretariat.get(&format!("/commitments?status=draft&meeting_id={}", session.trim_start_matches("/meetings/"))).expect(200);
        let counts: Vec<usize> = all.items().iter().map(|one| one["assignments"].as_array().unwrap().len()).collect();
        let mut sorted = counts.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [26, 26, 26, 26, 27]);
        assert!(all.items().iter().all(|one| one["agenda_item_id"] == item && one["agreement_id"] != json!(null)));

        let agreement = page.link("Acuerdo 6: Fortalecer la gestión");
        let shown = checked(browser.open(&agreement));
        shown.shows("5 compromisos").shows("Sesión ordinaria").shows("Borrador");
        let more = checked(browser.open(&shown.link("Agregar compromisos")));
        more.shows("Agregar compromisos a: Acuerdo 6: Fortalecer la gestión");
        let one = more.form().set("commitments/0/text", "Tarea sexta").set("commitments/0/others", "Ministerio\nNadie así");
        let refused = checked(browser.submit(&one).expect(422));
        refused.shows("No se conoce «Nadie así»");
        let one = refused.form().set("commitments/0/others", "ministerio");
        checked(browser.submit_and_follow(&one)).shows("6 compromisos son borradores.");

        secretariat.put(&format!("{session}/minutes"), json!({"body": "Texto"})).expect(200);
        let approval = checked(browser.open(&format!("{session}/minutes/approval")));
        approval.shows("6 registros en borrador se publican con el acta").shows("Acuerdo 6: Fortalecer la gestión");
        checked(browser.submit_and_follow(&approval.form())).shows("El acta está aprobada.");
        checked(browser.open(&format!("{session}/agreements"))).hides("6 compromisos son borradores").shows("El acta está aprobada.");
        let member = world.representative(&lead);
        open(world, &member, &format!("{session}/agreements")).shows("Tarea sexta").hides("Agregar");
    }
}

on_both! {
    fn drafts_and_restricted_agreements_are_hidden_from_readers(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let session = create(world, &meeting(&[&ceti]));
        let browser = Browser::of(world, &secretariat);
        let form = browser.open(&format!("{session}/agreements")).form();
        let form = form.set("title", "Acuerdo a la vista").set("commitments/0/text", "Tarea en borrador").mark("commitments/0/institution_ids", &minsal);
        checked(browser.submit_and_follow(&form)).shows("Tarea en borrador");
        let form = browser.open(&format!("{session}/agreements")).form();
        let page = checked(browser.submit_and_follow(&form.set("title", "Acuerdo reservado").set("restricted", "true")));
        let restricted = page.link("Acuerdo reservado");
        open(world, &member, &format!("{session}/agreements")).shows("Acuerdo a la vista").hides("Tarea en borrador").hides("Acuerdo reservado");
        Browser::of(world, &member).get(&restricted).expect(404);
        let stranger = world.secretariat(&world.commission("CL", "MITP"));
        for page in ["agreements", "follow-up", "follow-up/document"] {
            Browser::of(world, &stranger).get(&format!("{session}/{page}")).expect(404);
        }
        Browser::of(world, &member).post(&format!("{session}/agreements"), &[("title", "Otro")]).expect(403);
        Browser::of(world, &member).get(&format!("{restricted}/edit")).expect(404);
        let open_one = page.link("Acuerdo a la vista");
        Browser::of(world, &member).get(&format!("{open_one}/edit")).expect(403);
        Browser::of(world, &member).get("/agreements/new").expect(403);
        open(world, &member, "/agreements").shows("Acuerdo a la vista").hides("Acuerdo reservado");
    }
}

on_both! {
    fn a_form_with_faults_keeps_everything_and_saves_nothing(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let session = create(world, &meeting(&[&ceti]));
        let browser = Browser::of(world, &secretariat);
        let page = browser.open(&format!("{session}/agreements"));
        checked(browser.submit(&page.form()).expect(422)).shows("Hay algo que corregir");
        let form = page.form().set("title", "Acuerdo").set("commitments/0/text", "Tarea").set("commitments/2/due", "2023-12");
        let refused = checked(browser.submit(&form).expect(422));
        assert_eq!(refused.texts(".errors li").len(), 1);
        assert_eq!((refused.form().value("title"), refused.form().value("commitments/1/due")), ("Acuerdo", "2023-12"));
        let more = checked(browser.submit(&refused.form().set("add", "commitments")).expect(200));
        assert!(more.form().fields.iter().any(|(name, _)| name == "commitments/5/text"));
        assert!(secretariat.get("/agreements").expect(200).items().is_empty());
        let sent = refused.form().set("commitments/1/text", "Otra tarea");
        browser.submit(&sent).expect(303);
        browser.submit(&sent).expect(303);
        assert_eq!(secretariat.get("/agreements").expect(200).items().len(), 1, "a double click does it once");
    }
}

on_both! {
    fn agreements_are_listed_found_entered_and_changed(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let secretariat = world.secretariat(&ceti);
        let session = create(world, &meeting(&[&ceti]));
        let id = session.trim_start_matches("/meetings/");
        let browser = Browser::of(world, &secretariat);
        checked(browser.open("/agreements")).shows("Todavía no hay acuerdos");
        let new = checked(browser.open(&format!("/agreements/new?meeting_id={id}")));
        assert_eq!((new.form().value("meeting_id"), new.form().value("kind")), (id, "meeting_agreement"));
        let faulty = new.form().set("parties/0/side", "Estado").set("attachments/0/title", "Sin archivo");
        let refused = checked(browser.submit(&faulty).expect(422));
        let mut faulty = refused.attributes(".errors a", "href");
        faulty.sort_unstable();
        assert_eq!(faulty, ["#attachments-0-url", "#parties-0-name", "#title"]);
        let form = new.form().set("title", "Convenio con regiones").set("number", "7").set("text", "Se obligan.")
            .set("adoption/method", "consensus").set("parties/0/name", "minsal").set("parties/0/side", "Estado")
            .set("attachments/0/title", "Resolución").file("attachments/0/file", "r.pdf", b"%PDF-1.7\n%%EOF\n");
        let page = checked(browser.submit_and_follow(&form));
        page.shows("El acuerdo está guardado.").shows("Acuerdo 7: Convenio con regiones").shows("Por consenso").shows("Minsal (Estado)").shows("Resolución");
        let path = page.path.split('?').next().unwrap().to_owned();
        let stored = secretariat.get(&path).expect(200).json;
        assert_eq!(stored["parties"][0]["institution_id"], json!(minsal));
        let edit = checked(browser.open(&page.link("Editar acuerdo")));
        assert_eq!(edit.form().value("parties/0/name"), "Minsal");
        secretariat.patch(&path, json!({"title": "Título de otra persona"})).expect(200);
        let late = edit.form().set("title", "Título propio");
        let refused = checked(browser.submit(&late).expect(409));
        refused.shows("Título de otra persona");
        checked(browser.submit_and_follow(&refused.form())).shows("Título propio");
        assert_eq!(secretariat.get(&path).expect(200).json["parties"], stored["parties"]);
        checked(browser.open("/agreements?q=propio&status=in_force&kind=meeting_agreement")).shows("Título propio").shows("1 acuerdo");
        checked(browser.open("/agreements?q=nada")).shows("Ningún acuerdo cumple estos filtros.");
        for bad in ["/agreements?status=lost", "/agreements?unknown=1"] {
            browser.get(bad).expect(400);
        }
        let other = create(world, &meeting(&[&world.commission("CL", "MITP")]));
        for n in 0..3 {
            let body = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": format!("Acuerdo de lista {n}")});
            secretariat.post("/agreements", body).expect(201);
        }
        let first = checked(browser.open("/agreements?limit=2"));
        let second = checked(browser.open(&first.link("Página siguiente")));
        second.shows("Acuerdo de lista 2").hides("Título propio");
        browser.get(&format!("{other}/agreements")).expect(404);
    }
}

on_both! {
    fn the_follow_up_sheet_shows_the_state_on_the_day_of_the_session(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let session = create(world, &meeting(&[&ceti]));
        open(world, &member, &format!("{session}/follow-up")).shows("No había compromisos por seguir.");
        let body = json!({"commission_ids": [ceti], "text": "Tarea por seguir", "due": "2023-06-30", "assignments": [{"institution_id": minsal}]});
        let id = secretariat.post("/commitments", body).expect(201).id();
        let later = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión siguiente", "held": "2023-09-20"});
        let later = create(world, &later);
        let page = open(world, &member, &format!("{later}/follow-up"));
        page.shows("Estado al 1 de septiembre de 2023").shows("Tarea por seguir").shows("Pendiente").shows("vencido");
        assert!(page.attributes("td a, th a", "href").contains(&format!("/commitments/{id}")));
        for format in ["pdf", "docx", "md"] {
            assert!(!Browser::of(world, &member).open(&format!("{later}/follow-up/document?format={format}")).bytes.is_empty());
        }
    }
}

on_both! {
    fn commitments_take_the_shared_term_and_institutions_and_are_published_together(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, other) = (world.institution("Minsal"), world.institution("Ámbito rural"));
        world.member(&ceti, &minsal, "member");
        world.member(&ceti, &other, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let session = create(world, &meeting(&[&ceti]));
        let browser = Browser::of(world, &secretariat);
        let page = checked(browser.open(&format!("{session}/agreements")));
        page.shows("Para todos los compromisos").shows("valen para cada compromiso que no tiene los suyos");
        let names = page.texts("#entry fieldset.row:first-of-type details .choice label");
        assert_eq!(names.iter().take(2).map(String::as_str).collect::<Vec<_>>(), ["Ámbito rural", "Minsal"], "accents do not matter");
        let form = page.form().set("title", "Acuerdo").set("shared/due", "2023-Q4").mark("shared/members_of", &ceti)
            .set("commitments/0/text", "Tarea común").set("commitments/1/text", "Tarea propia")
            .set("commitments/1/due", "2024-03-31").mark("commitments/1/institution_ids", &other);
        let refused = checked(browser.submit(&form.clone().set("shared/others", "Nadie así")).expect(422));
        refused.shows("No se conoce «Nadie así»");
        let entered = checked(browser.submit_and_follow(&form));
        entered.shows("2 compromisos son borradores");
        let id = session.trim_start_matches("/meetings/");
        let drafts = format!("/commitments?status=draft&meeting_id={id}");
        let all = secretariat.get(&drafts).expect(200);
        let of = |text: &str| all.items().iter().find(|one| one["text"] == text).unwrap().clone();
        let (common, own) = (of("Tarea común"), of("Tarea propia"));
        assert_eq!((&common["due"], common["assignments"].as_array().unwrap().len()), (&json!("2023-Q4"), 2));
        assert_eq!((&own["due"], own["assignments"].as_array().unwrap().len()), (&json!("2024-03-31"), 1));
        assert_eq!(own["assignments"][0]["institution_id"], json!(other));

        world.notices();
        let publication = checked(browser.open(&entered.link("Publicar los 2 borradores ahora")));
        publication.shows("Tarea común").shows("Tarea propia").shows("A quién se avisa por correo").shows("Sin contacto propio: 1 institución");
        assert!(world.notices().is_empty());
        let late = json!({"commission_ids": [ceti], "text": "Tarea tardía", "meeting_id": id, "status": "draft"});
        secretariat.post("/commitments", late).expect(201);
        let again = checked(browser.submit(&publication.form()).expect(409));
        again.shows("Tarea tardía");
        checked(browser.submit_and_follow(&again.form())).shows("Los borradores se publicaron").hides("compromisos son borradores.");
        assert!(secretariat.get(&drafts).expect(200).items().is_empty());
        assert!(world.notices().iter().any(|mail| mail.to == member.email));
        checked(browser.open(&format!("{session}/publication"))).shows("La sesión no tiene borradores por publicar");
        Browser::of(world, &member).get(&format!("{session}/publication")).expect(403);
    }
}

on_both! {
    fn the_text_of_a_form_is_kept_for_the_page_with_its_query(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let session = create(world, &meeting(&[&ceti]));
        let id = session.trim_start_matches("/meetings/");
        let agreement = |title: &str| {
            let body = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": title, "meeting_id": id});
            secretariat.post("/agreements", body).expect(201).id()
        };
        let [one, two] = ["Primero", "Segundo"].map(|title| format!("{session}/agreements?agreement_id={}", agreement(title)));
        let browser = Browser::of(world, &secretariat);
        let form = browser.open(&one).form().set("commitments/0/text", "Solo del primero");
        world.at("2023-09-01T13:05:00Z");
        let to = browser.submit(&form).expect(303).location();
        let next = form_urlencoded::parse(to.split_once('?').unwrap().1.as_bytes()).find(|(name, _)| name == "next").unwrap().1.into_owned();
        assert_eq!(next, one);
        let again = Browser::of(world, &secretariat);
        again.open(&two).hides("no se ha enviado");
        again.open(&format!("{session}/agreements")).hides("no se ha enviado");
        let kept = checked(again.open(&next));
        kept.shows("no se ha enviado");
        assert_eq!(kept.form().value("commitments/0/text"), "Solo del primero");
        again.open(&kept.link("Mostrar lo que está registrado")).hides("no se ha enviado");
        again.submit(&kept.form()).expect(303);
        again.open(&one).hides("no se ha enviado");
    }
}
