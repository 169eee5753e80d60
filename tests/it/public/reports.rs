//! Approved reports in the public view.

use serde_json::json;

use super::{open, publish, with_public_view};
use crate::access_matrix::make_ready;
use crate::reports::{activity, body, body_of_other, roadmap};
use crate::support::{Browser, Person, World};

/// Makes the files of approved reports, as the worker does.
fn render(world: &World) {
    articula::testing::reports::render_waiting(&world.state.db, world.clock.now(), &|| true).unwrap();
}

/// Approves a report of Chile with these answers, and returns its id.
fn approved(who: &Person<'_>, plan: &str, answers: &[(&str, &str)]) -> String {
    let others = who.get("/reports").expect(200).items().len();
    let report = who.post("/reports", body_of_other("CL", plan, others)).expect(201).id();
    for (key, text) in answers {
        who.put(&format!("/reports/{report}/answers/{key}"), json!({"text": text})).expect(200);
    }
    make_ready(who, &report);
    who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
    report
}

with_public_view! {
    fn an_approved_report_is_shown_with_its_kept_document(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let (ceti, who) = (world.commission("CL", "CETI"), world.coordinator("CL"));
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true, "commission_ids": [ceti]}));
        let report = approved(&who, &plan, &[("highlights", "Se publicó el **protocolo**.")]);
        let path = format!("/public/reports/{report}");
        Browser::new(world).get(&path).expect(404);
        publish(world, &ceti);
        let before = open(world, &path);
        assert!(before.attributes(".heading a", "href").is_empty(), "no document is kept yet");
        render(world);
        let title = open(world, "/public").attributes("main li a", "href");
        assert!(title.contains(&path), "{title:?}");
        let page = open(world, &path);
        page.shows("Se publicó el protocolo").hides("Esta respuesta no se publica.").hides(&who.email);
        for format in ["PDF", "Word"] {
            let address = page.link(format);
            let file = Browser::new(world).open(&address);
            let signed = who.get(&address.replace("/public", "")).expect(200);
            assert!(file.bytes == signed.bytes, "{address}");
            assert_eq!(file.header("cache-control"), Some("public, max-age=300"));
            let again = Browser::new(world).with("if-none-match", file.header("etag").unwrap());
            again.get(&address).expect(304);
        }
        for query in ["?format=md", "?format=json", "?format=exe"] {
            Browser::new(world).get(&format!("{path}/document{query}")).expect(404);
        }
        Browser::new(world).get(&format!("{path}/document?lang=fr")).expect(400);
    }
}

with_public_view! {
    fn drafts_and_replaced_versions_are_a_404(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let (ceti, who) = (world.commission("CL", "CETI"), world.coordinator("CL"));
        publish(world, &ceti);
        let draft = who.post("/reports", body("CL", &plan)).expect(201).id();
        Browser::new(world).get(&format!("/public/reports/{draft}")).expect(404);
        let first = approved(&who, &plan, &[]);
        open(world, &format!("/public/reports/{first}"));
        let second = who.post(&format!("/reports/{first}/versions"), json!({"reason": "Una cifra"})).expect(201).id();
        open(world, &format!("/public/reports/{first}"));
        make_ready(&who, &second);
        who.post(&format!("/reports/{second}/approval"), json!({})).expect(200);
        Browser::new(world).get(&format!("/public/reports/{first}")).expect(404);
        open(world, &format!("/public/reports/{second}")).shows("Versión 2");
        let listed = open(world, "/public").attributes("main li a", "href");
        assert!(listed.contains(&format!("/public/reports/{second}")) && !listed.contains(&format!("/public/reports/{first}")));
    }
}

with_public_view! {
    fn an_answer_that_may_not_be_published_is_left_out_with_the_document(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (who, minsal) = (world.coordinator("CL"), world.institution("Minsal"));
        publish(world, &ceti);
        let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Rosa Quispe", "email": "rosa@minsal.example"});
        world.admin().post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "commission_ids": [mitp]}));
        let texts = ["Rosa Quispe lo coordinó.", "Lo acordó la MITP.", "Se atendió a 8 personas.", "Niño de 9 años de edad."];
        for text in texts {
            let report = approved(&who, &plan, &[("highlights", text)]);
            render(world);
            let path = format!("/public/reports/{report}");
            let page = open(world, &path);
            page.shows("Esta respuesta no se publica.").hides(text).hides("Temuco");
            assert!(page.attributes(".heading a", "href").is_empty(), "{text}");
            for lang in ["es", "en"] {
                Browser::new(world).get(&format!("{path}/document?format=pdf&lang={lang}")).expect(404);
            }
        }
    }
}

