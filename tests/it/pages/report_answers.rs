//! Answers of the annual report on pages: saved, confirmed, kept and compared with the records.

use serde_json::{Value, json};

use super::checked;
use crate::access_matrix::make_ready;
use crate::on_both;
use crate::reports::{activity, body, roadmap};
use crate::support::{Browser, FilledForm, Page, Person};

/// Returns the form of a page as its button that leads to another address sends it.
fn sent_to(page: &Page, action: &str) -> FilledForm {
    FilledForm { action: action.to_owned(), ..page.form() }
}

fn answer(who: &Person<'_>, report: &str, key: &str) -> Value {
    who.get(&format!("{report}/answers/{key}")).expect(200).json["answer"].clone()
}

on_both! {
    fn a_period_in_months_or_years_is_read_as_days_and_is_reported_once(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let browser = Browser::of(world, &who);
        let new = || browser.open("/reports/new").form().set("roadmap_id", &plan);
        let read = checked(browser.submit(&new().set("period_from", "enero de 2023").set("period_to", "2023")).expect(200));
        read.shows("Entendido como 1 de enero de 2023.").shows("Entendido como 31 de diciembre de 2023.");
        let index = browser.submit_and_follow(&read.form());
        let path = index.path.split('?').next().unwrap().to_owned();
        let stored = who.get(&path).expect(200).json;
        assert_eq!((&stored["period_from"], &stored["period_to"]), (&json!("2023-01-01"), &json!("2023-12-31")));

        let again = new().set("period_from", "2023-01-01").set("period_to", "2023-12-31");
        let refused = checked(browser.submit(&again).expect(422));
        refused.shows("El país ya tiene un informe de este período.");
        assert_eq!(refused.link("Abrir el informe que ya existe"), path);
        browser.submit_and_follow(&browser.open(&format!("{path}/edit")).form());
        let other = new().set("period_from", "2022-01-01").set("period_to", "2022-12-31");
        let other = browser.submit_and_follow(&other).path.split('?').next().unwrap().to_owned();
        let moved = browser.open(&format!("{other}/edit")).form().set("period_from", "2023-01-01").set("period_to", "2023-12-31");
        browser.submit(&moved).expect(422).shows("El país ya tiene un informe de este período.");
        assert_eq!(who.get("/reports").expect(200).items().len(), 2);
    }
}

on_both! {
    fn a_day_that_is_exact_is_asked_for_as_one(world) {
        world.country("CL");
        let who = world.coordinator("CL");
        let browser = Browser::of(world, &who);
        let address = "/countries/CL/calendar?year=2027";
        let form = checked(browser.open(address)).form_to(address);
        let wrong = form.set("0/date", "mayo de 2027").set("0/name", "Feriado").set("0/kind", "holiday");
        let refused = checked(browser.submit(&wrong).expect(422));
        refused.shows("Aquí va un día exacto, por ejemplo 30/06/2027.").hides("Entendido como");
    }
}

