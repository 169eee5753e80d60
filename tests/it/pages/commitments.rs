//! The follow-up list and its saved views, one commitment, and the forms that enter and change commitments.

use serde_json::{Value, json};

use super::well_formed;
use crate::on_both;
use crate::support::{Browser, Page, Person, World};

/// A commission with two institutions, its secretariat and a representative.
struct Fixture<'w> {
    commission: String,
    mtpe: String,
    minsal: String,
    secretary: Person<'w>,
    speaker: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let (mtpe, minsal) = (world.institution("Ministerio de Trabajo"), world.institution("Ministerio de Salud"));
        world.member(&commission, &mtpe, "member");
        world.member(&commission, &minsal, "member");
        let (secretary, speaker) = (world.secretariat(&commission), world.representative(&mtpe));
        Self { commission, mtpe, minsal, secretary, speaker }
    }

    fn commitment(&self, more: Value) -> Value {
        let mut body = json!({
            "commission_ids": [self.commission],
            "text": "Elaborar el protocolo",
            "due": "2023-10-31",
            "assignments": [{"institution_id": self.mtpe}],
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.secretary.post("/commitments", body).expect(201).json
    }
}

fn path(commitment: &Value) -> String {
    format!("/commitments/{}", commitment["id"].as_str().unwrap())
}

fn part(commitment: &Value) -> String {
    format!("{}/assignments/{}", path(commitment), commitment["assignments"][0]["id"].as_str().unwrap())
}

#[track_caller]
fn check(page: &Page) {
    assert_eq!(well_formed::faults(page), Vec::<String>::new());
}

on_both! {
    fn the_list_shows_where_each_commitment_stands_and_filters_it(world) {
        let f = Fixture::new(world);
        let (late, open) = (f.commitment(json!({"due": "2023-06-30", "text": "Capacitar a las brigadas"})), f.commitment(json!({"due": "2023-Q4"})));
        let evidence = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Listo", "evidence": [{"title": "Acta"}]});
        f.speaker.post(&format!("{}/updates", part(&open)), evidence).expect(201);
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open("/commitments");
        check(&page);
        page.shows("2 compromisos").shows("vencido hace").shows("0 de 1 institución").shows("1 por revisar");
        assert_eq!(page.texts("tbody th"), [late["code"].as_str().unwrap(), open["code"].as_str().unwrap()]);
        let overdue = browser.open("/commitments?overdue=true&q=&status=");
        overdue.shows("1 compromiso").shows("Capacitar a las brigadas").hides("Elaborar el protocolo");
        assert_eq!(overdue.attributes("ul.chips a", "href"), ["/commitments", "/commitments"]);
        browser.open("/commitments?awaiting_review=true").shows("1 compromiso").shows("Elaborar el protocolo");
        browser.open("/commitments?status=cancelled").shows("Ningún compromiso cumple estos filtros");
        assert_eq!(browser.get("/commitments?status=quizas").status, 400);
        let reversed = browser.open("/commitments?sort=-due");
        assert_eq!(reversed.texts("tbody th")[0], open["code"].as_str().unwrap());
        let english = Browser::of(world, &f.speaker).with("accept-language", "en").open("/commitments");
        check(&english);
    }
}

on_both! {
    fn what_a_filter_form_sends_becomes_filters_of_the_api(world) {
        let f = Fixture::new(world);
        f.commitment(json!({"due": "2023-09-10"}));
        let browser = Browser::of(world, &f.secretary);
        let soon = browser.get("/commitments?overdue=soon").expect(303).location();
        assert!(soon.contains("due_after=2023-08-") && soon.contains("due_before=2023-10-0"), "{soon}");
        browser.open(&soon).shows("Vencen en 30 días").shows("1 compromiso");
        let named = browser.get("/commitments?institution=ministerio+de+salud&status=").expect(303).location();
        assert_eq!(named, format!("/commitments?institution_id={}", f.minsal));
        browser.open(&named).shows("Ningún compromiso");
        let unknown = browser.get("/commitments?institution=Nadie").expect(303).location();
        browser.open(&unknown).shows("Ninguna institución se llama «Nadie»").shows("1 compromiso");
    }
}

on_both! {
    fn a_person_saves_and_deletes_views(world) {
        let f = Fixture::new(world);
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open("/commitments?status=planned");
        let empty = browser.submit(&page.form_to("/commitments").set("view_name", " "));
        empty.expect(422).shows("Hay algo que corregir");
        let saved = browser.submit_and_follow(&page.form_to("/commitments").set("view_name", "Pendientes"));
        check(&saved);
        saved.shows("La vista se guardó");
        assert_eq!(browser.open("/commitments").link("Pendientes"), "/commitments?status=planned");
        Browser::of(world, &f.speaker).open("/commitments").hides("Vistas guardadas");
        let deleted = browser.post("/commitments", &[("delete_view", "Pendientes")]).expect(303).location();
        browser.open(&deleted).shows("La vista se borró");
        for n in 0..20 {
            let name = format!("Vista {n}");
            browser.post("/commitments?status=planned", &[("view_name", name.as_str())]).expect(303);
        }
        browser.post("/commitments", &[("view_name", "Una más")]).expect(422);
        browser.post("/commitments?status=completed", &[("view_name", "Vista 3")]).expect(303);
    }
}

on_both! {
    fn the_list_is_downloaded_with_its_filters(world) {
        let f = Fixture::new(world);
        f.commitment(json!({"text": "=1+1; Capacitar"}));
        f.commitment(json!({"status": "draft", "text": "Sin publicar"}));
        let browser = Browser::of(world, &f.secretary);
        let csv = browser.get("/commitments.csv?status=planned").expect(200);
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(csv.text.contains("'=1+1; Capacitar") && !csv.text.contains("Sin publicar"), "{}", csv.text);
        for address in ["/commitments.xlsx", "/follow-up-matrix.xlsx?status=planned,in_progress"] {
            assert_eq!(browser.get(address).expect(200).bytes.get(..2), Some(b"PK".as_slice()), "{address}");
        }
        assert_eq!(browser.get("/commitments.csv?status=x").status, 400);
        assert!(Browser::new(world).get("/commitments.csv").expect(303).location().starts_with("/sign-in?"));
    }
}

on_both! {
    fn a_commitment_offers_each_reader_the_next_step(world) {
        let f = Fixture::new(world);
        let made = f.commitment(json!({"assignments": [{"institution_id": f.mtpe, "target": {"quantity": 2, "unit": "regiones"}}, {"institution_id": f.minsal}]}));
        let (secretary, speaker) = (Browser::of(world, &f.secretary), Browser::of(world, &f.speaker));
        let page = speaker.open(&path(&made));
        check(&page);
        page.shows("0 de 2 instituciones").shows("Se cumple cuando todas").hides("Editar");
        assert_eq!(page.link("Informar"), format!("{}/report", part(&made)));
        let evidence = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Listo", "quantity": 2, "evidence": [{"title": "Acta", "url": "https://www.gob.pe/acta"}]});
        let update = f.speaker.post(&format!("{}/updates", part(&made)), evidence).expect(201).id();
        let page = secretary.open(&path(&made));
        check(&page);
        assert_eq!((page.link("Revisar"), page.link("Acta")), (format!("/reviews/{update}"), "https://www.gob.pe/acta".to_owned()));
        page.shows("2 de 2 regiones").shows("Registrado");
        f.secretary.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        secretary.open(&path(&made)).shows("1 de 2 instituciones").hides("Revisar");
        for _ in 0..6 {
            for text in ["Uno", "Dos"] {
                f.secretary.patch(&path(&made), json!({"text": text})).expect(200);
            }
        }
        let page = secretary.open(&path(&made));
        page.hides("Registrado");
        secretary.open(&page.link("Toda la historia")).shows("Registrado");
        let stranger = Browser::of(world, &world.representative(&world.institution("Otra")));
        stranger.get(&path(&made)).expect(404);
        secretary.get("/commitments/nada").expect(404);
    }
}

on_both! {
    fn a_commitment_is_entered_with_the_members_of_the_commission(world) {
        let f = Fixture::new(world);
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open("/commitments/new");
        check(&page);
        let form = page.form().set("due", "II trimestre 2024").set("members_of", &f.commission);
        let asked = browser.submit(&form.clone().set("text", "Elaborar el protocolo")).expect(200);
        asked.shows("Entendido como segundo trimestre de 2024");
        let made = browser.submit_and_follow(&asked.form());
        check(&made);
        made.shows("El compromiso se registró").shows("0 de 2 instituciones").shows("segundo trimestre de 2024 (hasta el 30/06/2024)");
        let faulty = browser.submit(&form.set("due", "")).expect(422);
        check(&faulty);
        assert!(faulty.html().root_element().text().any(|text| text.starts_with("Error:")), "{}", faulty.text);
        assert_eq!(faulty.attributes("#text", "aria-invalid"), ["true"]);
        Browser::of(world, &f.speaker).get("/commitments/new").expect(403);
    }
}

on_both! {
    fn rows_are_added_and_removed_without_a_script_and_names_are_typed(world) {
        let f = Fixture::new(world);
        for n in 0..16 {
            world.institution(&format!("Gobierno Regional {n}"));
        }
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open("/commitments/new");
        let form = page.form().set("text", "Capacitar").set("assignments/0/institution_id", "gobierno regional 7");
        let more = browser.submit(&form.set("add", "assignments")).expect(200);
        check(&more);
        assert_eq!(more.texts("fieldset.row legend").iter().filter(|text| text.starts_with("Institución")).count(), 3);
        let form = more.form().set("assignments/2/institution_id", "Nadie");
        let unknown = browser.submit(&form.clone()).expect(422);
        unknown.shows("No existe o usted no tiene acceso");
        let fewer = browser.submit(&form.set("remove", "assignments/2")).expect(200);
        let made = browser.submit_and_follow(&fewer.form().set("status", "draft"));
        made.shows("El borrador se guardó").shows("Gobierno Regional 7").shows("Es un borrador");
    }
}

on_both! {
    fn an_agreement_fills_in_the_form(world) {
        let f = Fixture::new(world);
        let session = json!({"commission_ids": [f.commission], "kind": "ordinary", "title": "Tercera sesión", "held": "2023-08-22"});
        let meeting = f.secretary.post("/meetings", session).expect(201).id();
        let body = json!({"commission_ids": [f.commission], "kind": "meeting_agreement", "title": "Reforzar", "number": "6", "meeting_id": meeting});
        let agreement = f.secretary.post("/agreements", body).expect(201).id();
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open(&format!("/commitments/new?agreement_id={agreement}&meeting_id={meeting}"));
        let form = page.form();
        assert_eq!((form.value("agreement_id"), form.value("meeting_id")), (agreement.as_str(), meeting.as_str()));
        let made = browser.submit_and_follow(&form.set("text", "Capacitar").set("assignments/0/institution_id", &f.mtpe));
        check(&made);
        assert_eq!((made.link("Tercera sesión"), made.link("Reforzar")), (format!("/meetings/{meeting}"), format!("/agreements/{agreement}")));
    }
}

on_both! {
    fn a_term_is_corrected_with_its_reason_and_what_the_form_does_not_show_stays(world) {
        let f = Fixture::new(world);
        let first = f.commitment(json!({}));
        let made = f.commitment(json!({"beneficiary_ids": [f.minsal], "depends_on_ids": [first["id"]], "completion_rule": {"at_least": 1}}));
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open(&format!("{}/edit", path(&made)));
        check(&page);
        let form = page.form().set("due", "30 de noviembre de 2023");
        let asked = browser.submit(&form).expect(200);
        let refused = browser.submit(&asked.form()).expect(422);
        assert_eq!(refused.attributes("#correction_reason", "aria-invalid"), ["true"]);
        let changed = browser.submit_and_follow(&refused.form().set("correction_reason", "El acta dice noviembre"));
        changed.shows("Los cambios se guardaron").shows("Plazo corregido").shows("El acta dice noviembre");
        let now = f.secretary.get(&path(&made)).expect(200).json;
        assert_eq!((&now["due"], &now["beneficiary_ids"], &now["depends_on_ids"]), (&json!("2023-11-30"), &json!([f.minsal]), &json!([first["id"]])));
        assert_eq!(now["completion_rule"], json!({"at_least": 1}));
        f.secretary.patch(&path(&made), json!({"text": "Otro texto"})).expect(200);
        let late = browser.submit(&page.form().set("text", "Mi texto")).expect(409);
        late.shows("Este registro cambió").shows("Otro texto");
        Browser::of(world, &f.speaker).get(&format!("{}/edit", path(&made))).expect(403);
    }
}

on_both! {
    fn a_draft_is_published_after_a_page_that_says_who_is_mailed(world) {
        let f = Fixture::new(world);
        let draft = f.commitment(json!({"status": "draft", "assignments": [{"institution_id": f.mtpe}, {"institution_id": f.minsal}]}));
        let browser = Browser::of(world, &f.secretary);
        world.notices();
        let page = browser.open(&browser.open(&path(&draft)).link("Publicar"));
        check(&page);
        page.shows("Ministerio de Trabajo").shows("Sin contacto propio");
        assert!(world.notices().is_empty());
        browser.submit_and_follow(&page.form()).shows("El compromiso se publicó");
        assert!(world.notices().iter().any(|mail| mail.to == f.speaker.email));
        browser.get(&format!("{}/publication", path(&draft))).expect(409);
        let other = f.commitment(json!({"status": "draft"}));
        let page = browser.open(&format!("{}/removal", path(&other)));
        check(&page);
        browser.submit_and_follow(&page.form()).shows("El compromiso se eliminó");
        f.secretary.get(&path(&other)).expect(404);
        Browser::of(world, &f.speaker).get(&format!("{}/removal", path(&draft))).expect(403);
    }
}

on_both! {
    fn a_part_is_added_changed_cancelled_reopened_and_removed(world) {
        let f = Fixture::new(world);
        let made = f.commitment(json!({}));
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open(&format!("{}/assignments/new", path(&made)));
        check(&page);
        browser.submit(&page.form()).expect(422);
        browser.submit_and_follow(&page.form().set("institution_id", &f.minsal)).shows("La institución se agregó").shows("0 de 2 instituciones");
        let page = browser.open(&format!("{}/edit", part(&made)));
        check(&page);
        let form = page.form().set("target/quantity", "3").set("target/unit", "talleres").set("role", "co_responsible");
        browser.submit_and_follow(&form).shows("La parte se cambió").shows("3 talleres").shows("Corresponsable");
        let page = browser.open(&format!("{}/cancellation", part(&made)));
        check(&page);
        page.shows("A quién se avisa por correo");
        browser.submit(&page.form()).expect(422);
        browser.submit_and_follow(&page.form().set("reason", "Pasó a otra institución")).shows("La parte se canceló").shows("0 de 1 institución");
        browser.get(&format!("{}/cancellation", part(&made))).expect(409);
        let page = browser.open(&format!("{}/reopening", part(&made)));
        check(&page);
        browser.submit_and_follow(&page.form().set("reason", "Sigue a cargo")).shows("La parte se reabrió");
        let now = f.secretary.get(&path(&made)).expect(200).json;
        let removal = format!("{}/assignments/{}/removal", path(&made), now["assignments"][1]["id"].as_str().unwrap());
        let page = browser.open(&removal);
        check(&page);
        browser.submit_and_follow(&page.form()).shows("La parte se quitó").shows("0 de 1 institución");
        Browser::of(world, &f.speaker).get(&format!("{}/cancellation", part(&made))).expect(403);
    }
}

on_both! {
    fn the_list_takes_as_many_statements_for_one_commitment_as_for_many(world) {
        let f = Fixture::new(world);
        f.commitment(json!({}));
        let browser = Browser::of(world, &f.secretary);
        browser.open("/commitments");
        let of = |address: &str| {
            let before = world.statements();
            browser.open(address);
            world.statements() - before
        };
        let one = of("/commitments");
        for _ in 0..30 {
            f.commitment(json!({"assignments": [{"institution_id": f.mtpe}, {"institution_id": f.minsal}]}));
        }
        assert_eq!(of("/commitments"), one);
    }
}

on_both! {
    fn the_own_part_comes_first_with_its_buttons_in_view(world) {
        let f = Fixture::new(world);
        let mut parts: Vec<Value> = (0..25).map(|n| json!({"institution_id": world.institution(&format!("Gobierno Regional {n}"))})).collect();
        parts.push(json!({"institution_id": f.mtpe}));
        let made = f.commitment(json!({"assignments": parts}));
        let own = format!("{}/assignments/{}", path(&made), made["assignments"][25]["id"].as_str().unwrap());
        let speaker = Browser::of(world, &f.speaker);
        let page = speaker.open(&path(&made));
        check(&page);
        assert_eq!(page.texts(".columns > div h2")[..2], ["La parte de mi institución", "Otras instituciones"]);
        assert!(page.texts("ul.items > li")[0].contains("Ministerio de Trabajo"), "{:?}", page.texts("ul.items > li"));
        let buttons = page.attributes("ul.items > li:first-child .actions a", "href");
        assert_eq!(buttons, [format!("{own}/report"), format!("{own}/extension")]);
        let request = json!({"requested_due": "2023-12-15", "reason": "Licitación"});
        f.speaker.post(&format!("{own}/extensions"), request).expect(201);
        let page = speaker.open(&path(&made));
        check(&page);
        assert_eq!(page.link("Ver la prórroga pedida"), format!("{own}/extension"));
        let office = Browser::of(world, &f.secretary).open(&path(&made));
        check(&office);
        office.hides("La parte de mi institución");
        let late = f.commitment(json!({"due": "2023-06-30"}));
        speaker.open(&path(&late)).shows("El plazo ya venció").hides("Pedir prórroga");
    }
}

on_both! {
    fn the_list_is_limited_to_the_own_institution(world) {
        let f = Fixture::new(world);
        f.commitment(json!({"text": "Del ministerio"}));
        f.commitment(json!({"text": "De salud", "assignments": [{"institution_id": f.minsal}]}));
        let speaker = Browser::of(world, &f.speaker);
        let page = speaker.open("/commitments?status=planned");
        check(&page);
        let own = page.link("Solo lo mío");
        assert_eq!(own, format!("/commitments?status=planned&institution_id={}", f.mtpe));
        let page = speaker.open(&own);
        check(&page);
        page.shows("Del ministerio").hides("De salud").shows("Solo lo mío: Ministerio de Trabajo");
        assert!(page.attributes("ul.chips a", "href").contains(&"/commitments?status=planned".to_owned()));
        Browser::of(world, &f.secretary).open("/commitments").hides("Solo lo mío");
        let both = world.representative(&f.mtpe);
        let grant = json!({"role": "representative", "institution_id": f.minsal});
        world.admin().post(&format!("/users/{}/grants", both.id.unwrap()), grant).expect(201);
        let page = Browser::of(world, &both).open("/commitments");
        check(&page);
        page.shows("Solo lo mío: Ministerio de Trabajo").shows("Solo lo mío: Ministerio de Salud");
    }
}

on_both! {
    fn the_list_leads_to_the_report_of_the_own_open_part(world) {
        let f = Fixture::new(world);
        let own = f.commitment(json!({"text": "Del ministerio"}));
        f.commitment(json!({"text": "De salud", "assignments": [{"institution_id": f.minsal}]}));
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let report = format!("/commitments/{}/assignments/{}/report", id(&own), id(&own["assignments"][0]));
        let reports = |person: &Person<'_>| {
            let links = Browser::of(world, person).open("/commitments").attributes("main td a", "href");
            links.into_iter().filter(|link| link.ends_with("/report")).collect::<Vec<_>>()
        };
        assert_eq!(reports(&f.speaker), [report.clone()], "the part of another institution has none");
        assert_eq!(reports(&f.secretary), [""; 0]);
        let body = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Listo", "evidence": [{"title": "Acta"}]});
        f.speaker.post(&report.replace("/report", "/updates"), body).expect(201);
        assert_eq!(reports(&f.speaker), [""; 0], "nothing is left to report");
    }
}

