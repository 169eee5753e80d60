//! The pages that a coordinator uses while the annual report is prepared: the ways between an answer and its records, the
//! year of the overview, the lists of several countries, the plan after the approval.

use serde_json::json;

use super::{checked, open};
use crate::access_matrix::make_ready;
use crate::on_both;
use crate::reports::{activity, body, roadmap};
use crate::support::Browser;

on_both! {
    fn a_record_leads_back_to_the_question_that_cites_it(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let id = activity(&who, "CL", &items[0], json!({"title": "Taller de Arica", "starts": "2023-06", "highlight": true}));
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let question = format!("{path}/questions/highlights");
        let browser = Browser::of(world, &who);
        let number = who.get(&format!("{path}/answers/highlights")).expect(200).json["number"].as_u64().unwrap();
        let back = format!("Volver a la pregunta {number}");
        let record = checked(browser.open(&checked(browser.open(&question)).link("Taller de Arica")));
        assert_eq!((record.path.split('?').next(), record.link(&back)), (Some(&*format!("/activities/{id}")), question.clone()));
        let edit = checked(browser.open(&record.link("Editar actividad")));
        assert_eq!(edit.link(&back), question);
        let refused = checked(browser.submit(&edit.form().set("title", "")).expect(422));
        assert_eq!(refused.link(&back), question);
        let saved = checked(browser.submit_and_follow(&refused.form().set("title", "Taller de Arica y Parinacota")));
        saved.shows("La actividad está guardada.");
        assert_eq!(saved.link(&back), question, "also after the record was saved");
        let english = Browser::of(world, &who).with("accept-language", "en");
        who.patch("/me", json!({"language": "en"})).expect(200);
        checked(english.open(&record.path)).shows(&format!("Back to question {number}"));
        who.patch("/me", json!({"language": "es"})).expect(200);
        for foreign in ["https://example.org/", "//example.org/reports~1", "/people~3", "%2Freports%2F7%2Fquestions%2Fx~1"] {
            checked(browser.open(&format!("/activities/{id}?back={foreign}"))).hides("Volver a la pregunta");
        }
    }
}

on_both! {
    fn an_answer_has_one_main_button_and_says_once_what_is_missing(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let browser = Browser::of(world, &who);
        let question = format!("{path}/questions/national_collab_increased");
        let page = checked(browser.open(&question));
        page.shows("La pregunta es obligatoria; respóndala.").hides("No hay ninguna opción marcada");
        let own = format!("form[action='{question}']");
        assert_eq!(page.texts(&format!("{own} button.main")), ["Guardar y confirmar"]);
        let folded = page.texts(&format!("{own} details.more")).concat();
        assert!(folded.contains("Guardar sin confirmar") && folded.contains("Vista previa"), "{folded}");
        assert!(!folded.contains("Guardar y confirmar"), "{folded}");
        let index = checked(browser.open(&path));
        let row = index.texts("tr").into_iter().find(|row| row.contains("Obligatoria") && row.contains("1 error"));
        assert!(row.is_some_and(|row| !row.contains("aviso")), "{}", index.words());

        let empty = checked(browser.submit_and_follow(&page.form()));
        assert_eq!(empty.texts("main > p.notice.soon"), ["La respuesta está vacía: no se guardó nada. Escríbala antes de guardar."]);
        let answered = checked(browser.submit_and_follow(&empty.form().set("choices", "yes")));
        assert_eq!(answered.texts("main > p.notice.done"), ["La respuesta está guardada y confirmada."]);
        let detail = format!("{path}/questions/difficulties");
        let page = checked(browser.open(&detail));
        let asked = page.texts(&format!("form[action='{detail}'] > .form-actions")).concat();
        assert!(asked.contains("Confirmar que queda sin respuesta"), "what nothing else does is not folded away: {asked}");
    }
}