on_both! {
    fn confirming_loses_no_typed_words_and_an_error_is_not_confirmed(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Taller de Arica", "starts": "2023-06", "highlight": true}));
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let question = format!("{path}/questions/highlights");
        let page = browser.open(&question);
        let typed = sent_to(&page, &format!("{question}/confirmation")).set("text", "Otra redacción.");
        let shown = checked(browser.submit(&typed).expect(200));
        shown.shows("Hay cambios sin guardar.").hides("Confirmar tal como está");
        assert_eq!(shown.form_to(&question).value("text"), "Otra redacción.");
        assert_eq!(answer(&who, &path, "highlights")["state"], "drafted");

        let unconfirmed = checked(browser.submit_and_follow(&shown.form_to(&question).set("next", "later")));
        unconfirmed.shows("La respuesta está guardada; falta confirmarla.").shows("Escrita, por confirmar");
        let stored = answer(&who, &path, "highlights");
        assert_eq!((&stored["state"], &stored["text"], &stored["confirmed_at"]), (&json!("edited"), &json!("Otra redacción."), &Value::Null));
        let confirmed = browser.submit_and_follow(&sent_to(&unconfirmed, &format!("{question}/confirmation")));
        confirmed.shows("La respuesta está confirmada.");

        let stored = browser.open(&question).form();
        let preview = checked(browser.submit(&stored.clone().set("preview", "true")).expect(200));
        preview.hides("Hay cambios sin guardar.");
        let typed = stored.set("text", "Dos **ferias**:\n\n- Arica\n- Temuco").set("preview", "true");
        let preview = checked(browser.submit(&typed).expect(200));
        assert_eq!(preview.texts("#preview strong, #preview li"), ["ferias", "Arica", "Temuco"]);
        preview.shows("Nada se ha guardado todavía.");
        assert_eq!(preview.form_to(&question).value("text"), "Dos **ferias**:\n\n- Arica\n- Temuco");
        assert_eq!(answer(&who, &path, "highlights")["text"], "Otra redacción.");

        let required = format!("{path}/questions/national_collab_increased");
        let page = checked(browser.submit_and_follow(&browser.open(&required).form()));
        page.shows("La respuesta está vacía: no se guardó nada.").shows("La pregunta es obligatoria; respóndala.");
        assert_eq!(answer(&who, &path, "national_collab_increased")["state"], "empty");
        let tools = format!("{path}/questions/evaluation_tools");
        let mixed = browser.open(&tools).form().set("choices", "other").mark("choices", "not_applicable");
        let page = checked(browser.submit_and_follow(&mixed.set("other_text", "Encuestas")));
        page.shows("guardada, pero no confirmada").shows("«No aplicable» excluye las demás opciones");
        assert_eq!(answer(&who, &path, "evaluation_tools")["state"], "edited");
        let index = browser.open(&path);
        index.shows("preguntas obligatorias").shows("corregir 1 respuesta con errores");

        let progress = format!("{path}/questions/priority_progress:{}", items[0]);
        let drafted = answer(&who, &path, &format!("priority_progress:{}", items[0]))["text"].clone();
        let next = browser.submit_and_follow(&browser.open(&progress).form().set("next", "following"));
        assert!(next.path.starts_with(&format!("{path}/questions/")) && !next.path.starts_with(&progress), "{}", next.path);
        next.shows("La respuesta anterior está guardada y confirmada.");
        let stored = answer(&who, &path, &format!("priority_progress:{}", items[0]));
        assert_eq!((&stored["state"], &stored["text"]), (&json!("confirmed"), &drafted));
        let english = who.with("accept-language", "en").get(&format!("{path}/answers/priority_progress:{}", items[0])).expect(200).json;
        assert_ne!(english["answer"]["text"], drafted, "words of the program stay in both languages");
    }
}

on_both! {
    fn an_unsent_text_is_shown_before_a_draft_replaces_it_and_is_found_again(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let question = format!("{path}/questions/difficulties");
        who.put(&format!("{path}/answers/difficulties"), json!({"text": "Faltó tiempo."})).expect(200);
        let browser = Browser::of(world, &who);
        browser.post("/me/drafts", &[("page", &question), ("text", "A medio escribir")]);
        let kept = checked(browser.open(&question));
        assert_eq!(kept.form().value("text"), "A medio escribir");
        assert_eq!(kept.attributes("button[name=discard]", "value").len(), 1);
        let back = checked(browser.open(&format!("{question}/draft")));
        back.shows("El texto que escribió y no guardó se reemplaza:").shows("A medio escribir");
        let page = checked(browser.submit_and_follow(&back.form()));
        page.shows("redactada de nuevo").hides("A medio escribir");
        assert_eq!(page.form().value("text"), "");
        let earlier = checked(browser.open(&page.link("Ver el texto anterior")));
        assert_eq!(earlier.form().value("text"), "A medio escribir");
        checked(browser.submit_and_follow(&earlier.form())).hides("Ver el texto anterior");
        assert_eq!(answer(&who, &path, "difficulties")["text"], "A medio escribir");
        let back = checked(browser.open(&format!("{question}/draft")));
        back.shows("La respuesta actual se reemplaza:").shows("A medio escribir");
        let page = checked(browser.submit_and_follow(&back.form()));
        assert_eq!(browser.open(&page.link("Ver el texto anterior")).form().value("text"), "A medio escribir");
    }
}

on_both! {
    fn findings_about_records_are_those_of_the_records_as_they_are_now(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let fair = activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06"}));
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let question = format!("{path}/questions/priority_progress:{}", items[0]);
        let missing = "Capacitaciones sin número de participantes";
        let before = checked(browser.open(&question));
        before.shows(missing).hides("Registros que cambiaron");
        who.patch(&format!("/activities/{fair}"), json!({"participants": {"total": 30}})).expect(200);
        let page = checked(browser.open(&question));
        page.hides(missing).shows("Registros que cambiaron").hides("Cambios desde la confirmación");
        assert!(page.attributes("aside a.button", "href").contains(&format!("{question}/draft")));
        checked(browser.submit_and_follow(&page.form())).shows("La respuesta está guardada y confirmada.");
        let approval = format!("{path}/approval");
        assert!(browser.open(&approval).texts("details[open] li a").len() > 1, "answers with warnings are links");
    }
}