with_public_view! {
    fn a_report_makes_as_many_statements_however_long(world) {
        let (plan, items) = roadmap(world, "CL", 2, 2);
        let (ceti, who) = (world.commission("CL", "CETI"), world.coordinator("CL"));
        publish(world, &ceti);
        let cost = |report: &str| {
            let before = world.statements();
            open(world, &format!("/public/reports/{report}"));
            world.statements() - before
        };
        let one = || activity(&who, "CL", &items[0], json!({"starts": "2023-06", "commission_ids": [ceti]}));
        one();
        let few = approved(&who, &plan, &[]);
        (0..8).for_each(|_| drop(one()));
        let many = approved(&who, &plan, &[]);
        assert_eq!(cost(&few), cost(&many));
    }
}

with_public_view! {
    fn a_report_on_the_plan_of_another_commission_is_a_404(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        publish(world, &ceti);
        let (plan, _) = roadmap(world, "CL", 1, 1);
        world.admin().patch(&format!("/plans/{plan}"), json!({"commission_ids": [mitp]})).expect(200);
        let report = approved(&world.coordinator("CL"), &plan, &[]);
        render(world);
        Browser::new(world).get(&format!("/public/reports/{report}")).expect(404);
        Browser::new(world).get(&format!("/public/reports/{report}/document")).expect(404);
        assert!(!open(world, "/public").text.contains(&report));
        publish(world, &mitp);
        open(world, &format!("/public/reports/{report}"));
        assert!(open(world, "/public").text.contains(&report));
    }
}

with_public_view! {
    fn an_answer_keeps_its_sources_however_often_it_is_saved(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let who = world.coordinator("CL");
        publish(world, &ceti);
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true, "commission_ids": [mitp]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let key = format!("/reports/{report}/answers/priority_progress:{}", items[0]);
        let sources = |text: &str| who.put(&key, json!({"text": text})).expect(200).json["answer"]["sources"].clone();
        let first = sources("Hubo una feria.");
        assert_eq!(first[0]["kind"], "activity", "{first}");
        who.post(&format!("/reports/{report}/drafting"), json!({})).expect(200);
        assert_eq!(sources("Hubo una feria reservada."), first);
        assert_eq!(sources("Hubo una feria en la plaza."), first);
        make_ready(&who, &report);
        who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        open(world, &format!("/public/reports/{report}")).hides("Hubo una feria");
    }
}

with_public_view! {
    fn kinds_of_partners_are_public_if_what_makes_them_partners_is(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let (admin, mitp, ceti) = (world.admin(), world.commission("CL", "MITP"), world.commission("CL", "CETI"));
        publish(world, &ceti);
        let enter = |body: serde_json::Value| admin.post("/institutions", body).expect(201).id();
        let ilo = enter(json!({"name": "OIT", "sector": "international_organization", "partner_type": "ilo"}));
        let union = enter(json!({"name": "Central Unitaria", "sector": "workers", "country_code": "CL"}));
        world.member(&mitp, &union, "member");
        let who = world.coordinator("CL");
        let signed = activity(&who, "CL", &items[0], json!({"title": "Firma", "starts": "2023-08", "partner_ids": [ilo], "commission_ids": [mitp]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let asked = |key: &str| who.get(&format!("/reports/{report}/answers/{key}")).expect(200).json;
        let keys = ["intl_partner_types", "national_partner_types"];
        let titles = keys.map(|key| asked(key)["title"].as_str().unwrap().to_owned());
        for (key, body) in keys.into_iter().zip(["OIT", "Central Unitaria"]) {
            let answer = asked(key)["answer"].clone();
            let labels: Vec<_> = answer["sources"].as_array().unwrap().iter().map(|one| one["label"].clone()).collect();
            assert_eq!(labels, [body], "{key}: a page lists the institutions alone");
            let findings: Vec<_> = answer["findings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
            assert!(!findings.contains(&json!("translation_missing")), "{key}: {findings:?}");
            let choices = json!({"choices": answer["choices"]});
            who.put(&format!("/reports/{report}/answers/{key}"), choices).expect(200);
        }
        admin.patch(&format!("/activities/{signed}"), json!({"title": "Firma del convenio"})).expect(200);
        who.post(&format!("/reports/{report}/drafting"), json!({})).expect(200);
        for key in keys {
            assert_eq!(asked(key)["answer"]["changed_since_edit"], json!([]), "{key}");
        }
        make_ready(&who, &report);
        who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        let shown = || {
            let page = open(world, &format!("/public/reports/{report}"));
            titles.clone().map(|title| {
                let (_, after) = page.text.split_once(&format!(". {title}</h3>")).unwrap();
                !after.split("<h3").next().unwrap().contains("Esta respuesta no se publica.")
            })
        };
        assert_eq!(shown(), [false, false]);
        publish(world, &mitp);
        assert_eq!(shown(), [true, true]);
    }
}