on_both! {
    fn who_answers_a_question_is_told_and_a_warning_leads_where_its_reader_can_act(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (who, secretariat) = (world.coordinator("CL"), world.secretariat(&ceti));
        let need = json!({"country_code": "CL", "kind": "support_need", "text": "Asistencia técnica", "noted": "2023"});
        let need = who.post("/observations", need).expect(201).id();
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let question = format!("{path}/questions/support_needed");
        let browser = Browser::of(world, &who);
        let page = checked(browser.open(&format!("{question}/assignee")));
        page.shows("recibe un aviso por correo");
        let told = checked(browser.submit_and_follow(&page.form().set("commission_id", &ceti)));
        told.shows("La pregunta quedó asignada. La secretaría de la comisión recibe un aviso").shows("La secretaría de CETI tiene esta pregunta");
        let again = || checked(browser.open(&format!("{question}/assignee"))).form();
        let same = checked(browser.submit_and_follow(&again()));
        assert_eq!(same.texts("main > p.notice.neutral"), ["No cambió quién responde. No se envió ningún aviso."]);

        let warning = "aside ul.stack li a";
        let own = checked(browser.open(&question)).attributes(warning, "href");
        assert!(own.iter().any(|link| link.starts_with(&format!("/observations/{need}/edit?back="))), "{own:?}");
        let clerk = checked(Browser::of(world, &secretariat).open(&question));
        clerk.shows("Asistencia técnica");
        let links = clerk.attributes(warning, "href");
        assert!(!links.iter().any(|link| link.contains("/edit")), "{links:?}");
        for link in links {
            Browser::of(world, &secretariat).open(&link);
        }
        let nobody = checked(browser.submit_and_follow(&again().set("commission_id", &mitp)));
        assert!(nobody.texts("main > p.notice.soon").concat().contains("nadie de la secretaría tiene cuenta"), "{}", nobody.words());
        let back = checked(browser.submit_and_follow(&again().set("commission_id", "")));
        back.shows("La pregunta queda otra vez a cargo de la coordinación.");
    }
}

on_both! {
    fn an_approved_report_is_no_progress_and_the_plan_shows_its_other_status(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let id = who.post("/reports", body("CL", &plan)).expect(201).id();
        let step = format!("next_step_status:{}", items[1]);
        who.put(&format!("/reports/{id}/answers/{step}"), json!({"choices": ["in_progress"]})).expect(200);
        make_ready(&who, &id);
        open(world, &who, "/reports").shows(" de ").hides("Aprobadas con el informe");
        open(world, &who, &format!("/plans/{plan}")).hides("El informe está aprobado");
        who.post(&format!("/reports/{id}/approval"), json!({})).expect(200);
        open(world, &who, "/reports").shows("Aprobadas con el informe");
        let page = open(world, &who, &format!("/plans/{plan}"));
        page.shows("El informe está aprobado, y el plan tiene otro estado.").shows("Informe de progreso anual: Chile");
        who.patch(&format!("/plans/{plan}/items/{}", items[1]), json!({"status": "in_progress"})).expect(200);
        open(world, &who, &format!("/plans/{plan}")).hides("El informe está aprobado");
    }
}

on_both! {
    fn the_overview_names_its_year_and_lets_choose_it(world) {
        let f = crate::overview::fixture(world);
        let who = world.coordinator("CL");
        open(world, &who, "/overview").shows("plazos de todos los años").shows("Actividades validadas de 2023");
        let page = open(world, &who, "/overview?country_code=CL&year=2023");
        page.shows("plazos y actividades de 2023").shows("con plazo en 2023");
        let links = page.attributes("td.number a", "href");
        assert!(links.iter().any(|link| link.contains("due_after=2022-12-31&due_before=2024-01-01")), "{links:?}");
        for link in links.iter().filter(|link| link.starts_with("/commitments?") && !link.contains("part_verification")) {
            let listed = who.get(&format!("{link}&limit=200")).expect(200).items().len().to_string();
            let shown = page.texts(&format!("td.number a[href='{link}']"));
            assert_eq!(shown.first(), Some(&listed), "{link}");
        }
        let none = open(world, &who, "/overview?country_code=CL&year=2021");
        assert!(none.texts("td.number a").is_empty(), "{}", none.words());
        let all = who.get("/overview?country_code=CL").expect(200).json;
        let of = |year: i32| who.get(&format!("/overview?country_code=CL&year={year}")).expect(200).json;
        assert_eq!(of(2023)["commissions"], all["commissions"], "all terms of the fixture are in this year");
        assert_eq!((&of(2021)["institutions"], &of(2021)["due_by_month"][0]["month"]), (&json!([]), &json!("2021-01")));
        who.get("/overview?country_code=CL&year=7").expect(400);
        Browser::of(world, &who).get("/overview?country_code=CL&year=7").expect(400);
        open(world, &world.secretariat(&f.ceti), "/overview?year=2023").shows("CETI");
    }
}