on_both! {
    fn a_filter_of_open_parts_is_kept_when_the_form_of_filters_is_sent(world) {
        let f = Fixture::new(world);
        let path = format!("/commitments?institution_id={}&part_status=planned,in_progress", f.mtpe);
        let page = Browser::of(world, &f.speaker).open(&path);
        let chosen = page.attributes("select[name=part_status] option[selected]", "value");
        assert_eq!(chosen, ["planned,in_progress"]);
    }
}

on_both! {
    fn beneficiaries_dependencies_and_the_agenda_item_are_edited(world) {
        let f = Fixture::new(world);
        let first = f.commitment(json!({}));
        let session = json!({"commission_ids": [f.commission], "kind": "ordinary", "title": "Tercera sesión", "held": "2023-08-22"});
        let meeting = f.secretary.post("/meetings", session).expect(201).id();
        let agenda = json!([{"title": "Protocolo", "kind": "decision"}]);
        let item = f.secretary.put(&format!("/meetings/{meeting}/agenda"), agenda).expect(200).json[0]["id"].clone();
        let browser = Browser::of(world, &f.secretary);
        let page = browser.open(&format!("/commitments/new?meeting_id={meeting}"));
        check(&page);
        let form = page.form().set("text", "Capacitar").set("due", "2023-12-31").set("assignments/0/institution_id", &f.mtpe)
            .set("agenda_item_id", item.as_str().unwrap()).mark("beneficiary_ids", &f.minsal);
        let refused = browser.submit(&form.clone().set("depends_on", "CIGTPE-2023-999")).expect(422);
        check(&refused);
        refused.shows("No se conoce «CIGTPE-2023-999»");
        let made = browser.submit_and_follow(&form.set("depends_on", first["code"].as_str().unwrap()));
        let stored = f.secretary.get(made.path.split('?').next().unwrap()).expect(200).json;
        assert_eq!((&stored["agenda_item_id"], &stored["beneficiary_ids"], &stored["depends_on_ids"]), (&item, &json!([f.minsal]), &json!([first["id"]])));
        for n in 0..16 {
            world.institution(&format!("Gobierno Regional {n}"));
        }
        let page = browser.open(&format!("{}/edit", path(&stored)));
        check(&page);
        let form = page.form();
        assert_eq!((form.value("beneficiaries"), form.value("depends_on")), ("Ministerio de Salud", first["code"].as_str().unwrap()));
        let refused = browser.submit(&form.clone().set("beneficiaries", "Ministerio de Salud\nNadie")).expect(422);
        check(&refused);
        refused.shows("No se conoce «Nadie»");
        let form = form.set("beneficiaries", "gobierno regional 3\nMinisterio de Salud").set("depends_on", "").set("agenda_item_id", "");
        browser.submit_and_follow(&form).shows("Los cambios se guardaron");
        let stored = f.secretary.get(&path(&stored)).expect(200).json;
        assert_eq!(stored["beneficiary_ids"].as_array().unwrap().len(), 2);
        assert_eq!((&stored["agenda_item_id"], &stored["depends_on_ids"]), (&json!(null), &json!([])));
    }
}