on_both! {
    fn an_answer_without_the_option_that_it_needs_is_not_confirmed_and_a_suggestion_marks_one(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let key = format!("next_step_status:{}", items[1]);
        let question = format!("{path}/questions/{key}");
        let written = browser.open(&question).form_to(&question).set("text", "Se avanza en la segunda edición.");
        let page = checked(browser.submit_and_follow(&written));
        page.shows("La respuesta no está confirmada: marque una de las opciones").hides("Confirmar tal como está");
        assert_eq!(answer(&who, &path, &key)["state"], "edited");
        browser.submit_and_follow(&page.form_to(&question)).shows("marque una de las opciones");
        browser.submit_and_follow(&sent_to(&page, &format!("{question}/confirmation"))).shows("marque una de las opciones");
        assert_eq!(answer(&who, &path, &key)["confirmed_at"], Value::Null);

        page.shows("Los registros sugieren, al 01/09/2023:");
        let status = page.attributes("button[name=suggestion]", "value").remove(0);
        let typed = page.form_to(&question).set("text", "Otra redacción.").set("suggestion", &status);
        let shown = checked(browser.submit(&typed).expect(200));
        assert_eq!((shown.form_to(&question).value("choices"), shown.form_to(&question).value("text")), (status.as_str(), "Otra redacción."));
        shown.hides("Usar esta sugerencia");
        checked(browser.submit_and_follow(&shown.form_to(&question))).shows("La respuesta está guardada y confirmada.");
        let stored = answer(&who, &path, &key);
        assert_eq!((&stored["state"], &stored["choices"]), (&json!("confirmed"), &json!([status])));
    }
}

on_both! {
    fn the_answers_of_a_section_that_are_ready_are_confirmed_together(world) {
        let (plan, items) = roadmap(world, "CL", 3, 0);
        let who = world.coordinator("CL");
        for (n, item) in items.iter().enumerate() {
            activity(&who, "CL", item, json!({"title": format!("Taller {n}"), "starts": "2023-06"}));
        }
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let key = |n: usize| format!("priority_progress:{}", items[n]);
        let ceti = world.commission("CL", "CETI");
        who.put(&format!("{path}/answers/{}/assignee", key(2)), json!({"commission_id": ceti})).expect(200);
        let browser = Browser::of(world, &who);
        let together = checked(browser.open(&browser.open(&path).link("Confirmar 2 respuestas juntas")));
        together.shows("realizó un taller 0").shows("realizó un taller 1").hides("taller 2");
        let done = checked(browser.submit_and_follow(&together.form()));
        done.shows("Las respuestas de la sección están confirmadas.").hides("respuestas juntas");
        let states = [0, 1, 2].map(|n| answer(&who, &path, &key(n))["state"].clone());
        assert_eq!(states, ["confirmed", "confirmed", "drafted"]);
        browser.get(&format!("{path}/confirmation?section=s1")).expect(400);
        checked(browser.open(&format!("{path}/confirmation?section=s1_priorities"))).shows("Ninguna respuesta de la sección está lista");
    }
}

on_both! {
    fn a_new_version_confirms_at_once_what_does_not_change_and_names_what_did(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let fair = activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        make_ready(&who, &id);
        who.post(&format!("/reports/{id}/approval"), json!({})).expect(200);
        let made = who.post(&format!("/reports/{id}/versions"), json!({"reason": "Cambió una cifra"})).expect(201);
        let waiting = made.json["sections"].as_array().unwrap().iter().flat_map(|section| section["questions"].as_array().unwrap());
        let waiting = waiting.filter(|asked| asked["needs_confirmation"] == true).count();
        let path = format!("/reports/{}", made.id());
        let browser = Browser::of(world, &who);
        let index = checked(browser.open(&path));
        index.shows("· versión 2").shows(&format!("Confirmar las {waiting} que no cambian"));
        who.put(&format!("{path}/answers/difficulties"), json!({"text": "Faltó tiempo."})).expect(200);
        let compared = checked(browser.open(&format!("{path}/compare")));
        compared.shows("Respuestas que cambian respecto de la versión 1");
        assert_eq!(compared.texts(".panel li a").len(), 1, "{}", compared.words());
        let page = checked(browser.open(&format!("{path}/confirmation")));
        page.shows("Feria de Temuco").hides("Faltó tiempo.");
        let done = checked(browser.submit_and_follow(&page.form()));
        done.shows("Las respuestas que no cambian están confirmadas.").shows("El informe se puede aprobar.").hides("Confirmar las");
        let log = who.get(&format!("/audit-log?record_id={}&action=confirmed&limit=200", made.id())).expect(200);
        assert_eq!(log.items().len(), waiting, "each answer is audited");
        checked(browser.open(&format!("{path}/confirmation"))).shows("No hay respuestas por confirmar");

        who.patch(&format!("/activities/{fair}"), json!({"result": "Se firmó un acuerdo."})).expect(200);
        for place in [path.clone(), format!("{path}/approval")] {
            checked(browser.open(&place)).shows("cambiaron desde que");
        }
        let question = format!("{path}/questions/highlights");
        let page = checked(browser.open(&question));
        page.shows("Cambios desde la confirmación").shows("Confirmar de nuevo");
        let again = browser.submit_and_follow(&sent_to(&page, &format!("{question}/confirmation")));
        again.hides("Cambios desde la confirmación");
        let approval = browser.open(&format!("{path}/approval"));
        browser.submit_and_follow(&approval.form());
        checked(browser.open(&format!("/reports/{id}"))).shows("La versión 2 reemplaza a este informe.");
        checked(browser.open("/reports")).shows("Versión 1").shows("Versión 2").shows("Reemplazado por la versión 2");
    }
}