on_both! {
    fn lists_name_the_country_for_readers_of_several_countries(world) {
        let (ceti, cpeti) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let (admin, chile) = (world.admin(), world.coordinator("CL"));
        activity(&chile, "CL", &items[0], json!({"title": "Taller", "starts": "2023-06"}));
        for commission in [&ceti, &cpeti] {
            admin.post("/commitments", json!({"commission_ids": [commission], "text": "Capacitar", "due": "2023-09-15"})).expect(201);
            admin.post("/agreements", json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": "Convenio"})).expect(201);
            let duty = json!({"commission_ids": [commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1",
                "sector": "regional_government", "fields": [{"key": "n", "label": "Casos", "kind": "count"}]});
            admin.post("/duties", duty).expect(201);
        }
        assert!(!plan.is_empty());
        for list in ["/activities", "/agreements", "/commissions", "/commitments", "/duties", "/plans"] {
            let of_both = open(world, &admin, list);
            assert!(of_both.texts("th[scope=col]").contains(&"País".to_owned()), "{list}: {}", of_both.words());
            assert!(of_both.texts("td[data-title='País']").contains(&"Chile".to_owned()), "{list}");
            let of_one = open(world, &chile, list);
            assert!(!of_one.texts("th[scope=col]").contains(&"País".to_owned()), "{list}");
        }
    }
}

on_both! {
    fn the_months_of_the_calendar_are_in_the_order_of_time(world) {
        world.commission("CL", "CETI");
        let page = open(world, &world.coordinator("CL"), "/calendar?month=2024-05");
        let links = page.texts("nav.pager a");
        let half = &links[..links.len() / 2];
        assert_eq!(half, ["mayo de 2023", "Este mes", "← abril de 2024", "junio de 2024 →", "mayo de 2025"]);
        let page = open(world, &world.coordinator("CL"), "/calendar?month=2023-06");
        let links = page.texts("nav.pager a");
        assert_eq!(&links[..5], ["junio de 2022", "← mayo de 2023", "julio de 2023 →", "Este mes", "junio de 2024"]);
    }
}

on_both! {
    fn the_rare_fields_of_an_activity_are_folded_until_they_hold_something(world) {
        let ceti = world.commission("CL", "CETI");
        let desk = Browser::of(world, &world.secretariat(&ceti));
        let page = checked(desk.open("/activities/new"));
        assert!(page.texts("form h2").len() >= 5, "{:?}", page.texts("form h2"));
        assert!(page.texts("form details[open] [name=when_text], form details[open] [name=source]").is_empty());
        assert_eq!(page.attributes("form details [name=when_text]", "name"), ["when_text"]);
        let faulty = page.form().set("title", "Taller").set("kind", "workshop").set("country_code", "CL").set("source", &"x".repeat(1001));
        let refused = checked(desk.submit(&faulty).expect(422));
        assert_eq!(refused.attributes("form details[open] [name=source]", "name"), ["source"]);
        let form = refused.form().set("source", "").set("when_text", "durante el primer trimestre");
        let saved = checked(desk.submit_and_follow(&form));
        let edit = checked(desk.open(&saved.link("Editar actividad")));
        assert_eq!(edit.attributes("form details[open] [name=when_text]", "name"), ["when_text"]);
        assert!(edit.attributes("form details[open] [name=source]", "name").is_empty());
    }
}

on_both! {
    fn the_queue_of_reviews_leads_to_the_periodic_reports(world) {
        let commission = world.commission("PE", "CPETI");
        let region = json!({"name": "Gobierno Regional de Piura", "sector": "regional_government", "country_code": "PE"});
        let region = world.admin().post("/institutions", region).expect(201).id();
        world.member(&commission, &region, "member");
        let (secretariat, representative) = (world.secretariat(&commission), world.representative(&region));
        let desk = Browser::of(world, &secretariat);
        checked(desk.open("/reviews")).shows("Nada espera revisión ni decisión.");
        let duty = json!({"commission_ids": [commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q2",
            "sector": "regional_government", "fields": [{"key": "found", "label": "Casos", "kind": "count"}]});
        let duty = secretariat.post("/duties", duty).expect(201).id();
        let report = format!("/duties/{duty}/reports/{region}/2023-Q2");
        representative.put(&report, json!({"values": {"found": 3}})).expect(201);
        let queue = checked(desk.open("/reviews"));
        queue.shows("Informes periódicos por revisar").shows("1 informe periódico").shows("Gobierno Regional de Piura");
        assert_eq!(queue.link("Revisar"), report);
        checked(desk.open(&report)).shows("por revisar");
        checked(desk.open(&format!("/reviews?institution_id={}", world.institution("Minsal")))).hides("Informe trimestral");
    }
}