on_both! {
    fn a_source_is_inserted_as_a_sentence_and_is_a_link_for_those_who_may_open_it(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let (ceti, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (who, secretariat) = (world.coordinator("CL"), world.secretariat(&ceti));
        let fields = json!({"title": "Taller de Arica", "starts": "2023-06", "highlight": true, "commission_ids": [other],
            "evidence": [{"title": "Nota", "url": "https://example.org/taller"}]});
        let id = activity(&who, "CL", &items[0], fields);
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        who.put(&format!("{path}/answers/highlights/assignee"), json!({"commission_id": ceti})).expect(200);
        let question = format!("{path}/questions/highlights");
        let page = checked(Browser::of(world, &who).open(&question));
        let inserted = page.attributes("button[data-insert]", "data-insert");
        assert!(inserted.contains(&"Taller de Arica (junio de 2023). https://example.org/taller".to_owned()), "{inserted:?}");
        let record = format!("aside a[href^='/activities/{id}?back=']");
        assert_eq!(page.texts(&record).first().map(String::as_str), Some("Taller de Arica"));
        let page = checked(Browser::of(world, &secretariat).open(&question));
        page.shows("Taller de Arica");
        let may_open = Browser::of(world, &secretariat).get(&format!("/activities/{id}")).status == 200;
        assert_eq!(!page.texts(&record).is_empty(), may_open, "a link leads somewhere");
        assert!(!may_open, "the activity is of another commission");
    }
}

on_both! {
    fn going_on_visits_a_question_that_may_stay_open_once_and_the_approval_names_it(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        for n in 1..=4 {
            activity(&who, "CL", &items[0], json!({"title": format!("Taller {n}"), "starts": "2023-06", "status": "submitted"}));
        }
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let first = format!("{path}/questions/priority_progress:{}", items[0]);
        let page = checked(browser.open(&first));
        page.shows("Ver los 4 registros");
        assert_eq!(page.texts("aside details.more ul a").len(), 4);
        make_ready(&who, path.trim_start_matches("/reports/"));
        let (mut visited, mut page) = (Vec::new(), browser.open(&first));
        while page.path.contains("/questions/") && visited.len() < 60 {
            let question = page.path.split('?').next().unwrap().to_owned();
            visited.push(question.rsplit('/').next().unwrap().to_owned());
            page = browser.submit_and_follow(&page.form_to(&question).set("next", "following"));
        }
        let times = |key: &str| visited.iter().filter(|one| *one == key).count();
        assert_eq!(["overall_rating", "other_success_flag", "other_success_detail"].map(times), [1, 1, 0], "{visited:?}");
        let numbers = |path: &str| checked(browser.open(path)).texts(".notice a[href*='/questions/']").len();
        assert_eq!(numbers(&path), visited.len() - 1, "the first one was opened by its address");
        assert_eq!(numbers(&format!("{path}/approval")), visited.len() - 1);
        let approval = browser.open(&format!("{path}/approval"));
        assert_eq!(approval.attributes("button[type=submit][form=approval]", "form"), ["approval"]);
        approval.shows("Quedan sin respuesta, y no son obligatorias, las preguntas");
    }
}

on_both! {
    fn going_on_visits_the_question_that_the_answer_asks_for_and_none_of_a_commission(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let (who, ceti) = (world.coordinator("CL"), world.commission("CL", "CETI"));
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let (flag, detail) = (format!("{path}/questions/other_success_flag"), format!("{path}/questions/other_success_detail"));
        let no = browser.open(&flag).form_to(&flag).set("choices", "no");
        browser.submit_and_follow(&no);
        checked(browser.open(&detail)).shows("No corresponde").hides("Sin respuesta");
        checked(browser.open(&path)).shows("No corresponde");
        let yes = browser.open(&flag).form_to(&flag).set("choices", "yes").set("next", "following");
        let next = checked(browser.submit_and_follow(&yes));
        assert!(next.path.starts_with(&detail), "{}", next.path);
        next.shows("La respuesta anterior está guardada y confirmada.").hides("No corresponde");
        let no = browser.open(&flag).form_to(&flag).set("choices", "no").set("next", "following");
        let after = |page: &Page| page.path.split('?').next().unwrap().to_owned();
        let open = after(&browser.submit_and_follow(&no));
        who.put(&format!("{}/assignee", open.replace("/questions/", "/answers/")), json!({"commission_id": ceti})).expect(200);
        let no = browser.open(&flag).form_to(&flag).set("next", "following");
        assert_ne!(after(&browser.submit_and_follow(&no)), open, "the commission answers it");
    }
}

on_both! {
    fn one_answer_is_drafted_again_from_the_records_of_today(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let fair = activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let question = format!("{path}/questions/highlights");
        let page = browser.open(&question);
        assert!(page.form_to(&question).value("text").contains("Feria de Temuco"));
        who.patch(&format!("/activities/{fair}"), json!({"title": "Feria de Arica"})).expect(200);
        let again = checked(browser.open(&format!("{question}/draft")));
        again.shows("Redactar de nuevo esta respuesta").shows("El texto se redacta otra vez con los registros de hoy.");
        let page = checked(browser.submit_and_follow(&again.form()));
        page.shows("redactada de nuevo");
        let text = page.form_to(&question).value("text").to_owned();
        assert!(text.contains("Feria de Arica") && !text.contains("Temuco"), "{text}");
        assert_eq!(answer(&who, &path, "highlights")["state"], "drafted");
        let log = || who.get(&format!("/audit-log?record_id={}&action=updated", path.trim_start_matches("/reports/"))).expect(200).items().len();
        let before = log();
        who.delete(&format!("{path}/answers/highlights")).expect(204);
        assert_eq!(log(), before, "an equal draft changes nothing");
    }
}

on_both! {
    fn a_finding_names_its_records_once_as_links(world) {
        let (plan, items) = roadmap(world, "CL", 2, 0);
        let who = world.coordinator("CL");
        let one = activity(&who, "CL", &items[0], json!({"title": "Taller de Arica", "starts": "2023-06", "status": "submitted"}));
        for title in ["Feria de Temuco", "Feria de Osorno"] {
            activity(&who, "CL", &items[1], json!({"title": title, "starts": "2023-06", "status": "submitted"}));
        }
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let beside = |item: &str| checked(browser.open(&format!("{path}/questions/priority_progress:{item}")));
        let page = beside(&items[0]);
        page.shows("Sin validar por la secretaría, no se incluyen: Taller de Arica").hides("«Taller de Arica»");
        assert_eq!(page.texts(&format!("aside a[href^='/activities/{one}?back=']")), ["Taller de Arica"]);
        let page = beside(&items[1]);
        page.shows("Sin validar por la secretaría, no se incluyen: 2 registros.").hides("«Feria de Temuco»");
        assert_eq!(page.texts("aside ul ul a"), ["Feria de Temuco", "Feria de Osorno"]);
        let message = who.get(&format!("{path}/answers/priority_progress:{}", items[1])).expect(200).text;
        assert!(message.contains("«Feria de Temuco» y «Feria de Osorno»"), "the sentence of the API is whole: {message}");
        let noted = json!({"country_code": "CL", "kind": "challenge", "text": "Falta personal", "noted": "2023"});
        let noted = who.post("/observations", noted).expect(201).id();
        who.post(&format!("{path}/drafting"), json!({})).expect(200);
        let source = checked(browser.open(&format!("{path}/questions/difficulties"))).link("Falta personal");
        assert!(source.starts_with("/observations?country_code=CL&back="), "{source}");
        assert!(source.ends_with(&format!("#observation-{noted}")), "{source}");
        assert_eq!(checked(browser.open("/observations?country_code=CL")).texts(&format!("[id='observation-{noted}']")), ["Falta personal"]);
        checked(browser.open("/")).shows("Informes anuales");
        assert_eq!(browser.open("/").attributes("aside a[href='/reports']", "href"), ["/reports"]);
    }
}
